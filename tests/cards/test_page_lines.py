"""What others read of a page."""

from datetime import date

import pytest

from cards.page_lines import page_lines
from domain.framework import Framework
from domain.pages import Reached, VoicePage


@pytest.mark.rule("CA-09", "Q11")
@pytest.mark.parametrize(
    ("reached", "labels"),
    [
        (Reached.OBTAINED, ["Views heard", "On", "What was said"]),
        (Reached.NOT_OBTAINED, ["Views heard", "On", "What was said", "Why not"]),
    ],
)
def test_why_views_were_not_heard_is_read_only_where_they_were_not(
    framework: Framework, reached: Reached, labels: list[str]
) -> None:
    page = VoicePage(reached, "They feel heard.", "Ill for weeks.", date(2026, 5, 12))

    assert [label for label, _ in page_lines(page, framework, {})] == labels
