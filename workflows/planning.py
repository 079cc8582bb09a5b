"""The QA office plans a round: propose, look, change, approve. Nothing is sent before approval.

What was left out of a round or swapped away in it stays so in every later proposal of the round, until it is
brought back.

Source: CA-01 to CA-05, PR-06, Q1, Q8, Q10, SG-05; workflow 1B steps 1 to 3.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, datetime

from domain.allocation import Decisions, Plan, population_hash
from domain.allocation_pool import months_with_a_round
from domain.days import month_number, uk_date
from domain.deadlines import is_round_month, next_round_month
from domain.errors import NotFound, RuleBroken, Stale
from domain.people import Person
from domain.permissions import Verb, require
from storage.rounds import PlaceRow, RoundRow
from storage.work import View, Work
from workflows.allocating import allocate_round
from workflows.council import Council
from workflows.pairs import broken_pairs
from workflows.population import decided, freeze
from workflows.proposal import place_rows, summary_of
from workflows.sharing import TextWanted
from workflows.solving import PlannedMeanwhile, Problem, solution_of
from workflows.telling import tell_qa_office

REASON_LIMIT = 500

__all__ = [
    "PlaceRow",
    "RoundRow",
    "approve_round",
    "bring_back",
    "exclude",
    "propose_round",
    "replan",
    "require_round",
    "swap_case",
]


def propose_round(
    work: Work,
    council: Council,
    *,
    by: Person | None,
    month: date,
    seed: int | None,
    now: datetime,
    opted_in: Collection[int] = (),
    outside_the_calendar: bool = False,
    half_pool: bool = False,
) -> RoundRow:
    """A proposal for the round of this month, planned afresh when there was one already.

    `by` is None at the command line. `opted_in` are assistant directors who asked to audit this round
    (Q10). With `half_pool` half the auditors have their turn in the round's month and the other half in the
    month after, which then has a round too (Q1). Raises RuleBroken for a month without a round, unless told
    that it is meant, and PlannedMeanwhile when somebody else did something to this round in the same moment.
    """
    _require_office(council, by, now)
    month = month.replace(day=1)
    months = months_with_a_round(council.framework.numbers.round_months, half_pool=half_pool)
    if not outside_the_calendar and not is_round_month(month, months):
        nearest = next_round_month(month, months)
        raise RuleBroken(
            f"{month:%B} has no round in the council's calendar; the next one is {nearest:%B %Y}. "
            "The months stand in the framework file."
        )
    known = work.rounds.of_month(month)
    if known is not None and known.state != "planned":
        raise RuleBroken(
            f"The round of {month:%B %Y} was approved already, so it can no longer be planned again."
        )
    chosen_seed = seed if seed is not None else month_number(month)

    def ask(view: View) -> Problem:
        half_of = month if half_pool else None
        frozen = freeze(view, council, month=month, opted_in=opted_in, half_of=half_of)
        standing = view.rounds.of_month(month)
        replaces = (standing.id, standing.version) if standing else None
        decisions = decided(view, standing.id) if standing else Decisions()
        return Problem(frozen, chosen_seed, decisions, replaces)

    frozen, solution = solution_of(work, ask)
    plan = solution.plan
    values = {
        "month": month,
        "seed": chosen_seed,
        "population_hash": population_hash(frozen.population),
        "framework_version": council.framework.version,
        "summary": summary_of(plan, frozen, solution.decisions, opted_in=opted_in, half_pool=half_pool),
        "planned_at": now,
    }
    round_id = known.id if known else work.rounds.add(values)
    if round_id is None or (known and not work.rounds.change(round_id, known.version, values)):
        raise PlannedMeanwhile
    work.rounds.replace_places(round_id, place_rows(plan, frozen, kept=()))
    planned = require_round(work, round_id)
    _record(work, by, "planned", planned, now)
    tell_qa_office(work, kind="round_proposed", subject_id=round_id, now=now, leave_out=by.id if by else None)
    return planned


def swap_case(
    work: Work, council: Council, *, by: Person, round_id: int, version: int, place_id: int, now: datetime
) -> None:
    """Another case for this auditor, every other pair as it is; the one given up does not come back to them.

    Raises RuleBroken when there is no other case for this auditor, and changes nothing then.
    """
    chosen = _open_round(work, council, by, round_id, version, now)
    place = _place(work, round_id, place_id)
    pair = (place.auditor_id, place.case_id)
    plan = _plan_again(
        work,
        council,
        chosen,
        stays=lambda p: p.id != place_id,
        change=lambda known: replace(known, rejected=known.rejected | {pair}),
        now=now,
    )
    if all(new.auditor_id != place.auditor_id for new in plan.places):
        raise RuleBroken(
            "I found no other case for this auditor, so nothing was changed: each one is in conflict with "
            "them, was swapped away from them before, or its practitioner has an audit in this round."
        )
    work.rounds.swap_out(round_id, auditor_id=place.auditor_id, case_id=place.case_id, by=by.id, now=now)
    _record(work, by, "swapped a case in", chosen, now, case=place.case_id, auditor=place.auditor_id)


def exclude(
    work: Work,
    council: Council,
    *,
    by: Person,
    round_id: int,
    version: int,
    place_id: int,
    what: str,
    reason: str,
    now: datetime,
) -> None:
    """Leave this pair's case or auditor out of the round, with the reason; the rest stays as it is."""
    chosen = _open_round(work, council, by, round_id, version, now)
    place = _place(work, round_id, place_id)
    words = reason.strip()
    if not words:
        raise TextWanted("exclude_reason", "Please say why; the reason is kept with the round.")
    if len(words) > REASON_LIMIT:
        raise TextWanted("exclude_reason", f"Please keep the reason within {REASON_LIMIT} characters.")
    if what not in {"case", "auditor"}:
        raise NotFound("I can leave out a case or an auditor, nothing else. Please choose one of the two.")
    subject = place.case_id if what == "case" else place.auditor_id

    def leave_out(known: Decisions) -> Decisions:
        if what == "case":
            return replace(known, excluded_cases=known.excluded_cases | {subject})
        return replace(known, excluded_auditors=known.excluded_auditors | {subject})

    _plan_again(work, council, chosen, stays=lambda p: p.id != place_id, change=leave_out, now=now)
    work.rounds.exclude(round_id, what=what, subject_id=subject, reason=words, by=by.id, now=now)
    _record(work, by, f"excluded a {what} from", chosen, now, subject=subject, reason=words)


