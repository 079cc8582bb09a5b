from datetime import UTC, date, datetime

import pytest

from cards.wording import day, days_left_words, excerpt, moment


def test_a_day_is_said_in_full() -> None:
    assert day(date(2026, 5, 3)) == "3 May 2026"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "29 March 2026 at 00:59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "29 March 2026 at 02:00"),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), "25 October 2026 at 01:00"),
        (datetime(2026, 5, 31, 23, 30, tzinfo=UTC), "1 June 2026 at 00:30"),
    ],
)
def test_an_instant_is_said_as_the_clock_in_london_shows_it(at: datetime, said: str) -> None:
    assert moment(at) == said


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2026, 5, 31, 12, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (2, "2 days left"),
        (1, "1 day left"),
        (0, "today"),
        (-1, "1 day overdue"),
        (-30, "30 days overdue"),
    ],
)
def test_days_left_are_said_in_words(left: int, said: str) -> None:
    assert days_left_words(left) == said


def test_an_excerpt_ends_between_words_and_counts_what_it_leaves_out() -> None:
    short, left_out = excerpt("the child sleeps at home", 12)

    assert short == "the child …"
    assert left_out == len(" sleeps at home")


def test_a_text_within_the_limit_stays_whole() -> None:
    assert excerpt("the child", 9) == ("the child", 0)
