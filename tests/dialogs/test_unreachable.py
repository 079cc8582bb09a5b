"""The QA office asks who cannot be reached.

QA officer unreachable
Plumbline  People who cannot be reached: why, who, what waits. [Look again]
"""

import pytest

from cards.payloads_office import ShowUnreachable
from tests.builders import NOW, Staff
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import on_one_engine
from tests.workflows.caseloads import a_caseload, proposed
from tests.workflows.test_unreachable import delivered, undelivered
from workflows.council import Council


@pytest.fixture
def office(council: Council, people: Staff) -> Chat:
    return Chat(council, people.qa_officer)


@on_one_engine
@pytest.mark.parametrize(
    "typed", ["unreachable", "Unreachable people", "who can’t be reached?", "Who cannot be reached"]
)
def test_several_ways_to_ask(council: Council, people: Staff, office: Chat, typed: str) -> None:
    with council.write() as work:
        undelivered(work, people.auditor)

    assert "Alex Auditor" in text(office.types(typed))


def test_looking_again_shows_what_has_changed(council: Council, people: Staff, office: Chat) -> None:
    with council.write() as work:
        undelivered(work, people.auditor)
    card = office.types("unreachable")
    with council.write() as work:
        delivered(work, people.auditor, NOW)

    again = office.presses("Look again", card)

    assert "Alex Auditor" in text(card)
    assert "Everybody for whom something waits can be reached" in text(again)


@on_one_engine
def test_the_office_sees_the_way_there_on_its_list_while_somebody_cannot_be_reached(
    council: Council, people: Staff, office: Chat
) -> None:
    before = office.types("my audits")
    with council.write() as work:
        undelivered(work, people.auditor)

    card = office.presses("1 person cannot be reached", office.types("my audits"))

    assert "cannot be reached" not in text(before)
    assert "Alex Auditor" in text(card)


@on_one_engine
def test_the_round_shows_the_way_there_too(council: Council, people: Staff, office: Chat) -> None:
    with council.write() as work:
        a_caseload(work, people)
        proposed(work, council)
        undelivered(work, people.auditor)

    card = office.presses("Open the round", office.types("status"))

    assert "Alex Auditor" in text(office.presses("Cannot be reached (1)", card))


@on_one_engine
def test_nobody_else_is_shown_who_cannot_be_reached(council: Council, people: Staff) -> None:
    with council.write() as work:
        undelivered(work, people.auditor)
    manager = Chat(council, people.team_manager)

    typed = manager.types("unreachable")
    pressed = manager.sends(ShowUnreachable(0).pack())

    assert "Alex Auditor" not in text(typed) + text(pressed)
    assert "Not yours to open" in text(pressed)
    assert not any("reached" in title for title, _ in buttons(manager.types("my audits")))
