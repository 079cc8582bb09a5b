"""Draws cards of the gallery in the real client, as narrow as on a phone: `python -m tools.gallery_pictures`.

The first word is the folder, each further one the beginning of cards' names; without any, all are drawn. Each
line of the output has a card with its height in phone screens. Nothing of the product runs but its cards.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web
from playwright.async_api import Locator, expect

from bot.demo import PLAYGROUND_FOLDER
from bot.demo.playground import TENANT, install, open_windows, require_node
from bot.framework_file import read_framework
from cards.elements import Card
from cards.gallery import gallery
from domain.people import Person
from tools.chat_window import CARD, PATIENCE_MS, PHONE_HEIGHT, ChatWindow, a_browser

CARD_TYPE = "application/vnd.microsoft.card.adaptive"

_READER = Person(
    id=1,
    name="Robin Reader",
    email="robin.reader@larkshire.example",
    posts=frozenset(),
    directory_id="6c61726b-7368-4972-a500-000000000077",
)

Show = Callable[[Card], Awaitable[Locator]]
"""Puts a card into the chat and returns it once it is there."""


@dataclass(slots=True)
class _Chat:
    """The chat's address, once the client has said hello."""

    hello: dict[str, Any] = field(default_factory=dict)
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    async def hear(self, request: web.Request) -> web.Response:
        """Keep what the personal chat says of itself."""
        said = await request.json()
        if said.get("conversation", {}).get("id", "").startswith("a:"):
            self.hello = said
            self.opened.set()
        return web.json_response({})


@asynccontextmanager
async def showing(*, sharpness: float = 1) -> AsyncIterator[tuple[ChatWindow, Show]]:
    """A window, and what shows a card in it."""
    chat = _Chat()
    app = web.Application()
    app.router.add_post("/api/messages", chat.hear)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
        with tempfile.TemporaryDirectory() as place:
            script = install(PLAYGROUND_FOLDER)
            async with (
                a_browser() as browser,
                open_windows(require_node(), script, Path(place), [_READER], bot_url) as opened,
                ClientSession() as http,
            ):
                window = await ChatWindow.open(browser, opened[0].url, sharpness=sharpness)
                async with asyncio.timeout(PATIENCE_MS / 1000):
                    await chat.opened.wait()

                async def show(card: Card) -> Locator:
                    shown = window.page.locator(CARD)
                    before = await shown.count()
                    async with http.post(_address(chat.hello), json=_message(chat.hello, card)) as answer:
                        answer.raise_for_status()
                    await expect(shown).to_have_count(before + 1, timeout=PATIENCE_MS)
                    return shown.last

                yield window, show
    finally:
        await runner.cleanup()


async def draw(folder: Path, beginnings: tuple[str, ...]) -> None:
    """Draw what is asked for, and print each card's height."""
    cards = gallery(read_framework(None))
    names = [name for name in cards if not beginnings or name.startswith(beginnings)]
    async with showing() as (window, show):
        for name in names:
            card = await show(cards[name])
            await window.picture(card, folder / f"{name}.png")
            box = await card.bounding_box()
            height = box["height"] if box else 0.0
            print(f"{name}: {height / PHONE_HEIGHT:.1f} phone screens", flush=True)


def _address(hello: dict[str, Any]) -> str:
    return f"{hello['serviceUrl']}/v3/conversations/{hello['conversation']['id']}/activities"


def _message(hello: dict[str, Any], card: Card) -> dict[str, Any]:
    return {
        "type": "message",
        "from": hello["recipient"],
        "recipient": hello["from"],
        "conversation": hello["conversation"],
        "channelData": {"tenant": {"id": TENANT}},
        "attachments": [{"contentType": CARD_TYPE, "content": card}],
    }


def main() -> int:
    """Draw into the folder named, or beside the cards' JSON."""
    words = sys.argv[1:] or ["artefacts/gallery"]
    asyncio.run(draw(Path(words[0]), tuple(words[1:])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
