"""A round's reports: once, on their day or after a pause, to whoever can act on them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from cards.payloads_reports import ShowReport
from domain.errors import NotAllowed
from domain.people import Leave, Person, Post
from domain.trail import day_chain
from scheduler.drawing import Drawn, Needless
from storage.work import Work
from tests.builders import Staff, a_person, a_round, a_submitted_audit, an_accepted_audit
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import on_one_engine
from tests.workflows.nudged import drawn
from workflows.council import Council
from workflows.report_access import covered_teams, whose
from workflows.reporting import moderation_report, service_report, team_summary
from workflows.round_reports import OFFICE, SERVICE_REPORT, TEAM_SUMMARY, report_due

FIFTIETH = date(2026, 6, 20)
"""A Saturday, fifty days after the first of May."""
MONDAY = date(2026, 6, 22)


def on(day: date) -> datetime:
    return datetime.combine(day, time(8), UTC)


def told(work: Work, round_id: int) -> dict[str, set[int | None]]:
    """Kind to whom it goes."""
    kinds = (TEAM_SUMMARY, SERVICE_REPORT, OFFICE)
    return {kind: {notice.person_id for notice in work.notices.of(kind, round_id)} for kind in kinds}


def reports_on(made: Drawn) -> list[str]:
    """The reports that the card's buttons lead to, in order."""
    return [data["plumbline"]["report"] for _, data in buttons(made.card)]


