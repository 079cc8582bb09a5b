"""Recommendations join the tracker by themselves: from the log, from packs, from work that is done."""

from collections.abc import Iterator
from datetime import date

import pytest

from domain.errors import RuleBroken
from domain.learning_evidence import SourceKind
from domain.packs import PackKind, PackState
from domain.people import Post
from domain.tracking import Source, Tracked, TrackedKind, TrackedState
from storage.work import Work
from tests.builders import NOW, Staff, a_person
from tests.dialogs.scripts import on_one_engine
from tests.governance import an_item, the_item
from tests.learning import a_draft, an_action, the_entry
from tests.workflows.test_left_behind import leaves
from workflows import forward_planning, learning_actions, learning_log, packing, recommending, tracking
from workflows.council import Council
from workflows.learning_texts import TextsWanted
from workflows.left_behind import pass_on_left_behind
from workflows.tracked_following import row_of
from workflows.tracked_look import open_row, view_tracker

pytestmark = on_one_engine


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


def published(work: Work, council: Council, people: Staff, *whats: str) -> tuple[int, list[int]]:
    """(entry, its actions) of a published entry that the service manager owns."""
    entry = a_draft(work, people.service_manager)
    actions = [an_action(work, entry, people.service_manager, what=what).id for what in whats]
    learning_log.publish_entry(
        work, council, by=people.qa_officer, entry_id=entry.id, version=entry.version, now=NOW
    )
    return entry.id, actions


def the_rows(work: Work) -> list[Tracked]:
    """Everything on the tracker."""
    return sorted(work.tracking.in_states(set(TrackedState)), key=lambda row: row.id)


@pytest.mark.rule("OG-06", "MO-09", "MO-17")
def test_what_a_draft_asks_for_joins_nothing_until_the_day_it_is_published(
    work: Work, council: Council, people: Staff
) -> None:
    entry = a_draft(work, people.service_manager)
    learning_actions.save_action(
        work,
        council,
        by=people.qa_officer,
        entry_id=entry.id,
        action_id=0,
        version=entry.version,
        typed={
            "what": "Write a guide.",
            "action_owner": str(people.service_manager.id),
            "action_due_on": "2026-05-29",
        },
        now=NOW,
    )
    before = the_rows(work)

    entry = the_entry(work, entry.id)
    learning_log.publish_entry(
        work, council, by=people.qa_officer, entry_id=entry.id, version=entry.version, now=NOW
    )

    assert before == []
    (row,) = the_rows(work)
    assert (row.kind, row.source, row.title) == (
        TrackedKind.RECOMMENDATION,
        Source.LEARNING,
        "Write a guide.",
    )
    assert (row.owner_id, row.due_on, row.theme) == (
        people.service_manager.id,
        date(2026, 5, 29),
        entry.theme,
    )
    # Its owner is told by the log; the tracker does not tell and ask them again.
    assert list(work.notices.of("tracked_given", row.id)) == []
    assert work.tracking.of_owner(people.service_manager.id) == ()


@pytest.mark.rule("OG-06")
def test_a_row_follows_its_action_to_the_end_and_is_entered_once(
    work: Work, council: Council, people: Staff
) -> None:
    entry_id, (action_id, other) = published(work, council, people, "Write a guide.", "Train the teams.")
    version = the_entry(work, entry_id).version
    changed = {
        "what": "Write a short guide.",
        "action_owner": str(people.team_manager.id),
        "action_due_on": "2026-06-05",
    }
    learning_actions.save_action(
        work,
        council,
        by=people.qa_officer,
        entry_id=entry_id,
        action_id=action_id,
        version=version,
        typed=changed,
        now=NOW,
    )
    learning_actions.take_out_action(
        work,
        council,
        by=people.qa_officer,
        entry_id=entry_id,
        action_id=other,
        version=version + 1,
        now=NOW,
    )
    learning_actions.finish_action(
        work, council, by=people.team_manager, action_id=action_id, text="The guide is in use.", now=NOW
    )

    row, gone = the_rows(work)
    assert (row.title, row.owner_id, row.due_on) == (
        "Write a short guide.",
        people.team_manager.id,
        date(2026, 6, 5),
    )
    assert row.state is TrackedState.DONE
    assert [step.text for step in work.tracking.steps([row.id])[row.id]] == ["The guide is in use."]
    assert gone.state is TrackedState.DROPPED

    entry = the_entry(work, entry_id)
    close = {"impact": "Children know their plan.", "more_needed": "yes"}
    work.learning.add_source(entry_id, SourceKind.COMPLAINT, what="Complaints", dated_on=date(2026, 4, 1))
    learning_log.end_entry(
        work, council, by=people.qa_officer, entry_id=entry_id, version=entry.version, typed=close, now=NOW
    )
    row, gone = the_rows(work)
    assert (row.state, row.impact, row.more_needed) == (
        TrackedState.CLOSED,
        "Children know their plan.",
        True,
    )
    assert row.closed_by == people.qa_officer.id
    assert gone.state is TrackedState.DROPPED


