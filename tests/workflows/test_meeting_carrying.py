"""Nothing put on an agenda is lost when its meeting is cancelled; one that is moved keeps what it has."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from domain.agenda import CELEBRATION
from domain.errors import RuleBroken
from domain.meetings import Meeting, slot_name
from domain.narratives import Report
from domain.packs import PackKind
from domain.people import Person, Post
from scheduler.drawing import Needless
from storage.work import Work
from tests.builders import NOW, Staff, a_person
from tests.chat import text
from tests.dialogs.scripts import on_one_engine
from tests.governance import WEDNESDAY, a_chair, a_clinic, a_meeting, a_row, the_meeting
from tests.learning import drawn
from workflows import meetings, packing
from workflows.agenda import open_meeting
from workflows.council import Council
from workflows.meeting_carrying import carry_left
from workflows.narrating import ask_narrative

pytestmark = on_one_engine
JUNE = date(2026, 6, 17)


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


def put(work: Work, council: Council, people: Staff, meeting_id: int, title: str, **typed: str) -> None:
    words = {"agenda_item": "", "agenda_title": title, **typed}
    meetings.put_on_agenda(work, council, by=people.qa_officer, meeting_id=meeting_id, typed=words, now=NOW)


def cancel(work: Work, council: Council, people: Staff, meeting_id: int) -> tuple[int, int]:
    return meetings.cancel_meeting(
        work,
        council,
        by=people.qa_officer,
        meeting_id=meeting_id,
        version=the_meeting(work, meeting_id).version,
        reason="Nobody can come.",
        now=NOW,
    )


def titles(work: Work, council: Council, people: Staff, meeting_id: int) -> list[str]:
    """What people put on an agenda, as it is read."""
    agenda = open_meeting(work, council, by=people.qa_officer, meeting_id=meeting_id, now=NOW)
    return [one.title for part in agenda.parts for one in part.noted]


@pytest.mark.rule("OG-01", "OG-06")
def test_a_cancelled_meetings_items_papers_and_open_decisions_are_on_the_next_one(
    work: Work, council: Council, people: Staff
) -> None:
    may, june = a_meeting(work), a_meeting(work, on=JUNE)
    elsewhere = a_meeting(work, body="qa_board", on=date(2026, 6, 1))
    put(work, council, people, may.id, "Guest speaker", agenda_note="From health.")
    put(work, council, people, may.id, "Tool", agenda_item="core", agenda_paper="SharePoint, tool v3")
    work.meetings.add_row(
        may.id, {"title": "The May pack", "pack_id": pack(work, council, people), "by_id": 1, "at": NOW}
    )
    row = a_row(work, people.service_manager, meeting_id=may.id)

    moved = cancel(work, council, people, may.id)

    assert moved == (3, 0)
    assert sorted(titles(work, council, people, june.id)) == ["Guest speaker", "The May pack", "Tool"]
    assert titles(work, council, people, elsewhere.id) == []
    agenda = open_meeting(work, council, by=people.qa_officer, meeting_id=june.id, now=NOW)
    (last,) = [part for part in agenda.parts if part.key == "last_time"]
    assert any(row.title in line for line in last.lines)
    (paper,) = [
        one for part in agenda.parts if part.key == "core" for one in part.noted if one.title == "Tool"
    ]
    assert paper.paper == "SharePoint, tool v3"


def pack(work: Work, council: Council, people: Staff) -> int:
    return packing.draft_now(work, council, by=people.qa_officer, kind=PackKind.QA_GROUP, now=NOW)


@pytest.mark.rule("OG-01")
def test_members_hear_when_a_cancelled_body_next_meets(work: Work, council: Council, people: Staff) -> None:
    may, _ = a_meeting(work), a_meeting(work, on=JUNE)
    put(work, council, people, may.id, "Guest speaker")

    cancel(work, council, people, may.id)

    cards = drawn(work, council, "meeting_changed", may.id)
    assert cards
    assert all("It next meets on Wed 17 Jun 2026" in text(one.card) for one in cards)


@pytest.mark.rule("OG-01")
def test_where_nothing_is_planned_yet_it_waits_and_moves_once_something_is(
    work: Work, council: Council, people: Staff
) -> None:
    may = a_meeting(work)
    put(work, council, people, may.id, "Guest speaker")

    moved = cancel(work, council, people, may.id)
    june = a_meeting(work, on=JUNE)
    later = carry_left(work, council, now=NOW)

    assert (moved, later) == ((0, 0), 1)
    assert titles(work, council, people, june.id) == ["Guest speaker"]
    assert carry_left(work, council, now=NOW + timedelta(days=1)) == 0


def ask(work: Work, council: Council, people: Staff, meeting: Meeting, guest: Person) -> None:
    meetings.ask_guest(work, council, by=people.qa_officer, meeting_id=meeting.id, email=guest.email, now=NOW)


def guests_of(work: Work, meeting: Meeting) -> set[int]:
    return {one.person_id for one in work.meetings.people(meeting.id) if one.is_guest}


@pytest.mark.rule("OG-01", "OG-12")
def test_guests_of_a_cancelled_meeting_are_asked_to_the_next_and_told_once(
    work: Work, council: Council, people: Staff
) -> None:
    may, june = a_meeting(work), a_meeting(work, on=JUNE)
    gale, gus = a_person(work, "Gale Guest", Post.PC), a_person(work, "Gus Guest", Post.PC)
    ask(work, council, people, may, gale)
    ask(work, council, people, may, gus)
    ask(work, council, people, june, gus)

    moved = cancel(work, council, people, may.id)

    assert moved == (0, 1)
    assert guests_of(work, june) == {gale.id, gus.id}
    told = drawn(work, council, "meeting_guest", june.id)
    # One card each: who was asked to June before is not asked twice.
    assert len(told) == 2
    for one in told:
        assert "its meeting on Wed 17 Jun 2026 at 10:00" in text(one.card)
        assert "asked to the meeting of Wed 20 May 2026, which is cancelled" in text(one.card)
    # They hear that the first is off, as its members do.
    off = {notice.person_id for notice in work.notices.of("meeting_changed", may.id)}
    assert {gale.id, gus.id} <= off
    assert not [one for one in drawn(work, council, "meeting_changed", may.id) if isinstance(one, Needless)]


@pytest.mark.rule("OG-12")
def test_neither_a_member_by_now_nor_a_leaver_is_asked_over(
    work: Work, council: Council, people: Staff
) -> None:
    may, june = a_meeting(work), a_meeting(work, on=JUNE)
    seated, gone = a_person(work, "Sam Seated", Post.PC), a_person(work, "Gia Gone", Post.PC)
    ask(work, council, people, may, seated)
    ask(work, council, people, may, gone)
    work.people.change(seated.id, {}, {Post.PSW})
    work.people.mark_left((gone.id,), NOW.date())

    moved = cancel(work, council, people, may.id)

    assert moved == (0, 0)
    assert guests_of(work, june) == set()
    agenda = open_meeting(work, council, by=people.qa_officer, meeting_id=june.id, now=NOW)
    assert [one.name for one in agenda.people].count(seated.name) == 1
    assert gone.name not in [one.name for one in agenda.people]


@pytest.mark.rule("OG-12")
def test_guests_wait_for_a_next_meeting_and_are_carried_there_once(
    work: Work, council: Council, people: Staff
) -> None:
    may, guest, chair = a_meeting(work), a_person(work, "Gale Guest", Post.PC), a_chair(work)
    ask(work, council, people, may, guest)

    moved = cancel(work, council, people, may.id)
    june = a_meeting(work, on=JUNE)
    later = carry_left(work, council, now=NOW)

    assert (moved, later) == ((0, 0), 1)
    assert guests_of(work, june) == {guest.id}
    assert carry_left(work, council, now=NOW) == 0
    # Once that one was held they are not asked on and on, and one asked anew is asked for its own sake.
    after = NOW + timedelta(days=50)
    meetings.hold_meeting(
        work, council, by=chair, meeting_id=june.id, version=1, typed={"came": str(chair.id)}, now=after
    )
    july = a_meeting(work, on=date(2026, 7, 15))
    assert carry_left(work, council, now=after) == 0
    assert guests_of(work, july) == set()
    ask(work, council, people, july, guest)
    (told,) = drawn(work, council, "meeting_guest", july.id, now=after)
    assert "cancelled" not in text(told.card)


@pytest.mark.rule("OG-12")
def test_when_the_next_one_is_cancelled_too_its_guests_go_on_to_the_one_after(
    work: Work, council: Council, people: Staff
) -> None:
    may, june = a_meeting(work), a_meeting(work, on=JUNE)
    july, board = a_meeting(work, on=date(2026, 7, 15)), a_meeting(work, body="qa_board", on=JUNE)
    guest = a_person(work, "Gale Guest", Post.PC)
    ask(work, council, people, may, guest)

    cancel(work, council, people, may.id)
    cancel(work, council, people, june.id)

    assert (guests_of(work, june), guests_of(work, july)) == (set(), {guest.id})
    assert guests_of(work, board) == set()
    (told,) = drawn(work, council, "meeting_guest", july.id)
    assert "asked to the meeting of Wed 17 Jun 2026, which is cancelled" in text(told.card)
    # The card of the meeting between, if it has not left yet, does not leave any more.
    assert all(isinstance(one, Needless) for one in drawn(work, council, "meeting_guest", june.id))


@pytest.mark.rule("OG-01")
def test_a_meeting_that_moves_keeps_what_was_put_on_it(work: Work, council: Council, people: Staff) -> None:
    may, june = a_meeting(work), a_meeting(work, on=JUNE)
    put(work, council, people, may.id, "Guest speaker")
    where = {"meeting_on": "2026-05-27", "meeting_at": "10:00", "meeting_reason": "The room is taken."}

    meetings.move_meeting(
        work, council, by=people.qa_officer, meeting_id=may.id, version=1, typed=where, now=NOW
    )

    assert titles(work, council, people, may.id) == ["Guest speaker"]
    assert titles(work, council, people, june.id) == []


def written(work: Work, people: Staff, month: date, words: str) -> None:
    """What the pack of a clinic asked the team manager for."""
    ask_narrative(
        work,
        report=Report.CLINIC,
        period_on=month,
        owner=people.team_manager,
        service_id=people.service.id,
        part=f"team-{people.team_manager.team_id}",
        due_on=date(2026, 5, 29),
    )
    (one,) = work.narratives.of_report(Report.CLINIC, month)
    assert work.narratives.write(one, texts={CELEBRATION: words}, by=people.team_manager.id, now=NOW)


@pytest.mark.rule("PF-04")
def test_a_clinic_moved_into_the_next_month_reads_what_was_written_for_its_own(
    work: Work, council: Council, people: Staff
) -> None:
    clinic = a_clinic(work, people.service.id, on=date(2026, 5, 26))
    clinic_month = date(2026, 5, 1)
    assert clinic.slot.endswith("2026-05-26")
    written(work, people, clinic_month, "Every child has a plan.")
    where = {"meeting_on": "2026-06-02", "meeting_at": "10:00", "meeting_reason": "The room is taken."}
    meetings.move_meeting(
        work, council, by=people.qa_officer, meeting_id=clinic.id, version=1, typed=where, now=NOW
    )

    agenda = open_meeting(work, council, by=people.qa_officer, meeting_id=clinic.id, now=NOW)

    (part,) = [one for one in agenda.parts if one.key == CELEBRATION]
    assert part.lines == (f"{people.team_manager.name}: Every child has a plan.",)
    # They are asked once, in the pack of the month it belongs to.
    with pytest.raises(RuleBroken, match="pack asks you"):
        meetings.celebrate(
            work, council, by=people.team_manager, meeting_id=clinic.id, text="Another.", now=NOW
        )


@pytest.mark.rule("PF-04")
def test_what_was_written_for_a_cancelled_clinic_is_read_at_the_next(
    work: Work, council: Council, people: Staff
) -> None:
    may = a_clinic(work, people.service.id)
    june = a_meeting(
        work,
        body=may.body,
        on=date(2026, 6, 9),
        service_id=people.service.id,
        slot=slot_name(may.body, people.service.id, date(2026, 6, 1)),
    )
    written(work, people, date(2026, 5, 1), "Every child has a plan.")
    cancel(work, council, people, may.id)

    agenda = open_meeting(work, council, by=people.qa_officer, meeting_id=june.id, now=NOW)

    (part,) = [one for one in agenda.parts if one.key == CELEBRATION]
    assert part.lines == (f"{people.team_manager.name}: Every child has a plan.",)
    assert june.planned_on > WEDNESDAY
