"""The QA office's copies of a day's audits: one card for each officer and day, which grows.

Most audits come in on a month's last days, and a card for each of them was two dozen on one morning. The card
comes with the day's first audit at once, and is edited with what follows, within five minutes (CA-16, Q30).
"""

from datetime import date, datetime, timedelta

from domain.audits import Audit, AuditState
from domain.days import local_day, local_midnight
from domain.people import Person
from domain.permissions import Capacity
from storage.work import View, Work

HANDED_IN, HANDED_IN_MORE = "handed_in", "handed_in_more"
"""The kinds of notice: the card, and its edits. Their subject is the day, as its number in the calendar."""
TOGETHER = timedelta(minutes=5)
"""How long an audit that came in waits to be shown with others."""


def tell_of_handed_in(work: Work, person_id: int, *, now: datetime) -> None:
    """Queue the day's card for this officer, or an edit of it that shows what was just submitted."""
    subject_id = local_day(now).toordinal()
    if work.notices.queue(kind=HANDED_IN, subject_id=subject_id, person_id=person_id, now=now):
        return
    # Hundreds may come in on a month's last day; one edit shows whatever came in these minutes.
    shows_at = now + TOGETHER - timedelta(seconds=now.timestamp() % TOGETHER.total_seconds())
    work.notices.queue(
        kind=HANDED_IN_MORE,
        subject_id=subject_id,
        person_id=person_id,
        now=now,
        due_at=shows_at,
        medium="update",
        again=shows_at.isoformat(),
    )


def handed_in(view: View, person: Person, subject_id: int) -> tuple[date, tuple[Audit, ...]]:
    """The day, and the audits shared with this officer on it as with the QA office, the first one first."""
    day = date.fromordinal(subject_id)
    shared = view.audits.shared_with(person.id, since=local_midnight(day))
    found = [
        audit
        for audit, capacity in shared
        if capacity == Capacity.QA_OFFICE
        and audit.state is AuditState.SUBMITTED
        and audit.submitted_at is not None
        and local_day(audit.submitted_at) == day
    ]
    return day, tuple(sorted(found, key=lambda audit: (audit.submitted_at, audit.id)))
