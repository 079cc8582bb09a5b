"""Why somebody cannot be reached, read from what the ledger kept, and when that is worth telling."""

from datetime import UTC, date, datetime

import pytest

from domain.people import Post
from domain.reachability import Why, is_long, post_words, why_unreached

EARLY_MAY = frozenset({date(2026, 5, 4)})


@pytest.mark.parametrize(
    ("reasons", "why"),
    [
        (["not installed"], Why.NOT_INSTALLED),
        (["not installed (ForbiddenOperationException)"], Why.NOT_INSTALLED),
        (["not installed (BotNotInConversationRoster)"], Why.REMOVED),
        (["uninstalled"], Why.REMOVED),
        (["blocked (ConversationBlockedByUser)"], Why.BLOCKED),
        (["blocked (BotDisabledByAdmin)"], Why.SWITCHED_OFF),
        (["blocked (MessageWritesBlocked)"], Why.CLOSED),
        (["blocked"], Why.CLOSED),
        (["no longer there"], Why.GONE),
        (["something new"], Why.CLOSED),
        ([], Why.NOT_INSTALLED),
    ],
)
def test_each_reason_of_the_ledger_has_its_plain_meaning(reasons: list[str], why: Why) -> None:
    assert why_unreached(reasons) is why


@pytest.mark.parametrize(
    ("reasons", "why"),
    [
        (["blocked (BotDisabledByAdmin)", "blocked"], Why.SWITCHED_OFF),
        (["blocked", "blocked (ConversationBlockedByUser)"], Why.BLOCKED),
        (["uninstalled", "no longer there"], Why.GONE),
        (["not installed (BotNotInConversationRoster)", "uninstalled"], Why.REMOVED),
    ],
)
def test_what_closed_the_chat_explains_what_came_after(reasons: list[str], why: Why) -> None:
    assert why_unreached(reasons) is why


def test_a_mailbox_explains_only_what_was_to_go_by_mail_alone() -> None:
    assert why_unreached([], mail_reasons=["no longer there"]) is Why.NO_MAILBOX
    assert why_unreached(["blocked"], mail_reasons=["no longer there"]) is Why.CLOSED


@pytest.mark.parametrize(
    ("since", "today", "long"),
    [
        (datetime(2026, 5, 5, 9, tzinfo=UTC), date(2026, 5, 5), False),
        (datetime(2026, 5, 5, 9, tzinfo=UTC), date(2026, 5, 6), True),
        # Friday to Monday, which is a bank holiday.
        (datetime(2026, 5, 1, 9, tzinfo=UTC), date(2026, 5, 4), False),
        (datetime(2026, 5, 1, 9, tzinfo=UTC), date(2026, 5, 5), True),
        # Half past midnight in London on the 6th.
        (datetime(2026, 5, 5, 23, 30, tzinfo=UTC), date(2026, 5, 6), False),
    ],
)
def test_a_working_day_passes_in_london_days_without_bank_holidays(
    since: datetime, today: date, long: bool
) -> None:
    assert is_long(since, today, EARLY_MAY) is long


def test_posts_read_as_people_say_them() -> None:
    assert post_words([Post.TM]) == "Team manager"
    assert post_words([Post.AD_QA]) == "AD for quality assurance"
    assert post_words([]) == ""
    assert all(post_words([post])[0].isupper() and "_" not in post_words([post]) for post in Post)
