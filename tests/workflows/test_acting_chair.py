"""While every PSW is on leave the SM for QA stands in for the chair, so that nothing is stuck (Q3, Q9).

Fran and Sol are practice consultants, Pat is the PSW, Sasha the SM for QA.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from domain.days import local_day
from domain.draw import OVER
from domain.errors import NotAllowed, RuleBroken
from domain.moderation import Moderation
from domain.nudges import About
from domain.people import Leave, Person
from scheduler.drawing import Drawn, Needless
from storage.work import Work
from tests.builders import NOW, Staff, a_case
from tests.chat import text
from tests.dialogs.scripts import on_one_engine
from tests.moderations import Panel, a_chosen_audit, the_panel
from tests.workflows.drawn import DRAW_DAY, submits
from tests.workflows.nudged import drawn
from workflows import panel_dues
from workflows.council import Council
from workflows.draws import pass_draw
from workflows.moderating import save_part
from workflows.moderation_files import open_moderation
from workflows.panel_queue import hand_over, panel_queue, take
from workflows.selecting import draw_due

AWAY = Leave(local_day(NOW) - timedelta(days=1), local_day(NOW) + timedelta(days=6))
BACK = NOW + timedelta(days=7)
MID_MAY = datetime(2026, 5, 14, 9, 0, tzinfo=NOW.tzinfo)


@dataclass
class Stage:
    """A council with its Panel, within one transaction."""

    council: Council
    work: Work
    people: Staff
    panel: Panel

    def away(self, *people: Person) -> None:
        for person in people:
            self.work.people.change(person.id, {"leave": (AWAY,)})

    def with_(self, person: Person | None, **given: Any) -> Moderation:
        """An audit that is this person's to moderate."""
        chosen = a_chosen_audit(self.work, self.council, self.people, self.panel, **given)
        values = {"moderator_id": person.id if person else None}
        assert self.work.moderations.change(chosen, values)
        return self.again(chosen)

    def again(self, moderation: Moderation) -> Moderation:
        found = self.work.moderations.get(moderation.id)
        assert found is not None
        return found

    def given(self, moderation: Moderation, by: Person, now: datetime = NOW) -> dict[str, Any]:
        by = self.work.people.get(by.id)
        return {"by": by, "moderation_id": moderation.id, "now": now}


@pytest.fixture
def stage(council: Council, people: Staff) -> Iterator[Stage]:
    with council.write() as work:
        yield Stage(council, work, people, the_panel(work))


@pytest.mark.rule("Q9", "MO-07")
def test_the_acting_chair_hands_over_what_is_stuck_with_the_psw(stage: Stage) -> None:
    stuck = stage.with_(stage.panel.psw)
    stage.away(stage.panel.psw)
    deputy = stage.panel.sm_qa

    queue = panel_queue(stage.work, stage.council, by=deputy, now=NOW)
    to = stage.panel.first
    name = hand_over(stage.work, stage.council, to=to.id, why="On leave.", **stage.given(stuck, deputy))

    assert [one.may_open for one in queue.others] == [True]
    assert name == to.name
    assert stage.again(stuck).moderator_id == to.id


@pytest.mark.rule("Q9", "MO-07")
def test_the_acting_chair_takes_what_is_nobodys_and_keeps_it_once_the_psw_is_back(stage: Stage) -> None:
    nobodys = stage.with_(None)
    stage.away(stage.panel.psw)
    deputy = stage.panel.sm_qa

    take(stage.work, stage.council, **stage.given(nobodys, deputy))
    kept = {"part": "tests", "version": stage.again(nobodys).version, "inputs": {"test_covered": "met"}}
    written = save_part(stage.work, stage.council, **kept, **stage.given(nobodys, deputy, BACK))
    mine = panel_queue(stage.work, stage.council, by=stage.work.people.get(deputy.id), now=BACK).mine

    assert written
    assert [one.moderation.id for one in mine] == [nobodys.id]
    with pytest.raises(RuleBroken, match=r"Sasha Quality has this audit"):
        take(stage.work, stage.council, **stage.given(nobodys, stage.panel.first, BACK))


@pytest.mark.rule("Q9")
@pytest.mark.parametrize("when", ["nobody is away", "the PSW is back"])
def test_the_sm_for_qa_opens_nothing_while_the_psw_is_there(stage: Stage, when: str) -> None:
    stuck = stage.with_(stage.panel.psw)
    if when == "the PSW is back":
        stage.away(stage.panel.psw)
    now = BACK if when == "the PSW is back" else NOW

    with pytest.raises(NotAllowed):
        open_moderation(stage.work, stage.council, part="start", **stage.given(stuck, stage.panel.sm_qa, now))


