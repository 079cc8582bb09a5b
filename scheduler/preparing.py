"""From a claimed notice to what is handed over: decided from the database, without any network."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.people import Person
from scheduler import rendering_channels
from scheduler.drawing import ChannelDrawing, Drawing, Needless, Postponed
from scheduler.hours import OUTSIDE, leaves_at
from scheduler.ports import Activity, DrawChart, Mail
from scheduler.rendering import CARDS, EDITS, MAILS
from storage.notices import URGENT, Notice
from storage.reach import Address, Copy
from storage.work import View
from workflows.council import Council
from workflows.offer_kinds import Make
from workflows.switching import OUTSIDE_PILOT, is_outside_pilot, waits_for_resuming

NOT_INSTALLED = "not installed"
LOOK_AGAIN = timedelta(minutes=1)
"""What was claimed just before sending was paused."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Nothing is to be handed over; the notice is settled."""

    state: str
    """"dropped", "dead", "unreachable" or "held"."""
    reason: str


@dataclass(frozen=True, slots=True)
class Message:
    """A new card for a chat or a channel."""

    address: Address
    activity: Activity
    mark: str = ""
    """Of what a channel's post shows, to be kept with it."""


@dataclass(frozen=True, slots=True)
class PostEdit:
    """A new face for the one post that stands in a channel."""

    address: Address
    activity_id: str
    activity: Activity
    mark: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A new face for cards posted earlier."""

    address: Address
    copies: tuple[Copy, ...]
    activity: Activity


Parcel = Decided | Postponed | Message | Edit | PostEdit | Mail


NO_MAKERS: Mapping[str, Make] = {}


def prepare(
    view: View,
    council: Council,
    notice: Notice,
    *,
    now: datetime,
    nonce: str,
    makers: Mapping[str, Make] = NO_MAKERS,
    draw_chart: DrawChart | None = None,
) -> Parcel:
    """What is to be handed over for this notice at this moment.

    `makers` make the files that reports write, `draw_chart` pictures of charts. Raises LookupError when what
    the notice speaks of is not there.
    """
    if waits_for_resuming(view, notice):
        return Postponed(now + LOOK_AGAIN, "sending is paused")
    parcel = _parcel(view, council, notice, now=now, nonce=nonce, makers=makers, draw_chart=draw_chart)
    # What no longer applies is dropped as ever; nobody needs to hear that it was held.
    ends_here = isinstance(parcel, Postponed) or (
        isinstance(parcel, Decided) and parcel.state != "unreachable"
    )
    if not ends_here and is_outside_pilot(view, notice):
        return Decided("held", OUTSIDE_PILOT)
    if isinstance(parcel, Message | Mail) and notice.person_id is not None:
        at = leaves_at(council, notice, view.people.get(notice.person_id), now)
        if at > now:
            return Postponed(at, OUTSIDE)
    return parcel


def _parcel(
    view: View,
    council: Council,
    notice: Notice,
    *,
    now: datetime,
    nonce: str,
    makers: Mapping[str, Make],
    draw_chart: DrawChart | None,
) -> Parcel:
    if notice.channel_id is not None:
        drawing_there = ChannelDrawing(view, council, notice, now, nonce, draw_chart)
        address_there = view.reach.channel(notice.channel_id)
        if notice.medium == "update":
            return _post_edit(drawing_there, address_there, notice.channel_id)
        return _channel_message(drawing_there, address_there)
    if notice.person_id is None:
        return Decided("dead", "addressed to nobody")
    person = view.people.get(notice.person_id)
    has_left = person.left_on is not None and person.left_on <= council.today(now)
    # A leaver is told nothing more, but cards in their chat still lose what they show of a case.
    if has_left and notice.medium != "update":
        return Decided("dropped", "the person has left")
    address = view.reach.of(person.id)
    mri = address.mri if address else ""
    drawing = Drawing(view, council, notice, person, now, nonce, mri, makers, draw_chart)
    match notice.medium:
        case "email":
            return _mail(drawing, person)
        case "update":
            return _edit(drawing, address)
        case _:
            return _message(drawing, address)


def _message(drawing: Drawing, address: Address | None) -> Parcel:
    draw = CARDS.get(drawing.notice.kind)
    if draw is None:
        return _unknown(drawing)
    drawn = draw(drawing)
    if isinstance(drawn, Needless):
        return Decided("dropped", drawn.reason)
    if isinstance(drawn, Postponed):
        return drawn
    return _closed(address) or Message(_open(address), drawn.activity())


def _channel_message(drawing: ChannelDrawing, address: Address | None) -> Parcel:
    draw = rendering_channels.CARDS.get(drawing.notice.kind)
    if draw is None:
        return Decided("dead", "no card for a channel is known for this kind")
    if closed := _closed(address):
        return closed
    drawn = draw(drawing)
    if isinstance(drawn, Needless):
        return Decided("dropped", drawn.reason)
    if isinstance(drawn, Postponed):
        return drawn
    return Message(_open(address), drawn.activity(), drawn.mark)


def _post_edit(drawing: ChannelDrawing, address: Address | None, channel_id: int) -> Parcel:
    """The post as it would be drawn now, unless it shows just that already."""
    notice = drawing.notice
    post = drawing.view.channel_posts.get(channel_id, notice.kind, notice.subject_id)
    if post is None:
        return Decided("dropped", "no post stands there")
    draw = rendering_channels.CARDS.get(notice.kind)
    if draw is None:
        return Decided("dead", "no card for a channel is known for this kind")
    if closed := _closed(address):
        return closed
    drawn = draw(drawing)
    if isinstance(drawn, Needless):
        return Decided("dropped", drawn.reason)
    if isinstance(drawn, Postponed):
        return drawn
    there = replace(_open(address), conversation_id=post.conversation_id or _open(address).conversation_id)
    return PostEdit(there, post.activity_id, drawn.activity(), drawn.mark)


def _edit(drawing: Drawing, address: Address | None) -> Parcel:
    notice = drawing.notice
    if notice.kind not in EDITS:
        return _unknown(drawing)
    kinds, draw = EDITS[notice.kind]
    # What one person's card says, and may do, is not for another's chat.
    posted = drawing.view.reach.copies_of(kinds, notice.subject_id)
    copies = tuple(copy for copy in posted if copy.person_id == drawing.person.id)
    if not copies:
        return Decided("dropped", "no card was posted")
    drawn = draw(drawing)
    if isinstance(drawn, Needless):
        return Decided("dropped", drawn.reason)
    if isinstance(drawn, Postponed):
        return drawn
    if closed := _closed(address):
        return closed
    return Edit(_open(address), copies, drawn.activity())


def _mail(drawing: Drawing, person: Person) -> Parcel:
    write = MAILS.get(drawing.notice.kind)
    if write is None:
        return _unknown(drawing)
    written = write(drawing)
    if isinstance(written, Needless):
        return Decided("dropped", written.reason)
    if isinstance(written, Postponed):
        return written
    return Mail(
        person.email,
        written.subject,
        written.body,
        f"notice-{drawing.notice.id}@plumbline.invalid",
        attachments=written.attachments,
        urgent=drawing.notice.kind in URGENT,
    )


def _unknown(drawing: Drawing) -> Decided:
    return Decided("dead", f"no {drawing.notice.medium} is known for this kind")


def _closed(address: Address | None) -> Decided | None:
    if address is None:
        return Decided("unreachable", NOT_INSTALLED)
    return None if address.state == "reachable" else Decided("unreachable", address.state)


def _open(address: Address | None) -> Address:
    if address is None:
        raise LookupError("no address")
    return address
