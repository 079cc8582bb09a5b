"""Each working day people are reminded of what is still to do, in one card, and never when they are away."""

from datetime import date, timedelta

import pytest

from domain.audits import AuditState
from scheduler.drawing import Drawn, Needless, Postponed
from scheduler.preparing import prepare
from storage.nudges import DAY_CARD
from tests.builders import (
    NOW,
    Staff,
    a_filled_audit,
    a_submitted_audit,
    an_accepted_audit,
    an_allocated_audit,
    reachable,
)
from tests.chat import Chat, text
from tests.workflows.nudged import (
    at,
    card_of,
    day_cards,
    drawn,
    everyone_told,
    goes_on_leave,
    is_covered,
    leaves,
    sweeps,
    week_begins,
)
from workflows.audit_access import load_file
from workflows.auditing import submit_audit
from workflows.council import Council
from workflows.safety import raise_alert

FIRST, HALF, SEVEN, LAST = date(2026, 5, 1), date(2026, 5, 15), date(2026, 5, 19), date(2026, 5, 29)
OVERDUE_1, OVERDUE_3 = date(2026, 6, 1), date(2026, 6, 3)
"""Allocated on Friday 1 May and due on Sunday 31 May: Friday the 29th is the last working day for it."""


@pytest.mark.rule("CA-06", "CA-22", "Q2")
@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 5, 14), False),
        (HALF, True),
        (date(2026, 5, 18), False),
        (SEVEN, True),
        (date(2026, 5, 20), False),
        (date(2026, 5, 26), True),
        (date(2026, 5, 27), False),
        (date(2026, 5, 28), True),
        (LAST, True),
        (OVERDUE_1, True),
        (date(2026, 6, 2), False),
        (OVERDUE_3, True),
        (date(2026, 6, 4), False),
    ],
)
def test_an_auditor_has_a_card_on_each_day_of_the_framework_and_on_no_other(
    council: Council, people: Staff, day: date, told: bool
) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)
    before = FIRST
    while before < day:
        sweeps(council, before) if before.weekday() < 5 and before not in council.bank_holidays else None
        before += timedelta(days=1)

    sweeps(council, day)

    assert (day in [card.day for card in day_cards(council, people.auditor)]) is told


def test_two_sweeps_of_one_day_make_one_card(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)
        an_accepted_audit(work, people, reference="CF-2", month=date(2026, 7, 1))

    told = [sweeps(council, SEVEN), sweeps(council, SEVEN, hour=11)]

    assert told == [1, 0]
    assert [card.day for card in day_cards(council, people.auditor)] == [SEVEN]


