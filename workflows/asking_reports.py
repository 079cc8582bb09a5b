"""Qualitative reports that a group triggers: what, why, who answers, by when, and what it found (PF-12)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.days import add_working_days
from domain.errors import NotAllowed, RuleBroken
from domain.governance import CLINIC, MeetingLine, Seat, seat_of
from domain.pages import LINE_LIMIT
from domain.people import Person
from domain.performance import ChangedMeanwhile, ReportRequest, RequestState
from domain.permissions import Standing, Verb, require
from storage.work import View, Work
from workflows.chasing import chase
from workflows.council import Council
from workflows.covering import acting_for, answering_for
from workflows.learning_texts import Reading, owners
from workflows.reminding import remind
from workflows.report_access import service_of

ASKED, CHASED, ANSWERED = "report_asked", "report_chased", "report_answered"
DROPPED, ESCALATED = "report_dropped", "report_escalated"
"""The kinds of notice, "chased" and "escalated" reminders; their subject is the request."""
TEXT_LIMIT = 1500
SHOWN_SINCE = timedelta(days=120)
"""How long an answered request stays on the list."""


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request as its reader sees it."""

    request: ReportRequest
    body: str
    asked_by: str
    owner: str
    is_mine: bool
    """Whether the reader is to answer it."""
    may_drop: bool
    """Whether the reader asked for it and may say that it is no longer needed."""


def seats(view: View, council: Council, by: Person) -> Mapping[str, MeetingLine]:
    """The groups this person sits on, by key."""
    return {line.key: line for line in council.framework.meetings if _seat(view, by, line).sits}


def choices(
    view: View, council: Council, *, by: Person, now: datetime
) -> tuple[Mapping[str, str], Mapping[int, str]]:
    """(group's key to its name, person to name) for the form. Raises NotAllowed for who sits on none."""
    found = seats(view, council, by)
    seat = Seat(sits=bool(found), chairs=False)
    require(Verb.ASK_REPORT, by, today=council.today(now), seat=seat)
    return {key: line.body for key, line in found.items()}, owners(view)


def ask_report(work: Work, council: Council, *, by: Person, typed: Mapping[str, str], now: datetime) -> int:
    """Ask somebody for a report; returns the request. Raises NotAllowed, and TextsWanted for the form."""
    bodies, people = choices(work, council, by=by, now=now)
    today = council.today(now)
    reading = Reading(typed, council.framework)
    body = reading.choice("body", bodies, wanted="Please choose for which group.")
    what = reading.text("what", wanted="Please say what the report should look at.", limit=LINE_LIMIT)
    why = reading.text("why", wanted="Please say why the group needs it.", limit=TEXT_LIMIT)
    owner_id = reading.owner("owner", people, wanted="Please choose who should answer.")
    due_on = reading.day("due_on", today=today, wanted="Please give a day.")
    reading.done()
    assert owner_id is not None
    assert due_on is not None
    request_id = work.report_requests.add(
        body=body, what=what, why=why, by=by.id, owner_id=owner_id, due_on=due_on, now=now
    )
    request = work.report_requests.get(request_id)
    assert request is not None
    _tell_owner(work, council, ASKED, request, work.people.get(owner_id), now)
    work.trail.add(
        now=now,
        actor=by.id,
        verb="asked for a report",
        subject=f"report request {request_id}",
        fields={"body": body, "what": what, "owner": owner_id},
    )
    return request_id


def answer_report(
    work: Work,
    council: Council,
    *,
    by: Person,
    request_id: int,
    version: int,
    typed: Mapping[str, str],
    now: datetime,
) -> ReportRequest:
    """Keep what was found, and tell whoever asked. Raises NotAllowed, TextsWanted, RuleBroken."""
    request = require_request(work, council, by=by, request_id=request_id, now=now)
    if request.state is not RequestState.OPEN:
        raise RuleBroken("This has been answered already.")
    reading = Reading(typed, council.framework)
    answer = reading.text("answer", wanted="Please say what you found.", limit=TEXT_LIMIT)
    where = reading.text("kept_where", limit=LINE_LIMIT)
    reading.done()
    values = {
        "state": RequestState.ANSWERED.value,
        "answer": answer,
        "kept_where": where,
        "answered_at": now,
    }
    if request.version != version or not work.report_requests.change(request, values):
        raise ChangedMeanwhile
    work.notices.queue(kind=ANSWERED, subject_id=request.id, person_id=request.asked_by, now=now)
    work.trail.add(
        now=now,
        actor=by.id,
        verb="answered a report request",
        subject=f"report request {request.id}",
        fields={"answer": answer, "kept_where": where},
    )
    return request


def drop_report(
    work: Work, council: Council, *, by: Person, request_id: int, version: int, now: datetime
) -> None:
    """Whoever asked no longer needs it, and its owner is told. Raises NotAllowed, RuleBroken."""
    request = work.report_requests.get(request_id)
    own = request is not None and request.asked_by == by.id and request.body in seats(work, council, by)
    require(Verb.ASK_REPORT, by, today=council.today(now), seat=Seat(sits=own, chairs=False))
    if request is None or request.state is not RequestState.OPEN:
        raise RuleBroken("This has been answered, or is no longer needed already.")
    values = {"state": RequestState.DROPPED.value}
    if request.version != version or not work.report_requests.change(request, values):
        raise ChangedMeanwhile
    work.notices.queue(kind=DROPPED, subject_id=request.id, person_id=request.owner_id, now=now)
    work.trail.add(
        now=now, actor=by.id, verb="dropped a report request", subject=f"report request {request.id}"
    )


