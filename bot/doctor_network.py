"""What the doctor looks at outside this machine: keys, tokens, clock and mail server."""

import asyncio
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from bot.doctor import Finding, fail, ok, warn
from bot.edge import credentials
from bot.edge.keys import SigningKeys
from bot.settings import Settings

SECONDS = 15.0
CLOCK_WARN_SECONDS = 30.0
CLOCK_FAIL_SECONDS = 240.0
"""Tokens are refused when the clocks are five minutes apart."""
_CLOCK = "Please set this machine's clock by a time server (NTP)."


async def examine_network(settings: Settings, now: datetime) -> tuple[Finding, ...]:
    """Keys, clock, tokens and mail; the demo needs none but mail."""
    looks = [_mail(settings)]
    if not settings.open_access:
        looks = [_keys(settings), _clock(settings, now), _bot_token(settings), *looks]
        if settings.mail == "graph" or settings.install_app:
            looks.append(_graph_token(settings))
    return tuple(await asyncio.gather(*looks))


async def _keys(settings: Settings) -> Finding:
    host = settings.openid_metadata_url
    async with aiohttp.ClientSession() as http:
        keys = SigningKeys(http, settings.openid_metadata_url)
        try:
            async with asyncio.timeout(SECONDS):
                there = await keys.warm()
        except TimeoutError:
            there = False
        finally:
            await keys.close()
    if there:
        return ok("signing keys", "Those that Teams signs with could be fetched.")
    do = "Please let this machine reach that address by HTTPS, and check PLUMBLINE_OPENID_METADATA_URL."
    return fail("signing keys", f"Nothing usable came from {host}, so that nobody can be let in.", do)


async def _clock(settings: Settings, now: datetime) -> Finding:
    loop = asyncio.get_running_loop()
    began = loop.time()
    try:
        async with (
            asyncio.timeout(SECONDS),
            aiohttp.ClientSession() as http,
            http.get(settings.openid_metadata_url, allow_redirects=False) as answer,
        ):
            told = parsedate_to_datetime(answer.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return warn(
            "clock", "There is nobody outside to compare it with.", "Please see to the signing keys first."
        )
    # Theirs is of whole seconds, and the answer was on its way for some time.
    apart = abs((told - now).total_seconds() - (loop.time() - began))
    return judge_clock("clock", apart, "the key endpoint's")


def judge_clock(name: str, apart_seconds: float, whose: str) -> Finding:
    """How far two clocks may be apart."""
    says = f"{apart_seconds:.0f} seconds from {whose}."
    if apart_seconds >= CLOCK_FAIL_SECONDS:
        return fail(name, says, _CLOCK)
    if apart_seconds >= CLOCK_WARN_SECONDS:
        return warn(name, says, _CLOCK)
    return ok(name, says)


async def _bot_token(settings: Settings) -> Finding:
    do = (
        "Please check PLUMBLINE_APP_ID, PLUMBLINE_TENANT_IDS and the credential: a secret or certificate may "
        "have expired. Without a token nothing can be sent to anyone."
    )
    return await _token(settings, "bot token", "", do)


async def _graph_token(settings: Settings) -> Finding:
    needs = []
    if settings.mail == "graph":
        needs.append("no mail leaves")
    if settings.install_app:
        needs.append("the app is put into nobody's Teams (TeamsAppInstallation.ReadWriteSelfForUser.All)")
    do = (
        "Please check that the app has the permissions of docs/mail.md with an administrator's consent. "
        f"Without a token {' and '.join(needs)}."
    )
    return await _token(settings, "graph token", f"{settings.graph_url}/.default", do)


async def _token(settings: Settings, name: str, scope: str, do: str) -> Finding:
    try:
        async with asyncio.timeout(SECONDS):
            answer: dict[str, Any] = await asyncio.to_thread(
                lambda: (
                    credentials.acquire_token(settings, scope=scope)
                    if scope
                    else credentials.acquire_token(settings)
                )
            )
        problem = "" if isinstance(answer.get("access_token"), str) else str(answer.get("error", "no_token"))
    except Exception as fault:
        # Whatever MSAL's HTTP library raises; its text may hold addresses and ids.
        problem = type(fault).__name__
    return fail(name, f"Entra gave none ({problem}).", do) if problem else ok(name, "Entra gives one.")


async def _mail(settings: Settings) -> Finding:
    match settings.mail:
        case "smtp":
            return await _smtp(settings)
        case "graph":
            return ok("mail", f"Leaves through Microsoft Graph as {settings.graph_mailbox}.")
        case _:
            says = f"Is written into {settings.mail_folder}, where nobody receives it."
            do = "Please set PLUMBLINE_MAIL to graph or smtp: every safety alert goes by mail too."
            return ok("mail", says) if settings.demo else warn("mail", says, do)


async def _smtp(settings: Settings) -> Finding:
    import aiosmtplib

    server = aiosmtplib.SMTP(
        hostname=settings.smtp_host,
        port=settings.smtp_port,
        use_tls=settings.smtp_security == "tls",
        start_tls=settings.smtp_security == "starttls",
        username=settings.smtp_user,
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
        timeout=SECONDS,
    )
    where = f"{settings.smtp_host}, port {settings.smtp_port}"
    try:
        async with server:
            pass
    except (aiosmtplib.SMTPException, OSError) as fault:
        do = "Please check the PLUMBLINE_SMTP_ settings: every safety alert goes by mail too."
        return fail("mail", f"{where} does not take us ({type(fault).__name__}).", do)
    return ok("mail", f"{where} takes us.")
