"""A process that does nothing but seek the lead and keep one occurrence for each beat of its leading.

Run as `python contender.py URL HOLDER SECONDS`; it goes on until it is killed.
"""

import sys
import time
from datetime import UTC, date, datetime, timedelta
from itertools import count

from domain.cadence import Occurrence
from scheduler.leading import Leading, LeadLost
from storage.database import Database
from tests.databases import TRAIL_KEY
from workflows.council import Council

DAY_ONE = date(2026, 1, 1)


def contend(council: Council, holder: str, lasts: timedelta) -> None:
    leading = Leading(council, holder, lasts, lambda: datetime.now(UTC))
    for number in count():
        if leading.seek():
            _keep(council, leading, Occurrence(holder, DAY_ONE + timedelta(days=number), datetime.now(UTC)))
        time.sleep(lasts.total_seconds() / 4)


def _keep(council: Council, leading: Leading, one: Occurrence) -> None:
    try:
        with council.write() as work:
            epoch = leading.check(work)
            work.calendar.keep(one, now=one.at, late=False, epoch=epoch)
    except LeadLost:
        pass


if __name__ == "__main__":
    url, name, seconds = sys.argv[1:]
    database = Database(url, trail_key=TRAIL_KEY, pool_size=1)
    # Seeking the lead asks nothing else of a council.
    contend(Council(database, None, None, frozenset()), name, timedelta(seconds=float(seconds)))  # type: ignore[arg-type]
