"""Whether a request comes from Teams' connector: the token that came with it, checked strictly."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from jwt.utils import base64url_decode

from bot.edge.keys import SigningKeys

CLOCK_SKEW_SECONDS = 5 * 60
"""What the Bot Connector documentation allows clocks to differ by."""
LONGEST_TOKEN = 6 * 1024
"""Theirs are well under half of that."""
LONGEST_KEY_ID = 256


class TokenRefused(Exception):
    """The token does not prove that Teams sent this; the message is a short code for the log."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a good token says."""

    service_url: str
    claims: Mapping[str, Any]
    endorsements: frozenset[str]
    """Channels the signing key may speak for."""


class TokenCheck:
    """Checks tokens made out to one app id."""

    def __init__(self, keys: SigningKeys, *, app_id: str, issuer: str) -> None:
        self._keys = keys
        self._app_id = app_id
        self._issuer = issuer

    async def verify(self, authorization: str | None) -> Verified:
        """What the Authorization header proves. Raises TokenRefused for everything short of proof."""
        token = _bearer(authorization)
        key = await self._keys.find(_key_id(token))
        if key is None:
            raise TokenRefused("unknown_key")
        try:
            claims = jwt.decode(
                token,
                key.public,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=self._issuer,
                leeway=CLOCK_SKEW_SECONDS,
                options={"require": ["exp", "iss", "aud"], "strict_aud": True},
            )
        except jwt.PyJWTError as error:
            raise TokenRefused(type(error).__name__) from None
        except (ValueError, TypeError, OverflowError, RecursionError):
            # Claims of absurd shape or size make the library stumble before it judges them.
            raise TokenRefused("malformed") from None
        service_url = claims.get("serviceurl")
        if not isinstance(service_url, str) or not service_url:
            raise TokenRefused("no_service_url")
        return Verified(service_url, claims, key.endorsements)


def _bearer(authorization: str | None) -> str:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token.isascii() or not 0 < len(token) <= LONGEST_TOKEN:
        raise TokenRefused("no_bearer")
    return token


def _key_id(token: str) -> str:
    """The key the token says it was signed with, once its header shows RS256 and nothing unusual."""
    try:
        header = json.loads(base64url_decode(token.partition(".")[0]))
    except (ValueError, TypeError, RecursionError):
        raise TokenRefused("malformed") from None
    if not isinstance(header, dict):
        raise TokenRefused("malformed")
    key_id = header.get("kid")
    if header.get("alg") != "RS256" or "crit" in header:
        raise TokenRefused("algorithm")
    if not isinstance(key_id, str) or not 0 < len(key_id) <= LONGEST_KEY_ID:
        raise TokenRefused("unknown_key")
    return key_id
