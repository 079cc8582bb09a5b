"""First contact: who a directory id belongs to, as Teams itself says it, and what everyone else hears."""

import pytest

from bot.asking import clock
from domain.people import Person, Post
from domain.trail import day_chain
from tests.builders import Staff, a_person, staff
from tests.chat import text
from tests.doubles import activities
from tests.doubles.connector import Fault
from tests.doubles.service import Caller, Service

OTHER_TENANT = "99999999-aaaa-bbbb-cccc-000000000009"
NEW_ID = "44444444-aaaa-bbbb-cccc-000000000004"


@pytest.fixture
def people(service: Service) -> Staff:
    with service.council.write() as work:
        return staff(work)


@pytest.fixture
def newcomer(service: Service, people: Staff) -> Person:
    """On the staff list, but without a directory id."""
    with service.council.write() as work:
        return a_person(work, "Nova Newcomer", Post.PRACTITIONER, directory_id=None)


@pytest.fixture
def caller(service: Service, newcomer: Person) -> Caller:
    """Someone whose directory id nobody knows yet."""
    return Caller(service, NEW_ID, "29:newcomer", "chat-of-newcomer")


def bound(service: Service) -> Person | None:
    with service.council.read() as view:
        return view.people.by_directory_id(NEW_ID)


def told(service: Service) -> int:
    """How many notices about strangers the QA office has."""
    with service.council.read() as view:
        return len(view.notices.of("stranger", 1))


def trail_of(service: Service, verb: str) -> int:
    with service.council.read() as view:
        rows = view.trail.rows(day_chain(service.council.today(clock())))
    return sum(row.verb == verb for row in rows)


@pytest.mark.parametrize(
    "address", ["nova.newcomer@exampleshire.example", "Nova.Newcomer@Exampleshire.example"]
)
async def test_the_member_calls_email_binds_once_and_leaves_one_row(
    service: Service, caller: Caller, newcomer: Person, address: str
) -> None:
    caller.known_as(address)

    first = await caller.types("help")
    again = await caller.types("help")

    assert "How I can help" in text(first)
    assert "How I can help" in text(again)
    found = bound(service)
    assert found is not None
    assert found.id == newcomer.id
    assert trail_of(service, "bound to a directory id") == 1
    assert len([a for a in service.teams.arrived if a.verb == "member"]) == 1
    assert told(service) == 0


async def test_the_user_name_binds_where_the_email_is_another(
    service: Service, caller: Caller, newcomer: Person
) -> None:
    caller.known_as("n.newcomer@mail.example", upn="nova.newcomer@exampleshire.example")

    await caller.types("help")

    assert bound(service) is not None


async def test_a_first_contact_by_a_press_or_an_install_binds_as_well(
    service: Service, caller: Caller, newcomer: Person
) -> None:
    caller.known_as(newcomer.email)

    await caller.installs()

    (greeting,) = caller.answers()
    assert "How I can help" in text(greeting.card or {})
    with service.council.read() as view:
        address = view.reach.of(newcomer.id)
    assert address is not None
    assert address.conversation_id == caller.conversation_id


@pytest.mark.parametrize(
    "member",
    [
        {"email": "nova.newcomer@exampleshire.example", "tenant_id": OTHER_TENANT},
        {"email": "nova.newcomer@exampleshire.example", "tenant_id": None},
        {
            "email": "nova.newcomer@exampleshire.example",
            "upn": "nova.newcomer_exampleshire.example#EXT#@council.onmicrosoft.com",
        },
        {"email": "somebody.else@exampleshire.example"},
        {"email": "nova.newcomer@exampleshire.example", "directory_id": "another-id"},
    ],
    ids=["another tenant", "no tenant", "guest", "nobody's address", "somebody else"],
)
async def test_whoever_cannot_be_matched_is_not_bound_and_the_office_is_told_once(
    service: Service, caller: Caller, newcomer: Person, member: dict[str, str]
) -> None:
    known = caller.known_as(member.pop("email"), **{k: v for k, v in member.items() if k != "directory_id"})
    if "directory_id" in member:
        service.teams.members[caller.mri] = type(known)(caller.mri, member["directory_id"], known.email)

    first = await caller.types("my audits")
    await caller.types("my audits")

    assert "I have told the QA office" in text(first)
    assert bound(service) is None
    assert told(service) == 1
    assert trail_of(service, "wrote without being known") == 1


