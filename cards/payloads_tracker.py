"""What the buttons of the activity tracker carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowTracker(Payload):
    """A part of the tracker from this line on; "" where its reader begins. See `domain.tracking.Tracker`."""

    VERB: ClassVar[str] = "tracker"
    part: str
    start: int


@dataclass(frozen=True, slots=True)
class ShowTracked(Payload):
    """One row."""

    VERB: ClassVar[str] = "tracked"
    tracked_id: int


@dataclass(frozen=True, slots=True)
class AskTracked(Payload):
    """Open a form of a row: its "words", its "finish" or its "drop"."""

    VERB: ClassVar[str] = "tracked_form"
    tracked_id: int
    """0 for a new one."""
    form: str
    plan_item_id: int
    """The activity of the plan that a new one comes from; 0 for none."""


@dataclass(frozen=True, slots=True)
class SaveTracked(Payload):
    """Save what a row is, whose and until when; all of them are inputs."""

    VERB: ClassVar[str] = "tracked_save"
    WRITES: ClassVar[bool] = True
    tracked_id: int
    version: int
    plan_item_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class SayProgress(Payload):
    """Say how one's own row goes; the words are an input."""

    VERB: ClassVar[str] = "tracked_step"
    WRITES: ClassVar[bool] = True
    tracked_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class FinishTracked(Payload):
    """Say that it is done, or close it; what changed and whether more is needed are inputs (OG-06)."""

    VERB: ClassVar[str] = "tracked_finish"
    WRITES: ClassVar[bool] = True
    tracked_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class DropTracked(Payload):
    """It comes to nothing; the reason is an input."""

    VERB: ClassVar[str] = "tracked_drop"
    WRITES: ClassVar[bool] = True
    tracked_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AskPassOn(Payload):
    """Open the form that passes an entry of the learning log on (OG-08)."""

    VERB: ClassVar[str] = "pass_on_form"
    entry_id: int


@dataclass(frozen=True, slots=True)
class PassOn(Payload):
    """Pass an entry of the learning log on; to whom and until when are inputs."""

    VERB: ClassVar[str] = "pass_on"
    WRITES: ClassVar[bool] = True
    entry_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AskTrackerBook(Payload):
    """Have the tracker as a workbook."""

    VERB: ClassVar[str] = "tracker_book"
    WRITES: ClassVar[bool] = True
    nonce: str
