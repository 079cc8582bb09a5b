"""Runs the bench: `python -m bench.turn [--quick]`. The last line is the result as JSON."""

import argparse
import asyncio
import itertools
import json
import os
import sys
from pathlib import Path

from bench.turn.databases import Seeded, discard, saves_kept, seeded, trail_faults
from bench.turn.decade import AUDITS
from bench.turn.figures import Figures, aims, figures
from bench.turn.hands import PlainHand, SavingHand, card_of
from bench.turn.load import Hand, Round, drive, once
from bench.turn.ours import Sections, server
from bench.turn.servers import Server, take_load_core
from bench.turn.sign_in import Issuer

CONNECTIONS = 8
WARM_UP_SECONDS = 2.0
REFERENCES = ("botbuilder", "agents")


async def bench(work: Path, *, rounds: int, seconds: float, history: int) -> dict[str, float]:
    """Start everything, press in turns, stop everything; returns the figures by key."""
    issuer = Issuer()
    await issuer.open()
    databases = {"ours": seeded(work, history=0), "ours_10y": seeded(work, history=history)}
    for name, database in databases.items():
        took = f"seeded in {database.seconds:.0f} s" if database.seconds else "seeded by an earlier run"
        print(f"{name:<12}{database.megabytes:8.0f} MB, {took}")
    servers: dict[str, Server] = {}
    try:
        hands: dict[str, list[Hand]] = {}
        savers: dict[str, list[SavingHand]] = {}
        numbers, tokens = itertools.count(1), issuer.tokens()
        for name, database in databases.items():
            servers[name] = server(name, database, issuer, work)
            sections = Sections(database.live, tokens, numbers)
            await servers[name].start(sections.first_press())
            await sections.learn(servers[name].port)
            savers[name] = sections.hands(CONNECTIONS)
            hands[name] = [*savers[name]]
        card_file = work / "turn-card.json"
        card_file.write_text(json.dumps(await saved_card(servers["ours"], savers["ours"][0])))
        print(
            f"{'card':<12}{card_file.stat().st_size / 1000:8.1f} kB, our own answer, given to both references"
        )
        for name in REFERENCES:
            command = (sys.executable, "-m", f"bench.turn.reference_{name}", "{port}", str(card_file))
            servers[name] = Server(name, command, {}, work / f"{name}.log")
            plain = [PlainHand(hand.pages, numbers) for hand in savers["ours"]]
            await servers[name].start(plain[0].next_request())
            hands[name] = [*plain]
        measured = await in_turns(servers, hands, rounds=rounds, seconds=seconds)
        resident = servers["ours"].resident_mb()
    finally:
        for one in servers.values():
            one.stop()
        await issuer.close()
    for name, database in databases.items():
        check_kept(name, database, savers[name])
    return report(measured, ready_s=servers["ours"].ready_s, rss_mb=resident)


async def saved_card(ours: Server, hand: SavingHand) -> dict[str, object]:
    """The card that answers a save."""
    status, body = await once(ours.port, hand.next_request())
    hand.answered(status, body)
    return card_of(body)


async def in_turns(
    servers: dict[str, Server], hands: dict[str, list[Hand]], *, rounds: int, seconds: float
) -> dict[str, Figures]:
    """Load on one server at a time, round after round, so that the machine's moods fall on all alike."""
    measured: dict[str, list[Round]] = {name: [] for name in servers}
    for name, one in servers.items():
        await drive(one.port, hands[name], WARM_UP_SECONDS)
    for _ in range(rounds):
        for name, one in servers.items():
            measured[name].append(await drive(one.port, hands[name], seconds))
    return {name: figures(done) for name, done in measured.items()}


def check_kept(name: str, database: Seeded, savers: list[SavingHand]) -> None:
    """Every press answered is in the file, once, and the trail proves. Raises SystemExit otherwise."""
    answered = sum(hand.saved for hand in savers)
    kept = saves_kept(database.path, database.live[0].audit_id)
    # Proving three million rows takes a minute, so the large trail is proved by the run that seeded it.
    proving = name == "ours" or bool(database.seconds)
    faults = trail_faults(database.path) if proving else ()
    proof = f"; the trail has {len(faults)} faults" if faults else "; the trail proves" if proving else ""
    print(f"{name:<12}{answered:8,} saves answered, {kept:,} in the database{proof}")
    # The seed stays for the next run; a copy that was pressed on is of no more use, and it is large.
    discard(database.path)
    if kept != answered:
        raise SystemExit("The database does not hold exactly the saves that were answered.")
    if faults:
        raise SystemExit(f"The trail does not prove: {faults[0]}")


def report(measured: dict[str, Figures], *, ready_s: float, rss_mb: float) -> dict[str, float]:
    """Print the figures beside their aims; returns them by key."""
    for name, figure in measured.items():
        print(figure.line(name))
    ours, decade = measured["ours"], measured["ours_10y"]
    references = {name: measured[name] for name in REFERENCES}
    for line in aims(ours, decade, references, ready_s=ready_s, rss_mb=rss_mb):
        print(line)
    return {
        "ours": round(ours.turns_a_second, 1),
        "botbuilder": round(references["botbuilder"].turns_a_second, 1),
        "agents": round(references["agents"].turns_a_second, 1),
        "p50_ms": round(ours.p50_ms, 1),
        "p99_ms": round(ours.p99_ms, 1),
        "ready_s": round(ready_s, 2),
        "rss_mb": round(rss_mb),
        "p99_ratio_10y": round(decade.p99_ms / ours.p99_ms, 2),
    }


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(prog="python -m bench.turn", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two short rounds and a fiftieth of the history")
    parser.add_argument("--work", type=Path, default=Path("var/bench"), help="where databases and logs go")
    given = parser.parse_args()
    if (os.cpu_count() or 1) < 2:
        raise SystemExit("This bench needs two cores: one for the server, one for the load.")
    take_load_core()
    work = given.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    busy = os.getloadavg()[0]
    print(f"A press that saves a section, {CONNECTIONS} at a time; load on this machine before: {busy:.1f}")
    rounds, seconds, history = (2, 2.0, AUDITS // 50) if given.quick else (6, 4.0, AUDITS)
    result = asyncio.run(bench(work, rounds=rounds, seconds=seconds, history=history))
    print(json.dumps(result))


if __name__ == "__main__":
    main()
