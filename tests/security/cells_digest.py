"""Who may press what of the QA Group's digest; see `cells`."""

from collections.abc import Iterator
from typing import Any

from cards.payloads import Payload
from cards.payloads_digest import ShowAhead, ShowDigest
from domain.days import month_number
from domain.digest import Topic
from domain.people import Person
from storage.work import Work
from tests.builders import Staff
from workflows.council import Council

Typed = dict[str, str]

GROUP = {
    "a quality assurance officer",
    "the SM for quality assurance",
    "the AD for QA",
    "the service manager",
    "the auditor's own service manager, who covers the other",
    "the principal social worker",
    "the project manager",
}
"""OG-11, OG-12: they sit on the QA Group by post, or run it."""

MONTH, NO_MONTH = "the month of a round", "a month without a round"
NEVER = 209901

MAY: dict[str, dict[str, set[str]]] = {"read the digest": {MONTH: GROUP, NO_MONTH: GROUP}}
CHANGES: dict[type[Payload], tuple[str, set[str]]] = {}


def objects(
    work: Work, council: Council, some: Staff, people: dict[str, Person], given: dict[str, Any]
) -> dict[str, int]:
    """The month of the round that everything else of the scene stands in."""
    return {MONTH: month_number(given["month"]), NO_MONTH: NEVER}


def asked(activity: str, object_id: int, nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """Every press of this activity, with what is typed beside it."""
    if activity == "read the digest":
        for topic in Topic:
            yield ShowDigest(object_id, topic.value), {}
        yield ShowAhead(0), {}


def everyones(objects: dict[str, int], nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """What everyone may press, and each is shown their own."""
    yield from ()
