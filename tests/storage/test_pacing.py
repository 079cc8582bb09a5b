"""Paces are shared: what one process booked, another sees, on both engines."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from domain.pacing import CONVERSATION, limits
from storage.database import Database
from storage.notices import Notice
from storage.work import Work
from tests.builders import NOW, Staff, reachable
from workflows.council import Council

CHAT, OTHER, TENANT = "19:one@thread", "19:two@thread", "tenant"
UNTIL = NOW + timedelta(seconds=60)


def test_what_one_process_booked_another_finds_taken(database: Database) -> None:
    with database.write() as work:
        first = _book(work, {CHAT: 5}, claim="first")
    with database.write() as work:
        second = _book(work, {CHAT: 5, OTHER: 1}, claim="second")

    assert first == {CHAT: (NOW,) * 5}
    assert [leaves <= NOW for leaves in second[CHAT]] == [True, True, False, False, False]
    assert second[OTHER] == (NOW,)


def test_processes_that_book_at_the_same_moment_keep_the_windows(database: Database) -> None:
    def book(number: int) -> dict[str, int]:
        with database.write() as work:
            given = _book(work, {CHAT: 3, OTHER: 2}, claim=f"process {number}")
        return {chat: sum(leaves <= NOW for leaves in times) for chat, times in given.items()}

    with ThreadPoolExecutor(4) as pool:
        booked = sum((Counter(one) for one in pool.map(book, range(8))), Counter[str]())

    assert booked == {CHAT: 7, OTHER: 7}


def test_what_was_sent_counts_from_its_end_and_what_was_put_back_not_at_all(database: Database) -> None:
    ended = NOW + timedelta(seconds=3)
    with database.write() as work:
        _book(work, {CHAT: 7}, claim="first")
        done = {CHAT: [("first", ended)] * 6 + [("first", None)]}
        work.paces.settle(done, CONVERSATION, now=ended)

        (once, again) = _book(work, {CHAT: 2}, claim="second", now=ended)[CHAT]

    assert once == ended
    assert timedelta(seconds=1) <= again - ended <= timedelta(seconds=1.1)


def test_threads_of_a_channel_share_its_windows(database: Database) -> None:
    with database.write() as work:
        _book(work, {CHAT: 7}, claim="first")

        (leaves,) = _book(work, {f"{CHAT};messageid=17": 1}, claim="second")[f"{CHAT};messageid=17"]

    assert leaves > NOW


def test_a_throttled_conversation_waits_and_others_do_not(database: Database) -> None:
    end = NOW + timedelta(seconds=30)
    with database.write() as work:
        tenant_too = work.paces.throttled(TENANT, CHAT, end, NOW)
        given = _book(work, {CHAT: 1, OTHER: 1}, claim="next")

    assert tenant_too is None
    assert given[CHAT][0] >= end
    assert given[OTHER] == (NOW,)


@pytest.mark.parametrize(
    ("conversation", "seconds_later", "whole_tenant"),
    [(OTHER, 29, True), (OTHER, 31, False), (CHAT, 10, False)],
)
def test_a_second_conversation_within_the_pause_pauses_the_tenant(
    database: Database, conversation: str, seconds_later: int, whole_tenant: bool
) -> None:
    later = NOW + timedelta(seconds=seconds_later)
    end = later + timedelta(seconds=20)
    with database.write() as work:
        work.paces.throttled(TENANT, CHAT, NOW + timedelta(seconds=30), NOW)
    with database.write() as work:
        paused = work.paces.throttled(TENANT, conversation, end, later)
    with database.write() as work:
        granted = work.paces.renew(TENANT, "another", wanted=1, busy=0, limits=limits(), clock=lambda: later)

    assert (paused, granted.paused_until) == ((end, end) if whole_tenant else (None, None))


def test_processes_share_the_tenants_seats_and_give_them_back(database: Database) -> None:
    def renew(holder: str, wanted: int) -> int:
        with database.write() as work:
            return work.paces.renew(
                TENANT, holder, wanted=wanted, busy=0, limits=limits(tenant_per_second=10), clock=lambda: NOW
            ).seats

    alone = renew("first", 50)
    none_left = renew("second", 50)
    half = renew("first", 50)
    other_half = renew("second", 50)
    renew("first", 0)

    assert (alone, none_left, half, other_half) == (10, 0, 5, 5)
    assert renew("second", 50) == 10


def test_conversations_of_long_ago_are_forgotten_and_paused_ones_are_not(database: Database) -> None:
    later = NOW + timedelta(hours=2)
    with database.write() as work:
        _book(work, {CHAT: 1, OTHER: 1}, claim="first")
        work.paces.throttled(TENANT, OTHER, later + timedelta(minutes=1), NOW)

        assert work.paces.forget(later) == 1
        assert work.paces.forget(later + timedelta(minutes=2)) == 1


def test_a_claim_books_what_may_leave_and_puts_the_rest_off_without_counting_a_try(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        reachable(work, people.auditor, people.practitioner)
        for subject_id in range(10):
            _queue(work, people.auditor.id, subject_id)
        _queue(work, people.practitioner.id, 99)

    with council.write() as work:
        claimed = _claim(work, NOW, token="first")
    with council.write() as work:
        again = _claim(work, NOW, token="second")
        put_off = [n for subject in range(7, 10) for n in work.notices.of("audit_allocated", subject)]
        due = work.notices.next_due(NOW)

    assert [n.subject_id for n in claimed] == [0, 1, 2, 3, 4, 5, 6, 99]
    assert again == ()
    assert {(n.state, n.tries, n.claim, n.possibly_repeated) for n in put_off} == {("queued", 0, None, False)}
    assert due == put_off[0].due_at
    assert timedelta(seconds=1) <= put_off[0].due_at - NOW < timedelta(seconds=1.1)
    assert put_off[0].due_at < put_off[1].due_at


def test_a_conversation_without_room_holds_nobody_else_up(council: Council, people: Staff) -> None:
    with council.write() as work:
        reachable(work, people.auditor, people.practitioner)
        for subject_id in range(40):
            _queue(work, people.auditor.id, subject_id)
        _queue(work, people.practitioner.id, 99)
        _claim(work, NOW, token="first", limit=7)

        claimed = _claim(work, NOW, token="second", limit=7)

    assert [n.subject_id for n in claimed] == [99]


def test_a_lost_claim_that_has_to_wait_keeps_its_doubt(council: Council, people: Staff) -> None:
    late = UNTIL + timedelta(seconds=1)
    with council.write() as work:
        reachable(work, people.auditor)
        _queue(work, people.auditor.id, 1)
        _claim(work, NOW, token="lost")
        work.paces.throttled("t", f"chat-of-{people.auditor.id}", late + timedelta(seconds=30), late)

        waiting = _claim(work, late, token="next")
        (notice,) = work.notices.of("audit_allocated", 1)

    assert waiting == ()
    assert (notice.state, notice.possibly_repeated) == ("queued", True)


def test_mail_needs_no_room_and_leaves_while_the_tenant_is_paused(council: Council, people: Staff) -> None:
    with council.write() as work:
        reachable(work, people.auditor)
        address = work.reach.of(people.auditor.id)
        assert address is not None
        end = NOW + timedelta(seconds=30)
        for chat in (CHAT, OTHER):
            work.paces.throttled(address.tenant_id, chat, end, NOW)
        for subject_id in range(9):
            _queue(work, people.auditor.id, subject_id, medium="email")
        _queue(work, people.auditor.id, 1)
        _queue(work, people.bystander.id, 2)

        during = _claim(work, NOW, token="during")
        after = _claim(work, end, token="after")

    # Who has no chat is only to be found out to have none.
    assert sorted((n.medium, n.person_id) for n in during) == [
        *[("email", people.auditor.id)] * 9,
        ("teams", people.bystander.id),
    ]
    assert [(n.medium, n.subject_id) for n in after] == [("teams", 1)]


def _book(
    work: Work, wanted: dict[str, int], *, claim: str, now: datetime = NOW
) -> dict[str, tuple[datetime, ...]]:
    return work.paces.book(wanted, CONVERSATION, claim=claim, now=now, until=now + timedelta(seconds=60))


def _queue(work: Work, person_id: int, subject_id: int, *, medium: str = "teams") -> None:
    work.notices.queue(
        kind="audit_allocated", subject_id=subject_id, person_id=person_id, now=NOW, medium=medium
    )


def _claim(work: Work, now: datetime, *, token: str, limit: int = 20) -> tuple[Notice, ...]:
    return work.notices.claim(
        token=token, now=now, until=now + timedelta(seconds=60), limit=limit, windows=CONVERSATION
    )
