"""What a leaver was to do goes to whoever has their post, or their place's figures, by now.

Where nobody has, it stands without an owner, and the QA office is told so once. Each passing has its row in
the trail. What somebody has finished or written stays under their name.

Source: OG-06, OG-08, PF-05, PF-07, PF-09, PF-10, PF-12, SG-05.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.learning import STANDING as STANDING_ENTRIES
from domain.learning import Entry
from domain.narratives import Narrative, NarrativeState, Report
from domain.people import Person, Post
from domain.succession import successor
from domain.tracking import Source, Tracked, TrackedKind, TrackedState
from storage.work import Work
from workflows import asking_reports, exception_raising, narrating
from workflows.council import Council
from workflows.exception_raising import owner_of
from workflows.learning_entries import change_entry
from workflows.learning_telling import tell_of_entry, tell_owner_of_action
from workflows.report_access import service_of
from workflows.telling import qa_office, tell_qa_office
from workflows.tracked_following import follow_entry
from workflows.tracked_telling import tell_owner

NOBODY = "nobody_sees"
"""The kind of notice; its subject is the day, as its number in the calendar."""


@dataclass(slots=True)
class _Leaving:
    """Everyone by their id, the moment, and what has been passed on so far."""

    work: Work
    council: Council
    everyone: dict[int, Person]
    now: datetime
    passed: int = 0
    alone: int = 0
    """How much of it nobody sees to."""

    @property
    def today(self) -> date:
        """The day it is seen to."""
        return self.council.today(self.now)

    def left(self, person_id: int | None) -> Person | None:
        """The owner, where they have left."""
        found = self.everyone.get(person_id or 0)
        gone = found is not None and found.left_on is not None and found.left_on <= self.today
        return found if gone else None

    def next_after(self, leaver: Person) -> Person | None:
        """Who has the leaver's post."""
        return successor(leaver, self.everyone.values())

    def first(self, post: Post, service_id: int | None = None) -> Person | None:
        """The first who holds a post, in a service when given."""
        return next(iter(self.work.people.holding(post, service_id=service_id)), None)

    def note(self, subject: str, leaver: Person | None, owner: Person | None, *, needed: bool = True) -> None:
        """Count it, with the trail's row; what is not needed is missed by nobody."""
        self.passed += 1
        self.alone += owner is None and needed
        fields = {"from": leaver.id if leaver else None, "to": owner.id if owner else None}
        self.work.trail.add(
            now=self.now, actor=None, verb="passed on what nobody saw to", subject=subject, fields=fields
        )


def pass_on_left_behind(work: Work, council: Council, *, now: datetime) -> int:
    """Pass on what belongs to people who have left; how much that was."""
    everyone = {one.id: one for one in work.people.everyone(with_leavers=True)}
    leaving = _Leaving(work, council, everyone, now)
    for row in work.tracking.in_states({TrackedState.OPEN}):
        _tracked(leaving, row)
    for entry in work.learning.in_states(STANDING_ENTRIES):
        _entry(leaving, entry)
    _exceptions(leaving)
    for one in work.narratives.unlocked():
        _narrative(leaving, one)
    _requests(leaving)
    if leaving.alone:
        tell_qa_office(work, kind=NOBODY, subject_id=leaving.today.toordinal(), now=now)
    return leaving.passed


def _tracked(leaving: _Leaving, row: Tracked) -> None:
    leaver = leaving.left(row.owner_id)
    if leaver is None or row.follows:
        return
    work = leaving.work
    owner = _row_owner(leaving, row, leaver)
    if not work.tracking.change(row, {"owner_id": owner.id if owner else None}):
        return
    leaving.note(f"tracked {row.id}", leaver, owner)
    changed = work.tracking.get(row.id)
    if changed is not None:
        tell_owner(work, leaving.council, changed, now=leaving.now, by=None)


def _row_owner(leaving: _Leaving, row: Tracked, leaver: Person) -> Person | None:
    """The post that the plan or a learning need names; any other row goes with the leaver's own post."""
    work = leaving.work
    if row.source is Source.PLAN and row.kind is TrackedKind.ACTIVITY and row.source_id is not None:
        item = work.plan.get(row.source_id)
        if item is not None:
            return leaving.first(item.owner_post)
    if row.routed_to and Post(row.routed_to) is not Post.SM:
        return leaving.first(Post(row.routed_to))
    return leaving.next_after(leaver)


