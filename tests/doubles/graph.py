"""A stand-in for Microsoft Graph: takes mails and installations, refuses as Graph does, fails on demand."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.doubles.connector import Fault

MAILBOX = "audits@exampleshire.example"
CATALOGUE_ID = "44444444-aaaa-bbbb-cccc-000000000004"
LARGEST_REQUEST = 4 * 1024 * 1024


@dataclass(frozen=True)
class Asked:
    """One request, as it arrived."""

    what: str
    """sendMail or install."""
    who: str
    """The mailbox or the person in the path."""
    body: dict[str, Any]
    authorization: str | None

    @property
    def to(self) -> str:
        address: str = self.body["message"]["toRecipients"][0]["emailAddress"]["address"]
        return address

    @property
    def files(self) -> dict[str, bytes]:
        """Name to content of what is attached."""
        given = self.body["message"].get("attachments", [])
        return {file["name"]: base64.b64decode(file["contentBytes"]) for file in given}


@dataclass
class GraphDouble:
    """Only `mailbox` may be sent from; people in `have_it` have the app already."""

    mailbox: str = MAILBOX
    token: str = "bot-token"
    asked: list[Asked] = field(default_factory=list)
    mails: list[Asked] = field(default_factory=list)
    installed: list[str] = field(default_factory=list)
    have_it: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    """People the directory does not have."""
    at_once: int = 0
    most_at_once: int = 0
    pause_seconds: float = 0.0
    """How long each request takes."""
    url: str = ""
    _faults: list[Fault] = field(default_factory=list)
    _ending: asyncio.Event = field(default_factory=asyncio.Event)

    def fail_next(self, *faults: Fault) -> None:
        """The next requests fail like this, one after the other."""
        self._faults.extend(faults)

    def application(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.router.add_post("/v1.0/users/{who}/sendMail", self._send_mail)
        app.router.add_post("/v1.0/users/{who}/teamwork/installedApps", self._install)
        return app

    def close(self) -> None:
        """Lets hanging requests go."""
        self._ending.set()

    async def _send_mail(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.pause_seconds)
            return await self._mailed(request)
        finally:
            self.at_once -= 1

    async def _mailed(self, request: web.Request) -> web.Response:
        asked, refused = await self._arrive(request, "sendMail")
        if refused is not None:
            return refused
        if asked.who != self.mailbox:
            return _error(403, "ErrorAccessDenied")
        if asked.body.get("saveToSentItems") not in {True, False}:
            return _error(400, "BadRequest")
        for header in asked.body["message"].get("internetMessageHeaders", []):
            if not header["name"].lower().startswith("x-"):
                return _error(400, "InvalidInternetMessageHeader")
        if "@" not in asked.to:
            return _error(400, "ErrorInvalidRecipients")
        self.mails.append(asked)
        return web.Response(status=202)

    async def _install(self, request: web.Request) -> web.Response:
        asked, refused = await self._arrive(request, "install")
        if refused is not None:
            return refused
        app = f"/v1.0/appCatalogs/teamsApps/{CATALOGUE_ID}"
        if not str(asked.body.get("teamsApp@odata.bind", "")).endswith(app):
            return _error(404, "NotFound")
        if asked.who in self.unknown:
            return _error(404, "ResourceNotFound")
        if asked.who in self.have_it:
            return _error(409, "Conflict")
        self.have_it.add(asked.who)
        self.installed.append(asked.who)
        return web.Response(status=201)

    async def _arrive(self, request: web.Request, what: str) -> tuple[Asked, web.Response | None]:
        asked = Asked(
            what,
            request.match_info["who"],
            json.loads(await request.read()),
            request.headers.get("Authorization"),
        )
        self.asked.append(asked)
        if self._faults:
            fault = self._faults.pop(0)
            if fault.after_taking and what == "sendMail":
                self.mails.append(asked)
            return asked, await self._fail(request, fault)
        if asked.authorization != f"Bearer {self.token}":
            return asked, _error(401, "InvalidAuthenticationToken")
        return asked, None

    async def _fail(self, request: web.Request, fault: Fault) -> web.Response:
        if fault.hang:
            await self._ending.wait()
        if (fault.drop or fault.hang) and request.transport is not None:
            request.transport.abort()
            return web.Response()
        return _error(fault.status, fault.code or "Error", fault.headers)


def _error(status: int, code: str, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response(
        {"error": {"code": code, "message": "as told"}}, status=status, headers=headers or {}
    )


@asynccontextmanager
async def running_graph() -> AsyncIterator[GraphDouble]:
    """Graph on a free port of this machine."""
    graph = GraphDouble()
    server = TestServer(graph.application(), host="127.0.0.1")
    await server.start_server()
    graph.url = str(server.make_url("")).rstrip("/")
    try:
        yield graph
    finally:
        graph.close()
        await server.close()
