"""Every person, every activity, every object, through the doors people really use.

Each cell of the table is pressed as Action.Execute, as its Action.Submit fallback, as a dialog that opens or
as one that is sent; which of the four is taken goes round from cell to cell. Whoever may not presses every
button and tries every object, but not each with each, and two thirds of these thousands of presses are handed
to what answers behind the doors, which is where all four of them lead. `make fuzz` takes each with each, and
the doors alone.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa

from bot.asking import clock, fresh_nonce
from cards.payloads import _REGISTRY, Payload
from dialogs.answering import answer
from dialogs.turn import Asked, Turn
from dialogs.typed import COMMANDS, MORE_COMMANDS
from domain.days import local_day
from domain.people import Person
from scheduler.pace import Unpaced, _Lane
from storage.tables import metadata, trail
from tests.builders import reachable
from tests.doubles import activities
from tests.doubles.service import Caller, Service
from tests.security.cells import CHANGES, MAY, asked, everyones
from tests.security.grounds import Seeded
from tests.security.scenes import REFERENCES, SECRET, Scene, as_it_stands
from workflows.council import Council

OWN_BOOKS = {
    *("trail", "trail_heads", "trail_seals"),
    *("reach", "copies"),
    *("occurrences", "calendar_marks", "leases", "paces"),
}
"""What a refusal may write, or courier and clock meanwhile: the trail, addresses, and their own books."""
DELIVERING = {"notices"}
"""Of these only the key counts: the courier delivers what the scene has queued."""
ENTRIES = ("execute", "submit", "task/fetch", "task/submit")
BEHIND = "answer"
"""What all of them lead to, without the process around it."""

FUZZED = "PLUMBLINE_FUZZ" in os.environ

_turn = count()


@pytest.fixture
def sqlite_url(seeded_url: str) -> str:
    """The process serves a copy of the scene."""
    return seeded_url


@pytest.fixture(autouse=True)
def unpaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers do not wait for Microsoft's limits on a chat, which a few people here exceed by far."""
    monkeypatch.setattr(_Lane, "request", Unpaced.request)


@pytest.fixture
def scene(service: Service, seeded: Seeded) -> Scene:
    with service.council.write() as work:
        reachable(work, *seeded.scene.people.values(), service_url=service.teams.service_url)
    return seeded.scene


@dataclass(frozen=True, slots=True)
class Answered:
    """What one press came to."""

    refused: int
    """Rows of the trail that say somebody was refused."""
    text: str
    """Everything that came back, over whichever way."""


def stored(council: Council, *, without: set[str]) -> str:
    """All rows of the database."""
    found = []
    with council.database.engine.connect() as connection:
        for table in metadata.sorted_tables:
            if table.name in DELIVERING - without:
                found += [(table.name, row.key) for row in connection.execute(sa.select(table))]
            elif table.name not in without:
                found += [(table.name, *tuple(row)) for row in connection.execute(sa.select(table))]
    return "\n".join(sorted(map(repr, found)))


def rows_of(council: Council, table: str) -> str:
    """All rows of one table."""
    with council.database.engine.connect() as connection:
        return repr(connection.execute(sa.select(metadata.tables[table])).all())


def fresh(council: Council, payload: Payload) -> Payload:
    """The payload of a card drawn at this moment, so that nothing but the permission stands in its way."""
    with council.read() as view:
        return as_it_stands(view, payload)


def refusals(council: Council) -> int:
    # As text: it is asked twice for each of some thousand presses.
    with council.database.engine.connect() as connection:
        counted = "SELECT count(*) FROM trail WHERE verb = 'was refused'"
        return int(connection.exec_driver_sql(counted).scalar_one())


