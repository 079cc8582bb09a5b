"""What managers are told of on the card of their day: truly, in few words, and only while it is theirs."""

from datetime import date

import pytest

from domain.day import TEAM_ACTION
from domain.errors import NotAllowed
from domain.pages import ACTIONS, ActionLine, ActionsPage
from domain.people import Post
from scheduler.drawing import Needless
from tests.builders import (
    NOW,
    Staff,
    a_filled_audit,
    a_person,
    a_submitted_audit,
    an_accepted_audit,
)
from tests.chat import Chat, text
from tests.workflows.nudged import (
    at,
    card_of,
    day_cards,
    drawn,
    everyone_told,
    goes_on_leave,
    is_covered,
    sweeps,
    week_begins,
)
from workflows.audit_access import load_file
from workflows.auditing import submit_audit
from workflows.council import Council
from workflows.day import day_of, open_week
from workflows.extending import EXTENSION, ask_extension
from workflows.tried import open_tried

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

    assert "You asked for more time; it is yet to be decided." in asked
    assert "Cory Cover asked for more time; it is yet to be decided." in told
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


@pytest.mark.rule("CA-06", "SG-03")
@pytest.mark.parametrize(
    ("line_manager", "leave_of_line", "told"),
    [
        (True, False, {"Bo Boss"}),
        (True, True, {"Quinn Officer"}),
        (False, False, {"Quinn Officer"}),
    ],
)
def test_while_the_service_manager_is_away_uncovered_the_next_above_or_the_qa_office_hears(
    council: Council, people: Staff, line_manager: bool, leave_of_line: bool, told: set[str]
) -> None:
    june = (date(2026, 6, 1), date(2026, 6, 30))
    with council.write() as work:
        boss = a_person(work, "Bo Boss", Post.AD_CARE)
        work.people.change(people.cover.id, {"manager_id": boss.id if line_manager else None})
        goes_on_leave(work, people.cover, *june)
        if leave_of_line:
            goes_on_leave(work, boss, *june)
        audit = an_accepted_audit(work, people)
    deputies = (boss, people.qa_officer)

    sweeps(council, OVERDUE_3)

    heard = [p for p in deputies if day_cards(council, p)]
    assert {p.name for p in heard} == told
    (deputy,) = heard
    assert day_cards(council, people.cover) == []
    assert "Alex Auditor's audit is overdue" in text(card_of(council, deputy, at(OVERDUE_3, 8, 30)))
    with council.write() as work:
        tried = open_tried(work, council, by=deputy, audit_id=audit.id, now=at(OVERDUE_3, 9))
        back = at(date(2026, 7, 1), 9)
        with pytest.raises(NotAllowed):
            open_tried(work, council, by=deputy, audit_id=audit.id, now=back)
    assert not tried.may_ask
    assert drawn(council, deputy, back) == Needless("nothing is left to do")


@pytest.mark.rule("CA-06")
@pytest.mark.parametrize("cover_is_away", [False, True])
def test_a_cover_who_is_there_is_waited_for_and_one_who_is_away_is_not(
    council: Council, people: Staff, cover_is_away: bool
) -> None:
    with council.write() as work:
        an_accepted_audit(work, people, auditor_id=people.line_manager.id)
        goes_on_leave(work, people.service_manager, date(2026, 6, 1), date(2026, 6, 30))
        if cover_is_away:
            goes_on_leave(work, people.cover, date(2026, 6, 1), date(2026, 6, 30))
        else:
            # Wednesday the 3rd is the cover's day off.
            work.people.change(people.cover.id, {"working_days": frozenset({3})})

    sweeps(council, OVERDUE_3)

    assert bool(day_cards(council, people.qa_officer)) is cover_is_away
    assert day_cards(council, people.cover) == []


@pytest.mark.rule("CA-06")
def test_the_auditor_reads_of_managers_only_what_is_true_whoever_is_there(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)

    sweeps(council, OVERDUE_3)

    said = text(card_of(council, people.auditor, at(OVERDUE_3, 8, 30)))
    assert "Your service manager, or whoever stands in for them, hears of it too." in said
    assert "today and can" not in said


@pytest.mark.rule("CA-06", "SG-03")
def test_an_auditor_who_covers_their_own_manager_is_not_who_hears(council: Council, people: Staff) -> None:
    with council.write() as work:
        is_covered(work, people.cover, people.auditor)
        goes_on_leave(work, people.cover, date(2026, 6, 1), date(2026, 6, 30))
        an_accepted_audit(work, people)

    sweeps(council, OVERDUE_3)

    with council.read() as view:
        told = [row.line for row in view.nudges.of_person(people.auditor.id, "audit")]
    assert "overdue_told" not in told
    assert day_cards(council, people.qa_officer)


