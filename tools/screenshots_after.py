"""Draws the pictures of what follows an audit: the second look, the talk, actions, and what came of it."""

import tempfile
from pathlib import Path

from playwright.async_api import Locator

from tools.chat_loop import PARTS, Loop, submit_and_draw
from tools.chat_stage import Stage, open_stage
from tools.chat_window import ChatWindow

SHARPNESS = 1.5
_NAMES = {
    "draw": "moderation-draw",
    "queue": "panel-queue",
    "moderation-grades": "moderation-grades",
    "invite": "talk-invite",
    "action-proof": "action-proof",
    "supervision": "supervision",
}
"""Card of the loop to the picture's name."""


async def draw_after(folder: Path) -> None:
    """Every picture of what follows an audit, in the order of the story."""

    async def look(window: ChatWindow, card: Locator, name: str) -> None:
        if name in _NAMES:
            await window.picture(card, folder / f"{_NAMES[name]}.png")

    with tempfile.TemporaryDirectory() as place:
        async with open_stage(
            Path(place) / "council",
            auditor_has_begun=False,
            sharpness=SHARPNESS,
            parts=(*PARTS, "QA officer"),
            before=submit_and_draw,
        ) as stage:
            loop = Loop(stage, look)
            await loop.pass_the_draw()
            await loop.moderate()
            await loop.invite()
            await loop.answer()
            await loop.record()
            await _board(stage.team_manager, folder)
            for number in (1, 2):
                await loop.finish_an_action(number)
            await loop.learn()
            await loop.close()
            await _headline(loop.chair, folder)
            await _learning_log(stage, folder)


async def _headline(window: ChatWindow, folder: Path) -> None:
    await window.type("did it change anything")
    card = await window.shown("What became of what was found")
    await window.picture(card, folder / "headline.png")


async def _board(window: ChatWindow, folder: Path) -> None:
    """The team's actions, by what their manager must do next."""
    await window.type("team actions")
    card = await window.shown("Your team's actions")
    await window.press(card, "Show cases and more")
    await window.picture(await window.shown("Each was agreed"), folder / "board.png")


async def _learning_log(stage: Stage, folder: Path) -> None:
    """The draft that the released moderation made."""
    window = stage.qa_officer
    await window.shown("What is yours to do")
    await window.type("learning log")
    card = await window.shown("The learning log")
    await window.press(card, "Drafts")
    await window.press(await window.shown("Drafts"), "Open")
    await window.picture(await window.shown("for the QA office alone"), folder / "learning-entry.png")
