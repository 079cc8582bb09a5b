"""Where the Panel graded one auditor's work otherwise: for the auditor, their manager and the chair.

Nobody else may look, and nothing is added up (SG-03). Source: SG-03, MO-16, MO-17, MO-21, PR-05.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from domain.agreement import Pair
from domain.audits import Audit
from domain.days import local_day
from domain.differences import Differences, ModeratedAudit, differences
from domain.errors import NotAllowed
from domain.grades import Grade
from domain.moderation import Moderation
from domain.moderation_form import from_body
from domain.pages import OVERALL
from domain.people import Person, Post
from domain.permissions import Capacity, Verb
from storage.work import View, Work
from workflows.audit_access import record_read, require_audit
from workflows.council import Council
from workflows.covering import acting_for, auditors_managers
from workflows.unheard import unheard

ON_A_CARD = 3
"""How many audits a card shows."""

_READERS = frozenset({Capacity.AUDITOR, Capacity.CHAIR, Capacity.AUDITORS_MANAGER})
"""Of those who may read a moderation, whoever may see an auditor's side by side (SG-03)."""


def open_differences(
    work: Work, council: Council, *, by: Person, auditor_id: int, start: int, now: datetime
) -> Differences:
    """The auditor's moderated audits that this person may look at, from this place on, the latest first.

    Raises NotAllowed alike for somebody else's, for those not there and for those without any. For oneself
    there may be none.
    """
    found = tuple(_readable(work, council, work.moderations.of_auditor(auditor_id), by=by, now=now))
    if not found and auditor_id != by.id:
        raise NotAllowed("I cannot find that for you. Type “my moderations” to see what is yours.")
    start = start if start < len(found) else 0
    page = found[start : start + ON_A_CARD]
    for audit, _ in page:
        record_read(work, by, audit.id, "differences", now)
    originals = work.audits.grades(audit.id for audit, _ in page)
    order = council.framework.section_keys
    return Differences(
        auditor_id=auditor_id,
        auditor_name=work.people.get(auditor_id).name,
        is_own=auditor_id == by.id,
        audits=tuple(_moderated(audit, one, originals[audit.id], order) for audit, one in page),
        start=start,
        total=len(found),
    )


def auditors_to_see(view: View, council: Council, *, by: Person, now: datetime) -> tuple[Person, ...]:
    """The auditors whose moderated audits this person may look at, themselves left out; by name.

    Never in the order of anything about their work (SG-03).
    """
    every = view.moderations.decided_by_auditor()
    # Asked of each auditor first: of each audit it would take a thousand questions by the second year.
    auditors = view.people.many(i for i in every if i != by.id)
    mine = [
        auditor
        for auditor in auditors.values()
        if _may_answer_for(view, council, by, auditor, now)
        and any(True for _ in _readable(view, council, every[auditor.id], by=by, now=now))
    ]
    return tuple(sorted(mine, key=lambda p: (p.name.casefold(), p.id)))


def count_own(view: View, council: Council, *, by: Person, now: datetime) -> int:
    """How many of one's own audits have been moderated, released and talked through where that was due."""
    return sum(1 for _ in _readable(view, council, view.moderations.of_auditor(by.id), by=by, now=now))


def _may_answer_for(view: View, council: Council, by: Person, auditor: Person, now: datetime) -> bool:
    """Whether this person may chair, or answers for the auditor; each audit is still looked at by itself."""
    if by.posts & {Post.PSW, Post.SM_QA}:
        return True
    return by.id in acting_for(view, council, auditors_managers(view, auditor), council.today(now))


def _readable(
    view: View, council: Council, moderations: Iterable[Moderation], *, by: Person, now: datetime
) -> Iterator[tuple[Audit, Moderation]]:
    """Those that this person may read and that the auditor has heard of."""
    released = [one for one in moderations if one.released_at is not None]
    hidden = unheard(view, released)
    for one in released:
        if one.id in hidden:
            continue
        try:
            audit, granted = require_audit(
                view, council, Verb.READ_MODERATION, by=by, audit_id=one.audit_id, now=now
            )
        except NotAllowed:
            continue
        if granted & _READERS:
            yield audit, one


def _moderated(
    audit: Audit, moderation: Moderation, originals: dict[str, Grade], order: tuple[str, ...]
) -> ModeratedAudit:
    form = from_body(moderation.body)
    different, alike = differences(originals, form, order)
    if moderation.overall is None or moderation.released_at is None:
        raise LookupError(f"moderation {moderation.id} is not released")
    return ModeratedAudit(
        reference=audit.case_reference,
        submitted_on=local_day(audit.submitted_at) if audit.submitted_at else None,
        released_on=local_day(moderation.released_at),
        overall=Pair(originals[OVERALL], moderation.overall),
        because=form.overall_because,
        final=moderation.other_final,
        different=different,
        alike=alike,
    )
