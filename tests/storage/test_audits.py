"""Audits as they are kept: versions, pages, who they were shared with and what followed."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.audits import Audit, AuditState, Returned
from storage.actions import ActionRow
from storage.audit_answers import CommentRow, Responses, ReviewRow, ShareRow
from storage.work import Work
from tests.builders import (
    MONTH,
    NOW,
    Staff,
    a_case,
    a_returned_audit,
    an_accepted_audit,
    an_allocated_audit,
)
from workflows.council import Council

DAY = timedelta(days=1)


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began, undone in the end.

    A statement that PostgreSQL refused leaves nothing that could be committed.
    """
    with suppress(_Over), council.write() as opened:
        yield opened
        raise _Over


class _Over(Exception):
    """The test is over."""


@pytest.fixture
def audit(work: Work, people: Staff) -> Audit:
    return an_allocated_audit(work, people, has_contact_section=True)


def test_an_audit_comes_back_as_it_was_allocated(work: Work, people: Staff, audit: Audit) -> None:
    case = work.cases.get(audit.case_id)

    assert work.audits.get(audit.id) == audit
    assert (audit.case_reference, audit.auditor_id, audit.practitioner_id, audit.team_id) == (
        case.reference,
        people.auditor.id,
        people.practitioner.id,
        people.team.id,
    )
    assert (audit.state, audit.has_contact_section, audit.version) == (AuditState.ALLOCATED, True, 1)
    assert (audit.allocated_on, audit.framework_version) == (date(2026, 5, 1), "1")
    assert (audit.accepted_at, audit.submitted_at, audit.overall, audit.returned_because) == (None,) * 4


def test_an_unknown_audit_is_none(work: Work) -> None:
    assert work.audits.get(99) is None
    assert work.audits.review(99) is None
    assert work.audits.returned_note(99) == ""


def test_a_change_counts_the_version_up_and_keeps_the_moment(work: Work, audit: Audit) -> None:
    changed = work.audits.change(audit, {"state": "accepted", "accepted_at": NOW})

    found = work.audits.get(audit.id)
    assert changed is True
    assert found is not None
    assert (found.state, found.accepted_at, found.version) == (AuditState.ACCEPTED, NOW, 2)


def test_a_change_touches_no_other_audit(work: Work, people: Staff, audit: Audit) -> None:
    other = an_allocated_audit(work, people, reference="CF-2", auditor_id=people.second_auditor.id)

    work.audits.change(audit, {"state": "accepted", "accepted_at": NOW})

    assert work.audits.get(other.id) == other


def test_a_submitted_audit_always_has_a_grade(work: Work, audit: Audit) -> None:
    with pytest.raises(IntegrityError, match="submitted_paired"):
        work.audits.change(audit, {"state": "submitted", "submitted_at": NOW})


def test_a_returned_audit_says_why(work: Work, people: Staff) -> None:
    returned = a_returned_audit(work, people)

    assert (returned.state, returned.returned_because) == (AuditState.RETURNED, Returned.CONFLICT)
    assert work.audits.returned_note(returned.id) == "They knew the family."


def test_a_returned_audit_is_replaced_once(work: Work, people: Staff) -> None:
    returned = a_returned_audit(work, people)
    before = work.audits.replaced(returned.id)
    case = work.cases.get(returned.case_id)

    second = an_allocated_audit(
        work, people, case=case, auditor_id=people.second_auditor.id, replaces_id=returned.id
    )

    assert (before, work.audits.replaced(returned.id)) == (False, True)
    assert second.replaces_id == returned.id
    with pytest.raises(IntegrityError):
        an_allocated_audit(work, people, case=case, replaces_id=returned.id)


def test_standing_is_the_practitioners_line_manager_and_the_service_of_the_audits_team(
    work: Work, people: Staff, audit: Audit
) -> None:
    # The practitioner has moved to the other service since; the audit stays with the team it was held in.
    work.people.change(people.practitioner.id, {"service_id": people.other_service.id})

    assert work.audits.standing(audit) == (people.line_manager.id, people.service.id)


def test_a_practitioner_may_have_no_line_manager(work: Work, people: Staff, audit: Audit) -> None:
    work.people.change(people.practitioner.id, {"manager_id": None})

    assert work.audits.standing(audit) == (None, people.service.id)


