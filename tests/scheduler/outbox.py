"""What the courier's tests do before and after the courier runs."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from domain.audits import Returned
from domain.people import Person
from storage import tables
from storage.notices import Notice
from storage.reach import Copy
from storage.work import Work
from tests.builders import (
    NOW,
    Staff,
    a_round,
    an_accepted_audit,
    an_allocated_audit,
    complete_pages,
    reachable,
    save_pages,
)
from tests.doubles.post import FakePost
from workflows.audit_access import load_file
from workflows.auditing import accept_audit, return_audit, submit_audit
from workflows.council import Council
from workflows.safety import raise_alert


class Clock:
    """The moment it is; `passes` moves it on."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **span: float) -> None:
        self.now += timedelta(**span)


def allocate(council: Council, people: Staff) -> int:
    """An audit for the auditor, whose chat is open."""
    with council.write() as work:
        reachable(work, people.auditor)
        return an_allocated_audit(work, people).id


def submit(council: Council, people: Staff, clock: Clock) -> None:
    """The auditor fills and submits the one audit they have."""
    by = people.auditor
    with council.write() as work:
        (waiting,) = work.audits.of_auditor(by.id)
        audit = accept_audit(work, council, by=by, audit_id=waiting.id, now=clock.now)
        save_pages(work, audit, complete_pages(council.framework, people, audit))
        revision = load_file(work, audit).revision
        submit_audit(work, council, by=by, audit_id=audit.id, revision=revision, now=clock.now)


def give_back(council: Council, because: Returned, audit_id: int = 1) -> None:
    """The audit goes back to the QA office."""
    with council.write() as work:
        audit = work.audits.get(audit_id)
        assert audit is not None
        return_audit(work, audit, because=because, note="", by=None, now=NOW)


def alert(
    council: Council, people: Staff, *reached: Person, reference: str = "CF-1001", now: datetime = NOW
) -> int:
    """The auditor raises a safety alert; the chats of `reached` are open."""
    with council.write() as work:
        reachable(work, *reached)
        number = len(work.audits.of_auditor(people.auditor.id))
        audit = an_accepted_audit(work, people, reference=reference, month=_month(number))
        _forget(work, "audit_allocated", audit.id)
        alert_id, _ = raise_alert(
            work,
            council,
            by=people.auditor,
            audit_id=audit.id,
            concern="The child said she is frightened.",
            now=now,
        )
    return alert_id


def another_round(work: Work, number: int) -> int:
    """A round of its own, as an auditor does one audit in each."""
    return a_round(work, month=_month(number + 1))


def post_copy(council: Council, post: FakePost, person: Person, audit_id: int, kind: str) -> None:
    """A card that was posted about the audit in answer to something typed."""
    activity_id = f"from the {kind}"
    post.chats[f"chat-of-{person.id}"][activity_id] = {"summary": "Your audit", "text": "about CF-1001"}
    with council.write() as work:
        work.reach.keep_copy(Copy(f"chat-of-{person.id}", activity_id, person.id, kind, audit_id), NOW)


def notices(council: Council, kind: str, subject_id: int) -> tuple[Notice, ...]:
    """Every notice of a kind about a subject."""
    with council.read() as view:
        return view.notices.of(kind, subject_id)


def claimed(council: Council) -> int:
    """How many notices a courier holds."""
    with council.read() as view:
        return view.notices.counts().get("claimed", 0)


def _forget(work: Work, kind: str, subject_id: int) -> None:
    """As if the notice had never been: the test is not about it. The product has no such verb."""
    found = (tables.notices.c.kind == kind) & (tables.notices.c.subject_id == subject_id)
    work._connection.execute(sa.delete(tables.notices).where(found))


def _month(number: int) -> date:
    return date(2026 + (number + 4) // 12, (number + 4) % 12 + 1, 1)
