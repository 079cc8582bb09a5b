"""A press of every verb of meetings, of the tracker and of the forward plan; see `writing_presses`."""

from collections.abc import Iterator
from datetime import date, timedelta

from cards.payloads_meetings import (
    AskGuest,
    AskMinutes,
    CancelMeeting,
    Celebrate,
    Decide,
    HoldMeeting,
    MoveMeeting,
    PutOnAgenda,
)
from cards.payloads_plan import (
    AgreePlan,
    AskPlanBook,
    DraftPlan,
    EndPlanItem,
    SavePlanItem,
    SaveTerms,
    SignTerms,
)
from cards.payloads_tracker import (
    AskTrackerBook,
    DropTracked,
    FinishTracked,
    PassOn,
    SaveTracked,
    SayProgress,
)
from domain.days import local_day
from domain.forward_plan import plan_year
from domain.governance import ActivityKind
from domain.people import Post
from domain.plan_drafting import draft
from tests.builders import a_person
from tests.faults.grounds import Ground
from tests.faults.pressing import Press
from tests.governance import TERMS, a_clinic, a_meeting, a_row, an_item, the_item, the_row
from tests.learning import an_entry

_CHANGED, _ADDED = "changed the forward plan", "added to the tracker"


def governance_presses(ground: Ground) -> Iterator[Press]:
    """One press of each verb, each made when those before it are done."""
    yield from _of_meetings(ground)
    yield from _of_the_tracker(ground)
    yield from _of_the_plan(ground)


def _of_meetings(ground: Ground) -> Iterator[Press]:
    people, nonce, today = ground.people, "pressed", local_day(ground.now)
    office, later = people.qa_officer, (today + timedelta(days=30)).isoformat()
    with ground.council.write() as work:
        meeting = a_meeting(work, on=today)
        other = a_meeting(work, on=today, slot="qa_group:other")
        clinic = a_clinic(work, people.service.id, on=today)
    place = {"meeting_on": today.isoformat(), "meeting_at": "10:00", "meeting_place": "Room 2"}
    yield Press(office, MoveMeeting(meeting.id, 1, nonce), place, {"placed a meeting": 1})
    guest = {"guest_email": people.bystander.email}
    yield Press(office, AskGuest(meeting.id, nonce), guest, {"asked a guest to a meeting": 1})
    item = {"agenda_title": "How we thank auditors"}
    yield Press(office, PutOnAgenda(meeting.id, nonce), item, {"put something on an agenda": 1})
    line = {"celebration": "Every visit was on time."}
    yield Press(people.team_manager, Celebrate(clinic.id, nonce), line, {"wrote a line for a clinic": 1})
    row = {
        "kind": "action",
        "tracked_title": "Write a guide",
        "tracked_owner": str(people.ad_qa.id),
        "tracked_due_on": later,
    }
    yield Press(office, Decide(meeting.id, nonce), row, {_ADDED: 1})
    held = {"came": str(people.ad_qa.id)}
    yield Press(office, HoldMeeting(meeting.id, 2, nonce), held, {"recorded a meeting": 1})
    yield Press(office, AskMinutes(meeting.id, nonce), {}, {"file_offers": 1})
    why = {"meeting_reason": "Too few of us."}
    yield Press(office, CancelMeeting(other.id, 1, nonce), why, {"cancelled a meeting": 1})


def _of_the_tracker(ground: Ground) -> Iterator[Press]:
    people, nonce, today = ground.people, "pressed", local_day(ground.now)
    office, owner = people.qa_officer, people.ad_qa
    later = today + timedelta(days=30)
    with ground.council.write() as work:
        row = a_row(work, owner, due_on=later, now=ground.now)
        dropped = a_row(work, owner, title="Said before", due_on=later, now=ground.now)
        entry = an_entry(work, owner, now=ground.now)
    words = {
        "kind": "action",
        "tracked_title": "Write a better guide",
        "tracked_owner": str(owner.id),
        "tracked_due_on": later.isoformat(),
    }
    yield Press(office, SaveTracked(row.id, 1, 0, nonce), words, {"changed the tracker": 1})
    yield Press(owner, SayProgress(row.id, nonce), {"step": "Half is written."}, {"said how it goes": 1})
    answers = {"impact": "Children know their plan.", "more_needed": "no"}
    with ground.council.write() as work:
        version = the_row(work, row.id).version
    yield Press(office, FinishTracked(row.id, version, nonce), answers, {"closed a tracked row": 1})
    why = {"reason": "It was done before."}
    yield Press(office, DropTracked(dropped.id, 1, nonce), why, {"dropped a tracked row": 1})
    passed = {"routed_to": Post.PSW.value, "routed_due_on": later.isoformat()}
    yield Press(office, PassOn(entry.id, nonce), passed, {_ADDED: 1})
    yield Press(office, AskTrackerBook(nonce), {}, {"file_offers": 1})


def _of_the_plan(ground: Ground) -> Iterator[Press]:
    office, nonce = ground.people.qa_officer, "pressed"
    year = plan_year(local_day(ground.now))
    first = date(year, 4, 1)
    days = {"starts_on": first, "ends_on": first + timedelta(days=20)}
    with ground.council.write() as work:
        director = a_person(work, "Drew Director", Post.DCS)
        item = an_item(work, **days)
        other = an_item(work, title="Visits", kind=ActivityKind.DIP, **days)
    words = {
        "plan_title": "Neglect",
        "plan_kind": "thematic",
        "starts_on": first.isoformat(),
        "ends_on": (first + timedelta(days=30)).isoformat(),
        "plan_owner": Post.PSW.value,
        "plan_hours": "120",
        "plan_reason": "The Group wants more time for it.",
    }
    yield Press(office, SavePlanItem(item.id, 1, year, nonce), words, {_CHANGED: 1, _ADDED: 1})
    terms = {f"terms_{field}": text for field, text in TERMS.items()}
    yield Press(office, SaveTerms(item.id, 2, nonce), terms, {_CHANGED: 1})
    with ground.council.write() as work:
        version = the_item(work, item.id).version
    yield Press(director, SignTerms(item.id, version, nonce), {}, {_CHANGED: 1})
    why = {"plan_reason": "Another body looks at it."}
    yield Press(office, EndPlanItem(other.id, 1, "cancelled", nonce), why, {_CHANGED: 1})
    yield Press(office, AskPlanBook(year, nonce), {}, {"file_offers": 1})
    far = year + 5
    activities = len(draft(ground.council.framework.plan, far, bank_holidays=frozenset()))
    yield Press(office, DraftPlan(far, nonce), {}, {"drafted a forward plan": 1})
    yield Press(office, AgreePlan(far, nonce), {}, {"agreed a forward plan": 1, _ADDED: activities})
