"""Why somebody cannot be reached in Teams, as far as its answers say, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from domain.days import add_working_days, local_day
from domain.people import Post

_POST_TITLES = {
    Post.AD_QA: "AD for quality assurance",
    Post.AD_CARE: "AD for social care and early help",
    Post.DCS: "Director of children's services",
    Post.SM_QA: "Service manager for quality assurance",
    Post.SM_IMPACT: "Service manager for impact and intelligence",
    Post.LEAD_MEMBER: "Lead Member for Children",
    Post.LEARNING: "Learning and development lead",
}


class Why(Enum):
    """What keeps messages from somebody, in the order in which one explains another."""

    GONE = "gone"
    """Teams no longer knows the person or their chat."""
    SWITCHED_OFF = "switched off"
    BLOCKED = "blocked"
    CLOSED = "closed"
    """Teams does not say whether the person or an administrator closed the chat."""
    REMOVED = "removed"
    NOT_INSTALLED = "not installed"
    NO_MAILBOX = "no mailbox"


# What the ledger keeps is Teams' own code, or our word where Teams was not asked. The first that fits counts.
_SIGNS: tuple[tuple[str, Why], ...] = (
    ("no longer there", Why.GONE),
    ("BotDisabledByAdmin", Why.SWITCHED_OFF),
    ("ConversationBlockedByUser", Why.BLOCKED),
    ("blocked", Why.CLOSED),
    ("uninstalled", Why.REMOVED),
    ("BotNotInConversationRoster", Why.REMOVED),
    ("not installed", Why.NOT_INSTALLED),
)


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody for whom something waits."""

    person_id: int
    name: str
    post: str
    """In words; empty when the staff list names none."""
    team: str
    """Their team, or else their service."""
    why: Why
    things: int
    """How many things wait for them."""
    since: datetime
    """When the first of them could not be delivered."""
    mailed_at: datetime | None = None
    """When an e-mail last told them that something waits."""
    mail_refused: bool = False
    """Whether their mailbox did not take the newest mail to them."""


def why_unreached(reasons: Iterable[str], *, mail_reasons: Iterable[str] = ()) -> Why:
    """The one reason behind several: once a chat is closed, whatever comes later only says that it is.

    `mail_reasons` count only for people to whom nothing but mail was to go.
    """
    found = {_why(reason) for reason in reasons}
    if not found and any(True for _ in mail_reasons):
        return Why.NO_MAILBOX
    return next((why for why in Why if why in found), Why.NOT_INSTALLED)


def is_long(since: datetime, today: date, bank_holidays: frozenset[date]) -> bool:
    """Whether a working day has passed since then."""
    return add_working_days(local_day(since), 1, bank_holidays) <= today


def post_words(posts: Iterable[Post]) -> str:
    """A person's posts in words, such as "Team manager, practice consultant"."""
    titles = [_POST_TITLES.get(post) or post.value.replace("_", " ").capitalize() for post in sorted(posts)]
    return ", ".join(titles)


def _why(reason: str) -> Why:
    return next((why for sign, why in _SIGNS if sign in reason), Why.CLOSED)
