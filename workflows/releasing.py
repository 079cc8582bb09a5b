"""Who hears of a moderation, and when: at once, after the talk, or early with a reason (MO-15 to MO-19)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from domain.audits import Audit
from domain.days import add_working_days
from domain.errors import RuleBroken
from domain.grades import Grade
from domain.moderation import Moderation, ReleaseKind
from domain.moderation_form import from_body, to_body, with_finals
from domain.pages import ActionLine
from storage.work import View, Work
from workflows.closing import plan_reaudit
from workflows.copy_readers import copy_readers
from workflows.council import Council
from workflows.learning_log import draft_from_moderation
from workflows.panel import tell_chairs
from workflows.telling import tell_qa_office

NO_SECTIONS: Mapping[str, tuple[Grade, str]] = MappingProxyType({})
CHANGED = "Somebody changed this a moment ago. Please open it again and try once more."
AFTER_TALK, INVITED = "after the talk", "invite"
"""What tells notices of a grade that the talk changed, and of an invite, from those of a release.

All are of one kind, "moderation_news". The QA office sees kinds, as of what a pilot holds back, and who is
invited to a talk is a finding about an auditor (SG-03).
"""


def settle_decided(work: Work, council: Council, moderation: Moderation, *, by: int, now: datetime) -> None:
    """Release a satisfactory moderation at once; ask for the talk where there is a concern or a new grade.

    Called in the transaction that decides. Source: MO-15 to MO-17, Q13, Q14.
    """
    decided = _moderation(work, moderation.id)
    if not decided.needs_talk:
        release(work, council, decided, kind=ReleaseKind.SATISFACTORY, by=by, now=now)
        return
    audit = _audit(work, decided)
    due_on = add_working_days(
        council.today(now), council.framework.numbers.discussion_working_days, council.bank_holidays
    )
    if not work.discussions.need(decided.id, due_on=due_on):
        return
    work.trail.add(
        now=now,
        actor=by,
        verb="held a moderation for the talk",
        subject=f"audit {audit.id}",
        audit_id=audit.id,
        fields={"due": due_on.isoformat()},
    )
    tell_chairs(work, audit, kind="talk_wanted", subject_id=decided.id, now=now)


def release(
    work: Work,
    council: Council,
    moderation: Moderation,
    *,
    kind: ReleaseKind,
    by: int,
    now: datetime,
    final: Grade | None = None,
    final_because: str = "",
    final_sections: Mapping[str, tuple[Grade, str]] = NO_SECTIONS,
    reason: str = "",
) -> None:
    """Give the moderation to the auditor and to whoever manages the team that holds the case; once.

    What it changes for others begins here: missing actions join the audit's, the grade counts, the log gets a
    draft. `final` is what the chair recorded after the talk, the Panel's grade when left out, and
    `final_sections` the sections with another grade and why; they are kept, and the Panel's count.
    Raises RuleBroken when it was released already, or changed meanwhile.
    Source: MO-09, MO-15, MO-17 to MO-19, MO-21, Q13, SG-05.
    """
    if moderation.decided_at is None or moderation.overall is None:
        raise RuleBroken("The Panel has not decided on this yet, so there is nothing to release.")
    if moderation.released_at is not None:
        raise RuleBroken("This was released already.")
    audit = _audit(work, moderation)
    kept = final or moderation.overall
    values = {
        "final": kept.value,
        "final_because": final_because,
        **body_with(moderation, final_sections),
        "released_at": now,
        "released_by": by,
        "release_kind": kind.value,
        "release_reason": reason,
    }
    if not work.moderations.change(moderation, values):
        raise RuleBroken(CHANGED)
    missing = tuple(line for line in from_body(moderation.body).missing if not line.is_blank)
    _add_missing(work, council, audit, moderation, missing, now=now)
    draft_from_moderation(work, council, _moderation(work, moderation.id), now=now)
    if moderation.overall is Grade.INADEQUATE:
        plan_reaudit(work, council, audit, now=now)
    readers = copy_readers(work, council, audit, council.today(now))
    work.trail.add(
        now=now,
        actor=by,
        verb="released a moderation",
        subject=f"audit {audit.id}",
        audit_id=audit.id,
        fields={
            "ground": kind.value,
            "why": reason,
            "auditor's grade": audit.overall or "",
            "Panel's grade": moderation.overall.value,
            "final grade": kept.value,
            "why final": final_because,
            **final_fields(final_sections),
            "to auditor": audit.auditor_id,
            "to team manager": sorted(readers),
            "missing actions": len(missing),
        },
    )
    tell_released(work, council, audit, moderation.id, now=now)


def body_with(moderation: Moderation, finals: Mapping[str, tuple[Grade, str]]) -> dict[str, Any]:
    """The column that keeps these final grades of sections; nothing where there are none."""
    return {"body": to_body(with_finals(from_body(moderation.body), finals))} if finals else {}


def final_fields(finals: Mapping[str, tuple[Grade, str]]) -> dict[str, object]:
    """What the trail says of them."""
    return {f"final grade of {key}": [grade.value, why] for key, (grade, why) in finals.items()}


def tell_released(
    work: Work, council: Council, audit: Audit, moderation_id: int, *, now: datetime, again: str = ""
) -> None:
    """The auditor has it, and whoever reads the team's copy; where nobody does, the QA office hears so."""
    readers = copy_readers(work, council, audit, council.today(now))
    tell_copy(work, {audit.auditor_id, *readers}, moderation_id, now=now, again=again)
    if not readers:
        tell_qa_office(work, kind="copy_unreceived", subject_id=moderation_id, now=now, again=again)


def tell_copy(
    work: Work, people: Collection[int], moderation_id: int, *, now: datetime, again: str = ""
) -> None:
    """A card and a mail with the Word copy for each of these people."""
    for person_id in sorted(people):
        work.notices.queue(
            kind="moderation_news", subject_id=moderation_id, person_id=person_id, now=now, again=again
        )
        work.notices.queue(
            kind="moderation_copy",
            subject_id=moderation_id,
            person_id=person_id,
            now=now,
            medium="email",
            again=again,
        )


def _add_missing(
    work: Work,
    council: Council,
    audit: Audit,
    moderation: Moderation,
    lines: Sequence[ActionLine],
    *,
    now: datetime,
) -> None:
    """What the Panel found missing joins the audit's actions, and its owners hear of it (MO-09)."""
    work.actions.add_missing(audit.id, moderation.id, lines, agreed_on=council.today(now))
    for action in work.actions.of_audit(audit.id):
        if action.moderation_id == moderation.id:
            work.notices.queue(
                kind="action_missing", subject_id=action.id, person_id=action.owner_id, now=now
            )


def _moderation(view: View, moderation_id: int) -> Moderation:
    found = view.moderations.get(moderation_id)
    if found is None:
        raise LookupError(f"no moderation {moderation_id}")
    return found


def _audit(view: View, moderation: Moderation) -> Audit:
    found = view.audits.get(moderation.audit_id)
    if found is None:
        raise LookupError(f"no audit {moderation.audit_id}")
    return found
