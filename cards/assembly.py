"""Turns an audit into the views its cards are drawn from. Pure: what it is given is all it knows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from cards.page_lines import page_lines
from cards.views import (
    OVERVIEW,
    REVIEW,
    AllocationView,
    AuditHead,
    HintView,
    Mode,
    OverviewView,
    PageLink,
    PageView,
    PersonChoice,
    Progress,
    ReviewPart,
    ReviewView,
    SafetyAlertView,
    SharedNoticeView,
    SharedView,
    StepView,
    SubmittedView,
)
from domain.alerts import Alert
from domain.audit_file import AuditFile
from domain.audits import Audit, AuditState
from domain.coach import Hint
from domain.days import local_day
from domain.deadlines import accept_by, aimed_days, comment_by, review_by
from domain.framework import Framework
from domain.grades import Grade
from domain.pages import (
    ACTIONS,
    CONVERSATION,
    FILE,
    JOURNEY,
    OVERALL,
    VOICES,
    OverallPage,
    Page,
    SectionPage,
    page_keys,
)
from domain.permissions import Capacity

PAGE_TITLES: Mapping[str, str] = {
    JOURNEY: "The child's journey",
    FILE: "Reading the file",
    "voice_child": "The child's views",
    "voice_parent": "A parent's or carer's views",
    "voice_agency": "What agencies say",
    CONVERSATION: "Reflective conversation",
    OVERALL: "Overall judgement",
    ACTIONS: "Actions",
}
"""The pages that are no section; a section brings its own title."""

_WHAT_A_STEP_NEEDS: Mapping[str, tuple[str, ...]] = {
    "file": (FILE,),
    "voices": VOICES,
    "conversation": (CONVERSATION,),
    "actions": (ACTIONS,),
}


def title_of(framework: Framework, key: str) -> str:
    """What people read for a page."""
    if key in PAGE_TITLES:
        return PAGE_TITLES[key]
    return framework.section(key).title


def head_of(audit: Audit, today: date) -> AuditHead:
    """The head of everything about one audit."""
    return AuditHead(
        audit_id=audit.id,
        reference=audit.case_reference,
        due_on=audit.due_on,
        days_left=(audit.due_on - today).days,
        submitted=audit.state is AuditState.SUBMITTED,
    )


def steps_of(file: AuditFile, framework: Framework, bank_holidays: frozenset[date]) -> tuple[StepView, ...]:
    """The seven steps with their aimed days and whether each is done."""
    audit = file.audit
    gaps = file.missing(framework)
    sections = (*(k for k in file.keys(framework) if k not in PAGE_TITLES), JOURNEY, OVERALL)
    aims = aimed_days(audit.allocated_on, audit.due_on, framework.steps, bank_holidays)
    shown = []
    for step, (_, aim_on) in zip(framework.steps, aims, strict=True):
        if step.key == "accept":
            done = audit.accepted_at is not None
        elif step.key == "submit":
            done = audit.submitted_at is not None
        else:
            needed = _WHAT_A_STEP_NEEDS.get(step.key, sections)
            done = not any(key in gaps for key in needed)
        shown.append(StepView(step.title, aim_on, done))
    return tuple(shown)


def allocation_view(
    file: AuditFile,
    framework: Framework,
    bank_holidays: frozenset[date],
    *,
    today: date,
    nonce: str,
    owner_mri: str,
) -> AllocationView:
    """The allocation card."""
    audit = file.audit
    return AllocationView(
        head=head_of(audit, today),
        auditor_name=file.auditor.name,
        practitioner_name=file.practitioner.name,
        team_name=file.team.name,
        lookback_from=audit.lookback_from,
        lookback_to=audit.allocated_on,
        steps=steps_of(file, framework, bank_holidays),
        accept_by=accept_by(audit.allocated_on, framework.numbers, bank_holidays),
        nonce=nonce,
        owner_mri=owner_mri,
    )


def overview_view(
    file: AuditFile,
    framework: Framework,
    bank_holidays: frozenset[date],
    *,
    today: date,
    nonce: str,
    case_free: bool = False,
    owner_mri: str = "",
    mode: Mode = Mode.CHAT,
    offer_safety: bool = False,
) -> OverviewView:
    """The auditor's overview."""
    gaps = file.missing(framework)
    pages = tuple(
        PageLink(
            key,
            title_of(framework, key),
            Progress.DONE if key not in gaps else Progress.STARTED if key in file.pages else Progress.TODO,
        )
        for key in file.keys(framework)
    )
    audit = file.audit
    return OverviewView(
        head=head_of(audit, today),
        practitioner_name=file.practitioner.name,
        team_name=file.team.name,
        lookback_from=audit.lookback_from,
        lookback_to=audit.allocated_on,
        steps=steps_of(file, framework, bank_holidays),
        pages=pages,
        next_page=next((p.key for p in pages if p.progress is not Progress.DONE), REVIEW),
        accepted=audit.state is AuditState.ACCEPTED,
        nonce=nonce,
        case_free=case_free,
        owner_mri=owner_mri,
        mode=mode,
        offer_safety=offer_safety,
    )


