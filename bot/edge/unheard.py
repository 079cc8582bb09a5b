"""Tells people later that their message arrived, where Teams would not take the answer to it.

What they asked for was done and kept by then, so silence would have them do it again. Nothing is stored: a
process that ends meanwhile says nothing, and the person types again.
"""

import asyncio
import logging

from botbuilder.schema import Activity

from bot.edge.connector import Connector
from bot.edge.outcomes import Failed, Refusal, Sent, Throttled
from bot.edge.references import ConversationRef

log = logging.getLogger(__name__)

SECONDS = (5.0, 20.0, 60.0)
"""Between the tries, unless Teams asks for longer."""
LONGEST_SECONDS = 600.0
"""Nobody remembers by then what they typed."""
SAID = (
    "Your last message reached me, but my answer could not be shown at that moment. What you asked for may "
    "have been done: please ask again, and you will see how it stands now."
)


class Unheard:
    """Those who are still to be told; one word for each conversation, however much went unanswered."""

    def __init__(self, connector: Connector, *, seconds: tuple[float, ...] = SECONDS) -> None:
        self._connector = connector
        self._seconds = seconds
        self._telling: dict[str, asyncio.Task[None]] = {}

    def tell(self, activity: Activity, outcome: Refusal) -> None:
        """Say it as soon as Teams takes it; nothing where it will not take anything."""
        ref = ConversationRef.of_turn(activity)
        if not _passes(outcome) or ref.conversation_id in self._telling:
            return
        task = asyncio.create_task(self._tell(ref, outcome), name="tell later")
        self._telling[ref.conversation_id] = task
        task.add_done_callback(lambda _: self._telling.pop(ref.conversation_id, None))

    async def close(self) -> None:
        """Stop trying."""
        telling = tuple(self._telling.values())
        for task in telling:
            task.cancel()
        await asyncio.gather(*telling, return_exceptions=True)

    async def _tell(self, ref: ConversationRef, outcome: Refusal) -> None:
        for seconds in self._seconds:
            asked = outcome.wait_seconds if isinstance(outcome, Throttled) else None
            wait = max(seconds, asked or 0.0)
            if wait > LONGEST_SECONDS:
                break
            await asyncio.sleep(wait)
            again = await self._connector.send(ref, {"type": "message", "text": SAID})
            if isinstance(again, Sent):
                return
            outcome = again
            if not _passes(outcome):
                break
        log.warning("somebody could not be told that their message arrived: %s", type(outcome).__name__)


def _passes(outcome: Refusal) -> bool:
    """Whether what Teams says now may be otherwise in a while."""
    return isinstance(outcome, Throttled) or (isinstance(outcome, Failed) and outcome.retryable)
