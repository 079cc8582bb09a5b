"""A person's day: everything still to do, the most overdue first, as it stands at this moment.

What is done is no longer there, whoever did it and wherever; what was put off is not there yet.
Source: CA-06, CA-18, CA-23, PR-01, PR-02, RO-02.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.audits import Audit, AuditState
from domain.day import ESCALATION, TEAM_ACTION, Day, DayItem, TeamWeek, WeekReview
from domain.days import local_day
from domain.deadlines import moderate_by, review_by
from domain.errors import NotAllowed
from domain.nudges import About, NudgeLine, Tells, key_of_line
from domain.people import Person
from domain.tried import in_short
from storage.duties import OpenAction
from storage.nudges import NudgeRow
from storage.work import View
from workflows.action_board import leads
from workflows.asked import told_of_action, told_of_audit, weeks_readers
from workflows.council import Council
from workflows.covering import acting_for
from workflows.dues import dues
from workflows.extending import OPEN_STATES, waiting
from workflows.nudging import TEAM_WEEK
from workflows.reminders import reminders_of
from workflows.telling import team_managers
from workflows.todo import LOOK_BACK, duties
from workflows.tracker_chasing import TRACKER_WEEK, tracker_week
from workflows.tried_reminders import reminders_of_action, reminders_of_audit

OWNER_LEFT = "They have left. Please agree who takes it on."

_FOLLOWED = frozenset({TEAM_ACTION, About.CONFIRM.value})

OLDEST_CARD = timedelta(days=14)
"""How far back a card looks for what earlier cards of somebody could not say."""


def day_of(view: View, council: Council, *, by: Person, day: date, now: datetime) -> Day:
    """The card of this day as things stand now."""
    today = council.today(now)
    rows = view.nudges.of_days(by.id, _card_before(view, by, day), max(day, today))
    said = _said(council, rows, today)
    weeks = _weeks(view, council, by, rows, now)
    told = list(_told(view, council, by, rows, today))
    named = frozenset[int]().union(*(week.on_the_card for week in weeks))
    # Each overdue action is named once: in the list, or under the week on the same card.
    apart = (item for item in told if item.about != TEAM_ACTION or item.subject_id not in named)
    found = [*_own(view, council, by, now, said), *apart]
    put_off = {key for key, until in view.snoozes.of(by.id).items() if until > today}
    items = [item for item in found if (item.about, item.subject_id) not in put_off]
    items.sort(key=lambda item: (item.due_on, item.about, item.subject_id))
    mine = [item for item in items if item.about == About.AUDIT.value]
    chased = any(row.line == TRACKER_WEEK for row in rows)
    tracker = tracker_week(view, council, of=by, today=today) if chased else None
    return Day(
        items=tuple(items),
        weeks=weeks,
        put_off=len(found) - len(items),
        holds_audit_id=mine[-1].audit.id if mine and not mine[-1].overdue else None,
        # A cover finds the way to the board beside what they stand in for.
        leads=leads(by) or bool(weeks) or any(item.about in _FOLLOWED for item in items),
        tracker=tracker,
        reminders=reminders_of(view, council, rows, by=by, now=now, besides=tracker),
    )


def beside_audits(view: View, council: Council, *, by: Person, now: datetime) -> tuple[DayItem, ...]:
    """What is a person's to see to besides audits to write, read and answer: actions, overdue audits."""
    today = council.today(now)
    told = view.nudges.of_person(by.id, About.ACTION.value)
    own = (*_own_actions(view, by, today), *_own_dues(view, council, by, now))
    return (*own, *_told(view, council, by, told, today))


def _weeks(
    view: View, council: Council, by: Person, rows: Iterable[NudgeRow], now: datetime
) -> tuple[TeamWeek, ...]:
    today = council.today(now)
    teams = dict.fromkeys(row.subject_id for row in rows if row.line == TEAM_WEEK)
    theirs = (team_id for team_id in teams if _has_week(view, council, by, team_id, today))
    weeks = (week_of(view, council, team_id, now) for team_id in theirs)
    return tuple(week for week in weeks if week.actions or week.reviews)


