"""The figures of a period, gathered from what the council has."""

from datetime import date
from typing import Any

import pytest

from domain.audits import Returned
from domain.figures import Figure, FigureSet, grade_key
from domain.grades import Grade
from domain.moderation import ReleaseKind, Verdict
from storage.work import Work
from tests.builders import Staff, a_returned_audit, a_submitted_audit, an_accepted_audit
from tests.dialogs.scripts import on_one_engine
from tests.moderations import Panel, a_held_moderation, a_released_moderation, the_panel
from workflows.council import Council
from workflows.figuring import figures, month_of, period_before, quarter_of, scope_of_service

MAY = month_of(date(2026, 5, 9))
TODAY = date(2026, 6, 20)


@pytest.fixture
def panel(council: Council) -> Panel:
    with council.write() as work:
        return the_panel(work)


def made(work: Work, council: Council) -> FigureSet:
    return figures(work, council, MAY, today=TODAY)


def one(found: FigureSet, key: str, **scope: Any) -> Figure:
    figure = found.get(key, **scope)
    assert figure is not None
    return figure


@pytest.mark.rule("MO-17", "MO-21")
@on_one_engine
def test_a_held_moderation_shows_in_no_figure_and_a_released_one_counts(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        before = made(work, council)
        a_held_moderation(work, council, people, panel, audit=audit)
        held = made(work, council)
        talked: dict[str, Any] = {"kind": ReleaseKind.DISCUSSED, "verdict": Verdict.CONCERN}
        a_released_moderation(
            work, council, people, panel, overall=Grade.INADEQUATE, reference="CF-2", **talked
        )
        released = made(work, council)

    assert held == before
    assert one(before, grade_key(Grade.GOOD)).count == 1
    assert (one(released, "moderated").count, one(released, "moderated").of) == (1, 2)
    assert one(released, grade_key(Grade.INADEQUATE)).count == 1
    assert one(released, "changed").count == 1


@pytest.mark.rule("PF-11", "Q31")
@on_one_engine
def test_what_was_given_out_counts_unless_it_went_back(council: Council, people: Staff) -> None:
    with council.write() as work:
        done = a_submitted_audit(work, council, people)
        an_accepted_audit(work, people, reference="CF-2", auditor_id=people.second_auditor.id)
        a_returned_audit(
            work, people, because=Returned.EXEMPT, reference="CF-3", auditor_id=people.bystander.id
        )
        found = made(work, council)

    assert (one(found, "done").count, one(found, "done").of) == (1, 2)
    assert one(found, "done").counted == (f"audit {done.id}",)
    conifers = scope_of_service(people.service.id)
    brambles = scope_of_service(people.other_service.id)
    assert [one(found, "done", scope=scope).of for scope in (conifers, brambles)] == [2, 0]


@pytest.mark.rule("Q33")
def test_periods_follow_the_year_from_april() -> None:
    assert quarter_of(date(2026, 5, 9)).label == "Q1 2026/27"
    assert (quarter_of(date(2027, 2, 1)).first, quarter_of(date(2027, 2, 1)).last) == (
        date(2027, 1, 1),
        date(2027, 3, 31),
    )
    assert period_before(MAY) == month_of(date(2026, 4, 2))
    assert period_before(quarter_of(date(2026, 5, 9))).label == "Q4 2025/26"
