"""Who may not is told so politely, learns nothing, and leaves a row in the trail.

Everyone on the staff list presses every button there is, on an audit under way, on a shared one and on one
that does not exist. Whoever may not gets the same answer for all three.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, get_type_hints

import pytest

from cards.payloads import (
    _REGISTRY,
    AddComment,
    ConfirmImport,
    DeclareConflict,
    KeepLine,
    OpenOverview,
    OpenPage,
    Payload,
    RaiseSafety,
    ReadShared,
    ReviewAudit,
    SavePage,
    ShowGuidance,
)
from cards.payloads_round import (
    ApproveRound,
    ChangePlace,
    ExcludeFromRound,
    ReallocateAudit,
    ReplanRound,
    ShowRound,
    SwapCase,
)
from dialogs.answering import HANDLERS
from dialogs.turn import Asked, Reply
from domain.audits import Audit
from domain.pages import JOURNEY, JourneyPage
from domain.people import Person
from tests.builders import (
    NOW,
    Staff,
    a_case,
    a_person,
    a_submitted_audit,
    an_accepted_audit,
    save_pages,
)
from tests.chat import Chat
from tests.dialogs.scripts import everything_stored, on_one_engine, text_of
from workflows.council import Council, Work
from workflows.safety import raise_alert

SECRET = "What only the auditor has written so far"
NOBODYS = 999_999


@dataclass(frozen=True, slots=True)
class Scene:
    """What there is to press for."""

    under_way: Audit
    shared: Audit
    line_id: int
    alert_id: int


@pytest.fixture
def scene(council: Council, people: Staff) -> Scene:
    with council.write() as work:
        shared = a_submitted_audit(work, council, people)
        under_way = _under_way(work, people)
        alert_id, _ = raise_alert(
            work, council, by=people.auditor, audit_id=shared.id, concern="Not seen.", now=NOW
        )
        line_id = work.turns.keep_waiting(people.auditor.id, under_way.id, JOURNEY, SECRET, NOW)
    return Scene(under_way, shared, line_id, alert_id)


def _under_way(work: Work, people: Staff) -> Audit:
    case = a_case(work, people, "CF-2002")
    audit = an_accepted_audit(work, people, case=case)
    save_pages(work, audit, {JOURNEY: JourneyPage(SECRET, "School")})
    return audit


def every_press(scene: Scene) -> Iterator[Payload]:
    """One of each payload, on each object it may speak of."""
    subjects = {
        "audit_id": (scene.under_way.id, scene.shared.id, NOBODYS),
        "alert_id": (scene.alert_id, NOBODYS),
        "line": (scene.line_id, NOBODYS),
        "round_id": (scene.shared.round_id, NOBODYS),
    }
    texts = {"page": JOURNEY, "part": "summary", "then": "overview", "box": "journey", "what": "case"}
    for kind in _REGISTRY.values():
        names = [field.name for field in fields(kind)]
        subject = next((name for name in subjects if name in names), None)
        for number in subjects[subject] if subject else (0,):
            given: dict[str, Any] = {}
            for name, hint in ((n, get_type_hints(kind)[n]) for n in names):
                plain = {int: 1, bool: True, str: texts.get(name, "x")}[hint]
                given[name] = number if name == subject else plain
            yield kind(**given)


def test_every_payload_has_a_handler() -> None:
    assert set(_REGISTRY.values()) == set(HANDLERS)


CONTENT = (
    "audits",
    "audit_pages",
    "audit_shares",
    "audit_actions",
    "comments",
    "reviews",
    "safety_alerts",
    "safety_recipients",
    "typed_lines",
    "rounds",
    "notices",
)


@pytest.mark.rule("SG-05")
def test_the_row_says_who_pressed_what(council: Council, people: Staff, scene: Scene) -> None:
    pressed(council, people.bystander, OpenPage(scene.under_way.id, JOURNEY).pack())

    with council.read() as view:
        row = view.trail.rows("day:2026-05-01")[-1]
    assert (row.verb, row.subject, row.actor) == ("was refused", "page", people.bystander.id)


def test_numbers_tried_at_random_teach_nothing(council: Council, people: Staff, scene: Scene) -> None:
    there, nowhere = (
        pressed(council, people.bystander, ReadShared(audit_id, "summary").pack())
        for audit_id in (scene.shared.id, NOBODYS)
    )

    assert there.title == nowhere.title


@pytest.mark.parametrize("left_before", [True, False])
def test_a_leaver_is_answered_as_a_stranger_and_shown_nothing(
    council: Council, people: Staff, scene: Scene, left_before: bool
) -> None:
    with council.write() as work:
        work.people.mark_left([people.auditor.id], NOW.date().replace(month=4 if left_before else 5))

    for payload in every_press(scene):
        reply = pressed(council, people.auditor, payload.pack())
        assert (reply.unknown, reply.card) == (True, None)
    typed = Chat(council, people.auditor).turn(asked=Asked.TYPED, text="continue")
    assert (typed.unknown, typed.card) == (True, None)


def test_a_stranger_is_shown_nothing(council: Council, people: Staff, scene: Scene) -> None:
    stranger = Person(0, "Stranger", "s@elsewhere.example", frozenset(), directory_id="nobody-knows")

    for payload in every_press(scene):
        reply = pressed(council, stranger, payload.pack())
        assert (reply.unknown, reply.card) == (True, None)


@on_one_engine
def test_someone_without_a_directory_id_is_not_taken_for_another(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_person(work, "Uma Unbound", directory_id=None)

    reply = Chat(council, Person(0, "", "", frozenset(), directory_id="")).turn(asked=Asked.TYPED, text="hi")

    assert reply.unknown


GOOD = {"verb": "save", "v": 1, "audit_id": 1, "page": "journey", "version": 0, "then": "file", "nonce": "n"}


MALFORMED: list[Any] = [
    None,
    [],
    "save",
    7,
    {},
    {"plumbline": None},
    {"plumbline": "save"},
    {"plumbline": {**GOOD, "verb": "erase"}},
    {"plumbline": {**GOOD, "verb": ["save"]}},
    {"plumbline": {**GOOD, "v": 0}},
    {"plumbline": {**GOOD, "v": 2}},
    {"plumbline": {**GOOD, "v": "1"}},
    {"plumbline": {**GOOD, "v": True}},
    {"plumbline": {**GOOD, "audit_id": "1"}},
    {"plumbline": {**GOOD, "audit_id": -1}},
    {"plumbline": {**GOOD, "audit_id": 2**31}},
    {"plumbline": {**GOOD, "audit_id": 1.0}},
    {"plumbline": {**GOOD, "page": ["journey"]}},
    {"plumbline": {**GOOD, "page": "jour\x00ney"}},
    {"plumbline": {**GOOD, "nonce": "\ud83d"}},
    {"plumbline": {**GOOD, "by": 3}},
    {"plumbline": {key: value for key, value in GOOD.items() if key != "version"}},
]


def test_data_that_no_card_carries_is_answered_politely_and_changes_nothing(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)
    before = everything_stored(council, *CONTENT)

    for data in MALFORMED:
        assert "belongs to an older card" in pressed(council, people.auditor, data).note, data

    assert everything_stored(council, *CONTENT) == before
    assert refused_rows(council) == len(MALFORMED)


FOR_THE_OFFICE = (
    ShowRound,
    ChangePlace,
    SwapCase,
    ExcludeFromRound,
    ReplanRound,
    ApproveRound,
    ReallocateAudit,
    ConfirmImport,
)
ABSENT = [
    OpenPage(1, "no_such_page"),
    OpenPage(1, "contact"),
    SavePage(1, "no_such_page", 0, "overview", "n"),
    SavePage(1, "journey", 0, "no_such_page", "n"),
    KeepLine(1, "journey", 1, "no_such_box", "n"),
    ShowRound(NOBODYS, "mix", 0),
    ShowRound(1, "no_such_part", 0),
    ChangePlace(1, NOBODYS),
    SwapCase(1, 1, NOBODYS, "n"),
    SwapCase(NOBODYS, 1, 1, "n"),
    ExcludeFromRound(1, 1, 1, "everybody", "n"),
    ApproveRound(NOBODYS, 1, "n"),
    ReplanRound(NOBODYS, 1, "kept", "n"),
    ReallocateAudit(NOBODYS, "n"),
    ConfirmImport(NOBODYS, "n"),
    OpenOverview(2**31 - 1),
    ShowRound(1, "pairs", 2**31 - 1),
    ShowGuidance(NOBODYS, "no such topic"),
]


def test_what_is_not_there_is_answered_by_a_card_and_changes_nothing(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)
        work.turns.keep_waiting(people.auditor.id, 1, JOURNEY, "A line.", NOW)
    before = everything_stored(council, *CONTENT)

    for payload in ABSENT:
        person = people.qa_officer if isinstance(payload, FOR_THE_OFFICE) else people.auditor
        reply = pressed(council, person, {**payload.pack(), "exclude_reason": "why not"})
        assert reply.card is not None, payload

    assert everything_stored(council, *CONTENT) == before


ODD: list[Any] = ["\x00", "\ud83d", "\u202e", "é" * 3, {"a": [1]}, [], 7, True, None]


@pytest.mark.parametrize("name", ["journey", "concern", "comment", "reason", "review_reason"])
def test_text_that_a_database_may_refuse_is_taken_or_asked_for_again(
    council: Council, people: Staff, name: str
) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people, reference="CF-1")
        fresh = an_accepted_audit(work, people, reference="CF-2")
    presses = {
        "journey": (people.auditor, SavePage(fresh.id, "journey", 0, "overview", "n")),
        "concern": (people.auditor, RaiseSafety(fresh.id, "n")),
        "reason": (people.auditor, DeclareConflict(fresh.id, "n")),
        "comment": (people.practitioner, AddComment(audit.id, "n")),
        "review_reason": (people.team_manager, ReviewAudit(audit.id, True, "n")),
    }
    person, payload = presses[name]

    for value in ODD:
        reply = pressed(council, person, {**payload.pack(), name: value})

        assert reply.card is not None, value
        text_of(reply.card).encode("utf-8")


def pressed(council: Council, person: Person, data: Any) -> Reply:
    return Chat(council, person).turn(asked=Asked.PRESSED, data=data)


def refused_rows(council: Council) -> int:
    with council.read() as view:
        return sum(row.verb == "was refused" for row in view.trail.rows("day:2026-05-01"))


def vars_of(people: Staff) -> list[object]:
    return [getattr(people, field.name) for field in fields(people)]
