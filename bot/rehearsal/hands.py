"""Presses what stands on the product's own cards, through `dialogs`, and keeps that it was pressed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from bot.rehearsal.effort import minutes_of
from bot.rehearsal.kept import Kept
from bot.rehearsal.reading import Button, Page, read
from dialogs.answering import answer
from dialogs.turn import Asked, Reply, Turn
from domain.people import Person
from workflows.council import Council
from workflows.people import Address

NOTHING = Page((), ())

_DONE_ONCE = frozenset(
    {
        "accept", "submit", "comment", "review", "moderation_decide", "nomination_answer", "draw_pass",
        "talk_accept", "talk_held", "action_done", "action_confirm", "approve", "learning_publish",
        "learning_assure", "learning_end", "open_calibration", "impact", "extension", "extension_decide",
        "plan_draft", "plan_agree", "pack_ask", "pack_approve", "tracked_finish",
    }
)  # fmt: skip
"""What vanishes from the card once it is done; where it still stands there, the press was refused."""


@dataclass(slots=True)
class Hands:
    """Everybody's, as one moment follows another."""

    council: Council
    kept: Kept
    on_queued: Callable[[], None]
    """Told when a turn left something in the outbox."""
    _nonces: Iterator[int] = field(default_factory=count)

    def fresh_nonce(self) -> str:
        """A word that no other card of this rehearsal has."""
        return f"r{next(self._nonces):x}"

    def types(self, person: Person, text: str, now: datetime) -> Page:
        """What answers a typed line."""
        return self._read(self._answered(person, now, asked=Asked.TYPED, text=text))

    def arrives(self, person: Person, address: Address, now: datetime) -> None:
        """The app is put into the person's Teams."""
        self._answered(person, now, asked=Asked.ARRIVED, address=address)

    def presses(
        self, person: Person, button: Button, now: datetime, page: Page, typed: Mapping[str, str]
    ) -> Page:
        """What answers a press, the boxes of its card filled in where there is something to type."""
        filled = {name: typed.get(name, value) for name, value in page.shown.items()}
        data = {**button.data, **{name: value for name, value in filled.items() if value}}
        reply = self._answered(person, now, asked=Asked.PRESSED, data=data)
        self.kept.presses[button.verb] += 1
        self.kept.takes(person.id, now, minutes_of(button.verb, button.packed), presses=1)
        if reply.note:
            self.kept.nowhere[f"{button.verb}: {reply.title}"] += 1
        came = self._read(reply)
        if button.verb in _DONE_ONCE and any(one.key == button.key for one in came.having(button.verb)):
            self.kept.nowhere[f"{button.verb}: not taken"] += 1
        return came

    def _answered(self, person: Person, now: datetime, **given: Any) -> Reply:
        turn = Turn(directory_id=person.directory_id or "", now=now, nonce=self.fresh_nonce(), **given)
        reply = answer(self.council, turn)
        if reply.queued:
            self.on_queued()
        return reply

    @staticmethod
    def _read(reply: Reply) -> Page:
        return NOTHING if reply.card is None else read(reply.card)
