"""Who may press what of meetings, of the tracker and of the forward plan; see `cells`."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bot.asking import clock
from cards.payloads import Payload
from cards.payloads_meetings import (
    AskGuest,
    AskMeeting,
    AskMinutes,
    CancelMeeting,
    Celebrate,
    Decide,
    HoldMeeting,
    MoveMeeting,
    PutOnAgenda,
    ShowDecisions,
    ShowMeeting,
    ShowMeetings,
)
from cards.payloads_plan import (
    AgreePlan,
    AskPlanBook,
    AskPlanItem,
    DraftPlan,
    EndPlanItem,
    SavePlanItem,
    SaveTerms,
    ShowPlan,
    ShowPlanItem,
    SignTerms,
)
from cards.payloads_tracker import (
    AskPassOn,
    AskTracked,
    AskTrackerBook,
    DropTracked,
    FinishTracked,
    PassOn,
    SaveTracked,
    SayProgress,
    ShowTracked,
    ShowTracker,
)
from domain.days import local_day
from domain.forward_plan import PlanState, plan_year
from domain.governance import ActivityKind
from domain.people import Person
from storage.work import Work
from tests.builders import Staff
from tests.governance import TERMS, a_clinic, a_meeting, a_row, an_item
from workflows.council import Council

Typed = dict[str, str]

_DRAFTED = 2
"""How many years on the year is that is drafted and not agreed."""
_NOWHERE = 999_999
_OFFICE = {"a quality assurance officer", "the SM for quality assurance"}
_GROUP = _OFFICE | {
    "the AD for QA",
    "the service manager",
    "the auditor's own service manager, who covers the other",
    "the principal social worker",
    "the project manager",
}
"""OG-11: who sits on the QA Group."""
_GROUP_OR_BOARD = _GROUP | {"the director", "another AD"}
"""QB-03 beside it."""
_CLINIC = {
    "the service manager",
    "the team manager",
    "the practitioner's line manager",
    "another assistant in the team",
}
"""PF-02: the service manager, team managers and their assistants of the service."""
_ELSEWHERES_CLINICS = {"the auditor", "the team manager the case moved to"}
_OWNER = "the team manager"
_MAY_OWN = "9"
"""Id of the AD for QA, who is made ninth of the scene's people."""

_IN_BOTH = "7"
"""Id of the service manager, made seventh, who sits on the Group and chairs the clinic."""

