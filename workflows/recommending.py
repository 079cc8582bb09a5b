"""Recommendations join the tracker by themselves: from packs once sent, from the plan's work once done.

Source: OG-05, OG-06, TA-08.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from domain.packs import TO_DO_PARTS
from domain.recommended import in_one_line, marked_lines
from domain.tracking import STANDING, Source, TrackedKind
from storage.work import Work
from workflows.council import Council
from workflows.tracking import add_row

MOST_RECOMMENDED = 20
"""Of one activity; more would be a plan of its own."""


def join_from_pack(
    work: Work, council: Council, *, pack_id: int, texts: Mapping[str, str], by: int, now: datetime
) -> int:
    """What people listed in a sent pack as to be done joins the tracker; returns how many rows that made.

    `texts` holds part to their words. Nobody has such a row yet: the QA office gives it an owner and a day.
    What an earlier pack recommended and still stands is not entered twice.
    """
    lines = dict.fromkeys(line for part in TO_DO_PARTS for line in marked_lines(texts.get(part, "")))
    standing = {row.title for row in work.tracking.in_states(STANDING) if row.source is Source.PACK}
    fresh = [line for line in lines if in_one_line(line) not in standing]
    return _join(work, council, fresh, source=Source.PACK, source_id=pack_id, owner_id=None, by=by, now=now)


def join_from_plan(
    work: Work,
    council: Council,
    *,
    item_id: int,
    lines: Iterable[str],
    owner_id: int | None,
    by: int,
    now: datetime,
) -> int:
    """What an activity of the plan recommends joins the tracker; whoever leads it sees to it at first."""
    return _join(
        work, council, lines, source=Source.PLAN, source_id=item_id, owner_id=owner_id, by=by, now=now
    )


def _join(
    work: Work,
    council: Council,
    lines: Iterable[str],
    *,
    source: Source,
    source_id: int,
    owner_id: int | None,
    by: int,
    now: datetime,
) -> int:
    joined = 0
    for line in lines:
        title = in_one_line(line)
        tracked_id = add_row(
            work,
            council,
            by=by,
            kind=TrackedKind.RECOMMENDATION,
            source=source,
            source_id=source_id,
            title=title,
            owner_id=owner_id,
            now=now,
        )
        if title != line:
            work.tracking.add_step(tracked_id, by=by, at=now, text=line)
        joined += 1
    return joined
