"""The life of a pack: drafted on its day, written in, approved, sent, frozen; and figures traced."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from domain.errors import NotAllowed, RuleBroken, Stale
from domain.figures import COUNCIL
from domain.grades import Grade
from domain.moderation import ReleaseKind, Verdict
from domain.pack_content import Told, from_body
from domain.packs import CHILDREN, WHY, PackKind, PackState
from domain.people import Person, Post
from domain.suppression import NOT_SHOWN
from domain.trail import day_chain
from storage.packs import PackRow
from storage.tables_governance import pack_figures, pack_texts
from storage.work import Work
from tests.builders import Staff, a_case, a_person, a_submitted_audit
from tests.dialogs.scripts import on_one_engine
from tests.moderations import a_held_moderation, a_released_moderation, the_panel
from tests.packs import LATER, a_drafted_pack, a_sent_pack, an_asked_pack, some_audits, the_pack
from workflows.council import Council
from workflows.learning_texts import TextsWanted
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
        early = told(work, WAITS, board.id)
        for day in (21, 22):
            draft_due(work, council, now=at(2026, 7, day))
        late = told(work, WAITS, board.id)

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
