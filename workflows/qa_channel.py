"""Which channel is the QA Group's: chosen by the QA office in the channel itself, or by an operator.

Source: decision 6 of the design (a setting, as it names a place and no rule).
"""

from datetime import datetime

from domain.errors import NotAllowed, NotFound
from domain.governance import NO_SEAT, QA_GROUP, seat_of
from domain.people import Person
from domain.permissions import TABLE, Verb, capacities, require
from storage.switches import QaChannel
from storage.work import View, Work
from workflows.council import Council
from workflows.places import ChannelPlace, keep_place
from workflows.switching import OPERATOR

__all__ = ["QaChannel"]

NOT_A_MEMBER = (
    "These figures are for members of the QA Group and for the QA office. Who sits on the Group follows from "
    "their post; if the staff list has yours wrong, please tell the QA office. What is yours I show you in "
    "your own chat with me: type “my audits”, or “help” to see what you can ask."
)
NOT_THE_OFFICE = (
    "Only the QA office chooses the Group's channel. Please ask them to mention me here with “use this "
    "channel”."
)


def require_digest(council: Council, *, by: Person, now: datetime) -> None:
    """Raise NotAllowed, with what to do, unless they sit on the QA Group by post or work in the QA office."""
    line = council.framework.meeting(QA_GROUP)
    seat = seat_of(by, line) if line is not None else NO_SEAT
    if by.left_on is None and not capacities(by, seat=seat) & TABLE[Verb.SEE_DIGEST]:
        raise NotAllowed(NOT_A_MEMBER)
    require(Verb.SEE_DIGEST, by, today=council.today(now), seat=seat)


def is_qa_channel(view: View, place: ChannelPlace) -> bool:
    """Whether this is the channel that was chosen."""
    chosen = view.switches.qa_channel()
    return chosen is not None and view.reach.channel_of(place.conversation_id) == chosen.channel_id


def use_here(work: Work, council: Council, *, by: Person, place: ChannelPlace, now: datetime) -> QaChannel:
    """The channel somebody wrote from is the QA Group's from now on. Raises NotAllowed."""
    if not by.in_qa_office:
        raise NotAllowed(NOT_THE_OFFICE)
    require(Verb.PLAN, by, today=council.today(now))
    return choose(work, council, by=by, channel_id=keep_place(work, place, now=now), now=now)


def choose(
    work: Work,
    council: Council,
    *,
    by: Person | None,
    channel_id: int,
    now: datetime,
    weekly: bool | None = None,
) -> QaChannel:
    """This channel is the QA Group's from now on; `weekly` None leaves as it was whether digests come weekly.

    `by` is None for an operator. Raises NotAllowed, and NotFound for a channel the app is not in.
    """
    if by is not None:
        require(Verb.PLAN, by, today=council.today(now))
    if channel_id not in {channel["id"] for channel in work.reach.channels()}:
        raise NotFound("Plumbline is in no channel of that number. “plumbline channel list” shows them.")
    before = work.switches.qa_channel()
    comes_weekly = weekly if weekly is not None else before is None or before.weekly
    set_by = OPERATOR if by is None else f"person {by.id}"
    work.switches.choose_qa_channel(channel_id, weekly=comes_weekly, set_by=set_by, now=now)
    work.trail.add(
        now=now,
        actor=by.id if by else None,
        verb="chose the QA Group's channel",
        subject=f"channel {channel_id}",
        fields={"by": set_by, "weekly": comes_weekly},
    )
    return QaChannel(channel_id, comes_weekly, set_by, now)


def stop(work: Work, *, now: datetime) -> bool:
    """No channel gets digests any more, on an operator's word; whether one did."""
    had_one = work.switches.forget_qa_channel()
    if had_one:
        ended = "ended the QA Group's channel"
        work.trail.add(now=now, actor=None, verb=ended, subject="channel", fields={"by": OPERATOR})
    return had_one
