"""Trail rows that prove: real MACs over digests drawn from a stock.

Working out ten million digests of values would take longer than the rest of the bench, and nothing checks
them once the values are gone; the MACs that link the rows are real.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from bench.turn.filling import TRAIL_KEY, Filling, Row, stored
from domain.trail import (
    OPENED,
    REGISTER,
    START,
    Head,
    TrailKey,
    TrailRow,
    audit_chain,
    day_chain,
    head_mac,
    row_mac,
    seal_mac,
)

STOCK = 500

Entry = tuple[datetime, int | None, str, str]
"""(when in UTC, actor, verb, subject)."""


@dataclass(slots=True)
class Chains:
    """Trail rows, heads and seals, gathered until they are written; the register comes at the end."""

    _rows: list[Row] = field(default_factory=list)
    _heads: list[Row] = field(default_factory=list)
    _seals: list[Row] = field(default_factory=list)
    _days: list[Entry] = field(default_factory=list)
    _key: TrailKey = field(default_factory=lambda: TrailKey(TRAIL_KEY))
    _random: Random = field(default_factory=lambda: Random(11))
    _stock: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for _ in range(STOCK):
            names = ("grade", "judgement", "action", "impact", "sources")
            self._stock.append(json.dumps({name: f"{self._random.getrandbits(64):016x}" for name in names}))

    def open_day(self, at: datetime, audits: Iterable[int]) -> None:
        """The chain of a day on which these audits' chains opened; each day comes once."""
        day = day_chain(at.date())
        self._days.append((at, None, OPENED, day))
        self._add(day, ((at, None, OPENED, audit_chain(audit)) for audit in audits))

    def add_audit(self, audit: int, entries: Iterable[tuple[datetime, int | None, str]]) -> None:
        """The whole chain of an audit: (when in UTC, actor, verb) of each row."""
        subject = f"audit {audit}"
        self._add(audit_chain(audit), ((at, actor, verb, subject) for at, actor, verb in entries))

    def write(self, filling: Filling) -> None:
        """Put what was gathered into the database and begin afresh."""
        columns = "chain position at actor verb subject fields previous mac"
        filling.add("trail", columns, self._rows)
        filling.add("trail_heads", "chain position mac sealed_position proof", self._heads)
        filling.add("trail_seals", "day chain position head mac", self._seals)
        self._rows, self._heads, self._seals = [], [], []

    def finish(self, filling: Filling) -> None:
        """Write the rest, and the register that names each day's chain."""
        self._add(REGISTER, self._days)
        self.write(filling)

    def _add(self, chain: str, entries: Iterable[Entry]) -> None:
        """One whole chain, sealed on each of its days."""
        previous, position = START, 0
        ends: dict[date, Head] = {}
        for position, (at, actor, verb, subject) in enumerate(entries, start=1):
            fields = self._random.choice(self._stock) if verb == "saved" else "{}"
            row = TrailRow(chain, position, at, actor, verb, subject, fields, previous, "")
            mac = row_mac(self._key, row)
            self._rows.append((chain, position, stored(at), actor, verb, subject, fields, previous, mac))
            previous = mac
            ends[at.date()] = Head(chain, position, mac)
        proof = head_mac(self._key, Head(chain, position, previous), position)
        self._heads.append((chain, position, previous, position, proof))
        for day, head in ends.items():
            self._seals.append((day, chain, head.position, head.mac, seal_mac(self._key, day, head)))