def week_of(view: View, council: Council, team_id: int, now: datetime) -> TeamWeek:
    """A team's open and overdue actions and the audits that wait to be read (CA-18, CA-23, RO-02)."""
    today, numbers = council.today(now), council.framework.numbers
    # Whoever manages the team reads its audits, those of cases that moved here included (Q13).
    managers = {person.id for person in team_managers(view, team_id)}
    unread = (one for one in view.duties.unreviewed(now - LOOK_BACK) if one.person_id in managers)
    audits = (view.audits.get(audit_id) for audit_id in dict.fromkeys(one.audit_id for one in unread))
    reviews = tuple(
        WeekReview(
            a,
            review_by(local_day(a.submitted_at), numbers, council.bank_holidays),
            moderate_by(local_day(a.submitted_at), numbers),
        )
        for a in audits
        if a is not None and a.submitted_at is not None
    )
    actions = _team_actions(view, council, view.duties.actions_in_team(team_id), today)
    return TeamWeek(team_id, view.people.team(team_id).name, tuple(actions), reviews)


def _card_before(view: View, by: Person, day: date) -> date:
    """The day of the last card the person had before this one: what came after it is still to be said."""
    oldest = day - OLDEST_CARD
    cards = view.nudges.cards(by.id, since=oldest)
    return max([oldest, *(card.day for card in cards if card.state == "sent" and card.day < day)])


def _said(
    council: Council, rows: Iterable[NudgeRow], today: date
) -> Mapping[tuple[str, int], tuple[str, bool]]:
    """What each thing is told with, and whether late: the newest line of those that fell due for it."""
    lines = {line.key: line for line in council.framework.nudges if line.tells is Tells.OWN}
    said = {}
    for row in rows:
        if (key := key_of_line(row.line)) in lines:
            line = lines[key]
            # A card that leaves after the due day says nothing of days that were still to come.
            holds = line.chases or today <= row.due_on
            said[row.subject, row.subject_id] = (line.says if holds else "", row.late)
    return said


def _own(
    view: View,
    council: Council,
    by: Person,
    now: datetime,
    said: Mapping[tuple[str, int], tuple[str, bool]],
) -> Iterable[DayItem]:
    for duty in duties(view, council, by=by, now=now).open:
        # A line about the audit is worth hearing before it is accepted as well.
        keys = [(duty.kind, duty.audit.id), (About.AUDIT.value, duty.audit.id)]
        says, late = next((said[key] for key in keys if key in said), ("", False))
        yield DayItem(
            about=duty.kind,
            subject_id=duty.audit.id,
            audit=duty.audit,
            due_on=duty.due_on,
            overdue=duty.overdue,
            says=says,
            late=late,
        )
    for item in (*_own_actions(view, by, council.today(now)), *_own_dues(view, council, by, now)):
        says, late = said.get((item.about, item.subject_id), ("", False))
        yield replace(item, says=says, late=late)


def _own_dues(view: View, council: Council, by: Person, now: datetime) -> Iterable[DayItem]:
    today = council.today(now)
    for due in dues(view, council, now, of=by.id):
        yield DayItem(due.about.value, due.subject_id, due.audit, due.due_on, overdue=today > due.due_on)


def _own_actions(view: View, by: Person, today: date) -> Iterable[DayItem]:
    for action, audit in _with_audits(view, view.duties.actions_of(by.id)):
        yield _action(About.ACTION.value, action, audit, today)


def _told(
    view: View, council: Council, by: Person, rows: Iterable[NudgeRow], today: date
) -> Iterable[DayItem]:
    """What a manager is told of: an overdue audit until it is settled, an overdue action once."""
    lines = {line.key: line for line in council.framework.nudges if line.tells is not Tells.OWN}
    yield from _told_audits(view, council, by, lines, today)
    yield from _told_actions(view, council, by, rows, lines, today)


