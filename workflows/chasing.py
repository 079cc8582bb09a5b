"""Asks again for what an owner owes, and tells whoever manages them when that does not help.

Both hear of it in the card of their day.

Source: PF-09, PF-12.
"""

from collections.abc import Iterable
from datetime import date, datetime

from domain.chasing import chase_day
from domain.days import add_working_days
from domain.people import Person
from storage.work import Work
from workflows.council import Council
from workflows.covering import acting_for, owners_managers
from workflows.reminding import remind


def chase(
    work: Work,
    council: Council,
    owner: Person,
    due_on: date,
    *,
    kind: str,
    escalated: str,
    subject_id: int,
    now: datetime,
    also_tell: Iterable[int] = (),
) -> bool:
    """Remind of what falls due by today under these kinds, each once; whether anybody was told just now.

    `escalated` goes to whoever manages the owner and to `also_tell`. Whoever covers an owner or a manager on
    leave hears as well.
    """
    today, numbers = council.today(now), council.framework.numbers
    on = chase_day(due_on, today, every=numbers.chase_working_days, bank_holidays=council.bank_holidays)
    if on is None:
        return False
    told = [(kind, person_id) for person_id in acting_for(work, council, (owner,), today)]
    if on >= add_working_days(due_on, numbers.chase_manager_working_days, council.bank_holidays):
        managing = acting_for(work, council, owners_managers(work, owner), today)
        # Who covers their own manager needs no telling that they are late.
        told += [(escalated, person_id) for person_id in (managing | set(also_tell)) - {owner.id}]
    people = work.people.many(person_id for _, person_id in told)
    reminded = [
        remind(work, council, people[person_id], kind=which, subject_id=subject_id, about_on=on, now=now)
        for which, person_id in sorted(told)
    ]
    return any(reminded)
