"""Whoever Teams cannot reach is told by e-mail that something waits: once, and nothing of the case."""

from datetime import date
from itertools import count

import pytest

from domain.audits import Returned
from domain.cadence import Occurrence, Skipped
from domain.delivery import Blocked, Gone
from domain.people import Post
from scheduler.courier import Courier
from scheduler.drawing import Postponed
from scheduler.ledger import keep_verdict
from scheduler.preparing import Decided
from scheduler.rendering import CARDS
from scheduler.rendering_reach import MAILED_INSTEAD, NOT_MAILED
from scheduler.sweeps import SWEEPS, Sweeping
from scheduler.verdicts import Settle
from tests.builders import NOW, Staff, a_person, an_accepted_audit, an_allocated_audit, reachable
from tests.doubles.post import FakeMailer, FakePost, shown_text
from tests.scheduler.outbox import Clock, alert, allocate, give_back, notices
from tests.workflows.test_unreachable import NEXT_DAY
from workflows.council import Council
from workflows.extending import EXTENSION, ask_extension
from workflows.unreachable import tell_office_of_unreachable, unreached


async def drained(courier: Courier) -> None:
    """What the first round gives rise to leaves in the next ones."""
    while await courier.drain_once():
        pass


@pytest.mark.rule("SG-01")
async def test_a_mail_says_that_something_waits_and_nothing_of_the_case(
    council: Council, people: Staff, courier: Courier, post: FakePost, mailer: FakeMailer
) -> None:
    allocate(council, people)
    post.answers.append(Blocked("ConversationBlockedByUser"))

    await drained(courier)

    (mail,) = mailer.mails
    assert mail.to == people.auditor.email
    assert "open Teams" in mail.subject
    assert "Plumbline" in mail.body
    assert "CF-1001" not in mail.subject + mail.body
    assert people.practitioner.name not in mail.body
    assert not mail.attachments
    assert not mail.urgent


async def test_the_ledger_keeps_both_that_they_were_not_reached_and_that_they_were_mailed(
    council: Council, people: Staff, courier: Courier, mailer: FakeMailer
) -> None:
    with council.write() as work:
        audit = an_allocated_audit(work, people)

    await drained(courier)

    (waiting,) = notices(council, "audit_allocated", audit.id)
    (told,) = notices(council, "told_by_mail", people.auditor.id)
    assert (waiting.state, waiting.reason) == ("unreachable", "not installed")
    assert (told.state, told.medium) == ("sent", "email")
    with council.read() as view:
        (one,) = unreached(view)
    assert one.mailed_at is not None


async def test_each_notice_is_mailed_once_however_often_it_is_tried_again(
    council: Council, people: Staff, courier: Courier, post: FakePost, mailer: FakeMailer, clock: Clock
) -> None:
    allocate(council, people)
    for _ in range(3):
        post.answers.append(Gone())
        await drained(courier)
        clock.passes(days=1)
        with council.write() as work:
            reachable(work, people.auditor)
            work.notices.revive_unreachable(people.auditor.id, clock.now)

    assert len(mailer.mails) == 1


async def test_several_things_of_one_day_are_told_in_one_mail(
    council: Council, people: Staff, courier: Courier, mailer: FakeMailer, clock: Clock
) -> None:
    with council.write() as work:
        for number in range(3):
            an_allocated_audit(
                work, people, reference=f"CF-{number}", month=NOW.date().replace(month=5 + number, day=1)
            )
    await drained(courier)
    same_day = len(mailer.mails)
    clock.now = NEXT_DAY
    with council.write() as work:
        an_allocated_audit(
            work, people, reference="CF-9", month=NOW.date().replace(month=9, day=1), now=clock.now
        )
    await drained(courier)

    assert (same_day, len(mailer.mails)) == (1, 2)


async def test_no_mail_goes_when_they_came_back_before_it_left(
    council: Council, people: Staff, courier: Courier, post: FakePost, mailer: FakeMailer
) -> None:
    with council.write() as work:
        audit = an_allocated_audit(work, people)
    with council.write() as work:
        for notice in work.notices.claim(token="t", now=NOW, until=NOW, limit=5):
            verdict = Settle("unreachable", "not installed")
            keep_verdict(work, notice, verdict, Decided("unreachable", "not installed"), now=NOW)
        reachable(work, people.auditor)
        work.notices.revive_reachable(NOW)

    await drained(courier)

    assert mailer.mails == []
    assert [notice.state for notice in notices(council, "audit_allocated", audit.id)] == ["sent"]


def test_of_every_kind_of_card_a_mail_tells_or_a_reason_says_why_not() -> None:
    assert set(CARDS) == MAILED_INSTEAD | set(NOT_MAILED)
    assert not MAILED_INSTEAD & set(NOT_MAILED)
    assert all(NOT_MAILED.values())


