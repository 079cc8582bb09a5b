"""What is known of each standing item of an agenda, as short lines counted at the moment they are read.

Every line is an aggregate, a title that somebody gave, or a date: none names a case, and none a child. An
item without lines stands with its title alone, for what people put under it.

Source: OG-01 to OG-09, QB-01, QB-02, PF-02, PF-04, PF-09, Q31.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.agenda import CELEBRATION
from domain.days import add_months, end_of_local_day, local_day, local_midnight, uk_date
from domain.forward_plan import STANDS, PlanItem, PlanState
from domain.governance import ActivityKind, quarter_name, quarter_start
from domain.learning import PUBLISHED, STANDING, Entry, EntryState
from domain.meetings import Meeting, MeetingState, slot_month
from domain.narratives import NarrativeState, Report
from domain.suppression import in_words
from domain.themes import theme_titles
from domain.tracking import Tracked, TrackedKind, TrackedState
from storage.work import View
from workflows.agenda_quality import (
    actions_agreed,
    audited_since_round,
    dataset,
    numbers_and_quality,
    round_so_far,
)
from workflows.council import Council
from workflows.looking_forward import coming
from workflows.round_status import rounds_status

AHEAD = timedelta(days=60)
SHORT = 160
"""Characters of what somebody wrote."""
Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the lines of one agenda are counted from."""

    view: View
    council: Council
    meeting: Meeting
    now: datetime

    @property
    def today(self) -> date:
        """The day the lines are read."""
        return self.council.today(self.now)

    @property
    def until(self) -> datetime:
        """The end of that day: nothing is later than now, and what is counted stays the same until then."""
        return end_of_local_day(self.today)

    @property
    def since(self) -> date:
        """The body's last meeting; three months ago when it never met."""
        before = self.meeting.held_on or self.meeting.planned_on
        last = self.view.meetings.last_held(self.meeting.body, self.meeting.service_id, before)
        held_on = last.held_on if last is not None else None
        return held_on or add_months(self.today, -3)


def facts_of(setting: Setting, keys: tuple[str, ...]) -> dict[str, Lines]:
    """Key of each standing item to its lines; items that nothing is known of are left out."""
    return setting.view.once(_facts_of, setting.council, setting.meeting, setting.now, keys)


def _facts_of(
    view: View, council: Council, meeting: Meeting, now: datetime, keys: tuple[str, ...]
) -> dict[str, Lines]:
    setting = Setting(view, council, meeting, now)
    counts = {**_FACTS, **({"log": _assured} if setting.meeting.body in _ASSURING else {})}
    found = {key: counts[key](setting) for key in keys if key in counts}
    return {key: lines for key, lines in found.items() if lines}


def _last_time(setting: Setting) -> Lines:
    """What the body decided and has not ended; a decision that nobody is to carry out is told once."""
    decided = local_midnight(setting.since)
    rows = [
        row
        for row in setting.view.tracking.standing_of_body(setting.meeting.body, setting.meeting.service_id)
        if row.kind is not TrackedKind.DECISION or row.owner_id is not None or row.created_at >= decided
    ]
    reports = _reports_answered(setting)
    if not rows:
        return ("Nothing is open.", *reports)
    late = sum(row.is_overdue(setting.today) for row in rows)
    first = f"{_count(len(rows), 'thing')} still open" + (f", {late} overdue." if late else ".")
    owners = setting.view.people.many(row.owner_id for row in rows if row.owner_id is not None)
    lines = []
    for row in rows:
        owner = owners.get(row.owner_id or 0)
        about = [owner.name] if owner else []
        if row.due_on:
            about.append(f"{'was due' if row.is_overdue(setting.today) else 'by'} {uk_date(row.due_on)}")
        elif row.state is TrackedState.DONE:
            about.append("done, to be closed")
        lines.append(row.title + (f" ({', '.join(about)})" if about else ""))
    return (first, *reports, *lines)


def _reports_answered(setting: Setting) -> Lines:
    """What the body asked a report about and has been answered since its last meeting (PF-12).

    A request names no service, so a clinic's people find theirs on the list of requests alone.
    """
    if setting.meeting.service_id is not None:
        return ()
    since = local_midnight(setting.since)
    found = setting.view.report_requests.of(owner_ids=(), bodies=(setting.meeting.body,), since=since)
    return tuple(
        f"Report you asked for, answered {uk_date(local_day(one.answered_at))}: {_short(one.what)}"
        for one in found
        if one.answered_at is not None and one.answered_at >= since
    )


def _analysis(setting: Setting) -> Lines:
    """Whether the principal social worker's analysis of the last quarter is there (PF-10)."""
    quarter = quarter_start(add_months(setting.today, -3))
    found = setting.view.narratives.of_report(Report.PSW_ANALYSIS, quarter)
    name = quarter_name(quarter)
    return tuple(
        f"It stands in the quarterly report of {name}. Type “performance” to read it."
        if one.state is NarrativeState.LOCKED
        else f"That of {name} is written by {uk_date(one.due_on)}."
        for one in found
    )


