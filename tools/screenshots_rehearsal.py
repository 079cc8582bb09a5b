"""Draws the make-believe council's year as a rehearsal shows it: `python -m tools.screenshots_rehearsal`."""

import asyncio
import sys
import tempfile
from datetime import date
from pathlib import Path

from bot.demo.figures import write_figures
from bot.demo.lists import make_lists
from bot.rehearsal.conditions import Conditions
from bot.rehearsal.council import a_council_of_lists
from bot.rehearsal.whole import rehearse
from tools.chat_window import a_browser

FROM = date(2026, 4, 1)
WIDTH = 1060
SHARPNESS = 1.5


async def draw_rehearsal(folder: Path) -> None:
    """The calendar of the report, with what its letters stand for."""
    with tempfile.TemporaryDirectory() as place:
        report = await asyncio.to_thread(_rehearsed, Path(place))
        async with a_browser() as browser:
            page = await browser.new_page(
                viewport={"width": WIDTH, "height": 900}, device_scale_factor=SHARPNESS
            )
            await page.goto(report.as_uri())
            first = await page.get_by_role("heading", name="The year", exact=True).bounding_box()
            last = await page.locator(".legend").bounding_box()
            assert first is not None
            assert last is not None
            clip = {
                "x": 0.0,
                "y": first["y"],
                "width": float(WIDTH),
                "height": last["y"] + last["height"] + 16 - first["y"],
            }
            await page.screenshot(path=folder / "rehearsal.png", full_page=True, clip=clip)  # type: ignore[arg-type]


def _rehearsed(place: Path) -> Path:
    """The report of a year of the make-believe council."""
    lists = make_lists(date(2026, 5, 1), FROM)
    staff, cases = lists.write(place / "lists")
    figures = write_figures(place / "lists", lists, until_on=FROM)
    conditions = Conditions(FROM)
    with a_council_of_lists(conditions, staff, cases) as council:
        rehearse(council, conditions, place / "out", indicators=figures)
    return place / "out/rehearsal.html"


if __name__ == "__main__":
    asyncio.run(draw_rehearsal(Path(sys.argv[1]) if sys.argv[1:] else Path("docs/pictures")))
