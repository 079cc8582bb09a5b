"""Moderating an audit: the form beside it, page by page, and the Panel's decision.

Source: MO-07 to MO-14, MO-18, Q9, Q15, Q24, SG-03 to SG-05; workflow 1B step 12.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.audit_file import AuditFile
from domain.audits import Audit
from domain.coach import HintKind, hints_for_text
from domain.deadlines import suggested_action_day
from domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from domain.grades import Grade
from domain.moderation import Moderation, Verdict
from domain.moderation_completeness import missing
from domain.moderation_file import ModerationFile, Offered
from domain.moderation_form import ModerationForm, from_body, to_body
from domain.moderation_parts import MISSING, OUTPUTS, Original, differing, given, graded_on, parts_of
from domain.moderation_reading import read_part
from domain.pages import SectionPage
from domain.people import Person
from domain.permissions import Verb
from storage.work import View, Work
from workflows.audit_access import action_owners, load_file, record_read, require_audit
from workflows.council import Council
from workflows.filling import PageRefused
from workflows.panel import chairs_of, panel_of
from workflows.releasing import settle_decided

MOST_EXAMPLES = 12
"""How many approved examples a moderation chooses from, the newest; the library has them all."""


class NotYours(RuleBroken):
    """Somebody else of the Panel has the moderation, or it is decided."""


class NotReady(RuleBroken):
    """The moderation lacks something. Carries page to what it lacks."""

    def __init__(self, gaps: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__("The moderation is not complete yet.")
        self.missing = dict(gaps)


def require_moderation(
    view: View, council: Council, *, by: Person, moderation_id: int, now: datetime
) -> tuple[Moderation, Audit]:
    """The moderation and its audit, for somebody of the Panel without a tie to it (Q9).

    Raises NotAllowed alike for one they may not see and for one that does not exist.
    """
    moderation = view.moderations.get(moderation_id)
    if moderation is None:
        raise NotAllowed("I cannot find that for you. Type “panel” to see the queue.")
    audit, _ = require_audit(view, council, Verb.MODERATE, by=by, audit_id=moderation.audit_id, now=now)
    return moderation, audit


def open_moderation(
    work: Work,
    council: Council,
    *,
    by: Person,
    moderation_id: int,
    part: str,
    now: datetime,
    record: bool = True,
) -> ModerationFile:
    """A moderation beside its audit, for somebody of the Panel; a read of the audit like any other."""
    moderation, audit = require_moderation(work, council, by=by, moderation_id=moderation_id, now=now)
    if record:
        record_read(work, by, audit.id, f"moderation, {part}", now)
    return _file(work, council, moderation, audit, by=by, now=now)


def save_part(
    work: Work,
    council: Council,
    *,
    by: Person,
    moderation_id: int,
    part: str,
    version: int,
    inputs: Mapping[str, object],
    now: datetime,
) -> bool:
    """Save a page as typed; whether anything changed.

    Raises PageRefused when a value cannot be understood, and Stale (with the form as it stands) when the
    moderation changed since the page was opened. In both cases nothing was saved.
    """
    moderation, audit = require_moderation(work, council, by=by, moderation_id=moderation_id, now=now)
    _require_filling(work, moderation, audit, by)
    before = from_body(moderation.body)
    original = original_of(council, load_file(work, audit))
    if part not in parts_of(original):
        raise NotFound("The moderation has no such page. Type “panel” to see the queue.")
    form, errors = read_part(
        part,
        inputs,
        before,
        original=original,
        owners=_ids(action_owners(work, audit)),
        examples=[example.id for example in work.examples.approved()],
        today=council.today(now),
    )
    if errors:
        raise PageRefused(errors)
    if form == before:
        return False
    _write(work, moderation, audit, {}, form=form, before=before, version=version, by=by, now=now)
    return True


def decide(
    work: Work,
    council: Council,
    *,
    by: Person,
    moderation_id: int,
    version: int,
    verdict: str,
    now: datetime,
) -> Moderation:
    """The moderation as decided, by whoever has it or the chair. A person's judgement throughout (SG-04).

    Raises NotReady with everything that is missing, and Stale when it changed since it was shown.
    """
    moderation, audit = require_moderation(work, council, by=by, moderation_id=moderation_id, now=now)
    _require_filling(work, moderation, audit, by)
    before = from_body(moderation.body)
    known = {one.value for one in Verdict}
    form = replace(before, verdict=Verdict(verdict) if verdict in known else None)
    original = original_of(council, load_file(work, audit))
    gaps = missing(
        form,
        original=original,
        framework=council.framework,
        owners=_ids(action_owners(work, audit)),
        today=council.today(now),
    )
    if gaps or form.overall is None or form.verdict is None:
        raise NotReady(gaps)
    changed = differing(form, original)
    values = {
        "verdict": form.verdict.value,
        "overall": form.overall.value,
        "grade_changed": bool(changed),
        "decided_at": now,
        "decided_by": by.id,
    }
    _write(work, moderation, audit, values, form=form, before=before, version=version, by=by, now=now)
    work.trail.add(
        now=now,
        actor=by.id,
        verb="moderated",
        subject=f"audit {audit.id}",
        audit_id=audit.id,
        fields={
            "verdict": form.verdict.value,
            "overall": form.overall.value,
            "auditor's overall": original.overall.value,
            # Who changed which grade, from what to what, and why (SG-05).
            "changed": {key: _change_of(form, original, key) for key in changed},
        },
    )
    settle_decided(work, council, _again(work, moderation), by=by.id, now=now)
    return _again(work, moderation)


def original_of(council: Council, file: AuditFile) -> Original:
    """The auditor's own grades of a submitted audit."""
    if file.audit.overall is None:
        raise LookupError(f"audit {file.audit.id} has no overall grade")
    pages = ((key, file.pages.get(key)) for key in file.keys(council.framework))
    grades = {key: page.grade for key, page in pages if isinstance(page, SectionPage) and page.grade}
    return Original(Grade(file.audit.overall), grades)