MAY: dict[str, dict[str, set[str]]] = {
    "list meetings": {"a meeting today": _GROUP_OR_BOARD | _CLINIC | _ELSEWHERES_CLINICS},
    "see a meeting": {"a meeting today": _GROUP, "a clinic today": _CLINIC | _OFFICE, "no meeting": set()},
    # OG-11, PF-02: whoever chairs, and the QA office, which keeps the record.
    "run a meeting": {
        "a meeting today": _OFFICE,
        "a clinic today": _OFFICE | {"the service manager"},
        "no meeting": set(),
    },
    "cancel a meeting": {"a meeting to cancel": _OFFICE, "no meeting": set()},
    # PF-04: one line from each team of the service.
    "celebrate": {"a clinic today": {"the team manager"}, "a meeting today": set(), "no meeting": set()},
    "see the tracker": {"a tracked row": _GROUP_OR_BOARD | {_OWNER}},
    "see a tracked row": {"a tracked row": _GROUP_OR_BOARD | {_OWNER}, "no row": set()},
    "have the tracker": {"a tracked row": _GROUP_OR_BOARD},
    "keep the tracker": {"a tracked row": _OFFICE | {"the director"}, "no row": set()},
    "drop a row": {"a row to drop": _OFFICE | {"the director"}, "no row": set()},
    "say how it goes": {"a tracked row": {_OWNER}, "no row": set()},
    "finish a row": {"a tracked row": _OFFICE | {"the director", _OWNER}, "no row": set()},
    # OG-08: the QA office passes learning on.
    "pass learning on": {"a learning entry": _OFFICE, "no entry": _OFFICE},
    "see the plan": {"an activity": _GROUP_OR_BOARD},
    "see an activity": {"an activity": _GROUP_OR_BOARD, "no activity": set()},
    # OG-07: the Group changes it; its chair and the QA office write that down.
    "change the plan": {"an activity": _OFFICE},
    "change an activity": {"an activity": _OFFICE, "no activity": set()},
    "end an activity": {"an activity to end": _OFFICE, "no activity": set()},
    # TA-03: written by the SM for QA with the Group, led by the PSW (TA-01).
    "write terms": {"an activity": _OFFICE | {"the principal social worker"}, "no activity": set()},
    # QB-02, QB-03: the Board's chair.
    "sign terms": {"an activity to sign": {"the director"}, "no activity": set()},
}
CHANGES: dict[type[Payload], tuple[str, set[str]]] = {
    MoveMeeting: ("meetings", {"a meeting today", "a clinic today"}),
    CancelMeeting: ("meetings", {"a meeting to cancel"}),
    AskGuest: ("meeting_people", {"a meeting today", "a clinic today"}),
    PutOnAgenda: ("agenda_items", {"a meeting today", "a clinic today"}),
    Celebrate: ("agenda_items", {"a clinic today"}),
    HoldMeeting: ("meetings", {"a meeting today", "a clinic today"}),
    Decide: ("tracked", {"a meeting today", "a clinic today"}),
    AskMinutes: ("file_offers", {"a meeting today", "a clinic today"}),
    SaveTracked: ("tracked", {"a tracked row"}),
    SayProgress: ("tracked_steps", {"a tracked row"}),
    FinishTracked: ("tracked", {"a tracked row"}),
    DropTracked: ("tracked", {"a row to drop"}),
    PassOn: ("tracked", {"a learning entry"}),
    AskTrackerBook: ("file_offers", {"a tracked row"}),
    SavePlanItem: ("plan_items", {"an activity"}),
    EndPlanItem: ("plan_items", {"an activity to end"}),
    SaveTerms: ("plan_items", {"an activity"}),
    SignTerms: ("plan_items", {"an activity to sign"}),
    DraftPlan: ("plan_items", {"an activity"}),
    AgreePlan: ("plan_items", {"an activity"}),
    AskPlanBook: ("file_offers", {"an activity"}),
}


def objects(
    work: Work, _council: Council, some: Staff, people: dict[str, Person], given: dict[str, Any]
) -> dict[str, int]:
    """What there is to ask for. `given` holds the moment, month and due date of the scene's audits."""
    now = given["now"]
    today = local_day(now)
    first, owner = date(plan_year(today), 4, 1), people[_OWNER]
    days = {"starts_on": first, "ends_on": first + timedelta(days=20)}
    # A year that waits to be agreed.
    later = date(plan_year(today) + _DRAFTED, 6, 1)
    an_item(work, starts_on=later, ends_on=later + timedelta(days=20), state=PlanState.DRAFT)
    return {
        "a meeting today": a_meeting(work, on=today).id,
        "a meeting to cancel": a_meeting(work, on=today, slot="qa_group:again").id,
        "a clinic today": a_clinic(work, some.service.id, on=today).id,
        "no meeting": _NOWHERE,
        "a tracked row": a_row(work, owner, due_on=today + timedelta(days=20), now=now).id,
        "a row to drop": a_row(work, owner, due_on=today + timedelta(days=20), now=now).id,
        "no row": _NOWHERE,
        "an activity": an_item(work, **days).id,
        "an activity to end": an_item(work, title="Visits", kind=ActivityKind.DIP, **days).id,
        "an activity to sign": an_item(work, title="Plans", terms=TERMS, **days).id,
        "no activity": _NOWHERE,
    }


