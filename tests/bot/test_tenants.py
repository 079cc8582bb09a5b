"""A council with two tenants: what is sent in one counts against its own figures."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa

from bot.settings import Settings
from storage.tables_running import paces
from tests.builders import Staff, staff
from tests.doubles import activities
from tests.doubles.connector import Fault, TeamsConnector
from tests.doubles.entra import TENANT, Entra
from tests.doubles.service import Service, open_service

OTHER = "44444444-aaaa-bbbb-cccc-000000000004"


@pytest.fixture
async def service(settings: Settings, entra: Entra, teams: TeamsConnector) -> AsyncIterator[Service]:
    two = settings.model_copy(update={"tenant_ids": (TENANT, OTHER)})
    async with open_service(two, entra, teams) as running:
        yield running


@pytest.fixture
def people(service: Service) -> Staff:
    with service.council.write() as work:
        return staff(work)


def from_the_other(
    service: Service, people: Staff, build: Any, *given: Any, **changes: Any
) -> dict[str, Any]:
    alex = service.caller(people.auditor)
    activity = alex.activity(build, *given, channelData={"tenant": {"id": OTHER}}, **changes)
    activity["conversation"]["tenantId"] = OTHER
    return activity


def tenants_used(service: Service) -> set[str]:
    with service.council.database.engine.connect() as connection:
        keys = connection.execute(sa.select(paces.c.key).where(paces.c.key.like("tenant:%")))
        return {key.removeprefix("tenant:") for key in keys.scalars()}


async def test_a_turns_reply_takes_a_seat_of_its_own_tenant(service: Service, people: Staff) -> None:
    await service.post(from_the_other(service, people, activities.message, "help"))

    assert tenants_used(service) == {OTHER}


async def test_a_card_replaced_after_a_press_takes_one_too(service: Service, people: Staff) -> None:
    posted = from_the_other(service, people, activities.submit, {"v": 1}, replyToId="1:long-gone")

    await service.post(posted)

    assert tenants_used(service) == {OTHER}


async def test_looking_a_stranger_up_takes_one_too(service: Service, people: Staff) -> None:
    unknown = from_the_other(service, people, activities.message, "help")
    unknown["from"]["aadObjectId"] = "55555555-aaaa-bbbb-cccc-000000000005"

    await service.post(unknown)

    assert tenants_used(service) == {OTHER}


async def test_teams_asking_to_wait_twice_pauses_the_tenant_it_was_said_in(
    service: Service, people: Staff
) -> None:
    for conversation in ("a:1", "a:2"):
        service.teams.fail_next(Fault(429, headers={"Retry-After": "60"}, verb="reply"))
        await service.post(
            from_the_other(
                service,
                people,
                activities.message,
                "help",
                conversation={"id": conversation, "conversationType": "personal", "tenantId": OTHER},
            )
        )

    with service.council.database.engine.connect() as connection:
        paused = connection.execute(
            sa.select(paces.c.key).where(paces.c.key.like("tenant:%"), paces.c.paused_until.is_not(None))
        ).scalars()
        assert list(paused) == [f"tenant:{OTHER}"]
