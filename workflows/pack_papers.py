"""A pack as a paper of the meeting it is for.

Source: OG-01, OG-05, OG-10, PF-06, QB-01.
"""

from collections.abc import Iterable
from datetime import datetime

from domain.governance import AgendaItem
from domain.packs import PackLine
from domain.people import Person
from storage.packs import PackRow
from storage.work import Work
from workflows.council import Council


def put_on_agenda(
    work: Work, council: Council, line: PackLine, pack: PackRow, *, by: Person, now: datetime
) -> bool:
    """Put a pack on the agenda of the next meeting of its body; whether there is one that lacked it.

    A pack for no meeting goes to its readers alone.
    """
    today = council.today(now)
    meeting = next(
        (
            one
            for one in work.meetings.planned()
            if line.meeting and one.body == line.meeting and one.planned_on >= today
        ),
        None,
    )
    if meeting is None or any(row.pack_id == pack.id for row in work.meetings.rows(meeting.id)):
        return False
    body = council.framework.meeting(meeting.body)
    values = {
        "item": item_for(line, body.items if body is not None else ()),
        "title": pack.content["title"],
        "pack_id": pack.id,
        "by_id": by.id,
        "at": now,
    }
    work.meetings.add_row(meeting.id, values)
    work.trail.add(
        now=now,
        actor=by.id,
        verb="put a pack on an agenda",
        subject=f"meeting {meeting.id}",
        fields={"pack": pack.id},
    )
    return True


def item_for(line: PackLine, items: Iterable[AgendaItem]) -> str:
    """The standing item that a pack is a paper of: the one with most rules in common; empty for none."""
    shared = {item.key: len(frozenset(item.rules) & frozenset(line.rules)) for item in items}
    best = max(shared, key=lambda key: shared[key], default="")
    return best if shared.get(best) else ""
