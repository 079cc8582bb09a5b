"""Taking, keeping and losing the lead, with time passed in.

PostgreSQL goes by the server's time, so on both engines a lease that has to run out is made to last no time.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.settings import Settings
from domain.framework import Framework
from scheduler.clockwork import BEATS_IN_A_LEASE
from scheduler.leading import Leading, LeadLost
from storage.database import Database
from tests.builders import a_council
from tests.databases import TRAIL_KEY
from tests.doubles.settings import demo_settings
from tests.scheduler.outbox import Clock
from workflows.council import Council

LONGEST_SILENCE = timedelta(seconds=60)


@pytest.fixture
def sqlite_council(sqlite_url: str, framework: Framework) -> Iterator[Council]:
    database = Database(sqlite_url, trail_key=TRAIL_KEY)
    yield a_council(database, framework)
    database.close()


def a_process(council: Council, clock: Clock, holder: str, seconds: float = 30) -> Leading:
    return Leading(council, holder, timedelta(seconds=seconds), clock)


@pytest.mark.parametrize("seconds", [1, 30, 45])
def test_whoever_waits_leads_within_a_minute_of_the_leaders_death(
    sqlite_council: Council, clock: Clock, seconds: float
) -> None:
    dead, waiting = (a_process(sqlite_council, clock, name, seconds) for name in ("dead", "waiting"))
    dead.seek()
    waiting.seek()
    died = clock.now

    while not waiting.seek():
        clock.passes(seconds=seconds / BEATS_IN_A_LEASE)

    assert clock.now - died <= LONGEST_SILENCE
    assert clock.now - died >= timedelta(seconds=seconds)


def test_no_setting_makes_the_wait_longer_than_a_minute() -> None:
    longest = Settings.model_fields["lease_seconds"].metadata
    (most,) = [limit.le for limit in longest if hasattr(limit, "le")]

    assert most * (1 + 1 / BEATS_IN_A_LEASE) <= LONGEST_SILENCE.total_seconds()
    assert demo_settings().lease_seconds == 30


def test_a_leader_that_beats_in_time_keeps_the_lead(sqlite_council: Council, clock: Clock) -> None:
    leader, waiting = (a_process(sqlite_council, clock, name) for name in ("leader", "waiting"))
    leader.seek()
    beats = []

    for _ in range(10):
        clock.passes(seconds=29)
        beats.append((leader.seek(), waiting.seek()))

    assert beats == [(True, False)] * 10
    assert leader.epoch == 1


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_jumps_an_hour_leaves_one_lead(
    sqlite_council: Council, clock: Clock, hours: int
) -> None:
    leader, waiting = (a_process(sqlite_council, clock, name) for name in ("leader", "waiting"))
    leader.seek()

    clock.passes(hours=hours)
    beats = [(waiting.seek(), leader.seek()) for _ in range(2)]

    assert [sum(beat) for beat in beats] == [1, 1]


def test_who_comes_back_after_another_led_takes_no_step(council: Council, clock: Clock) -> None:
    first, second = (a_process(council, clock, name, 0) for name in ("first", "second"))
    first.seek()
    second.seek()

    with pytest.raises(LeadLost), council.write() as work:
        first.check(work)

    with council.write() as work:
        assert second.check(work) == 2
    assert (first.epoch, second.epoch) == (None, 2)


def test_who_never_led_takes_no_step(council: Council, clock: Clock) -> None:
    with pytest.raises(LeadLost), council.write() as work:
        a_process(council, clock, "follower").check(work)


def test_what_a_step_did_before_the_lead_was_found_lost_is_undone(council: Council, clock: Clock) -> None:
    first, second = (a_process(council, clock, name, 0) for name in ("first", "second"))
    first.seek()
    second.seek()

    with pytest.raises(LeadLost):
        begin_before_checking(council, first, clock)

    with council.read() as view:
        assert view.calendar.mark() is None


def begin_before_checking(council: Council, leading: Leading, clock: Clock) -> None:
    with council.write() as work:
        work.calendar.begin(clock.now)
        leading.check(work)


def test_a_lead_that_is_given_back_is_taken_at_the_next_look(council: Council, clock: Clock) -> None:
    first, second = (a_process(council, clock, name) for name in ("first", "second"))
    first.seek()
    before = second.seek()

    first.give_back()
    after = second.seek()
    first.give_back()

    assert (before, after) == (False, True)
    assert (first.epoch, second.epoch) == (None, 2)
    assert not first.seek()
