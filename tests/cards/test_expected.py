"""A few cards compared whole with the JSON kept in `expected/`.

Renew the files after a change that is meant: `RENEW_CARDS=1 pytest tests/cards/test_expected.py`, then read
the difference before committing it.
"""

import json
import os
from pathlib import Path

import pytest

from cards.gallery import gallery
from domain.framework import Framework

EXPECTED = Path(__file__).parent / "expected"
NAMES = (
    "allocation-ordinary",
    "day-with-week-ordinary",
    "decision-ordinary",
    "overview-case-free-ordinary",
    "overview-ordinary",
    "page-planning-blank",
    "page-planning-dialog",
    "round-planned-mix-ordinary",
    "safety-form-ordinary",
    "shared-notice-practitioner-ordinary",
    "tried-ordinary",
    "unreachable-ordinary",
)


@pytest.mark.parametrize("name", NAMES)
def test_the_card_is_as_kept(name: str, framework: Framework) -> None:
    kept = EXPECTED / f"{name}.json"
    drawn = gallery(framework)[name]
    if os.environ.get("RENEW_CARDS"):
        kept.write_text(json.dumps(drawn, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    assert drawn == json.loads(kept.read_text(encoding="utf-8"))
