"""What people write, made fit to keep and to show again."""

import re
import unicodedata

_JOINERS = "\u200c\u200d"
"""Unseen, but without them some Persian words change and families of emoji fall apart."""

LONGEST_FILE_NAME = 120

_LINE_ENDS = frozenset("\r\x0b\x0c\x85\u2028\u2029")


# Controls, lone surrogates, and the marks that turn the reading direction or hide text. The joiners that
# emoji and several scripts need (U+200C, U+200D) stay.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff]"
)
_LINE_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
_CLOCK_CODE = re.compile(r"\{(?=\{(?:DATE|TIME)\()", re.IGNORECASE)


def readable(text: str) -> str:
    """The text with one kind of line end, plain spaces and no control or direction marks; outer space goes.

    Letters of every script stay, and so do emoji newer than this Python knows. What goes is what a database
    may refuse (NUL, half a character pair) or what would show the text otherwise than it is stored.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n")
    # A long text has few letters that differ, so each of them is looked at once.
    for letter in set(text):
        kept = _kept(letter)
        if kept != letter:
            text = text.replace(letter, kept)
    return text.strip()


def plain(text: str) -> str:
    """The text as it may be shown or written out: its letters, and nothing that a client would act on.

    Everything that people typed and every name from a list goes through here on its way to a card, a tooltip,
    a choice or a sheet, where it is then placed as literal text. Control and direction marks go, line ends
    become one kind, and a clock code (`{{DATE(…)}}`, the one thing that clients still work out in a text run)
    is broken with a joiner that nobody sees.
    """
    # Nothing that goes counts as printable, in any script.
    if text.isprintable() and "{{" not in text:
        return text
    return _CLOCK_CODE.sub("{\u2060", _UNSEEN.sub("", _LINE_BREAKS.sub("\n", text)))


def file_name(text: str) -> str:
    """The name of a file that somebody sent: one readable line, of 120 letters at most, with its ending."""
    name = " ".join(readable(text).split())
    return name if len(name) <= LONGEST_FILE_NAME else f"{name[: LONGEST_FILE_NAME - 20]}…{name[-19:]}"


def _kept(letter: str) -> str:
    if letter.isprintable() or letter in "\n\t" or letter in _JOINERS:
        return letter
    if letter in _LINE_ENDS:
        return "\n"
    kind = unicodedata.category(letter)
    if kind == "Zs":
        return " "
    return "" if kind in {"Cc", "Cf", "Cs"} else letter
