"""Praise for named good work: suggested from the audits, worded and sent by the QA officer (CA-21, SG-04)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.audits import Audit
from domain.errors import RuleBroken
from domain.framework import Framework
from domain.identifier_words import GIVEN_NAMES
from domain.identifiers import person_like
from domain.loop import Found
from domain.page_reading import from_body
from domain.pages import SectionPage
from domain.people import Person
from domain.permissions import Verb, require
from domain.praising import TEXT_LIMIT, GoodWork, good_work
from storage.praise import PraiseNote
from storage.work import View, Work
from workflows.audit_access import record_read, require_audit
from workflows.council import Council
from workflows.praise_notes import COPY
from workflows.sharing import TextWanted
from workflows.telling import team_managers

LOOK_BACK = timedelta(days=120)
"""A round with its moderation and its reports."""
_WAITS = "The Panel still looks at this audit. Once that is over, you can praise what was good in it."


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An audit whose practitioner could be praised."""

    audit_id: int
    practitioner: str
    team: str
    work: GoodWork


@dataclass(frozen=True, slots=True)
class PraiseDraft:
    """What the officer starts from."""

    audit_id: int
    practitioner: str
    managers: tuple[str, ...]
    """Who gets a copy."""
    draft: str
    """A first wording, which names no case."""
    said: tuple[tuple[str, str], ...]
    """(section's title, what the auditor wrote of its effect) of the best sections."""
    sent: str
    """What was sent already, or empty."""


def suggestions(view: View, council: Council, *, by: Person, now: datetime) -> tuple[Suggestion, ...]:
    """Good work of the last rounds that nobody has been praised for yet, whoever did best first.

    An audit that the Panel still looks at is not among them, so that praise and a new grade never cross.
    Raises NotAllowed.
    """
    require(Verb.KEEP_LOG, by, today=council.today(now))
    found = view.loop.submitted_between(now - LOOK_BACK, now + timedelta(seconds=1))
    moderations = view.moderations.of_audits(one.audit_id for one in found)
    praised = {(note.audit_id, note.person_id) for note in view.praise.of_audits(o.audit_id for o in found)}
    people = view.people.many(one.practitioner_id for one in found)
    teams = view.people.teams()
    made = []
    for one in found:
        moderation, practitioner = moderations.get(one.audit_id), people[one.practitioner_id]
        work = good_work(one, council.framework.section_keys)
        over = moderation is None or moderation.released_at is not None
        told = (one.audit_id, one.practitioner_id) in praised
        if work is not None and over and not told and practitioner.left_on is None:
            made.append(Suggestion(one.audit_id, practitioner.name, teams[one.team_id].name, work))
    return tuple(sorted(made, key=_best_first))


def open_praise(work: Work, council: Council, *, by: Person, audit_id: int, now: datetime) -> PraiseDraft:
    """What the officer starts from; reading it is noted. Raises NotAllowed, and RuleBroken while it waits."""
    audit, practitioner = _require(work, council, by=by, audit_id=audit_id, now=now)
    (found,) = (one for one in work.loop.of_round(audit.round_id) if one.audit_id == audit_id)
    best = good_work(found, council.framework.section_keys)
    sent = _sent(work, audit)
    record_read(work, by, audit_id, "praise", now)
    return PraiseDraft(
        audit_id=audit_id,
        practitioner=practitioner.name,
        managers=tuple(manager.name for manager in _managers(work, audit, practitioner)),
        draft=_draft(council.framework, practitioner, found, best),
        said=_said(work, council.framework, audit_id, best),
        sent=sent.text if sent else "",
    )


