"""Grading alike, in chat.

the PSW types          calibration → Write a case → Send to everyone
an auditor's card      A case to grade → Read and grade → Save my grades → Saved
the PSW                5 of 5 auditors asked have graded it → Yes, close it
an auditor's card      The case has closed → See what came of it
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cards.payloads_calibration import GradeCalibration, PickAuditor, ShowCalibration, ShowDifferences
from domain.grades import Grade
from domain.moderation_form import SectionGrade
from domain.people import Person, Post
from scheduler.drawing import Drawn
from tests.builders import NOW, Staff, a_person
from tests.chat import Chat, buttons, inputs, text
from tests.dialogs.scripts import on_one_engine, said_under, text_of, values
from tests.moderations import a_released_moderation, the_panel
from tests.workflows.nudged import drawn
from workflows.calibrating import ASKED, CLOSED
from workflows.council import Council

LATER = NOW + timedelta(hours=2)
CASE = {
    "case_title": "A plan that drifts",
    "case_text": "The child waited a year for a plan.",
    "because": "Nobody dated the steps.",
    "grade_planning": "inadequate",
    "grade_review": "good",
}
GRADES = {"grade_planning": "good", "grade_review": "good", "reason": "The steps are there."}


@pytest.fixture
def psw(council: Council, people: Staff) -> Person:
    with council.write() as work:
        return a_person(work, "Pat Principal", Post.PSW)


@pytest.fixture
def pool(council: Council, people: Staff) -> tuple[Person, ...]:
    with council.write() as work:
        more = [a_person(work, f"{name} Pool", Post.PC, is_auditor=True) for name in ("Ada", "Bo", "Cleo")]
    return (people.auditor, people.second_auditor, *more)


def card_for(council: Council, person: Person, kind: str) -> dict[str, Any]:
    made = drawn(council, person, LATER, kind, 1)
    assert isinstance(made, Drawn)
    assert "drift" not in f"{made.preview} {text(made.card)}", "what stays in the chat tells no case"
    return made.card


def sent(council: Council, psw: Person) -> dict[str, Any]:
    chat = Chat(council, psw)
    form = chat.presses("Write a case", chat.types("calibration"))
    return chat.presses("Send to everyone", form, **CASE)


@on_one_engine
@pytest.mark.rule("PR-05", "SG-03", "SG-04")
def test_from_the_case_to_what_came_of_it(
    council: Council, people: Staff, psw: Person, pool: tuple[Person, ...]
) -> None:
    progress = sent(council, psw)
    assert "0 of 5 auditors asked" in text(progress)
    for number, person in enumerate(pool):
        chat = Chat(council, person, now=LATER)
        grading = chat.presses("Read and grade", card_for(council, person, ASKED))
        assert {*values(grading).values()} == {""}, "no grade is suggested"
        assert "Nobody dated" not in text_of(grading)
        assert not any(other.name in text_of(grading) for other in pool)
        given = {**GRADES, "grade_review": "outstanding"} if number == 4 else GRADES
        saved = chat.presses("Save my grades", grading, **given)
        assert "Saved. You can change your grades until 15 May 2026" in text(saved)
        assert values(saved) == given

    again = Chat(council, psw).sends(ShowCalibration(1).pack())
    closed = Chat(council, psw, now=LATER).presses("Yes, close it", again)
    came = Chat(council, pool[0], now=LATER).presses(
        "See what came of it", card_for(council, pool[0], CLOSED)
    )

    assert "5 of 5 auditors asked have graded it." in text(again)
    assert not any(person.name in text_of(again) for person in pool)
    assert "Planning: 5 Good" in text(came)
    assert "1 Outstanding, 4 Good" in text(came)
    assert "Nobody dated the steps." in text(came)
    assert "Yours, shown to you alone" in text(came)
    assert "Yours, shown to you alone" not in text(closed)
    assert "The steps are there." not in text_of(closed)
    assert not any(person.name in text_of(card) for card in (came, closed) for person in pool)


@on_one_engine
@pytest.mark.rule("SG-01")
def test_a_case_that_says_who_it_is_about_comes_back_with_everything_typed(
    council: Council, people: Staff, psw: Person
) -> None:
    chat = Chat(council, psw)
    form = chat.presses("Write a case", chat.types("calibration"))

    again = chat.presses("Send to everyone", form, **{**CASE, "case_text": "Kelly waited a year."})
    few = chat.presses("Send to everyone", form, **{**CASE, "grade_review": ""})

    assert "“Kelly” may say who somebody is" in said_under(again, "case_text")
    assert {k: v for k, v in values(again).items() if v} == {**CASE, "case_text": "Kelly waited a year."}
    assert "2 to 8 sections" in text(few)


@on_one_engine
def test_a_missing_grade_is_asked_for_and_nothing_typed_is_lost(
    council: Council, people: Staff, psw: Person
) -> None:
    sent(council, psw)
    chat = Chat(council, people.auditor)
    grading = chat.sends(ShowCalibration(1).pack())

    again = chat.presses("Save my grades", grading, grade_planning="good", reason="Because.")
    odd = chat.sends({**GradeCalibration(1, "n").pack(), **GRADES, "grade_review": "splendid"})

    assert "choose one of the four" in said_under(again, "grade_review")
    assert values(again) == {"grade_planning": "good", "grade_review": "", "reason": "Because."}
    assert "choose one of the four" in said_under(odd, "grade_review")


@on_one_engine
@pytest.mark.rule("SG-03")
def test_what_one_types_shows_each_their_own(council: Council, people: Staff, psw: Person) -> None:
    sent(council, psw)

    auditor = text(Chat(council, people.auditor).types("calibration"))
    outsider = text(Chat(council, people.practitioner).types("calibration"))
    for_nobody = [text(Chat(council, people.auditor).types(line)) for line in ("agreement", "moderations")]

    assert "Yours is not in yet" in auditor
    assert "Write a case" not in auditor
    assert "I am not sure what you mean" in outsider
    assert all("I am not sure what you mean" in said for said in for_nobody)


@on_one_engine
@pytest.mark.rule("MO-21", "SG-03")
def test_agreement_says_in_words_and_figures_what_it_rests_on(
    council: Council, people: Staff, framework: Any
) -> None:
    numbers = replace(framework.numbers, alpha_least_audits=2, smallest_count=1)
    council = replace(council, framework=replace(framework, numbers=numbers))
    with council.write() as work:
        panel = the_panel(work)
        for number, overall in enumerate((Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)):
            a_released_moderation(work, council, people, panel, reference=f"CF-3{number}", overall=overall)

    told = text(Chat(council, panel.psw, now=LATER).types("are we grading alike?"))
    few = text(Chat(replace(council, framework=framework), people.ad_qa, now=LATER).types("agreement"))

    assert "Not reliable: the grade a child's audit gets depends too much on who grades it." in told
    assert "Agreement 0.000 out of 1, from 2 audits." in told
    assert "unlike other audits by design" in told
    assert "Too few yet: 0 audits of the 2 it takes" in told
    assert "1 kinder than the Panel" in told
    assert "Planning: one and the same grade throughout, 2 audits. 0 kinder, 2 alike, 0 harsher." in told
    assert "Too few yet: 2 audits of the 20 it takes" in few
    assert "Agreement 0" not in few
    assert "One auditor's audits" not in few
    assert not any(name in told for name in (people.auditor.name, "CF-3"))


@on_one_engine
@pytest.mark.rule("SG-03")
def test_my_moderations_posts_no_case_and_opens_both_grades_side_by_side(
    council: Council, people: Staff
) -> None:
    sections = {"planning": SectionGrade(Grade.INADEQUATE, "The plan has no dates.")}
    with council.write() as work:
        panel = the_panel(work)
        for number in range(4):
            reference = f"CF-3{number}"
            a_released_moderation(
                work, council, people, panel, reference=reference, form={"sections": sections}
            )
    chat = Chat(council, people.auditor, now=LATER)

    posted = chat.types("my moderations")
    opened = chat.presses("See them side by side", posted)
    earlier = chat.presses("Earlier ones", opened)
    manager = Chat(council, people.cover, now=LATER)
    pick = manager.types("moderations")
    chosen = manager.presses("Show", pick, auditor_id=str(people.auditor.id))
    wrong = manager.sends({**PickAuditor().pack(), "auditor_id": "999999"})

    assert "4 audits of yours" in text(posted)
    assert "CF-3" not in text_of(posted)
    assert "auditor Good, Panel Inadequate" in text(opened)
    assert "The plan has no dates." in text(opened)
    assert len(list(references(opened))) == 3
    assert len(list(references(earlier))) == 1
    assert "Alex Auditor" in text(chosen)
    assert "Please choose from the list." in said_under(wrong, "auditor_id")
    assert [one["id"] for one in inputs(pick)] == ["auditor_id"]
    assert ShowDifferences(people.auditor.id, 0).pack() in [data for _, data in buttons(earlier)]


def references(card: dict[str, Any]) -> Iterator[str]:
    return (line for line in text(card).split("\n") if line.startswith("CF-3"))
