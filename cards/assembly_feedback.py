"""Turns a moderation into what one of its readers sees, on a card and in a Word copy alike. Pure."""

from collections.abc import Iterator

from cards.views_talk import AFTER_TALK, FeedbackView
from domain.feedback import Feedback, Shown
from domain.framework import Framework
from domain.moderation import AuditTest, Met

TESTS = {
    AuditTest.COVERED: "The key elements are covered",
    AuditTest.TRIANGULATED: "The evidence for each grade is triangulated",
    AuditTest.BALANCED: "Strengths and developments are shown",
    AuditTest.APPLIED: "The criteria are applied and explained",
    AuditTest.PLAN: "There is a clear plan for reaching Good",
}
MET = {Met.MET: "Met", Met.PARTLY: "Partly met", Met.NOT: "Not met"}


def feedback_view(found: Feedback, framework: Framework, *, nonce: str, message: str = "") -> FeedbackView:
    """The moderation as its reader sees it."""
    moderation, form = found.moderation, found.form
    if moderation.decided_at is None:
        raise ValueError("only a decided moderation is read")
    whole = found.shown is Shown.WHOLE
    reply = "Your reply" if found.is_auditor else "The auditor's reply"
    return FeedbackView(
        moderation_id=moderation.id,
        audit_id=found.audit.id,
        reference=found.audit.case_reference,
        auditor_name=found.auditor_name,
        practitioner_name=found.practitioner_name,
        team_name=found.team_name,
        decided_at=moderation.decided_at,
        released_at=moderation.released_at,
        practice=form.practice,
        grades=tuple(_grades(found, framework)),
        sections=tuple(_sections(found, framework)),
        own=tuple(_own(found)) if whole else (),
        actions=tuple(
            (line.what, found.owners.get(line.owner_id or 0, ""), line.due_on)
            for line in form.missing
            if not line.is_blank and line.due_on is not None
        ),
        organisation=form.organisation,
        tests=tuple((words, MET[form.tests[test]]) for test, words in TESTS.items() if test in form.tests),
        heard=((reply, moderation.reply),) if whole and moderation.reply else (),
        to_auditor=found.is_auditor,
        can_reply=found.is_auditor and moderation.replied_at is None,
        has_talk=found.has_talk,
        examples=tuple((one.example_id, one.title) for one in found.examples),
        nonce=nonce,
        message=message,
    )


def _grades(found: Feedback, framework: Framework) -> Iterator[tuple[str, str]]:
    moderation = found.moderation
    whose = "Your" if found.is_auditor else "The auditor's"
    yield f"{whose} overall grade", framework.grade_label(found.original)
    if moderation.overall is not None:
        yield "The Panel's", framework.grade_label(moderation.overall)
    if found.form.overall_because:
        yield "Why", found.form.overall_because
    if moderation.other_final is not None:
        yield AFTER_TALK, framework.grade_label(moderation.other_final)
    if moderation.final_because:
        yield "Why, after the talk", moderation.final_because


def _sections(found: Feedback, framework: Framework) -> Iterator[tuple[str, str, str, str, str]]:
    for section in framework.sections:
        one, own = found.form.sections.get(section.key), found.section_grades.get(section.key)
        if one is not None and one.grade is not None:
            label = framework.grade_label(own) if own else ""
            final = f"{framework.grade_label(one.final)}. {one.final_because}" if one.final else ""
            yield section.title, label, framework.grade_label(one.grade), one.because, final


def _own(found: Feedback) -> Iterator[tuple[str, str]]:
    well, more, agreed = (
        ("What you did well", "What would help next time", "What you agreed for next time")
        if found.is_auditor
        else ("What the auditor did well", "What would help the auditor", "Agreed for next time")
    )
    for label, text in (
        (well, found.form.strengths),
        (more, found.form.development),
        (agreed, found.agreed),
    ):
        if text:
            yield label, text