def requests_for(view: View, council: Council, *, by: Person, now: datetime) -> tuple[RequestLine, ...]:
    """What this person, or somebody they cover, is to answer, and what their groups have asked for.

    Raises NotAllowed for neither.
    """
    bodies = seats(view, council, by)
    waiting = {one.owner_id for one in view.report_requests.open()}
    theirs = answering_for(view, council, by, waiting, council.today(now)) | {by.id}
    found = view.report_requests.of(owner_ids=theirs, bodies=bodies, since=now - SHOWN_SINCE)
    if not bodies and not found:
        raise NotAllowed("Reports are asked for by groups, and you sit on none of them.")
    return tuple(_line(view, council, one, by, now) for one in found)


def request_line(view: View, council: Council, *, by: Person, request_id: int, now: datetime) -> RequestLine:
    """One request, for whoever is to answer it and for the group's people. Raises NotAllowed."""
    found = view.report_requests.get(request_id)
    if found is not None and (found.body in seats(view, council, by) or _acts(view, council, by, found, now)):
        return _line(view, council, found, by, now)
    raise NotAllowed("That is not yours to open. If you think it should be, please ask the QA office.")


def require_request(
    view: View, council: Council, *, by: Person, request_id: int, now: datetime
) -> ReportRequest:
    """The request, for whoever is to answer it. Raises NotAllowed."""
    found = view.report_requests.get(request_id)
    acts = found is not None and _acts(view, council, by, found, now)
    standing = Standing(None, 0, 0, owner_id=by.id if acts else None)
    require(Verb.ANSWER_REPORT, by, today=council.today(now), standing=standing)
    if found is None:
        raise NotAllowed(
            "That report is somebody else's to answer. Type “ask for a report” to see who answers it."
        )
    return found


def chase_requests(work: Work, council: Council, *, now: datetime) -> int:
    """Remind of what is due on the next working day, and ask again for what is late; how many that were.

    Whoever covers an owner on leave hears as well; a week after its day so do whoever manages the owner and
    whoever asked.
    """
    today = council.today(now)
    tomorrow = add_working_days(today, 1, council.bank_holidays)
    waiting = work.report_requests.open()
    owners_of = work.people.many(one.owner_id for one in waiting)
    seen_to = 0
    for one in waiting:
        owner = owners_of[one.owner_id]
        if today <= one.due_on <= tomorrow:
            seen_to += _remind_owner(work, council, one, owner, now)
        seen_to += chase(
            work,
            council,
            owner,
            one.due_on,
            kind=CHASED,
            escalated=ESCALATED,
            subject_id=one.id,
            also_tell=(one.asked_by,),
            now=now,
        )
    return seen_to


def _tell_owner(
    work: Work, council: Council, kind: str, request: ReportRequest, owner: Person, now: datetime
) -> bool:
    """Tell whoever is to answer it, and who covers them while they are away."""
    told = [
        work.notices.queue(kind=kind, subject_id=request.id, person_id=person_id, now=now)
        for person_id in sorted(acting_for(work, council, (owner,), council.today(now)))
    ]
    return any(told)


def _remind_owner(work: Work, council: Council, request: ReportRequest, owner: Person, now: datetime) -> bool:
    """Remind them in their day, and who covers them; whether anybody was told just now."""
    about_on = request.due_on
    acting = work.people.many(acting_for(work, council, (owner,), council.today(now)))
    told = [
        remind(work, council, person, kind=CHASED, subject_id=request.id, about_on=about_on, now=now)
        for person in acting.values()
    ]
    return any(told)


def _line(view: View, council: Council, one: ReportRequest, by: Person, now: datetime) -> RequestLine:
    people = view.people.many((one.asked_by, one.owner_id))
    line = council.framework.meeting(one.body)
    is_mine = one.state is RequestState.OPEN and _acts(view, council, by, one, now)
    body = line.body if line else one.body
    may_drop = one.state is RequestState.OPEN and one.asked_by == by.id
    names = people[one.asked_by].name, people[one.owner_id].name
    return RequestLine(one, body, *names, is_mine=is_mine, may_drop=may_drop)


def _seat(view: View, by: Person, line: MeetingLine) -> Seat:
    """Where the person sits; a clinic is that of their own service."""
    if line.key != CLINIC and not line.of_each_service:
        return seat_of(by, line)
    service_id = service_of(by, view.people.teams())
    if service_id is None:
        return Seat(sits=False, chairs=False)
    return seat_of(replace(by, service_id=service_id), line, service_id=service_id)


def _acts(view: View, council: Council, by: Person, request: ReportRequest, now: datetime) -> bool:
    owner = tuple(view.people.many((request.owner_id,)).values())
    return by.id == request.owner_id or by.id in acting_for(view, council, owner, council.today(now))
