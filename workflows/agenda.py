"""A meeting as one of its people sees it: agenda, people, what was decided; and the list of those coming.

Source: OG-01, OG-06, PF-02, QB-01, Q28.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.agenda import Agenda, Asked, Decided, Noted, parts_of
from domain.days import uk_date
from domain.errors import NotAllowed
from domain.governance import seat_of
from domain.meetings import Came, Meeting, MeetingState
from domain.people import Person
from domain.permissions import Verb, require
from domain.tracking import STATE_NAMES, TrackedKind, TrackedState
from storage.meetings import AgendaRow
from storage.packs import PackRow
from storage.work import View
from workflows.agenda_facts import Setting, facts_of
from workflows.bodies import chairs, line_of, may_at, members, require_meeting, title_of
from workflows.council import Council
from workflows.pack_access import may

LOOKS_BACK = timedelta(days=45)
"""How long a meeting that was held stays on the list: until after the next monthly one."""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting on a list."""

    meeting: Meeting
    title: str
    may_run: bool


def open_meeting(view: View, council: Council, *, by: Person, meeting_id: int, now: datetime) -> Agenda:
    """A meeting with its agenda, for a member, a guest or the QA office."""
    meeting, line = require_meeting(view, council, Verb.SEE_MEETING, by=by, meeting_id=meeting_id, now=now)
    rows = view.meetings.rows(meeting.id)
    writers = view.people.many(row.by_id for row in rows)
    facts = facts_of(Setting(view, council, meeting, now), tuple(item.key for item in line.items))
    packs = {row.pack_id: view.packs.get(row.pack_id) for row in rows if row.pack_id is not None}
    opens = {
        pack_id
        for pack_id, pack in packs.items()
        if pack is not None and may(view, council, Verb.READ_PACK, by=by, pack=pack, now=now)
    }
    noted = tuple(_noted(row, writers, packs.get(row.pack_id or 0), opens) for row in rows)
    rep = view.people.many((meeting.rep_id,)).get(meeting.rep_id) if meeting.rep_id is not None else None
    return Agenda(
        meeting=meeting,
        title=title_of(view, line, meeting.service_id),
        minutes=line.minutes,
        parts=parts_of(line.items, facts, noted),
        decided=_decided(view, meeting),
        people=people_of(view, council, meeting),
        rep_name=rep.name if rep else "",
        may_run=may_at(view, council, Verb.RUN_MEETING, by, meeting, now=now),
    )


def people_of(view: View, council: Council, meeting: Meeting) -> tuple[Asked, ...]:
    """Chairs, members and guests, each once, and whoever else is known to have come, in that order."""
    line = line_of(council, meeting)
    if line is None:
        return ()
    kept = {one.person_id: one for one in view.meetings.people(meeting.id)}
    chairing = {one.id for one in chairs(view, line, meeting.service_id)}
    seated = {one.id: one for one in members(view, line, meeting.service_id)}
    # Whoever came and has changed posts since stays in the record.
    others = view.people.many(i for i in kept if i not in seated)
    people = [*seated.values(), *others.values()]
    found = [
        Asked(
            one.id,
            one.name,
            is_chair=one.id in chairing,
            is_guest=one.id in kept and kept[one.id].is_guest,
            came=kept[one.id].came if one.id in kept else Came.ASKED,
        )
        for one in people
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_chair, one.is_guest, one.name.casefold())))


def meetings_for(
    view: View, council: Council, *, by: Person, body: str, now: datetime
) -> tuple[MeetingLine, ...]:
    """The meetings this person may see, of one body or (with "") of all: those to come, then the last held.

    Raises NotAllowed for somebody who sits on nothing.
    """
    today = council.today(now)
    lines = []
    for meeting in view.meetings.between(today - LOOKS_BACK, date.max):
        stands = meeting.planned_on >= today or meeting.state is not MeetingState.CANCELLED
        if not stands or (body and meeting.body != body):
            continue
        line = line_of(council, meeting)
        if line is not None and may_at(view, council, Verb.SEE_MEETING, by, meeting, now=now):
            may_run = may_at(view, council, Verb.RUN_MEETING, by, meeting, now=now)
            lines.append(MeetingLine(meeting, title_of(view, line, meeting.service_id), may_run))
    if not lines:
        _require_something(council, by, now)
    ahead = [one for one in lines if one.meeting.is_planned or one.meeting.planned_on >= today]
    held = [one for one in reversed(lines) if one not in ahead]
    return (*ahead, *held)


def next_meeting(
    view: View, council: Council, *, by: Person, body: str, now: datetime, own: bool = True
) -> Meeting | None:
    """The next meeting that this person sees, of one body or of all; their own service's before others'."""
    today = council.today(now)
    found = [
        one.meeting
        for one in meetings_for(view, council, by=by, body=body, now=now)
        if one.meeting.is_planned and one.meeting.planned_on >= today
    ]
    theirs = [one for one in found if own and one.service_id in (None, by.service_id)]
    return next(iter(theirs or found), None)


def _require_something(council: Council, by: Person, now: datetime) -> None:
    """Raise NotAllowed for whoever sits on no body; for others nothing is planned, which is no refusal."""
    for line in council.framework.meetings:
        seat = seat_of(by, line, service_id=by.service_id)
        try:
            require(Verb.SEE_MEETING, by, today=council.today(now), seat=seat)
        except NotAllowed:
            continue
        return
    require(Verb.SEE_MEETING, by, today=council.today(now))


def _noted(
    row: AgendaRow, writers: Mapping[int, Person], pack: PackRow | None, opens: Collection[int]
) -> Noted:
    """`opens` are the packs that the reader may open; by their title everybody knows them."""
    writer = writers.get(row.by_id)
    of_pack = str(pack.content["title"]) if pack is not None else ""
    paper = row.paper_where or (of_pack if of_pack != row.title else "")
    pack_id = pack.id if pack is not None and pack.id in opens else 0
    return Noted(row.item, row.title, row.note, paper, writer.name if writer else "", pack_id)


def _decided(view: View, meeting: Meeting) -> tuple[Decided, ...]:
    rows = view.tracking.of_meeting(meeting.id)
    owners = view.people.many(row.owner_id for row in rows if row.owner_id is not None)
    return tuple(
        Decided(
            row.id,
            row.title,
            row.kind is not TrackedKind.DECISION,
            owners[row.owner_id].name if row.owner_id in owners else "",
            uk_date(row.due_on) if row.due_on else "",
            "" if row.state is TrackedState.OPEN else STATE_NAMES[row.state],
        )
        for row in rows
    )
