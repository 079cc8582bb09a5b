"""What each kind of notice says, drawn from the council as it stands at that moment."""

import re
from datetime import date
from pathlib import Path

import pytest

from cards.payloads import ReadShared, unpack
from cards.payloads_round import ReallocateAudit, ShowRound
from domain.audits import Returned
from domain.people import Post
from scheduler.ports import Mail
from scheduler.preparing import Decided, Message, Parcel, prepare
from scheduler.rendering import CARDS, EDITS, MAILS
from storage.notices import Notice
from storage.reach import Copy
from storage.work import Work
from tests.builders import (
    NOW,
    Staff,
    a_returned_audit,
    a_round,
    a_submitted_audit,
    an_accepted_audit,
    an_allocated_audit,
    reachable,
)
from tests.chat import button
from tests.doubles.post import shown_text, text_of
from tests.workflows.caseloads import BEFORE, a_caseload, place_of, proposed
from workflows.allocating import allocate_due, reallocate
from workflows.auditing import return_audit
from workflows.council import Council
from workflows.planning import approve_round
from workflows.safety import acknowledge, raise_alert


def test_every_kind_that_a_workflow_queues_is_known() -> None:
    kinds: set[str] = set()
    for path in Path("workflows").glob("*.py"):
        kinds |= set(re.findall(r'\bkind="(\w+)"', path.read_text(encoding="utf-8")))

    unknown = kinds - {"staff", "cases"} - set(CARDS) - set(EDITS) - set(MAILS)

    assert {"audit_allocated", "audit_shared", "copies_outdated"} <= kinds
    assert unknown == set()


