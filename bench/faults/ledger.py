"""What the database says when all is over, held against what arrived and what was answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from bench.faults.council import KIND
from bench.turn.hands import OpenPage
from storage.database import Database
from storage.tables import audit_pages, notices, trail


@dataclass(slots=True)
class Tally:
    """The figures of a run; `wrong` says in words what must not be."""

    lost: int = 0
    doubled: int = 0
    repeated: int = 0
    unflagged: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Take in another's."""
        self.lost += other.lost
        self.doubled += other.doubled
        self.repeated += other.repeated
        self.unflagged += other.unflagged
        self.wrong += other.wrong


def in_flight(database: Database, run: str) -> set[tuple[int, str]]:
    """(notice, claim) of what this process had claimed when it ended."""
    with database.read() as view:
        rows = view._connection.execute(
            sa.select(notices.c.id, notices.c.claim).where(
                notices.c.state == "claimed", notices.c.claim.like(f"{run}-%")
            )
        )
        return {(row[0], row[1]) for row in rows}


def tries(database: Database) -> dict[int, int]:
    """Notice to how often it was tried."""
    with database.read() as view:
        rows = view._connection.execute(sa.select(notices.c.id, notices.c.tries))
        return {row.id: row.tries for row in rows}


def tries_before(database: Database) -> dict[int, int]:
    """Notice to how often it was tried before what is under way now, if anything is."""
    with database.read() as view:
        rows = view._connection.execute(sa.select(notices.c.id, notices.c.tries, notices.c.state))
        return {row.id: row.tries - (row.state == "claimed") for row in rows}


def unsettled(database: Database) -> int:
    """How many notices are still to be settled."""
    with database.read() as view:
        return sum(view.notices.counts().get(state, 0) for state in ("queued", "claimed"))


def notices_tally(
    database: Database, arrived: Mapping[int, int], allowance: Mapping[int, int], queued: int
) -> Tally:
    """Every notice arrived, and none was repeated more often than kills and outages allow for it."""
    tally = Tally()
    with database.read() as view:
        rows = view._connection.execute(
            sa.select(notices.c.id, notices.c.kind, notices.c.state, notices.c.possibly_repeated)
        ).all()
    kept = sum(row.kind == KIND for row in rows)
    if kept != queued:
        tally.lost += abs(queued - kept)
        tally.wrong.append(f"{queued} notices were queued, {kept} are kept")
    for number, kind, state, flagged in rows:
        times = arrived.get(number, 0)
        again = max(times - 1, 0)
        tally.repeated += again
        if (state == "sent" and not times) or (kind == KIND and state != "sent"):
            tally.lost += 1
            tally.wrong.append(f"notice {number} is {state} and arrived {times} times")
        if again > (most := allowance.get(number, 0)):
            tally.doubled += 1
            tally.wrong.append(f"notice {number} arrived {times} times, {most} may be repeats")
        if again and not flagged:
            tally.unflagged += 1
            tally.wrong.append(f"notice {number} arrived {times} times and is not flagged")
    return tally


def saves_tally(database: Database, pages: Iterable[OpenPage]) -> Tally:
    """Every save answered is there once, in its page and in the trail, which proves."""
    tally = Tally()
    with database.read() as view:
        rows = view._connection.execute(
            sa.select(audit_pages.c.audit_id, audit_pages.c.page, audit_pages.c.version)
        ).all()
        kept = {(row.audit_id, row.page): row.version for row in rows}
        in_trail = view._connection.execute(
            sa.select(sa.func.count()).select_from(trail).where(trail.c.verb == "saved")
        ).scalar_one()
        faults = [fault.what for fault in view.trail.verify()]
    answered = 0
    for page in pages:
        packed = page.data["plumbline"]
        difference = kept.get((packed["audit_id"], packed["page"]), 0) - page.version
        answered += page.version
        tally.lost += max(-difference, 0)
        tally.doubled += max(difference, 0)
    if tally.lost or tally.doubled:
        tally.wrong.append(f"of {answered} saves, {tally.lost} are lost and {tally.doubled} doubled")
    if in_trail != answered:
        tally.wrong.append(f"{answered} saves were answered, {in_trail} stand in the trail")
        tally.lost += max(answered - in_trail, 0)
        tally.doubled += max(in_trail - answered, 0)
    if faults:
        tally.wrong.append(f"the trail does not prove: {faults[0]}")
        tally.lost += len(faults)
    return tally
