"""Steps that the tests of what follows an audit share."""

from datetime import UTC, date, datetime, time

from domain.actions import StepKind
from domain.people import Person
from storage.actions import ActionRow
from tests.builders import Staff
from workflows.acting import finish_action
from workflows.confirming import confirm_action
from workflows.council import Council, View, Work
from workflows.following import confirm_file, record_reflection
from workflows.supervising import record_discussed

PLACE = "case note of 3 June"


def at(day: date, hour: int = 9) -> datetime:
    """This hour in London in summer."""
    return datetime.combine(day, time(hour - 1), UTC)


def the_action(view: View, audit_id: int) -> ActionRow:
    """The audit's only action as it stands."""
    (action,) = view.actions.of_audit(audit_id)
    return action


def does(work: Work, council: Council, people: Staff, audit_id: int, now: datetime) -> None:
    """The practitioner calls the action done."""
    action = the_action(work, audit_id)
    finish_action(
        work,
        council,
        by=people.practitioner,
        action_id=action.id,
        text="The child eats breakfast.",
        recorded=PLACE,
        now=now,
    )


def confirms(work: Work, council: Council, by: Person, audit_id: int, now: datetime) -> None:
    """Whoever answers for the owner confirms it."""
    action = the_action(work, audit_id)
    confirm_action(
        work,
        council,
        by=by,
        action_id=action.id,
        version=action.version,
        note="The change shows in the visits.",
        recorded="supervision note of 4 June",
        now=now,
    )


def talks(work: Work, council: Council, people: Staff, audit_id: int, now: datetime) -> None:
    """The line manager records that supervision talked of the learning."""
    record_discussed(
        work,
        council,
        by=people.line_manager,
        practitioner_id=people.practitioner.id,
        audit_ids={audit_id},
        on=council.today(now),
        where="supervision note of 4 June",
        now=now,
    )


def reflects(work: Work, council: Council, people: Staff, audit_id: int, now: datetime) -> None:
    """The team manager records the reflective session."""
    record_reflection(
        work, council, by=people.team_manager, audit_id=audit_id, on=council.today(now), now=now
    )


def files(work: Work, council: Council, by: Person, audit_id: int, now: datetime) -> None:
    """The project manager confirms the child's file."""
    confirm_file(work, council, by=by, audit_id=audit_id, now=now)


def kinds(view: View, action_id: int) -> list[StepKind]:
    """What was done about an action, in order."""
    return [step.kind for step in view.actions.steps(action_id)]