def test_an_auditors_open_audits_come_with_the_earliest_due_first(work: Work, people: Staff) -> None:
    later = an_allocated_audit(work, people, reference="CF-1", due_on=date(2026, 6, 3))
    sooner = an_accepted_audit(work, people, reference="CF-2", due_on=date(2026, 6, 1))
    an_accepted_audit(work, people, reference="CF-3", auditor_id=people.second_auditor.id)
    a_returned_audit(work, people, reference="CF-4")

    assert work.audits.of_auditor(people.auditor.id) == (sooner, later)


def test_what_an_auditor_submitted_lately_is_found(work: Work, people: Staff) -> None:
    late, edge, before = (an_accepted_audit(work, people, reference=f"CF-{n}") for n in range(3))
    for audit, at in ((late, NOW + timedelta(hours=1)), (edge, NOW), (before, NOW - timedelta(seconds=1))):
        work.audits.change(audit, {"state": "submitted", "overall": "good", "submitted_at": at})
    an_accepted_audit(work, people, reference="CF-9")

    found = work.audits.submitted_by(people.auditor.id, since=NOW)

    assert [audit.id for audit in found] == [late.id, edge.id]


def test_the_audits_of_a_round_are_all_of_them(work: Work, people: Staff) -> None:
    this = an_allocated_audit(work, people, reference="CF-1")
    back = a_returned_audit(work, people, reference="CF-2")
    other = an_allocated_audit(work, people, reference="CF-3", month=date(2026, 6, 1))

    assert {audit.id for audit in work.audits.of_round(this.round_id)} == {this.id, back.id}
    assert work.audits.of_round(other.round_id) == (other,)


def test_only_audits_under_way_stand_on_a_case(work: Work, people: Staff) -> None:
    cases = [a_case(work, people, f"CF-{number}") for number in (1, 2, 3)]
    later = an_allocated_audit(work, people, case=cases[0], due_on=date(2026, 6, 3))
    sooner = an_accepted_audit(work, people, case=cases[1], due_on=date(2026, 6, 1))
    a_returned_audit(work, people, case=cases[2])

    ids = [case.id for case in cases]

    assert work.audits.open_on_cases(ids) == (sooner, later)
    assert work.audits.open_on_cases([*ids, *range(1000, 70_000)]) == (sooner, later)
    assert work.audits.open_on_cases(ids[2:]) == ()
    assert work.audits.open_on_cases([]) == ()


def test_history_counts_everything_but_what_went_back(work: Work, people: Staff) -> None:
    old, new = date(2025, 5, 1), date(2026, 5, 1)
    an_allocated_audit(work, people, reference="CF-1", allocated_on=old)
    an_allocated_audit(work, people, reference="CF-2", allocated_on=new)
    a_returned_audit(work, people, reference="CF-3", auditor_id=people.second_auditor.id)
    me, practitioner = people.auditor.id, people.practitioner.id

    assert work.audits.last_audited() == {practitioner: new}
    assert work.audits.history_since(old) == ((me, practitioner, old), (me, practitioner, new))
    assert work.audits.history_since(old + DAY) == ((me, practitioner, new),)
    assert (work.audits.load_since(old), work.audits.load_since(new)) == ({me: 2}, {me: 1})


def test_a_page_comes_back_as_it_was_saved(work: Work, people: Staff, audit: Audit) -> None:
    body: dict[str, object] = {
        "journey": "Ævar moved – twice.",
        "sources": [["Visit", "2026-04-14"]],
        "x": None,
    }

    first = _save(work, audit, 0, body)

    page = work.audits.page(audit.id, "journey")
    assert first is True
    assert page is not None
    assert (page.audit_id, page.page, page.version, page.body, page.saved_at, page.saved_by) == (
        audit.id,
        "journey",
        1,
        body,
        NOW,
        people.auditor.id,
    )
    assert work.audits.page(audit.id, "file") is None


@pytest.mark.parametrize(("version", "kept"), [(0, False), (1, False), (2, True), (3, False)])
def test_a_page_is_saved_over_the_version_it_was_drawn_from_alone(
    work: Work, audit: Audit, version: int, kept: bool
) -> None:
    _save(work, audit, 0, {"journey": "one"})
    _save(work, audit, 1, {"journey": "two"})

    saved = _save(work, audit, version, {"journey": "three"})

    page = work.audits.page(audit.id, "journey")
    assert saved is kept
    assert page is not None
    assert (page.version, page.body) == ((3, {"journey": "three"}) if kept else (2, {"journey": "two"}))


