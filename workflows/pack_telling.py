"""Who hears of a pack, and when: written into the outbox with the change that causes it."""

from datetime import date, datetime

from domain.packs import PackLine, PackState
from domain.people import Person
from storage.packs import PackRow
from storage.work import Work
from workflows.council import Council
from workflows.covering import stand_in
from workflows.pack_access import approvers, readers
from workflows.reminding import remind
from workflows.telling import qa_office, tell_qa_office

DRAFTED, TO_APPROVE, SENT_BACK, SENT, WAITS = (
    *("pack_drafted", "pack_to_approve", "pack_sent_back", "pack_sent", "pack_waits"),
)
"""The kinds of notice, the last of them a reminder; their subject is the pack."""
WAITS_TO_APPROVE = "pack_waits_to_approve"
"""How the reminder reads to whoever approves it."""


def tell_of_draft(work: Work, pack: PackRow, *, now: datetime, leave_out: int | None) -> None:
    """The QA office hears that a draft is there."""
    tell_qa_office(work, kind=DRAFTED, subject_id=pack.id, now=now, leave_out=leave_out)


def tell_of_request(work: Work, council: Council, line: PackLine, pack: PackRow, *, now: datetime) -> None:
    """Whoever approves it, or covers for them, is asked to; anew each time it comes."""
    for person in _hearing(work, council, line, now):
        work.notices.queue(
            kind=TO_APPROVE, subject_id=pack.id, person_id=person.id, now=now, again=f"v{pack.version}"
        )


def tell_sent_back(work: Work, pack: PackRow, *, now: datetime, by: Person) -> None:
    """The QA office hears why."""
    tell_qa_office(
        work, kind=SENT_BACK, subject_id=pack.id, now=now, leave_out=by.id, again=f"v{pack.version}"
    )


def tell_readers(work: Work, council: Council, line: PackLine, pack: PackRow, *, now: datetime) -> None:
    """Everyone it is for has it in their chat; those who read it for a meeting or by post by mail as well."""
    for person in readers(work, council, line):
        work.notices.queue(kind=SENT, subject_id=pack.id, person_id=person.id, now=now)
        if not line.to_staff:
            work.notices.queue(kind=SENT, subject_id=pack.id, person_id=person.id, now=now, medium="email")


def remind_of_pack(
    work: Work, council: Council, line: PackLine, pack: PackRow, *, meets_on: date, now: datetime
) -> bool:
    """Whoever still has it in hand hears once that its meeting is near; whether anybody did."""
    if pack.state is PackState.SENT:
        return False
    hearing = qa_office(work) if pack.state is PackState.DRAFT else _hearing(work, council, line, now)
    told = [
        remind(work, council, person, kind=WAITS, subject_id=pack.id, about_on=meets_on, now=now)
        for person in hearing
    ]
    return any(told)


def _hearing(work: Work, council: Council, line: PackLine, now: datetime) -> tuple[Person, ...]:
    """Who approves it and, for whoever is on leave, who covers them."""
    found: dict[int, Person] = {}
    for person in approvers(work, line):
        found[person.id] = person
        cover = stand_in(work, council, person, council.today(now))
        if cover is not None:
            found[cover.id] = cover
    return tuple(found.values())