@pytest.mark.rule("OG-06")
def test_what_follows_the_log_is_not_changed_in_the_tracker(
    work: Work, council: Council, people: Staff
) -> None:
    _, (action_id,) = published(work, council, people, "Write a guide.")
    row = row_of(work, action_id)
    assert row is not None
    answers = {"impact": "Children know their plan.", "more_needed": "no"}

    for by in (people.qa_officer, people.service_manager):
        with pytest.raises(RuleBroken, match="follows the learning log"):
            tracking.finish(work, council, by=by, tracked_id=row.id, version=1, typed=answers, now=NOW)
    with pytest.raises(RuleBroken, match="follows the learning log"):
        tracking.say_progress(
            work, council, by=people.service_manager, tracked_id=row.id, text="Half done.", now=NOW
        )
    with pytest.raises(RuleBroken, match="follows the learning log"):
        tracking.drop(
            work, council, by=people.qa_officer, tracked_id=row.id, version=1, reason="No.", now=NOW
        )

    opened = open_row(work, council, by=people.qa_officer, tracked_id=row.id, now=NOW)
    assert not opened.may_keep
    assert opened.came_from == "The learning log: Plans that children can read"
    assert opened.entry_id
    listed = view_tracker(work, council, by=people.qa_officer, part="open", now=NOW)
    assert [line.row.id for line in listed.lines] == [row.id]


@pytest.mark.rule("OG-06")
def test_a_leavers_actions_of_the_log_go_to_their_successor_and_the_tracker_follows(
    work: Work, council: Council, people: Staff
) -> None:
    _, (action_id,) = published(work, council, people, "Write a guide.")
    leaver = people.service_manager
    new = a_person(work, "Nell Next", Post.SM, service_id=leaver.service_id)
    leaves(work, leaver.id)

    passed = pass_on_left_behind(work, council, now=NOW)

    action, row = work.learning.action(action_id), row_of(work, action_id)
    assert action is not None
    assert row is not None
    assert (action.owner_id, row.owner_id) == (new.id, new.id)
    # The entry and its action; the row is no third thing.
    assert passed == 2


@pytest.mark.rule("OG-05", "OG-06")
def test_what_a_pack_lists_as_to_be_done_joins_the_tracker_once_it_is_sent(
    work: Work, council: Council, people: Staff
) -> None:
    pack_id = packing.draft_now(work, council, by=people.qa_officer, kind=PackKind.QA_GROUP, now=NOW)
    text = "Most actions are confirmed.\n- Write a guide to chronologies\n2. Train every team manager"
    packing.write_part(
        work,
        council,
        by=people.qa_officer,
        pack_id=pack_id,
        part="actions",
        seen=packing.mark_of(""),
        typed={packing.TEXT: text},
        now=NOW,
    )
    packing.ask_approval(work, council, by=people.qa_officer, pack_id=pack_id, now=NOW)
    waiting = the_rows(work)
    pack = work.packs.get(pack_id)
    assert pack is not None
    approver = a_person(work, "Sasha Quality", Post.SM_QA, Post.AD_QA)
    packing.approve(work, council, by=approver, pack_id=pack_id, seen=packing.whole_mark(work, pack), now=NOW)

    sent = work.packs.get(pack_id)
    assert sent is not None
    assert sent.state is PackState.SENT
    assert waiting == []
    rows = the_rows(work)
    assert [(row.title, row.source, row.source_id, row.owner_id) for row in rows] == [
        ("Write a guide to chronologies", Source.PACK, pack_id, None),
        ("Train every team manager", Source.PACK, pack_id, None),
    ]
    # The Board's report says the same again: it is one recommendation.
    again = recommending.join_from_pack(
        work, council, pack_id=pack_id + 1, texts={"actions": text}, by=approver.id, now=NOW
    )
    assert again == 0


@pytest.mark.rule("OG-06", "TA-08")
def test_what_thematic_work_recommends_joins_the_tracker_when_it_is_done(
    work: Work, council: Council, people: Staff
) -> None:
    psw = a_person(work, "Pat Principal", Post.PSW)
    signed = {"signed_by": people.ad_qa.id, "signed_at": NOW}
    item = an_item(work, starts_on=date(2026, 4, 13), ends_on=date(2026, 4, 24), **signed)
    long = "Show every team how a chronology begins with the child's day, " * 4
    words = {"plan_reason": "It went well.", "plan_recommends": f"- Ask fathers too\n\n{long}"}

    joined = forward_planning.end_item(
        work,
        council,
        by=people.qa_officer,
        item_id=item.id,
        version=item.version,
        state=type(item.state).DONE,
        typed=words,
        now=NOW,
    )

    rows = [row for row in the_rows(work) if row.kind is TrackedKind.RECOMMENDATION]
    assert joined == 2
    assert [(row.source, row.source_id, row.owner_id) for row in rows] == [(Source.PLAN, item.id, psw.id)] * 2
    assert rows[0].title == "Ask fathers too"
    assert [step.text for step in work.tracking.steps([rows[1].id])[rows[1].id]] == [long.strip()]
    # Unlike the activities of a year, a recommendation is told to whoever is to see to it.
    assert len(list(work.notices.of("tracked_given", rows[0].id))) == 1


@pytest.mark.rule("OG-06")
def test_cancelled_work_recommends_nothing(work: Work, council: Council, people: Staff) -> None:
    item = an_item(work, starts_on=date(2026, 6, 15), ends_on=date(2026, 7, 10))
    words = {"plan_reason": "Another body looks at it.", "plan_recommends": "Ask fathers too"}

    with pytest.raises(TextsWanted) as wanted:
        forward_planning.end_item(
            work,
            council,
            by=people.qa_officer,
            item_id=item.id,
            version=item.version,
            state=type(item.state).CANCELLED,
            typed=words,
            now=NOW,
        )

    assert list(wanted.value.errors) == ["plan_recommends"]
    assert the_item(work, item.id).state is item.state
