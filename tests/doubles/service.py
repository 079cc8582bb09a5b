"""The whole process on stand-ins: real HTTP in, real HTTP out, a real database between them.

    async with open_service(settings, entra, teams) as service:
        alex = service.caller(people.auditor)
        card = await alex.types("my audits")
        card = await alex.presses("Open", card)

Everything a `Caller` does goes through `POST /api/messages` with a genuine token, as Teams would send it.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import aiohttp
import requests

from bot.app import Running, serving
from bot.edge import credentials
from bot.settings import Settings
from domain.people import Person
from tests.chat import button, inputs
from tests.doubles import activities
from tests.doubles.connector import Arrived, KnownMember, TeamsConnector
from tests.doubles.entra import TENANT, Entra
from workflows.council import Council

CARD_TYPE = "application/vnd.microsoft.card.adaptive"


class EntraForMsal:
    """MSAL insists on https; this takes its requests to the stand-in."""

    def __init__(self, entra: Entra) -> None:
        self._entra = entra

    def get(self, url: str, **_options: Any) -> Any:
        base = url.partition("/v2.0/")[0]
        endpoints = {
            "issuer": f"{base}/v2.0",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            # MSAL looks for other names of the issuer before it passes a refusal on.
            "metadata": [],
        }
        answer = requests.Response()
        answer.status_code = 200
        answer._content = json.dumps(endpoints).encode()
        return answer

    def post(self, url: str, data: Any = None, **_options: Any) -> requests.Response:
        path = url.partition("//")[2].partition("/")[2]
        return requests.post(f"{self._entra.url}/{path}", data=data, timeout=10)

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class Service:
    """A serving process with its surroundings."""

    url: str
    http: aiohttp.ClientSession
    running: Running
    teams: TeamsConnector
    entra: Entra

    @property
    def council(self) -> Council:
        """What the process serves, to look into its database."""
        return self.running.asking.council

    async def post(self, activity: Mapping[str, Any]) -> tuple[int, Any]:
        """Status and JSON of the answer to an activity."""
        headers = self.entra.authorization(activity["serviceUrl"])
        async with self.http.post(self.url, json=dict(activity), headers=headers) as response:
            body = await response.read()
            return response.status, (await response.json() if body else None)

    def caller(self, person: Person, **changes: Any) -> "Caller":
        """This person at their keyboard."""
        return Caller(self, person.directory_id or "", f"29:{person.id}", f"chat-of-{person.id}", **changes)

    async def eventually(self, what: Callable[[], Any], *, seconds: float = 30) -> Any:
        """The first true value of `what`; TimeoutError when there is none in time."""
        async with asyncio.timeout(seconds):
            while not (found := what()):
                await asyncio.sleep(0.01)
        return found

    async def cards_for(self, person: Person, count: int = 1) -> list[Arrived]:
        """The messages in this person's chat once there are that many."""
        chat = f"chat-of-{person.id}"
        return list(await self.eventually(lambda: len(s := self.teams.sent(chat)) >= count and s))