@pytest.mark.rule("CA-05")
def test_the_morning_of_allocation_brings_one_card_and_no_reminder_of_it(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        an_allocated_audit(work, people)

    sweeps(council, FIRST)
    sweeps(council, date(2026, 5, 5))

    assert day_cards(council, people.auditor) == []


@pytest.mark.rule("CA-05", "CA-06")
def test_whoever_has_not_accepted_in_time_is_asked_to(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_allocated_audit(work, people)

    due = date(2026, 5, 7)
    sweeps(council, due)

    card = card_of(council, people.auditor, at(due, 8, 30))
    assert "A new audit to accept" in text(card)
    assert "Please take it on today" in text(card)


@pytest.mark.rule("CA-17", "CA-18")
def test_practitioner_and_team_manager_are_reminded_before_their_five_days_are_over(
    council: Council, people: Staff
) -> None:
    # Shared on a Friday, with Monday a bank holiday: five working days end on Monday the 11th.
    with council.write() as work:
        a_submitted_audit(work, council, people)

    sweeps(council, date(2026, 5, 7))
    early = everyone_told(council, people)
    sweeps(council, date(2026, 5, 8))

    assert early == set()
    assert everyone_told(council, people) == {"Perry Practitioner", "Toni Manager"}
    now = at(date(2026, 5, 8), 8, 30)
    assert "Your comments on an audit of your work" in text(card_of(council, people.practitioner, now))
    assert "An audit in your team to read" in text(card_of(council, people.team_manager, now))


@pytest.mark.rule("CA-23")
def test_an_overdue_action_is_named_once_to_its_owners_team_manager(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        work.audits.add_review(audit.id, by=people.team_manager.id, nominated=False, reason="", now=NOW)

    for day in (OVERDUE_1, date(2026, 6, 2), OVERDUE_3):
        sweeps(council, day)

    assert [card.day for card in day_cards(council, people.team_manager)] == [OVERDUE_1]
    said = text(card_of(council, people.team_manager, at(OVERDUE_1, 8, 30)))
    assert "An action of Perry Practitioner" in said
    assert "Rewrite the plan" not in said


@pytest.mark.rule("CA-18", "CA-23", "RO-02", "MO-07")
def test_a_team_manager_has_the_week_in_the_one_card_of_that_day(council: Council, people: Staff) -> None:
    monday = date(2026, 5, 11)
    with council.write() as work:
        a_submitted_audit(work, council, people)

    told = week_begins(council, monday)
    sweeps(council, monday)

    assert told == 1
    assert [card.day for card in day_cards(council, people.team_manager)] == [monday]
    said = text(card_of(council, people.team_manager, at(monday, 8, 30)))
    assert "Your team's week" in said
    assert "1 open action, 0 of them overdue; 1 audit for you to read." in said
    assert "If the Panel chooses it, it is moderated by 15 May 2026." in said


def test_a_team_without_open_work_has_no_week(council: Council, people: Staff) -> None:
    assert week_begins(council, date(2026, 5, 11)) == 0
    assert day_cards(council, people.team_manager) == []


@pytest.mark.rule("CA-06")
def test_three_working_days_after_it_was_due_the_auditors_own_service_manager_hears(
    council: Council, people: Staff
) -> None:
    # The auditor works in the other service; its service manager is the one who covers ours.
    with council.write() as work:
        an_accepted_audit(work, people)

    sweeps(council, date(2026, 6, 2))
    before = everyone_told(council, people)
    sweeps(council, OVERDUE_3)

    assert "Cory Cover" not in before
    assert "Shay Service" not in everyone_told(council, people)
    said = text(card_of(council, people.cover, at(OVERDUE_3, 8, 30)))
    assert "Alex Auditor's audit is overdue" in said
    assert "CF-1001" not in said


@pytest.mark.rule("CA-06")
def test_nothing_is_said_of_what_is_done_by_the_time_the_card_leaves(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_filled_audit(work, council.framework, people)
    sweeps(council, LAST)
    with council.write() as work:
        revision = load_file(work, audit).revision
        submit_audit(
            work, council, by=people.auditor, audit_id=audit.id, revision=revision, now=at(LAST, 8, 20)
        )

    assert drawn(council, people.auditor, at(LAST, 8, 30)) == Needless("nothing is left to do")


@pytest.mark.rule("CA-06")
@pytest.mark.parametrize(
    ("hour", "minute", "until"),
    [
        (8, 29, at(LAST, 8, 30)),
        (8, 30, None),
        (17, 29, None),
        (17, 30, at(OVERDUE_1, 8, 30)),
    ],
)
def test_a_card_leaves_between_half_past_eight_and_half_past_five_only(
    council: Council, people: Staff, hour: int, minute: int, until: object
) -> None:
    with council.write() as work:
        reachable(work, people.auditor)
        an_accepted_audit(work, people)
    sweeps(council, LAST)

    with council.read() as view:
        (notice,) = view.notices.of(DAY_CARD, people.auditor.id)
        made = prepare(view, council, notice, now=at(LAST, hour, minute), nonce="a nonce")

    assert (made.until if isinstance(made, Postponed) else None) == until


@pytest.mark.rule("CA-06")
def test_nobody_on_leave_is_told_until_they_are_back(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)
        goes_on_leave(work, people.auditor, date(2026, 5, 15), date(2026, 5, 20))

    for day in (HALF, SEVEN, date(2026, 5, 20)):
        sweeps(council, day)
    away = day_cards(council, people.auditor)
    sweeps(council, date(2026, 5, 21))

    assert away == []
    assert [card.day for card in day_cards(council, people.auditor)] == [date(2026, 5, 21)]


@pytest.mark.rule("CA-06")
def test_after_a_gap_only_the_nearest_is_said_as_late_and_the_others_are_kept_as_skipped(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)

    back = date(2026, 5, 27)
    sweeps(council, back)

    with council.read() as view:
        rows = view.nudges.of_person(people.auditor.id, "audit")
    assert [(row.line, row.state, row.late) for row in rows] == [
        ("allocated", "skipped", True),
        ("half_way", "skipped", True),
        ("due_in_7", "skipped", True),
        ("due_in_3", "open", True),
    ]
    assert all(row.reason for row in rows if row.state == "skipped")
    said = text(card_of(council, people.auditor, at(back, 8, 30)))
    assert "should have reached you before" in said


@pytest.mark.rule("CA-06")
def test_the_cover_hears_while_a_service_manager_is_on_leave_and_the_manager_when_they_are_back(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        an_accepted_audit(work, people, auditor_id=people.line_manager.id)
        goes_on_leave(work, people.service_manager, date(2026, 6, 1), date(2026, 6, 5))

    sweeps(council, OVERDUE_3)
    told = everyone_told(council, people)
    sweeps(council, date(2026, 6, 8))

    assert {"Cory Cover"} <= told
    assert "Shay Service" not in told
    assert "Shay Service" in everyone_told(council, people)


@pytest.mark.rule("CA-06")
def test_a_manager_who_simply_does_not_work_that_day_is_told_later_and_the_cover_not(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        an_accepted_audit(work, people, auditor_id=people.line_manager.id)
        work.people.change(people.service_manager.id, {"working_days": frozenset({3, 4})})

    sweeps(council, OVERDUE_3)
    told = everyone_told(council, people)
    sweeps(council, date(2026, 6, 4))

    assert "Cory Cover" not in told
    assert "Shay Service" not in told
    assert "Shay Service" in everyone_told(council, people)


def test_the_week_of_a_manager_on_leave_goes_to_the_cover(council: Council, people: Staff) -> None:
    monday = date(2026, 5, 11)
    with council.write() as work:
        a_submitted_audit(work, council, people)
        is_covered(work, people.team_manager, people.bystander)
        goes_on_leave(work, people.team_manager, monday, date(2026, 5, 15))

    week_begins(council, monday)

    assert everyone_told(council, people) == {"Blair Bystander"}


def test_the_week_of_a_manager_who_is_off_on_mondays_comes_on_their_next_day(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_submitted_audit(work, council, people)
        work.people.change(people.team_manager.id, {"working_days": frozenset({1, 2, 3})})

    week_begins(council, date(2026, 5, 11))

    assert [card.day for card in day_cards(council, people.team_manager)] == [date(2026, 5, 12)]


@pytest.mark.rule("PR-02")
def test_what_falls_due_after_todays_card_has_left_waits_for_the_next_one(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)
    sweeps(council, LAST)
    leaves(council, people.auditor, at(LAST, 8, 40))
    with council.write() as work:
        audit = an_allocated_audit(
            work, people, reference="CF-2", month=date(2026, 7, 1), now=at(LAST - timedelta(days=7))
        )
        assert audit.state is AuditState.ALLOCATED

    sweeps(council, LAST, hour=10)

    assert [card.day for card in day_cards(council, people.auditor)] == [LAST, OVERDUE_1]


def test_a_card_that_could_not_leave_gives_way_to_a_newer_one(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)
    sweeps(council, date(2026, 5, 28))
    with council.read() as view:
        (older,) = view.notices.of(DAY_CARD, people.auditor.id)
    sweeps(council, LAST)

    with council.read() as view:
        from scheduler.drawing import Drawing
        from scheduler.rendering import CARDS

        made = CARDS[DAY_CARD](
            Drawing(view, council, older, people.auditor, at(LAST, 8, 30), "nonce", "29:1")
        )
    assert made == Needless("another card of theirs says it today")


@pytest.mark.rule("CA-02", "CA-06")
@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2026, 5, 20), date(2026, 5, 28), False),
        (date(2026, 5, 20), date(2026, 5, 29), True),
        (date(2026, 5, 30), date(2026, 6, 5), False),
    ],
)
def test_the_qa_office_hears_once_of_leave_over_the_last_working_day(
    council: Council, people: Staff, first: date, last: date, told: bool
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        goes_on_leave(work, people.auditor, first, last)

    sweeps(council, date(2026, 5, 5))
    sweeps(council, date(2026, 5, 6))

    with council.read() as view:
        notices = view.notices.of("auditor_away", audit.id)
    assert [one.person_id for one in notices] == ([people.qa_officer.id] if told else [])


@pytest.mark.rule("SG-02", "Q16")
def test_a_safety_alert_waits_for_nobodys_hours_days_off_or_leave(council: Council, people: Staff) -> None:
    night = at(date(2026, 5, 3), 3, 0)
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        goes_on_leave(work, people.team_manager, date(2026, 5, 1), date(2026, 5, 31))
        alert_id, _ = raise_alert(
            work, council, by=people.auditor, audit_id=audit.id, concern="Alone at night.", now=night
        )

    assert isinstance(drawn(council, people.team_manager, night, "safety_alert", alert_id), Drawn)


@pytest.mark.rule("PR-02", "CA-23")
def test_my_audits_lists_what_the_card_of_the_day_had_no_room_for(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_submitted_audit(work, council, people)
        an_accepted_audit(work, people, reference="CF-2")
    sweeps(council, OVERDUE_3)

    owner = Chat(council, people.practitioner, now=at(OVERDUE_3, 9)).types("my audits")
    manager = Chat(council, people.cover, now=at(OVERDUE_3, 9)).types("my audits")

    assert "An action agreed with you" in text(owner)
    assert "Alex Auditor's audit is overdue" in text(manager)


def test_a_leaver_hears_nothing(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)
        work.people.mark_left([people.auditor.id], date(2026, 5, 12))

    sweeps(council, LAST)

    assert day_cards(council, people.auditor) == []


@pytest.mark.rule("CA-05")
@pytest.mark.parametrize(
    ("first", "monday", "working_days"),
    [
        # The 1st is a Saturday.
        (date(2026, 8, 1), date(2026, 8, 3), frozenset(range(5))),
        # The 1st is a Wednesday, on which this auditor does not work.
        (date(2026, 7, 1), date(2026, 7, 2), frozenset({0, 1, 3, 4})),
    ],
)
def test_an_audit_given_out_on_a_day_off_is_not_announced_a_second_time(
    council: Council, people: Staff, first: date, monday: date, working_days: frozenset[int]
) -> None:
    with council.write() as work:
        work.people.change(people.auditor.id, {"working_days": working_days})
        an_accepted_audit(work, people, month=first, now=at(first, 9))

    told = sweeps(council, monday)

    assert told == 0
    with council.read() as view:
        (row,) = view.nudges.of_person(people.auditor.id, "audit")
    assert (row.line, row.state, row.reason) == (
        "allocated",
        "skipped",
        "the card that brought the audit said it",
    )
