"""Says things in the terminal."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


@cache
def console() -> "Console":
    """The terminal; loaded when something is first said, which a serving bot never does."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """Print plain text; square brackets in it are text, not style."""
    console().print(text, markup=False)
