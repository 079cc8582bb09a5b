"""The QA office looks at what a pilot holds back, and at tomorrow.

Officer   held
Plumbline Only these teams receive at the moment: Conifers 1. Held for others: Alex Auditor …
Officer   preview
Plumbline What would leave comes as a card in a moment.
Plumbline [a card] What would leave on 6 May
"""

import re
from datetime import timedelta

import pytest

from scheduler.courier import Courier
from tests.builders import NOW, Staff, an_allocated_audit, reachable
from tests.chat import Chat, text
from tests.doubles.post import FakeMailer, FakePost, shown_text
from tests.scheduler.conftest import clock, courier, mailer, new_courier, post
from tests.scheduler.outbox import Clock, allocate
from workflows.council import Council
from workflows.switching import end_pilot, pause, set_pilot

__all__ = ["clock", "courier", "mailer", "new_courier", "post"]


def a_pilot(council: Council) -> None:
    with council.write() as work:
        set_pilot(work, council, by=None, teams=["Conifers 1"], now=NOW)


async def test_the_officer_sees_for_whom_something_is_held(
    council: Council, people: Staff, courier: Courier
) -> None:
    a_pilot(council)
    allocate(council, people)
    await courier.drain_once()

    said = text(Chat(council, people.qa_officer).types("held"))

    assert "Only these teams receive at the moment: Conifers 1." in said
    assert "Alex Auditor, Brambles 1: a new audit" in said
    assert "CF-1001" not in said


def test_a_long_list_is_counted_and_stays_a_card_that_can_be_sent(council: Council, people: Staff) -> None:
    a_pilot(council)
    with council.write() as work:
        for number in range(300):
            work.notices.queue(kind=f"kind_{number:03}", subject_id=1, person_id=people.auditor.id, now=NOW)
        for notice in work.notices.claim(token="t", now=NOW, until=NOW + timedelta(minutes=1), limit=300):
            work.notices.settle(notice, state="held", now=NOW, reason="outside the pilot")

    said = text(Chat(council, people.qa_officer).types("Held back?"))

    assert "kind 024" in said
    assert "kind 025" not in said
    assert "and 275 more." in said


def test_without_a_pilot_nothing_is_held(council: Council, people: Staff) -> None:
    a_pilot(council)
    nothing_yet = text(Chat(council, people.qa_officer).types("held"))
    with council.write() as work:
        end_pilot(work, council, by=None, now=NOW)
    none = text(Chat(council, people.qa_officer).types("pilot"))

    assert "Nothing is held for others." in nothing_yet
    assert "There is no pilot" in none


@pytest.mark.parametrize("line", ["held", "preview", "tomorrow"])
def test_for_everybody_else_these_are_words_like_any_other(
    council: Council, people: Staff, line: str
) -> None:
    a_pilot(council)

    said = text(Chat(council, people.auditor).types(line))

    assert "I did not understand that" in said
    with council.read() as view:
        assert view.notices.counts() == {}


async def test_tomorrow_comes_as_a_card_with_counts_and_without_a_case(
    council: Council, people: Staff, courier: Courier, post: FakePost, mailer: FakeMailer, clock: Clock
) -> None:
    tuesday = NOW + timedelta(days=4)
    with council.write() as work:
        reachable(work, people.qa_officer, people.auditor)
        audit_id = an_allocated_audit(work, people).id
        work.notices.queue(
            kind="audit_allocated",
            subject_id=audit_id,
            person_id=people.auditor.id,
            now=tuesday,
            due_at=tuesday + timedelta(days=1),
            again="tomorrow",
        )
    clock.passes(days=4)

    promised = text(Chat(council, people.qa_officer, now=tuesday).types("preview"))
    await courier.drain_once()

    (card,) = post.in_chat(people.qa_officer.id)
    said = shown_text(card["attachments"][0]["content"])
    assert "comes as a card in a moment" in promised
    assert card["summary"] == "What would leave on 6 May 2026"
    # The clinics' agendas leave on that day as well.
    assert re.search(r"[0-9]+ messages for [0-9]+ recipients\.", said)
    assert "1 × a new audit, in Teams" in said
    assert "CF-1001" not in said
    with council.read() as view:
        assert view.notices.counts() == {"sent": 2, "queued": 1}


def test_while_sending_is_paused_no_preview_is_promised(council: Council, people: Staff) -> None:
    with council.write() as work:
        pause(work, council, by=None, reason="", now=NOW)

    said = text(Chat(council, people.qa_officer).types("preview"))

    assert "Sending is paused" in said
    with council.read() as view:
        assert view.notices.counts() == {}
