"""What a person did in Teams, and what the product answers: plain values, no Bot Framework."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from cards.files import Place
from cards.views import Mode
from domain.charts import Chart
from domain.people import Person
from workflows.council import Council, Work
from workflows.people import Address
from workflows.places import ChannelPlace


class Asked(StrEnum):
    """How a turn arrived."""

    TYPED = "typed"
    PRESSED = "pressed"
    """A button, whether as Action.Execute or as its Action.Submit fallback."""
    ATTACHED = "attached"
    """A file, already fetched."""
    CONSENTED = "consented"
    """The answer to whether the person wants a file."""
    ARRIVED = "arrived"
    """The app was installed in the person's chat."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing a person did. Who they are comes from the authenticated call alone."""

    directory_id: str
    now: datetime
    nonce: str
    """A fresh random word for the buttons of the answer."""
    asked: Asked
    mri: str = ""
    """The person's Teams id, for cards that only their client may refresh."""
    text: str = ""
    data: Any = None
    """What the pressed button carried, inputs included."""
    pressed_on: tuple[str, str] | None = None
    """(conversation, message) of the card the button stands on, where Teams names it."""
    unasked: bool = False
    """Whether the client pressed by itself, to bring a card in view up to date."""
    mode: Mode = Mode.CHAT
    address: Address | None = None
    """The person's own chat, when this turn came through it and it may be news."""
    place: ChannelPlace | None = None
    """The channel it was done in; None for the person's own chat. Everybody there reads the answer."""
    filename: str = ""
    content: bytes = field(default=b"", repr=False)


Answer = Callable[[Council, Work, "Turn", Person], "Reply | None"]


@dataclass(frozen=True, slots=True)
class Command:
    """A typed command: the whole lines that mean it, in small letters, and what answers it.

    The answer is None for somebody it is not for; then the line is read on as any other.
    """

    words: tuple[str, ...]
    answer: Answer


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file to be made and put into its person's OneDrive."""

    offer_id: int
    kind: str
    subject_id: int
    place: Place


@dataclass(frozen=True, slots=True)
class Pictured:
    """A chart to be drawn once the turn's transaction is over, since drawing takes longer than saving."""

    chart: Chart
    card: Callable[[bytes], dict[str, Any]]
    """The reply's card with the chart's picture, for clients that draw no charts."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one turn."""

    card: dict[str, Any] | None = None
    title: str = "Plumbline"
    """The dialog's title, when the answer is shown in one."""
    copy_of: tuple[str, int] | None = None
    """(kind, subject id) to remember the card under when it is posted as a message of its own."""
    queued: bool = False
    """Whether the turn left something in the outbox, so that the courier should look."""
    note: str = ""
    """What a mere note says, in plain words; empty when the card is more than that."""
    beside: bool = False
    """The note is to be said beside the pressed card, which still holds what the person typed.

    A card given back takes the place of the one pressed, and what was typed in it would be gone.
    """
    given: GivenFile | None = None
    """A file the person has just accepted, which is to be put where they said."""
    pictured: Pictured | None = None
    """The card's chart; without its picture it stands there in words."""
    unknown: bool = False
    """The caller is not bound to anyone on the staff list yet."""
