"""The working day's nudges: who is reminded of what, in one card for each person and day.

Rows say which line fell due for whom; the card itself is drawn when it is sent, from what is still to do
then. Source: CA-06, CA-15, CA-17, CA-18, CA-22, CA-23, PR-01, Q2.
"""

from datetime import date, datetime

from domain.nudges import (
    About,
    CountedFrom,
    Falling,
    falling,
    is_on_leave,
    last_working_day,
    snooze_ends,
    works_on,
)
from storage.nudges import NudgeRow
from storage.work import Work
from workflows.asked import Asked, everything_asked, weeks_readers
from workflows.council import Council
from workflows.covering import stand_in
from workflows.day_cards import card_day, queue_day_card
from workflows.telling import tell_qa_office
from workflows.todo import LOOK_BACK

TEAM_WEEK = "team_week"
"""The line under which a team manager's week is kept."""

ALLOCATED = "audit_allocated"
"""The kind of the notice that brings an audit."""

SAID_BEFORE = "the card that brought the audit said it"


def nudge_everyone(work: Work, council: Council, *, now: datetime) -> int:
    """Keep what falls due today and queue each person's day card; returns for how many people."""
    today, holidays = council.today(now), council.bank_holidays
    told = set(_back_from_snooze(work, council, now))
    every = tuple(a for a in everything_asked(work, council, now) if works_on(a.person, today, holidays))
    due_from = min((asked.thing.due_on for asked in every), default=today)
    known = work.nudges.known({asked.person.id for asked in every}, due_from=due_from)
    put_off = work.snoozes.everyones()
    days: dict[int, date] = {}
    for asked in every:
        thing, person = asked.thing, asked.person
        seen = known.get((thing.about.value, thing.subject_id, thing.due_on, person.id), frozenset())
        lines = tuple(
            line
            for line in council.framework.nudges
            if line.tells is asked.tells
            # An extension moves the end; nothing was given out anew.
            and not (asked.extended and line.counted_from is CountedFrom.START)
        )
        found = falling(lines, thing, person, known=seen, today=today, bank_holidays=holidays)
        if found and person.id not in days:
            days[person.id] = card_day(work, council, person, now) or today
        waits = (person.id, thing.about.value, thing.subject_id) in put_off
        rows = [
            _row(asked, one, day=days[person.id], waits=waits, announced=_is_announced(work, asked, one))
            for one in found
        ]
        if [row for row in rows if work.nudges.add(row) and row.state == "open"]:
            told.add(person.id)
    people = work.people.many(told)
    for person_id in sorted(told):
        queue_day_card(work, council, people[person_id], now=now)
    _tell_of_leave(work, council, now)
    return len(told)


def team_weeks(work: Work, council: Council, *, on: date, now: datetime) -> int:
    """Each team manager's week, in their card of that day; returns how many are told (CA-23, RO-02).

    A manager who does not work that day has it on their next one, a manager on leave their cover. Where
    nobody manages the team, it goes to those who answer for its people.
    """
    waiting = {one.person_id for one in work.duties.unreviewed(now - LOOK_BACK)}
    told = 0
    for team in work.people.teams().values():
        managers = weeks_readers(work, team.id)
        if not waiting & {p.id for p in managers} and not work.duties.actions_in_team(team.id):
            continue
        for manager in managers:
            person = stand_in(work, council, manager, council.today(now)) or manager
            day = card_day(work, council, person, now)
            if day is None:
                continue
            row = NudgeRow(TEAM_WEEK, "team", team.id, on, person.id, day, False, "open", "")
            if work.nudges.add(row):
                queue_day_card(work, council, person, now=now)
                told += 1
    return told


def _is_announced(work: Work, asked: Asked, found: Falling) -> bool:
    """Whether the card that brought an audit says this already, on whichever day of theirs it was read.

    A 1st on which the auditor is off brings the card on the same morning as the line of the start.
    """
    line, thing = found.line, asked.thing
    if thing.about is not About.AUDIT or line.counted_from is not CountedFrom.START or line.working_days:
        return False
    brought = work.notices.of(ALLOCATED, thing.subject_id)
    return any(notice.person_id == asked.person.id for notice in brought)


def _row(asked: Asked, found: Falling, *, day: date, waits: bool, announced: bool) -> NudgeRow:
    """The row to keep: open when the person's card of this day is to say it, else skipped with the reason."""
    thing, skipped = asked.thing, found.skipped
    if not skipped and waits:
        skipped = "put off by the person"
    if not skipped and announced:
        skipped = SAID_BEFORE
    return NudgeRow(
        line=found.line.key,
        subject=thing.about.value,
        subject_id=thing.subject_id,
        due_on=thing.due_on,
        person_id=asked.person.id,
        day=day,
        late=found.late,
        state="skipped" if skipped else "open",
        reason=skipped,
    )


def _back_from_snooze(work: Work, council: Council, now: datetime) -> tuple[int, ...]:
    """The people at work for whom something that was put off comes back."""
    today, holidays = council.today(now), council.bank_holidays
    back = []
    for person in work.people.many({person_id for person_id, _, _ in work.snoozes.everyones()}).values():
        if person.left_on is not None or not works_on(person, today, holidays):
            continue
        waiting = work.snoozes.of(person.id)
        over = [key for key, until in waiting.items() if snooze_ends(until, person, today, holidays)]
        for subject, subject_id in over:
            work.snoozes.put_off(person.id, subject, subject_id, today, now)
        if over:
            work.snoozes.forget(person_id=person.id, until=today)
            back.append(person.id)
    return tuple(back)


def _tell_of_leave(work: Work, council: Council, now: datetime) -> None:
    """The QA office hears, once for each due date, of an auditor whose leave covers it (CA-02)."""
    found = work.duties.open_audits()
    auditors = work.people.many(audit.auditor_id for audit in found)
    for audit in found:
        last = last_working_day(audit.due_on, council.bank_holidays)
        if last >= council.today(now) and is_on_leave(auditors[audit.auditor_id], last):
            tell_qa_office(
                work,
                kind="auditor_away",
                subject_id=audit.audit_id,
                now=now,
                again=audit.due_on.isoformat(),
                leave_out=audit.auditor_id,
            )
