"""Meetings in chat, from the agenda to what became of a decision.

the QA officer      meetings → Open → Add to the agenda → Add it
the chair           Your meeting today → Record a decision → Record it → Record the meeting → It was held
the decision's own  Something for you to do → Open → Save → It is done
the chair           Close
"""

from datetime import UTC, date, datetime

import pytest

from cards.payloads_meetings import AskMeeting, ShowMeeting
from cards.payloads_tracker import ShowTracked
from domain.meetings import Came, MeetingState
from domain.people import Post
from domain.tracking import TrackedState
from scheduler.drawing import Drawn
from tests.builders import NOW, Staff, a_person
from tests.chat import Chat, text
from tests.dialogs.scripts import on_one_engine, said_under, values
from tests.governance import WEDNESDAY, a_chair, a_clinic, a_meeting, a_row, the_meeting, the_row
from tests.workflows.nudged import drawn
from workflows.council import Council
from workflows.meeting_telling import tell_of_meetings

pytestmark = on_one_engine

ON_THE_DAY = datetime(2026, 5, 20, 8, 0, tzinfo=UTC)


@pytest.mark.rule("OG-01", "OG-06")
def test_from_the_agenda_to_what_became_of_a_decision(council: Council, people: Staff) -> None:
    with council.write() as work:
        chair, meeting = a_chair(work), a_meeting(work)
    officer = Chat(council, people.qa_officer)

    agenda = officer.presses("Open", officer.types("meetings"))
    added = officer.presses(
        "Add it",
        officer.presses("Add to the agenda", agenda),
        agenda_title="How we thank auditors",
        agenda_paper="The Group's channel, Files",
    )
    assert "Wed 20 May 2026 at 10:00" in text(agenda)
    assert "1. What we decided last time, and what became of it" in text(agenda)
    assert "Also put forward" in text(added)
    assert "Paper: The Group's channel, Files" in text(added)

    with council.write() as work:
        assert tell_of_meetings(work, council, now=ON_THE_DAY) > 0
    told = drawn(council, chair, ON_THE_DAY, "meeting_today", meeting.id)
    assert isinstance(told, Drawn)
    chairing = Chat(council, chair, now=ON_THE_DAY)
    form = chairing.presses("Record a decision", told.card)
    owner = people.service_manager
    lacking = chairing.presses("Record it", form, kind="action", tracked_title="Write a guide")
    assert "choose who sees to it" in said_under(lacking, "tracked_owner")
    decided = chairing.presses("Record it", lacking, tracked_owner=str(owner.id), tracked_due_on="2026-06-12")
    assert "To do: \nWrite a guide" in text(decided)
    held = chairing.presses(
        "It was held",
        chairing.presses("Record the meeting", decided),
        came=f"{chair.id},{people.qa_officer.id}",
    )
    assert "Came: " in text(held)
    with council.write() as work:
        assert the_meeting(work, meeting.id).state is MeetingState.HELD
        shown = {one.person_id: one.came for one in work.meetings.people(meeting.id)}
        (row,) = work.tracking.of_meeting(meeting.id)
    assert shown[chair.id] is Came.CAME
    assert shown[people.ad_qa.id] is Came.APOLOGIES

    given = drawn(council, owner, ON_THE_DAY, "tracked_given", row.id)
    assert isinstance(given, Drawn)
    theirs = Chat(council, owner, now=ON_THE_DAY)
    said = theirs.presses("Save", theirs.presses("Open", given.card), step="Half of it is written.")
    finish = theirs.presses("It is done", said)
    unsaid = theirs.presses("It is done", finish, impact="Workers say children's stories are clearer.")
    assert "yes or no" in said_under(unsaid, "more_needed")
    theirs.presses("It is done", unsaid, more_needed="no")
    with council.write() as work:
        assert the_row(work, row.id).state is TrackedState.DONE
    closing = chairing.presses("Close", chairing.sends(ShowTracked(row.id).pack()))
    assert values(closing)["impact"] == "Workers say children's stories are clearer."
    chairing.presses("Close it", closing)
    with council.write() as work:
        assert the_row(work, row.id).state is TrackedState.CLOSED


@pytest.mark.rule("OG-11", "QB-03", "PF-02")
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("qa operational group", "QA Group"),
        ("the QA Group", "QA Group"),
        ("agenda for the qa group", "Agenda"),
        ("next meeting", "Agenda"),
        ("decisions operational qa group", "Decisions"),
        ("decisions", "Decisions"),
    ],
)
def test_a_body_answers_to_every_name_it_goes_by(
    council: Council, people: Staff, typed: str, wanted: str
) -> None:
    with council.write() as work:
        a_meeting(work)

    assert wanted in text(Chat(council, people.ad_qa).types(typed))


