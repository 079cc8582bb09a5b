"""What has to be said to a database that came back from a backup, before anything runs on it.

What waited in the outbox when the backup was made may have left since, and so may what the calendar does
again now and what people do again. Nobody can know, so all of it is flagged as possibly repeated: of people's
doings, whatever is queued within `storage.notices.REDONE_WITHIN` of the restore.
"""

from datetime import date, datetime
from pathlib import Path

from domain.trail import Fault
from storage.work import Work
from workflows.council import Council
from workflows.sealing import read_exports, set_aside
from workflows.switching import OPERATOR


def prove(council: Council, export_dir: Path) -> tuple[Fault, ...]:
    """Everything the backup's trail cannot account for, held against the files of its own days."""
    with council.read() as view:
        days = view.trail.sealed_days()
        return view.trail.verify(read_exports(export_dir, until=days[-1]) if days else {})


def came_back(council: Council, *, now: datetime, faults: int = 0) -> int:
    """Note the restore, flag every notice that has not left and free what was claimed; returns how many.

    `faults` is what the trail could not account for, where somebody restored it all the same.
    """
    with council.write() as work:
        doubted = work.outbox.doubt_unsent(now)
        work.switches.mark_restored(set_by=OPERATOR, now=now)
        work.trail.add(
            now=now,
            actor=None,
            verb="restored",
            subject="database",
            fields={"by": OPERATOR, "doubted": doubted, "faults": faults},
        )
    return doubted


def last_sealed(council: Council) -> date | None:
    """The last day the trail was sealed under."""
    with council.read() as view:
        days = view.trail.sealed_days()
    return days[-1] if days else None


def doubts(work: Work, due_at: datetime) -> bool:
    """Whether what the calendar does for this moment may have been done before the database came back."""
    restored_at = work.switches.restored_at()
    return restored_at is not None and due_at <= restored_at


def put_exports_aside(export_dir: Path, last: date | None, now: datetime) -> tuple[Path, ...]:
    """Move the exported files of later days into a folder of their own; returns where they are now."""
    return set_aside(export_dir, last, f"before-restore-{now:%Y%m%dT%H%M%SZ}")
