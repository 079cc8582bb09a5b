"""Builders of moderations: the Panel's people, and audits chosen, decided, held or released.

They write through the repositories, so that a test of one part needs none of the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from domain.audits import Audit
from domain.days import add_working_days, local_day
from domain.grades import Grade
from domain.moderation import AuditTest, Met, Moderation, Reason, ReleaseKind, Verdict
from domain.moderation_form import ModerationForm, SectionGrade, to_body
from domain.people import Person, Post
from storage.work import Work
from tests.builders import NOW, Staff, a_person, a_submitted_audit
from workflows.council import Council


@dataclass(frozen=True, slots=True)
class Panel:
    """The Panel and its neighbours; nobody of them is tied to the audits of `tests.builders`."""

    psw: Person
    first: Person
    """A practice consultant."""
    second: Person
    """Another one."""
    sm_qa: Person
    """Chairs where the PSW is tied to the audit."""
    pmpm: Person


def the_panel(work: Work) -> Panel:
    """The Panel's people, each named after their part."""
    return Panel(
        psw=a_person(work, "Pat Principal", Post.PSW),
        first=a_person(work, "Fran First", Post.PC),
        second=a_person(work, "Sol Second", Post.PC),
        sm_qa=a_person(work, "Sasha Quality", Post.SM_QA),
        pmpm=a_person(work, "Paddy Project", Post.PMPM),
    )


def a_chosen_audit(
    work: Work,
    council: Council,
    people: Staff,
    panel: Panel,
    *,
    audit: Audit | None = None,
    reasons: tuple[Reason, ...] = (Reason.NEW_AUDITOR,),
    now: datetime = NOW,
    **given: Any,
) -> Moderation:
    """A submitted audit, chosen and in the first consultant's queue; `given` goes to the audit's builder.

    Where a rule chose it at submission already, the reasons become these all the same.
    """
    audit = audit or a_submitted_audit(work, council, people, now=now, **given)
    due_on = local_day(now) + timedelta(days=14)
    work.moderations.select(
        audit_id=audit.id, reasons=reasons, due_on=due_on, moderator_id=panel.first.id, now=now
    )
    found = work.moderations.of_audit(audit.id)
    assert found is not None
    values = {"reasons": [reason.value for reason in reasons], "moderator_id": panel.first.id}
    return _changed(work, found, {**values, "due_on": due_on})


def a_whole_form(council: Council, audit: Audit, *, overall: Grade = Grade.GOOD) -> ModerationForm:
    """A form that lacks nothing and agrees with the audits of `tests.builders`, but for the overall grade."""
    keys = [
        section.key
        for section in council.framework.sections
        if audit.has_contact_section or not section.only_with_recent_contact
    ]
    return ModerationForm(
        file_read_on=audit.allocated_on,
        tests=dict.fromkeys(AuditTest, Met.MET),
        sections={key: SectionGrade(Grade.GOOD) for key in keys},
        overall=overall,
        overall_because="" if overall is Grade.GOOD else "Drift in the plan left the child waiting.",
        verdict=Verdict.SATISFACTORY,
        strengths="The child's voice leads the audit.",
        development="Weigh the chronology before grading.",
        practice="Visits were regular and the plan moved on.",
        nothing_missing=True,
        organisation="Chronologies are kept up late in the week; supervision could ask earlier.",
    )


def a_decided_moderation(
    work: Work,
    council: Council,
    people: Staff,
    panel: Panel,
    *,
    chosen: Moderation | None = None,
    overall: Grade = Grade.GOOD,
    verdict: Verdict = Verdict.SATISFACTORY,
    form: Mapping[str, Any] | None = None,
    now: datetime = NOW,
    **given: Any,
) -> Moderation:
    """Decided and held; `form` replaces fields of the whole form. Nobody has been told of it."""
    chosen = chosen or a_chosen_audit(work, council, people, panel, now=now, **given)
    audit = work.audits.get(chosen.audit_id)
    assert audit is not None
    assert audit.overall is not None
    written = replace(a_whole_form(council, audit, overall=overall), verdict=verdict, **(form or {}))
    changed = overall != Grade(audit.overall) or any(
        one.grade is not Grade.GOOD for one in written.sections.values()
    )
    values = {
        "taken_at": now,
        "body": to_body(written),
        "saved_at": now,
        "saved_by": panel.first.id,
        "verdict": verdict.value,
        "overall": overall.value,
        "grade_changed": changed,
        "decided_at": now,
        "decided_by": panel.first.id,
    }
    return _changed(work, chosen, values)


def a_held_moderation(
    work: Work, council: Council, people: Staff, panel: Panel, *, now: datetime = NOW, **given: Any
) -> Moderation:
    """Decided with another grade than the auditor's, its talk due (MO-16, MO-17)."""
    decided = a_decided_moderation(
        work, council, people, panel, now=now, **{"overall": Grade.REQUIRES_IMPROVEMENT, **given}
    )
    due_on = add_working_days(
        local_day(now), council.framework.numbers.discussion_working_days, council.bank_holidays
    )
    work.discussions.need(decided.id, due_on=due_on)
    return decided


def a_released_moderation(
    work: Work,
    council: Council,
    people: Staff,
    panel: Panel,
    *,
    kind: ReleaseKind = ReleaseKind.SATISFACTORY,
    final: Grade | None = None,
    now: datetime = NOW,
    **given: Any,
) -> Moderation:
    """Decided and released; what follows a release (mails, missing actions) was not done.

    The final grade is the Panel's when left out.
    """
    decided = a_decided_moderation(work, council, people, panel, now=now, **given)
    values = {
        "final": final or decided.overall,
        "released_at": now,
        "released_by": panel.psw.id,
        "release_kind": kind.value,
        "release_reason": "Waiting would delay what the child needs." if kind is ReleaseKind.EARLY else "",
    }
    return _changed(work, decided, values)


def _changed(work: Work, moderation: Moderation, values: Mapping[str, Any]) -> Moderation:
    assert work.moderations.change(moderation, values)
    found = work.moderations.get(moderation.id)
    assert found is not None
    return found


def of_proficient_auditors(council: Council) -> Council:
    """The same council with nobody new in it, so that submission alone chooses no audit (Q5)."""
    numbers = replace(council.framework.numbers, new_auditor_moderated=0)
    return replace(council, framework=replace(council.framework, numbers=numbers))
