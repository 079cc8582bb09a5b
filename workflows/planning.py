"""The QA office plans a round: propose, look, change, approve. Nothing is sent before approval.

Source: CA-01 to CA-05, PR-06, Q1, Q8, Q10, SG-05; workflow 1B steps 1 to 3.
"""

from collections.abc import Callable, Collection
from datetime import date, datetime

from domain.allocation import Attribute, Decisions, Plan, gave_way_sentence, sentence
from domain.allocation_reasons import unplaced_sentence
from domain.days import uk_date
from domain.deadlines import is_round_month, next_round_month
from domain.errors import NotFound, RuleBroken, Stale
from domain.people import Person
from domain.permissions import Verb, require
from storage.rounds import PlaceRow, RoundRow
from storage.work import View, Work
from workflows.allocating import allocate_round
from workflows.council import Council
from workflows.pairs import broken_pairs
from workflows.population import Frozen, freeze
from workflows.sharing import TextWanted
from workflows.solving import PlannedMeanwhile, Problem, solution_of
from workflows.telling import tell_qa_office

REASON_LIMIT = 500

__all__ = [
    "PlaceRow",
    "approve_round",
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
) -> RoundRow:
    """A proposal for the round of this month, planned afresh when there was one already.

    `by` is None at the command line. `opted_in` are assistant directors who asked to audit this round
    (Q10). Raises RuleBroken for a month without a round, unless told that it is meant, and
    PlannedMeanwhile when somebody else did something to this round in the same moment.
    """
    _require_office(council, by, now)
    month = month.replace(day=1)
    if not outside_the_calendar and not is_round_month(month, council.framework.numbers.round_months):
        nearest = next_round_month(month, council.framework.numbers.round_months)
        raise RuleBroken(
            f"{month:%B} has no round in the council's calendar; the next one is {nearest:%B %Y}. "
            "The months stand in the framework file."
        )
    known = work.rounds.of_month(month)
    if known is not None and known.state != "planned":
        raise RuleBroken(
            f"The round of {month:%B %Y} was approved already, so it can no longer be planned again."
        )
    chosen_seed = seed if seed is not None else month.year * 100 + month.month

    def ask(view: View) -> Problem:
        frozen = freeze(view, council, month=month, opted_in=opted_in)
        standing = view.rounds.of_month(month)
        replaces = (standing.id, standing.version) if standing else None
        return Problem(frozen, chosen_seed, _decisions(view, standing), replaces)

    frozen, solution = solution_of(work, ask)
    plan = solution.plan
    summary = {**_summary(plan, frozen), "opted_in": sorted(opted_in)}
    values = {
        "month": month,
        "seed": chosen_seed,
        "population_hash": plan.population_hash,
        "framework_version": council.framework.version,
        "summary": summary,
        "planned_at": now,
    }
    round_id = known.id if known else work.rounds.add(values)
    if round_id is None or (known and not work.rounds.change(round_id, known.version, values)):
        raise PlannedMeanwhile
    work.rounds.replace_places(round_id, _rows(plan, frozen, kept=()))
    planned = require_round(work, round_id)
    _record(work, by, "planned", planned, now)
    tell_qa_office(work, kind="round_proposed", subject_id=round_id, now=now, leave_out=by.id if by else None)
    return planned


def swap_case(
    work: Work, council: Council, *, by: Person, round_id: int, version: int, place_id: int, now: datetime
) -> None:
    """Another case for this auditor, everything else as it is."""
    chosen = _open_round(work, council, by, round_id, version, now)
    place = _place(work, round_id, place_id)
    without = Decisions(excluded_cases=frozenset({place.case_id}))
    _plan_again(work, council, chosen, stays=lambda p: p.id != place_id, without=without, now=now)
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
        raise NotFound("I can leave out a case or an auditor, nothing else.")
    subject = place.case_id if what == "case" else place.auditor_id
    left_out = frozenset({subject})
    without = Decisions(excluded_cases=left_out) if what == "case" else Decisions(excluded_auditors=left_out)
    _plan_again(work, council, chosen, stays=lambda p: p.id != place_id, without=without, now=now)
    work.rounds.exclude(round_id, what=what, subject_id=subject, reason=words, by=by.id, now=now)
    _record(work, by, f"excluded a {what} from", chosen, now, subject=subject, reason=words)


