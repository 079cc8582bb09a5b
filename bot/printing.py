"""Says things in the terminal."""

from rich.console import Console

console = Console(highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """Print plain text; square brackets in it are text, not style."""
    console.print(text, markup=False)
