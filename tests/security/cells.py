"""A council with everybody and everything in it, and who may do what there, in the words of the framework."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any

from bot.asking import clock
from cards.payloads import (
    AcceptAudit,
    AcknowledgeSafety,
    AddComment,
    AskConflict,
    AskSafety,
    ConfirmImport,
    DeclareConflict,
    DropLine,
    KeepLine,
    OpenOverview,
    OpenPage,
    Payload,
    RaiseSafety,
    ReadShared,
    ReviewAudit,
    SavePage,
    SubmitAudit,
)
from cards.payloads_day import (
    AskExtension,
    AskHolds,
    DecideExtension,
    ReallocateAway,
    RequestExtension,
    ShowTeamWeek,
    ShowTried,
)
from cards.payloads_files import AskCopy
from cards.payloads_office import SendProposal, ShowUnreachable
from cards.payloads_round import (
    ApproveRound,
    BringBack,
    ChangePlace,
    ExcludeFromRound,
    PlanRound,
    ReallocateAudit,
    ReplanRound,
    ShowRound,
    SwapCase,
)
from domain.days import local_day
from domain.pages import JOURNEY, JourneyPage
from domain.people import Person, Post
from storage.work import Work
from tests.builders import (
    Staff,
    a_case,
    a_person,
    a_returned_audit,
    a_round,
    a_submitted_audit,
    an_accepted_audit,
    an_allocated_audit,
    save_pages,
    staff,
)
from workflows.council import Council
from workflows.safety import raise_alert

SECRET = "What only the auditor has written so far"
NOWHERE = 999_999

Objects = dict[str, int]

_nonces = count(1)


@dataclass(frozen=True, slots=True)
class Scene:
    """Who is there and what there is to ask for."""

    people: dict[str, Person]
    """Each named after their part in the audits."""
    objects: Objects
    """Ids of audits in each state, and of a round, an alert, a waiting line and a waiting list."""
    staff: Staff


def a_scene(work: Work, council: Council) -> Scene:
    """Everybody, one audit in each state, and one that moved to another team after it was shared."""
    now = clock()
    month = local_day(now).replace(day=1)
    some = staff(work)
    new_team = work.people.team_named("Acorns 1", some.other_service.id)
    people = {
        "the auditor": some.auditor,
        "another auditor": some.second_auditor,
        "the practitioner": some.practitioner,
        "the practitioner's line manager": some.line_manager,
        "the team manager": some.team_manager,
        "the service manager": some.service_manager,
        "the auditor's own service manager, who covers the other": some.cover,
        "a quality assurance officer": some.qa_officer,
        "the SM for quality assurance": a_person(work, "Sasha Quality", Post.SM_QA),
        "the AD for QA": some.ad_qa,
        "the principal social worker": a_person(work, "Pat Principal", Post.PSW),
        "the director": a_person(work, "Drew Director", Post.DCS),
        "another AD": a_person(work, "Ash Assistant", Post.AD_CARE),
        "a colleague in the team": a_person(
            work, "Col League", Post.PRACTITIONER, team_id=some.team.id, service_id=some.service.id
        ),
        "another assistant in the team": a_person(
            work, "Ash Tant", Post.ATM, team_id=some.team.id, service_id=some.service.id
        ),
        "the team manager the case moved to": a_person(
            work, "Nell New", Post.TM, team_id=new_team.id, service_id=some.other_service.id
        ),
        "a practitioner elsewhere": some.bystander,
    }
    given: dict[str, Any] = {"now": now, "month": month}
    accepted = an_accepted_audit(work, some, reference="CF-1002", **given)
    save_pages(work, accepted, {JOURNEY: JourneyPage(SECRET, "School")}, now=now)
    shared = a_submitted_audit(work, council, some, reference="CF-1003", **given)
    moved_case = a_case(work, some, "CF-1005")
    moved = a_submitted_audit(work, council, some, case=moved_case, **given)
    work.cases.change(moved_case.id, {"team_id": new_team.id})
    alert_id, _ = raise_alert(work, council, by=some.auditor, audit_id=shared.id, concern="Unseen.", now=now)
    planned = a_round(work, month=_next(month), state="planned", now=now)
    objects = {
        "an allocated audit": an_allocated_audit(work, some, reference="CF-1001", **given).id,
        "an accepted audit": accepted.id,
        "a submitted audit": shared.id,
        "a submitted audit of a case that moved": moved.id,
        "a returned audit": a_returned_audit(work, some, reference="CF-1004", **given).id,
        "no audit": NOWHERE,
        "an alert": alert_id,
        "no alert": NOWHERE,
        "a typed line": work.turns.keep_waiting(some.auditor.id, accepted.id, JOURNEY, "One more.", now),
        "no line": NOWHERE,
        "a proposed round": planned,
        "a round under way": accepted.round_id,
        "no round": NOWHERE,
        "a waiting list": work.imports.add(
            kind="cases", filename="cases.csv", digest="0" * 64, rows=[], by=None, now=now
        ),
        "no list": NOWHERE,
        "a request for more time": work.extensions.ask(
            audit_id=accepted.id,
            kind="extension",
            until_on=now.date(),
            reason="Ill.",
            by=some.cover.id,
            now=now,
        ),
        "no request": NOWHERE,
        "a team": some.team.id,
        "no team": NOWHERE,
    }
    # The test looks for what it knows of the people, so names come from the database.
    known = {part: replace(work.people.get(one.id)) for part, one in people.items()}
    return Scene(known, objects, some)


def _next(month: date) -> date:
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


SHARED = ("a submitted audit", "a submitted audit of a case that moved")
UNSHARED = ("an allocated audit", "an accepted audit", "a returned audit")
AUDITS = (*UNSHARED, *SHARED, "no audit")

READERS = {
    "the auditor",
    "the practitioner",
    "the practitioner's line manager",
    "the team manager",
    "a quality assurance officer",
    "the SM for quality assurance",
}
"""CA-16, Q30: practitioner, line manager, team manager and QA office receive it; its writer has it."""
ANSWERS = "the auditor's own service manager, who covers the other"
NEW_MANAGER = "the team manager the case moved to"
OFFICE = {"a quality assurance officer", "the SM for quality assurance"}
TOLD = {
    "the team manager",
    "the service manager",
    "the auditor's own service manager, who covers the other",
    "the AD for QA",
}
"""Q16: same-day alert to team manager and service manager, the AD told if nobody answers."""

MAY: dict[str, dict[str, set[str]]] = {
    # CA-08 to CA-15: the auditor reads, gathers, reflects, grades and submits; nobody else sees a page of it.
    "fill": {**{audit: {"the auditor"} for audit in (*UNSHARED, *SHARED)}, "no audit": set()},
    # CA-16: only what has been submitted is shared.
    "read": {
        **{audit: set() for audit in (*UNSHARED, "no audit")},
        "a submitted audit": READERS,
        "a submitted audit of a case that moved": READERS | {NEW_MANAGER},
    },
    # CA-17: the practitioner's own words.
    "comment": {
        **{audit: set() for audit in (*UNSHARED, "no audit")},
        **{audit: {"the practitioner"} for audit in SHARED},
    },
    # CA-18: the team manager reviews and nominates, and so does the one now holding the case (Q13).
    "review": {
        **{audit: set() for audit in (*UNSHARED, "no audit")},
        "a submitted audit": {"the team manager"},
        "a submitted audit of a case that moved": {"the team manager", NEW_MANAGER},
    },
    # SG-02, Q16: whoever can see the audit can raise the alarm, from any state.
    "raise": {
        **{audit: {"the auditor"} for audit in UNSHARED},
        "a submitted audit": READERS,
        "a submitted audit of a case that moved": READERS | {NEW_MANAGER},
        "no audit": set(),
    },
    # Only who was told of an alert can say that they act on it.
    "acknowledge": {"an alert": TOLD, "no alert": set()},
    # A line typed in chat is its writer's alone until it stands in the audit.
    "line": {"a typed line": {"the auditor"}, "no line": set()},
    # CA-01 to CA-05: the QA office draws the sample, checks it and allocates.
    "plan": {"a proposed round": OFFICE, "a round under way": OFFICE, "no round": OFFICE},
    "reallocate": dict.fromkeys(AUDITS, OFFICE),
    # Workflow 1B: the service manager who answers for the auditor asks for more time, the AD for QA decides.
    "ask for more time": {**{audit: {ANSWERS} for audit in AUDITS}, "no audit": set()},
    "decide on more time": {"a request for more time": {"the AD for QA"}, "no request": set()},
    # A team's open work is its manager's.
    "team": {"a team": {"the team manager"}, "no team": set()},
    "list": {"a waiting list": OFFICE, "no list": OFFICE},
}
"""Activity, then object, to who may. Leavers, strangers and guests may nothing."""


def asked(activity: str, object_id: int) -> Iterator[tuple[Payload, dict[str, str]]]:
    """Every press of this activity, with what is typed beside it."""
    nonce = f"cell-{next(_nonces)}"
    match activity:
        case "fill":
            yield OpenOverview(object_id), {}
            yield OpenPage(object_id, JOURNEY), {}
            yield OpenPage(object_id, "everything"), {}
            yield OpenPage(object_id, JOURNEY, 0), {"journey": "typed elsewhere"}
            yield SavePage(object_id, JOURNEY, 0, "overview", nonce), {"journey": "Overwritten."}
            yield AcceptAudit(object_id, nonce), {}
            yield AskConflict(object_id), {}
            yield SubmitAudit(object_id, 1, nonce), {}
            yield AskHolds(object_id, nonce), {}
            yield DeclareConflict(object_id, nonce), {"reason": "I know the family."}
        case "read":
            for part in ("summary", "journey"):
                yield ReadShared(object_id, part), {}
            yield AskCopy(object_id, nonce), {}
        case "comment":
            yield AddComment(object_id, nonce), {"comment": "I learned from this."}
        case "review":
            yield ReviewAudit(object_id, True, nonce), {"review_reason": "A good example."}
            yield ReviewAudit(object_id, False, nonce), {}
        case "raise":
            yield AskSafety(object_id), {}
            yield AskSafety(object_id, JOURNEY, 0), {"journey": "Overwritten on the way."}
            yield RaiseSafety(object_id, nonce), {"concern": "Nobody has seen the child."}
        case "acknowledge":
            yield AcknowledgeSafety(object_id, nonce), {}
        case "line":
            yield KeepLine(1, JOURNEY, object_id, "journey", nonce), {}
            yield DropLine(object_id, nonce), {}
        case "plan":
            for part in ("progress", "mix", "pairs", "due", "returned"):
                yield ShowRound(object_id, part, 0), {}
            yield ChangePlace(object_id, 1), {}
            yield SwapCase(object_id, 1, 1, nonce), {}
            yield ExcludeFromRound(object_id, 1, 1, "case", nonce), {"exclude_reason": "Away."}
            yield BringBack(object_id, 1, "case", 1, nonce), {}
            yield PlanRound(203005, nonce), {}
            yield ShowUnreachable(0), {}
            yield SendProposal(object_id, nonce), {}
            yield ReplanRound(object_id, 1, "none", nonce), {}
            yield ApproveRound(object_id, 1, nonce), {}
        case "reallocate":
            yield ReallocateAudit(object_id, nonce), {}
            yield ReallocateAway(object_id, nonce), {}
        case "ask for more time":
            yield ShowTried(object_id), {}
            yield AskExtension(object_id, "extension"), {}
            yield RequestExtension(object_id, "exemption", nonce), {"reason": "The auditor is ill."}
        case "decide on more time":
            yield DecideExtension(object_id, False, nonce), {"decision": "Not this time."}
            yield DecideExtension(object_id, True, nonce), {"decision": "Yes."}
        case "team":
            yield ShowTeamWeek(object_id, 0), {}
        case "list":
            yield ConfirmImport(object_id, nonce), {}
