"""Inputs. Every one has a label that stays visible and a sentence for when it is not right.

What the server found wrong stands under its field; what was typed stays in it. Only fields that are always
visible are ever validated on the client, and the server checks everything again.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cards.elements import Element, run, typed
from cards.views import HintView
from domain.pages import LINE_LIMIT, TEXT_LIMIT
from domain.written import plain

TOO_LONG = f"Please keep this to {TEXT_LIMIT:,} characters."

_UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Form:
    """The inputs of one card: what they hold and what was found wrong with them."""

    typed: Mapping[str, str] | None
    """What was typed and refused; when given it is shown instead of what is saved."""
    hints: tuple[HintView, ...] = ()

    def value(self, field: str, saved: str) -> str:
        """What the input shows; clients leave empty inputs out, so a missing one was empty."""
        if self.typed is None:
            return saved
        return str(self.typed.get(field, ""))

    def wrong(self, field: str) -> list[Element]:
        """What stands under the field, when the server found something wrong with it."""
        return [typed_error(hint.message) for hint in self.hints if hint.blocking and hint.field == field]

    def text(
        self,
        field: str,
        label: str,
        saved: str = "",
        *,
        error: str = TOO_LONG,
        required: bool = False,
        spacing: str = "",
    ) -> list[Element]:
        """A box of several lines."""
        made = self._input("Input.Text", field, label, saved, error=error, required=required, spacing=spacing)
        made[0] |= {"isMultiline": True, "maxLength": TEXT_LIMIT}
        return made

    def line(self, field: str, label: str, saved: str = "", *, spacing: str = "") -> list[Element]:
        """A box of one line."""
        error = f"Please keep this to {LINE_LIMIT} characters."
        made = self._input("Input.Text", field, label, saved, error=error, spacing=spacing)
        made[0]["maxLength"] = LINE_LIMIT
        return made

    def date(self, field: str, label: str, saved: date | None = None, *, spacing: str = "") -> list[Element]:
        """A day."""
        error = "Please give a day, such as 31 May 2026."
        shown = saved.isoformat() if saved else ""
        made = self._input("Input.Date", field, label, shown, error=error, spacing=spacing)
        if not _is_date(made[0].get("value", "")):
            # The control shows nothing it can't read, so what was typed stands beside it.
            unread = made[0].pop("value", "")
            said = [typed(f"You typed “{unread}”.", spacing="small")] if unread else []
            return [made[0], *said, *made[1:]]
        return made

    def choice(
        self,
        field: str,
        label: str,
        choices: Iterable[tuple[str, str]],
        saved: str = "",
        *,
        expanded: bool = False,
        several: bool = False,
        names: bool = False,
        error: str = "Please choose from the list.",
        spacing: str = "",
    ) -> list[Element]:
        """A choice of one or several: (value, title) for each; several values are joined by commas.

        `names` says that people or lists wrote the titles: those stand in a closed list, as an open one reads
        them as markdown.
        """
        made = self._input("Input.ChoiceSet", field, label, saved, error=error, spacing=spacing)
        made[0] |= {
            "choices": [{"title": plain(title), "value": value} for value, title in choices],
        }
        if expanded or (several and not names):
            made[0] |= {"style": "expanded", "wrap": True}
        if several:
            made[0]["isMultiSelect"] = True
        return made

    def tick(self, field: str, label: str, title: str, saved: bool) -> list[Element]:
        """A box to tick."""
        error = "Please tick this or leave it."
        made = self._input("Input.Toggle", field, label, "true" if saved else "false", error=error)
        made[0] |= {"title": title, "valueOn": "true", "valueOff": "false", "wrap": True}
        return made

    def _input(
        self,
        kind: str,
        field: str,
        label: str,
        saved: str,
        *,
        error: str,
        required: bool = False,
        spacing: str = "",
    ) -> list[Element]:
        made: Element = {"type": kind, "id": field, "label": label, "errorMessage": error}
        value = self.value(field, saved)
        if value:
            made["value"] = _writable(value)
        if required:
            made["isRequired"] = True
        if spacing:
            made["spacing"] = spacing
        return [made, *self.wrong(field)]


def typed_error(message: str) -> Element:
    """A mistake in words, not in colour alone; one that asks already is not asked for twice."""
    asked = message if message.startswith("Please ") else f"Please change: {message}"
    return typed(run(asked, bold=True, color="attention"), spacing="small")


def other_errors(hints: Iterable[HintView], fields: Iterable[str] = ("",)) -> list[Element]:
    """The mistakes that belong to none of the fields on the card."""
    wanted = frozenset(fields)
    return [
        typed(run(hint.message, bold=True, color="attention"))
        for hint in hints
        if hint.blocking and hint.field in wanted
    ]


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10


def _writable(text: str) -> str:
    """The text as typed, without what can't be sent: control marks, and half a character pair alone."""
    return _UNSENDABLE.sub("", text)