@pytest.mark.rule("CA-23", "RO-02")
def test_an_overdue_action_whose_owner_has_left_is_told_to_their_team_manager(
    council: Council, people: Staff
) -> None:
    monday = date(2026, 6, 1)
    with council.write() as work:
        a_submitted_audit(work, council, people)
        work.people.mark_left([people.practitioner.id], date(2026, 5, 20))

    for day in (monday, date(2026, 6, 2), OVERDUE_3):
        sweeps(council, day)

    assert monday in [card.day for card in day_cards(council, people.team_manager)]
    assert day_cards(council, people.practitioner) == []
    said = text(card_of(council, people.team_manager, at(monday, 8, 30)))
    assert "An action of Perry Practitioner" in said
    assert "They have left. Please agree who takes it on." in said
    with council.read() as view:
        rows = view.nudges.of_person(people.team_manager.id, "action")
    assert [row.line for row in rows] == ["action_overdue"]


def agreed(council: Council, people: Staff, number: int) -> None:
    """A submitted audit with this many actions of the practitioner, due on Sunday 31 May."""
    line = ActionLine("Rewrite the plan with the child.", people.practitioner.id, date(2026, 5, 31))
    with council.write() as work:
        pages = {ACTIONS: ActionsPage((line,) * number)}
        audit = a_filled_audit(work, council.framework, people, pages=pages)
        revision = load_file(work, audit).revision
        submit_audit(work, council, by=people.auditor, audit_id=audit.id, revision=revision, now=NOW)
        work.audits.add_review(audit.id, by=people.team_manager.id, nominated=False, reason="", now=NOW)


@pytest.mark.rule("CA-23", "RO-02")
@pytest.mark.parametrize(("number", "in_list"), [(1, 0), (4, 0), (6, 2)])
def test_on_a_monday_an_overdue_action_stands_in_the_list_or_under_the_week_and_not_in_both(
    council: Council, people: Staff, number: int, in_list: int
) -> None:
    monday = date(2026, 6, 1)
    agreed(council, people, number)

    week_begins(council, monday)
    sweeps(council, monday)

    with council.read() as view:
        found = day_of(view, council, by=people.team_manager, day=monday, now=at(monday, 8, 30))
    listed = [item.subject_id for item in found.items if item.about == TEAM_ACTION]
    (week,) = found.weeks
    assert len(listed) == in_list
    assert len(week.actions) == number
    card = text(card_of(council, people.team_manager, at(monday, 8, 30)))
    assert card.count("An action of Perry Practitioner\n") == number


@pytest.mark.rule("CA-23", "PR-02")
def test_eight_actions_overdue_on_one_day_are_all_named_on_the_card(council: Council, people: Staff) -> None:
    day = date(2026, 6, 2)
    agreed(council, people, 8)

    sweeps(council, day)

    card = text(card_of(council, people.team_manager, at(day, 8, 30)))
    assert card.count("An action of Perry Practitioner\n") == 8
    assert "Show 2 more" in card


@pytest.mark.rule("CA-23")
@pytest.mark.parametrize(
    ("sweep", "read", "says"),
    [
        (date(2026, 5, 29), date(2026, 5, 29), "This is your last working day for it."),
        # The card of the Friday could not leave, so Monday's says what is true on Monday.
        (date(2026, 5, 29), date(2026, 6, 1), ""),
        (date(2026, 6, 1), date(2026, 6, 1), "What would help? Your manager hears of it too."),
        (date(2026, 6, 8), date(2026, 6, 8), "What would help? Your manager hears of it too."),
    ],
)
def test_an_action_that_is_overdue_is_never_said_to_have_its_last_day(
    council: Council, people: Staff, sweep: date, read: date, says: str
) -> None:
    agreed(council, people, 1)

    sweeps(council, sweep)

    said = text(card_of(council, people.practitioner, at(read, 8, 30)))
    assert "An action agreed with you" in said
    for line in ("This is your last working day for it.", "Your manager hears of it too."):
        assert (line in said) is (line in says)


@pytest.mark.rule("CA-06")
def test_an_audit_that_is_overdue_is_never_said_to_have_its_last_day(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)

    sweeps(council, date(2026, 5, 29))

    said = text(card_of(council, people.auditor, at(date(2026, 6, 1), 8, 30)))
    assert "1 day overdue" in said
    assert "last working day" not in said


@pytest.mark.rule("CA-23", "PR-02", "RO-02")
def test_my_audits_names_every_overdue_action_of_the_managers_people(council: Council, people: Staff) -> None:
    agreed(council, people, 8)
    for day in (date(2026, 6, 1), date(2026, 6, 2)):
        sweeps(council, day)

    listed = text(Chat(council, people.team_manager, now=at(date(2026, 6, 2), 9)).types("my audits"))

    assert listed.count("An action of Perry Practitioner") == 8
