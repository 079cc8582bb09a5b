"""Putting the app into people's Teams through Graph: switched on by the council, gently, each answer read."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import aiohttp
import pytest

from bot.edge.connector import Connector
from bot.edge.hosts import HostList
from bot.graph import Graph
from bot.install import (
    AlreadyThere,
    Installed,
    Installer,
    Installing,
    InstallOutcome,
    NoSuchPerson,
    NotPermitted,
    installing,
)
from bot.settings import SettingsInvalid
from domain.delivery import Failed, Throttled
from domain.people import Person, Post
from domain.trail import day_chain
from tests.builders import NOW, Staff, a_person, reachable
from tests.doubles.connector import Fault, KnownMember, TeamsConnector
from tests.doubles.door import FixedToken
from tests.doubles.entra import TENANT, Entra
from tests.doubles.graph import CATALOGUE_ID, GraphDouble, running_graph
from tests.doubles.settings import demo_settings, signed_in_settings
from tests.workflows.test_unreachable import undelivered
from workflows.council import Council


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
async def graph() -> AsyncIterator[GraphDouble]:
    async with running_graph() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def installer(http: aiohttp.ClientSession, graph: GraphDouble) -> Installer:
    client = Graph(http, FixedToken(), graph.url, timeout=aiohttp.ClientTimeout(total=0.5))
    return Installer(client, CATALOGUE_ID)


@pytest.fixture
def connector(http: aiohttp.ClientSession) -> Connector:
    return Connector(http, FixedToken(), HostList(("127.0.0.1",)))


@pytest.fixture
def work(council: Council, installer: Installer, connector: Connector, clock: Clock) -> Installing:
    return Installing(council, installer, connector, clock=clock, between_seconds=0.0)


def waits_for(council: Council, *people: Person) -> None:
    with council.write() as writing:
        for person in people:
            undelivered(writing, person)


def tried(council: Council) -> int:
    with council.read() as view:
        rows = view.trail.rows(day_chain(NOW.date()))
        return sum(row.verb == "put the app into Teams" for row in rows)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (None, Installed()),
        (Fault(409, "Conflict"), AlreadyThere()),
        (Fault(404, "ResourceNotFound"), NoSuchPerson("ResourceNotFound")),
        (Fault(403, "Forbidden"), NotPermitted("Forbidden")),
        (Fault(429, headers={"Retry-After": "7"}), Throttled(7.0)),
        (Fault(503, "Busy"), Failed(503, retryable=True, reason="Busy")),
        (Fault(hang=True), Failed(0, retryable=True, reason="timeout", uncertain=True)),
    ],
    ids=["done", "there", "unknown", "forbidden", "throttled", "busy", "hanging"],
)
async def test_each_answer_of_graph_has_its_meaning(
    installer: Installer, graph: GraphDouble, fault: Fault | None, outcome: InstallOutcome
) -> None:
    if fault is not None:
        graph.fail_next(fault)

    assert await installer.install("directory-of-somebody") == outcome


async def test_the_request_names_the_app_of_the_councils_catalogue(
    installer: Installer, graph: GraphDouble
) -> None:
    await installer.install("directory-of-somebody")

    (asked,) = graph.asked
    assert asked.who == "directory-of-somebody"
    assert asked.body == {
        "teamsApp@odata.bind": f"{graph.url}/v1.0/appCatalogs/teamsApps/{CATALOGUE_ID}",
    }


async def test_everyone_for_whom_something_waits_gets_it_once_a_day_by_id_or_else_by_address(
    council: Council, people: Staff, work: Installing, graph: GraphDouble, clock: Clock
) -> None:
    with council.write() as writing:
        unbound = a_person(writing, "Una Unbound", Post.PRACTITIONER, directory_id=None)
    waits_for(council, people.auditor, unbound)

    for _ in range(3):
        await work.once()
    clock.now += timedelta(days=1)
    await work.once()

    assert graph.installed == ["directory-of-alex.auditor", "una.unbound@exampleshire.example"]
    assert len(graph.asked) == 4


async def test_their_chat_is_asked_for_at_once_and_what_waited_is_queued_again(
    council: Council, people: Staff, work: Installing, graph: GraphDouble, teams: TeamsConnector
) -> None:
    with council.write() as writing:
        reachable(writing, people.qa_officer, service_url=teams.service_url)
    waits_for(council, people.auditor)
    graph.have_it.add("directory-of-alex.auditor")
    member = KnownMember("29:alex", "directory-of-alex.auditor", people.auditor.email, tenant_id=TENANT)
    teams.know(member)

    await work.once()

    with council.read() as view:
        address = view.reach.of(people.auditor.id)
        states = [notice.state for notice in view.notices.of("audit_shared", 1)]
    assert address is not None
    assert (address.conversation_id, address.mri, address.state) == ("a:29:alex", "29:alex", "reachable")
    assert states == ["queued"]
    assert tried(council) == 1


async def test_being_told_to_wait_stops_at_once_and_counts_for_nobody(
    council: Council, people: Staff, work: Installing, graph: GraphDouble
) -> None:
    waits_for(council, people.auditor, people.practitioner, people.bystander)
    graph.fail_next(Fault(429, headers={"Retry-After": "90"}))

    wait = await work.once()
    asked = len(graph.asked)
    await work.once()

    assert (wait, asked) == (90.0, 1)
    assert len(graph.installed) == 3


async def test_a_missing_permission_is_met_once_and_not_for_everyone_in_turn(
    council: Council, people: Staff, work: Installing, graph: GraphDouble
) -> None:
    waits_for(council, people.auditor, people.practitioner, people.bystander)
    graph.fail_next(Fault(403, "Forbidden"))

    await work.once()

    assert len(graph.asked) == 1
    assert tried(council) == 1


async def test_somebody_the_directory_does_not_have_stops_nobody_else(
    council: Council, people: Staff, work: Installing, graph: GraphDouble
) -> None:
    waits_for(council, people.auditor, people.practitioner)
    graph.unknown.add("directory-of-alex.auditor")

    await work.once()

    assert graph.installed == ["directory-of-perry.practitioner"]


async def test_it_is_off_until_the_council_switches_it_on(
    council: Council,
    people: Staff,
    entra: Entra,
    graph: GraphDouble,
    connector: Connector,
) -> None:
    waits_for(council, people.auditor)
    given = {"graph_url": graph.url, "teams_app_id": CATALOGUE_ID}

    async with installing(signed_in_settings(entra, **given), council, connector, tokens=FixedToken()):
        await asyncio.sleep(0.05)
    off = list(graph.installed)
    on = signed_in_settings(entra, install_app=True, **given)
    async with installing(on, council, connector, tokens=FixedToken()):
        async with asyncio.timeout(10):
            while not graph.installed:
                await asyncio.sleep(0.01)

    assert off == []
    assert graph.installed == ["directory-of-alex.auditor"]


def test_switching_it_on_needs_the_apps_id_and_a_sign_in(entra: Entra) -> None:
    with pytest.raises(SettingsInvalid, match="PLUMBLINE_TEAMS_APP_ID is not set"):
        signed_in_settings(entra, install_app=True)
    with pytest.raises(SettingsInvalid, match="needs PLUMBLINE_APP_ID"):
        demo_settings(install_app=True, teams_app_id=CATALOGUE_ID)


@pytest.mark.parametrize(
    ("address", "right"),
    [
        ("https://graph.microsoft.com", True),
        ("https://graph.microsoft.us/", True),
        ("https://microsoftgraph.chinacloudapi.cn", True),
        ("https://graph.microsoft.com.attacker.example", False),
        ("https://attacker.example", False),
        ("http://graph.microsoft.com", False),
    ],
)
def test_our_token_for_graph_can_go_to_graph_alone(entra: Entra, address: str, right: bool) -> None:
    if right:
        assert signed_in_settings(entra, graph_url=address).graph_url == address.rstrip("/")
    else:
        with pytest.raises(SettingsInvalid, match="PLUMBLINE_GRAPH_URL"):
            signed_in_settings(entra, graph_url=address)
