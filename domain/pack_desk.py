"""Where a pack is drafted: what is known of its time, and figures taken from there under references.

Source: OG-05, SG-03; decision 0016.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from domain.agreement import Reading
from domain.figures import COUNCIL, Disclosed, FigureSet, Period, Shown
from domain.framework import Framework
from domain.learning import Entry
from domain.pack_content import FigureLine, FigureRow, FigureTable, TextTable, Told
from domain.packs import PackLine, ref_of


@dataclass(frozen=True, slots=True)
class Known:
    """Everything a pack is drafted from, gathered on the day it is drafted."""

    framework: Framework
    line: PackLine
    sets: tuple[FigureSet, ...]
    """Of the time it tells of first, then of the one before; for evidence, of each quarter further back."""
    agreement: Reading
    standing: tuple[Entry, ...]
    """Published entries of the learning log, as they stand."""
    closed: tuple[Entry, ...]
    """Those closed in the time it tells of."""
    services: Mapping[str, str]
    """Scope of each service to its name."""
    tables: Mapping[str, tuple[TextTable, ...]] = field(default_factory=dict)
    """Part to tables that other parts of the product add to it."""

    @property
    def period(self) -> Period:
        """The time it tells of."""
        return self.sets[0].period

    @property
    def before(self) -> Period:
        """The time before."""
        return self.sets[1].period


NONE_THERE = "none to count"


class Desk:
    """Takes figures out of what may be shown and keeps each under the reference it is printed with."""

    def __init__(self, known: Known, disclosed: Disclosed, pack_id: int) -> None:
        self.known = known
        self._disclosed = disclosed
        self._pack_id = pack_id
        self._numbers: dict[tuple[str, str, Period], int] = {}
        self.rows: dict[str, FigureRow] = {}
        """Reference to the figure with its records."""

    def shown(self, key: str, scope: str = COUNCIL, *, period: Period | None = None) -> Shown | None:
        """The figure as it may be read; None where nothing of the kind is counted."""
        return self._disclosed.of(period or self.known.period, key, scope)

    def before(self, key: str, scope: str = COUNCIL) -> Shown | None:
        """The same of the time before."""
        return self._disclosed.of(self.known.before, key, scope)

    def line(self, key: str, scope: str = COUNCIL, *, name: str = "") -> FigureLine | None:
        """The figure with the one before, under one number; the same one again keeps its reference."""
        now = self.shown(key, scope)
        if now is None:
            return None
        number = self._number(key, scope, self.known.period)
        before = self.before(key, scope)
        told = self._told(number, now, self.known.period)
        earlier = self._told(number, before, self.known.before, before=True) if before else None
        return FigureLine(name or now.figure.name, told, earlier)

    def line_of(self, key: str, period: Period, *, name: str = "") -> FigureLine | None:
        """The council's figure of one period with nothing beside it, under that period's name or this."""
        shown = self.shown(key, period=period)
        if shown is None:
            return None
        number = self._number(key, COUNCIL, period)
        return FigureLine(name or period.label, self._told(number, shown, period))

    def table(self, title: str, keys: Iterable[str], *, drawn: bool = False) -> FigureTable:
        """The council's figures of these keys."""
        return FigureTable(title, _there(self.line(key) for key in keys), drawn)

    def by_service(self, title: str, key: str) -> FigureTable:
        """One figure, service by service in the order of their names."""
        ordered = sorted(self.known.services.items(), key=lambda pair: (pair[1].casefold(), pair[0]))
        return FigureTable(title, _there(self.line(key, scope, name=name) for scope, name in ordered))

    def _number(self, key: str, scope: str, period: Period) -> int:
        place = (key, scope, period)
        if place not in self._numbers:
            self._numbers[place] = len(self._numbers) + 1
        return self._numbers[place]

    def _told(self, number: int, shown: Shown, period: Period, *, before: bool = False) -> Told:
        ref = ref_of(self._pack_id, number, before=before)
        figure = shown.figure
        self.rows[ref] = FigureRow(
            ref,
            figure.key,
            figure.name,
            figure.scope,
            period.first.isoformat(),
            period.last.isoformat(),
            _says(shown),
            figure.counted,
            figure.whole,
        )
        return Told(ref, _says(shown), shown.count, shown.of)


def _says(shown: Shown) -> str:
    """The figure in words; a pack tells of days that are over, so nothing is "yet" to come."""
    return NONE_THERE if not shown.is_hidden and shown.of == 0 else shown.says


def _there(lines: Iterable[FigureLine | None]) -> tuple[FigureLine, ...]:
    return tuple(line for line in lines if line is not None)


def kept(tables: Sequence[FigureTable]) -> tuple[FigureTable, ...]:
    """Those of the tables that hold anything."""
    return tuple(table for table in tables if table.lines)
