"""What tests of the calendar share: its start, processes that may lead, what became of each day."""

from datetime import UTC, date, datetime, timedelta

from scheduler.leading import Leading
from tests.builders import Staff, a_case, a_round
from workflows.council import Council

LASTS = timedelta(seconds=30)


def london(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of the summer of 2026 by London's clocks."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


def a_leader(council: Council, now: datetime, holder: str = "one") -> Leading:
    """A process that leads."""
    leading = Leading(council, holder, LASTS, lambda: now)
    assert leading.seek()
    return leading


def began(council: Council, at: datetime) -> None:
    """The calendar has been read up to this moment."""
    with council.write() as work:
        work.calendar.begin(at)
        work.calendar.move_mark(at)


def became(council: Council, line: str) -> list[tuple[date, str, bool]]:
    """(day, outcome, late) of a line's occurrences that were seen to."""
    with council.read() as view:
        return [(one.on, one.outcome, one.late) for one in view.calendar.seen_to() if one.line == line]


def an_approved_round(council: Council, people: Staff) -> int:
    """The May round with one pair, approved."""
    with council.write() as work:
        case = a_case(work, people)
        round_id = a_round(work, state="approved", by=people.qa_officer)
        place = {
            "auditor_id": people.auditor.id,
            "case_id": case.id,
            "practitioner_id": case.practitioner_id,
            "reasons": [],
            "kept": False,
        }
        work.rounds.replace_places(round_id, [place])
    return round_id


def allocated(council: Council, round_id: int) -> list[date]:
    """The due dates of the round's audits."""
    with council.read() as view:
        return [audit.due_on for audit in view.audits.of_round(round_id)]
