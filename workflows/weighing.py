"""What the Panel looks at before it chooses: audits that look misgraded, and what managers put forward.

Source: MO-03, Q5, Q6, Q9, SG-03, SG-04.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.audits import Audit
from domain.days import local_day
from domain.draw import auditor_class
from domain.draw_days import answer_by
from domain.errors import RuleBroken
from domain.misgraded import Doubt, doubts
from domain.page_reading import from_body
from domain.pages import JOURNEY, OVERALL, JourneyPage, OverallPage, Page, SectionPage
from domain.panel import chairs, members
from domain.panel_facts import AuditInShort, Nomination, Suspect
from domain.people import Person, Post
from domain.permissions import Verb, require
from domain.rationale import joined
from storage.work import View, Work
from workflows.audit_access import record_read, require_audit
from workflows.choosing import grade_of, submitted_on
from workflows.council import Council
from workflows.panel import ties_of
from workflows.selecting import CHOSEN_ALREADY
from workflows.todo import LOOK_BACK

SUSPECTS_ON_A_CARD = 5


@dataclass(frozen=True, slots=True)
class Suspects:
    """One card of the list of audits that look misgraded."""

    shown: tuple[Suspect, ...]
    start: int
    total: int


def count_suspects(view: View, council: Council, *, by: Person, now: datetime) -> int:
    """How many audits look misgraded among those this person of the Panel may choose."""
    require(Verb.SEE_PANEL, by, today=council.today(now))
    return len(_suspected(view, council, by, now))


def open_suspects(work: Work, council: Council, *, by: Person, start: int, now: datetime) -> Suspects:
    """The audits that look misgraded, from this one on, those with most reasons first.

    They are submitted audits of the last months that nothing has chosen and to which this person of the
    Panel has no tie (MO-03, Q9). The list begins anew where there is nothing so far on any more.
    """
    require(Verb.SEE_PANEL, by, today=council.today(now))
    found = _suspected(work, council, by, now)
    start = start if start < len(found) else 0
    shown = found[start : start + SUSPECTS_ON_A_CARD]
    people = work.people.many(audit.auditor_id for audit, _ in shown)
    suspects = []
    for audit, said in shown:
        record_read(work, by, audit.id, "looks misgraded", now)
        suspects.append(
            Suspect(
                audit_id=audit.id,
                auditor_name=people[audit.auditor_id].name,
                team_name=work.people.team(audit.team_id).name,
                submitted_on=submitted_on(audit),
                says=tuple(doubt.says for doubt in said),
            )
        )
    return Suspects(tuple(suspects), start, len(found))


def open_choice(work: Work, council: Council, *, by: Person, audit_id: int, now: datetime) -> AuditInShort:
    """A submitted audit in short, for somebody of the Panel who may choose it (MO-03).

    Raises RuleBroken when it is chosen already.
    """
    audit, _ = require_audit(work, council, Verb.MODERATE, by=by, audit_id=audit_id, now=now)
    if work.moderations.of_audit(audit_id) is not None:
        raise RuleBroken(CHOSEN_ALREADY)
    record_read(work, by, audit_id, "before choosing", now)
    return _in_short(work, council, audit)


def open_nomination(work: Work, council: Council, *, by: Person, audit_id: int, now: datetime) -> Nomination:
    """What a team manager put forward, for the Panel's chair (Q6).

    Raises RuleBroken when nobody has put the audit forward.
    """
    audit, _ = require_audit(work, council, Verb.CHAIR_PANEL, by=by, audit_id=audit_id, now=now)
    review = work.audits.review(audit_id)
    if review is None or not review.nominated:
        raise RuleBroken("Nobody has put this audit forward for moderation.")
    record_read(work, by, audit_id, "nomination", now)
    history = work.moderations.of_auditor(audit.auditor_id)
    answer = work.moderations.nomination(audit_id)
    if answer is not None:
        state = "accepted" if answer.accepted else "declined"
    else:
        state = "chosen" if work.moderations.of_audit(audit_id) is not None else "waiting"
    numbers, holidays = council.framework.numbers, council.bank_holidays
    return Nomination(
        audit=_in_short(work, council, audit),
        nominated_by=work.people.get(review.by_id).name,
        nominated_at=review.at,
        reason=review.reason,
        auditor_class=auditor_class(history, numbers),
        moderated=len(history),
        answer_by=answer_by(submitted_on(audit), local_day(review.at), numbers, holidays),
        state=state,
        answer=answer.reason if answer is not None else "",
    )


def _suspected(
    view: View, council: Council, by: Person, now: datetime
) -> list[tuple[Audit, tuple[Doubt, ...]]]:
    audits = view.audits.submitted_since(now - LOOK_BACK)
    chosen = view.moderations.of_audits(audit.id for audit in audits)
    panel = view.people.holding(Post.PC, Post.PSW, Post.SM_QA)
    found = []
    for audit in audits:
        if audit.id not in chosen and _may_choose(view, audit, panel, by):
            said = _doubts(view, council, audit, _pages(view, audit))
            if said:
                found.append((audit, said))
    # Of equals the one that was submitted first.
    found.sort(key=lambda one: (-sum(doubt.about_audit for doubt in one[1]), -len(one[1])))
    return found


def _may_choose(view: View, audit: Audit, panel: tuple[Person, ...], by: Person) -> bool:
    ties = ties_of(view, audit)
    return any(person.id == by.id for person in (*members(panel, ties), *chairs(panel, ties)))


def _doubts(view: View, council: Council, audit: Audit, pages: dict[str, Page]) -> tuple[Doubt, ...]:
    return doubts(pages, view.moderations.of_auditor(audit.auditor_id), council.framework)


def _pages(view: View, audit: Audit) -> dict[str, Page]:
    return {key: from_body(key, page.body) for key, page in view.audits.pages(audit.id).items()}


def _in_short(view: View, council: Council, audit: Audit) -> AuditInShort:
    framework, pages = council.framework, _pages(view, audit)
    journey, overall = pages.get(JOURNEY), pages.get(OVERALL)
    sections = (
        (section.title, framework.grade_label(page.grade))
        for section in framework.sections
        if isinstance(page := pages.get(section.key), SectionPage) and page.grade is not None
    )
    return AuditInShort(
        audit_id=audit.id,
        reference=audit.case_reference,
        auditor_name=view.people.get(audit.auditor_id).name,
        team_name=view.people.team(audit.team_id).name,
        submitted_on=submitted_on(audit),
        matters_most=journey.matters_most if isinstance(journey, JourneyPage) else "",
        grade_label=framework.grade_label(grade_of(audit)),
        rationale=joined(overall.judgement, overall.action, overall.impact)
        if isinstance(overall, OverallPage)
        else "",
        section_grades=tuple(sections),
        says=tuple(doubt.says for doubt in _doubts(view, council, audit, pages)),
    )
