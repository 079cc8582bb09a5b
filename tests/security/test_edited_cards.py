"""A card's data edited by hand before it is sent: whatever it names, it reads and writes nothing of others.

A press carries ids and a version, never authority. Each edit starts from data as a real card carries it.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.asking import clock
from cards.payloads import _REGISTRY, AddComment, DropLine, KeepLine, OpenPage, Payload, RaiseSafety, SavePage
from cards.payloads_round import ShowRound, SwapCase
from domain.audits import Audit
from domain.days import local_day
from domain.pages import JOURNEY, JourneyPage
from storage.work import Work
from tests.builders import an_accepted_audit, save_pages
from tests.chat import buttons
from tests.doubles import activities
from tests.doubles.service import Caller, Service
from tests.security.drawing import presses
from tests.security.hostile import nested
from tests.security.scenes import REFERENCES, SECRET, Scene
from tests.security.test_permission_cells import (
    BEHIND,
    OWN_BOOKS,
    enter,
    fresh,
    refusals,
    scene,
    sqlite_url,
    stored,
    unpaced,
)

__all__ = ["scene", "sqlite_url", "unpaced"]

OWN = "What I wrote myself"
SINCE = "What was saved since"


@pytest.fixture
def own(service: Service, scene: Scene) -> Audit:
    """An audit of the second auditor, who edits cards."""
    now = clock()
    with service.council.write() as work:
        audit = an_accepted_audit(
            work,
            scene.staff,
            reference="CF-2001",
            now=now,
            month=local_day(now).replace(day=1),
            auditor_id=scene.staff.second_auditor.id,
        )
        save_pages(work, audit, {JOURNEY: JourneyPage(OWN, "School")}, now=now)
        again(work, audit)
    return audit


def again(work: Work, audit: Audit) -> None:
    """Save the page once more, so that version 1 of it is an old one."""
    save_pages(work, audit, {JOURNEY: JourneyPage(SINCE, "School")}, now=clock())


@pytest.fixture
def editor(service: Service, scene: Scene) -> Caller:
    return service.caller(scene.people["another auditor"])


async def carried(editor: Caller, own: Audit) -> list[dict[str, Any]]:
    """The data of every button on a few real cards."""
    found = []
    for payload in (OpenPage(own.id, JOURNEY), OpenPage(own.id, "everything")):
        _, body = await editor.sends(editor.activity(activities.press, payload.pack()))
        found += [data for _, data in buttons(body["value"])]
    by_verb = {data["plumbline"]["verb"]: data for data in found}
    assert {"save", "page", "overview", "safety_form"} <= set(by_verb)
    return list(by_verb.values())


def misfits(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The data with one part of its payload left out, added, or of another type or range."""
    packed = data["plumbline"]
    for name in packed:
        yield {**data, "plumbline": {k: v for k, v in packed.items() if k != name}}
        if name in {"verb", "nonce"}:
            continue
        for value in [*_WRONG[type(packed[name])], None, [packed[name]], {"is": packed[name]}, nested(200)]:
            yield {**data, "plumbline": {**packed, name: value}}
    for extra in ("by", "person_id", "role", "__class__"):
        yield {**data, "plumbline": {**packed, extra: 1}}
    for odd in (None, [], "save", 1, [packed], json.dumps(packed)):
        yield {**data, "plumbline": odd}
    yield {**data, "plumbline": {**packed, "verb": "erase"}}
    yield {**data, "plumbline": {**packed, "verb": ["page"]}}
    yield {**data, "plumbline": {**packed, "v": 2}}


_WRONG: dict[type, list[Any]] = {
    int: ["1", 1.0, -1, 2**31, True],
    str: [1, True, "a\nb", "x" * 201],
    bool: ["true", 0, 1, 1.0],
}


