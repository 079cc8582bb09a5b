"""The learning log in the database: what must not stand there, and what themes are counted from."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from domain.grades import Grade
from domain.learning import EntryState, Evidence
from storage.work import Work
from tests.builders import (
    NOW,
    Staff,
    a_submitted_audit,
    an_accepted_audit,
    complete_pages,
    save_pages,
)
from tests.learning import a_draft, a_section, an_action, an_entry
from workflows.council import Council


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


@pytest.mark.rule("OG-06")
@pytest.mark.parametrize(
    "answer",
    [{"impact": "Children know."}, {"more_needed": False}, {"impact": "", "more_needed": True}],
)
def test_no_entry_stands_closed_without_an_answer_on_impact(
    work: Work, people: Staff, answer: dict[str, Any]
) -> None:
    entry = an_entry(work, people.service_manager)
    closed = {"state": "closed", "closed_by": people.qa_officer.id, "closed_at": NOW, **answer}

    with pytest.raises(IntegrityError), work.part():
        work.learning.change(entry, closed)

    assert work.learning.change(entry, {**closed, "impact": "Children know.", "more_needed": False})


def test_of_two_who_change_the_same_version_one_does(work: Work, people: Staff) -> None:
    entry = an_entry(work, people.service_manager)

    assert work.learning.change(entry, {"title": "First"})
    assert not work.learning.change(entry, {"title": "Second"})

    found = work.learning.get(entry.id)
    assert found is not None
    assert (found.title, found.version) == ("First", entry.version + 1)


def test_evidence_is_kept_once_and_found_from_both_ends(work: Work, people: Staff) -> None:
    first, second = a_draft(work, audits=[3, 1]), a_draft(work, audits=[3])
    work.learning.link(first.id, Evidence.MODERATION, [8])
    work.learning.link(first.id, Evidence.AUDIT, [1, 2])

    found = work.learning.evidence([first.id, second.id])

    assert found == {
        first.id: {Evidence.AUDIT: (1, 2, 3), Evidence.MODERATION: (8,)},
        second.id: {Evidence.AUDIT: (3,)},
    }
    assert work.learning.resting_on(Evidence.AUDIT, 3) == (first.id, second.id)


def test_what_is_done_is_neither_changed_nor_taken_out(work: Work, people: Staff) -> None:
    entry = an_entry(work, people.service_manager)
    action = an_action(work, entry, people.cover)
    done = {"done_on": action.due_on, "done_by": people.cover.id, "done_text": "Written."}

    assert work.learning.change_action(action.id, done)

    assert not work.learning.change_action(action.id, {"what": "Something else."})
    assert not work.learning.take_out_action(action.id)
    assert work.learning.open_actions_of(people.cover.id) == ()
    assert work.learning.actions([entry.id]) == {entry.id: (replace(action, **done),)}


def test_only_what_is_published_is_anybodys_to_do(work: Work, people: Staff) -> None:
    draft, entry = a_draft(work, people.cover), an_entry(work, people.cover)
    an_action(work, draft, people.cover)
    action = an_action(work, entry, people.cover)

    assert work.learning.open_actions_of(people.cover.id) == (action,)


def test_entries_come_in_the_order_of_their_days(work: Work, people: Staff) -> None:
    without = a_draft(work)
    later = a_draft(work, people.cover, now=NOW + timedelta(days=9))
    sooner = a_draft(work, people.cover)

    found = work.learning.in_states({EntryState.DRAFT})

    assert [entry.id for entry in found] == [sooner.id, later.id, without.id]


@pytest.mark.rule("CA-21")
def test_graded_pages_are_those_of_submitted_audits_with_what_was_tagged_there(
    work: Work, council: Council, people: Staff
) -> None:
    tagged = a_section(Grade.INADEQUATE, "GP-01", "GP-03")
    audit = a_submitted_audit(work, council, people, pages={"planning": tagged})
    unfinished = an_accepted_audit(work, people, reference="CF-2")
    save_pages(work, unfinished, complete_pages(council.framework, people, unfinished))

    found = {one.page: one for one in work.learning.graded_pages(NOW, NOW + timedelta(seconds=1))}

    planning = found["planning"]
    assert {one.audit_id for one in found.values()} == {audit.id}
    assert (planning.grade, planning.tags) == (Grade.INADEQUATE, ("GP-01", "GP-03"))
    assert (planning.team, planning.plan_type, planning.age_band) == ("Conifers 1", "Child in need", "5 to 9")
    assert {one.tags for key, one in found.items() if key != "planning"} == {()}
    assert work.learning.graded_pages(NOW + timedelta(seconds=1), NOW + timedelta(days=1)) == ()
