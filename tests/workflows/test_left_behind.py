"""What a leaver was to do goes to whoever has the post, or to nobody, of which the QA office hears once."""

from datetime import timedelta

import pytest

from domain.narratives import Report
from domain.people import Post
from scheduler.drawing import Drawn, Needless
from storage.work import Work
from tests.builders import NOW, Staff, a_person
from tests.chat import text
from tests.dialogs.scripts import on_one_engine
from tests.governance import a_row, an_item, the_row
from tests.learning import drawn
from tests.performance import a_narrative, an_exception
from workflows.council import Council
from workflows.left_behind import NOBODY, pass_on_left_behind
from workflows.plan_items import keep_tracked, row_of

TODAY = NOW.date()
NEXT_DAY = NOW + timedelta(days=3)


def leaves(work: Work, *people_ids: int) -> None:
    work.people.mark_left(people_ids, TODAY)


@on_one_engine
@pytest.mark.rule("OG-06", "PF-05", "PF-09", "PF-12")
def test_what_a_leaver_was_to_do_goes_to_whoever_has_the_post(council: Council, people: Staff) -> None:
    manager, service_manager = people.team_manager, people.service_manager
    with council.write() as work:
        row = a_row(work, manager)
        raised = an_exception(work, council, people)
        words = a_narrative(work, service_manager, service_id=people.service.id)
        request_id = work.report_requests.add(
            body="qa_group",
            what="Visits",
            why="They fall.",
            by=people.qa_officer.id,
            owner_id=manager.id,
            due_on=TODAY,
            now=NOW,
        )
        leaves(work, manager.id, service_manager.id)
        here = {"service_id": people.service.id}
        new = a_person(work, "Nell New", Post.TM, team_id=people.team.id, **here)
        new_service = a_person(work, "Noor Next", Post.SM, **here)

        passed = pass_on_left_behind(work, council, now=NOW)
        again = pass_on_left_behind(work, council, now=NEXT_DAY)
        asked = work.exceptions.get(raised.id)
        written = work.narratives.get(words.id)
        request = work.report_requests.get(request_id)
        office = work.notices.of(NOBODY, TODAY.toordinal())
        told = drawn(work, council, "tracked_given", row.id)
        kept = the_row(work, row.id)

    assert (passed, again) == (4, 0)
    assert kept.owner_id == new.id
    assert asked is not None
    assert asked.owner_id == new.id
    assert written is not None
    assert written.owner_id == new_service.id
    assert request is not None
    assert request.owner_id == new.id
    assert office == ()
    assert [type(one) for one in told] == [Drawn]


@on_one_engine
@pytest.mark.rule("OG-07", "OG-08")
def test_rows_of_the_plan_and_of_learning_needs_go_to_the_post_they_name(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        old = a_person(work, "Old Worker", Post.PSW, Post.TM, team_id=people.team.id)
        item = an_item(work, owner=Post.PSW)
        keep_tracked(work, council, item, by=None, now=NOW)
        need = a_row(work, old, routed_to=Post.PSW.value)
        other = a_row(work, old, title="Write to the court")
        leaves(work, old.id)
        new = a_person(work, "Win Worker", Post.PSW)

        pass_on_left_behind(work, council, now=NOW)
        planned = row_of(work, item)

    with council.read() as view:
        rows = {one.id: one.owner_id for one in view.tracking.of_owner(new.id)}
        kept = view.tracking.get(other.id)
    assert planned is not None
    assert set(rows) == {planned.id, need.id}
    assert kept is not None
    assert kept.owner_id == people.team_manager.id


@on_one_engine
@pytest.mark.rule("OG-06", "PF-09")
def test_what_nobody_has_the_post_for_stands_without_owner_and_the_office_hears_once(
    council: Council, people: Staff
) -> None:
    manager = people.team_manager
    with council.write() as work:
        row = a_row(work, people.practitioner)
        raised = an_exception(work, council, people)
        words = a_narrative(work, manager, report=Report.CLINIC, service_id=people.service.id)
        leaves(work, manager.id, people.service_manager.id, people.practitioner.id)

        passed = pass_on_left_behind(work, council, now=NOW)
        again = pass_on_left_behind(work, council, now=NEXT_DAY)
        kept = the_row(work, row.id)
        asked, unwritten = work.exceptions.get(raised.id), work.narratives.get(words.id)
        (card,) = drawn(work, council, NOBODY, TODAY.toordinal())
        new = a_person(work, "Nell New", Post.TM, team_id=people.team.id, service_id=people.service.id)
        later = pass_on_left_behind(work, council, now=NEXT_DAY)
        answers = work.exceptions.get(raised.id)
        notices = work.notices.of(NOBODY, NEXT_DAY.date().toordinal())

    assert (passed, again, later) == (3, 0, 1)
    assert kept.owner_id is None
    assert asked is not None
    assert asked.owner_id is None
    assert unwritten is not None
    assert unwritten.owner_id is None
    assert isinstance(card, Drawn)
    said = text(card.card)
    assert "1 thing on the tracker, 1 figure to explain and 1 text for a report" in said
    assert answers is not None
    assert answers.owner_id == new.id
    assert notices == ()


@on_one_engine
@pytest.mark.rule("OG-06")
def test_the_office_is_not_told_of_what_somebody_sees_to_by_then(council: Council, people: Staff) -> None:
    with council.write() as work:
        row = a_row(work, people.practitioner)
        leaves(work, people.practitioner.id)
        pass_on_left_behind(work, council, now=NOW)
        assert work.tracking.change(the_row(work, row.id), {"owner_id": people.line_manager.id})

        (card,) = drawn(work, council, NOBODY, TODAY.toordinal())

    assert isinstance(card, Needless)
