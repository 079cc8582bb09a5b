"""Who writes, approves and reads a pack, and a pack found for them.

Source: OG-05, OG-09, OG-11, PF-06, PF-11, QB-03; decision 0016.
"""

from datetime import date, datetime

from domain.errors import NotFound
from domain.governance import Seat, seat_of
from domain.packs import PackLine, PackState
from domain.people import Person, Post
from domain.permissions import TABLE, Verb, capacities, require
from storage.packs import PackRow
from storage.work import View
from workflows.council import Council
from workflows.covering import acting_for

_NONE = "There is no such pack. Type “packs” to see those there are."
_FALLBACKS = (Post.AD_QA, Post.SM_QA, Post.AD_CARE, Post.DCS)
"""Who approves where nobody holds the post that does."""


def line_of(council: Council, pack: PackRow) -> PackLine:
    """The pack's line; NotFound where the council's file has none of its kind any more."""
    line = council.framework.pack(pack.kind)
    if line is None:
        raise NotFound(_NONE)
    return line


def approvers(view: View, line: PackLine) -> tuple[Person, ...]:
    """Whoever holds the post that approves, or the next of the fallbacks that anybody holds."""
    for post in (line.approver, *_FALLBACKS):
        found = view.people.holding(post)
        if found:
            return found
    return ()


def readers(view: View, council: Council, line: PackLine) -> tuple[Person, ...]:
    """Everyone whom the pack is for."""
    if line.to_staff:
        return tuple(person for person in view.people.everyone() if person.is_staff)
    posts = line.readers
    if line.meeting:
        body = council.framework.meeting(line.meeting)
        posts = body.members if body is not None else ()
    return view.people.holding(*posts)


def pack_seat(view: View, council: Council, person: Person, line: PackLine, *, sent: bool, day: date) -> Seat:
    """How somebody stands to a pack; nobody reads one as a reader before it is sent."""
    approves = person.id in acting_for(view, council, approvers(view, line), day)
    reads = (line.to_staff and person.is_staff) or bool(person.posts & frozenset(line.readers))
    body = council.framework.meeting(line.meeting) if line.meeting else None
    if body is not None:
        reads = seat_of(person, body).sits
    return Seat(sits=sent and reads, chairs=False, approves=approves)


def require_pack(
    view: View, council: Council, verb: Verb, *, by: Person, pack_id: int, now: datetime
) -> PackRow:
    """The pack, for somebody who may do this with it. Raises NotAllowed, NotFound."""
    today = council.today(now)
    pack = view.packs.get(pack_id)
    if pack is None:
        # Whether there is one is told only to those who may know.
        require(verb, by, today=today)
        raise NotFound(_NONE)
    line = line_of(council, pack)
    seat = pack_seat(view, council, by, line, sent=pack.state is PackState.SENT, day=today)
    require(verb, by, today=today, seat=seat)
    return pack


def may(view: View, council: Council, verb: Verb, *, by: Person, pack: PackRow, now: datetime) -> bool:
    """Whether somebody may do this with the pack."""
    line = council.framework.pack(pack.kind)
    if line is None:
        return False
    day = council.today(now)
    seat = pack_seat(view, council, by, line, sent=pack.state is PackState.SENT, day=day)
    return bool(capacities(by, seat=seat) & TABLE[verb])
