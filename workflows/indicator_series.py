"""Indicators over time: each figure with what was before it, and what the series says (PF-08, PF-09)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.exceptions import Judgement, judge
from domain.indicators import Every, Indicator, Measured, Value, newest_run, period_name, says, spark
from storage.work import View
from workflows.council import Council

LOOK_BACK = timedelta(days=3 * 366)
"""How far back a series is read: enough for a baseline, a shift and the next one."""
SPARKS = 12
"""How many of the newest figures a line of little bars shows."""

SeriesKey = tuple[int, Every, str]
"""(indicator, length of period, scope)"""


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator of one scope over time."""

    indicator: Indicator
    newest: Value
    points: tuple[tuple[date, float], ...]
    """(first day of the period, figure), oldest first, without a gap; the newest is last."""
    judgement: Judgement

    @property
    def measured(self) -> Measured:
        """Whose figures these are."""
        return self.newest.measured

    @property
    def figure(self) -> str:
        """The newest figure as people write it."""
        return says(self.newest.value, self.indicator.unit)

    @property
    def before(self) -> str:
        """The figure before it; empty when it is the first."""
        return says(self.points[-2][1], self.indicator.unit) if len(self.points) > 1 else ""

    @property
    def spark(self) -> str:
        """The newest figures as little bars."""
        return spark([value for _, value in self.points[-SPARKS:]])

    @property
    def period(self) -> str:
        """The newest period as people call it."""
        return period_name(self.newest.every, self.newest.period_on)


def series_of(
    view: View, council: Council, scopes: Iterable[str], *, today: date, until: date | None = None
) -> Mapping[SeriesKey, Series]:
    """Every series of these scopes, up to the newest figure or to the period that began on `until`."""
    values = view.indicators.of_scopes(scopes, since=today - LOOK_BACK, until=until)
    return _grouped(view, council, values)


def series_within_team(
    view: View, council: Council, team_id: int, *, today: date
) -> Mapping[SeriesKey, Series]:
    """Every series of the team's people and cases."""
    return _grouped(view, council, view.indicators.within_team(team_id, since=today - LOOK_BACK))


def newest_each(series: Iterable[Series]) -> tuple[Series, ...]:
    """Of each indicator and scope the series that reaches furthest; of equals that of shorter periods."""
    found: dict[tuple[int, str], Series] = {}
    order = list(Every)
    for one in series:
        key = (one.indicator.id, one.measured.scope)
        known = found.get(key)
        rank = (one.newest.period_on, -order.index(one.newest.every))
        if known is None or rank > (known.newest.period_on, -order.index(known.newest.every)):
            found[key] = one
    return tuple(sorted(found.values(), key=lambda one: (one.indicator.key, one.measured.scope)))


def _grouped(view: View, council: Council, values: Iterable[Value]) -> Mapping[SeriesKey, Series]:
    indicators = view.indicators.everything()
    of: dict[SeriesKey, list[Value]] = {}
    for value in values:
        of.setdefault((value.indicator_id, value.every, value.measured.scope), []).append(value)
    points = council.framework.numbers.control_points
    made = {}
    for key, found in of.items():
        indicator = indicators[key[0]]
        run = newest_run([(one.period_on, one.value) for one in found], key[1])
        judgement = judge(indicator, key[1], [value for _, value in run], points=points)
        made[key] = Series(indicator, found[-1], run, judgement)
    return made
