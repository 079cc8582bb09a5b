"""The tracker: who is told of what, that nothing closes unanswered, and which leads learning goes to."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from domain.errors import NotAllowed, RuleBroken, Stale
from domain.people import Post
from domain.tracking import Source, TrackedKind, TrackedState
from scheduler.drawing import Drawn, Needless
from storage.work import Work
from tests.builders import NOW, Staff, a_person
from tests.dialogs.scripts import on_one_engine
from tests.governance import a_meeting, a_row, the_row
from tests.learning import an_entry, drawn
from tests.reminded import days_of, said_on
from workflows import tracked_passing, tracking
from workflows.council import Council
from workflows.learning_texts import TextsWanted
from workflows.tracked_look import view_tracker
from workflows.tracked_telling import OVERDUE, SOON

pytestmark = on_one_engine
ANSWERS = {"impact": "Children know their plan.", "more_needed": "no"}


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


@pytest.mark.rule("OG-06")
def test_an_owner_is_told_at_once_ahead_and_when_it_is_late(
    work: Work, council: Council, people: Staff
) -> None:
    words = {
        "kind": "recommendation",
        "tracked_title": "Write a guide",
        "tracked_owner": str(people.service_manager.id),
        "tracked_due_on": "2026-05-29",
    }
    row_id = tracking.save_row(
        work, council, by=people.qa_officer, tracked_id=0, version=0, typed=words, now=NOW
    )

    owner = people.service_manager
    soon, late = (datetime(2026, month, day, 9, 0, tzinfo=UTC) for month, day in ((5, 26), (6, 1)))
    assert [n.person_id for n in work.notices.of("tracked_given", row_id)] == [owner.id]
    assert days_of(work, SOON, row_id) == [(owner.id, soon.date())]
    assert days_of(work, OVERDUE, row_id) == [(owner.id, late.date())]
    assert [type(one) for one in drawn(work, council, "tracked_given", row_id)] == [Drawn]
    assert "Due 29 May 2026" in said_on(work, council, owner, soon)
    assert "Was due 29 May 2026" in said_on(work, council, owner, late)
    row = the_row(work, row_id)
    assert work.tracking.change(row, {"due_on": date(2026, 6, 5)})
    assert "Write a guide" not in said_on(work, council, owner, soon)


@pytest.mark.rule("OG-06")
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"impact": "", "more_needed": "no"}, "impact"),
        ({"impact": "Children know their plan."}, "more_needed"),
        ({"impact": "Tia Sample, born 3 May 2014, knows her plan.", "more_needed": "no"}, "impact"),
    ],
)
def test_nothing_closes_without_an_answer_on_impact(
    work: Work, council: Council, people: Staff, typed: dict[str, str], field: str
) -> None:
    row = a_row(work, people.service_manager)

    for by in (people.service_manager, people.qa_officer):
        with pytest.raises(TextsWanted) as wanted:
            tracking.finish(work, council, by=by, tracked_id=row.id, version=1, typed=typed, now=NOW)
        assert set(wanted.value.errors) == {field}
    assert the_row(work, row.id).state is TrackedState.OPEN


@pytest.mark.rule("OG-06")
def test_an_owners_word_waits_for_the_office_to_close_it(work: Work, council: Council, people: Staff) -> None:
    row = a_row(work, people.service_manager)

    tracking.finish(
        work, council, by=people.service_manager, tracked_id=row.id, version=1, typed=ANSWERS, now=NOW
    )
    done = the_row(work, row.id)
    told = drawn(work, council, "tracked_done", row.id)
    tracking.finish(work, council, by=people.qa_officer, tracked_id=row.id, version=2, typed=ANSWERS, now=NOW)

    assert done.state is TrackedState.DONE
    assert [type(one) for one in told] == [Drawn]
    assert [type(one) for one in drawn(work, council, "tracked_done", row.id)] == [Needless]
    assert the_row(work, row.id).state is TrackedState.CLOSED
    with pytest.raises(RuleBroken, match="ended"):
        tracking.finish(
            work, council, by=people.qa_officer, tracked_id=row.id, version=3, typed=ANSWERS, now=NOW
        )


@pytest.mark.rule("OG-06")
def test_where_more_is_needed_a_new_row_goes_on_for_the_same_body(
    work: Work, council: Council, people: Staff
) -> None:
    meeting = a_meeting(work)
    row = a_row(
        work, people.service_manager, kind=TrackedKind.DECISION, meeting_id=meeting.id, source=Source.MEETING
    )

    follows = tracking.finish(
        work,
        council,
        by=people.qa_officer,
        tracked_id=row.id,
        version=1,
        typed={**ANSWERS, "more_needed": "yes"},
        now=NOW,
    )

    new = the_row(work, follows)
    assert (new.source, new.source_id, new.kind) == (Source.TRACKED, row.id, TrackedKind.ACTION)
    assert [one.id for one in work.tracking.standing_of_body("qa_group", None)] == [new.id]
    # The old meeting's record does not grow by what came later.
    assert [one.id for one in work.tracking.of_meeting(meeting.id)] == [row.id]


@pytest.mark.rule("OG-06", "SG-05")
def test_two_people_never_change_a_row_past_each_other(work: Work, council: Council, people: Staff) -> None:
    row = a_row(work, people.service_manager)
    tracking.finish(
        work, council, by=people.service_manager, tracked_id=row.id, version=1, typed=ANSWERS, now=NOW
    )

    with pytest.raises(Stale):
        tracking.drop(
            work,
            council,
            by=people.qa_officer,
            tracked_id=row.id,
            version=1,
            reason="It was done before.",
            now=NOW,
        )


@pytest.mark.rule("OG-06")
def test_somebody_elses_row_is_nobodys_business(work: Work, council: Council, people: Staff) -> None:
    row = a_row(work, people.team_manager)

    for by in (people.practitioner, people.auditor):
        with pytest.raises(NotAllowed):
            tracking.say_progress(work, council, by=by, tracked_id=row.id, text="Well.", now=NOW)
        with pytest.raises(NotAllowed):
            view_tracker(work, council, by=by, part="", now=NOW)
    own = view_tracker(work, council, by=people.team_manager, part="", now=NOW)
    assert (own.part, dict(own.counts)) == ("mine", {"mine": 1})


@pytest.mark.rule("OG-08")
def test_learning_goes_to_each_lead_by_post_and_once(work: Work, council: Council, people: Staff) -> None:
    entry = an_entry(work, people.service_manager)
    psw = a_person(work, "Pat Principal", Post.PSW)
    typed = {
        "routed_to": "principal_social_worker,service_manager,learning_development_lead",
        "routed_due_on": "2026-06-12",
    }

    made = tracked_passing.pass_on(
        work, council, by=people.qa_officer, entry_id=entry.id, typed=typed, now=NOW
    )

    rows = work.tracking.of_source(Source.LOG, entry.id)
    owners = {(row.routed_to, row.owner_id) for row in rows}
    assert made == 4
    assert owners == {
        ("principal_social_worker", psw.id),
        ("service_manager", people.service_manager.id),
        ("service_manager", people.cover.id),
        # Nobody holds this post, so the QA office has to find somebody.
        ("learning_development_lead", None),
    }
    assert {row.kind for row in rows} == {TrackedKind.LEARNING_NEED}
    with pytest.raises(RuleBroken, match="already"):
        tracked_passing.pass_on(work, council, by=people.qa_officer, entry_id=entry.id, typed=typed, now=NOW)


@pytest.mark.rule("OG-06")
def test_the_tracker_shows_what_is_overdue_apart(work: Work, council: Council, people: Staff) -> None:
    late = a_row(work, people.service_manager, due_on=date(2026, 4, 30))
    a_row(work, people.service_manager, due_on=date(2026, 5, 1))
    a_row(work, None, kind=TrackedKind.DECISION, due_on=None)

    shown = view_tracker(work, council, by=people.ad_qa, part="overdue", now=NOW)

    assert [line.row.id for line in shown.lines] == [late.id]
    assert (shown.counts["open"], shown.counts["overdue"]) == (3, 1)
    assert not shown.may_keep
