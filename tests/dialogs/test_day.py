"""A person's day in Teams: looked at, worked off, put off.

the card of the morning            Your day: Your audit (Continue), Put off…, For my calendar
→ Put off…, tomorrow week            back on the day, the audit gone from it
→ the same press again             the same answer, once
"""

from datetime import date
from typing import Any

import pytest

from cards.payloads_day import AskHolds, AskPutOff, PutOff, ShowDay, ShowTeamWeek
from domain.audits import Audit
from domain.people import Person
from storage.nudges import DAY_CARD
from tests.builders import Staff, a_submitted_audit, an_accepted_audit, an_allocated_audit
from tests.chat import Chat, button_nodes, text
from tests.dialogs.scripts import on_one_engine, values
from tests.workflows.nudged import at, card_of, sweeps, week_begins
from workflows.council import Council
from workflows.offer_kinds import CALENDAR_HOLDS

SEVEN, LAST = date(2026, 5, 19), date(2026, 5, 29)


def chat_of(council: Council, person: Person, day: date = SEVEN) -> Chat:
    return Chat(council, person, now=at(day, 9))


@pytest.fixture
def audit(council: Council, people: Staff) -> Audit:
    with council.write() as work:
        return an_accepted_audit(work, people)


def morning(council: Council, person: Person, day: date = SEVEN) -> dict[str, Any]:
    sweeps(council, day)
    return card_of(council, person, at(day, 8, 30))


@pytest.mark.rule("CA-06", "PR-02")
def test_the_card_leads_straight_to_the_work(council: Council, people: Staff, audit: Audit) -> None:
    card = morning(council, people.auditor)

    opened = chat_of(council, people.auditor).presses("Continue", card)

    assert "Case" in text(opened)
    assert "The child's journey" in text(opened)


@pytest.mark.rule("CA-06")
def test_snooze_takes_it_off_the_day_and_the_same_press_again_changes_nothing(
    council: Council, people: Staff, audit: Audit
) -> None:
    chat = chat_of(council, people.auditor)
    form = chat.presses("Put off…", morning(council, people.auditor))

    first = chat.presses("Put off", form, put_off_until="2026-05-26")
    again = chat.again()

    assert values(form)["put_off_what"] == f"audit:{audit.id}"
    for card in (first, again):
        assert "1 thing put off. I will come back to it on 26 May 2026." in text(card)
        assert "Your audit" not in text(card).replace("My audits", "")
        assert "1 thing you put off will come back." in text(card)


@on_one_engine
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"put_off_until": "2026-06-01"}, "up to 31 May 2026"),
        ({"put_off_until": "soon"}, "such as 31 May 2026"),
        ({}, "choose a day"),
    ],
)
def test_a_day_that_cannot_be_used_is_shown_again_with_why(
    council: Council, people: Staff, audit: Audit, typed: dict[str, str], said: str
) -> None:
    chat = chat_of(council, people.auditor)
    form = chat.presses("Put off…", morning(council, people.auditor))

    again = chat.presses("Put off", form, **typed)

    assert "Put off" in text(again)
    assert said in text(again)
    with council.read() as view:
        assert view.snoozes.of(people.auditor.id) == {}


@on_one_engine
@pytest.mark.rule("CA-06")
def test_what_is_due_today_offers_no_snooze(council: Council, people: Staff, audit: Audit) -> None:
    with council.write() as work:
        work.audits.change(audit, {"due_on": LAST})
    card = morning(council, people.auditor, LAST)

    titles = [node.get("title") for node in button_nodes(card)]
    form = chat_of(council, people.auditor, LAST).sends(AskPutOff(LAST.isoformat()).pack())

    assert "Put off…" not in titles
    assert "Nothing of this can be put off any more." in text(form)


@on_one_engine
@pytest.mark.rule("CA-06")
def test_an_old_cards_buttons_answer_with_what_is_so_today(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_allocated_audit(work, people)
    card = morning(council, people.auditor, date(2026, 5, 7))
    with council.write() as work:
        a_submitted_audit(work, council, people, reference="CF-2", month=date(2026, 7, 1))
    chat = chat_of(council, people.auditor, date(2026, 5, 7))
    accepted = chat.presses("Accept", chat.presses("Accept", card))

    refreshed = chat.sends(card["refresh"]["action"]["data"])

    assert "Continue" in text(accepted)
    assert "A new audit to accept" in text(card)
    assert "A new audit to accept" not in text(refreshed)
    assert "Your audit" in text(refreshed)
    assert "refresh" not in refreshed


@pytest.mark.rule("CA-06", "SG-01")
def test_a_day_shows_nobody_elses_things(council: Council, people: Staff, audit: Audit) -> None:
    morning(council, people.auditor)

    seen = chat_of(council, people.bystander).sends(ShowDay(SEVEN.isoformat()).pack())

    assert "Nothing is left to do" in text(seen)


@on_one_engine
@pytest.mark.parametrize(
    "payload",
    [
        ShowDay("yesterday"),
        ShowDay("0001-01-01"),
        AskPutOff("2026-13-01"),
        PutOff("", "n"),
        ShowDay("2026-05-19T08:00"),
    ],
)
def test_a_button_changed_by_hand_is_refused_kindly(
    council: Council, people: Staff, audit: Audit, payload: Any
) -> None:
    said = chat_of(council, people.auditor).sends(
        {**payload.pack(), "put_off_what": f"audit:{audit.id}", "put_off_until": "2026-05-26"}
    )

    assert "That did not work" in text(said)


@on_one_engine
@pytest.mark.rule("CA-18", "CA-23", "RO-02")
def test_a_team_manager_sees_the_whole_week_and_others_do_not(council: Council, people: Staff) -> None:
    monday = date(2026, 5, 11)
    with council.write() as work:
        a_submitted_audit(work, council, people)
    week_begins(council, monday)
    asked = ShowTeamWeek(people.team.id, 0).pack()

    own = chat_of(council, people.team_manager, monday).sends(asked)
    others = [
        chat_of(council, person, monday).sends(asked)
        for person in (people.auditor, people.practitioner, people.bystander)
    ]

    assert "Your team's week" in text(own)
    assert "An action of Perry Practitioner" in text(own)
    assert all("Not yours to open" in text(card) for card in others)


@pytest.mark.rule("CA-22")
def test_calendar_holds_are_for_the_auditor_of_an_open_audit(
    council: Council, people: Staff, audit: Audit
) -> None:
    card = morning(council, people.auditor)

    sent = chat_of(council, people.auditor).presses("For my calendar", card)
    refused = chat_of(council, people.practitioner).sends(AskHolds(audit.id, "n").pack())

    assert "Times for your calendar are on their way" in text(sent)
    with council.read() as view:
        (offered,) = view.notices.of("file_offer", 1)
        found = view.offers.get(offered.subject_id)
    assert found is not None
    assert (offered.person_id, found.kind, found.subject_id) == (people.auditor.id, CALENDAR_HOLDS, audit.id)
    assert "Not yours to open" in text(refused)


def test_the_kind_of_the_day_card_is_the_one_the_calendar_queues(
    council: Council, people: Staff, audit: Audit
) -> None:
    morning(council, people.auditor)

    with council.read() as view:
        assert len(view.notices.of(DAY_CARD, people.auditor.id)) == 1
