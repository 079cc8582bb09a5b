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
from domain.trail import START, Head, TrailKey, TrailRow, row_mac, seal_mac

STOCK = 500

Entry = tuple[datetime, int | None, str, str]
"""(when in UTC, actor, verb, subject)."""


@dataclass(slots=True)
class Chains:
    """Trail rows, heads and seals, gathered until they are written."""

    rows: list[Row] = field(default_factory=list)
    heads: list[Row] = field(default_factory=list)
    seals: list[Row] = field(default_factory=list)
    _key: TrailKey = field(default_factory=lambda: TrailKey(TRAIL_KEY))
    _random: Random = field(default_factory=lambda: Random(11))
    _stock: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for _ in range(STOCK):
            names = ("grade", "judgement", "action", "impact", "sources")
            self._stock.append(json.dumps({name: f"{self._random.getrandbits(64):016x}" for name in names}))

    def add(self, chain: str, entries: Iterable[Entry]) -> None:
        """One whole chain, sealed on each of its days."""
        previous, position = START, 0
        ends: dict[date, Head] = {}
        for position, (at, actor, verb, subject) in enumerate(entries, start=1):
            fields = self._random.choice(self._stock) if verb == "saved" else "{}"
            row = TrailRow(chain, position, at, actor, verb, subject, fields, previous, "")
            mac = row_mac(self._key, row)
            self.rows.append((chain, position, stored(at), actor, verb, subject, fields, previous, mac))
            previous = mac
            ends[at.date()] = Head(chain, position, mac)
        self.heads.append((chain, position, previous, position))
        for day, head in ends.items():
            self.seals.append((day, chain, head.position, head.mac, seal_mac(self._key, day, head)))

    def write(self, filling: Filling) -> None:
        """Put what was gathered into the database and begin afresh."""
        columns = "chain position at actor verb subject fields previous mac"
        filling.add("trail", columns, self.rows)
        filling.add("trail_heads", "chain position mac sealed_position", self.heads)
        filling.add("trail_seals", "day chain position head mac", self.seals)
        self.rows, self.heads, self.seals = [], [], []
