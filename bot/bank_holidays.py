"""England's bank holidays, for the rules that count working days."""

from datetime import date

YEARS_BACK = 2
YEARS_AHEAD = 3


def england(around: date) -> frozenset[date]:
    """The bank holidays of England from two years before this day's year to three years after it."""
    from holidays import country_holidays

    years = range(around.year - YEARS_BACK, around.year + YEARS_AHEAD + 1)
    return frozenset(country_holidays("GB", subdiv="ENG", years=years))
