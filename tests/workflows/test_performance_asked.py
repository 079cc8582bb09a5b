"""What people are asked about figures: weeks, exceptions, narratives, clinics, reports; chased and locked."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.errors import NotAllowed, NotFound, RuleBroken
from domain.governance import CLINIC
from domain.indicators import Every, Measured
from domain.meetings import slot_name
from domain.narratives import NarrativeState, Report
from domain.people import Leave, Person, Post
from domain.performance import Answer, ChangedMeanwhile, ExceptionState, RequestState
from scheduler.drawing import Needless
from tests.builders import NOW, Staff, a_person
from tests.governance import a_clinic, a_meeting
from tests.learning import drawn
from tests.performance import (
    APRIL,
    STEADY,
    a_narrative,
    an_exception,
    an_indicator,
    figures,
    of_service,
    of_team,
)
from tests.reminded import said_on, told_in_day
from workflows import asking_reports, clinic_packs, explaining, narrating, team_reporting
from workflows.agenda import open_meeting
from workflows.council import Council
from workflows.exception_raising import raise_exceptions
from workflows.learning_texts import TextsWanted
from workflows.meeting_telling import tell_of_meetings
from workflows.meetings import celebrate, move_meeting
from workflows.performance import Level, Place, require_place
from workflows.performance_reports import open_report

MONDAY = datetime(2026, 5, 11, 8, 15, tzinfo=UTC)


# --- A team's week ---


def a_week(council: Council, people: Staff, now: datetime = MONDAY) -> int:
    with council.write() as work:
        week = now.date() - timedelta(days=7)
        figures(work, an_indicator(work), of_team(people), STEADY, every=Every.WEEK, last_on=week)
    with council.write() as work:
        assert team_reporting.post_team_reports(work, council, now=now) == 1
        (report,) = work.team_reports.of_week(now.date())
        return report.id


@pytest.mark.rule("PF-01")
def test_a_teams_week_is_posted_once_to_its_manager(council: Council, people: Staff) -> None:
    report_id = a_week(council, people)

    with council.write() as work:
        again = team_reporting.post_team_reports(work, council, now=MONDAY + timedelta(days=2))
        notices = work.notices.of(team_reporting.POSTED, report_id)

    assert again == 0
    assert [one.person_id for one in notices] == [people.team_manager.id]


def test_without_new_figures_there_is_no_report(council: Council, people: Staff) -> None:
    a_week(council, people)

    with council.write() as work:
        assert team_reporting.post_team_reports(work, council, now=MONDAY + timedelta(days=14)) == 0


@pytest.mark.rule("PF-01")
def test_an_unanswered_week_is_chased_once_and_an_answered_one_never(council: Council, people: Staff) -> None:
    report_id = a_week(council, people)
    chased = []
    for days in (1, 2, 3):
        with council.write() as work:
            now = MONDAY + timedelta(days=days)
            chased.append(team_reporting.chase_team_reports(work, council, now=now))

    assert chased == [0, 1, 0]
    with council.write() as work:
        team_reporting.answer_team_report(
            work, council, by=people.team_manager, report_id=report_id, answer=Answer.SEEN, text="", now=NOW
        )
        assert work.team_reports.of_week(MONDAY.date())[0].answer is Answer.SEEN


@pytest.mark.rule("PF-01")
def test_while_a_manager_is_on_leave_their_cover_hears_reads_down_to_the_case_and_answers(
    council: Council, people: Staff
) -> None:
    """The cover is an assistant team manager, whose own post opens no team's figures."""
    with council.write() as work:
        cover = a_person(work, "Kit Cover", Post.ATM, team_id=people.other_team.id)
        away = {"cover_id": cover.id, "leave": (Leave(MONDAY.date(), MONDAY.date()),)}
        work.people.change(people.team_manager.id, away)
    report_id = a_week(council, people)
    places = [Place(level, people.team.id) for level in (Level.TEAM, Level.PEOPLE, Level.CASES)]

    def may(by: Person, now: datetime) -> list[bool]:
        seen = []
        for place in places:
            with council.read() as view:
                try:
                    seen.append(require_place(view, council, by=by, place=place, now=now))
                except NotAllowed:
                    seen.append(False)
        return seen

    with council.write() as work:
        told = [one.person_id for one in work.notices.of(team_reporting.POSTED, report_id)]
        team_reporting.answer_team_report(
            work, council, by=cover, report_id=report_id, answer=Answer.SEEN, text="", now=MONDAY
        )
    assert sorted(told) == sorted([people.team_manager.id, cover.id])
    assert may(cover, MONDAY) == [True, True, True]
    assert may(cover, MONDAY + timedelta(days=1)) == [False, False, False]


