"""What comes of a calibration case: numbers, from enough people, and nobody's name."""

import pytest

from domain.calibration import BlindGrades, outcome
from domain.grades import Grade
from tests.builders import NOW

GOOD, RI = Grade.GOOD, Grade.REQUIRES_IMPROVEMENT


def given(person_id: int, planning: Grade, review: Grade) -> BlindGrades:
    return BlindGrades(person_id, {"planning": planning, "review": review}, "Because.", NOW)


@pytest.mark.rule("SG-03")
def test_fewer_people_than_the_smallest_count_are_not_shown_even_as_numbers() -> None:
    found = outcome(("planning", "review"), [given(n, GOOD, RI) for n in range(4)], smallest=5)

    assert (found.graded, found.spread, found.agreement) == (4, None, None)


def test_the_sections_are_what_is_judged_and_the_auditors_judge() -> None:
    alike = [given(n, GOOD, RI) for n in range(5)]
    apart = [*alike, given(5, GOOD, GOOD)]

    agreed, differed = (outcome(("planning", "review"), some, smallest=5) for some in (alike, apart))

    assert agreed.agreement is not None
    assert agreed.agreement.alpha == 1.0
    assert differed.agreement is not None
    assert differed.agreement.counted == 2
    assert differed.agreement.alpha is not None
    assert 0 < differed.agreement.alpha < 1
    assert differed.spread is not None
    assert differed.spread["review"] == {
        Grade.OUTSTANDING: 0,
        Grade.GOOD: 1,
        Grade.REQUIRES_IMPROVEMENT: 5,
        Grade.INADEQUATE: 0,
    }
