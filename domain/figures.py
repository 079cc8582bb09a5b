"""The figures of a period: each a count of records out of others, so that it can be traced and compared.

Card, Word and Excel show the same `Figure`, never a count of their own. A figure names the records it was
counted from; `disclosed` says which of the figures shown together stay hidden.

Source: OG-05, PF-06 to PF-11, MO-21 (the grade that counts), SG-03, Q31, Q33.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from domain.disclosure import Relation, is_small, to_hide
from domain.grades import Grade
from domain.suppression import NOT_SHOWN, few

COUNCIL = "council"
"""The scope of a figure of everything; a service's is "service 3"."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many records of how many."""

    key: str
    """What is counted: "done", "grade.good", "voice_child"."""
    name: str
    """What people read: "Audits submitted"."""
    counted: tuple[str, ...]
    """The records, as "audit 12" or "action 7"."""
    whole: tuple[str, ...] | None = None
    """The records they are out of; None for a count that is out of nothing."""
    scope: str = COUNCIL
    part_of: str = ""
    """The key of the figure that this one and its fellows make up between them; empty for none."""
    within: str = ""
    """The key of a figure whose records these are always among, though it is out of another whole: what was
    handed in by its day was handed in. Empty for none."""
    whole_within: str = ""
    """The same of the whole: an audit that grades a section is an audit that came in."""
    guarded: bool = True
    """Whether it says something of people's work, so that a small number is hidden."""

    @property
    def count(self) -> int:
        """How many."""
        return len(self.counted)

    @property
    def of(self) -> int | None:
        """Of how many."""
        return None if self.whole is None else len(self.whole)


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included, with what people call them."""

    first: date
    last: date
    label: str
    """"June 2026", "Q1 2026/27"."""


@dataclass(frozen=True, slots=True)
class FigureSet:
    """The figures of one period."""

    period: Period
    figures: tuple[Figure, ...]
    """Of the council first, then of each service."""

    def get(self, key: str, scope: str = COUNCIL) -> Figure | None:
        """The figure of this key and scope."""
        return next((one for one in self.figures if (one.key, one.scope) == (key, scope)), None)

    def scoped(self, scope: str) -> "tuple[Figure, ...]":
        """Every figure of this scope."""
        return tuple(one for one in self.figures if one.scope == scope)


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it may be read."""

    figure: Figure
    count: int | None
    """None where it is hidden."""
    of: int | None
    vaguely: str = ""
    """What may be said of a hidden share all the same: "nearly all", "fewer than 5"."""

    @property
    def is_hidden(self) -> bool:
        """Whether the number is too small to show, or would give a small one away."""
        return self.count is None

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, or None where there is none to say."""
        return round(100 * self.count / self.of) if self.count is not None and self.of else None

    @property
    def says(self) -> str:
        """The figure in words: "12 of 20 (60%)", "7", "not shown"."""
        if self.count is None:
            return f"{self.vaguely} of {self.of}" if self.vaguely else NOT_SHOWN
        if self.figure.whole is None:
            return str(self.count)
        if not self.of:
            return "none yet"
        return f"{self.count} of {self.of} ({self.percent}%)"


class Disclosed:
    """The figures of one pack or post as they may be read, together."""

    def __init__(self, shown: Mapping[tuple[str, str, date], Shown], smallest: int) -> None:
        self._shown = shown
        self.smallest = smallest

    def of(self, period: Period, key: str, scope: str = COUNCIL) -> Shown | None:
        """The figure as it may be read; None where the set has none."""
        return self._shown.get((key, scope, period.first))

    @property
    def every(self) -> Sequence[Shown]:
        """All of them, in the order of their sets."""
        return tuple(self._shown.values())

    @property
    def hides_any(self) -> bool:
        """Whether a reader is to be told that something is not shown."""
        return any(one.is_hidden for one in self._shown.values())


def disclosed(
    sets: Iterable[FigureSet], smallest: int, *, spans: Sequence[tuple[Period, Sequence[Period]]] = ()
) -> Disclosed:
    """What may be shown of these figures when all of them stand in one place, the period before included.

    `spans` are periods that others make up between them, such as a year and its quarters: what one leaves of
    the other is guarded too. Nothing small follows from what is shown by adding and taking away (SG-03).
    """
    return _disclosed(tuple(sets), smallest, tuple((longer, tuple(shorter)) for longer, shorter in spans))


@lru_cache(maxsize=16)
def _disclosed(
    chosen: tuple[FigureSet, ...], smallest: int, spans: tuple[tuple[Period, tuple[Period, ...]], ...]
) -> Disclosed:
    """Kept, as each member of a body reads the same figures within a minute or two."""
    cells: dict[str, int] = {}
    relations: list[Relation] = []
    published: list[str] = []
    for one in chosen:
        for figure in one.figures:
            if figure.guarded:
                _lay_out(figure, one.period, cells, relations, published)
        relations += _of_parts(one)
        relations += _of_nested(one, cells)
        relations += _of_scopes(one)
    for longer, shorter in spans:
        relations += _of_spans(chosen, longer, shorter)
    known = _known(relations, cells)
    hidden = to_hide(cells, known, published, smallest, costs=_costs(chosen))
    shown = {}
    for one in chosen:
        for figure in one.figures:
            of_it = [_cell(figure, one.period)]
            if figure.whole is not None:
                of_it.append(_of(figure, one.period))
            may = not figure.guarded or hidden.isdisjoint(of_it)
            vaguely = "" if may or spans or of_it[-1] in hidden else _vaguely(figure, smallest)
            shown[figure.key, figure.scope, one.period.first] = Shown(
                figure,
                figure.count if may else None,
                figure.of if may or vaguely else None,
                vaguely,
            )
    return Disclosed(shown, smallest)


def _vaguely(figure: Figure, smallest: int) -> str:
    """What may be said of a hidden share of the whole council that stands by itself; its whole is shown.

    How many heard no child is as small a number as how many did, and either end may be told as an end. Of
    parts that make up a whole, and of services or periods that add up to more, even that would tell too much.
    """
    if figure.scope != COUNCIL or figure.part_of or figure.whole is None:
        return ""
    if is_small(figure.count, smallest):
        return few(smallest)
    return "nearly all" if is_small(len(figure.whole) - figure.count, smallest) else ""


def with_scope(figures: Iterable[Figure], scope: str) -> tuple[Figure, ...]:
    """The same figures, said to be of this scope."""
    return tuple(replace(figure, scope=scope) for figure in figures)


def grade_key(grade: Grade) -> str:
    """The key of the figure that counts this grade."""
    return f"grade.{grade.value}"


def _costs(sets: Iterable[FigureSet]) -> dict[str, int]:
    """Cell to how many figures are lost with it: a share says nothing without its whole."""
    costs: dict[str, int] = {}
    for one in sets:
        shares = Counter((figure.whole, figure.scope) for figure in one.figures if figure.whole is not None)
        for figure in one.figures:
            costs[_cell(figure, one.period)] = shares[figure.counted, figure.scope]
            if figure.whole is not None:
                costs[_of(figure, one.period)] = shares[figure.whole, figure.scope]
    return costs


def _cell(figure: Figure, period: Period) -> str:
    return f"{figure.key}|{figure.scope}|{period.first}"


def _of(figure: Figure, period: Period) -> str:
    """The cell of what the figure is out of. The same records are the same cell, whoever is out of them."""
    assert figure.whole is not None
    return f"of {len(figure.whole)} {hash_of(figure.whole)}|{figure.scope}|{period.first}"


@lru_cache(maxsize=4096)
def hash_of(records: tuple[str, ...]) -> str:
    """A short name that these records alone have."""
    from hashlib import sha256

    return sha256("\n".join(sorted(records)).encode()).hexdigest()[:16]


def _lay_out(
    figure: Figure, period: Period, cells: dict[str, int], relations: list[Relation], published: list[str]
) -> None:
    cell = _cell(figure, period)
    cells[cell] = figure.count
    published.append(cell)
    if figure.whole is None:
        return
    whole, rest = _of(figure, period), f"rest of {cell}"
    cells[whole], cells[rest] = len(figure.whole), len(figure.whole) - figure.count
    published.append(whole)
    relations.append(Relation(whole, (cell, rest)))


def _of_parts(one: FigureSet) -> list[Relation]:
    """A figure with parts is what they are together; a whole of the same records is the same number."""
    found: dict[tuple[str, str], list[Figure]] = {}
    for figure in one.figures:
        if figure.part_of:
            found.setdefault((figure.part_of, figure.scope), []).append(figure)
    made = []
    for (key, scope), parts in found.items():
        total = one.get(key, scope)
        if total is not None:
            made.append(Relation(_cell(total, one.period), tuple(_cell(part, one.period) for part in parts)))
    for figure in one.figures:
        for other in one.scoped(figure.scope):
            if not (figure.guarded and other.guarded) or other.whole is None:
                continue
            # In whatever order they were counted.
            if _are_same(other.whole, figure.counted):
                made.append(Relation(_of(other, one.period), (_cell(figure, one.period),)))
                break
    return made


def _of_nested(one: FigureSet, cells: dict[str, int]) -> list[Relation]:
    """What lies between two figures of which one holds the other: those that came in late are what came in,
    less what came in by its day. Only where it really holds it, as with parts."""
    by_place = {(figure.key, figure.scope): figure for figure in one.figures if figure.guarded}
    made = []

    def put(outer: Figure | None, inner: str, records: tuple[str, ...]) -> None:
        if outer is not None and set(records) <= set(outer.counted):
            between = f"{_cell(outer, one.period)} without {inner}"
            cells[between] = outer.count - len(records)
            made.append(Relation(_cell(outer, one.period), (inner, between)))

    for figure in by_place.values():
        put(by_place.get((figure.within, figure.scope)), _cell(figure, one.period), figure.counted)
        if figure.whole is not None:
            outer = by_place.get((figure.whole_within, figure.scope))
            put(outer, _of(figure, one.period), figure.whole)
    return made


def _are_same(records: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return records == others or (len(records) == len(others) and set(records) == set(others))


def _of_scopes(one: FigureSet) -> list[Relation]:
    """The council's figure is what its services' are together, its wholes alike."""
    scopes = list(dict.fromkeys(figure.scope for figure in one.figures if figure.scope != COUNCIL))
    made = []
    for figure in one.scoped(COUNCIL):
        parts = [found for scope in scopes if (found := one.get(figure.key, scope)) is not None]
        if parts and sum(part.count for part in parts) == figure.count:
            made.append(Relation(_cell(figure, one.period), tuple(_cell(p, one.period) for p in parts)))
        wholes = [part for part in parts if part.whole is not None]
        together = sum(part.of or 0 for part in wholes)
        if figure.whole is not None and wholes and together == figure.of:
            made.append(Relation(_of(figure, one.period), tuple(_of(p, one.period) for p in wholes)))
    return made


def _of_spans(sets: Sequence[FigureSet], longer: Period, shorter: Sequence[Period]) -> list[Relation]:
    by_first = {one.period: one for one in sets}
    if longer not in by_first:
        return []
    made = []
    for figure in by_first[longer].figures:
        parts = []
        for period in shorter:
            part = by_first[period].get(figure.key, figure.scope) if period in by_first else None
            if part is not None:
                parts.append(_cell(part, period))
        together = sum(
            part.count
            for period in shorter
            if period in by_first and (part := by_first[period].get(figure.key, figure.scope)) is not None
        )
        # Only what really adds up tells anything: an action open in two quarters is no sum.
        if parts and together == figure.count:
            made.append(Relation(_cell(figure, longer), tuple(parts)))
    return made


def _known(relations: Iterable[Relation], cells: Mapping[str, int]) -> list[Relation]:
    """The relations whose cells are all guarded ones."""
    return [one for one in relations if one.total in cells and all(part in cells for part in one.parts)]
