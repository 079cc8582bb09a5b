"""Calendar holds for the days an auditor aims at, read back with a calendar's own eyes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from domain.people import Leave
from tests.builders import NOW, Staff, an_accepted_audit
from workflows.council import Council
from workflows.holds import NoDayLeft, calendar_of


def events_of(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


@pytest.mark.rule("CA-22")
def test_each_of_the_seven_steps_has_its_morning_on_the_day_aimed_at(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)

        events = events_of(calendar_of(work, council, audit.id, people.auditor, now=NOW))

    # Weekends move on to Monday; what is due on Sunday the 31st moves back to Friday.
    days = [event.decoded("dtstart").date() for event in events]
    assert days == [date(2026, 5, d) for d in (7, 11, 18, 26, 27, 28, 29)]
    assert {event.decoded("dtstart").astimezone(UTC).time().hour for event in events} == {9}
    assert events[1].decoded("dtend") == datetime(2026, 5, 11, 10, 30, tzinfo=UTC)
    assert {str(event["status"]) for event in events} == {"TENTATIVE"}


@pytest.mark.rule("CA-22", "SG-01")
def test_the_file_says_nothing_of_the_case(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)

        content = calendar_of(work, council, audit.id, people.auditor, now=NOW)

    summaries = [str(event["summary"]) for event in events_of(content)]
    assert "Audit: read the child's file" in summaries
    assert all(summary.startswith("Audit: ") for summary in summaries)
    for secret in ("CF-1001", "Perry", "Conifers", "Toni"):
        assert secret.encode() not in content


@pytest.mark.rule("CA-22")
def test_holds_avoid_the_days_the_auditor_is_off(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        work.people.change(people.auditor.id, {"working_days": frozenset({0, 1})})
        auditor = work.people.get(people.auditor.id)

        events = events_of(calendar_of(work, council, audit.id, auditor, now=NOW))

    assert {event.decoded("dtstart").weekday() for event in events} <= {0, 1}


def test_after_an_extension_a_hold_keeps_its_name_and_outranks_the_earlier_one(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        before = events_of(calendar_of(work, council, audit.id, people.auditor, now=NOW))
        work.audits.change(audit, {"due_on": date(2026, 6, 14)})
        after = events_of(calendar_of(work, council, audit.id, people.auditor, now=NOW))

    assert [event["uid"] for event in before] == [event["uid"] for event in after]
    assert after[-1].decoded("dtstart").date() == date(2026, 6, 12)
    assert int(after[0]["sequence"]) > int(before[0]["sequence"])


@pytest.mark.rule("CA-22")
def test_days_that_have_passed_are_left_out(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)

        rest = calendar_of(work, council, audit.id, people.auditor, now=datetime(2026, 5, 27, 8, tzinfo=UTC))

    assert len(events_of(rest)) == 3


def test_a_later_file_outranks_an_earlier_one_of_the_same_audit(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)

        first = events_of(calendar_of(work, council, audit.id, people.auditor, now=NOW))
        later = events_of(calendar_of(work, council, audit.id, people.auditor, now=NOW + timedelta(hours=1)))

    assert later[0].decoded("dtstamp") > first[0].decoded("dtstamp")


@pytest.mark.rule("CA-22")
def test_no_day_left_is_said_in_place_of_an_empty_file(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        away = (Leave(date(2026, 5, 1), date(2026, 5, 31)),)
        work.people.change(people.auditor.id, {"leave": away})
        auditor = work.people.get(people.auditor.id)

        with pytest.raises(NoDayLeft, match="no day at work left"):
            calendar_of(work, council, audit.id, auditor, now=NOW)


def test_another_persons_audit_makes_no_file(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)

        with pytest.raises(LookupError):
            calendar_of(work, council, audit.id, people.second_auditor, now=NOW)
