"""What the courier does when people cannot be reached or something fails."""

import logging
from collections import deque
from datetime import timedelta

import pytest

from domain.audits import Returned
from domain.delivery import Blocked, Failed, Gone, NotInstalled, Outcome, Throttled
from scheduler.courier import Courier
from scheduler.ledger import keep_verdict
from scheduler.preparing import Decided
from scheduler.verdicts import Settle
from tests.builders import NOW, Staff, an_allocated_audit, reachable
from tests.doubles.post import FakeMailer, FakePost, text_of
from tests.scheduler.outbox import (
    Clock,
    alert,
    allocate,
    another_round,
    give_back,
    notices,
)
from workflows.council import Council
from workflows.people import reached


async def test_someone_who_never_installed_the_app_is_told_as_soon_as_they_do(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    with council.write() as work:
        audit = an_allocated_audit(work, people)
    await courier.drain_once()
    (waiting,) = notices(council, "audit_allocated", audit.id)
    with council.write() as work:
        reachable(work, people.bystander)
        address = work.reach.of(people.bystander.id)
        assert address is not None
        work.reach.set_state(people.bystander.id, "uninstalled", NOW)
        reached(work, person=people.auditor, address=address, now=NOW)

    await courier.drain_once()

    (notice,) = notices(council, "audit_allocated", audit.id)
    assert (waiting.state, waiting.reason) == ("unreachable", "not installed")
    assert (notice.state, post.count()) == ("sent", 1)


async def test_someone_who_installs_while_their_notice_is_found_undeliverable_is_told_at_once(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    with council.write() as work:
        audit = an_allocated_audit(work, people)
    with council.write() as work:
        (notice,) = work.notices.claim(token="t", now=NOW, until=NOW, limit=1)
        reachable(work, people.auditor)
        verdict = Settle("unreachable", "not installed")
        keep_verdict(work, notice, verdict, Decided("unreachable", "not installed"), now=NOW)

    await courier.drain_once()

    (notice,) = notices(council, "audit_allocated", audit.id)
    assert (notice.state, post.count()) == ("sent", 1)


@pytest.mark.parametrize(
    ("outcome", "reach_state", "reason"),
    [
        (Blocked("ConversationBlockedByUser"), "blocked", "blocked (ConversationBlockedByUser)"),
        (
            NotInstalled("BotNotInConversationRoster"),
            "uninstalled",
            "not installed (BotNotInConversationRoster)",
        ),
        (Gone(), "uninstalled", "no longer there"),
    ],
)
async def test_a_closed_chat_is_remembered_and_not_tried_again(
    council: Council,
    people: Staff,
    courier: Courier,
    post: FakePost,
    outcome: Outcome,
    reach_state: str,
    reason: str,
) -> None:
    audit_id = allocate(council, people)
    post.answers = deque([outcome])
    await courier.drain_once()
    with council.write() as work:
        another = an_allocated_audit(work, people, reference="CF-1002", round_id=another_round(work, 1))

    await courier.drain_once()

    (first,) = notices(council, "audit_allocated", audit_id)
    (second,) = notices(council, "audit_allocated", another.id)
    with council.read() as view:
        address = view.reach.of(people.auditor.id)
    assert address is not None
    assert address.state == reach_state
    assert (first.state, first.reason) == ("unreachable", reason)
    assert (second.state, second.reason) == ("unreachable", reach_state)
    assert len(post.calls) == 1


async def test_an_old_verdict_does_not_close_a_chat_that_was_opened_meanwhile(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    allocate(council, people)

    def install_again(_address: object) -> None:
        with council.write() as work:
            reachable(work, people.auditor, service_url="https://smba.trafficmanager.net/emea/")

    post.before = install_again
    post.answers = deque([NotInstalled("BotNotInConversationRoster")])

    await courier.drain_once()

    with council.read() as view:
        address = view.reach.of(people.auditor.id)
    assert address is not None
    assert address.state == "reachable"


async def test_a_refused_mailbox_leaves_the_chat_open(
    council: Council, people: Staff, courier: Courier, mailer: FakeMailer
) -> None:
    alert_id = alert(council, people, people.team_manager, people.service_manager, people.cover)
    mailer.answers = deque([Gone(), Gone(), Gone()])

    await courier.drain_once()

    states = {(n.medium, n.state) for n in notices(council, "safety_alert", alert_id)}
    with council.read() as view:
        address = view.reach.of(people.team_manager.id)
    assert states == {("teams", "sent"), ("email", "unreachable")}
    assert address is not None
    assert address.state == "reachable"


@pytest.mark.parametrize(
    ("outcome", "wait_seconds", "flagged"),
    [
        (Throttled(30.0), 30, False),
        (Failed(412, retryable=True, reason="status_412"), 1, False),
        (Failed(503, retryable=True, reason="status_503"), 1, False),
        (Failed(0, retryable=True, reason="timeout", uncertain=True), 1, True),
    ],
)
async def test_a_passing_trouble_is_tried_again_after_its_wait_and_not_before(
    council: Council,
    people: Staff,
    courier: Courier,
    post: FakePost,
    clock: Clock,
    outcome: Outcome,
    wait_seconds: int,
    flagged: bool,
) -> None:
    audit_id = allocate(council, people)
    post.answers = deque([outcome])
    await courier.drain_once()
    clock.passes(seconds=wait_seconds - 0.5)
    early = await courier.drain_once()
    clock.passes(seconds=0.5)

    late = await courier.drain_once()

    (notice,) = notices(council, "audit_allocated", audit_id)
    assert (early, late, post.count()) == (0, 1, 1)
    assert (notice.state, notice.tries, notice.possibly_repeated) == ("sent", 2, flagged)


async def test_a_500_is_not_repeated(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    audit_id = allocate(council, people)
    post.answers = deque([Failed(500, retryable=False, reason="status_500")])

    await courier.drain_once()

    (notice,) = notices(council, "audit_allocated", audit_id)
    assert (notice.state, notice.reason, len(post.calls)) == ("dead", "status_500 (500)", 1)


async def test_a_post_that_breaks_its_promise_is_taken_as_in_doubt(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    audit_id = allocate(council, people)
    post.answers = deque([RuntimeError("about CF-1001")])

    await courier.drain_once()

    (notice,) = notices(council, "audit_allocated", audit_id)
    assert (notice.state, notice.reason, notice.possibly_repeated) == ("queued", "RuntimeError", True)


async def test_one_bad_notice_never_stops_the_others(
    council: Council,
    people: Staff,
    courier: Courier,
    post: FakePost,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with council.write() as work:
        for kind, subject_id in (("a_kind_of_tomorrow", 1), ("audit_shared", 999)):
            work.notices.queue(kind=kind, subject_id=subject_id, person_id=people.auditor.id, now=NOW)
        work.notices.queue(kind="audit_shared", subject_id=1, person_id=None, now=NOW)
    audit_id = allocate(council, people)

    await courier.drain_once()

    (unknown,) = notices(council, "a_kind_of_tomorrow", 1)
    (broken,) = notices(council, "audit_shared", 999)
    (nobody,) = notices(council, "audit_shared", 1)
    (good,) = notices(council, "audit_allocated", audit_id)
    assert (unknown.state, unknown.reason) == ("dead", "no teams is known for this kind")
    assert (broken.state, broken.reason) == ("queued", "LookupError")
    assert (nobody.state, nobody.reason) == ("dead", "addressed to nobody")
    assert (good.state, post.count()) == ("sent", 1)
    assert "CF-1001" not in caplog.text
    assert people.auditor.name not in caplog.text


async def test_an_edit_that_was_throttled_is_done_later(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    allocate(council, people)
    await courier.drain_once()
    give_back(council, Returned.CONFLICT)
    post.answers = deque([Throttled(10.0)])
    await courier.drain_once()
    clock.passes(seconds=10)

    await courier.drain_once()

    assert "CF-1001" not in text_of(post.in_chat(people.auditor.id)[0])


async def test_when_a_conversation_is_asked_to_wait_so_do_all_its_notices_and_no_other(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    first = allocate(council, people)
    with council.write() as work:
        reachable(work, people.second_auditor)
        second = an_allocated_audit(work, people, reference="CF-1002", round_id=another_round(work, 1)).id
        other = an_allocated_audit(
            work,
            people,
            reference="CF-1003",
            round_id=another_round(work, 2),
            auditor_id=people.second_auditor.id,
        ).id
    post.answers = deque([Throttled(30.0)])

    await courier.drain_once()

    tried, waiting, sent = (notices(council, "audit_allocated", audit)[0] for audit in (first, second, other))
    assert (tried.state, tried.tries, tried.reason) == ("queued", 1, "throttled")
    assert (waiting.state, waiting.tries, waiting.reason) == ("queued", 0, "the conversation waits")
    assert tried.due_at == waiting.due_at == NOW + timedelta(seconds=30)
    assert (sent.state, post.count()) == ("sent", 1)


async def test_what_our_own_pace_has_no_room_for_waits_without_counting_a_try(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    audit_id = allocate(council, people)
    post.answers = deque([Throttled(12.0, ours=True)])

    await courier.drain_once()

    (notice,) = notices(council, "audit_allocated", audit_id)
    assert (notice.state, notice.tries, notice.due_at) == ("queued", 0, NOW + timedelta(seconds=12))


async def test_room_booked_for_what_was_not_sent_is_given_back(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    with council.write() as work:
        reachable(work, people.auditor)
        for number in range(7):
            # There is no such audit, so none of these is ever sent.
            work.notices.queue(
                kind="audit_shared", subject_id=900 + number, person_id=people.auditor.id, now=NOW
            )
    await courier.drain_once()
    allocate(council, people)

    await courier.drain_once()

    assert post.count() == 1
