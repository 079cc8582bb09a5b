"""What becomes of a notice after it was handed over: settled, or tried again when.

Microsoft's list of what may be repeated is 412, 429, 502, 503 and 504, and what was answered with 401 was
not delivered either; a 500 may have been carried out and is not repeated. The post says which of them it met.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.ports import Blocked, Failed, Gone, NotInstalled, Outcome, Sent, Throttled
from storage.database import Busy
from storage.notices import URGENT, Notice

FIRST_WAIT_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 15 * 60.0
LONGEST_URGENT_WAIT_SECONDS = 30.0
"""A safety alert is tried again at least this often (SG-02)."""
MOST_TRIES = 200
"""Two days of the longest waits; by then a person must look."""
MOST_URGENT_TRIES = 3000
"""A day of the longest waits between tries of a safety alert."""

POST_GONE = "the post was deleted"
"""Why an edit of a channel's post came to nothing."""
MOST_FAULTS = 6
"""What still cannot be drawn after so many tries will not mend itself."""


@dataclass(frozen=True, slots=True)
class Settle:
    """The notice has come to an end."""

    state: str
    """"sent", "unreachable" or "dead"."""
    reason: str | None = None
    activity_id: str | None = None
    reach_state: str | None = None
    """What the outcome says of the person's chat: "blocked" or "uninstalled"."""
    conversation_id: str = ""
    """The thread that a post in a channel began."""


@dataclass(frozen=True, slots=True)
class Retry:
    """The notice goes back into the outbox."""

    due_at: datetime
    reason: str
    possibly_repeated: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """Nothing was handed over; the notice waits until then and the try does not count."""

    due_at: datetime
    reason: str


Verdict = Settle | Retry | Later


def judge(outcome: Outcome, notice: Notice, *, now: datetime, jitter: float) -> Verdict:
    """The verdict on one outcome; `jitter`, 0 to 1, keeps many waiting notices from coming back at once."""
    match outcome:
        case Sent(activity_id, conversation_id):
            return Settle("sent", activity_id=activity_id or None, conversation_id=conversation_id)
        case Throttled(seconds, ours=True):
            return Later(now + timedelta(seconds=(seconds or 0.0) + jitter), "no room at this moment")
        case Throttled(seconds):
            wait = _backoff(notice, jitter) if seconds is None else max(seconds, 1.0) + jitter
            return _again(notice, now, wait, "throttled")
        case Blocked(code):
            return Settle("unreachable", f"blocked ({code})", reach_state="blocked")
        case NotInstalled(code):
            return Settle("unreachable", f"not installed ({code})", reach_state="uninstalled")
        case Gone() if notice.channel_id is not None and notice.medium == "update":
            # Somebody deleted the post; the channel is there all the same.
            return Settle("dropped", POST_GONE)
        case Gone():
            return Settle("unreachable", "no longer there", reach_state="uninstalled")
        case Failed(retryable=True):
            again = _again(notice, now, _backoff(notice, jitter), outcome.reason)
            if isinstance(again, Retry) and outcome.uncertain:
                return Retry(again.due_at, again.reason, possibly_repeated=True)
            return again
        case Failed():
            return Settle(
                "dead", f"{outcome.reason} ({outcome.status})" if outcome.status else outcome.reason
            )


def after_fault(fault: Exception, notice: Notice, *, now: datetime, jitter: float) -> Verdict:
    """The verdict on a notice that could not be drawn: tried a few times more, then left for a person."""
    name = type(fault).__name__
    if notice.tries >= MOST_FAULTS and not isinstance(fault, Busy):
        return Settle("dead", f"could not be drawn: {name}")
    return _again(notice, now, _backoff(notice, jitter), name)


def _again(notice: Notice, now: datetime, wait_seconds: float, reason: str) -> Verdict:
    most = MOST_URGENT_TRIES if notice.kind in URGENT else MOST_TRIES
    if notice.tries >= most:
        return Settle("dead", f"given up after {notice.tries} tries: {reason}")
    return Retry(now + timedelta(seconds=wait_seconds), reason)


def _backoff(notice: Notice, jitter: float) -> float:
    """Seconds: doubling with each try up to the longest wait, the last half of it at random."""
    longest = LONGEST_URGENT_WAIT_SECONDS if notice.kind in URGENT else LONGEST_WAIT_SECONDS
    # Beyond some twenty doublings the power itself would grow without bound.
    whole = min(longest, FIRST_WAIT_SECONDS * 2.0 ** min(notice.tries - 1, 20))
    return whole * (0.5 + jitter / 2)
