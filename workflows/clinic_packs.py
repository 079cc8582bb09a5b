"""What each service's Performance Clinic looks at, ready some working days before it (PF-02, PF-04).

With the pack every team manager is asked for something to celebrate; a line for each exception is asked for
as it comes up. Both stand in the pack as they come in.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.days import add_months, add_working_days, month_number, month_numbered
from domain.governance import CLINIC, seat_of
from domain.meetings import Meeting, slot_month
from domain.narratives import BOXES, NarrativeState, Report
from domain.numbers import ExceptionLine, Numbers, furthest_off_first
from domain.people import Person, Post
from domain.performance import ExceptionState
from domain.permissions import Verb, require
from storage.work import View, Work
from workflows.council import Council
from workflows.covering import acting_for
from workflows.explaining import exception_lines
from workflows.meeting_days import meeting_days, months_around
from workflows.narrating import ask_narrative
from workflows.performance import Level, Place, figures
from workflows.report_access import service_of

PACK = "clinic_pack"
"""The kind of notice; its subject is the service with the month, see `pack_subject`."""
AHEAD_WORKING_DAYS = 5
LOOK_BACK_MONTHS = 3
"""How far back the exceptions of a pack go."""


@dataclass(frozen=True, slots=True)
class ClinicPack:
    """A pack as the clinic's people see it."""

    service: str
    clinic_on: date
    numbers: Numbers
    exceptions: tuple[ExceptionLine, ...]
    said: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """(team manager, their boxes as (label, text)) of those who have written."""
    waiting: tuple[str, ...]
    """Those who have not."""


def clinic_day(view: View, council: Council, service_id: int, month: date) -> date | None:
    """The day of this service's clinic of this month, wherever it was moved. None where there is none."""
    line = council.framework.meeting(CLINIC)
    if line is None:
        return None
    return meeting_days(view, council, line, (service_id,), (month,)).get((service_id, month))


def prepare_clinics(work: Work, council: Council, *, now: datetime) -> int:
    """Make the packs of the clinics that come up known, once each; how many services that were."""
    coming = _coming(work, council, council.today(now))
    if not coming:
        return 0
    prepared = 0
    teams = work.people.teams()
    measured = work.indicators.of_scopes(
        [f"service:{service_id}" for service_id in coming]
        + [f"team:{team.id}" for team in teams.values() if team.service_id in coming],
        since=add_months(min(day for _, day in coming.values()).replace(day=1), -LOOK_BACK_MONTHS),
    )
    for service_id in sorted({v.measured.service_id for v in measured if v.measured.service_id is not None}):
        month, day = coming[service_id]
        prepared += _prepare(work, council, service_id, month, day, now=now)
    return prepared


def follow_moved(work: Work, council: Council, meeting: Meeting, *, now: datetime) -> None:
    """Let what is asked for with a clinic's pack be written until the clinic, wherever that was moved."""
    if meeting.body != CLINIC:
        return
    due_on = _due(council, meeting.planned_on, council.today(now))
    for one in work.narratives.of_report(Report.CLINIC, slot_month(meeting.slot)):
        if one.service_id == meeting.service_id and one.state is not NarrativeState.LOCKED:
            work.narratives.put_off(one, due_on)


def open_pack(
    view: View, council: Council, *, by: Person, service_id: int, month: date, now: datetime
) -> ClinicPack:
    """The pack of this service's clinic in this month, as it stands now. Raises NotAllowed."""
    require_pack(view, council, by=by, service_id=service_id, now=now)
    teams = view.people.teams()
    in_full = Post.SM in by.posts and service_of(by, teams) == service_id
    since = add_months(month, -LOOK_BACK_MONTHS)
    raised = [
        one
        for one in view.exceptions.between(since, council.today(now), service_ids=(service_id,))
        if one.state is not ExceptionState.CLOSED
    ]
    parts = [one for one in view.narratives.of_report(Report.CLINIC, month) if one.service_id == service_id]
    people = view.people.many(one.owner_id for one in parts if one.owner_id is not None)
    names = {one.id: people[one.owner_id].name if one.owner_id is not None else "" for one in parts}
    said = tuple(
        (
            names[one.id],
            tuple((box.label, one.texts[box.key]) for box in BOXES[Report.CLINIC] if one.texts.get(box.key)),
        )
        for one in parts
        if one.written_at is not None
    )
    place = Place(Level.SERVICE, service_id)
    return ClinicPack(
        service=view.people.services()[service_id].name,
        clinic_on=clinic_day(view, council, service_id, month) or month,
        numbers=figures(view, council, place=place, in_full=in_full, now=now),
        exceptions=furthest_off_first(exception_lines(view, council, raised, in_full=in_full)),
        said=said,
        waiting=tuple(names[one.id] for one in parts if one.written_at is None),
    )