@pytest.mark.rule("CA-05", "CA-06", "CA-22")
def test_an_allocation_shows_case_due_date_and_steps_in_its_body_alone(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        reachable(work, people.auditor)
        audit = an_allocated_audit(work, people)

        message = _message(work, council, "audit_allocated", audit.id, people.auditor.id)

    card = message.activity["attachments"][0]["content"]
    words = shown_text(card["body"])
    for shown in ("CF-1001", "31 May 2026", "Perry Practitioner", "Conifers 1", "Seven steps"):
        assert shown in words
    assert "CF-1001" not in message.activity["summary"] + card["fallbackText"]
    assert card["refresh"]["userIds"] == [f"29:{people.auditor.id}"]


@pytest.mark.rule("CA-17", "Q26")
def test_the_practitioner_is_asked_for_a_comment_within_five_working_days(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        reachable(work, people.practitioner)
        audit = a_submitted_audit(work, council, people)

        message = _message(work, council, "audit_shared", audit.id, people.practitioner.id)

    card = message.activity["attachments"][0]["content"]
    # Five working days after 1 May, with the bank holiday of the 4th left out.
    assert "11 May 2026" in shown_text(card)
    assert unpack(button(card, "Read"))[0] == ReadShared(audit.id, "summary")


@pytest.mark.rule("CA-16")
def test_an_audit_that_is_not_shared_with_someone_is_not_announced_to_them(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        reachable(work, people.bystander)
        audit = a_submitted_audit(work, council, people)

        parcel = _parcel(work, council, "audit_shared", audit.id, people.bystander.id)

    assert parcel == Decided("dropped", "the audit is not shared with this person")


@pytest.mark.parametrize(
    ("because", "why", "remedy"),
    [
        (Returned.CONFLICT, "declared a conflict", "Give the auditor another case"),
        (Returned.CASE_CLOSED, "case has closed", "Give the auditor another case"),
        (Returned.AUDITOR_LEFT, "no longer on the staff list", "Give the case to someone else"),
    ],
)
def test_the_qa_office_hears_which_audit_came_back_why_and_what_to_do(
    council: Council, people: Staff, because: Returned, why: str, remedy: str
) -> None:
    with council.write() as work:
        reachable(work, people.qa_officer)
        audit = a_returned_audit(work, people, because=because)

        message = _message(work, council, "audit_returned", audit.id, people.qa_officer.id)

    card = message.activity["attachments"][0]["content"]
    words = shown_text(card)
    for shown in (why, "Alex Auditor", "CF-1001", "They knew the family."):
        assert shown in words
    assert unpack(button(card, remedy))[0] == ReallocateAudit(audit.id, "a nonce")
    assert "CF-1001" not in message.activity["summary"]


def test_an_audit_reallocated_by_a_colleague_is_not_announced_any_more(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        reachable(work, people.qa_officer)
        audit = a_returned_audit(work, people)
        an_allocated_audit(work, people, reference="CF-1002", replaces_id=audit.id)

        parcel = _parcel(work, council, "audit_returned", audit.id, people.qa_officer.id)

    assert parcel == Decided("dropped", "the audit has been reallocated")


def test_an_auditor_whose_case_closed_is_thanked_and_not_shown_the_case(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        reachable(work, people.auditor)
        audit = a_returned_audit(work, people, because=Returned.CASE_CLOSED)

        message = _message(work, council, "audit_withdrawn", audit.id, people.auditor.id)

    words = shown_text(message.activity["attachments"][0]["content"])
    assert "The case has closed" in words
    assert "nothing you did was wrong" in words
    assert "CF-1001" not in text_of(message.activity)


def test_the_qa_office_sees_the_directory_id_of_a_stranger(council: Council, people: Staff) -> None:
    with council.write() as work:
        reachable(work, people.qa_officer)
        number, _ = work.reach.stranger("directory-of-someone-new", "tenant", NOW)

        message = _message(work, council, "stranger", number, people.qa_officer.id)

    assert "directory-of-someone-new" in shown_text(message.activity["attachments"][0]["content"])


def test_a_stranger_who_is_on_the_list_by_now_is_no_news(council: Council, people: Staff) -> None:
    with council.write() as work:
        reachable(work, people.qa_officer)
        number, _ = work.reach.stranger(people.bystander.directory_id or "", "tenant", NOW)

        parcel = _parcel(work, council, "stranger", number, people.qa_officer.id)

    assert parcel == Decided("dropped", "they are on the staff list by now")


def test_a_proposal_is_opened_fresh_and_says_that_nothing_is_sent_before_approval(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        reachable(work, people.qa_officer)
        round_id = a_round(work, state="planned")

        message = _message(work, council, "round_proposed", round_id, people.qa_officer.id)

    card = message.activity["attachments"][0]["content"]
    assert "nothing is sent to anyone before you approve it" in shown_text(card)
    assert unpack(button(card, "Open the proposal"))[0] == ShowRound(round_id, "progress", 0)


def test_a_round_that_was_approved_meanwhile_is_no_proposal(council: Council, people: Staff) -> None:
    with council.write() as work:
        reachable(work, people.qa_officer)
        round_id = a_round(work, state="approved", by=people.qa_officer)

        proposed = _parcel(work, council, "round_proposed", round_id, people.qa_officer.id)
        allocated = _parcel(work, council, "round_allocated", round_id, people.qa_officer.id)

    assert proposed == Decided("dropped", "the round is no longer a proposal")
    assert allocated == Decided("dropped", "the round has not been allocated")


def test_the_qa_office_hears_how_many_audits_a_round_gave_out(council: Council, people: Staff) -> None:
    with council.write() as work:
        reachable(work, people.qa_officer)
        audit = an_allocated_audit(work, people)

        message = _message(work, council, "round_allocated", audit.round_id, people.qa_officer.id)

    said = shown_text(message.activity["attachments"][0]["content"])
    assert "1 audit of the May 2026 round" in said
    assert "fell out" not in said


@pytest.mark.rule("CA-05")
def test_the_qa_office_hears_how_many_approved_pairs_fell_out_before_they_went(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        reachable(work, people.qa_officer)
        a_caseload(work, people)
        planned = proposed(work, council)
        approve_round(work, council, by=None, round_id=planned.id, version=planned.version, now=BEFORE)
        gone, back = (place_of(work, planned.id, one) for one in (people.auditor, people.second_auditor))
        work.cases.close([gone.case_id], BEFORE.date())
        allocate_due(work, council, NOW)
        (given,) = (a for a in work.audits.of_round(planned.id) if a.auditor_id == back.auditor_id)
        return_audit(work, given, because=Returned.CONFLICT, note="", by=back.auditor_id, now=NOW)
        reallocate(work, council, by=people.qa_officer, audit_id=given.id, now=NOW)

        message = _message(work, council, "round_allocated", planned.id, people.qa_officer.id)

    said = shown_text(message.activity["attachments"][0]["content"])
    assert "3 audits of the May 2026 round went to 3 auditors." in said
    assert "1 approved pair fell out since the approval" in said


@pytest.mark.rule("Q16")
def test_a_safety_alert_says_who_acts_on_it_already_and_is_sent_all_the_same(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        reachable(work, people.ad_qa)
        audit = an_accepted_audit(work, people)
        alert_id, _ = raise_alert(
            work, council, by=people.auditor, audit_id=audit.id, concern="Alone at night.", now=NOW
        )
        before = _message(work, council, "safety_escalation", alert_id, people.ad_qa.id)
        acknowledge(work, by=people.team_manager, alert_id=alert_id, now=NOW)

        after = _message(work, council, "safety_escalation", alert_id, people.ad_qa.id)

    before_words, after_words = (shown_text(m.activity["attachments"][0]["content"]) for m in (before, after))
    assert "Nobody has said yet" in before_words
    assert "Toni Manager, 1 May 2026 at 09:00" in after_words
    assert "beyond the team and the service" in after_words


@pytest.mark.rule("Q16")
def test_the_mail_says_in_which_part_its_reader_receives_it(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        alert_id, _ = raise_alert(
            work, council, by=people.auditor, audit_id=audit.id, concern="Alone at night.", now=NOW
        )

        director = _parcel(work, council, "safety_escalation", alert_id, people.ad_qa.id, medium="email")
        manager = _parcel(work, council, "safety_alert", alert_id, people.team_manager.id, medium="email")

    assert isinstance(director, Mail)
    assert isinstance(manager, Mail)
    assert director.to == people.ad_qa.email
    assert "beyond the team and the service" in director.body
    assert "as the manager of the team" in manager.body
    assert "1 May 2026 at 09:00" in manager.body


def test_every_try_of_a_mail_carries_the_same_id(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        alert_id, _ = raise_alert(
            work, council, by=people.auditor, audit_id=audit.id, concern="Alone at night.", now=NOW
        )
        tries = [
            _parcel(work, council, "safety_alert", alert_id, people.team_manager.id, medium="email", at=n)
            for n in (7, 7, 8)
        ]

    first, again, another = (mail.message_id for mail in tries if isinstance(mail, Mail))
    assert first == again != another


def test_an_edit_of_an_audit_that_is_open_changes_nothing(council: Council, people: Staff) -> None:
    with council.write() as work:
        reachable(work, people.auditor)
        audit = an_accepted_audit(work, people)
        work.reach.keep_copy(Copy("chat", "1", people.auditor.id, "overview", audit.id), NOW)

        parcel = _parcel(work, council, "copies_outdated", audit.id, people.auditor.id, medium="update")

    assert parcel == Decided("dropped", "the audit is still open")


def test_nothing_is_edited_where_nothing_was_posted(council: Council, people: Staff) -> None:
    with council.write() as work:
        reachable(work, people.auditor)
        audit = a_submitted_audit(work, council, people)

        parcel = _parcel(work, council, "copies_outdated", audit.id, people.auditor.id, medium="update")

    assert parcel == Decided("dropped", "no card was posted")


@pytest.mark.parametrize(("medium", "kind"), [("email", "audit_shared"), ("update", "audit_shared")])
def test_a_kind_without_that_medium_is_left_for_a_person(
    council: Council, people: Staff, medium: str, kind: str
) -> None:
    with council.write() as work:
        parcel = _parcel(work, council, kind, 1, people.auditor.id, medium=medium)

    assert parcel == Decided("dead", f"no {medium} is known for this kind")


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize(
    "kind",
    [
        "audit_returned",
        "auditor_away",
        "day_preview",
        "round_allocated",
        "round_proposed",
        "sample_check",
        "sample_wanted",
        "stranger",
        "unreachable_people",
    ],
)
def test_whoever_left_the_qa_office_gets_nothing_of_its_any_more(
    council: Council, people: Staff, kind: str
) -> None:
    with council.write() as work:
        reachable(work, people.qa_officer)
        planned = a_round(work)
        work.people.change(people.qa_officer.id, {}, [Post.PRACTITIONER])

        parcel = _parcel(work, council, kind, planned, people.qa_officer.id)

    assert parcel == Decided("dropped", "they are no longer in the QA office")


@pytest.mark.parametrize(("left_on", "told"), [(date(2026, 5, 1), False), (date(2026, 5, 2), True)])
def test_someone_who_leaves_later_is_still_told(
    council: Council, people: Staff, left_on: date, told: bool
) -> None:
    with council.write() as work:
        reachable(work, people.auditor)
        audit = an_allocated_audit(work, people)
        work.people.mark_left([people.auditor.id], left_on)

        parcel = _parcel(work, council, "audit_allocated", audit.id, people.auditor.id)

    assert isinstance(parcel, Message) is told


def _parcel(
    work: Work,
    council: Council,
    kind: str,
    subject_id: int,
    person_id: int,
    *,
    medium: str = "teams",
    at: int = 1,
) -> Parcel:
    notice = Notice(
        at, "key", kind, subject_id, person_id, medium, NOW, "claimed", 1, "token", None, None, False
    )
    return prepare(work, council, notice, now=NOW, nonce="a nonce")


def _message(work: Work, council: Council, kind: str, subject_id: int, person_id: int) -> Message:
    parcel = _parcel(work, council, kind, subject_id, person_id)
    assert isinstance(parcel, Message)
    return parcel
