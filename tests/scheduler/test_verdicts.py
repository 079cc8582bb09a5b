"""What becomes of a notice, by what became of its delivery."""

from datetime import timedelta

import pytest

from domain.delivery import Blocked, Failed, Gone, NotInstalled, Outcome, Sent, Throttled
from scheduler.verdicts import (
    LONGEST_URGENT_WAIT_SECONDS,
    LONGEST_WAIT_SECONDS,
    MOST_FAULTS,
    MOST_TRIES,
    Retry,
    Settle,
    Verdict,
    after_fault,
    judge,
)
from storage.database import Busy
from storage.notices import Notice
from tests.builders import NOW


@pytest.mark.parametrize(
    ("outcome", "settled"),
    [
        (Sent("a1"), Settle("sent", activity_id="a1")),
        (Sent(""), Settle("sent")),
        (
            Blocked("ConversationBlockedByUser"),
            Settle("unreachable", "blocked (ConversationBlockedByUser)", reach_state="blocked"),
        ),
        (
            NotInstalled("BotNotInConversationRoster"),
            Settle("unreachable", "not installed (BotNotInConversationRoster)", reach_state="uninstalled"),
        ),
        (Gone(), Settle("unreachable", "no longer there", reach_state="uninstalled")),
        # A 500 may have been carried out; repeating it could post twice.
        (Failed(500, retryable=False, reason="status_500"), Settle("dead", "status_500 (500)")),
        (Failed(0, retryable=False, reason="no_json_form"), Settle("dead", "no_json_form")),
    ],
)
def test_an_end_is_an_end(outcome: Outcome, settled: Settle) -> None:
    assert _judge(outcome) == settled


def test_a_throttled_notice_waits_as_long_as_it_was_asked_to() -> None:
    verdict = _judge(Throttled(30.0), jitter=0.5)

    assert verdict == Retry(NOW + timedelta(seconds=30.5), "throttled")


@pytest.mark.parametrize(("tries", "seconds"), [(1, 2), (2, 4), (3, 8), (9, 512), (10, 900), (40, 900)])
def test_each_try_waits_twice_as_long_up_to_the_longest(tries: int, seconds: int) -> None:
    verdict = _judge(Failed(503, retryable=True, reason="status_503"), tries=tries, jitter=1.0)

    assert verdict == Retry(NOW + timedelta(seconds=seconds), "status_503")
    assert seconds <= LONGEST_WAIT_SECONDS


@pytest.mark.parametrize("outcome", [Throttled(None), Failed(412, retryable=True, reason="status_412")])
def test_half_of_a_wait_is_at_random_so_that_waiting_notices_spread(outcome: Outcome) -> None:
    soonest, latest = _judge(outcome, tries=4, jitter=0.0), _judge(outcome, tries=4, jitter=1.0)

    assert isinstance(soonest, Retry)
    assert isinstance(latest, Retry)
    assert (soonest.due_at, latest.due_at) == (NOW + timedelta(seconds=8), NOW + timedelta(seconds=16))


@pytest.mark.rule("SG-02")
def test_a_safety_alert_is_tried_again_within_half_a_minute_for_a_day() -> None:
    failed = Failed(503, retryable=True, reason="status_503")

    verdicts = [_judge(failed, tries=n, jitter=1.0, kind="safety_alert") for n in (8, 100, 2880)]

    longest = NOW + timedelta(seconds=LONGEST_URGENT_WAIT_SECONDS)
    assert all(isinstance(v, Retry) and v.due_at <= longest for v in verdicts)
    assert LONGEST_URGENT_WAIT_SECONDS <= 30


@pytest.mark.parametrize(
    "outcome", [Throttled(1.0), Throttled(None), Failed(503, retryable=True, reason="status_503")]
)
def test_a_notice_is_given_up_after_very_many_tries(outcome: Outcome) -> None:
    last, over = _judge(outcome, tries=MOST_TRIES - 1), _judge(outcome, tries=MOST_TRIES)

    assert isinstance(last, Retry)
    assert isinstance(over, Settle)
    assert over.state == "dead"


@pytest.mark.parametrize("uncertain", [True, False])
def test_a_try_that_may_have_arrived_is_flagged(uncertain: bool) -> None:
    verdict = _judge(Failed(0, retryable=True, reason="timeout", uncertain=uncertain))

    assert isinstance(verdict, Retry)
    assert verdict.possibly_repeated is uncertain


def test_what_cannot_be_drawn_is_tried_a_few_times_and_then_left_for_a_person() -> None:
    early = after_fault(KeyError("words of a case"), _notice(tries=MOST_FAULTS - 1), now=NOW, jitter=0.0)
    late = after_fault(KeyError("words of a case"), _notice(tries=MOST_FAULTS), now=NOW, jitter=0.0)

    assert isinstance(early, Retry)
    assert early.reason == "KeyError"
    assert late == Settle("dead", "could not be drawn: KeyError")


def test_a_busy_database_is_no_reason_to_give_a_notice_up() -> None:
    verdict = after_fault(Busy(), _notice(tries=MOST_FAULTS), now=NOW, jitter=0.0)

    assert isinstance(verdict, Retry)


def _judge(outcome: Outcome, *, tries: int = 1, jitter: float = 0.0, kind: str = "audit_shared") -> Verdict:
    return judge(outcome, _notice(tries=tries, kind=kind), now=NOW, jitter=jitter)


def _notice(*, tries: int, kind: str = "audit_shared") -> Notice:
    return Notice(1, "key", kind, 1, 1, "teams", NOW, "claimed", tries, "token", None, None, False)
