"""Builders with sensible defaults, so that an allocation test shows only what matters."""

from collections.abc import Iterable
from datetime import date

from hypothesis import strategies as st

from domain.allocation import AuditorIn, CaseIn, Plan, Population, PractitionerIn

MAY = date(2026, 5, 1)
RECENTLY = date(2026, 3, 20)
"""Long before the next audit is due."""


def auditor(
    person_id: int,
    *,
    team: int | None = None,
    service: int | None = 99,
    audits: int = 0,
    declared: Iterable[int] = (),
) -> AuditorIn:
    return AuditorIn(person_id, team, service, audits, frozenset(declared))


def case(
    case_id: int,
    practitioner: int,
    *,
    team: int = 1,
    service: int = 1,
    plan_type: str = "child in need",
    gender: str = "female",
    age_band: str = "5 to 9",
    ethnicity: str = "A",
    supervisor: int | None = None,
    chair: int | None = None,
) -> CaseIn:
    return CaseIn(
        case_id, practitioner, team, service, plan_type, gender, age_band, ethnicity, supervisor, chair
    )


def practitioner(
    person_id: int, last_audited_on: date | None = RECENTLY, *, active: bool = True
) -> PractitionerIn:
    return PractitionerIn(person_id, last_audited_on, active)


def population(
    auditors: Iterable[AuditorIn],
    cases: Iterable[CaseIn],
    practitioners: Iterable[PractitionerIn] | None = None,
    *,
    pairs: Iterable[tuple[int, int]] = (),
    month_on: date = MAY,
) -> Population:
    """Practitioners left out are those of the cases, all audited recently."""
    cases = tuple(cases)
    if practitioners is None:
        practitioners = [practitioner(one) for one in sorted({each.practitioner_id for each in cases})]
    return Population(month_on, tuple(auditors), cases, tuple(practitioners), frozenset(pairs))


def pairs_of(plan: Plan) -> set[tuple[int, int]]:
    return {(place.auditor_id, place.case_id) for place in plan.places}


PEOPLE = st.integers(1, 12)
"""Auditors, practitioners, supervisors and chairs share their ids, so that conflicts are common."""


@st.composite
def populations(draw: st.DrawFn) -> Population:
    """Small councils full of conflicts."""
    service_of = {1: 1, 2: 1, 3: 2, 4: 3}
    teams = st.sampled_from(sorted(service_of))
    auditors = []
    for person in draw(st.lists(PEOPLE, unique=True, max_size=7)):
        team = draw(st.none() | teams)
        service = service_of[team] if team else draw(st.none() | st.sampled_from([1, 2, 3]))
        declared = draw(st.frozensets(st.integers(1, 14), max_size=2))
        auditors.append(AuditorIn(person, team, service, draw(st.integers(0, 4)), declared))
    practitioners = [
        PractitionerIn(
            person,
            draw(st.none() | st.dates(date(2025, 3, 1), date(2026, 4, 30))),
            draw(st.integers(0, 9)) > 0,
        )
        for person in draw(st.lists(PEOPLE, unique=True, min_size=1, max_size=8))
    ]
    cases = []
    for number in range(draw(st.integers(0, 14))):
        team = draw(teams)
        cases.append(
            CaseIn(
                number + 1,
                draw(st.sampled_from(practitioners)).person_id,
                team,
                service_of[team],
                draw(st.sampled_from(["child in need", "child protection"])),
                draw(st.sampled_from(["female", "male"])),
                draw(st.sampled_from(["0 to 4", "5 to 9", "10 to 15"])),
                draw(st.sampled_from(["A", "B", "C"])),
                draw(st.none() | PEOPLE),
                draw(st.none() | PEOPLE),
            )
        )
    pairs = draw(st.frozensets(st.tuples(PEOPLE, PEOPLE), max_size=6))
    return Population(MAY, tuple(auditors), tuple(cases), tuple(practitioners), pairs)
