"""An action with everything needed to show it, for its owner and whoever answers for the owner (CA-23)."""

from dataclasses import dataclass
from datetime import datetime

from domain.actions import Step
from domain.audits import Audit, AuditState
from domain.errors import NotAllowed
from domain.people import Person
from domain.permissions import Verb
from storage.actions import ActionRow
from storage.work import View, Work
from workflows.audit_access import action_owners, record_read, require_action, require_audit
from workflows.council import Council
from workflows.covering import owners_managers, stand_in

__all__ = [
    "ActionFile",
    "ActionRow",
    "may_do",
    "open_action",
    "own_actions",
    "takers_of",
    "tell_answering",
]


@dataclass(frozen=True, slots=True)
class ActionFile:
    """One action as one of its two people sees it."""

    action: ActionRow
    audit: Audit
    owner: Person
    is_owner: bool
    """Whether the reader owns it; otherwise they answer for whoever does."""
    answering: tuple[Person, ...]
    """Who answers for the owner."""
    steps: tuple[Step, ...]
    names: dict[int, str]
    """Person id to name, of everyone who took a step."""
    readable: bool
    """Whether the reader may open the whole audit."""
    takers: tuple[tuple[int, str], ...]
    """(id, name with part) of whom the action may be handed on to; nobody unless it needs handing on."""

    @property
    def owner_gone(self) -> bool:
        """Whether its owner has left or has no part in the audit any more."""
        return bool(self.takers)


def open_action(work: Work, council: Council, *, by: Person, action_id: int, now: datetime) -> ActionFile:
    """The action; reading it leaves a row in the trail. Raises NotAllowed alike for one that is not there."""
    try:
        action, audit = require_action(work, council, Verb.ACT, by=by, action_id=action_id, now=now)
    except NotAllowed:
        action, audit = require_action(
            work, council, Verb.CONFIRM_ACTION, by=by, action_id=action_id, now=now
        )
    record_read(work, by, audit.id, "action", now)
    owner = work.people.get(action.owner_id)
    steps = work.actions.steps(action_id)
    people = work.people.many(step.by_id for step in steps)
    return ActionFile(
        action=action,
        audit=audit,
        owner=owner,
        is_owner=by.id == owner.id,
        answering=owners_managers(work, owner),
        steps=steps,
        names={person.id: person.name for person in people.values()},
        readable=may_do(work, council, Verb.READ_SHARED, by=by, audit_id=audit.id, now=now),
        takers=takers_of(work, council, action, audit, now) if by.id != owner.id else (),
    )


def takers_of(
    view: View, council: Council, action: ActionRow, audit: Audit, now: datetime
) -> tuple[tuple[int, str], ...]:
    """(id, name with part) of whoever may take the action on, where its owner no longer can."""
    if action.state == "confirmed":
        return ()
    owners = action_owners(view, audit)
    owner = view.people.get(action.owner_id)
    has_left = owner.left_on is not None and owner.left_on <= council.today(now)
    if not has_left and owner.id in dict(owners):
        return ()
    return tuple(one for one in owners if one[0] != owner.id)


def may_do(view: View, council: Council, verb: Verb, *, by: Person, audit_id: int, now: datetime) -> bool:
    """Whether the person may do this with the audit, to show or leave out what leads there."""
    try:
        require_audit(view, council, verb, by=by, audit_id=audit_id, now=now)
    except NotAllowed:
        return False
    return True


def own_actions(view: View, *, by: Person) -> tuple[tuple[ActionRow, Audit], ...]:
    """What the person owns and nobody has confirmed: to do first, the most overdue on top (RO-03)."""
    found = []
    for action in view.actions.unconfirmed_of(by.id):
        audit = view.audits.get(action.audit_id)
        if audit is not None and audit.state is AuditState.SUBMITTED:
            found.append((action, audit))
    found.sort(key=lambda one: (one[0].state != "open", one[0].due_on, one[0].id))
    return tuple(found)


def tell_answering(work: Work, council: Council, *, owner: Person, step_id: int, now: datetime) -> None:
    """Whoever answers for the owner hears of the step, or their cover while they are on leave."""
    today = council.today(now)
    managers = owners_managers(work, owner)
    told = {(stand_in(work, council, one, today) or one).id for one in managers} - {owner.id}
    # A cover who owns the action themselves does not answer for it.
    for person_id in sorted(told or {one.id for one in managers}):
        work.notices.queue(kind="action_step", subject_id=step_id, person_id=person_id, now=now)