def _core(setting: Setting) -> Lines:
    """Completion one month, moderation the next: both, whichever month it is (OG-03, Q31)."""
    status = rounds_status(setting.view, setting.council, setting.now)
    quality = audited_since_round(setting.view, setting.council, setting.today)
    if status.round is None:
        return ("No round has been planned yet.", *quality)
    chosen = status.round
    if not chosen.audits:
        return (f"The {chosen.month:%B %Y} round is {chosen.state}.", *quality)
    return (*round_so_far(setting.view, setting.council, status, setting.now), *quality)


def _activities(*kinds: ActivityKind) -> Callable[[Setting], Lines]:
    """Activities of these kinds that stand and end after the last meeting, earliest first."""

    def lines(setting: Setting) -> Lines:
        found = []
        for item in _plan(setting):
            if item.kind not in kinds or item.state not in STANDS or item.ends_on < setting.since:
                continue
            said = f"{item.title}: {uk_date(item.starts_on)} to {uk_date(item.ends_on)}"
            found.append(said + ("; terms not signed yet." if item.needs_terms else "."))
        return tuple(found)

    return lines


def _log(setting: Setting) -> Lines:
    entries = setting.view.learning.in_states(STANDING)
    rows = setting.view.tracking.in_states({TrackedState.OPEN, TrackedState.DONE})
    today = setting.today
    lines = [
        f"Learning log: {_count(len(entries), 'entry', 'entries')} under way"
        + _late(sum(entry.is_overdue(today) for entry in entries))
        + "."
    ]
    assure = sum(entry.needs_assurance for entry in entries)
    if assure:
        lines.append(f"{assure} not assured yet.")
    still = sum(row.state is TrackedState.OPEN for row in rows)
    lines.append(f"Tracker: {still} under way{_late(sum(row.is_overdue(today) for row in rows))}.")
    done = len(rows) - still
    if done:
        lines.append(f"{done} done and to be closed: what changed, and is more needed?")
    return tuple(lines)


def _assured(setting: Setting) -> Lines:
    """The learning log as the AD for QA assures it (RO-06)."""
    entries = setting.view.learning.in_states(PUBLISHED)
    since = local_midnight(setting.since)
    assured = sum(entry.assured_at is not None and entry.assured_at >= since for entry in entries)
    waiting = sum(entry.needs_assurance for entry in entries)
    return (f"{_count(assured, 'entry', 'entries')} assured since last time, {waiting} to assure.",)


def _ahead(setting: Setting) -> Lines:
    found = coming(setting.view, setting.council, setting.today, setting.today + AHEAD)
    return tuple(f"{uk_date(one.day)}: {one.title}" for one in found)


def _needs(setting: Setting) -> Lines:
    rows = [row for row in _open_rows(setting) if row.kind is TrackedKind.LEARNING_NEED]
    entries = _published_since(setting)
    lines = []
    if entries:
        lines.append(f"{_count(len(entries), 'entry', 'entries')} published since last time.")
    if rows:
        late = sum(row.is_overdue(setting.today) for row in rows)
        lines.append(f"{_count(len(rows), 'learning need')} passed on and under way{_late(late)}.")
    return tuple(lines)


def _themes(setting: Setting) -> Lines:
    """What the log's entries of the time since are about: most entries first (OG-10)."""
    counted: dict[str, int] = {}
    for entry in _published_since(setting):
        counted[entry.theme] = counted.get(entry.theme, 0) + 1
    titles = theme_titles(setting.council.framework)
    ranked = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return tuple(f"{titles.get(key, key)}: {_count(n, 'entry', 'entries')}." for key, n in ranked)


def _difference(setting: Setting) -> Lines:
    """What closed with an answer on impact since (QB-01, OG-06)."""
    since = local_midnight(setting.since)
    ended: list[Entry | Tracked] = [
        *setting.view.learning.in_states({EntryState.CLOSED}),
        # What follows the log is told with its entry.
        *(row for row in setting.view.tracking.in_states({TrackedState.CLOSED}) if not row.follows),
    ]
    lately = [one for one in ended if one.closed_at is not None and one.closed_at >= since]
    if not lately:
        return ("Nothing was closed since last time.",)
    more = sum(bool(one.more_needed) for one in lately)
    return (
        f"{_count(len(lately), 'thing')} closed since last time, {more} of them needing more.",
        *(f"{one.title}: {_short(one.impact)}" for one in lately),
    )


def _outcomes(setting: Setting) -> Lines:
    smallest = setting.council.framework.numbers.smallest_count
    submitted = in_words(_submitted(setting), smallest)
    return (f"Audits submitted since last time: {submitted}. Type “headline” for what became of it.",)


