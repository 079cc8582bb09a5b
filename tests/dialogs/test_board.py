"""The board of a manager's team, as it is followed up.

Team manager  team actions                      the numbers, no case
→ [Show cases and more]                         by what comes next, each with its case
→ [Open]                                        the action itself, and [Team actions] back
"""

from datetime import date, timedelta
from typing import Any

import pytest

from cards.payloads_actions import ShowAction, ShowTeamActions
from cards.payloads_day import ShowDay
from domain.audits import Audit
from domain.closing import Impact
from domain.pages import ACTIONS, ActionLine, ActionsPage
from domain.people import Leave, Person, Post
from storage.work import Work
from tests.builders import Staff, a_person, a_submitted_audit
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import on_one_engine, trail
from tests.workflows.followed import at, confirms, does, the_action
from workflows.acting import ask_more_time, finish_action
from workflows.confirming import note_oversight, send_back
from workflows.council import Council

DAY = date(2026, 5, 20)
NOW = at(DAY)
GROUPS = ["To confirm", "Overdue", "Due in the next 10 working days", "Sent back", "More time asked", "Later"]


def chat_of(council: Council, person: Person, day: date = DAY) -> Chat:
    return Chat(council, person, now=at(day))


def of_each_kind(work: Work, council: Council, people: Staff) -> Audit:
    """One audit with an action for every place on the board, due in the order in which they are agreed."""
    owner = people.practitioner
    due = [DAY + timedelta(days=days) for days in (30, 1, 5, 29, 28, 60)]
    page = ActionsPage(tuple(ActionLine(f"Step {n}.", owner.id, on) for n, on in enumerate(due)))
    audit = a_submitted_audit(work, council, people, pages={ACTIONS: page})
    done, _, _, back, asks, _ = work.actions.of_audit(audit.id)
    given: dict[str, Any] = {"by": owner, "now": NOW}
    proof: dict[str, Any] = {"text": "The child eats breakfast.", "recorded": "case note", **given}
    finish_action(work, council, action_id=done.id, **proof)
    finish_action(work, council, action_id=back.id, **proof)
    version = next(a.version for a in work.actions.of_audit(audit.id) if a.id == back.id)
    answer: dict[str, Any] = {"by": people.team_manager, "now": NOW, "version": version}
    send_back(work, council, action_id=back.id, reason="Since when?", **answer)
    until = DAY + timedelta(days=40)
    ask_more_time(work, council, action_id=asks.id, until_on=until, reason="School is shut.", **given)
    return audit


@pytest.mark.rule("RO-02", "CA-23")
def test_the_board_sorts_actions_by_what_the_manager_must_do_next(council: Council, people: Staff) -> None:
    with council.write() as work:
        of_each_kind(work, council, people)
    chat = chat_of(council, people.team_manager, DAY + timedelta(days=2))

    board = chat.presses("Show cases", chat.types("team actions"))

    said = text(board)
    lines = said.splitlines()
    places = [lines.index(group) for group in GROUPS]
    assert places == sorted(places)
    assert all(f"{group}: \n1" in said for group in GROUPS)
    order = [said.index(f"Step {n}.") for n in (0, 1, 2, 3, 4, 5)]
    assert order == sorted(order)
    assert "1 day overdue" in said
    assert said.count("CF-1001") == len(GROUPS)


