"""The figures of a rehearsed year: each comes in some days after its week, month or quarter is over.

A list whose figures all lie before the first day is a council's past. It comes in on the first day, and then
once more, week for week and month for month: as much of it as there is, a year at most, again and again. So
teams have figures to look at all year, and what is asked about them is rehearsed. Source: PF-01, PF-09.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

from bot.rehearsal.conditions import Conditions
from bot.rehearsal.council import ListRefused
from domain.days import LONDON, add_months, add_working_days
from domain.indicators import Every
from domain.intake import Refused, SheetRefused
from domain.intake_indicators import INDICATOR_FIELDS, Figure
from domain.intake_summary import refusal_summary
from workflows.council import Council
from workflows.indicator_importing import keep_list, read_list
from workflows.sheets import read_sheet

_COMES = time(7, 30)
"""In London, so that a week's figures are there when team reports go out."""
_WORKING_DAYS = 5
"""From the end of a month or a quarter until its figures are counted; a week's are there on the Monday."""
_A_YEAR = {Every.WEEK: 52, Every.MONTH: 12, Every.QUARTER: 4}


@dataclass(frozen=True, slots=True)
class Coming:
    """Figures that come in at one moment."""

    at: datetime
    figures: tuple[Figure, ...]


class Indicators:
    """A list of indicators, and when what of it comes in."""

    def __init__(self, council: Council, conditions: Conditions, path: Path) -> None:
        """Reads the list as on the last day rehearsed. Raises ListRefused."""
        content = path.read_bytes()
        self._council, self._name = council, path.name
        self._digest = sha256(content).hexdigest()
        try:
            sheet = read_sheet(content, path.name, INDICATOR_FIELDS)
        except SheetRefused as refused:
            raise ListRefused("indicators", f"{refused}") from None
        with council.read() as view:
            found = read_list(view, council, sheet, conditions.until_on)
        if isinstance(found, Refused):
            raise ListRefused("indicators", refusal_summary(found))
        self._list = found
        self.repeats = all(_ends(one) <= conditions.from_on for one in found.figures)
        """Whether what was measured before stands for what the rehearsed year would bring."""
        repeated = _moved(found.figures, conditions) if self.repeats else ()
        self.coming = tuple(_in_order((*found.figures, *repeated), council, conditions))

    def bring_in(self, coming: Coming, now: datetime) -> bool:
        """Keep what comes now, as an operator's import does; whether somebody is told of anything."""
        return keep_list(
            self._council,
            replace(self._list, figures=coming.figures),
            filename=self._name,
            digest=self._digest,
            now=now,
        )


def _in_order(figures: Sequence[Figure], council: Council, conditions: Conditions) -> Iterator[Coming]:
    """What came before the first day together, then the rest by its moment; what is too late is left out."""
    begins = datetime.combine(conditions.from_on, _COMES, LONDON)
    by_moment: defaultdict[datetime, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_moment[max(begins, _counted_at(figure, council))].append(figure)
    for at in sorted(by_moment):
        if at.date() < conditions.until_on:
            yield Coming(at, tuple(by_moment[at]))


def _counted_at(figure: Figure, council: Council) -> datetime:
    day = _ends(figure)
    if figure.every != Every.WEEK:
        day = add_working_days(day - timedelta(days=1), _WORKING_DAYS, council.bank_holidays)
    return datetime.combine(day, _COMES, LONDON)


def _ends(figure: Figure) -> date:
    """The first day after the period."""
    match Every(figure.every):
        case Every.WEEK:
            return figure.period_on + timedelta(weeks=1)
        case Every.MONTH:
            return add_months(figure.period_on, 1)
        case Every.QUARTER:
            return add_months(figure.period_on, 3)


def _moved(figures: Sequence[Figure], conditions: Conditions) -> Iterator[Figure]:
    """The newest of them once more, as often as they fall into the rehearsed time."""
    for every in Every:
        of_length = [one for one in figures if one.every == every]
        numbers = {_number(every, one.period_on) for one in of_length}
        if not numbers:
            continue
        newest, round_of = max(numbers), min(max(numbers) - min(numbers) + 1, _A_YEAR[every])
        for one in of_length:
            number = _number(every, one.period_on)
            if number <= newest - round_of:
                continue
            while (on := _begins(every, number := number + round_of)) < conditions.until_on:
                moved = replace(one, period_on=on)
                if _ends(moved) > conditions.from_on:
                    yield moved


def _number(every: Every, on: date) -> int:
    """Consecutive periods have consecutive numbers."""
    match every:
        case Every.WEEK:
            return on.toordinal() // 7
        case Every.MONTH:
            return on.year * 12 + on.month - 1
        case Every.QUARTER:
            return (on.year * 12 + on.month - 1) // 3


def _begins(every: Every, number: int) -> date:
    if every is Every.WEEK:
        # Day 1 was a Monday.
        return date.fromordinal(number * 7 + 1)
    months = number if every is Every.MONTH else number * 3
    return date(months // 12, months % 12 + 1, 1)
