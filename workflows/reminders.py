"""What the reminders in a person's day say as things stand when their card is drawn.

Each kind has what looks it up; whatever was done, moved, or is somebody else's by now is left out.
Source: CA-19, OG-05, OG-06, PF-01, PF-04, PF-05, PF-07, PF-09, PF-12, RO-02, RO-06, RO-07.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.day import Reminder, TrackerWeek
from domain.errors import RuleBroken
from domain.learning import PUBLISHED, STANDING, EntryState
from domain.narratives import NarrativeState
from domain.packs import PackState
from domain.people import Person, Post
from domain.performance import RequestState
from storage.nudges import NudgeRow
from storage.work import View
from workflows import asking_reports, explaining, learning_telling, narrating, pack_telling, team_reporting
from workflows import tracked_telling as tracked
from workflows.council import Council
from workflows.pack_look import open_pack
from workflows.reminding import REMINDER
from workflows.supervising import NEAR, open_learning
from workflows.supervision_days import ASKS, without_day


@dataclass(frozen=True, slots=True)
class _Sought:
    """Who is reminded of what."""

    view: View
    council: Council
    by: Person
    now: datetime
    kind: str
    subject_id: int
    about_on: date

    @property
    def today(self) -> date:
        """The day the card is drawn."""
        return self.council.today(self.now)


def reminders_of(
    view: View,
    council: Council,
    rows: Iterable[NudgeRow],
    *,
    by: Person,
    now: datetime,
    besides: TrackerWeek | None,
) -> tuple[Reminder, ...]:
    """What these rows remind of, each thing once; not what the week of the tracker names on the same card."""
    named = {row.id for row in besides.overdue} if besides else set()
    found: dict[tuple[str, int], Reminder] = {}
    for row in rows:
        if row.subject != REMINDER or row.line not in _FINDS:
            continue
        # Looked at wherever the card is drawn, by hands that may not see all of it any more.
        try:
            one = _FINDS[row.line](_Sought(view, council, by, now, row.line, row.subject_id, row.due_on))
        except RuleBroken:
            continue
        if one is not None and not (one.kind in tracked.KINDS and one.subject_id in named):
            found[one.kind, one.subject_id] = one
    return tuple(found.values())


def _tracked(sought: _Sought) -> Reminder | None:
    row = sought.view.tracking.get(sought.subject_id)
    if row is None or not row.needs_doing or row.owner_id != sought.by.id or row.due_on != sought.about_on:
        return None
    kind = tracked.OVERDUE if row.is_overdue(sought.today) else tracked.SOON
    return Reminder(kind, row.id, row.due_on, row.title)


def _learning_action(sought: _Sought) -> Reminder | None:
    action = sought.view.learning.action(sought.subject_id)
    entry = sought.view.learning.get(action.entry_id) if action is not None else None
    if action is None or entry is None or entry.state not in STANDING or action.done_on is not None:
        return None
    if action.owner_id != sought.by.id or action.due_on != sought.about_on:
        return None
    late = sought.today > action.due_on
    kind = learning_telling.ACTION_OVERDUE if late else learning_telling.ACTION_SOON
    return Reminder(kind, action.id, action.due_on, action.what)


def _entry(sought: _Sought) -> Reminder | None:
    entry = sought.view.learning.get(sought.subject_id)
    if entry is None or not sought.by.in_qa_office or entry.due_on != sought.about_on:
        return None
    if entry.state not in STANDING or not entry.is_overdue(sought.today):
        return None
    return Reminder(sought.kind, entry.id, entry.due_on, entry.title)


def _drafts(sought: _Sought) -> Reminder | None:
    waiting = len(sought.view.learning.in_states({EntryState.DRAFT})) if sought.by.in_qa_office else 0
    return Reminder(sought.kind, sought.by.id, number=waiting) if waiting else None


def _to_assure(sought: _Sought) -> Reminder | None:
    if Post.AD_QA not in sought.by.posts:
        return None
    waiting = sum(entry.needs_assurance for entry in sought.view.learning.in_states(PUBLISHED))
    return Reminder(sought.kind, sought.by.id, number=waiting) if waiting else None


def _exceptions(sought: _Sought) -> Reminder | None:
    found = explaining.mine_to_explain(sought.view, sought.council, by=sought.by, now=sought.now)
    due = [one.due_on for one in found if one.due_on is not None]
    return Reminder(sought.kind, sought.by.id, min(due, default=None), number=len(found)) if found else None


def _exceptions_escalated(sought: _Sought) -> Reminder | None:
    owner = sought.view.people.get(sought.subject_id)
    late = explaining.late_of(sought.view, sought.council, owner.id, now=sought.now)
    due = min((one.due_on for one in late if one.due_on is not None), default=None)
    return Reminder(sought.kind, owner.id, due, who=owner.name, number=len(late)) if late else None


def _request(sought: _Sought) -> Reminder | None:
    line = asking_reports.request_line(
        sought.view, sought.council, by=sought.by, request_id=sought.subject_id, now=sought.now
    )
    request = line.request
    if request.state is not RequestState.OPEN:
        return None
    return Reminder(sought.kind, request.id, request.due_on, request.what, line.body)


def _request_escalated(sought: _Sought) -> Reminder | None:
    request = sought.view.report_requests.get(sought.subject_id)
    if request is None or request.state is not RequestState.OPEN:
        return None
    owner = sought.view.people.get(request.owner_id)
    try:
        asking_reports.request_line(
            sought.view, sought.council, by=sought.by, request_id=request.id, now=sought.now
        )
        opens = True
    except RuleBroken:
        # Whoever manages the owner hears that it is late, and need not be of the group that asked.
        opens = False
    return Reminder(sought.kind, request.id, request.due_on, request.what, owner.name, opens=opens)


def _team_report(sought: _Sought) -> Reminder | None:
    report = team_reporting.require_report(
        sought.view, sought.council, by=sought.by, report_id=sought.subject_id, now=sought.now
    )
    return Reminder(sought.kind, report.id, report.week_on) if report.answer is None else None


def _narrative(sought: _Sought) -> Reminder | None:
    one = narrating.require_narrative(
        sought.view, sought.council, by=sought.by, narrative_id=sought.subject_id, now=sought.now
    )
    if one.state is not NarrativeState.ASKED:
        return None
    return Reminder(sought.kind, one.id, one.due_on, one.title)


def _pack(sought: _Sought) -> Reminder | None:
    opened = open_pack(sought.view, sought.council, by=sought.by, pack_id=sought.subject_id, now=sought.now)
    pack, approves = opened.row, opened.may_approve
    if pack.state is PackState.SENT or (pack.state is PackState.ASKED and not approves):
        return None
    kind = pack_telling.WAITS_TO_APPROVE if approves else sought.kind
    return Reminder(kind, pack.id, sought.about_on, pack.content["title"])


def _supervision_days(sought: _Sought) -> Reminder | None:
    found = without_day(sought.view, sought.council, by=sought.by, now=sought.now)
    return Reminder(sought.kind, sought.by.id, number=len(found)) if found else None


def _supervision(sought: _Sought) -> Reminder | None:
    planned = sought.view.supervisions.get(sought.subject_id)
    if planned is None or planned.held_on is not None or planned.planned_on != sought.about_on:
        return None
    audits = sum(1 for _ in open_learning(sought.view, practitioner_id=planned.practitioner_id))
    actions = len(sought.view.actions.unconfirmed_of(planned.practitioner_id))
    if planned.planned_on < sought.today or not (audits or actions):
        return None
    practitioner = sought.view.people.get(planned.practitioner_id)
    return Reminder(
        sought.kind,
        practitioner.id,
        planned.planned_on,
        who=practitioner.name,
        number=audits,
        beside=actions,
    )


_FINDS: Mapping[str, Callable[[_Sought], Reminder | None]] = {
    tracked.SOON: _tracked,
    tracked.OVERDUE: _tracked,
    learning_telling.ACTION_SOON: _learning_action,
    learning_telling.ACTION_OVERDUE: _learning_action,
    learning_telling.ENTRY_OVERDUE: _entry,
    learning_telling.DRAFTS: _drafts,
    learning_telling.TO_ASSURE: _to_assure,
    explaining.CHASED: _exceptions,
    explaining.ESCALATED: _exceptions_escalated,
    asking_reports.CHASED: _request,
    asking_reports.ESCALATED: _request_escalated,
    team_reporting.CHASED: _team_report,
    narrating.REMINDED: _narrative,
    pack_telling.WAITS: _pack,
    ASKS: _supervision_days,
    NEAR: _supervision,
}
"""Kind to what looks it up."""
KINDS = frozenset(_FINDS) | {pack_telling.WAITS_TO_APPROVE}
"""The kinds of reminder that a card may show."""