@pytest.mark.rule("RO-02")
def test_one_press_opens_an_action_and_one_leads_back(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_submitted_audit(work, council, people)
    chat = chat_of(council, people.team_manager)

    opened = chat.presses("Open", chat.types("actions"))
    back = chat.presses("Team actions", opened)

    assert "Rewrite the plan with the child." in text(opened)
    assert "CF-1001" in text(back)


@pytest.mark.rule("RO-02", "SG-01")
def test_the_board_that_stays_in_the_chat_names_no_case_and_nothing_agreed(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = of_each_kind(work, council, people)
    before = trail(council, audit.id)
    chat = chat_of(council, people.team_manager)

    kept = chat.types("team actions")
    read_in_the_chat = trail(council, audit.id)
    chat.presses("Show cases", kept)

    assert "CF-1001" not in str(kept)
    assert "Step" not in text(kept)
    assert read_in_the_chat == before
    assert trail(council, audit.id)[len(before) :] == [("read", people.team_manager.id)]


@pytest.mark.rule("RO-02")
def test_what_was_confirmed_lately_says_whether_it_lasted_and_where_oversight_was_noted(
    council: Council, people: Staff
) -> None:
    manager = people.team_manager
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        does(work, council, people, audit.id, NOW)
        confirms(work, council, manager, audit.id, NOW)
        action = the_action(work, audit.id)
        note: dict[str, Any] = {"note": "Seen.", "recorded": "supervision note of 5 June"}
        note_oversight(work, council, by=manager, action_id=action.id, now=NOW, **note)
    unasked = text(chat_of(council, manager).sends(ShowTeamActions(0).pack()))
    with council.write() as work:
        values = {"closed_at": NOW, "impact_due_on": date(2026, 8, 18)}
        assert work.followups.change(work.followups.get(audit.id), values)
    asked = text(chat_of(council, manager).sends(ShowTeamActions(0).pack()))
    with council.write() as work:
        kept = {"impact": Impact.LOST.value, "impact_text": "No.", "impact_on": DAY, "impact_by": manager.id}
        assert work.followups.change(work.followups.get(audit.id), kept)
    answered = text(chat_of(council, manager).sends(ShowTeamActions(0).pack()))
    last_day = text(chat_of(council, manager, DAY + timedelta(days=30)).sends(ShowTeamActions(0).pack()))
    gone = text(chat_of(council, manager, DAY + timedelta(days=31)).sends(ShowTeamActions(0).pack()))

    assert "asked some time after the audit is closed" in unasked
    assert "asked on 18 August 2026" in asked
    assert "it was lost again" in answered
    for place in ("supervision note of 4 June", "supervision note of 5 June"):
        assert place in answered
        assert place in last_day
        assert place not in gone
    assert "it was lost again" in last_day
    assert "it was lost again" not in gone


@on_one_engine
@pytest.mark.rule("RO-02")
def test_the_board_is_read_page_by_page(council: Council, people: Staff) -> None:
    with council.write() as work:
        for number in range(9):
            reference = f"CF-{3000 + number}"
            page = ActionsPage((ActionLine("Visit.", people.practitioner.id, date(2026, 5, 29)),))
            a_submitted_audit(work, council, people, reference=reference, pages={ACTIONS: page})
    chat = chat_of(council, people.team_manager)

    first = chat.presses("Show cases", chat.types("team actions"))
    second = chat.presses("Show 1 more", first)
    beyond = chat.sends(ShowTeamActions(900).pack())

    assert "CF-3007" in text(first)
    assert "CF-3008" not in text(first)
    assert "CF-3008" in text(second)
    assert "CF-3007" not in text(second)
    assert text(chat.presses("From the top", second)) == text(first) == text(beyond)


@pytest.mark.rule("RO-02", "CA-23")
def test_nobody_finds_on_the_board_what_they_do_not_answer_for(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        other = a_person(work, "Ona Other", Post.TM, team_id=people.other_team.id)
        officer = work.people.get(people.qa_officer.id)

    before = trail(council, audit.id)
    for person in (people.practitioner, people.auditor, people.line_manager, other, officer):
        assert "CF-1001" not in text(chat_of(council, person).sends(ShowTeamActions(0).pack())), person.name
    assert trail(council, audit.id) == before


@pytest.mark.rule("RO-02")
def test_the_service_manager_follows_the_board_and_opens_nothing(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = of_each_kind(work, council, people)
        action = work.actions.of_audit(audit.id)[0]
    chat = chat_of(council, people.service_manager)

    board = chat.sends(ShowTeamActions(0).pack())

    assert "CF-1001" in text(board)
    assert "Step 0." not in text(board)
    assert "Open" not in [title for title, _ in buttons(board)]
    assert "not yours to open" in text(chat.sends(ShowAction(action.id).pack()))


@pytest.mark.rule("RO-02", "CA-23")
def test_a_managers_cover_has_the_board_while_they_are_on_leave(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_submitted_audit(work, council, people)
        cover = a_person(work, "Cam Cover", Post.ATM, team_id=people.team.id)
        away = (Leave(DAY, DAY + timedelta(days=1)),)
        work.people.change(people.team_manager.id, {"cover_id": cover.id, "leave": away})

    on_leave = chat_of(council, cover).types("actions")
    back = chat_of(council, cover, DAY + timedelta(days=2)).types("team actions")

    assert "Open" in [title for title, _ in buttons(on_leave)]
    assert "I am not sure" in text(back)


@on_one_engine
@pytest.mark.rule("RO-03")
def test_actions_means_ones_own_to_whoever_answers_for_nobody(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_submitted_audit(work, council, people)

    mine = chat_of(council, people.practitioner).types("actions")

    assert "My actions" in text(mine)


@on_one_engine
@pytest.mark.rule("RO-02", "PR-02")
def test_a_managers_day_leads_to_the_board(council: Council, people: Staff) -> None:
    day = ShowDay(DAY.isoformat()).pack()

    titles = [title for title, _ in buttons(chat_of(council, people.team_manager).sends(day))]
    others = [title for title, _ in buttons(chat_of(council, people.practitioner).sends(day))]

    assert "Team actions" in titles
    assert "Team actions" not in others
