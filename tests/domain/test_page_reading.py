"""Pages survive the way from inputs to storage and back; what makes no sense is said beside its field."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.framework import Framework
from domain.grades import Grade
from domain.page_reading import from_body, read_page, to_body
from domain.pages import (
    ACTION_LINES,
    ACTIONS,
    CONVERSATION,
    FILE,
    JOURNEY,
    LINE_LIMIT,
    OVERALL,
    TEXT_LIMIT,
    ActionLine,
    ActionsPage,
    Attempt,
    ConversationPage,
    FilePage,
    JourneyPage,
    Mark,
    OverallPage,
    Page,
    Reached,
    SectionPage,
    Source,
    VoicePage,
)
from domain.written import readable
from tests.domain.intake_samples import framework as shipped
from tests.typed_pages import typed_inputs

TODAY = date(2026, 5, 12)

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A slow machine is no failure."""

texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=80).map(readable)
lines = st.text(alphabet="abc déf,ö李🙂", max_size=LINE_LIMIT).map(readable)
past = st.dates(date(2020, 1, 1), TODAY)
days = st.none() | past
grades = st.none() | st.sampled_from(list(Grade))
sections = st.sampled_from(shipped().section_keys)


def _section(key: str) -> st.SearchStrategy[tuple[str, Page]]:
    items = [item.id for item in shipped().section(key).items]
    tags = [tag.id for tag in shipped().tags]
    source = st.builds(Source, lines, days)
    pages = st.builds(
        SectionPage,
        grades,
        texts,
        texts,
        texts,
        st.tuples(source, source, source),
        st.dictionaries(st.sampled_from(items), st.sampled_from(list(Mark))),
        st.lists(st.sampled_from(tags), unique=True).map(tuple),
    )
    return pages.map(lambda page: (key, page))


def _keyed(key: str, kind: Any, *fields: Any) -> st.SearchStrategy[tuple[str, Page]]:
    return st.builds(kind, *fields).map(lambda page: (key, page))


attempt = st.builds(Attempt, past, lines.filter(bool))
reached = st.none() | st.sampled_from(list(Reached))
action = st.builds(
    ActionLine, texts.filter(str.strip), st.none() | st.integers(1, 10**6), st.none() | st.just(TODAY)
)
pages_typed = st.one_of(
    _keyed(JOURNEY, JourneyPage, texts, texts),
    _keyed(FILE, FilePage, days, texts),
    sections.flatmap(_section),
    *(
        _keyed(key, VoicePage, reached, texts, texts, days, st.lists(attempt, max_size=1).map(tuple))
        for key in ("voice_child", "voice_parent", "voice_agency")
    ),
    _keyed(CONVERSATION, ConversationPage, days, texts, texts),
    _keyed(OVERALL, OverallPage, grades, texts, texts, texts, texts),
    _keyed(ACTIONS, ActionsPage, st.lists(action, max_size=ACTION_LINES).map(tuple), st.booleans()),
)


def read(key: str, typed: dict[str, Any], before: Page | None = None) -> tuple[Page, dict[str, str]]:
    return read_page(key, typed, framework=shipped(), today=TODAY, before=before)


@unhurried
@given(pages_typed)
def test_a_page_comes_back_from_storage_as_it_was(keyed: tuple[str, Page]) -> None:
    key, page = keyed

    assert from_body(key, to_body(page)) == page


@unhurried
@given(pages_typed)
def test_a_page_is_read_from_its_inputs_as_it_was_written(keyed: tuple[str, Page]) -> None:
    key, page = keyed

    found, errors = read(key, typed_inputs(page))

    assert errors == {}
    assert found == page


