"""What a refusal of Teams' connector means, read from its status, headers and error codes."""

import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from bot.edge.outcomes import Blocked, Failed, Gone, NotInstalled, Refusal, Throttled

RETRYABLE = frozenset({401, 412, 502, 503, 504})
"""Microsoft's own list, next to 429, and 401: what our token did not open has certainly not been delivered,
and a credential renewed meanwhile may still take it there. A 500 is not on it: repeating one may post twice.
"""
GAVE_UP = frozenset({502, 504})
"""A gateway lost or stopped waiting for what stands behind it, which may have posted the message."""
BLOCKED = frozenset({"BotDisabledByAdmin", "ConversationBlockedByUser", "MessageWritesBlocked"})
NOT_INSTALLED = frozenset({"BotNotInConversationRoster", "ForbiddenOperationException"})
LONGEST_WAIT_SECONDS = 60 * 60
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")
"""What a code is made of. It goes to the log and the ledger, where no sentence may follow it."""


def read_refusal(
    status: int, headers: Mapping[str, str], body: bytes, now: datetime | None = None, *, posts: bool = False
) -> Refusal:
    """The outcome for an answer that is not a success; `posts`: a repeat of the request could show twice."""
    codes = tuple(error_codes(body))
    code = codes[0] if codes else ""
    if status == 429:
        return Throttled(wait_seconds(headers.get("Retry-After"), now or datetime.now(UTC)))
    if status in {403, 404}:
        # A block shows at two depths, depending on who blocked and how.
        for found in codes:
            if found in BLOCKED:
                return Blocked(found)
            if found in NOT_INSTALLED:
                return NotInstalled(found)
    if status in {404, 410}:
        return Gone()
    if 300 <= status < 400:
        # Followed nowhere: the redirect could lead our token to another host.
        return Failed(status, retryable=False, reason="redirected")
    return Failed(
        status,
        retryable=status in RETRYABLE,
        reason=code or f"status_{status}",
        uncertain=posts and status in GAVE_UP,
    )


def read_object(content: bytes) -> dict[str, Any] | None:
    """The JSON object in there, or None."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def error_codes(body: bytes) -> Iterator[str]:
    """The error codes in there. Teams writes them in several forms, one of them as JSON inside a text."""
    whole = read_object(body) or {}
    error = whole.get("error")
    for place in (error if isinstance(error, dict) else {}, whole):
        message = place.get("message")
        inner = read_object(message.encode()) if isinstance(message, str) else None
        for value in (place.get("code"), place.get("subCode"), (inner or {}).get("subCode")):
            if isinstance(value, str) and _CODE.fullmatch(value):
                yield value


def wait_seconds(retry_after: str | None, now: datetime) -> float | None:
    """Seconds to wait, whether written as a number or as a date; None when unreadable."""
    if retry_after is None:
        return None
    try:
        seconds = float(retry_after)
    except ValueError:
        try:
            moment = parsedate_to_datetime(retry_after)
        except ValueError:
            return None
        if moment.tzinfo is None:
            return None
        seconds = (moment - now).total_seconds()
    return min(max(seconds, 0.0), LONGEST_WAIT_SECONDS) if math.isfinite(seconds) else None