def _entry(leaving: _Leaving, entry: Entry) -> None:
    """A published entry of the learning log and its actions; their rows of the tracker follow.

    An action always has somebody: failing the leaver's post the QA office, which keeps the log.
    """
    work, council, now = leaving.work, leaving.council, leaving.now
    leaver = leaving.left(entry.owner_id)
    if leaver is not None:
        owner = leaving.next_after(leaver) or next(iter(qa_office(work)), None)
        entry = change_entry(work, entry, {"owner_id": owner.id if owner else None})
        leaving.note(f"learning entry {entry.id}", leaver, owner)
        tell_of_entry(work, council, entry, now=now, by=leaver.id)
    given = False
    for action in work.learning.actions([entry.id]).get(entry.id, ()):
        leaver = leaving.left(action.owner_id) if action.done_on is None else None
        owner = (leaving.next_after(leaver) or next(iter(qa_office(work)), None)) if leaver else None
        if leaver is None or owner is None:
            continue
        if work.learning.change_action(action.id, {"owner_id": owner.id}):
            given = True
            leaving.note(f"learning action {action.id}", leaver, owner)
            tell_owner_of_action(work, council, replace(action, owner_id=owner.id), now=now, by=leaver.id)
    if given:
        follow_entry(work, change_entry(work, entry, {}), by=None, now=now)


def _exceptions(leaving: _Leaving) -> None:
    """Figures to explain, also those that nobody answered for and somebody does by now."""
    work, council = leaving.work, leaving.council
    indicators = work.indicators.everything()
    told: set[int] = set()
    for raised in work.exceptions.open():
        leaver = leaving.left(raised.owner_id)
        if leaver is None and raised.owner_id is not None:
            continue
        owner = owner_of(work, council, indicators[raised.indicator_id], raised.measured, leaving.today)
        owner_id = owner.id if owner else None
        if owner_id == raised.owner_id or not work.exceptions.change(raised, {"owner_id": owner_id}):
            continue
        leaving.note(f"exception {raised.id}", leaver, owner)
        told |= {owner.id} if owner else set()
    for person_id in sorted(told):
        work.notices.queue(
            kind=exception_raising.ASKED,
            subject_id=0,
            person_id=person_id,
            now=leaving.now,
            again=leaving.today.isoformat(),
        )


def _narrative(leaving: _Leaving, one: Narrative) -> None:
    """Words that are still to be written, also those that nobody was left to write and somebody is by now."""
    leaver = leaving.left(one.owner_id)
    if one.state is not NarrativeState.ASKED or (leaver is None and one.owner_id is not None):
        return
    work = leaving.work
    owner = _writer(leaving, one, leaver)
    siblings = work.narratives.of_report(one.report, one.period_on)
    doubled = owner is not None and any(
        (other.owner_id, other.service_id) == (owner.id, one.service_id) for other in siblings
    )
    if doubled:
        # Whoever writes the same for this team already is not asked twice.
        owner = None
    owner_id = owner.id if owner else None
    if owner_id == one.owner_id or not work.narratives.give(one, owner_id):
        return
    leaving.note(f"narrative {one.id}", leaver, owner, needed=not doubled)
    if owner is not None:
        work.notices.queue(kind=narrating.ASKED, subject_id=one.id, person_id=owner.id, now=leaving.now)


def _writer(leaving: _Leaving, one: Narrative, leaver: Person | None) -> Person | None:
    """Who writes it by now, as it would be asked today."""
    match one.report:
        case Report.PSW_ANALYSIS:
            return leaving.first(Post.PSW)
        case Report.SELF_CHECK:
            return leaving.first(Post.AD_QA)
        case Report.CLINIC:
            return leaving.next_after(leaver) if leaver is not None else None
    teams = leaving.work.people.teams()
    managers = leaving.work.people.holding(Post.SM)
    return next((person for person in managers if service_of(person, teams) == one.service_id), None)


def _requests(leaving: _Leaving) -> None:
    """Reports that a group asked a leaver for.

    Somebody always has one: failing the leaver's post the QA office, which can answer or find out who does.
    """
    work = leaving.work
    for request in work.report_requests.open():
        leaver = leaving.left(request.owner_id)
        if leaver is None:
            continue
        owner = leaving.next_after(leaver) or next(iter(qa_office(work)), None)
        if owner is None or not work.report_requests.change(request, {"owner_id": owner.id}):
            continue
        leaving.note(f"report request {request.id}", leaver, owner)
        work.notices.queue(
            kind=asking_reports.ASKED, subject_id=request.id, person_id=owner.id, now=leaving.now
        )