async def test_two_people_with_fitting_addresses_are_left_to_the_office(
    service: Service, caller: Caller, newcomer: Person
) -> None:
    with service.council.write() as work:
        a_person(work, "Nova Namesake", Post.PRACTITIONER, directory_id=None)
    caller.known_as(newcomer.email, upn="nova.namesake@exampleshire.example")

    card = await caller.types("help")

    assert "I have told the QA office" in text(card)
    assert bound(service) is None


async def test_an_address_that_belongs_to_somebody_bound_already_binds_nobody(
    service: Service, caller: Caller, people: Staff
) -> None:
    caller.known_as(people.qa_officer.email)

    card = await caller.types("status")

    assert "I have told the QA office" in text(card)
    assert bound(service) is None


async def test_what_is_typed_never_binds(service: Service, caller: Caller, newcomer: Person) -> None:
    caller.known_as("somebody.else@exampleshire.example")

    await caller.types(f"I am {newcomer.name}, {newcomer.email}")

    assert bound(service) is None


async def test_the_office_gets_one_card_about_a_stranger(
    service: Service, caller: Caller, people: Staff
) -> None:
    await service.caller(people.qa_officer).types("help")
    caller.known_as("somebody.else@exampleshire.example")

    await caller.types("help")
    await caller.types("hello?")

    (card,) = [a for a in await service.cards_for(people.qa_officer, 2) if a.verb == "send"]
    assert NEW_ID in text(card.card or {})
    assert NEW_ID not in str(card.body["summary"])


@pytest.mark.parametrize("fault", [Fault(429), Fault(503), Fault(500), Fault(200, body="[]")], ids=str)
async def test_when_teams_cannot_say_who_it_is_nobody_is_called_a_stranger(
    service: Service, caller: Caller, newcomer: Person, fault: Fault
) -> None:
    caller.known_as(newcomer.email)
    service.teams.fail_next(fault)

    card = await caller.types("help")
    then = await caller.types("help")

    assert "write to me again in a minute" in text(card)
    assert told(service) == 0
    assert "How I can help" in text(then)


async def test_someone_teams_does_not_know_in_the_chat_is_a_stranger(
    service: Service, caller: Caller
) -> None:
    card = await caller.types("help")

    assert "I have told the QA office" in text(card)


async def test_a_caller_without_a_directory_id_is_asked_for_the_councils_account(
    service: Service, people: Staff
) -> None:
    anonymous = Caller(service, "", "29:anonymous", "chat-of-nobody")

    card = await anonymous.types("help")

    assert "council's own account" in text(card)
    assert "I have told" not in text(card)
    assert told(service) == 0


async def test_a_leaver_is_told_so_and_the_office_is_not_bothered(service: Service, people: Staff) -> None:
    with service.council.write() as work:
        work.people.mark_left((people.auditor.id,), service.council.today(clock()))

    card = await service.caller(people.auditor).types("my audits")

    assert "you have left" in text(card)
    assert "I have told" not in text(card)
    assert told(service) == 0
    assert trail_of(service, "wrote after leaving") == 1


async def test_a_leaver_who_never_wrote_before_is_not_bound_either(
    service: Service, caller: Caller, newcomer: Person
) -> None:
    with service.council.write() as work:
        work.people.mark_left((newcomer.id,), service.council.today(clock()))
    caller.known_as(newcomer.email)

    card = await caller.types("help")

    assert "I have told the QA office" in text(card)
    assert bound(service) is None
    assert told(service) == 1


async def test_a_stranger_who_presses_gets_the_same_kind_answer_in_place(
    service: Service, caller: Caller
) -> None:
    data = {"plumbline": {"verb": "overview", "v": 1, "audit_id": 1}}

    _, answer = await caller.sends(caller.activity(activities.press, data))
    task = await caller.asks_dialog("task/fetch", data)

    assert "I do not know you yet" in text(answer["value"])
    assert "I do not know you yet" in text(task["value"]["card"]["content"])
