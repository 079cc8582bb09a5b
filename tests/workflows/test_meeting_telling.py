"""The calendar of meetings: planned ahead, agendas sent in time, chairs asked, clinics nobody visited."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.errors import NotAllowed
from domain.governance import CLINIC, QA_GROUP
from domain.meetings import Came, MeetingState
from domain.people import Leave, Person, Post
from scheduler.drawing import Drawn, Needless
from storage.work import Work
from tests.builders import NOW, Staff, a_person
from tests.chat import text
from tests.dialogs.scripts import on_one_engine
from tests.governance import WEDNESDAY, a_chair, a_clinic, a_meeting, the_meeting
from tests.learning import drawn
from workflows.agenda import open_meeting
from workflows.council import Council
from workflows.meeting_telling import tell_of_meetings
from workflows.meetings import hold_meeting, keep_planned


def at(day: date, hour: int = 8) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=hour)


@pytest.mark.rule("OG-01", "PF-02", "QB-01")
def test_the_coming_year_is_planned_once_and_what_was_cancelled_stays_so(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        first = keep_planned(work, council, now=NOW)
        found = work.meetings.between(date(2026, 5, 1), date(2027, 6, 30))
        of_group = [one for one in found if one.body == QA_GROUP]
        assert work.meetings.change(of_group[0], {"state": MeetingState.CANCELLED.value, "reason": "Away."})

        again = keep_planned(work, council, now=NOW)
        later = keep_planned(work, council, now=NOW + timedelta(days=40))

    clinics = {one.service_id for one in found if one.body == CLINIC}
    assert first == len(found) > 40
    assert clinics == {people.service.id, people.other_service.id}
    assert len(of_group) == 13
    assert again == 0
    assert later > 0


@on_one_engine
@pytest.mark.rule("OG-01")
def test_members_get_the_agenda_five_working_days_before_and_once(council: Council, people: Staff) -> None:
    with council.write() as work:
        meeting = a_meeting(work)
        # Five working days before Wednesday the 20th.
        before = tell_of_meetings(work, council, now=at(date(2026, 5, 12)))
        sent = tell_of_meetings(work, council, now=at(date(2026, 5, 13)))
        again = tell_of_meetings(work, council, now=at(date(2026, 5, 14)))
        told = {notice.person_id for notice in work.notices.of("agenda", meeting.id)}
        (card, *_) = drawn(work, council, "agenda", meeting.id, now=at(date(2026, 5, 13)))

    assert before == 0
    assert sent == len(told)
    assert again == 0
    assert {people.qa_officer.id, people.ad_qa.id, people.service_manager.id} <= told
    assert people.team_manager.id not in told
    assert isinstance(card, Drawn)
    assert "Forward plan: is it enough, and aimed well?" in text(card.card)


@on_one_engine
@pytest.mark.rule("OG-01")
def test_an_agenda_falls_away_once_the_meeting_has_moved_and_comes_anew(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        meeting = a_meeting(work)
        tell_of_meetings(work, council, now=at(date(2026, 5, 13)))
        assert work.meetings.change(meeting, {"planned_on": date(2026, 5, 21)})
        old = drawn(work, council, "agenda", meeting.id, now=at(date(2026, 5, 14)))

        sent = tell_of_meetings(work, council, now=at(date(2026, 5, 14)))

    assert all(isinstance(one, Needless) for one in old)
    assert sent == len(old)


@on_one_engine
@pytest.mark.rule("OG-01")
def test_whoever_chairs_is_asked_on_the_day_and_once_more_when_nothing_was_recorded(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        chair, meeting = a_chair(work), a_meeting(work)
        tell_of_meetings(work, council, now=at(WEDNESDAY))
        tell_of_meetings(work, council, now=at(WEDNESDAY + timedelta(days=1)))
        tell_of_meetings(work, council, now=at(WEDNESDAY + timedelta(days=2)))
        on_the_day = drawn(work, council, "meeting_today", meeting.id, now=at(WEDNESDAY))
        asked = drawn(work, council, "meeting_unrecorded", meeting.id, now=at(WEDNESDAY + timedelta(days=1)))
        hold_meeting(
            work,
            council,
            by=chair,
            meeting_id=meeting.id,
            version=1,
            typed={"came": str(chair.id)},
            now=at(WEDNESDAY + timedelta(days=1)),
        )
        after = drawn(work, council, "meeting_unrecorded", meeting.id, now=at(WEDNESDAY + timedelta(days=1)))
        kept = the_meeting(work, meeting.id)
        came = {one.person_id: one.came for one in work.meetings.people(meeting.id)}

    assert [type(one) for one in on_the_day] == [Drawn]
    assert [type(one) for one in asked] == [Drawn]
    assert [type(one) for one in after] == [Needless]
    assert (kept.state, kept.held_on) == (MeetingState.HELD, WEDNESDAY)
    assert came[chair.id] is Came.CAME


@on_one_engine
@pytest.mark.rule("OG-01", "SG-05")
def test_who_came_can_be_put_right_after_somebody_changed_posts(council: Council, people: Staff) -> None:
    with council.write() as work:
        chair = a_chair(work)
        meeting = a_meeting(work)
        both = {"came": f"{chair.id},{people.service_manager.id}"}
        for version, typed in ((1, both), (2, {**both, "minutes_where": "SharePoint"})):
            hold_meeting(
                work,
                council,
                by=chair,
                meeting_id=meeting.id,
                version=version,
                typed=typed,
                now=at(WEDNESDAY),
            )
            work.people.change(people.service_manager.id, {}, [Post.PRACTITIONER])
        kept = the_meeting(work, meeting.id)
        came = {one.person_id: one.came for one in work.meetings.people(meeting.id)}

    assert kept.minutes_where == "SharePoint"
    assert came[people.service_manager.id] is Came.CAME


@on_one_engine
@pytest.mark.rule("PF-03")
def test_the_qa_office_is_warned_in_the_third_month_of_clinics_nobody_visited(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        rep = a_person(work, "Rowan Figures", Post.PERFORMANCE)
        clinic = a_clinic(work, people.service.id)
        hold_meeting(
            work,
            council,
            by=people.service_manager,
            meeting_id=clinic.id,
            version=1,
            typed={"came": str(people.service_manager.id), "rep": str(rep.id)},
            now=at(date(2026, 5, 12)),
        )
        second_month = tell_of_meetings(work, council, now=at(date(2026, 5, 29)))
        tell_of_meetings(work, council, now=at(date(2026, 6, 1)))
        tell_of_meetings(work, council, now=at(date(2026, 6, 2)))
        office = people.qa_officer.id
        (card,) = drawn(work, council, "rep_wanted", office, now=at(date(2026, 6, 1)))
        other = a_clinic(work, people.other_service.id, on=date(2026, 6, 9))
        hold_meeting(
            work,
            council,
            by=people.cover,
            meeting_id=other.id,
            version=1,
            typed={"came": str(people.cover.id), "rep": str(rep.id)},
            now=at(date(2026, 6, 9)),
        )
        (after,) = drawn(work, council, "rep_wanted", office, now=at(date(2026, 6, 10)))

    assert second_month == 0
    assert isinstance(card, Drawn)
    assert "Brambles" in text(card.card)
    assert "Conifers" not in text(card.card)
    assert isinstance(after, Needless)


@on_one_engine
@pytest.mark.rule("PF-04")
def test_team_managers_are_asked_for_a_line_until_they_wrote_one(council: Council, people: Staff) -> None:
    with council.write() as work:
        clinic = a_clinic(work, people.service.id)
        tell_of_meetings(work, council, now=at(date(2026, 5, 5)))
        asked = {notice.person_id for notice in work.notices.of("celebration_wanted", clinic.id)}
        before = drawn(work, council, "celebration_wanted", clinic.id, now=at(date(2026, 5, 5)))
        work.meetings.add_row(
            clinic.id,
            {
                "item": "celebration",
                "title": "Conifers 1",
                "note": "Every visit was on time.",
                "by_id": people.team_manager.id,
                "at": NOW,
            },
        )
        after = drawn(work, council, "celebration_wanted", clinic.id, now=at(date(2026, 5, 5)))
        agenda = open_meeting(
            work, council, by=people.service_manager, meeting_id=clinic.id, now=at(date(2026, 5, 12))
        )

    assert asked == {people.team_manager.id}
    assert [type(one) for one in before] == [Drawn]
    assert [type(one) for one in after] == [Needless]
    part = next(one for one in agenda.parts if one.key == "celebration")
    assert [one.note for one in part.noted] == ["Every visit was on time."]


def away(work: Work, person: Person, cover: Person | None) -> None:
    """On leave over the Group's meeting and the days after it."""
    leave = (Leave(WEDNESDAY, WEDNESDAY + timedelta(days=5)),)
    work.people.change(person.id, {"leave": leave, "cover_id": cover.id if cover else None})


