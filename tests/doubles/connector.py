"""A stand-in for Teams' connector: takes what the bot sends, remembers it, and fails on demand."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aiohttp import web
from aiohttp.test_utils import TestServer


@dataclass(frozen=True)
class Arrived:
    """One request the bot made, as it arrived."""

    verb: str
    """send, reply, update, delete, create, member or members."""
    conversation_id: str
    activity_id: str
    """The activity replied to, updated or deleted; the member asked for; empty otherwise."""
    body: dict[str, Any]
    authorization: str | None
    path: str
    """As it stood in the request line, still escaped."""

    @property
    def text(self) -> str | None:
        return self.body.get("text")

    @property
    def card(self) -> dict[str, Any] | None:
        """The first Adaptive Card in it."""
        for attachment in self.body.get("attachments") or []:
            if attachment.get("contentType") == "application/vnd.microsoft.card.adaptive":
                card: dict[str, Any] = attachment["content"]
                return card
        return None


@dataclass(frozen=True)
class Fault:
    """What the connector answers instead of doing its work."""

    status: int = 0
    code: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    """Sent as it is when given; otherwise the usual error object with `code`."""
    hang: bool = False
    drop: bool = False
    """Closes the connection after taking the request."""
    verb: str | None = None
    """Only for these requests; None for any."""
    after_taking: bool = False
    """Whether the work is done all the same, as when the answer is lost on the way."""


@dataclass(frozen=True)
class KnownMember:
    """Someone Teams knows."""

    id: str
    directory_id: str
    email: str
    name: str = "Somebody"
    upn: str | None = None
    tenant_id: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "aadObjectId": self.directory_id,
            "objectId": self.directory_id,
            "email": self.email,
            "userPrincipalName": self.upn or self.email,
            "name": self.name,
            "tenantId": self.tenant_id,
        }


class TeamsConnector:
    """What a service URL leads to. `arrived` is the story, `posts` what people see now."""

    def __init__(self) -> None:
        self.arrived: list[Arrived] = []
        self.posts: dict[str, dict[str, Any]] = {}
        """Activity id to the activity as it now stands."""
        self.members: dict[str, KnownMember] = {}
        """By Teams id and by directory id."""
        self.page_size = 500
        self.service_url = ""
        self._faults: list[Fault] = []
        self._count = 0
        self._news = asyncio.Event()
        self._ending = asyncio.Event()

    def know(self, member: KnownMember) -> KnownMember:
        """Adds someone to every conversation."""
        self.members[member.id] = self.members[member.directory_id] = member
        return member

    def fail_next(self, *faults: Fault) -> None:
        """The next matching requests fail like this, one after the other."""
        self._faults.extend(faults)

    def sent(self, conversation_id: str | None = None) -> list[Arrived]:
        """Messages that arrived, in order."""
        return [
            a
            for a in self.arrived
            if a.verb in {"send", "reply"} and conversation_id in {None, a.conversation_id}
        ]

    async def wait_for(self, count: int, *, verb: str | None = None, seconds: float = 10) -> list[Arrived]:
        """The arrivals once there are that many; TimeoutError otherwise."""
        async with asyncio.timeout(seconds):
            while len(found := [a for a in self.arrived if verb in {None, a.verb}]) < count:
                self._news.clear()
                await self._news.wait()
        return found

    def application(self) -> web.Application:
        app = web.Application(client_max_size=1024 * 1024)
        v3 = "/{region}/v3/conversations"
        app.router.add_post(v3, self._create)
        app.router.add_post(v3 + "/{conversation}/activities", self._send)
        app.router.add_post(v3 + "/{conversation}/activities/{activity}", self._send)
        app.router.add_put(v3 + "/{conversation}/activities/{activity}", self._update)
        app.router.add_delete(v3 + "/{conversation}/activities/{activity}", self._delete)
        app.router.add_get(v3 + "/{conversation}/members/{member}", self._member)
        app.router.add_get(v3 + "/{conversation}/pagedmembers", self._members)
        return app

    async def close(self) -> None:
        """Lets hanging requests go."""
        self._ending.set()

    async def _arrive(self, request: web.Request, verb: str) -> tuple[Arrived, web.Response | None]:
        content = await request.read()
        arrived = Arrived(
            verb=verb,
            conversation_id=request.match_info.get("conversation", ""),
            activity_id=request.match_info.get("activity", request.match_info.get("member", "")),
            body=json.loads(content) if content else {},
            authorization=request.headers.get("Authorization"),
            path=request.raw_path,
        )
        self.arrived.append(arrived)
        self._news.set()
        fault = next((f for f in self._faults if f.verb in {None, verb}), None)
        if fault is None:
            return arrived, None
        self._faults.remove(fault)
        if fault.after_taking:
            self._take(arrived)
        return arrived, await self._fail(request, fault)

    async def _fail(self, request: web.Request, fault: Fault) -> web.Response:
        if fault.hang:
            await self._ending.wait()
        if (fault.drop or fault.hang) and request.transport is not None:
            request.transport.abort()
            return web.Response()
        body = fault.body
        if body is None:
            body = {"error": {"code": fault.code or "Error", "message": "as told"}}
        text = body if isinstance(body, str) else json.dumps(body)
        return web.Response(
            status=fault.status, text=text, content_type="application/json", headers=fault.headers
        )

    def _new_id(self, prefix: str = "1") -> str:
        self._count += 1
        return f"{prefix}:{self._count:06d}"

    def _take(self, arrived: Arrived) -> str:
        """Does the work: the post stands, is replaced or goes."""
        if arrived.verb == "delete":
            self.posts.pop(arrived.activity_id, None)
            return arrived.activity_id
        activity_id = arrived.activity_id if arrived.verb == "update" else self._new_id()
        self.posts[activity_id] = arrived.body
        return activity_id

    async def _send(self, request: web.Request) -> web.Response:
        arrived, failed = await self._arrive(request, "reply" if "activity" in request.match_info else "send")
        return failed or web.json_response({"id": self._take(arrived)}, status=201)

    async def _update(self, request: web.Request) -> web.Response:
        arrived, failed = await self._arrive(request, "update")
        if failed is None and arrived.activity_id not in self.posts:
            return web.json_response({"error": {"code": "ActivityNotFoundInConversation"}}, status=404)
        return failed or web.json_response({"id": self._take(arrived)})

    async def _delete(self, request: web.Request) -> web.Response:
        arrived, failed = await self._arrive(request, "delete")
        if failed is None:
            self._take(arrived)
        return failed or web.Response()

    async def _create(self, request: web.Request) -> web.Response:
        arrived, failed = await self._arrive(request, "create")
        if failed is not None:
            return failed
        members = arrived.body.get("members") or []
        if members:
            asked = members[0]["id"]
            known = self.members.get(asked)
            # The same person always has the same one-to-one conversation.
            return web.json_response({"id": f"a:{known.id if known else asked}"}, status=201)
        activity_id = self._new_id()
        self.posts[activity_id] = arrived.body.get("activity") or {}
        channel = arrived.body["channelData"]["channel"]["id"]
        created = {"id": f"{channel};messageid={activity_id}", "activityId": activity_id}
        return web.json_response(created, status=201)

    async def _member(self, request: web.Request) -> web.Response:
        arrived, failed = await self._arrive(request, "member")
        known = self.members.get(arrived.activity_id)
        if failed is None and known is None:
            error = {"error": {"code": "MemberNotFoundInConversation"}}
            return web.json_response(error, status=404)
        return failed or web.json_response(known.as_json() if known else {})

    async def _members(self, request: web.Request) -> web.Response:
        _, failed = await self._arrive(request, "members")
        if failed is not None:
            return failed
        everyone = list({member.id: member for member in self.members.values()}.values())
        start = int(request.query.get("continuationToken", "0"))
        end = start + self.page_size
        answer: dict[str, Any] = {"members": [member.as_json() for member in everyone[start:end]]}
        if end < len(everyone):
            answer["continuationToken"] = str(end)
        return web.json_response(answer)


Teams = TypeVar("Teams", bound=TeamsConnector)


@asynccontextmanager
async def running_connector() -> AsyncIterator[TeamsConnector]:
    """The connector on a free port of this machine."""
    async with served(TeamsConnector()) as teams:
        yield teams


@asynccontextmanager
async def served(teams: Teams) -> AsyncIterator[Teams]:
    """This connector on a free port of this machine."""
    server = TestServer(teams.application(), host="127.0.0.1")
    await server.start_server()
    teams.service_url = str(server.make_url("/emea/"))
    try:
        yield teams
    finally:
        await teams.close()
        await server.close()
