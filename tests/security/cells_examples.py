"""Who may press what of the library of example audits; see `cells`."""

from collections.abc import Iterator
from typing import Any

from cards.payloads import Payload
from cards.payloads_examples import (
    ApproveExample,
    AskExample,
    ProposeExample,
    ShowExample,
    ShowExamples,
    WithdrawExample,
)
from domain.grades import Grade
from domain.people import Person
from storage.work import Work
from tests.builders import Staff
from workflows.council import Council

Typed = dict[str, str]

PSW = "the principal social worker"
PANEL = {PSW, "a practice consultant", "the SM for quality assurance", "another auditor"}
AUDITORS = {"the auditor", "another auditor"}
PROPOSED, APPROVED = "a proposed example", "an approved example"
TYPED = {
    "example_title": "A plan",
    "example_section": "planning",
    "example_grade": "good",
    "example_text": "Clear steps.",
    "example_why": "Clear.",
}

MAY: dict[str, dict[str, set[str]]] = {
    # MO-18: auditors read what the PSW approved; the Panel sees what waits as well.
    "browse examples": {"the library": PANEL | AUDITORS},
    "read an example": {PROPOSED: PANEL, APPROVED: PANEL | AUDITORS, "no example": set()},
    "propose an example": {"a new example": PANEL, PROPOSED: PANEL, "no example": set()},
    "decide on an example": {PROPOSED: {PSW}, APPROVED: {PSW}, "no example": set()},
}

CHANGES: dict[type[Payload], tuple[str, set[str]]] = {
    ProposeExample: ("examples", {"a new example", PROPOSED}),
    ApproveExample: ("examples", {PROPOSED}),
    WithdrawExample: ("examples", {PROPOSED, APPROVED}),
}


def objects(
    work: Work, council: Council, some: Staff, people: dict[str, Person], given: dict[str, Any]
) -> dict[str, int]:
    """One example that waits for the PSW, and one that auditors read."""
    by, now = people["a practice consultant"].id, given["now"]
    texts = {"title": "A clear plan", "section": "planning", "text": "Each step has a day.", "why": "Clear."}
    made = [work.examples.propose(**texts, grade=Grade.GOOD, by=by, now=now) for _ in range(2)]
    row = work.examples.get(made[1])
    assert row is not None
    approved = {"state": "approved", "approved_by": people[PSW].id, "approved_at": now}
    assert work.examples.change(row.example, approved)
    return {
        "the library": 0,
        "a new example": 0,
        PROPOSED: made[0],
        APPROVED: made[1],
        "no example": 999_999,
    }


def asked(activity: str, object_id: int, nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """Every press of this activity, with what is typed beside it."""
    match activity:
        case "browse examples":
            yield ShowExamples("planning", object_id, 0, 0), {}
        case "read an example":
            yield ShowExample(object_id, 0, 0), {}
        case "propose an example":
            yield AskExample(object_id, 0, ""), {}
            yield ProposeExample(object_id, 1, nonce), TYPED
        case "decide on an example":
            yield ApproveExample(object_id, 1, nonce), {}
            yield WithdrawExample(object_id, 1, nonce), {}


def everyones(objects: dict[str, int], nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """What everyone may press, and each is shown their own."""
    yield from ()
