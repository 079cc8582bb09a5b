"""Whether a proposed pair still holds: lists may have come in since it was proposed.

Source: Q8, CA-05.
"""

from collections.abc import Sequence

from domain.cases import Case
from domain.conflicts import AuditorIn, CaseIn, conflicts_between
from domain.people import Person
from storage.rounds import PlaceRow
from storage.work import View


def case_in(case: Case, service_id: int) -> CaseIn:
    """The case as the allocation sees it; `service_id` is that of its team."""
    return CaseIn(
        case_id=case.id,
        practitioner_id=case.practitioner_id,
        team_id=case.team_id,
        service_id=service_id,
        plan_type=case.plan_type,
        gender=case.gender,
        age_band=case.age_band,
        ethnicity=case.ethnicity,
        supervisor_id=case.supervisor_id,
        chair_id=case.chair_id,
    )


def broken_pairs(view: View, places: Sequence[PlaceRow]) -> dict[int, str]:
    """Place id to why the pair may not be sent, for those that may not, in a sentence for the QA office."""
    cases = view.cases.many(p.case_id for p in places)
    people = view.people.many(p.auditor_id for p in places)
    teams = view.people.teams()
    declared = view.rounds.declared_conflicts()
    broken = {}
    for place in places:
        case, auditor = cases[place.case_id], people[place.auditor_id]
        mine = frozenset({case.id} if (auditor.id, case.id) in declared else ())
        seen = AuditorIn(auditor.id, auditor.team_id, auditor.service_id, declared=mine)
        if why := _why_broken(case, auditor, seen, teams[case.team_id].service_id):
            broken[place.id] = f"{auditor.name}: {why} before the audit went out."
    return broken


def _why_broken(case: Case, auditor: Person, seen: AuditorIn, service_id: int) -> str:
    if case.closed_on is not None:
        return "the case closed"
    if auditor.left_on is not None:
        return "the auditor left"
    if conflicts_between(seen, case_in(case, service_id)):
        return "a conflict came up"
    return ""
