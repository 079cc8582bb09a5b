"""A council with everybody and everything in it, and what a card of it drawn at this moment would carry."""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from bot.asking import clock
from cards.payloads import Payload, SavePage, SubmitAudit
from cards.payloads_examples import ApproveExample, ProposeExample, WithdrawExample
from cards.payloads_learning import (
    AssureEntry,
    EndEntry,
    LinkEvidence,
    PublishEntry,
    SaveEntry,
    SaveLearningAction,
)
from cards.payloads_meetings import CancelMeeting, HoldMeeting, MoveMeeting
from cards.payloads_packs import ApprovePack, SavePackPart
from cards.payloads_panel import AskPanelAlert, DecideModeration, SaveModeration
from cards.payloads_performance import AnswerRequest, DropRequest, Explain, SaveNarrative
from cards.payloads_plan import EndPlanItem, SavePlanItem, SaveTerms, SignTerms
from cards.payloads_round import BringBack
from cards.payloads_talk import AcceptSlot, InviteToTalk, ProposeTime
from cards.payloads_tracker import DropTracked, FinishTracked, SaveTracked
from domain.days import local_day
from domain.pages import JOURNEY, JourneyPage
from domain.people import Leave, Person, Post
from storage.work import View, Work
from tests.builders import (
    Staff,
    a_case,
    a_filled_audit,
    a_person,
    a_returned_audit,
    a_submitted_audit,
    an_accepted_audit,
    an_allocated_audit,
    save_pages,
    staff,
)
from tests.security import (
    cells_action,
    cells_calibration,
    cells_digest,
    cells_draw,
    cells_examples,
    cells_following,
    cells_governance,
    cells_learning,
    cells_packs,
    cells_panel,
    cells_performance,
    cells_report,
    cells_talk,
)
from tests.workflows.caseloads import a_caseload
from workflows.audit_access import load_file
from workflows.council import Council
from workflows.packing import mark_of, whole_mark
from workflows.planning import exclude, propose_round
from workflows.safety import raise_alert

AREAS = (
    cells_draw,
    cells_panel,
    cells_examples,
    cells_talk,
    cells_action,
    cells_following,
    cells_learning,
    cells_calibration,
    cells_report,
    cells_performance,
    cells_packs,
    cells_governance,
    cells_digest,
)
"""What each part of the product adds to the scene; see `cells`."""

SECRET = "What only the auditor has written so far"
REFERENCES = (*(f"CF-{n}" for n in range(1001, 1011)), "CL-00")
NOWHERE = 999_999

Objects = dict[str, int]


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
        "a practice consultant": a_person(work, "Chris Consultant", Post.PC),
        "the project manager": a_person(work, "Paddy Project", Post.PMPM),
        "the Lead Member": a_person(work, "Lee Councillor", Post.LEAD_MEMBER),
    }
    # Due late enough that there is something to put off, whatever the day of the month.
    given: dict[str, Any] = {"now": now, "month": month, "due_on": local_day(now) + timedelta(days=20)}
    accepted = a_filled_audit(work, council.framework, some, reference="CF-1002", **given)
    save_pages(work, accepted, {JOURNEY: JourneyPage(SECRET, "School")}, now=now)
    shared = a_submitted_audit(work, council, some, reference="CF-1003", **given)
    moved_case = a_case(work, some, "CF-1005")
    moved = a_submitted_audit(work, council, some, case=moved_case, **given)
    work.cases.change(moved_case.id, {"team_id": new_team.id})
    alert_id, _ = raise_alert(work, council, by=some.auditor, audit_id=shared.id, concern="Unseen.", now=now)
    *_, free_case = a_caseload(work, some, practitioners=6)
    away_id = _away(work, some, case=free_case, **given)
    objects = {
        "an allocated audit": an_allocated_audit(work, some, reference="CF-1001", **given).id,
        "an accepted audit": accepted.id,
        "a submitted audit": shared.id,
        "a submitted audit of a case that moved": moved.id,
        "a returned audit": a_returned_audit(work, some, reference="CF-1004", **given).id,
        "an audit of somebody who is away": away_id,
        "no audit": NOWHERE,
        "an alert": alert_id,
        "no alert": NOWHERE,
        "a typed line": work.turns.keep_waiting(some.auditor.id, accepted.id, JOURNEY, "One more.", now),
        "another typed line": work.turns.keep_waiting(some.auditor.id, accepted.id, JOURNEY, "Again.", now),
        "no line": NOWHERE,
        "a proposed round": _proposed(work, council, some, month=_next(month)),
        "a round under way": accepted.round_id,
        "no round": NOWHERE,
        "a waiting list": work.imports.add(
            kind="cases", filename="cases.csv", digest="0" * 64, rows=[], by=None, now=now
        ),
        "no list": NOWHERE,
        "a request for more time": _request(work, some, accepted.id, accepted.due_on + timedelta(days=7)),
        "a request whose day has passed": _request(work, some, away_id, local_day(now)),
        "no request": NOWHERE,
        "a team": some.team.id,
        "no team": NOWHERE,
    }
    for area in AREAS:
        objects |= area.objects(work, council, some, people, given)
    # The test looks for what it knows of the people, so names come from the database.
    known = {part: replace(work.people.get(one.id)) for part, one in people.items()}
    return Scene(known, objects, some)


