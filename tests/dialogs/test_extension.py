"""More time for an audit, from the overdue audit in a manager's day to the auditor's new due date.

the manager's card                 Alex Auditor's audit is overdue → See what was tried
→ what was tried                   three reminders, and whether they were seen
→ Ask for more time                a day and a reason
the AD for QA's card               Approve
the auditor's card                 You have more time
"""

from datetime import date, timedelta
from typing import Any

import pytest

from cards.payloads_day import (
    AskExtension,
    DecideExtension,
    ReallocateAway,
    RequestExtension,
    ShowTried,
)
from domain.audits import Audit
from domain.people import Person
from scheduler.drawing import Drawn, Needless
from tests.builders import Staff, a_case, an_accepted_audit
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import on_one_engine, values
from tests.workflows.nudged import at, card_of, drawn, goes_on_leave, sweeps
from workflows.council import Council

OVERDUE_3 = date(2026, 6, 3)


def chat_of(council: Council, person: Person, day: date = OVERDUE_3) -> Chat:
    return Chat(council, person, now=at(day, 9))


@pytest.fixture
def audit(council: Council, people: Staff) -> Audit:
    with council.write() as work:
        return an_accepted_audit(work, people)


def overdue_card(council: Council, people: Staff) -> dict[str, Any]:
    for day in (date(2026, 5, 29), date(2026, 6, 1), OVERDUE_3):
        sweeps(council, day)
    return card_of(council, people.cover, at(OVERDUE_3, 8, 30))


def request_card(council: Council, people: Staff, *, request: int = 1) -> dict[str, Any]:
    made = drawn(council, people.ad_qa, at(OVERDUE_3, 10), "extension_asked", request)
    assert isinstance(made, Drawn)
    return made.card


def due_on(council: Council, audit: Audit) -> date:
    with council.read() as view:
        found = view.audits.get(audit.id)
    assert found is not None
    return found.due_on


@pytest.mark.rule("CA-06", "SG-05")
def test_from_the_escalation_to_the_new_due_date(council: Council, people: Staff, audit: Audit) -> None:
    chat = chat_of(council, people.cover)
    tried = chat.presses("See what was tried", overdue_card(council, people))
    form = chat.presses("Ask for more time", tried)

    waiting = chat.presses("Ask", form, until_on="2026-06-14", reason="Two weeks of sick leave.")
    decided = chat_of(council, people.ad_qa).presses("Approve", request_card(council, people))

    assert "This is your last working day for it." in text(tried)
    assert "3 days overdue" in text(tried)
    assert "is yet to be decided" in text(waiting)
    assert "This is approved." in text(decided)
    assert due_on(council, audit) == date(2026, 6, 14)
    told = drawn(council, people.auditor, at(OVERDUE_3, 11), "audit_extended", 1)
    back = drawn(council, people.cover, at(OVERDUE_3, 11), "extension_decided", 1)
    assert isinstance(told, Drawn)
    assert isinstance(back, Drawn)
    assert "due on 14 June 2026 now" in text(told.card)
    assert "Dale Director approved the extension you asked for, for Alex Auditor." in text(back.card)
    assert drawn(council, people.ad_qa, at(OVERDUE_3, 11), "extension_asked", 1) == Needless(
        "nothing is left to decide"
    )


@pytest.mark.rule("CA-06")
def test_the_escalation_goes_once_the_due_date_has_moved(
    council: Council, people: Staff, audit: Audit
) -> None:
    overdue_card(council, people)
    with council.write() as work:
        work.audits.change(audit, {"due_on": date(2026, 6, 14)})

    made = drawn(council, people.cover, at(OVERDUE_3, 8, 30))

    assert made == Needless("nothing is left to do")


@pytest.mark.rule("SG-05")
def test_a_decline_without_a_reason_keeps_what_was_typed_and_asks(
    council: Council, people: Staff, audit: Audit
) -> None:
    asking = chat_of(council, people.cover)
    asking.sends(
        {**RequestExtension(audit.id, "exemption", "n").pack(), "reason": "Left on long-term leave."}
    )
    chat = chat_of(council, people.ad_qa)

    again = chat.presses("Decline", request_card(council, people))
    done = chat.presses("Decline", again, reason="Please find cover first.")

    assert "why not" in text(again)
    assert "This is declined: Please find cover first." in text(done)
    assert due_on(council, audit) == audit.due_on


