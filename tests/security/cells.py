"""Who may do what in the scene, in the words of the framework; every press there is, and what it changes."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

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
    ShowGuidance,
    ShowMyAudits,
    SubmitAudit,
)
from cards.payloads_day import (
    AskExtension,
    AskHolds,
    AskPutOff,
    DecideExtension,
    PutOff,
    ReallocateAway,
    RequestExtension,
    ShowDay,
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
from domain.pages import JOURNEY
from tests.security.scenes import AREAS, Scene

_nonces = count(1)

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
PANEL = {"the principal social worker", "a practice consultant"}
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
        # MO-08: the Panel reads the child's file, so it may be the first to see the child at risk.
        "a submitted audit": READERS | PANEL,
        "a submitted audit of a case that moved": READERS | PANEL | {NEW_MANAGER},
        "no audit": set(),
    },
    # Only who was told of an alert can say that they act on it.
    "acknowledge": {"an alert": TOLD, "no alert": set()},
    # A line typed in chat is its writer's alone until it stands in the audit.
    "keep a line": {"a typed line": {"the auditor"}, "no line": set()},
    "drop a line": {"another typed line": {"the auditor"}, "no line": set()},
    # CA-01 to CA-05: the QA office draws the sample, checks it and allocates.
    "plan": {"a proposed round": OFFICE, "a round under way": OFFICE, "no round": OFFICE},
    "reallocate": dict.fromkeys((*AUDITS, "an audit of somebody who is away"), OFFICE),
    # Workflow 1B: the service manager who answers for the auditor asks for more time, the AD for QA decides.
    "ask for more time": {**{audit: {ANSWERS} for audit in AUDITS}, "no audit": set()},
    "decide on more time": {
        "a request for more time": {"the AD for QA"},
        "a request whose day has passed": {"the AD for QA"},
        "no request": set(),
    },
    # A team's open work is its manager's.
    "team": {"a team": {"the team manager"}, "no team": set()},
    "list": {"a waiting list": OFFICE, "no list": OFFICE},
}
MAY |= {activity: by_object for area in AREAS for activity, by_object in area.MAY.items()}
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
            yield (
                SavePage(object_id, JOURNEY, 0, "overview", nonce),
                {
                    "journey": "Overwritten.",
                    "matters_most": "School.",
                },
            )
            yield AcceptAudit(object_id, nonce), {}
            yield AskConflict(object_id), {}
            yield AskHolds(object_id, nonce), {}
            yield SubmitAudit(object_id, 1, nonce), {}
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
        case "keep a line":
            yield KeepLine(1, JOURNEY, object_id, "journey", nonce), {}
        case "drop a line":
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
            yield DecideExtension(object_id, True, nonce), {"reason": "Yes."}
            yield DecideExtension(object_id, False, nonce), {"reason": "Not this time."}
        case "team":
            yield ShowTeamWeek(object_id, 0), {}
        case "list":
            yield ConfirmImport(object_id, nonce), {}
        case _:
            for area in AREAS:
                yield from area.asked(activity, object_id, nonce)


def everyones(scene: Scene) -> Iterator[tuple[Payload, dict[str, str]]]:
    """What everyone may press, and each is shown their own."""
    today = local_day(clock())
    own = f"audit:{scene.objects['an accepted audit']}"
    yield ShowMyAudits(), {}
    yield ShowGuidance(0, "start"), {}
    yield ShowDay(today.isoformat()), {}
    yield AskPutOff(today.isoformat()), {}
    later = (today + timedelta(days=7)).isoformat()
    yield (
        PutOff(today.isoformat(), f"cell-{next(_nonces)}"),
        {"put_off_what": own, "put_off_until": later},
    )
    for area in AREAS:
        yield from area.everyones(scene.objects, f"cell-{next(_nonces)}")


CHANGES: dict[type[Payload], tuple[str, set[str]]] = {
    SavePage: ("audit_pages", {"an accepted audit"}),
    AcceptAudit: ("audits", {"an allocated audit"}),
    AskHolds: ("file_offers", {"an allocated audit", "an accepted audit"}),
    SubmitAudit: ("audit_shares", {"an accepted audit"}),
    DeclareConflict: ("audits", {"an allocated audit"}),
    AddComment: ("comments", set(SHARED)),
    ReviewAudit: ("reviews", set(SHARED)),
    AskCopy: ("file_offers", set(SHARED)),
    RaiseSafety: ("safety_alerts", {*UNSHARED, *SHARED}),
    AcknowledgeSafety: ("safety_recipients", {"an alert"}),
    KeepLine: ("audit_pages", {"a typed line"}),
    DropLine: ("typed_lines", {"another typed line"}),
    SwapCase: ("round_swaps", {"a proposed round"}),
    ExcludeFromRound: ("round_exclusions", {"a proposed round"}),
    BringBack: ("round_exclusions", {"a proposed round"}),
    # A month, not a round: it is drawn at the first press, whatever that stands beside.
    PlanRound: ("rounds", {"a proposed round"}),
    SendProposal: ("file_offers", {"a proposed round", "a round under way"}),
    ReplanRound: ("rounds", {"a proposed round"}),
    ApproveRound: ("rounds", {"a proposed round"}),
    ReallocateAudit: ("audits", {"a returned audit"}),
    ReallocateAway: ("audits", {"an audit of somebody who is away"}),
    RequestExtension: ("extensions", {"an allocated audit"}),
    DecideExtension: ("extensions", {"a request for more time", "a request whose day has passed"}),
    ConfirmImport: ("imports", {"a waiting list"}),
    PutOff: ("snoozes", {"an accepted audit"}),
}
CHANGES |= {kind: change for area in AREAS for kind, change in area.CHANGES.items()}
"""What a press that changes something changes: the table where it shows, and the objects on which it can.

Elsewhere the same people may press it too and are told, kindly, why nothing came of it.
"""
