"""The make-believe council with its chat windows open in a headless browser: for tests and for pictures."""

from collections.abc import AsyncIterator, Callable, Collection, Mapping
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

FOUR = ("Auditor", "Practitioner", "Team manager", "QA officer")


@dataclass(frozen=True, slots=True)
class Stage:
    """Windows side by side, and the council behind them."""

    cast: Cast
    council: Council
    courier: Courier
    bot_url: str
    lists: Path
    """Where the council's staff and case lists are."""
    windows: Mapping[str, ChatWindow]
    """Part to its window."""

    @property
    def auditor(self) -> ChatWindow:
        """The auditor's window."""
        return self.windows["Auditor"]

    @property
    def practitioner(self) -> ChatWindow:
        """The practitioner's window."""
        return self.windows["Practitioner"]

    @property
    def team_manager(self) -> ChatWindow:
        """The team manager's window."""
        return self.windows["Team manager"]

    @property
    def qa_officer(self) -> ChatWindow:
        """The QA officer's window."""
        return self.windows["QA officer"]


@asynccontextmanager
async def open_stage(
    folder: Path,
    *,
    auditor_has_begun: bool = True,
    sharpness: float = 1,
    parts: Collection[str] = FOUR,
    before: Callable[[Council, Cast], None] | None = None,
) -> AsyncIterator[Stage]:
    """A council made anew in `folder`, its bot and courier, and a window for each of these parts.

    `before` may take the story further before anybody looks.
    """
    node, script = require_node(), install(PLAYGROUND_FOLDER)
    # A file is attached from this machine; the client has no SharePoint.
    settings = demo_settings(fresh(folder.resolve())).model_copy(update={"download_hosts": ("localhost",)})
    council, cast = make_council(settings, folder.resolve(), auditor_has_begun=auditor_has_begun)
    if before is not None:
        before(council, cast)
    council.database.close()
    people = {part: person for part, person in cast.everyone if part in parts}
    async with serving(settings) as running, a_browser() as browser:
        bot_url = f"http://127.0.0.1:{running.port}/api/messages"
        async with open_windows(node, script, folder / "windows", people.values(), bot_url) as opened:
            chats = [await ChatWindow.open(browser, window.url, sharpness=sharpness) for window in opened]
            windows = dict(zip(people, chats, strict=True))
            yield Stage(cast, running.asking.council, running.courier, bot_url, folder / "lists", windows)
