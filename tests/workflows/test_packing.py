"""The life of a pack: drafted on its day, written in, approved, sent, frozen; and figures traced."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from cards.meetings import meeting_card
from cards.views_governance import MeetingView
from domain.errors import NotAllowed, RuleBroken, Stale
from domain.figures import COUNCIL
from domain.framework import Framework
from domain.governance import QA_BOARD
from domain.grades import Grade
from domain.indicators import Every
from domain.meetings import Came, Meeting, slot_name
from domain.moderation import ReleaseKind, Verdict
from domain.pack_content import TextTable, Told, from_body
from domain.packs import ACTIONS, CHILDREN, FINDINGS, WHY, PackKind, PackState
from domain.people import Person, Post
from domain.suppression import NOT_SHOWN
from domain.tracking import Source, TrackedKind
from domain.trail import day_chain
from storage.packs import PackRow
from storage.tables_governance import pack_figures, pack_texts
from storage.work import Work
from tests.builders import NOW, Staff, a_case, a_person, a_submitted_audit
from tests.dialogs.scripts import on_one_engine
from tests.governance import a_meeting, a_row
from tests.moderations import a_held_moderation, a_released_moderation, the_panel
from tests.packs import LATER, a_drafted_pack, a_sent_pack, an_asked_pack, some_audits, the_pack
from tests.performance import an_indicator, figures, of_service, of_team
from tests.reminded import told_in_day
from workflows.agenda import open_meeting
from workflows.council import Council
from workflows.exception_raising import raise_exceptions
from workflows.learning_texts import TextsWanted
from workflows.pack_papers import item_for, put_on_agenda
from workflows.pack_tables import KINDS
from workflows.pack_telling import DRAFTED, SENT, SENT_BACK, TO_APPROVE, WAITS
from workflows.packing import (
    approve,
    ask_approval,
    draft_again,
    draft_due,
    hash_now,
    mark_of,
    send_back,
    whole_mark,
    write_part,
)
from workflows.tracing import trace

WORDS = {"pack_text": "Children told us that mornings are calmer now."}


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 7, tzinfo=UTC)


def wrote(work: Work, council: Council, by: Person, pack: PackRow, **given: Any) -> None:
    asked: dict[str, Any] = {"part": CHILDREN, "seen": mark_of(""), "typed": WORDS, "now": LATER, **given}
    write_part(work, council, by=by, pack_id=pack.id, **asked)


def told(work: Work, kind: str, pack_id: int, *, medium: str = "teams") -> list[int | None]:
    return [one.person_id for one in work.notices.of(kind, pack_id) if f":{medium}" in one.key]


def number(pack: PackRow, ref: str) -> Told:
    return from_body(pack.content).told[ref]


@pytest.mark.rule("OG-05", "OG-10", "PF-07", "PF-11", "PF-15")
@on_one_engine
def test_each_pack_is_drafted_once_on_its_day_and_the_office_hears(council: Council, people: Staff) -> None:
    day, drafted = date(2026, 4, 1), {}
    with council.write() as work:
        some_audits(work, council, people)
        while day < date(2027, 4, 1):
            before = {one.id for one in work.packs.every()}
            draft_due(work, council, now=at(day.year, day.month, day.day))
            for one in work.packs.every():
                if one.id not in before:
                    drafted[one.kind, day] = one
            day += timedelta(days=1)
        office = told(work, DRAFTED, next(iter(drafted.values())).id)

    count = {kind: sum(one is kind for one, _ in drafted) for kind in PackKind}
    assert count == {
        PackKind.QA_GROUP: 12,
        PackKind.BOARD: 4,
        PackKind.SMT: 4,
        PackKind.BULLETIN: 4,
        PackKind.ANNUAL: 1,
        PackKind.EVIDENCE: 4,
    }
    assert (PackKind.BOARD, date(2026, 7, 9)) in drafted
    assert (PackKind.BULLETIN, date(2026, 6, 5)) in drafted
    assert all(one.last_on < on for (_, on), one in drafted.items())
    assert office == [people.qa_officer.id]


@pytest.mark.rule("OG-05")
@on_one_engine
def test_people_write_words_and_the_figures_stay(council: Council, people: Staff) -> None:
    with council.write() as work:
        some_audits(work, council, people)
        pack = a_drafted_pack(work, council, people)
        wrote(work, council, people.qa_officer, pack)
        after = the_pack(work, pack.id)
        texts = work.packs.texts(pack.id)
        again = the_pack(work, pack.id)
        draft_again(work, council, by=people.qa_officer, pack_id=pack.id, now=LATER)
        redrafted = the_pack(work, pack.id)

    assert texts[CHILDREN].text == WORDS["pack_text"]
    assert after.content == pack.content
    assert redrafted.content == again.content


@pytest.mark.rule("SG-01")
@on_one_engine
def test_words_that_say_who_a_child_is_are_not_kept(council: Council, people: Staff) -> None:
    with council.write() as work:
        pack = a_drafted_pack(work, council, people)

        with pytest.raises(TextsWanted):
            wrote(
                work, council, people.qa_officer, pack, typed={"pack_text": "She was born on 4 March 2017."}
            )

        assert work.packs.texts(pack.id) == {}


@on_one_engine
def test_words_that_somebody_else_changed_meanwhile_are_shown_first(council: Council, people: Staff) -> None:
    with council.write() as work:
        pack = a_drafted_pack(work, council, people)
        wrote(work, council, people.qa_officer, pack)

        with pytest.raises(Stale):
            wrote(work, council, people.qa_officer, pack, typed={"pack_text": "Other words."})
        # Another part is nobody else's matter.
        wrote(work, council, people.qa_officer, pack, part=WHY)
        wrote(work, council, people.qa_officer, pack, seen=mark_of(WORDS["pack_text"]), typed={})

        assert list(work.packs.texts(pack.id)) == [WHY]


@pytest.mark.rule("OG-05", "OG-11", "QB-03", "SG-05")
@on_one_engine
def test_approved_it_goes_to_its_body_by_chat_and_mail_and_is_frozen(council: Council, people: Staff) -> None:
    with council.write() as work:
        some_audits(work, council, people)
        director = a_person(work, "Drew Director", Post.DCS)
        pack = a_sent_pack(work, council, people)
        readers = {
            director.id,
            people.service_manager.id,
            people.cover.id,
            people.qa_officer.id,
            people.ad_qa.id,
        }

        assert set(told(work, SENT, pack.id)) == readers
        assert set(told(work, SENT, pack.id, medium="email")) == readers
        assert (pack.state, pack.approved_by, pack.hash) == (
            PackState.SENT,
            people.ad_qa.id,
            hash_now(work, pack),
        )
        for verb in (draft_again, ask_approval):
            with pytest.raises(RuleBroken, match="stands as it is"):
                verb(work, council, by=people.qa_officer, pack_id=pack.id, now=LATER)
        with pytest.raises(RuleBroken, match="stands as it is"):
            wrote(work, council, people.qa_officer, pack)
        rows = [(row.verb, row.actor) for row in work.trail.rows(day_chain(LATER.date()))]
    assert ("approved a pack", people.ad_qa.id) in rows


@pytest.mark.rule("OG-09")
@on_one_engine
def test_the_bulletin_goes_to_everybody_and_to_nobodys_mailbox(council: Council, people: Staff) -> None:
    with council.write() as work:
        some_audits(work, council, people)
        pack = a_sent_pack(work, council, people, PackKind.BULLETIN)

        assert set(told(work, SENT, pack.id)) == {one.id for one in work.people.everyone()}
        assert told(work, SENT, pack.id, medium="email") == []


@pytest.mark.rule("OG-05")
@on_one_engine
def test_nobody_but_whoever_approves_it_approves_it_and_only_as_it_was_read(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        pack = an_asked_pack(work, council, people)
        seen = whole_mark(work, pack)
        wrote(work, council, people.qa_officer, pack)

        with pytest.raises(NotAllowed):
            approve(work, council, by=people.qa_officer, pack_id=pack.id, seen=seen, now=LATER)
        with pytest.raises(Stale):
            approve(work, council, by=people.ad_qa, pack_id=pack.id, seen=seen, now=LATER)

        assert the_pack(work, pack.id).state is PackState.ASKED
        assert told(work, TO_APPROVE, pack.id) == [people.ad_qa.id]


@on_one_engine
def test_sent_back_with_a_reason_it_is_a_draft_again(council: Council, people: Staff) -> None:
    with council.write() as work:
        pack = an_asked_pack(work, council, people)
        given: dict[str, Any] = {"by": people.ad_qa, "pack_id": pack.id, "now": LATER}

        with pytest.raises(TextsWanted):
            send_back(work, council, typed={}, **given)
        send_back(work, council, typed={"pack_reason": "Say what changed."}, **given)
        back = the_pack(work, pack.id)

        assert (back.state, back.reason) == (PackState.DRAFT, "Say what changed.")
        assert told(work, SENT_BACK, pack.id) == [people.qa_officer.id]
        ask_approval(work, council, by=people.qa_officer, pack_id=pack.id, now=LATER)
        assert told(work, TO_APPROVE, pack.id) == [people.ad_qa.id] * 2


@on_one_engine
def test_whoever_has_it_in_hand_is_reminded_once_when_its_meeting_is_near(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        draft_due(work, council, now=at(2026, 7, 9))
        board = next(one for one in work.packs.every() if one.kind is PackKind.BOARD)
        draft_due(work, council, now=at(2026, 7, 20))
        early = told_in_day(work, WAITS, board.id)
        for day in (21, 22):
            draft_due(work, council, now=at(2026, 7, day))
        late = told_in_day(work, WAITS, board.id)

    assert (early, late) == ([], [people.qa_officer.id])


@pytest.mark.rule("SG-05")
@on_one_engine
@pytest.mark.parametrize("table", [pack_texts, pack_figures], ids=["words", "records"])
def test_what_is_changed_in_the_database_shows(council: Council, people: Staff, table: sa.Table) -> None:
    with council.write() as work:
        some_audits(work, council, people)
        pack = an_asked_pack(work, council, people)
        wrote(work, council, people.qa_officer, pack)
        pack = the_pack(work, pack.id)
        approve(work, council, by=people.ad_qa, pack_id=pack.id, seen=whole_mark(work, pack), now=LATER)
        column = "text" if table is pack_texts else "counted"
        value = "Other words." if table is pack_texts else []
        sent = the_pack(work, pack.id)
        before = hash_now(work, sent)
        work._connection.execute(sa.update(table).values({column: value}))

        assert before == sent.hash
        assert hash_now(work, sent) != sent.hash


@pytest.mark.rule("OG-05", "SG-01", "SG-05")
@on_one_engine
def test_every_figure_traces_to_its_records_and_says_whether_it_still_counts_so(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audits = some_audits(work, council, people)
        pack = a_drafted_pack(work, council, people)
        rows = work.packs.figures(pack.id)
        traced = {row.ref: trace(work, council, row.ref.lower(), now=LATER) for row in rows}
        done = next(one for one in traced.values() if (one.row.key, one.row.scope) == ("done", COUNCIL))
        later = a_submitted_audit(work, council, people, reference="PK-99")
        again = trace(work, council, done.row.ref, now=LATER)
        row = list(work.trail.rows(day_chain(LATER.date())))[-1]

    assert set(from_body(pack.content).told) == set(traced)
    assert all(one.same for one in traced.values())
    assert [one.name for one in done.counted] == [f"audit {i}" for i in audits]
    assert {one.case for one in done.counted} == {f"PK-{n}" for n in range(len(audits))}
    assert (done.period, done.scope, done.row.says) == ("Q1 2026/27", "the council", "8 of 8 (100%)")
    assert [one.name for one in again.joined] == [f"audit {later.id}"]
    assert not again.same
    assert (row.verb, row.subject, row.actor) == ("traced", f"figure {done.row.ref}", None)


@pytest.mark.rule("SG-03")
@on_one_engine
def test_a_hidden_number_is_not_in_the_pack_and_its_reference_still_traces(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        panel = the_panel(work)
        some_audits(work, council, people)
        lower: dict[str, Any] = {"kind": ReleaseKind.DISCUSSED, "verdict": Verdict.CONCERN}
        a_released_moderation(
            work, council, people, panel, reference="PK-77", overall=Grade.INADEQUATE, **lower
        )
        pack = a_drafted_pack(work, council, people)
        hidden = next(
            row for row in work.packs.figures(pack.id) if row.key == "grade.inadequate" and "B" not in row.ref
        )
        traced = trace(work, council, hidden.ref, now=LATER)

    assert number(pack, hidden.ref) == Told(hidden.ref, NOT_SHOWN, None, None)
    assert [one.case for one in traced.counted] == ["PK-77"]


@pytest.mark.rule("MO-17")
@on_one_engine
def test_a_held_moderation_changes_nothing_in_a_pack(council: Council, people: Staff) -> None:
    with council.write() as work:
        panel = the_panel(work)
        audits = some_audits(work, council, people)
        pack = a_drafted_pack(work, council, people)
        audit = work.audits.get(audits[0])
        assert audit is not None
        a_held_moderation(work, council, people, panel, audit=audit, overall=Grade.INADEQUATE)
        draft_again(work, council, by=people.qa_officer, pack_id=pack.id, now=LATER)

        assert the_pack(work, pack.id).content == pack.content


@pytest.mark.rule("SG-01", "SG-03")
@on_one_engine
def test_a_case_has_no_place_in_a_pack(council: Council, people: Staff) -> None:
    with council.write() as work:
        case = a_case(work, people, "PK-SECRET")
        a_submitted_audit(work, council, people, case=case)
        some_audits(work, council, people)
        packs = [a_drafted_pack(work, council, people, kind) for kind in PackKind]

    names = (people.auditor.name, people.practitioner.name, people.team_manager.name)
    assert not any(word in str(pack.content) for pack in packs for word in ("PK-", *names))


JULY_BOARD = date(2026, 7, 23)
"""When the Board meets by the calendar."""


def a_board_of_july(work: Work, on: date = JULY_BOARD) -> Meeting:
    """The Board's meeting of July, wherever it was moved."""
    return a_meeting(work, body=QA_BOARD, on=on, slot=slot_name(QA_BOARD, None, date(2026, 7, 1)))


