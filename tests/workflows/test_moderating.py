"""Who of the Panel has an audit, who is given it, and what deciding keeps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.audits import Audit
from domain.errors import NotAllowed, Stale
from domain.framework import Framework
from domain.grades import Grade
from domain.moderation import AuditTest, Met, Moderation, Verdict
from domain.moderation_completeness import missing
from domain.moderation_form import ModerationForm, SectionGrade, to_body
from domain.moderation_parts import Original
from domain.people import Leave, Person
from scheduler.drawing import Drawn, Needless
from storage.work import Work
from tests.builders import NOW, Staff, a_case
from tests.dialogs.scripts import on_one_engine, trail
from tests.moderations import Panel, a_chosen_audit, a_whole_form, the_panel
from tests.workflows.nudged import drawn
from workflows import moderating
from workflows.council import Council
from workflows.moderating import NotReady, NotYours, decide, save_part
from workflows.panel_queue import Queue, hand_over, handing, panel_queue, swap, take
from workflows.sharing import TextWanted

Change = Callable[..., Any]


@pytest.fixture
def panel(council: Council, people: Staff) -> Panel:
    with council.write() as work:
        return the_panel(work)


def fresh(work: Work, moderation: Moderation) -> Moderation:
    found = work.moderations.get(moderation.id)
    assert found is not None
    return found


def filled(work: Work, council: Council, chosen: Moderation, **changes: Any) -> Moderation:
    """The moderation with a whole form but for the verdict."""
    audit = audit_of(work, chosen)
    form = replace(a_whole_form(council, audit), **{"verdict": None, **changes})
    assert work.moderations.change(fresh(work, chosen), {"body": to_body(form)})
    return fresh(work, chosen)


def audit_of(work: Work, moderation: Moderation) -> Audit:
    audit = work.audits.get(moderation.audit_id)
    assert audit is not None
    return audit


def decided(work: Work, council: Council, by: Person, moderation: Moderation) -> Moderation:
    return decide(
        work,
        council,
        by=by,
        moderation_id=moderation.id,
        version=moderation.version,
        verdict="satisfactory",
        now=NOW,
    )


@pytest.mark.rule("MO-07", "Q9")
def test_whoever_has_it_or_the_chair_decides_and_nobody_else(council: Council, people: Staff) -> None:
    with council.write() as work:
        panel = the_panel(work)
        first = filled(work, council, a_chosen_audit(work, council, people, panel))
        second = filled(work, council, a_chosen_audit(work, council, people, panel, reference="CF-1002"))

        with pytest.raises(NotYours):
            decided(work, council, panel.second, first)
        # The SM for QA chairs only where every PSW is tied.
        for outsider in (panel.sm_qa, people.auditor, people.qa_officer):
            with pytest.raises(NotAllowed):
                decided(work, council, outsider, first)

        assert decided(work, council, panel.first, first).decided_by == panel.first.id
        assert decided(work, council, panel.psw, second).decided_by == panel.psw.id


@pytest.mark.rule("Q9")
@pytest.mark.parametrize("tie", ["supervisor_id", "chair_id", "practitioner_id"])
@on_one_engine
def test_a_tie_refuses_everything_to_whoever_has_it_and_to_whoever_is_given_it(
    council: Council, people: Staff, tie: str
) -> None:
    with council.write() as work:
        panel = the_panel(work)
        case = a_case(work, people)
        chosen = a_chosen_audit(work, council, people, panel, case=case)
        other = a_chosen_audit(work, council, people, panel, reference="CF-1002")
        work.moderations.change(other, {"moderator_id": panel.second.id})
        # The case came to them after the queue was made.
        work.cases.change(case.id, {tie: panel.second.id})

        at: dict[str, Any] = {"moderation_id": chosen.id, "now": NOW}
        with pytest.raises(TextWanted):
            hand_over(work, council, by=panel.first, to=panel.second.id, why="Away.", **at)
        with pytest.raises(TextWanted):
            swap(work, council, by=panel.first, other_id=other.id, why="Away.", **at)
        refused: tuple[Change, ...] = (take, handing)
        for verb in refused:
            with pytest.raises(NotAllowed):
                verb(work, council, by=panel.second, **at)
        with pytest.raises(NotAllowed):
            decided(work, council, panel.second, filled(work, council, chosen))

        assert panel.second.id not in [
            person.id for person, _ in handing(work, council, by=panel.first, **at).people
        ]
        assert fresh(work, chosen).moderator_id == panel.first.id
        queue = panel_queue(work, council, by=panel.second, now=NOW)
        assert ([one.moderation.id for one in queue.mine], queue.others) == ([other.id], ())


@pytest.mark.rule("Q9", "SG-03")
@on_one_engine
def test_an_auditor_of_the_panel_is_not_told_that_their_own_audit_was_chosen(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        before = panel_queue(work, council, by=panel.second, now=NOW)
        chosen = a_chosen_audit(work, council, people, panel, auditor_id=panel.second.id)
        while_chosen = panel_queue(work, council, by=panel.second, now=NOW)
        decided(work, council, panel.first, filled(work, council, chosen))
        while_held = panel_queue(work, council, by=panel.second, now=NOW)

        assert before == while_chosen == while_held == Queue((), ())
        with pytest.raises(NotAllowed):
            panel_queue(work, council, by=people.auditor, now=NOW)


@pytest.mark.rule("MO-07", "SG-05")
def test_handing_over_tells_the_new_holder_who_takes_it_and_keeps_who_did_it(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        chosen = a_chosen_audit(work, council, people, panel)
        take(work, council, by=panel.first, moderation_id=chosen.id, now=NOW)
        at: dict[str, Any] = {"moderation_id": chosen.id, "to": panel.second.id, "now": NOW}
        with pytest.raises(TextWanted):
            hand_over(work, council, by=panel.first, why=" ", **at)

        hand_over(work, council, by=panel.psw, why="On leave.", **at)

        after = fresh(work, chosen)
        assert (after.moderator_id, after.taken_at) == (panel.second.id, None)
        with pytest.raises(NotYours):
            take(work, council, by=panel.first, moderation_id=chosen.id, now=NOW)
        # The due date is the audit's own: it does not begin anew with another holder.
        assert after.due_on == chosen.due_on
    handed = drawn(council, panel.second, NOW, "moderation_handed", chosen.id)
    moved = drawn(council, panel.first, NOW, "moderation_moved", chosen.id)
    assert isinstance(handed, Drawn)
    assert isinstance(moved, Drawn)
    assert "CF-1001" not in str(handed.card)
    assert trail(council, chosen.audit_id)[-2:] == [
        ("took the moderation", panel.first.id),
        ("handed the moderation over", panel.psw.id),
    ]


@pytest.mark.rule("MO-07")
@on_one_engine
def test_nobody_on_leave_is_given_an_audit_or_asked_to_swap_until_they_are_back(
    council: Council, people: Staff, panel: Panel
) -> None:
    leave, back = (Leave(NOW.date(), NOW.date()),), NOW + timedelta(days=1)
    with council.write() as work:
        mine = a_chosen_audit(work, council, people, panel)
        theirs = a_chosen_audit(work, council, people, panel, reference="CF-1002")
        work.moderations.change(theirs, {"moderator_id": panel.second.id})
        work.people.change(panel.second.id, {"leave": leave})

        def offered(now: datetime) -> tuple[bool, list[int]]:
            found = handing(work, council, by=panel.first, moderation_id=mine.id, now=now)
            listed = panel.second.id in [person.id for person, _ in found.people]
            return listed, [one.moderation.id for one in found.swaps]

        seen = [offered(NOW), offered(back)]
        given: dict[str, Any] = {"by": panel.first, "moderation_id": mine.id, "why": "I know it.", "now": NOW}
        with pytest.raises(TextWanted, match="on leave"):
            hand_over(work, council, to=panel.second.id, **given)
        with pytest.raises(TextWanted, match="on leave"):
            swap(work, council, other_id=theirs.id, **given)

        assert seen == [(False, []), (True, [theirs.id])]
        assert fresh(work, mine).moderator_id == panel.first.id
        swap(work, council, other_id=theirs.id, **{**given, "now": back})
        assert fresh(work, mine).moderator_id == panel.second.id


@pytest.mark.rule("MO-07")
def test_a_swap_gives_each_the_others_and_the_colleague_a_card(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        mine = a_chosen_audit(work, council, people, panel)
        theirs = a_chosen_audit(work, council, people, panel, reference="CF-1002")
        work.moderations.change(theirs, {"moderator_id": panel.second.id})
        given: dict[str, Any] = {"by": panel.first, "moderation_id": mine.id, "why": "I know it.", "now": NOW}

        assert swap(work, council, other_id=theirs.id, **given) == theirs.id

        holders = [fresh(work, one).moderator_id for one in (mine, theirs)]
        assert holders == [panel.second.id, panel.first.id]
        with pytest.raises(NotYours):
            swap(work, council, other_id=theirs.id, **given)
    assert isinstance(drawn(council, panel.second, NOW, "moderation_swapped", mine.id), Drawn)
    with council.write() as work:
        hand_over(work, council, by=panel.second, moderation_id=mine.id, to=panel.psw.id, why="x", now=NOW)
    assert isinstance(drawn(council, panel.second, NOW, "moderation_swapped", mine.id), Needless)


@pytest.mark.rule("MO-07", "Q9")
@on_one_engine
def test_what_somebody_had_who_has_left_is_nobodys_and_can_be_taken(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        chosen = a_chosen_audit(work, council, people, panel)
        take(work, council, by=panel.first, moderation_id=chosen.id, now=NOW)
        work.people.mark_left([panel.first.id], NOW.date())

        (one,) = panel_queue(work, council, by=panel.second, now=NOW).others
        take(work, council, by=panel.second, moderation_id=chosen.id, now=NOW)

        assert one.holder_name == ""
        assert fresh(work, chosen).moderator_id == panel.second.id


@on_one_engine
def test_writing_takes_what_was_nobodys_and_a_stale_save_changes_nothing(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        chosen = a_chosen_audit(work, council, people, panel)
        work.moderations.change(chosen, {"moderator_id": None})
        version = fresh(work, chosen).version
        given: dict[str, Any] = {"moderation_id": chosen.id, "part": "tests", "now": NOW}
        typed = {"test_covered": "met"}
        with pytest.raises(NotYours):
            save_part(work, council, by=panel.first, version=version, inputs=typed, **given)

        assert save_part(work, council, by=panel.psw, version=version, inputs=typed, **given)

        assert fresh(work, chosen).moderator_id == panel.psw.id
        with pytest.raises(Stale):
            save_part(work, council, by=panel.psw, version=version, inputs={"test_covered": "not"}, **given)
        # The same text again changes nothing, whatever version the card was drawn from.
        assert not save_part(work, council, by=panel.psw, version=version, inputs=typed, **given)


@pytest.mark.rule("MO-16", "MO-21", "Q24", "SG-05")
@pytest.mark.parametrize(
    ("changes", "changed"),
    [
        ({}, False),
        ({"overall": Grade.OUTSTANDING, "overall_because": "Gains will last."}, True),
        ({"sections": "planning"}, True),
    ],
)
@on_one_engine
def test_a_grade_changed_when_the_whole_or_any_section_differs(
    council: Council, people: Staff, panel: Panel, changes: dict[str, Any], changed: bool
) -> None:
    with council.write() as work:
        chosen = a_chosen_audit(work, council, people, panel)
        if "sections" in changes:
            whole = a_whole_form(council, audit_of(work, chosen)).sections
            changes = {"sections": {**whole, "planning": SectionGrade(Grade.INADEQUATE, "Nothing moved.")}}
        ready = filled(work, council, chosen, **changes)

        after = decided(work, council, panel.first, ready)

        assert after.grade_changed is changed
        assert audit_of(work, chosen).overall == Grade.GOOD.value


@pytest.mark.rule("MO-15", "MO-17")
@on_one_engine
def test_deciding_settles_who_hears_of_it_once(
    council: Council, people: Staff, panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[tuple[int, Verdict | None, int]] = []

    def settle(_work: Any, _council: Any, moderation: Moderation, *, by: int, now: Any) -> None:
        assert now == NOW
        settled.append((moderation.id, moderation.verdict, by))

    monkeypatch.setattr(moderating, "settle_decided", settle)
    with council.write() as work:
        ready = filled(work, council, a_chosen_audit(work, council, people, panel))
        decided(work, council, panel.first, ready)
        with pytest.raises(NotYours):
            decided(work, council, panel.first, fresh(work, ready))

    assert settled == [(ready.id, Verdict.SATISFACTORY, panel.first.id)]


@pytest.mark.rule("MO-08", "MO-09", "MO-10", "MO-11", "MO-12", "MO-13", "MO-14")
@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("start", {"file_read_on": None}),
        *[("tests", {"tests": {t: Met.MET for t in AuditTest if t is not test}}) for test in AuditTest],
        ("outputs", {"strengths": " "}),
        ("outputs", {"development": ""}),
        ("outputs", {"practice": ""}),
        ("outputs", {"organisation": ""}),
        ("missing", {"nothing_missing": False}),
    ],
)
@on_one_engine
def test_each_thing_the_framework_asks_for_holds_up_the_decision(
    council: Council, people: Staff, panel: Panel, part: str, changes: dict[str, Any]
) -> None:
    with council.write() as work:
        ready = filled(work, council, a_chosen_audit(work, council, people, panel), **changes)

        with pytest.raises(NotReady) as refused:
            decided(work, council, panel.first, ready)

        assert list(refused.value.missing) == [part]
        assert len(refused.value.missing[part]) == 1


@pytest.mark.rule("Q24")
def test_the_whole_is_graded_by_itself_however_the_sections_were(framework: Framework) -> None:
    original = Original(Grade.GOOD, {"planning": Grade.GOOD, "review": Grade.GOOD})
    form = ModerationForm(sections={key: SectionGrade(Grade.GOOD) for key in original.sections})

    gaps = missing(form, original=original, framework=framework, owners=(), today=NOW.date())

    assert gaps["grades"] == ("your grade for the whole",)
