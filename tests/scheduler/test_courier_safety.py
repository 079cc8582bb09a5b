"""Safety alerts leave before everything, by card and by mail."""

import asyncio
from datetime import date, datetime

import pytest

from domain.audits import Returned
from domain.people import Leave
from scheduler.courier import Courier
from tests.builders import NOW, Staff, an_allocated_audit, reachable
from tests.chat import Chat, text
from tests.doubles.post import FakeMailer, FakePost, text_of
from tests.scheduler.outbox import (
    Clock,
    alert,
    allocate,
    another_round,
    claimed,
    give_back,
)
from workflows.council import Council


@pytest.mark.rule("Q16", "SG-02")
async def test_a_safety_alert_goes_to_team_and_service_manager_and_cover_by_card_and_mail_at_once(
    council: Council, people: Staff, courier: Courier, post: FakePost, mailer: FakeMailer
) -> None:
    told = (people.team_manager, people.service_manager, people.cover)
    alert(council, people, *told)

    await courier.drain_once()

    for person in told:
        (message,) = post.in_chat(person.id)
        for shown in ("CF-1001", "frightened", "01632 960101", "01632 960102", "999"):
            assert shown in text_of(message)
        assert "CF-1001" not in message["summary"]
    assert sorted(mail.to for mail in mailer.mails) == sorted(person.email for person in told)


@pytest.mark.rule("Q16", "SG-02", "SG-01")
async def test_the_mail_of_a_safety_alert_leads_to_teams_and_the_telephone_and_holds_no_case_content(
    council: Council, people: Staff, courier: Courier, mailer: FakeMailer
) -> None:
    alert(council, people, people.team_manager)

    await courier.drain_once()

    for mail in mailer.mails:
        words = mail.subject + mail.body
        for wanted in ("open Teams", "01632 960101", "01632 960102", "999", "does not replace a call"):
            assert wanted in words
        for private in ("CF-1001", "frightened", people.practitioner.name, people.team.name):
            assert private not in words


@pytest.mark.rule("Q16", "SG-02")
@pytest.mark.parametrize(("minutes", "told"), [(119, False), (120, True)])
async def test_the_assistant_director_is_told_two_hours_later(
    council: Council,
    people: Staff,
    courier: Courier,
    post: FakePost,
    mailer: FakeMailer,
    clock: Clock,
    minutes: int,
    told: bool,
) -> None:
    alert(council, people, people.ad_qa)
    clock.passes(minutes=minutes)

    await courier.drain_once()

    assert bool(post.in_chat(people.ad_qa.id)) is told
    assert (people.ad_qa.email in {mail.to for mail in mailer.mails}) is told


@pytest.mark.rule("SG-02")
async def test_a_safety_alert_never_waits_behind_other_notices(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    stuck = asyncio.Event()
    post.hold = {f"chat-of-{people.auditor.id}": stuck}
    with council.write() as work:
        reachable(work, people.auditor, people.team_manager)
        for number in range(20):
            an_allocated_audit(work, people, reference=f"CF-{number}", round_id=another_round(work, number))
    stop = asyncio.Event()
    running = asyncio.create_task(courier.run(stop))
    async with asyncio.timeout(20):
        while not claimed(council):
            await asyncio.sleep(0.01)
        alert(council, people, people.team_manager, reference="CF-2000")
        courier.nudge()
        while not post.in_chat(people.team_manager.id):
            await asyncio.sleep(0.01)

    assert post.in_chat(people.auditor.id) == []
    stuck.set()
    stop.set()
    await running


@pytest.mark.rule("SG-02")
async def test_two_safety_alerts_to_one_person_stay_two(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    for reference in ("CF-1001", "CF-1002"):
        alert(council, people, people.team_manager, reference=reference)

    await courier.drain_once()

    assert len(post.in_chat(people.team_manager.id)) == 2


@pytest.mark.rule("SG-02")
async def test_a_safety_alert_reaches_someone_on_leave_on_a_sunday_night(
    council: Council, people: Staff, courier: Courier, post: FakePost, clock: Clock
) -> None:
    clock.now = datetime(2026, 5, 3, 23, 30, tzinfo=NOW.tzinfo)
    with council.write() as work:
        work.people.change(people.team_manager.id, {"leave": (Leave(date(2026, 5, 1), date(2026, 5, 31)),)})
    alert(council, people, people.team_manager, now=clock.now)

    await courier.drain_once()

    assert len(post.in_chat(people.team_manager.id)) == 1


@pytest.mark.rule("SG-02")
async def test_an_alert_can_be_raised_from_the_card_that_brings_an_audit_and_from_what_it_becomes(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    allocate(council, people)
    await courier.drain_once()
    (brought,) = post.in_chat(people.auditor.id)
    give_back(council, Returned.CASE_CLOSED)
    await courier.drain_once()
    became, withdrawn = post.in_chat(people.auditor.id)

    chat = Chat(council, people.auditor)
    for message in (brought, became, withdrawn):
        form = chat.presses("Raise a safety alert", message["attachments"][0]["content"])
        raised = chat.presses("Send the alert", form, concern="The child said she is frightened.")
        assert "Safety alert raised" in text(raised)


@pytest.mark.rule("Q16", "SG-02")
async def test_alerts_leave_by_the_post_that_goes_first(
    council: Council, people: Staff, courier: Courier, post: FakePost
) -> None:
    first = FakePost()
    courier.urgent_post = first
    allocate(council, people)
    alert(council, people, people.team_manager, reference="CF-1002")

    await courier.drain_once()

    assert len(first.in_chat(people.team_manager.id)) == 1
    assert first.count() == 1
    assert post.in_chat(people.team_manager.id) == []
    assert len(post.in_chat(people.auditor.id)) == 1
