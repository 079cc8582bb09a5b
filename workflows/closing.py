"""When an audit is closed, and what is asked afterwards (RO-01, SU-08; workflow 1B steps 15 to 18)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from domain.audits import Audit, AuditState
from domain.closing import FollowUp, Progress
from domain.days import add_working_days, local_day, month_end
from domain.errors import RuleBroken
from domain.grades import Grade
from domain.moderation import Moderation, counting_grade
from storage.work import View, Work
from workflows.council import Council


def close_complete(work: Work, council: Council, *, now: datetime) -> int:
    """Close what lacks nothing any more; returns how many.

    Most audits close with the last press. What waited for the Panel alone is found here.
    """
    found = (work.audits.get(audit_id) for audit_id in work.followups.nearly_closed())
    return sum(
        close_if_complete(work, council, audit, by=None, now=now) for audit in found if audit is not None
    )


def close_if_complete(work: Work, council: Council, audit: Audit, *, by: int | None, now: datetime) -> bool:
    """Close the audit when nothing is missing; whether that was now. Its impact is asked about later on."""
    moderation = work.moderations.of_audit(audit.id)
    progress = progress_of(work, council, audit, now, moderation=moderation)
    closed = progress.followup.closed_at is not None
    if audit.state is not AuditState.SUBMITTED or audit.overall is None or closed or progress.lacks:
        return False
    numbers, today = council.framework.numbers, council.today(now)
    inadequate = counting_grade(Grade(audit.overall), moderation) is Grade.INADEQUATE
    values = {
        "closed_at": now,
        "impact_due_on": today + timedelta(days=numbers.impact_check_days),
        "reaudit_on": _reaudit_on(progress.followup, today, numbers.reaudit_days) if inadequate else None,
    }
    if not work.followups.change(progress.followup, values):
        return False
    work.trail.add(
        now=now,
        actor=by,
        verb="closed",
        subject=f"audit {audit.id}",
        audit_id=audit.id,
        fields={name: str(value) for name, value in values.items() if isinstance(value, date)},
    )
    return True


def plan_reaudit(work: Work, council: Council, audit: Audit, *, now: datetime) -> None:
    """Inadequate practice is settled by the Panel's release: set the day by which the case is audited again.

    However long the audit stays open, the child is not looked at again any later. Source: workflow 1B, P.
    """
    kept, days = work.followups.get(audit.id), council.framework.numbers.reaudit_days
    if kept.reaudit_on is None:
        change_followup(work, audit.id, {"reaudit_on": _reaudit_on(kept, council.today(now), days)})


def reopen(work: Work, audit: Audit, *, by: int | None, now: datetime) -> bool:
    """Open a closed audit again, as the Panel has chosen it after all; whether it was closed.

    It closes anew once what the Panel has to say was released and taken to supervision. A day by which the
    case is audited again stays meanwhile. Source: MO-03, RO-01; workflow 1B steps 11 and 17.
    """
    if work.followups.get(audit.id).closed_at is None:
        return False
    change_followup(work, audit.id, {"closed_at": None, "impact_due_on": None})
    work.trail.add(now=now, actor=by, verb="reopened", subject=f"audit {audit.id}", audit_id=audit.id)
    return True


def progress_of(
    view: View, council: Council, audit: Audit, now: datetime, *, moderation: Moderation | None = None
) -> Progress:
    """How far the audit is on its way to being closed."""
    moderation = moderation or view.moderations.of_audit(audit.id)
    actions = view.actions.of_audit(audit.id)
    released_at = moderation.released_at if moderation else None
    return Progress(
        followup=view.followups.get(audit.id),
        actions=len(actions),
        done=sum(action.state == "done" for action in actions),
        confirmed=sum(action.state == "confirmed" for action in actions),
        last_confirmed_on=max((a.confirmed_on for a in actions if a.confirmed_on), default=None),
        panel_may_speak=_panel_may_speak(view, council, audit, moderation, now),
        released_on=local_day(released_at) if released_at else None,
    )


def _panel_may_speak(
    view: View, council: Council, audit: Audit, moderation: Moderation | None, now: datetime
) -> bool:
    """Whether the Panel has chosen the audit and released nothing, or may still choose it (1B step 11)."""
    if moderation is not None:
        return moderation.released_at is None
    review = view.audits.review(audit.id)
    if review is not None and review.nominated and view.moderations.nomination(audit.id) is None:
        return True
    if audit.submitted_at is None:
        return True
    submitted_on = local_day(audit.submitted_at)
    if view.draws.of_month(submitted_on.replace(day=1)) is not None:
        return False
    wait = council.framework.numbers.top_up_working_days
    return council.today(now) <= add_working_days(month_end(submitted_on), wait, council.bank_holidays)


def _reaudit_on(kept: FollowUp, today: date, days: int) -> date:
    """The day by which the case is audited again; closing an audit a second time puts it off no further."""
    return kept.reaudit_on or today + timedelta(days=days)


def change_followup(work: Work, audit_id: int, values: Mapping[str, object]) -> None:
    """Keep this of the audit. Each of its columns is a press of its own, so a second one only adds to it."""
    for _ in range(2):
        if work.followups.change(work.followups.get(audit_id), values):
            return
    raise RuleBroken("Somebody pressed at the same moment. Please try once more.")
