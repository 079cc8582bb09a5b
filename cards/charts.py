"""A chart on a card: the client's own where it draws one, a picture where it does not, words for everybody.

Teams on a computer draws `Chart.*` elements; its phone apps know none, and draw the fallback. The picture
is part of the message, never an address that others could open, so its size counts. The picture comes from
outside, as cards draw nothing.

Source: section 3 of the notes on Teams.
"""

from base64 import b64encode

from cards.elements import Element, box, says
from domain.charts import Chart, ChartKind

PICTURE_LIMIT_BYTES = 18_000
"""As a PNG. In the message it takes a third more letters, each of two bytes: about 48 KB of the 80 KB."""

COLOURS = ("categoricalBlue", "categoricalMarigold", "categoricalTeal", "categoricalPurple")
"""Names of the client's own set; dark and light themes have their shades of each."""


def chart_element(chart: Chart, picture: bytes | None) -> Element:
    """The chart under its title, with `picture` for clients that draw none, or words where it is too large.

    A hidden value is left out of the client's chart, which has no way to say so; the words beside it do.
    """
    drawn = _lines(chart) if chart.kind is ChartKind.LINES else _bars(chart)
    # The client keeps a chart's title to itself, and bars without one say nothing of what they count.
    named = {**drawn, "title": chart.title, "fallback": _fallback(chart, picture)}
    return box([says(chart.title, bold=True), named])


def _bars(chart: Chart) -> Element:
    """Bars that lie, with their words above them: names below standing bars are cut to two letters."""
    data = [
        {"x": f"{name}, {one.name}", "y": one.values[place], "color": COLOURS[number % len(COLOURS)]}
        for place, name in enumerate(chart.names)
        for number, one in enumerate(chart.series)
        if one.values[place] is not None
    ]
    return {"type": "Chart.HorizontalBar", "displayMode": "AbsoluteNoAxis", "data": data}


def _lines(chart: Chart) -> Element:
    data = [
        {
            "legend": one.name,
            "color": COLOURS[number % len(COLOURS)],
            "values": [
                {"x": name, "y": value}
                for name, value in zip(chart.names, one.values, strict=True)
                if value is not None
            ],
        }
        for number, one in enumerate(chart.series)
    ]
    return {"type": "Chart.Line", "yAxisTitle": "Per cent" if chart.unit == "%" else "How many", "data": data}


def _fallback(chart: Chart, picture: bytes | None) -> Element:
    if picture is None or len(picture) > PICTURE_LIMIT_BYTES:
        return says(chart.says, subtle=True)
    return {
        "type": "Image",
        "url": "data:image/png;base64," + b64encode(picture).decode(),
        "altText": chart.says,
        "size": "stretch",
    }
