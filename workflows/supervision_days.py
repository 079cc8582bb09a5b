"""Supervisions of which nobody knows the day: managers are asked for it, and one press sets several.

Without a day no card can come before the supervision, whether learning is open with somebody or their actions
alone. Source: CA-19, CA-23, RO-02, SU-08; workflow 1B step 15.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from domain.errors import NotAllowed
from domain.people import Person
from domain.supervision import WithoutDay, field_of
from storage.supervisions import SupervisionRow
from storage.work import View, Work
from workflows.audit_access import supervisors_of
from workflows.council import Council
from workflows.covering import stand_in
from workflows.reminding import is_reminded, remind
from workflows.sharing import TextWanted
from workflows.supervisees import people_to_supervise
from workflows.supervising import (
    open_learning,
    plan_supervision,
    require_day,
    require_supervisor,
    supervisors,
)

ASKS = "supervision_days"
"""The kind of the reminder; its subject is the manager."""


def without_day(view: View, council: Council, *, by: Person, now: datetime) -> tuple[WithoutDay, ...]:
    """Whom this person supervises with learning or actions open and no supervision to come.

    A day that passed without anything being recorded is no day any more. Whoever left has no supervision.
    """
    today = council.today(now)
    return tuple(
        WithoutDay(
            practitioner_id=one.practitioner.id,
            name=one.practitioner.name,
            audits=one.audits,
            actions=one.actions,
            passed_on=one.planned.planned_on if one.planned else None,
        )
        for one in people_to_supervise(view, council, by=by, now=now)
        if one.practitioner.left_on is None and _is_over(one.planned, today)
    )


def ask_for_days(work: Work, council: Council, *, now: datetime) -> int:
    """Ask each manager, once a week, for the days they have not set; returns how many are asked."""
    today = council.today(now)
    monday = today - timedelta(days=today.weekday())
    return sum(
        remind(work, council, person, kind=ASKS, subject_id=person.id, about_on=monday, now=now)
        for person in _managers(work, council, today)
        if not is_reminded(work, person, kind=ASKS, subject_id=person.id, about_on=monday)
        and without_day(work, council, by=person, now=now)
    )


def set_days(
    work: Work, council: Council, *, by: Person, days: Mapping[int, date | None], now: datetime
) -> int:
    """Set the next supervision of each practitioner in `days`; all or none. Returns how many.

    Raises NotAllowed for somebody who is not theirs to supervise, TextWanted for a day that is none (None).
    """
    for practitioner_id in days:
        require_supervisor(work, council, by=by, practitioner_id=practitioner_id, now=now)
    if not days:
        if not people_to_supervise(work, council, by=by, now=now):
            raise NotAllowed("I cannot find that for you. Type “supervision” to see whose learning waits.")
        raise TextWanted("", "Please give at least one day.")
    for practitioner_id, on in days.items():
        require_day(on, council.today(now), field_of(practitioner_id))
    for practitioner_id, on in days.items():
        plan_supervision(work, council, by=by, practitioner_id=practitioner_id, on=on, now=now)
    return len(days)


def _is_over(planned: SupervisionRow | None, today: date) -> bool:
    """Whether no supervision is to come: a day that passed is no day any more."""
    return planned is None or planned.planned_on < today


def _managers(view: View, council: Council, today: date) -> tuple[Person, ...]:
    """Whoever supervises somebody with learning or actions open and no day, or stands in for them today."""

    def waits(practitioner_id: int) -> bool:
        return _is_over(view.supervisions.planned(practitioner_id), today)

    found: dict[int, Person] = {}
    for one, audit in open_learning(view):
        if waits(one.practitioner_id):
            found |= {person.id: person for person in supervisors_of(view, audit)}
    for owner in view.people.many(action.owner_id for action in view.actions.unconfirmed()).values():
        if waits(owner.id):
            found |= {person.id: person for person in supervisors(view, owner)}
    acting = [stand_in(view, council, person, today) or person for person in found.values()]
    return tuple({person.id: person for person in acting}.values())
