"""How fast mail leaves one mailbox: never over Exchange's limits, everybody gets a turn, alerts go first."""

import pytest

from domain.mail_pacing import (
    DAY_SECONDS,
    MINUTE_SECONDS,
    SLOT_SECONDS,
    Mailbox,
    MailLimits,
    ask,
    pause,
)

START = 1_800_000_000.0
LIMITS = MailLimits(per_minute=30, per_day=10_000)


def _sent(box: Mailbox, count: int, at: float, *, urgent: bool = False) -> Mailbox:
    for _ in range(count):
        box, wait = ask(box, LIMITS, at, urgent=urgent)
        assert wait == 0
    return box


def test_a_minute_holds_four_fifths_for_everyday_mail_and_the_rest_for_alerts() -> None:
    box = _sent(Mailbox(), 24, START)

    full, wait = ask(box, LIMITS, START)
    alerts = _sent(full, 6, START, urgent=True)
    _, even_alerts_wait = ask(alerts, LIMITS, START, urgent=True)

    assert wait == pytest.approx(MINUTE_SECONDS, abs=0.1)
    assert even_alerts_wait == pytest.approx(MINUTE_SECONDS, abs=0.1)


@pytest.mark.parametrize(
    ("later", "free"), [(MINUTE_SECONDS - 0.1, False), (MINUTE_SECONDS + 0.1, True)], ids=["before", "after"]
)
def test_room_comes_back_when_a_minute_has_passed(later: float, free: bool) -> None:
    box = _sent(Mailbox(), 24, START)

    _, wait = ask(box, LIMITS, START + later)

    assert (wait == 0) is free


def test_mails_that_find_no_room_are_given_moments_of_their_own() -> None:
    box = _sent(Mailbox(), 24, START)

    waits = []
    for _ in range(60):
        box, wait = ask(box, LIMITS, START)
        waits.append(wait)

    assert sum(wait < MINUTE_SECONDS + 1 for wait in waits) == 24
    assert sum(MINUTE_SECONDS + 1 < wait < 2 * MINUTE_SECONDS + 1 for wait in waits) == 24
    assert waits == sorted(waits)


def test_a_hundred_mails_that_come_back_when_told_all_leave_within_the_limits() -> None:
    box, due, left = Mailbox(), [START] * 100, []

    tries = 0
    while due:
        due.sort()
        at = due.pop(0)
        tries += 1
        box, wait = ask(box, LIMITS, at)
        if wait:
            # The courier comes back up to a second later than it was told.
            due.append(at + wait + (tries % 10) / 10)
        else:
            left.append(at)

    assert len(left) == 100
    assert all(sum(0 <= at - one < 60 for at in left) <= 24 for one in left)
    assert max(left) - START < 5 * (MINUTE_SECONDS + 2)
    assert tries < 260


def test_somebody_new_does_not_take_the_place_of_one_who_waits() -> None:
    box = _sent(Mailbox(), 24, START)
    for _ in range(24):
        box, _ = ask(box, LIMITS, START)

    _, wait = ask(box, LIMITS, START + MINUTE_SECONDS + 0.05)
    fresh, promised_elsewhere = ask(box, LIMITS, START + 30)

    assert wait == 0
    assert promised_elsewhere > MINUTE_SECONDS
    assert len(fresh.promised) == 25


def test_a_day_holds_so_many_and_no_more_with_a_few_kept_for_alerts() -> None:
    box = Mailbox(slots=((int(START // SLOT_SECONDS) - 4, 9_800),))

    _, wait = ask(box, LIMITS, START)
    _, alert_waits = ask(box, LIMITS, START, urgent=True)
    _, next_day = ask(box, LIMITS, START + DAY_SECONDS)

    assert DAY_SECONDS - 4 * SLOT_SECONDS <= wait <= DAY_SECONDS
    assert alert_waits == 0
    assert next_day == 0


def test_alerts_too_wait_when_the_day_is_full_or_exchange_asks_for_it() -> None:
    full = Mailbox(slots=((int(START // SLOT_SECONDS), 10_000),))
    told = pause(_sent(Mailbox(), 1, START), START + 40)

    assert ask(full, LIMITS, START, urgent=True)[1] > 0
    assert ask(told, LIMITS, START + 10, urgent=True)[1] == pytest.approx(30)
    assert ask(told, LIMITS, START + 40)[1] == 0


def test_a_clock_set_wrong_for_a_while_does_not_stop_the_mail() -> None:
    ahead = _sent(Mailbox(), 24, START + 7 * DAY_SECONDS)

    assert ask(ahead, LIMITS, START)[1] == 0
