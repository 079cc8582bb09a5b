"""The same press, delivered four times under whatever activity ids, has one effect and one answer.

Teams repeats an invoke whose answer was slow, and an impatient finger presses again.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from threading import Barrier
from typing import Any

import pytest

from cards.payloads import OpenOverview, ReadShared
from dialogs.answering import answer
from dialogs.turn import Asked, Reply, Turn
from domain.days import local_day
from domain.pages import JOURNEY
from domain.people import Person
from storage.work import View
from tests.builders import (
    NOW,
    Staff,
    a_filled_audit,
    a_submitted_audit,
    an_accepted_audit,
    an_allocated_audit,
)
from tests.chat import Chat, button
from tests.dialogs.scripts import at_page, without_nonces
from workflows.council import Council
from workflows.handed_in import HANDED_IN
from workflows.safety import raise_alert

_nonces = count(1)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A press ready to be sent, and what it must do once."""

    person: Person
    data: dict[str, Any]
    effects: Callable[[View], object]
    """Counts what the press did."""
    once: object


def accepting(council: Council, people: Staff) -> Prepared:
    with council.write() as work:
        audit = an_allocated_audit(work, people)
    card = Chat(council, people.auditor).sends(OpenOverview(audit.id).pack())
    return Prepared(people.auditor, button(card, "Accept"), verbs(audit.id, "accepted"), 1)


def declaring_a_conflict(council: Council, people: Staff) -> Prepared:
    with council.write() as work:
        audit = an_allocated_audit(work, people)
    chat = Chat(council, people.auditor)
    card = chat.presses("Declare a conflict", chat.sends(OpenOverview(audit.id).pack()))
    data = {**button(card, "Declare the conflict"), "reason": "I know the family."}
    return Prepared(people.auditor, data, verbs(audit.id, "returned"), 1)


def saving_a_try(council: Council, people: Staff) -> Prepared:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    card = at_page(Chat(council, people.auditor), audit, "voice_child")
    data = {**button(card, "Save this try"), "attempt_on": "2026-04-30", "attempt_how": "Visit"}

    def effects(view: View) -> object:
        page = view.audits.page(audit.id, "voice_child")
        return (page.version, page.body["attempts"]) if page else None

    return Prepared(people.auditor, data, effects, (1, [["2026-04-30", "Visit"]]))


def going_to_safety_with_a_try_typed(council: Council, people: Staff) -> Prepared:
    prepared = saving_a_try(council, people)
    audit_id = prepared.data["plumbline"]["audit_id"]
    packed = {"verb": "safety_form", "v": 1, "audit_id": audit_id, "page": "voice_child", "version": 0}
    return Prepared(prepared.person, {**prepared.data, "plumbline": packed}, prepared.effects, prepared.once)


def submitting(council: Council, people: Staff) -> Prepared:
    with council.write() as work:
        audit = a_filled_audit(work, council.framework, people)
    card = at_page(Chat(council, people.auditor), audit, "everything")

    def effects(view: View) -> object:
        told = len(view.notices.of("audit_shared", audit.id))
        now = view.audits.get(audit.id)
        if now is not None and now.submitted_at is not None:
            told += len(view.notices.of(HANDED_IN, local_day(now.submitted_at).toordinal()))
        return len(view.actions.of_audit(audit.id)), told

    return Prepared(people.auditor, button(card, "Submit and share"), effects, (1, 4))


def keeping_a_line(council: Council, people: Staff) -> Prepared:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    at_page(chat, audit, JOURNEY)
    card = chat.types("Came to us in May.")

    def effects(view: View) -> object:
        page = view.audits.page(audit.id, JOURNEY)
        return page.body["journey"] if page else None

    return Prepared(people.auditor, button(card, "Add to: The journey"), effects, "Came to us in May.")