def drafted_kinds(work: Work, council: Council, day: date) -> set[PackKind]:
    draft_due(work, council, now=at(day.year, day.month, day.day))
    return {one.kind for one in work.packs.every()}


@pytest.mark.rule("OG-10", "QB-01")
@on_one_engine
def test_a_pack_is_drafted_for_the_day_its_meeting_was_moved_to(council: Council, people: Staff) -> None:
    assert people
    with council.write() as work:
        a_board_of_july(work, on=date(2026, 8, 6))

        assert PackKind.BOARD not in drafted_kinds(work, council, date(2026, 7, 9))
        assert PackKind.BOARD not in drafted_kinds(work, council, date(2026, 7, 22))
        assert PackKind.BOARD in drafted_kinds(work, council, date(2026, 7, 23))


@pytest.mark.rule("OG-10", "QB-01")
@on_one_engine
def test_a_cancelled_meeting_has_no_pack(council: Council, people: Staff) -> None:
    assert people
    with council.write() as work:
        meeting = a_board_of_july(work)
        assert work.meetings.change(meeting, {"state": "cancelled", "reason": "Nobody can come."})

        assert PackKind.BOARD not in drafted_kinds(work, council, date(2026, 7, 9))
        # The other one of the quarter is drafted all the same.
        assert PackKind.SMT in drafted_kinds(work, council, date(2026, 7, 20))


