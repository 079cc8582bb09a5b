"""The public keys Teams' connector signs with: cached, renewed, and kept when their home is down."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm
from jwt.exceptions import PyJWTError
from yarl import URL

from bot.settings_fields import is_loopback

log = logging.getLogger(__name__)

FRESH_SECONDS = 24 * 60 * 60
REFETCH_SECONDS = 3.0
"""The least time between two fetches, so that made-up key ids cannot set off a flood of them."""
FETCH_TIMEOUT = aiohttp.ClientTimeout(total=5, connect=3)
LARGEST_DOCUMENT = 1024 * 1024
SMALLEST_KEY_BITS = 2048


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key, with the channels it may speak for."""

    id: str
    public: RSAPublicKey
    endorsements: frozenset[str]


class KeysUnavailable(Exception):
    """The key documents could not be fetched or hold nothing usable."""


class SigningKeys:
    """The keys published behind one OpenID metadata address."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        metadata_url: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        refetch_seconds: float = REFETCH_SECONDS,
    ) -> None:
        self._http = http
        self._metadata_url = URL(metadata_url)
        self._clock = clock
        self._refetch_seconds = refetch_seconds
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched_at: float | None = None
        self._tried_at: float | None = None
        self._fetching: asyncio.Task[None] | None = None

    async def find(self, key_id: str) -> SigningKey | None:
        """The key of this id; None when it is not published, or nothing could be fetched yet.

        An unknown id asks the endpoint at once, because keys are changed without notice; all who wait
        share one fetch. A known key never waits: stale ones are renewed behind its back.
        """
        known = self._keys.get(key_id)
        if known is not None:
            if self._is_stale():
                self._start_fetch()
            return known
        fetch = self._start_fetch()
        if fetch is not None:
            # Shielded: one caller hanging up must not take the answer from the others.
            await asyncio.shield(fetch)
        return self._keys.get(key_id)

    async def warm(self) -> bool:
        """Whether keys are at hand, fetching them first where none are."""
        if not self._keys and (fetch := self._start_fetch()) is not None:
            await asyncio.shield(fetch)
        return bool(self._keys)

    async def close(self) -> None:
        """Ends a fetch under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    def _is_stale(self) -> bool:
        return self._fetched_at is None or self._clock() - self._fetched_at > FRESH_SECONDS

    def _start_fetch(self) -> asyncio.Task[None] | None:
        """The fetch to wait for: the one under way, a new one, or None while it is too soon."""
        if self._fetching is not None and not self._fetching.done():
            return self._fetching
        now = self._clock()
        if self._tried_at is not None and now - self._tried_at < self._refetch_seconds:
            return None
        self._tried_at = now
        self._fetching = asyncio.create_task(self._fetch(), name="signing keys")
        return self._fetching

    async def _fetch(self) -> None:
        try:
            metadata = await self._document(self._metadata_url)
            keys = _usable_keys(await self._document(self._keys_address(metadata)))
        except (aiohttp.ClientError, TimeoutError, KeysUnavailable) as error:
            log.warning("signing keys not renewed (%s); %d kept", type(error).__name__, len(self._keys))
            return
        self._keys = keys
        self._fetched_at = self._clock()
        log.info("signing keys renewed; %d usable", len(keys))

    async def _document(self, address: URL) -> dict[str, Any]:
        async with self._http.get(address, allow_redirects=False, timeout=FETCH_TIMEOUT) as response:
            if response.status != 200:
                raise KeysUnavailable(f"status {response.status}")
            body = bytearray()
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > LARGEST_DOCUMENT:
                    raise KeysUnavailable("too large")
        try:
            document = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise KeysUnavailable("not JSON") from error
        if not isinstance(document, dict):
            raise KeysUnavailable("not an object")
        return document

    def _keys_address(self, metadata: Mapping[str, Any]) -> URL:
        address = metadata.get("jwks_uri")
        try:
            url = URL(address) if isinstance(address, str) else URL()
        except ValueError as error:
            raise KeysUnavailable("no address of keys") from error
        # Plain http only where the metadata itself came that way from this machine, as in tests.
        local = is_loopback(self._metadata_url.host or "") and is_loopback(url.host or "")
        if not url.host or (url.scheme != "https" and not local):
            raise KeysUnavailable("address of keys not safe")
        return url


def _usable_keys(document: Mapping[str, Any]) -> dict[str, SigningKey]:
    """Key id to key, RSA of 2048 bits or more. Raises KeysUnavailable when none is usable."""
    listed = document.get("keys")
    found = [key for entry in (listed if isinstance(listed, list) else []) if (key := _signing_key(entry))]
    if not found:
        raise KeysUnavailable("no usable key")
    return {key.id: key for key in found}


def _signing_key(entry: object) -> SigningKey | None:
    if not isinstance(entry, dict) or entry.get("kty") != "RSA" or entry.get("use", "sig") != "sig":
        return None
    key_id, endorsements = entry.get("kid"), entry.get("endorsements")
    if not isinstance(key_id, str) or not key_id or not isinstance(endorsements, list):
        return None
    try:
        public = RSAAlgorithm.from_jwk({"kty": "RSA", "n": entry["n"], "e": entry["e"]})
    except (PyJWTError, ValueError, TypeError, KeyError):
        return None
    if not isinstance(public, RSAPublicKey) or public.key_size < SMALLEST_KEY_BITS:
        return None
    return SigningKey(key_id, public, frozenset(e for e in endorsements if isinstance(e, str)))
