"""An escalation says what was tried: which reminder went out when, and whether it was seen."""

from datetime import date, timedelta

import pytest

from cards.extension import tried_card
from domain.audits import Audit
from domain.errors import NotAllowed
from domain.tried import in_short
from storage.nudges import DAY_CARD
from storage.reach import Copy
from tests.builders import NOW, Staff, a_submitted_audit, an_accepted_audit
from tests.cards.card_reading import words
from tests.chat import text
from tests.workflows.nudged import at, card_of, goes_on_leave, leaves, sweeps, week_begins
from workflows.council import Council
from workflows.tried import open_tried
from workflows.tried_reminders import THE_AUDIT_ITSELF

FIRST = date(2026, 5, 1)
SEVEN, THREE, ONE = date(2026, 5, 19), date(2026, 5, 26), date(2026, 5, 28)
WHEN = at(date(2026, 6, 3), 9)


@pytest.mark.rule("CA-06", "SG-03")
def test_each_reminder_stands_with_its_day_and_what_became_of_it(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    sweeps(council, SEVEN)
    seen = leaves(council, people.auditor, at(SEVEN, 8, 40))
    with council.write() as work:
        card = Copy("chat", seen.activity_id or "", people.auditor.id, DAY_CARD, people.auditor.id)
        work.reach.keep_copy(card, at(SEVEN, 8, 40))
        work.notices.answered(people.auditor.id, "chat", card.activity_id, at(SEVEN, 9))
    sweeps(council, THREE)
    leaves(council, people.auditor, at(THREE, 8, 40))
    sweeps(council, ONE)

    with council.write() as work:
        found = open_tried(work, council, by=people.cover, audit_id=audit.id, now=WHEN)

    assert [(one.on, one.became) for one in found.tries] == [
        (FIRST, "passed over"),
        (SEVEN, "passed over"),
        (SEVEN, "passed over"),
        (SEVEN, "seen"),
        (THREE, "sent"),
        (ONE, "waiting"),
    ]
    assert found.tries[3].seen_at == at(SEVEN, 9)
    assert found.tries[3].said == "A good moment to hold the reflective conversation."
    assert (found.auditor_name, found.accepted, found.may_ask) == ("Alex Auditor", True, True)


@pytest.mark.rule("CA-06")
def test_leave_in_the_time_of_the_audit_is_said(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        goes_on_leave(work, people.auditor, date(2026, 5, 11), date(2026, 5, 15))

        found = open_tried(work, council, by=people.cover, audit_id=audit.id, now=WHEN)

    assert found.away == "11 May 2026 to 15 May 2026"
    assert [(one.said, one.became) for one in found.tries] == [(THE_AUDIT_ITSELF, "waiting")]
    assert in_short(found.tries) == "No reminder has gone out yet."


@pytest.mark.rule("SG-03")
def test_what_was_tried_is_for_the_auditors_own_manager_and_leaves_a_row(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        for other in (people.auditor, people.service_manager, people.qa_officer, people.team_manager):
            with pytest.raises(NotAllowed):
                open_tried(work, council, by=other, audit_id=audit.id, now=WHEN)

        open_tried(work, council, by=people.cover, audit_id=audit.id, now=WHEN + timedelta(minutes=1))

    with council.read() as view:
        row = list(view.trail.rows(f"audit:{audit.id}"))[-1]
    assert (row.verb, row.actor) == ("read", people.cover.id)


def brings_the_audit(council: Council, people: Staff, audit: Audit) -> None:
    """The allocation card leaves on the first morning."""
    with council.write() as work:
        for one in work.notices.claim(token="t", now=NOW, until=at(FIRST, 23), limit=500):
            state = "sent" if one.kind == "audit_allocated" else "dropped"
            work.notices.settle(one, state=state, now=NOW, activity_id=f"activity-{one.id}")


@pytest.mark.rule("CA-06", "SG-03")
def test_what_is_said_of_each_reminder_is_true_and_the_card_that_brought_the_audit_is_one(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    brings_the_audit(council, people, audit)
    sweeps(council, FIRST)
    sweeps(council, SEVEN)
    leaves(council, people.auditor, at(SEVEN, 8, 40))

    with council.write() as work:
        found = open_tried(work, council, by=people.cover, audit_id=audit.id, now=WHEN)

    assert [(one.became, one.why) for one in found.tries] == [
        ("sent", ""),
        ("passed over", "the card that brought the audit said it"),
        ("passed over", "a later reminder says it better"),
        ("sent", ""),
    ]
    said = words(tried_card(found, date(2026, 6, 3)))
    assert "2 reminders sent, none answered; last 19 May 2026." in said
    assert "not sent: the card that brought the audit said it" in said
    assert "not sent: a later reminder says it better" in said
    assert "put off, or overtaken" not in said


@pytest.mark.rule("CA-06", "CA-23")
def test_an_escalation_says_on_its_line_what_was_tried(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    brings_the_audit(council, people, audit)
    for day in (THREE, ONE, date(2026, 5, 29), date(2026, 6, 1)):
        sweeps(council, day)
        leaves(council, people.auditor, at(day, 8, 40))
    sweeps(council, date(2026, 6, 3))

    said = text(card_of(council, people.cover, at(date(2026, 6, 3), 8, 30)))

    assert "5 reminders sent, none answered; last 1 June 2026." in said


@pytest.mark.rule("CA-23", "RO-02")
def test_an_overdue_action_says_on_its_line_what_was_tried_in_the_list_and_in_the_week(
    council: Council, people: Staff
) -> None:
    due, monday = date(2026, 5, 29), date(2026, 6, 1)
    with council.write() as work:
        a_submitted_audit(work, council, people)
    for day in (THREE, due):
        sweeps(council, day)
        leaves(council, people.practitioner, at(day, 8, 40))
    sweeps(council, monday)
    tried = "2 reminders sent, none answered; last 29 May 2026."

    listed = text(card_of(council, people.team_manager, at(monday, 8, 30)))
    week_begins(council, monday)
    weekly = text(card_of(council, people.team_manager, at(monday, 8, 30)))

    assert f"{tried} What would help it along?" in listed
    assert weekly.count(tried) == 1
