"""The make-believe council's list of indicators: more than a year of months, a quarter of weeks.

Most of it is noise around a level, as figures are; one team's visits have got worse, and one measure is
better than it ever was, so that there is something to find and something to celebrate.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from bot.demo.lists import SEED, Lists
from bot.demo.places import AREAS
from domain.days import add_months

MONTHS, WEEKS = 15, 13
HEADINGS = (
    "Indicator", "Definition", "Good is", "Target", "Tolerance", "Theme", "Period", "Service", "Team",
    "Practitioner", "Case reference", "Value", "Numerator", "Denominator",
)  # fmt: skip
WORSE_TEAM = "Brambles 1"
"""Whose visits have got worse in the last two months."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """An indicator and the level its figures lie around."""

    name: str
    definition: str
    good: str
    target: str
    tolerance: str
    theme: str
    level: float
    """The usual share, in percent."""


_VISITS = _Measure(
    "Visits in time", "Children seen within the timescale of their plan", "higher", "90%", "3", "Planning", 93
)
_ASSESSMENTS = _Measure(
    "Assessments within 45 working days", "Completed assessments that took no longer", "higher", "85%", "4",
    "Assessment", 87,
)  # fmt: skip
_SUPERVISION = _Measure(
    "Supervision held monthly", "Practitioners with a recorded supervision", "higher", "95%", "5",
    "Oversight and supervision", 95,
)  # fmt: skip
_PLANS = _Measure(
    "Plans reviewed in time",
    "Plans whose review was not late",
    "higher",
    "90%",
    "4",
    "Review of the plan",
    90,
)
_MEASURES = (_VISITS, _ASSESSMENTS, _SUPERVISION, _PLANS)


def write_figures(folder: Path, lists: Lists, *, until_on: date) -> Path:
    """The list as on this day, of the months and weeks that were over by then."""
    random = Random(SEED + 1)  # noqa: S311 - repeatable make-believe, not a secret
    path = folder / "indicators.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS, restval="")
        writer.writeheader()
        writer.writerows(_monthly(random, until_on))
        writer.writerows(_weekly(random, lists, until_on))
    return path


def _monthly(random: Random, until_on: date) -> Iterator[Mapping[str, str]]:
    this_month = until_on.replace(day=1)
    for ago in range(MONTHS, 0, -1):
        month = add_months(this_month, -ago)
        for measure in _MEASURES:
            counted = {}
            for area in AREAS:
                for team in area.teams:
                    counted[area.service, team] = _counted(random, measure, team, ago)
            yield from _rows(measure, f"{month:%Y-%m}", counted)


def _counted(random: Random, measure: _Measure, team: str, ago: int) -> tuple[int, int]:
    """(numerator, denominator): the usual share give or take a little, and the turns of the story."""
    whole = random.randint(38, 60)
    level = measure.level
    if measure is _VISITS and team == WORSE_TEAM and ago <= 2:
        level -= 22
    if measure is _PLANS and ago == 1:
        level += 8
    return min(whole, max(0, round(whole * random.gauss(level, 1.6) / 100))), whole


def _rows(
    measure: _Measure, period: str, counted: Mapping[tuple[str, str], tuple[int, int]]
) -> Iterator[Mapping[str, str]]:
    """The council's row, each service's and each team's; the parts add up to the whole."""
    services: dict[str, list[tuple[int, int]]] = {}
    for (service, _), found in counted.items():
        services.setdefault(service, []).append(found)
    yield _row(measure, period, list(counted.values()))
    for service, found_in in services.items():
        yield {**_row(measure, period, found_in), "Service": service}
    for (service, team), found in counted.items():
        yield {**_row(measure, period, [found]), "Service": service, "Team": team}


def _row(measure: _Measure, period: str, found: Sequence[tuple[int, int]]) -> dict[str, str]:
    numerator, denominator = (sum(one[place] for one in found) for place in (0, 1))
    return {
        "Indicator": measure.name,
        "Definition": measure.definition,
        "Good is": measure.good,
        "Target": measure.target,
        "Tolerance": measure.tolerance,
        "Theme": measure.theme,
        "Period": period,
        "Value": f"{numerator / denominator * 100:.1f}%",
        "Numerator": str(numerator),
        "Denominator": str(denominator),
    }


def _weekly(random: Random, lists: Lists, until_on: date) -> Iterator[Mapping[str, str]]:
    """Visits of each team week by week; of the newest week also by practitioner, and what is late by case."""
    monday = until_on - timedelta(days=until_on.weekday())
    for ago in range(WEEKS, 0, -1):
        period = f"{(monday - timedelta(weeks=ago)):%G-W%V}"
        for area in AREAS:
            for team in area.teams:
                found = _counted(random, _VISITS, team, 1 if ago <= 2 else 9)
                yield {**_row(_VISITS, period, [found]), "Service": area.service, "Team": team}
    last = f"{(monday - timedelta(weeks=1)):%G-W%V}"
    workers = {area.service: area.worker for area in AREAS}
    for one in lists.staff:
        if one.team and one.posts == workers[one.service]:
            usual = 9 if one.team != WORSE_TEAM else 7
            found = (min(10, usual + random.randint(-1, 1)), 10)
            row = _row(_VISITS, last, [found])
            yield {**row, "Service": one.service, "Team": one.team, "Practitioner": one.email}
    for case in lists.cases:
        if case["Team"] == WORSE_TEAM and random.random() < 0.12:
            late = str(random.randint(3, 19))
            yield {
                "Indicator": "Days since the last visit was due",
                "Definition": "Of children whose visit is late",
                "Good is": "lower",
                "Period": last,
                "Team": case["Team"],
                "Practitioner": case["Lead practitioner"],
                "Case reference": case["Reference"],
                "Value": late,
            }
