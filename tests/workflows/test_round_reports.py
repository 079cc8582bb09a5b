"""A round's reports: once, on their day or after a pause, to whoever can act on them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.errors import NotAllowed
from domain.people import Leave, Post
from scheduler.drawing import Drawn, Needless
from storage.work import Work
from tests.builders import Staff, a_person, a_round, a_submitted_audit, an_accepted_audit
from tests.chat import text
from tests.dialogs.scripts import on_one_engine
from tests.workflows.nudged import drawn
from workflows.council import Council
from workflows.reporting import team_summary
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
        found = team_summary(work, council, by=cover, round_id=round_id, now=now)
        assert found.team == people.team.name
        with pytest.raises(NotAllowed):
            team_summary(work, council, by=people.line_manager, round_id=round_id, now=now)

    card = drawn(council, cover, now, TEAM_SUMMARY, round_id)
    assert isinstance(card, Drawn)
    assert "the team you cover" in text(card.card)
    assert drawn(council, cover, after, TEAM_SUMMARY, round_id) == Needless("the report is no longer theirs")


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
        work.people.change(people.cover.id, {}, [Post.PSW])

    team = drawn(council, people.team_manager, now, TEAM_SUMMARY, round_id)
    service = drawn(council, people.service_manager, now, SERVICE_REPORT, round_id)
    office = drawn(council, people.qa_officer, now, OFFICE, round_id)

    for made in (team, service, office):
        assert isinstance(made, Drawn)
        assert not any(word in text(made.card) for word in ("CF-1001", "Perry", "Alex", "Good:"))
    assert isinstance(office, Drawn)
    assert "went to 1 team manager and 2 service managers" in text(office.card)
    assert drawn(council, people.cover, now, SERVICE_REPORT, round_id) == Needless(
        "the report is no longer theirs"
    )
