"""The Lead Member's own view of a quarter: for whom it is, and when it is sent.

It goes out with the quarterly report, on the day SMT, CDLT and the director have theirs. A Lead Member is a
councillor and may have no Teams, so it goes by mail in any case, with the Word copy. Source: PF-08.
"""

from datetime import date, datetime

from domain.days import month_number, month_numbered
from domain.errors import NotAllowed, NotFound
from domain.narratives import Report
from domain.people import Person, Post
from domain.performance_report import LockedReport
from domain.permissions import Verb, require
from storage.work import View, Work
from workflows.council import Council

SENT = "lead_summary"
"""The kind of notice, and of the copy in Word; its subject is the quarter's first month, as 202604."""


def require_summary(view: View, council: Council, *, by: Person, subject: int, now: datetime) -> LockedReport:
    """The locked quarterly report behind the summary. Raises NotAllowed, NotFound while there is none."""
    require(Verb.SEE_LEAD_SUMMARY, by, today=council.today(now))
    period_on = month_numbered(subject)
    found = view.locked_reports.of(Report.QUARTERLY, period_on) if period_on is not None else None
    if found is None:
        raise NotFound("There is no such summary. It comes once the quarterly report is locked.")
    return found


def latest_summary(view: View, council: Council, *, by: Person, now: datetime) -> LockedReport | None:
    """The newest, for whoever may see it; None for everyone else and while there is none."""
    try:
        require(Verb.SEE_LEAD_SUMMARY, by, today=council.today(now))
    except NotAllowed:
        return None
    return view.locked_reports.latest(Report.QUARTERLY)


def send_summary(work: Work, period_on: date, *, now: datetime) -> None:
    """Give it to every Lead Member: by mail, and in Teams as well where they have opened it."""
    subject_id = month_number(period_on)
    for person in work.people.holding(Post.LEAD_MEMBER):
        work.notices.queue(kind=SENT, subject_id=subject_id, person_id=person.id, now=now, medium="email")
        # Without it nobody in the QA office need hear that a councillor cannot be reached in Teams.
        if work.reach.of(person.id) is not None:
            work.notices.queue(kind=SENT, subject_id=subject_id, person_id=person.id, now=now)
