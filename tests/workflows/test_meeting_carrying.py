"""Nothing put on an agenda is lost when its meeting is cancelled; one that is moved keeps what it has."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from domain.agenda import CELEBRATION
from domain.errors import RuleBroken
from domain.meetings import slot_name
from domain.narratives import Report
from domain.packs import PackKind
from storage.work import Work
from tests.builders import NOW, Staff
from tests.chat import text
from tests.dialogs.scripts import on_one_engine
from tests.governance import WEDNESDAY, a_clinic, a_meeting, a_row, the_meeting
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


def cancel(work: Work, council: Council, people: Staff, meeting_id: int) -> int:
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

    assert moved == 3
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

    assert (moved, later) == (0, 1)
    assert titles(work, council, people, june.id) == ["Guest speaker"]
    assert carry_left(work, council, now=NOW + timedelta(days=1)) == 0


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
