"""What the clock does, with time passed in."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scheduler.clockwork import Clockwork
from storage.turns import REPEAT_MEMORY
from tests.builders import NOW, Staff, a_case, a_round, an_accepted_audit, an_allocated_audit, reachable
from workflows.council import Council
from workflows.sealing import export_path


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
def clockwork(council: Council, courier: Nudged, tmp_path: Path) -> Clockwork:
    return Clockwork(council, courier, clock=lambda: NOW, export_dir=tmp_path / "trail")


@pytest.mark.rule("CA-05")
def test_an_approved_round_is_allocated_on_the_first_and_never_twice(
    council: Council, people: Staff, clockwork: Clockwork, courier: Nudged
) -> None:
    round_id = _approved(council, people)
    day_before = clockwork.tick(datetime(2026, 4, 30, 22, 59, tzinfo=UTC))
    waiting = _allocated(council, round_id)

    failed = clockwork.tick(datetime(2026, 5, 1, 8, 0, tzinfo=UTC))
    clockwork.tick(datetime(2026, 5, 1, 8, 1, tzinfo=UTC))

    assert (day_before, failed) == ((), ())
    assert waiting == []
    assert _allocated(council, round_id) == [date(2026, 5, 31)]
    assert courier.times == 1


@pytest.mark.rule("CA-05")
def test_a_round_whose_day_passed_while_nobody_looked_is_allocated_at_the_next_look(
    council: Council, people: Staff, clockwork: Clockwork
) -> None:
    round_id = _approved(council, people)

    clockwork.tick(datetime(2026, 5, 6, 8, 0, tzinfo=UTC))

    assert len(_allocated(council, round_id)) == 1


@pytest.mark.rule("SG-05")
def test_the_trail_of_each_day_is_sealed_once_when_the_day_is_over(
    council: Council, people: Staff, clockwork: Clockwork, tmp_path: Path
) -> None:
    last_minute = datetime(2026, 5, 1, 22, 59, tzinfo=UTC)
    midnight = last_minute + timedelta(minutes=1)

    clockwork.tick(last_minute)
    with council.write() as work:
        an_allocated_audit(work, people)
    during = export_path(tmp_path / "trail", date(2026, 5, 1)).exists()
    clockwork.tick(midnight)
    sealed = export_path(tmp_path / "trail", date(2026, 5, 1)).read_bytes()
    clockwork.tick(midnight + timedelta(minutes=1))

    assert not during
    assert b"audit:1" in sealed
    assert export_path(tmp_path / "trail", date(2026, 5, 1)).read_bytes() == sealed


def test_what_is_no_longer_needed_is_tidied_once_a_day(
    council: Council, people: Staff, clockwork: Clockwork
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        old, fresh = NOW - REPEAT_MEMORY - timedelta(minutes=1), NOW
        for key, at in (("old", old), ("fresh", fresh)):
            work.turns.answered(key, {}, at)
            work.turns.keep_waiting(people.auditor.id, audit.id, "journey", key, at)

    clockwork.tick(NOW)

    with council.write() as work:
        presses = [work.turns.outcome(key) for key in ("old", "fresh")]
        lines = [line.text for n in (1, 2) if (line := work.turns.line(n))]
    assert presses == [None, {}]
    assert lines == ["", "fresh"]


def test_notices_for_people_who_became_reachable_unnoticed_are_queued_again(
    council: Council, people: Staff, clockwork: Clockwork, courier: Nudged
) -> None:
    with council.write() as work:
        audit = an_allocated_audit(work, people)
        (claimed,) = work.notices.claim(token="t", now=NOW, until=NOW, limit=1)
        reachable(work, people.auditor)
        work.notices.settle(claimed, state="unreachable", now=NOW, reason="not installed")

    clockwork.tick(NOW)

    with council.read() as view:
        (notice,) = view.notices.of("audit_allocated", audit.id)
    assert (notice.state, courier.times) == ("queued", 1)


def test_one_failing_step_stops_no_other(
    council: Council, people: Staff, clockwork: Clockwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise LookupError("words of a case")

    monkeypatch.setattr("scheduler.clockwork.allocate_due", fail)

    failed = clockwork.tick(NOW)

    assert failed == ("allocate",)
    assert export_path(tmp_path / "trail", date(2026, 4, 30)).exists()


async def test_the_clock_is_looked_at_as_soon_as_it_is_started(
    council: Council, people: Staff, clockwork: Clockwork, tmp_path: Path
) -> None:
    clockwork.start()

    async with asyncio.timeout(20):
        while not export_path(tmp_path / "trail", date(2026, 4, 30)).exists():
            await asyncio.sleep(0.01)
    await clockwork.stop()


def _approved(council: Council, people: Staff) -> int:
    with council.write() as work:
        case = a_case(work, people)
        round_id = a_round(work, state="approved", by=people.qa_officer)
        place = {
            "auditor_id": people.auditor.id,
            "case_id": case.id,
            "practitioner_id": case.practitioner_id,
            "reasons": [],
            "kept": False,
        }
        work.rounds.replace_places(round_id, [place])
    return round_id


def _allocated(council: Council, round_id: int) -> list[date]:
    """The due dates of the round's audits."""
    with council.read() as view:
        return [audit.due_on for audit in view.audits.of_round(round_id)]
