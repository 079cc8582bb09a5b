"""Figures as their readers see them: what needs a look first, and nothing that says too much of a few people.

Managers see their own team's and service's figures whole, down to practitioner and case. Everyone else sees
the council and its services (SMT and the ADs its teams as well), without small numbers (PF-08).

Source: PF-01, PF-04, PF-06, PF-08, PF-09, SG-03.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.disclosure import Relation, to_hide
from domain.indicators import COUNCIL, PERCENT, Indicator, Value
from domain.performance import ExceptionState

_WHOLE = 1e-6
"""How far from a whole number a count may be; lists hold shares and averages too."""


class Look(StrEnum):
    """What to do with a figure, in the order in which people read them."""

    NEEDED = "needed"
    GLAD = "glad"
    STEADY = "steady"


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One figure of one thing measured."""

    name: str
    """The indicator's."""
    whose: str
    """The service, team, person or case; empty where the whole report is of one."""
    figure: str
    before: str
    """The figure of the period before; empty when there is none, or it is not shown."""
    period: str
    target: str
    spark: str
    says: str
    look: Look
    audits: str = ""
    """What audits of the same theme found; empty where there is no theme or no audit."""
    gap: float = 0.0
    """How far it misses its target, to find the worst first; 0 where the figure is not shown."""


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """An exception with its owner, and what they say to it (PF-04, PF-09)."""

    id: int
    name: str
    whose: str
    figure: str
    period: str
    target: str
    says: str
    owner: str
    reply: str
    action: str
    state: ExceptionState
    due_on: date | None
    gap: float = 0.0
    """How far it misses its target, to find the worst first; 0 where the figure is not shown."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Figures of one place."""

    of: str
    """The council, a service or a team."""
    lines: tuple[NumberLine, ...]
    hidden: bool = False
    """Whether anything was too small to show."""


def in_reading_order(lines: Iterable[NumberLine]) -> tuple[NumberLine, ...]:
    """What needs a look first, then what to be glad of, then the rest; by name, then as they came."""
    order = list(Look)
    return tuple(sorted(lines, key=lambda one: (order.index(one.look), one.name.casefold())))


def worst_first(lines: Iterable[NumberLine]) -> tuple[NumberLine, ...]:
    """What needs a look first and of that the worst, then the rest by name (PF-01, PF-09)."""
    order = list(Look)
    return tuple(sorted(lines, key=lambda one: (order.index(one.look), -one.gap, one.name.casefold())))


def furthest_off_first(lines: Iterable[ExceptionLine]) -> tuple[ExceptionLine, ...]:
    """Exceptions in the order in which they are talked of (PF-04, PF-09)."""
    return tuple(sorted(lines, key=lambda one: (-one.gap, one.name.casefold(), one.whose.casefold())))


def hidden_scopes(
    indicator: Indicator,
    values: Mapping[str, Value],
    parts_of: Mapping[str, Sequence[str]],
    shown: Iterable[str],
    smallest: int,
) -> frozenset[str]:
    """Which of the shown figures of one indicator and period are too small, or give a small one away.

    `values` holds the figure of each scope, those that are not shown among them; `parts_of` leads from a
    scope to those it is made of. A share counts with what it was counted from and what is left of that;
    without those, and for averages and the like, nothing says how few people stand behind it, and it is
    shown.
    """
    counts = {scope: found for scope, value in values.items() if (found := _counts(indicator, value))}
    return hidden_counts(counts, parts_of, shown, smallest)


def hidden_counts(
    counts: Mapping[str, Mapping[str, int]],
    parts_of: Mapping[str, Sequence[str]],
    shown: Iterable[str],
    smallest: int,
) -> frozenset[str]:
    """Which of the shown scopes say too much; each has a "count" and, of a share, "rest" and "of" as well."""
    cells: dict[str, int] = {}
    relations: list[Relation] = []
    for scope, found in counts.items():
        cells |= {f"{scope} {kind}": number for kind, number in found.items()}
        if "rest" in found:
            relations.append(Relation(f"{scope} of", (f"{scope} count", f"{scope} rest")))
    for whole, parts in parts_of.items():
        for kind in ("count", "rest", "of"):
            relations += _sums(cells, whole, parts, kind)
    published = {cell for scope in shown for cell in cells if cell.rpartition(" ")[0] == scope}
    hidden = to_hide(cells, relations, published, smallest)
    return frozenset(cell.rpartition(" ")[0] for cell in hidden)


def _counts(indicator: Indicator, value: Value) -> dict[str, int]:
    """The numbers of people or cases that a figure tells of, as far as it does."""
    numerator, whole = value.numerator, value.denominator
    if indicator.unit == PERCENT and numerator is not None and whole is not None:
        if _is_count(numerator) and _is_count(whole) and numerator <= whole:
            count, of = round(numerator), round(whole)
            return {"count": count, "rest": of - count, "of": of}
        return {}
    if not indicator.unit and _is_count(value.value):
        return {"count": round(value.value)}
    return {}


def _is_count(number: float) -> bool:
    return number >= 0 and abs(number - round(number)) < _WHOLE


def _sums(cells: dict[str, int], whole: str, parts: Sequence[str], kind: str) -> list[Relation]:
    """That the parts are the whole, with what is left of it as one more part; nothing where they are not."""
    total = f"{whole} {kind}"
    known = [f"{part} {kind}" for part in parts if f"{part} {kind}" in cells]
    if total not in cells or not known:
        return []
    left = cells[total] - sum(cells[cell] for cell in known)
    if left < 0:
        return []
    if left:
        cells[f"{whole}/left {kind}"] = left
        known.append(f"{whole}/left {kind}")
    return [Relation(total, tuple(known))]


def parts_of_council(services: Mapping[int, Sequence[int]]) -> dict[str, tuple[str, ...]]:
    """Scope to the scopes it is made of: the council of its services, each of its teams."""
    made = {COUNCIL: tuple(f"service:{service_id}" for service_id in services)}
    return made | {
        f"service:{service_id}": tuple(f"team:{team_id}" for team_id in teams)
        for service_id, teams in services.items()
    }
