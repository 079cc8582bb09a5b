"""What can wait is put off to a chosen day, never past the day it is due, and comes back by itself."""

from collections.abc import Collection
from datetime import date

import pytest

from domain.errors import RuleBroken
from scheduler.drawing import Needless
from tests.builders import Staff, a_submitted_audit, an_accepted_audit
from tests.chat import text
from tests.workflows.nudged import at, card_of, day_cards, drawn, goes_on_leave, sweeps
from workflows.council import Council
from workflows.sharing import TextWanted
from workflows.snoozing import UNTIL, WHAT, put_off

SEVEN, LAST = date(2026, 5, 19), date(2026, 5, 29)


def puts_off(
    council: Council,
    people: Staff,
    chosen: Collection[tuple[str, int]],
    until: date | None,
    *,
    on: date = SEVEN,
) -> tuple[int, date]:
    with council.write() as work:
        return put_off(work, council, by=people.auditor, chosen=chosen, until_on=until, now=at(on, 9))


@pytest.fixture
def audit_id(council: Council, people: Staff) -> int:
    with council.write() as work:
        return an_accepted_audit(work, people).id


@pytest.mark.rule("CA-06")
def test_nothing_is_said_of_it_until_then_and_then_it_comes_back(
    council: Council, people: Staff, audit_id: int
) -> None:
    sweeps(council, SEVEN)
    assert puts_off(council, people, [("audit", audit_id)], date(2026, 5, 27)) == (1, date(2026, 5, 27))

    gone = drawn(council, people.auditor, at(SEVEN, 9))
    # The line of three working days before falls into the time it was put off for.
    told = [sweeps(council, date(2026, 5, 26)), sweeps(council, date(2026, 5, 27))]

    assert gone == Needless("nothing is left to do")
    assert told == [0, 1]
    said = text(card_of(council, people.auditor, at(date(2026, 5, 27), 8, 30)))
    assert "Your audit" in said
    with council.read() as view:
        reasons = {row.line: row.reason for row in view.nudges.of_person(people.auditor.id, "audit")}
    assert reasons["due_in_3"] == "put off by the person"


@pytest.mark.rule("CA-06")
@pytest.mark.parametrize(
    ("until", "back", "wrong"),
    [
        (date(2026, 5, 19), None, "a day after today"),
        (date(2026, 5, 20), date(2026, 5, 20), ""),
        # A Saturday: the Tuesday after the bank holiday.
        (date(2026, 5, 23), date(2026, 5, 26), ""),
        # The due date is a Sunday; the last working day before it is the Friday.
        (date(2026, 5, 31), LAST, ""),
        (date(2026, 6, 1), None, "up to 31 May 2026"),
        (None, None, "choose a day"),
    ],
)
def test_the_day_chosen_lies_between_today_and_the_due_date(
    council: Council, people: Staff, audit_id: int, until: date | None, back: date | None, wrong: str
) -> None:
    if back is None:
        with pytest.raises(TextWanted, match=wrong) as refused:
            puts_off(council, people, [("audit", audit_id)], until)
        assert refused.value.field == UNTIL
    else:
        assert puts_off(council, people, [("audit", audit_id)], until) == (1, back)


def test_without_a_working_day_left_it_cannot_wait(council: Council, people: Staff, audit_id: int) -> None:
    with pytest.raises(TextWanted, match="No working day"):
        puts_off(council, people, [("audit", audit_id)], date(2026, 5, 31), on=LAST)


@pytest.mark.rule("CA-06")
@pytest.mark.parametrize("on", [date(2026, 5, 31), date(2026, 6, 1)])
def test_what_is_due_or_overdue_cannot_be_put_off(
    council: Council, people: Staff, audit_id: int, on: date
) -> None:
    with pytest.raises(RuleBroken, match="done meanwhile, or it is due"):
        puts_off(council, people, [("audit", audit_id)], date(2026, 6, 2), on=on)


def test_only_ones_own_things_can_be_put_off(council: Council, people: Staff) -> None:
    with council.write() as work:
        done = a_submitted_audit(work, council, people)

    with pytest.raises(RuleBroken, match="None of that"):
        puts_off(council, people, [("review", done.id), ("audit", 99), ("tea", 1)], date(2026, 5, 20))


def test_something_is_chosen(council: Council, people: Staff, audit_id: int) -> None:
    with pytest.raises(TextWanted) as refused:
        puts_off(council, people, [], date(2026, 5, 20))

    assert refused.value.field == WHAT


def test_what_comes_back_while_its_person_is_away_waits_for_them(
    council: Council, people: Staff, audit_id: int
) -> None:
    puts_off(council, people, [("audit", audit_id)], date(2026, 5, 20))
    with council.write() as work:
        work.people.change(people.auditor.id, {"working_days": frozenset({3})})

    sweeps(council, date(2026, 5, 20))
    away = day_cards(council, people.auditor)
    sweeps(council, date(2026, 5, 21))

    assert away == []
    assert [card.day for card in day_cards(council, people.auditor)] == [date(2026, 5, 21)]


@pytest.mark.rule("CA-06")
def test_leave_entered_afterwards_brings_it_back_before_the_leave_begins(
    council: Council, people: Staff, audit_id: int
) -> None:
    puts_off(council, people, [("audit", audit_id)], LAST)
    with council.write() as work:
        goes_on_leave(work, people.auditor, date(2026, 5, 28), date(2026, 6, 5))

    told = [sweeps(council, date(2026, 5, day)) for day in (20, 26, 27)]

    assert told == [0, 0, 1]
    said = text(card_of(council, people.auditor, at(date(2026, 5, 27), 8, 30)))
    assert "Your audit" in said
    assert "This is your last working day for it." in said
    assert "put off" not in said
