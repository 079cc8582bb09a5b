"""The mix of the sample beside the whole caseload, one dimension at a time.

Figures are always there in words and numbers; the chart repeats them where a client can draw it.
Source: CA-04.
"""

from cards.buttons import press, row
from cards.elements import Element, columns, heading, run, says, typed
from cards.payloads_round import ShowRound
from cards.views import MixRow, RoundView
from cards.wording import excerpt, spelled
from domain.written import plain

MOST_GROUPS = 6
"""More groups, at two bars each, would fill a phone's screen; the table below has them all."""
MOST_ROWS = 40
_LABEL = 32
"""Characters of a group's name that fit above a bar on a phone, with what the bar is."""


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
    drawn = rows[:MOST_GROUPS]
    which = "Per cent of the caseload and of the sample"
    if len(drawn) < len(rows):
        which += f", the {spelled(len(drawn))} largest groups"
    return [
        says(which + ".", subtle=True, spacing="small"),
        _chart(drawn, rows),
        _head(),
        *[_row(entry) for entry in rows[:MOST_ROWS]],
    ]


def _largest_gap(rows: tuple[MixRow, ...]) -> str:
    """Where the sample differs most from the caseload, in words."""
    widest = max(rows, key=lambda entry: abs(entry.sample_share - entry.caseload_share))
    if abs(widest.sample_share - widest.caseload_share) < 0.005:
        return "the sample mirrors the caseload."
    shares = f"{widest.sample_share:.0%} of the sample, {widest.caseload_share:.0%} of the caseload"
    return f"{widest.category} differs most, {shares}."


def _chart(drawn: tuple[MixRow, ...], rows: tuple[MixRow, ...]) -> Element:
    """Two bars for each group; on a client that draws no charts, the largest difference in words.

    The bars lie, with their words above them: names below standing bars are cut to two letters on a phone.
    """
    bars: list[Element] = []
    for name, entry in zip(_names(drawn), drawn, strict=True):
        for what, share, color in (
            ("caseload", entry.caseload_share, "categoricalBlue"),
            ("sample", entry.sample_share, "categoricalTeal"),
        ):
            bars.append({"x": f"{name}, {what}", "y": round(share * 100), "color": color})
    return {
        "type": "Chart.HorizontalBar",
        "title": "Share of caseload and of sample, in per cent",
        "displayMode": "AbsoluteNoAxis",
        "data": bars,
        "fallback": typed("Beside the caseload: " + _largest_gap(rows)),
    }


def _names(rows: tuple[MixRow, ...]) -> list[str]:
    """A short name for each group, no two alike: bars of one name would be drawn as one."""
    names: list[str] = []
    for entry in rows:
        name = excerpt(plain(entry.category), _LABEL)[0]
        names.append(f"{name} ({len(names) + 1})" if name in names else name)
    return names


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
