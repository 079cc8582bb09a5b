"""Turns an audit into the views of its auditor's cards. Pure: what it is given is all it knows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from cards.page_lines import page_lines
from cards.views import (
    OVERVIEW,
    REVIEW,
    AllocationView,
    AuditHead,
    HintView,
    LeftPage,
    Mode,
    OverviewView,
    PageLink,
    PageView,
    PersonChoice,
    Progress,
    ReviewPart,
    ReviewView,
    StepView,
)
from domain.audit_file import AuditFile
from domain.audits import Audit, AuditState
from domain.coach import Hint
from domain.deadlines import accept_by, aimed_days
from domain.framework import Framework
from domain.grades import Grade
from domain.page_reading import from_body
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


def steps_of(
    file: AuditFile, framework: Framework, bank_holidays: frozenset[date], today: date
) -> tuple[StepView, ...]:
    """The seven steps with their aimed days and whether each is done."""
    audit = file.audit
    gaps = file.missing(framework, today=today)
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
        steps=steps_of(file, framework, bank_holidays, today),
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
    left: LeftPage | None = None,
) -> OverviewView:
    """The auditor's overview."""
    gaps = file.missing(framework, today=today)
    pages = tuple(
        PageLink(
            key, title_of(framework, key), _progress(key, file.pages.get(key), lacks_something=key in gaps)
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
        steps=steps_of(file, framework, bank_holidays, today),
        pages=pages,
        next_page=next((p.key for p in pages if p.progress is not Progress.DONE), REVIEW),
        accepted=audit.state is AuditState.ACCEPTED,
        nonce=nonce,
        case_free=case_free,
        owner_mri=owner_mri,
        mode=mode,
        offer_safety=offer_safety,
        left=left,
    )


def _progress(key: str, page: Page | None, *, lacks_something: bool) -> Progress:
    if not lacks_something:
        return Progress.DONE
    # A page somebody wrote on and cleared again is to do, like one never opened.
    begun = page is not None and page != from_body(key, None)
    return Progress.STARTED if begun else Progress.TODO


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
    would_lift: str = "",
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    just_saved: bool = False,
    nothing_typed: bool = False,
    other_version: Page | None = None,
    other_saved_at: datetime | None = None,
    mode: Mode = Mode.CHAT,
    offer_safety: bool = False,
    left: LeftPage | None = None,
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
        nothing_typed=nothing_typed,
        lookback_from=audit.lookback_from,
        lookback_to=audit.allocated_on,
        owners=tuple(PersonChoice(person_id, label) for person_id, label in owners),
        suggested_action_day=suggested_action_day,
        overall_below_good=overall is not None and overall.below_good,
        section_grades=tuple((title, framework.grade_label(grade)) for title, grade in section_grades),
        would_lift=would_lift,
        other_version=other_version,
        other_saved_at=other_saved_at,
        mode=mode,
        offer_safety=offer_safety,
        left=left,
    )


def review_parts(file: AuditFile, framework: Framework, today: date) -> tuple[ReviewPart, ...]:
    """Every page as it will be shared, with what it still lacks."""
    gaps = file.missing(framework, today=today)
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
    file: AuditFile,
    framework: Framework,
    *,
    today: date,
    nonce: str,
    mode: Mode = Mode.CHAT,
    left: LeftPage | None = None,
) -> ReviewView:
    """The last look before submission."""
    return ReviewView(
        head=head_of(file.audit, today),
        parts=review_parts(file, framework, today),
        version=file.revision,
        nonce=nonce,
        mode=mode,
        left=left,
    )
