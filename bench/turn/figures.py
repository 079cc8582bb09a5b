"""What rounds of load add up to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.turn.load import Round


@dataclass(frozen=True, slots=True)
class Figures:
    """One server over all its rounds."""

    turns_a_second: float
    slowest: float
    fastest: float
    """The slowest and the fastest round, so that a noisy machine shows."""
    p50_ms: float
    p99_ms: float
    client_busy: float
    """The busiest the load generator was in any round."""

    def line(self, name: str) -> str:
        """For people."""
        rate = f"{self.turns_a_second:8.1f} turns/s ({self.slowest:.0f} to {self.fastest:.0f} by round)"
        waits = f"p50 {self.p50_ms:.1f} ms, p99 {self.p99_ms:.1f} ms"
        return f"{name:<12}{rate}, {waits}; client {self.client_busy:.0%} busy"


def figures(rounds: Sequence[Round]) -> Figures:
    """All rounds of one server taken together."""
    rates = [one.turns_a_second for one in rounds]
    latencies = sorted(latency for one in rounds for latency in one.latencies_ms)
    return Figures(
        turns_a_second=len(latencies) / sum(one.seconds for one in rounds),
        slowest=min(rates),
        fastest=max(rates),
        p50_ms=percentile(latencies, 50),
        p99_ms=percentile(latencies, 99),
        client_busy=max(one.client_busy for one in rounds),
    )


def percentile(ordered: Sequence[float], share: int) -> float:
    """The value that `share` per cent of these, given in order, do not exceed."""
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def aims(
    ours: Figures, decade: Figures, references: dict[str, Figures], *, ready_s: float, rss_mb: float
) -> Iterable[str]:
    """Each aim beside what was measured."""
    times = {name: ours.turns_a_second / figure.turns_a_second for name, figure in references.items()}
    checks = (
        (f"{times['botbuilder']:.2f} times botbuilder's adapter", "at least 4", times["botbuilder"] >= 4),
        (f"{times['agents']:.2f} times the Agents SDK", "at least 0.4", times["agents"] >= 0.4),
        (f"first answer after {ready_s:.2f} s", "within 3", ready_s <= 3),
        (f"{rss_mb:.0f} MB resident", "at most 150", rss_mb <= 150),
        (
            f"p99 after ten years {decade.p99_ms / ours.p99_ms:.2f} times that of an empty database",
            "at most 1.5",
            decade.p99_ms / ours.p99_ms <= 1.5,
        ),
    )
    for measured, aim, met in checks:
        yield f"{'met   ' if met else 'MISSED'}  {measured} (aim: {aim})"
