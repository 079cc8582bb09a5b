"""Files: offered and taken by those who may have them, once, with a row in the trail."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.errors import NotAllowed, NotFound, RuleBroken
from domain.people import Person, Post
from domain.trail import day_chain
from domain.written import LONGEST_FILE_NAME
from storage.work import Work
from tests.builders import NOW, Staff, a_submitted_audit, an_accepted_audit
from tests.workflows.caseloads import a_caseload, proposed
from workflows.council import Council
from workflows.holds import NoDayLeft
from workflows.offer_kinds import AUDIT_COPY, CALENDAR_HOLDS, KINDS, ROUND_PROPOSAL
from workflows.offering import decline_file, file_not_given, offer_file, take_file


def offered(work: Work, council: Council, people: Staff, by: Person, token: str = "t-1") -> int:
    """The proposal of a round, offered to this person."""
    found = work.rounds.latest()
    if found is None:
        a_caseload(work, people)
        found = proposed(work, council)
    return offer_file(work, council, by=by, kind=ROUND_PROPOSAL, subject_id=found.id, token=token, now=NOW)


def exports(work: Work) -> list[tuple[Any, ...]]:
    """(actor, what) of every export noted today."""
    work.trail.finish()
    return [
        (row.actor, row.subject) for row in work.trail.rows(day_chain(NOW.date())) if row.verb == "exported"
    ]


def test_an_offer_waits_in_the_persons_chat_and_nothing_has_left_yet(council: Council, people: Staff) -> None:
    with council.write() as work:
        offer_id = offered(work, council, people, people.qa_officer)

        (notice,) = work.notices.of("file_offer", offer_id)
        assert (notice.person_id, notice.medium) == (people.qa_officer.id, "teams")
        assert exports(work) == []


@pytest.mark.rule("SG-05")
def test_taking_it_is_noted_once_however_often_the_yes_arrives(council: Council, people: Staff) -> None:
    with council.write() as work:
        offered(work, council, people, people.qa_officer)

        first = take_file(work, council, by=people.qa_officer, token="t-1", now=NOW)
        again = take_file(work, council, by=people.qa_officer, token="t-1", now=NOW)

        assert first is not None
        assert first.name == "Audit round 2026-05, proposal.xlsx"
        assert again is None
        assert exports(work) == [(people.qa_officer.id, f"round_proposal {first.offer.subject_id}")]


def test_nobody_else_can_take_or_decline_it(council: Council, people: Staff) -> None:
    with council.write() as work:
        offered(work, council, people, people.qa_officer)
        other = work.people.get(work.people.add(_columns("Other Officer"), [Post.QAO]))

        for by in (people.auditor, other):
            with pytest.raises(NotAllowed):
                take_file(work, council, by=by, token="t-1", now=NOW)
            with pytest.raises(NotAllowed):
                decline_file(work, by=by, token="t-1", now=NOW)
        with pytest.raises(NotAllowed):
            take_file(work, council, by=people.qa_officer, token="t-2", now=NOW)

        assert take_file(work, council, by=people.qa_officer, token="t-1", now=NOW) is not None


def test_only_those_who_plan_are_offered_the_proposal(council: Council, people: Staff) -> None:
    with council.write() as work, pytest.raises(NotAllowed):
        offered(work, council, people, people.team_manager)


def test_the_right_to_it_is_asked_again_when_it_is_taken(council: Council, people: Staff) -> None:
    with council.write() as work:
        offered(work, council, people, people.qa_officer)
        work.people.change(people.qa_officer.id, {}, [Post.PRACTITIONER])
        moved = work.people.get(people.qa_officer.id)

        with pytest.raises(NotAllowed):
            take_file(work, council, by=moved, token="t-1", now=NOW)


def test_what_was_declined_is_not_taken_later(council: Council, people: Staff) -> None:
    with council.write() as work:
        offered(work, council, people, people.qa_officer)

        decline_file(work, by=people.qa_officer, token="t-1", now=NOW)
        with pytest.raises(RuleBroken, match="ask for it again"):
            take_file(work, council, by=people.qa_officer, token="t-1", now=NOW)

        assert exports(work) == []


def test_a_no_after_a_yes_takes_nothing_back(council: Council, people: Staff) -> None:
    with council.write() as work:
        offer_id = offered(work, council, people, people.qa_officer)
        take_file(work, council, by=people.qa_officer, token="t-1", now=NOW)

        decline_file(work, by=people.qa_officer, token="t-1", now=NOW)

        found = work.offers.get(offer_id)
        assert found is not None
        assert found.state == "accepted"


def test_what_could_not_be_handed_over_can_be_taken_again(council: Council, people: Staff) -> None:
    with council.write() as work:
        offer_id = offered(work, council, people, people.qa_officer)
        take_file(work, council, by=people.qa_officer, token="t-1", now=NOW)

        file_not_given(work, offer_id=offer_id, now=NOW)

        assert take_file(work, council, by=people.qa_officer, token="t-1", now=NOW) is not None
        assert len(exports(work)) == 2


def test_a_round_that_is_not_there_is_not_offered(council: Council, people: Staff) -> None:
    with council.write() as work, pytest.raises(NotFound):
        offer_file(
            work, council, by=people.qa_officer, kind=ROUND_PROPOSAL, subject_id=99, token="t", now=NOW
        )


@pytest.mark.rule("CA-22")
def test_times_are_neither_offered_nor_given_once_their_days_have_passed(
    council: Council, people: Staff
) -> None:
    offer: dict[str, Any] = {"kind": CALENDAR_HOLDS, "by": people.auditor}
    last, over = datetime(2026, 5, 29, 8, tzinfo=UTC), datetime(2026, 5, 30, 8, tzinfo=UTC)
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        offer_file(work, council, **offer, subject_id=audit.id, token="t-1", now=last)

        with pytest.raises(NoDayLeft):
            offer_file(work, council, **offer, subject_id=audit.id, token="t-2", now=over)
        with pytest.raises(NoDayLeft):
            take_file(work, council, by=people.auditor, token="t-1", now=over)

        assert exports(work) == []
        make = KINDS[CALENDAR_HOLDS].make
        assert make is not None
        assert make(work, council, people.auditor, audit.id, last).count(b"BEGIN:VEVENT") == 1


@pytest.mark.rule("CA-16", "SG-05")
def test_a_copy_of_an_audit_is_for_those_who_may_still_read_it_and_noted_with_it(
    council: Council, people: Staff
) -> None:
    manager: dict[str, Any] = {"by": people.team_manager, "now": NOW}
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        for token in ("t-1", "t-2"):
            offer_file(work, council, **manager, kind=AUDIT_COPY, subject_id=audit.id, token=token)
        taken = take_file(work, council, **manager, token="t-1")
        work.people.change(people.team_manager.id, {"team_id": people.other_team.id})
        moved = work.people.get(people.team_manager.id)

        with pytest.raises(NotAllowed):
            take_file(work, council, by=moved, token="t-2", now=NOW)

        rows = [row for row in work.trail.rows(f"audit:{audit.id}") if row.verb == "exported"]
        assert taken is not None
        assert [(row.actor, row.subject) for row in rows] == [
            (people.team_manager.id, f"audit_copy {audit.id}")
        ]


@pytest.mark.rule("SG-01")
def test_the_name_of_a_copy_says_neither_case_nor_person_and_suits_every_drive(
    council: Council, people: Staff
) -> None:
    reference = "EX/" + "9" * 150
    with council.write() as work:
        audit = a_submitted_audit(work, council, people, reference=reference)

        name = KINDS[AUDIT_COPY].name(work, audit.id)

        assert name == f"Audit {audit.id}, submitted 2026-05-01.docx"
        assert len(name) <= LONGEST_FILE_NAME
        with pytest.raises(NotFound):
            KINDS[AUDIT_COPY].name(work, 999)


@pytest.mark.rule("SG-01")
def test_only_files_that_say_nothing_of_a_case_may_go_by_mail() -> None:
    assert not KINDS[ROUND_PROPOSAL].mailable
    assert not KINDS[AUDIT_COPY].mailable
    assert all(kind.make is not None for kind in KINDS.values() if kind.mailable)


def _columns(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "email": f"{name.replace(' ', '.')}@exampleshire.example",
        "directory_id": f"directory-of-{name}",
        "is_auditor": False,
        "working_days": frozenset(range(5)),
        "leave": (),
    }
