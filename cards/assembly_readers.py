"""Turns a submitted audit, or a safety alert, into what each of its readers sees. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from cards.assembly import head_of, review_parts
from cards.views import (
    HintView,
    Mode,
    ReviewPart,
    SafetyAlertView,
    SharedNoticeView,
    SharedView,
    SubmittedView,
)
from domain.alerts import Alert
from domain.audit_file import AuditFile
from domain.audits import Audit
from domain.days import local_day
from domain.deadlines import comment_by, review_by
from domain.framework import Framework
from domain.grades import Grade
from domain.pages import ACTIONS
from domain.permissions import Capacity

_PART_NAMES = {
    Capacity.PRACTITIONER: "the practitioner",
    Capacity.TEAM_MANAGER: "the team manager",
    Capacity.LINE_MANAGER: "the line manager",
    Capacity.QA_OFFICE: "the QA office",
}


def submitted_view(
    audit: Audit, framework: Framework, *, shared_with: Sequence[str], in_own_view: bool
) -> SubmittedView:
    """The status an audit shrinks to; only the auditor's own fresh view carries the grade."""
    if audit.submitted_at is None:
        raise ValueError("only a submitted audit has this view")
    parts = [name for capacity, name in _PART_NAMES.items() if capacity.value in shared_with]
    return SubmittedView(
        audit_id=audit.id,
        submitted_at=audit.submitted_at,
        on_time=local_day(audit.submitted_at) <= audit.due_on,
        overall_label=framework.grade_label(Grade(audit.overall)) if in_own_view and audit.overall else "",
        shared_with=tuple(parts),
    )


def shared_notice_view(
    audit: Audit, auditor_name: str, capacity: Capacity, framework: Framework, bank_holidays: frozenset[date]
) -> SharedNoticeView:
    """The card that says an audit has been shared."""
    if audit.submitted_at is None:
        raise ValueError("only a submitted audit is shared")
    return SharedNoticeView(
        audit_id=audit.id,
        reader=capacity.value,
        auditor_name=auditor_name,
        submitted_at=audit.submitted_at,
        respond_by=_respond_by(audit, capacity, framework, bank_holidays),
    )


def shared_view(
    file: AuditFile,
    capacity: Capacity,
    framework: Framework,
    bank_holidays: frozenset[date],
    *,
    part: str,
    today: date,
    nonce: str,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    mode: Mode = Mode.CHAT,
    message: str = "",
) -> SharedView:
    """A submitted audit as one reader sees it."""
    audit = file.audit
    if audit.submitted_at is None:
        raise ValueError("only a submitted audit is shared")
    agreed = tuple((a.what, a.owner_name, a.due_on) for a in file.actions)
    respond_by = _respond_by(audit, capacity, framework, bank_holidays)
    is_manager = capacity is Capacity.TEAM_MANAGER
    return SharedView(
        head=head_of(audit, today),
        auditor_name=file.auditor.name,
        practitioner_name=file.practitioner.name,
        team_name=file.team.name,
        submitted_at=audit.submitted_at,
        overall_label=framework.grade_label(Grade(audit.overall)) if audit.overall else "",
        parts=tuple(
            _with_the_panels(part, file, framework)
            for part in review_parts(file, framework, today)
            if not (part.key == ACTIONS and agreed)
        ),
        part=part,
        actions=agreed,
        comment="\n\n".join(comment.text for comment in file.comments),
        can_comment=capacity is Capacity.PRACTITIONER,
        comment_by=respond_by if capacity is Capacity.PRACTITIONER else None,
        can_review=is_manager and file.review is None,
        review_by=respond_by if is_manager else None,
        reviewed=_reviewed(file),
        nonce=nonce,
        reader=capacity.value,
        typed=typed,
        errors=tuple(HintView(f, m, blocking=True) for f, m in (errors or {}).items()),
        mode=mode,
        message=message,
        panel_grade=framework.grade_label(file.moderated.grade) if file.moderated else "",
        final_grade=_final_grade(file, framework),
        panel_otherwise=len(file.moderated.sections) if file.moderated else 0,
        panel_practice=file.moderated.practice if file.moderated else "",
        confirmed_actions=sum(action.confirmed for action in file.actions),
    )


def safety_alert_view(
    alert: Alert, *, reader_id: int, duty_phone: str, out_of_hours_phone: str, nonce: str
) -> SafetyAlertView:
    """The alert as one of those told of it sees it."""
    return SafetyAlertView(
        alert_id=alert.id,
        reference=alert.reference,
        team_name=alert.team_name,
        raised_by=alert.raised_by_name,
        raised_at=alert.raised_at,
        concern=alert.concern,
        duty_phone=duty_phone,
        out_of_hours_phone=out_of_hours_phone,
        acknowledged=tuple((name, at) for _, name, at in alert.acknowledged),
        can_acknowledge=reader_id in alert.told and all(reader_id != i for i, _, _ in alert.acknowledged),
        escalated=reader_id in alert.escalated_to,
        nonce=nonce,
    )


def _respond_by(
    audit: Audit, capacity: Capacity, framework: Framework, bank_holidays: frozenset[date]
) -> date | None:
    if audit.submitted_at is None:
        return None
    shared_on = local_day(audit.submitted_at)
    if capacity is Capacity.PRACTITIONER:
        return comment_by(shared_on, framework.numbers, bank_holidays)
    if capacity is Capacity.TEAM_MANAGER:
        return review_by(shared_on, framework.numbers, bank_holidays)
    return None


def _with_the_panels(part: ReviewPart, file: AuditFile, framework: Framework) -> ReviewPart:
    """The part with the Panel's grade of its section beside the auditor's, where that is another (MO-21)."""
    other = file.moderated.sections.get(part.key) if file.moderated else None
    if other is None:
        return part
    panel = framework.grade_label(other.grade)
    lines = [("The Panel's grade, which reports count", panel)]
    if other.final is not None:
        lines.append(("The final grade after the talk", framework.grade_label(other.final)))
    label = f"{part.grade_label}; by the Panel: {panel}"
    return replace(part, lines=(*part.lines, *lines), grade_label=label)


def _final_grade(file: AuditFile, framework: Framework) -> str:
    final = file.moderated.final if file.moderated else None
    return framework.grade_label(final) if final else ""


def _reviewed(file: AuditFile) -> str:
    if file.review is None:
        return ""
    what = (
        "and put it forward for moderation"
        if file.review.nominated
        else "and did not put it forward for moderation"
    )
    reason = f": {file.review.reason}" if file.review.reason else "."
    return f"{file.review.by_name} has read this audit {what}{reason}"
