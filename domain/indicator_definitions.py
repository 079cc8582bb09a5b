"""What a list says its indicators are: gathered over all rows, and checked for contradictions.

Source: PF-08, PF-09.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.framework import Framework, folded
from domain.indicator_reading import read_number
from domain.indicators import PERCENT, Polarity, indicator_key
from domain.intake import Problem, Row
from domain.intake_posts import read_posts
from domain.themes import theme_titles

_POLARITIES = {
    Polarity.HIGHER: ("higher", "high", "up", "more", "bigger", "increase", "increasing", "higher is better",
                      "high is good", "bigger is better", "up is good", "positive", "maximise", "+"),
    Polarity.LOWER: ("lower", "low", "down", "less", "fewer", "smaller", "decrease", "decreasing",
                     "lower is better", "low is good", "smaller is better", "down is good", "negative",
                     "minimise"),
    Polarity.NEITHER: ("neither", "none", "neutral", "context", "contextual", "n/a", "na", "range", "monitor",
                       "information", "for information", "no polarity"),
}  # fmt: skip
_POLARITY = {name: polarity for polarity, names in _POLARITIES.items() for name in names}
_PERCENTS = frozenset({"%", "percent", "per cent", "percentage", "pct"})
_BARE = frozenset({"number", "count", "no", "no.", "value", "#"})
LONGEST_NAME = 120
LONGEST_DEFINITION = 500
LONGEST_UNIT = 20


@dataclass(frozen=True, slots=True)
class Defined:
    """What is said of an indicator; None or empty where nothing is."""

    name: str
    definition: str = ""
    polarity: Polarity | None = None
    unit: str = ""
    target: float | None = None
    tolerance: float | None = None
    theme: str = ""
    owner: str = ""
    """The post that answers for the council's figure, or one person's e-mail address."""


class Definitions:
    """What a list says of each of its indicators."""

    def __init__(
        self, framework: Framework, known: Mapping[str, Defined], person: Callable[[str], str]
    ) -> None:
        """`person` finds an e-mail address by what a list calls somebody. Raises ValueError."""
        self._themes = {
            folded(name): key for key, title in theme_titles(framework).items() for name in (key, title)
        }
        self._known = known
        self._person = person
        self._found: dict[str, Defined] = {}
        self._said: dict[tuple[str, str], int] = {}
        self._first_rows: dict[str, Row] = {}
        self._reported: set[tuple[str, str]] = set()
        self.problems: list[Problem] = []

    @property
    def all(self) -> tuple[Defined, ...]:
        """Each indicator of the list, in order of first mention."""
        return tuple(self._found.values())

    def unit(self, key: str) -> str:
        """The unit of an indicator, as the list or what is known says."""
        found, known = self._found.get(key), self._known.get(key)
        return (found.unit if found else "") or (known.unit if known else "")

    def take(self, row: Row) -> None:
        """Take what this row says of its indicator."""
        name = row.text("indicator")
        if not name:
            return
        key = indicator_key(name)
        if key not in self._found:
            self._found[key] = Defined(name)
            if len(name) > LONGEST_NAME:
                fix = f"Please keep the name to {LONGEST_NAME} characters; say more as its definition."
                self.problems.append(row.problem("indicator", fix))
            self._first_rows[key] = row
        for field, read in self._readers.items():
            self._read(row, key, field, read)
        if not self._found[key].unit and self._shows_percent(row):
            self._found[key] = replace(self._found[key], unit=PERCENT)

    def without_polarity(self) -> tuple[Problem, ...]:
        """A problem for each new indicator of which nobody says which way is good: what would be chased?"""
        fix = "This indicator is new: say whether “higher”, “lower” or “neither” is good."
        return tuple(
            self._first_rows[key].problem("polarity", fix)
            for key, found in self._found.items()
            if found.polarity is None and key not in self._known and (key, "polarity") not in self._reported
        )

    @property
    def _readers(self) -> Mapping[str, Callable[[str], Any]]:
        return {
            "definition": _short(LONGEST_DEFINITION),
            "polarity": _polarity,
            "target": _amount,
            "tolerance": _not_negative,
            "unit": _unit,
            "theme": self._theme,
            "owner": self._owner,
        }

    def _read(self, row: Row, key: str, field: str, read: Callable[[str], Any]) -> None:
        text = row.text(field)
        if not text:
            return
        try:
            value = read(text)
            self._agrees(row, key, field, value)
        except ValueError as wrong:
            if (key, field) not in self._reported:
                self._reported.add((key, field))
                self.problems.append(row.problem(field, str(wrong), hidden=field == "owner"))
            return
        if value is not None and value != "":
            self._found[key] = replace(self._found[key], **{field: value})

    def _agrees(self, row: Row, key: str, field: str, value: object) -> None:
        before = getattr(self._found[key], field)
        first = self._said.setdefault((key, field), row.number)
        if first != row.number and before not in (None, "", value):
            raise ValueError(f"Row {first} says something else of the same indicator. Keep the right one.")

    def _theme(self, text: str) -> str:
        found = self._themes.get(folded(text))
        if found is None:
            raise ValueError("This is no section or component of audits. Use one's name, or leave it empty.")
        return found

    def _owner(self, text: str) -> str:
        """A post stays when people go, so its name is read first."""
        try:
            posts = read_posts(text)
        except ValueError:
            posts = frozenset()
        if len(posts) == 1:
            return next(iter(posts)).value
        try:
            return self._person(text)
        except ValueError:
            raise ValueError(
                "Write one post, such as SM Impact and Intelligence, or one person's e-mail address."
            ) from None

    @staticmethod
    def _shows_percent(row: Row) -> bool:
        return any("%" in row.text(field) for field in ("value", "target"))


def _polarity(text: str) -> Polarity:
    found = _POLARITY.get(" ".join(text.casefold().split()))
    if found is None:
        raise ValueError("Write “higher”, “lower” or “neither”: which way is good.")
    return found


def _unit(text: str) -> str:
    said = " ".join(text.split())
    if said.casefold() in _PERCENTS:
        return PERCENT
    if said.casefold() in _BARE:
        return ""
    return str(_short(LONGEST_UNIT)(said))


def _amount(text: str) -> float | None:
    found = read_number(text)
    return found[0] if found else None


def _not_negative(text: str) -> float | None:
    found = _amount(text.removeprefix("+/-").removeprefix("±").strip())
    if found is not None and found < 0:
        raise ValueError("A tolerance is how far off the target is still fine, such as 5.")
    return found


def _short(most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > most:
            raise ValueError(f"Please keep this to {most} characters.")
        return text

    return read