def test_saving_one_page_leaves_other_pages_and_audits_alone(work: Work, people: Staff, audit: Audit) -> None:
    other = an_allocated_audit(work, people, reference="CF-2", auditor_id=people.second_auditor.id)
    for which in (audit, other):
        _save(work, which, 0, {"journey": "as it was"})
        _save(work, which, 0, {"note": "as it was"}, page="file")

    _save(work, audit, 1, {"journey": "changed"})

    changed, untouched = work.audits.pages(audit.id), work.audits.pages(other.id)
    assert {key: page.body for key, page in changed.items()} == {
        "journey": {"journey": "changed"},
        "file": {"note": "as it was"},
    }
    assert [page.version for page in untouched.values()] == [1, 1]


def test_what_was_shared_is_listed_for_each_reader_latest_first(
    work: Work, people: Staff, audit: Audit
) -> None:
    reader, manager = people.practitioner.id, people.team_manager.id
    newer = an_allocated_audit(work, people, reference="CF-2", auditor_id=people.second_auditor.id)
    work.audits.share(audit.id, {reader: "practitioner", manager: "team_manager"}, NOW)
    work.audits.share(newer.id, {reader: "practitioner"}, NOW + DAY)
    work.audits.share(newer.id, {}, NOW)

    assert work.audits.shared_with(reader, since=NOW) == ((newer, "practitioner"), (audit, "practitioner"))
    assert work.audits.shared_with(reader, since=NOW + DAY) == ((newer, "practitioner"),)
    assert work.audits.shared_with(people.bystander.id, since=NOW) == ()
    assert work.audits.shares(audit.id) == tuple(
        ShareRow(audit.id, person, capacity, NOW)
        for person, capacity in sorted({reader: "practitioner", manager: "team_manager"}.items())
    )


def test_agreed_actions_keep_their_order(work: Work, people: Staff, audit: Audit) -> None:
    owner, due = people.practitioner.id, date(2026, 6, 1)
    given = [
        {"what": what, "owner_id": owner, "due_on": due, "agreed_on": MONTH} for what in ("Zeal", "Care")
    ]

    work.actions.add_agreed(audit.id, given)
    work.actions.add_agreed(audit.id, [])

    found = work.actions.of_audit(audit.id)
    assert found == tuple(
        ActionRow(row.id, audit.id, position, what, owner, due, MONTH, "open", None, None, None, None, 1)
        for row, (position, what) in zip(found, [(1, "Zeal"), (2, "Care")], strict=True)
    )


def test_comments_come_oldest_first_and_the_review_once(work: Work, people: Staff, audit: Audit) -> None:
    practitioner, manager = people.practitioner.id, people.team_manager.id
    work.audits.add_comment(audit.id, practitioner, "Thank you.", NOW)
    work.audits.add_comment(audit.id, practitioner, "One more thing.", NOW + DAY)
    work.audits.add_review(audit.id, by=manager, nominated=True, reason="Worth a look.", now=NOW)

    assert work.audits.comments(audit.id) == (
        CommentRow(practitioner, "Thank you.", NOW),
        CommentRow(practitioner, "One more thing.", NOW + DAY),
    )
    assert work.audits.review(audit.id) == ReviewRow(manager, NOW, True, "Worth a look.")
    with pytest.raises(IntegrityError):
        work.audits.add_review(audit.id, by=manager, nominated=False, reason="", now=NOW)


def test_responses_count_audits_rather_than_comments(work: Work, people: Staff) -> None:
    audits = [
        an_allocated_audit(work, people, reference=f"CF-{n}", month=date(2026, 5 + n, 1)) for n in range(3)
    ]
    ids = [audit.id for audit in audits]
    for _ in range(2):
        work.audits.add_comment(ids[0], people.practitioner.id, "Thank you.", NOW)
    for audit_id, nominated in ((ids[0], True), (ids[1], False)):
        work.audits.add_review(audit_id, by=people.team_manager.id, nominated=nominated, reason="", now=NOW)

    assert work.audits.responses(ids) == Responses(commented=1, reviewed=2, nominated=1)
    assert work.audits.responses(ids[2:]) == Responses(0, 0, 0)
    assert work.audits.responses([]) == Responses(0, 0, 0)


def _save(work: Work, audit: Audit, version: int, body: dict[str, object], *, page: str = "journey") -> bool:
    return work.audits.save_page(
        audit_id=audit.id,
        page=page,
        version=version,
        body=body,
        grade=None,
        by=audit.auditor_id,
        now=NOW,
    )
