"""The board of a manager: the actions of their people, by what the manager must do next (RO-02, CA-23).

On it stands what the permissions let somebody follow: whoever answers for an action's owner today, a cover
included, and the service manager of the audit's team, who reads it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.action_board import LATELY, Next, Unconfirmed, comes_next
from domain.actions import Step
from domain.audits import Audit
from domain.closing import FollowUp
from domain.errors import NotAllowed
from domain.people import Person, Post
from domain.permissions import Capacity, Standing, Verb, require
from storage.actions import ActionRow
from storage.work import View
from workflows.council import Council
from workflows.covering import acting_for, owners_managers

_MANAGERS = frozenset({Post.TM, Post.SM})


@dataclass(frozen=True, slots=True)
class Tracked:
    """An action on the board."""

    action: ActionRow
    audit: Audit
    owner: Person
    practitioner: Person
    next: Next
    may_open: bool
    """Whether the reader answers for the owner; others follow it and no more."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """An action that was confirmed lately, with what is known of its effect."""

    action: ActionRow
    audit: Audit
    owner: Person
    followup: FollowUp
    may_open: bool


@dataclass(frozen=True, slots=True)
class Board:
    """What a manager follows up."""

    actions: tuple[Tracked, ...]
    """In the order of `Next`, the earliest due first."""
    confirmed: tuple[Confirmed, ...]
    """Newest first."""
    oversight: tuple[tuple[Step, Audit], ...]
    """Where the reader noted oversight lately, newest first."""

    def number(self, kind: Next) -> int:
        """How many actions wait for this."""
        return sum(one.next is kind for one in self.actions)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.actions or self.confirmed or self.oversight)


def open_board(view: View, council: Council, *, by: Person, now: datetime) -> Board:
    """The board, for whoever has one by their post, or answers for somebody. Raises NotAllowed for others."""
    board = board_of(view, council, by=by, now=now)
    if board.is_empty and not leads(by):
        raise NotAllowed("That is not yours to open. If you think it should be, please ask the QA office.")
    return board


def leads(person: Person) -> bool:
    """Whether somebody has a board by their post, whatever stands on it."""
    return bool(person.posts & _MANAGERS)


def board_of(view: View, council: Council, *, by: Person, now: datetime) -> Board:
    """Everything this person follows; empty for somebody who answers for nobody."""
    today = council.today(now)
    found = view.actions.tracked(
        # The office answers for whoever has nobody else, and is found by no line, team or service.
        answers=None if by.in_qa_office else by.id,
        of_service=by.service_id if Post.SM in by.posts else None,
        since=today - LATELY,
    )
    audits = view.audits.many(action.audit_id for action in found)
    owners = view.people.many(action.owner_id for action in found)
    theirs = _allowed(view, council, by, found, audits, owners, today)
    shown = [action for action in found if action.id in theirs]
    practitioners = view.people.many(audits[action.audit_id].practitioner_id for action in shown)
    sent_back = view.actions.sent_back(action.id for action in shown if action.state == "open")
    order = list(Next)
    tracked = sorted(
        (
            Tracked(
                action,
                audits[action.audit_id],
                owners[action.owner_id],
                practitioners[audits[action.audit_id].practitioner_id],
                comes_next(_standing(action, sent_back), today, council.bank_holidays),
                theirs[action.id],
            )
            for action in shown
            if action.state != "confirmed"
        ),
        key=lambda one: (order.index(one.next), one.action.due_on, one.action.id),
    )
    done = [action for action in shown if action.state == "confirmed"]
    done.sort(key=lambda action: (action.confirmed_on or date.min, action.id), reverse=True)
    return Board(
        actions=tuple(tracked),
        confirmed=_confirmed(view, done, audits, owners, theirs),
        oversight=_oversight(view, by, now),
    )


def _standing(action: ActionRow, sent_back: frozenset[int]) -> Unconfirmed:
    asks = action.asked_until_on is not None
    return Unconfirmed(action.state == "done", asks, action.id in sent_back, action.due_on)


def _allowed(
    view: View,
    council: Council,
    by: Person,
    found: Iterable[ActionRow],
    audits: dict[int, Audit],
    owners: dict[int, Person],
    today: date,
) -> dict[int, bool]:
    """Id of each action this person may follow to whether they may open it too."""
    teams = view.people.teams()
    # A team owns few people's actions, so who answers is worked out once for each of them.
    answering = {i: acting_for(view, council, owners_managers(view, one), today) for i, one in owners.items()}
    allowed = {}
    for action in found:
        audit = audits[action.audit_id]
        standing = Standing(
            practitioner_manager_id=None,
            service_id=teams[audit.team_id].service_id,
            case_team_id=audit.team_id,
            owner_id=action.owner_id,
            confirmers=answering[action.owner_id] - {action.owner_id},
        )
        try:
            granted = require(Verb.TRACK_ACTION, by, today=today, audit=audit, standing=standing)
        except NotAllowed:
            continue
        allowed[action.id] = Capacity.CONFIRMER in granted
    return allowed


def _confirmed(
    view: View,
    done: list[ActionRow],
    audits: dict[int, Audit],
    owners: dict[int, Person],
    theirs: dict[int, bool],
) -> tuple[Confirmed, ...]:
    followups = view.followups.of_audits(action.audit_id for action in done)
    return tuple(
        Confirmed(
            action,
            audits[action.audit_id],
            owners[action.owner_id],
            followups.get(action.audit_id, FollowUp(action.audit_id)),
            theirs[action.id],
        )
        for action in done
    )


def _oversight(view: View, by: Person, now: datetime) -> tuple[tuple[Step, Audit], ...]:
    noted = view.actions.oversight_of(by.id, since=now - LATELY)
    audits = view.audits.many(audit_id for _, audit_id in noted)
    return tuple((step, audits[audit_id]) for step, audit_id in noted)
