"""The forward plan and the tracker as workbooks: out, changed by hand, in again, or every reason why not."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from domain.forward_plan import PlanState
from domain.governance import ActivityKind
from domain.people import Post
from domain.plan_sheet import PLAN_FIELDS
from domain.tracker_sheet import TRACKER_FIELDS
from domain.tracking import Source, TrackedState
from reports.governance_books import write_learning, write_plan, write_tracker
from reports.sheets import Sheet, write_workbook
from tests.builders import NOW, Staff
from tests.dialogs.scripts import everything_stored, on_one_engine
from tests.governance import a_row, an_item
from workflows.council import Council
from workflows.governance_books import learning_book, plan_book, tracker_book
from workflows.governance_imports import import_learning, import_plan, import_tracker
from workflows.plan_items import change_item
from workflows.sheet_imports import SheetOutcome
from workflows.tracked_rows import change_row

pytestmark = on_one_engine
PLAN = tuple(field.heading for field in PLAN_FIELDS)
TRACKER = tuple(field.heading for field in TRACKER_FIELDS)
NEW_ACTIVITY = ("", "Dip sample", "Visits", date(2026, 9, 7), date(2026, 9, 18), "QA officer", 30, "", "", "")


def plan_file(*rows: tuple[Any, ...]) -> bytes:
    return write_workbook((Sheet("Forward plan", PLAN, rows),))


def tracker_file(*rows: tuple[Any, ...]) -> bytes:
    return write_workbook((Sheet("Tracker", TRACKER, rows),))


def plans(council: Council, content: bytes, *, confirmed: bool = False) -> SheetOutcome:
    return import_plan(
        council, year=2026, filename="plan.xlsx", content=content, confirmed=confirmed, now=NOW
    )


def tracks(council: Council, content: bytes, *, confirmed: bool = False) -> SheetOutcome:
    return import_tracker(council, filename="tracker.xlsx", content=content, confirmed=confirmed, now=NOW)


def changed(content: bytes, **cells: Any) -> bytes:
    """The workbook with these cells of its first sheet set, as somebody would in Excel."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, value in cells.items():
        book.worksheets[0][name] = value
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


@pytest.mark.rule("OG-07", "PR-06")
def test_a_plan_that_goes_out_and_comes_in_unchanged_changes_nothing(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_item(work, note="Neglect")
        an_item(work, title="Over", kind=ActivityKind.DIP, state=PlanState.CANCELLED)
    with council.read() as view:
        content = write_plan(*plan_book(view, council, 2026))

    outcome = plans(council, content, confirmed=True)

    assert (outcome.refused, outcome.waits, outcome.saved) == (False, False, False)
    assert "2 rows say what is known already" in outcome.summary


@pytest.mark.rule("OG-07", "SG-05")
def test_what_a_plan_would_change_is_shown_and_saved_only_with_a_yes(council: Council, people: Staff) -> None:
    with council.write() as work:
        item = an_item(work, title="Neglect")
    with council.read() as view:
        content = write_plan(*plan_book(view, council, 2026))
    moved = changed(content, D2=date(2026, 6, 22), J2="The panel needs a week more.")

    asked = plans(council, moved)
    with council.read() as view:
        before = view.plan.get(item.id)
    saved = plans(council, moved, confirmed=True)
    with council.read() as view:
        after = view.plan.get(item.id)
        (change,) = view.plan.changes(item.id)

    assert before == item
    assert asked.waits
    assert "Neglect: starts on 22 June 2026 (The panel needs a week more.)" in asked.summary
    assert saved.saved
    assert after is not None
    assert after.starts_on == date(2026, 6, 22)
    assert (change.by_id, change.reason) == (None, "The panel needs a week more.")


@pytest.mark.rule("OG-07")
def test_a_row_without_a_number_is_a_new_activity(council: Council, people: Staff) -> None:
    outcome = plans(council, plan_file(NEW_ACTIVITY), confirmed=True)

    with council.read() as view:
        (item,) = view.plan.of_year(2026)
        (row,) = view.tracking.of_source(Source.PLAN, item.id)
    assert outcome.saved
    assert (item.title, item.kind, item.owner_post, item.state) == (
        "Visits",
        ActivityKind.DIP,
        Post.QAO,
        PlanState.PLANNED,
    )
    assert (row.owner_id, row.due_on) == (people.qa_officer.id, date(2026, 9, 18))


@pytest.mark.rule("OG-07")
@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (0, 999, "no activity of this number"),
        (1, "Party", "Write one of: Core audits"),
        (2, "", "Give the activity a name"),
        (3, "soon", "We cannot read this date"),
        (3, date(2027, 4, 1), "not in 2026/27"),
        (4, date(2026, 9, 6), "ends before it begins"),
        (4, date(2199, 9, 6), "too far off"),
        (5, "Wizard", "is not a post"),
        (5, "QA officer; PSW", "Name one post"),
        (6, -3, "whole hours"),
        (6, 1.5, "whole hours"),
        (7, "Tia Sample, born 3 May 2014", "may say who a child is"),
        (8, "Done", "A new activity is Planned"),
    ],
)
def test_a_faulty_row_keeps_the_whole_plan_out_and_is_named(
    council: Council, people: Staff, place: int, value: object, said: str
) -> None:
    faulty = (*NEW_ACTIVITY[:place], value, *NEW_ACTIVITY[place + 1 :])

    outcome = plans(council, plan_file(NEW_ACTIVITY, faulty), confirmed=True)

    assert outcome.refused
    assert "ow 3" in outcome.summary
    assert said in outcome.summary
    assert "born 3 May" not in outcome.summary
    with council.read() as view:
        assert view.plan.of_year(2026) == ()