def door_or_behind() -> str:
    """Every third time a door, each in its turn; else what all of them lead to. Always one in `make fuzz`."""
    turn = next(_turn)
    if FUZZED:
        return ENTRIES[turn % len(ENTRIES)]
    return BEHIND if turn % 3 else ENTRIES[turn // 3 % len(ENTRIES)]


async def enter(caller: Caller, entry: str, data: dict[str, Any]) -> Answered:
    """Press through one of the four doors, or behind them."""
    council = caller.service.council
    before = refusals(council)
    if entry == BEHIND:
        turn = Turn(caller.directory_id, clock(), fresh_nonce(), Asked.PRESSED, data=data, mri=caller.mri)
        reply = answer(council, turn)
        assert not reply.unknown
        return Answered(refusals(council) - before, json.dumps([reply.card, reply.title], ensure_ascii=False))
    if entry == "execute":
        status, body = await caller.sends(caller.activity(activities.press, data))
    elif entry == "submit":
        status, _ = await caller.sends(caller.activity(activities.submit, data))
        body = [answer.body for answer in caller.answers()]
        assert body, "nothing came back"
    else:
        status, body = await caller.sends(caller.activity(activities.dialog, entry, data))
    assert status == 200
    return Answered(refusals(council) - before, json.dumps(body, ensure_ascii=False))


Cell = tuple[str, str, str, Payload, Any]
"""Part, object, entry, payload and inputs."""


def allowed_cells(scene: Scene, activity: str) -> Iterator[Cell]:
    """Each cell that the table allows, with each button."""
    for name, may in MAY[activity].items():
        for part in (part for part in scene.people if part in may):
            for payload, typed in asked(activity, scene.objects[name]):
                yield part, name, ENTRIES[next(_turn) % len(ENTRIES)], payload, typed


def refused_cells(scene: Scene, activity: str) -> Iterator[Cell]:
    """The cells that the table does not allow: each object and each button, or each with each."""
    for column, part in enumerate(scene.people):
        names = [name for name, may in MAY[activity].items() if part not in may]
        buttons = [tuple(asked(activity, scene.objects[name])) for name in names]
        most = max((len(row) for row in buttons), default=0)
        if FUZZED:
            pairs = [(row, one) for row in range(len(names)) for one in range(most)]
        else:
            pairs = [(turn % len(names), (turn + column) % most) for turn in range(max(len(names), most))]
        for row, one in pairs if names else ():
            payload, typed = buttons[row][one]
            yield part, names[row], door_or_behind(), payload, typed


def test_the_table_speaks_of_every_button_there_is(seeded: Seeded) -> None:
    pressed = {type(p) for activity in MAY for p, _ in asked(activity, 1)}
    everyone = {type(p) for p, _ in everyones(seeded.scene)}

    assert pressed | everyone == set(_REGISTRY.values())
    assert set(CHANGES) == {kind for kind in _REGISTRY.values() if kind.WRITES}


@pytest.mark.rule("CA-16", "CA-17", "CA-18", "SG-02", "SG-05", "Q16", "Q30")
async def test_nobody_may_whom_the_framework_does_not_name(service: Service, scene: Scene) -> None:
    callers = {part: service.caller(person) for part, person in scene.people.items()}
    before = stored(service.council, without=OWN_BOOKS)
    wrong, tried = [], 0

    for part, name, entry, payload, typed in (c for a in MAY for c in refused_cells(scene, a)):
        answered = await enter(callers[part], entry, {**fresh(service.council, payload).pack(), **typed})
        leaks = [word for word in (*REFERENCES, SECRET) if word in answered.text]
        tried += 1
        if answered.refused != 1 or leaks:
            wrong.append(f"{part} was let through: {payload} on {name} by {entry}, shown {leaks}")

    assert wrong == []
    assert tried > 700
    assert stored(service.council, without=OWN_BOOKS) == before


@pytest.mark.rule("CA-16", "CA-17", "CA-18", "SG-02", "SG-05", "Q16", "Q30")
@pytest.mark.parametrize("activity", MAY)
async def test_whoever_the_framework_names_may_and_it_changes_what_it_should(
    service: Service, scene: Scene, activity: str
) -> None:
    wrong, changed, presses = [], set(), set()

    for part, name, entry, payload, typed in allowed_cells(scene, activity):
        table, _ = CHANGES.get(type(payload), ("presses", set()))
        before = rows_of(service.council, table)
        caller = service.caller(scene.people[part])
        answered = await enter(caller, entry, {**fresh(service.council, payload).pack(), **typed})
        presses.add(type(payload))
        if answered.refused:
            wrong.append(f"{part} was refused: {payload} on {name} by {entry}")
        if rows_of(service.council, table) != before:
            changed.add((type(payload).VERB, name))

    assert wrong == []
    assert changed == {(kind.VERB, name) for kind in presses if kind.WRITES for name in CHANGES[kind][1]}


@pytest.mark.rule("SG-05")
async def test_a_refusal_says_in_the_trail_who_asked_for_what(service: Service, scene: Scene) -> None:
    somebody = scene.people["a practitioner elsewhere"]
    (payload, _), *_ = asked("read", scene.objects["a submitted audit"])

    await enter(service.caller(somebody), "execute", payload.pack())

    with service.council.database.engine.connect() as connection:
        row = connection.execute(sa.select(trail).where(trail.c.verb == "was refused")).one()
    assert (row.subject, row.actor) == ("shared", somebody.id)
    assert str(somebody.directory_id) not in row.fields


def everything(scene: Scene) -> Iterator[tuple[str, dict[str, Any]]]:
    """(entry, data) for each button, on an object that somebody may use it on."""
    for activity, by_object in MAY.items():
        name = next(name for name, may in by_object.items() if may)
        for payload, typed in asked(activity, scene.objects[name]):
            yield ENTRIES[next(_turn) % len(ENTRIES)], {**payload.pack(), **typed}
    for payload, typed in everyones(scene):
        yield "execute", {**payload.pack(), **typed}


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize(
    "part", ["the auditor", "the practitioner", "the team manager", "a quality assurance officer"]
)
async def test_whoever_left_may_nothing_from_that_day_on(service: Service, scene: Scene, part: str) -> None:
    person = scene.people[part]
    with service.council.write() as work:
        work.people.mark_left([person.id], local_day(clock()))
    caller = service.caller(person)
    before = stored(service.council, without=OWN_BOOKS)

    shown = [(await enter(caller, entry, data)).text for entry, data in everything(scene)]
    typed = [await caller.types(line) for line in ("my audits", "continue", "status", "A line for the page.")]
    attached = await caller.attaches(a_file(service))

    for text in (*shown, *(json.dumps(card, ensure_ascii=False) for card in (*typed, *attached))):
        assert "says that you have left" in text
        assert not any(word in text for word in (*REFERENCES, SECRET))
    assert stored(service.council, without=OWN_BOOKS) == before


@pytest.mark.parametrize("guest", [False, True], ids=["stranger", "guest"])
async def test_whoever_is_not_on_the_list_is_shown_nothing(
    service: Service, scene: Scene, guest: bool
) -> None:
    nobody = Person(
        0, "Nobody", "nobody@elsewhere.example", frozenset(), directory_id=None if guest else "unlisted"
    )
    caller = service.caller(nobody)
    books = OWN_BOOKS | {"strangers", "notices"}
    before = stored(service.council, without=books)

    shown = [(await enter(caller, entry, data)).text for entry, data in everything(scene)]
    shown += [json.dumps(await caller.types(line)) for line in ("my audits", "continue", "status")]

    told = "signed in with the council's own account" if guest else "I do not know you yet"
    assert [text for text in shown if told not in text] == []
    assert stored(service.council, without=books) == before


@pytest.mark.parametrize("kind", ["channel", "groupChat"])
async def test_nothing_is_answered_in_front_of_others(service: Service, scene: Scene, kind: str) -> None:
    caller = service.caller(scene.people["the auditor"], kind=kind)
    before = stored(service.council, without=OWN_BOOKS)

    shown = [(await enter(caller, entry, data)).text for entry, data in everything(scene)]
    shown.append(json.dumps(await caller.types("continue")))

    assert [text for text in shown if "I only talk about audits in your own chat" not in text] == []
    assert stored(service.council, without=OWN_BOOKS) == before


@pytest.mark.rule("CA-01", "SG-01")
async def test_only_the_qa_office_brings_in_lists_and_nobody_elses_file_is_even_fetched(
    service: Service, scene: Scene
) -> None:
    for part, person in scene.people.items():
        if "quality" in part:
            continue
        before = refusals(service.council)

        (card,) = await service.caller(person).attaches(a_file(service))

        assert "not yours" in json.dumps(card).lower(), part
        assert refusals(service.council) == before + 1


async def test_what_everyone_may_type_and_press_shows_nobody_a_case(service: Service, scene: Scene) -> None:
    typed: set[str] = set()
    every_command = [*COMMANDS.values(), *(command.words for command in MORE_COMMANDS.values())]
    for turn, (part, person) in enumerate(scene.people.items()):
        # Everyone types each command, and each of its words is typed by somebody.
        lines = [words[turn % len(words)] for words in every_command]
        before = rows_of(service.council, "snoozes")
        for payload, inputs in everyones(scene):
            shown = await enter(service.caller(person), "execute", {**payload.pack(), **inputs})

            assert shown.refused == 0, (part, payload)
            assert not any(word in shown.text for word in (*REFERENCES, SECRET)), (part, payload)
        typed.update(lines)
        put_off = rows_of(service.council, "snoozes") != before
        assert put_off is (part == "the auditor")
        for line in (*lines, "guidance grades", "Anything else."):
            card = json.dumps(await service.caller(person).types(line), ensure_ascii=False)

            assert not any(word in card for word in (*REFERENCES, SECRET)), (part, line)
    assert typed == {word for words in every_command for word in words}


def a_file(service: Service) -> dict[str, Any]:
    """An attachment as Teams sends it, at an address that would be noticed if it were asked."""
    return {
        "contentType": "application/vnd.microsoft.teams.file.download.info",
        "name": "staff.csv",
        "content": {"downloadUrl": f"{service.teams.service_url}staff.csv", "fileType": "csv"},
    }
