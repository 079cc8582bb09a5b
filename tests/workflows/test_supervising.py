"""Learning and actions taken to supervision: whose it is, when the card comes, and what a press keeps."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.actions import StepKind
from domain.audits import Audit
from domain.errors import NotAllowed, RuleBroken
from domain.moderation import ReleaseKind
from domain.nudges import About
from tests.builders import Staff, a_submitted_audit
from tests.dialogs.scripts import on_one_engine
from tests.moderations import (
    a_chosen_audit,
    a_held_moderation,
    a_released_moderation,
    of_proficient_auditors,
    the_panel,
)
from tests.reminded import told_in_day
from tests.workflows.followed import PLACE, at, kinds, talks, the_action
from workflows.council import Council, View, Work
from workflows.dues import dues
from workflows.learning_of import learning_of
from workflows.sharing import TextWanted
from workflows.supervisees import people_to_supervise
from workflows.supervising import (
    NEAR,
    open_supervision,
    plan_supervision,
    record_discussed,
    tell_of_supervisions,
)

DAY = date(2026, 5, 20)
THEN = at(DAY)


@pytest.fixture
def council(council: Council) -> Council:
    """Nobody is new, so that the Panel has only what a test gives it."""
    return of_proficient_auditors(council)


@pytest.fixture
def audit(council: Council, people: Staff) -> Audit:
    with council.write() as work:
        return a_submitted_audit(work, council, people)


def to_supervise(view: View, council: Council, of: int | None = None) -> list[tuple[int, int, date]]:
    """(person, audit, due) of the learning to take to supervision."""
    found = dues(view, council, THEN, of=of)
    return [(d.person_id, d.subject_id, d.due_on) for d in found if d.about is About.SUPERVISE]


def plans(work: Work, council: Council, people: Staff, on: date, *, now: date = DAY) -> None:
    plan_supervision(
        work, council, by=people.line_manager, practitioner_id=people.practitioner.id, on=on, now=at(now)
    )


@pytest.mark.rule("CA-19")
def test_learning_is_the_supervisors_to_talk_of_within_a_month(
    council: Council, people: Staff, audit: Audit
) -> None:
    with council.write() as work:
        waiting = to_supervise(work, council)
        own = to_supervise(work, council, people.line_manager.id)
        others = to_supervise(work, council, people.team_manager.id)
        listed = people_to_supervise(work, council, by=people.line_manager, now=THEN)
        talks(work, council, people, audit.id, THEN)

    with council.read() as view:
        kept = view.followups.get(audit.id)
        assert (kept.discussed_on, kept.discussed_by) == (DAY, people.line_manager.id)
        assert kept.discussed_where == "supervision note of 4 June"
        assert to_supervise(view, council) == []
        (left,) = people_to_supervise(view, council, by=people.line_manager, now=THEN)
        assert (left.practitioner.id, left.audits, left.actions) == (people.practitioner.id, 0, 1)
    assert waiting == own == [(people.line_manager.id, audit.id, date(2026, 6, 1))]
    assert others == []
    assert [(one.practitioner.id, one.audits) for one in listed] == [(people.practitioner.id, 1)]


@on_one_engine
@pytest.mark.rule("CA-19", "MO-17")
@pytest.mark.parametrize("state", ["undecided", "held", "released"])
def test_supervision_does_not_learn_of_an_audit_that_waits_for_the_panel(
    council: Council, people: Staff, state: str
) -> None:
    build = {
        "undecided": a_chosen_audit,
        "held": a_held_moderation,
        "released": a_released_moderation,
    }[state]
    with council.write() as work:
        panel = the_panel(work)
        moderation = build(work, council, people, panel)

        waiting = to_supervise(work, council)
        file = open_supervision(
            work,
            council,
            by=people.line_manager,
            practitioner_id=people.practitioner.id,
            now=THEN,
        )

        assert [audit.id for audit in file.audits] == ([moderation.audit_id] if state == "released" else [])
        assert len(waiting) == (state == "released")


@on_one_engine
@pytest.mark.rule("CA-19", "MO-15", "SG-03")
def test_the_panels_part_is_talked_of_too_and_says_nothing_of_the_auditor(
    council: Council, people: Staff, audit: Audit
) -> None:
    late = at(date(2026, 6, 20))
    with council.write() as work:
        panel = the_panel(work)
        talks(work, council, people, audit.id, THEN)
        chosen = a_chosen_audit(work, council, people, panel, audit=audit)
        a_released_moderation(work, council, people, panel, chosen=chosen, now=late, kind=ReleaseKind.EARLY)

        with pytest.raises(TextWanted, match="20 June 2026"):
            # What was talked of before the Panel had spoken was not this.
            record_discussed(
                work,
                council,
                by=people.line_manager,
                practitioner_id=people.practitioner.id,
                audit_ids={audit.id},
                on=date(2026, 6, 19),
                where=PLACE,
                now=late,
            )
        again = to_supervise(work, council)
        manager = learning_of(work, council, audit, by=people.team_manager, now=late)
        line = learning_of(work, council, audit, by=people.line_manager, now=late)

        # Due at once: its month was over before the Panel had spoken.
        assert again == [(people.line_manager.id, audit.id, date(2026, 6, 20))]
        assert manager.panel == "Visits were regular and the plan moved on."
        assert line.panel == ""
        assert "chronology" not in repr(manager)


@on_one_engine
@pytest.mark.rule("CA-19", "RO-02")
@pytest.mark.parametrize(
    ("planned", "asked_on", "comes"),
    [
        (date(2026, 5, 21), DAY, True),
        (date(2026, 5, 22), DAY, False),
        # A bank holiday and a weekend lie between: the Friday before the Tuesday.
        (date(2026, 5, 26), date(2026, 5, 22), True),
        (date(2026, 5, 26), date(2026, 5, 21), False),
        # Planned too late for the day before: the same morning.
        (DAY, DAY, True),
    ],
)
def test_the_card_comes_on_the_working_day_before_and_once(
    council: Council, people: Staff, audit: Audit, planned: date, asked_on: date, comes: bool
) -> None:
    with council.write() as work:
        plans(work, council, people, planned)

        told = tell_of_supervisions(work, council, now=at(asked_on))
        again = tell_of_supervisions(work, council, now=at(asked_on))

        assert (told, again) == (int(comes), 0)
        planned_one = work.supervisions.planned(people.practitioner.id)
        assert planned_one is not None
        assert told_in_day(work, NEAR, planned_one.id) == [people.line_manager.id] * comes


@pytest.mark.rule("CA-19", "RO-02")
def test_one_press_records_what_was_listed_with_oversight_and_holds_the_supervision(
    council: Council, people: Staff, audit: Audit
) -> None:
    with council.write() as work:
        later = a_submitted_audit(work, council, people, reference="CF-2002")
        plans(work, council, people, DAY)
        number = record_discussed(
            work,
            council,
            by=people.line_manager,
            practitioner_id=people.practitioner.id,
            audit_ids={audit.id},
            on=DAY,
            where=PLACE,
            oversight="Steady work.",
            now=THEN,
        )
        plans(work, council, people, date(2026, 6, 17))

    with council.read() as view:
        # The second one was not on the card, so nobody has seen it talked of.
        assert number == 1
        assert [one for _, one, _ in to_supervise(view, council)] == [later.id]
        for one in (audit, later):
            action = the_action(view, one.id)
            assert kinds(view, action.id) == [StepKind.OVERSIGHT]
            assert view.actions.steps(action.id)[0].recorded == PLACE
        planned = view.supervisions.planned(people.practitioner.id)
        assert planned is not None
        assert planned.planned_on == date(2026, 6, 17)
        held = view.supervisions.get(planned.id - 1)
        assert held is not None
        assert (held.held_on, held.held_by, held.note_where) == (DAY, people.line_manager.id, PLACE)


@on_one_engine
@pytest.mark.rule("CA-19", "CA-23", "RO-02")
def test_actions_left_when_the_learning_was_talked_of_stay_with_supervision_until_confirmed(
    council: Council, people: Staff, audit: Audit
) -> None:
    given: dict[str, Any] = {"practitioner_id": people.practitioner.id, "audit_ids": (), "where": PLACE}
    with council.write() as work:
        talks(work, council, people, audit.id, THEN)
        plans(work, council, people, DAY)

        number = record_discussed(work, council, by=people.line_manager, on=DAY, now=THEN, **given)

        action = the_action(work, audit.id)
        listed = people_to_supervise(work, council, by=people.line_manager, now=THEN)
        others = people_to_supervise(work, council, by=people.service_manager, now=THEN)
        assert number == 0
        assert kinds(work, action.id) == [StepKind.OVERSIGHT]
        assert work.supervisions.planned(people.practitioner.id) is None
        work.actions.change(action, {"state": "confirmed", "done_on": DAY, "confirmed_on": DAY})
        with pytest.raises(RuleBroken):
            record_discussed(work, council, by=people.line_manager, on=DAY, now=THEN, **given)
        after = people_to_supervise(work, council, by=people.line_manager, now=THEN)
    assert [(one.practitioner.id, one.actions) for one in listed] == [(people.practitioner.id, 1)]
    assert others == after == ()


@on_one_engine
@pytest.mark.rule("CA-19")
@pytest.mark.parametrize(
    ("on", "where", "field"),
    [
        (None, PLACE, "held_on"),
        (DAY + timedelta(days=1), PLACE, "held_on"),
        (date(2026, 4, 30), PLACE, "held_on"),
        (DAY, "", "where"),
    ],
)
def test_it_is_recorded_with_the_day_and_where_it_is_noted(
    council: Council, people: Staff, audit: Audit, on: date | None, where: str, field: str
) -> None:
    with council.write() as work:
        with pytest.raises(RuleBroken) as wanted:
            record_discussed(
                work,
                council,
                by=people.line_manager,
                practitioner_id=people.practitioner.id,
                audit_ids={audit.id},
                on=on,
                where=where,
                now=THEN,
            )

        assert getattr(wanted.value, "field", "") == field
        assert work.followups.get(audit.id).discussed_on is None


@on_one_engine
@pytest.mark.rule("CA-19")
def test_nobody_else_supervises_and_a_team_without_a_line_manager_is_supervised_by_its_manager(
    council: Council, people: Staff, audit: Audit
) -> None:
    given: dict[str, Any] = {"practitioner_id": people.practitioner.id, "now": THEN}
    with council.write() as work:
        for other in work.people.everyone():
            if other.id != people.line_manager.id:
                with pytest.raises(NotAllowed):
                    open_supervision(work, council, by=other, **given)
        with pytest.raises(NotAllowed):
            open_supervision(work, council, by=people.line_manager, practitioner_id=999, now=THEN)

        work.people.mark_left([people.line_manager.id], DAY)
        by_team = to_supervise(work, council)
        work.people.mark_left([people.team_manager.id], DAY)
        by_service = to_supervise(work, council, people.service_manager.id)

        assert [one for one, *_ in by_team] == [people.team_manager.id]
        assert [one for one, *_ in by_service] == [people.service_manager.id]


@on_one_engine
@pytest.mark.rule("CA-19")
def test_a_supervision_talks_of_no_more_than_one_can_hold(council: Council, people: Staff) -> None:
    with council.write() as work:
        for number in range(6):
            a_submitted_audit(work, council, people, reference=f"CF-30{number}")

        file = open_supervision(
            work, council, by=people.line_manager, practitioner_id=people.practitioner.id, now=THEN
        )

        assert (len(file.audits), file.more, len(file.actions)) == (3, 3, 6)


@on_one_engine
@pytest.mark.rule("CA-19")
@pytest.mark.parametrize("on", [None, DAY - timedelta(days=1), DAY + timedelta(days=93)])
def test_a_supervision_is_planned_for_a_day_to_come(
    council: Council, people: Staff, audit: Audit, on: date | None
) -> None:
    with council.write() as work, pytest.raises(RuleBroken):
        plan_supervision(
            work,
            council,
            by=people.line_manager,
            practitioner_id=people.practitioner.id,
            on=on,
            now=THEN,
        )
