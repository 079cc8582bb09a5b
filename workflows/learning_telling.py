"""Who is told of what in the learning log, and when: written into the outbox with the change that causes it.

What is given to somebody has a card of its own; what reminds of it comes in the card of their day. Each is
looked up when its card leaves, and falls away when the action is done, gone to someone else or moved.
Source: OG-06, RO-06, RO-07.
"""

from datetime import date, datetime, timedelta

from domain.days import add_working_days
from domain.learning import STANDING, Entry, LearningAction
from domain.people import Person, Post
from storage.work import Work
from workflows.council import Council
from workflows.reminding import remind
from workflows.telling import qa_office

ACTION_SOON, ACTION_OVERDUE = "learning_action_soon", "learning_action_overdue"
ENTRY_OVERDUE, DRAFTS, TO_ASSURE = "learning_entry_overdue", "learning_drafts", "learning_to_assure"
"""The kinds of reminder. Their subject is the action, the entry, and the person."""

AHEAD_WORKING_DAYS = 3
"""How long before its day an owner is reminded."""


def tell_owner_of_action(
    work: Work, council: Council, action: LearningAction, *, now: datetime, by: int
) -> None:
    """The owner hears of the action now, shortly before its day, and on the working day after it."""
    until = action.due_on.isoformat()
    if action.owner_id != by:
        work.notices.queue(
            kind="learning_action_given",
            subject_id=action.id,
            person_id=action.owner_id,
            now=now,
            again=until,
        )
    soon_on = add_working_days(action.due_on, -AHEAD_WORKING_DAYS, council.bank_holidays)
    owner = work.people.get(action.owner_id)
    for kind, on in ((ACTION_SOON, soon_on), (ACTION_OVERDUE, _after(council, action.due_on))):
        if on > council.today(now):
            remind(
                work, council, owner, kind=kind, subject_id=action.id, about_on=action.due_on, on=on, now=now
            )


def tell_of_entry(work: Work, council: Council, entry: Entry, *, now: datetime, by: int | None) -> None:
    """The owner hears that a published entry is theirs, and the QA office when its day has passed."""
    if entry.state not in STANDING or entry.owner_id is None or entry.due_on is None:
        return
    until = entry.due_on.isoformat()
    if entry.owner_id != by:
        work.notices.queue(
            kind="learning_entry_given", subject_id=entry.id, person_id=entry.owner_id, now=now, again=until
        )
    late_on = _after(council, entry.due_on)
    for person in qa_office(work):
        remind(
            work,
            council,
            person,
            kind=ENTRY_OVERDUE,
            subject_id=entry.id,
            about_on=entry.due_on,
            on=late_on,
            now=now,
        )


def tell_of_drafts(work: Work, council: Council, *, now: datetime) -> None:
    """The QA office hears tomorrow that drafts wait: once a day, however many there are (RO-07)."""
    for person in qa_office(work):
        _tomorrow(work, council, DRAFTS, person, now)


def tell_who_assures(work: Work, council: Council, *, now: datetime) -> None:
    """The AD for QA hears tomorrow that entries wait for them: once a day (RO-06)."""
    for person in work.people.holding(Post.AD_QA):
        _tomorrow(work, council, TO_ASSURE, person, now)


def _tomorrow(work: Work, council: Council, kind: str, person: Person, now: datetime) -> None:
    morrow = council.today(now) + timedelta(days=1)
    remind(work, council, person, kind=kind, subject_id=person.id, about_on=morrow, on=morrow, now=now)


def _after(council: Council, day: date) -> date:
    return add_working_days(day, 1, council.bank_holidays)
