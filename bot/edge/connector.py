"""Teams' connector: everything the bot sends or asks, over one pool of connections.

Nothing is raised for what Teams answers; each call returns what became of it (`bot.edge.outcomes`).
Nothing is retried here either: the courier decides that, because only it knows the rest of the queue. Every
request waits for its turn in a lane (`scheduler.pace`), which keeps Microsoft's limits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from bot.edge.activities import to_json
from bot.edge.answered import read_object, read_refusal
from bot.edge.credentials import CredentialsUnavailable, TokenSource
from bot.edge.hosts import HostList
from bot.edge.outcomes import Created, Failed, Member, Outcome, Refusal, Sent, Throttled
from bot.edge.references import ConversationRef
from scheduler.pace import Lane, Unpaced
from scheduler.seating import NotNow

TIMEOUT = aiohttp.ClientTimeout(total=10, connect=3)
LARGEST_ANSWER = 1024 * 1024
PAGE_SIZE = 500
MOST_PAGES = 50


@dataclass(frozen=True, slots=True)
class Place:
    """What a request counts against."""

    tenant_id: str | None
    conversation_id: str
    posts: bool = False
    """Whether it posts or creates: Teams counts nothing else by conversation, but may ask us to wait."""


class Connector:
    """Speaks to the connector behind a service URL."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        tokens: TokenSource,
        services: HostList,
        *,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
        lane: Lane | None = None,
    ) -> None:
        self._http = http
        self._tokens = tokens
        self._services = services
        self._timeout = timeout
        self._lane = lane or Unpaced()

    def in_lane(self, lane: Lane) -> "Connector":
        """This connector for requests that wait in another lane."""
        return Connector(self._http, self._tokens, self._services, timeout=self._timeout, lane=lane)

    async def send(
        self, ref: ConversationRef, activity: Mapping[str, Any], *, reply_to: str | None = None
    ) -> Outcome:
        """What became of a new message; `reply_to` puts it under another one (a channel's thread)."""
        path = ["conversations", ref.conversation_id, "activities", *([reply_to] if reply_to else [])]
        place = Place(ref.tenant_id, ref.conversation_id, posts=True)
        answer = await self._call("POST", ref.service_url, path, _addressed(ref, activity), place=place)
        return Sent(_text(answer, "id") or "") if isinstance(answer, dict) else answer

    async def update(self, ref: ConversationRef, activity_id: str, activity: Mapping[str, Any]) -> Outcome:
        """What became of replacing a message already posted."""
        path = ["conversations", ref.conversation_id, "activities", activity_id]
        body = {**_addressed(ref, activity), "id": activity_id}
        answer = await self._call("PUT", ref.service_url, path, body, place=_in(ref))
        return Sent(_text(answer, "id") or activity_id) if isinstance(answer, dict) else answer

    async def delete(self, ref: ConversationRef, activity_id: str) -> Outcome:
        """What became of taking a message away."""
        path = ["conversations", ref.conversation_id, "activities", activity_id]
        answer = await self._call("DELETE", ref.service_url, path, place=_in(ref))
        return Sent(activity_id) if isinstance(answer, dict) else answer

    async def create_conversation(
        self, service_url: str, *, bot_id: str, tenant_id: str, member_id: str
    ) -> Created | Refusal:
        """The one-to-one conversation with a person, by their directory id or Teams id.

        Asking again for the same person gives the same conversation.
        """
        body = {
            "bot": {"id": bot_id},
            "isGroup": False,
            "members": [{"id": member_id}],
            "tenantId": tenant_id,
            "channelData": {"tenant": {"id": tenant_id}},
        }
        return await self._create(service_url, body, Place(tenant_id, f"new:{member_id}", posts=True))

    async def create_post(
        self, service_url: str, *, bot_id: str, tenant_id: str, channel_id: str, activity: Mapping[str, Any]
    ) -> Created | Refusal:
        """A new post in a channel, with its thread. Asking again posts a second one."""
        body = {
            "bot": {"id": bot_id},
            "isGroup": True,
            "tenantId": tenant_id,
            "channelData": {"channel": {"id": channel_id}, "tenant": {"id": tenant_id}},
            "activity": dict(activity),
        }
        return await self._create(service_url, body, Place(tenant_id, channel_id, posts=True))

    async def member(self, ref: ConversationRef, member_id: str) -> Member | Refusal:
        """Who this is, with e-mail and user principal name where Teams gives them."""
        path = ["conversations", ref.conversation_id, "members", member_id]
        answer = await self._call("GET", ref.service_url, path, place=_in(ref))
        if not isinstance(answer, dict):
            return answer
        return _member(answer) or Failed(200, retryable=False, reason="unreadable_member")

    async def members(self, ref: ConversationRef) -> tuple[Member, ...] | Refusal:
        """Everyone in a conversation, page after page."""
        found: list[Member] = []
        query = {"pageSize": str(PAGE_SIZE)}
        path = ["conversations", ref.conversation_id, "pagedmembers"]
        for _ in range(MOST_PAGES):
            answer = await self._call("GET", ref.service_url, path, query=query, place=_in(ref))
            if not isinstance(answer, dict):
                return answer
            page = answer.get("members")
            entries = page if isinstance(page, list) else []
            found += [member for entry in entries if (member := _member(entry)) is not None]
            following = _text(answer, "continuationToken")
            if following is None:
                return tuple(found)
            query["continuationToken"] = following
        return Failed(200, retryable=False, reason="too_many_members")

    async def _create(self, service_url: str, body: Mapping[str, Any], place: Place) -> Created | Refusal:
        answer = await self._call("POST", service_url, ["conversations"], body, place=place)
        if not isinstance(answer, dict):
            return answer
        conversation_id = _text(answer, "id")
        if conversation_id is None:
            return Failed(201, retryable=False, reason="no_conversation_id")
        return Created(conversation_id, _text(answer, "activityId") or "")

    async def _call(
        self,
        method: str,
        service_url: str,
        path: list[str],
        body: Mapping[str, Any] | None = None,
        *,
        place: Place,
        query: Mapping[str, str] | None = None,
    ) -> dict[str, Any] | Refusal:
        """The answer's JSON object (empty where there is none), or why there is no good answer."""
        if not self._services.allows(service_url):
            return Failed(0, retryable=False, reason="service_url_not_allowed")
        address = _address(service_url, path, query)
        try:
            content = to_json(body) if body is not None else None
        except (TypeError, ValueError):
            return Failed(0, retryable=False, reason="no_json_form")
        answer = await self._attempt(method, address, content, place)
        if isinstance(answer, Failed) and answer.status == 401:
            # The token in hand may have been withdrawn early; a new one is worth one more try, and
            # what was answered with 401 has certainly not been delivered.
            self._tokens.forget()
            answer = await self._attempt(method, address, content, place)
        if isinstance(answer, Throttled) and not answer.ours:
            await self._lane.throttled(place.tenant_id, place.conversation_id, answer.wait_seconds)
        return answer

    async def _attempt(
        self, method: str, address: URL, content: bytes | None, place: Place
    ) -> dict[str, Any] | Refusal:
        headers = {"Accept": "application/json"}
        if content is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        try:
            token = await self._tokens.bearer()
        except CredentialsUnavailable:
            return Failed(0, retryable=True, reason="no_token")
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        try:
            posts_in = place.conversation_id if place.posts else None
            async with self._lane.request(place.tenant_id, posts_in):
                return await self._exchange(method, address, content, headers)
        except NotNow as later:
            return Throttled(later.wait_seconds, ours=True)

    async def _exchange(
        self, method: str, address: URL, content: bytes | None, headers: Mapping[str, str]
    ) -> dict[str, Any] | Refusal:
        writes = method == "POST"
        try:
            async with self._http.request(
                method,
                address,
                data=content,
                headers=headers,
                allow_redirects=False,
                timeout=self._timeout,
            ) as response:
                answered = await _read(response)
                if 200 <= response.status < 300:
                    return read_object(answered) or {}
                return read_refusal(response.status, response.headers, answered, posts=writes)
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError):
            return Failed(0, retryable=True, reason="no_connection")
        except TimeoutError:
            return Failed(0, retryable=True, reason="timeout", uncertain=writes)
        except aiohttp.ClientError:
            return Failed(0, retryable=True, reason="connection_lost", uncertain=writes)


