"""APScheduler wakes when something falls due, and never forgets a job it was late for."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from domain.cadence import Every, Line
from domain.days import LONDON
from domain.framework import Framework
from scheduler.sweeps import SWEEPS, UnknownLine, require_known
from scheduler.triggers import CadenceTrigger
from tests.builders import HOUSE
from workflows.council import Council

DAILY = Line("seal", "A daily line", (), Every.DAY, time(1, 30))


@pytest.fixture
def trigger(framework: Framework) -> CadenceTrigger:
    return trigger_of(framework, DAILY)


def trigger_of(framework: Framework, *lines: Line) -> CadenceTrigger:
    # The trigger needs the calendar alone.
    council = Council(None, replace(framework, cadence=lines), HOUSE, frozenset())  # type: ignore[arg-type]
    return CadenceTrigger(council)


def test_it_fires_once_on_each_day_whatever_the_clocks_do(trigger: CadenceTrigger) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    fired: list[date] = []
    previous = None

    while (previous := trigger.get_next_fire_time(previous, now)) and previous.year == 2026:
        fired.append(previous.astimezone(LONDON).date())

    assert fired == [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


def test_after_a_long_sleep_it_goes_on_from_where_it_was(trigger: CadenceTrigger) -> None:
    previous = datetime(2026, 1, 10, 1, 30, tzinfo=UTC)

    following = trigger.get_next_fire_time(previous, previous + timedelta(days=9))

    assert following == previous + timedelta(days=1)


def test_a_calendar_without_lines_never_fires(framework: Framework) -> None:
    assert trigger_of(framework).get_next_fire_time(None, datetime(2026, 1, 1, tzinfo=UTC)) is None


async def test_a_job_that_was_missed_runs_once_and_stays(trigger: CadenceTrigger) -> None:
    runs: list[str] = []
    scheduler = AsyncIOScheduler(timezone=UTC)
    job = scheduler.add_job(
        lambda: runs.append("run"),
        trigger,
        next_run_time=datetime.now(UTC) - timedelta(days=9),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )

    scheduler.start()
    async with asyncio.timeout(20):
        while not runs:
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    following = job.next_run_time
    scheduler.shutdown(wait=False)

    assert runs == ["run"]
    assert following > datetime.now(UTC)


def test_every_line_that_is_shipped_has_its_sweep_and_every_sweep_its_line(framework: Framework) -> None:
    require_known(framework)

    assert set(SWEEPS) == {line.key for line in framework.cadence}


def test_a_line_that_nothing_answers_to_is_named_at_the_start(framework: Framework) -> None:
    with pytest.raises(UnknownLine, match="does not know: pay_wages"):
        require_known(replace(framework, cadence=(DAILY, replace(DAILY, key="pay_wages"))))
