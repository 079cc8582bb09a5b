"""Puts a backup back: everything is proved on a copy, and takes the place of the old in one step."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.settings import Settings
from bot.starting import a_council, open_council
from domain.errors import RuleBroken
from domain.trail import Fault
from scheduler.leading import LEASE_NAME
from storage.backing_up import BackupRefused, a_copy_of, held_alone, keep_aside, put_in_place, sqlite_file
from storage.migrating import migrate, newest, revision_of
from workflows.council import Council
from workflows.restoring import came_back, last_sealed, prove, put_exports_aside

SHOWN_FAULTS = 5


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done."""

    doubted: int
    """Notices flagged as possibly repeated."""
    kept: Path | None
    """The database that stood there before."""
    set_aside: tuple[Path, ...]
    """Exported files of the trail from after the backup."""


class TrailBroken(RuleBroken):
    """The backup's own trail does not prove."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        shown = "\n".join(f"- {fault.what}" for fault in faults[:SHOWN_FAULTS])
        super().__init__(
            f"The trail in this backup cannot account for {len(faults)} things, so nothing was changed:\n"
            f"{shown}\nIs PLUMBLINE_TRAIL_KEY the key of that time, and PLUMBLINE_TRAIL_EXPORT_DIR the right "
            "folder? To restore it all the same, add --anyway; the trail will say that you did."
        )


def restore(settings: Settings, file: Path, now: datetime, *, anyway: bool = False) -> Restored:
    """Put this backup in the database's place. Raises BackupRefused or TrailBroken; then nothing changed."""
    target = sqlite_file(settings.database_url)
    with held_alone(target) as live, a_copy_of(file, target) as copy:
        trial = settings.model_copy(update={"database_url": f"sqlite:///{copy}"})
        council = open_council(trial, now)
        try:
            _bring_up(council)
            doubted = _told(council, settings.trail_export_dir, now, anyway=anyway)
            last = last_sealed(council)
        finally:
            council.database.close()
        kept = keep_aside(live, target.with_name(f"{target.name}.before-restore-{now:%Y%m%dT%H%M%SZ}"))
        put_in_place(copy, live)
    return Restored(doubted, kept, put_exports_aside(settings.trail_export_dir, last, now))


def after_pg_restore(settings: Settings, now: datetime, *, anyway: bool = False) -> Restored:
    """Say to a PostgreSQL database that it came back. Raises BackupRefused, SchemaBehind or TrailBroken."""
    with a_council(settings, now) as council:
        if council.database.is_sqlite:
            raise BackupRefused("This database is SQLite: please give the backup's file instead.")
        with council.read() as view:
            lease = view.leases.get(LEASE_NAME)
        if lease is not None and lease.until > now:
            raise BackupRefused(
                "A scheduler was running less than a minute ago, here or when the dump was made. Please stop "
                "every process and run this again in a minute."
            )
        doubted = _told(council, settings.trail_export_dir, now, anyway=anyway)
        last = last_sealed(council)
    return Restored(doubted, None, put_exports_aside(settings.trail_export_dir, last, now))


def _bring_up(council: Council) -> None:
    found = revision_of(council.database)
    if found is None:
        raise BackupRefused("That file holds no database of Plumbline; nothing was changed.")
    if found > newest():
        raise BackupRefused(
            f"The backup is at revision {found}, and this version of Plumbline knows {newest()} at most. "
            "Please install the version it was made with, or a newer one; nothing was changed."
        )
    if found != newest():
        migrate(council.database)


def _told(council: Council, export_dir: Path, now: datetime, *, anyway: bool) -> int:
    faults = prove(council, export_dir)
    if faults and not anyway:
        raise TrailBroken(faults)
    return came_back(council, now=now, faults=len(faults))
