"""Words beside the figures: asked of managers once the figures are there, reminded of, locked, sent out.

Source: PF-05, PF-07, PF-10, PF-13.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from domain.days import add_months, add_working_days, month_end, month_number, month_numbered
from domain.errors import NotAllowed, RuleBroken
from domain.governance import CDLT, SMT, ActivityKind, ActivityLine, quarter_start, seat_of
from domain.indicators import COUNCIL, Every
from domain.narratives import BOXES, Narrative, NarrativeState, Report
from domain.people import Person, Post
from domain.performance import ChangedMeanwhile
from domain.permissions import Standing, Verb, require
from storage.work import View, Work
from workflows.council import Council
from workflows.covering import acting_for, answering_for
from workflows.lead_summary import send_summary
from workflows.learning_texts import Reading
from workflows.reminding import remind
from workflows.report_access import service_of
from workflows.report_locking import keep_locked, parts_of

ASKED, REMINDED, READY = "narrative_asked", "narrative_reminded", "performance_report_ready"
"""The kinds of notice, the second a reminder. The subject of these two is the narrative, of the last the
month and report."""
BOX_LIMIT = 1500
"""Characters of one box; a report of seven services is read in one sitting."""
_SELF_CHECK_WORKING_DAYS = 15

_LOCKED = "This has been locked and has gone out with its report, so it stays as it is."


def ask_due(work: Work, council: Council, *, now: datetime) -> int:
    """Ask for each report whose figures have come; how many narratives that made."""
    today = council.today(now)
    month = add_months(today.replace(day=1), -1)
    quarter = quarter_start(add_months(quarter_start(today), -1))
    asked = 0
    if _has_figures(work, month):
        asked += _ask_services(work, council, Report.WHOLE_SERVICE, month, now=now)
    # A quarter is over once the figures of its last month are there.
    if _has_figures(work, add_months(quarter, 2)):
        asked += _ask_services(work, council, Report.QUARTERLY, quarter, now=now)
        asked += _ask(work, council, Report.PSW_ANALYSIS, quarter, work.people.holding(Post.PSW), now=now)
    if any(today.month in line.months for line in _reviews(council)):
        year = date(today.year, 1, 1)
        asked += _ask(work, council, Report.SELF_CHECK, year, work.people.holding(Post.AD_QA), now=now)
    return asked


def remind_and_lock(work: Work, council: Council, *, now: datetime) -> int:
    """Remind of what is due on the next working day, lock what should have been written; how many of both."""
    today = council.today(now)
    tomorrow = add_working_days(today, 1, council.bank_holidays)
    seen_to = 0
    locked: set[tuple[Report, date]] = set()
    for one in work.narratives.unlocked():
        if one.due_on < today:
            work.narratives.lock(one, now)
            locked.add((one.report, one.period_on))
            seen_to += 1
        elif one.state is NarrativeState.ASKED and one.due_on <= tomorrow:
            seen_to += _remind(work, council, one, now)
    for report, period_on in sorted(locked):
        _send_out(work, council, report, period_on, now=now)
    return seen_to


def lock_all(
    work: Work, council: Council, *, by: Person, report: Report, period_on: date, now: datetime
) -> int:
    """The office locks a report before its day; how many narratives that were. Raises NotAllowed."""
    require(Verb.LOCK_NARRATIVES, by, today=council.today(now))
    waiting = [one for one in parts_of(work, report, period_on) if one.state is not NarrativeState.LOCKED]
    if not waiting:
        raise RuleBroken("All of it is locked already, so nothing is left to do here.")
    for one in waiting:
        work.narratives.lock(one, now)
    work.trail.add(
        now=now, actor=by.id, verb="locked a report", subject=f"{report.value} {period_on.isoformat()}"
    )
    _send_out(work, council, report, period_on, now=now)
    return len(waiting)


def mine_to_write(view: View, council: Council, *, by: Person, now: datetime) -> tuple[Narrative, ...]:
    """What this person, or somebody they cover, was asked to write and can still change."""
    waiting = view.narratives.unlocked()
    owners = {one.owner_id for one in waiting if one.owner_id is not None}
    theirs = answering_for(view, council, by, owners, council.today(now))
    return tuple(one for one in waiting if one.owner_id in theirs)


def require_narrative(
    view: View, council: Council, *, by: Person, narrative_id: int, now: datetime
) -> Narrative:
    """The narrative, for whoever was asked to write it. Raises NotAllowed."""
    found = view.narratives.get(narrative_id)
    acts = found is not None and _acts(view, council, by, found, now)
    standing = Standing(None, 0, 0, owner_id=by.id if acts else None)
    require(Verb.NARRATE, by, today=council.today(now), standing=standing)
    if found is None:
        raise NotAllowed("That is somebody else's to write. Type “performance” to see what is yours.")
    return found


def write_narrative(
    work: Work,
    council: Council,
    *,
    by: Person,
    narrative_id: int,
    version: int,
    typed: Mapping[str, str],
    now: datetime,
) -> Narrative:
    """Keep what was typed in each box. Raises NotAllowed, TextsWanted, and RuleBroken once it is locked."""
    narrative = require_narrative(work, council, by=by, narrative_id=narrative_id, now=now)
    if narrative.state is NarrativeState.LOCKED:
        raise RuleBroken(_LOCKED)
    reading = Reading(typed, council.framework)
    texts = {
        box.key: reading.text(
            box.key, wanted="Please say this in a few sentences." if box.required else "", limit=BOX_LIMIT
        )
        for box in BOXES[narrative.report]
    }
    reading.done()
    if narrative.version != version or not work.narratives.write(narrative, texts=texts, by=by.id, now=now):
        raise ChangedMeanwhile
    work.trail.add(
        now=now,
        actor=by.id,
        verb="wrote a narrative",
        subject=f"narrative {narrative.id}",
        fields=texts,
    )
    return narrative


def readers(view: View, council: Council, report: Report) -> tuple[Person, ...]:
    """Whom a report goes to: SMT and CDLT, which the ADs and the director sit on (PF-05, PF-09, PF-10)."""
    if report is Report.SELF_CHECK:
        return view.people.holding(Post.AD_QA, Post.SM_QA)
    lines = [line for key in (SMT, CDLT) if (line := council.framework.meeting(key)) is not None]
    return tuple(
        person for person in view.people.everyone() if any(seat_of(person, line).sits for line in lines)
    )


def report_subject(report: Report, period_on: date) -> int:
    """One number for a report and its month: the place of the report, then the month."""
    return (list(Report).index(report) + 1) * 1_000_000 + month_number(period_on)


def report_of_subject(subject_id: int) -> tuple[Report, date]:
    """The report and month of such a number. Raises RuleBroken for any other."""
    place, month = divmod(subject_id, 1_000_000)
    period_on = month_numbered(month)
    if not 1 <= place <= len(Report) or period_on is None:
        raise RuleBroken("There is no such report. Type “performance” to see those there are.")
    return list(Report)[place - 1], period_on


def _ask_services(work: Work, council: Council, report: Report, period_on: date, *, now: datetime) -> int:
    """Ask the managers of every service; where one has several, the first of them writes."""
    teams = work.people.teams()
    first: dict[int, Person] = {}
    for manager in work.people.holding(Post.SM):
        service_id = service_of(manager, teams)
        if service_id is not None:
            first.setdefault(service_id, manager)
    if work.locked_reports.of(report, period_on) is not None:
        # Whoever came after it was locked has no part in it any more.
        return 0
    return sum(
        _ask_one(work, council, report, period_on, manager, service_id=service_id, now=now)
        for service_id, manager in sorted(first.items())
    )


def _ask(
    work: Work, council: Council, report: Report, period_on: date, people: Iterable[Person], *, now: datetime
) -> int:
    first = next(iter(people), None)
    if work.locked_reports.of(_stands_in(report), period_on) is not None:
        return 0
    return _ask_one(work, council, report, period_on, first, service_id=None, now=now) if first else 0


def _ask_one(
    work: Work,
    council: Council,
    report: Report,
    period_on: date,
    owner: Person,
    *,
    service_id: int | None,
    now: datetime,
) -> int:
    days = council.framework.numbers.narrative_working_days
    if report is Report.SELF_CHECK:
        days = _SELF_CHECK_WORKING_DAYS
    made = ask_narrative(
        work,
        report=report,
        period_on=period_on,
        owner=owner,
        service_id=service_id,
        part=str(service_id or ""),
        due_on=add_working_days(council.today(now), days, council.bank_holidays),
    )
    if made is None:
        return 0
    _tell(work, council, ASKED, made, now)
    return 1


def ask_narrative(
    work: Work,
    *,
    report: Report,
    period_on: date,
    owner: Person,
    service_id: int | None,
    part: str,
    due_on: date,
) -> Narrative | None:
    """Ask one person once; None when that was done before. Whoever calls tells them."""
    slot = ":".join(one for one in (report.value, period_on.isoformat(), part) if one)
    return work.narratives.ask(
        report=report,
        period_on=period_on,
        slot=slot,
        service_id=service_id,
        owner_id=owner.id,
        due_on=due_on,
    )


def _tell(work: Work, council: Council, kind: str, narrative: Narrative, now: datetime) -> bool:
    """Tell whoever is to write, and who covers them while they are on leave."""
    told = [
        work.notices.queue(kind=kind, subject_id=narrative.id, person_id=person_id, now=now)
        for person_id in _writing(work, council, narrative, now)
    ]
    return any(told)


def _remind(work: Work, council: Council, narrative: Narrative, now: datetime) -> bool:
    """Remind them in their day; whether anybody was told just now."""
    about_on = narrative.due_on
    told = [
        remind(work, council, person, kind=REMINDED, subject_id=narrative.id, about_on=about_on, now=now)
        for person in work.people.many(_writing(work, council, narrative, now)).values()
    ]
    return any(told)


def _writing(view: View, council: Council, narrative: Narrative, now: datetime) -> list[int]:
    """Whoever is to write it, and who covers them while they are on leave."""
    if narrative.owner_id is None:
        return []
    owners = tuple(view.people.many((narrative.owner_id,)).values())
    return sorted(acting_for(view, council, owners, council.today(now)))


def _send_out(work: Work, council: Council, report: Report, period_on: date, *, now: datetime) -> None:
    """Once all of a report is locked, keep it as it stands and tell its readers.

    A clinic's words stand in its pack, the analysis of practice in the quarterly report (PF-10).
    """
    report = _stands_in(report)
    if report is Report.CLINIC or not keep_locked(work, council, report, period_on, now=now):
        return
    subject_id = report_subject(report, period_on)
    for person in readers(work, council, report):
        work.notices.queue(kind=READY, subject_id=subject_id, person_id=person.id, now=now)
    if report is Report.QUARTERLY:
        send_summary(work, period_on, now=now)


def _stands_in(report: Report) -> Report:
    return Report.QUARTERLY if report is Report.PSW_ANALYSIS else report


def _has_figures(view: View, month: date) -> bool:
    """Whether anything was measured of the council or a service in this month."""
    scopes = (COUNCIL, *(f"service:{service_id}" for service_id in view.people.services()))
    found = view.indicators.of_scopes(scopes, since=month, until=month_end(month))
    return any(value.every is not Every.WEEK for value in found)


def _reviews(council: Council) -> list[ActivityLine]:
    return [line for line in council.framework.plan if line.kind is ActivityKind.REVIEW]


def _acts(view: View, council: Council, by: Person, narrative: Narrative, now: datetime) -> bool:
    if narrative.owner_id is None or by.id == narrative.owner_id:
        return by.id == narrative.owner_id
    owners = tuple(view.people.many((narrative.owner_id,)).values())
    return by.id in acting_for(view, council, owners, council.today(now))
