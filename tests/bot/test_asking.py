"""One bounded crew of threads: what comes on top is told at once that nothing was saved."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.addresses import REMEMBERED, REMEMBERED_SECONDS, KnownAddresses
from bot.asking import WAITING_FOR_EACH_THREAD, Asking, clock, fresh_nonce
from dialogs.turn import Asked, Reply, Turn
from domain.framework import Framework
from storage.database import Database
from tests.builders import a_council, staff
from tests.chat import text
from tests.databases import TRAIL_KEY
from workflows.council import Council
from workflows.people import Address


@pytest.fixture
def small(
    sqlite_url: str, framework: Framework, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Asking, Council]]:
    """Two threads, two connections, and little patience."""
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.05)
    database = Database(sqlite_url, trail_key=TRAIL_KEY, pool_size=2)
    council = a_council(database, framework)
    with council.write() as work:
        staff(work)
    asking = Asking(council, 2, burst=1000)
    yield asking, council
    asking.close()
    database.close()


def turn(asked: Asked = Asked.TYPED, *, who: str = "directory-of-alex.auditor", **given: Any) -> Turn:
    return Turn(who, clock(), fresh_nonce(), asked, **{"text": "help", **given})


def title(reply: Reply) -> str:
    return reply.title


async def test_a_turn_is_answered_and_shaped_off_the_event_loop(small: tuple[Asking, Council]) -> None:
    asking, _ = small
    shaped_in: list[str] = []

    def shape(reply: Reply) -> str:
        shaped_in.append(threading.current_thread().name)
        return reply.title

    reply, shaped = await asking.answer(turn(), shape)

    assert shaped == reply.title == "Help"
    assert shaped_in[0].startswith("turn")


async def test_no_more_turns_wait_than_the_crew_can_clear_in_time(
    small: tuple[Asking, Council], monkeypatch: pytest.MonkeyPatch
) -> None:
    asking, _ = small
    go_on = threading.Event()

    def slow(_council: Council, _turn: Turn) -> Reply:
        go_on.wait(30)
        return Reply({}, title="answered")

    monkeypatch.setattr("bot.asking.answer", slow)
    room = 2 * (WAITING_FOR_EACH_THREAD + 1)
    accepted = [asyncio.create_task(asking.answer(turn(who=f"{n}"), title)) for n in range(room)]
    await asyncio.sleep(0)

    told, _ = await asking.answer(turn(), title)
    go_on.set()
    answered = [shaped for _, shaped in await asyncio.gather(*accepted)]
    monkeypatch.undo()
    later, _ = await asking.answer(turn(), title)

    assert "nothing was saved" in text(told.card or {})
    assert answered == ["answered"] * room
    assert later.title == "Help"


@pytest.mark.parametrize(("asked", "beside"), [(Asked.PRESSED, True), (Asked.TYPED, False)])
async def test_the_answer_of_a_full_house_spares_the_card_that_was_pressed(
    small: tuple[Asking, Council], monkeypatch: pytest.MonkeyPatch, asked: Asked, beside: bool
) -> None:
    asking, _ = small
    monkeypatch.setattr(asking, "_under_way", 1000)

    reply, _ = await asking.answer(turn(asked), title)

    assert reply.beside is beside


async def test_a_turn_that_breaks_frees_its_place(
    small: tuple[Asking, Council], monkeypatch: pytest.MonkeyPatch
) -> None:
    asking, _ = small

    def fail(_council: Council, _turn: Turn) -> Reply:
        raise ValueError

    monkeypatch.setattr("bot.asking.answer", fail)
    for _ in range(2 * (WAITING_FOR_EACH_THREAD + 1) + 1):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever the turn raised comes through
            await asking.answer(turn(), title)
    monkeypatch.undo()

    reply, _ = await asking.answer(turn(), title)

    assert reply.title == "Help"


async def test_when_no_connection_is_free_the_answer_is_busy_and_nothing_is_saved(
    small: tuple[Asking, Council],
) -> None:
    asking, council = small
    engine = council.database.engine
    held = [engine.connect(), engine.connect()]

    reply, _ = await asking.answer(turn(), title)
    for connection in held:
        connection.close()
    then, _ = await asking.answer(turn(), title)

    assert "nothing was saved" in text(reply.card or {})
    assert then.title == "Help"


async def test_when_another_process_writes_for_too_long_the_answer_is_busy(
    small: tuple[Asking, Council], sqlite_url: str
) -> None:
    asking, _ = small
    other = sqlite3.connect(Path(sqlite_url.removeprefix("sqlite:///")), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    reply, _ = await asking.answer(turn(), title)
    other.execute("ROLLBACK")
    other.close()
    then, _ = await asking.answer(turn(), title)

    assert "nothing was saved" in text(reply.card or {})
    assert then.title == "Help"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def address(conversation: str = "a:1") -> Address:
    return Address(conversation, "https://smba.trafficmanager.net/uk/", "tenant", "29:1", "28:bot")


def test_an_address_is_news_until_it_is_stored_and_again_after_a_minute() -> None:
    now = Clock()
    known = KnownAddresses(now)

    first = known.is_news("alex", address())
    known.stored("alex", address())
    at_once = known.is_news("alex", address())
    now.now += REMEMBERED_SECONDS
    later = known.is_news("alex", address())

    assert (first, at_once, later) == (True, False, True)


def test_another_address_is_news_at_once_and_so_is_a_forgotten_one() -> None:
    known = KnownAddresses(Clock())
    known.stored("alex", address())

    moved = known.is_news("alex", address("a:2"))
    known.forget("alex")
    forgotten = known.is_news("alex", address())

    assert (moved, forgotten) == (True, True)


def test_only_so_many_addresses_are_remembered_and_the_oldest_go_first() -> None:
    known = KnownAddresses(Clock())

    for number in range(REMEMBERED + 1):
        known.stored(str(number), address())

    assert known.is_news("0", address())
    assert not known.is_news("1", address())
    assert not known.is_news(str(REMEMBERED), address())
