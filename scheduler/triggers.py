"""APScheduler's view of the calendar: it fires when a line falls due, by the same function that says what.

Source: decision 5 of the design.
"""

from datetime import datetime

from apscheduler.triggers.base import BaseTrigger

from domain.cadence import next_after
from workflows.council import Council


class CadenceTrigger(BaseTrigger):  # type: ignore[misc]
    """Fires at each moment at which something falls due."""

    def __init__(self, council: Council) -> None:
        self._council = council

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """The moment after the last firing, however long ago that was; before any, after now."""
        following = next_after(
            self._council.framework.cadence,
            previous_fire_time or now,
            round_months=self._council.framework.numbers.round_months,
            bank_holidays=self._council.bank_holidays,
        )
        return following.at if following else None
