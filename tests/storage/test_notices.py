"""The outbox: written once, claimed by one, settled by whoever holds the claim."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from storage.database import Database
from storage.notices import Notice
from storage.work import Work
from tests.builders import NOW, Staff, reachable
from workflows.council import Council

LEASE = timedelta(seconds=60)


@pytest.fixture
def person(people: Staff) -> int:
    return people.auditor.id


def test_a_notice_is_queued_once_for_each_kind_subject_person_and_medium(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        first = _queue(work, people.auditor.id)
        again = _queue(work, people.auditor.id)
        others = (
            _queue(work, people.auditor.id, subject_id=2),
            _queue(work, people.practitioner.id),
            _queue(work, people.auditor.id, medium="email"),
            _queue(work, people.auditor.id, kind="audit_shared"),
            _queue(work, people.auditor.id, again="returned"),
        )

        counts = work.notices.counts()

    assert (first, again, others) == (True, False, (True,) * 5)
    assert counts == {"queued": 6}


def test_two_processes_that_queue_the_same_notice_make_one(database: Database, person: int) -> None:
    def queue(_: int) -> bool:
        with database.write() as work:
            return _queue(work, person)

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(queue, range(8)))

    assert sorted(made) == [False] * 7 + [True]


def test_a_notice_of_an_undone_transaction_never_leaves(council: Council, person: int) -> None:
    def fail_after_queueing() -> None:
        with council.write() as work:
            _queue(work, person)
            work.people.get(-1)

    with pytest.raises(LookupError):
        fail_after_queueing()

    with council.write() as work:
        assert _claim(work) == ()


@pytest.mark.parametrize(("late", "claimed"), [(-1, 0), (0, 1), (1, 1)])
def test_a_notice_leaves_when_it_is_due_and_not_before(
    council: Council, person: int, late: int, claimed: int
) -> None:
    due_at = NOW + timedelta(hours=2)
    with council.write() as work:
        _queue(work, person, due_at=due_at)

    with council.write() as work:
        assert len(_claim(work, now=due_at + timedelta(seconds=late))) == claimed


def test_notices_are_claimed_in_the_order_they_fell_due_up_to_the_limit(
    council: Council, person: int
) -> None:
    with council.write() as work:
        for subject_id, minutes in ((1, 2), (2, 1), (3, 3)):
            due_at = NOW - timedelta(minutes=minutes)
            _queue(work, person, subject_id=subject_id, due_at=due_at)

    with council.write() as work:
        claimed = _claim(work, limit=2)

    assert [n.subject_id for n in claimed] == [3, 1]
    assert all(n.state == "claimed" and n.tries == 1 for n in claimed)


@pytest.mark.rule("Q16", "SG-02")
@pytest.mark.parametrize("kind", ["safety_alert", "safety_escalation"])
def test_a_safety_alert_is_claimed_before_everything_that_waited_longer(
    council: Council, person: int, kind: str
) -> None:
    with council.write() as work:
        for subject_id in range(1, 5):
            _queue(work, person, subject_id=subject_id, due_at=NOW - timedelta(hours=1))
        _queue(work, person, kind=kind)

    with council.write() as work:
        (first,) = _claim(work, limit=1)

    assert first.kind == kind


@pytest.mark.rule("SG-02")
def test_the_lane_of_safety_alerts_takes_nothing_else(council: Council, person: int) -> None:
    with council.write() as work:
        _queue(work, person)
        _queue(work, person, kind="safety_alert")

    with council.write() as work:
        claimed = _claim(work, urgent_only=True)

    assert [n.kind for n in claimed] == ["safety_alert"]


def test_a_claimed_notice_is_left_alone_until_the_claim_runs_out(council: Council, person: int) -> None:
    with council.write() as work:
        _queue(work, person)
        _claim(work, token="first")

    with council.write() as work:
        during = _claim(work, token="second", now=NOW + LEASE)
        after = _claim(work, token="second", now=NOW + LEASE + timedelta(seconds=1))

    assert during == ()
    (taken_over,) = after
    assert (taken_over.claim, taken_over.possibly_repeated, taken_over.tries) == ("second", True, 2)


def test_a_notice_claimed_for_the_first_time_is_not_flagged_as_repeated(
    council: Council, person: int
) -> None:
    with council.write() as work:
        _queue(work, person)
        (claimed,) = _claim(work)

    assert not claimed.possibly_repeated


def test_whoever_lost_the_claim_settles_nothing(council: Council, person: int) -> None:
    with council.write() as work:
        _queue(work, person)
        (lost,) = _claim(work, token="slow")
        (held,) = _claim(work, token="quick", now=NOW + LEASE * 2)

        late = work.notices.settle(lost, state="dead", now=NOW, reason="too late")
        put_back = work.notices.retry(lost, due_at=NOW, reason="too late")
        settled = work.notices.settle(held, state="sent", now=NOW, activity_id="a1")
        twice = work.notices.settle(held, state="dead", now=NOW)
        (kept,) = work.notices.of("audit_allocated", 1)

    assert (late, put_back, settled, twice) == (False, False, True, False)
    assert (kept.state, kept.activity_id, kept.reason) == ("sent", "a1", None)


def test_a_notice_put_back_leaves_again_when_its_wait_is_over(council: Council, person: int) -> None:
    until = NOW + timedelta(minutes=5)
    with council.write() as work:
        _queue(work, person)
        (claimed,) = _claim(work)
        work.notices.retry(claimed, due_at=until, reason="throttled")

    with council.write() as work:
        early = _claim(work, now=until - timedelta(seconds=1))
        (again,) = _claim(work, now=until)

    assert early == ()
    assert (again.tries, again.reason, again.possibly_repeated) == (2, "throttled", False)


def test_a_doubt_about_delivery_stays_with_the_notice(council: Council, person: int) -> None:
    with council.write() as work:
        _queue(work, person)
        (claimed,) = _claim(work)
        work.notices.retry(claimed, due_at=NOW, reason="timeout", possibly_repeated=True)
        (again,) = _claim(work)
        work.notices.retry(again, due_at=NOW, reason="throttled")
        (third,) = _claim(work)

    assert (again.possibly_repeated, third.possibly_repeated) == (True, True)


def test_a_settled_notice_never_leaves_again(council: Council, person: int) -> None:
    with council.write() as work:
        for number, state in enumerate(("sent", "dropped", "dead", "unreachable")):
            _queue(work, person, subject_id=number)
            (claimed,) = _claim(work)
            work.notices.settle(claimed, state=state, now=NOW)

        assert _claim(work, now=NOW + timedelta(days=30)) == ()


def test_what_could_not_be_delivered_is_queued_again_for_that_person_alone(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        for person_id in (people.auditor.id, people.practitioner.id):
            _queue(work, person_id)
        for notice in _claim(work):
            work.notices.settle(notice, state="unreachable", now=NOW, reason="not installed")
        listed = work.notices.unreachable()

        revived = work.notices.revive_unreachable(people.auditor.id, NOW)
        (again,) = _claim(work)

    assert listed == (
        (people.auditor.id, "not installed", 1),
        (people.practitioner.id, "not installed", 1),
    )
    assert revived == 1
    assert (again.person_id, again.tries, again.reason) == (people.auditor.id, 1, None)


def test_whoever_turns_out_to_be_reachable_gets_what_waits(council: Council, people: Staff) -> None:
    blocked, there, never = people.auditor, people.practitioner, people.bystander
    with council.write() as work:
        reachable(work, blocked, there)
        work.reach.set_state(blocked.id, "blocked", NOW)
        for person in (blocked, there, never):
            _queue(work, person.id)
            _queue(work, person.id, medium="email")
        for notice in _claim(work):
            work.notices.settle(notice, state="unreachable", now=NOW)

        revived = work.notices.revive_reachable(NOW)
        (again,) = _claim(work)

    assert revived == 1
    assert (again.person_id, again.medium) == (there.id, "teams")


def test_many_claimants_share_the_outbox_without_taking_anything_twice(
    database: Database, person: int
) -> None:
    with database.write() as work:
        for subject_id in range(40):
            _queue(work, person, subject_id=subject_id)

    def claim(number: int) -> list[int]:
        with database.write() as work:
            return [n.id for n in _claim(work, token=f"courier {number}", limit=8)]

    with ThreadPoolExecutor(5) as pool:
        taken = [notice for batch in pool.map(claim, range(5)) for notice in batch]

    with database.write() as work:
        taken += [n.id for n in _claim(work, limit=40)]
    assert len(taken) == len(set(taken)) == 40


def _queue(
    work: Work,
    person_id: int,
    *,
    kind: str = "audit_allocated",
    subject_id: int = 1,
    medium: str = "teams",
    due_at: datetime | None = None,
    again: str = "",
) -> bool:
    return work.notices.queue(
        kind=kind,
        subject_id=subject_id,
        person_id=person_id,
        now=NOW,
        medium=medium,
        due_at=due_at,
        again=again,
    )


def _claim(
    work: Work,
    *,
    token: str = "token",
    now: datetime = NOW,
    limit: int = 10,
    urgent_only: bool = False,
) -> tuple[Notice, ...]:
    return work.notices.claim(token=token, now=now, until=now + LEASE, limit=limit, urgent_only=urgent_only)
