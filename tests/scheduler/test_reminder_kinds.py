"""Each kind of reminder is a line of the day, and no card of its own."""

from datetime import date

from cards.reminder_lines import REMINDER_LINES, reminder_line
from domain.day import Reminder
from scheduler.rendering import CARDS
from workflows.reminders import KINDS

TODAY = date(2026, 5, 13)


def test_every_kind_has_its_words_and_none_a_card_of_its_own() -> None:
    assert set(REMINDER_LINES) == KINDS
    assert not KINDS & set(CARDS)
    for kind in KINDS:
        line = reminder_line(Reminder(kind, 7, date(2026, 5, 12), "A guide", "Kim Worker", 2), TODAY)
        assert line.title
        assert line.button
