import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tools.rules import ROOT

pytestmark = pytest.mark.e2e

CHART = {"type": "Chart.Donut", "data": []}
TEXT = {"type": "TextBlock", "text": "12 of 40 audits are in", "wrap": True}
EXECUTE = {"type": "Action.Execute", "title": "Save", "verb": "save"}
PEOPLE = {
    "type": "Input.ChoiceSet",
    "id": "owner",
    "label": "Who will do it",
    "choices": [],
    "choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"},
}


def checked(folder: Path, *body: dict[str, Any], version: str = "1.5") -> tuple[int, list[str]]:
    """The exit status and the lines printed for one card with this body."""
    card = {"type": "AdaptiveCard", "version": version, "body": list(body)}
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    command = ["node", str(ROOT / "tools" / "check_cards.mjs"), str(folder)]
    ran = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    assert not ran.stderr
    return ran.returncode, ran.stdout.splitlines()


def actions(*items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "ActionSet", "actions": list(items)}


@pytest.mark.parametrize(
    "element",
    [
        TEXT,
        {**CHART, "fallback": TEXT},
        {"type": "Badge", "text": "late", "fallback": "drop"},
        {"type": "Icon", "name": "Alert", "fallback": {"type": "ProgressBar", "fallback": TEXT}},
        PEOPLE,
        actions({**EXECUTE, "fallback": {"type": "Action.Submit", "title": "Save"}}),
        actions(*[EXECUTE] * 6),
    ],
    ids=[
        "text",
        "chart",
        "badge left out",
        "fallback of a fallback",
        "people search",
        "execute",
        "six actions",
    ],
)
def test_a_card_teams_shows_well_passes(tmp_path: Path, element: dict[str, Any]) -> None:
    status, lines = checked(tmp_path, element)

    assert lines == ["1 of 1 cards parse without a warning"]
    assert status == 0


@pytest.mark.parametrize(
    ("element", "says"),
    [
        (CHART, "card.body[0]: Chart.Donut has no fallback"),
        ({"type": "Novelty", "fallback": TEXT}, 'Unknown element type "Novelty"'),
        ({**TEXT, "size": "enormous"}, 'Invalid value "enormous" for property "size"'),
        ({"type": "Icon", "fallback": {"type": "Novelty"}}, 'Unknown element type "Novelty"'),
        (actions({**EXECUTE, "fallback": {"type": "Action.Sent"}}), 'Unknown action type "Action.Sent"'),
        (actions(*[EXECUTE] * 7), "Maximum number of actions exceeded"),
        (
            {"type": "Input.Text", "id": "why", "label": "Why", "isRequired": True},
            "should have an error message",
        ),
        ({"type": "Input.Text", "id": "why", "isRequired": True, "errorMessage": "Say why"}, "have a label"),
        ({**PEOPLE, "choices.data": {"type": "Data.Query"}}, "choices.data"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_card_the_parser_warns_of_fails(tmp_path: Path, element: dict[str, Any], says: str) -> None:
    status, lines = checked(tmp_path, element)

    assert any(line.startswith("card: ") and says in line for line in lines), lines
    assert lines[-1] == "0 of 1 cards parse without a warning"
    assert status == 1


def test_a_version_teams_does_not_know_fails(tmp_path: Path) -> None:
    status, lines = checked(tmp_path, TEXT, version="1.9")

    assert "1.9" in lines[0]
    assert status == 1


def test_a_file_that_is_no_card_fails_and_the_rest_are_still_read(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    (tmp_path / "other.json").write_text('{"body": []}', encoding="utf-8")

    status, lines = checked(tmp_path, TEXT)

    assert lines[0].startswith("broken: cannot be read")
    assert lines[1:] == [
        "other: is not an Adaptive Card with a version",
        "1 of 3 cards parse without a warning",
    ]
    assert status == 1


def test_an_empty_folder_fails(tmp_path: Path) -> None:
    command = ["node", str(ROOT / "tools" / "check_cards.mjs"), str(tmp_path)]

    ran = subprocess.run(command, check=False, capture_output=True)

    assert ran.returncode == 1