def _terms(setting: Setting) -> Lines:
    unsigned = [item for item in _plan(setting) if item.needs_terms]
    return tuple(
        f"{item.title}, from {uk_date(item.starts_on)}: "
        + ("ready to sign." if item.has_all_terms else "terms still to be written.")
        for item in unsigned
    )


def _exceptions(setting: Setting) -> Lines:
    found = setting.view.agenda_facts.exceptions(setting.meeting.service_id)
    lines = []
    for one in found:
        about = f"{one.indicator}, {one.team}" if one.team else one.indicator
        lines.append(
            f"{about}: {_short(one.reply) or 'no line yet'}"
            + (f" To do: {_short(one.action)}" if one.action else "")
        )
    return tuple(lines)


def _celebrated(setting: Setting) -> Lines:
    """What team managers wrote for the clinic's pack: they are asked once, wherever it is read (PF-04).

    A clinic that was moved is still that of the month it was planned for; what was written for one that was
    cancelled is read at the next.
    """
    months = {slot_month(one.slot) for one in (setting.meeting, *_cancelled_since(setting))}
    written = {
        one.owner_id: one.texts[CELEBRATION]
        for month in sorted(months)
        for one in setting.view.narratives.of_report(Report.CLINIC, month)
        if one.service_id == setting.meeting.service_id and one.owner_id and one.texts.get(CELEBRATION)
    }
    names = setting.view.people.many(written)
    return tuple(f"{names[owner].name}: {_short(text)}" for owner, text in written.items())


def _cancelled_since(setting: Setting) -> tuple[Meeting, ...]:
    """The body's meetings that were to be held since its last one, and were cancelled."""
    meeting = setting.meeting
    return tuple(
        one
        for one in setting.view.meetings.between(setting.since, meeting.planned_on)
        if (one.body, one.service_id, one.state) == (meeting.body, meeting.service_id, MeetingState.CANCELLED)
    )


def _audits_here(setting: Setting) -> Lines:
    submitted = _submitted(setting)
    if not submitted:
        return ("No audit of this service was submitted since last time.",)
    return (f"{_count(submitted, 'audit')} of this service submitted since last time. Type “round reports”.",)


def _actions(setting: Setting) -> Lines:
    """The actions of a year's audits, without what a moderation found missing before it is released."""
    found = setting.view.agenda_facts.actions(
        local_midnight(add_months(setting.today, -12)),
        setting.until,
        today=setting.today,
        service_id=setting.meeting.service_id,
    )
    if not found.still + found.done + found.confirmed:
        return ()
    late = _late(found.overdue)
    return (f"{found.still} open{late}, {found.done} done and to be confirmed, {found.confirmed} confirmed.",)


_FACTS: Mapping[str, Callable[[Setting], Lines]] = {
    "last_time": _last_time,
    "core": _core,
    "thematic": _activities(ActivityKind.THEMATIC),
    "practice_week": _activities(ActivityKind.PRACTICE_WEEK),
    "reports": _activities(ActivityKind.REPORT, ActivityKind.SURVEY),
    "log": _log,
    "plan": _ahead,
    "learning": _needs,
    "themes": _themes,
    "difference": _difference,
    "outcomes": _outcomes,
    "terms": _terms,
    "exceptions": _exceptions,
    CELEBRATION: _celebrated,
    "audits": _audits_here,
    "actions": _actions,
    "plans": lambda setting: actions_agreed(setting.view, setting.council, setting.now),
    "numbers": lambda setting: numbers_and_quality(setting.view, setting.council, setting.now),
    "analysis": _analysis,
    "dataset": lambda setting: dataset(setting.view, setting.council, setting.now),
    "annual": _activities(ActivityKind.REPORT),
}
"""Key of a standing item to what counts its lines; a council's own items have none."""
_ASSURING = frozenset({"qa_board", "smt", "cdlt"})
"""Bodies whose item on the log is about its assurance (RO-06)."""


def _plan(setting: Setting) -> tuple[PlanItem, ...]:
    years = setting.view.plan.years()
    items = [item for year in years for item in setting.view.plan.of_year(year)]
    return tuple(item for item in items if item.state is PlanState.PLANNED)


def _submitted(setting: Setting) -> int:
    """How many audits came in since last time: of the service, or of everyone where the body has none."""
    since, service_id = local_midnight(setting.since), setting.meeting.service_id
    return setting.view.agenda_facts.submitted(since, setting.until, service_id=service_id)


def _open_rows(setting: Setting) -> tuple[Tracked, ...]:
    return setting.view.tracking.in_states({TrackedState.OPEN})


def _published_since(setting: Setting) -> tuple[Entry, ...]:
    entries = setting.view.learning.in_states(PUBLISHED)
    return tuple(entry for entry in entries if local_day(entry.created_at) >= setting.since)


def _short(text: str) -> str:
    """The beginning of a text, as much as an agenda has room for."""
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def _late(number: int) -> str:
    return f", {number} overdue" if number else ""
