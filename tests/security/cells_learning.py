"""Who may press what of learning; see `cells`."""

from collections.abc import Iterator
from typing import Any

from cards.payloads import Payload
from domain.people import Person
from storage.work import Work
from tests.builders import Staff
from workflows.council import Council

Typed = dict[str, str]

MAY: dict[str, dict[str, set[str]]] = {}
CHANGES: dict[type[Payload], tuple[str, set[str]]] = {}


def objects(
    work: Work, council: Council, some: Staff, people: dict[str, Person], given: dict[str, Any]
) -> dict[str, int]:
    """What there is to ask for. `given` holds the moment, month and due date of the scene's audits."""
    return {}


def asked(activity: str, object_id: int, nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """Every press of this activity, with what is typed beside it."""
    yield from ()


def everyones(objects: dict[str, int], nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """What everyone may press, and each is shown their own."""
    yield from ()
