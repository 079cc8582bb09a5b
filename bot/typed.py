"""What numbers and days may be typed at the command line: beyond these it is a slip, told before anything
is worked out."""

from datetime import date

from domain.errors import RuleBroken

LARGEST_ID = 2**31 - 1
"""The largest number that a row of ours can have."""
LARGEST_SEED = 10**9
"""Planning anew counts on from a seed, so there has to be room above it."""
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def require_our_time(day: date) -> date:
    """This day. Raises RuleBroken for a year that nobody can mean, such as 0226 for 2026."""
    if not _FIRST_YEAR <= day.year < _LAST_YEAR:
        raise RuleBroken(f"Please look at the year: {day.year:04d} cannot be meant.")
    return day
