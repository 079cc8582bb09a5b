"""The process as a whole: what people receive while they and the calendar do their part."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.app import CannotListen, serving
from bot.asking import clock
from bot.edge.connector import Connector
from bot.settings import Settings
from dialogs.answering import answer
from dialogs.turn import Reply, Turn
from domain.audits import Audit
from domain.days import local_day
from domain.people import Person
from storage.database import Database
from storage.tables_running import paces
from tests.bot.audit_writing import onward, written
from tests.builders import (
    Staff,
    a_case,
    a_submitted_audit,
    an_accepted_audit,
    an_allocated_audit,
    staff,
)
from tests.chat import inputs, text
from tests.doubles import activities
from tests.doubles.connector import Arrived, TeamsConnector
from tests.doubles.entra import APP_ID, TENANT, Entra, new_key
from tests.doubles.service import Service, card_in, open_service
from tests.moderations import the_panel
from workflows.council import Council, Work
from workflows.planning import propose_round

CASE = "CF-1001"


@pytest.fixture
def people(service: Service) -> Staff:
    with service.council.write() as work:
        return staff(work)


async def everyone_installs(service: Service, people: Staff) -> None:
    for person in (
        people.auditor,
        people.second_auditor,
        people.practitioner,
        people.line_manager,
        people.team_manager,
        people.service_manager,
        people.cover,
        people.qa_officer,
        people.bystander,
    ):
        await service.caller(person).installs()


def allocate(service: Service, people: Staff, build: Any = an_allocated_audit, **given: Any) -> int:
    """An audit of today's month, its notice in the outbox."""
    now = clock()
    month = local_day(now).replace(day=1)
    with service.council.write() as work:
        audit = build(work, people, now=now, month=month, **given)
    service.running.courier.nudge()
    return int(audit.id)


def submitted(service: Service) -> Any:
    """A builder of submitted audits."""

    def build(work: Work, people: Staff, **given: Any) -> Audit:
        return a_submitted_audit(work, service.council, people, **given)

    return build


def sent_unasked(service: Service, person: Person) -> list[Arrived]:
    """What the courier brought to this person."""
    return [a for a in service.teams.sent(f"chat-of-{person.id}") if a.verb == "send"]


@pytest.mark.rule("CA-05", "CA-16", "CA-17", "Q30")
async def test_from_allocation_to_sharing_everyone_gets_one_card_and_the_posted_one_loses_the_case(
    service: Service, people: Staff
) -> None:
    await everyone_installs(service, people)
    with service.council.write() as work:
        # Without anybody to chair the Panel the QA office would hear of that as well.
        the_panel(work)
    allocate(service, people)
    (allocated,) = await service.eventually(lambda: sent_unasked(service, people.auditor))
    place = next(key for key, post in service.teams.posts.items() if post is allocated.body)
    alex = service.caller(people.auditor)

    card = await alex.presses("Accept", allocated.card or {})
    page = await alex.presses("Continue", card)
    while title := onward(page):
        page = await alex.presses(title, page, **written(page))
    await alex.presses("Submit and share", page)

    readers = (people.practitioner, people.line_manager, people.team_manager, people.qa_officer)
    await service.eventually(lambda: all(sent_unasked(service, reader) for reader in readers))
    await service.eventually(lambda: [a for a in service.teams.arrived if a.verb == "update"])
    counts = [len(sent_unasked(service, reader)) for reader in readers]
    assert counts == [1, 1, 1, 1]
    assert sent_unasked(service, people.bystander) == []
    status = card_in(service.teams.posts[place])
    assert CASE not in str(service.teams.posts[place])
    assert "submitted" in text(status).lower()
    assert inputs(status) == []


@pytest.mark.rule("CA-05")
async def test_what_a_push_preview_shows_names_no_case_and_nobody(service: Service, people: Staff) -> None:
    await everyone_installs(service, people)
    allocate(service, people)
    allocate(service, people, submitted(service), reference="CF-1002")
    readers = (people.auditor, people.practitioner, people.line_manager, people.team_manager)
    await service.eventually(lambda: all(sent_unasked(service, reader) for reader in readers))

    shown = [
        f"{a.body.get('summary')} {a.text or ''} {card_in(a.body)['fallbackText']}"
        for a in service.teams.sent()
    ]

    secrets = ("CF-", *(person.name for person in (*readers, people.qa_officer)))
    assert [(said, secret) for said in shown for secret in secrets if secret in said] == []
    assert all(a.body.get("summary") for a in service.teams.sent())


@pytest.mark.rule("SG-02", "Q16")
async def test_a_safety_alert_reaches_managers_and_cover_by_card_and_by_mail(
    service: Service, people: Staff, settings: Settings
) -> None:
    await everyone_installs(service, people)
    allocate(service, people, an_accepted_audit)
    alex = service.caller(people.auditor)
    overview = await alex.presses("Open", await alex.types("my audits"))
    form = await alex.presses("Raise a safety alert", overview)

    await alex.presses("Send the alert now", form, concern="The child said they are afraid to go home.")

    told = (people.team_manager, people.service_manager, people.cover)
    await service.eventually(lambda: all(sent_unasked(service, person) for person in told))
    # Late in the evening the AD for QA is told at once as well; that mail is another test's.
    addresses = {person.email for person in told}
    mails = await service.eventually(
        lambda: len(m := [m for m in mails_in(settings.mail_folder) if m["To"] in addresses]) == 3 and m
    )
    for person in told:
        (card,) = sent_unasked(service, person)
        assert CASE in text(card.card or {})
        assert "01632 960001" in text(card.card or {})
        assert CASE not in str(card.body["summary"]) + str((card.card or {})["fallbackText"])
    assert {mail["To"] for mail in mails} == addresses
    assert all(CASE not in mail.as_string() and "afraid" not in mail.as_string() for mail in mails)
    assert all("01632 960001" in mail.get_content() for mail in mails)


