"""A draw afterwards: drawn again from what was kept, looked at by the Panel, passed by its chair."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from domain.draw import AuditorClass
from domain.errors import NotAllowed, NotFound, RuleBroken
from domain.framework import Framework
from domain.moderation import Reason
from storage.draws import DrawRow
from storage.tables_moderation import draws as draws_table
from tests.builders import Staff
from tests.dialogs.scripts import on_one_engine
from tests.moderations import Panel, the_panel
from tests.workflows.drawn import DRAW_DAY, a_proficient_auditor, draws, submits
from tests.workflows.test_selecting import MID_MAY
from workflows.council import Council
from workflows.draws import look_at_draw, pass_draw, replay, running
from workflows.sharing import TextWanted


@pytest.fixture
def panel(council: Council, people: Staff) -> Panel:
    with council.write() as work:
        return the_panel(work)


def a_draw(council: Council, people: Staff, *, new: int = 0, proficient: int = 5) -> DrawRow:
    """A draw from this many audits of new and of proficient auditors."""
    with council.write() as work:
        auditors = [a_proficient_auditor(work, people, f"Proficient {n}") for n in range(proficient)]
        for auditor in (*auditors, *[people.auditor] * new):
            submits(work, council, people, auditor, now=MID_MAY)
    draws(council)
    with council.read() as view:
        row = view.draws.latest()
    assert row is not None
    return row


@pytest.mark.rule("MO-05", "Q3", "SG-05")
def test_a_draw_comes_out_the_same_again_whatever_the_council_has_changed_since(
    council: Council, people: Staff, framework: Framework
) -> None:
    row = a_draw(council, people, new=1, proficient=8)
    numbers = replace(framework.numbers, moderation_least_percent=90, moderation_most_percent=95)
    later = replace(council, framework=replace(framework, numbers=numbers))
    with council.write() as work:
        a_proficient_auditor(work, people, "Somebody Later")

    with council.read() as view:
        found = replay(view, later, row.id)

    assert found.same
    assert (found.again.top_ups, len(found.again.chosen)) == (tuple(row.selected), 1)


@on_one_engine
@pytest.mark.rule("SG-05")
@pytest.mark.parametrize("changed", ["seed", "selected", "population", "population_hash", "rule_version"])
def test_whatever_is_changed_of_what_was_kept_shows(council: Council, people: Staff, changed: str) -> None:
    row = a_draw(council, people, proficient=12)
    others = [one["audit"] for one in row.population if one["audit"] not in row.selected]
    values: dict[str, Any] = {
        "seed": row.seed + 1,
        "selected": [*row.selected[:-1], others[0]],
        "population": [{**one, "sampled": 1} for one in row.population],
        "population_hash": "0" * 64,
        "rule_version": "0",
    }
    with council.database.engine.begin() as connection:
        connection.execute(sa.update(draws_table).values(**{changed: values[changed]}))

    with council.read() as view:
        assert not replay(view, council, row.id).same


@on_one_engine
def test_a_kept_population_that_cannot_be_read_is_said_plainly(council: Council, people: Staff) -> None:
    row = a_draw(council, people)
    with council.database.engine.begin() as connection:
        connection.execute(sa.update(draws_table).values(population=[{"audit": 1}]))

    with council.read() as view:
        with pytest.raises(RuleBroken, match="cannot be read"):
            replay(view, council, row.id)
        with pytest.raises(NotFound):
            replay(view, council, row.id + 1)


@on_one_engine
@pytest.mark.rule("Q3", "SG-05")
def test_only_the_chair_goes_on_above_the_most_and_says_why(
    council: Council, people: Staff, panel: Panel
) -> None:
    row = a_draw(council, people, new=4, proficient=1)
    given: dict[str, Any] = {"draw_id": row.id, "now": DRAW_DAY}
    with council.write() as work:
        for nobody in (panel.first, panel.sm_qa, people.qa_officer):
            with pytest.raises(NotAllowed):
                pass_draw(work, council, by=nobody, reason="There is room.", **given)
        with pytest.raises(TextWanted):
            pass_draw(work, council, by=panel.psw, reason=" ", **given)

        pass_draw(work, council, by=panel.psw, reason="Two panels this month.", **given)

        kept = work.draws.get(row.id)
        assert kept is not None
        assert (kept.state, kept.passed_by, kept.passed_because) == (
            "passed",
            panel.psw.id,
            "Two panels this month.",
        )
        assert len(work.moderations.undecided()) == 4
        with pytest.raises(RuleBroken, match="nothing to go on with"):
            pass_draw(work, council, by=panel.psw, reason="Again.", **given)
    with council.read() as view:
        assert replay(view, council, row.id).same


@on_one_engine
@pytest.mark.rule("MO-02", "SG-03")
def test_the_panel_sees_the_draw_in_counts_and_what_came_since(
    council: Council, people: Staff, panel: Panel
) -> None:
    row = a_draw(council, people, new=1, proficient=9)
    later = DRAW_DAY + timedelta(hours=2)
    with council.write() as work:
        submits(work, council, people, people.auditor, now=later)
    with council.read() as view:
        found = look_at_draw(view, council, by=panel.first, draw_id=0, now=later)
        since = running(view, council, by=panel.first, now=later)
        for nobody in (people.auditor, people.qa_officer, people.ad_qa):
            with pytest.raises(NotAllowed):
                look_at_draw(view, council, by=nobody, draw_id=row.id, now=later)

    assert found is not None
    assert (found.moderated, found.total, found.percent, found.top_ups) == (2, 10, 20, 1)
    assert found.by_reason == ((Reason.NEW_AUDITOR, 1),)
    assert found.by_class == (
        (AuditorClass.NEW, 1, 1),
        (AuditorClass.STRUGGLING, 0, 0),
        (AuditorClass.PROFICIENT, 9, 1),
    )
    assert (since.submitted, since.chosen) == (1, 1)
