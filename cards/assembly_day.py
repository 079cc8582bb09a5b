"""Turns a person's day into what its card shows. Pure; nothing it makes names a case.

Source: CA-06, CA-18, CA-23, MO-07, PR-02, SG-01.
"""

from collections.abc import Mapping
from datetime import date

from cards.due_lines import DUE_LINES
from cards.payloads import OpenOverview, Payload, ReadShared
from cards.payloads_actions import ShowAction
from cards.payloads_day import ShowTried
from cards.payloads_tracker import ShowTracked
from cards.reminder_lines import reminder_line
from cards.views_day import DayLine, DayView, TrackerWeekView, WeekView
from cards.wording import day as in_words
from domain.audits import Audit
from domain.day import ESCALATION, TEAM_ACTION, Day, DayItem, TeamWeek, TrackerWeek, WeekReview
from domain.days import local_day
from domain.nudges import About

_TITLES: Mapping[str, str] = {
    About.ACCEPT.value: "A new audit to accept",
    About.AUDIT.value: "Your audit",
    About.COMMENT.value: "Your comments on an audit of your work",
    About.REVIEW.value: "An audit in your team to read",
    **{about: words.title for about, words in DUE_LINES.items()},
}


def day_view(
    found: Day,
    *,
    on: date,
    today: date,
    auditors: Mapping[int, str],
    nonce: str,
    owner_mri: str = "",
    message: str = "",
) -> DayView:
    """The card of a day; `auditors` holds names by id, for audits that have been shared."""
    lines = [_line(item, today, auditors) for item in found.items]
    lines += [reminder_line(one, today) for one in found.reminders]
    # What no day is set for can be done today as well.
    lines.sort(key=lambda line: line.due_on or today)
    return DayView(
        day=on,
        lines=tuple(lines),
        weeks=tuple(week_view(week, today=today, auditors=auditors) for week in found.weeks),
        put_off=found.put_off,
        can_put_off=bool(may_wait(found, today)),
        holds_audit_id=found.holds_audit_id,
        nonce=nonce,
        owner_mri=owner_mri,
        message=message,
        leads=found.leads,
        tracker=_tracker(found.tracker, today) if found.tracker else None,
    )


def week_view(week: TeamWeek, *, today: date, auditors: Mapping[int, str], start: int = 0) -> WeekView:
    """A team's open work."""
    return WeekView(
        team_id=week.team_id,
        team_name=week.team_name,
        open_actions=len(week.actions),
        overdue_actions=sum(item.overdue for item in week.actions),
        actions=tuple(_line(item, today, auditors) for item in week.actions),
        reviews=tuple(_review(one, today, auditors) for one in week.reviews),
        start=start,
    )


def _tracker(week: TrackerWeek, today: date) -> TrackerWeekView:
    lines = (
        DayLine(
            title=row.title,
            detail="",
            due_on=row.due_on,
            days_left=(row.due_on - today).days,
            button=("Open", ShowTracked(row.id)),
        )
        for row in week.overdue
        if row.due_on is not None
    )
    return TrackerWeekView(tuple(lines), week.lacking, week.to_close)


def may_wait(found: Day, today: date) -> tuple[tuple[DayItem, str], ...]:
    """What may be put off, each with its title: one's own things that are not due yet."""
    return tuple((item, f"{_title(item)}, due {in_words(item.due_on)}") for item in found.may_wait(today))


def _title(item: DayItem) -> str:
    if item.about == ESCALATION:
        return f"{item.owner}'s audit is overdue"
    return f"An action of {item.owner}" if item.about == TEAM_ACTION else _TITLES[item.about]


def _line(item: DayItem, today: date, auditors: Mapping[int, str]) -> DayLine:
    return DayLine(
        title=_title(item),
        detail=_detail(item.audit, auditors),
        due_on=item.due_on,
        days_left=(item.due_on - today).days,
        says=item.says,
        late=item.late,
        button=_button(item),
    )


def _review(one: WeekReview, today: date, auditors: Mapping[int, str]) -> DayLine:
    return DayLine(
        title="An audit to read",
        detail=_detail(one.audit, auditors),
        due_on=one.review_by,
        days_left=(one.review_by - today).days,
        says=f"If the Panel chooses it, it is moderated by {in_words(one.moderate_by)}.",
        button=("Review", ReadShared(one.audit.id, "summary")),
    )


def _detail(audit: Audit, auditors: Mapping[int, str]) -> str:
    """Enough to tell two lines apart; the card that announced the audit said it too."""
    if audit.submitted_at is None:
        return f"Allocated on {in_words(audit.allocated_on)}"
    shared = f"shared on {in_words(local_day(audit.submitted_at))}"
    name = auditors.get(audit.auditor_id)
    return f"Audited by {name}, {shared}" if name else shared.capitalize()


def _button(item: DayItem) -> tuple[str, Payload] | None:
    audit_id = item.audit.id
    match item.about:
        case About.ACCEPT.value:
            return "Accept…", OpenOverview(audit_id)
        case About.AUDIT.value:
            return "Continue", OpenOverview(audit_id)
        case About.COMMENT.value:
            return "Comment", ReadShared(audit_id, "summary")
        case About.REVIEW.value:
            return "Review", ReadShared(audit_id, "summary")
        case "escalation":
            return "See what was tried", ShowTried(audit_id)
        case "team_action":
            return "See the action", ShowAction(item.subject_id)
        case about:
            words = DUE_LINES[about]
            return words.button, words.opens(item)
