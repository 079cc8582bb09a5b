"""What agendas count of audits and actions, on either engine."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from domain.days import local_day
from domain.pages import ActionLine
from storage.agenda_facts import ActionCounts
from storage.tables import audit_actions
from storage.work import Work
from tests.builders import NOW, Staff, a_submitted_audit, an_accepted_audit
from tests.moderations import a_held_moderation, a_released_moderation, the_panel
from workflows.council import Council

DAY = local_day(NOW)
SINCE, UNTIL = NOW - timedelta(days=1), NOW + timedelta(days=1)
LATE, SOON = DAY - timedelta(days=1), DAY + timedelta(days=1)


def in_states(work: Work, audit_id: int, *states: tuple[str, object]) -> None:
    """Actions of the audit in these states and due then, in place of the one it has."""
    connection = work._connection
    first = connection.execute(sa.select(audit_actions).where(audit_actions.c.audit_id == audit_id))
    row = dict(first.mappings().one())
    connection.execute(sa.delete(audit_actions).where(audit_actions.c.audit_id == audit_id))
    del row["id"]
    for position, (state, due_on) in enumerate(states):
        changed = {"position": position, "state": state, "due_on": due_on}
        changed["done_on"] = None if state == "open" else DAY
        changed["confirmed_on"] = DAY if state == "confirmed" else None
        connection.execute(sa.insert(audit_actions).values(**{**row, **changed}))


def test_audits_are_counted_within_their_time_and_service(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_submitted_audit(work, council, people)
        an_accepted_audit(work, people, reference="CF-2")
        facts = work.agenda_facts

        assert facts.submitted(SINCE, UNTIL) == 1
        assert facts.submitted(SINCE, UNTIL, service_id=people.service.id) == 1
        assert facts.submitted(SINCE, UNTIL, service_id=people.service.id + 1) == 0
        assert facts.submitted(SINCE, NOW) == 0
        assert facts.submitted(NOW, UNTIL) == 1


def test_actions_are_counted_by_how_far_they_have_come(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        every = (("open", LATE), ("open", DAY), ("done", LATE), ("confirmed", LATE), ("confirmed", SOON))
        in_states(work, audit.id, *every)
        facts = work.agenda_facts

        assert facts.actions(SINCE, UNTIL, today=DAY) == ActionCounts(2, 1, 1, 2)
        assert facts.actions(SINCE, UNTIL, today=SOON).overdue == 2
        elsewhere = facts.actions(SINCE, UNTIL, today=DAY, service_id=people.service.id + 1)
        assert elsewhere == ActionCounts(0, 0, 0, 0)


@pytest.mark.rule("MO-21")
@pytest.mark.parametrize(("make", "counted"), [(a_held_moderation, 1), (a_released_moderation, 2)])
def test_what_the_panel_found_missing_counts_once_it_is_released(
    council: Council, people: Staff, make: object, counted: int
) -> None:
    with council.write() as work:
        moderation = make(work, council, people, the_panel(work))  # type: ignore[operator]
        line = ActionLine("Bring the chronology up to date.", people.practitioner.id, SOON)
        work.actions.add_missing(moderation.audit_id, moderation.id, (line,), agreed_on=DAY)

        assert work.agenda_facts.actions(SINCE, UNTIL, today=DAY).still == counted
