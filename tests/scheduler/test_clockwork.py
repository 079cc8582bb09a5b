"""What the clock of one process does, with time passed in."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.cadence import Every, Line
from domain.days import LONDON
from domain.pacing import CONVERSATION
from scheduler.clockwork import Clockwork
from scheduler.leading import Leading
from scheduler.triggers import CadenceTrigger
from storage.turns import REPEAT_MEMORY
from tests.builders import NOW, Staff, an_accepted_audit, an_allocated_audit, reachable
from tests.scheduler.calendars import LASTS, allocated, an_approved_round, became, began, london
from tests.scheduler.outbox import Clock
from workflows.council import Council
from workflows.sealing import export_path

MINUTE = timedelta(minutes=1)
MAY = london(5, 1).astimezone(LONDON).date()


class Nudged:
    """A courier that only counts."""

    def __init__(self) -> None:
        self.times = 0

    def nudge(self) -> None:
        self.times += 1


@pytest.fixture
def courier() -> Nudged:
    return Nudged()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "trail"


@pytest.fixture
def new_clockwork(council: Council, courier: Nudged, clock: Clock, folder: Path) -> Callable[..., Clockwork]:
    """Makes a process's clockwork; several share the calendar."""

    def make(holder: str = "one") -> Clockwork:
        leading = Leading(council, holder, LASTS, clock)
        return Clockwork(council, courier, leading, clock=clock, export_dir=folder)

    return make


@pytest.fixture
def clockwork(new_clockwork: Callable[..., Clockwork]) -> Clockwork:
    return new_clockwork()


@pytest.mark.rule("CA-05")
def test_the_courier_hears_of_audits_that_are_given_out(
    council: Council, people: Staff, clockwork: Clockwork, courier: Nudged
) -> None:
    began(council, london(4, 30, 12))
    round_id = an_approved_round(council, people)

    failed = clockwork.tick(NOW)

    assert failed == ()
    assert len(allocated(council, round_id)) == 1
    assert courier.times == 1


@pytest.mark.rule("SG-05")
def test_the_trail_of_each_day_is_sealed_once_when_the_day_is_over(
    council: Council, people: Staff, clockwork: Clockwork, folder: Path
) -> None:
    began(council, london(5, 1, 12))
    with council.write() as work:
        an_allocated_audit(work, people)

    clockwork.tick(london(5, 2, 0, 4))
    during = export_path(folder, MAY).exists()
    clockwork.tick(london(5, 2, 0, 5))
    sealed = export_path(folder, MAY).read_bytes()
    clockwork.tick(london(5, 2, 0, 7))

    assert not during
    assert b"audit:1" in sealed
    assert export_path(folder, MAY).read_bytes() == sealed


@pytest.mark.rule("SG-05")
def test_a_seal_whose_file_was_lost_with_its_process_is_written_by_the_next(
    council: Council, people: Staff, new_clockwork: Callable[..., Clockwork], folder: Path
) -> None:
    began(council, london(5, 1, 12))
    new_clockwork("first").tick(london(5, 2, 0, 5))
    export_path(folder, MAY).unlink()

    _run_out(council)
    new_clockwork("second").tick(london(5, 2, 0, 6))

    assert export_path(folder, MAY).exists()


def test_what_is_no_longer_needed_is_tidied_once_a_day(
    council: Council, people: Staff, clockwork: Clockwork
) -> None:
    now = london(5, 2, 3)
    began(council, london(5, 1, 12))
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        old, fresh = now - REPEAT_MEMORY - MINUTE, now
        for key, at in (("old", old), ("fresh", fresh)):
            work.turns.answered(key, {}, at)
            work.turns.keep_waiting(people.auditor.id, audit.id, "journey", key, at)
            work.paces.book({key: 1}, CONVERSATION, claim=key, now=at, until=at)

    clockwork.tick(now)

    with council.write() as work:
        presses = [work.turns.outcome(key) for key in ("old", "fresh")]
        lines = [line.text for n in (1, 2) if (line := work.turns.line(n))]
        conversations_left = work.paces.forget(now + MINUTE)
    assert conversations_left == 1
    assert presses == [None, {}]
    assert lines == ["", "fresh"]


def test_notices_for_people_who_became_reachable_unnoticed_are_queued_again_each_minute(
    council: Council, people: Staff, clockwork: Clockwork, courier: Nudged
) -> None:
    clockwork.tick(NOW)
    with council.write() as work:
        audit = an_allocated_audit(work, people)
        (claimed,) = work.notices.claim(token="t", now=NOW, until=NOW, limit=1)
        reachable(work, people.auditor)
        work.notices.settle(claimed, state="unreachable", now=NOW, reason="not installed")
    states = []

    for now in (NOW + MINUTE / 2, NOW + MINUTE):
        clockwork.tick(now)
        with council.read() as view:
            states += [notice.state for notice in view.notices.of("audit_allocated", audit.id)]

    assert (states, courier.times) == (["unreachable", "queued"], 1)


