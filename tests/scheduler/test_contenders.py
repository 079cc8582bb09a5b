"""Ten processes want to lead: there is one lead at a time, and each death hands it to one other."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.calendar import SeenTo
from storage.database import Database
from tests.databases import TRAIL_KEY

CONTENDERS = 10
DEATHS = 3
LEASE_SECONDS = 1.0
PATIENCE_SECONDS = 60


@pytest.fixture
def contenders(database_url: str) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Name to process."""
    script = Path(__file__).with_name("contender.py")
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    found = {
        f"c{number}": subprocess.Popen(
            [sys.executable, str(script), database_url, f"c{number}", str(LEASE_SECONDS)], env=environment
        )
        for number in range(CONTENDERS)
    }
    yield found
    for process in found.values():
        process.kill()
        process.wait()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url, trail_key=TRAIL_KEY)
    yield opened
    opened.close()


def test_ten_contenders_have_one_lead_at_a_time(
    contenders: dict[str, subprocess.Popen[bytes]], database: Database
) -> None:
    def kept() -> tuple[SeenTo, ...]:
        with database.read() as view:
            return view.calendar.seen_to()

    def working_leader(dead: set[str]) -> str | None:
        """Who leads and has kept something as this leader."""
        with database.read() as view:
            lease = view.leases.get("calendar")
        if lease is None or lease.holder in dead:
            return None
        return lease.holder if any(one.epoch == lease.epoch for one in kept()) else None

    dead: set[str] = set()
    for number in range(DEATHS):
        leader = eventually(lambda: working_leader(dead))
        contenders[leader].send_signal(signal.SIGKILL if number % 2 else signal.SIGTERM)
        contenders[leader].wait()
        dead.add(leader)
    eventually(lambda: working_leader(dead))

    epochs = [one.epoch for one in kept()]
    holders = {(one.epoch, one.line) for one in kept()}
    assert epochs == sorted(epochs), "an earlier lead did something after a later one"
    assert len({epoch for epoch, _ in holders}) == len(holders) > DEATHS


def eventually(what: Callable[[], str | None]) -> str:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError("nobody leads")
