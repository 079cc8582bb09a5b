"""A report as people read it. Its card and its Word copy are drawn from the same one, so they cannot part."""

from dataclasses import dataclass

BAR = 10
"""How many squares make the whole."""


@dataclass(frozen=True, slots=True)
class Line:
    """A figure under its name."""

    name: str
    figure: str
    share: tuple[int, int] | None = None
    """(how many, of how many) for a bar beside it; None where a bar would say too much, or nothing."""
    before: str = ""
    """The same figure of the time before."""

    @property
    def bar(self) -> str:
        """The share in squares, or nothing."""
        return bar(*self.share) if self.share and self.share[1] else ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report under its heading."""

    title: str
    """In our own words; empty under the heading before."""
    who: str = ""
    """The one person this part is about."""
    says: str = ""
    """A sentence or two."""
    lines: tuple[Line, ...] = ()
    bullets: tuple[str, ...] = ()
    """Short texts, as people wrote them or as we say them."""
    columns: tuple[str, ...] = ()
    """Headings of a table to be filled in by hand; a card leaves the whole part to the copy."""
    rows: tuple[tuple[str, ...], ...] = ()
    more: int = 0
    """How many further lines a card leaves to the copy; the copy itself has them all."""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report."""

    title: str
    about: str
    """Whose figures these are, and of when."""
    lead: str
    """What matters, in plain sentences, before any figure."""
    parts: tuple[Part, ...]
    note: str = ""
    """What is not shown, and who else may see this."""


def bar(count: int, whole: int) -> str:
    """Squares for a share; it looks full or empty only where it is."""
    filled = round(count / whole * BAR)
    if 0 < count < whole:
        filled = min(max(filled, 1), BAR - 1)
    return "■" * filled + "□" * (BAR - filled)
