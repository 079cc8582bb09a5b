"""Who may press what of following; see `cells`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot.asking import clock
from cards.payloads import Payload
from cards.payloads_following import (
    ConfirmFile,
    PlanSupervision,
    RecordDiscussed,
    RecordImpact,
    RecordReflection,
    SetSupervisionDays,
    ShowFiles,
    ShowFollowUp,
    ShowSupervision,
    ShowSupervisionDays,
)
from domain.days import local_day
from domain.pages import ACTIONS, ActionsPage
from domain.people import Person
from domain.supervision import field_of
from storage.work import Work
from tests.builders import Staff, a_submitted_audit
from tests.moderations import of_proficient_auditors
from workflows.council import Council

Typed = dict[str, str]

SHARED, MOVED = "a submitted audit", "a submitted audit of a case that moved"
UNSHARED = ("an allocated audit", "an accepted audit", "a returned audit", "no audit")
READY, CLOSED = "an audit whose actions are confirmed", "a closed audit"
SUPERVISED, NOBODY = "a practitioner to supervise", "nobody to supervise"

MANAGER, NEW_MANAGER = "the team manager", "the team manager the case moved to"
OFFICE = {"a quality assurance officer", "the SM for quality assurance"}
PMPM = "the project manager"
READERS = {
    "the auditor",
    "the practitioner",
    "the practitioner's line manager",
    MANAGER,
    *OFFICE,
}

MAY: dict[str, dict[str, set[str]]] = {
    # CA-19: whoever manages the practitioner takes the learning to supervision.
    "supervise": {SUPERVISED: {"the practitioner's line manager"}, NOBODY: set()},
    "follow up": {
        **{audit: set() for audit in UNSHARED},
        SHARED: READERS | {PMPM},
        MOVED: READERS | {NEW_MANAGER, PMPM},
        CLOSED: READERS | {PMPM},
    },
    # SU-08: the auditor or the team manager held it.
    "reflect": {
        **{audit: set() for audit in UNSHARED},
        SHARED: {"the auditor", MANAGER},
        MOVED: {"the auditor", MANAGER, NEW_MANAGER},
    },
    # RO-01, Q22: whoever holds the post.
    "list files": {SHARED: {PMPM}},
    "file": {READY: {PMPM}, SHARED: {PMPM}, **{audit: set() for audit in UNSHARED}},
    # Workflow 1B step 18.
    "impact": {CLOSED: {MANAGER} | OFFICE, SHARED: {MANAGER} | OFFICE, "no audit": set()},
}
CHANGES: dict[type[Payload], tuple[str, set[str]]] = {
    PlanSupervision: ("supervisions", {SUPERVISED}),
    SetSupervisionDays: ("supervisions", {SUPERVISED}),
    RecordDiscussed: ("followups", {SUPERVISED}),
    RecordReflection: ("followups", {SHARED, MOVED}),
    ConfirmFile: ("followups", {READY}),
    RecordImpact: ("followups", {CLOSED}),
}

_listed: list[int] = []
"""Audits that a supervision card of the scene lists."""


def objects(
    work: Work, council: Council, some: Staff, _people: dict[str, Person], given: dict[str, Any]
) -> dict[str, int]:
    """What there is to ask for. `given` holds the moment, month and due date of the scene's audits."""
    # Chosen by no rule: what waits for the Panel is not talked of in supervision.
    plain = of_proficient_auditors(council)
    pages = {ACTIONS: ActionsPage(none_needed=True)}
    ready, closed = (
        a_submitted_audit(work, plain, some, reference=reference, pages=pages, **given)
        for reference in ("CF-1062", "CF-1063")
    )
    today = local_day(clock())
    kept = {"closed_at": given["now"], "impact_due_on": today}
    assert work.followups.change(work.followups.get(closed.id), kept)
    unlearned = work.followups.unlearned(practitioner_id=some.practitioner.id)
    _listed[:] = [one.audit_id for one in unlearned[:5]]
    return {READY: ready.id, CLOSED: closed.id, SUPERVISED: some.practitioner.id, NOBODY: 999_999}


def asked(activity: str, object_id: int, nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """Every press of this activity, with what is typed beside it."""
    today = local_day(clock())
    match activity:
        case "supervise":
            yield ShowSupervision(object_id), {}
            on = (today + timedelta(days=7)).isoformat()
            yield PlanSupervision(object_id, nonce), {"next_on": on}
            yield SetSupervisionDays(nonce), {field_of(object_id): on}
            where = {"held_on": today.isoformat(), "where": "supervision note of 3 June"}
            yield RecordDiscussed(object_id, ",".join(map(str, _listed)) or "1", nonce), where
        case "follow up":
            yield ShowFollowUp(object_id), {}
        case "reflect":
            yield RecordReflection(object_id, nonce), {"reflected_on": today.isoformat()}
        case "list files":
            yield ShowFiles(0), {}
        case "file":
            yield ConfirmFile(object_id, nonce), {}
        case "impact":
            lasted = {"impact": "lasted", "impact_text": "Home is calm."}
            yield RecordImpact(object_id, nonce), lasted


def everyones(_objects: dict[str, int], _nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """What everyone may press, and each is shown their own."""
    yield ShowSupervisionDays(), {}
