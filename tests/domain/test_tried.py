"""What was tried, in one sentence that stands on an escalation's line."""

from datetime import UTC, date, datetime

import pytest

from domain.tried import Try, in_short

FIRST, SECOND = date(2026, 5, 29), date(2026, 6, 1)


def sent(on: date, *, seen: bool = False) -> Try:
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    return Try(on, "Something.", "seen" if seen else "sent", at if seen else None, sent_on=on)


@pytest.mark.rule("CA-06", "CA-23")
@pytest.mark.parametrize(
    ("tries", "says"),
    [
        ((), "No reminder has gone out yet."),
        ((Try(FIRST, "Something.", "waiting"),), "No reminder has gone out yet."),
        ((Try(FIRST, "Something.", "passed over", why="put off"),), "No reminder has gone out yet."),
        ((Try(FIRST, "Something.", "unreachable"),), "No reminder could be delivered in Teams."),
        ((sent(FIRST),), "1 reminder sent, none answered; last 29 May 2026."),
        # Two lines on one card are one reminder.
        ((sent(FIRST), sent(FIRST)), "1 reminder sent, none answered; last 29 May 2026."),
        (
            (sent(SECOND), sent(FIRST, seen=True), Try(SECOND, "Something.", "unreachable")),
            "2 reminders sent, 1 answered; last 1 June 2026.",
        ),
    ],
)
def test_one_sentence_says_how_many_were_sent_and_whether_any_was_pressed(
    tries: tuple[Try, ...], says: str
) -> None:
    assert in_short(tries) == says
