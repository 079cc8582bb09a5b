"""What owners call done and their managers have not answered yet (CA-23, RO-02)."""

from collections.abc import Iterator
from datetime import datetime

from domain.audits import AuditState
from domain.days import add_working_days
from domain.dues import Due
from domain.nudges import About
from storage.work import View
from workflows.council import Council
from workflows.covering import owners_managers, stand_in


def dues(view: View, council: Council, now: datetime, *, of: int | None = None) -> Iterator[Due]:
    """Everyone's, or only those of the person of this id."""
    today, numbers = council.today(now), council.framework.numbers
    net = of
    if of is not None and view.people.get(of).in_qa_office:
        # The office answers for whoever has nobody else, and is found by no line, team or service.
        net = None
    for action in view.actions.called_done(answers=net):
        audit = view.audits.get(action.audit_id)
        if audit is None or audit.state is not AuditState.SUBMITTED or action.done_on is None:
            continue
        managers = owners_managers(view, view.people.get(action.owner_id))
        people = {(stand_in(view, council, one, today) or one).id for one in managers} - {action.owner_id}
        due_on = add_working_days(action.done_on, numbers.confirm_working_days, council.bank_holidays)
        for person_id in sorted(people):
            if of in (None, person_id):
                yield Due(About.CONFIRM, action.id, audit, person_id, action.done_on, due_on)
