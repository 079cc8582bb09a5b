"""What an agenda knows of each item, counted when it is read, and that none of it tells of a child."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from domain.days import uk_date
from domain.errors import NotAllowed
from domain.governance import CDLT, QA_BOARD, QA_GROUP, SMT, ActivityKind
from domain.indicators import Every
from domain.learning import EntryState
from domain.meetings import Meeting, MeetingState
from domain.narratives import Report
from domain.people import Post
from domain.plan_drafting import draft
from domain.tracking import TrackedKind
from storage.tables_performance import exceptions, indicators
from storage.work import Work
from tests.builders import NOW, Staff, a_person, a_round, a_submitted_audit, an_accepted_audit
from tests.dialogs.scripts import on_one_engine
from tests.governance import TERMS, a_board, a_clinic, a_meeting, a_row, an_item
from tests.learning import an_entry
from tests.performance import a_narrative, an_indicator, figures, of_service
from workflows.agenda import meetings_for, next_meeting, open_meeting
from workflows.agenda_facts import Setting, facts_of
from workflows.asking_reports import answer_report
from workflows.bodies import line_of
from workflows.council import Council
from workflows.exception_raising import raise_exceptions

pytestmark = on_one_engine


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


def lines(work: Work, council: Council, people: Staff, meeting_id: int, key: str) -> tuple[str, ...]:
    """The lines of one item, as the QA officer reads them."""
    agenda = open_meeting(work, council, by=people.qa_officer, meeting_id=meeting_id, now=NOW)
    return next(part.lines for part in agenda.parts if part.key == key)


@pytest.mark.rule("OG-03", "Q31")
def test_the_core_item_says_how_far_the_round_is(work: Work, council: Council, people: Staff) -> None:
    meeting = a_meeting(work)
    a_round(work)
    for number in range(5):
        a_submitted_audit(work, council, people, reference=f"CF-{number}")
        an_accepted_audit(work, people, reference=f"CG-{number}")

    found = lines(work, council, people, meeting.id, "core")

    assert found[0] == "May 2026 round: 5 of 10 submitted."


@pytest.mark.rule("OG-03", "SG-03")
def test_the_core_item_tells_no_more_of_a_round_than_the_channel(
    work: Work, council: Council, people: Staff
) -> None:
    """One of two came in, and the other is late: both are known to somebody in the room."""
    meeting = a_meeting(work)
    a_round(work)
    a_submitted_audit(work, council, people, reference="CF-1")
    an_accepted_audit(work, people, reference="CF-2")
    line = line_of(council, meeting)
    assert line is not None

    found = facts_of(Setting(work, council, meeting, NOW + timedelta(days=40)), ("core",))["core"]

    assert found[:2] == (
        "May 2026 round: how many audits came in is not shown.",
        "Audits overdue: this round not shown.",
    )


@pytest.mark.rule("PF-11", "SG-03")
def test_how_few_came_in_since_a_board_met_is_not_said(work: Work, council: Council, people: Staff) -> None:
    a_round(work)
    a_submitted_audit(work, council, people, reference="CF-1")
    board = a_meeting(work, body=QA_BOARD)

    found = facts_of(Setting(work, council, board, NOW), ("outcomes",))["outcomes"]

    assert found[0].startswith("Audits submitted since last time: fewer than 5.")


@pytest.mark.rule("OG-01", "OG-06")
def test_a_decision_that_nobody_is_to_carry_out_is_told_at_the_next_meeting_and_then_no_more(
    work: Work, council: Council, people: Staff
) -> None:
    april, may = a_meeting(work, on=date(2026, 4, 15)), a_meeting(work)
    june = a_meeting(work, on=date(2026, 6, 17))
    spring = datetime(2026, 4, 15, 10, 0, tzinfo=UTC)
    decided = {"kind": TrackedKind.DECISION, "due_on": None, "meeting_id": april.id, "now": spring}
    a_row(work, None, title="We keep the tool as it is", **decided)
    a_row(work, people.service_manager, title="Write a guide", meeting_id=april.id, now=spring)
    held(work, april)

    next_one = lines(work, council, people, may.id, "last_time")
    held(work, may)
    the_one_after = lines(work, council, people, june.id, "last_time")

    assert any("We keep the tool" in line for line in next_one)
    assert not any("We keep the tool" in line for line in the_one_after)
    assert any("Write a guide" in line for line in the_one_after)


@pytest.mark.rule("PF-02", "OG-01")
def test_what_a_clinic_decided_stands_on_its_next_agenda(work: Work, council: Council, people: Staff) -> None:
    first = a_clinic(work, people.service.id, on=date(2026, 4, 14))
    second = a_clinic(work, people.service.id)
    for number in range(6):
        a_row(work, people.team_manager, title=f"Visit team {number}", meeting_id=first.id)
    held(work, first)

    found = lines(work, council, people, second.id, "last_time")

    assert found[0] == "6 things still open."
    assert [line.split(" (")[0] for line in found[1:]] == [f"Visit team {number}" for number in range(6)]


def test_every_body_goes_through_what_it_decided_first(council: Council) -> None:
    assert {line.items[0].key for line in council.framework.meetings} == {"last_time"}


@pytest.mark.rule("PF-12")
def test_a_report_that_a_group_asked_for_stands_on_its_next_agenda_once_it_is_answered(
    work: Work, council: Council, people: Staff
) -> None:
    smt = a_meeting(work, body=SMT, on=date(2026, 5, 19))
    request_id = work.report_requests.add(
        body=SMT, what="Why visits are late", why="y", by=people.ad_qa.id, owner_id=people.qa_officer.id,
        due_on=date(2026, 5, 11), now=NOW,
    )  # fmt: skip
    before = lines(work, council, people, smt.id, "last_time")

    answer_report(
        work,
        council,
        by=people.qa_officer,
        request_id=request_id,
        version=1,
        typed={"answer": "Two teams were short of staff."},
        now=NOW,
    )

    assert before == ("Nothing is open.",)
    assert lines(work, council, people, smt.id, "last_time") == (
        "Nothing is open.",
        "Report you asked for, answered 1 May 2026: Why visits are late",
    )


@pytest.mark.rule("PF-10")
def test_cdlt_reads_whether_the_quarters_analysis_is_there(
    work: Work, council: Council, people: Staff
) -> None:
    cdlt = a_meeting(work, body=CDLT, on=date(2026, 5, 25))
    asked = a_narrative(work, people.ad_qa, report=Report.PSW_ANALYSIS, period_on=date(2026, 1, 1))
    before = lines(work, council, people, cdlt.id, "analysis")
    work.narratives.lock(asked, NOW)

    assert before == ("That of Q4 2025/26 is written by 8 May 2026.",)
    assert "It stands in the quarterly report of" in lines(work, council, people, cdlt.id, "analysis")[0]


def held(work: Work, meeting: Meeting) -> None:
    values = {"state": MeetingState.HELD.value, "held_on": meeting.planned_on}
    assert work.meetings.change(meeting, values)


@pytest.mark.rule("OG-04", "Q25")
def test_the_group_plans_practice_week_at_each_meeting_until_it_is_over(
    work: Work, council: Council, people: Staff
) -> None:
    meeting = a_meeting(work)
    drafted = draft(council.framework.plan, 2026, bank_holidays=council.bank_holidays)
    weeks = [one for one in drafted if one.kind is ActivityKind.PRACTICE_WEEK]
    for one in weeks:
        an_item(work, title=one.title, kind=one.kind, starts_on=one.starts_on, ends_on=one.ends_on)
    over = {"kind": ActivityKind.PRACTICE_WEEK, "starts_on": date(2026, 1, 12), "ends_on": date(2026, 1, 16)}
    an_item(work, title="Last winter's", **over)

    found = lines(work, council, people, meeting.id, "practice_week")

    # Twice a year (Q25), each with its days; one that is over is planned no more.
    assert len(weeks) == 2
    assert [line.split(":")[0] for line in found] == [one.title for one in weeks]
    assert uk_date(weeks[0].starts_on) in found[0]


@pytest.mark.rule("OG-06")
def test_the_log_item_says_what_is_due_and_what_waits_to_be_closed(
    work: Work, council: Council, people: Staff
) -> None:
    meeting = a_meeting(work)
    an_entry(work, people.service_manager, due_on=date(2026, 4, 30))
    a_row(work, people.service_manager, due_on=date(2026, 4, 30))
    done = a_row(work, people.service_manager)
    assert work.tracking.change(done, {"state": "done", "impact": "Clearer.", "more_needed": False})

    found = lines(work, council, people, meeting.id, "log")

    assert found == (
        "Learning log: 1 entry under way, 1 overdue.",
        "1 not assured yet.",
        "Tracker: 1 under way, 1 overdue.",
        "1 done and to be closed: what changed, and is more needed?",
    )


@pytest.mark.rule("OG-07", "OG-02")
def test_the_plan_item_says_what_the_next_sixty_days_hold(
    work: Work, council: Council, people: Staff
) -> None:
    meeting = a_meeting(work)
    an_item(work, title="Neglect", starts_on=date(2026, 6, 15))
    an_item(work, title="Too far", kind=ActivityKind.DIP, starts_on=date(2026, 7, 1))

    ahead = lines(work, council, people, meeting.id, "plan")
    thematic = lines(work, council, people, meeting.id, "thematic")

    assert ahead == ("20 May 2026: QA Group", "15 June 2026: Neglect")
    assert thematic == ("Neglect: 15 June 2026 to 10 July 2026; terms not signed yet.",)


@pytest.mark.rule("QB-01", "QB-02", "OG-10")
def test_the_board_reads_what_changed_and_what_is_to_be_signed(
    work: Work, council: Council, people: Staff
) -> None:
    board = a_board(work)
    an_item(work, title="Neglect", terms=TERMS)
    entry = an_entry(work, people.service_manager, now=NOW - timedelta(days=9))
    assert work.learning.change(
        entry,
        {
            "state": EntryState.CLOSED.value,
            "impact": "Children know their plan. " * 20,
            "more_needed": True,
            "closed_at": NOW,
            "closed_by": people.qa_officer.id,
        },
    )

    difference = lines(work, council, people, board.id, "difference")

    assert difference[0] == "1 thing closed since last time, 1 of them needing more."
    assert difference[1].startswith(f"{entry.title}: Children know their plan.")
    assert len(difference[1]) < 260
    assert lines(work, council, people, board.id, "terms") == ("Neglect, from 15 June 2026: ready to sign.",)
    assert lines(work, council, people, board.id, "themes")[0].endswith(": 1 entry.")


@pytest.mark.rule("PF-04", "PF-09")
def test_a_clinic_reads_its_own_exceptions_and_nobody_elses(
    work: Work, council: Council, people: Staff
) -> None:
    clinic = a_clinic(work, people.service.id)
    indicator = work._connection.execute(
        sa.insert(indicators)
        .values(
            key="visits",
            name="Visits on time",
            definition="",
            polarity="higher",
            unit="%",
            theme="",
            version=1,
        )
        .returning(indicators.c.id)
    ).scalar_one()
    for team, reply in ((people.team, "Two workers are ill."), (people.other_team, "Not here.")):
        work._connection.execute(
            sa.insert(exceptions).values(
                indicator_id=indicator,
                every="month",
                period_on=date(2026, 4, 1),
                scope=f"team {team.id}",
                team_id=team.id,
                kind="target",
                value=70,
                reply=reply,
                action="Cover from Monday.",
                state="open",
                version=1,
            )
        )

    found = lines(work, council, people, clinic.id, "exceptions")

    assert found == ("Visits on time, Conifers 1: Two workers are ill. To do: Cover from Monday.",)


@pytest.mark.rule("SG-01")
def test_no_agenda_names_a_case(work: Work, council: Council, people: Staff) -> None:
    a_round(work)
    a_submitted_audit(work, council, people, reference="CF-7777")
    meetings = [a_meeting(work), a_board(work), a_clinic(work, people.service.id)]
    meetings += [a_meeting(work, body=body, on=date(2026, 7, 21)) for body in ("smt", "cdlt")]

    for meeting in meetings:
        agenda = open_meeting(work, council, by=people.qa_officer, meeting_id=meeting.id, now=NOW)
        assert "CF-7777" not in repr(agenda)
        assert agenda.parts


@pytest.mark.rule("OG-11", "PF-02", "Q28")
def test_each_person_sees_the_meetings_of_the_bodies_they_sit_on(
    work: Work, council: Council, people: Staff
) -> None:
    group, clinic = a_meeting(work), a_clinic(work, people.service.id)
    elsewhere = a_clinic(work, people.other_service.id)
    held = a_meeting(work, on=date(2026, 4, 15))
    assert work.meetings.change(held, {"state": MeetingState.HELD.value, "held_on": held.planned_on})
    performance = a_person(work, "Rowan Figures", Post.PERFORMANCE)

    def seen(by: object, body: str = "") -> list[int]:
        found = meetings_for(work, council, by=by, body=body, now=NOW)  # type: ignore[arg-type]
        return [one.meeting.id for one in found]

    assert seen(people.team_manager) == [clinic.id]
    assert seen(people.service_manager) == [clinic.id, group.id, held.id]
    assert set(seen(performance)) == {clinic.id, elsewhere.id}
    assert seen(people.qa_officer, "qa_group") == [group.id, held.id]
    for nobody in (people.practitioner, people.second_auditor):
        with pytest.raises(NotAllowed):
            seen(nobody)
    nearest = next_meeting(work, council, by=people.cover, body="", now=NOW)
    assert nearest is not None
    assert nearest.id == elsewhere.id


@pytest.mark.rule("OG-03", "PF-06", "PF-09", "RO-08")
def test_agendas_say_what_audits_found_and_how_figures_stand(
    work: Work, council: Council, people: Staff
) -> None:
    april = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
    a_round(work)
    for number in range(5):
        a_submitted_audit(work, council, people, reference=f"CF-{number}", now=april)
    figures(work, an_indicator(work), of_service(people), (60.0,))
    touched = {(1, Every.MONTH, of_service(people).scope)}
    raise_exceptions(work, council, touched, import_id=1, now=NOW)
    group, smt, cdlt = (
        a_meeting(work, body=body, on=date(2026, 7, 21 + place))
        for place, body in enumerate((QA_GROUP, SMT, CDLT))
    )
    july = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)

    def of(meeting: Meeting, key: str, now: datetime) -> tuple[str, ...]:
        line = line_of(council, meeting)
        assert line is not None
        return facts_of(Setting(work, council, meeting, now), (key,)).get(key, ())

    grades = next(line for line in of(group, "core", NOW) if line.startswith("Grades of March to April 2026"))
    numbers = of(smt, "numbers", july)
    plans = of(smt, "plans", july)

    assert "Good 5" in grades
    assert numbers[0].startswith("Figures that need a look: 1; got better: 0.")
    assert numbers[1].startswith("Grades of Q1 2026/27: ")
    assert plans[:2] == ("From audits of Q1 2026/27:", "Actions agreed: 5.")
    assert of(cdlt, "dataset", july)[1] == "Exceptions that stand: 1, of which 0 explained."


@pytest.mark.rule("SG-03")
def test_an_agenda_gives_no_small_number_away(work: Work, council: Council, people: Staff) -> None:
    a_round(work)
    a_submitted_audit(work, council, people, reference="CF-1", now=datetime(2026, 4, 15, 9, 0, tzinfo=UTC))
    meeting = a_meeting(work)

    (grades,) = [line for line in lines(work, council, people, meeting.id, "core") if "Grades" in line]

    assert "not shown" in grades
    assert "1" not in grades
