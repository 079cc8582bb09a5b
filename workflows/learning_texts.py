"""What is typed for the learning log, read field by field: the log is read widely, so it names nobody.

Everything wrong is found at once, and whoever typed keeps every word. Source: OG-06, SG-01.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TypeVar

from domain.coach import HintKind, hints_for_text
from domain.days import parse_uk_date, uk_date
from domain.errors import RuleBroken
from domain.framework import Framework
from domain.learning import LONGEST
from domain.pages import LINE_LIMIT, TEXT_LIMIT
from domain.people import Person, Post
from storage.work import View

Chosen = TypeVar("Chosen")

TITLE_LIMIT = LINE_LIMIT
OWNERS = frozenset(Post) - {Post.PRACTITIONER, Post.ATM, Post.CP_CHAIR, Post.IRO, Post.LEAD_MEMBER}
"""Who may be asked to own learning: whoever leads a team, a service or a part of the council's work."""


class TextsWanted(RuleBroken):
    """Something typed cannot be kept; nothing was saved. Carries input name to message."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("Something here needs another look; nothing you typed is lost.")
        self.errors = dict(errors)


class Reading:
    """Reads the inputs of one form and collects what is wrong with each."""

    def __init__(
        self, typed: Mapping[str, str], framework: Framework, references: Collection[str] = ()
    ) -> None:
        """`references` are those of the cases that the entry rests on; they are no more for the log than
        names are."""
        self._typed = typed
        self._framework = framework
        self._references = [reference for reference in references if reference.strip()]
        self.errors: dict[str, str] = {}

    def text(self, field: str, *, wanted: str = "", limit: int = TEXT_LIMIT) -> str:
        """A text that names nobody; `wanted` is what to say when it is empty and must not be."""
        words = self._typed.get(field, "").strip()
        if not words and wanted:
            self.errors[field] = wanted
        elif len(words) > limit:
            self.errors[field] = f"Please keep it within {limit:,} characters; this is {len(words):,}."
        elif told := self._telling(field, words):
            self.errors[field] = told
        return words

    def day(self, field: str, *, today: date, wanted: str = "", standing: date | None = None) -> date | None:
        """A day after today, or the one that stands there already."""
        words = self._typed.get(field, "").strip()
        if not words:
            if wanted:
                self.errors[field] = wanted
            return None
        try:
            day = parse_uk_date(words)
        except ValueError:
            self.errors[field] = "Please give a day, such as 31 May 2026."
            return None
        if day != standing and not today < day <= today + LONGEST:
            self.errors[field] = f"Please choose a day after today and up to {uk_date(today + LONGEST)}."
        return day

    def owner(
        self, field: str, owners: Mapping[int, str], *, wanted: str = "", standing: int | None = None
    ) -> int | None:
        """One of these people, or whoever it is already."""
        words = self._typed.get(field, "").strip()
        found = next((i for i in (*owners, standing) if i is not None and str(i) == words), None)
        if words and found is None:
            self.errors[field] = "Please choose one of the people shown."
        elif not words and wanted:
            self.errors[field] = wanted
        return found

    def choice(self, field: str, choices: Collection[str], *, wanted: str = "") -> str:
        """One of these values, or an empty one."""
        words = self._typed.get(field, "").strip()
        if words and words not in choices:
            self.errors[field] = "Please choose from the list."
        elif not words and wanted:
            self.errors[field] = wanted
        return words

    def several(self, field: str, choices: Mapping[str, Chosen]) -> list[Chosen]:
        """Those of these values that were ticked; nothing where none was."""
        values = [value.strip() for value in self._typed.get(field, "").split(",") if value.strip()]
        if any(value not in choices for value in values):
            self.errors[field] = "Please choose from the list; it has changed since."
            return []
        return [choices[value] for value in dict.fromkeys(values)]

    def raw(self, field: str) -> str:
        """What stands in an input, for a caller that reads it its own way and notes its own mistakes."""
        return self._typed.get(field, "")

    def done(self) -> None:
        """Raise TextsWanted when anything was wrong."""
        if self.errors:
            raise TextsWanted(self.errors)

    def _telling(self, field: str, words: str) -> str:
        """What in the text says who a child is, in a sentence; empty when nothing does (SG-01)."""
        named = next((one for one in self._references if one.casefold() in words.casefold()), "")
        if named:
            return f"“{named}” is the reference of a case. The log is read widely, so please leave it out."
        found = hints_for_text(field, words, self._framework)
        return next((hint.message for hint in found if hint.kind is HintKind.IDENTIFIER), "")


def owners(view: View) -> dict[int, str]:
    """Id to name of whoever may own an entry or an action, by name."""
    found = view.people.holding(*OWNERS)
    return {person.id: person.name for person in sorted(found, key=_by_name)}


def _by_name(person: Person) -> tuple[str, int]:
    return person.name.casefold(), person.id
