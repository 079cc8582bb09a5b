"""Actions of the learning log: who is told of what, when, and that only their owner says they are done."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.errors import NotAllowed
from domain.learning import Entry
from scheduler.drawing import Drawn
from storage.work import Work
from tests.builders import NOW, Staff
from tests.chat import text
from tests.dialogs.scripts import on_one_engine
from tests.learning import a_draft, an_action, an_entry, drawn, the_entry
from tests.reminded import days_of, said_on
from workflows import learning_actions, learning_log
from workflows.council import Council
from workflows.learning_telling import ACTION_OVERDUE, ACTION_SOON, ENTRY_OVERDUE, TO_ASSURE
from workflows.learning_texts import TextsWanted

pytestmark = on_one_engine


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


SOON, LATE = datetime(2026, 5, 26, 9, 0, tzinfo=UTC), datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def on(day: date) -> datetime:
    """In the morning of this day."""
    return datetime.combine(day, SOON.timetz())


def gives(work: Work, council: Council, people: Staff, entry: Entry, action_id: int = 0, **typed: str) -> int:
    """The QA officer gives an action to the covering service manager, or changes it; its id."""
    given = {"what": "Write a guide.", "action_owner": str(people.cover.id), "action_due_on": "2026-05-29"}
    learning_actions.save_action(
        work,
        council,
        by=people.qa_officer,
        entry_id=entry.id,
        action_id=action_id,
        version=the_entry(work, entry.id).version,
        typed={**given, **typed},
        now=NOW,
    )
    return work.learning.actions([entry.id])[entry.id][0].id


@pytest.mark.rule("OG-06")
def test_an_owner_is_told_at_once_three_working_days_ahead_and_when_it_is_late(
    work: Work, council: Council, people: Staff
) -> None:
    entry = an_entry(work, people.service_manager)

    action_id = gives(work, council, people, entry)

    # Due on Friday 29 May: three working days before it is the 26th, and the next one after it 1 June.
    assert [n.person_id for n in work.notices.of("learning_action_given", action_id)] == [people.cover.id]
    assert days_of(work, ACTION_SOON, action_id) == [(people.cover.id, SOON.date())]
    assert days_of(work, ACTION_OVERDUE, action_id) == [(people.cover.id, LATE.date())]
    (made,) = drawn(work, council, "learning_action_given", action_id)
    assert "Write a guide." in text(made.card)
    for then, due in ((SOON, "Due 29 May 2026"), (LATE, "Was due 29 May 2026")):
        said = said_on(work, council, people.cover, then)
        assert "Write a guide." in said
        assert due in said


@pytest.mark.rule("OG-06")
@pytest.mark.parametrize("change", ["done", "moved", "handed on", "taken out", "closed"])
def test_a_reminder_falls_away_once_it_no_longer_applies(
    work: Work, council: Council, people: Staff, change: str
) -> None:
    entry = an_entry(work, people.service_manager)
    action_id = gives(work, council, people, entry)
    version = the_entry(work, entry.id).version

    if change == "done":
        learning_actions.finish_action(
            work, council, by=people.cover, action_id=action_id, text="Done.", now=NOW
        )
    elif change == "moved":
        gives(work, council, people, entry, action_id, action_due_on="2026-06-12")
    elif change == "handed on":
        gives(work, council, people, entry, action_id, action_owner=str(people.ad_qa.id))
    elif change == "taken out":
        asked: dict[str, Any] = {"by": people.qa_officer, "version": version, "now": NOW}
        learning_actions.take_out_action(work, council, entry_id=entry.id, action_id=action_id, **asked)
    else:
        work.learning.change(the_entry(work, entry.id), {"state": "dropped"})

    assert "Write a guide." not in said_on(work, council, people.cover, LATE)
    told = days_of(work, ACTION_OVERDUE, action_id)
    anew = {
        "moved": [(people.cover.id, date(2026, 6, 15))],
        "handed on": [(people.ad_qa.id, LATE.date())],
    }
    assert sorted(told) == sorted([(people.cover.id, LATE.date()), *anew.get(change, [])])


@pytest.mark.rule("OG-06", "RO-06")
def test_publishing_tells_whoever_sees_to_it_those_with_actions_and_who_assures(
    work: Work, council: Council, people: Staff
) -> None:
    draft = a_draft(work, people.service_manager)
    action_id = gives(work, council, people, draft)
    assert work.notices.of("learning_action_given", action_id) == ()

    version = the_entry(work, draft.id).version
    learning_log.publish_entry(
        work, council, by=people.qa_officer, entry_id=draft.id, version=version, now=NOW
    )

    assert isinstance(drawn(work, council, "learning_action_given", action_id)[0], Drawn)
    assert [type(made) for made in drawn(work, council, "learning_entry_given", draft.id)] == [Drawn]
    ((assures, tomorrow),) = days_of(work, TO_ASSURE, people.ad_qa.id)
    assert assures == people.ad_qa.id
    assert "1 entry of the learning log to assure" in said_on(work, council, people.ad_qa, on(tomorrow))
    # The QA office hears of it on the working day after its own.
    ((told, late),) = days_of(work, ENTRY_OVERDUE, draft.id)
    assert told == people.qa_officer.id
    due_on = the_entry(work, draft.id).due_on
    assert due_on is not None
    assert draft.title in said_on(work, council, people.qa_officer, on(late))
    work.learning.change(the_entry(work, draft.id), {"due_on": due_on + timedelta(days=30)})
    assert draft.title not in said_on(work, council, people.qa_officer, on(late))


@pytest.mark.rule("SG-05")
def test_only_the_owner_says_that_an_action_is_done_and_says_what(
    work: Work, council: Council, people: Staff
) -> None:
    action = an_action(work, an_entry(work, people.service_manager), people.cover)

    for somebody in (people.qa_officer, people.ad_qa, people.service_manager):
        with pytest.raises(NotAllowed):
            learning_actions.finish_action(
                work, council, by=somebody, action_id=action.id, text="Done.", now=NOW
            )
    with pytest.raises(TextsWanted):
        learning_actions.finish_action(work, council, by=people.cover, action_id=action.id, text=" ", now=NOW)
    learning_actions.finish_action(
        work, council, by=people.cover, action_id=action.id, text="In use.", now=NOW
    )

    done = work.learning.action(action.id)
    assert done is not None
    assert (done.done_on, done.done_by, done.done_text) == (NOW.date(), people.cover.id, "In use.")