def page_view(
    audit: Audit,
    framework: Framework,
    key: str,
    *,
    page: Page,
    version: int,
    saved_at: datetime | None,
    today: date,
    nonce: str,
    hints: Sequence[Hint] = (),
    owners: Sequence[tuple[int, str]] = (),
    suggested_action_day: date | None = None,
    overall: Grade | None = None,
    section_grades: Sequence[tuple[str, Grade]] = (),
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    just_saved: bool = False,
    other_version: Page | None = None,
    other_saved_at: datetime | None = None,
    mode: Mode = Mode.CHAT,
    offer_safety: bool = False,
) -> PageView:
    """A page to fill, with its neighbours."""
    keys = page_keys(framework, has_contact_section=audit.has_contact_section)
    place = keys.index(key)
    return PageView(
        head=head_of(audit, today),
        framework=framework,
        key=key,
        title=title_of(framework, key),
        body=page,
        version=version,
        number=place + 1,
        of=len(keys),
        previous=keys[place - 1] if place else OVERVIEW,
        following=keys[place + 1] if place + 1 < len(keys) else REVIEW,
        nonce=nonce,
        typed=typed,
        hints=(
            *(HintView(field, message, blocking=True) for field, message in (errors or {}).items()),
            *(HintView(hint.field, hint.message, hint.blocking) for hint in hints),
        ),
        saved_at=saved_at,
        just_saved=just_saved,
        lookback_from=audit.lookback_from,
        lookback_to=audit.allocated_on,
        owners=tuple(PersonChoice(person_id, label) for person_id, label in owners),
        suggested_action_day=suggested_action_day,
        overall_below_good=overall is not None and overall.below_good,
        section_grades=tuple((title, framework.grade_label(grade)) for title, grade in section_grades),
        other_version=other_version,
        other_saved_at=other_saved_at,
        mode=mode,
        offer_safety=offer_safety,
    )


def review_parts(file: AuditFile, framework: Framework) -> tuple[ReviewPart, ...]:
    """Every page as it will be shared, with what it still lacks."""
    gaps = file.missing(framework)
    owners = dict(file.owners)
    parts = []
    for key in file.keys(framework):
        page = file.pages.get(key)
        grade = page.grade if isinstance(page, SectionPage | OverallPage) else None
        parts.append(
            ReviewPart(
                key=key,
                title=title_of(framework, key),
                lines=page_lines(page, framework, owners) if page is not None else (),
                grade_label=framework.grade_label(grade) if grade else "",
                missing=gaps.get(key, ()),
            )
        )
    return tuple(parts)


def review_view(
    file: AuditFile, framework: Framework, *, today: date, nonce: str, mode: Mode = Mode.CHAT
) -> ReviewView:
    """The last look before submission."""
    return ReviewView(
        head=head_of(file.audit, today),
        parts=review_parts(file, framework),
        version=file.revision,
        nonce=nonce,
        mode=mode,
    )


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
        parts=tuple(p for p in review_parts(file, framework) if not (p.key == ACTIONS and agreed)),
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
