"""Builders of the learning log, written through the repository, so that a test shows only what matters."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from domain.days import local_day
from domain.grades import Grade
from domain.learning import DraftedFrom, Entry, EntryState, Evidence, LearningAction
from domain.learning_evidence import SourceKind
from domain.pages import SectionPage, Source
from domain.people import Person
from scheduler.drawing import Drawing
from scheduler.rendering import CARDS
from storage.work import Work
from tests.builders import NOW
from workflows.council import Council


def a_draft(
    work: Work,
    owner: Person | None = None,
    *,
    title: str = "Plans that children can read",
    theme: str = "planning",
    learning: str = "Plans were written for courts, and children did not know what would happen next.",
    audits: Iterable[int] = (),
    now: datetime = NOW,
    due_on: date | None = None,
) -> Entry:
    """A draft; with an owner it lacks nothing and is due in two months."""
    if owner is not None:
        due_on = due_on or local_day(now) + timedelta(days=60)
    entry_id = work.learning.add(
        theme=theme,
        title=title,
        learning=learning,
        drafted_from=DraftedFrom.HAND,
        by=None,
        now=now,
        owner_id=owner.id if owner else None,
        due_on=due_on,
    )
    work.learning.link(entry_id, Evidence.AUDIT, audits)
    return the_entry(work, entry_id)


def an_entry(work: Work, owner: Person, *, state: EntryState = EntryState.OPEN, **given: Any) -> Entry:
    """A published entry; nobody has been told of it."""
    draft = a_draft(work, owner, **given)
    values: dict[str, Any] = {"state": state.value}
    if state is EntryState.ASSURED:
        values |= {"assured_by": owner.id, "assured_at": NOW}
    assert work.learning.change(draft, values)
    return the_entry(work, draft.id)


def an_action(
    work: Work, entry: Entry, owner: Person, *, due_on: date = date(2026, 5, 29), what: str = "Write a guide."
) -> LearningAction:
    """An action of the entry; nobody has been told of it."""
    action_id = work.learning.add_action(entry.id, what=what, owner_id=owner.id, due_on=due_on)
    found = work.learning.action(action_id)
    assert found is not None
    return found


def a_whole_entry(work: Work, owner: Person, **given: Any) -> Entry:
    """A published entry that lacks nothing but the answer on impact: with evidence and an action done."""
    entry = an_entry(work, owner, **given)
    work.learning.add_source(
        entry.id, SourceKind.COMPLAINT, what="Complaints of the spring", dated_on=local_day(NOW)
    )
    action = an_action(work, entry, owner)
    done = {"done_on": action.due_on, "done_by": owner.id, "done_text": "The guide is in use."}
    assert work.learning.change_action(action.id, done)
    return entry


def a_section(grade: Grade, *tags: str) -> SectionPage:
    """A section's page that lacks nothing, of this grade and with these components of good practice seen."""
    day = local_day(NOW)
    sources = (Source("Home visit", day), Source("Supervision record", day), Source("Plan review", day))
    return SectionPage(grade, "Found.", "Done.", "The child knows.", sources, tags=tags)


def the_entry(work: Work, entry_id: int) -> Entry:
    """The entry as it stands."""
    found = work.learning.get(entry_id)
    assert found is not None
    return found


def drawn(work: Work, council: Council, kind: str, subject_id: int, *, now: datetime = NOW) -> list[Any]:
    """What each notice of this kind would be at this moment, in the order they were queued."""
    found = []
    for notice in work.notices.of(kind, subject_id):
        assert notice.person_id is not None
        reader = work.people.get(notice.person_id)
        found.append(CARDS[kind](Drawing(work, council, notice, reader, now, "nonce")))
    return found
