"""The two databases of the bench, seeded once for each shape of the tables and copied for each run."""

import hashlib
import json
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from bench.turn.activity import Presser
from bench.turn.chains import Chains
from bench.turn.council import OPEN_CASES, LiveAudit, add_cases, add_live_round, add_staff
from bench.turn.decade import YEARS, Decade
from bench.turn.filling import TRAIL_KEY, Filling
from storage.database import Database

SOURCES = ("filling.py", "chains.py", "council.py", "written_pages.py", "decade.py", "activity.py")


@dataclass(frozen=True, slots=True)
class Seeded:
    """A database file ready to be served, and the audits under way in it."""

    path: Path
    live: tuple[LiveAudit, ...]
    seconds: float
    """What seeding took; 0 when an earlier run's seed was used again."""

    @property
    def megabytes(self) -> float:
        """Size on disk."""
        return self.path.stat().st_size / 1e6


def seeded(work: Path, *, history: int) -> Seeded:
    """A fresh copy of the database with so many audits behind it (0: an empty council)."""
    today = datetime.now(UTC).date()
    kept = work / f"turn-seed-{history}-{_fingerprint(today)}.db"
    started, seconds = time.perf_counter(), 0.0
    if not kept.with_suffix(".json").exists():
        for old in work.glob(f"turn-seed-{history}-*"):
            old.unlink()
        live = _seed(kept, history, today)
        rows = [[one.audit_id, one.auditor.directory_id, one.auditor.name] for one in live]
        kept.with_suffix(".json").write_text(json.dumps(rows))
        seconds = time.perf_counter() - started
    path = work / f"turn-{history}.db"
    discard(path)
    shutil.copyfile(kept, path)
    found = json.loads(kept.with_suffix(".json").read_text())
    return Seeded(path, tuple(LiveAudit(audit, Presser(key, name)) for audit, key, name in found), seconds)


def discard(path: Path) -> None:
    """Remove a database and the files SQLite keeps beside it."""
    for leftover in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        leftover.unlink(missing_ok=True)


def saves_kept(path: Path, since_audit: int) -> int:
    """How many saves of the live audits the file holds, counted from their pages' versions."""
    with closing(sqlite3.connect(path)) as connection:
        (total,) = connection.execute(
            "SELECT coalesce(sum(version), 0) FROM audit_pages WHERE audit_id >= ?", (since_audit,)
        ).fetchone()
    return int(total)


def trail_faults(path: Path) -> tuple[str, ...]:
    """What the trail in the file cannot account for; empty when it proves."""
    database = Database(f"sqlite:///{path}", trail_key=TRAIL_KEY)
    try:
        with database.read() as view:
            return tuple(fault.what for fault in view.trail.verify())
    finally:
        database.close()


def _seed(path: Path, history: int, today: date) -> tuple[LiveAudit, ...]:
    path.unlink(missing_ok=True)
    filling = Filling(path)
    staff = add_staff(filling)
    cases = range(1, OPEN_CASES + 1)
    add_cases(filling, staff, cases, opened=today, closed=None, random=Random(7))
    chains = Chains()
    if history:
        Decade(staff, chains, audits=history, today=today).write(filling)
    round_id = YEARS * 12 + 1
    live = add_live_round(filling, chains, staff, round_id=round_id, first_audit=history + 1, today=today)
    chains.finish(filling)
    filling.close()
    return live


def _fingerprint(today: date) -> str:
    """Changes with the tables, with what is seeded, and with the month, which dates everything."""
    root = Path(__file__).parents[2]
    digest = hashlib.sha256(today.strftime("%Y-%m").encode())
    for source in (
        *(Path(__file__).parent / name for name in SOURCES),
        *sorted((root / "storage" / "migrations" / "versions").glob("*.py")),
    ):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]
