"""What a notice is drawn from and what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from cards.elements import Card
from cards.files import consent_attachment
from cards.notes import note_card
from cards.notes import summary_for as note_summary
from cards.payloads import Payload
from cards.views import NoteView
from domain.people import Person
from scheduler.ports import Activity, Attachment, DrawChart
from storage.notices import Notice
from storage.work import View
from workflows.council import Council
from workflows.offer_kinds import Make


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything a notice may be drawn from, as of one moment."""

    view: View
    council: Council
    notice: Notice
    person: Person
    now: datetime
    nonce: str
    owner_mri: str = ""
    """The person's Teams id, whose client alone may refresh the card."""
    makers: Mapping[str, Make] = field(default_factory=dict)
    """What makes the files that reports write, by kind of file; `bot` hands them in, as the calendar knows no
    reports."""
    draw_chart: DrawChart | None = None
    """What makes pictures of charts; without it a card says them in words."""

    @property
    def today(self) -> date:
        """The day it is in England."""
        return self.council.today(self.now)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card and the preview beside it, which names no case."""

    card: Card
    preview: str
    mark: str = ""
    """Of what it shows, where it is brought up to date later: the same mark needs no edit."""

    def activity(self) -> Activity:
        """The message as a chat takes it. The preview is what a locked phone shows."""
        attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": self.card}
        return {"type": "message", "summary": self.preview, "attachments": [attachment]}


@dataclass(frozen=True, slots=True)
class DrawnFile:
    """A file offered in the chat, and the preview beside it, which names no case."""

    name: str
    says: str
    about_bytes: int
    token: str
    preview: str

    def activity(self) -> Activity:
        """The message as a chat takes it; the file itself goes only to whoever says yes."""
        attachment = consent_attachment(
            name=self.name, says=self.says, about_bytes=self.about_bytes, token=self.token
        )
        return {"type": "message", "summary": self.preview, "attachments": [attachment]}


@dataclass(frozen=True, slots=True)
class Written:
    """A mail's subject and text, neither of which holds anything of a case."""

    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Needless:
    """The notice no longer applies."""

    reason: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """The notice still applies, but not before `until`; the try is not counted."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ChannelDrawing:
    """Everything a channel's notice may be drawn from: no person reads it alone, so it holds aggregates."""

    view: View
    council: Council
    notice: Notice
    now: datetime
    nonce: str
    draw_chart: DrawChart | None = None
    """What makes pictures of charts; without it a card says them in words."""

    @property
    def today(self) -> date:
        """The day it is in England."""
        return self.council.today(self.now)


Draw = Callable[[Drawing], Drawn | DrawnFile | Needless | Postponed]
DrawForChannel = Callable[[ChannelDrawing], Drawn | Needless | Postponed]
Write = Callable[[Drawing], Written | Needless | Postponed]


def note(title: str, text: str, *buttons: tuple[str, Payload], tone: str = "plain") -> Drawn:
    """A short message; the title is also its preview and names no case."""
    view = NoteView(title, text, buttons, tone)
    return Drawn(note_card(view), note_summary(view))