def require_pack(view: View, council: Council, *, by: Person, service_id: int, now: datetime) -> None:
    """Raise NotAllowed for whoever has no seat in this service's clinic, also where there is none."""
    line = council.framework.meeting(CLINIC)
    # Managers are placed in a team, and through it in its service.
    placed = replace(by, service_id=service_of(by, view.people.teams()))
    known = line is not None and service_id in view.people.services()
    seat = seat_of(placed, line, service_id=service_id) if line is not None and known else None
    today = council.today(now)
    if seat is None:
        require(Verb.SEE_CLINIC, by, today=today)
    else:
        require(Verb.SEE_CLINIC, by, today=today, seat=seat)


def asks_in_pack(view: View, service_id: int, clinic_on: date) -> bool:
    """Whether this clinic has figures, so that its pack asks each team manager for a celebration (PF-04)."""
    teams = [team.id for team in view.people.teams().values() if team.service_id == service_id]
    scopes = [f"service:{service_id}", *(f"team:{team_id}" for team_id in teams)]
    since = add_months(clinic_on.replace(day=1), -LOOK_BACK_MONTHS)
    return any(True for _ in view.indicators.of_scopes(scopes, since=since))


def pack_subject(service_id: int, month: date) -> int:
    """One number for a service and a month."""
    return service_id * 1_000_000 + month_number(month)


def pack_of_subject(subject_id: int) -> tuple[int, date] | None:
    """The service and month of such a number; None for a number that is none."""
    service_id, month = divmod(subject_id, 1_000_000)
    return (service_id, first) if (first := month_numbered(month)) is not None else None


def _coming(view: View, council: Council, today: date) -> dict[int, tuple[date, date]]:
    """Service to its next clinic, as (month it belongs to, day), of those that are near enough."""
    line = council.framework.meeting(CLINIC)
    if line is None:
        return {}
    days = meeting_days(view, council, line, view.people.services(), months_around(today))
    found: dict[int, tuple[date, date]] = {}
    for (service_id, month), day in sorted(days.items(), key=lambda one: one[1]):
        begins = add_working_days(day, -AHEAD_WORKING_DAYS, council.bank_holidays)
        if service_id is not None and begins <= today <= day:
            found.setdefault(service_id, (month, day))
    return found


def _due(council: Council, clinic_on: date, today: date) -> date:
    """Until when words for a clinic are wanted: the working day before it, and never before today."""
    return max(add_working_days(clinic_on, -1, council.bank_holidays), today)


def _prepare(
    work: Work, council: Council, service_id: int, month: date, clinic_on: date, *, now: datetime
) -> bool:
    people = work.people.holding(Post.SM, Post.TM, Post.ATM)
    teams = work.people.teams()
    here = [person for person in people if service_of(person, teams) == service_id]
    for manager in (person for person in here if Post.TM in person.posts and person.team_id is not None):
        ask_narrative(
            work,
            report=Report.CLINIC,
            period_on=month,
            owner=manager,
            service_id=service_id,
            part=f"team-{manager.team_id}",
            due_on=_due(council, clinic_on, council.today(now)),
        )
    subject_id = pack_subject(service_id, month)
    # Whoever covers somebody of the clinic hears as well, where the pack is theirs to open.
    hearing = acting_for(work, council, tuple(here), council.today(now))
    told = [
        work.notices.queue(kind=PACK, subject_id=subject_id, person_id=person_id, now=now)
        for person_id in sorted(hearing)
    ]
    return any(told)
