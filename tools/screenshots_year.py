"""Draws the pictures of the governance year: the digest, a pack, an agenda, the forward plan, performance.

Agenda, plan and figures come from the make-believe council, reached as people reach them. The council has had
one round only, so the digest and the pack are drawn as the gallery has them, with more to tell.
"""

import tempfile
from pathlib import Path

from bot.framework_file import read_framework
from cards.gallery import gallery
from tools.chat_stage import open_stage
from tools.chat_window import ChatWindow
from tools.chat_year import plan_the_year
from tools.gallery_pictures import showing

SHARPNESS = 1.5
_FROM_THE_GALLERY = {"digest-ordinary": "digest", "pack-to-approve-ordinary": "pack"}
"""Card of the gallery to the picture's name."""


async def draw_year(folder: Path) -> None:
    """Every picture of the year."""
    with tempfile.TemporaryDirectory() as place:
        async with open_stage(
            Path(place) / "council",
            sharpness=SHARPNESS,
            parts=("Team manager", "QA officer"),
            before=plan_the_year,
        ) as stage:
            officer = stage.qa_officer
            await officer.shown("What is yours to do")
            await _typed(officer, "agenda qa group", "Agenda", folder / "agenda.png")
            await _typed(officer, "forward plan", "Forward plan", folder / "forward-plan.png")
            await _figures(stage.team_manager, folder)
    cards = gallery(read_framework(None))
    async with showing(sharpness=SHARPNESS) as (window, show):
        for card, name in _FROM_THE_GALLERY.items():
            await window.picture(await show(cards[card]), folder / f"{name}.png")


async def _figures(window: ChatWindow, folder: Path) -> None:
    """The team's figures, as its manager opens them."""
    await window.shown("What is yours to do")
    await window.type("figures of my team")
    await window.press(await window.shown("Your figures open with a press"), "Figures of my team")
    await window.picture(await window.shown("Word copy"), folder / "performance.png")


async def _typed(window: ChatWindow, line: str, saying: str, path: Path) -> None:
    await window.type(line)
    await window.picture(await window.shown(saying), path)
