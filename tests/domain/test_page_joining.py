from datetime import date

import pytest

from domain.grades import Grade
from domain.page_joining import both
from domain.pages import (
    ActionLine,
    ActionsPage,
    Attempt,
    ConversationPage,
    FilePage,
    JourneyPage,
    OverallPage,
    Page,
    Reached,
    SectionPage,
    Source,
    VoicePage,
)

DAY, LATER = date(2026, 5, 4), date(2026, 5, 6)
CALL, LETTER = Attempt(DAY, "Call"), Attempt(LATER, "Letter")
VISIT = (Source("Visit", DAY), Source(), Source())


@pytest.mark.rule("SG-02", "Q16")
@pytest.mark.parametrize(
    ("saved", "typed", "joined"),
    [
        pytest.param(
            JourneyPage("Moved twice.", "School"),
            JourneyPage("At risk now.", ""),
            JourneyPage("Moved twice.\nAt risk now.", "School"),
            id="journey",
        ),
        pytest.param(
            FilePage(DAY, "Read."), FilePage(None, "Read. Gaps."), FilePage(DAY, "Read. Gaps."), id="file"
        ),
        pytest.param(
            FilePage(None, "Read."), FilePage(DAY, "Gaps."), FilePage(DAY, "Read.\nGaps."), id="file's note"
        ),
        pytest.param(
            SectionPage(sources=VISIT),
            SectionPage(sources=(Source(), Source("Plan"), Source())),
            SectionPage(sources=(Source(), Source("Plan"), Source())),
            id="sources typed last count, even without a day",
        ),
        pytest.param(
            VoicePage(reason="Ill."), VoicePage(reason="Away."), VoicePage(reason="Ill.\nAway."), id="reason"
        ),
        pytest.param(
            ConversationPage(reflections="Tired."),
            ConversationPage(reflections="Hopeful."),
            ConversationPage(reflections="Tired.\nHopeful."),
            id="reflections",
        ),
        pytest.param(
            SectionPage(Grade.GOOD, "Good", "weekly visits", "safer", VISIT, {}, ("GP-01",)),
            SectionPage(Grade.INADEQUATE, "Poor", "", "hurt"),
            SectionPage(
                Grade.INADEQUATE, "Good\nPoor", "weekly visits", "safer\nhurt", VISIT, {}, ("GP-01",)
            ),
            id="section",
        ),
        pytest.param(
            VoicePage(Reached.OBTAINED, "Heard", "", DAY, (CALL,)),
            VoicePage(None, "", "Away", LATER, (CALL, LETTER)),
            VoicePage(Reached.OBTAINED, "Heard", "Away", LATER, (CALL, LETTER)),
            id="voice",
        ),
        pytest.param(
            ConversationPage(DAY, "Praise", "Tired"),
            ConversationPage(None, "Advice", "Tired"),
            ConversationPage(DAY, "Praise\nAdvice", "Tired"),
            id="conversation",
        ),
        pytest.param(
            OverallPage(Grade.GOOD, "a", "b", "c", "d"),
            OverallPage(None, "A", "B", "C", "D"),
            OverallPage(Grade.GOOD, "a\nA", "b\nB", "c\nC", "d\nD"),
            id="overall",
        ),
        pytest.param(
            ActionsPage((ActionLine("Ring", 1, DAY),)),
            ActionsPage((ActionLine("Visit", 2, LATER), ActionLine("Ring"))),
            ActionsPage((ActionLine("Visit", 2, LATER), ActionLine("Ring"))),
            id="actions",
        ),
    ],
)
def test_neither_version_loses_a_word(saved: Page, typed: Page, joined: Page) -> None:
    assert both(saved, typed) == joined


def test_actions_beyond_the_lines_there_are_go_into_the_last() -> None:
    saved = ActionsPage((ActionLine("one"), ActionLine("two")))
    typed = ActionsPage(tuple(ActionLine(word) for word in ("three", "four", "five")))

    joined = both(saved, typed)

    assert isinstance(joined, ActionsPage)
    assert [line.what for line in joined.actions] == ["three", "four", "five", "one\ntwo"]
