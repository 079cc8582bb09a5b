"""Times as people type them, and what speaks against waiting for a talk."""

from datetime import UTC, date, datetime

import pytest

from domain.grades import Grade
from domain.talks import read_time, say_time, too_late, why_early

TODAY = date(2026, 5, 1)
DUE = date(2026, 5, 11)


@pytest.mark.rule("MO-16")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12 May 2026 at 14:30", "Tuesday 12 May 2026 at 14:30"),
        ("Tue 12 May at 14.30", "Tuesday 12 May 2026 at 14:30"),
        ("Wednesday, 13 May 2026, 9am", "Wednesday 13 May 2026 at 09:00"),
        ("12/05/2026 2.30pm", "Tuesday 12 May 2026 at 14:30"),
        ("2026-05-12 12am", "Tuesday 12 May 2026 at 00:00"),
        ("1 May 09:00", "Friday 1 May 2026 at 09:00"),
        ("3 Jan 12:00 pm", "Sunday 3 January 2027 at 12:00"),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, said: str) -> None:
    assert say_time(read_time(text, today=TODAY)) == said


@pytest.mark.parametrize("text", ["", "tomorrow", "12 May 2026", "12 May 14", "31 Feb 10:00", "12 May 25:00"])
def test_what_is_no_day_with_a_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="such as 12 May 2026 at 14:30"):
        read_time(text, today=TODAY)


def test_times_are_those_of_london_on_either_side_of_a_clock_change() -> None:
    assert read_time("24 October 2026 10:00", today=TODAY) == datetime(2026, 10, 24, 9, tzinfo=UTC)
    assert read_time("25 October 2026 10:00", today=TODAY) == datetime(2026, 10, 25, 10, tzinfo=UTC)


@pytest.mark.rule("MO-16", "Q14")
@pytest.mark.parametrize(("hour", "late"), [(22, False), (23, True)])
def test_a_time_is_late_from_the_midnight_after_the_due_day_in_london(hour: int, late: bool) -> None:
    assert too_late([datetime(2026, 5, 11, hour, 30, tzinfo=UTC)], DUE) is late


@pytest.mark.rule("MO-17", "Q14")
@pytest.mark.parametrize(
    ("grade", "days", "reasons"),
    [
        (Grade.INADEQUATE, [], 1),
        (Grade.REQUIRES_IMPROVEMENT, [], 0),
        (Grade.GOOD, [date(2026, 5, 10)], 1),
        (Grade.GOOD, [date(2026, 5, 11)], 0),
        (Grade.INADEQUATE, [date(2026, 6, 1), date(2026, 5, 8)], 2),
    ],
)
def test_early_release_is_suggested_for_a_child_at_risk_or_an_action_due_before_the_talk(
    grade: Grade, days: list[date], reasons: int
) -> None:
    assert len(why_early(grade, days, DUE)) == reasons
