"""The mix of the sample beside the whole caseload, one dimension at a time.

Figures are always there in words and numbers; the chart repeats them where a client can draw it.
Source: CA-04.
"""

from cards.buttons import press, row
from cards.elements import Element, columns, heading, plain, run, says, typed
from cards.payloads import ShowRound
from cards.views import MixRow, RoundView

MOST_BARS = 8
"""More groups of bars than this can't be read on a screen."""
MOST_ROWS = 40


def mix_part(view: RoundView) -> list[Element]:
    """The dimension that `start` points to, with buttons to the others."""
    dimensions = list(view.mix)
    if not dimensions:
        return [says("The mix shows here once the round is planned.")]
    index = view.start if 0 <= view.start < len(dimensions) else 0
    name = dimensions[index]
    others = [
        press(other, ShowRound(view.round_id, "mix", number))
        for number, other in enumerate(dimensions)
        if number != index
    ]
    return [
        heading(f"Mix by {name.lower()}", size="default"),
        *_figures(view.mix[name]),
        row(*others[:6], spacing="medium"),
    ]


def mix_in_words(view: RoundView) -> tuple[str, ...]:
    """For each dimension, where the sample differs most from the caseload."""
    return tuple(f"{name}: {_largest_gap(rows)}" for name, rows in view.mix.items() if rows)


def _figures(rows: tuple[MixRow, ...]) -> list[Element]:
    if not rows:
        return [says("There is nothing to show.")]
    return [_chart(rows[:MOST_BARS]), _head(), *[_row(entry) for entry in rows[:MOST_ROWS]]]


def _largest_gap(rows: tuple[MixRow, ...]) -> str:
    """Where the sample differs most from the caseload, in words."""
    widest = max(rows, key=lambda entry: abs(entry.sample_share - entry.caseload_share))
    points = (widest.sample_share - widest.caseload_share) * 100
    if abs(points) < 0.5:
        return "the sample mirrors the caseload."
    side = "more" if points > 0 else "less"
    return f"{widest.category} differs most, {abs(points):.0f} points {side} than in the caseload."


def _chart(rows: tuple[MixRow, ...]) -> Element:
    """Two bars for each category; on a client that draws no charts, the largest difference in words."""

    def bars(legend: str, shares: list[float]) -> Element:
        values = [
            {"x": plain(entry.category), "y": round(share * 100, 1)}
            for entry, share in zip(rows, shares, strict=True)
        ]
        return {"legend": legend, "values": values}

    return {
        "type": "Chart.VerticalBar.Grouped",
        "title": "Share of caseload and of sample, in per cent",
        "yAxisTitle": "Per cent",
        "data": [
            bars("Caseload", [entry.caseload_share for entry in rows]),
            bars("Sample", [entry.sample_share for entry in rows]),
        ],
        "fallback": typed("Beside the caseload: " + _largest_gap(rows)),
    }


def _head() -> Element:
    return columns(
        ("stretch", [typed(run("Group", subtle=True))]),
        ("70px", [typed(run("Caseload", subtle=True))]),
        ("100px", [typed(run("Sample", subtle=True))]),
    )


def _row(entry: MixRow) -> Element:
    sample = f"{entry.sample_share:.0%} ({entry.sample_count:,})"
    return columns(
        ("stretch", [typed(entry.category)]),
        ("70px", [typed(f"{entry.caseload_share:.0%}")]),
        ("100px", [typed(run(sample, bold=True))]),
        spacing="small",
    )