def _in(ref: ConversationRef) -> Place:
    return Place(ref.tenant_id, ref.conversation_id)


def _address(service_url: str, path: list[str], query: Mapping[str, str] | None) -> URL:
    """The call's address; every id is escaped, so that none can climb to another path or add a query."""
    base = URL(service_url)
    steps = "/".join(quote(step, safe="").replace(".", "%2E") for step in path)
    parts = "&".join(f"{key}={quote(value, safe='')}" for key, value in (query or {}).items())
    where = f"{base.origin()}{base.raw_path.rstrip('/')}/v3/{steps}"
    return URL(f"{where}?{parts}" if parts else where, encoded=True)


def _addressed(ref: ConversationRef, activity: Mapping[str, Any]) -> dict[str, Any]:
    """The activity with what the reference knows, unless it says so itself."""
    known: dict[str, Any] = {"type": "message", "conversation": {"id": ref.conversation_id}}
    if ref.bot_id is not None:
        known["from"] = {"id": ref.bot_id}
    if ref.user_id is not None and ref.kind == "personal":
        known["recipient"] = {"id": ref.user_id}
    return {**known, **activity}


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """The answer's beginning; no answer we use is anywhere near the limit."""
    content = bytearray()
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > LARGEST_ANSWER:
            break
    return bytes(content[:LARGEST_ANSWER])


def _text(values: Mapping[str, Any], key: str) -> str | None:
    value = values.get(key)
    return value if isinstance(value, str) and value else None


def _member(entry: object) -> Member | None:
    if not isinstance(entry, dict) or (member_id := _text(entry, "id")) is None:
        return None
    return Member(
        id=member_id,
        directory_id=_text(entry, "aadObjectId") or _text(entry, "objectId"),
        email=_text(entry, "email"),
        upn=_text(entry, "userPrincipalName"),
        name=_text(entry, "name") or "",
        tenant_id=_text(entry, "tenantId"),
    )
