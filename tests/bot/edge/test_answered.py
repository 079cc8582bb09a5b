"""What a refusal means for what was to be sent: how long to wait, and whether to try again."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.edge.answered import LONGEST_WAIT_SECONDS, read_refusal
from bot.edge.outcomes import Throttled
from scheduler.verdicts import Retry, judge
from storage.notices import Notice

NOW = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("0", 0.0),
        ("2", 2.0),
        ("2.5", 2.5),
        ("-3", 0.0),
        ("86400", LONGEST_WAIT_SECONDS),
        ("Tue, 05 May 2026 09:00:30 GMT", 30.0),
        ("Tue, 05 May 2026 08:59:00 GMT", 0.0),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("", None),
    ],
)
def test_the_wait_is_read_from_a_number_or_a_date(written: str, seconds: float | None) -> None:
    outcome = read_refusal(429, {"Retry-After": written}, b"", NOW)

    assert outcome == Throttled(seconds)


@pytest.mark.rule("SG-02")
def test_a_safety_alert_that_our_token_did_not_open_the_door_for_is_tried_again() -> None:
    alert = Notice(1, "key", "safety_alert", 1, 1, "teams", NOW, "claimed", 1, "token", None, None, False)

    verdict = judge(read_refusal(401, {}, b""), alert, now=NOW, jitter=0.0)

    assert verdict == Retry(NOW + timedelta(seconds=1), "status_401")
