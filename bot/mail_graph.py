"""Mail from one shared mailbox, through Microsoft Graph's `sendMail`.

Graph answers as soon as it has taken a mail. Nothing is kept in the mailbox's sent items: the ledger says
what was sent, and a second store of what people read would need its own rules for who may look and for how
long. See docs/mail.md for the permission, which must reach this mailbox and no other.
"""

import asyncio
import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.graph import Graph
from domain.delivery import Refusal
from domain.mail_pacing import MailLimits
from scheduler.ports import Failed, Gone, Mail, Outcome, Sent, Throttled
from workflows.council import Council

LARGEST_FILES_BYTES = 3_000_000
"""What Graph takes of files in one request, all of a mail's files together."""
AT_ONCE = 2
"""Outlook carries out four requests of an app at once; two leave room for another process."""
PLACE_SECONDS = 4.0
UNNAMED_PAUSE_SECONDS = 10.0

_NO_SUCH_ADDRESS = frozenset({"ErrorInvalidRecipients"})


class MailPace(Protocol):
    """Says when the next mail may leave the mailbox."""

    async def wait_seconds(self, *, urgent: bool) -> float:
        """0 when a mail may leave now, and then it has been counted."""

    async def pause(self, seconds: float) -> None:
        """Exchange asked us to wait."""


class SharedMailPace:
    """The pace kept in the database, so that every process obeys it together."""

    def __init__(
        self, council: Council, mailbox: str, limits: MailLimits, *, clock: Callable[[], datetime]
    ) -> None:
        self._council = council
        self._mailbox = mailbox
        self._limits = limits
        self._clock = clock
        # One connection at most: the database's are counted for turns and courier.
        self._one = asyncio.Lock()

    async def wait_seconds(self, *, urgent: bool) -> float:
        """0 when a mail may leave now, and then it has been counted."""

        def ask() -> float:
            with self._council.write() as work:
                return work.mail_paces.ask(self._mailbox, self._limits, self._clock(), urgent=urgent)

        async with self._one:
            return await asyncio.to_thread(ask)

    async def pause(self, seconds: float) -> None:
        """Exchange asked us to wait."""

        def keep() -> None:
            with self._council.write() as work:
                work.mail_paces.pause(self._mailbox, self._clock() + timedelta(seconds=seconds))

        async with self._one:
            await asyncio.to_thread(keep)


class GraphMailer:
    """Sends as one mailbox."""

    def __init__(self, graph: Graph, mailbox: str, pace: MailPace) -> None:
        self._graph = graph
        self._mailbox = mailbox
        self._pace = pace
        self._places = asyncio.Semaphore(AT_ONCE)

    async def send(self, mail: Mail) -> Outcome:
        """What Graph made of it; where its answer was lost, the mail may have been sent and is uncertain."""
        if not _is_writable(mail):
            return Failed(0, retryable=False, reason="unwritable_mail")
        if sum(len(file.content) for file in mail.attachments) > LARGEST_FILES_BYTES:
            return Failed(0, retryable=False, reason="files_over_3_mb")
        try:
            async with asyncio.timeout(PLACE_SECONDS):
                await self._places.acquire()
        except TimeoutError:
            return Throttled(PLACE_SECONDS, ours=True)
        try:
            return await self._send(mail)
        finally:
            self._places.release()

    async def _send(self, mail: Mail) -> Outcome:
        try:
            wait = await self._pace.wait_seconds(urgent=mail.urgent)
        except Exception as fault:
            # The database is busy or away. Nothing has been handed over, so a repeat is no second mail.
            return Failed(0, retryable=True, reason=type(fault).__name__)
        if wait > 0:
            return Throttled(wait, ours=True)
        answer = await self._graph.post(("users", self._mailbox, "sendMail"), _request(mail))
        if isinstance(answer, dict):
            return Sent(mail.message_id)
        if isinstance(answer, Throttled):
            await self._told_to_wait(answer)
        return _outcome(answer)

    async def _told_to_wait(self, answer: Throttled) -> None:
        try:
            await self._pace.pause(answer.wait_seconds or UNNAMED_PAUSE_SECONDS)
        except Exception:
            # This mail waits all the same; the next one is told by Exchange itself.
            return


def _outcome(answer: Refusal) -> Outcome:
    """What a refusal means for a mail."""
    match answer:
        case Failed(status=400, reason=code) if code in _NO_SUCH_ADDRESS:
            return Gone()
        # The next three are mended in Entra, Exchange or the settings; alerts must go out then.
        case Failed(status=401):
            return Failed(401, retryable=True, reason="mail_sign_in_refused")
        case Failed(status=403):
            return Failed(403, retryable=True, reason="mailbox_not_allowed")
        case Failed(status=404):
            return Failed(404, retryable=True, reason="no_such_mailbox")
        case _:
            return answer


def _is_writable(mail: Mail) -> bool:
    lines = (mail.to, mail.subject, mail.message_id, *(file.name for file in mail.attachments))
    return all(line and line.isprintable() for line in lines)


def _request(mail: Mail) -> dict[str, Any]:
    """The body of `sendMail`."""
    message: dict[str, Any] = {
        "subject": mail.subject,
        "body": {"contentType": "Text", "content": mail.body},
        "toRecipients": [{"emailAddress": {"address": mail.to}}],
        "internetMessageHeaders": [
            {"name": "x-plumbline-notice", "value": mail.message_id},
            # Out-of-office answers to an alert would only distract.
            {"name": "x-auto-response-suppress", "value": "OOF, AutoReply"},
        ],
    }
    if mail.attachments:
        message["attachments"] = [
            {
                "@odata.type": "#microsoft.graph.fileAttachment",
                "name": file.name,
                "contentType": file.content_type,
                "contentBytes": base64.b64encode(file.content).decode(),
            }
            for file in mail.attachments
        ]
    return {"message": message, "saveToSentItems": False}
