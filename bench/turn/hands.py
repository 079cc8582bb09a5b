"""Hands that press: on our bot, following each page's version, and on the references, which keep nothing."""

import itertools
import json
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.turn.activity import CARD_ANSWER, Presser, press, request
from bench.turn.load import PressFailed

SHOWN = re.compile(rb'"verb": ?"save".{0,200}?"page": ?"([a-z0-9_]+)"', re.DOTALL)
"""The page that an answer shows, by its Save button."""

WORDS = {
    "judgement": "The plan is good because it says who does what by when and each visit moves it on. ",
    "action": "The social worker met the family twice a month and changed the plan after the review. ",
    "impact": "The child is now at school every day, so that they see their friends and feel settled. ",
}


@dataclass(slots=True)
class OpenPage:
    """A page of an accepted audit, as its auditor last saw it."""

    presser: Presser
    data: dict[str, Any]
    """What its Save button sends, inputs included."""
    version: int = 0

    @property
    def following(self) -> bytes:
        """The page that a save leads to."""
        return str(self.data["plumbline"]["then"]).encode()


class SavingHand:
    """Saves one page after another, going round the pages it was given."""

    def __init__(self, pages: Sequence[OpenPage], tokens: Iterator[str], numbers: Iterator[int]) -> None:
        self.pages = pages
        self._turn = itertools.cycle(pages)
        self._tokens = tokens
        self._numbers = numbers
        self._page: OpenPage | None = None
        self.saved = 0
        """Presses answered with the page that follows."""

    def next_request(self) -> bytes:
        """A save of the next page with words and a nonce of its own."""
        self._page = page = next(self._turn)
        number = next(self._numbers)
        data = distinct(page.data, version=page.version, number=number)
        return request(press(page.presser, "save", data, number=number), next(self._tokens))

    def answered(self, status: int, body: bytes) -> None:
        """The next page came. Raises PressFailed otherwise: a save refused shows its own page again."""
        page = self._page
        assert page is not None
        found = SHOWN.search(body)
        if status != 200 or found is None or found[1] != page.following:
            raise PressFailed(f"answered {status}, page not saved: {body[:600].decode(errors='replace')}")
        page.version += 1
        self.saved += 1


class PlainHand:
    """Sends the same presses without a token to a reference and asks only for a card."""

    def __init__(self, pages: Sequence[OpenPage], numbers: Iterator[int]) -> None:
        self._pages = itertools.cycle(pages)
        self._numbers = numbers

    def next_request(self) -> bytes:
        """A save with words and a nonce of its own."""
        page, number = next(self._pages), next(self._numbers)
        data = distinct(page.data, version=page.version, number=number)
        return request(press(page.presser, "save", data, number=number), None)

    def answered(self, status: int, body: bytes) -> None:
        """A card came back. Raises PressFailed otherwise."""
        if status != 200 or CARD_ANSWER.encode() not in body[:400]:
            raise PressFailed(f"answered {status}: {body[:600].decode(errors='replace')}")


def distinct(data: Mapping[str, Any], *, version: int, number: int) -> dict[str, Any]:
    """A button's data made into a press like no other: this version, a fresh nonce, words of its own."""
    packed = {**data["plumbline"], "version": version, "nonce": secrets.token_hex(8)}
    written = {
        name: f"{value} Seen on visit {number}." if isinstance(value, str) and len(value) > 100 else value
        for name, value in data.items()
    }
    return {**written, "plumbline": packed}


def card_of(body: bytes) -> dict[str, Any]:
    """The card in an answer. Raises PressFailed when there is none."""
    try:
        answer = json.loads(body)
        card = answer["value"]
        if answer["type"] != CARD_ANSWER or not isinstance(card, dict):
            raise PressFailed(f"no card: {body[:600].decode(errors='replace')}")
    except (ValueError, KeyError, TypeError) as fault:
        raise PressFailed(f"no card: {body[:600].decode(errors='replace')}") from fault
    return card


def pressed(card: Mapping[str, Any], verb: str, **wanted: object) -> dict[str, Any]:
    """What the card's first button of this verb sends, its payload holding these values.

    Raises PressFailed when the card has no such button.
    """
    for part in _parts(card):
        data = part.get("data")
        if part.get("type") == "Action.Execute" and isinstance(data, Mapping):
            packed = data.get("plumbline", {})
            if packed.get("verb") == verb and wanted.items() <= packed.items():
                return dict(data)
    raise PressFailed(f"the card has no button {verb} for {wanted}")


def filled_in(card: Mapping[str, Any], page: str) -> dict[str, Any]:
    """What a client sends when every box of this page's card is filled and its first Save is pressed.

    The boxes are read off the card, as a client does, so the bench needs no list of their names. Raises
    PressFailed when the card has no Save button for the page.
    """
    inputs = {part["id"]: _value_for(part) for part in _parts(card) if part.get("type") in _FILL}
    return {**inputs, **pressed(card, "save", page=page)}


def _parts(part: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(part, Mapping):
        yield part
        for name, inner in part.items():
            if name != "fallback":
                yield from _parts(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _parts(inner)


def _text(part: Mapping[str, Any]) -> str:
    name = str(part["id"])
    long = next((words for key, words in WORDS.items() if key in name), None)
    return (long * 5).strip() if long else "Case note of the visit"


def _choice(part: Mapping[str, Any]) -> str:
    choices = part.get("choices") or []
    return str(choices[0]["value"]) if choices else ""


_FILL: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "Input.Text": _text,
    "Input.Date": lambda _: "2026-04-14",
    "Input.Number": lambda _: "1",
    "Input.Toggle": lambda part: str(part.get("valueOff", "false")),
    "Input.ChoiceSet": _choice,
}


def _value_for(part: Mapping[str, Any]) -> str:
    return _FILL[str(part["type"])](part)
