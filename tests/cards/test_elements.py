import pytest

from cards.elements import typed
from domain.written import plain


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("The child eats breakfast.", "The child eats breakfast."),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("\u202etfel ot thgir\u202c", "tfel ot thgir"),
        ("a\u2066b\u2069c\u200ed\u200fe\u061cf", "abcdef"),
        ("a\x00b\x07c\x7fd\x9be", "abcde"),
        ("hid\u200bden\ufeff", "hidden"),
        ("half \ud83d pair", "half  pair"),
        ("👩🏽‍👧🏽 می‌خواهم", "👩🏽‍👧🏽 می‌خواهم"),
        ("שלום عالم", "שלום عالم"),
        ("[a](b) **c** <at>d</at>", "[a](b) **c** <at>d</at>"),
    ],
)
def test_text_keeps_its_letters_and_loses_what_nobody_sees(given: str, shown: str) -> None:
    assert plain(given) == shown


@pytest.mark.parametrize("code", ["{{DATE(2026-05-31T09:00:00Z,SHORT)}}", "{{time(2026-05-31T09:00:00Z)}}"])
def test_a_clock_code_is_not_worked_out(code: str) -> None:
    shown = plain(code)

    assert "{{" not in shown
    assert shown.replace("\u2060", "") == code


def test_typed_text_stands_in_runs_which_read_no_markdown() -> None:
    made = typed("Raised by ", "[press](https://example.org)")

    assert made["type"] == "RichTextBlock"
    assert [run["type"] for run in made["inlines"]] == ["TextRun", "TextRun"]
    assert made["inlines"][1]["text"] == "[press](https://example.org)"