@on_one_engine
@pytest.mark.rule("OG-01")
def test_while_the_chair_is_away_whoever_covers_them_has_the_meeting(council: Council, people: Staff) -> None:
    with council.write() as work:
        chair, meeting = a_chair(work), a_meeting(work)
        away(work, chair, people.bystander)
        tell_of_meetings(work, council, now=at(WEDNESDAY))
        tell_of_meetings(work, council, now=at(WEDNESDAY + timedelta(days=1)))
        told = {kind: work.notices.of(kind, meeting.id) for kind in ("meeting_today", "meeting_unrecorded")}
        (today,) = drawn(work, council, "meeting_today", meeting.id, now=at(WEDNESDAY))
        hold_meeting(
            work,
            council,
            by=work.people.get(people.bystander.id),
            meeting_id=meeting.id,
            version=1,
            typed={"came": str(people.qa_officer.id)},
            now=at(WEDNESDAY + timedelta(days=1)),
        )
        with pytest.raises(NotAllowed):
            # The chair is back.
            open_meeting(work, council, by=people.bystander, meeting_id=meeting.id, now=at(date(2026, 5, 27)))

    for notices in told.values():
        assert [one.person_id for one in notices] == [people.bystander.id]
    assert isinstance(today, Drawn)


@on_one_engine
@pytest.mark.rule("OG-01")
def test_without_chair_or_cover_the_qa_office_has_the_meeting(council: Council, people: Staff) -> None:
    with council.write() as work:
        chair, meeting = a_chair(work), a_meeting(work)
        away(work, chair, None)
        tell_of_meetings(work, council, now=at(WEDNESDAY))
        told = work.notices.of("meeting_today", meeting.id)
        (today,) = drawn(work, council, "meeting_today", meeting.id, now=at(WEDNESDAY))

    assert [one.person_id for one in told] == [people.qa_officer.id]
    assert isinstance(today, Drawn)
