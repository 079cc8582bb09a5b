"""The week's chase of the tracker: who hears of what is overdue, in which card, and when it falls silent."""

from datetime import date

import pytest

from domain.tracking import Source, TrackedState
from scheduler.drawing import Needless
from storage.work import Work
from tests.builders import Staff, an_accepted_audit
from tests.chat import text
from tests.dialogs.scripts import on_one_engine
from tests.governance import a_row, the_row
from tests.learning import a_draft, an_action
from tests.workflows.nudged import at, card_of, day_cards, drawn, goes_on_leave, sweeps
from workflows.council import Council
from workflows.learning_log import publish_entry
from workflows.tracker_chasing import chase_tracker

pytestmark = on_one_engine
FRIDAY, MONDAY, NEXT = date(2026, 5, 8), date(2026, 5, 11), date(2026, 5, 18)


def chased(council: Council, day: date) -> int:
    """The Monday's sweep."""
    with council.write() as work:
        return chase_tracker(work, council, on=day, now=at(day))


def a_late_row(work: Work, people: Staff, *, due_on: date = date(2026, 5, 6)) -> int:
    return a_row(work, people.service_manager, due_on=due_on).id


@pytest.mark.rule("OG-06")
def test_what_is_overdue_stands_in_its_owners_card_every_week_until_it_is_done(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        row_id = a_late_row(work, people)

    told = [chased(council, MONDAY), chased(council, MONDAY), chased(council, NEXT)]
    card = text(card_of(council, people.service_manager, at(NEXT, 9)))
    with council.write() as work:
        row = the_row(work, row_id)
        done = {"state": TrackedState.DONE.value, "impact": "Children know their plan.", "more_needed": False}
        assert work.tracking.change(row, done)
    after = drawn(council, people.service_manager, at(NEXT, 10))

    # Asked again the same morning, nobody is told twice.
    assert told == [1, 0, 1]
    assert "On the activity tracker" in card
    assert "Write a guide to chronologies" in card
    assert "12 days overdue" in card
    assert isinstance(after, Needless)


@pytest.mark.rule("OG-06")
def test_it_is_one_card_with_everything_else_of_the_day(council: Council, people: Staff) -> None:
    last = date(2026, 5, 29)
    with council.write() as work:
        an_accepted_audit(work, people)
        a_row(work, people.auditor, due_on=date(2026, 5, 6), title="Show the new tool")

    sweeps(council, last)
    chased(council, last)

    (queued,) = [one for one in day_cards(council, people.auditor) if one.day == last]
    card = text(card_of(council, people.auditor, at(last, 9)))
    assert queued.state == "queued"
    assert "Your audit" in card
    assert "Show the new tool" in card


@pytest.mark.rule("OG-06")
def test_what_the_notice_of_the_day_says_is_not_said_twice(council: Council, people: Staff) -> None:
    with council.write() as work:
        # Due on Friday: the notice of the working day after leaves this morning.
        a_late_row(work, people, due_on=FRIDAY)
        a_row(work, people.service_manager, due_on=date(2026, 6, 1), title="Not due yet")

    assert chased(council, MONDAY) == 0
    assert chased(council, NEXT) == 1
    card = text(card_of(council, people.service_manager, at(NEXT, 9)))
    assert "Not due yet" not in card


@pytest.mark.rule("OG-06", "OG-08")
def test_the_office_hears_weekly_of_what_nobody_sees_to_and_what_waits_to_be_closed(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_row(work, None, due_on=None, source=Source.PACK, source_id=1)
        done = a_row(work, people.service_manager)
        values = {"state": TrackedState.DONE.value, "impact": "Seen.", "more_needed": False}
        assert work.tracking.change(done, values)

    told = chased(council, MONDAY)

    card = text(card_of(council, people.qa_officer, at(MONDAY, 9)))
    assert told == 1
    assert "1 item has no owner or no day." in card
    assert "1 item is done and waiting to be closed." in card
    # Nothing of it is anybody else's.
    assert day_cards(council, people.service_manager) == []


@pytest.mark.rule("OG-06")
def test_whoever_is_away_has_it_on_the_day_they_are_back(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_late_row(work, people)
        goes_on_leave(work, people.service_manager, MONDAY, date(2026, 5, 13))

    chased(council, MONDAY)

    (queued,) = day_cards(council, people.service_manager)
    assert queued.day == date(2026, 5, 14)


@pytest.mark.rule("OG-06")
def test_what_follows_the_learning_log_is_reminded_of_by_the_log_alone(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        entry = a_draft(work, people.service_manager)
        an_action(work, entry, people.service_manager, what="Write a guide.", due_on=date(2026, 5, 6))
        publish_entry(
            work, council, by=people.qa_officer, entry_id=entry.id, version=entry.version, now=at(FRIDAY)
        )
        (row,) = work.tracking.in_states({TrackedState.OPEN})

    assert row.is_overdue(MONDAY)
    assert chased(council, MONDAY) == 0
