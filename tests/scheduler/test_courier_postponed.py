"""What still applies but not yet goes back as if it had not been taken up."""

from datetime import datetime, timedelta

import pytest

from scheduler.courier import Courier
from scheduler.drawing import Drawing, Postponed
from scheduler.rendering import CARDS, MAILS
from tests.builders import NOW, Staff, reachable
from tests.doubles.post import FakeMailer, FakePost
from tests.scheduler.outbox import Clock, allocate, notices
from workflows.council import Council

UNTIL = NOW + timedelta(hours=3)


@pytest.fixture
def not_before_three(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = CARDS["audit_allocated"]

    def draw(drawing: Drawing) -> object:
        return drawn(drawing) if drawing.now >= UNTIL else Postponed(UNTIL, "outside working hours")

    monkeypatch.setitem(CARDS, "audit_allocated", draw)


@pytest.mark.usefixtures("not_before_three")
async def test_a_postponed_notice_waits_until_then_and_its_try_does_not_count(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    audit_id = allocate(council, people)

    await courier.drain_once()
    clock.passes(hours=2, minutes=59)
    early = await courier.drain_once()
    (waiting,) = notices(council, "audit_allocated", audit_id)
    clock.passes(minutes=1)
    await courier.drain_once()

    (sent,) = notices(council, "audit_allocated", audit_id)
    assert (early, waiting.state, waiting.due_at, waiting.tries) == (0, "queued", UNTIL, 0)
    assert waiting.reason == "outside working hours"
    assert (sent.state, sent.tries, sent.possibly_repeated, post.count()) == ("sent", 1, False, 1)


async def test_a_mail_may_be_postponed_as_well(
    council: Council,
    people: Staff,
    courier: Courier,
    mailer: FakeMailer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def write(_: Drawing) -> Postponed:
        return Postponed(datetime(2027, 1, 4, 9, tzinfo=NOW.tzinfo), "bank holiday")

    monkeypatch.setitem(MAILS, "audit_allocated", write)
    with council.write() as work:
        reachable(work, people.auditor)
        work.notices.queue(
            kind="audit_allocated", subject_id=1, person_id=people.auditor.id, now=NOW, medium="email"
        )

    await courier.drain_once()

    (notice,) = notices(council, "audit_allocated", 1)
    assert (notice.state, notice.reason, mailer.mails) == ("queued", "bank holiday", [])
