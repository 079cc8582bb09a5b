"""Three weeks before a round the PSW hears that a calibration case could go out, so that it is over by then.

An offer: nothing is sent unless they send it, and nobody reminds them twice of one round.
Source: PR-05, SG-04; section D of the framework's loop.
"""

from datetime import date, datetime, timedelta

from domain.cadence import Skipped
from domain.days import local_midnight, month_number
from domain.deadlines import is_round_month
from domain.people import Post
from storage.work import View, Work
from workflows.council import Council
from workflows.sampling import month_meant

LINE, WANTED = "ask_calibration", "calibration_wanted"
"""The line of the calendar that asks, and the kind of the notice; its subject is the round's month."""
LATELY = timedelta(days=42)
"""A case of so shortly before a round is the one before that round."""


def ask_for_case(work: Work, council: Council, *, on: date, now: datetime) -> None:
    """Tell whoever is PSW. Raises Skipped when no round is near, or a case went out for it already."""
    month = month_meant(council, LINE, on)
    if not is_round_month(month, council.framework.numbers.round_months):
        raise Skipped("no round begins that month")
    if is_sent(work, month):
        raise Skipped("a case has gone out for that round")
    if council.today(now) >= month:
        raise Skipped("the round's month had begun by then")
    told = work.people.holding(Post.PSW)
    if not told:
        raise Skipped("nobody is PSW")
    for person in told:
        work.notices.queue(kind=WANTED, subject_id=month_number(month), person_id=person.id, now=now)


def is_sent(view: View, month: date) -> bool:
    """Whether a case went out for the round of this month; one that is open always does."""
    since = local_midnight(month - LATELY)
    return bool(view.calibrations.open_ones()) or any(
        one.opened_at >= since for one in view.calibrations.closed_ones(1)
    )
