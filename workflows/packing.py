"""The life of a pack: drafted on its day, written in, approved by one press, then sent and frozen.

A sent pack never changes; its hash covers its content, what people wrote and the records behind each figure.

Source: OG-05, OG-09, OG-10, PF-07, PF-11, PF-15, SG-01, SG-05; decision 0016.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from domain.days import add_working_days
from domain.errors import NotFound, RuleBroken, Stale
from domain.governance import MeetingLine
from domain.pack_content import Content, FigureRow, from_body, hash_of, to_body
from domain.pack_layout import draft
from domain.packs import PackKind, PackLine, PackState, drafting_days, period_told
from domain.people import Person
from domain.permissions import Verb, require
from storage.packs import PackRow
from storage.work import View, Work
from workflows.council import Council
from workflows.learning_texts import Reading, TextsWanted
from workflows.meeting_days import meeting_days, months_around
from workflows.pack_access import line_of, require_pack
from workflows.pack_gathering import known_of
from workflows.pack_papers import put_on_agenda
from workflows.pack_telling import (
    remind_of_pack,
    tell_of_draft,
    tell_of_request,
    tell_readers,
    tell_sent_back,
)
from workflows.recommending import join_from_pack

REMIND_WORKING_DAYS = 2
"""So long before its meeting whoever still has a pack in hand hears of it."""
TEXT, REASON = "pack_text", "pack_reason"
"""The inputs of the forms."""
_FROZEN = "This pack has been sent, so it stands as it is. What has changed since belongs in the next one."
_CHANGED = "This was changed from somewhere else since you opened it. Here is how it stands now."


def draft_due(work: Work, council: Council, *, now: datetime) -> int:
    """Draft every pack whose day has come and remind of those that wait; returns how many it saw to."""
    today = council.today(now)
    seen_to = 0
    for line in council.framework.packs:
        meeting = council.framework.meeting(line.meeting) if line.meeting else None
        meets = None if meeting is None else _meets(work, council, meeting, today)
        for first, last in drafting_days(line, meets, today, council.bank_holidays):
            if not first <= today <= last:
                continue
            drafted = _drafted(work, council, line, on=first, now=now)
            seen_to += drafted is not None
            late_from = add_working_days(last, -REMIND_WORKING_DAYS, council.bank_holidays)
            standing = work.packs.in_slot(slot_of(council, line, first))
            if drafted is None and standing is not None and meeting is not None and today >= late_from:
                seen_to += remind_of_pack(work, council, line, standing, meets_on=last, now=now)
    return seen_to


def draft_now(work: Work, council: Council, *, by: Person, kind: str, now: datetime) -> int:
    """The pack of the latest time that is over, drafted unless it is there; returns its id.

    Raises NotAllowed, NotFound for a kind that the council does not have.
    """
    require(Verb.EDIT_PACK, by, today=council.today(now))
    line = council.framework.pack(PackKind(kind)) if kind in set(PackKind) else None
    if line is None:
        raise NotFound("There is no pack of that kind. Type “packs” to see those there are.")
    today = council.today(now)
    standing = work.packs.in_slot(slot_of(council, line, today))
    if standing is not None:
        return standing.id
    drafted = _drafted(work, council, line, on=today, now=now, by=by)
    if drafted is None:
        raise RuleBroken("Somebody else is drafting it right now. Please look again in a minute.")
    return drafted


def draft_again(work: Work, council: Council, *, by: Person, pack_id: int, now: datetime) -> None:
    """Count everything anew; what people wrote stays. Raises NotAllowed, RuleBroken for a sent pack."""
    pack = _open(work, council, Verb.EDIT_PACK, by=by, pack_id=pack_id, now=now)
    _fill(work, council, line_of(council, pack), pack, now=now)
    _trail(work, by, "drafted a pack again", pack.id, now)


def write_part(
    work: Work,
    council: Council,
    *,
    by: Person,
    pack_id: int,
    part: str,
    seen: str,
    typed: Mapping[str, str],
    now: datetime,
) -> None:
    """Keep somebody's own words for a part; empty ones leave it as drafted. Figures are never typed.

    `seen` is the mark of what stood there when the form was opened. Raises TextsWanted for words that name a
    child or a case, Stale when the part was changed meanwhile; then nothing was saved.
    """
    pack = _open(work, council, Verb.EDIT_PACK, by=by, pack_id=pack_id, now=now)
    if from_body(pack.content).part(part) is None:
        raise NotFound("This pack has no such part.")
    reading = Reading(typed, council.framework)
    text = reading.text(TEXT)
    reading.done()
    standing = work.packs.texts(pack.id).get(part)
    before = standing.text if standing else ""
    if text == before:
        return
    if mark_of(before) != seen:
        raise Stale(_CHANGED, current=before, version=pack.version)
    _require(work.packs.change(pack, {}), pack)
    work.packs.write(pack.id, part, text=text, by=by.id, now=now)
    _trail(work, by, "wrote in a pack", pack.id, now, {"part": part, "text": text})


def ask_approval(work: Work, council: Council, *, by: Person, pack_id: int, now: datetime) -> None:
    """Give the pack to whoever approves it. Raises NotAllowed, RuleBroken for one that waits or was sent."""
    pack = _open(work, council, Verb.EDIT_PACK, by=by, pack_id=pack_id, now=now)
    if pack.state is PackState.ASKED:
        raise RuleBroken("It waits to be approved already.")
    _require(work.packs.change(pack, {"state": PackState.ASKED.value, "reason": ""}), pack)
    _trail(work, by, "asked to approve a pack", pack.id, now)
    tell_of_request(work, council, line_of(council, pack), pack, now=now)


def approve(work: Work, council: Council, *, by: Person, pack_id: int, seen: str, now: datetime) -> None:
    """Approve the pack as it was read: it is sent to its readers and frozen in the same breath.

    `seen` is the mark of the whole as it stood on the approver's card. Raises Stale when it reads otherwise
    by now, NotAllowed, RuleBroken for a pack that nobody asked to approve.
    """
    pack = _waiting(work, council, by=by, pack_id=pack_id, now=now)
    if whole_mark(work, pack) != seen:
        raise Stale(_CHANGED, current=None, version=pack.version)
    approved = {
        "state": PackState.SENT.value,
        "approved_by": by.id,
        "approved_at": now,
        "sent_at": now,
        "hash": hash_now(work, pack),
    }
    _require(work.packs.change(pack, approved), pack)
    _trail(work, by, "approved a pack", pack.id, now, {"hash": approved["hash"]})
    line = line_of(council, pack)
    tell_readers(work, council, line, pack, now=now)
    put_on_agenda(work, council, line, pack, by=by, now=now)
    written = {part: one.text for part, one in work.packs.texts(pack.id).items()}
    join_from_pack(work, council, pack_id=pack.id, texts=written, by=by.id, now=now)


def send_back(
    work: Work, council: Council, *, by: Person, pack_id: int, typed: Mapping[str, str], now: datetime
) -> None:
    """Give the pack back to the QA office with the reason. Raises TextsWanted without one, NotAllowed."""
    pack = _waiting(work, council, by=by, pack_id=pack_id, now=now)
    reading = Reading(typed, council.framework)
    reason = reading.text(REASON, wanted="Please say in a sentence what is to be changed.")
    reading.done()
    _require(work.packs.change(pack, {"state": PackState.DRAFT.value, "reason": reason}), pack)
    _trail(work, by, "sent a pack back", pack.id, now, {"reason": reason})
    tell_sent_back(work, pack, now=now, by=by)


def slot_of(council: Council, line: PackLine, on: date) -> str:
    """The name of the one pack of this kind that tells of what is over on this day."""
    period = period_told(line.span, on, council.framework.numbers.round_months)
    return f"{line.kind}:{period.first}:{period.last}"


def hash_now(view: View, pack: PackRow) -> str:
    """The hash of the pack as it is in the database at this moment."""
    texts = {part: one.text for part, one in view.packs.texts(pack.id).items()}
    facts = {
        "id": pack.id,
        "slot": pack.slot,
        "first_on": pack.first_on.isoformat(),
        "last_on": pack.last_on.isoformat(),
        "framework_version": pack.framework_version,
        "content": pack.content,
    }
    return hash_of(facts, texts, view.packs.figures(pack.id))


def whole_mark(view: View, pack: PackRow) -> str:
    """A short mark of the whole pack, so that what is approved is what was read."""
    return hash_now(view, pack)[:16]


def mark_of(text: str) -> str:
    """A short mark of a text, so that a save shows whether it was changed meanwhile."""
    return hash_of({"text": text}, {}, ())[:16]


def _meets(view: View, council: Council, meeting: MeetingLine, today: date) -> dict[date, date]:
    days = meeting_days(view, council, meeting, (None,), months_around(today))
    return {month: day for (_, month), day in days.items()}


def _drafted(
    work: Work, council: Council, line: PackLine, *, on: date, now: datetime, by: Person | None = None
) -> int | None:
    """A new pack of what is over on this day; None where there is one."""
    period = period_told(line.span, on, council.framework.numbers.round_months)
    pack = work.packs.add(
        kind=line.kind,
        slot=slot_of(council, line, on),
        first_on=period.first,
        last_on=period.last,
        framework_version=council.framework.version,
        now=now,
    )
    if pack is None:
        return None
    _fill(work, council, line, pack, now=now)
    _trail(work, by, "drafted a pack", pack.id, now)
    tell_of_draft(work, pack, now=now, leave_out=by.id if by else None)
    return pack.id


def _fill(work: Work, council: Council, line: PackLine, pack: PackRow, *, now: datetime) -> None:
    content, figures = _draft(work, council, line, pack, today=council.today(now))
    values = {
        "content": to_body(content),
        "framework_version": council.framework.version,
        "drafted_at": now,
    }
    _require(work.packs.fill(pack, values, figures), pack)


def _draft(
    view: View, council: Council, line: PackLine, pack: PackRow, *, today: date
) -> tuple[Content, tuple[FigureRow, ...]]:
    after = pack.last_on + timedelta(days=1)
    period = period_told(line.span, after, council.framework.numbers.round_months)
    return draft(known_of(view, council, line, period, today=today), pack.id)


def _open(view: View, council: Council, verb: Verb, *, by: Person, pack_id: int, now: datetime) -> PackRow:
    pack = require_pack(view, council, verb, by=by, pack_id=pack_id, now=now)
    if pack.state is PackState.SENT:
        raise RuleBroken(_FROZEN)
    return pack


def _waiting(view: View, council: Council, *, by: Person, pack_id: int, now: datetime) -> PackRow:
    pack = _open(view, council, Verb.APPROVE_PACK, by=by, pack_id=pack_id, now=now)
    if pack.state is not PackState.ASKED:
        raise RuleBroken("The QA office is still writing it; you will be asked when it is ready.")
    return pack


def _require(was_changed: bool, pack: PackRow) -> None:
    if not was_changed:
        raise Stale(_CHANGED, current=None, version=pack.version)


def _trail(
    work: Work,
    by: Person | None,
    verb: str,
    pack_id: int,
    now: datetime,
    fields: Mapping[str, object] | None = None,
) -> None:
    work.trail.add(
        now=now, actor=by.id if by else None, verb=verb, subject=f"pack {pack_id}", fields=fields or {}
    )


__all__ = [
    "REASON",
    "TEXT",
    "TextsWanted",
    "approve",
    "ask_approval",
    "draft_again",
    "draft_due",
    "draft_now",
    "hash_now",
    "mark_of",
    "send_back",
    "slot_of",
    "whole_mark",
    "write_part",
]
