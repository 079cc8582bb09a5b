"""Moderating an audit: the form beside it, page by page, and the Panel's decision.

Source: MO-07 to MO-14, MO-18, Q9, Q15, Q24, SG-03 to SG-05; workflow 1B step 12.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from domain.audits import Audit
from domain.days import local_day
from domain.errors import NotFound, RuleBroken, Stale
from domain.moderation import Moderation, Verdict
from domain.moderation_completeness import missing
from domain.moderation_form import ModerationForm, from_body, to_body
from domain.moderation_parts import Original, differing, given, parts_of
from domain.moderation_reading import read_part
from domain.people import Person
from storage.work import View, Work
from workflows.audit_access import action_owners, load_file
from workflows.council import Council
from workflows.filling import PageRefused
from workflows.moderation_files import holder_of, ids_of, is_chair, original_of, require_moderation
from workflows.releasing import settle_decided


class NotYours(RuleBroken):
    """Somebody else of the Panel has the moderation, or it is decided."""


class NotReady(RuleBroken):
    """The moderation lacks something. Carries page to what it lacks."""

    def __init__(self, gaps: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__("The moderation is not complete yet.")
        self.missing = dict(gaps)


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
    lenient: bool = False,
) -> bool:
    """Save a page as typed; whether anything changed.

    Raises PageRefused when a value cannot be understood, and Stale (with the form as it stands) when the
    moderation changed since the page was opened. In both cases nothing was saved. `lenient` keeps what can
    be understood: a safety alert must not wait for a mistyped date.
    """
    moderation, audit = require_moderation(work, council, by=by, moderation_id=moderation_id, now=now)
    _require_filling(work, moderation, audit, by, council.today(now))
    before = from_body(moderation.body)
    original = original_of(council, load_file(work, audit))
    if part not in parts_of(original):
        raise NotFound("The moderation has no such page. Type “panel” to see the queue.")
    form, errors = read_part(
        part,
        inputs,
        before,
        original=original,
        owners=ids_of(action_owners(work, audit)),
        examples=[example.id for example in work.examples.approved()],
        today=council.today(now),
    )
    if errors and not lenient:
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
    _require_filling(work, moderation, audit, by, council.today(now))
    before = from_body(moderation.body)
    known = {one.value for one in Verdict}
    form = replace(before, verdict=Verdict(verdict) if verdict in known else None)
    original = original_of(council, load_file(work, audit))
    gaps = missing(
        form,
        original=original,
        framework=council.framework,
        owners=ids_of(action_owners(work, audit)),
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


def _require_filling(view: View, moderation: Moderation, audit: Audit, by: Person, on: date) -> None:
    if moderation.decided_at is not None:
        raise NotYours("This moderation has been decided, so it can no longer be changed.")
    if moderation.moderator_id != by.id and not is_chair(view, audit, by, on):
        holder = holder_of(view, moderation, audit, on)
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
    holder = holder_of(work, moderation, audit, local_day(now))
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


def _change_of(form: ModerationForm, original: Original, key: str) -> dict[str, str]:
    grade, because = given(form, key)
    was = original.of(key)
    return {"from": was.value if was else "", "to": grade.value if grade else "", "why": because}


def _again(view: View, moderation: Moderation) -> Moderation:
    found = view.moderations.get(moderation.id)
    if found is None:
        raise LookupError(f"no moderation {moderation.id}")
    return found
