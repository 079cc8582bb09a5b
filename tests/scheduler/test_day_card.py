"""From the calendar's line to the card in the chat: at half past eight, once, and only while it applies."""

from datetime import date

import pytest

from domain.cadence import Occurrence
from scheduler.courier import Courier
from scheduler.sweeps import SWEEPS, Sweeping
from storage.nudges import DAY_CARD
from tests.builders import Staff, an_accepted_audit, reachable
from tests.doubles.post import FakePost
from tests.scheduler.outbox import Clock, notices
from tests.workflows.nudged import at
from workflows.council import Council

LAST = date(2026, 5, 29)
"""The last working day for an audit that is due on Sunday 31 May."""


@pytest.fixture
def swept(council: Council, people: Staff, clock: Clock) -> None:
    """The morning's sweep has run at a quarter past eight."""
    with council.write() as work:
        reachable(work, people.auditor)
        an_accepted_audit(work, people)
        for waiting in work.notices.claim(token="t", now=clock.now, until=clock.now, limit=9):
            work.notices.settle(waiting, state="dropped", now=clock.now)
    clock.now = at(LAST, 8, 15)
    with council.write() as work:
        found = Occurrence("nudges", LAST, clock.now)
        SWEEPS["nudges"](work, council, Sweeping(found, clock.now, late=False))


@pytest.mark.rule("CA-06")
@pytest.mark.usefixtures("swept")
async def test_the_card_is_posted_at_half_past_eight_and_once(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    early = await courier.drain_once()
    clock.now = at(LAST, 8, 31)
    taken = await courier.drain_once()
    again = await courier.drain_once()

    (notice,) = notices(council, DAY_CARD, people.auditor.id)
    assert (early, taken, again) == (0, 1, 0)
    assert notice.state == "sent"
    assert [m["summary"] for m in post.chats[f"chat-of-{people.auditor.id}"].values()] == [
        "Your day: 1 thing to do."
    ]
    with council.read() as view:
        copies = view.reach.copies_of((DAY_CARD,), people.auditor.id)
    assert [copy.activity_id for copy in copies] == [notice.activity_id]


@pytest.mark.rule("CA-06")
@pytest.mark.usefixtures("swept")
async def test_a_courier_that_was_down_until_the_evening_waits_for_monday_without_losing_a_try(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    clock.now = at(LAST, 19, 0)
    await courier.drain_once()
    (evening,) = notices(council, DAY_CARD, people.auditor.id)
    clock.now = at(date(2026, 6, 1), 8, 30)
    await courier.drain_once()

    (monday,) = notices(council, DAY_CARD, people.auditor.id)
    assert (evening.state, evening.tries, evening.due_at) == ("queued", 0, at(date(2026, 6, 1), 8, 30))
    assert monday.state == "sent"
    assert len(post.chats[f"chat-of-{people.auditor.id}"]) == 1