def tables_of(pack: PackRow, part: str) -> dict[str, TextTable]:
    found = from_body(pack.content).part(part)
    assert found is not None
    return {one.title: one for one in found.tables}


@pytest.mark.rule("OG-06", "QB-01")
@on_one_engine
def test_a_boards_pack_says_what_it_decided_and_what_came_of_it(council: Council, people: Staff) -> None:
    with council.write() as work:
        held = a_meeting(work, body=QA_BOARD, on=date(2026, 4, 23))
        assert work.meetings.change(held, {"state": "held", "held_on": held.planned_on})
        group = a_meeting(work)
        owner, then = people.ad_qa, at(2026, 4, 23)
        here: dict[str, Any] = {"meeting_id": held.id, "source": Source.MEETING, "now": then}
        a_row(work, owner, title="Write to schools", due_on=date(2026, 6, 1), **here)
        a_row(work, None, title="Neglect comes first", kind=TrackedKind.DECISION, due_on=None, **here)
        a_row(
            work,
            None,
            title="Old news",
            kind=TrackedKind.DECISION,
            due_on=None,
            **{**here, "now": at(2026, 1, 9)},
        )
        a_row(work, owner, title="Passed on", kind=TrackedKind.LEARNING_NEED, **here)
        a_row(work, owner, title="The Group's own", **{**here, "meeting_id": group.id})
        for title, closed_at in (("Ask families", at(2026, 5, 4)), ("Told before", at(2026, 4, 20))):
            row = a_row(work, owner, title=title, **here)
            ended = {"state": "closed", "impact": "Parents are asked.", "more_needed": False}
            assert work.tracking.change(row, {**ended, "closed_at": closed_at, "closed_by": owner.id})

        tables = tables_of(a_drafted_pack(work, council, people), ACTIONS)
        bulletin = a_drafted_pack(work, council, people, PackKind.BULLETIN)

    board = council.framework.meeting(QA_BOARD)
    assert board is not None
    assert tables[f"Decisions and actions: {board.body}"].rows == (
        ("Write to schools", owner.name, "1 June 2026", "Overdue"),
        ("Neglect comes first", "", "", "Decided"),
    )
    assert tables["Ended since last time"].rows == (("Ask families", owner.name, "Parents are asked."),)
    assert "Write to schools" not in str(bulletin.content)