def send_praise(
    work: Work, council: Council, *, by: Person, audit_id: int, text: str, now: datetime
) -> PraiseNote:
    """Send the officer's words to the practitioner, with a copy to their team manager.

    Raises TextWanted for what may not stand in it, RuleBroken when somebody praised this before.
    """
    audit, practitioner = _require(work, council, by=by, audit_id=audit_id, now=now)
    words = _words(council, audit, practitioner, by, text)
    note = work.praise.add(audit_id=audit_id, person_id=practitioner.id, text=words, by=by.id, now=now)
    if note is None:
        raise RuleBroken(
            f"{practitioner.name} has been praised for this work already. Nothing was sent again."
        )
    work.trail.add(
        now=now,
        actor=by.id,
        verb="praised",
        subject=f"audit {audit_id}",
        audit_id=audit_id,
        fields={"to": practitioner.id, "text": words},
    )
    work.notices.queue(kind="praise", subject_id=note.id, person_id=practitioner.id, now=now)
    for manager in _managers(work, audit, practitioner):
        work.notices.queue(kind=COPY, subject_id=note.id, person_id=manager.id, now=now)
    return note


def _require(
    view: View, council: Council, *, by: Person, audit_id: int, now: datetime
) -> tuple[Audit, Person]:
    require(Verb.KEEP_LOG, by, today=council.today(now))
    audit, _ = require_audit(view, council, Verb.READ_SHARED, by=by, audit_id=audit_id, now=now)
    moderation = view.moderations.of_audit(audit_id)
    if moderation is not None and moderation.released_at is None:
        raise RuleBroken(_WAITS)
    practitioner = view.people.get(audit.practitioner_id)
    if practitioner.left_on is not None:
        raise RuleBroken(f"{practitioner.name} has left, so a note would not reach them.")
    return audit, practitioner


def _words(council: Council, audit: Audit, practitioner: Person, by: Person, text: str) -> str:
    """The text, when it may be sent."""
    words = text.strip()
    if not words:
        raise TextWanted("praise_text", "Please say in a sentence or two what was good.")
    if len(words) > TEXT_LIMIT:
        raise TextWanted("praise_text", f"Please keep it within {TEXT_LIMIT:,} characters.")
    if audit.case_reference.casefold() in words.casefold():
        raise TextWanted("praise_text", "Leave the case reference out; the note stays in their chat.")
    # Whom it praises and who signs it may be named; a child or a family may not (SG-01).
    named = {word for name in (practitioner.name, by.name) for word in name.lower().replace("-", " ").split()}
    found = person_like(words, GIVEN_NAMES - named, council.framework.own_words | named)
    if found:
        first = found[0]
        raise TextWanted("praise_text", f"“{first.excerpt}” may say who somebody is. {first.advice}")
    return words


def _sent(view: View, audit: Audit) -> PraiseNote | None:
    notes = view.praise.of_audits((audit.id,))
    return next((note for note in notes if note.person_id == audit.practitioner_id), None)


def _managers(view: View, audit: Audit, practitioner: Person) -> tuple[Person, ...]:
    managers = team_managers(view, practitioner.team_id or audit.team_id)
    return tuple(manager for manager in managers if manager.id != practitioner.id)


def _draft(framework: Framework, practitioner: Person, found: Found, best: GoodWork | None) -> str:
    titles = [framework.section(key).title.lower() for key in best.sections] if best else []
    what = f" What stood out: {', '.join(titles)}." if titles else ""
    return (
        f"Dear {practitioner.name.split()[0]}, your work was audited in {found.submitted_on:%B}.{what} "
        "Thank you for what it means to the child and the family."
    )


def _said(
    view: View, framework: Framework, audit_id: int, best: GoodWork | None
) -> tuple[tuple[str, str], ...]:
    made = []
    for key in best.sections if best else ():
        saved = view.audits.page(audit_id, key)
        page = from_body(key, saved.body) if saved else None
        if isinstance(page, SectionPage) and page.impact.strip():
            made.append((framework.section(key).title, page.impact.strip()))
    return tuple(made)


def _best_first(one: Suggestion) -> tuple[object, ...]:
    return (-one.work.found.grade.rank, not one.work.outstanding, one.practitioner.casefold(), one.audit_id)
