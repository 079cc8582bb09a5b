"""Gathers what a round's card shows."""

from collections.abc import Sequence
from datetime import date

from cards.views import PAIRS_ON_A_CARD, LeftOutRow, MixRow, PairRow, RoundView
from domain.audits import Audit, AuditState, Returned
from domain.days import add_months, add_working_days, local_day, uk_date
from domain.deadlines import is_round_month
from domain.errors import NotFound
from workflows.council import Council, View
from workflows.planning import PlaceRow, RoundRow, require_round
from workflows.population import half_of

DIMENSIONS = {
    "team": "Team",
    "plan_type": "Plan type",
    "gender": "Gender",
    "age_band": "Age band",
    "ethnicity": "Ethnicity",
}
PARTS = ("progress", "mix", "pairs", "due", "returned")

_WHY_RETURNED = {
    Returned.CONFLICT: "conflict declared",
    Returned.CASE_CLOSED: "the case closed",
    Returned.AUDITOR_LEFT: "the auditor left",
    Returned.AUDITOR_AWAY: "the auditor is away over the due date",
    Returned.EXEMPT: "the auditor is exempt",
}


def round_view(
    council: Council,
    view: View,
    round_id: int,
    *,
    part: str,
    start: int,
    nonce: str,
    today: date,
    message: str = "",
) -> RoundView:
    """The round as it stands. Raises NotFound for a part the card does not have."""
    if part not in PARTS:
        raise NotFound("That part of the round is not here. Type “status” to see the round.")
    chosen = require_round(view, round_id)
    places = view.rounds.places(round_id)
    last = max(0, (len(places) - 1) // PAIRS_ON_A_CARD * PAIRS_ON_A_CARD)
    first = min(start, last) // PAIRS_ON_A_CARD * PAIRS_ON_A_CARD if part == "pairs" else start
    shown = places[first : first + PAIRS_ON_A_CARD] if part == "pairs" else ()
    audits = view.audits.of_round(round_id) if chosen.state == "allocated" else ()
    summary = chosen.summary
    return RoundView(
        round_id=round_id,
        version=chosen.version,
        month=chosen.month,
        part=part,
        state=chosen.state,
        auditors=summary["auditors"],
        mix={
            label: tuple(MixRow(str(c), float(a), float(b), int(n)) for c, a, b, n in summary["mix"][name])
            for name, label in DIMENSIONS.items()
        },
        pairs=pair_row(view, shown),
        start=first,
        pairs_total=len(places),
        due=summary["due_now"],
        due_covered=summary["due_covered"],
        due_within_year=summary["due"],
        forecast_shortfall=summary["forecast_shortfall"],
        conflicts_avoided=summary["conflicts_avoided"],
        gave_way=tuple(summary["gave_way"]),
        unplaced=tuple(summary["unplaced"]),
        excluded=_excluded(view, round_id),
        seed=chosen.seed,
        population_hash=chosen.population_hash,
        allocate_on=local_day(chosen.allocated_at) if chosen.allocated_at else max(chosen.month, today),
        sent_out=sum(audit.replaces_id is None for audit in audits),
        progress=_progress(council, view, audits, today),
        returned=_returned(view, audits),
        nonce=nonce,
        message=message,
        other_half_on=_other_half_on(council, chosen),
        may_stagger=is_round_month(chosen.month, council.framework.numbers.round_months),
        unreachable=view.waiting.people_waited_for(),
        reaudits=_reaudits(view, places),
    )


def _reaudits(view: View, places: Sequence[PlaceRow]) -> tuple[str, ...]:
    """Which children Inadequate practice is to be looked at again for, and whether this round does."""
    here = {place.case_id for place in places}
    lines = []
    for one in view.followups.reaudits():
        where = "being audited now" if one.under_way else "not in this round"
        if one.case_id in here:
            where = "in this round"
        lines.append(f"{one.reference}, by {uk_date(one.by)}: {where}")
    return tuple(lines)


def pair_row(view: View, places: Sequence[PlaceRow]) -> tuple[PairRow, ...]:
    """Pairs with the names people read."""
    cases = view.cases.many(p.case_id for p in places)
    teams = view.people.teams()
    people = view.people.many({i for p in places for i in (p.auditor_id, p.practitioner_id)})
    return tuple(
        PairRow(
            place_id=p.id,
            auditor_name=people[p.auditor_id].name,
            reference=cases[p.case_id].reference,
            team_name=teams[cases[p.case_id].team_id].name,
            practitioner_name=people[p.practitioner_id].name,
            reasons=p.reasons,
            kept=p.kept,
        )
        for p in places
    )


def _excluded(view: View, round_id: int) -> tuple[LeftOutRow, ...]:
    rows, swaps = view.rounds.exclusions(round_id), view.rounds.swaps(round_id)
    people = view.people.many(
        {r.by_id for r in rows}
        | {s.by_id for s in swaps}
        | {r.subject_id for r in rows if r.what == "auditor"}
        | {s.auditor_id for s in swaps}
    )
    cases = view.cases.many({r.subject_id for r in rows if r.what == "case"} | {s.case_id for s in swaps})
    made = []
    for r in rows:
        name = cases[r.subject_id].reference if r.what == "case" else people[r.subject_id].name
        sentence = f"{name} is left out: {r.reason} ({people[r.by_id].name})"
        made.append(LeftOutRow(r.what, r.subject_id, name, sentence))
    for s in swaps:
        reference, auditor = cases[s.case_id].reference, people[s.auditor_id].name
        sentence = f"{reference} was swapped away from {auditor}. ({people[s.by_id].name})"
        made.append(LeftOutRow("swap", s.id, f"{reference} for {auditor}", sentence))
    return tuple(made)


def _other_half_on(council: Council, chosen: RoundRow) -> date | None:
    if half_of(chosen) is None:
        return None
    first = is_round_month(chosen.month, council.framework.numbers.round_months)
    return add_months(chosen.month, 1 if first else -1)


def _progress(
    council: Council, view: View, audits: Sequence[Audit], today: date
) -> tuple[tuple[str, int], ...]:
    if not audits:
        return ()
    running = [a for a in audits if a.state is not AuditState.RETURNED]
    numbers, holidays = council.framework.numbers, council.bank_holidays
    unaccepted = [
        a
        for a in running
        if a.state is AuditState.ALLOCATED
        and add_working_days(a.allocated_on, numbers.accept_working_days, holidays) < today
    ]
    submitted = [a for a in running if a.state is AuditState.SUBMITTED]
    responses = view.audits.responses([a.id for a in submitted])
    # The requisite number is counted less exemptions (Q23).
    exempt = sum(a.returned_because is Returned.EXEMPT for a in audits)
    return (
        ("Waiting to be accepted", sum(a.state is AuditState.ALLOCATED for a in running)),
        ("Accepted and under way", sum(a.state is AuditState.ACCEPTED for a in running)),
        ("Submitted", len(submitted)),
        ("Commented on by the practitioner", responses.commented),
        ("Read by the team manager", responses.reviewed),
        ("Put forward for moderation", responses.nominated),
        ("Not accepted in time", len(unaccepted)),
        ("Overdue", sum(a.state is not AuditState.SUBMITTED and a.due_on < today for a in running)),
        ("Back with the QA office", len(_waiting(view, audits))),
        *((("Exempt", exempt),) if exempt else ()),
    )


def _waiting(view: View, audits: Sequence[Audit]) -> list[Audit]:
    back = (a for a in audits if a.state is AuditState.RETURNED and a.returned_because is not Returned.EXEMPT)
    return [a for a in back if not view.audits.replaced(a.id)]


def _returned(view: View, audits: Sequence[Audit]) -> tuple[tuple[int, str], ...]:
    waiting = _waiting(view, audits)
    people = view.people.many(a.auditor_id for a in waiting)
    rows = []
    for audit in waiting:
        why = _WHY_RETURNED[audit.returned_because] if audit.returned_because else "returned"
        note = view.audits.returned_note(audit.id)
        said = f": {note}" if note else ""
        rows.append(
            (
                audit.id,
                f"{audit.case_reference}, {people[audit.auditor_id].name}, due {uk_date(audit.due_on)}: "
                f"{why}{said}",
            )
        )
    return tuple(rows)
