"""What people write, made fit to keep and to show again."""

import unicodedata

_JOINERS = "\u200c\u200d"
"""Unseen, but without them some Persian words change and families of emoji fall apart."""

LONGEST_FILE_NAME = 120

_LINE_ENDS = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"))


def readable(text: str) -> str:
    """The text with one kind of line end, plain spaces and no control or direction marks; outer space goes.

    Letters of every script stay, and so do emoji newer than this Python knows. What goes is what a database
    may refuse (NUL, half a character pair) or what would show the text otherwise than it is stored.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = text.replace("\r\n", "\n").translate(_LINE_ENDS)
    return "".join(map(_kept, lines)).strip()


def file_name(text: str) -> str:
    """The name of a file that somebody sent: one readable line, of 120 letters at most, with its ending."""
    name = " ".join(readable(text).split())
    return name if len(name) <= LONGEST_FILE_NAME else f"{name[: LONGEST_FILE_NAME - 20]}…{name[-19:]}"


def _kept(letter: str) -> str:
    if letter in "\n\t" or letter in _JOINERS:
        return letter
    kind = unicodedata.category(letter)
    if kind == "Zs":
        return " "
    return "" if kind in {"Cc", "Cf", "Cs"} else letter
