"""Every kind of message has words that the QA office can read in a list."""

from cards import notice_words
from cards.notice_words import kind_words, medium_words
from scheduler.rendering import CARDS, EDITS, MAILS


def test_a_kind_is_read_as_words_and_none_that_went_is_named() -> None:
    kinds = {*CARDS, *EDITS, *MAILS}

    assert set(notice_words._WORDS) <= kinds
    assert not [kind for kind in kinds if "_" in kind_words(kind)]
    assert kind_words("stranger") == "somebody who is not on the staff list"
    assert kind_words("round_allocated") == "round allocated"


def test_how_a_message_goes_is_told() -> None:
    assert medium_words("teams") == "in Teams"
    assert medium_words("channel") == "by channel"
