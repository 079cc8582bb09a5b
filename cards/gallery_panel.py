"""Cards of the Panel's queue and of a moderation, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cards.assembly_readers import shared_view
from cards.elements import Card, Element
from cards.gallery_content import ORDINARY, Content
from cards.gallery_pages import body, inputs
from cards.moderation import moderation_card, part_card
from cards.moderation_decide import decide_card
from cards.panel import handing_card, panel_card
from cards.shared_parts import every_part
from cards.views import HintView
from cards.views_panel import HandingView, ModerationView, PanelView, QueueLine
from domain.audit_file import AgreedAction, AuditFile, Comment, Review
from domain.audits import Audit, AuditState
from domain.examples import TITLE_LIMIT
from domain.framework import Framework
from domain.grades import Grade
from domain.moderation import AuditTest, Met, Moderation, Reason, Verdict
from domain.moderation_file import ModerationFile, Offered
from domain.moderation_form import BECAUSE_LIMIT, MISSING_LINES, ModerationForm, SectionGrade, to_body
from domain.moderation_parts import DECIDE, MISSING, OVERALL, START, Original, graded_on, parts_of
from domain.pages import ActionLine, page_keys
from domain.people import Person, Team
from domain.permissions import Capacity
from domain.talks import TalkState, TalkToHold

_TODAY = date(2026, 6, 10)
_AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
_WRONG = (HintView("why", "Please say in a few words why.", blocking=True),)


def cards_of(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    yield from _queue_cards(content)
    view = _view(framework, content)
    for part in parts_of(view.found.original):
        filled = replace(view, part=part)
        yield f"moderation-{part}", _drawn(filled)
        yield f"moderation-{part}-blank", _drawn(_blank(filled))
        typed = {one["id"]: _typed(one, n, content) for n, one in enumerate(inputs(_drawn(filled)))}
        errors = tuple(HintView(name, "Please look at this again.", blocking=True) for name in typed)
        yield f"moderation-{part}-refused", _drawn(replace(filled, typed=typed, hints=errors))
        yield f"moderation-{part}-stale", _drawn(replace(filled, typed=typed, other=filled.found.form))
    yield "moderation-part", part_card(replace(view, part=START), view.parts[1].key)
    reading = replace(view.found, can_fill=False, mine=False, can_take=True, can_hand_over=False)
    yield "moderation-start-read", _drawn(replace(view, found=reading, part=START))
    decided = replace(
        view.found.moderation,
        decided_at=_AT,
        verdict=Verdict.CONCERN,
        overall=Grade.INADEQUATE,
        grade_changed=True,
        decided_by=2,
    )
    done = replace(reading, moderation=decided, can_take=False, decider_name=content.name(2), missing={})
    yield "moderation-decided", _drawn(replace(view, found=done, part=DECIDE, message="Decided. Thank you."))


def _drawn(view: ModerationView) -> Card:
    return decide_card(view) if view.part == DECIDE else moderation_card(view)


def _typed(field: Element, number: int, content: Content) -> str:
    """What a person would have typed into this box, at its limit."""
    if field["type"] == "Input.ChoiceSet":
        return str(field["choices"][-1]["value"])
    if field["type"] == "Input.Text":
        return content.text(number)[: field["maxLength"]]
    return "31/5/26" if field["type"] == "Input.Date" else "true"


def _queue_cards(content: Content) -> Iterator[tuple[str, Card]]:
    lines = tuple(_line(content, number) for number in range(content.many))
    mine = tuple(replace(line, holder_name=content.name(5)) for line in lines[:3])
    view = PanelView(mine, lines[3:], 0, _TODAY, "gallery", message="Saved. Go on whenever you like.")
    yield "panel", panel_card(view)
    talks = tuple(
        TalkToHold(
            n,
            content.name(n),
            list(TalkState)[n % 4],
            _TODAY + timedelta(days=n - 2),
            _AT if n % 4 == 3 else None,
        )
        for n in range(content.many)
    )
    yield "panel-talks", panel_card(replace(view, talks=talks))
    yield "panel-empty", panel_card(replace(view, mine=(), others=(), message=""))
    yield "panel-many", panel_card(replace(view, mine=lines, others=lines, start=0))
    yield "panel-more", panel_card(replace(view, start=2))
    form = HandingView(
        moderation=lines[0].moderation,
        reference=content.reference,
        auditor_name=content.name(0),
        holder_name=content.name(5),
        people=tuple((number, content.name(number), number) for number in range(1, content.many)),
        swaps=lines,
        today=_TODAY,
        nonce="gallery",
    )
    yield "hand-over", handing_card(form)
    yield "hand-over-refused", handing_card(replace(form, typed={"why": content.line(0)}, errors=_WRONG))
    yield "hand-over-to-nobody", handing_card(replace(form, people=(), swaps=()))


def _line(content: Content, number: int) -> QueueLine:
    moderation = _moderation(ModerationForm(), content, due_on=_TODAY + timedelta(days=number - 2))
    reasons = (tuple(Reason)[number % len(Reason)],)
    return QueueLine(
        replace(moderation, id=number + 1, reasons=reasons, taken_at=_AT if number % 2 else None),
        content.name(number),
        content.team,
        content.name(number + 1) if number % 3 else "",
        may_open=number % 4 != 3,
    )


def _moderation(form: ModerationForm, content: Content, *, due_on: date) -> Moderation:
    return Moderation(
        id=3,
        audit_id=7,
        draw_id=None,
        reasons=(Reason.NOMINATED, Reason.NEW_AUDITOR),
        selected_at=_AT,
        selected_by=1,
        selected_note=content.text(0),
        due_on=due_on,
        moderator_id=2,
        taken_at=_AT,
        body=to_body(form),
        saved_at=_AT,
        saved_by=2,
        verdict=None,
        overall=None,
        grade_changed=None,
        decided_at=None,
        decided_by=None,
        final=None,
        final_because="",
        reply="",
        replied_at=None,
        released_at=None,
        released_by=None,
        release_kind=None,
        release_reason="",
        version=5,
    )


def _view(framework: Framework, content: Content) -> ModerationView:
    file = _file(framework, content)
    original = Original(Grade.GOOD, dict.fromkeys(framework.section_keys, Grade.REQUIRES_IMPROVEMENT))
    form = _form(original, content)
    found = ModerationFile(
        moderation=_moderation(form, content, due_on=_TODAY + timedelta(days=3)),
        file=file,
        form=form,
        original=original,
        holder_name=content.name(2),
        decider_name="",
        mine=True,
        can_fill=True,
        can_take=False,
        can_hand_over=True,
        missing={},
        suggested_day=date(2026, 7, 1),
        examples=tuple(
            Offered(number, content.line(number)[:TITLE_LIMIT], OVERALL)
            for number in range(1, 1 + min(content.many, 12))
        ),
        hints={
            part: (f"“{content.name(0)}” in this text looks like a name.",)
            for part in (*graded_on(original), MISSING)
        },
    )
    audit = shared_view(
        file, Capacity.PANEL_MEMBER, framework, frozenset(), part="", today=_TODAY, nonce="gallery"
    )
    return ModerationView(
        found=found,
        framework=framework,
        part=START,
        today=_TODAY,
        nonce="gallery",
        parts=every_part(audit),
        reviewed=audit.reviewed,
        duty_phone="01632 960001",
        out_of_hours_phone="01632 960002",
        talk_by=date(2026, 6, 17),
    )


def _blank(view: ModerationView) -> ModerationView:
    gaps = dict.fromkeys(parts_of(view.found.original), ("the day you read the child's file",))
    found = replace(view.found, form=ModerationForm(), missing=gaps, hints={}, examples=())
    return replace(view, found=found)


def _form(original: Original, content: Content) -> ModerationForm:
    t = content.text
    return ModerationForm(
        file_read_on=_TODAY,
        tests=dict.fromkeys(AuditTest, Met.PARTLY),
        sections={
            key: SectionGrade(tuple(Grade)[n % 4], t(n)[:BECAUSE_LIMIT])
            for n, key in enumerate(original.sections)
        },
        overall=Grade.INADEQUATE,
        overall_because=t(0)[:BECAUSE_LIMIT],
        verdict=Verdict.CONCERN,
        strengths=t(0),
        development=t(1),
        practice=t(2),
        missing=tuple(ActionLine(t(n), 1, _TODAY) for n in range(MISSING_LINES)),
        organisation=t(3),
        example_ids=(1, 2),
    )


def _file(framework: Framework, content: Content) -> AuditFile:
    audit = Audit(
        id=7,
        round_id=1,
        case_id=1,
        case_reference=content.reference,
        auditor_id=1,
        practitioner_id=3,
        team_id=1,
        state=AuditState.SUBMITTED,
        framework_version="1",
        allocated_on=date(2026, 5, 1),
        due_on=date(2026, 5, 31),
        lookback_from=date(2025, 11, 1),
        has_contact_section=True,
        submitted_at=_AT,
        overall=Grade.GOOD.value,
    )
    keys = page_keys(framework, has_contact_section=True)
    few = content is ORDINARY
    return AuditFile(
        audit=audit,
        auditor=_person(1, content),
        practitioner=_person(3, content),
        team=Team(1, content.team, 1),
        owners=tuple((n, f"{content.name(n)} (practitioner)") for n in range(1, 4)),
        pages={key: body(key, framework, content) for key in keys},
        versions={},
        saved_at={},
        actions=tuple(AgreedAction(content.text(n), content.name(n), _TODAY) for n in range(2 if few else 4)),
        comments=(Comment(content.text(3), _AT),),
        review=Review(content.name(4), _AT, nominated=True, reason=content.text(2)),
    )


def _person(number: int, content: Content) -> Person:
    return Person(number, content.name(number), "nobody@example.org", frozenset())
