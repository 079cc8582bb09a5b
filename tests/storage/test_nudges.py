"""Nudges, snoozes and requests for more time, kept and found again on both engines."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.nudges import opening_of
from storage.nudges import DAY_CARD, NudgeRow
from tests.builders import NOW, Staff, a_submitted_audit, an_accepted_audit, an_allocated_audit
from workflows.council import Council

DAY = date(2026, 5, 28)
BEFORE = date(2026, 5, 27)


def a_nudge(people: Staff, **given: object) -> NudgeRow:
    row = NudgeRow(
        "due_in_1", "audit", 7, date(2026, 5, 31), people.auditor.id, DAY, late=False, state="open", reason=""
    )
    return replace(row, **given)


def test_a_line_is_kept_once_for_its_thing_due_date_and_person(council: Council, people: Staff) -> None:
    with council.write() as work:
        assert work.nudges.add(a_nudge(people))
        assert not work.nudges.add(a_nudge(people, day=DAY + timedelta(days=1), late=True))

        assert work.nudges.of_days(people.auditor.id, BEFORE, DAY) == (a_nudge(people),)
        assert work.nudges.of_person(people.auditor.id, "audit") == (a_nudge(people),)
        assert work.nudges.of_days(people.auditor.id, DAY, DAY + timedelta(days=5)) == ()
        assert work.nudges.of_days(people.auditor.id, BEFORE - timedelta(days=5), BEFORE) == ()


@pytest.mark.rule("SG-05")
def test_a_due_date_that_moved_is_nudged_anew(council: Council, people: Staff) -> None:
    moved = {"due_on": date(2026, 6, 14), "day": date(2026, 6, 11)}
    with council.write() as work:
        work.nudges.add(a_nudge(people))

        assert work.nudges.add(a_nudge(people, **moved))

        known = work.nudges.known([people.auditor.id, people.practitioner.id], due_from=date.min)
    assert known == {
        ("audit", 7, date(2026, 5, 31), people.auditor.id): {"due_in_1"},
        ("audit", 7, date(2026, 6, 14), people.auditor.id): {"due_in_1"},
    }


def test_what_is_due_earlier_is_not_looked_up(council: Council, people: Staff) -> None:
    row = a_nudge(people)
    with council.write() as work:
        work.nudges.add(row)

        assert work.nudges.known([people.auditor.id], due_from=row.due_on)
        assert not work.nudges.known([people.auditor.id], due_from=row.due_on + timedelta(days=1))


def test_a_line_is_known_by_its_thing_due_date_and_person(council: Council, people: Staff) -> None:
    row = a_nudge(people)
    key = (row.subject, row.subject_id, row.due_on, row.person_id)
    with council.write() as work:
        work.nudges.add(row)
        nudges = work.nudges

        assert nudges.has(row.line, key)
        assert not nudges.has("due_in_2", key)
        assert not nudges.has(row.line, (*key[:3], people.practitioner.id))
        assert not nudges.has(row.line, (*key[:2], BEFORE, row.person_id))


def test_what_was_skipped_is_known_and_not_said(council: Council, people: Staff) -> None:
    with council.write() as work:
        work.nudges.add(a_nudge(people, state="skipped", reason="a later nudge says it better"))

        assert work.nudges.of_days(people.auditor.id, BEFORE, DAY) == ()
        assert len(work.nudges.known([people.auditor.id], due_from=date.min)) == 1


def test_a_day_card_is_found_with_its_day_and_what_became_of_it(council: Council, people: Staff) -> None:
    with council.write() as work:
        work.notices.queue(
            kind=DAY_CARD,
            subject_id=people.auditor.id,
            person_id=people.auditor.id,
            now=NOW,
            again=DAY.isoformat(),
        )
        (claimed,) = work.notices.claim(token="t", now=NOW, until=NOW + timedelta(minutes=1), limit=5)
        work.notices.settle(claimed, state="sent", now=NOW, activity_id="a1")

        (card,) = work.nudges.cards(people.auditor.id)

    assert (card.day, card.state, card.settled_at, card.answered_at) == (DAY, "sent", NOW, None)


def test_day_cards_are_found_from_a_day_on(council: Council, people: Staff) -> None:
    person = people.auditor.id
    with council.write() as work:
        for day in (BEFORE, DAY):
            work.notices.queue(
                kind=DAY_CARD,
                subject_id=person,
                person_id=person,
                now=NOW,
                due_at=opening_of(day),
                again=day.isoformat(),
            )

        assert [card.day for card in work.nudges.cards(person, since=BEFORE)] == [BEFORE, DAY]
        assert [card.day for card in work.nudges.cards(person, since=DAY)] == [DAY]
        assert work.nudges.cards(person, since=DAY + timedelta(days=1)) == ()


def test_a_later_choice_of_day_takes_the_place_of_an_earlier(council: Council, people: Staff) -> None:
    person = people.auditor.id
    with council.write() as work:
        work.snoozes.put_off(person, "audit", 7, DAY, NOW)
        work.snoozes.put_off(person, "audit", 7, DAY + timedelta(days=1), NOW)

        assert work.snoozes.of(person) == {("audit", 7): DAY + timedelta(days=1)}
        assert work.snoozes.back_by(DAY) == ()
        assert work.snoozes.back_by(DAY + timedelta(days=1)) == (person,)

        work.snoozes.forget(person_id=person, until=DAY)
        assert len(work.snoozes.of(person)) == 1
        work.snoozes.forget(person_id=person, until=DAY + timedelta(days=1))
        assert work.snoozes.of(person) == {}


@pytest.mark.rule("SG-05")
def test_a_request_for_more_time_is_decided_once_and_keeps_both_reasons(
    council: Council, people: Staff
) -> None:
    until = date(2026, 6, 14)
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        asked = work.extensions.ask(
            audit_id=audit.id,
            kind="extension",
            until_on=until,
            reason="Sick leave.",
            by=people.service_manager.id,
            now=NOW,
        )

        by = people.ad_qa.id
        first = work.extensions.decide(asked, state="approved", decision="Agreed.", by=by, now=NOW)
        second = work.extensions.decide(asked, state="declined", decision="No.", by=by, now=NOW)

        row = work.extensions.get(asked)
        assert (first, second) == (True, False)
        assert row is not None
        assert (row.state, row.reason, row.decision, row.until_on) == (
            "approved",
            "Sick leave.",
            "Agreed.",
            until,
        )
        assert work.extensions.of_audit(audit.id) == (row,)
        assert work.extensions.extended_at([audit.id, 99]) == {audit.id: NOW}


def test_open_work_is_found_for_everyone_at_once(council: Council, people: Staff) -> None:
    with council.write() as work:
        done = a_submitted_audit(work, council, people)
        waiting = an_allocated_audit(
            work, people, reference="CF-2", month=date(2026, 7, 1), auditor_id=people.second_auditor.id
        )

        since = NOW - timedelta(days=1)
        assert [(a.audit_id, a.accepted) for a in work.duties.open_audits()] == [(waiting.id, False)]
        assert [(u.audit_id, u.person_id) for u in work.duties.uncommented(since)] == [
            (done.id, people.practitioner.id)
        ]
        assert [(u.audit_id, u.person_id) for u in work.duties.unreviewed(since)] == [
            (done.id, people.team_manager.id)
        ]
        (action,) = work.duties.open_actions()
        assert (action.audit_id, action.owner_id) == (done.id, people.practitioner.id)
        assert work.duties.actions_of(people.practitioner.id) == (action,)
        assert work.duties.actions_in_team(people.team.id) == (action,)
        assert work.duties.actions_in_team(people.other_team.id) == ()

        work.audits.add_comment(done.id, people.practitioner.id, "Thank you.", NOW)
        work.audits.add_review(done.id, by=people.team_manager.id, nominated=False, reason="", now=NOW)
        assert work.duties.uncommented(since) == work.duties.unreviewed(since) == ()
