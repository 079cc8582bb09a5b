"""What the buttons of actions carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowAction(Payload):
    """Open an action, for its owner or for whoever answers for the owner."""

    VERB: ClassVar[str] = "action"
    action_id: int


@dataclass(frozen=True, slots=True)
class ShowMyActions(Payload):
    """The person's own actions."""

    VERB: ClassVar[str] = "my_actions"


@dataclass(frozen=True, slots=True)
class ShowTeamActions(Payload):
    """The board of what is to be followed up with one's people, from this line on."""

    VERB: ClassVar[str] = "team_actions"
    start: int


@dataclass(frozen=True, slots=True)
class AskActionForm(Payload):
    """Open a form about an action: "done", "time", "confirm", "back", "oversight" or "hand_on"."""

    VERB: ClassVar[str] = "action_form"
    action_id: int
    form: str


@dataclass(frozen=True, slots=True)
class NoteProgress(Payload):
    """Still on it; a word on how it goes is an input."""

    VERB: ClassVar[str] = "action_progress"
    WRITES: ClassVar[bool] = True
    action_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class FinishAction(Payload):
    """Call one's action done; the proof and its place are inputs."""

    VERB: ClassVar[str] = "action_done"
    WRITES: ClassVar[bool] = True
    action_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AskActionTime(Payload):
    """Ask for more time for one's action; the new day and the reason are inputs."""

    VERB: ClassVar[str] = "action_time"
    WRITES: ClassVar[bool] = True
    action_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ConfirmAction(Payload):
    """Confirm the proof that the card of this version shows."""

    VERB: ClassVar[str] = "action_confirm"
    WRITES: ClassVar[bool] = True
    action_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class SendBackAction(Payload):
    """Send the proof of this version back; the reason is an input."""

    VERB: ClassVar[str] = "action_back"
    WRITES: ClassVar[bool] = True
    action_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AnswerActionTime(Payload):
    """Give or decline the time asked for; a decline's reason is an input."""

    VERB: ClassVar[str] = "action_time_answer"
    WRITES: ClassVar[bool] = True
    action_id: int
    version: int
    give: bool
    nonce: str


@dataclass(frozen=True, slots=True)
class NoteOversight(Payload):
    """Keep a manager's oversight; the note and its place are inputs."""

    VERB: ClassVar[str] = "action_oversight"
    WRITES: ClassVar[bool] = True
    action_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class HandOnAction(Payload):
    """Hand the action on to somebody who can see to it; who, and by when, are inputs."""

    VERB: ClassVar[str] = "action_hand_on"
    WRITES: ClassVar[bool] = True
    action_id: int
    version: int
    nonce: str
