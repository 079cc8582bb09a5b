"""A process may die anywhere: nothing is lost, and a repeat is said to be one."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from scheduler.courier import LEASE, Courier
from scheduler.ledger import keep_verdict
from storage.database import Busy
from storage.notices import Notice
from storage.work import Work
from tests.builders import Staff, an_allocated_audit, reachable
from tests.doubles.post import FakePost, Killed
from tests.scheduler.outbox import (
    Clock,
    allocate,
    another_round,
    notices,
)
from workflows.council import Council


async def test_a_process_that_died_after_claiming_is_relieved_when_its_claim_runs_out(
    council: Council, people: Staff, new_courier: Callable[[], Courier], post: FakePost, clock: Clock
) -> None:
    audit_id = allocate(council, people)

    def die(_address: object) -> None:
        raise Killed

    post.before = die
    with pytest.raises(Killed):
        await new_courier().drain_once()
    post.before = lambda address: None
    clock.passes(seconds=LEASE.total_seconds())
    early = await new_courier().drain_once()
    clock.passes(seconds=1)

    late = await new_courier().drain_once()

    (notice,) = notices(council, "audit_allocated", audit_id)
    assert (early, late, post.count()) == (0, 1, 1)
    assert (notice.state, notice.possibly_repeated) == ("sent", True)


async def test_a_process_that_died_between_sending_and_settling_repeats_the_card_and_says_so(
    council: Council, people: Staff, new_courier: Callable[[], Courier], post: FakePost, clock: Clock
) -> None:
    audit_id = allocate(council, people)

    def die(_address: object) -> None:
        raise Killed

    post.after = die
    with pytest.raises(Killed):
        await new_courier().drain_once()
    post.after = lambda address: None
    clock.passes(seconds=LEASE.total_seconds() + 1)

    await new_courier().drain_once()

    (notice,) = notices(council, "audit_allocated", audit_id)
    assert post.count() == 2
    assert (notice.state, notice.possibly_repeated, notice.tries) == ("sent", True, 2)


async def test_a_card_posted_by_a_courier_that_lost_its_claim_is_still_remembered(
    council: Council, people: Staff, new_courier: Callable[[], Courier], post: FakePost, clock: Clock
) -> None:
    audit_id = allocate(council, people)
    quick = new_courier()

    def lose_the_claim(_address: object) -> None:
        post.after = lambda address: None
        clock.passes(seconds=LEASE.total_seconds() + 1)
        with council.write() as work:
            (held,) = work.notices.claim(token="quick", now=clock.now, until=clock.now + LEASE, limit=1)
            work.notices.settle(held, state="sent", now=clock.now, activity_id="other")

    post.after = lose_the_claim

    await quick.drain_once()

    (notice,) = notices(council, "audit_allocated", audit_id)
    with council.read() as view:
        copies = view.reach.copies_of(("audit_allocated",), audit_id)
    assert notice.activity_id == "other"
    assert [copy.activity_id for copy in copies] == [f"chat-of-{people.auditor.id}/1"]


async def test_a_notice_whose_batch_took_too_long_goes_back_unsent_and_unflagged(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    allocate(council, people)
    with council.write() as work:
        second = an_allocated_audit(work, people, reference="CF-1002", round_id=another_round(work, 1))
    post.after = lambda address: clock.passes(seconds=50)
    await courier.drain_once()
    post.after = lambda address: None
    (put_back,) = notices(council, "audit_allocated", second.id)
    clock.passes(seconds=2)

    await courier.drain_once()

    (sent,) = notices(council, "audit_allocated", second.id)
    assert (put_back.state, put_back.reason) == ("queued", "the batch took too long")
    assert (sent.state, sent.possibly_repeated, post.count()) == ("sent", False, 2)


async def test_a_settling_that_fails_at_first_does_not_send_the_card_again(
    council: Council,
    people: Staff,
    courier: Courier,
    post: FakePost,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    audit_id = allocate(council, people)
    failures = iter([True, True, False])

    def sometimes(work: Work, notice: Notice, *rest: Any, **named: Any) -> None:
        if next(failures):
            raise Busy
        keep_verdict(work, notice, *rest, **named)

    monkeypatch.setattr("scheduler.settling.keep_verdict", sometimes)

    await courier.drain_once()

    (notice,) = notices(council, "audit_allocated", audit_id)
    assert (notice.state, notice.possibly_repeated, post.count()) == ("sent", False, 1)


async def test_couriers_of_several_processes_send_everything_exactly_once(
    council: Council, people: Staff, new_courier: Callable[[], Courier], post: FakePost, clock: Clock
) -> None:
    with council.write() as work:
        reachable(work, people.auditor, people.second_auditor)
        for number in range(30):
            auditor = (people.auditor, people.second_auditor)[number % 2]
            an_allocated_audit(
                work,
                people,
                reference=f"CF-{number}",
                auditor_id=auditor.id,
                round_id=another_round(work, number),
            )

    couriers = [new_courier() for _ in range(3)]
    for _ in range(4):
        await asyncio.gather(*(courier.drain_once() for courier in couriers))
        # Neither conversation takes all fifteen at once.
        clock.passes(seconds=2.1)

    with council.read() as view:
        counts = view.notices.counts()
    assert (post.count(), counts) == (30, {"sent": 30})
