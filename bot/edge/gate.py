"""Which requests become turns: size, token, JSON, shape, service URL, channel, tenant, in this order.

Nothing of the body is looked at before the token is proved. What fails is answered 400, 401, 403 or
413 with a short code, and no part of the bot has run.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

import orjson
from aiohttp import ClientPayloadError, web
from aiohttp.http_exceptions import HttpProcessingError
from yarl import URL

from bot.edge.hosts import HostList
from bot.edge.references import tenant_of
from bot.edge.tokens import TokenCheck, TokenRefused, Verified
from bot.settings_fields import is_loopback

LARGEST_BODY = 256 * 1024
LONGEST_HEADER = 64 * 1024
"""What the HTTP server reads of one header, so that an overlong token is refused here like any other."""
BODY_SECONDS = 10
CHANNEL = "msteams"

_NUL_ESCAPE = rb"\u0000"


class Refused(Exception):
    """The request goes no further."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        """A short code, safe to log and to answer."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """An activity that may become a turn."""

    activity: dict[str, Any]
    """Its JSON, with the parts every turn needs present and of the right type."""
    claims: Mapping[str, Any]
    """What the token says; empty in the demo."""
    tenant_id: str | None
    """Lower case. Always set where sign-in is on."""


class Gate:
    """Decides on each request. Without a token check only this machine is let in (the demo)."""

    def __init__(self, tokens: TokenCheck | None, services: HostList, tenant_ids: Iterable[str]) -> None:
        self._tokens = tokens
        self._services = services
        self._tenants = frozenset(tenant.lower() for tenant in tenant_ids)

    async def admit(self, request: web.Request) -> Admitted:
        """The activity of this request. Raises Refused."""
        if (request.content_length or 0) > LARGEST_BODY:
            raise Refused(413, "too_large")
        verified = await self._sender(request)
        activity = _parse(await _read(request), request.content_type)
        self._check_sender(verified, activity)
        if not self._services.allows(activity["serviceUrl"]):
            raise Refused(403, "service_url_not_allowed")
        tenant = tenant_of(activity)
        if tenant not in self._tenants and (self._tokens is not None or self._tenants):
            raise Refused(403, "tenant_not_allowed")
        return Admitted(activity, verified.claims if verified else {}, tenant)

    async def _sender(self, request: web.Request) -> Verified | None:
        if self._tokens is None:
            if not (_is_this_machine(request) and _is_called_so(request)):
                raise Refused(401, "demo_is_local")
            return None
        if len(request.headers.getall("Authorization", [])) > 1:
            raise Refused(401, "no_bearer")
        try:
            return await self._tokens.verify(request.headers.get("Authorization"))
        except TokenRefused as refusal:
            raise Refused(401, str(refusal)) from None

    @staticmethod
    def _check_sender(verified: Verified | None, activity: Mapping[str, Any]) -> None:
        """The token must speak for this very activity: its service URL and its channel."""
        if activity["channelId"] != CHANNEL:
            raise Refused(403, "channel_not_allowed")
        if verified is None:
            return
        if CHANNEL not in verified.endorsements:
            raise Refused(403, "key_not_endorsed")
        if verified.service_url != activity["serviceUrl"]:
            raise Refused(403, "service_url_differs")


def _is_this_machine(request: web.Request) -> bool:
    """Whether the peer's socket is local. Headers that name another peer are ignored on purpose."""
    peer = request.transport.get_extra_info("peername") if request.transport is not None else None
    try:
        return isinstance(peer, tuple) and ip_address(peer[0]).is_loopback
    except ValueError:
        return False


def _is_called_so(request: web.Request) -> bool:
    """Whether the caller knows this machine by its own name.

    A page of somebody else's, open in a browser here, can have its own name lead to this machine.
    """
    try:
        return is_loopback(URL(f"//{request.headers.get('Host', '')}").host or "")
    except ValueError:
        return False


async def _read(request: web.Request) -> bytes:
    """The body, counted as it arrives because a chunked one announces no length."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > LARGEST_BODY:
                    raise Refused(413, "too_large")
    except TimeoutError:
        raise Refused(400, "slow_body") from None
    except (web.RequestPayloadError, ClientPayloadError, HttpProcessingError):
        raise Refused(400, "broken_body") from None
    return bytes(body)


def _parse(body: bytes, content_type: str) -> dict[str, Any]:
    # A web page can make a browser post plain text to this machine, but not JSON.
    if content_type != "application/json":
        raise Refused(400, "not_json")
    try:
        activity = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Refused(400, "not_json") from None
    if not isinstance(activity, dict):
        raise Refused(400, "not_an_activity")
    try:
        if _NUL_ESCAPE in body and not _is_writable(activity):
            raise Refused(400, "unwritable_text")
    except RecursionError:
        raise Refused(400, "nested_too_deep") from None
    for name in ("type", "channelId", "serviceUrl"):
        _require_text(activity, name)
    for name in ("conversation", "from"):
        _require_text(_require_object(activity, name), "id")
    if activity.get("recipient") is not None:
        _require_object(activity, "recipient")
    return activity


def _is_writable(value: object) -> bool:
    """Whether every text can be stored: a NUL would only fail later, in PostgreSQL."""
    if isinstance(value, str):
        return "\0" not in value
    if isinstance(value, dict):
        return all(_is_writable(key) and _is_writable(item) for key, item in value.items())
    if isinstance(value, list):
        return all(_is_writable(item) for item in value)
    return True


def _require_text(values: Mapping[str, Any], name: str) -> None:
    if not isinstance(values.get(name), str) or not values[name]:
        raise Refused(400, f"no_{name}")


def _require_object(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = values.get(name)
    if not isinstance(found, dict):
        raise Refused(400, f"no_{name}")
    return found