@pytest.mark.rule("OG-07", "TA-03")
def test_a_sheet_says_why_and_cannot_do_what_the_board_has_not_signed(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        an_item(work, title="Neglect")
    with council.read() as view:
        content = write_plan(*plan_book(view, council, 2026))

    silent = plans(council, changed(content, C2="Neglect and exploitation"), confirmed=True)
    unsigned = plans(council, changed(content, I2="Done", J2="It went well."), confirmed=True)

    assert "say why" in silent.summary
    assert "not signed" in unsigned.summary


@pytest.mark.rule("OG-06", "OG-07")
def test_what_is_new_is_made_once_however_often_its_sheet_comes_in(council: Council, people: Staff) -> None:
    owner = people.service_manager.email
    new = ("", "Recommendation", "A guide to plans", "", owner, date(2026, 9, 7), "", "", "", "")
    begun = (*new[:7], "The guide is drafted.", *new[8:])

    tracked = [tracks(council, tracker_file(new), confirmed=True) for _ in range(2)]
    more = tracks(council, tracker_file(begun), confirmed=True)
    planned = [plans(council, plan_file(NEW_ACTIVITY), confirmed=True) for _ in range(2)]
    twin = plans(council, plan_file(*[(*NEW_ACTIVITY[:2], "Again", *NEW_ACTIVITY[3:])] * 2), confirmed=True)
    with council.write() as work:
        (visits,) = [item for item in work.plan.of_year(2026) if item.title == "Visits"]
        cancelled = {"state": PlanState.CANCELLED.value}
        change_item(work, council, visits, visits.version, cancelled, by=None, reason="No time.", now=NOW)
    anew = plans(council, plan_file(NEW_ACTIVITY))

    with council.read() as view:
        rows = view.tracking.in_states(set(TrackedState))
        (row,) = [one for one in rows if one.source is Source.FILE]
        titles = [item.title for item in view.plan.of_year(2026)]
        steps = view.tracking.steps([row.id])
    assert [one.saved for one in (*tracked, *planned)] == [True, False, True, False]
    assert (titles.count("Visits"), titles.count("Again")) == (1, 0)
    # Nothing that was written may be lost, so a word on progress asks which row it is for.
    assert more.refused
    assert "Write its number to add to it" in more.summary
    assert steps == {}
    assert twin.refused
    # What was cancelled may be wanted after all.
    assert anew.waits


@pytest.mark.rule("OG-06")
def test_the_tracker_goes_out_comes_in_and_closes_only_with_both_answers(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        row = a_row(work, people.service_manager, theme="planning")
    with council.read() as view:
        rows, themes = tracker_book(view, council)
        content = write_tracker(rows, themes, date(2026, 5, 1))

    same = tracks(council, content, confirmed=True)
    unanswered = tracks(council, changed(content, G2="Closed"), confirmed=True)
    answered = changed(content, G2="Closed", I2="Children know their plan.", J2="No", H2="The guide is used.")
    asked = tracks(council, answered)
    saved = tracks(council, answered, confirmed=True)

    assert "1 row says what is known already" in same.summary
    assert unanswered.refused
    assert "nothing closes without it" in unanswered.summary
    assert asked.waits
    assert saved.saved
    with council.read() as view:
        found = view.tracking.get(row.id)
        (step,) = view.tracking.steps([row.id])[row.id]
    assert found is not None
    assert (found.state, found.impact, found.more_needed) == (
        TrackedState.CLOSED,
        "Children know their plan.",
        False,
    )
    assert (step.by_id, step.text) == (None, "The guide is used.")


@pytest.mark.rule("OG-06")
def test_where_more_is_needed_a_sheet_leaves_an_item_that_goes_on(council: Council, people: Staff) -> None:
    with council.write() as work:
        row = a_row(work, people.service_manager)
    with council.read() as view:
        rows, themes = tracker_book(view, council)
        content = write_tracker(rows, themes, date(2026, 5, 1))

    answered = changed(content, G2="Closed", I2="Children know their plan.", J2="Yes")
    for _ in range(2):
        tracks(council, answered, confirmed=True)

    with council.read() as view:
        (going_on,) = view.tracking.of_source(Source.TRACKED, row.id)
    assert (going_on.title, going_on.state, going_on.owner_id) == (row.title, TrackedState.OPEN, None)


@pytest.mark.rule("OG-06")
def test_what_a_sheet_calls_done_is_told_to_the_office_so_that_it_is_closed(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        row = a_row(work, people.service_manager)
    with council.read() as view:
        rows, themes = tracker_book(view, council)
        content = write_tracker(rows, themes, date(2026, 5, 1))

    tracks(council, changed(content, G2="Done", I2="Children know their plan.", J2="No"), confirmed=True)

    with council.read() as view:
        told = [one.person_id for one in view.notices.of("tracked_done", row.id)]
    assert told == [people.qa_officer.id]


@pytest.mark.rule("OG-06", "SG-01")
@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (1, "Party", "Write one of: Activity"),
        (2, "", "Say what it is"),
        (2, "Visit Tia Sample, born 3 May 2014, weekly", "may say who a child is"),
        (3, "Weather", "Write one of:"),
        (4, "nobody@exampleshire.example", "Nobody on the staff list"),
        (5, "soon", "We cannot read this date"),
        (6, "Closed", "A new row is Under way"),
        (9, "perhaps", "Write “yes” or “no”"),
    ],
)
def test_a_faulty_row_keeps_the_whole_tracker_out_and_is_named(
    council: Council, people: Staff, place: int, value: object, said: str
) -> None:
    good = ("", "Action", "Write a guide", "", people.service_manager.email, date(2026, 6, 1), "", "", "", "")
    faulty = (*good[:place], value, *good[place + 1 :])

    outcome = tracks(council, tracker_file(good, faulty), confirmed=True)

    assert outcome.refused
    assert "ow 3" in outcome.summary
    assert said in outcome.summary
    assert "born 3 May" not in outcome.summary
    assert "Write a guide" not in everything_stored(council, "tracked")


@pytest.mark.rule("OG-06")
def test_a_number_twice_or_a_missing_column_is_refused(council: Council, people: Staff) -> None:
    with council.write() as work:
        row = a_row(work, people.service_manager)
    cells = (row.id, "Action", row.title, "", people.service_manager.email, row.due_on, "", "More.", "", "")

    twice = tracks(council, tracker_file(cells, cells), confirmed=True)
    short = tracks(council, write_workbook((Sheet("T", ("Number", "Kind"), ((1, "Action"),)),)))

    assert "stands in an earlier row already" in twice.summary
    assert short.refused
    assert "“What it is”" in short.summary


@pytest.mark.rule("OG-06", "OG-07")
def test_a_column_that_a_sheet_does_not_have_is_left_as_it_is(council: Council, people: Staff) -> None:
    with council.write() as work:
        row = a_row(work, people.service_manager, theme="planning")
        item = an_item(work, note="Neglect", hours=120)
    tracker = Sheet(
        "T", ("Number", "Kind", "What it is", "Progress to add"), ((row.id, "Action", row.title, "Begun."),)
    )
    days = (date(2026, 6, 22), item.ends_on)
    plan = Sheet(
        "P",
        ("Number", "Kind", "Activity", "First day", "Last day", "Led by", "Why it changed"),
        ((item.id, "Thematic audit", item.title, *days, "PSW", "The panel needs a week more."),),
    )

    tracked = tracks(council, write_workbook((tracker,)), confirmed=True)
    planned = plans(council, write_workbook((plan,)), confirmed=True)

    with council.read() as view:
        kept, moved = view.tracking.get(row.id), view.plan.get(item.id)
        said = view.tracking.steps([row.id])[row.id]
    assert tracked.saved
    assert planned.saved
    assert kept is not None
    assert (kept.owner_id, kept.due_on, kept.theme) == (people.service_manager.id, row.due_on, "planning")
    assert [step.text for step in said] == ["Begun."]
    assert moved is not None
    assert (moved.starts_on, moved.hours, moved.note) == (days[0], 120, "Neglect")


@pytest.mark.rule("OG-06")
def test_a_row_that_follows_the_learning_log_goes_out_and_is_not_changed_by_a_sheet(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        row = a_row(work, people.service_manager, source=Source.LEARNING, source_id=7)
    with council.read() as view:
        content = write_tracker(*tracker_book(view, council), date(2026, 5, 1))

    same = tracks(council, content)
    outcome = tracks(council, changed(content, C2="Another guide"))

    assert not same.refused
    assert outcome.refused
    assert "follows the learning log" in outcome.summary
    with council.read() as view:
        assert view.tracking.get(row.id) == row


@pytest.mark.rule("OG-06", "OG-07")
def test_what_is_empty_goes_out_and_comes_in_and_nothing_changes(council: Council, people: Staff) -> None:
    with council.read() as view:
        plan = write_plan(*plan_book(view, council, 2026))
        tracker = write_tracker(*tracker_book(view, council), date(2026, 5, 1))
        log = write_learning(*learning_book(view, council, None), date(2026, 5, 1))

    outcomes = (
        plans(council, plan, confirmed=True),
        tracks(council, tracker, confirmed=True),
        import_learning(council, filename="log.xlsx", content=log, confirmed=True, now=NOW),
    )

    assert [(one.refused, one.waits, one.saved) for one in outcomes] == [(False, False, False)] * 3
    assert [one.summary for one in outcomes] == [
        "Nothing changes in the forward plan 2026/27: the sheet holds no rows.",
        "Nothing changes in the activity tracker: the sheet holds no rows.",
        "Nothing changes in the learning log: the sheet holds no rows.",
    ]


@pytest.mark.rule("OG-06")
def test_answers_of_several_lines_and_an_owner_who_left_are_no_change(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        answers: dict[str, Any] = {"impact": "Children know\n\ntheir  plan. " * 100, "more_needed": False}
        row = change_row(work, a_row(work, people.cover), 1, {**answers, "state": TrackedState.DONE.value})
        item = an_item(work, note="Neglect,\nin two services.")
        work.people.mark_left([people.cover.id], date(2026, 5, 1))
    with council.read() as view:
        tracker = write_tracker(*tracker_book(view, council), date(2026, 5, 1))
        plan = write_plan(*plan_book(view, council, 2026))

    tracked, planned = tracks(council, tracker, confirmed=True), plans(council, plan, confirmed=True)

    assert "1 row says what is known already" in tracked.summary
    assert "1 row says what is known already" in planned.summary
    with council.read() as view:
        assert view.tracking.get(row.id) == row
        assert view.plan.get(item.id) == item
