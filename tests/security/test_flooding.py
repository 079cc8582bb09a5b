"""One client presses as fast as a machine can; everybody else is answered as always."""

import asyncio
import threading
from functools import partial
from typing import Any

import pytest

from bot.asking import WAITING_FOR_EACH_THREAD, Asking, clock, fresh_nonce
from bot.attaching import MOST_FILES
from bot.settings import Settings
from bot.turn_pace import FEWEST_THREADS, Pace
from cards.payloads import AcceptAudit, AskSafety, RaiseSafety, ShowMyAudits
from dialogs.turn import Asked, Reply, Turn
from tests.bot.channels import TEAM, in_team
from tests.builders import Staff, an_allocated_audit, staff
from tests.chat import text
from tests.dialogs.scripts import everything_stored
from tests.doubles import activities
from tests.doubles.files import FileHost
from tests.doubles.service import Service
from workflows.council import Council

BURST = 10


@pytest.fixture
def settings(settings: Settings, standing_clock: None) -> Settings:
    return settings.model_copy(update={"turn_burst": BURST, "turns_per_second": 1})


@pytest.fixture
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No bucket fills again while a slow machine presses."""
    monkeypatch.setattr("bot.asking.Pace", partial(Pace, clock=lambda: 1000.0))


@pytest.fixture
def people(service: Service) -> Staff:
    with service.council.write() as work:
        return staff(work)


async def test_a_flood_is_told_that_nothing_was_saved_and_others_are_answered(
    service: Service, people: Staff
) -> None:
    alex, sam = service.caller(people.auditor), service.caller(people.second_auditor)
    with service.council.write() as work:
        audit = an_allocated_audit(work, people, now=clock())
    flood = [alex.activity(activities.press, ShowMyAudits().pack()) for _ in range(200)]

    flooding = asyncio.gather(*(service.post(activity) for activity in flood))
    await asyncio.sleep(0)
    others = [await sam.sends(sam.activity(activities.press, ShowMyAudits().pack())) for _ in range(5)]
    answers = await flooding
    late = await alex.sends(alex.activity(activities.press, AcceptAudit(audit.id, "n").pack()))

    cards = [a for _, a in answers if a["type"].endswith("adaptive")]
    notes = [a for _, a in answers if a["type"].endswith("message")]
    assert {status for status, _ in answers} == {200}
    assert (len(cards), len(notes)) == (BURST, 200 - BURST)
    assert all("nothing was saved" in note["value"] for note in notes)
    assert all("yours to do" in text(answer["value"]) for _, answer in others)
    assert "nothing was saved" in late[1]["value"]
    with service.council.read() as view:
        unchanged = view.audits.get(audit.id)
    assert unchanged is not None
    assert unchanged.accepted_at is None


async def test_a_flood_of_typed_lines_and_dialogs_is_answered_in_kind(
    service: Service, people: Staff
) -> None:
    alex = service.caller(people.auditor)
    for _ in range(BURST):
        await alex.types("help")

    typed = await alex.types("help")
    dialog = await alex.asks_dialog("task/fetch", ShowMyAudits().pack())

    assert "nothing was saved" in text(typed)
    assert "nothing was saved" in text(dialog["value"]["card"]["content"])


async def test_a_flood_in_a_channel_is_answered_within_the_pace_and_then_not_at_all(
    service: Service, people: Staff
) -> None:
    alex = service.caller(people.auditor)
    data = ShowMyAudits().pack()

    for _ in range(BURST + 5):
        await alex.sends(in_team(alex, activities.message, "<at>Plumbline</at> my audits"))
    submitted = await alex.sends(in_team(alex, activities.submit, data))
    pressed = await alex.sends(in_team(alex, activities.press, data))
    fetched = await alex.sends(in_team(alex, activities.dialog, "task/fetch", data))

    assert len(service.teams.sent(TEAM["id"])) == BURST
    assert submitted == pressed == fetched == (200, None)


async def test_a_flood_of_presses_in_a_channel_ends_in_silence(service: Service, people: Staff) -> None:
    alex = service.caller(people.auditor)

    answers = [
        await alex.sends(in_team(alex, activities.press, ShowMyAudits().pack())) for _ in range(BURST + 5)
    ]

    assert all("in your own chat" in text(body["value"]) for _, body in answers[:BURST])
    assert answers[BURST:] == [(200, None)] * 5


async def test_a_flood_of_files_is_paced_before_any_is_fetched(
    service: Service, people: Staff, file_host: FileHost
) -> None:
    office = service.caller(people.qa_officer)
    most = [file_host.put(f"{n}.csv", b"no list") for n in range(MOST_FILES)]

    answers = [await office.attaches(*most) for _ in range(6)]

    assert [len(cards) for cards in answers] == [MOST_FILES] * (BURST // MOST_FILES) + [1] * 4
    assert len(file_host.fetched) == BURST
    assert all("nothing was saved" in text(card) for (card,) in answers[2:])


@pytest.mark.rule("SG-02", "Q16")
async def test_a_safety_alert_goes_through_whatever_else_its_sender_floods(
    service: Service, people: Staff
) -> None:
    alex = service.caller(people.auditor)
    with service.council.write() as work:
        audit = an_allocated_audit(work, people, now=clock())
    for _ in range(BURST + 5):
        await alex.sends(alex.activity(activities.press, ShowMyAudits().pack()))

    _, form = await alex.sends(alex.activity(activities.press, AskSafety(audit.id).pack()))
    data = {**RaiseSafety(audit.id, "n").pack(), "concern": "The child is alone at night."}
    _, raised = await alex.sends(alex.activity(activities.press, data))

    assert "Raise a safety alert" in text(form["value"])
    assert "Safety alert raised" in text(raised["value"])
    assert "The child is alone at night." in everything_stored(service.council, "safety_alerts")


@pytest.mark.parametrize("threads", [FEWEST_THREADS, 4, 8])
async def test_one_person_never_holds_every_thread(
    council: Council, people_in: Staff, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    asking = Asking(council, threads, burst=1000)
    go_on = threading.Event()
    begun: list[str] = []

    def slow_for_one(_council: Council, turn: Turn) -> Reply:
        if turn.directory_id == "flooding":
            begun.append("urgent" if turn.data else "ordinary")
            go_on.wait(30)
        return Reply({}, title="answered")

    monkeypatch.setattr("bot.asking.answer", slow_for_one)
    form = {"asked": Asked.PRESSED, "data": AskSafety(1).pack()}
    stuck = [
        asyncio.create_task(asking.answer(_turn("flooding", **given), _title))
        for given in [{}, form] * WAITING_FOR_EACH_THREAD
    ]
    await asyncio.sleep(0)

    try:
        async with asyncio.timeout(20):
            others = [(await asking.answer(_turn(f"person-{n}"), _title))[1] for n in range(8)]
        held = sum(task.done() for task in stuck)
        working = list(begun)
    finally:
        go_on.set()
    answered = {shaped for _, shaped in await asyncio.gather(*stuck)}
    asking.close()

    assert others == ["answered"] * 8
    assert held == 0
    assert answered == {"answered"}
    assert working.count("urgent") == 1
    assert len(working) <= threads - 1


async def test_what_one_person_leaves_waiting_never_fills_the_house(
    council: Council, people_in: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = Asking(council, 4, burst=1000)
    go_on = threading.Event()

    def slow_for_one(_council: Council, turn: Turn) -> Reply:
        if turn.directory_id == "flooding":
            go_on.wait(30)
        return Reply({}, title="answered")

    monkeypatch.setattr("bot.asking.answer", slow_for_one)
    form = {"asked": Asked.PRESSED, "data": AskSafety(1).pack()}
    stuck = [
        asyncio.create_task(asking.answer(_turn("flooding", **given), _title)) for given in [{}, form] * 100
    ]
    await asyncio.sleep(0)

    try:
        async with asyncio.timeout(20):
            _, other = await asking.answer(_turn("somebody else"), _title)
    finally:
        go_on.set()
    told = {reply.title for reply, _ in await asyncio.gather(*stuck)}
    asking.close()

    assert other == "answered"
    assert told == {"answered", "One moment"}


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def people_in(council: Council) -> Staff:
    with council.write() as work:
        return staff(work)


def _turn(directory_id: str, **given: Any) -> Turn:
    return Turn(directory_id, clock(), fresh_nonce(), **{"asked": Asked.TYPED, "text": "help", **given})


def _title(reply: Reply) -> str:
    return reply.title
