"""What a round found, counted from grades that count."""

from datetime import date, timedelta

import pytest

from domain.grades import Grade
from domain.loop import Found, FoundAction
from domain.round_found import ActionsFound, SectionFound, round_found, trend

DAY = date(2026, 6, 3)
KEYS = ("planning", "recording", "voice")


def found(number: int, **sections: Grade) -> Found:
    overall = {"original": Grade.GOOD, "grade": Grade.INADEQUATE if number == 1 else Grade.GOOD}
    actions = tuple(
        FoundAction(state, DAY + timedelta(days=late))
        for state, late in (("open", -1), ("open", 0), ("done", -9), ("confirmed", -9))
    )
    return Found(
        audit_id=number,
        round_id=1,
        team_id=1,
        service_id=1,
        auditor_id=1,
        practitioner_id=1,
        submitted_on=DAY,
        sections=sections,
        tags={"planning": ("GP-03",), "recording": ("GP-05",)},
        voices={"voice_child": True, "voice_parent": number == 1},
        actions=actions,
        **overall,
    )


@pytest.mark.rule("CA-20", "MO-21", "VF-02", "Q24")
def test_it_counts_grades_sections_tags_voices_and_actions() -> None:
    audits = [
        found(1, planning=Grade.INADEQUATE, recording=Grade.GOOD),
        found(2, planning=Grade.REQUIRES_IMPROVEMENT, recording=Grade.OUTSTANDING),
        found(3, planning=Grade.GOOD),
    ]

    made = round_found(audits, KEYS, today=DAY)

    assert made.audits == 3
    assert {grade: n for grade, n in made.grades.items() if n} == {Grade.GOOD: 2, Grade.INADEQUATE: 1}
    assert made.regraded == 1
    assert made.sections == (SectionFound("planning", 3, 1), SectionFound("recording", 2, 2))
    assert [one.key for one in made.strengths] == ["recording"]
    assert [(one.key, one.below) for one in made.to_work_on] == [("planning", 2)]
    assert made.tags_good == (("GP-05", 2), ("GP-03", 1))
    assert made.tags_below == (("GP-03", 2),)
    assert made.voices == (("voice_child", 3, 3), ("voice_parent", 1, 3), ("voice_agency", 0, 3))
    assert made.actions == ActionsFound(agreed=12, open=6, overdue=3, done=3, confirmed=3)


@pytest.mark.rule("RO-08")
@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ((20, 10), (20, 10), 0),
        ((20, 12), (20, 10), 0),
        ((20, 14), (20, 10), 1),
        ((20, 6), (20, 10), -1),
        ((20, 3), (20, 10), None),
        ((20, 10), (20, 17), None),
        ((20, 10), None, None),
        ((20, 10), (0, 0), None),
    ],
)
def test_a_trend_is_told_only_where_both_numbers_may_be(
    now: tuple[int, int], before: tuple[int, int] | None, expected: int | None
) -> None:
    def section(numbers: tuple[int, int]) -> SectionFound:
        graded, below = numbers
        return SectionFound("planning", graded, graded - below)

    assert trend(section(now), section(before) if before else None, 5) == expected
