"""The demo has no sign-in, so it hears this machine alone, by this machine's own name."""

import pytest

from tests.doubles.activities import message
from tests.doubles.connector import TeamsConnector
from tests.doubles.door import open_door
from tests.doubles.entra import Entra
from tests.doubles.settings import demo_settings

SERVICE = "http://localhost:56150/_connector"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:3978", 200),
        ("localhost:3978", 200),
        ("localhost", 200),
        ("[::1]:3978", 200),
        ("evil.example:3978", 401),
        ("127.0.0.1.evil.example", 401),
        ("localhost.evil.example:3978", 401),
        ("192.0.2.7:3978", 401),
        ("localhost:notaport", 401),
        ("", 401),
    ],
)
async def test_a_page_whose_name_leads_here_is_not_let_in(
    entra: Entra, teams: TeamsConnector, host: str, status: int
) -> None:
    async with open_door(demo_settings(), entra, teams) as door:
        response = await door.http.post(
            "/api/messages", json=message(SERVICE, "hello"), headers={"Host": host}
        )

        assert response.status == status
        assert len(door.bot.turns) == (1 if status == 200 else 0)