@pytest.mark.rule("PF-01")
def test_a_team_without_a_manager_has_its_week_answered_by_the_services(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        work.people.change(people.team_manager.id, {"left_on": date(2026, 5, 1)})

    report_id = a_week(council, people)

    with council.write() as work:
        told = [one.person_id for one in work.notices.of(team_reporting.POSTED, report_id)]
        found = team_reporting.open_team_report(
            work, council, by=people.service_manager, report_id=report_id, now=MONDAY
        )
    assert told == [people.service_manager.id]
    assert found.may_answer


@pytest.mark.rule("PF-01")
def test_acting_needs_a_line_and_the_service_manager_reads_it(council: Council, people: Staff) -> None:
    report_id = a_week(council, people)
    answered = {"by": people.team_manager, "report_id": report_id, "answer": Answer.ACTING, "now": MONDAY}

    with council.write() as work, pytest.raises(TextsWanted):
        team_reporting.answer_team_report(work, council, text="  ", **answered)  # type: ignore[arg-type]
    with council.write() as work:
        team_reporting.answer_team_report(work, council, text="Two visits today.", **answered)  # type: ignore[arg-type]

    with council.read() as view:
        (line,) = team_reporting.weeks_of_service(view, council, by=people.service_manager, now=MONDAY)
        with pytest.raises(NotAllowed):
            team_reporting.weeks_of_service(view, council, by=people.team_manager, now=MONDAY)
    assert (line.team, line.answer, line.text) == (people.team.name, Answer.ACTING, "Two visits today.")


@pytest.mark.rule("PF-01", "SG-03")
def test_only_the_teams_manager_or_who_covers_them_answers(council: Council, people: Staff) -> None:
    report_id = a_week(council, people)
    with council.write() as work:
        cover = a_person(work, "Kit Cover", Post.TM, team_id=people.other_team.id)
        work.people.change(people.team_manager.id, {"cover_id": cover.id})

    def may(by: Person) -> bool:
        with council.read() as view:
            try:
                found = team_reporting.open_team_report(view, council, by=by, report_id=report_id, now=MONDAY)
            except NotAllowed:
                return False
            return found.may_answer

    assert not may(cover)
    with council.write() as work:
        leave = (Leave(MONDAY.date(), MONDAY.date()),)
        work.people.change(people.team_manager.id, {"leave": leave})
    assert may(cover)
    assert may(people.team_manager)
    assert not may(people.service_manager)
    assert not may(people.auditor)


# --- Exceptions ---


@pytest.mark.rule("PF-04", "PF-09")
def test_the_owner_explains_a_figure_in_a_line_and_nobody_else(council: Council, people: Staff) -> None:
    with council.write() as work:
        raised = an_exception(work, council, people)
    given = {"exception_id": raised.id, "version": 1, "now": NOW}
    typed = {"why": "Two workers left.", "action": "Agency cover from Monday."}

    with council.write() as work, pytest.raises(NotAllowed):
        explaining.explain(work, council, by=people.service_manager, typed=typed, **given)  # type: ignore[arg-type]
    with council.write() as work, pytest.raises(TextsWanted):
        explaining.explain(work, council, by=people.team_manager, typed={"action": "x"}, **given)  # type: ignore[arg-type]
    with council.write() as work:
        explaining.explain(work, council, by=people.team_manager, typed=typed, **given)  # type: ignore[arg-type]
    with council.write() as work, pytest.raises(ChangedMeanwhile):
        explaining.explain(work, council, by=people.team_manager, typed=typed, **given)  # type: ignore[arg-type]

    with council.read() as view:
        found = view.exceptions.get(raised.id)
        assert found is not None
        assert (found.state, found.reply, found.action) == (ExceptionState.ANSWERED, *typed.values())
        assert explaining.mine_to_explain(view, council, by=people.team_manager, now=NOW) == ()


@pytest.mark.rule("SG-01")
def test_a_line_that_names_a_child_is_not_kept(council: Council, people: Staff) -> None:
    with council.write() as work:
        raised = an_exception(work, council, people)
    typed = {"why": "The child, born 03/05/2014, moved to 12 Sample Street, AB1 2CD.", "action": ""}

    with council.write() as work, pytest.raises(TextsWanted):
        explaining.explain(
            work, council, by=people.team_manager, exception_id=raised.id, version=1, typed=typed, now=NOW
        )


@pytest.mark.rule("PF-09")
def test_a_line_is_chased_each_week_until_it_comes_and_then_the_manager_hears_as_well(
    council: Council, people: Staff
) -> None:
    """Due on Monday the 11th; the 25th is a bank holiday. On the 20th nothing ran."""
    with council.write() as work:
        raised = an_exception(work, council, people)
    assert raised.due_on == date(2026, 5, 11)
    owner = people.team_manager.id

    chased, manager = [], []
    for day in (11, 12, 13, 18, 19, 21, 27, 28):
        with council.write() as work:
            now = datetime(2026, 5, day, 9, 0, tzinfo=UTC)
            chased.append(explaining.chase_exceptions(work, council, now=now))
            manager.append(told_in_day(work, explaining.ESCALATED, owner))

    assert chased == [0, 1, 0, 0, 1, 0, 1, 0]
    assert manager[3] == []
    assert manager[4:6] == [[people.service_manager.id]] * 2
    assert manager[6:] == [[people.service_manager.id] * 2] * 2
    with council.read() as view:
        assert set(told_in_day(view, explaining.CHASED, owner)) == {owner}


@pytest.mark.rule("PF-09")
def test_a_line_that_has_come_is_not_chased_and_its_manager_is_not_told(
    council: Council, people: Staff
) -> None:
    owner = people.team_manager
    with council.write() as work:
        raised = an_exception(work, council, people)
        for day in (12, 19):
            now = datetime(2026, 5, day, 9, 0, tzinfo=UTC)
            explaining.chase_exceptions(work, council, now=now)
    with council.write() as work:
        before = said_on(work, council, people.service_manager, now)
        explaining.explain(
            work, council, by=owner, exception_id=raised.id, version=1, typed={"why": "Sickness."}, now=now
        )
        after = said_on(work, council, people.service_manager, now)
        later = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)
        again = explaining.chase_exceptions(work, council, now=later)

    assert f"1 figure waits for a line from {owner.name}" in before
    assert "Was due 11 May 2026" in before
    assert "waits for a line" not in after
    assert again == 0