@pytest.mark.rule("OG-11")
def test_a_bodys_name_is_any_line_for_somebody_who_does_not_sit_on_it(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        meeting = a_meeting(work)
    practitioner = Chat(council, people.practitioner)

    assert "I am not sure" in text(practitioner.types("qa group"))
    assert "cannot find" in text(practitioner.sends(ShowMeeting(meeting.id).pack())) or "not yours" in text(
        practitioner.sends(ShowMeeting(meeting.id).pack())
    )


@pytest.mark.rule("OG-12")
def test_a_guest_sees_the_one_meeting_they_are_asked_to(council: Council, people: Staff) -> None:
    with council.write() as work:
        chair, meeting = a_chair(work), a_meeting(work)
        other = a_meeting(work, on=date(2026, 6, 17))
        guest = a_person(work, "Gale Guest", Post.PC)
    chairing = Chat(council, chair)

    form = chairing.sends(AskMeeting(meeting.id, "guest").pack())
    unknown = chairing.presses("Ask them", form, guest_email="nobody@exampleshire.example")
    chairing.presses("Ask them", unknown, guest_email=guest.email)

    assert "Nobody on the staff list" in said_under(unknown, "guest_email")
    theirs = Chat(council, guest)
    assert "Agenda" in text(theirs.sends(ShowMeeting(meeting.id).pack()))
    assert "cannot find" in text(theirs.sends(ShowMeeting(other.id).pack())) or "not yours" in text(
        theirs.sends(ShowMeeting(other.id).pack())
    )
    told = drawn(council, guest, NOW, "meeting_guest", meeting.id)
    assert isinstance(told, Drawn)
    assert "Wed 20 May 2026" in text(told.card)


@pytest.mark.rule("OG-12")
def test_whoever_cancels_a_meeting_reads_what_becomes_of_its_guests(council: Council, people: Staff) -> None:
    with council.write() as work:
        chair, meeting, after = a_chair(work), a_meeting(work), a_meeting(work, on=date(2026, 6, 17))
        guest = a_person(work, "Gale Guest", Post.PC)
        work.meetings.note_person(meeting.id, guest.id, is_guest=True, came=Came.ASKED)
    chairing = Chat(council, chair)
    form = chairing.sends(AskMeeting(meeting.id, "change").pack())

    said = chairing.presses("Cancel the meeting", form, meeting_reason="Too few of us.")

    assert "1 guest of it is asked to the next one." in text(said)
    assert "Agenda" in text(Chat(council, guest).sends(ShowMeeting(after.id).pack()))


@pytest.mark.rule("OG-01", "SG-05")
def test_a_meeting_moves_with_a_reason_and_members_hear_why(council: Council, people: Staff) -> None:
    with council.write() as work:
        chair, meeting = a_chair(work), a_meeting(work)
    chairing = Chat(council, chair)
    form = chairing.sends(AskMeeting(meeting.id, "change").pack())

    on_a_holiday = chairing.presses(
        "Save", form, meeting_on="2026-05-25", meeting_reason="Half of us are away."
    )
    without_reason = chairing.presses("Save", form, meeting_on="2026-05-21")
    chairing.presses("Save", without_reason, meeting_reason="The room is taken.")

    assert "day off" in said_under(on_a_holiday, "meeting_on")
    assert "say why" in said_under(without_reason, "meeting_reason")
    told = drawn(council, people.ad_qa, NOW, "meeting_changed", meeting.id)
    assert isinstance(told, Drawn)
    assert "Thu 21 May 2026" in text(told.card)
    assert "The room is taken." in text(told.card)
    stale = chairing.presses("Cancel the meeting", form, meeting_reason="Too few of us.")
    assert "changed from somewhere else" in text(stale)
    with council.write() as work:
        assert the_meeting(work, meeting.id).is_planned


@pytest.mark.rule("PF-04")
def test_a_team_managers_line_stands_on_the_clinics_agenda(council: Council, people: Staff) -> None:
    with council.write() as work:
        clinic = a_clinic(work, people.service.id)
    manager = Chat(council, people.team_manager)
    form = manager.presses("One thing to celebrate", manager.sends(ShowMeeting(clinic.id).pack()))

    naming = manager.presses("Send it", form, celebration="Tia, born 3 May 2014, was seen weekly.")
    first = manager.presses("Send it", form, celebration="Every visit was on time.")
    again = manager.sends(AskMeeting(clinic.id, "celebrate").pack())
    second = manager.presses("Send it", again, celebration="Every visit was on time, and children said so.")

    assert said_under(naming, "celebration")
    assert "Every visit was on time." in text(first)
    assert values(again)["celebration"] == "Every visit was on time."
    assert text(second).count("Every visit was on time") == 1


@pytest.mark.rule("OG-06")
def test_what_is_overdue_stands_on_the_agenda_and_in_the_chairs_card(council: Council, people: Staff) -> None:
    with council.write() as work:
        chair, before = a_chair(work), a_meeting(work, on=date(2026, 4, 15))
        meeting = a_meeting(work)
        a_row(work, people.service_manager, meeting_id=before.id, due_on=date(2026, 5, 8))
        tell_of_meetings(work, council, now=ON_THE_DAY)
    chairing = Chat(council, chair, now=ON_THE_DAY)

    agenda = text(chairing.sends(ShowMeeting(meeting.id).pack()))
    told = drawn(council, chair, ON_THE_DAY, "meeting_today", meeting.id)

    assert "1 thing still open, 1 overdue." in agenda
    assert "was due 8 May 2026" in agenda
    assert isinstance(told, Drawn)
    assert "1 thing it decided before is overdue" in text(told.card)
    assert meeting.planned_on == WEDNESDAY