def _away(work: Work, some: Staff, **given: Any) -> int:
    """An accepted audit whose auditor is on leave when it is due."""
    away = Leave(local_day(clock()), given["due_on"] + timedelta(days=14))
    auditor = a_person(
        work,
        "Avery Away",
        Post.PC,
        is_auditor=True,
        team_id=some.other_team.id,
        service_id=some.other_service.id,
        leave=(away,),
    )
    return an_accepted_audit(work, some, auditor_id=auditor.id, **given).id


def _proposed(work: Work, council: Council, some: Staff, *, month: date) -> int:
    """A round with pairs to change and a case that was left out of it."""
    given: dict[str, Any] = {"by": some.qa_officer, "now": clock()}
    chosen = propose_round(work, council, month=month, seed=7, outside_the_calendar=True, **given)
    given |= {"round_id": chosen.id, "version": chosen.version, "what": "case", "reason": "Known to me."}
    exclude(work, council, place_id=work.rounds.places(chosen.id)[0].id, **given)
    return chosen.id


def _request(work: Work, some: Staff, audit_id: int, until_on: date) -> int:
    given: dict[str, Any] = {"kind": "extension", "reason": "Ill.", "by": some.cover.id, "now": clock()}
    return work.extensions.ask(audit_id=audit_id, until_on=until_on, **given)


def _next(month: date) -> date:
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


def as_it_stands(view: View, payload: Payload) -> Payload:
    """The payload as a card drawn at this moment would carry it: today's versions, and ids that are there."""
    match payload:
        case SavePage():
            page = view.audits.page(payload.audit_id, payload.page)
            return replace(payload, version=page.version if page else 0)
        case SubmitAudit():
            audit = view.audits.get(payload.audit_id)
            return replace(payload, version=load_file(view, audit).revision) if audit else payload
        case SaveModeration() | DecideModeration() | AskPanelAlert():
            moderation = view.moderations.get(payload.moderation_id)
            return replace(payload, version=moderation.version) if moderation else payload
        case ProposeExample() | ApproveExample() | WithdrawExample():
            row = view.examples.get(payload.example_id)
            return replace(payload, version=row.example.version) if row else payload
        case InviteToTalk() | AcceptSlot() | ProposeTime():
            talk = view.discussions.of_moderation(payload.moderation_id)
            return replace(payload, version=talk.version) if talk else payload
        case (
            SaveEntry() | PublishEntry() | AssureEntry() | EndEntry() | SaveLearningAction() | LinkEvidence()
        ):
            entry = view.learning.get(payload.entry_id)
            return replace(payload, version=entry.version) if entry else payload
        case Explain():
            raised = view.exceptions.get(payload.exception_id)
            return replace(payload, version=raised.version) if raised else payload
        case SaveNarrative():
            narrative = view.narratives.get(payload.narrative_id)
            return replace(payload, version=narrative.version) if narrative else payload
        case AnswerRequest() | DropRequest():
            request = view.report_requests.get(payload.request_id)
            return replace(payload, version=request.version) if request else payload
        case SavePackPart():
            written = view.packs.texts(payload.pack_id).get(payload.part)
            return replace(payload, seen=mark_of(written.text if written else ""))
        case ApprovePack():
            pack = view.packs.get(payload.pack_id)
            return replace(payload, seen=whole_mark(view, pack)) if pack else payload
        case MoveMeeting() | CancelMeeting() | HoldMeeting():
            meeting = view.meetings.get(payload.meeting_id)
            return replace(payload, version=meeting.version) if meeting else payload
        case SaveTracked() | FinishTracked() | DropTracked():
            tracked = view.tracking.get(payload.tracked_id)
            return replace(payload, version=tracked.version) if tracked else payload
        case SavePlanItem() | EndPlanItem() | SaveTerms() | SignTerms():
            item = view.plan.get(payload.item_id)
            return replace(payload, version=item.version) if item else payload
    action = view.actions.get(getattr(payload, "action_id", 0))
    if action is not None and hasattr(payload, "version"):
        return replace(payload, version=action.version)  # type: ignore[call-arg]
    chosen = view.rounds.get(getattr(payload, "round_id", 0))
    if chosen is None:
        return payload
    changes: dict[str, Any] = {"version": chosen.version}
    if places := view.rounds.places(chosen.id):
        changes["place_id"] = places[0].id
    if isinstance(payload, BringBack) and (left_out := view.rounds.exclusions(chosen.id)):
        changes |= {"what": left_out[0].what, "subject_id": left_out[0].subject_id}
    names = {one.name for one in fields(payload)}
    return replace(payload, **{name: value for name, value in changes.items() if name in names})
