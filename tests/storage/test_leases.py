"""Who leads, told by the database.

The clock passed in counts on SQLite; PostgreSQL has its own, so leases that have to run out there are made
to last a moment, or none.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest

from storage.database import Busy, Database
from tests.databases import TRAIL_KEY

NOW = datetime.now(UTC)
LONG = timedelta(seconds=30)
GONE = timedelta(0)
HOUR = timedelta(hours=1)


def take(database: Database, holder: str, *, now: datetime = NOW, lasts: timedelta = LONG) -> int | None:
    with database.write() as work:
        return work.leases.take("calendar", holder, now=now, lasts=lasts)


def renew(database: Database, holder: str, epoch: int, *, lasts: timedelta = LONG) -> bool:
    with database.write() as work:
        return work.leases.renew("calendar", holder, epoch, now=NOW, lasts=lasts)


def test_the_first_to_ask_leads_and_nobody_else_while_the_lease_runs(database: Database) -> None:
    epochs = [take(database, holder) for holder in ("one", "two", "one")]

    with database.read() as view:
        lease = view.leases.get("calendar")
        assert lease is not None
        assert (epochs, lease.holder, lease.epoch) == ([1, None, None], "one", 1)
        assert not view.leases.is_free("calendar", now=NOW, lasts=LONG)


def test_a_lease_that_ran_out_is_taken_with_the_next_epoch(database: Database) -> None:
    take(database, "one", lasts=GONE)

    with database.read() as view:
        assert view.leases.is_free("calendar", now=NOW, lasts=LONG)
    assert [take(database, "two"), take(database, "one")] == [2, None]


def test_the_holder_renews_and_an_earlier_one_does_not(database: Database) -> None:
    take(database, "one", lasts=GONE)
    before = renew(database, "one", 1, lasts=GONE)
    take(database, "two")

    assert before
    assert not renew(database, "one", 1)
    assert not renew(database, "one", 2)
    assert renew(database, "two", 2)


def test_a_holder_that_nobody_replaced_may_still_renew(database: Database) -> None:
    take(database, "one", lasts=GONE)

    assert renew(database, "one", 1)
    assert take(database, "two") is None


def test_a_lease_that_is_given_back_is_free_at_once(database: Database) -> None:
    take(database, "one")

    with database.write() as work:
        work.leases.give_back("calendar", "one", 1, now=NOW)

    assert take(database, "two") == 2


def test_nobody_gives_back_what_somebody_else_holds(database: Database) -> None:
    take(database, "one", lasts=GONE)
    take(database, "two")

    with database.write() as work:
        work.leases.give_back("calendar", "one", 1, now=NOW)

    assert take(database, "three") is None


def test_leases_of_other_names_are_apart(database: Database) -> None:
    take(database, "one")

    with database.write() as work:
        assert work.leases.take("another", "two", now=NOW, lasts=LONG) == 1


def test_ten_who_ask_at_once_have_one_lead(database: Database) -> None:
    start = Barrier(10)

    def ask(number: int) -> int | None:
        start.wait()
        return take(database, f"process {number}")

    with ThreadPoolExecutor(10) as threads:
        epochs = list(threads.map(ask, range(10)))

    assert sorted(epochs, key=str) == [1] + [None] * 9


def test_on_postgresql_a_wrong_clock_of_one_host_takes_nothing(postgres_url: str) -> None:
    database = Database(postgres_url, trail_key=TRAIL_KEY)
    take(database, "one")

    epochs = [take(database, "two", now=NOW + hours) for hours in (HOUR, -HOUR)]
    database.close()

    assert epochs == [None, None]


def test_on_sqlite_a_clock_that_is_put_back_leaves_no_dead_holder_in_place(sqlite_url: str) -> None:
    database = Database(sqlite_url, trail_key=TRAIL_KEY)
    take(database, "one")

    seen = []
    for now in (NOW - timedelta(seconds=20), NOW - HOUR):
        with database.read() as view:
            free = view.leases.is_free("calendar", now=now, lasts=LONG)
        seen.append((free, take(database, "two", now=now)))
    database.close()

    assert seen == [(False, None), (True, 2)]


def test_nobody_takes_over_in_the_middle_of_a_step(database: Database) -> None:
    take(database, "one", lasts=GONE)
    epochs: list[int | None] = []
    with database.write() as work:
        # The lease runs out again at once; the step that renewed it still holds the row.
        work.leases.renew("calendar", "one", 1, now=NOW, lasts=GONE)
        other = Thread(target=lambda: epochs.append(take(database, "two", now=NOW + LONG)))
        other.start()
        other.join(0.3)
        during = list(epochs)
    other.join(30)

    assert during == []
    assert epochs == [2]


def test_on_postgresql_a_process_frozen_within_a_step_is_hung_up_on(postgres_url: str) -> None:
    database = Database(postgres_url, trail_key=TRAIL_KEY)
    frozen = Database(postgres_url, trail_key=TRAIL_KEY)
    take(frozen, "one", lasts=GONE)

    def step() -> None:
        epoch = None
        with frozen.write() as work:
            work.leases.renew("calendar", "one", 1, now=NOW, lasts=timedelta(milliseconds=200))
            while epoch is None:
                # Waits for the row, until the server hangs up on the silent transaction.
                epoch = take(database, "two")
                epochs.append(epoch)
            work.calendar.begin(NOW)

    epochs: list[int | None] = []
    with pytest.raises(Busy):
        step()

    with database.read() as view:
        assert epochs[-1] == 2
        assert view.calendar.mark() is None
    frozen.close()
    database.close()
