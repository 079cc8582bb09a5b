"""Who may press what of the Panel's queue and of a moderation; see `cells`."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cards.payloads import Payload
from cards.payloads_panel import (
    AskHandOver,
    AskPanelAlert,
    DecideModeration,
    HandOver,
    RaisePanelAlert,
    ReadModerated,
    SaveModeration,
    ShowModeration,
    ShowPanel,
    SwapModeration,
    TakeModeration,
)
from domain.cases import Case
from domain.days import local_day
from domain.moderation import AuditTest, Met, Reason
from domain.moderation_form import to_body
from domain.people import Person
from storage.work import Work
from tests.builders import Staff, a_case, a_submitted_audit
from tests.moderations import a_whole_form
from workflows.council import Council

Typed = dict[str, str]

PSW, CONSULTANT, SM_QA = (
    "the principal social worker",
    "a practice consultant",
    "the SM for quality assurance",
)
THEIRS, NOBODYS, CHAIRS, TIED = (
    "a moderation that is the consultant's",
    "a moderation that is nobody's",
    "a moderation that is the chair's",
    "a moderation of a case that the chair supervises",
)

OWN_TEAM = "another auditor"
"""A consultant of the auditor's own team, who sees the queue without what they are tied to (Q9)."""

MAY: dict[str, dict[str, set[str]]] = {
    # MO-07: practice consultants sit, the PSW chairs, and the SM for quality assurance may have to.
    "see the queue": {"the queue": {PSW, CONSULTANT, SM_QA, OWN_TEAM}},
    "moderate": {
        **{name: {PSW, CONSULTANT} for name in (THEIRS, CHAIRS, NOBODYS)},
        # Q9: where the PSW is tied, the SM for quality assurance chairs.
        TIED: {CONSULTANT, SM_QA},
        "no moderation": set(),
    },
}

CHANGES: dict[type[Payload], tuple[str, set[str]]] = {
    TakeModeration: ("moderations", {CHAIRS, NOBODYS}),
    SwapModeration: ("moderations", {CHAIRS}),
    HandOver: ("moderations", {THEIRS, CHAIRS}),
    SaveModeration: ("moderations", {THEIRS, CHAIRS, NOBODYS, TIED}),
    DecideModeration: ("moderations", {THEIRS, CHAIRS, NOBODYS, TIED}),
    RaisePanelAlert: ("safety_alerts", {THEIRS, CHAIRS, NOBODYS, TIED}),
}

_ANSWERS = {f"test_{test.value}": "partly" for test in AuditTest}
_typed: dict[str, str] = {}
"""Ids that are typed: to whom to hand over, and for which to swap."""


def objects(
    work: Work, council: Council, some: Staff, people: dict[str, Person], given: dict[str, Any]
) -> dict[str, int]:
    """Moderations that are the consultant's, the chair's and nobody's, and one that the chair is tied to."""
    psw, consultant = people[PSW].id, people[CONSULTANT].id
    spare = _chosen(work, council, some, consultant, a_case(work, some, "CF-1010"), **given)
    _typed.update(hand_to=str(psw), swap_with=str(spare))
    tied = a_case(work, some, "CF-1009", supervisor_id=psw)
    return {
        "the queue": 0,
        THEIRS: _chosen(work, council, some, consultant, a_case(work, some, "CF-1006"), **given),
        CHAIRS: _chosen(work, council, some, psw, a_case(work, some, "CF-1008"), **given),
        NOBODYS: _chosen(work, council, some, None, a_case(work, some, "CF-1007"), **given),
        TIED: _chosen(work, council, some, consultant, tied, **given),
        "no moderation": 999_999,
    }


def asked(activity: str, object_id: int, nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """Every press of this activity, with what is typed beside it."""
    if activity == "see the queue":
        yield ShowPanel(object_id), {}
    if activity == "moderate":
        for part in ("start", "grades", "decide"):
            yield ShowModeration(object_id, part), {}
        yield ReadModerated(object_id, "journey", "tests"), {}
        yield AskHandOver(object_id), {}
        yield TakeModeration(object_id, nonce), {}
        yield RaisePanelAlert(object_id, "tests", nonce), {"concern": "Nobody has seen the child."}
        yield SaveModeration(object_id, "tests", 1, "read:journey", nonce), _ANSWERS
        yield AskPanelAlert(object_id, "tests", 1), _ANSWERS
        yield SwapModeration(object_id, nonce), {"swap_with": _typed["swap_with"], "why": "On leave."}
        yield HandOver(object_id, nonce), {"hand_to": _typed["hand_to"], "why": "On leave."}
        yield DecideModeration(object_id, 1, nonce), {"verdict": "satisfactory"}


def everyones(objects: dict[str, int], nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """What everyone may press, and each is shown their own."""
    yield from ()


def _chosen(
    work: Work, council: Council, some: Staff, moderator_id: int | None, case: Case, **given: Any
) -> int:
    """A moderation that lacks nothing but a verdict."""
    now = given["now"]
    audit = a_submitted_audit(work, council, some, case=case, **given)
    reasons = (Reason.NEW_AUDITOR,)
    due_on = local_day(now) + timedelta(days=14)
    work.moderations.select(
        audit_id=audit.id, reasons=reasons, due_on=due_on, moderator_id=moderator_id, now=now
    )
    found = work.moderations.of_audit(audit.id)
    assert found is not None
    form = replace(a_whole_form(council, audit), verdict=None, tests=dict.fromkeys(AuditTest, Met.PARTLY))
    form = replace(form, tests={**form.tests, AuditTest.COVERED: Met.MET})
    values = {"body": to_body(form), "moderator_id": moderator_id, "reasons": [r.value for r in reasons]}
    assert work.moderations.change(found, values)
    return found.id
