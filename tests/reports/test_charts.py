"""Charts as pictures: small, readable in grey, and silent about what is hidden."""

from io import BytesIO

import pytest
from PIL import Image

from cards.charts import PICTURE_LIMIT_BYTES, chart_element
from cards.checking import faults
from cards.elements import Element, card, heading
from domain.charts import Chart, ChartKind, Series
from reports.charts import PAGE_DPI, bar_chart, picture

GRADES = ("Outstanding", "Good", "Requires improvement", "Inadequate")
MONTHS = tuple(f"{name} 2026" for name in ("January", "February", "March", "April", "September", "November"))


def a_chart(kind: ChartKind = ChartKind.BARS, **changes: object) -> Chart:
    names = GRADES if kind is ChartKind.BARS else MONTHS
    given = {
        "title": "Overall grades, in per cent of the audits that came in",
        "names": names,
        "series": (
            Series("June 2026", tuple(float(10 + place) for place in range(len(names)))),
            Series("May 2026", (*(float(60 - place) for place in range(len(names) - 1)), None)),
        ),
        "unit": "%",
        "kind": kind,
    }
    return Chart(**{**given, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ChartKind)
def test_a_picture_is_small_enough_for_a_card(kind: ChartKind) -> None:
    drawn = picture(a_chart(kind))

    with Image.open(BytesIO(drawn)) as image:
        width, height = image.size
    assert width == 480
    assert 150 < height < 640
    assert len(drawn) < PICTURE_LIMIT_BYTES


def test_for_a_page_it_is_drawn_finer() -> None:
    with Image.open(BytesIO(picture(a_chart(), dpi=PAGE_DPI))) as image:
        assert image.size[0] == 960


def test_the_same_chart_is_the_same_picture() -> None:
    assert picture(a_chart()) == picture(a_chart())


@pytest.mark.rule("OG-05")
def test_in_grey_the_bars_of_two_periods_still_differ() -> None:
    """What a printer makes of the two series: plain and hatched, light and dark."""
    with Image.open(BytesIO(bar_chart("One", ["Good"], [Series("a", (9.0,)), Series("b", (9.0,))]))) as image:
        grey = image.convert("L")
    width, height = grey.size
    ink = [
        [grey.getpixel((x, y)) for x in range(width // 4, width // 2)]
        for y in range(height // 4, height // 2)
    ]
    middles = {sorted(row)[len(row) // 2] for row in ink}  # type: ignore[type-var]
    dark, light = min(middles), max(value for value in middles if value != 255)  # type: ignore[type-var]
    assert light - dark > 40  # type: ignore[operator]


@pytest.mark.rule("SG-03")
def test_a_hidden_value_is_drawn_as_the_words_and_never_as_nothing() -> None:
    hidden = bar_chart("One", ["Good", "Poor"], [Series("a", (9.0, None))])
    nothing = bar_chart("One", ["Good", "Poor"], [Series("a", (9.0, 0.0))])

    assert hidden != nothing
    assert "not shown" in a_chart().says
    element = chart_in(chart_element(a_chart(), None))
    assert "Inadequate, May 2026" not in {bar["x"] for bar in element["data"]}
    assert "Inadequate, June 2026" in {bar["x"] for bar in element["data"]}


def chart_in(element: Element) -> Element:
    """The chart itself, under its title."""
    _, chart = element["items"]
    return chart


@pytest.mark.parametrize("kind", ChartKind)
@pytest.mark.parametrize("shown", [b"", None])
def test_on_a_card_the_chart_has_a_picture_or_words_behind_it(kind: ChartKind, shown: bytes | None) -> None:
    chart = a_chart(kind)
    drawn = picture(chart) if shown is not None else None

    element = chart_element(chart, drawn)

    assert faults(card([heading("June"), element], preview="June")) == ()
    fallback = chart_in(element)["fallback"]
    assert fallback["type"] == ("Image" if drawn else "TextBlock")
    # Whoever sees neither chart nor picture hears all of it.
    assert chart.says in (fallback.get("altText"), fallback.get("text"))
    assert str(fallback.get("url", "data:image/png;base64,")).startswith("data:image/png;base64,")


@pytest.mark.parametrize("kind", ChartKind)
def test_a_dollar_anywhere_is_a_dollar_and_no_formula(kind: ChartKind) -> None:
    """Read as a formula this would be refused: no such command is known."""
    odd = r"$\nothing$"
    names = (odd, *(GRADES if kind is ChartKind.BARS else MONTHS)[1:])
    series = tuple(Series(f"{odd} {year}", tuple(float(1 + n) for n in range(len(names)))) for year in (1, 2))

    drawn = picture(a_chart(kind, title=odd, names=names, series=series, unit=odd))

    assert drawn.startswith(b"\x89PNG")


def test_a_picture_that_would_burst_the_message_gives_way_to_words() -> None:
    element = chart_element(a_chart(), b"x" * (PICTURE_LIMIT_BYTES + 1))

    assert chart_in(element)["fallback"]["type"] == "TextBlock"


def test_the_title_stands_above_the_chart_as_no_client_draws_it() -> None:
    title, _ = chart_element(a_chart(), None)["items"]

    assert title["text"] == a_chart().title


def test_series_and_names_belong_together() -> None:
    with pytest.raises(ValueError, match="one value for each name"):
        Chart("One", ("a", "b"), (Series("s", (1.0,)),))
