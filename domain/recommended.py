"""What people write as recommendations: one thing to be done on each line.

Source: OG-05, OG-06, TA-08.
"""

import re

from domain.pages import LINE_LIMIT

_MARKED = re.compile(r"^(?:[-–•*]|\d{1,2}[.)])\s+(?=\S)")


def marked_lines(text: str) -> tuple[str, ...]:
    """Lines of a report's part that begin as a list's do ("- ", "1. "): what it asks somebody to do.

    Other lines tell of what is done already, and are nobody's to do.
    """
    found = (_MARKED.sub("", line.strip()) for line in text.splitlines() if _MARKED.match(line.strip()))
    return tuple(dict.fromkeys(found))


def every_line(text: str) -> tuple[str, ...]:
    """Every line that is not empty, without what marks it as one of a list."""
    found = (_MARKED.sub("", line.strip()) for line in text.splitlines() if line.strip())
    return tuple(dict.fromkeys(found))


def in_one_line(text: str) -> str:
    """A text as the one line of a row; what is longer is read where it came from."""
    words = " ".join(text.split())
    return words if len(words) <= LINE_LIMIT else words[: LINE_LIMIT - 1].rstrip() + "…"
