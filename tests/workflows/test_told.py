"""What managers are told of on the card of their day: truly, in few words, and only while it is theirs."""

from datetime import date

import pytest

from domain.errors import NotAllowed
from domain.people import Post
from scheduler.drawing import Needless
from tests.builders import Staff, a_person, a_submitted_audit, an_accepted_audit
from tests.chat import Chat, text
from tests.workflows.nudged import (
    at,
    card_of,
    drawn,
    everyone_told,
    goes_on_leave,
    is_covered,
    sweeps,
    week_begins,
)
from workflows.council import Council
from workflows.day import open_week
from workflows.extending import EXTENSION, ask_extension

OVERDUE_3 = date(2026, 6, 3)


@pytest.mark.rule("CA-06", "SG-05")
def test_whoever_asked_for_more_time_is_named_to_everyone_else(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        other = a_person(work, "Robin Other", Post.SM, service_id=people.other_service.id)
    sweeps(council, OVERDUE_3)
    with council.write() as work:
        ask_extension(
            work,
            council,
            by=people.cover,
            audit_id=audit.id,
            kind=EXTENSION,
            until_on=date(2026, 6, 14),
            reason="Two weeks of sick leave.",
            now=at(OVERDUE_3, 8, 20),
        )

    asked = text(card_of(council, people.cover, at(OVERDUE_3, 8, 30)))
    told = text(card_of(council, other, at(OVERDUE_3, 8, 30)))

    assert "You asked for more time; the AD for QA has yet to decide." in asked
    assert "Cory Cover asked for more time; the AD for QA has yet to decide." in told
    assert "You asked" not in told


@pytest.mark.rule("CA-06", "SG-03")
def test_what_a_cover_was_told_is_theirs_only_while_they_cover(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_accepted_audit(work, people, auditor_id=people.line_manager.id)
        goes_on_leave(work, people.service_manager, date(2026, 6, 1), date(2026, 6, 5))
    sweeps(council, OVERDUE_3)
    friday, monday = date(2026, 6, 5), date(2026, 6, 8)

    during = Chat(council, people.cover, now=at(friday, 9)).types("my audits")
    after = Chat(council, people.cover, now=at(monday, 9)).types("my audits")

    assert "Ari Assistant's audit is overdue" in text(during)
    assert "Ari Assistant's audit is overdue" not in text(after)
    assert drawn(council, people.cover, at(monday, 9)) == Needless("nothing is left to do")


@pytest.mark.rule("CA-23", "RO-02", "SG-03")
def test_a_cover_opens_the_teams_week_while_they_cover_and_not_for_ever(
    council: Council, people: Staff
) -> None:
    monday, after = date(2026, 5, 11), date(2026, 5, 18)
    with council.write() as work:
        a_submitted_audit(work, council, people)
        is_covered(work, people.team_manager, people.bystander)
        goes_on_leave(work, people.team_manager, monday, date(2026, 5, 15))
    week_begins(council, monday)

    with council.read() as view:
        during = open_week(view, council, by=people.bystander, team_id=people.team.id, now=at(monday, 9))
        with pytest.raises(NotAllowed):
            open_week(view, council, by=people.bystander, team_id=people.team.id, now=at(after, 9))
        again = open_week(view, council, by=people.team_manager, team_id=people.team.id, now=at(after, 9))

    assert len(during.actions) == len(again.actions) == 1
    assert drawn(council, people.bystander, at(after, 9)) == Needless("nothing is left to do")


@pytest.mark.rule("CA-23", "RO-02")
def test_the_week_of_a_team_without_a_manager_goes_to_the_line_manager_of_who_owes_an_action(
    council: Council, people: Staff
) -> None:
    monday = date(2026, 5, 11)
    with council.write() as work:
        a_submitted_audit(work, council, people)
        work.people.mark_left([people.team_manager.id], date(2026, 5, 8))

    told = week_begins(council, monday)

    assert told == 1
    assert everyone_told(council, people) == {"Ari Assistant"}
    card = card_of(council, people.line_manager, at(monday, 8, 30))
    assert "An action of Perry Practitioner" in text(card)
    with council.read() as view:
        week = open_week(view, council, by=people.line_manager, team_id=people.team.id, now=at(monday, 9))
        with pytest.raises(NotAllowed):
            open_week(view, council, by=people.bystander, team_id=people.team.id, now=at(monday, 9))
    assert len(week.actions) == 1


@pytest.mark.rule("CA-23", "RO-02")
def test_the_week_of_a_team_with_nobody_above_its_people_goes_to_the_service_manager(
    council: Council, people: Staff
) -> None:
    monday = date(2026, 5, 11)
    with council.write() as work:
        a_submitted_audit(work, council, people)
        work.people.mark_left([people.team_manager.id, people.line_manager.id], date(2026, 5, 8))

    week_begins(council, monday)

    assert everyone_told(council, people) == {"Shay Service"}
