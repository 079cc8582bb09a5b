"""What each reader sees of the tracker: its lists, a row with its steps, one's own (OG-06)."""

from datetime import datetime

from domain.days import uk_date
from domain.errors import NotFound
from domain.learning import Entry
from domain.people import Person
from domain.permissions import Verb, require
from domain.tracking import (
    OpenedTracked,
    Source,
    Tracked,
    TrackedKind,
    TrackedLine,
    TrackedState,
    Tracker,
)
from storage.work import View
from workflows.bodies import line_of, may_at, require_meeting, title_of
from workflows.council import Council
from workflows.learning_look import may_open_entry
from workflows.learning_texts import OWNERS
from workflows.pack_access import may as may_with_pack
from workflows.tracked_rows import may, require_row, seat_for

MINE = "mine"
_PARTS = ("open", "overdue", "done", "needs", MINE, "closed", "dropped")


def view_tracker(view: View, council: Council, *, by: Person, part: str, now: datetime) -> Tracker:
    """One part of the tracker; "" is where this reader begins: the whole, or what is theirs.

    Raises NotAllowed for somebody who neither reads it nor owns a row; whoever could may ask for theirs.
    """
    today = council.today(now)
    mine = view.tracking.of_owner(by.id)
    if not may(view, council, Verb.SEE_TRACKER, by):
        if not mine and not (part == MINE and by.posts & OWNERS):
            require(Verb.SEE_TRACKER, by, today=today)
        return Tracker(MINE, {MINE: len(mine)}, _lines(view, mine), may_keep=False)
    require(Verb.SEE_TRACKER, by, today=today, seat=seat_for(view, council, by, None))
    standing = view.tracking.in_states({TrackedState.OPEN})
    parts: dict[str, tuple[Tracked, ...]] = {
        "open": standing,
        "overdue": tuple(one for one in standing if one.is_overdue(today)),
        "done": view.tracking.in_states({TrackedState.DONE}),
        "needs": tuple(one for one in standing if one.kind is TrackedKind.LEARNING_NEED),
        MINE: mine,
        "closed": view.tracking.in_states({TrackedState.CLOSED}),
        "dropped": view.tracking.in_states({TrackedState.DROPPED}),
    }
    if part and part not in _PARTS:
        raise NotFound("The tracker has no such part. Type “tracker” to see it.")
    chosen = part or "open"
    counts = {name: len(rows) for name, rows in parts.items()}
    may_keep = may(view, council, Verb.KEEP_TRACKER, by)
    return Tracker(chosen, counts, _lines(view, parts[chosen]), may_keep=may_keep)


def open_row(view: View, council: Council, *, by: Person, tracked_id: int, now: datetime) -> OpenedTracked:
    """A row for whoever reads the tracker or the body's decisions, and for its owner."""
    row = require_row(view, council, Verb.SEE_TRACKER, by=by, tracked_id=tracked_id, now=now)
    steps = view.tracking.steps([row.id]).get(row.id, ())
    ids = (*(step.by_id for step in steps), row.owner_id, row.closed_by)
    names = {i: person.name for i, person in view.people.many(i for i in ids if i is not None).items()}
    meeting = view.meetings.get(row.meeting_id) if row.meeting_id is not None else None
    may_open = meeting is not None and may_at(view, council, Verb.SEE_MEETING, by, meeting, now=now)
    entry = entry_of(view, row)
    pack = view.packs.get(row.source_id or 0) if row.source is Source.PACK else None
    reads_pack = pack is not None and may_with_pack(view, council, Verb.READ_PACK, by=by, pack=pack, now=now)
    return OpenedTracked(
        row=row,
        owner_name=names.get(row.owner_id or 0, ""),
        came_from=came_from(view, council, row),
        steps=tuple((names.get(step.by_id or 0, ""), step.at, step.text) for step in steps),
        closed_by_name=names.get(row.closed_by or 0, ""),
        may_keep=may(view, council, Verb.KEEP_TRACKER, by, row) and not row.follows,
        is_own=row.owner_id == by.id,
        may_see_tracker=may(view, council, Verb.SEE_TRACKER, by),
        meeting_id=row.meeting_id if may_open else None,
        entry_id=entry.id if entry is not None and may_open_entry(entry, by) else 0,
        pack_id=pack.id if pack is not None and reads_pack else 0,
    )


def decisions_of(
    view: View, council: Council, *, by: Person, meeting_id: int, now: datetime
) -> tuple[TrackedLine, ...]:
    """What the body of this meeting decided and has not ended, earliest due first."""
    meeting, _ = require_meeting(view, council, Verb.SEE_MEETING, by=by, meeting_id=meeting_id, now=now)
    return _lines(view, view.tracking.standing_of_body(meeting.body, meeting.service_id))


def _lines(view: View, rows: tuple[Tracked, ...]) -> tuple[TrackedLine, ...]:
    names = view.people.many(row.owner_id for row in rows if row.owner_id is not None)
    steps = view.tracking.steps(row.id for row in rows)
    lines = []
    for row in rows:
        owner = names.get(row.owner_id) if row.owner_id is not None else None
        said = steps.get(row.id, ())
        lines.append(TrackedLine(row, owner.name if owner else "", said[-1].text if said else ""))
    return tuple(lines)


def entry_of(view: View, row: Tracked) -> Entry | None:
    """The entry of the learning log that a row came from."""
    if row.source_id is None:
        return None
    if row.source is Source.LOG:
        return view.learning.get(row.source_id)
    action = view.learning.action(row.source_id) if row.source is Source.LEARNING else None
    return view.learning.get(action.entry_id) if action is not None else None


def came_from(view: View, council: Council, row: Tracked) -> str:
    """Where a row came from, in words."""
    meeting = view.meetings.get(row.meeting_id) if row.meeting_id is not None else None
    line = line_of(council, meeting) if meeting is not None else None
    if meeting is not None and line is not None:
        return f"{title_of(view, line, meeting.service_id)}, {uk_date(meeting.planned_on)}"
    match row.source:
        case Source.LOG | Source.LEARNING:
            entry = entry_of(view, row)
            return f"The learning log: {entry.title}" if entry else "The learning log"
        case Source.PACK:
            pack = view.packs.get(row.source_id or 0)
            return str(pack.content["title"]) if pack else "A pack"
        case Source.PLAN:
            item = view.plan.get(row.source_id or 0)
            return f"The forward plan: {item.title}" if item else "The forward plan"
        case Source.TRACKED:
            return "Something before it, which needed more"
        case Source.FILE:
            return "A file that was brought in"
        case Source.AUDIT:
            return "An audit"
        case _:
            return "Added by hand"
