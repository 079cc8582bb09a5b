"""Turns an approved round into audits, and gives a returned audit a fresh start.

Source: CA-01, CA-05 to CA-07, Q2, Q18, Q19; workflow 1B steps 3 and 4.
"""

from dataclasses import replace
from datetime import date, datetime

from domain.allocation_pool import FreshStart
from domain.audits import Audit, AuditState, Returned
from domain.cases import Case
from domain.days import add_months
from domain.deadlines import contact_section_applies, due_on, lookback
from domain.errors import NotFound, RuleBroken
from domain.people import Person
from domain.permissions import Verb, require
from storage.rounds import RoundRow
from storage.work import View, Work
from workflows.auditing import return_audit
from workflows.council import Council
from workflows.pairs import broken_pairs
from workflows.population import decided, freeze, half_of
from workflows.solving import Problem, solution_of
from workflows.telling import tell_qa_office


def allocate_due(work: Work, council: Council, now: datetime) -> int:
    """Allocate every approved round whose 1st has come; returns how many audits that made (CA-05)."""
    today = council.today(now)
    waiting = [chosen for chosen in work.rounds.in_state("approved") if chosen.month <= today]
    return sum(allocate_round(work, council, chosen, by=None, now=now) for chosen in waiting)


def allocate_round(
    work: Work, council: Council, chosen: RoundRow, *, by: Person | None, now: datetime
) -> int:
    """One audit for each pair that still holds; returns how many. The QA office hears of the round."""
    today = council.today(now)
    places = work.rounds.places(chosen.id)
    cases = work.cases.many(p.case_id for p in places)
    broken = broken_pairs(work, places)
    if not work.rounds.change(chosen.id, chosen.version, {"state": "allocated", "allocated_at": now}):
        raise RuleBroken("The round changed a moment ago. Please try once more.")
    made = 0
    for place in places:
        if place.id in broken:
            continue
        _allocate(
            work,
            council,
            case=cases[place.case_id],
            auditor_id=place.auditor_id,
            round_id=chosen.id,
            month=chosen.month,
            today=today,
            by=by,
            now=now,
        )
        made += 1
    if broken:
        again = work.rounds.get(chosen.id)
        if again is not None:
            unplaced = [*again.summary.get("unplaced", []), *broken.values()]
            work.rounds.change(again.id, again.version, {"summary": {**again.summary, "unplaced": unplaced}})
    work.trail.add(
        now=now,
        actor=by.id if by else None,
        verb="allocated the round",
        subject=f"round {chosen.id}",
        fields={"audits": made, "left out": len(broken)},
    )
    tell_qa_office(work, kind="round_allocated", subject_id=chosen.id, now=now)
    return made


def reallocate(work: Work, council: Council, *, by: Person, audit_id: int, now: datetime) -> Audit:
    """A fresh audit in place of a returned one, due one calendar month from today.

    After a conflict or a closed case the auditor gets another case; when the auditor has left or is away,
    someone of the pool without an audit in this round takes the case. Nobody gets one who is on leave when
    it would be due. What the QA office left out of the
    round or swapped away in it stays so, and nobody gets other work of a practitioner about whom they
    declared a conflict in this round. Raises RuleBroken when there is nobody or nothing.
    """
    require(Verb.PLAN, by, today=council.today(now))
    work.audits.hold(audit_id)
    old = work.audits.get(audit_id)
    if old is None or old.state is not AuditState.RETURNED:
        raise NotFound("That audit is not waiting to be reallocated.")
    if work.audits.replaced(audit_id):
        raise RuleBroken("That audit has been reallocated already.")
    if old.returned_because is Returned.EXEMPT:
        raise RuleBroken("The auditor was let off that audit, so nothing takes its place.")
    work.rounds.hold(old.round_id)
    auditor_id, case = _fresh_pair(work, council, old, now)
    return _in_place_of(work, council, old, auditor_id=auditor_id, case=case, by=by, now=now)


def pass_on(work: Work, council: Council, *, by: Person, audit: Audit, note: str, now: datetime) -> Audit:
    """A fresh audit of an open audit's case, for somebody who is there; the auditor who is away gives it up.

    Raises RuleBroken when nobody is free; then the auditor keeps it.
    """
    require(Verb.PLAN, by, today=council.today(now))
    work.rounds.hold(audit.round_id)
    # Chosen before the audit goes back: the plan rests on facts that stand outside this transaction too.
    away = replace(audit, state=AuditState.RETURNED, returned_because=Returned.AUDITOR_AWAY)
    auditor_id, case = _fresh_pair(work, council, away, now)
    return_audit(work, audit, because=Returned.AUDITOR_AWAY, note=note, by=by.id, now=now)
    return _in_place_of(work, council, audit, auditor_id=auditor_id, case=case, by=by, now=now)


