"""Runs the bench: `python -m bench.faults [--quick]`. The last line is the result as JSON."""

import argparse
import asyncio
import json
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.faults.engines import ENGINES, Engine
from bench.faults.kills import Run, count_up, kill, opened, stop_orderly
from bench.faults.outages import fill_disk, hang, restart_database
from bench.faults.subjects import nursery
from bench.faults.surroundings import surroundings


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything, on each engine."""

    kills: int
    stops: int
    restarts: int
    outage_seconds: float


WHOLE = Size(kills=500, stops=50, restarts=20, outage_seconds=30.0)
QUICK = Size(kills=20, stops=5, restarts=3, outage_seconds=10.0)


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
            await fill_disk(run, size.outage_seconds / 10)
        await hang(run, size.outage_seconds)
        print(
            f"{engine.name:<10}{run.restarts:5} restarts of the database, {run.refused:,} presses refused, "
            f"saving again {run.longest_return_seconds:.1f} s after an outage at the latest"
        )
        await kill(run, size.kills)
        count_up(run)
        spent = time.monotonic() - started
        where = ", ".join(f"{count} {name}" for name, count in sorted(run.killed.items()))
        print(f"{engine.name:<10}{sum(run.killed.values()):5} kills: {where}; {spent:.0f} s")
        print(
            f"{'':<10}{run.saved:,} saves answered, {run.delivered_again:,} deliveries again; "
            f"{run.made_up.queued:,} notices, {len(run.allowed):,} in flight at a kill, "
            f"{run.tally.repeated:,} repeated; longest stall {run.stall_ms:.0f} ms"
        )
    return run


def figures(run: Run) -> dict[str, Any]:
    """One engine's figures by key."""
    return {
        "kills": sum(run.killed.values()),
        "stops": run.stops,
        "restarts": run.restarts,
        "lost": run.tally.lost,
        "doubled": run.tally.doubled,
        "repeated": run.tally.repeated,
        "unflagged": run.tally.unflagged,
        "stall_ms": round(run.stall_ms, 1),
        "return_s": round(run.longest_return_seconds, 1),
        "stop_s": round(run.longest_stop_seconds, 1),
    }


def total(engines: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """All engines together: sums, and the longest of what is a time."""
    found: dict[str, Any] = {}
    for key in next(iter(engines.values())):
        values = [one[key] for one in engines.values()]
        found[key] = max(values) if key.endswith(("_ms", "_s")) else sum(values)
    return {**found, **engines}


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few of everything, to see that it works")
    parser.add_argument("--engine", choices=sorted(ENGINES), help="one engine only")
    parser.add_argument("--work", type=Path, default=Path("var/bench/faults"), help="where files go")
    parser.add_argument("--seed", type=int, default=1, help="of what is left to chance")
    given = parser.parse_args()
    found: dict[str, dict[str, Any]] = {}
    wrong: list[str] = []
    for name in [given.engine] if given.engine else ENGINES:
        work = (given.work / name).resolve()
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        with ENGINES[name](work) as engine:
            run = asyncio.run(on(engine, work, QUICK if given.quick else WHOLE, given.seed))
        found[name] = figures(run)
        wrong += [f"{name}: {what}" for what in run.tally.wrong]
    for what in wrong[:20]:
        print(what)
    print(json.dumps(total(found)))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
