"""The QA office draws the sample of the coming round from the card that asks for it.

Plumbline  An audit round to plan. [Draw the sample]
QA officer [Draw the sample]
Plumbline  Audit round May 2026. Here is the proposal. Nothing is sent before you approve it.
"""

from datetime import date

import pytest

from cards.payloads_round import PlanRound
from tests.builders import MONTH, Staff
from tests.chat import Chat
from tests.dialogs.scripts import on_one_engine, text_of
from tests.workflows.caseloads import BEFORE, a_caseload, pairs, proposed
from workflows.council import Council

MAY = 202605


@pytest.fixture
def office(council: Council, people: Staff) -> Chat:
    return Chat(council, people.qa_officer, now=BEFORE)


def press(month: int = MAY) -> dict[str, object]:
    return PlanRound(month, "a nonce").pack()


@pytest.mark.rule("CA-04", "PR-06")
def test_the_sample_is_drawn_once_however_often_the_press_arrives(
    council: Council, people: Staff, office: Chat
) -> None:
    with council.write() as work:
        a_caseload(work, people)

    first, again = office.sends(press()), office.sends(press())

    with council.read() as view:
        chosen = view.rounds.of_month(MONTH)
        assert chosen is not None
        assert (chosen.state, chosen.version) == ("planned", 1)
        assert len(view.rounds.places(chosen.id)) > 0
    assert "Here is the proposal" in text_of(first)
    assert "Here is the proposal" in text_of(again)


@on_one_engine
def test_a_proposal_that_a_colleague_works_on_is_shown_and_not_drawn_over(
    council: Council, people: Staff, office: Chat
) -> None:
    with council.write() as work:
        a_caseload(work, people)
        before = proposed(work, council)

    card = office.sends(press())

    with council.read() as view:
        assert view.rounds.of_month(MONTH) == before
    assert "had been drawn already" in text_of(card)


@on_one_engine
@pytest.mark.parametrize(
    ("month", "said"),
    [(202613, "which month that is"), (0, "which month that is"), (202606, "no round")],
)
def test_a_month_that_has_no_round_is_refused_kindly(
    council: Council, people: Staff, office: Chat, month: int, said: str
) -> None:
    card = office.sends(press(month))

    assert said in text_of(card)
    with council.read() as view:
        assert view.rounds.latest() is None


@on_one_engine
@pytest.mark.rule("Q1", "CA-01")
def test_the_button_draws_the_other_half_of_a_staggered_pool(
    council: Council, people: Staff, office: Chat
) -> None:
    with council.write() as work:
        a_caseload(work, people)
        may = proposed(work, council, half_pool=True)

    card = office.sends(press(202606))

    assert "Here is the proposal" in text_of(card)
    with council.read() as view:
        june = view.rounds.latest()
        assert june is not None
        assert june.month == date(2026, 6, 1)
        assert not set(pairs(view, june.id)) & set(pairs(view, may.id))


@on_one_engine
@pytest.mark.rule("CA-04")
def test_nobody_outside_the_office_draws_a_sample(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_caseload(work, people)

    for person in (people.auditor, people.practitioner, people.team_manager, people.bystander):
        Chat(council, person, now=BEFORE).sends(press())

    with council.read() as view:
        assert view.rounds.latest() is None
