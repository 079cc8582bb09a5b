"""The make-believe council with its chat windows open in a headless browser: for tests and for pictures."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app import serving
from bot.demo import PLAYGROUND_FOLDER, demo_settings, fresh, make_council
from bot.demo.playground import install, open_windows, require_node
from bot.demo.story import Cast
from scheduler.courier import Courier
from tools.chat_window import ChatWindow, a_browser
from workflows.council import Council


@dataclass(frozen=True, slots=True)
class Stage:
    """Four windows, side by side, and the council behind them."""

    cast: Cast
    council: Council
    courier: Courier
    bot_url: str
    lists: Path
    """Where the council's staff and case lists are."""
    auditor: ChatWindow
    practitioner: ChatWindow
    team_manager: ChatWindow
    qa_officer: ChatWindow


@asynccontextmanager
async def open_stage(
    folder: Path, *, auditor_has_begun: bool = True, sharpness: float = 1
) -> AsyncIterator[Stage]:
    """A council made anew in `folder`, its bot and courier, and a window for each of the four."""
    node, script = require_node(), install(PLAYGROUND_FOLDER)
    # A file is attached from this machine; the client has no SharePoint.
    settings = demo_settings(fresh(folder.resolve())).model_copy(update={"download_hosts": ("localhost",)})
    council, cast = make_council(settings, folder.resolve(), auditor_has_begun=auditor_has_begun)
    council.database.close()
    people = [person for _, person in cast.people]
    async with serving(settings) as running, a_browser() as browser:
        bot_url = f"http://127.0.0.1:{running.port}/api/messages"
        async with open_windows(node, script, folder / "windows", people, bot_url) as opened:
            chats = [await ChatWindow.open(browser, window.url, sharpness=sharpness) for window in opened]
            yield Stage(cast, running.asking.council, running.courier, bot_url, folder / "lists", *chats)