def bring_back(
    work: Work,
    council: Council,
    *,
    by: Person,
    round_id: int,
    version: int,
    what: str,
    subject_id: int,
    now: datetime,
) -> None:
    """Undo leaving out this "case" or "auditor", or the "swap" of this id; every pair stays as it is.

    An auditor brought back gets a case at once, if there is one; what else is free again counts from the
    next change on.
    """
    chosen = _open_round(work, council, by, round_id, version, now)
    swaps = {swap.id: swap for swap in work.rounds.swaps(round_id)}

    def restore(known: Decisions) -> Decisions:
        if what == "swap":
            swap = swaps.get(subject_id)
            pair = {(swap.auditor_id, swap.case_id)} if swap else set()
            return replace(known, rejected=known.rejected - pair)
        if what == "case":
            return replace(known, excluded_cases=known.excluded_cases - {subject_id})
        return replace(known, excluded_auditors=known.excluded_auditors - {subject_id})

    _plan_again(work, council, chosen, stays=lambda _: True, change=restore, now=now)
    if not work.rounds.bring_back(round_id, what=what, subject_id=subject_id):
        raise Stale(_CHANGED, current=None, version=chosen.version)
    _record(work, by, f"brought back a {what} in", chosen, now, subject=subject_id)


def replan(
    work: Work, council: Council, *, by: Person, round_id: int, version: int, keep: str, now: datetime
) -> None:
    """A fresh proposal from the next seed, without what was left out or swapped away.

    `keep` "kept" leaves the pairs the officer changed in place, "none" does not; "half" and "whole" leave
    them too, and plan for half of the pool or for all of it (Q1).
    """
    chosen = _open_round(work, council, by, round_id, version, now)
    _plan_again(
        work,
        council,
        chosen,
        stays=lambda p: keep != "none" and p.kept,
        afresh=True,
        half_pool={"half": True, "whole": False}.get(keep),
        now=now,
    )
    _record(work, by, "planned again", chosen, now, seed=chosen.seed + 1)


def approve_round(
    work: Work, council: Council, *, by: Person | None, round_id: int, version: int, now: datetime
) -> RoundRow:
    """Approve the proposal: before the 1st it waits for that day (CA-05), later it goes at once (Q2)."""
    chosen = _open_round(work, council, by, round_id, version, now)
    _require_still_true(work, chosen)
    values = {"state": "approved", "approved_by": by.id if by else 0, "approved_at": now}
    if not work.rounds.change(round_id, version, values):
        raise Stale(_CHANGED, current=None, version=version)
    _record(work, by, "approved", chosen, now)
    approved = require_round(work, round_id)
    if council.today(now) >= approved.month:
        allocate_round(work, council, approved, by=by, now=now)
    return require_round(work, round_id)


