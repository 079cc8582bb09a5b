"""What audits say together: counted, compared only beyond chance, and small numbers kept to oneself."""

from math import comb

import pytest

from domain.framework import Framework
from domain.grades import Grade
from domain.learning import likely_theme
from domain.themes import Cohort, CohortLine, Counted, Theme, Trend, by_cohort, theme_titles, themes, trend

GOOD, RI, INADEQUATE = Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE
SMALLEST = 5


def audits(
    below: int, good: int, *, team: str = "Conifers 1", tag: str = "", section: str = "planning"
) -> list[Counted]:
    """So many audits that grade the section below Good, then so many that grade it Good."""
    grades = [RI] * below + [GOOD] * good
    cohorts = {Cohort.TEAM: team, Cohort.PLAN_TYPE: "Child in need", Cohort.AGE_BAND: "5 to 9"}
    tags = {section: (tag,) if tag else ()}
    return [Counted(number, cohorts, {section: grade}, tags) for number, grade in enumerate(grades, start=1)]


@pytest.mark.rule("CA-21")
@pytest.mark.parametrize(
    ("now", "before", "says"),
    [
        ((30, 40), (10, 40), Trend.RISING),
        ((10, 40), (30, 40), Trend.FALLING),
        # Twice as many, and chance would still bring it about more than once in a hundred times.
        ((12, 20), (6, 20), Trend.STEADY),
        ((15, 20), (6, 20), Trend.RISING),
        # All against none, and too few for anybody to say.
        ((4, 4), (0, 4), Trend.UNKNOWN),
        ((9, 40), (0, 40), Trend.UNKNOWN),
        ((40, 40), (31, 40), Trend.UNKNOWN),
        ((20, 40), (0, 0), Trend.UNKNOWN),
    ],
)
def test_a_difference_is_named_only_beyond_chance(
    now: tuple[int, int], before: tuple[int, int], says: Trend
) -> None:
    assert trend(now, before) is says


@pytest.mark.rule("CA-21")
@pytest.mark.parametrize(("whole", "before"), [(20, 20), (40, 40), (60, 30), (25, 80)])
@pytest.mark.parametrize("share", [0.05, 0.2, 0.5, 0.8])
def test_where_nothing_changed_a_change_is_named_about_once_in_a_hundred_times(
    whole: int, before: int, share: float
) -> None:
    def chance(count: int, of: int) -> float:
        return comb(of, count) * share**count * (1 - share) ** (of - count)

    named = sum(
        chance(a, whole) * chance(b, before)
        for a in range(whole + 1)
        for b in range(before + 1)
        if trend((a, whole), (b, before)) in (Trend.RISING, Trend.FALLING)
    )

    assert named < 0.0125


@pytest.mark.rule("CA-21", "RO-04")
def test_sections_come_first_with_the_largest_share_below_good_then_good_practice_seen() -> None:
    now = [*audits(2, 8, tag="GP-03"), *audits(6, 4, section="supervision")]

    found = themes(["planning", "supervision", "review", "GP-01", "GP-03"], now, [], SMALLEST)

    assert [(one.key, one.count, one.audits) for one in found] == [
        ("supervision", 6, 10),
        ("planning", 2, 10),
        ("GP-03", 10, 20),
        ("GP-01", 0, 20),
    ]


@pytest.mark.parametrize("tag", [f"GP-0{number}" for number in range(1, 7)])
@pytest.mark.rule("GP-01", "GP-02", "GP-03", "GP-04", "GP-05", "GP-06")
def test_each_component_of_good_practice_is_a_theme_counted_where_it_was_tagged(
    framework: Framework, tag: str
) -> None:
    now = [*audits(2, 6, tag=tag), *audits(5, 5)]

    (found,) = themes([tag], now, [], SMALLEST)

    assert tag in theme_titles(framework)
    assert (found.audits, found.tagged, found.below) == (18, 8, 2)


@pytest.mark.rule("CA-21")
def test_an_audit_with_nothing_to_say_of_a_section_is_not_of_its_whole() -> None:
    now = [*audits(2, 3), *audits(5, 5, section="contact")]

    (found,) = themes(["planning"], now, [], SMALLEST)

    assert found == Theme("planning", 5, 2, 0, Trend.UNKNOWN, (1, 2))


@pytest.mark.rule("CA-21")
def test_a_number_too_small_to_show_is_not_compared_either() -> None:
    now, before = audits(30, 30), audits(4, 56)

    (few_before,) = themes(["planning"], now, before, SMALLEST)
    (told,) = themes(["planning"], now, before, 2)

    assert (few_before.trend, told.trend) == (Trend.UNKNOWN, Trend.RISING)


@pytest.mark.rule("CA-21", "SG-03")
def test_cohorts_show_no_small_number_and_none_that_would_give_one_away() -> None:
    now = [
        *audits(9, 3, team="Brambles"),
        *audits(7, 7, team="Conifers"),
        *audits(2, 8, team="Here4U"),
        *audits(3, 1, team="Early Help"),
    ]

    found = by_cohort("planning", now, Cohort.TEAM, SMALLEST)
    hidden = [line for line in found if line.count is None]

    # Two of four hold fewer than five below Good; with both hidden the sum of them tells neither.
    assert CohortLine("Brambles", 12, 9) in found
    assert {line.name for line in hidden} >= {"Here4U", "Early Help"}
    assert all(line.audits is None for line in found if line.name == "Early Help")
    assert sum(line.audits is None for line in found) > 1


@pytest.mark.rule("CA-21")
def test_cohorts_stand_in_the_order_of_their_shares_and_by_plan_type_or_age_as_well() -> None:
    now = [*audits(6, 6, team="Brambles"), *audits(9, 3, team="Conifers"), *audits(0, 12, team="Here4U")]

    teams = by_cohort("planning", now, Cohort.TEAM, SMALLEST)

    assert [(line.name, line.count) for line in teams] == [("Conifers", 9), ("Brambles", 6), ("Here4U", 0)]
    assert by_cohort("planning", now, Cohort.PLAN_TYPE, SMALLEST) == (CohortLine("Child in need", 36, 15),)
    assert by_cohort("planning", now, Cohort.AGE_BAND, SMALLEST) == (CohortLine("5 to 9", 36, 15),)


@pytest.mark.rule("RO-07")
@pytest.mark.parametrize(
    ("grades", "theme"),
    [
        ({"assessment": (GOOD, GOOD), "planning": (RI, RI), "review": (GOOD, INADEQUATE)}, "review"),
        ({"assessment": (RI, RI), "planning": (GOOD, RI)}, "planning"),
        ({"assessment": (GOOD, GOOD), "planning": (GOOD, GOOD)}, "assessment"),
        ({}, ""),
    ],
)
def test_a_draft_is_about_the_section_graded_worst_then_changed_most(
    grades: dict[str, tuple[Grade, Grade]], theme: str
) -> None:
    assert likely_theme(grades) == theme