async def test_a_payload_that_does_not_fit_changes_nothing_and_leaves_a_row(
    service: Service, scene: Scene
) -> None:
    before, tried, wrong = stored(service.council, without=OWN_BOOKS), 0, []

    for kind in _REGISTRY.values():
        sound = next(one for one in presses(kind, scene) if one.fruitful)
        data = {**sound.typed, **fresh(service.council, sound.payload).pack()}
        caller = service.caller(scene.people[sound.part])
        for edited in misfits(data):
            # Every third time through a door; what cannot be read is refused behind all of them.
            entry = BEHIND if tried % 3 else ("execute", "task/submit")[tried // 3 % 2]
            answered = await enter(caller, entry, edited)
            tried += 1
            if answered.refused != 1 or "belongs to an older card" not in answered.text:
                wrong.append(edited)

    assert wrong == []
    assert tried > 1000
    assert stored(service.council, without=OWN_BOOKS) == before


async def test_an_id_put_in_place_of_ones_own_opens_and_changes_nothing(
    service: Service, scene: Scene, own: Audit, editor: Caller
) -> None:
    others = [scene.objects[name] for name in ("an accepted audit", "a submitted audit", "no audit")]
    cards = await carried(editor, own)
    before = stored(service.council, without=OWN_BOOKS)

    for data in cards:
        for other in others:
            assert data["plumbline"]["audit_id"] == own.id
            edited = {**data, "journey": "Overwritten", "plumbline": {**data["plumbline"], "audit_id": other}}
            answered = await enter(editor, "execute", edited)

            assert answered.refused == 1, edited
            assert not any(word in answered.text for word in (*REFERENCES, SECRET)), edited
    assert stored(service.council, without=OWN_BOOKS) == before


async def test_a_save_of_an_old_page_takes_the_place_of_nothing(
    service: Service, own: Audit, editor: Caller
) -> None:
    for version in (0, 1, 3, 2**31 - 1):
        payload = SavePage(own.id, JOURNEY, version, "here", f"old-{version}")

        answered = await enter(editor, "execute", {**payload.pack(), "journey": "From an old card"})

        assert SINCE in answered.text
        assert "From an old card" in answered.text
    with service.council.read() as view:
        page = view.audits.page(own.id, JOURNEY)
    assert page is not None
    assert page.body["journey"] == SINCE


async def test_inputs_that_no_box_has_go_nowhere(
    service: Service, scene: Scene, own: Audit, editor: Caller
) -> None:
    payload = SavePage(own.id, JOURNEY, 2, "here", "extra")
    other = scene.objects["an accepted audit"]
    extra = {"grade": "outstanding", "audit_id": other, "by": 1, "state": "submitted", "__proto__": {"a": 1}}
    nesting = {"matters_most": {"text": "x"}, "tags": [["x"]], "deep": nested(900)}

    answered = await enter(editor, "execute", {**payload.pack(), **extra, **nesting, "journey": "Saved"})

    assert answered.refused == 0
    with service.council.read() as view:
        page, audit, others = (
            view.audits.page(own.id, JOURNEY),
            view.audits.get(own.id),
            view.audits.get(other),
        )
    assert page is not None
    assert set(page.body) <= {"journey", "matters_most", "kind"}
    assert page.body["journey"] == "Saved"
    assert audit is not None
    assert others is not None
    assert (audit.state, audit.auditor_id) == (own.state, own.auditor_id)
    assert others.state == own.state


OTHERS: dict[str, Any] = {
    "a line that somebody else typed": lambda o, own: KeepLine(
        own, JOURNEY, o["a typed line"], "journey", "e1"
    ),
    "a line that somebody else typed, to be dropped": lambda o, own: DropLine(o["a typed line"], "e2"),
    "a comment on an audit of somebody else's work": lambda o, own: AddComment(o["a submitted audit"], "e3"),
    "an alert on an audit of somebody else": lambda o, own: RaiseSafety(o["an accepted audit"], "e4"),
    "a round": lambda o, own: ShowRound(o["a round under way"], "pairs", 0),
    "a pair of a round": lambda o, own: SwapCase(o["a proposed round"], 1, 1, "e5"),
}


@pytest.mark.parametrize("press", OTHERS.values(), ids=OTHERS.keys())
async def test_what_belongs_to_another_person_stays_theirs(
    service: Service, scene: Scene, own: Audit, editor: Caller, press: Any
) -> None:
    payload: Payload = press(scene.objects, own.id)
    before = stored(service.council, without=OWN_BOOKS)

    for entry in ("execute", "submit", "task/fetch", "task/submit"):
        answered = await enter(
            editor, entry, {**payload.pack(), "comment": "Mine.", "concern": "Mine.", "journey": "x"}
        )

        assert answered.refused == 1
        assert not any(word in answered.text for word in (*REFERENCES, SECRET))
    assert stored(service.council, without=OWN_BOOKS) == before


async def test_who_presses_is_never_read_from_what_was_sent(
    service: Service, scene: Scene, editor: Caller
) -> None:
    """Names and ids that a client may choose; the directory id is the one Teams vouches for."""
    auditor = scene.people["the auditor"]
    claims = {
        "name": auditor.name,
        "id": editor.mri,
        "aadObjectId": editor.directory_id,
        "role": "user",
        "userPrincipalName": auditor.email,
        "email": auditor.email,
    }
    payload = OpenPage(scene.objects["an accepted audit"], JOURNEY).pack()
    before = refusals(service.council)

    _, body = await editor.sends(
        editor.activity(activities.press, {**payload, "userId": auditor.directory_id}, **{"from": claims})
    )

    assert "not yours" in json.dumps(body)
    assert refusals(service.council) == before + 1


@pytest.mark.parametrize("depth", [100, 900, 1000, 1010, 5000])
@pytest.mark.parametrize("text", ["plain", "nul \0"], ids=["plain", "NUL"])
async def test_nesting_beyond_reason_is_refused_or_answered_and_never_a_fault(
    service: Service, scene: Scene, editor: Caller, depth: int, text: str
) -> None:
    data = {**OpenPage(scene.objects["an accepted audit"], JOURNEY).pack(), "x": text, "deep": "HERE"}
    written = json.dumps(editor.activity(activities.press, data))
    body = written.replace('"HERE"', "[" * depth + "]" * depth)
    headers = {
        "Content-Type": "application/json",
        **service.entra.authorization(service.teams.service_url),
    }

    async with service.http.post(service.url, data=body, headers=headers) as response:
        answered = await response.text()

    assert response.status == (400 if "\0" in text or depth > 1010 else 200)
    assert "something went wrong" not in answered
