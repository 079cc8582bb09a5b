"""Putting a thing off to a later day, never past the day it is due. Source: CA-06."""

from collections.abc import Collection
from datetime import date, datetime

from domain.days import uk_date
from domain.errors import RuleBroken
from domain.nudges import day_at_work
from domain.people import Person
from storage.work import Work
from workflows.council import Council
from workflows.day import day_of
from workflows.sharing import TextWanted

WHAT, UNTIL = "put_off_what", "put_off_until"
"""The inputs that mistakes belong to."""


def put_off(
    work: Work,
    council: Council,
    *,
    by: Person,
    chosen: Collection[tuple[str, int]],
    until_on: date | None,
    now: datetime,
) -> tuple[int, date]:
    """How many things are put off, and the day the first of them comes back.

    `chosen` holds (what it is about, subject id). Something that is done meanwhile needs no putting off and
    is passed over. Raises TextWanted for the input that cannot be used.
    """
    today = council.today(now)
    found = day_of(work, council, by=by, day=today, now=now)
    wanted = set(chosen)
    items = [item for item in found.may_wait(today) if (item.about, item.subject_id) in wanted]
    if not chosen:
        raise TextWanted(WHAT, "Please choose at least one thing.")
    if not items:
        raise RuleBroken("None of that can be put off: it is done meanwhile, or it is due.")
    if until_on is None:
        raise TextWanted(UNTIL, "Please choose a day.")
    if until_on <= today:
        raise TextWanted(UNTIL, "Please choose a day after today.")
    days = []
    for item in items:
        back_on = day_at_work(until_on, item.due_on, by, council.bank_holidays)
        if back_on is None:
            raise TextWanted(UNTIL, f"Please choose a day up to {uk_date(item.due_on)}, when it is due.")
        if back_on <= today:
            raise TextWanted(UNTIL, "No working day of yours is left between today and the day it is due.")
        work.snoozes.put_off(by.id, item.about, item.subject_id, back_on, now)
        days.append(back_on)
    return len(days), min(days)
