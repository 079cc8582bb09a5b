"""Actions of the learning log: who is told of what, when, and that only their owner says they are done."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from domain.errors import NotAllowed
from domain.learning import Entry
from scheduler.drawing import Drawn, Needless
from storage.work import Work
from tests.builders import NOW, Staff
from tests.chat import text
from tests.dialogs.scripts import on_one_engine
from tests.learning import a_draft, an_action, an_entry, drawn, the_entry
from workflows import learning_actions, learning_log
from workflows.council import Council
from workflows.learning_texts import TextsWanted

pytestmark = on_one_engine


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


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

    # Due on Friday 29 May: three working days before it is the 26th, and the next one after it 1 June, each
    # from London's midnight on, which is eleven in the evening before in UTC.
    due = {
        kind: [(n.person_id, n.due_at.date()) for n in work.notices.of(f"learning_action_{kind}", action_id)]
        for kind in ("given", "soon", "overdue")
    }
    assert due == {
        "given": [(people.cover.id, NOW.date())],
        "soon": [(people.cover.id, date(2026, 5, 25))],
        "overdue": [(people.cover.id, date(2026, 5, 31))],
    }
    for kind in due:
        (made,) = drawn(work, council, f"learning_action_{kind}", action_id)
        assert "Write a guide." in text(made.card)


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

    first, *later = drawn(work, council, "learning_action_overdue", action_id)
    assert isinstance(first, Needless)
    assert [type(made) for made in later] == ([Drawn] if change in ("moved", "handed on") else [])


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

    later = NOW + timedelta(days=70)
    assert isinstance(drawn(work, council, "learning_action_given", action_id)[0], Drawn)
    assert [type(made) for made in drawn(work, council, "learning_entry_given", draft.id)] == [Drawn]
    (assure,) = drawn(work, council, "learning_to_assure", people.ad_qa.id)
    assert "1 entry" in text(assure.card)
    # The QA office hears of it on the working day after its own.
    (late,) = work.notices.of("learning_entry_overdue", draft.id)
    assert late.person_id == people.qa_officer.id
    assert isinstance(drawn(work, council, "learning_entry_overdue", draft.id)[0], Needless)
    assert isinstance(drawn(work, council, "learning_entry_overdue", draft.id, now=later)[0], Drawn)


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
