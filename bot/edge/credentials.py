"""The bot's own tokens, for Teams and for Graph: fetched off the event loop, once for everybody who waits."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any, Protocol

from bot.settings import Settings

log = logging.getLogger(__name__)

RENEW_BEFORE_SECONDS = 5 * 60
RETRY_SECONDS = 5
ACQUIRE_SECONDS = 15


class CredentialsUnavailable(Exception):
    """No token could be had; the message is the issuer's short error code."""


class TokenSource(Protocol):
    """Where the connector gets its bearer token."""

    async def bearer(self) -> str | None:
        """The token; None to send without one. Raises CredentialsUnavailable."""

    def forget(self) -> None:
        """Drops the token in hand, because Teams refused it."""


class NoToken:
    """The demo's source: this machine's own client wants none."""

    async def bearer(self) -> str | None:
        """None, always."""
        return None

    def forget(self) -> None:
        """Nothing to drop."""


class CachedToken:
    """Keeps what `acquire` gave until shortly before it ends.

    `acquire` blocks; it returns MSAL's answer: `access_token` and `expires_in` (seconds), or `error`.
    """

    def __init__(
        self, acquire: Callable[[], dict[str, Any]], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._acquire = acquire
        self._clock = clock
        self._token: str | None = None
        self._renew_at = 0.0
        self._ends_at = 0.0
        self._problem = "dropped"
        self._fetching: asyncio.Task[None] | None = None

    async def bearer(self) -> str:
        """The token, renewed where it is due. A failing renewal goes unnoticed while the old one lasts."""
        if self._token is None or self._clock() >= self._renew_at:
            if self._fetching is None or self._fetching.done():
                self._fetching = asyncio.create_task(self._renew(), name="bot token")
            # Shielded: one sender giving up must not take the token from the others.
            await asyncio.shield(self._fetching)
        if self._token is None or self._clock() >= self._ends_at:
            raise CredentialsUnavailable(self._problem)
        return self._token

    def forget(self) -> None:
        """Drops the token in hand."""
        self._token = None

    async def _renew(self) -> None:
        asked_at = self._clock()
        try:
            async with asyncio.timeout(ACQUIRE_SECONDS):
                answer = await asyncio.to_thread(self._acquire)
            token, life = answer.get("access_token"), float(answer.get("expires_in", 0))
        except Exception as error:  # MSAL passes on whatever its HTTP library raises.
            answer, token, life = {"error": type(error).__name__}, None, 0.0
        if not isinstance(token, str):
            self._problem = str(answer.get("error", "no_token"))
            # Asked again a little later, not with every message that is waiting.
            self._renew_at = asked_at + RETRY_SECONDS
            log.warning("bot token not renewed (%s)", self._problem)
            return
        self._token = token
        self._ends_at = asked_at + life
        self._renew_at = asked_at + max(life - RENEW_BEFORE_SECONDS, life / 2)


def token_source(settings: Settings) -> TokenSource:
    """The source the settings name."""
    if settings.open_access:
        return NoToken()
    return CachedToken(lambda: acquire_token(settings))


def graph_token_source(settings: Settings) -> TokenSource:
    """The source of tokens for Microsoft Graph, of the same app and of Graph's own scope."""
    if settings.open_access:
        return NoToken()
    scope = f"{settings.graph_url}/.default"
    return CachedToken(lambda: acquire_token(settings, scope=scope))


def acquire_token(settings: Settings, http_client: Any = None, *, scope: str = "") -> dict[str, Any]:
    """MSAL's answer to one request for a token; blocks on the network. Without a scope it is the connector's.

    MSAL's application is built anew each time, about once an hour: then the cache above is the only
    one, a token Teams refused cannot come back from MSAL's own, and a renewed certificate is read.
    """
    import msal

    wanted = scope or settings.token_scope
    if settings.credential == "managed_identity":
        import requests

        client_id = settings.managed_identity_client_id or settings.app_id
        identity = msal.ManagedIdentityClient(
            msal.UserAssignedManagedIdentity(client_id=client_id),
            http_client=http_client or requests.Session(),
        )
        resource = wanted.removesuffix("/.default")
        return dict(identity.acquire_token_for_client(resource=resource))
    application = msal.ConfidentialClientApplication(
        settings.app_id,
        authority=f"{settings.login_authority}/{settings.tenant_ids[0]}",
        client_credential=_client_credential(settings),
        http_client=http_client,
        timeout=ACQUIRE_SECONDS,
    )
    return dict(application.acquire_token_for_client(scopes=[wanted]))


def _client_credential(settings: Settings) -> str | dict[str, str]:
    if settings.credential == "secret" and settings.client_secret is not None:
        return settings.client_secret.get_secret_value()
    if settings.certificate_file is None:
        raise CredentialsUnavailable("no_credential")
    pem = settings.certificate_file.read_text()
    credential = {"private_key": pem, "public_certificate": pem}
    if settings.certificate_password is not None:
        credential["passphrase"] = settings.certificate_password.get_secret_value()
    return credential