def commenting(council: Council, people: Staff) -> Prepared:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
    card = Chat(council, people.practitioner).sends(ReadShared(audit.id, "summary").pack())
    data = {**button(card, "Add my comment"), "comment": "I would do it again."}
    return Prepared(people.practitioner, data, lambda view: len(view.audits.comments(audit.id)), 1)


def reviewing(council: Council, people: Staff) -> Prepared:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
    card = Chat(council, people.team_manager).sends(ReadShared(audit.id, "summary").pack())
    data = {**button(card, "Nominate"), "review_reason": "The grade seems high."}
    return Prepared(people.team_manager, data, verbs(audit.id, "reviewed"), 1)


def raising_an_alert(council: Council, people: Staff) -> Prepared:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    card = chat.presses("Raise a safety alert", chat.types("continue"))
    data = {**button(card, "Send the alert"), "concern": "Not seen for six weeks."}
    return Prepared(people.auditor, data, verbs(audit.id, "raised a safety alert"), 1)


def acknowledging(council: Council, people: Staff) -> Prepared:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        alert_id, _ = raise_alert(
            work, council, by=people.auditor, audit_id=audit.id, concern="Not seen.", now=NOW
        )
    packed = {"verb": "safety_ack", "v": 1, "alert_id": alert_id, "nonce": "n"}
    return Prepared(
        people.team_manager, {"plumbline": packed}, verbs(audit.id, "acknowledged a safety alert"), 1
    )


PRESSES = [
    accepting,
    declaring_a_conflict,
    saving_a_try,
    going_to_safety_with_a_try_typed,
    submitting,
    keeping_a_line,
    commenting,
    reviewing,
    raising_an_alert,
    acknowledging,
]


@pytest.mark.parametrize("prepare", PRESSES, ids=lambda one: one.__name__.replace("_", " "))
def test_a_press_delivered_four_times_has_one_effect_and_one_answer(
    council: Council, people: Staff, prepare: Callable[[Council, Staff], Prepared]
) -> None:
    press = prepare(council, people)

    answers = [without_nonces(sent(council, press).card) for _ in range(4)]

    assert answers[1:] == answers[:1] * 3
    with council.read() as view:
        assert press.effects(view) == press.once


@pytest.mark.parametrize("prepare", PRESSES, ids=lambda one: one.__name__.replace("_", " "))
def test_even_all_at_once(
    council: Council, people: Staff, prepare: Callable[[Council, Staff], Prepared]
) -> None:
    press = prepare(council, people)
    together = Barrier(4)

    def press_it(_: int) -> Reply:
        together.wait()
        return sent(council, press)

    with ThreadPoolExecutor(4) as threads:
        answers = [without_nonces(reply.card) for reply in threads.map(press_it, range(4))]

    assert answers[1:] == answers[:1] * 3
    with council.read() as view:
        assert press.effects(view) == press.once


def test_another_text_from_the_same_card_is_another_press(council: Council, people: Staff) -> None:
    press = commenting(council, people)

    sent(council, press)
    sent(council, Prepared(press.person, {**press.data, "comment": "One more thing."}, press.effects, 2))

    with council.read() as view:
        assert press.effects(view) == 2


def test_the_same_data_from_another_person_is_another_press(council: Council, people: Staff) -> None:
    press = accepting(council, people)
    sent(council, press)

    reply = sent(council, Prepared(people.bystander, press.data, press.effects, 1))

    assert "not yours" in reply.note


def sent(council: Council, press: Prepared, now: datetime = NOW) -> Reply:
    turn = Turn(
        directory_id=press.person.directory_id or "",
        now=now.astimezone(UTC),
        nonce=f"nonce-{next(_nonces)}",
        asked=Asked.PRESSED,
        data=press.data,
    )
    return answer(council, turn)


def verbs(audit_id: int, verb: str) -> Callable[[View], object]:
    """How often this stands in the audit's chain."""
    return lambda view: sum(row.verb == verb for row in view.trail.rows(f"audit:{audit_id}"))
