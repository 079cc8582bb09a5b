"""The loop: woken at once, patient with a database that is away, orderly when stopped."""

import asyncio
from datetime import datetime
from typing import Literal

import pytest

from domain.delivery import Failed, Sent
from scheduler.courier import BATCH, Courier
from scheduler.drawing import Written
from scheduler.ports import Mail
from scheduler.rendering import MAILS
from storage.notices import Claimed
from tests.builders import NOW, Staff, an_allocated_audit
from tests.doubles.post import FakePost
from tests.scheduler.outbox import (
    Clock,
    alert,
    allocate,
    another_round,
    claimed,
    notices,
)
from workflows.council import Council


class Gate(asyncio.Event):
    """What a message waits for; says when there is one waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = asyncio.Event()

    async def wait(self) -> Literal[True]:
        self.reached.set()
        return await super().wait()


async def test_a_nudge_wakes_the_courier_at_once(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    courier.idle_seconds = 3600
    stop = asyncio.Event()
    running = asyncio.create_task(courier.run(stop))
    await asyncio.sleep(0.05)
    allocate(council, people)

    courier.nudge()

    async with asyncio.timeout(20):
        while not post.count():
            await asyncio.sleep(0.01)
        stop.set()
        await running


async def test_what_was_queued_by_another_process_is_found_unasked(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    courier.idle_seconds = 0.02
    stop = asyncio.Event()
    running = asyncio.create_task(courier.run(stop))
    await asyncio.sleep(0.05)

    allocate(council, people)

    async with asyncio.timeout(20):
        while not post.count():
            await asyncio.sleep(0.01)
        stop.set()
        await running


@pytest.mark.parametrize("urgent", [False, True])
async def test_what_is_to_be_tried_again_is_not_slept_through(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock, urgent: bool
) -> None:
    courier.idle_seconds = 3600
    courier.settle_seconds = 0.5
    post.answers.append(Failed(503, retryable=True, reason="ServiceUnavailable"))
    told = people.team_manager if urgent else people.auditor
    if urgent:
        alert(council, people, told)
    else:
        allocate(council, people)
    stop = asyncio.Event()
    running = asyncio.create_task(courier.run(stop))

    async with asyncio.timeout(20):
        while not post.in_chat(told.id):
            await asyncio.sleep(0.01)
            clock.passes(seconds=0.05)
        stop.set()
        await running


async def test_the_loop_outlives_a_database_that_is_away(
    council: Council,
    people: Staff,
    courier: Courier,
    post: FakePost,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    courier.idle_seconds = 0.02
    allocate(council, people)
    away = iter([True, True, True, True])
    claim = Courier._claim

    def sometimes(
        self: Courier, until: datetime, urgent_only: bool, limit: int, mail: bool | None
    ) -> tuple[Claimed, ...]:
        if next(away, False):
            raise ConnectionError
        return claim(self, until, urgent_only, limit, mail)

    monkeypatch.setattr(Courier, "_claim", sometimes)
    stop = asyncio.Event()
    running = asyncio.create_task(courier.run(stop))

    async with asyncio.timeout(20):
        while not post.count():
            await asyncio.sleep(0.01)
        stop.set()
        await running


async def test_stopping_finishes_what_is_under_way(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    gate = Gate()
    post.hold = {f"chat-of-{people.auditor.id}": gate}
    audit_id = allocate(council, people)
    stop = asyncio.Event()
    running = asyncio.create_task(courier.run(stop))
    async with asyncio.timeout(20):
        await gate.reached.wait()

        stop.set()
        gate.set()
        await running

    (notice,) = notices(council, "audit_allocated", audit_id)
    assert notice.state == "sent"


def test_a_nudge_before_the_loop_runs_does_no_harm(courier: Courier) -> None:
    courier.nudge()


async def test_what_was_not_handed_over_when_the_process_stops_goes_back_untried(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    gate = Gate()
    post.hold = {f"chat-of-{people.auditor.id}": gate}
    first = allocate(council, people)
    with council.write() as work:
        second = an_allocated_audit(work, people, reference="CF-1002", round_id=another_round(work, 1)).id
    stop = asyncio.Event()
    running = asyncio.create_task(courier.run(stop))
    async with asyncio.timeout(20):
        await gate.reached.wait()
        stop.set()
        # The lanes hear of it before the first is through.
        while not all(lane.stopping for lane in courier._lanes):
            await asyncio.sleep(0.01)
        gate.set()
        await running

    (sent,), (put_back,) = (notices(council, "audit_allocated", audit) for audit in (first, second))
    assert (sent.state, post.count()) == ("sent", 1)
    assert (put_back.state, put_back.tries, put_back.possibly_repeated) == ("queued", 0, False)
    assert put_back.reason == "the process stopped"


async def test_a_mail_server_that_hangs_holds_up_nobodys_chat(
    council: Council,
    people: Staff,
    courier: Courier,
    post: FakePost,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hanging = asyncio.Event()

    class Hanging:
        async def send(self, mail: Mail) -> Sent:
            await hanging.wait()
            return Sent(mail.message_id)

    monkeypatch.setitem(MAILS, "a_mail", lambda drawing: Written("A copy", "Of a message."))
    courier.mailer = Hanging()
    courier.idle_seconds = 0.02
    with council.write() as work:
        for number in range(BATCH + 1):
            work.notices.queue(
                kind="a_mail", subject_id=number, person_id=people.auditor.id, now=NOW, medium="email"
            )
    stop = asyncio.Event()
    running = asyncio.create_task(courier.run(stop))
    async with asyncio.timeout(20):
        while claimed(council) < BATCH:
            await asyncio.sleep(0.01)
        allocate(council, people)

        while not post.count():
            await asyncio.sleep(0.01)
        hanging.set()
        stop.set()
        await running
