"""A quarter of meetings, followed from end to end: people come and go, posts stay, and who came is kept."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.meetings import Came
from domain.people import Post
from scheduler.drawing import Drawn, Needless
from storage.work import Work
from tests.builders import Staff, a_person
from tests.chat import text
from tests.dialogs.scripts import on_one_engine
from tests.governance import a_chair, a_clinic, a_meeting, the_meeting
from tests.learning import drawn
from workflows import meetings
from workflows.agenda import open_meeting
from workflows.council import Council
from workflows.meeting_telling import tell_of_meetings

pytestmark = on_one_engine
MAY, JUNE = date(2026, 5, 20), date(2026, 6, 17)


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


def at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=hour)


def hold(work: Work, council: Council, people: Staff, meeting_id: int, *came: int, rep: int = 0) -> None:
    meeting = the_meeting(work, meeting_id)
    meetings.hold_meeting(
        work,
        council,
        by=people.qa_officer,
        meeting_id=meeting_id,
        version=meeting.version,
        typed={"came": ",".join(str(one) for one in came), "rep": str(rep or "")},
        now=at(meeting.planned_on),
    )


@pytest.mark.rule("OG-11", "OG-12")
def test_a_post_keeps_its_seat_whoever_holds_it_and_the_record_keeps_who_came(
    work: Work, council: Council, people: Staff
) -> None:
    chair, old = a_chair(work), a_person(work, "Pat Principal", Post.PSW)
    guest = people.practitioner
    may, june = a_meeting(work, on=MAY), a_meeting(work, on=JUNE)
    meetings.ask_guest(
        work, council, by=people.qa_officer, meeting_id=may.id, email=guest.email, now=at(MAY, -48)
    )
    hold(work, council, people, may.id, chair.id, old.id, guest.id)
    work.people.mark_left([old.id], date(2026, 5, 29))
    new = a_person(work, "Nell Next", Post.PSW)

    then = open_meeting(work, council, by=people.qa_officer, meeting_id=may.id, now=at(JUNE))
    now = open_meeting(work, council, by=people.qa_officer, meeting_id=june.id, now=at(JUNE))

    came = {one.name: one.came for one in then.people}
    assert (came[old.name], came[guest.name]) == (Came.CAME, Came.CAME)
    # Whoever holds the post today was not there, and nobody says that they were.
    assert came[new.name] is Came.ASKED
    # Of the next meeting the successor is a member; the leaver and the guest of another one are not.
    asked = {one.name for one in now.people}
    assert new.name in asked
    assert not {old.name, guest.name} & asked


@pytest.mark.rule("PF-03")
def test_one_visit_in_the_quarter_is_enough_and_a_missing_one_is_warned_of_in_month_three(
    work: Work, council: Council, people: Staff
) -> None:
    visited = a_clinic(work, people.service.id, on=date(2026, 4, 14))
    alone = a_clinic(work, people.other_service.id, on=date(2026, 5, 12))
    hold(work, council, people, visited.id, people.team_manager.id, rep=people.qa_officer.id)
    other_managers = open_meeting(
        work, council, by=people.qa_officer, meeting_id=alone.id, now=at(date(2026, 5, 12))
    )
    hold(work, council, people, alone.id, other_managers.people[0].person_id)

    tell_of_meetings(work, council, now=at(date(2026, 5, 29)))
    early = drawn(work, council, "rep_wanted", people.qa_officer.id, now=at(date(2026, 5, 29)))
    tell_of_meetings(work, council, now=at(date(2026, 6, 1)))
    (card,) = drawn(work, council, "rep_wanted", people.qa_officer.id, now=at(date(2026, 6, 1)))
    june = a_clinic(work, people.other_service.id, on=date(2026, 6, 9))
    hold(work, council, people, june.id, other_managers.people[0].person_id, rep=people.qa_officer.id)
    (after,) = drawn(work, council, "rep_wanted", people.qa_officer.id, now=at(date(2026, 6, 10)))

    assert list(early) == []
    assert isinstance(card, Drawn)
    assert people.other_service.name in text(card.card)
    assert people.service.name not in text(card.card)
    assert isinstance(after, Needless)