def require_round(view: View, round_id: int) -> RoundRow:
    """The round of this id; NotFound in plain words when there is none."""
    chosen = view.rounds.get(round_id)
    if chosen is None:
        raise NotFound("That round is not here any more.")
    return chosen


_CHANGED = "The proposal changed since you opened it. Here it is as it stands now."


def _require_office(council: Council, by: Person | None, now: datetime) -> None:
    if by is not None:
        require(Verb.PLAN, by, today=council.today(now))


def _open_round(
    work: Work, council: Council, by: Person | None, round_id: int, version: int, now: datetime
) -> RoundRow:
    _require_office(council, by, now)
    chosen = require_round(work, round_id)
    if chosen.state != "planned":
        raise RuleBroken("This round was approved already, so its pairs can no longer be changed here.")
    if chosen.version != version:
        raise Stale(_CHANGED, current=None, version=chosen.version)
    return chosen


def _place(work: Work, round_id: int, place_id: int) -> PlaceRow:
    place = work.rounds.place(place_id)
    if place is None or place.round_id != round_id:
        raise Stale(_CHANGED, current=None, version=0)
    return place


def _require_still_true(view: View, chosen: RoundRow) -> None:
    """Lists may have come in since the proposal: a pair that no longer holds must not be sent."""
    places = view.rounds.places(chosen.id)
    if not places:
        raise RuleBroken("There is no pair in this proposal, so there is nothing to approve.")
    cases = view.cases.many(p.case_id for p in places)
    broken = broken_pairs(view, places)
    gone = sum(p.id in broken or cases[p.case_id].practitioner_id != p.practitioner_id for p in places)
    if gone:
        raise RuleBroken(
            f"{gone} of the pairs no longer hold: a case closed, or a case or an auditor moved "
            "or left, since the proposal was made. Please plan again; the rest can stay."
        )


def _plan_again(
    work: Work,
    council: Council,
    chosen: RoundRow,
    *,
    stays: Callable[[PlaceRow], bool],
    now: datetime,
    change: Callable[[Decisions], Decisions] = lambda decisions: decisions,
    afresh: bool = False,
    half_pool: bool | None = None,
) -> Plan:
    """Plan around the pairs that stay, with what was decided before and this change to it.

    `afresh` takes the next seed, and marks no new pair as kept. `half_pool` None leaves that as it was.
    """
    opted_in = chosen.summary.get("opted_in", [])
    half = bool(chosen.summary.get("half_pool")) if half_pool is None else half_pool
    seed = chosen.seed + 1 if afresh else chosen.seed

    def ask(view: View) -> Problem:
        half_of = chosen.month if half else None
        frozen = freeze(view, council, month=chosen.month, opted_in=opted_in, half_of=half_of)
        fixed = frozenset((p.auditor_id, p.case_id) for p in view.rounds.places(chosen.id) if stays(p))
        return Problem(frozen, seed, change(decided(view, chosen.id, fixed=fixed)))

    frozen, solution = solution_of(work, ask)
    plan = solution.plan
    places = work.rounds.places(chosen.id)
    before = {(p.auditor_id, p.case_id): p for p in places}
    kept = set(solution.decisions.fixed)
    if not afresh:
        kept = {pair for pair in kept if pair in before and before[pair].kept}
        # What this change brought in is the officer's doing, and stays when the rest is planned afresh.
        kept |= {(p.auditor_id, p.case_id) for p in plan.places if (p.auditor_id, p.case_id) not in before}
    values = {
        "seed": seed,
        "population_hash": population_hash(frozen.population),
        "summary": summary_of(plan, frozen, solution.decisions, opted_in=opted_in, half_pool=half),
        "planned_at": now,
    }
    if not work.rounds.change(chosen.id, chosen.version, values):
        raise Stale(_CHANGED, current=None, version=chosen.version)
    work.rounds.replace_places(chosen.id, place_rows(plan, frozen, kept=kept, before=places))
    return plan


def _record(
    work: Work, by: Person | None, verb: str, chosen: RoundRow, now: datetime, **fields: object
) -> None:
    work.trail.add(
        now=now,
        actor=by.id if by else None,
        verb=f"{verb} the round",
        subject=f"round {chosen.id}",
        fields={"month": uk_date(chosen.month), "population": chosen.population_hash, **fields},
    )
