"""Draws charts as pictures, for cards and for packs alike.

Colours that people with any colour vision tell apart, hatching for print in grey, and each value written
beside its bar, so that nothing depends on colour alone. A picture for a card is small: it travels inside the
message, whose size is limited.

Source: OG-05, PF-06; decision on pictures in cards.
"""

import textwrap
from collections.abc import Sequence
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

from domain.charts import Chart, ChartKind, Series
from domain.suppression import NOT_SHOWN

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CARD_DPI = 100
"""For a card: 480 points wide, which a phone shows at nearly its own size."""
PAGE_DPI = 200
"""For a printed page."""
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7")
"""Okabe and Ito's, which differ in lightness as well."""
_HATCHES = ("", "///", "...", "xxx")
_DASHES = ("-", "--", ":", "-.")
_MARKS = ("o", "s", "^", "D")
_INK = "#242424"
_WIDTH_INCHES = 4.8
_BAR_INCHES = 0.27
_NAME_LETTERS = 17
_SHADES = 24
"""So many colours are kept in the file; letters stay smooth, and the file is a third of the size."""

_drawing = Lock()
"""The library keeps fonts and settings for the whole process, so pictures are drawn one after another."""


def picture(chart: Chart, *, dpi: int = CARD_DPI) -> bytes:
    """The chart as a PNG."""
    if chart.kind is ChartKind.LINES:
        return line_chart(chart.title, chart.names, chart.series, unit=chart.unit, dpi=dpi)
    return bar_chart(chart.title, chart.names, chart.series, unit=chart.unit, dpi=dpi)


def bar_chart(
    title: str,
    names: Sequence[str],
    series: Sequence[Series],
    *,
    unit: str = "",
    dpi: int = CARD_DPI,
) -> bytes:
    """Bars that lie, a group for each name and in it one bar for each series, each with its value.

    A value that is None gets "not shown" in place of a bar, so that nobody takes it for nothing.
    """
    with _drawing:
        # As high as there are bars, so that they and their numbers never crowd.
        figure, axes = _empty(title, 0.9 + _BAR_INCHES * len(names) * (len(series) + 0.7))
        thick = 0.8 / max(len(series), 1)
        for place, one in enumerate(series):
            at = [number + place * thick - 0.4 + thick / 2 for number in range(len(names))]
            axes.barh(
                at,
                [value or 0 for value in one.values],
                height=thick * 0.92,
                color=COLOURS[place % len(COLOURS)],
                hatch=_HATCHES[place % len(_HATCHES)],
                edgecolor="white",
                label=one.name,
            )
            for y, value in zip(at, one.values, strict=True):
                axes.annotate(
                    NOT_SHOWN if value is None else f"{value:g}{unit}",
                    (value or 0, y),
                    xytext=(4, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=9,
                    color=_INK,
                    parse_math=False,
                )
        axes.set_yticks(
            range(len(names)), [textwrap.fill(name, _NAME_LETTERS) for name in names], parse_math=False
        )
        axes.invert_yaxis()
        # Room for the number behind the longest bar.
        axes.set_xlim(0, 1.2 * _largest(series))
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
        return _png(figure, axes, len(series), dpi)


def line_chart(
    title: str,
    names: Sequence[str],
    series: Sequence[Series],
    *,
    unit: str = "",
    dpi: int = CARD_DPI,
) -> bytes:
    """Lines over the names, which follow each other in time; a value that is None leaves a gap."""
    with _drawing:
        figure, axes = _empty(title, 3.0)
        for place, one in enumerate(series):
            axes.plot(
                range(len(names)),
                [float("nan") if value is None else value for value in one.values],
                color=COLOURS[place % len(COLOURS)],
                linestyle=_DASHES[place % len(_DASHES)],
                marker=_MARKS[place % len(_MARKS)],
                linewidth=2,
                label=one.name,
            )
            last = max((n for n, value in enumerate(one.values) if value is not None), default=None)
            if last is not None:
                axes.annotate(
                    f"{one.values[last]:g}{unit}",
                    (last, one.values[last] or 0),
                    xytext=(6, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=9,
                    color=_INK,
                    parse_math=False,
                )
        # Twelve months' names would run into each other.
        step = 1 + (len(names) - 1) // 5
        shown = range(0, len(names), step)
        axes.set_xticks(list(shown), [textwrap.fill(names[place], 9) for place in shown], parse_math=False)
        axes.set_xlim(-0.3, len(names) - 1 + 0.16 * max(len(names), 4))
        axes.set_ylim(0, 1.15 * _largest(series))
        axes.grid(axis="y", color="#d0d0d0", linewidth=0.6)
        return _png(figure, axes, len(series), dpi)


def _empty(title: str, height: float) -> "tuple[Figure, Axes]":
    # Loaded where it is used: it takes longer than everything else a process loads.
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH_INCHES, height), layout="constrained", facecolor="white")
    axes = figure.add_subplot()
    figure.suptitle(
        textwrap.fill(title, 46),
        fontsize=11,
        fontweight="bold",
        color=_INK,
        x=0.02,
        ha="left",
        parse_math=False,
    )
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=9.5, labelcolor=_INK, length=0)
    return figure, axes


def _largest(series: Sequence[Series]) -> float:
    return max((value for one in series for value in one.values if value is not None), default=0) or 1


def _png(figure: "Figure", axes: "Axes", many: int, dpi: int) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    if many > 1:
        legend = figure.legend(
            *axes.get_legend_handles_labels(),
            loc="outside lower left",
            ncols=min(many, 3),
            frameon=False,
            fontsize=9.5,
            labelcolor=_INK,
        )
        for text in legend.get_texts():
            text.set_parse_math(False)
    drawn, small = BytesIO(), BytesIO()
    FigureCanvasAgg(figure)
    figure.savefig(drawn, format="png", dpi=dpi, metadata={"Software": None})
    with Image.open(drawn) as image:
        reduced: Any = image.convert("RGB").quantize(_SHADES, dither=Image.Dither.NONE)
        reduced.save(small, format="PNG", optimize=True)
    return small.getvalue()