def mails_in(folder: Path) -> list[Any]:
    files = sorted(folder.glob("*.eml")) if folder.exists() else []
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]


@pytest.mark.rule("CA-05")
async def test_a_round_planned_and_approved_in_chat_sends_its_cards_at_once(
    service: Service, people: Staff
) -> None:
    await everyone_installs(service, people)
    now = clock()
    with service.council.write() as work:
        a_case(work, people)
        month = local_day(now).replace(day=1)
        propose_round(
            work,
            service.council,
            by=people.qa_officer,
            month=month,
            seed=1,
            now=now,
            outside_the_calendar=True,
        )
    quinn = service.caller(people.qa_officer)
    proposal = await quinn.presses("Open the round", await quinn.types("status"))

    def allocated() -> list[Arrived]:
        return [a for a in service.teams.sent() if str(a.body["summary"]).startswith("There is an audit for")]

    assert allocated() == []

    approved = await quinn.presses("Approve this round", proposal)

    (card,) = await service.eventually(allocated)
    assert "Approved." in text(approved)
    assert CASE in text(card.card or {})


async def test_a_signed_in_turn_from_the_request_to_the_answer(
    service: Service, people: Staff, entra: Entra
) -> None:
    await service.caller(people.auditor).types("help")

    (answer,) = service.teams.sent()
    assert answer.authorization == "Bearer bot-token"
    (asked,) = entra.token_requests
    assert asked["client_id"] == APP_ID
    assert asked["grant_type"] == "client_credentials"
    assert asked["scope"] == "https://api.botframework.com/.default"


async def test_a_forged_token_reaches_nobody(service: Service, people: Staff, entra: Entra) -> None:
    alex = service.caller(people.auditor)
    activity = alex.activity(activities.message, "my audits")
    forged = entra.token(activity["serviceUrl"], key=new_key("somebody-elses"))

    headers = {"Authorization": f"Bearer {forged}"}
    async with service.http.post(service.url, json=activity, headers=headers) as response:
        status = response.status

    assert status == 401
    assert service.teams.arrived == []


async def test_it_says_that_it_is_alive(service: Service) -> None:
    async with service.http.get(service.url.replace("/api/messages", "/health/live")) as response:
        assert (response.status, await response.json()) == (200, {"alive": True})


async def test_chats_that_are_opened_unasked_wait_in_the_lane_of_turns(
    settings: Settings, entra: Entra, teams: TeamsConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Connector] = []

    @asynccontextmanager
    async def keep(_settings: Settings, _council: Council, connector: Connector) -> AsyncIterator[None]:
        given.append(connector)
        yield

    monkeypatch.setattr("bot.app.installing", keep)
    async with open_service(settings, entra, teams) as service:
        await given[0].create_conversation(
            teams.service_url, bot_id="28:bot", tenant_id=TENANT, member_id="29:1"
        )
        with service.council.database.engine.connect() as connection:
            keys = connection.execute(sa.select(paces.c.key)).scalars().all()

    # What the courier's lane sends was booked when it was claimed, and a creation never was.
    assert "chat:new:29:1" in keys


async def test_a_port_that_is_taken_is_named_and_nothing_is_left_running(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CannotListen, match=f"port {port}"):
            async with serving(settings.model_copy(update={"port": port})):
                pass


async def test_a_turn_under_way_is_answered_before_the_process_ends(
    settings: Settings, entra: Entra, teams: TeamsConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(council: Council, turn: Turn) -> Reply:
        begun.set()
        go_on.wait(30)
        return answer(council, turn)

    monkeypatch.setattr("bot.asking.answer", slow)
    async with open_service(settings, entra, teams) as service:
        with service.council.write() as work:
            alex = service.caller(staff(work).auditor)
        turn = asyncio.create_task(alex.sends(alex.activity(activities.message, "help")))
        await service.eventually(begun.is_set)
        asyncio.get_running_loop().call_later(0.2, go_on.set)

    assert turn.done()
    assert turn.result()[0] == 200
    assert [a.body["summary"] for a in teams.sent()] == ["Help"]


async def test_what_was_queued_in_the_last_moment_leaves_with_the_next_process(
    settings: Settings, entra: Entra, teams: TeamsConnector
) -> None:
    async with open_service(settings, entra, teams) as service:
        with service.council.write() as work:
            people = staff(work)
        await service.caller(people.auditor).installs()
    database = Database(settings.database_url, trail_key=settings.trail_key_bytes)
    now = clock()
    with database.write() as work:
        an_allocated_audit(work, people, now=now, month=local_day(now).replace(day=1))
    database.close()

    async with open_service(settings, entra, teams) as service:
        await service.eventually(lambda: sent_unasked(service, people.auditor))

    assert len(sent_unasked(service, people.auditor)) == 1
