"""How a habit is written down: the buttons that are pressed one after another, and how soon."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.rehearsal.reading import Packed
from domain.people import Post

Fits = Callable[[Packed], bool]


def anything(_: Packed) -> bool:
    """Fits every button."""
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """A button that is pressed where it stands."""

    verb: str
    fits: Fits = anything
    seldom: float = 1.0
    """How often it is pressed at all, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Habit:
    """What follows a button, and when."""

    steps: tuple[Step, ...]
    days: tuple[int, int] = (0, 3)
    """Working days from the card on, at the least and at the most."""
    late: tuple[int, int] = (6, 12)
    """The same for who comes late."""
    by_last_day: bool = False
    """Whether the days lie before the day that the matter is due, and after it for who comes late."""
    office: bool = False
    """Whether one officer does it for the whole QA office."""
    falls_to_one: bool = False
    """Whether every officer is told, and the first to see to it leaves nothing for the others."""
    posts: frozenset[Post] = frozenset()
    """Whose it is; empty for everyone who is offered it."""
    hurry: bool = False
    """Whether it is done within the hour, late or not."""
    begins: Fits = anything
    """Which buttons of the verb it begins with."""


def form(*names: str) -> Fits:
    """Fits what opens one of these forms."""
    return lambda packed: packed.get("form") in names
