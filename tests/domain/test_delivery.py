"""What became of something sent is one of six kinds, five of which say that it was not taken."""

import pytest

from domain.delivery import Blocked, Failed, Gone, NotInstalled, Outcome, Refusal, Sent, Throttled

REFUSALS = (
    Throttled(None),
    Throttled(3.0),
    Gone(),
    Blocked("403"),
    NotInstalled("404"),
    Failed(500, retryable=True, reason="busy"),
)


@pytest.mark.parametrize("outcome", REFUSALS)
def test_whatever_was_not_taken_is_a_refusal(outcome: Outcome) -> None:
    assert isinstance(outcome, Refusal)
    assert isinstance(outcome, Outcome)


def test_what_was_taken_is_no_refusal() -> None:
    assert isinstance(Sent("1"), Outcome)
    assert not isinstance(Sent("1"), Refusal)


def test_a_failure_is_held_for_certain_unless_said_otherwise() -> None:
    assert Failed(0, retryable=True, reason="refused").uncertain is False
