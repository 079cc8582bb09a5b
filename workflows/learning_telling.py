"""Who is told of what in the learning log, and when: written into the outbox with the change that causes it.

Each notice is drawn when it leaves, and falls away when the action is done, gone to someone else or moved.
Source: OG-06, RO-06, RO-07.
"""

from datetime import date, datetime, timedelta

from domain.days import add_working_days, local_midnight
from domain.learning import STANDING, Entry, LearningAction
from domain.people import Post
from storage.work import Work
from workflows.council import Council
from workflows.telling import qa_office

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
    for kind, on in (
        ("learning_action_soon", soon_on),
        ("learning_action_overdue", _after(council, action.due_on)),
    ):
        if on > council.today(now):
            work.notices.queue(
                kind=kind,
                subject_id=action.id,
                person_id=action.owner_id,
                now=now,
                due_at=local_midnight(on),
                again=until,
            )


def tell_of_entry(work: Work, council: Council, entry: Entry, *, now: datetime, by: int) -> None:
    """The owner hears that a published entry is theirs, and the QA office when its day has passed."""
    if entry.state not in STANDING or entry.owner_id is None or entry.due_on is None:
        return
    until = entry.due_on.isoformat()
    if entry.owner_id != by:
        work.notices.queue(
            kind="learning_entry_given", subject_id=entry.id, person_id=entry.owner_id, now=now, again=until
        )
    late_at = max(now, local_midnight(_after(council, entry.due_on)))
    for person in qa_office(work):
        work.notices.queue(
            kind="learning_entry_overdue",
            subject_id=entry.id,
            person_id=person.id,
            now=now,
            due_at=late_at,
            again=until,
        )


def tell_of_drafts(work: Work, council: Council, *, now: datetime) -> None:
    """The QA office hears tomorrow that drafts wait: once a day, however many there are (RO-07)."""
    for person in qa_office(work):
        _tomorrow(work, council, "learning_drafts", person.id, now)


def tell_who_assures(work: Work, council: Council, *, now: datetime) -> None:
    """The AD for QA hears tomorrow that entries wait for them: once a day (RO-06)."""
    for person in work.people.holding(Post.AD_QA):
        _tomorrow(work, council, "learning_to_assure", person.id, now)


def _tomorrow(work: Work, council: Council, kind: str, person_id: int, now: datetime) -> None:
    morrow = council.today(now) + timedelta(days=1)
    work.notices.queue(
        kind=kind,
        subject_id=person_id,
        person_id=person_id,
        now=now,
        due_at=local_midnight(morrow),
        again=morrow.isoformat(),
    )


def _after(council: Council, day: date) -> date:
    return add_working_days(day, 1, council.bank_holidays)