@on_one_engine
@pytest.mark.rule("SG-05")
def test_once_the_audit_has_come_nothing_is_offered_to_decide(
    council: Council, people: Staff, audit: Audit
) -> None:
    chat_of(council, people.cover).sends(
        {**RequestExtension(audit.id, "exemption", "n").pack(), "reason": "Left on long-term leave."}
    )
    card = request_card(council, people)
    with council.write() as work:
        work.audits.change(
            audit, {"state": "submitted", "submitted_at": at(OVERDUE_3, 11), "overall": "good"}
        )

    pressed = chat_of(council, people.ad_qa).presses("Approve", card)

    assert "nothing is left to decide. Good news." in text(pressed)
    assert [title for title, _ in buttons(pressed)] == ["My audits"]


@on_one_engine
def test_what_was_typed_stays_in_the_form_that_is_refused(
    council: Council, people: Staff, audit: Audit
) -> None:
    chat = chat_of(council, people.cover)
    form = chat.sends(AskExtension(audit.id, "extension").pack())

    again = chat.presses("Ask", form, until_on="2026-05-20", reason="Because of sick leave.")

    assert values(again) == {"until_on": "2026-05-20", "reason": "Because of sick leave."}
    assert "after today" in text(again)


@on_one_engine
@pytest.mark.rule("SG-03", "SG-05")
@pytest.mark.parametrize("name", ["auditor", "practitioner", "team_manager", "qa_officer", "service_manager"])
def test_nobody_else_opens_asks_or_decides(council: Council, people: Staff, audit: Audit, name: str) -> None:
    chat_of(council, people.cover).sends(
        {**RequestExtension(audit.id, "exemption", "n").pack(), "reason": "Long-term leave."}
    )
    chat = chat_of(council, getattr(people, name))
    presses = (
        ShowTried(audit.id).pack(),
        AskExtension(audit.id, "extension").pack(),
        {**RequestExtension(audit.id, "exemption", "m").pack(), "reason": "Please."},
        # The right comes before what was typed.
        {**RequestExtension(audit.id, "extension", "o").pack(), "until_on": "soon", "reason": "Please."},
        DecideExtension(1, True, "m").pack(),
    )

    answers = [text(chat.sends(data)) for data in presses]

    assert all("Not yours to open" in said for said in answers)
    with council.read() as view:
        assert [row.state for row in view.extensions.of_audit(audit.id)] == ["asked"]


@on_one_engine
def test_a_kind_that_there_is_not_is_refused_kindly(council: Council, people: Staff, audit: Audit) -> None:
    chat = chat_of(council, people.cover)

    asked = chat.sends(AskExtension(audit.id, "holiday").pack())
    sent = chat.sends({**RequestExtension(audit.id, "holiday", "n").pack(), "reason": "Sun."})

    assert "That did not work" in text(asked)
    assert "That did not work" in text(sent)


@pytest.mark.rule("SG-05")
def test_the_command_offers_managers_their_auditors_and_tells_auditors_whom_to_ask(
    council: Council, people: Staff, audit: Audit
) -> None:
    manager = chat_of(council, people.cover)
    offered = manager.types("extension")
    tried = manager.presses("Number 1, due 31 May 2026", offered)

    auditor = chat_of(council, people.auditor).types("more time")
    nobody = chat_of(council, people.practitioner).types("extension")

    assert "What was tried" in text(tried)
    assert "please talk with Cory Cover" in text(auditor)
    assert "no open audit" in text(nobody)


@pytest.mark.rule("CA-02", "SG-05")
def test_the_qa_office_gives_the_case_of_an_auditor_on_leave_to_somebody_else_in_one_press(
    council: Council, people: Staff, audit: Audit
) -> None:
    day = date(2026, 5, 5)
    with council.write() as work:
        a_case(work, people, "CF-7")
        goes_on_leave(work, people.auditor, date(2026, 5, 18), date(2026, 6, 5))
    sweeps(council, day)
    made = drawn(council, people.qa_officer, at(day, 9), "auditor_away", audit.id)
    assert isinstance(made, Drawn)
    chat = chat_of(council, people.qa_officer, day)

    given = chat.presses("Give the case to someone else", made.card)
    again = chat.again()

    for card in (given, again):
        assert "has it now, due on 5 June 2026" in text(card)
    with council.read() as view:
        (fresh,) = (a for a in view.audits.of_round(audit.round_id) if a.replaces_id == audit.id)
        assert fresh.case_id == audit.case_id
        assert fresh.auditor_id != people.auditor.id
    refused = chat_of(council, people.cover, day + timedelta(days=1)).sends(
        ReallocateAway(audit.id, "n").pack()
    )
    assert "Not yours to open" in text(refused)