FULL: list[tuple[str, Page]] = [
    (JOURNEY, JourneyPage("Came in May.", "School")),
    (FILE, FilePage(TODAY, "Read twice.")),
    (
        "planning",
        SectionPage(
            Grade.REQUIRES_IMPROVEMENT,
            "Uneven",
            "because",
            "so the child waited",
            (Source("Visit", TODAY), Source("Plan", None), Source("", TODAY)),
            {"GL-P1": Mark.PARTLY},
            ("GP-03",),
        ),
    ),
    ("voice_child", VoicePage(Reached.OBTAINED, "Heard.", "Not alone.", TODAY, (Attempt(TODAY, "Visit"),))),
    (CONVERSATION, ConversationPage(TODAY, "Praise.", "Agreed.")),
    (OVERALL, OverallPage(Grade.GOOD, "Strong", "because", "so the child is safe", "More play.")),
    (ACTIONS, ActionsPage(tuple(ActionLine(f"Do {n}.", n, TODAY) for n in range(1, ACTION_LINES + 1)), True)),
]


@pytest.mark.parametrize(("key", "page"), FULL, ids=[key for key, _ in FULL])
def test_a_full_page_goes_through_inputs_and_storage_whole(key: str, page: Page) -> None:
    found, errors = read(key, typed_inputs(page))

    assert (found, errors) == (page, {})
    assert from_body(key, to_body(found)) == page


@unhurried
@given(pages_typed)
def test_what_is_stored_is_plain_json(keyed: tuple[str, Page]) -> None:
    key, page = keyed

    assert from_body(key, json.loads(json.dumps(to_body(page)))) == page


@pytest.mark.parametrize("key", [JOURNEY, FILE, "planning", "voice_child", CONVERSATION, OVERALL, ACTIONS])
def test_a_page_never_saved_is_read_as_empty(key: str) -> None:
    found, errors = read(key, {})

    assert errors == {}
    assert from_body(key, None) == found


@pytest.mark.parametrize(
    ("key", "name", "value", "error"),
    [
        pytest.param(
            FILE, "read_on", "soon", "Please give the date as day, month and year, for example 3 May 2026."
        ),
        pytest.param(
            FILE,
            "read_on",
            "31/02/2026",
            "Please give the date as day, month and year, for example 3 May 2026.",
        ),
        pytest.param(
            FILE, "read_on", "2026-05-13", "This day is still to come; please give the day it happened."
        ),
        pytest.param(
            "planning",
            "source_on_2",
            "2026-05-13",
            "This day is still to come; please give the day it happened.",
        ),
        pytest.param(
            "voice_child", "on", "2026-05-13", "This day is still to come; please give the day it happened."
        ),
        pytest.param(
            CONVERSATION,
            "held_on",
            "2026-05-13",
            "This day is still to come; please give the day it happened.",
        ),
        pytest.param(
            ACTIONS, "action_due_3", "2026-05-11", "This day has passed; please choose today or later."
        ),
        pytest.param(ACTIONS, "action_owner_1", "the manager", "Please choose one of the answers shown."),
        pytest.param(OVERALL, "grade", "excellent", "Please choose one of the answers shown."),
        pytest.param("planning", "mark_GL-P1", "perhaps", "Please choose one of the answers shown."),
        pytest.param("voice_parent", "reached", "maybe", "Please choose one of the answers shown."),
        pytest.param("planning", "grade", "excellent", "Please choose one of the answers shown."),
        pytest.param(
            "voice_agency",
            "attempt_on",
            "2026-05-12",
            "An attempt needs both its day and how you tried.",
        ),
        pytest.param(
            "voice_agency", "attempt_how", "Letter", "An attempt needs both its day and how you tried."
        ),
        pytest.param(
            JOURNEY,
            "journey",
            "x" * (TEXT_LIMIT + 1),
            "This is 4,001 characters long; please keep it within 4,000.",
        ),
        pytest.param(
            "planning",
            "source_1",
            "x" * (LINE_LIMIT + 1),
            "This is 201 characters long; please keep it within 200.",
        ),
    ],
)
def test_a_value_that_makes_no_sense_is_said_beside_its_field(
    key: str, name: str, value: str, error: str
) -> None:
    _, errors = read(key, {name: value})

    # Half an attempt is said beside the half that is missing.
    where = {"attempt_how": "attempt_on", "attempt_on": "attempt_how"}.get(name, name)
    assert errors == {where: error}