def asked(activity: str, object_id: int, nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """Every press of this activity, with what is typed beside it."""
    today = local_day(clock())
    later, year = (today + timedelta(days=30)).isoformat(), plan_year(today)
    row = {
        "kind": "action",
        "tracked_title": f"Write a guide {nonce}",
        "tracked_owner": _MAY_OWN,
        "tracked_due_on": later,
    }
    answers = {"impact": "Children know their plan.", "more_needed": "no"}
    match activity:
        case "list meetings":
            yield ShowMeetings("", 0), {}
            yield ShowMeetings("qa_group", 0), {}
        case "see a meeting":
            yield ShowMeeting(object_id), {}
            yield ShowDecisions(object_id, 0), {}
            yield AskMeeting(object_id, "item"), {}
            yield PutOnAgenda(object_id, nonce), {"agenda_title": f"Thanks {nonce}"}
            yield AskMinutes(object_id, nonce), {}
        case "run a meeting":
            for form in ("change", "guest", "hold", "decide"):
                yield AskMeeting(object_id, form), {}
            yield AskGuest(object_id, nonce), {"guest_email": "blair.bystander@exampleshire.example"}
            place = {"meeting_on": today.isoformat(), "meeting_at": "10:00", "meeting_place": f"Room {nonce}"}
            yield MoveMeeting(object_id, 1, nonce), place
            yield Decide(object_id, nonce), row
            yield HoldMeeting(object_id, 1, nonce), {"came": _IN_BOTH}
        case "cancel a meeting":
            yield CancelMeeting(object_id, 1, nonce), {"meeting_reason": "Too few of us."}
        case "celebrate":
            yield AskMeeting(object_id, "celebrate"), {}
            yield Celebrate(object_id, nonce), {"celebration": f"Every visit was on time {nonce}."}
        case "see the tracker":
            yield ShowTracker("", 0), {}
        case "see a tracked row":
            yield ShowTracked(object_id), {}
        case "have the tracker":
            yield AskTrackerBook(nonce), {}
        case "keep the tracker":
            yield AskTracked(object_id, "words", 0), {}
            yield AskTracked(object_id, "drop", 0), {}
            yield SaveTracked(object_id, 1, 0, nonce), row
        case "drop a row":
            yield DropTracked(object_id, 1, nonce), {"reason": "It was done before."}
        case "say how it goes":
            yield SayProgress(object_id, nonce), {"step": "Half of it is written."}
        case "finish a row":
            yield AskTracked(object_id, "finish", 0), {}
            yield FinishTracked(object_id, 1, nonce), answers
        case "pass learning on":
            yield AskPassOn(object_id), {}
            yield PassOn(object_id, nonce), {"routed_to": "principal_social_worker", "routed_due_on": later}
        case "see the plan":
            yield ShowPlan(0, "year"), {}
            yield ShowPlan(year, "q1"), {}
            yield ShowPlan(year, "look"), {}
            yield AskPlanBook(year, nonce), {}
        case "see an activity":
            yield ShowPlanItem(object_id), {}
        case "change the plan":
            yield AskPlanItem(0, year, "words"), {}
            yield DraftPlan(year + 1, nonce), {}
            yield AgreePlan(year + _DRAFTED, nonce), {}
        case "change an activity":
            yield AskPlanItem(object_id, year, "words"), {}
            yield AskPlanItem(object_id, year, "end"), {}
            yield SavePlanItem(object_id, 1, year, nonce), _activity(year, nonce)
        case "end an activity":
            yield EndPlanItem(object_id, 1, "cancelled", nonce), {"plan_reason": "Another body looks at it."}
        case "write terms":
            yield AskPlanItem(object_id, year, "terms"), {}
            yield SaveTerms(object_id, 1, nonce), {f"terms_{field}": text for field, text in TERMS.items()}
        case "sign terms":
            yield SignTerms(object_id, 1, nonce), {}


def everyones(_objects: dict[str, int], _nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """What everyone may press, and each is shown their own."""
    yield from ()


def _activity(year: int, nonce: str) -> Typed:
    first = date(year, 4, 1)
    return {
        "plan_title": f"Neglect {nonce}",
        "plan_kind": "thematic",
        "starts_on": first.isoformat(),
        "ends_on": (first + timedelta(days=30)).isoformat(),
        "plan_owner": "principal_social_worker",
        "plan_hours": "120",
        "plan_reason": "The Group wants more time for it.",
    }
