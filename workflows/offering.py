"""Files offered to people in their own chat: made at the moment they are taken, for those who may have them.

An offer holds no content. What is taken is made again then, so that nothing outlives the right to it, and
the trail says who took what. Source: SG-05; section 2 of the notes on Teams.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import NotAllowed, RuleBroken
from domain.people import Person
from storage.offers import FileOffer
from storage.work import View, Work
from workflows.council import Council
from workflows.offer_kinds import KINDS


@dataclass(frozen=True, slots=True)
class Taken:
    """An offer that its person has just accepted, for the first time."""

    offer: FileOffer
    name: str


def offer_file(
    work: Work, council: Council, *, by: Person, kind: str, subject_id: int, token: str, now: datetime
) -> int:
    """Offer a file in the person's own chat; returns the offer. Raises NotAllowed."""
    known = KINDS[kind]
    known.may(work, council, by, subject_id, now)
    known.name(work, subject_id)
    offer_id = work.offers.add(token=token, person_id=by.id, kind=kind, subject_id=subject_id, now=now)
    work.notices.queue(kind="file_offer", subject_id=offer_id, person_id=by.id, now=now)
    return offer_id


def take_file(work: Work, council: Council, *, by: Person, token: str, now: datetime) -> Taken | None:
    """The offer, now accepted and noted in the trail; None when that had been done already.

    Noted before the file exists: one that left without a row could never be accounted for. Raises NotAllowed
    for somebody else's offer and for a right lost meanwhile, RuleBroken for an offer that was declined.
    """
    offer = _own_offer(work, by, token)
    known = KINDS[offer.kind]
    known.may(work, council, by, offer.subject_id, now)
    name = known.name(work, offer.subject_id)
    if offer.state == "declined":
        raise RuleBroken(f"You said no to “{name}” before. Please ask for it again where you found it.")
    if not work.offers.move(offer.id, "offered", "accepted", now):
        return None
    note_export(work, offer, by=by.id, now=now)
    return Taken(offer, name)


def decline_file(work: Work, *, by: Person, token: str, now: datetime) -> str:
    """The person does not want it; the file's name. Raises NotAllowed for somebody else's offer."""
    offer = _own_offer(work, by, token)
    work.offers.move(offer.id, "offered", "declined", now)
    return KINDS[offer.kind].name(work, offer.subject_id)


def file_not_given(work: Work, *, offer_id: int, now: datetime) -> None:
    """It could not be put where the person wanted it; they may take it again."""
    if work.offers.move(offer_id, "accepted", "offered", now):
        work.trail.add(now=now, actor=None, verb="could not hand over", subject=f"file offer {offer_id}")


def note_export(work: Work, offer: FileOffer, *, by: int, now: datetime, way: str = "teams") -> None:
    """The trail's row about a file that is about to leave."""
    work.trail.add(
        now=now,
        actor=by,
        verb="exported",
        subject=f"{offer.kind} {offer.subject_id}",
        audit_id=KINDS[offer.kind].audit_of(offer.subject_id),
        fields={"offer": offer.id, "way": way},
    )


def _own_offer(view: View, by: Person, token: str) -> FileOffer:
    offer = view.offers.by_token(token)
    if offer is None or offer.person_id != by.id or offer.kind not in KINDS:
        raise NotAllowed("That file was not offered to you. Please ask for your own copy where you read it.")
    return offer