async def test_whoever_is_to_decide_is_told_by_mail_when_teams_cannot_reach_them(
    council: Council, people: Staff, courier: Courier, mailer: FakeMailer
) -> None:
    with council.write() as work:
        reachable(work, people.auditor)
        audit = an_accepted_audit(work, people)
        ask_extension(
            work,
            council,
            by=people.cover,
            audit_id=audit.id,
            kind=EXTENSION,
            until_on=date(2026, 6, 12),
            reason="Cover.",
            now=NOW,
        )

    await drained(courier)

    assert people.ad_qa.email in [mail.to for mail in mailer.mails]


async def test_what_is_postponed_is_told_of_all_the_same(
    council: Council, people: Staff, courier: Courier, mailer: FakeMailer, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = CARDS["audit_allocated"]
    looks = count()
    monkeypatch.setitem(
        CARDS,
        "audit_allocated",
        lambda drawing: Postponed(NEXT_DAY, "not in the evening") if next(looks) else drawn(drawing),
    )
    with council.write() as work:
        an_allocated_audit(work, people)

    await drained(courier)

    assert [mail.to for mail in mailer.mails] == [people.auditor.email]


async def test_a_mail_that_was_dropped_stands_in_the_way_of_no_other_that_day(
    council: Council, people: Staff, courier: Courier, mailer: FakeMailer, clock: Clock
) -> None:
    with council.write() as work:
        reachable(work, people.qa_officer)
        first = an_allocated_audit(work, people)
    await courier._round(urgent_only=False)
    give_back(council, Returned.CONFLICT, first.id)
    await drained(courier)
    dropped = len(mailer.mails)
    with council.write() as work:
        an_allocated_audit(work, people, reference="CF-2", month=date(2026, 6, 1), now=clock.now)

    await drained(courier)

    assert (dropped, len(mailer.mails)) == (0, 1)
    states = [notice.state for notice in notices(council, "told_by_mail", people.auditor.id)]
    assert states == ["dropped", "sent"]


@pytest.mark.rule("SG-02")
async def test_a_safety_alert_goes_by_both_ways_at_once_and_is_mailed_no_second_time(
    council: Council, people: Staff, courier: Courier, mailer: FakeMailer
) -> None:
    alert(council, people)

    await drained(courier)

    told = [mail.to for mail in mailer.mails]
    assert people.team_manager.email in told
    assert len(told) == len(set(told))
    assert all(mail.urgent and mail.subject.startswith("Safety alert") for mail in mailer.mails)


async def test_the_offices_card_is_posted_once_and_then_stands_as_things_are(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    with council.write() as work:
        reachable(work, people.qa_officer)
        an_allocated_audit(work, people)
    await drained(courier)
    seen = []
    for days in range(3):
        clock.now = NEXT_DAY
        clock.passes(days=days)
        with council.write() as work:
            if days == 1:
                an_allocated_audit(
                    work,
                    people,
                    reference="CF-2",
                    auditor_id=people.second_auditor.id,
                    month=NOW.date().replace(month=7, day=1),
                    now=clock.now,
                )
            if days == 2:
                reachable(work, people.auditor, people.second_auditor, now=clock.now)
                work.notices.revive_reachable(clock.now)
        await drained(courier)
        with council.write() as work:
            tell_office_of_unreachable(work, council, now=clock.now)
        await drained(courier)
        (message,) = post.in_chat(people.qa_officer.id)
        seen.append(shown_text(message))

    assert "Alex Auditor" in seen[0]
    assert "Sam Second" not in seen[0]
    assert "Sam Second" in seen[1]
    assert "Everybody for whom something waits can be reached" in seen[2]


async def test_an_officer_who_left_the_office_is_not_shown_it(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    with council.write() as work:
        moved = a_person(work, "Mo Moved", Post.QAO)
        reachable(work, moved)
        an_allocated_audit(work, people)
    await drained(courier)
    with council.write() as work:
        tell_office_of_unreachable(work, council, now=NEXT_DAY)
        work.people.change(moved.id, {}, [Post.PRACTITIONER])

    await drained(courier)

    assert post.in_chat(moved.id) == []


async def test_the_calendar_tells_the_office_on_a_working_day_and_is_silent_while_all_is_well(
    council: Council, people: Staff, courier: Courier
) -> None:
    sweep = SWEEPS["unreachable"]
    occurrence = Occurrence("unreachable", NEXT_DAY.date(), NEXT_DAY)
    with council.write() as work, pytest.raises(Skipped):
        sweep(work, council, Sweeping(occurrence, NEXT_DAY, late=False))
    with council.write() as work:
        an_allocated_audit(work, people)
    await drained(courier)

    with council.write() as work:
        sweep(work, council, Sweeping(occurrence, NEXT_DAY, late=False))

    told = notices(council, "unreachable_people", NEXT_DAY.date().toordinal())
    assert [notice.person_id for notice in told] == [people.qa_officer.id]