@dataclass
class Caller:
    """One person who writes to the bot."""

    service: Service
    directory_id: str
    mri: str
    conversation_id: str
    kind: str = "personal"
    last: dict[str, Any] = field(default_factory=dict)
    """The activity sent last."""

    def activity(self, build: Callable[..., dict[str, Any]], *given: Any, **changes: Any) -> dict[str, Any]:
        """An activity from this person in this conversation."""
        sender = {"id": self.mri, "name": "Somebody"}
        if self.directory_id:
            sender["aadObjectId"] = self.directory_id
        conversation = {"id": self.conversation_id, "conversationType": self.kind, "tenantId": TENANT}
        self.last = build(
            self.service.teams.service_url,
            *given,
            **{"from": sender, "conversation": conversation, "id": f"1:{uuid4().hex}", **changes},
        )
        return self.last

    def known_as(self, email: str, **changes: Any) -> KnownMember:
        """What Teams' member call says of this person."""
        given = {"email": email, "tenant_id": TENANT, **changes}
        return self.service.teams.know(KnownMember(self.mri, self.directory_id, **given))

    async def types(self, text: str, **changes: Any) -> dict[str, Any]:
        """The card that answers a typed line."""
        return await self._posted(self.activity(activities.message, text, **changes))

    async def attaches(self, *files: dict[str, Any]) -> list[dict[str, Any]]:
        """The cards that answer a message with these attachments."""
        await self.sends(self.activity(activities.message, "", attachments=list(files)))
        return [answer.card or {} for answer in self.answers()]

    async def installs(self, action: str = "add") -> tuple[int, Any]:
        """The app is added to or removed from this chat."""
        return await self.sends(self.activity(activities.installation, action))

    async def presses(self, title: str, card: Mapping[str, Any], **typed: str) -> dict[str, Any]:
        """The card that takes the place of this one after an Action.Execute."""
        _, answer = await self.sends(self.activity(activities.press, filled(card, title, typed)))
        assert answer["statusCode"] == 200, answer
        assert answer["type"] == CARD_TYPE
        shown: dict[str, Any] = answer["value"]
        return shown

    async def submits(self, title: str, place: str, **typed: str) -> dict[str, Any]:
        """The card that stands in this message after a press on it came as Action.Submit."""
        card = card_in(self.service.teams.posts[place])
        await self.sends(
            self.activity(activities.submit, filled(card, title, typed), replyToId=place),
        )
        return card_in(self.service.teams.posts[place])

    async def asks_dialog(self, name: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """The task of the answer to `task/fetch` or `task/submit`."""
        status, answer = await self.sends(self.activity(activities.dialog, name, dict(data)))
        assert status == 200
        task: dict[str, Any] = answer["task"]
        return task

    async def sends(self, activity: Mapping[str, Any]) -> tuple[int, Any]:
        """Status and JSON of the answer to any activity."""
        return await self.service.post(activity)

    def newest(self) -> str:
        """The id of the message that answered last."""
        body = self.answers()[-1].body
        return next(place for place, post in self.service.teams.posts.items() if post is body)

    def answers(self) -> list[Arrived]:
        """The messages that answered the activity sent last, in order."""
        return [
            a for a in self.service.teams.arrived if a.verb == "reply" and a.activity_id == self.last["id"]
        ]

    async def _posted(self, activity: Mapping[str, Any]) -> dict[str, Any]:
        status, _ = await self.sends(activity)
        assert status == 200
        (answer,) = self.answers()
        assert answer.card is not None, answer.text
        return answer.card


def filled(card: Mapping[str, Any], title: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the client sends for the button whose title starts so: its data and every input."""
    shown = {node["id"]: node.get("value", "") for node in inputs(card)}
    unknown = set(typed) - set(shown)
    assert not unknown, f"the card has no input {unknown}; it has {sorted(shown)}"
    return {**button(card, title), **{k: v for k, v in shown.items() if v}, **typed}


def card_in(activity: Mapping[str, Any]) -> dict[str, Any]:
    """The Adaptive Card of a message."""
    (attachment,) = activity["attachments"]
    assert attachment["contentType"] == CARD_TYPE
    card: dict[str, Any] = attachment["content"]
    return card


@asynccontextmanager
async def open_service(chosen: Settings, entra: Entra, teams: TeamsConnector) -> AsyncIterator[Service]:
    """The process of `plumbline run`, on a free port, with its own token from the stand-in."""
    acquire = credentials.acquire_token

    def from_the_double(settings: Settings, http_client: Any = None, **given: Any) -> dict[str, Any]:
        return acquire(settings, http_client or EntraForMsal(entra), **given)

    credentials.acquire_token = from_the_double
    try:
        async with aiohttp.ClientSession() as http, serving(chosen) as running:
            url = f"http://127.0.0.1:{running.port}/api/messages"
            yield Service(url, http, running, teams, entra)
    finally:
        credentials.acquire_token = acquire
