"""More time for an audit: the auditor's manager asks, the AD for QA decides, both reasons stay."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from domain.audits import Audit, AuditState, Returned
from domain.errors import NotAllowed, RuleBroken
from domain.people import Person, Post
from scheduler.drawing import Postponed
from scheduler.preparing import Message, prepare
from storage.work import Work
from tests.builders import NOW, Staff, a_person, a_submitted_audit, an_accepted_audit, reachable
from tests.workflows.nudged import at, day_cards, goes_on_leave, sweeps
from workflows.allocating import reallocate
from workflows.council import Council
from workflows.extending import (
    EXEMPTION,
    EXTENSION,
    ask_extension,
    decide_extension,
    may_be_extended,
    waiting,
)
from workflows.sharing import TextWanted

LATER = date(2026, 6, 14)


def asked(work: Work, council: Council, people: Staff, audit: Audit, **given: Any) -> int:
    """A request by the auditor's own service manager, who covers the other service's."""
    request: dict[str, Any] = {
        "by": people.cover,
        "audit_id": audit.id,
        "kind": EXTENSION,
        "until_on": LATER,
        "reason": "Two weeks of sick leave.",
        "now": NOW,
    }
    return ask_extension(work, council, **{**request, **given})


def decided(work: Work, council: Council, people: Staff, extension_id: int, **given: Any) -> str:
    decision: dict[str, Any] = {
        "by": people.ad_qa,
        "extension_id": extension_id,
        "approve": True,
        "reason": "",
        "now": NOW,
    }
    return decide_extension(work, council, **{**decision, **given}).state


def fresh(work: Work, audit: Audit) -> Audit:
    found = work.audits.get(audit.id)
    assert found is not None
    return found


@pytest.mark.rule("SG-05")
def test_an_approved_extension_moves_the_due_date_and_the_trail_keeps_who_when_and_why(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        request = asked(work, council, people, audit)
        assert fresh(work, audit).due_on == date(2026, 5, 31)

        state = decided(work, council, people, request)

        assert (state, fresh(work, audit).due_on) == ("approved", LATER)
        assert [n.person_id for n in work.notices.of("audit_extended", request)] == [people.auditor.id]
        assert [n.person_id for n in work.notices.of("extension_decided", request)] == [people.cover.id]
    with council.read() as view:
        rows = [(row.verb, row.actor) for row in view.trail.rows(f"audit:{audit.id}")]
    assert rows[-3:] == [
        ("asked for an extension", people.cover.id),
        ("approved an extension", people.ad_qa.id),
        ("extended", people.ad_qa.id),
    ]


@pytest.mark.rule("SG-05", "CA-06")
def test_after_an_extension_the_auditor_is_nudged_anew_and_told_nothing_of_before(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    sweeps(council, date(2026, 5, 28))
    sweeps(council, date(2026, 5, 29))
    with council.write() as work:
        extended_at = at(date(2026, 5, 29), 15, 0)
        request = asked(work, council, people, audit, now=extended_at)
        decided(work, council, people, request, now=extended_at)

    days = [date(2026, 6, d) for d in range(1, 17)]
    for day in (d for d in days if d.weekday() < 5):
        sweeps(council, day)

    # Due on Sunday 14 June now: the last working day is Friday the 12th.
    told = [card.day for card in day_cards(council, people.auditor) if card.day >= date(2026, 6, 1)]
    assert told == [date(2026, 6, d) for d in (3, 5, 9, 11, 12, 15)]
    with council.read() as view:
        rows = view.nudges.of_person(people.auditor.id, "audit")
    assert [row.line for row in rows if row.due_on == LATER] == [
        "due_in_7",
        "half_way",
        "due_in_3",
        "due_in_1",
        "due_today",
        "overdue_1",
    ]


@pytest.mark.rule("SG-05")
def test_an_exemption_ends_the_duty_and_nothing_takes_its_place(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        request = asked(work, council, people, audit, kind=EXEMPTION, until_on=None)

        decided(work, council, people, request)

        ended = fresh(work, audit)
        assert (ended.state, ended.returned_because) == (AuditState.RETURNED, Returned.EXEMPT)
        with pytest.raises(RuleBroken, match="nothing takes its place"):
            reallocate(work, council, by=people.qa_officer, audit_id=audit.id, now=NOW)
    assert sweeps(council, date(2026, 5, 29)) == 0


@pytest.mark.rule("SG-05")
def test_a_refusal_needs_a_reason_and_leaves_the_due_date(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        request = asked(work, council, people, audit)
        with pytest.raises(TextWanted, match="why not"):
            decided(work, council, people, request, approve=False, reason=" ")

        state = decided(work, council, people, request, approve=False, reason="Cover was there.")

        assert (state, fresh(work, audit).due_on) == ("declined", audit.due_on)
        assert waiting(work, audit.id) is None


def test_what_is_decided_is_not_decided_again(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        request = asked(work, council, people, audit)
        decided(work, council, people, request)

        with pytest.raises(RuleBroken, match="decided already: it is approved"):
            decided(work, council, people, request, approve=False, reason="Changed my mind.")


def test_one_request_waits_at_a_time(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        asked(work, council, people, audit)

        with pytest.raises(RuleBroken, match="asked for already"):
            asked(work, council, people, audit, kind=EXEMPTION, until_on=None)


@pytest.mark.rule("SG-03", "SG-05")
@pytest.mark.parametrize(
    "name", ["auditor", "team_manager", "service_manager", "qa_officer", "ad_qa", "practitioner"]
)
def test_nobody_but_the_auditors_own_manager_asks(council: Council, people: Staff, name: str) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)

        with pytest.raises(NotAllowed):
            asked(work, council, people, audit, by=getattr(people, name))


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize("name", ["auditor", "cover", "service_manager", "qa_officer"])
def test_nobody_but_the_ad_for_qa_decides(council: Council, people: Staff, name: str) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        request = asked(work, council, people, audit)

        with pytest.raises(NotAllowed):
            decided(work, council, people, request, by=getattr(people, name))
        with pytest.raises(NotAllowed):
            decided(work, council, people, 999, by=people.ad_qa)


@pytest.mark.rule("SG-05")
def test_the_ad_for_qa_is_told_and_whoever_covers_them_while_they_are_away(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        work.people.change(people.ad_qa.id, {"cover_id": people.service_manager.id})
        goes_on_leave(work, people.ad_qa, date(2026, 5, 1), date(2026, 5, 8))
        audit = an_accepted_audit(work, people)

        request = asked(work, council, people, audit)

        assert told(work, request) == {people.ad_qa.id, people.service_manager.id}
        assert decided(work, council, people, request, by=people.service_manager) == "approved"


def told(work: Work, extension_id: int) -> set[int | None]:
    return {notice.person_id for notice in work.notices.of("extension_asked", extension_id)}


@pytest.mark.rule("Q10", "SG-05")
def test_of_an_audit_of_the_ad_for_qa_the_ad_for_care_decides_and_failing_that_the_director(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        care, director = a_person(work, "Cas Care", Post.AD_CARE), a_person(work, "Drew Top", Post.DCS)
        work.people.change(people.ad_qa.id, {"service_id": people.other_service.id})
        audit = an_accepted_audit(work, people, auditor_id=people.ad_qa.id)
        request = asked(work, council, people, audit)

        assert told(work, request) == {care.id}
        for somebody_else in (people.ad_qa, director, people.cover):
            with pytest.raises(NotAllowed):
                decided(work, council, people, request, by=somebody_else)
        assert decided(work, council, people, request, by=care, approve=False, reason="No.") == "declined"

        work.people.mark_left([care.id], date(2026, 4, 1))
        request = asked(work, council, people, audit)
        assert told(work, request) == {director.id}
        assert decided(work, council, people, request, by=director) == "approved"


@pytest.mark.rule("SG-05")
def test_nobody_decides_on_what_they_asked_for_themselves(council: Council, people: Staff) -> None:
    with council.write() as work:
        care = a_person(work, "Cas Care", Post.AD_CARE)
        # A service manager audits, and the AD for QA is their line manager, who asks.
        of_line = a_person(work, "Lee Line", Post.SM, manager_id=people.ad_qa.id)
        audit = an_accepted_audit(work, people, auditor_id=of_line.id)
        request = asked(work, council, people, audit, by=people.ad_qa)

        assert told(work, request) == {care.id}
        with pytest.raises(NotAllowed):
            decided(work, council, people, request, by=people.ad_qa)
        assert decided(work, council, people, request, by=care) == "approved"


@pytest.mark.rule("SG-05")
def test_of_two_who_are_ad_for_qa_the_one_who_did_not_ask_decides(council: Council, people: Staff) -> None:
    with council.write() as work:
        other = a_person(work, "Dee Director", Post.AD_QA)
        a_person(work, "Cas Care", Post.AD_CARE)
        of_line = a_person(work, "Lee Line", Post.SM, manager_id=people.ad_qa.id)
        audit = an_accepted_audit(work, people, auditor_id=of_line.id)

        request = asked(work, council, people, audit, by=people.ad_qa)

        assert told(work, request) == {other.id}
        assert decided(work, council, people, request, by=other) == "approved"


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize("who", ["asks", "audits"])
def test_whoever_covers_the_ad_for_qa_does_not_decide_in_their_own_matter(
    council: Council, people: Staff, who: str
) -> None:
    with council.write() as work:
        cover = people.cover if who == "asks" else people.auditor
        work.people.change(people.ad_qa.id, {"cover_id": cover.id})
        goes_on_leave(work, people.ad_qa, date(2026, 5, 1), date(2026, 5, 8))
        audit = an_accepted_audit(work, people)

        request = asked(work, council, people, audit)

        assert told(work, request) == {people.ad_qa.id}
        with pytest.raises(NotAllowed):
            decided(work, council, people, request, by=cover)


@pytest.mark.parametrize(
    ("until_on", "wrong"),
    [
        (None, "give the new due date"),
        (date(2026, 5, 31), "after 31 May 2026"),
        (date(2026, 6, 1), ""),
        (date(2026, 8, 1), ""),
        (date(2026, 8, 2), "up to 1 August 2026"),
    ],
)
def test_the_new_due_date_lies_after_the_old_one_and_within_three_months(
    council: Council, people: Staff, until_on: date | None, wrong: str
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)

        if wrong:
            with pytest.raises(TextWanted, match=wrong):
                asked(work, council, people, audit, until_on=until_on)
        else:
            assert asked(work, council, people, audit, until_on=until_on)


@pytest.mark.parametrize(("reason", "wrong"), [(" ", "why"), ("x" * 2001, "within 2,000")])
def test_a_request_needs_a_reason_of_a_readable_length(
    council: Council, people: Staff, reason: str, wrong: str
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)

        with pytest.raises(TextWanted, match=wrong):
            asked(work, council, people, audit, reason=reason)


def test_what_is_submitted_meanwhile_needs_no_more_time(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)

        with pytest.raises(RuleBroken, match="submitted meanwhile"):
            asked(work, council, people, audit)


def test_a_day_that_has_passed_by_the_decision_is_not_approved(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        request = asked(work, council, people, audit)

        with pytest.raises(RuleBroken, match="has passed meanwhile"):
            decided(work, council, people, request, now=at(LATER))


def test_without_anybody_to_decide_nobody_waits_for_a_decision_that_cannot_come(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        work.people.mark_left([people.ad_qa.id], date(2026, 4, 1))
        audit = an_accepted_audit(work, people)

        with pytest.raises(RuleBroken, match="Nobody on the staff list is AD for QA"):
            asked(work, council, people, audit)


@pytest.mark.rule("CA-06", "SG-03")
def test_who_answers_for_an_auditor_follows_from_service_line_and_office(
    council: Council, people: Staff
) -> None:
    def offered(work: Work, person: Person) -> set[int]:
        return {a.id for a in may_be_extended(work, council, by=person, now=NOW)}

    with council.write() as work:
        boss = a_person(work, "Bo Boss", Post.AD_CARE)
        of_line = a_person(work, "Lee Line", Post.SM, manager_id=boss.id)
        of_none = a_person(work, "Noor None", Post.PC)
        ordinary = an_accepted_audit(work, people).id
        line = an_accepted_audit(work, people, reference="CF-2", auditor_id=of_line.id).id
        office = an_accepted_audit(work, people, reference="CF-3", auditor_id=of_none.id).id

        assert offered(work, people.cover) == {ordinary}
        assert offered(work, boss) == {line}
        assert offered(work, people.qa_officer) == {office}
        assert offered(work, people.auditor) == offered(work, of_line) == set()


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize(
    ("now", "until"),
    [
        pytest.param(NOW + timedelta(hours=1), None, id="in the morning"),
        # Friday evening, and Monday is a bank holiday.
        pytest.param(NOW + timedelta(hours=9), at(date(2026, 5, 5), 8, 30), id="in the evening"),
    ],
)
def test_the_decision_reaches_people_in_their_working_hours_only(
    council: Council, people: Staff, now: datetime, until: datetime | None
) -> None:
    with council.write() as work:
        request = asked(work, council, people, an_accepted_audit(work, people))
        reachable(work, people.ad_qa)
        (notice,) = work.notices.of("extension_asked", request)

        parcel = prepare(work, council, notice, now=now, nonce="a nonce")

    assert isinstance(parcel, Postponed if until else Message)
    assert getattr(parcel, "until", None) == until
