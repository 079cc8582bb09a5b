"""What a pack holds once it is drafted: its parts with words, figures and tables, as it is kept and frozen.

A hidden figure has no number here, only its reference: what is kept, drawn and sent is the same.

Source: OG-05, SG-03; decision 0016.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from typing import Any

from domain.suppression import NOT_SHOWN


@dataclass(frozen=True, slots=True)
class Told:
    """A number as it may be read, under its reference."""

    ref: str
    says: str
    """In words: "12 of 20 (60%)", "not shown"."""
    count: int | None
    """None where it is hidden."""
    of: int | None

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, or None where there is none to say."""
        return round(100 * self.count / self.of) if self.count is not None and self.of else None

    @property
    def is_hidden(self) -> bool:
        """Whether it is too small to show, or would give a small one away."""
        return self.says == NOT_SHOWN


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure with the same of the time before."""

    name: str
    now: Told
    before: Told | None = None


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures that are read together."""

    title: str
    lines: tuple[FigureLine, ...]
    drawn: bool = False
    """Whether a chart stands beside it."""

    @property
    def in_shares(self) -> bool:
        """Whether a chart of it is in per cent: where everything is out of something."""
        return all(line.now.of is not None or line.now.is_hidden for line in self.lines)


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of words."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part under its heading."""

    key: str
    title: str
    drafted: str
    """Sentences drafted from the figures; people's own take their place where there are any."""
    figures: tuple[FigureTable, ...] = ()
    tables: tuple[TextTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A whole pack as it was drafted."""

    title: str
    """Its name and what it tells of."""
    period: str
    before: str
    """What the time before is called."""
    headline: str
    """What children experienced, and what matters most, in a sentence or two."""
    highlights: tuple[FigureLine, ...]
    parts: tuple[Part, ...]
    note: str = ""
    """What is not shown, and why."""

    @property
    def lines(self) -> Iterator[FigureLine]:
        """Every figure that is told, highlights first; the same may come more than once."""
        yield from self.highlights
        for part in self.parts:
            for table in part.figures:
                yield from table.lines

    @property
    def told(self) -> dict[str, Told]:
        """Reference to number, of this time and the one before."""
        found = {}
        for line in self.lines:
            for one in (line.now, line.before):
                if one is not None:
                    found[one.ref] = one
        return found

    def part(self, key: str) -> Part | None:
        """The part of this key."""
        return next((part for part in self.parts if part.key == key), None)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure with its records, as it is kept for whoever asks what is behind it."""

    ref: str
    key: str
    name: str
    scope: str
    first_on: str
    """ISO days, both included."""
    last_on: str
    says: str
    counted: tuple[str, ...]
    whole: tuple[str, ...] | None
    """None for a count that is out of nothing."""


def to_body(content: Content) -> dict[str, Any]:
    """As JSON keeps it."""
    body: dict[str, Any] = json.loads(json.dumps(asdict(content)))
    return body


def from_body(body: Mapping[str, Any]) -> Content:
    """What was kept."""
    return Content(
        title=body["title"],
        period=body["period"],
        before=body["before"],
        headline=body["headline"],
        highlights=_lines(body["highlights"]),
        parts=tuple(_part(part) for part in body["parts"]),
        note=body["note"],
    )


def hash_of(facts: Mapping[str, Any], texts: Mapping[str, str], figures: Sequence[FigureRow]) -> str:
    """The SHA-256 of a pack: what it is and holds, what people wrote, and the records behind each figure.

    `facts` must be JSON. The same pack has the same hash, in whatever order its texts were written.
    """
    whole = {
        "facts": facts,
        "texts": dict(sorted(texts.items())),
        "figures": [_flat(one) for one in sorted(figures, key=lambda one: one.ref)],
    }
    written = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def _flat(figure: FigureRow) -> dict[str, Any]:
    """The figure's fields; unlike `asdict` without copying the thousands of records it names."""
    return {field.name: getattr(figure, field.name) for field in fields(figure)}


def _part(body: Mapping[str, Any]) -> Part:
    return Part(
        key=body["key"],
        title=body["title"],
        drafted=body["drafted"],
        figures=tuple(
            FigureTable(one["title"], _lines(one["lines"]), one["drawn"]) for one in body["figures"]
        ),
        tables=tuple(
            TextTable(one["title"], tuple(one["headings"]), tuple(tuple(row) for row in one["rows"]))
            for one in body["tables"]
        ),
    )


def _lines(bodies: Sequence[Mapping[str, Any]]) -> tuple[FigureLine, ...]:
    return tuple(
        FigureLine(one["name"], Told(**one["now"]), Told(**one["before"]) if one["before"] else None)
        for one in bodies
    )
