"""What was tried before somebody was told: plain records for escalations and requests for more time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.days import uk_date


@dataclass(frozen=True, slots=True)
class Try:
    """One nudge that an auditor was to hear."""

    on: date
    said: str
    """The framework's words."""
    became: str
    """"seen", "sent", "waiting", "unreachable" or "passed over"."""
    seen_at: datetime | None = None
    why: str = ""
    """Why it was passed over, in the words that were kept with it; empty otherwise."""
    sent_on: date | None = None
    """The day on which the card that carried it left; several of them may stand on one card."""


def in_short(tries: Iterable[Try]) -> str:
    """What was tried, in one sentence: "7 reminders sent, none answered; last 1 June 2026."

    Whatever left on one day counts as one reminder. Source: CA-06, CA-23.
    """
    tries = tuple(tries)
    sent = {one.sent_on for one in tries if one.sent_on is not None}
    if not sent:
        failed = any(one.became == "unreachable" for one in tries)
        return "No reminder could be delivered in Teams." if failed else "No reminder has gone out yet."
    answered = len({one.sent_on for one in tries if one.became == "seen"})
    number = "1 reminder" if len(sent) == 1 else f"{len(sent):,} reminders"
    return f"{number} sent, {answered or 'none'} answered; last {uk_date(max(sent))}."


@dataclass(frozen=True, slots=True)
class Tried:
    """An audit that is late or may become so, for whoever answers for its auditor."""

    audit_id: int
    auditor_name: str
    allocated_on: date
    due_on: date
    accepted: bool
    tries: tuple[Try, ...]
    """Oldest first."""
    away: str
    """The auditor's leave around the due date in words, or empty."""
    asked: str
    """What has been asked for already, in a sentence, or empty."""
    may_ask: bool


@dataclass(frozen=True, slots=True)
class Request:
    """More time, or none wanted any more, for whoever decides."""

    extension_id: int
    kind: str
    """"extension" or "exemption"."""
    auditor_name: str
    asked_by_name: str
    asked_at: datetime
    due_on: date
    """The due date when it was looked at."""
    until_on: date | None
    reason: str
    state: str
    """"asked", "approved" or "declined"."""
    decision: str
    submitted: bool = False
    """Whether the audit has come meanwhile, so that nothing is left to decide."""
