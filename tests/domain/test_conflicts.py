"""Who may not audit what."""

import pytest
from hypothesis import given, settings

from domain.allocation import Population
from domain.conflicts import Barred, Conflict, conflicts_between
from tests.domain.allocation_builders import auditor, case, populations


@pytest.mark.rule("Q8", "CA-02")
@pytest.mark.parametrize(
    ("stands", "conflicts"),
    [
        ({"practitioner": 7}, (Conflict.HOLDS,)),
        ({"practitioner": 1, "supervisor": 7}, (Conflict.SUPERVISES,)),
        ({"practitioner": 1, "chair": 7}, (Conflict.CHAIRS,)),
        ({"practitioner": 1, "team": 4}, (Conflict.OWN_TEAM,)),
        ({"practitioner": 1, "service": 3}, ()),
        (
            {"practitioner": 7, "supervisor": 7, "chair": 7, "team": 4},
            (Conflict.HOLDS, Conflict.SUPERVISES, Conflict.CHAIRS, Conflict.OWN_TEAM),
        ),
    ],
)
def test_nobody_audits_what_they_hold_supervise_chair_or_what_their_team_holds(
    stands: dict[str, int], conflicts: tuple[Conflict, ...]
) -> None:
    someone = auditor(7, team=4, service=3)

    found = conflicts_between(someone, case(1, **stands))  # type: ignore[arg-type]

    assert found == conflicts


@pytest.mark.rule("Q8")
def test_an_auditor_without_a_team_has_no_own_team() -> None:
    assert conflicts_between(auditor(7, team=None), case(1, 1, team=4)) == ()


@pytest.mark.rule("Q8")
def test_a_case_once_declared_a_conflict_with_stays_one() -> None:
    someone = auditor(7, declared=[2])

    assert conflicts_between(someone, case(1, 1)) == ()
    assert conflicts_between(someone, case(2, 1)) == (Conflict.DECLARED,)


@pytest.mark.rule("Q8")
@settings(max_examples=40, deadline=None)
@given(populations())
def test_the_barred_of_a_case_are_exactly_those_with_a_conflict(council: Population) -> None:
    barred = Barred(council.auditors)

    for one in council.cases:
        expected = {each.person_id for each in council.auditors if conflicts_between(each, one)}
        assert barred.from_case(one) == expected