def is_chair(view: View, audit: Audit, by: Person) -> bool:
    """Whether this person chairs the Panel for this audit."""
    return any(person.id == by.id for person in chairs_of(view, audit))


def holder_of(view: View, moderation: Moderation, audit: Audit) -> Person | None:
    """Who has it; nobody where whoever had it has left or come to be tied to the audit (Q9)."""
    seated = (person for person in panel_of(view, audit) if person.id == moderation.moderator_id)
    return next(seated, None)


def _require_filling(view: View, moderation: Moderation, audit: Audit, by: Person) -> None:
    if moderation.decided_at is not None:
        raise NotYours("This moderation has been decided, so it can no longer be changed.")
    if moderation.moderator_id != by.id and not is_chair(view, audit, by):
        holder = holder_of(view, moderation, audit)
        if holder is None:
            raise NotYours("Nobody has this audit now. Please take it first: type “panel”.")
        raise NotYours(
            f"{holder.name} has this audit now, so nothing was saved. They can hand it over to you."
        )


def _write(
    work: Work,
    moderation: Moderation,
    audit: Audit,
    values: Mapping[str, Any],
    *,
    form: ModerationForm,
    before: ModerationForm,
    version: int,
    by: Person,
    now: datetime,
) -> None:
    """Store the form; whoever begins to write has taken the audit on."""
    body, old = to_body(form), to_body(before)
    written = {**values, "body": body, "saved_at": now, "saved_by": by.id}
    holder = holder_of(work, moderation, audit)
    if holder is None or (holder.id == by.id and moderation.taken_at is None):
        written |= {"moderator_id": by.id, "taken_at": now}
    if version != moderation.version or not work.moderations.change(moderation, written):
        raise Stale(
            "This moderation was saved from somewhere else since you opened it.",
            current=before,
            version=moderation.version,
        )
    if body != old:
        work.trail.add(
            now=now,
            actor=by.id,
            verb="saved the moderation",
            subject=f"audit {moderation.audit_id}",
            audit_id=moderation.audit_id,
            fields={name: value for name, value in body.items() if value != old[name]},
        )


def _file(
    view: View, council: Council, moderation: Moderation, audit: Audit, *, by: Person, now: datetime
) -> ModerationFile:
    file = load_file(view, audit)
    form = from_body(moderation.body)
    original = original_of(council, file)
    chairs = is_chair(view, audit, by)
    open_still = moderation.decided_at is None
    holder = holder_of(view, moderation, audit)
    mine = moderation.moderator_id == by.id
    today = council.today(now)
    return ModerationFile(
        moderation=moderation,
        file=file,
        form=form,
        original=original,
        holder_name=holder.name if holder else "",
        decider_name=view.people.get(moderation.decided_by).name if moderation.decided_by else "",
        mine=mine,
        can_fill=open_still and (mine or chairs),
        can_take=open_still and (holder is None or (mine and moderation.taken_at is None)),
        can_hand_over=open_still and holder is not None and (mine or chairs),
        missing=missing(
            form,
            original=original,
            framework=council.framework,
            owners=_ids(file.owners),
            today=today,
        )
        if open_still
        else {},
        suggested_day=suggested_action_day(
            form.overall or original.overall, today, council.framework.numbers, council.bank_holidays
        ),
        examples=_offered(view, form),
        hints=_hints(council, form, original),
    )


def _offered(view: View, form: ModerationForm) -> tuple[Offered, ...]:
    """The approved examples, and those already offered that were withdrawn since."""
    found = {one.id: one for one in view.examples.approved()[:MOST_EXAMPLES]}
    rows = (view.examples.get(example_id) for example_id in form.example_ids if example_id not in found)
    found |= {row.example.id: row.example for row in rows if row is not None}
    return tuple(Offered(one.id, one.title, one.section) for one in found.values())


def _hints(council: Council, form: ModerationForm, original: Original) -> dict[str, tuple[str, ...]]:
    """What looks as if it said who somebody is; a hint, which stands in nobody's way (SG-01, SG-04)."""
    texts: dict[str, list[str]] = {
        OUTPUTS: [form.strengths, form.development, form.practice, form.organisation],
        MISSING: [line.what for line in form.missing],
    }
    texts |= {part: [given(form, key)[1] for key in keys] for part, keys in graded_on(original).items()}
    found = {
        part: tuple(
            hint.message
            for text in written
            for hint in hints_for_text("", text, council.framework)
            if hint.kind is HintKind.IDENTIFIER
        )
        for part, written in texts.items()
    }
    return {part: messages for part, messages in found.items() if messages}


def _change_of(form: ModerationForm, original: Original, key: str) -> dict[str, str]:
    grade, because = given(form, key)
    was = original.of(key)
    return {"from": was.value if was else "", "to": grade.value if grade else "", "why": because}


def _ids(owners: Collection[tuple[int, str]]) -> frozenset[int]:
    return frozenset(person_id for person_id, _ in owners)


def _again(view: View, moderation: Moderation) -> Moderation:
    found = view.moderations.get(moderation.id)
    if found is None:
        raise LookupError(f"no moderation {moderation.id}")
    return found
