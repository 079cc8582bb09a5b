"""Stand-ins for Teams and the mail server: they remember what reached them and refuse what those would."""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cards.files import CONSENT_TYPE
from cards.size import LIMIT_BYTES
from domain.delivery import Failed, Gone, Outcome, Sent
from scheduler.ports import Mail
from storage.reach import Address

CARD = "application/vnd.microsoft.card.adaptive"


class Killed(BaseException):
    """The process ends here: nothing of ours gets to tidy up."""


@dataclass
class FakePost:
    """Every chat with what stands in it. `answers` come first; without one, what is sent arrives."""

    answers: deque[Outcome | BaseException] = field(default_factory=deque)
    before: Callable[[Address], None] = lambda address: None
    """Runs before anything reaches the chat."""
    after: Callable[[Address], None] = lambda address: None
    """Runs when the message has arrived and before we hear of it."""
    hold: Mapping[str, asyncio.Event] = field(default_factory=dict)
    """Conversation to what its calls wait for."""
    chats: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    """Conversation to activity id to what stands there now."""
    calls: list[tuple[str, str]] = field(default_factory=list)
    """("send" or "update", conversation) of every call, in order."""

    async def send(self, address: Address, activity: Mapping[str, Any]) -> Outcome:
        """Post a message."""
        await self._met("send", address, activity)
        if (refused := self._answer()) is not None:
            return refused
        chat = self.chats.setdefault(address.conversation_id, {})
        activity_id = f"{address.conversation_id}/{len(chat) + 1}"
        chat[activity_id] = dict(activity)
        self.after(address)
        return Sent(activity_id)

    async def update(self, address: Address, activity_id: str, activity: Mapping[str, Any]) -> Outcome:
        """Replace a message; one that is not there is gone."""
        await self._met("update", address, activity)
        if (refused := self._answer()) is not None:
            return refused
        chat = self.chats.get(address.conversation_id, {})
        if activity_id not in chat:
            return Gone()
        chat[activity_id] = dict(activity)
        self.after(address)
        return Sent(activity_id)

    def in_chat(self, person_id: int) -> list[dict[str, Any]]:
        """What a person sees in their chat, oldest first."""
        return list(self.chats.get(f"chat-of-{person_id}", {}).values())

    def count(self) -> int:
        """How many messages stand in all chats."""
        return sum(len(chat) for chat in self.chats.values())

    async def _met(self, call: str, address: Address, activity: Mapping[str, Any]) -> None:
        assert address.service_url.startswith("https://")
        assert activity["type"] == "message"
        assert activity["summary"].strip(), "a message without a preview shows nothing on a locked phone"
        (attachment,) = activity["attachments"]
        assert attachment["contentType"] in {CARD, CONSENT_TYPE}
        assert len(json.dumps(activity).encode()) < LIMIT_BYTES
        if address.conversation_id in self.hold:
            await self.hold[address.conversation_id].wait()
        self.calls.append((call, address.conversation_id))
        self.before(address)

    def _answer(self) -> Outcome | None:
        if not self.answers:
            return None
        answer = self.answers.popleft()
        if isinstance(answer, BaseException):
            raise answer
        return answer


@dataclass
class FakeMailer:
    """A mail server that keeps what it is given."""

    answers: deque[Outcome] = field(default_factory=deque)
    mails: list[Mail] = field(default_factory=list)

    async def send(self, mail: Mail) -> Outcome:
        """Take a mail."""
        assert "@" in mail.to
        if "\n" in mail.subject:
            return Failed(0, retryable=False, reason="two lines")
        if self.answers:
            return self.answers.popleft()
        self.mails.append(mail)
        return Sent(mail.message_id)


def text_of(activity: Mapping[str, Any]) -> str:
    """Every word of a message, its preview, its data and its card."""
    return json.dumps(activity, ensure_ascii=False)


def shown_text(card: Any) -> str:
    """The words a reader sees on a card, without what its buttons carry."""
    if isinstance(card, Mapping):
        kept = (value for key, value in card.items() if key not in {"data", "refresh", "fallback"})
        return " ".join(shown_text(value) for value in kept)
    if isinstance(card, list | tuple):
        return " ".join(shown_text(item) for item in card)
    return card if isinstance(card, str) else ""