@pytest.mark.rule("PF-09")
def test_whoever_covers_an_owner_on_leave_is_chased_as_well(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_exception(work, council, people)
        cover = a_person(work, "Kit Cover", Post.TM, team_id=people.other_team.id)
        leave = (Leave(date(2026, 5, 12), date(2026, 5, 15)),)
        work.people.change(people.team_manager.id, {"cover_id": cover.id, "leave": leave})

    with council.write() as work:
        explaining.chase_exceptions(work, council, now=datetime(2026, 5, 12, 9, 0, tzinfo=UTC))
        told = set(told_in_day(work, explaining.CHASED, people.team_manager.id))

    assert told == {people.team_manager.id, cover.id}


@pytest.mark.rule("PF-09")
def test_whoever_covers_their_own_manager_is_not_told_that_they_are_late(
    council: Council, people: Staff
) -> None:
    owner, manager = people.team_manager, people.service_manager
    with council.write() as work:
        an_exception(work, council, people)
        away = (Leave(date(2026, 5, 12), date(2026, 5, 29)),)
        work.people.change(manager.id, {"cover_id": owner.id, "leave": away})
        for day in (12, 19):
            explaining.chase_exceptions(work, council, now=datetime(2026, 5, day, 9, 0, tzinfo=UTC))

        assert set(told_in_day(work, explaining.CHASED, owner.id)) == {owner.id}
        assert set(told_in_day(work, explaining.ESCALATED, owner.id)) == {manager.id}


# --- Narratives ---


@pytest.mark.rule("PF-05")
def test_each_service_manager_is_asked_once_when_the_months_figures_have_come(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        before = narrating.ask_due(work, council, now=NOW)
        figures(work, an_indicator(work), of_service(people), (88.0,))
        asked = narrating.ask_due(work, council, now=NOW)
        again = narrating.ask_due(work, council, now=NOW + timedelta(days=1))
        found = work.narratives.of_report(Report.WHOLE_SERVICE, APRIL)

    assert (before, asked, again) == (0, 2, 0)
    assert {one.owner_id for one in found} == {people.service_manager.id, people.cover.id}
    # Five working days, the bank holiday not counted.
    assert {one.due_on for one in found} == {date(2026, 5, 11)}


@pytest.mark.rule("PF-07", "PF-10")
def test_after_a_quarter_service_managers_and_the_psw_are_asked(council: Council, people: Staff) -> None:
    july = datetime(2026, 7, 6, 9, 0, tzinfo=UTC)
    with council.write() as work:
        psw = a_person(work, "Pat Principal", Post.PSW)
        figures(work, an_indicator(work), of_service(people), (88.0,), last_on=date(2026, 6, 1))
        narrating.ask_due(work, council, now=july)

        quarterly = work.narratives.of_report(Report.QUARTERLY, APRIL)
        analysis = work.narratives.of_report(Report.PSW_ANALYSIS, APRIL)

    assert len(quarterly) == 2
    assert [one.owner_id for one in analysis] == [psw.id]


@pytest.mark.rule("PF-13")
def test_once_a_year_the_ad_for_qa_checks_the_five_marks(council: Council, people: Staff) -> None:
    with council.write() as work:
        asked = [
            narrating.ask_due(work, council, now=datetime(year, month, 11, 9, 0, tzinfo=UTC))
            for year, month in ((2026, 12), (2027, 1), (2027, 1), (2028, 1))
        ]
        (found,) = work.narratives.of_report(Report.SELF_CHECK, date(2027, 1, 1))

    assert asked == [0, 1, 0, 1]
    assert found.owner_id == people.ad_qa.id


@pytest.mark.rule("PF-05", "PF-07")
def test_words_are_reminded_of_locked_when_their_day_has_passed_and_sent_out(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        care = a_person(work, "Ada Care", Post.AD_CARE)
        asked = a_narrative(work, people.service_manager, service_id=people.service.id)
        assert asked.due_on == date(2026, 5, 8)
    subject = narrating.report_subject(Report.WHOLE_SERVICE, APRIL)

    seen_to, ready = [], []
    for day in (6, 7, 8, 11, 12):
        with council.write() as work:
            now = datetime(2026, 5, day, 9, 0, tzinfo=UTC)
            seen_to.append(narrating.remind_and_lock(work, council, now=now))
            ready.append(len(work.notices.of(narrating.READY, subject)) > 0)

    assert seen_to == [0, 1, 0, 1, 0]
    assert ready == [False, False, False, True, True]
    with council.read() as view:
        readers = {one.person_id for one in view.notices.of(narrating.READY, subject)}
        locked = view.narratives.get(asked.id)
    assert locked is not None
    assert locked.state is NarrativeState.LOCKED
    assert {care.id, people.ad_qa.id, people.service_manager.id} <= readers
    assert people.team_manager.id not in readers


@pytest.mark.rule("RO-05")
@pytest.mark.parametrize("report", [Report.WHOLE_SERVICE, Report.QUARTERLY])
def test_the_performance_offices_reports_go_to_everyone_of_smt_and_cdlt(
    council: Council, people: Staff, report: Report
) -> None:
    """The month's and the quarter's, once the office has locked what managers wrote."""
    with council.write() as work:
        office = a_person(work, "Peri Performance", Post.PERFORMANCE)
        care, director = a_person(work, "Ada Care", Post.AD_CARE), a_person(work, "Drew Director", Post.DCS)
        a_narrative(work, people.service_manager, report=report, service_id=people.service.id)
    subject = narrating.report_subject(report, APRIL)

    with council.write() as work:
        before = work.notices.of(narrating.READY, subject)
        narrating.lock_all(work, council, by=office, report=report, period_on=APRIL, now=NOW)
        told = {one.person_id for one in work.notices.of(narrating.READY, subject)}

    assert before == ()
    assert {care.id, director.id, people.ad_qa.id, people.service_manager.id} <= told
    assert not told & {people.team_manager.id, people.practitioner.id}


@pytest.mark.rule("PF-05")
def test_what_is_written_stands_in_the_report_and_stays_once_it_is_locked(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        figures(work, an_indicator(work), of_service(people), (88.0,))
        asked = a_narrative(work, people.service_manager, service_id=people.service.id)
    given = {"by": people.service_manager, "narrative_id": asked.id, "now": NOW}
    typed = {"analysis": "Fewer visits.", "action": "More cover.", "celebration": ""}

    with council.write() as work:
        narrating.write_narrative(work, council, version=1, typed=typed, **given)  # type: ignore[arg-type]
    with council.write() as work, pytest.raises(ChangedMeanwhile):
        narrating.write_narrative(work, council, version=1, typed=typed, **given)  # type: ignore[arg-type]
    with council.write() as work:
        narrating.lock_all(
            work, council, by=people.qa_officer, report=Report.WHOLE_SERVICE, period_on=APRIL, now=NOW
        )
    with council.write() as work, pytest.raises(RuleBroken, match="locked"):
        narrating.write_narrative(work, council, version=3, typed=typed, **given)  # type: ignore[arg-type]

    with council.read() as view:
        found = open_report(
            view, council, by=people.ad_qa, report=Report.WHOLE_SERVICE, period_on=APRIL, now=NOW
        )
    (written,) = found.content.written
    assert (written.whose, written.locked) == (people.service.name, True)
    assert written.boxes == (
        ("What the figures say", "Fewer visits."),
        ("What we are doing about it", "More cover."),
    )


@pytest.mark.rule("PF-05", "PF-08")
def test_a_report_is_for_those_who_look_across_services(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_narrative(work, people.service_manager, service_id=people.service.id)
        director = a_person(work, "Drew Director", Post.DCS)

    def may(by: Person, report: Report = Report.WHOLE_SERVICE) -> bool:
        with council.read() as view:
            try:
                open_report(view, council, by=by, report=report, period_on=APRIL, now=NOW)
            except NotAllowed:
                return False
            except NotFound:
                return True
            return True

    assert all(may(by) for by in (director, people.ad_qa, people.service_manager, people.qa_officer))
    assert not any(may(by) for by in (people.team_manager, people.practitioner, people.line_manager))
    assert not may(people.service_manager, Report.SELF_CHECK)
    assert may(people.ad_qa, Report.SELF_CHECK)


@pytest.mark.rule("PF-09")
def test_the_quarters_report_names_each_exception_with_owner_reply_and_action(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        indicator = an_indicator(work)
        figures(work, indicator, of_service(people), (60.0,))
        touched = {(indicator.id, Every.MONTH, of_service(people).scope)}
        raise_exceptions(work, council, touched, import_id=1, now=NOW)
        (raised,) = work.exceptions.open()
        a_narrative(work, people.service_manager, report=Report.QUARTERLY, service_id=people.service.id)
        explaining.explain(
            work,
            council,
            by=people.service_manager,
            exception_id=raised.id,
            version=1,
            typed={"why": "Sickness.", "action": "Cover."},
            now=NOW,
        )

    with council.read() as view:
        found = open_report(view, council, by=people.ad_qa, report=Report.QUARTERLY, period_on=APRIL, now=NOW)
    (line,) = found.content.exceptions
    assert (line.whose, line.owner, line.reply, line.action) == (
        people.service.name,
        people.service_manager.name,
        "Sickness.",
        "Cover.",
    )


@pytest.mark.rule("PF-09")
def test_the_quarters_report_names_each_figure_once_and_none_that_nobody_need_answer_any_more(
    council: Council, people: Staff
) -> None:
    """In May visits are still off their target; reviews and plans are well, and only plans were explained."""
    may, june = date(2026, 5, 1), datetime(2026, 6, 5, 9, 0, tzinfo=UTC)
    with council.write() as work:
        listed = [an_indicator(work, f"{name} in time") for name in ("Visits", "Reviews", "Plans")]
        touched = {(one.id, Every.MONTH, of_service(people).scope) for one in listed}
        for month, values, now in ((APRIL, (60.0, 60.0, 60.0), NOW), (may, (55.0, 95.0, 95.0), june)):
            for indicator, value in zip(listed, values, strict=True):
                figures(work, indicator, of_service(people), (value,), last_on=month, now=now)
            raise_exceptions(work, council, touched, import_id=month.month, now=now)
            for raised in work.exceptions.open():
                if raised.indicator_id == listed[2].id:
                    typed = {"why": "Sickness.", "action": ""}
                    explaining.explain(
                        work,
                        council,
                        by=people.service_manager,
                        exception_id=raised.id,
                        version=raised.version,
                        typed=typed,
                        now=now,
                    )
        a_narrative(work, people.service_manager, report=Report.QUARTERLY, service_id=people.service.id)

    with council.read() as view:
        found = open_report(
            view, council, by=people.ad_qa, report=Report.QUARTERLY, period_on=APRIL, now=june
        )
    assert [(one.name, one.figure, one.period, one.reply) for one in found.content.exceptions] == [
        ("Visits in time", "55%", "May 2026", ""),
        ("Plans in time", "60%", "April 2026", "Sickness."),
    ]


@pytest.mark.rule("PF-05")
def test_whoever_covers_a_service_manager_on_leave_is_asked_for_the_words_as_well(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        figures(work, an_indicator(work), of_service(people), (88.0,))
        cover = a_person(work, "Kit Cover", Post.TM, team_id=people.other_team.id)
        away = {"cover_id": cover.id, "leave": (Leave(NOW.date(), date(2026, 5, 29)),)}
        work.people.change(people.service_manager.id, away)
    then = datetime(2026, 5, 8, 8, 10, tzinfo=UTC)

    with council.write() as work:
        narrating.ask_due(work, council, now=NOW)
        narrating.remind_and_lock(work, council, now=then)
        parts = work.narratives.of_report(Report.WHOLE_SERVICE, APRIL)
        own = next(one for one in parts if one.owner_id == people.service_manager.id)
        asked = {one.person_id for one in work.notices.of(narrating.ASKED, own.id)}
        told = set(told_in_day(work, narrating.REMINDED, own.id))
        cards = drawn(work, council, narrating.ASKED, own.id, now=NOW)
        said = said_on(work, council, cover, then)

    assert asked == told == {people.service_manager.id, cover.id}
    assert not any(isinstance(one, Needless) for one in cards)
    assert "Your sentences are still missing" in said


# --- Clinics ---


@pytest.mark.rule("PF-02", "PF-04", "RO-05")
def test_a_clinics_pack_is_made_five_working_days_before_it_and_asks_for_a_celebration(
    council: Council, people: Staff
) -> None:
    """The clinic of May is on Tuesday the 12th; the 4th is a bank holiday."""
    with council.write() as work:
        figures(work, an_indicator(work), of_service(people), (88.0,))
    made = []
    for moment in (
        datetime(2026, 4, 30, 9, 0, tzinfo=UTC),
        datetime(2026, 5, 5, 9, 0, tzinfo=UTC),
        datetime(2026, 5, 6, 9, 0, tzinfo=UTC),
    ):
        with council.write() as work:
            made.append(clinic_packs.prepare_clinics(work, council, now=moment))

    assert made == [0, 1, 0]
    subject = clinic_packs.pack_subject(people.service.id, date(2026, 5, 1))
    with council.read() as view:
        notices = view.notices.of(clinic_packs.PACK, subject)
        asked = view.narratives.of_report(Report.CLINIC, date(2026, 5, 1))
    here = {people.service_manager.id, people.team_manager.id, people.line_manager.id}
    assert {one.person_id for one in notices} == here
    assert [(one.owner_id, one.due_on) for one in asked] == [(people.team_manager.id, date(2026, 5, 11))]


@pytest.mark.rule("PF-04")
def test_a_team_manager_is_asked_for_a_celebration_once_and_the_agenda_has_it(
    council: Council, people: Staff
) -> None:
    at = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
    with council.write() as work:
        figures(work, an_indicator(work), of_service(people), (88.0,))
        clinic = a_clinic(work, people.service.id)
        tell_of_meetings(work, council, now=at)
        before_the_pack = drawn(work, council, "celebration_wanted", clinic.id, now=at)
        clinic_packs.prepare_clinics(work, council, now=at)
        (asked,) = work.narratives.of_report(Report.CLINIC, date(2026, 5, 1))
        with pytest.raises(RuleBroken, match="pack asks you"):
            celebrate(work, council, by=people.team_manager, meeting_id=clinic.id, text="Visits.", now=at)
        narrating.write_narrative(
            work,
            council,
            by=people.team_manager,
            narrative_id=asked.id,
            version=asked.version,
            typed={"celebration": "Every visit was on time."},
            now=at,
        )
        agenda = open_meeting(work, council, by=people.service_manager, meeting_id=clinic.id, now=at)

    assert [type(one) for one in before_the_pack] == [Needless]
    part = next(one for one in agenda.parts if one.key == "celebration")
    assert part.lines == (f"{people.team_manager.name}: Every visit was on time.",)


@pytest.mark.rule("PF-02", "PF-04")
def test_a_moved_clinics_pack_is_made_for_the_day_it_was_moved_to(council: Council, people: Staff) -> None:
    """From the 12th of May to the 2nd of June, after its pack was made; it stays the clinic of May."""
    may = date(2026, 5, 1)
    words = {
        "meeting_on": "2 June 2026",
        "meeting_at": "10:00",
        "meeting_place": "",
        "meeting_reason": "Half of us are ill.",
    }
    with council.write() as work:
        figures(work, an_indicator(work), of_service(people), (88.0,))
        slot = slot_name(CLINIC, people.service.id, may)
        clinic = a_meeting(work, body=CLINIC, service_id=people.service.id, on=date(2026, 5, 12), slot=slot)
        soon = clinic_packs.prepare_clinics(work, council, now=datetime(2026, 5, 5, 9, 0, tzinfo=UTC))
        move_meeting(
            work,
            council,
            by=people.service_manager,
            meeting_id=clinic.id,
            version=clinic.version,
            typed=words,
            now=datetime(2026, 5, 7, 9, 0, tzinfo=UTC),
        )
        (asked,) = work.narratives.of_report(Report.CLINIC, may)
        pack = clinic_packs.open_pack(
            work, council, by=people.service_manager, service_id=people.service.id, month=may, now=NOW
        )

    assert soon == 1
    assert asked.due_on == date(2026, 6, 1)
    assert pack.clinic_on == date(2026, 6, 2)


@pytest.mark.rule("PF-02")
def test_a_clinic_that_was_moved_ahead_is_prepared_when_it_comes_and_a_cancelled_one_never(
    council: Council, people: Staff
) -> None:
    days = [datetime(2026, 5, day, 9, 0, tzinfo=UTC) for day in (5, 6, 7, 8)]
    with council.write() as work:
        indicator = an_indicator(work)
        figures(work, indicator, of_service(people), (88.0,))
        figures(work, indicator, Measured(people.other_service.id), (88.0,))
        a_person(work, "Other Manager", Post.SM, service_id=people.other_service.id)
        for service, on in ((people.service, date(2026, 5, 15)), (people.other_service, date(2026, 5, 12))):
            slot = slot_name(CLINIC, service.id, date(2026, 5, 1))
            meeting = a_meeting(work, body=CLINIC, service_id=service.id, on=on, slot=slot)
        assert work.meetings.change(meeting, {"state": "cancelled", "reason": "Nobody can come."})

        made = [clinic_packs.prepare_clinics(work, council, now=moment) for moment in days]

    assert made == [0, 0, 0, 1]


@pytest.mark.rule("PF-02", "PF-04")
def test_a_pack_holds_exceptions_with_their_lines_and_who_has_written(
    council: Council, people: Staff
) -> None:
    month = date(2026, 5, 1)
    with council.write() as work:
        raised = an_exception(work, council, people)
        a_narrative(
            work, people.team_manager, report=Report.CLINIC, period_on=month, service_id=people.service.id
        )

    def pack(by: Person) -> clinic_packs.ClinicPack:
        with council.read() as view:
            return clinic_packs.open_pack(
                view, council, by=by, service_id=people.service.id, month=month, now=NOW
            )

    found = pack(people.line_manager)
    assert [one.id for one in found.exceptions] == [raised.id]
    assert found.waiting == (people.team_manager.name,)
    assert pack(people.qa_officer).service == people.service.name
    for elsewhere in (people.auditor, people.cover, people.practitioner):
        with pytest.raises(NotAllowed):
            pack(elsewhere)


# --- Reports that groups ask for ---


@pytest.mark.rule("PF-12")
def test_a_member_of_a_group_asks_for_a_report_and_hears_what_was_found(
    council: Council, people: Staff
) -> None:
    typed = {
        "body": "smt",
        "what": "Why children go missing",
        "why": "It has risen for six months.",
        "owner": str(people.qa_officer.id),
        "due_on": "29 May 2026",
    }
    with council.write() as work:
        request_id = asking_reports.ask_report(work, council, by=people.ad_qa, typed=typed, now=NOW)
        told_owner = work.notices.of(asking_reports.ASKED, request_id)
    given = {"request_id": request_id, "version": 1, "typed": {"answer": "Three places."}, "now": NOW}
    with council.write() as work, pytest.raises(NotAllowed):
        asking_reports.answer_report(work, council, by=people.ad_qa, **given)  # type: ignore[arg-type]
    with council.write() as work:
        asking_reports.answer_report(work, council, by=people.qa_officer, **given)  # type: ignore[arg-type]
        told_asker = work.notices.of(asking_reports.ANSWERED, request_id)
        (line,) = asking_reports.requests_for(work, council, by=people.ad_qa, now=NOW)

    assert [one.person_id for one in told_owner] == [people.qa_officer.id]
    assert [one.person_id for one in told_asker] == [people.ad_qa.id]
    assert (line.request.state, line.request.answer) == (RequestState.ANSWERED, "Three places.")


@pytest.mark.rule("PF-12")
def test_nobody_asks_for_a_group_they_do_not_sit_on(council: Council, people: Staff) -> None:
    typed = {"body": "cdlt", "what": "x", "why": "y", "owner": str(people.ad_qa.id), "due_on": "29 May 2026"}

    with council.write() as work, pytest.raises(TextsWanted) as wanted:
        asking_reports.ask_report(work, council, by=people.service_manager, typed=typed, now=NOW)
    with council.write() as work, pytest.raises(NotAllowed):
        asking_reports.ask_report(work, council, by=people.practitioner, typed=typed, now=NOW)

    assert set(wanted.value.errors) == {"body"}


@pytest.mark.rule("PF-12")
def test_whoever_asked_may_say_that_it_is_no_longer_needed(council: Council, people: Staff) -> None:
    with council.write() as work:
        request_id = work.report_requests.add(
            body="smt", what="x", why="y", by=people.ad_qa.id, owner_id=people.qa_officer.id,
            due_on=date(2026, 5, 26), now=NOW,
        )  # fmt: skip
    given = {"request_id": request_id, "version": 1, "now": NOW}

    with council.write() as work, pytest.raises(NotAllowed):
        asking_reports.drop_report(work, council, by=people.service_manager, **given)  # type: ignore[arg-type]
    with council.write() as work:
        asking_reports.drop_report(work, council, by=people.ad_qa, **given)  # type: ignore[arg-type]
    with council.write() as work, pytest.raises(RuleBroken):
        asking_reports.drop_report(work, council, by=people.ad_qa, **given)  # type: ignore[arg-type]

    with council.read() as view:
        assert view.report_requests.open() == ()
        assert len(view.notices.of(asking_reports.DROPPED, request_id)) == 1


@pytest.mark.rule("PF-12")
def test_a_report_is_reminded_of_on_the_working_day_before_it_is_due(council: Council, people: Staff) -> None:
    with council.write() as work:
        work.report_requests.add(
            body="smt", what="x", why="y", by=people.ad_qa.id, owner_id=people.qa_officer.id,
            due_on=date(2026, 5, 26), now=NOW,
        )  # fmt: skip
    chased = []
    # The 25th is a bank holiday.
    for day in (21, 22, 26):
        with council.write() as work:
            now = datetime(2026, 5, day, 9, 0, tzinfo=UTC)
            chased.append(asking_reports.chase_requests(work, council, now=now))

    assert chased == [0, 1, 0]


@pytest.mark.rule("PF-12")
def test_a_late_report_is_asked_for_each_week_and_then_its_manager_and_who_asked_hear(
    council: Council, people: Staff
) -> None:
    """Due on Monday 11 May; whoever manages the team manager is the service manager."""
    owner = people.team_manager
    with council.write() as work:
        request_id = work.report_requests.add(
            body="smt", what="Why visits are late", why="y", by=people.ad_qa.id, owner_id=owner.id,
            due_on=date(2026, 5, 11), now=NOW,
        )  # fmt: skip

    chased = []
    for day in (11, 12, 18, 19, 20, 27):
        with council.write() as work:
            now = datetime(2026, 5, day, 9, 0, tzinfo=UTC)
            chased.append(asking_reports.chase_requests(work, council, now=now))
    with council.write() as work:
        told = {
            kind: told_in_day(work, kind, request_id)
            for kind in (asking_reports.CHASED, asking_reports.ESCALATED)
        }
        managers = said_on(work, council, people.service_manager, now)
        asker = said_on(work, council, people.ad_qa, now)

    # The first is the reminder on its own day.
    assert chased == [1, 1, 0, 1, 0, 1]
    assert told[asking_reports.CHASED] == [owner.id] * 4
    assert sorted(told[asking_reports.ESCALATED]) == sorted([people.ad_qa.id, people.service_manager.id] * 2)
    for said in (managers, asker):
        assert f"A report from {owner.name} is late" in said
        assert "Why visits are late" in said
        assert "Was due 11 May 2026" in said


@pytest.mark.rule("PF-12")
def test_whoever_covers_the_owner_of_a_request_hears_of_it_lists_it_and_answers(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        cover = a_person(work, "Kit Cover", Post.PC)
        away = {"cover_id": cover.id, "leave": (Leave(NOW.date(), date(2026, 5, 29)),)}
        work.people.change(people.qa_officer.id, away)
        typed = {
            "body": "qa_group",
            "what": "What helps",
            "why": "We wonder.",
            "owner": str(people.qa_officer.id),
            "due_on": "2026-05-20",
        }
        request_id = asking_reports.ask_report(work, council, by=people.ad_qa, typed=typed, now=NOW)
        told = {one.person_id for one in work.notices.of(asking_reports.ASKED, request_id)}

    with council.write() as work:
        (line,) = asking_reports.requests_for(work, council, by=cover, now=NOW)
        asking_reports.answer_report(
            work, council, by=cover, request_id=request_id, version=1, typed={"answer": "Time."}, now=NOW
        )
    assert told == {people.qa_officer.id, cover.id}
    assert line.is_mine
