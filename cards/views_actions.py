"""What the cards of actions, supervision, files and closing show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cards.payloads import Payload
from cards.views import HintView
from domain.closing import Impact
from domain.supervision import WithoutDay


@dataclass(frozen=True, slots=True)
class Answers:
    """What was typed and refused, and what is wrong with it; `look_again` asks whether it names somebody."""

    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()
    look_again: bool = False


NOTHING_TYPED = Answers()
"""A card that is shown for the first time."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One thing that was said or done about an action."""

    says: str
    """What happened, in our own words: "called it done"."""
    by_name: str
    at: datetime
    text: str
    recorded: str
    is_proof: bool = False
    """Whether it called the action done."""


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action, for its owner or whoever answers for the owner."""

    action_id: int
    version: int
    audit_id: int
    reference: str
    what: str
    owner_name: str
    is_owner: bool
    answering: tuple[str, ...]
    """Who answers for the owner."""
    due_on: date
    days_left: int
    state: str
    """"open", "done" or "confirmed"."""
    asked_until_on: date | None
    steps: tuple[StepLine, ...]
    readable: bool
    owner_gone: bool
    nonce: str
    answers: Answers = NOTHING_TYPED
    message: str = ""
    """What the last press did, in our own words."""


@dataclass(frozen=True, slots=True)
class ActionFormView:
    """A form about an action."""

    action: ActionView
    form: str
    """"done", "time", "confirm", "back", "oversight" or "hand_on"."""
    takers: tuple[tuple[int, str], ...] = ()
    """(id, name with part) of whom it may be handed on to."""


@dataclass(frozen=True, slots=True)
class OwnActionLine:
    """One of a person's own actions."""

    action_id: int
    what: str
    """Empty on the list that stays in the chat."""
    detail: str
    due_on: date
    days_left: int
    state: str


@dataclass(frozen=True, slots=True)
class OwnActionsView:
    """A person's own actions, the most overdue first."""

    lines: tuple[OwnActionLine, ...]
    private: bool
    """Whether the card is the answer to a press, so that it may say what was agreed."""
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class LearningLine:
    """One audit whose learning is to be talked of."""

    audit_id: int
    reference: str
    submitted_on: date
    matters_most: str
    """What matters most to this child now, from the audit."""
    better: str
    """What would make the help better."""
    panel: str
    """What the Panel says of the practice; empty where it said nothing or is not released."""
    readable: bool


@dataclass(frozen=True, slots=True)
class SupervisedAction:
    """One of the practitioner's actions."""

    action_id: int
    what: str
    due_on: date
    days_left: int
    state: str
    openable: bool


@dataclass(frozen=True, slots=True)
class SupervisionView:
    """What to talk of in a practitioner's supervision."""

    practitioner_id: int
    practitioner_name: str
    has_left: bool
    audits: tuple[LearningLine, ...]
    more: int
    actions: tuple[SupervisedAction, ...]
    planned_on: date | None
    today: date
    nonce: str
    answers: Answers = NOTHING_TYPED
    message: str = ""


@dataclass(frozen=True, slots=True)
class SupervisionDaysView:
    """Everybody whose next supervision has no day, for whoever supervises them."""

    lines: tuple[WithoutDay, ...]
    nonce: str
    answers: Answers = NOTHING_TYPED
    message: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One thing an audit needs before it is closed."""

    done: bool
    text: str
    who: str
    """Who sees to it, or who did; names as the list has them."""
    button: tuple[str, Payload] | None = None


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """What an audit still needs, or what came of it."""

    audit_id: int
    reference: str
    practitioner_name: str
    lines: tuple[FollowUpLine, ...]
    actions: tuple[tuple[int, str, str, bool], ...]
    """(id, what, owner and how far, whether the reader may open it)."""
    closed_on: date | None
    impact_due_on: date | None
    impact: Impact | None
    impact_text: str
    impact_by: str
    reaudit_on: date | None
    may_reflect: bool
    """Whether the reader may record the reflective session, and it is still to be recorded."""
    may_file: bool
    may_check: bool
    readable: bool
    today: date
    nonce: str
    answers: Answers = NOTHING_TYPED
    message: str = ""
    carried: Mapping[str, str] | None = None
    """What was typed on the shared audit before this card came; the way back takes it along."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """One audit to put on a child's file."""

    audit_id: int
    reference: str
    actions: int
    unconfirmed: int
    ready_on: date


@dataclass(frozen=True, slots=True)
class FilesView:
    """The list of whoever puts audits on children's files."""

    lines: tuple[FileLine, ...]
    start: int
    nonce: str
    message: str = ""
