"""The same work as botbuilder's own samples do it: `continue_conversation` for one reference after the other.

No sign-in, no database and no pacing: only drawing the same card and sending it.
"""

import asyncio
import json
import logging
import resource
import sys
import time
from types import SimpleNamespace

from botbuilder.core import TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import Activity, Attachment, ChannelAccount, ConversationAccount, ConversationReference
from botframework.connector.auth import AuthenticationConstants, ClaimsIdentity

from bench.fanout.outbox import BOT_ID, TENANT
from cards.notes import note_card
from cards.views import NoteView


async def send(teams_url: str, count: int) -> float:
    """Seconds for so many messages, each in a conversation of its own."""
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(SimpleNamespace()))
    claims = {AuthenticationConstants.AUDIENCE_CLAIM: "", AuthenticationConstants.APP_ID_CLAIM: ""}
    card = note_card(
        NoteView("An audit is no longer needed from you", "There is nothing more for you to do.", ())
    )
    content = {"content_type": "application/vnd.microsoft.card.adaptive", "content": card}

    async def tell(context: TurnContext) -> None:
        await context.send_activity(Activity(type="message", attachments=[Attachment(**content)]))

    started = time.perf_counter()
    for n in range(count):
        reference = ConversationReference(
            channel_id="msteams",
            service_url=teams_url,
            bot=ChannelAccount(id=BOT_ID),
            user=ChannelAccount(id=f"29:{n}"),
            conversation=ConversationAccount(id=f"a:{n:032d}", tenant_id=TENANT),
        )
        await adapter.continue_conversation(
            reference, tell, claims_identity=ClaimsIdentity(claims, True), audience=""
        )
    return time.perf_counter() - started


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    seconds = asyncio.run(send(sys.argv[1], int(sys.argv[2])))
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"seconds": seconds, "cpu_seconds": used.ru_utime + used.ru_stime}))
