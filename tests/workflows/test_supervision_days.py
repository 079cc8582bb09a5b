"""Who is asked for the days of supervisions, of whom, how often, and what setting them brings."""

from datetime import date, timedelta

import pytest

from domain.audits import Audit
from domain.errors import NotAllowed
from domain.people import Person
from domain.supervision import WithoutDay
from storage.work import View
from tests.builders import Staff, a_person, a_submitted_audit
from tests.dialogs.scripts import on_one_engine
from tests.moderations import of_proficient_auditors
from tests.reminded import told_in_day
from tests.workflows.followed import at, talks
from workflows.council import Council
from workflows.sharing import TextWanted
from workflows.supervising import plan_supervision, tell_of_supervisions
from workflows.supervision_days import ASKS, ask_for_days, set_days, without_day

pytestmark = on_one_engine

DAY = date(2026, 5, 20)
"""A Wednesday."""
MONDAY = date(2026, 6, 1)
THEN = at(DAY)


@pytest.fixture
def council(council: Council) -> Council:
    """Nobody is new, so that the Panel has only what a test gives it."""
    return of_proficient_auditors(council)


@pytest.fixture
def audit(council: Council, people: Staff) -> Audit:
    with council.write() as work:
        return a_submitted_audit(work, council, people)


def waiting(view: View, council: Council, by: Person, on: date = DAY) -> list[tuple[int, int, date | None]]:
    """(learning, actions, day that passed) of everybody this person is asked about."""
    found = without_day(view, council, by=by, now=at(on))
    return [(one.audits, one.actions, one.passed_on) for one in found]


@pytest.mark.rule("CA-19", "SU-08")
def test_a_manager_is_asked_once_a_week_while_a_day_is_missing(
    council: Council, people: Staff, audit: Audit
) -> None:
    friday = DAY + timedelta(days=2)
    with council.write() as work:
        asked = [ask_for_days(work, council, now=at(on)) for on in (DAY, DAY, friday, MONDAY)]
        told = told_in_day(work, ASKS, people.line_manager.id)
        set_days(work, council, by=people.line_manager, days={people.practitioner.id: MONDAY}, now=THEN)
        after = ask_for_days(work, council, now=at(DAY + timedelta(days=7)))

    assert asked == [1, 0, 0, 1]
    assert told == [people.line_manager.id] * 2
    assert after == 0


@pytest.mark.rule("CA-23", "RO-02")
def test_actions_alone_are_reason_enough_to_ask_for_a_day(
    council: Council, people: Staff, audit: Audit
) -> None:
    with council.write() as work:
        before = waiting(work, council, people.line_manager)
        talks(work, council, people, audit.id, THEN)
        after = waiting(work, council, people.line_manager)
        asked = ask_for_days(work, council, now=THEN)

    assert (before, after, asked) == ([(1, 1, None)], [(0, 1, None)], 1)


@pytest.mark.rule("CA-19", "CA-23")
def test_with_a_day_the_card_comes_before_it_and_once_it_passed_the_day_is_asked_for_anew(
    council: Council, people: Staff, audit: Audit
) -> None:
    on = date(2026, 5, 27)
    with council.write() as work:
        set_days(work, council, by=people.line_manager, days={people.practitioner.id: on}, now=THEN)
        told = tell_of_supervisions(work, council, now=at(date(2026, 5, 26)))
        before = waiting(work, council, people.line_manager, on)
        passed = waiting(work, council, people.line_manager, date(2026, 5, 28))

    assert told == 1
    assert (before, passed) == ([], [(1, 1, on)])


@pytest.mark.rule("CA-19")
def test_days_are_set_all_or_none_and_only_by_whoever_supervises(
    council: Council, people: Staff, audit: Audit
) -> None:
    stranger = people.ad_qa
    with council.write() as work:
        other = a_person(work, "Una Other", team_id=people.team.id, manager_id=people.line_manager.id)
        for days in ({people.practitioner.id: MONDAY}, {}):
            with pytest.raises(NotAllowed):
                set_days(work, council, by=stranger, days=days, now=THEN)
        with pytest.raises(TextWanted) as empty:
            set_days(work, council, by=people.line_manager, days={}, now=THEN)
        days = {people.practitioner.id: MONDAY, other.id: DAY - timedelta(days=1)}
        with pytest.raises(TextWanted) as wrong:
            set_days(work, council, by=people.line_manager, days=days, now=THEN)

        assert (empty.value.field, wrong.value.field) == ("", f"next_on_{other.id}")
        assert work.supervisions.planned(people.practitioner.id) is None


def test_nobody_is_asked_about_somebody_who_left(council: Council, people: Staff, audit: Audit) -> None:
    with council.write() as work:
        (asked,) = without_day(work, council, by=people.line_manager, now=THEN)
        work.people.change(people.practitioner.id, {"left_on": DAY})

        assert without_day(work, council, by=people.line_manager, now=THEN) == ()
        assert ask_for_days(work, council, now=THEN) == 0
    assert asked == WithoutDay(people.practitioner.id, people.practitioner.name, 1, 1, None)


@pytest.mark.rule("CA-19")
def test_a_day_can_still_be_set_person_by_person(council: Council, people: Staff, audit: Audit) -> None:
    with council.write() as work:
        plan_supervision(
            work,
            council,
            by=people.line_manager,
            practitioner_id=people.practitioner.id,
            on=MONDAY,
            now=THEN,
        )

        assert waiting(work, council, people.line_manager) == []
