"""How the trail proves itself: keyed chains of who did what, holding digests in place of text.

There is one chain for each audit and one for everything else of a day. A row's MAC covers the row and the
MAC before it, so an edited, removed or reordered row breaks its chain. Where a chain ends is keyed as well,
and sealed and exported each day, which catches a tail that was cut. The day's chain names each audit's chain
when it opens, and one register names each day, so that a whole chain cannot vanish either. Values appear as
keyed digests under their field names, so that retention can delete the text and the row still proves what
was saved.

Source: SG-05 and the trail part of the design.
"""

import hmac
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

START = "0" * 32
"""What the first row of a chain follows."""

REGISTER = "days"
"""The chain that names each day's chain when it opens."""

OPENED = "opened"
"""The verb of a row that names a new chain as its subject."""


_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str)


class TrailKey:
    """The council's secret for the trail. Never shown, never logged."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 32:
            raise ValueError("the trail key needs at least 32 bytes")
        self._secret = secret

    def __repr__(self) -> str:
        return "TrailKey(...)"

    def mac(self, *parts: object) -> str:
        """32 hex digits over the parts; a change in any of them, or in their order, changes it."""
        return hmac.digest(self._secret, _WRITER.encode(parts).encode(), "sha256").hex()[:32]


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One row as it stands in the database."""

    chain: str
    position: int
    """1 for the first row of the chain."""
    at: datetime
    actor: int | None
    """The person's id; None for the calendar."""
    verb: str
    subject: str
    fields: str
    """JSON object: field name to keyed digest."""
    previous: str
    mac: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ended when it was looked at."""

    chain: str
    position: int
    mac: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something the trail cannot account for."""

    chain: str
    position: int
    what: str
    """One sentence naming the row and what is wrong with it."""


def audit_chain(audit_id: int) -> str:
    """The chain of one audit."""
    return f"audit:{audit_id}"


def day_chain(day: date) -> str:
    """The chain of everything else of a day."""
    return f"day:{day.isoformat()}"


def digests(key: TrailKey, chain: str, values: Mapping[str, object]) -> str:
    """The `fields` of a row: each value as a keyed digest bound to its chain and name."""
    return json.dumps({name: key.mac(chain, name, value)[:16] for name, value in sorted(values.items())})


def row_mac(key: TrailKey, row: TrailRow) -> str:
    """The MAC that this row should carry."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    return key.mac(row.chain, row.position, at, row.actor, row.verb, row.subject, row.fields, row.previous)


def seal_mac(key: TrailKey, day: date, head: Head) -> str:
    """The MAC of a day's seal on one head."""
    return key.mac("seal", day.isoformat(), head.chain, head.position, head.mac)


def head_mac(key: TrailKey, head: Head, sealed_position: int) -> str:
    """The proof of a chain's recorded end, and of how far it was sealed."""
    return key.mac("head", head.chain, head.position, head.mac, sealed_position)


def check_openings(chains: Collection[str], opened: Mapping[str, int]) -> tuple[Fault, ...]:
    """Chains that vanished whole, or stand where another one was taken away.

    `chains` holds the names of all chains with rows, `opened` how often each was named as it opened.
    """
    faults = []
    for chain in sorted({*chains, *opened} - {REGISTER}):
        times = opened.get(chain, 0)
        if chain not in chains:
            faults.append(Fault(chain, 1, f"the whole of {chain} is missing"))
        elif times == 0:
            faults.append(Fault(chain, 1, f"the row that opened {chain} is missing"))
        elif times > 1:
            faults.append(Fault(chain, 1, f"{chain} was opened {times} times: earlier rows were taken away"))
    return tuple(faults)


def check_chain(
    key: TrailKey, rows: Sequence[TrailRow], head: Head | None, sealed: Sequence[Head]
) -> tuple[Fault, ...]:
    """What is wrong with one chain, its rows given in order of position.

    `head` is the chain's row in the table of heads, `sealed` every earlier head that was sealed or exported.
    """
    # What is wrong with a row may be told by its head and by every seal on it.
    return tuple(dict.fromkeys((*_faulty_rows(key, rows), *_faulty_ends(rows, head, sealed))))


def _faulty_rows(key: TrailKey, rows: Sequence[TrailRow]) -> Iterator[Fault]:
    previous, expected = START, 1
    for row in rows:
        here = f"row {row.position} of {row.chain}"
        if row.position != expected:
            yield Fault(row.chain, expected, _missing(expected, row.position - 1, of=f" of {row.chain}"))
        elif row.previous != previous:
            yield Fault(row.chain, row.position, f"{here} does not follow the one before it")
        if row.mac != row_mac(key, row):
            yield Fault(row.chain, row.position, f"{here} was changed or moved")
        previous, expected = row.mac, row.position + 1


def _faulty_ends(rows: Sequence[TrailRow], head: Head | None, sealed: Sequence[Head]) -> Iterator[Fault]:
    macs = {row.position: row.mac for row in rows}
    last = rows[-1].position if rows else 0
    for known in (*sealed, *((head,) if head else ())):
        if known.position > last:
            cut = f"the end of {known.chain} was cut: {_missing(last + 1, known.position)}"
            yield Fault(known.chain, known.position, cut)
        elif macs.get(known.position, known.mac) != known.mac:
            other = f"row {known.position} of {known.chain} is not the one that was sealed"
            yield Fault(known.chain, known.position, other)
    if rows and (head is None or head.position < last):
        yield Fault(rows[-1].chain, last, f"{rows[-1].chain} has rows beyond its recorded end")


def _missing(first: int, last: int, *, of: str = "") -> str:
    return f"row {first}{of} is missing" if first == last else f"rows {first} to {last}{of} are missing"
