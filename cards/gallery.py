"""Every card and dialog page with ordinary and worst-case content, all make-believe.

`plumbline gallery DIR` writes them as JSON; the tests hold each to `checking.faults`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType

from cards import (
    gallery_action,
    gallery_board,
    gallery_calibration,
    gallery_digest,
    gallery_draw,
    gallery_examples,
    gallery_following,
    gallery_governance,
    gallery_learning,
    gallery_packs,
    gallery_panel,
    gallery_performance,
    gallery_plan,
    gallery_report,
    gallery_talk,
)
from cards.allocation import allocation_card, conflict_form
from cards.assembly import title_of
from cards.elements import Card
from cards.gallery_content import ORDINARY, WORST, Content
from cards.gallery_day import day_cards
from cards.gallery_office import office_cards
from cards.gallery_pages import body, head, left_page, owners, pages
from cards.guidance import GRADES, START, WRITING, guidance_card
from cards.handed_in import HandedInLine, HandedInView, handed_in_card
from cards.line import line_card
from cards.notes import note_card
from cards.overview import overview_card
from cards.page_lines import page_lines
from cards.payloads import OpenOverview, ShowMyAudits
from cards.review import review_card
from cards.safety import safety_alert_card, safety_form
from cards.shared import shared_card, shared_notice_card
from cards.submitted import submitted_card
from cards.todo import todo_card
from cards.views import (
    REVIEW,
    AllocationView,
    ConflictFormView,
    HintView,
    LineView,
    Mode,
    NoteView,
    OverviewView,
    PageLink,
    Progress,
    ReviewPart,
    ReviewView,
    SafetyAlertView,
    SafetyFormView,
    SharedNoticeView,
    SharedView,
    StepView,
    SubmittedView,
    TodoLine,
    TodoView,
)
from domain.completeness import lacking
from domain.framework import Framework
from domain.grades import Grade
from domain.pages import ACTIONS, VOICES, page_keys

_AT = datetime(2026, 5, 29, 14, 20, tzinfo=UTC)
_DUE = date(2026, 5, 31)
_WRONG = (HintView("", "This can't be kept as it stands.", blocking=True),)
_MRI = "29:make-believe"
_AREAS = (
    gallery_draw,
    gallery_panel,
    gallery_examples,
    gallery_talk,
    gallery_action,
    gallery_board,
    gallery_following,
    gallery_learning,
    gallery_calibration,
    gallery_report,
    gallery_performance,
    gallery_packs,
    gallery_governance,
    gallery_plan,
    gallery_digest,
)
_BLANK = ("planning", VOICES[1], ACTIONS)
"""The pages still to write where the review lists what is missing."""
_DUTY, _NIGHT = "01632 960001", "01632 960002"


def gallery(framework: Framework) -> Mapping[str, Card]:
    """Name of each card to the card."""
    made: dict[str, Card] = dict(pages(framework))
    for content in (ORDINARY, WORST):
        drawn = (
            *_audit_cards(framework, content),
            *_sharing_cards(framework, content),
            *_message_cards(content),
            *office_cards(content),
            *day_cards(content),
            *(one for area in _AREAS for one in area.cards_of(framework, content)),
        )
        made |= {f"{name}-{content.label}": card for name, card in drawn}
    for topic in (START, GRADES, WRITING, *framework.section_keys):
        made[f"guidance-{topic}"] = guidance_card(framework, topic, audit_id=7)
    return MappingProxyType(made)


def _steps(framework: Framework, done: int = 0) -> tuple[StepView, ...]:
    aims = (date(2026, 5, day) for day in (7, 10, 17, 24, 27, 28, 31))
    return tuple(
        StepView(step.title, aim, number < done)
        for number, (step, aim) in enumerate(zip(framework.steps, aims, strict=True))
    )


def _audit_cards(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    allocation = AllocationView(
        head=head(content),
        auditor_name=content.name(0),
        practitioner_name=content.name(1),
        team_name=content.team,
        lookback_from=date(2025, 11, 1),
        lookback_to=date(2026, 5, 1),
        steps=_steps(framework),
        accept_by=date(2026, 5, 7),
        nonce="gallery",
        owner_mri=_MRI,
    )
    yield "allocation", allocation_card(allocation)
    overview = _overview(framework, content)
    yield "overview", overview_card(overview)
    yield "overview-dialog", overview_card(replace(overview, mode=Mode.DIALOG, offer_safety=True))
    yield "overview-case-free", overview_card(replace(overview, case_free=True, owner_mri=_MRI))
    yield "overview-before-accepting", overview_card(_not_accepted(framework, overview))
    all_done = tuple(replace(page, progress=Progress.DONE) for page in overview.pages)
    ready = replace(overview, pages=all_done, next_page=REVIEW, steps=_steps(framework, done=6))
    yield "overview-all-done", overview_card(ready)
    done = replace(overview, head=replace(overview.head, submitted=True))
    yield "overview-submitted", overview_card(done)
    yield "overview-after-hints", overview_card(replace(overview, left=left_page(framework, content)))
    yield "conflict", conflict_form(ConflictFormView(head(content), "gallery"))
    again = ConflictFormView(head(content), "gallery", content.text(0), _WRONG, Mode.DIALOG)
    yield "conflict-refused", conflict_form(again)
    review = ReviewView(head(content), _parts(framework, content, missing=False), 9, "gallery")
    yield "review", review_card(review)
    yield "review-after-hints", review_card(replace(review, left=left_page(framework, content)))
    yield "review-missing", review_card(replace(review, parts=_parts(framework, content, missing=True)))
    submitted = SubmittedView(
        7,
        _AT,
        content is ORDINARY,
        "Good",
        ("the practitioner", "the team manager", "the line manager", "the QA office"),
    )
    yield "submitted", submitted_card(submitted)
    yield "submitted-stored", submitted_card(replace(submitted, overall_label=""))


def _overview(framework: Framework, content: Content) -> OverviewView:
    keys = page_keys(framework, has_contact_section=True)
    states = (Progress.DONE, Progress.DONE, Progress.DONE, Progress.STARTED)
    return OverviewView(
        head=head(content),
        practitioner_name=content.name(1),
        team_name=content.team,
        lookback_from=date(2025, 11, 1),
        lookback_to=date(2026, 5, 1),
        steps=_steps(framework, done=2),
        pages=tuple(
            PageLink(key, title_of(framework, key), states[i] if i < len(states) else Progress.TODO)
            for i, key in enumerate(keys)
        ),
        next_page=keys[3],
        accepted=True,
        nonce="gallery",
    )


def _not_accepted(framework: Framework, overview: OverviewView) -> OverviewView:
    """The overview of an audit on which nothing has been done."""
    untouched = tuple(replace(page, progress=Progress.TODO) for page in overview.pages)
    return replace(
        overview, accepted=False, steps=_steps(framework), pages=untouched, next_page=untouched[0].key
    )


def _parts(framework: Framework, content: Content, *, missing: bool) -> tuple[ReviewPart, ...]:
    people = {owner.person_id: owner.label for owner in owners(content)}
    parts = []
    for key in page_keys(framework, has_contact_section=True):
        page = body(key, framework, content)
        if missing and (content is WORST or key in _BLANK):
            page = type(page)()
        grade = getattr(page, "grade", None)
        wanting = lacking(page, overall=Grade.REQUIRES_IMPROVEMENT) if missing else ()
        parts.append(
            ReviewPart(
                key,
                title_of(framework, key),
                page_lines(page, framework, people),
                framework.grade_label(grade) if grade else "",
                wanting,
            )
        )
    return tuple(parts)


def _sharing_cards(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    for reader in ("practitioner", "line_manager", "team_manager"):
        respond_by = date(2026, 6, 5) if reader in ("practitioner", "team_manager") else None
        notice = SharedNoticeView(7, reader, content.name(0), _AT, respond_by)
        yield f"shared-notice-{reader}", shared_notice_card(notice)
    handed_in = tuple(HandedInLine(7 + n, content.name(n), content.team, _AT) for n in range(content.many))
    yield "handed-in", handed_in_card(HandedInView(_AT.date(), handed_in))
    yield "handed-in-one", handed_in_card(HandedInView(_AT.date(), handed_in[:1]))
    parts = tuple(part for part in _parts(framework, content, missing=False) if part.key != ACTIONS)
    view = SharedView(
        head=replace(head(content), submitted=True),
        auditor_name=content.name(0),
        practitioner_name=content.name(1),
        team_name=content.team,
        submitted_at=_AT,
        overall_label="Good",
        parts=parts,
        part="summary",
        actions=tuple((content.text(i), content.name(1 + i % 3), date(2026, 6, 26)) for i in range(4)),
        comment="",
        can_comment=True,
        comment_by=date(2026, 6, 5),
        can_review=False,
        review_by=None,
        reviewed="",
        nonce="gallery",
        reader="practitioner",
    )
    yield "shared-practitioner", shared_card(view)
    refused = replace(view, typed={"comment": content.text(0)}, comment=content.text(1), errors=_WRONG)
    yield "shared-practitioner-refused", shared_card(refused)
    asked = replace(refused, errors=(), message="The Word copy comes in a message of its own in a moment.")
    yield "shared-copy-asked", shared_card(asked)
    manager = replace(
        view,
        reader="team_manager",
        can_comment=False,
        comment=content.text(3),
        can_review=True,
        review_by=date(2026, 6, 5),
    )
    yield "shared-team-manager", shared_card(manager)
    reviewed = f"{content.name(2)} has read this audit and put it forward for moderation: {content.text(0)}"
    office = replace(manager, reader="qa_office", can_review=False, review_by=None, reviewed=reviewed)
    yield "shared-qa-office", shared_card(office)
    moderated = replace(office, panel_grade="Requires Improvement", panel_practice=content.text(1))
    yield "shared-moderated", shared_card(moderated)
    talked = replace(moderated, final_grade="Inadequate")
    yield "shared-moderated-final", shared_card(talked)
    yield "shared-part-panel", shared_card(replace(talked, part="panel"))
    for key in (*(part.key for part in parts), ACTIONS, "comment"):
        yield f"shared-part-{key}", shared_card(replace(manager, part=key))


def _message_cards(content: Content) -> Iterator[tuple[str, Card]]:
    yield "safety-form", safety_form(SafetyFormView(head(content), _DUTY, _NIGHT, "gallery"))
    again = SafetyFormView(
        head(content), _DUTY, _NIGHT, "gallery", content.text(0), _WRONG, Mode.DIALOG, "planning"
    )
    yield "safety-form-refused", safety_form(again)
    carried = {"comment": content.text(0), "review_reason": content.text(1)}
    yield "safety-form-from-shared", safety_form(replace(again, mode=Mode.CHAT, page="", carried=carried))
    typed = {"strengths": content.text(0), "organisation": content.text(1)}
    beside = replace(again, mode=Mode.CHAT, page="outputs", moderation_id=7, carried=typed)
    yield "safety-form-from-moderation", safety_form(beside)
    alert = SafetyAlertView(
        alert_id=4,
        reference=content.reference,
        team_name=content.team,
        raised_by=content.name(0),
        raised_at=_AT,
        concern=content.text(0),
        duty_phone=_DUTY,
        out_of_hours_phone=_NIGHT,
        acknowledged=(),
        can_acknowledge=True,
        escalated=False,
        nonce="gallery",
    )
    yield "safety-alert", safety_alert_card(alert)
    seen = tuple((content.name(i), _AT) for i in range(3))
    yield "safety-alert-seen", safety_alert_card(replace(alert, acknowledged=seen, escalated=True))
    boxes = (("judgement", "My judgement"), ("action", "Because of"), ("impact", "Impact on the child"))
    line = LineView(7, "planning", "Planning", 3, content.text(0), boxes, False, True, "gallery")
    yield "line", line_card(line)
    yield "line-repeated", line_card(replace(line, repeated=True, first_time=False))
    todo = TodoView(
        content.name(0),
        tuple(
            TodoLine(
                ("Your audit", "An audit in your team to read", "A new audit to accept")[i % 3],
                f"Audited by {content.name(i)}, shared on 29 May 2026"
                if i % 3 == 1
                else "Allocated on 1 May 2026",
                _DUE,
                i % 2 == 1,
                7 + i,
                ("open", "read", "open")[i % 3],
            )
            for i in range(content.many // 2)
        ),
        tuple(f"Audit submitted on {10 + i % 20} March 2026" for i in range(content.many)),
        tuple(
            TodoLine(
                f"An audit in {content.team}",
                f"Audited by {content.name(i)}, shared on 29 May 2026",
                None,
                False,
                60 + i,
                "read",
            )
            for i in range(content.many // 3)
        ),
    )
    yield "todo", todo_card(todo)
    yield "todo-office", todo_card(replace(todo, unreachable=content.many))
    also = tuple(
        TodoLine(
            ("3 figures need a line from you", "A few sentences to write", "A pack to approve")[i % 3],
            ("", "Whole-service report, April 2026", content.line(i))[i % 3],
            _DUE,
            i % 2 == 1,
            0,
            "none",
            ("Open", ShowMyAudits()),
        )
        for i in range(max(3, content.many // 4))
    )
    yield "todo-also", todo_card(replace(todo, also=also))
    yield "todo-nothing", todo_card(TodoView(content.name(0), (), ()))
    buttons = (("My audits", ShowMyAudits()), ("Open the audit", OpenOverview(7)))
    for tone in ("plain", "good", "warning"):
        note = NoteView("Saved to the page", f"{content.text(0)}\nReference {content.line(0)}", buttons, tone)
        yield f"note-{tone}", note_card(note)