def replan(
    work: Work, council: Council, *, by: Person, round_id: int, version: int, keep: str, now: datetime
) -> None:
    """A fresh proposal from the next seed; `keep` "kept" leaves the pairs the officer changed in place."""
    chosen = _open_round(work, council, by, round_id, version, now)
    _plan_again(work, council, chosen, stays=lambda p: keep == "kept" and p.kept, afresh=True, now=now)
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


def _decisions(
    view: View,
    known: RoundRow | None,
    fixed: frozenset[tuple[int, int]] = frozenset(),
    without: Decisions | None = None,
) -> Decisions:
    """What was left out of the round before and is left out now, and the pairs to keep."""
    exclusions = view.rounds.exclusions(known.id) if known else ()
    now = without or Decisions()
    return Decisions(
        fixed=fixed,
        excluded_cases=now.excluded_cases.union(e.subject_id for e in exclusions if e.what == "case"),
        excluded_auditors=now.excluded_auditors.union(
            e.subject_id for e in exclusions if e.what == "auditor"
        ),
    )


def _plan_again(
    work: Work,
    council: Council,
    chosen: RoundRow,
    *,
    stays: Callable[[PlaceRow], bool],
    now: datetime,
    without: Decisions | None = None,
    afresh: bool = False,
) -> None:
    """Plan around the pairs that stay. `afresh` takes the next seed, and marks no new pair as kept."""
    opted_in = chosen.summary.get("opted_in", [])
    seed = chosen.seed + 1 if afresh else chosen.seed

    def ask(view: View) -> Problem:
        frozen = freeze(view, council, month=chosen.month, opted_in=opted_in)
        fixed = frozenset((p.auditor_id, p.case_id) for p in view.rounds.places(chosen.id) if stays(p))
        return Problem(frozen, seed, _decisions(view, chosen, fixed, without))

    frozen, solution = solution_of(work, ask)
    plan = solution.plan
    before = {(p.auditor_id, p.case_id): p for p in work.rounds.places(chosen.id)}
    kept = set(solution.fixed)
    if not afresh:
        kept = {pair for pair in kept if pair in before and before[pair].kept}
        # What this change brought in is the officer's doing, and stays when the rest is planned afresh.
        kept |= {(p.auditor_id, p.case_id) for p in plan.places if (p.auditor_id, p.case_id) not in before}
    values = {
        "seed": seed,
        "population_hash": plan.population_hash,
        "summary": {**_summary(plan, frozen), "opted_in": list(opted_in)},
        "planned_at": now,
    }
    if not work.rounds.change(chosen.id, chosen.version, values):
        raise Stale(_CHANGED, current=None, version=chosen.version)
    reasons = {pair: place.reasons for pair, place in before.items()}
    work.rounds.replace_places(chosen.id, _rows(plan, frozen, kept=kept, reasons=reasons))


def _rows(
    plan: Plan,
    frozen: Frozen,
    *,
    kept: Collection[tuple[int, int]],
    reasons: dict[tuple[int, int], tuple[str, ...]] | None = None,
) -> list[dict[str, object]]:
    """The pairs to store. One that stays keeps the reasons it was first proposed for."""
    rows: list[dict[str, object]] = []
    for place in plan.places:
        pair = (place.auditor_id, place.case_id)
        said = (reasons or {}).get(pair) or tuple(sentence(r, frozen.name_of) for r in place.reasons)
        rows.append(
            {
                "auditor_id": place.auditor_id,
                "case_id": place.case_id,
                "practitioner_id": place.practitioner_id,
                "reasons": list(said),
                "kept": pair in kept,
            }
        )
    return rows


def _summary(plan: Plan, frozen: Frozen) -> dict[str, object]:
    """What the plan says of itself, as plain values."""

    def label(category: object) -> str:
        return frozen.name_of("team", category) if isinstance(category, int) else str(category)

    return {
        "auditors": len(frozen.population.auditors),
        "mix": {
            attribute.value: [
                [label(line.category), line.caseload_share, line.sample_share, line.sample_count]
                for line in plan.mix[attribute]
            ]
            for attribute in Attribute
        },
        "due": plan.due.due_within_window,
        "due_now": plan.due.practitioners,
        "due_covered": plan.due.covered,
        "due_possible": plan.due.possible,
        "forecast_shortfall": plan.due.shortfall,
        "conflicts_avoided": plan.conflicts_avoided_count,
        "gave_way": [gave_way_sentence(g, frozen.name_of) for g in plan.gave_way],
        "unplaced": [unplaced_sentence(u, frozen.name_of) for u in plan.unplaced] + list(frozen.left_out),
    }


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