@pytest.mark.rule("PF-06", "PF-09", "SG-03")
@on_one_engine
def test_a_pack_names_worrying_figures_by_service_at_most_and_no_small_number(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        visits, small = an_indicator(work), an_indicator(work, "Reviews in time")
        for indicator, counted in ((visits, (60.0, 100.0)), (small, (2.0, 5.0))):
            for measured in (of_service(people), of_team(people)):
                share = 100 * counted[0] / counted[1]
                figures(work, indicator, measured, (share,), counted=(counted,))
                touched = {(indicator.id, Every.MONTH, measured.scope)}
                raise_exceptions(work, council, touched, import_id=indicator.id, now=NOW)
        for one in work.exceptions.open():
            if one.indicator_id == visits.id:
                answered = {
                    "state": "answered",
                    "reply": "Two posts stood empty.",
                    "action": "Both are filled.",
                }
                assert work.exceptions.change(
                    one, {**answered, "answered_by": people.service_manager.id, "answered_at": NOW}
                )

        packs = [a_drafted_pack(work, council, people, kind) for kind in PackKind]

    told = {pack.kind: tables_of(pack, FINDINGS) for pack in packs if pack.kind in KINDS}
    (table,) = [found for title, found in told[PackKind.SMT].items() if title.startswith("Performance")]
    manager = people.service_manager.name
    assert table.rows == (
        (
            f"Reviews in time, {people.service.name}",
            f"April 2026: {NOT_SHOWN} (target 90% or more), off its target",
            manager,
            "No answer yet",
            "",
        ),
        (
            f"Visits in time, {people.service.name}",
            "April 2026: 60% (target 90% or more), off its target",
            manager,
            "Two posts stood empty.",
            "Both are filled.",
        ),
    )
    assert table.title in told[PackKind.BOARD]
    assert not any(people.team.name in str(pack.content) for pack in packs)
    assert not any("Visits in time" in str(pack.content) for pack in packs if pack.kind not in KINDS)


@pytest.mark.rule("OG-05", "OG-10", "QB-01")
@on_one_engine
def test_a_sent_pack_stands_on_the_agenda_of_its_meeting_once(council: Council, people: Staff) -> None:
    director = Post.DCS
    with council.write() as work:
        reader = a_person(work, "Dana Director", director)
        over = a_meeting(work, body=QA_BOARD, on=date(2026, 4, 23))
        meeting, later = a_board_of_july(work), a_meeting(work, body=QA_BOARD, on=date(2026, 10, 22))
        pack = a_sent_pack(work, council, people)
        a_sent_pack(work, council, people, PackKind.BULLETIN)
        put_on_agenda(work, council, council.framework.packs[1], pack, by=people.ad_qa, now=LATER)
        rows = {one.id: work.meetings.rows(one.id) for one in (over, meeting, later)}
        agenda = open_meeting(work, council, by=reader, meeting_id=meeting.id, now=LATER)
        guest = a_person(work, "Gus Guest", Post.POLICY)
        work.meetings.note_person(meeting.id, guest.id, is_guest=True, came=Came.ASKED)
        for_guest = open_meeting(work, council, by=guest, meeting_id=meeting.id, now=LATER)

    assert [row.pack_id for row in rows[meeting.id]] == [pack.id]
    assert not rows[over.id]
    assert not rows[later.id]
    (noted,) = [one for part in agenda.parts if part.key == "themes" for one in part.noted]
    assert (noted.title, noted.paper, noted.pack_id) == (pack.content["title"], "", pack.id)
    (seen,) = [one for part in for_guest.parts for one in part.noted]
    assert (seen.title, seen.pack_id) == (pack.content["title"], 0)
    card = json.dumps(meeting_card(MeetingView(agenda, LATER.date(), "n")))
    assert "Open the pack" in card
    assert "Open the pack" not in json.dumps(meeting_card(MeetingView(for_guest, LATER.date(), "n")))


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        (PackKind.QA_GROUP, "core"),
        (PackKind.BOARD, "themes"),
        (PackKind.SMT, "numbers"),
        (PackKind.ANNUAL, "annual"),
    ],
)
def test_each_pack_is_a_paper_of_the_item_it_is_about(
    framework: Framework, kind: PackKind, item: str
) -> None:
    line = framework.pack(kind)
    assert line is not None
    body = framework.meeting(line.meeting)
    assert body is not None

    assert item_for(line, body.items) == item
    assert item_for(line, ()) == ""