def _told_audits(
    view: View, council: Council, by: Person, lines: Mapping[str, NudgeLine], today: date
) -> Iterable[DayItem]:
    for row in view.nudges.of_person(by.id, About.AUDIT.value):
        audit = view.audits.get(row.subject_id)
        if row.line not in lines or row.state != "open" or audit is None:
            continue
        # An extension moves the due date; then there is nothing to escalate until that has passed too.
        if audit.state not in OPEN_STATES or audit.due_on != row.due_on:
            continue
        auditor = view.people.get(audit.auditor_id)
        # Whoever stood in hears no more of it once the manager is back.
        if by.id in told_of_audit(view, council, auditor, today):
            tried = in_short(reminders_of_audit(view, council, audit))
            yield DayItem(
                about=ESCALATION,
                subject_id=audit.id,
                audit=audit,
                due_on=audit.due_on,
                overdue=True,
                says=f"{tried} {_more_time(view, by, audit.id) or lines[row.line].says}",
                owner=auditor.name,
            )


def _told_actions(
    view: View,
    council: Council,
    by: Person,
    rows: Iterable[NudgeRow],
    lines: Mapping[str, NudgeLine],
    today: date,
) -> Iterable[DayItem]:
    named = {
        (row.subject_id, row.due_on): lines[row.line]
        for row in rows
        if row.line in lines and row.subject == About.ACTION.value
    }
    if not named:
        return
    chosen = tuple(a for a in view.duties.open_actions() if (a.action_id, a.due_on) in named)
    owners = view.people.many(action.owner_id for action in chosen)
    theirs = (a for a in chosen if by.id in told_of_action(view, council, owners[a.owner_id], today))
    for item in _team_actions(view, council, theirs, today):
        line = named[item.subject_id, item.due_on]
        yield item if item.says.endswith(OWNER_LEFT) else replace(item, says=f"{item.says} {line.says}")


def _more_time(view: View, by: Person, audit_id: int) -> str:
    """Who has asked for more time, while nobody has decided; empty when nobody has."""
    asked = waiting(view, audit_id)
    if asked is None:
        return ""
    who = "You" if asked.asked_by == by.id else view.people.get(asked.asked_by).name
    what = "more time" if asked.until_on else "an exemption"
    return f"{who} asked for {what}; it is yet to be decided."


def _team_actions(
    view: View, council: Council, actions: Iterable[OpenAction], today: date
) -> Iterable[DayItem]:
    """Actions of a manager's people; what is overdue says what was tried with its owner (CA-23)."""
    actions = tuple(actions)
    owners = view.people.many(action.owner_id for action in actions)
    for action, audit in _with_audits(view, actions):
        owner = owners[action.owner_id]
        item = replace(_action(TEAM_ACTION, action, audit, today), owner=owner.name)
        words = [OWNER_LEFT] if owner.left_on else []
        if item.overdue:
            tries = reminders_of_action(view, council, owner_id=owner.id, action_id=action.action_id)
            words.insert(0, in_short(tries))
        yield replace(item, says=" ".join(words))


def _with_audits(view: View, actions: Iterable[OpenAction]) -> Iterable[tuple[OpenAction, Audit]]:
    for action in actions:
        audit = view.audits.get(action.audit_id)
        if audit is not None and audit.state is AuditState.SUBMITTED:
            yield action, audit


def _action(about: str, action: OpenAction, audit: Audit, today: date) -> DayItem:
    return DayItem(about, action.action_id, audit, action.due_on, overdue=today > action.due_on)


def auditor_names(view: View, found: Day) -> Mapping[int, str]:
    """Who audited, by id, for what has been shared: enough to tell two lines of a card apart."""
    audits = [item.audit for item in found.items]
    for week in found.weeks:
        audits += [item.audit for item in week.actions] + [one.audit for one in week.reviews]
    people = view.people.many(audit.auditor_id for audit in audits if audit.submitted_at)
    return {person.id: person.name for person in people.values()}


def open_week(view: View, council: Council, *, by: Person, team_id: int, now: datetime) -> TeamWeek:
    """A team's open work, for its manager and whoever stands in for them today.

    Raises NotAllowed for anyone else, and alike for a team that is not there.
    """
    if team_id not in view.people.teams() or not _has_week(view, council, by, team_id, council.today(now)):
        raise NotAllowed("That is not yours to open. If you think it should be, please ask the QA office.")
    return week_of(view, council, team_id, now)


def _has_week(view: View, council: Council, by: Person, team_id: int, today: date) -> bool:
    return by.id in acting_for(view, council, weeks_readers(view, team_id), today)
