"""Answers to the question about a file, and invokes of every name, as odd as they come.

Inside, a consent is answered by a sound card or by a file. At the door an invoke is answered 200 or 400, or
413 where it is too large, and never by the apology for a fault of ours.
"""

import json
from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import Any

import orjson
import pytest
from hypothesis import strategies as st

from bot.asking import clock, fresh_nonce
from bot.edge.gate import LARGEST_BODY
from cards.payloads import PAYLOAD_KEY, OpenPage, SavePage
from dialogs.answering import answer
from dialogs.turn import Asked, Turn
from domain.pages import JOURNEY
from tests.builders import reachable
from tests.doubles import activities
from tests.doubles.service import Service
from tests.security.fuzzing import fuzz_values, shards, wrong_reply
from tests.security.grounds import Ground, Seeded
from tests.security.hostile import long_texts, misplaced, nested, texts, values
from tests.security.test_permission_cells import unpaced
from workflows.offer_kinds import CALENDAR_HOLDS
from workflows.offering import offer_file

__all__ = ["unpaced"]

TOKEN = "consent-"
"""How the tokens of our own offers begin; the number is put behind it."""
OF_EACH = 300
"""Invokes of each name at the door."""

_numbers = count(1)
_parts = st.sampled_from(["the auditor", "the auditor", "the auditor", "the practitioner"])
_odd = st.one_of(values, texts, long_texts)


@pytest.fixture
def sqlite_url(seeded_url: str) -> str:
    """The process serves a copy of the scene."""
    return seeded_url


def _replaced(whole: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """The object with what stands at this path replaced, or left out for an empty tuple."""
    first, *rest = path
    if rest:
        return {**whole, first: _replaced(whole[first], tuple(rest), value)}
    left = {name: inner for name, inner in whole.items() if name != first}
    return left if value == () else {**left, first: value}


def _odd_at(whole: dict[str, Any], *paths: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """The object as it is, with one part odd or missing, or something else altogether."""
    changed = st.builds(_replaced, st.just(whole), st.sampled_from(paths), _odd | st.just(()))
    return st.one_of(st.just(whole), changed, changed, changed)


UPLOAD = {
    "uploadUrl": "https://example.sharepoint.com/up",
    "contentUrl": "https://example.sharepoint.com/file",
    "uniqueId": "7",
    "fileType": "ics",
    "name": "holds.ics",
}
_YES = {
    "type": "fileUpload",
    "action": "accept",
    "context": {PAYLOAD_KEY: {"file": TOKEN, "v": 1}},
    "uploadInfo": UPLOAD,
}
_PLACES = (
    *((name,) for name in _YES),
    *(("context", PAYLOAD_KEY, name) for name in ("file", "v", "extra")),
    ("context", PAYLOAD_KEY),
    *(("uploadInfo", name) for name in UPLOAD),
)
consents = _odd_at(_YES, *_PLACES) | _odd_at({**_YES, "action": "decline"}, *_PLACES)
"""Answers to the question about a file; most of them to one that was really asked."""


def _asked_now(value: Any, token: str) -> Any:
    """The consent as it comes off the wire, to the offer of this token."""
    return orjson.loads(json.dumps(value).replace(f'"{TOKEN}"', json.dumps(token)))


@shards
def test_whatever_answers_the_question_about_a_file_is_answered(ground: Ground, shard: int) -> None:
    ends: Counter[str] = Counter()

    def consent(drawn: tuple[Any, str]) -> list[str]:
        ground.use()
        value, part = drawn
        token = f"{TOKEN}{next(_numbers)}"
        auditor = ground.scene.people["the auditor"]
        about: dict[str, Any] = {
            "kind": CALENDAR_HOLDS,
            "subject_id": ground.scene.objects["an accepted audit"],
        }
        with ground.council.write() as work:
            offer_file(work, ground.council, by=auditor, token=token, now=clock(), **about)
        who = ground.scene.people[part].directory_id or ""
        turn = Turn(who, clock(), fresh_nonce(), Asked.CONSENTED, data=_asked_now(value, token))
        reply = answer(ground.council, turn)
        ends["given" if reply.given else "noted"] += 1
        if reply.given is not None:
            return [] if part == "the auditor" else ["given to somebody else"]
        return wrong_reply(reply)

    fuzz_values("consent", shard, st.tuples(consents, _parts), consent)

    assert ends["given"] > 0
    assert ends["noted"] > 0


def _actions(audit_id: int) -> st.SearchStrategy[Any]:
    saved = SavePage(audit_id, JOURNEY, 1, "here", "odd").pack()
    action = {"type": "Action.Execute", "verb": "save", "data": {**saved, "journey": "A line."}}
    whole = {"action": action, "trigger": "manual"}
    parts = (("action",), ("trigger",), ("extra",), *(("action", n) for n in (*action, "id", "extra")))
    return _odd_at(whole, *parts, ("action", "data", PAYLOAD_KEY), ("action", "data", "journey"))


def _pages(audit_id: int) -> st.SearchStrategy[Any]:
    whole = {"data": OpenPage(audit_id, JOURNEY).pack(), "context": {"theme": "default"}}
    parts = (("data",), ("context",), ("extra",), ("context", "theme"), ("data", PAYLOAD_KEY))
    return _odd_at(whole, *parts, ("data", "msteams"))


def _unknown(audit_id: int) -> st.SearchStrategy[Any]:
    return st.one_of(_odd, _actions(audit_id), st.just(nested(50)))


NAMES = [
    "task/",
    "composeExtension/query",
    "signin/verifyState",
    "config/fetch",
    "ADAPTIVECARD/ACTION",
    "x" * 500,
]
INVOKES: dict[str, Callable[[int], st.SearchStrategy[Any]]] = {
    "adaptiveCard/action": _actions,
    "task/fetch": _pages,
    "task/submit": _pages,
    "fileConsent/invoke": lambda _audit_id: consents,
    "another name": _unknown,
}
"""Name to what its value may be; each value may also be something else altogether."""


@pytest.mark.parametrize("name", INVOKES)
async def test_whatever_invoke_comes_to_the_door_is_answered_200_or_400(
    service: Service, seeded: Seeded, name: str
) -> None:
    with service.council.write() as work:
        reachable(work, *seeded.scene.people.values(), service_url=service.teams.service_url)
    drawn: list[tuple[str, Any]] = []
    names = st.sampled_from(NAMES) | texts if name == "another name" else st.just(name)
    audit_id = seeded.scene.objects["an accepted audit"]
    values = INVOKES[name](audit_id) | _odd

    def keep(one: tuple[str, Any]) -> list[str]:
        drawn.append(one)
        return []

    fuzz_values(name, 0, st.tuples(names, values), keep, examples=OF_EACH)
    caller = service.caller(seeded.scene.people["the auditor"])
    answered: Counter[int] = Counter()
    wrong = []
    for called, value in drawn:
        invoke = caller.activity(activities.activity, type="invoke", name=called, value=value)
        status, body = await caller.sends(invoke)
        answered[status] += 1
        sound = {413} if len(json.dumps(invoke)) > LARGEST_BODY else {200, 400}
        said = json.dumps(body, ensure_ascii=False)
        if status not in sound or "went wrong" in said or misplaced({"body": body}):
            wrong.append((status, called[:80], json.dumps(value)[:300], said[:300]))

    assert wrong == []
    assert sum(answered.values()) > OF_EACH // 2
    assert answered[400] > 0
    assert answered[200] > 0 or name == "another name"
    assert (await caller.types("continue"))["type"] == "AdaptiveCard"
