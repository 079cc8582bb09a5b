"""A stand-in for Entra and the connector's key endpoint: issues tokens, publishes keys, rotates, fails."""

import base64
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa

ISSUER = "https://api.botframework.com"
APP_ID = "11111111-aaaa-bbbb-cccc-000000000001"
TENANT = "22222222-aaaa-bbbb-cccc-000000000002"


def _number(value: int) -> str:
    raw = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class PublishedKey:
    """A signing key as the endpoint shows it."""

    id: str
    private: rsa.RSAPrivateKey
    endorsements: list[str] = field(default_factory=lambda: ["msteams"])

    def as_jwk(self) -> dict[str, Any]:
        numbers = self.private.public_key().public_numbers()
        return {
            "kty": "RSA",
            "use": "sig",
            "kid": self.id,
            "n": _number(numbers.n),
            "e": _number(numbers.e),
            "endorsements": self.endorsements,
        }


@cache
def _private(key_id: str, bits: int) -> rsa.RSAPrivateKey:
    """Made once per run: a key takes longer to make than most tests take to run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def new_key(key_id: str, *, bits: int = 2048, endorsements: list[str] | None = None) -> PublishedKey:
    """A key that is not published until it is put into `Entra.keys`; the same id gives the same key."""
    return PublishedKey(key_id, _private(key_id, bits), ["msteams"] if endorsements is None else endorsements)


class Entra:
    """Publishes `keys`; `down` makes every document fail."""

    def __init__(self) -> None:
        self.keys = [new_key("key-1")]
        self.down = False
        self.redirect_to: str | None = None
        """Where the key document sends its readers instead of answering."""
        self.key_fetches = 0
        self.token_requests: list[dict[str, str]] = []
        self.token_answer: dict[str, Any] = {"access_token": "bot-token", "expires_in": 3600}
        self.token_status = 200
        self.url = ""

    @property
    def metadata_url(self) -> str:
        return f"{self.url}/.well-known/openidconfiguration"

    def rotate(self, key_id: str) -> PublishedKey:
        """Replaces every key by a new one."""
        self.keys = [new_key(key_id)]
        return self.keys[0]

    def token(
        self,
        service_url: str,
        *,
        key: PublishedKey | None = None,
        headers: dict[str, Any] | None = None,
        algorithm: str = "RS256",
        without: tuple[str, ...] = (),
        **changes: Any,
    ) -> str:
        """A token as the connector sends it, with claims changed or left out for the odd ones."""
        signer = key or self.keys[0]
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": ISSUER,
            "aud": APP_ID,
            "serviceurl": service_url,
            "nbf": now - 60,
            "exp": now + 3600,
            **changes,
        }
        for name in without:
            del claims[name]
        return jwt.encode(
            claims, signer.private, algorithm=algorithm, headers={"kid": signer.id, **(headers or {})}
        )

    def authorization(self, service_url: str, **changes: Any) -> dict[str, str]:
        """The header a genuine request carries."""
        return {"Authorization": f"Bearer {self.token(service_url, **changes)}"}

    async def _metadata(self, request: web.Request) -> web.Response:
        if self.down:
            return web.Response(status=503)
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        self.key_fetches += 1
        if self.down:
            return web.Response(status=503)
        if self.redirect_to is not None:
            return web.Response(status=302, headers={"Location": self.redirect_to})
        return web.json_response({"keys": [key.as_jwk() for key in self.keys]})

    async def _token(self, request: web.Request) -> web.Response:
        self.token_requests.append({key: str(value) for key, value in (await request.post()).items()})
        answer = {"token_type": "Bearer", **self.token_answer}
        return web.json_response(answer, status=self.token_status)

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/.well-known/openidconfiguration", self._metadata)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        return app


@asynccontextmanager
async def running_entra() -> AsyncIterator[Entra]:
    """Entra on a free port of this machine."""
    entra = Entra()
    server = TestServer(entra.application(), host="127.0.0.1")
    await server.start_server()
    entra.url = str(server.make_url("")).rstrip("/")
    try:
        yield entra
    finally:
        await server.close()
