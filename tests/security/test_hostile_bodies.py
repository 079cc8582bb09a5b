"""What is wrong with a request before anybody looks into it: too long, too large, too slow, broken."""

import asyncio
import json

import pytest

from bot.edge import gate
from bot.edge.gate import LARGEST_BODY, LONGEST_HEADER
from tests.doubles.activities import message
from tests.doubles.door import Door

FORGED = "Bearer forged"


async def test_a_header_longer_than_the_server_reads_is_answered_400(door: Door) -> None:
    """By the HTTP server itself, as it would be for any other service; no part of the bot hears of it."""
    body = message(door.teams.service_url, "hello")

    for length, status in ((LONGEST_HEADER - 100, 401), (LONGEST_HEADER + 100, 400)):
        headers = {"Authorization": "Bearer " + "a" * (length - len("Bearer "))}
        response = await door.http.post("/api/messages", json=body, headers=headers)

        assert response.status == status

    assert door.bot.turns == []


@pytest.mark.parametrize("token", [None, FORGED], ids=["no token", "a forged token"])
async def test_whoever_announces_a_body_that_is_too_large_is_answered_413_before_their_token_is_judged(
    door: Door, token: str | None
) -> None:
    headers = {"Authorization": token} if token else {}

    for size, status in ((LARGEST_BODY, 401), (300 * 1024, 413)):
        response = await door.http.post("/api/messages", data=b"x" * size, headers=headers)

        assert response.status == status

    assert door.bot.turns == []


async def _raw(door: Door, *parts: bytes, head: str) -> tuple[int, str]:
    """Status and text of the answer to a request written by hand; the last part is all that ever comes."""
    proof = door.entra.authorization(door.teams.service_url)["Authorization"]
    reader, writer = await asyncio.open_connection(door.http.server.host, door.http.server.port)
    opening = (
        f"POST /api/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: {proof}\r\n"
        f"Content-Type: application/json\r\nConnection: close\r\n{head}\r\n\r\n"
    )
    try:
        for part in (opening.encode(), *parts):
            writer.write(part)
            await writer.drain()
        answered = (
            await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20) + await reader.read(200)
        ).decode()
    finally:
        writer.close()
    return int(answered.split(" ", 2)[1]), answered


async def test_a_body_that_comes_too_slowly_is_answered_400(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "BODY_SECONDS", 0.2)
    body = json.dumps(message(door.teams.service_url, "hello")).encode()

    status, answered = await _raw(door, body[:20], head=f"Content-Length: {len(body)}")

    assert (status, "slow_body" in answered) == (400, True)
    assert door.bot.turns == []


async def test_a_body_that_cannot_be_unpacked_is_answered_400(door: Door) -> None:
    body = b"this is no gzip"

    status, answered = await _raw(door, body, head=f"Content-Encoding: gzip\r\nContent-Length: {len(body)}")

    assert (status, "broken_body" in answered) == (400, True)
    assert door.bot.turns == []


async def test_a_body_whose_pieces_do_not_fit_together_is_answered_400(door: Door) -> None:
    status, _ = await _raw(door, b'5\r\n{"a":\r\n', b"no length\r\n", head="Transfer-Encoding: chunked")

    assert status == 400
    assert door.bot.turns == []
