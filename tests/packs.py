"""Builders of packs: a council with a month of audits behind it, and packs of it in each state."""

from datetime import UTC, datetime
from typing import Any

from domain.packs import PackKind
from domain.people import Person
from storage.packs import PackRow
from storage.work import Work
from tests.builders import Staff, a_submitted_audit
from workflows.council import Council
from workflows.packing import approve, ask_approval, draft_now, whole_mark

LATER = datetime(2026, 7, 6, 8, 0, tzinfo=UTC)
"""A Monday in July: the first quarter, with May's round, is over."""
MANY = 8
"""Audits enough that their number is shown."""


def some_audits(work: Work, council: Council, people: Staff, *, many: int = MANY, **given: Any) -> list[int]:
    """So many submitted audits of May."""
    return [
        a_submitted_audit(work, council, people, reference=f"PK-{number}", **given).id
        for number in range(many)
    ]


def a_drafted_pack(
    work: Work, council: Council, people: Staff, kind: PackKind = PackKind.BOARD, *, now: datetime = LATER
) -> PackRow:
    """A draft of the time that is over."""
    return the_pack(work, draft_now(work, council, by=people.qa_officer, kind=kind.value, now=now))


def an_asked_pack(
    work: Work, council: Council, people: Staff, kind: PackKind = PackKind.BOARD, *, now: datetime = LATER
) -> PackRow:
    """A pack that waits to be approved."""
    pack = a_drafted_pack(work, council, people, kind, now=now)
    ask_approval(work, council, by=people.qa_officer, pack_id=pack.id, now=now)
    return the_pack(work, pack.id)


def a_sent_pack(
    work: Work,
    council: Council,
    people: Staff,
    kind: PackKind = PackKind.BOARD,
    *,
    by: Person | None = None,
    now: datetime = LATER,
) -> PackRow:
    """An approved pack, sent and frozen."""
    pack = an_asked_pack(work, council, people, kind, now=now)
    seen = whole_mark(work, pack)
    approve(work, council, by=by or people.ad_qa, pack_id=pack.id, seen=seen, now=now)
    return the_pack(work, pack.id)


def the_pack(work: Work, pack_id: int) -> PackRow:
    """The pack as it stands."""
    found = work.packs.get(pack_id)
    assert found is not None
    return found