@pytest.mark.rule("Q9")
def test_a_tied_deputy_stands_in_for_nobody(stage: Stage) -> None:
    case = a_case(stage.work, stage.people, "CF-2009", supervisor_id=stage.panel.sm_qa.id)
    stuck = stage.with_(stage.panel.psw, case=case)
    stage.away(stage.panel.psw)

    with pytest.raises(NotAllowed):
        open_moderation(stage.work, stage.council, part="start", **stage.given(stuck, stage.panel.sm_qa))


@pytest.mark.rule("Q9", "MO-07")
def test_what_is_nobodys_and_what_is_late_is_the_acting_chairs_to_see_to(stage: Stage) -> None:
    nobodys, late = stage.with_(None), stage.with_(stage.panel.first, reference="CF-2002")
    stage.work.moderations.change(late, {"due_on": local_day(NOW) - timedelta(days=1)})

    def theirs(now: datetime) -> list[tuple[About, int]]:
        found = panel_dues.dues(stage.work, stage.council, now, of=stage.panel.sm_qa.id)
        return sorted((due.about, due.subject_id) for due in found)

    before = theirs(NOW)
    stage.away(stage.panel.psw)

    assert before == []
    assert theirs(NOW) == [(About.LATE_MODERATION, late.id), (About.MODERATE, nobodys.id)]
    assert theirs(BACK) == []


def a_draw_over(stage: Stage) -> int:
    """A draw above the most per cent: everyone is new, so every audit is compulsory."""
    for _ in range(4):
        submits(stage.work, stage.council, stage.people, stage.people.auditor, now=MID_MAY)
    assert draw_due(stage.work, stage.council, now=DRAW_DAY) == 1
    row = stage.work.draws.latest()
    assert row is not None
    assert row.state == OVER
    return row.id


def told(stage: Stage, kind: str, draw_id: int) -> set[int | None]:
    return {one.person_id for one in stage.work.notices.of(kind, draw_id)}


def leave_over_the_draw(stage: Stage, *people: Person) -> None:
    leave = (Leave(date(2026, 6, 1), date(2026, 6, 30)),)
    for person in people:
        stage.work.people.change(person.id, {"leave": leave})


@pytest.mark.rule("Q3", "Q9")
def test_a_draw_above_the_most_warns_the_acting_chair_who_may_go_on(stage: Stage) -> None:
    leave_over_the_draw(stage, stage.panel.psw)

    draw_id = a_draw_over(stage)
    by = stage.work.people.get(stage.panel.sm_qa.id)
    pass_draw(stage.work, stage.council, by=by, draw_id=draw_id, reason="We make time.", now=DRAW_DAY)

    assert told(stage, "draw_over", draw_id) == {stage.panel.psw.id, stage.panel.sm_qa.id}
    assert told(stage, "draw_over_unseen", draw_id) == set()


@pytest.mark.rule("Q3", "Q9")
def test_while_the_psw_is_there_the_sm_for_qa_is_not_warned_and_does_not_go_on(stage: Stage) -> None:
    draw_id = a_draw_over(stage)

    assert told(stage, "draw_over", draw_id) == {stage.panel.psw.id}
    assert told(stage, "draw_over_unseen", draw_id) == set()
    with pytest.raises(NotAllowed):
        pass_draw(
            stage.work, stage.council, by=stage.panel.sm_qa, draw_id=draw_id, reason="Yes.", now=DRAW_DAY
        )


@pytest.mark.rule("Q3", "Q9")
@pytest.mark.parametrize("there", ["on leave", "left"])
def test_with_nobody_there_to_chair_the_qa_office_is_warned(stage: Stage, there: str) -> None:
    both = (stage.panel.psw, stage.panel.sm_qa)
    if there == "left":
        stage.work.people.mark_left([person.id for person in both], date(2026, 4, 30))
    else:
        leave_over_the_draw(stage, *both)

    draw_id = a_draw_over(stage)

    assert told(stage, "draw_over_unseen", draw_id) == {stage.people.qa_officer.id}


@on_one_engine
@pytest.mark.rule("Q3", "SG-03")
def test_the_qa_office_hears_numbers_and_nobodys_name(council: Council, people: Staff) -> None:
    with council.write() as work:
        stage = Stage(council, work, people, the_panel(work))
        leave_over_the_draw(stage, stage.panel.psw, stage.panel.sm_qa)
        draw_id = a_draw_over(stage)

    card = drawn(council, people.qa_officer, DRAW_DAY, "draw_over_unseen", draw_id)
    with council.write() as work:
        chair = replace(work.people.get(stage.panel.sm_qa.id), leave=())
        work.people.change(chair.id, {"leave": ()})
        pass_draw(work, council, by=chair, draw_id=draw_id, reason="We make time.", now=DRAW_DAY)

    assert isinstance(card, Drawn)
    assert "more than 30 in a hundred" in text(card.card)
    assert not [word for word in ("Alex", "CF-1001") if word in text(card.card)]
    after = drawn(council, people.qa_officer, DRAW_DAY, "draw_over_unseen", draw_id)
    assert after == Needless("the chair has gone on with it")
