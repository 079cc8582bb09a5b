"""Links grow to the most there can be, and a refusal names those who stand in the way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.allocation_matching import Linking


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[int], dict[int, list[int]], dict[int, frozenset[int]]]:
    """Auditors, the cases of each practitioner, and who is barred from each case."""
    auditors = list(range(draw(st.integers(0, 4))))
    owners = draw(st.lists(st.integers(0, 3), max_size=6))
    cases_of: dict[int, list[int]] = {person: [] for person in range(4)}
    for number, owner in enumerate(owners):
        cases_of[owner].append(100 + number)
    barred = {
        100 + number: draw(st.frozensets(st.sampled_from(auditors))) if auditors else frozenset()
        for number in range(len(owners))
    }
    return auditors, cases_of, barred


def can_link(auditors: list[int], units: list[list[int]], barred: dict[int, frozenset[int]]) -> bool:
    """Whether each unit finds a case and an auditor of its own, by trying everything."""
    if not units:
        return True
    return any(
        can_link(
            [one for one in auditors if one != auditor],
            [[other for other in unit if other != case] for unit in units[1:]],
            barred,
        )
        for case in units[0]
        for auditor in auditors
        if auditor not in barred[case]
    )


@pytest.mark.rule("CA-01", "CA-03")
@settings(max_examples=100, deadline=None)
@given(questions(), st.lists(st.integers(0, 3), max_size=6))
def test_a_practitioner_is_refused_only_when_no_linking_could_cover_them_too(
    question: tuple[list[int], dict[int, list[int]], dict[int, frozenset[int]]], order: list[int]
) -> None:
    auditors, cases_of, barred = question
    linking = Linking(auditors, cases_of, barred.__getitem__)
    covered: list[int] = []

    for person in order:
        possible = can_link(auditors, [cases_of[one] for one in [*covered, person]], barred)
        assert (linking.add(person) is None) == possible
        covered += [person] if possible else []

    owner = {case: person for person, cases in cases_of.items() for case in cases}
    assert sorted(owner[case] for case in linking.auditor_of) == sorted(covered)
    assert {case: auditor for auditor, case in linking.case_of.items()} == linking.auditor_of
    assert not any(auditor in barred[case] for auditor, case in linking.case_of.items())


@pytest.mark.rule("Q8")
def test_a_refusal_names_the_auditors_who_are_all_needed_elsewhere() -> None:
    cases_of = {1: [11], 2: [12], 3: [13]}
    barred = {11: frozenset({8, 9}), 12: frozenset({8, 9}), 13: frozenset()}
    linking = Linking([7, 8, 9], cases_of, barred.__getitem__)

    answers = [linking.add(person) for person in (1, 2, 3)]

    assert answers == [None, frozenset({7}), None]


@pytest.mark.rule("CA-03", "Q8")
def test_a_practitioner_once_covered_may_change_to_another_case_to_make_room() -> None:
    barred = {11: frozenset({8}), 12: frozenset({7}), 21: frozenset({8})}
    linking = Linking([7, 8], {1: [11, 12], 2: [21]}, barred.__getitem__)

    answers = [linking.add(1), linking.add(2)]

    assert answers == [None, None]
    assert linking.case_of == {7: 21, 8: 12}


def test_when_nobody_is_free_everybody_is_named() -> None:
    linking = Linking([7], {1: [11], 2: [12]}, lambda _: frozenset())

    assert (linking.add(1), linking.add(2)) == (None, frozenset({7}))