def _in_place_of(
    work: Work, council: Council, old: Audit, *, auditor_id: int, case: Case, by: Person, now: datetime
) -> Audit:
    fresh_id = _allocate(
        work,
        council,
        case=case,
        auditor_id=auditor_id,
        round_id=old.round_id,
        month=None,
        today=council.today(now),
        by=by,
        now=now,
        replaces_id=old.id,
    )
    fresh = work.audits.get(fresh_id)
    if fresh is None:
        raise LookupError(f"no audit {fresh_id}")
    return fresh


def _fresh_pair(work: Work, council: Council, old: Audit, now: datetime) -> tuple[int, Case]:
    _, solution = solution_of(work, lambda view: _what_is_free(view, council, old, now))
    plan = solution.plan
    if not plan.places:
        raise RuleBroken(
            "I found no pair without a conflict: everyone in the pool has an audit in this round already or "
            "is away when a fresh one would be due, or no open case is free for this auditor. The "
            "practitioner comes first in the next round."
        )
    place = plan.places[0]
    return place.auditor_id, work.cases.get(place.case_id)


def _what_is_free(view: View, council: Council, old: Audit, now: datetime) -> Problem:
    """Who may take which case in place of the returned audit. Raises RuleBroken when its case has closed."""
    today = council.today(now)
    fresh = FreshStart(today, _fresh_due_on(today), council.bank_holidays)
    in_round = tuple(old if a.id == old.id else a for a in view.audits.of_round(old.round_id))
    busy = {a.auditor_id for a in in_round if a.state is not AuditState.RETURNED}
    taken = frozenset(a.case_id for a in in_round)
    fixed: frozenset[int] | None = None
    if old.returned_because in (Returned.AUDITOR_LEFT, Returned.AUDITOR_AWAY):
        everyone = {p.id for p in view.people.everyone()} - busy - {old.auditor_id}
        case = view.cases.get(old.case_id)
        if case.closed_on is not None:
            raise RuleBroken("The case has closed meanwhile, so there is nothing to reallocate.")
        taken -= {case.id}
        fixed = frozenset({case.id})
    else:
        everyone = {old.auditor_id}
    opted_in = {old.auditor_id} & everyone
    half = half_of(_round_of(view, old))
    frozen = freeze(
        view,
        council,
        month=today.replace(day=1),
        opted_in=opted_in,
        half_of=half,
        only=everyone,
        fresh=fresh,
    )
    cases = frozen.population.cases
    audited = {a.practitioner_id for a in in_round if a.state is not AuditState.RETURNED}
    without = taken | {c.case_id for c in cases if c.practitioner_id in audited}
    if fixed is not None:
        without |= {c.case_id for c in cases} - fixed
    # The conflict may well be with the practitioner or the family, so their other cases are no way out.
    conflicts = {
        (a.auditor_id, a.practitioner_id) for a in in_round if a.returned_because is Returned.CONFLICT
    }
    with_conflict = {practitioner_id for _, practitioner_id in conflicts}
    of_these = [(c.case_id, c.practitioner_id) for c in cases if c.practitioner_id in with_conflict]
    apart = {
        (auditor_id, case_id)
        for auditor_id, held_by in conflicts
        for case_id, of in of_these
        if of == held_by
    }
    office = decided(view, old.round_id)
    decisions = replace(
        office, excluded_cases=office.excluded_cases | without, rejected=office.rejected | apart
    )
    return Problem(frozen, old.id, decisions)


def _fresh_due_on(today: date) -> date:
    """What is given out again is due one calendar month on (Q2)."""
    return add_months(today, 1)


def _round_of(view: View, audit: Audit) -> RoundRow:
    chosen = view.rounds.get(audit.round_id)
    if chosen is None:
        raise LookupError(f"no round {audit.round_id}")
    return chosen


def _allocate(
    work: Work,
    council: Council,
    *,
    case: Case,
    auditor_id: int,
    round_id: int,
    month: date | None,
    today: date,
    by: Person | None,
    now: datetime,
    replaces_id: int | None = None,
) -> int:
    """One audit. `month` None means a fresh month from today, whatever the round's."""
    numbers = council.framework.numbers
    window = lookback(today, numbers.lookback_months)
    due = due_on(today, month, numbers.allocate_on_day) if month else _fresh_due_on(today)
    values = {
        "round_id": round_id,
        "case_id": case.id,
        "case_reference": case.reference,
        "auditor_id": auditor_id,
        "practitioner_id": case.practitioner_id,
        "team_id": case.team_id,
        "framework_version": council.framework.version,
        "allocated_on": today,
        "due_on": due,
        "lookback_from": window[0],
        "has_contact_section": contact_section_applies(case.opening_contact_on, window),
        "replaces_id": replaces_id,
    }
    audit_id = work.audits.add(values)
    work.notices.queue(kind="audit_allocated", subject_id=audit_id, person_id=auditor_id, now=now)
    fields = {"auditor": auditor_id, "case": case.id, "due": due.isoformat(), "replaces": replaces_id}
    work.trail.add(
        now=now,
        actor=by.id if by else None,
        verb="allocated" if replaces_id is None else "reallocated",
        subject=f"audit {audit_id}",
        audit_id=audit_id,
        fields=fields,
    )
    return audit_id