@pytest.mark.rule("CA-23")
def test_a_day_agreed_before_may_have_passed_when_something_else_changes() -> None:
    agreed = date(2026, 5, 11)
    before = ActionsPage((ActionLine("Ring the school.", 7, agreed),))
    typed = {"action_what_1": "Ring the nurse.", "action_owner_1": "7", "action_due_1": "2026-05-11"}

    page, errors = read(ACTIONS, typed, before)
    _, moved = read(ACTIONS, typed | {"action_due_1": "2026-05-10"}, before)

    assert (page, errors) == (ActionsPage((ActionLine("Ring the nurse.", 7, agreed),)), {})
    assert moved == {"action_due_1": "This day has passed; please choose today or later."}


def test_an_attempt_lies_in_the_past() -> None:
    _, errors = read("voice_child", {"attempt_on": "13/05/2026", "attempt_how": "Call"})

    assert errors == {"attempt_on": "This day is still to come; please give the day it happened."}


@pytest.mark.parametrize(
    ("key", "name", "value"),
    [
        (FILE, "read_on", TODAY.isoformat()),
        (FILE, "read_on", "12/05/2026"),
        (ACTIONS, "action_due_1", TODAY.isoformat()),
        (JOURNEY, "journey", "x" * TEXT_LIMIT),
        ("planning", "source_1", "x" * LINE_LIMIT),
    ],
)
def test_the_last_value_that_is_right_is_taken(key: str, name: str, value: str) -> None:
    _, errors = read(key, {name: value})

    assert errors == {}


@pytest.mark.parametrize("value", [None, 7, 2.5, True, [], {}, {"a": 1}, "", "\x00"])
@pytest.mark.parametrize("key", [JOURNEY, FILE, "planning", "voice_child", CONVERSATION, OVERALL, ACTIONS])
def test_values_no_client_would_send_never_break_the_reading(key: str, value: object) -> None:
    names = [*typed_inputs(from_body(key, None)), "journey", "read_on", "grade", "tags", "mark_GL-P1"]
    names += ["reached", "attempt_on", "action_owner_1", "action_due_1", "action_what_1", "none_needed"]

    page, _ = read(key, dict.fromkeys(names, value))

    assert from_body(key, to_body(page)) == page


def test_marks_stay_unless_the_card_that_was_saved_shows_them() -> None:
    marks = {f"GL-P{n}": mark for n, mark in enumerate((Mark.MET, Mark.PARTLY, Mark.NOT_MET, Mark.MET), 1)}
    before = SectionPage(marks=marks)

    page, _ = read("planning", {"mark_GL-P2": "none", "mark_GL-P3": "na", "mark_GL-P4": ""}, before)

    assert isinstance(page, SectionPage)
    assert page.marks == {"GL-P1": Mark.MET, "GL-P3": Mark.NOT_APPLICABLE}


@pytest.mark.rule("CA-13")
def test_tags_that_are_no_component_of_good_practice_are_passed_over() -> None:
    page, errors = read("planning", {"tags": "GP-03,GP-99,<b>,GP-01"})

    assert isinstance(page, SectionPage)
    assert (page.tags, errors) == (("GP-03", "GP-01"), {})


@pytest.mark.rule("CA-10")
def test_each_attempt_is_added_to_those_before() -> None:
    first = Attempt(TODAY - timedelta(days=3), "Call, no answer")
    before = VoicePage(attempts=(first,))

    page, _ = read("voice_parent", {"attempt_on": "11/05/2026", "attempt_how": "Letter"}, before)

    assert isinstance(page, VoicePage)
    assert page.attempts == (first, Attempt(date(2026, 5, 11), "Letter"))


def test_an_owner_and_a_day_without_words_are_no_action() -> None:
    typed = {"action_owner_1": "7", "action_due_1": "20/05/2026", "action_what_2": "Ring the school."}

    page, errors = read(ACTIONS, typed)

    assert errors == {}
    assert page == ActionsPage((ActionLine("Ring the school."),))


@pytest.mark.rule("GR-05")
def test_every_grade_of_the_scale_can_be_chosen(framework: Framework) -> None:
    chosen = [read(OVERALL, {"grade": text.grade.value})[0] for text in framework.grades]

    assert [page.grade for page in chosen if isinstance(page, OverallPage)] == list(Grade)
