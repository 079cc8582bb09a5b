"""The forward plan: drafted and agreed, changed with reasons, followed by the tracker, terms signed."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from domain.errors import NotAllowed, RuleBroken
from domain.forward_plan import PlanState
from domain.governance import ActivityKind
from domain.people import Leave, Post
from domain.tracking import TrackedKind, TrackedState
from scheduler.drawing import Drawn, Needless
from storage.work import Work
from tests.builders import NOW, Staff, a_person
from tests.dialogs.scripts import on_one_engine
from tests.governance import TERMS, an_item, the_item, the_row
from tests.learning import drawn
from workflows import forward_planning
from workflows.council import Council
from workflows.learning_texts import TextsWanted
from workflows.plan_items import keep_begun, row_of
from workflows.plan_look import open_item, view_plan

pytestmark = on_one_engine
WORDS = {
    "plan_title": "Neglect",
    "plan_kind": "thematic",
    "starts_on": "2026-06-22",
    "ends_on": "2026-07-17",
    "plan_owner": "principal_social_worker",
    "plan_hours": "120",
    "plan_note": "In two services.",
    "plan_reason": "The Group wants a week more before it.",
}


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


def typed_terms(**changed: str) -> dict[str, str]:
    return {f"terms_{field}": text for field, text in {**TERMS, **changed}.items()}


@pytest.mark.rule("OG-07", "PR-06")
def test_a_year_is_drafted_once_and_counts_when_the_group_agrees(
    work: Work, council: Council, people: Staff
) -> None:
    made, left = forward_planning.draft_year(work, council, by=people.qa_officer, year=2026, now=NOW)
    with pytest.raises(RuleBroken, match="already"):
        forward_planning.draft_year(work, council, by=people.qa_officer, year=2026, now=NOW)
    before = work.plan.between(date(2026, 4, 1), date(2027, 3, 31))

    agreed = forward_planning.agree_year(work, council, by=people.qa_officer, year=2026, now=NOW)

    assert (left, before) == ((), ())
    assert made == agreed == len(work.plan.between(date(2026, 4, 1), date(2027, 3, 31)))
    rows = work.tracking.in_states({TrackedState.OPEN})
    assert len(rows) == made
    # The plan tells its owners by its own card, not by one for each row.
    assert not any(work.notices.of("tracked_given", row.id) for row in rows)
    assert {type(one) for one in drawn(work, council, "plan_agreed", 2026)} == {Drawn}


@pytest.mark.rule("OG-07")
def test_the_next_year_is_drafted_from_this_one_and_says_what_it_leaves_out(
    work: Work, council: Council, people: Staff
) -> None:
    signed = {"terms": TERMS, "signed_by": people.ad_qa.id, "signed_at": NOW}
    this_year = an_item(work, title="Visits", note="Visits in Early Help.", state=PlanState.DONE, **signed)
    work.plan.add_change(this_year.id, by=None, at=NOW, reason="Half of us were away.", before={}, after={})
    an_item(work, title="Not again", kind=ActivityKind.DIP, state=PlanState.CANCELLED)

    made, left = forward_planning.draft_year(work, council, by=None, year=2027, now=NOW)

    (item,) = work.plan.of_year(2027)
    assert (made, left) == (1, (("Not again", "it was cancelled"),))
    assert item.starts_on == date(2026, 6, 15) + timedelta(weeks=52)
    assert item.state is PlanState.DRAFT
    # The Group's words come along; what was agreed, signed and changed in the year gone does not.
    assert item.note == "Visits in Early Help."
    assert (item.terms, item.signed_by, item.signed_at) == (None, None, None)
    assert work.plan.changes(item.id) == ()


@pytest.mark.rule("OG-07", "SG-05")
def test_a_change_needs_its_reason_and_both_stay_with_the_plan(
    work: Work, council: Council, people: Staff
) -> None:
    item = an_item(work)
    saving = {
        "by": people.qa_officer,
        "item_id": item.id,
        "version": 1,
        "year": 2026,
        "now": NOW,
    }
    with pytest.raises(TextsWanted) as wanted:
        forward_planning.save_item(work, council, typed={**WORDS, "plan_reason": ""}, **saving)  # type: ignore[arg-type]
    forward_planning.save_item(work, council, typed=WORDS, **saving)  # type: ignore[arg-type]

    shown = open_item(work, council, by=people.ad_qa, item_id=item.id, now=NOW)
    assert set(wanted.value.errors) == {"plan_reason"}
    (change,) = shown.changes
    assert (change.reason, change.by_name) == (WORDS["plan_reason"], people.qa_officer.name)
    assert "Begins: 15 June 2026 → 22 June 2026" in change.lines
    assert not any(line.startswith("Name") for line in change.lines)


@pytest.mark.rule("OG-07")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"starts_on": "2026-03-31"}, "starts_on"),
        ({"starts_on": "2027-04-01", "ends_on": "2027-04-02"}, "starts_on"),
        ({"ends_on": "2026-06-21"}, "ends_on"),
        ({"ends_on": "2028-06-21"}, "ends_on"),
        ({"plan_hours": "-1"}, "plan_hours"),
        ({"plan_hours": "10001"}, "plan_hours"),
        ({"plan_hours": "²"}, "plan_hours"),
        ({"plan_owner": "nobody"}, "plan_owner"),
        ({"plan_title": ""}, "plan_title"),
    ],
)
def test_what_cannot_be_planned_is_said_beside_its_box(
    work: Work, council: Council, people: Staff, changed: dict[str, str], field: str
) -> None:
    with pytest.raises(TextsWanted) as wanted:
        forward_planning.save_item(
            work,
            council,
            by=people.qa_officer,
            item_id=0,
            version=0,
            year=2026,
            typed={**WORDS, **changed},
            now=NOW,
        )
    assert set(wanted.value.errors) == {field}
    assert work.plan.of_year(2026) == ()


@pytest.mark.rule("OG-06", "OG-07")
def test_the_tracker_follows_the_plan_to_its_end(work: Work, council: Council, people: Staff) -> None:
    psw = a_person(work, "Pat Principal", Post.PSW)
    item_id = forward_planning.save_item(
        work, council, by=people.qa_officer, item_id=0, version=0, year=2026, typed=WORDS, now=NOW
    )
    row = row_of(work, the_item(work, item_id))
    assert row is not None
    assert (row.owner_id, row.due_on) == (psw.id, date(2026, 7, 17))

    later = {**WORDS, "ends_on": "2026-07-24"}
    forward_planning.save_item(
        work, council, by=people.qa_officer, item_id=item_id, version=1, year=2026, typed=later, now=NOW
    )
    moved = row_of(work, the_item(work, item_id))
    forward_planning.end_item(
        work,
        council,
        by=people.qa_officer,
        item_id=item_id,
        version=2,
        state=PlanState.CANCELLED,
        typed={"plan_reason": "Another body looks at it."},
        now=NOW,
    )

    assert moved is not None
    assert moved.due_on == date(2026, 7, 24)
    ended = row_of(work, the_item(work, item_id))
    assert ended is not None
    assert ended.state is TrackedState.DROPPED
    assert work.tracking.steps([ended.id])[ended.id][-1].text == "Another body looks at it."


@pytest.mark.rule("OG-06", "OG-07")
def test_whoever_the_row_was_given_to_keeps_it_until_the_plan_names_another_post(
    work: Work, council: Council, people: Staff
) -> None:
    psw = a_person(work, "Pat Principal", Post.PSW)

    def save(item_id: int, **words: str) -> int:
        version = the_item(work, item_id).version if item_id else 0
        return forward_planning.save_item(
            work,
            council,
            by=people.qa_officer,
            item_id=item_id,
            version=version,
            year=2026,
            typed={**WORDS, **words},
            now=NOW,
        )

    item_id = save(0)
    row = row_of(work, the_item(work, item_id))
    assert row is not None
    assert work.tracking.change(row, {"owner_id": people.service_manager.id})
    save(item_id, plan_hours="90")
    given = row_of(work, the_item(work, item_id))
    save(item_id, plan_owner=Post.QAO.value)
    led = row_of(work, the_item(work, item_id))

    assert row.owner_id == psw.id
    assert given is not None
    assert given.owner_id == people.service_manager.id
    assert led is not None
    assert led.owner_id == people.qa_officer.id


@pytest.mark.rule("TA-03", "TA-04", "QB-02", "Q20")
def test_thematic_work_is_not_done_before_the_boards_chair_signed_all_four_parts(
    work: Work, council: Council, people: Staff
) -> None:
    director = a_person(work, "Drew Director", Post.DCS)
    psw = a_person(work, "Pat Principal", Post.PSW)
    item = an_item(work, starts_on=date(2026, 4, 13), ends_on=date(2026, 4, 24))
    went = {"plan_reason": "It went well."}
    done = {"by": people.qa_officer, "item_id": item.id, "state": PlanState.DONE, "typed": went}
    with pytest.raises(RuleBroken, match="not signed"):
        forward_planning.end_item(work, council, version=1, now=NOW, **done)  # type: ignore[arg-type]

    part = forward_planning.save_terms(
        work, council, by=psw, item_id=item.id, version=1, typed=typed_terms(scope=""), now=NOW
    )
    with pytest.raises(RuleBroken, match="not complete"):
        forward_planning.sign_terms(work, council, by=director, item_id=item.id, version=2, now=NOW)
    whole = forward_planning.save_terms(
        work, council, by=psw, item_id=item.id, version=2, typed=typed_terms(), now=NOW
    )
    asked = drawn(work, council, "terms_to_sign", item.id)
    for by in (psw, people.qa_officer, people.ad_qa):
        with pytest.raises(NotAllowed):
            forward_planning.sign_terms(work, council, by=by, item_id=item.id, version=3, now=NOW)
    forward_planning.sign_terms(work, council, by=director, item_id=item.id, version=3, now=NOW)

    assert (part, whole) == (False, True)
    assert [type(one) for one in asked] == [Drawn]
    assert [type(one) for one in drawn(work, council, "terms_to_sign", item.id)] == [Needless]
    assert [type(one) for one in drawn(work, council, "terms_signed", item.id)] == [Drawn]
    # Changed terms are signed anew.
    forward_planning.save_terms(
        work, council, by=psw, item_id=item.id, version=4, typed=typed_terms(why="Again."), now=NOW
    )
    assert the_item(work, item.id).needs_terms
    forward_planning.sign_terms(work, council, by=director, item_id=item.id, version=5, now=NOW)
    forward_planning.end_item(work, council, version=6, now=NOW, **done)  # type: ignore[arg-type]
    assert the_item(work, item.id).state is PlanState.DONE


@pytest.mark.rule("QB-02", "Q20")
def test_whoever_covers_the_boards_chair_signs_while_the_chair_is_away(
    work: Work, council: Council, people: Staff
) -> None:
    leave = (Leave(NOW.date(), NOW.date() + timedelta(days=7)),)
    director = a_person(work, "Drew Director", Post.DCS, leave=leave, cover_id=people.bystander.id)
    psw = a_person(work, "Pat Principal", Post.PSW)
    item = an_item(work)
    forward_planning.save_terms(
        work, council, by=psw, item_id=item.id, version=1, typed=typed_terms(), now=NOW
    )

    told = {one.person_id for one in work.notices.of("terms_to_sign", item.id)}
    cards = drawn(work, council, "terms_to_sign", item.id)
    opened = open_item(work, council, by=people.bystander, item_id=item.id, now=NOW)
    back = NOW + timedelta(days=10)
    with pytest.raises(NotAllowed):
        forward_planning.sign_terms(work, council, by=people.bystander, item_id=item.id, version=2, now=back)
    forward_planning.sign_terms(work, council, by=people.bystander, item_id=item.id, version=2, now=NOW)

    assert told == {director.id, people.bystander.id}
    assert [type(one) for one in cards] == [Drawn, Drawn]
    assert opened.may_sign
    assert not opened.may_change
    assert the_item(work, item.id).signed_by == people.bystander.id


@pytest.mark.rule("OG-07", "PR-06")
def test_the_year_shows_its_clashes_gaps_and_hours(work: Work, council: Council, people: Staff) -> None:
    an_item(work, title="Panel", kind=ActivityKind.MODERATION, starts_on=date(2026, 6, 8))
    an_item(work, hours=2_000)

    plan = view_plan(work, council, by=people.ad_qa, year=2026, now=NOW)

    assert any("the same people do both" in one.says for one in plan.clashes)
    assert any("April 2026" in one.says for one in plan.gaps)
    assert plan.months[2].load.is_over
    # Both service managers are in the pool, whoever else is (CA-02).
    assert plan.auditors == 4
    assert plan.months[2].load.able == 4 * council.framework.numbers.auditor_month_hours
    assert not plan.may_change
    with pytest.raises(NotAllowed):
        view_plan(work, council, by=people.team_manager, year=2026, now=NOW)


@pytest.mark.rule("OG-06", "OG-07")
def test_an_activity_that_begins_is_on_the_tracker_once_with_whoever_leads_it(
    work: Work, council: Council, people: Staff
) -> None:
    psw, today = a_person(work, "Pat Principal", Post.PSW), NOW.date()
    begins = an_item(work, title="Begins today", starts_on=today, ends_on=today + timedelta(days=20))
    running = an_item(work, title="Running", starts_on=date(2026, 2, 2), ends_on=today - timedelta(days=31))
    over = an_item(work, title="Over", starts_on=date(2026, 2, 2), ends_on=today - timedelta(days=32))
    ahead = an_item(work, title="Ahead", starts_on=today + timedelta(days=1))
    draft = an_item(work, title="Not agreed", starts_on=today, state=PlanState.DRAFT)
    done = an_item(work, title="Done", starts_on=today, state=PlanState.DONE)

    first = keep_begun(work, council, now=NOW)
    again = keep_begun(work, council, now=NOW)

    assert (first, again) == (2, 0)
    assert [row_of(work, item) for item in (over, ahead, draft, done)] == [None] * 4
    row = row_of(work, begins)
    assert row is not None
    assert (row.kind, row.title, row.owner_id, row.due_on) == (
        TrackedKind.ACTIVITY,
        "Begins today",
        psw.id,
        begins.ends_on,
    )
    assert row_of(work, running) is not None


@pytest.mark.rule("OG-06", "OG-07")
def test_a_row_whose_owner_has_left_goes_to_whoever_holds_the_post_when_it_begins(
    work: Work, council: Council, people: Staff
) -> None:
    before = a_person(work, "Pat Principal", Post.PSW)
    kept, given = an_item(work, starts_on=NOW.date()), an_item(work, title="Given", starts_on=NOW.date())
    keep_begun(work, council, now=NOW)
    row, other = row_of(work, kept), row_of(work, given)
    assert row is not None
    assert other is not None
    assert work.tracking.change(other, {"owner_id": people.qa_officer.id})
    work.people.mark_left([before.id], NOW.date())
    after = a_person(work, "Paz Principal", Post.PSW)

    changed = keep_begun(work, council, now=NOW)

    assert changed == 1
    assert the_row(work, row.id).owner_id == after.id
    # What was given to somebody by hand stays theirs.
    assert the_row(work, other.id).owner_id == people.qa_officer.id
