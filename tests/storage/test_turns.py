"""What a conversation remembers: presses answered, the page a person is on, typed lines."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain.audits import Audit
from domain.people import Post
from storage.turns import Pointer
from storage.work import Work
from tests.builders import NOW, Staff, a_person, an_accepted_audit
from workflows.council import Council

MINUTE = timedelta(minutes=1)


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


@pytest.fixture
def audit(work: Work, people: Staff) -> Audit:
    return an_accepted_audit(work, people)


def test_an_answered_press_keeps_its_outcome(work: Work) -> None:
    before = work.turns.outcome("press")
    first = work.turns.answered("press", {"then": "planning", "grave": [1, None]}, NOW)

    assert (before, first) == (None, True)
    assert work.turns.outcome("press") == {"then": "planning", "grave": [1, None]}
    assert work.turns.outcome("another") is None


def test_the_first_answer_of_a_press_stands(work: Work) -> None:
    work.turns.answered("press", {"by": "first"}, NOW)

    second = work.turns.answered("press", {"by": "second"}, NOW)

    assert second is False
    assert work.turns.outcome("press") == {"by": "first"}


def test_a_press_that_led_to_nothing_in_particular_was_answered_all_the_same(work: Work) -> None:
    work.turns.answered("press", {}, NOW)

    assert work.turns.outcome("press") == {}


def test_presses_are_forgotten_by_age(work: Work) -> None:
    work.turns.answered("old", {}, NOW - MINUTE)
    work.turns.answered("on the line", {}, NOW)

    forgotten = work.turns.forget_presses(NOW)

    assert forgotten == 1
    assert (work.turns.outcome("old"), work.turns.outcome("on the line")) == (None, {})


def test_a_person_is_nowhere_at_first(work: Work) -> None:
    assert work.turns.pointer(1) == Pointer(None, None, False)


def test_a_person_moves_from_page_to_page(work: Work, people: Staff) -> None:
    me, someone_else = people.auditor.id, people.practitioner.id
    work.turns.move(someone_else, 7, "file", NOW)

    work.turns.move(me, 1, "journey", NOW)
    work.turns.move(me, 2, "planning", NOW)

    assert work.turns.pointer(me) == Pointer(2, "planning", False)
    assert work.turns.pointer(someone_else) == Pointer(7, "file", False)


def test_moving_on_does_not_forget_that_the_person_was_warned(work: Work, people: Staff) -> None:
    me = people.auditor.id
    work.turns.move(me, 1, "journey", NOW)

    work.turns.warned(me)
    work.turns.move(me, None, None, NOW)

    assert work.turns.pointer(me) == Pointer(None, None, True)


def test_a_typed_line_waits_until_it_is_settled(work: Work, people: Staff, audit: Audit) -> None:
    line_id = work.turns.keep_waiting(people.auditor.id, audit.id, "journey", "They moved twice.", NOW)

    waiting = work.turns.line(line_id)
    work.turns.settle_line(line_id, "kept")
    kept = work.turns.line(line_id)

    assert waiting is not None
    assert kept is not None
    assert (waiting.person_id, waiting.audit_id, waiting.page, waiting.text, waiting.at, waiting.state) == (
        people.auditor.id,
        audit.id,
        "journey",
        "They moved twice.",
        NOW,
        "waiting",
    )
    assert kept.state == "kept"
    assert work.turns.line(line_id + 1) is None


@pytest.mark.parametrize(
    ("after", "text", "mine", "same"),
    [
        (timedelta(seconds=-1), "They moved twice.", True, True),
        (timedelta(0), "They moved twice.", True, False),
        (timedelta(seconds=-1), "They moved thrice.", True, False),
        (timedelta(seconds=-1), "They moved twice.", False, False),
    ],
)
def test_a_line_is_repeated_when_the_same_person_typed_it_since(
    work: Work, people: Staff, audit: Audit, after: timedelta, text: str, mine: bool, same: bool
) -> None:
    other = a_person(work, "Olu Other", Post.SM)
    work.turns.keep_waiting(people.auditor.id, audit.id, "journey", "They moved twice.", NOW)

    asked = people.auditor.id if mine else other.id

    assert work.turns.same_line_since(asked, text, NOW + after) is same


def test_old_lines_are_emptied_and_counted_once(work: Work, people: Staff, audit: Audit) -> None:
    old = work.turns.keep_waiting(people.auditor.id, audit.id, "journey", "Old.", NOW - MINUTE)
    new = work.turns.keep_waiting(people.auditor.id, audit.id, "journey", "New.", NOW)

    emptied = work.turns.empty_lines(NOW), work.turns.empty_lines(NOW)

    texts = [line.text for line in map(work.turns.line, (old, new)) if line]
    assert emptied == (1, 0)
    assert texts == ["", "New."]
