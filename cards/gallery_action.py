"""Cards of action, for the gallery."""

from collections.abc import Iterator

from cards.elements import Card
from cards.gallery_content import Content
from domain.framework import Framework


def cards_of(framework: Framework, content: Content) -> Iterator[tuple[str, Card]]:
    """(name, card) of each, with this content."""
    yield from ()
