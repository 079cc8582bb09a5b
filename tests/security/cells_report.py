"""Who may press what of reports and praise; see `cells`."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cards.payloads import Payload
from cards.payloads_reports import (
    AskPraiseCopy,
    AskReportCopy,
    SendPraise,
    ShowPraise,
    ShowReport,
    WritePraise,
)
from domain.people import Person
from storage.work import Work
from tests.builders import NOW, Staff, a_case, a_submitted_audit
from tests.moderations import Panel, a_released_moderation
from workflows.council import Council

Typed = dict[str, str]

OFFICE = {"a quality assurance officer", "the SM for quality assurance"}
TEAM_MANAGERS = {"the auditor", "the team manager", "the team manager the case moved to"}
"""The auditor manages a team as well."""
SERVICE_MANAGERS = {"the service manager", "the auditor's own service manager, who covers the other"}
COUNCIL = {
    *OFFICE,
    "the principal social worker",
    "a practice consultant",
    "another auditor",
    "the AD for QA",
}
"""The Panel (of which the other auditor is), the QA office and the AD for QA (RO-06)."""

ROUND, NO_ROUND = "a round under way", "no round"
GOOD_WORK, PRAISED = "an audit to praise", "an audit praised"

MAY: dict[str, dict[str, set[str]]] = {
    # CA-20: a team's summary is its manager's; whose it is follows from who asks.
    "read the team's summary": {ROUND: TEAM_MANAGERS, NO_ROUND: TEAM_MANAGERS},
    # RO-08, MO-20, SG-03: a service's numbers and how moderation went are its manager's.
    "read the service's reports": {ROUND: SERVICE_MANAGERS, NO_ROUND: SERVICE_MANAGERS},
    # What came of it all: each for as much as they answer for.
    "read the headline": {ROUND: COUNCIL | SERVICE_MANAGERS | TEAM_MANAGERS},
    # CA-21, SG-04: the QA office words and sends praise.
    "see whom to praise": {GOOD_WORK: OFFICE},
    # CA-21: the one whose work it is, the manager who has the copy, and the office that wrote it.
    "have praise in Word": {PRAISED: OFFICE | {"the practitioner", "the team manager"}, GOOD_WORK: set()},
    "praise": {GOOD_WORK: OFFICE, "an accepted audit": set(), "no audit": set()},
}
CHANGES: dict[type[Payload], tuple[str, set[str]]] = {
    AskReportCopy: ("file_offers", {ROUND}),
    AskPraiseCopy: ("file_offers", {PRAISED}),
    SendPraise: ("praise_notes", {GOOD_WORK}),
}


def objects(
    work: Work, council: Council, some: Staff, people: dict[str, Person], given: dict[str, Any]
) -> dict[str, int]:
    """An audit of good work whose moderation is over."""
    consultant, psw = people["a practice consultant"], people["the principal social worker"]
    panel = Panel(psw, consultant, consultant, people["the SM for quality assurance"], some.ad_qa)
    # A reference of its own kind, of the practitioner who has nothing to do with the other audits.
    case = a_case(work, some, "GW-1001")
    praised = a_released_moderation(work, council, some, panel, case=case, **given)
    told = a_submitted_audit(work, council, some, reference="GW-1002", **given)
    note = work.praise.add(
        audit_id=told.id, person_id=told.practitioner_id, text="Thank you.", by=some.qa_officer.id, now=NOW
    )
    assert note is not None
    work.notices.queue(kind="praise_copy", subject_id=note.id, person_id=some.team_manager.id, now=NOW)
    return {GOOD_WORK: praised.audit_id, PRAISED: told.id}


def asked(activity: str, object_id: int, nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """Every press of this activity, with what is typed beside it."""
    copy = AskReportCopy("team", object_id, nonce)
    match activity:
        case "read the team's summary":
            yield ShowReport("team", object_id), {}
            yield copy, {}
        case "read the service's reports":
            for report in ("service", "moderation"):
                yield ShowReport(report, object_id), {}
                yield replace(copy, report=report, nonce=f"{nonce}:{report}"), {}
        case "read the headline":
            yield ShowReport("headline", 0), {}
            yield replace(copy, report="headline", round_id=0), {}
        case "see whom to praise":
            yield ShowPraise(0), {}
        case "have praise in Word":
            yield AskPraiseCopy(object_id, nonce), {}
        case "praise":
            yield WritePraise(object_id), {}
            yield SendPraise(object_id, nonce), {"praise_text": "Thank you for listening so well."}


def everyones(objects: dict[str, int], nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """What everyone may press, and each is shown their own."""
    yield from ()
