"""Opens a moderation for whoever may see it by now, with what of it is theirs to see.

Source: MO-15 to MO-19, MO-21, Q13, SG-03, SG-05.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from domain.audits import Audit
from domain.errors import NotAllowed
from domain.feedback import Feedback, Shown, for_reader, shown_to
from domain.grades import Grade
from domain.moderation import Moderation
from domain.moderation_file import Offered
from domain.moderation_form import from_body
from domain.people import Person
from domain.permissions import Capacity, Verb
from storage.discussions import DiscussionRow
from storage.work import View, Work
from workflows.audit_access import record_read, require_audit
from workflows.council import Council
from workflows.examples import may_read as may_read_examples
from workflows.unheard import unheard

LOOK_BACK = timedelta(days=92)
"""How far back released moderations are listed."""
NOT_THEIRS = "I cannot find that for you. Type “my audits” to see what is yours."


def read_moderation(
    work: Work, council: Council, *, by: Person, moderation_id: int, now: datetime
) -> Feedback:
    """The moderation as this person may see it, with the reading kept in the trail. Raises NotAllowed."""
    found = feedback_of(work, council, by=by, moderation_id=moderation_id, now=now)
    record_read(work, by, found.audit.id, "moderation", now)
    return found


def feedback_of(view: View, council: Council, *, by: Person, moderation_id: int, now: datetime) -> Feedback:
    """The moderation as this person may see it at this moment.

    Raises NotAllowed alike for one that is not theirs, not theirs yet, and not there: a refusal must not tell
    that the Panel has found something.
    """
    moderation = view.moderations.get(moderation_id)
    if moderation is None:
        raise NotAllowed(NOT_THEIRS)
    audit, granted, shown = may_read(view, council, by=by, moderation=moderation, now=now)
    return _file(view, audit, moderation, shown, granted, by)


def may_read(
    view: View, council: Council, *, by: Person, moderation: Moderation, now: datetime
) -> tuple[Audit, frozenset[Capacity], Shown]:
    """The audit, the reader's capacities and how much they see. Raises NotAllowed where that is nothing."""
    audit, granted = require_audit(
        view, council, Verb.READ_MODERATION, by=by, audit_id=moderation.audit_id, now=now
    )
    shown = shown_to(
        granted,
        moderation,
        invited=is_invited(view.discussions.of_moderation(moderation.id)),
        heard=not unheard(view, (moderation,)),
    )
    if shown is None:
        raise NotAllowed(NOT_THEIRS)
    return audit, granted, shown


def is_invited(discussion: DiscussionRow | None) -> bool:
    """Whether the auditor has been invited to the talk, from when on they may read what it is about."""
    return discussion is not None and discussion.invited_at is not None


def readable(
    view: View, council: Council, *, by: Person, now: datetime
) -> tuple[tuple[Moderation, Audit], ...]:
    """What this person may read that is held or was released lately, the newest decision first."""
    lately = (*view.moderations.held(), *view.moderations.released_between(now - LOOK_BACK, now))
    found = []
    for moderation in lately:
        try:
            audit, _, _ = may_read(view, council, by=by, moderation=moderation, now=now)
        except NotAllowed:
            continue
        found.append((moderation, audit))
    found.sort(key=lambda one: (one[0].decided_at or now, one[0].id), reverse=True)
    return tuple(found)


def _file(
    view: View,
    audit: Audit,
    moderation: Moderation,
    shown: Shown,
    granted: frozenset[Capacity],
    by: Person,
) -> Feedback:
    form = for_reader(from_body(moderation.body), shown)
    owners = (line.owner_id for line in form.missing if line.owner_id is not None)
    people = view.people.many({audit.auditor_id, audit.practitioner_id, *owners})
    talk = view.discussions.of_moderation(moderation.id)
    theirs = talk is not None and bool(granted & {Capacity.AUDITOR, Capacity.CHAIR})
    return Feedback(
        moderation=moderation,
        audit=audit,
        form=form,
        shown=shown,
        is_auditor=by.id == audit.auditor_id,
        auditor_name=people[audit.auditor_id].name,
        practitioner_name=people[audit.practitioner_id].name,
        team_name=view.people.team(audit.team_id).name,
        original=Grade(audit.overall or ""),
        section_grades=_section_grades(view, audit),
        owners={person.id: person.name for person in people.values()},
        has_talk=theirs,
        agreed=talk.note if talk is not None and theirs else "",
        examples=_offered(view, form.example_ids) if may_read_examples(by) else (),
    )


def _offered(view: View, example_ids: Sequence[int]) -> tuple[Offered, ...]:
    """The examples offered, without those withdrawn since (MO-18)."""
    approved = {one.id: one for one in view.examples.approved()}
    found = (approved[example_id] for example_id in example_ids if example_id in approved)
    return tuple(Offered(one.id, one.title, one.section) for one in found)


def _section_grades(view: View, audit: Audit) -> Mapping[str, Grade]:
    pages = view.audits.pages(audit.id)
    graded = {key: page.body.get("grade") for key, page in pages.items()}
    return {key: Grade(str(grade)) for key, grade in graded.items() if grade}
