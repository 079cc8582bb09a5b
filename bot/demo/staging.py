"""Where the story is told: each person as they come, and each card under what led to it."""

from dataclasses import dataclass
from datetime import datetime

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.demo.doing import Doing
from bot.demo.reading import lines_of
from bot.demo.speaking import Card, Colleague
from domain.people import Person
from workflows.council import Council

_UNQUOTED = frozenset({"grade", "held_on"})
"""Inputs that are chosen rather than written."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Where the story is played and printed."""

    council: Council
    now: datetime
    console: Console

    def enter(self, part: str, person: Person, doing: str) -> Colleague:
        """Somebody comes, under a line that says what for."""
        self.console.print()
        self.console.rule(Text(f"{part}: {person.name} {doing}", style="bold"))
        return Colleague(self.council, person, self.now)

    def press(self, who: Colleague, card: Card, typed: dict[str, str], verb: str, **having: object) -> Card:
        """Press a button, print the answer and return it."""
        answer = who.fills(card, typed, verb, **having)
        quoted = "; ".join(f"“{text}”" for name, text in typed.items() if name not in _UNQUOTED)
        wrote = f"writes {quoted} and " if quoted else ""
        return self.show(f"{wrote}presses “{who.presses_so_far[-1]}”", answer)

    def show(self, doing: str, card: Card) -> Card:
        """Print a card under what led to it."""
        self.say(f"{doing[0].upper()}{doing[1:]}")
        text = Text("\n".join(line for line in lines_of(card) if line.strip()))
        self.console.print(Panel(text, padding=(0, 2), width=min(88, self.console.width)))
        return card

    def say(self, text: str) -> None:
        """A line between the cards."""
        self.console.print(Text(f"> {text}", style="italic"))

    def pages_left(self, doing: Doing) -> tuple[str, ...]:
        """The pages that are not written yet, in order."""
        with self.council.read() as view:
            written = view.audits.pages(doing.audit.id)
        return tuple(key for key in doing.page_keys if key not in written)
