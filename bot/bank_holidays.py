"""England's bank holidays, for the rules that count working days."""

from datetime import date
from functools import cache

YEARS_BACK = 5
YEARS_AHEAD = 15
"""Longer than any process runs. Days the government adds later stand in the framework file."""


def england(around: date) -> frozenset[date]:
    """The bank holidays of England from five years before this day's year to fifteen years after it."""
    return _of_years(around.year - YEARS_BACK, around.year + YEARS_AHEAD)


@cache
def _of_years(first: int, last: int) -> frozenset[date]:
    from holidays import country_holidays

    return frozenset(country_holidays("GB", subdiv="ENG", years=range(first, last + 1)))