@on_one_engine
@pytest.mark.rule("CA-20", "CA-21", "MO-20", "RO-08")
def test_managers_of_teams_and_services_and_the_office_are_told_when_the_day_has_come(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        round_id = a_submitted_audit(work, council, people).round_id
        nowhere = a_person(work, "Nico Nowhere", Post.SM)

        assert report_due(work, council, now=on(FIFTIETH - timedelta(days=1))) == 0
        assert report_due(work, council, now=on(FIFTIETH)) == 1

        assert told(work, round_id) == {
            # The audited team's manager; the auditor manages a team nobody of which was audited.
            TEAM_SUMMARY: {people.team_manager.id},
            SERVICE_REPORT: {people.service_manager.id, people.cover.id},
            OFFICE: {people.qa_officer.id},
        }
        assert nowhere.id not in told(work, round_id)[SERVICE_REPORT]


@on_one_engine
@pytest.mark.rule("CA-20")
def test_after_a_pause_each_round_is_made_up_for_and_no_round_is_told_twice(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        rounds = [a_submitted_audit(work, council, people).round_id]
        rounds.append(an_accepted_audit(work, people, month=date(2026, 7, 1), reference="CF-2").round_id)
        a_round(work, month=date(2026, 9, 1))
        a_round(work, month=date(2026, 3, 1), state="planned")

        assert report_due(work, council, now=on(date(2026, 8, 24))) == 2
        before = [told(work, round_id) for round_id in rounds]
        newcomer = a_person(work, "Nell New", Post.TM, team_id=people.team.id)
        assert report_due(work, council, now=on(date(2026, 8, 25))) == 0

        assert [told(work, round_id) for round_id in rounds] == before
        assert newcomer.id not in before[0][TEAM_SUMMARY]


@on_one_engine
@pytest.mark.rule("CA-20")
def test_whoever_covers_a_managers_leave_has_the_teams_summary_while_it_lasts(
    council: Council, people: Staff
) -> None:
    now, after = on(MONDAY), on(MONDAY + timedelta(days=1))
    leave = (Leave(MONDAY, MONDAY),)
    with council.write() as work:
        cover = a_person(work, "Ola Other", Post.ATM, team_id=people.other_team.id)
        work.people.change(people.team_manager.id, {"leave": leave, "cover_id": cover.id})
        round_id = a_submitted_audit(work, council, people).round_id
        report_due(work, council, now=now)

        assert told(work, round_id)[TEAM_SUMMARY] == {people.team_manager.id, cover.id}
        found = team_summary(work, council, by=cover, round_id=round_id, now=now, covered=True)
        assert found.team == people.team.name
        for by, covered in ((cover, False), (people.line_manager, True), (people.team_manager, True)):
            with pytest.raises(NotAllowed):
                team_summary(work, council, by=by, round_id=round_id, now=now, covered=covered)

    card = drawn(council, cover, now, TEAM_SUMMARY, round_id)
    assert isinstance(card, Drawn)
    assert "the team you cover" in text(card.card)
    assert drawn(council, cover, after, TEAM_SUMMARY, round_id) == Needless("the report is no longer theirs")


@on_one_engine
@pytest.mark.rule("CA-20")
def test_a_cover_who_manages_a_team_too_opens_both_summaries_from_one_card(
    council: Council, people: Staff
) -> None:
    now, after = on(MONDAY), on(MONDAY + timedelta(days=1))
    with council.write() as work:
        covered = {"leave": (Leave(MONDAY, MONDAY),), "cover_id": people.auditor.id}
        work.people.change(people.team_manager.id, covered)
        round_id = a_submitted_audit(work, council, people).round_id
        report_due(work, council, now=now)

        (_, second) = sorted(one.person_id or 0 for one in work.notices.of(TEAM_SUMMARY, round_id))
        teams = [
            team_summary(work, council, by=people.auditor, round_id=round_id, now=now, covered=covering).team
            for covering in (False, True)
        ]
    both = drawn(council, people.auditor, now, TEAM_SUMMARY, round_id)
    own = drawn(council, people.auditor, after, TEAM_SUMMARY, round_id)
    office = drawn(council, people.qa_officer, now, OFFICE, round_id)

    assert second == max(people.auditor.id, people.team_manager.id)
    assert teams == [people.other_team.name, people.team.name]
    for made, reports in ((both, ["team", "team_covered", "headline"]), (own, ["team", "headline"])):
        assert isinstance(made, Drawn)
        assert reports_on(made) == reports
    assert isinstance(office, Drawn)
    # A cover is no second manager of the team, whatever else they manage.
    assert "went to 1 team manager and 2 service managers, and to 1 person covering" in text(office.card)


@on_one_engine
@pytest.mark.rule("RO-08", "MO-20", "SG-03")
def test_whoever_covers_a_service_managers_leave_has_both_their_reports_while_it_lasts(
    council: Council, people: Staff
) -> None:
    now, after = on(MONDAY), on(MONDAY + timedelta(days=1))
    with council.write() as work:
        deputy = a_person(work, "Dee Deputy", Post.ATM, team_id=people.other_team.id, is_auditor=True)
        covered = {"leave": (Leave(MONDAY, MONDAY),), "cover_id": deputy.id}
        # Cory manages the auditors' service.
        work.people.change(people.cover.id, covered)
        of_manager = a_submitted_audit(work, council, people)
        a_submitted_audit(work, council, people, auditor_id=deputy.id, reference="CF-1003")
        round_id = of_manager.round_id
        report_due(work, council, now=now)
        given: dict[str, Any] = {"round_id": round_id, "now": now}

        assert told(work, round_id)[SERVICE_REPORT] == {
            people.service_manager.id,
            people.cover.id,
            deputy.id,
        }
        theirs = service_report(work, council, by=deputy, covered=True, **given)
        absent = service_report(work, council, by=people.cover, **given)
        _, went = moderation_report(work, council, by=deputy, covered=True, **given)
        _, of_absent = moderation_report(work, council, by=people.cover, **given)
        for ask in (service_report, moderation_report):
            for by, covering in ((deputy, False), (people.cover, True), (people.second_auditor, True)):
                with pytest.raises(NotAllowed):
                    ask(work, council, by=by, covered=covering, **given)
            with pytest.raises(NotAllowed):
                ask(work, council, by=deputy, covered=True, round_id=round_id, now=after)

    card = drawn(council, deputy, now, SERVICE_REPORT, round_id)
    office = drawn(council, people.qa_officer, now, OFFICE, round_id)
    assert theirs == absent
    assert theirs.service == people.other_service.name
    # Alex is told of to both by name, and whoever covers reads nothing of themselves.
    assert [one[0] for one in went.not_moderated] == ["Alex Auditor"]
    assert {one[0] for one in of_absent.not_moderated} == {"Alex Auditor", "Dee Deputy"}
    assert isinstance(card, Drawn)
    assert reports_on(card) == [
        "service_covered",
        "moderation_covered",
    ]
    assert "the service you cover" in text(card.card)
    Chat(council, deputy, now=now).sends(ShowReport("moderation_covered", round_id).pack())
    with council.read() as view:
        rows = [(row.verb, row.actor, row.subject) for row in view.trail.rows(day_chain(MONDAY))]
    assert ("read", deputy.id, f"moderation_covered report of round {round_id}") in rows
    assert drawn(council, deputy, after, SERVICE_REPORT, round_id) == Needless(
        "the report is no longer theirs"
    )
    assert isinstance(office, Drawn)
    assert "1 team manager and 2 service managers, and to 1 person covering" in text(office.card)


@on_one_engine
@pytest.mark.rule("CA-20", "SG-03")
def test_whoever_covers_two_team_managers_sees_each_team_and_no_other(
    council: Council, people: Staff
) -> None:
    now, after = on(MONDAY), on(MONDAY + timedelta(days=1))
    with council.write() as work:
        acorns = work.people.team_named("Acorns 1", people.other_service.id)
        mara = a_person(work, "Mara Manager", Post.TM, team_id=acorns.id)
        deputy = a_person(work, "Dee Deputy", Post.ATM, team_id=people.team.id)
        first = {"leave": (Leave(MONDAY, MONDAY + timedelta(days=1)),), "cover_id": deputy.id}
        work.people.change(people.team_manager.id, first)
        work.people.change(mara.id, {"leave": (Leave(MONDAY, MONDAY),), "cover_id": deputy.id})
        round_id = a_submitted_audit(work, council, people).round_id
        report_due(work, council, now=now)

        def team_of(manager_id: int, when: datetime = now, by: Person = deputy) -> str:
            subject = whose(round_id, manager_id)
            return team_summary(work, council, by=by, round_id=subject, now=when, covered=True).team

        assert [one.name for one in covered_teams(work, council, deputy, now)] == ["Acorns 1", "Conifers 1"]
        assert (team_of(mara.id), team_of(people.team_manager.id)) == ("Acorns 1", "Conifers 1")
        # Whom they cover is looked up anew, and Mara is back the day after.
        assert team_of(people.team_manager.id, after) == "Conifers 1"
        for manager_id, when, by in (
            (mara.id, after, deputy),
            (people.auditor.id, now, deputy),
            (999_999, now, deputy),
            (mara.id, now, people.line_manager),
            (mara.id, now, mara),
        ):
            with pytest.raises(NotAllowed):
                team_of(manager_id, when, by)
        # A button of before says the round alone, and means the first of them.
        assert team_summary(work, council, by=deputy, round_id=round_id, now=now, covered=True).team in (
            "Acorns 1",
            "Conifers 1",
        )

    card = drawn(council, deputy, now, TEAM_SUMMARY, round_id)
    assert isinstance(card, Drawn)
    assert "the teams you cover" in text(card.card)
    assert [title for title, _ in buttons(card.card)] == [
        "Team you cover: Acorns 1",
        "Team you cover: Conifers 1",
    ]
    chat = Chat(council, deputy, now=now)
    assert "Acorns 1" in text(chat.presses("Team you cover: Acorns 1", card.card))
    refused = chat.sends(ShowReport("team_covered", whose(round_id, people.auditor.id)).pack())
    assert "not yours" in text(refused)
    with council.read() as view:
        read = [row for row in view.trail.rows(day_chain(MONDAY)) if row.verb == "read"]
    assert [row.subject for row in read] == [f"team_covered report of round {round_id} for person {mara.id}"]


@on_one_engine
@pytest.mark.rule("SG-04")
def test_no_praise_goes_out_by_itself(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        report_due(work, council, now=on(MONDAY))

        assert work.praise.of_audits((audit.id,)) == ()


@on_one_engine
@pytest.mark.rule("CA-20", "SG-01", "SG-03")
def test_their_cards_lead_to_the_reports_and_hold_neither_figures_nor_names(
    council: Council, people: Staff
) -> None:
    now = on(MONDAY)
    with council.write() as work:
        round_id = a_submitted_audit(work, council, people).round_id
        report_due(work, council, now=now)

    team = drawn(council, people.team_manager, now, TEAM_SUMMARY, round_id)
    service = drawn(council, people.service_manager, now, SERVICE_REPORT, round_id)
    office = drawn(council, people.qa_officer, now, OFFICE, round_id)

    for made in (team, service, office):
        assert isinstance(made, Drawn)
        assert not any(word in text(made.card) for word in ("CF-1001", "Perry", "Alex", "Good:"))
    assert isinstance(office, Drawn)
    assert "went to 1 team manager and 2 service managers" in text(office.card)
    with council.write() as work:
        work.people.change(people.cover.id, {}, [Post.PSW])
    assert drawn(council, people.cover, now, SERVICE_REPORT, round_id) == Needless(
        "the report is no longer theirs"
    )
