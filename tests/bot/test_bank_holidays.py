"""England's days, not Scotland's, for as long as a process may run, and those a council adds."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.bank_holidays import england
from bot.framework_file import BUNDLED_FRAMEWORK
from bot.starting import open_council
from domain.days import LONDON, add_working_days
from tests.doubles.settings import demo_settings

STARTED = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("day", "off"),
    [
        pytest.param(date(2026, 4, 3), True, id="Good Friday"),
        pytest.param(date(2026, 4, 6), True, id="Easter Monday, no holiday in Scotland"),
        pytest.param(date(2026, 5, 4), True, id="early May"),
        pytest.param(date(2026, 5, 25), True, id="spring"),
        pytest.param(date(2026, 8, 31), True, id="late summer, in Scotland on the 3rd"),
        pytest.param(date(2026, 8, 3), False, id="summer in Scotland"),
        pytest.param(date(2026, 11, 30), False, id="Saint Andrew"),
        pytest.param(date(2026, 1, 2), False, id="the second of January, Scotland's"),
        pytest.param(date(2026, 3, 17), False, id="Saint Patrick, Northern Ireland's"),
        pytest.param(date(2026, 12, 25), True, id="Christmas Day"),
        pytest.param(date(2026, 12, 28), True, id="Boxing Day on a Saturday goes to Monday"),
        pytest.param(date(2026, 12, 29), False, id="and no further"),
        pytest.param(date(2027, 12, 27), True, id="Christmas on a Saturday goes to Monday"),
        pytest.param(date(2027, 12, 28), True, id="Boxing Day on that Sunday goes to Tuesday"),
        pytest.param(date(2028, 1, 3), True, id="New Year on a Saturday goes to Monday"),
        pytest.param(date(2024, 5, 6), True, id="two years ago"),
        pytest.param(date(2023, 5, 8), True, id="the coronation"),
        pytest.param(date(2022, 9, 19), True, id="the Queen's funeral"),
        pytest.param(date(2021, 12, 28), True, id="five years ago"),
        pytest.param(date(2030, 4, 22), True, id="Easter Monday when the process is four years old"),
        pytest.param(date(2040, 4, 2), True, id="Easter Monday when it is fourteen"),
        pytest.param(date(2041, 12, 25), True, id="Christmas when it is fifteen"),
    ],
)
def test_the_days_are_those_of_england(day: date, off: bool) -> None:
    assert (day in england(STARTED)) is off


def test_every_year_around_the_start_has_its_eight_days_or_more() -> None:
    found = england(STARTED)

    years = range(2021, 2042)
    weekdays = {year: sum(day.year == year and day.weekday() < 5 for day in found) for year in years}
    assert all(number >= 8 for number in weekdays.values()), weekdays
    assert {day.year for day in found} == set(years)


def test_a_day_the_council_adds_is_no_working_day(tmp_path: Path) -> None:
    own = tmp_path / "framework.toml"
    shipped = BUNDLED_FRAMEWORK.read_text(encoding="utf-8")
    own.write_text(
        shipped.replace("extra_bank_holidays = []", "extra_bank_holidays = [2030-05-07]"), encoding="utf-8"
    )
    url = f"sqlite:///{tmp_path / 'council.db'}"
    now = datetime(2026, 5, 1, 9, tzinfo=LONDON)

    with_it, without = (
        open_council(demo_settings(database_url=url, framework_file=file), now) for file in (own, None)
    )

    before = date(2030, 5, 3)
    # The early May bank holiday is Monday the 6th.
    assert add_working_days(before, 1, without.bank_holidays) == date(2030, 5, 7)
    assert add_working_days(before, 1, with_it.bank_holidays) == date(2030, 5, 8)
    assert with_it.bank_holidays - without.bank_holidays == {before + timedelta(days=4)}
    for council in (with_it, without):
        council.database.close()
