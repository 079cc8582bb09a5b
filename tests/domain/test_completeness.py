"""What an audit lacks before it can be submitted."""

from dataclasses import replace
from datetime import date

import pytest

from domain.completeness import lacking, missing
from domain.framework import Framework
from domain.grades import Grade
from domain.pages import (
    ACTIONS,
    OVERALL,
    ActionLine,
    ActionsPage,
    ConversationPage,
    FilePage,
    JourneyPage,
    OverallPage,
    Page,
    Reached,
    SectionPage,
    Source,
    VoicePage,
    page_keys,
)

DAY = date(2026, 5, 12)
OWNER, LEAVER = 7, 8
SOURCES = (Source("Home visit", DAY), Source("Supervision record", DAY), Source("Plan review", DAY))
GRADED = SectionPage(Grade.GOOD, "Strong", "due to weekly visits", "so the child feels safe", SOURCES)
WHOLE = OverallPage(Grade.GOOD, "Strong", "due to weekly visits", "so the child feels safe", "More play.")
HEARD = VoicePage(Reached.OBTAINED, "They feel heard.", "", DAY)
ACTION = ActionLine("Rewrite the plan.", OWNER, DAY)
AN_ACTION = "at least one action, as the overall grade is below Good"
ACTIONS_OR_NONE = "the actions, or that none are needed"
GONE = "a new owner for action 1, as the one chosen has left or moved on"
NO_SOURCES = "three sources, each with its day"


def complete(framework: Framework, *, has_contact_section: bool = True) -> dict[str, Page]:
    pages: dict[str, Page] = {
        "journey": JourneyPage("Came in May.", "One school"),
        "file": FilePage(DAY),
        "voice_child": HEARD,
        "voice_parent": HEARD,
        "voice_agency": HEARD,
        "conversation": ConversationPage(DAY, "Praise and one thing to try."),
        OVERALL: WHOLE,
        ACTIONS: ActionsPage((ACTION,)),
    }
    keys = page_keys(framework, has_contact_section=has_contact_section)
    return {key: pages.get(key, GRADED) for key in keys}


def gaps(
    framework: Framework, pages: dict[str, Page], *, has_contact_section: bool = True
) -> dict[str, tuple[str, ...]]:
    return missing(
        pages,
        framework=framework,
        has_contact_section=has_contact_section,
        owners=frozenset({OWNER}),
        today=DAY,
    )


def test_a_complete_audit_lacks_nothing(framework: Framework) -> None:
    assert gaps(framework, complete(framework)) == {}


@pytest.mark.rule("Q18")
def test_the_contact_section_is_asked_for_only_when_it_is_part_of_the_audit(framework: Framework) -> None:
    without = {key: page for key, page in complete(framework).items() if key != "contact"}

    assert gaps(framework, without, has_contact_section=False) == {}
    assert list(gaps(framework, without, has_contact_section=True)) == ["contact"]


@pytest.mark.rule("CA-08", "CA-09", "CA-10", "CA-11", "CA-12", "CA-14", "Q11", "Q12", "Q24", "WH-01")
def test_every_page_is_wanted_and_a_missing_one_is_named_in_order(framework: Framework) -> None:
    found = gaps(framework, {})

    assert list(found) == list(page_keys(framework, has_contact_section=True))
    assert found["journey"] == ("nothing has been written yet",)
    assert found[ACTIONS] == (ACTIONS_OR_NONE,)


@pytest.mark.parametrize(
    ("page", "lacks"),
    [
        pytest.param(
            JourneyPage("", "One school"), ("the child's journey",), marks=pytest.mark.rule("WH-01")
        ),
        pytest.param(
            JourneyPage("Came in May.", ""),
            ("what matters most to the child now",),
            marks=pytest.mark.rule("WH-01"),
        ),
        pytest.param(
            FilePage(None, "Read."), ("the day you read the file",), marks=pytest.mark.rule("CA-08")
        ),
        pytest.param(
            SectionPage(),
            ("a grade", "your judgement", "the reason for it", "the impact on the child", NO_SOURCES),
        ),
        pytest.param(replace(GRADED, grade=None), ("a grade",), marks=pytest.mark.rule("CA-15", "Q24")),
        pytest.param(replace(GRADED, judgement=""), ("your judgement",), marks=pytest.mark.rule("CA-15")),
        pytest.param(
            replace(GRADED, action=""), ("the reason for it",), marks=pytest.mark.rule("CA-15", "WH-03")
        ),
        pytest.param(
            replace(GRADED, impact=""),
            ("the impact on the child",),
            marks=pytest.mark.rule("CA-15", "WH-02", "WH-03"),
        ),
        pytest.param(
            VoicePage(), ("whether views were obtained",), marks=pytest.mark.rule("CA-09", "CA-10", "Q11")
        ),
        pytest.param(
            replace(HEARD, summary=""), ("what they said",), marks=pytest.mark.rule("CA-09", "CA-11", "Q12")
        ),
        pytest.param(replace(HEARD, on=None), ("the day you heard from them",)),
        pytest.param(
            VoicePage(Reached.NOT_OBTAINED),
            ("the reason why views were not obtained",),
            marks=pytest.mark.rule("CA-09", "CA-10", "CA-11", "Q11", "Q12"),
        ),
        pytest.param(VoicePage(Reached.NOT_OBTAINED, reason="Too ill."), (), marks=pytest.mark.rule("Q11")),
        pytest.param(
            ConversationPage(None, "Praise."),
            ("the day of the reflective conversation",),
            marks=pytest.mark.rule("CA-12", "Q32"),
        ),
        pytest.param(
            ConversationPage(DAY, ""), ("what you fed back and suggested",), marks=pytest.mark.rule("CA-12")
        ),
        pytest.param(ConversationPage(DAY, "Praise."), ()),
        pytest.param(replace(WHOLE, grade=None), ("a grade",), marks=pytest.mark.rule("Q24")),
    ],
)
def test_a_page_says_what_it_lacks(page: Page, lacks: tuple[str, ...]) -> None:
    assert lacking(page) == lacks


