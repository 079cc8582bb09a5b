"""Tokens as Teams' connector issues them, and the endpoint that publishes the key they are signed with."""

import itertools
import time
from collections.abc import Iterator
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from jwt.algorithms import RSAAlgorithm

from bench.turn.activity import APP_ID, SERVICE_URL

ISSUER = "https://api.botframework.com"
KEY_ID = "bench-key"
TOKENS = 500
"""Different tokens in turn, so that no server can pass by remembering one verdict."""
LIFE_SECONDS = 3600


class Issuer:
    """Signs tokens and publishes the key on a port of this machine."""

    def __init__(self) -> None:
        self._key = generate_private_key(public_exponent=65537, key_size=2048)
        self._runner: web.AppRunner | None = None
        self.metadata_url = ""

    async def open(self) -> None:
        """Publish the metadata and the key."""
        app = web.Application()
        app.router.add_get("/openidconfiguration", self._metadata)
        app.router.add_get("/keys", self._keys)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self._address = f"http://127.0.0.1:{port}"
        self.metadata_url = f"{self._address}/openidconfiguration"

    async def close(self) -> None:
        """Stop publishing."""
        if self._runner is not None:
            await self._runner.cleanup()

    def tokens(self) -> Iterator[str]:
        """Good tokens for ever, each unlike the one before it."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": APP_ID,
            "serviceurl": SERVICE_URL,
            "nbf": now - 60,
            "exp": now + LIFE_SECONDS,
        }
        signed = [
            jwt.encode({**claims, "iat": now - n}, self._key, algorithm="RS256", headers={"kid": KEY_ID})
            for n in range(TOKENS)
        ]
        return itertools.cycle(signed)

    async def _metadata(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": ISSUER,
                "jwks_uri": f"{self._address}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            }
        )

    async def _keys(self, _request: web.Request) -> web.Response:
        public: dict[str, Any] = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        key = {**public, "kid": KEY_ID, "use": "sig", "alg": "RS256", "endorsements": ["msteams"]}
        return web.json_response({"keys": [key]})
