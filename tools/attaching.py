"""Attaches a file in a chat as Teams would; the local client itself cannot (its attachments end in 404)."""

from pathlib import Path
from uuid import uuid4

import aiohttp
from aiohttp import web

from bot.edge.files import CONTENT_TYPE
from domain.people import Person
from tools.chat_stage import Stage


async def attach(stage: Stage, person: Person, path: Path) -> None:
    """Send the bot a message of this person with this file; its answer appears in their window."""
    with stage.council.read() as view:
        address = view.reach.of(person.id)
    if address is None:
        raise LookupError(f"{person.name} has no window open")
    app = web.Application()
    app.router.add_get("/file", _serving(path))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "localhost", 0).start()
        kept_at = f"http://localhost:{runner.addresses[0][1]}/file"
        activity = {
            "type": "message",
            "id": uuid4().hex,
            "channelId": "msteams",
            "serviceUrl": address.service_url,
            "from": {"id": address.mri, "aadObjectId": person.directory_id},
            "recipient": {"id": address.bot_id},
            "conversation": {"id": address.conversation_id, "conversationType": "personal"},
            "channelData": {"tenant": {"id": address.tenant_id}},
            "attachments": [
                {"contentType": CONTENT_TYPE, "name": path.name, "content": {"downloadUrl": kept_at}}
            ],
        }
        async with aiohttp.ClientSession() as http, http.post(stage.bot_url, json=activity) as answer:
            answer.raise_for_status()
    finally:
        await runner.cleanup()


def _serving(path: Path):  # type: ignore[no-untyped-def]
    async def serve(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(path)

    return serve
