"""An escalation says what was tried: which reminder went out when, and whether it was seen."""

from datetime import date, timedelta

import pytest

from domain.errors import NotAllowed
from storage.nudges import DAY_CARD
from storage.reach import Copy
from tests.builders import Staff, an_accepted_audit
from tests.workflows.nudged import at, goes_on_leave, leaves, sweeps
from workflows.council import Council
from workflows.tried import open_tried

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
        (SEVEN, "passed over"),
        (SEVEN, "passed over"),
        (SEVEN, "seen"),
        (THREE, "sent"),
        (ONE, "waiting"),
    ]
    assert found.tries[2].seen_at == at(SEVEN, 9)
    assert found.tries[2].said == "A good moment to hold the reflective conversation."
    assert (found.auditor_name, found.accepted, found.may_ask) == ("Alex Auditor", True, True)


@pytest.mark.rule("CA-06")
def test_leave_in_the_time_of_the_audit_is_said(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        goes_on_leave(work, people.auditor, date(2026, 5, 11), date(2026, 5, 15))

        found = open_tried(work, council, by=people.cover, audit_id=audit.id, now=WHEN)

    assert found.away == "11 May 2026 to 15 May 2026"
    assert found.tries == ()


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