@pytest.mark.rule("CA-15", "WH-05")
@pytest.mark.parametrize(
    ("sources", "lacks"),
    [
        ((), (NO_SOURCES,)),
        ((Source(),) * 3, (NO_SOURCES,)),
        ((Source("  ", DAY),) * 3, (NO_SOURCES,)),
        (SOURCES[:1], ("three sources, each with its day (one so far)",)),
        (SOURCES[:2], ("three sources, each with its day (two so far)",)),
        ((SOURCES[0], SOURCES[0], SOURCES[1]), ("three sources, each with its day (two so far)",)),
        ((SOURCES[0], replace(SOURCES[0], what=" home Visit"), SOURCES[1]), (f"{NO_SOURCES} (two so far)",)),
        ((SOURCES[0], replace(SOURCES[0], on=date(2026, 5, 5)), SOURCES[1]), ()),
        ((*SOURCES[:2], Source("Plan review")), ("the day of source 3",)),
        ((Source("Home visit"), Source(), Source()), (f"{NO_SOURCES} (one so far)", "the day of source 1")),
        (SOURCES, ()),
    ],
)
def test_a_section_rests_on_three_sources_each_with_its_day(
    sources: tuple[Source, ...], lacks: tuple[str, ...]
) -> None:
    assert lacking(replace(GRADED, sources=sources)) == lacks


@pytest.mark.rule("WH-05")
@pytest.mark.parametrize(
    ("wanted", "lacks"),
    [
        (1, ("a source with its day",)),
        (2, ("two sources, each with its day",)),
        (3, (NO_SOURCES,)),
        # The page has room for three, and nobody is held up by what they cannot give.
        (6, (NO_SOURCES,)),
    ],
)
def test_a_council_says_how_many_sources_a_section_rests_on(
    framework: Framework, wanted: int, lacks: tuple[str, ...]
) -> None:
    asking = replace(framework, numbers=replace(framework.numbers, sources_wanted=wanted))
    pages = complete(framework) | {"planning": replace(GRADED, sources=())}

    assert gaps(asking, pages) == {"planning": lacks}
    assert gaps(asking, pages | {"planning": GRADED}) == {}


@pytest.mark.rule("WH-08")
@pytest.mark.parametrize("grade", list(Grade))
def test_what_would_make_it_better_is_asked_for_below_outstanding(grade: Grade) -> None:
    wanted = () if grade is Grade.OUTSTANDING else ("what would make it better",)

    assert lacking(replace(WHOLE, grade=grade, better="")) == wanted
    assert lacking(replace(WHOLE, grade=grade)) == ()


@pytest.mark.rule("CA-24")
@pytest.mark.parametrize(
    ("overall", "page", "lacks"),
    [
        (Grade.OUTSTANDING, ActionsPage(), (ACTIONS_OR_NONE,)),
        (Grade.GOOD, ActionsPage(), (ACTIONS_OR_NONE,)),
        (Grade.GOOD, ActionsPage(none_needed=True), ()),
        (Grade.REQUIRES_IMPROVEMENT, ActionsPage(), (AN_ACTION,)),
        (Grade.REQUIRES_IMPROVEMENT, ActionsPage(none_needed=True), (AN_ACTION,)),
        (Grade.INADEQUATE, ActionsPage(none_needed=True), (AN_ACTION,)),
        (Grade.INADEQUATE, ActionsPage((ACTION,)), ()),
    ],
)
def test_below_good_an_action_is_compulsory(
    overall: Grade, page: ActionsPage, lacks: tuple[str, ...]
) -> None:
    assert lacking(page, overall=overall, owners={OWNER}) == lacks


@pytest.mark.rule("CA-23")
def test_every_action_needs_an_owner_who_is_there_and_a_date() -> None:
    page = ActionsPage((ACTION, replace(ACTION, owner_id=None), replace(ACTION, due_on=None)))

    assert lacking(page, owners={OWNER}) == ("who owns action 2", "the agreed date of action 3")


@pytest.mark.rule("CA-23")
def test_an_owner_who_has_left_is_asked_for_again(framework: Framework) -> None:
    pages = complete(framework) | {ACTIONS: ActionsPage((replace(ACTION, owner_id=LEAVER),))}

    assert gaps(framework, pages) == {ACTIONS: (GONE,)}


@pytest.mark.rule("CA-23")
@pytest.mark.parametrize(
    ("today", "lacks"),
    [
        (date(2026, 5, 11), ()),
        (DAY, ()),
        (date(2026, 5, 13), ("a new date for action 2, as the one agreed has passed",)),
    ],
)
def test_an_agreed_day_that_has_passed_is_asked_for_again(today: date, lacks: tuple[str, ...]) -> None:
    later = replace(ACTION, due_on=date(2026, 6, 12))

    assert lacking(ActionsPage((later, ACTION)), owners={OWNER}, today=today) == lacks


@pytest.mark.rule("CA-24", "Q24")
def test_the_overall_grade_alone_decides_about_actions(framework: Framework) -> None:
    poor = replace(GRADED, grade=Grade.INADEQUATE)
    pages = complete(framework) | {ACTIONS: ActionsPage(none_needed=True)}
    pages |= dict.fromkeys(framework.section_keys, poor)

    assert gaps(framework, pages) == {}
