"""Cards of talk, for the gallery."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cards.assembly_feedback import MET, TESTS
from cards.elements import Card
from cards.feedback import feedback_card
from cards.gallery_content import ORDINARY, Content
from cards.talk import talk_card
from cards.talk_forms import FORMS, reply_form, talk_form
from cards.team_copy import TeamCopyView, team_copy_form
from cards.views import HintView
from cards.views_talk import FeedbackView, ReplyFormView, TalkFormView, TalkView
from domain.agreement import Pair
from domain.audits import Audit, AuditState
from domain.differences import SectionDifference
from domain.framework import Framework
from domain.grades import Grade
from domain.moderation import Met, Moderation, Reason, Verdict
from domain.talks import Talk, TalkState, why_early

_AT = datetime(2026, 5, 29, 14, 20, tzinfo=UTC)
_DUE = date(2026, 6, 5)
_SLOTS = tuple(datetime(2026, 6, day, 9, 30, tzinfo=UTC) for day in (2, 3, 5))


def cards_of(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    yield from _feedback(framework, content)
    label = framework.grade_label
    grades = (label(Grade.GOOD), label(Grade.REQUIRES_IMPROVEMENT))
    talk = _talk(framework, content)
    states = {
        "due": talk,
        "invited": _invited(talk, content),
        "proposed": replace(
            _invited(talk, content), state=TalkState.PROPOSED, proposed=content.text(1), early_because=()
        ),
        "agreed": replace(_invited(talk, content), state=TalkState.AGREED, agreed_at=_SLOTS[0]),
        "held": replace(
            _invited(talk, content), state=TalkState.HELD, held_on=date(2026, 6, 2), note=content.text(3)
        ),
    }
    for name, one in states.items():
        final = label(Grade.OUTSTANDING) if name == "held" else ""
        yield f"talk-chair-{name}", talk_card(TalkView(one, grades, final, _AT, "gallery"))
        own = replace(one, leads=False, early_because=())
        yield f"talk-auditor-{name}", talk_card(TalkView(own, grades, final, _AT, "gallery"))
    # Nobody answered in time: what has passed is not to be chosen.
    invited, later = _invited(talk, content), _SLOTS[-1]
    yield "talk-chair-passed", talk_card(TalkView(invited, grades, "", later, "gallery"))
    own = replace(invited, leads=False, early_because=())
    yield "talk-auditor-one-left", talk_card(TalkView(own, grades, "", _SLOTS[1], "gallery"))
    yield "talk-auditor-passed", talk_card(TalkView(own, grades, "", later, "gallery"))
    takers = tuple((n, f"{content.name(n)} (service manager)") for n in range(1, 4))
    copy = TeamCopyView(7, content.reference, content.team, takers, "gallery")
    wrong_taker = (HintView("give_to", "Please choose one of the people shown.", blocking=True),)
    yield "team-copy", team_copy_form(copy)
    yield "team-copy-refused", team_copy_form(replace(copy, errors=wrong_taker))
    yield "team-copy-nobody", team_copy_form(replace(copy, takers=()))
    asked = TalkView(talk, grades, "", _AT, "gallery", "Please invite them first.", warning=True)
    yield "talk-chair-refused", talk_card(asked)
    titles = {section.key: section.title for section in framework.sections}
    choices = tuple((grade.value, label(grade)) for grade in Grade)
    wrong = (HintView("", "The talk changed since you opened it.", blocking=True),)
    typed = {
        **{f"slot_{number}": content.line(number) for number in (1, 2, 3)},
        **dict.fromkeys(("message", "proposed", "note", "final_because", "release_reason"), content.text(0)),
        **{f"final_because_{key}": content.line(2) for key in framework.section_keys},
        "held_on": "2026-06-02",
    }
    for form in FORMS:
        view = TalkFormView(states["invited"], choices, titles, "gallery")
        yield f"talk-form-{form}", talk_form(view, form)
        refused = replace(view, typed=typed, errors=wrong, sure=True)
        yield f"talk-form-{form}-refused", talk_form(refused, form)
    yield "talk-form-invite-first", talk_form(TalkFormView(talk, choices, titles, "gallery"), "invite")
    yield "reply-form", reply_form(ReplyFormView(7, "gallery"))
    again = ReplyFormView(7, "gallery", {"reply": content.text(2)}, wrong, sure=True)
    yield "reply-form-refused", reply_form(again)


def _feedback(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    label = framework.grade_label
    changed = label(Grade.REQUIRES_IMPROVEMENT)
    view = FeedbackView(
        moderation_id=7,
        audit_id=7,
        reference=content.reference,
        auditor_name=content.name(0),
        practitioner_name=content.name(1),
        team_name=content.team,
        decided_at=_AT,
        released_at=None,
        practice=content.text(3),
        grades=(
            ("Your overall grade", label(Grade.GOOD)),
            ("The Panel's", changed),
            ("Why", content.text(1)),
        ),
        sections=tuple(
            (
                section.title,
                label(Grade.GOOD),
                changed if content is not ORDINARY or number == 2 else label(Grade.GOOD),
                content.text(number) if content is not ORDINARY or number == 2 else "",
                f"{label(Grade.GOOD)}. {content.line(1)}" if number == 2 else "",
            )
            for number, section in enumerate(framework.sections)
        ),
        own=(
            ("What you did well", content.text(0)),
            ("What would help next time", content.text(1)),
            ("What you agreed for next time", content.text(2)),
        ),
        actions=tuple((content.text(n), content.name(n), date(2026, 6, 26)) for n in range(3)),
        organisation=content.text(2),
        tests=tuple((words, MET[Met.PARTLY]) for words in TESTS.values()),
        heard=(("Your reply", content.text(3)),),
        to_auditor=True,
        can_reply=True,
        has_talk=True,
        examples=((1, "A plan the child can read"), (2, "Whose voice is it?")),
        nonce="gallery",
    )
    yield "feedback-auditor", feedback_card(view)
    talked = (("Final grade, after the talk", label(Grade.GOOD)), ("Why, after the talk", content.text(2)))
    done = replace(
        view,
        grades=(*view.grades, *talked),
        released_at=_AT + timedelta(days=5),
        can_reply=False,
        message="Your reply is in.",
    )
    yield "feedback-auditor-released", feedback_card(done)
    team = replace(
        done,
        grades=(("The auditor's overall grade", label(Grade.GOOD)), *view.grades[1:]),
        own=(),
        tests=(),
        heard=(),
        to_auditor=False,
        has_talk=False,
        examples=(),
        message="",
    )
    yield "feedback-team-manager", feedback_card(team)
    yield "feedback-panel", feedback_card(replace(view, to_auditor=False, can_reply=False))


def _invited(talk: Talk, content: Content) -> Talk:
    return replace(
        talk,
        state=TalkState.INVITED,
        invited_by=content.name(2),
        invited_at=_AT,
        slots=_SLOTS,
        message=content.text(0),
    )


def _talk(framework: Framework, content: Content) -> Talk:
    changed = framework.section_keys[: 2 if content is ORDINARY else None]
    return Talk(
        moderation=_moderation(content),
        audit=_audit(content),
        version=1,
        leads=True,
        state=TalkState.DUE,
        due_on=_DUE,
        auditor_name=content.name(0),
        original=Grade.GOOD,
        invited_by="",
        invited_at=None,
        slots=(),
        message="",
        agreed_at=None,
        proposed="",
        held_on=None,
        note="",
        sections=tuple(
            SectionDifference(key, Pair(Grade.GOOD, Grade.REQUIRES_IMPROVEMENT), content.text(1))
            for key in changed
        ),
        early_because=why_early(Grade.INADEQUATE, (date(2026, 6, 1),), _DUE),
    )


def _audit(content: Content) -> Audit:
    return Audit(
        id=7,
        round_id=1,
        case_id=1,
        case_reference=content.reference,
        auditor_id=1,
        practitioner_id=2,
        team_id=1,
        state=AuditState.SUBMITTED,
        framework_version="1",
        allocated_on=date(2026, 5, 1),
        due_on=date(2026, 5, 31),
        lookback_from=date(2025, 11, 1),
        has_contact_section=False,
        submitted_at=_AT,
        overall=Grade.GOOD.value,
    )


def _moderation(content: Content) -> Moderation:
    return Moderation(
        id=7,
        audit_id=7,
        draw_id=None,
        reasons=(Reason.NEW_AUDITOR,),
        selected_at=_AT,
        selected_by=None,
        selected_note="",
        due_on=date(2026, 6, 12),
        moderator_id=3,
        taken_at=_AT,
        body={},
        saved_at=_AT,
        saved_by=3,
        verdict=Verdict.CONCERN,
        overall=Grade.REQUIRES_IMPROVEMENT,
        grade_changed=True,
        decided_at=_AT,
        decided_by=3,
        final=None,
        final_because="",
        reply=content.text(1),
        replied_at=_AT if content is not ORDINARY else None,
        released_at=None,
        released_by=None,
        release_kind=None,
        release_reason="",
        version=1,
    )