def test_each_minute_comes_round_again_after_a_clock_was_put_back(
    council: Council, people: Staff, clockwork: Clockwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[datetime] = []
    monkeypatch.setattr(clockwork, "_revive", looks.append)
    earlier = NOW - timedelta(hours=1)

    for now in (NOW, earlier, earlier + MINUTE / 2, earlier + MINUTE):
        clockwork.tick(now)

    assert looks == [NOW, earlier, earlier + MINUTE]


def test_one_failing_step_stops_no_other(
    council: Council,
    people: Staff,
    clockwork: Clockwork,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> int:
        raise LookupError("words of a case")

    began(council, london(4, 30, 12))
    monkeypatch.setattr("scheduler.sweeps.allocate_due", fail)
    monkeypatch.setattr(clockwork, "_revive", fail)

    failed = clockwork.tick(NOW)

    assert failed == ("allocate", "revive")
    assert export_path(folder, MAY - timedelta(days=1)).exists()


def test_of_two_processes_one_looks_at_the_calendar_until_it_dies(
    council: Council,
    people: Staff,
    new_clockwork: Callable[..., Clockwork],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[str] = []
    first, second = new_clockwork("first"), new_clockwork("second")
    for name, one in (("first", first), ("second", second)):
        monkeypatch.setattr(one, "_revive", lambda _now, name=name: looks.append(name))

    first.tick(clock.now)
    second.tick(clock.now)
    leads = (first.leads, second.leads)
    _run_out(council)
    second.tick(clock.now + MINUTE)
    first.tick(clock.now + MINUTE)

    assert leads == (True, False)
    assert looks == ["first", "second"]
    assert (first.leads, second.leads) == (False, True)


def test_nothing_that_was_missed_is_dropped_and_several_wake_it_once(clockwork: Clockwork) -> None:
    (job,) = clockwork._scheduler.get_jobs()

    assert job.id == "calendar"
    assert isinstance(job.trigger, CadenceTrigger)
    assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)


async def test_what_falls_due_is_seen_to_at_once_and_not_at_the_next_beat(
    council: Council,
    people: Staff,
    courier: Nudged,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def now() -> datetime:
        return datetime.now(UTC)

    soon = now() + timedelta(seconds=3)
    line = Line("seal", "A daily line", (), Every.DAY, soon.astimezone(LONDON).time())
    soon_due = replace(council, framework=replace(council.framework, cadence=(line,)))
    leading = Leading(soon_due, "one", timedelta(hours=1), now)
    clockwork = Clockwork(soon_due, courier, leading, clock=now, export_dir=folder)
    looks: list[datetime] = []
    monkeypatch.setattr(clockwork, "tick", looks.append)
    clockwork.start()

    # The next beat would come in twenty minutes.
    async with asyncio.timeout(60):
        while len(looks) < 2:
            await asyncio.sleep(0.01)
    await clockwork.stop()

    assert looks[0] < soon <= looks[1]


async def test_the_calendar_is_looked_at_as_soon_as_it_is_started_and_given_back_at_the_end(
    council: Council, people: Staff, new_clockwork: Callable[..., Clockwork]
) -> None:
    began(council, NOW - timedelta(days=1))
    first, second = new_clockwork("first"), new_clockwork("second")
    first.start()

    async with asyncio.timeout(20):
        while not became(council, "allocate"):
            await asyncio.sleep(0.01)
    await first.stop()
    second.tick(NOW)

    assert (first.leads, second.leads) == (False, True)


async def test_a_database_that_is_away_for_a_while_is_asked_again(
    council: Council, people: Staff, new_clockwork: Callable[..., Clockwork], monkeypatch: pytest.MonkeyPatch
) -> None:
    clockwork = new_clockwork()
    answers = iter([ConnectionError(), None])
    tick = clockwork.tick

    def away_once(now: datetime) -> tuple[str, ...]:
        if fault := next(answers, None):
            clockwork._wake.set()
            raise fault
        return tick(now)

    monkeypatch.setattr(clockwork, "tick", away_once)
    clockwork.start()

    async with asyncio.timeout(20):
        while not clockwork.leads:
            await asyncio.sleep(0.01)
    await clockwork.stop()


def _run_out(council: Council) -> None:
    """As if the holder had been silent for longer than its lease."""
    with council.write() as work:
        lease = work.leases.get("calendar")
        assert lease is not None
        work.leases.renew("calendar", lease.holder, lease.epoch, now=NOW, lasts=timedelta(0))
