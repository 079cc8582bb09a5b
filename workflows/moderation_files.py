"""A moderation opened beside its audit, for those of the Panel without a tie to it.

Source: MO-07, MO-08, MO-18, Q9, Q15, SG-01.
"""

from collections.abc import Collection
from datetime import date, datetime

from domain.audit_file import AuditFile
from domain.audits import Audit
from domain.coach import HintKind, hints_for_text
from domain.deadlines import suggested_action_day
from domain.errors import NotAllowed
from domain.grades import Grade
from domain.moderation import Moderation
from domain.moderation_completeness import missing
from domain.moderation_file import ModerationFile, Offered
from domain.moderation_form import ModerationForm, from_body
from domain.moderation_parts import MISSING, OUTPUTS, Original, given, graded_on
from domain.pages import SectionPage
from domain.people import Person
from domain.permissions import Verb
from storage.work import View, Work
from workflows.audit_access import load_file, record_read, require_audit
from workflows.council import Council
from workflows.panel import acting_chairs, panel_of

MOST_EXAMPLES = 12
"""How many approved examples a moderation chooses from, the newest; the library has them all."""


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


def original_of(council: Council, file: AuditFile) -> Original:
    """The auditor's own grades of a submitted audit."""
    if file.audit.overall is None:
        raise LookupError(f"audit {file.audit.id} has no overall grade")
    pages = ((key, file.pages.get(key)) for key in file.keys(council.framework))
    grades = {key: page.grade for key, page in pages if isinstance(page, SectionPage) and page.grade}
    return Original(Grade(file.audit.overall), grades)


def is_chair(view: View, audit: Audit, by: Person, on: date) -> bool:
    """Whether this person chairs the Panel for this audit on this day."""
    return any(person.id == by.id for person in acting_chairs(view, audit, on))


def holder_of(view: View, moderation: Moderation, audit: Audit, on: date) -> Person | None:
    """Who has it; nobody where whoever had it has left or come to be tied to the audit (Q9)."""
    seated = (person for person in panel_of(view, audit, on) if person.id == moderation.moderator_id)
    return next(seated, None)


def _file(
    view: View, council: Council, moderation: Moderation, audit: Audit, *, by: Person, now: datetime
) -> ModerationFile:
    file = load_file(view, audit)
    form = from_body(moderation.body)
    original = original_of(council, file)
    today = council.today(now)
    chairs = is_chair(view, audit, by, today)
    open_still = moderation.decided_at is None
    holder = holder_of(view, moderation, audit, today)
    mine = moderation.moderator_id == by.id
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
            owners=ids_of(file.owners),
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


def ids_of(owners: Collection[tuple[int, str]]) -> frozenset[int]:
    """The ids of those who may own an action."""
    return frozenset(person_id for person_id, _ in owners)
