"""Everything that Teams' connector may answer instead of taking a message, and how often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from random import Random

from tests.doubles.connector import Fault

SHARE = 0.3
"""So many of all sends meet a fault."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One fault with what it asks of us."""

    kind: str
    fault: Fault
    wait_seconds: float | None = None
    """What a 429 asks us to wait."""
    closes: bool = False
    """Whether the chat is closed until the person writes or installs."""


def _seconds(random: Random, _now: datetime) -> Trouble:
    wait = random.choice((1, 3, 7, 20))
    return Trouble("429 in seconds", Fault(429, headers={"Retry-After": str(wait)}), wait)


def _date(random: Random, now: datetime) -> Trouble:
    wait = random.choice((2, 5, 12))
    # A date knows whole seconds only.
    moment = now.replace(microsecond=0) + timedelta(seconds=wait)
    header = {"Retry-After": format_datetime(moment, usegmt=True)}
    return Trouble("429 until a date", Fault(429, headers=header), (moment - now).total_seconds())


def _always(kind: str, fault: Fault, *, closes: bool = False) -> Callable[[Random, datetime], Trouble]:
    return lambda _random, _now: Trouble(kind, fault, closes=closes)


KINDS: tuple[Callable[[Random, datetime], Trouble], ...] = (
    _seconds,
    _date,
    _always("429 without a time", Fault(429)),
    _always("412", Fault(412, "PreconditionFailed")),
    _always("500", Fault(500, "ServiceError")),
    _always("502", Fault(502)),
    _always("503", Fault(503)),
    _always("504", Fault(504)),
    _always("504 after taking it", Fault(504, after_taking=True)),
    _always("403 blocked", Fault(403, "ConversationBlockedByUser"), closes=True),
    _always("403 not installed", Fault(403, "BotNotInConversationRoster"), closes=True),
    _always("403 of another kind", Fault(403, "MessageSizeTooBig")),
    _always("404", Fault(404, "ConversationNotFound"), closes=True),
    _always("hanging socket", Fault(hang=True)),
    _always("hanging socket after taking it", Fault(hang=True, after_taking=True)),
    _always("connection lost", Fault(drop=True)),
    _always("connection lost after taking it", Fault(drop=True, after_taking=True)),
)


def drawn(random: Random, now: datetime) -> Trouble | None:
    """The next send's trouble, or None for most of them."""
    return random.choice(KINDS)(random, now) if random.random() < SHARE else None
