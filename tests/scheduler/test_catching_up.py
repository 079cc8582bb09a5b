"""Whatever fell due while nobody looked happens once, in order, and says that it is late."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.cadence import Every, Line, Missed, Skipped, occurrences
from domain.framework import Framework
from scheduler.catching_up import OVERTAKEN, catch_up
from scheduler.leading import LeadLost
from scheduler.sweeps import Sweeping
from storage.database import Database
from tests.builders import NOW, Staff, a_council
from tests.databases import TRAIL_KEY
from tests.scheduler.calendars import (
    a_leader,
    allocated,
    an_approved_round,
    became,
    began,
    london,
)
from workflows.council import Council, Work

MAY_END = date(2026, 5, 31)


class Kept:
    """A sweep that remembers what it was called for, and fails as often as it is told to."""

    def __init__(self) -> None:
        self.days: list[tuple[str, date, bool]] = []
        self.failures = 0
        self.skips: set[date] = set()

    def __call__(self, work: Work, council: Council, sweeping: Sweeping) -> None:
        if self.failures:
            self.failures -= 1
            raise LookupError("words of a case")
        if sweeping.occurrence.on in self.skips:
            work.turns.answered(f"undone {sweeping.occurrence.on}", {}, sweeping.now)
            raise Skipped("a good reason")
        self.days.append((sweeping.occurrence.line, sweeping.occurrence.on, sweeping.late))


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    sweep = Kept()
    monkeypatch.setattr("scheduler.catching_up.SWEEPS", {"daily": sweep, "other": sweep})
    return sweep


def with_lines(council: Council, *lines: Line) -> Council:
    return replace(council, framework=replace(council.framework, cadence=lines))


def daily(key: str = "daily", at: time = time(8, 30), missed: Missed = Missed.EACH) -> Line:
    return Line(key, "A daily line", (), Every.DAY, at, missed=missed)


@pytest.mark.rule("CA-05")
def test_an_approved_round_is_given_out_at_half_past_eight_on_the_first_and_never_twice(
    council: Council, people: Staff
) -> None:
    began(council, london(4, 30, 12))
    round_id = an_approved_round(council, people)
    leading = a_leader(council, NOW)
    seen = []

    for now in (london(5, 1, 8, 29), london(5, 1, 8, 30), london(5, 1, 8, 31), london(5, 1, 9, 30)):
        catch_up(council, leading, now)
        seen.append(allocated(council, round_id))

    assert seen == [[], [MAY_END], [MAY_END], [MAY_END]]
    assert became(council, "allocate") == [(date(2026, 5, 1), "done", False)]


@pytest.mark.rule("CA-05")
def test_a_round_whose_day_passed_while_nobody_looked_is_given_out_late(
    council: Council, people: Staff
) -> None:
    began(council, london(4, 30, 12))
    round_id = an_approved_round(council, people)

    caught_up = catch_up(council, a_leader(council, NOW), london(5, 6, 9))

    assert allocated(council, round_id) == [date(2026, 6, 6)]
    assert became(council, "allocate") == [(date(2026, 5, 1), "done", True)]
    assert caught_up.queued


def test_a_month_without_a_round_is_skipped_with_its_reason(council: Council, people: Staff) -> None:
    began(council, london(5, 1))

    catch_up(council, a_leader(council, NOW), london(5, 1, 9))

    with council.read() as view:
        (one,) = (one for one in view.calendar.seen_to() if one.line == "allocate")
    assert (one.outcome, one.reason) == ("skipped", "no approved round was waiting")


def test_on_an_existing_database_nothing_old_falls_due(council: Council, people: Staff) -> None:
    leading = a_leader(council, NOW)
    first = london(5, 3, 10)

    began_with = catch_up(council, leading, first)
    at_once = catch_up(council, leading, first + timedelta(seconds=10))

    with council.read() as view:
        assert view.calendar.mark() == first
        assert view.calendar.seen_to() == ()
    assert (began_with.done, at_once.done) == (0, 0)


@pytest.mark.rule("CA-05")
@pytest.mark.parametrize(
    ("now", "due_on"),
    [
        pytest.param(london(5, 1, 8, 29), [], id="its minute is still to come"),
        pytest.param(london(5, 1, 8, 30), [MAY_END], id="its minute has come"),
        pytest.param(london(5, 3, 10), [date(2026, 6, 3)], id="its day has gone"),
    ],
)
def test_a_round_that_waits_at_the_first_start_is_not_forgotten(
    council: Council, people: Staff, now: datetime, due_on: list[date]
) -> None:
    round_id = an_approved_round(council, people)

    catch_up(council, a_leader(council, NOW), now)

    assert allocated(council, round_id) == due_on


def test_after_days_each_missed_one_happens_once_in_order_and_late(council: Council, kept: Kept) -> None:
    council = with_lines(council, daily("daily"), daily("other", at=time(8, 0)))
    began(council, london(5, 1, 9))
    leading = a_leader(council, NOW)

    catch_up(council, leading, london(5, 3, 8, 31))
    catch_up(council, leading, london(5, 3, 8, 32))

    second, third = date(2026, 5, 2), date(2026, 5, 3)
    assert kept.days == [
        ("other", second, True),
        ("daily", second, True),
        ("other", third, True),
        ("daily", third, False),
    ]


@pytest.mark.parametrize(("minutes", "late"), [(0, False), (5, False), (6, True)])
def test_what_happens_within_five_minutes_is_in_time(
    council: Council, kept: Kept, minutes: int, late: bool
) -> None:
    council = with_lines(council, daily())
    began(council, london(5, 1))

    catch_up(council, a_leader(council, NOW), london(5, 1, 8, 30 + minutes))

    assert kept.days == [("daily", date(2026, 5, 1), late)]
    assert became(council, "daily") == [(date(2026, 5, 1), "done", late)]


def test_of_a_line_whose_newest_says_it_all_the_earlier_are_skipped(council: Council, kept: Kept) -> None:
    council = with_lines(council, daily(missed=Missed.LATEST))
    began(council, london(5, 1))

    catch_up(council, a_leader(council, NOW), london(5, 3, 8, 30))

    assert kept.days == [("daily", date(2026, 5, 3), False)]
    with council.read() as view:
        seen = [(one.on.day, one.outcome, one.reason) for one in view.calendar.seen_to()]
    assert seen == [(1, "skipped", OVERTAKEN), (2, "skipped", OVERTAKEN), (3, "done", "")]


def test_a_skipped_sweep_leaves_nothing_but_its_reason(council: Council, kept: Kept) -> None:
    council = with_lines(council, daily())
    kept.skips = {date(2026, 5, 1)}
    began(council, london(5, 1))
    leading = a_leader(council, NOW)

    catch_up(council, leading, london(5, 1, 8, 30))
    catch_up(council, leading, london(5, 1, 8, 31))

    with council.read() as view:
        (one,) = view.calendar.seen_to()
    with council.write() as work:
        undone = work.turns.outcome("undone 2026-05-01")
    assert (one.outcome, one.reason, undone) == ("skipped", "a good reason", None)


def test_what_failed_is_tried_again_and_stops_no_other(council: Council, kept: Kept) -> None:
    council = with_lines(council, daily("daily"), daily("other", at=time(9, 0)))
    kept.failures = 1
    began(council, london(5, 1))
    leading = a_leader(council, NOW)

    first = catch_up(council, leading, london(5, 1, 9))
    between = list(kept.days)
    second = catch_up(council, leading, london(5, 1, 9, 1))

    day = date(2026, 5, 1)
    assert (first.failed, second.failed) == (("daily",), ())
    assert between == [("other", day, False)]
    assert kept.days == [("other", day, False), ("daily", day, True)]


def test_a_process_asked_to_stop_leaves_the_rest_to_the_next(council: Council, kept: Kept) -> None:
    council = with_lines(council, daily())
    began(council, london(5, 1))
    leading = a_leader(council, NOW)

    catch_up(council, leading, london(5, 3, 9), stopping=lambda: len(kept.days) >= 1)
    before = [day.day for _, day, _ in kept.days]
    catch_up(council, leading, london(5, 3, 9, 1))

    assert before == [1]
    assert [day.day for _, day, _ in kept.days] == [1, 2, 3]


def test_a_line_moved_to_a_later_hour_of_the_same_day_does_not_come_again(
    council: Council, kept: Kept
) -> None:
    began(council, london(5, 1))
    leading = a_leader(council, NOW)

    catch_up(with_lines(council, daily(at=time(8, 30))), leading, london(5, 1, 8, 45))
    catch_up(with_lines(council, daily(at=time(9, 0))), leading, london(5, 1, 9, 1))

    assert len(kept.days) == 1


def test_who_lost_the_lead_does_nothing(council: Council, kept: Kept) -> None:
    council = with_lines(council, daily())
    began(council, london(5, 1))
    frozen = a_leader(council, NOW, "frozen")
    with council.write() as work:
        work.leases.give_back("calendar", "frozen", 1, now=NOW)
    leading = a_leader(council, NOW + timedelta(seconds=1), "next")

    with pytest.raises(LeadLost):
        catch_up(council, frozen, london(5, 1, 9))
    by_frozen = list(kept.days)
    catch_up(council, leading, london(5, 1, 9))

    assert by_frozen == []
    assert len(kept.days) == 1
    with council.read() as view:
        assert [one.epoch for one in view.calendar.seen_to()] == [2]
    with pytest.raises(LeadLost):
        catch_up(council, frozen, london(5, 2, 9))


def test_who_loses_the_lead_between_two_steps_takes_no_second(council: Council, kept: Kept) -> None:
    council = with_lines(council, daily())
    kept.skips = {date(2026, 5, 1)}
    began(council, london(5, 1))
    leading = a_leader(council, NOW)
    looks = iter([NOW])

    def taken_over_meanwhile() -> bool:
        if next(looks, None):
            with council.write() as work:
                work.leases.give_back("calendar", "one", 1, now=NOW)
            a_leader(council, NOW + timedelta(seconds=1), "two")
        return False

    with pytest.raises(LeadLost):
        catch_up(council, leading, london(5, 1, 9), stopping=taken_over_meanwhile)

    with council.read() as view:
        assert view.calendar.seen_to() == ()
        assert view.calendar.mark() == london(5, 1)


_HOUR = timedelta(hours=1)
_jumps = st.sampled_from([_HOUR, -_HOUR, timedelta(0)])
_looks = st.lists(
    st.tuples(st.timedeltas(timedelta(seconds=1), timedelta(hours=30)), _jumps, st.booleans()),
    min_size=1,
    max_size=12,
)
_starts = st.sampled_from(
    [
        datetime(2026, 3, 28, 20, tzinfo=UTC),
        datetime(2026, 10, 24, 20, tzinfo=UTC),
        datetime(2024, 2, 28, 12, tzinfo=UTC),
        datetime(2026, 4, 30, 12, tzinfo=UTC),
    ]
)


@pytest.fixture
def sqlite_council(sqlite_url: str, framework: Framework) -> Iterator[Council]:
    """One engine is enough for many examples; the other tests hold both to the same results."""
    database = Database(sqlite_url, trail_key=TRAIL_KEY)
    yield a_council(database, framework)
    database.close()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(start=_starts, looks=_looks)
def test_pauses_restarts_and_clocks_that_jump_lose_and_double_nothing(
    sqlite_council: Council, kept: Kept, start: datetime, looks: list[tuple[timedelta, timedelta, bool]]
) -> None:
    lines = (daily("daily", at=time(1, 30)), daily("other", at=time(8, 30)))
    council = with_lines(sqlite_council, *lines)
    _forget(council)
    kept.days = []
    began(council, start)
    now = latest = start

    for pause, jump, fails in looks:
        now += pause + jump
        latest = max(latest, now)
        kept.failures = int(fails)
        # A restart each time: nothing is carried over but what the database holds.
        _forget(council, leases=True)
        catch_up(council, a_leader(council, now), now)
    kept.failures = 0
    _forget(council, leases=True)
    catch_up(council, a_leader(council, latest), latest)

    expected = occurrences(lines, start, latest, round_months=(5,), bank_holidays=frozenset())
    assert sorted((line, on) for line, on, _ in kept.days) == sorted((one.line, one.on) for one in expected)


def _forget(council: Council, *, leases: bool = False) -> None:
    tables = ("leases",) if leases else ("leases", "occurrences", "calendar_marks")
    with council.database.engine.connect() as connection:
        for table in tables:
            connection.exec_driver_sql(f"DELETE FROM {table}")
