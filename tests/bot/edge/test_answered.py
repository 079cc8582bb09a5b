"""How long Teams asks us to wait, in each way it may say so."""

from datetime import UTC, datetime

import pytest

from bot.edge.answered import LONGEST_WAIT_SECONDS, read_refusal
from bot.edge.outcomes import Throttled

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
