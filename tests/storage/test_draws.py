"""Draws as they are kept, and what the draw asks of audits and moderations."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.moderation import Reason
from storage.work import Work
from tests.builders import NOW, Staff, an_accepted_audit
from workflows.council import Council

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def a_draw(work: Work, month: date, **given: Any) -> int:
    values = {
        "month": month,
        "drawn_at": NOW,
        "seed": 7,
        "rule_version": "1",
        "framework_version": "1.0",
        "least_percent": 20,
        "most_percent": 30,
        "population": [{"audit": 1, "class": "new"}],
        "population_hash": "0" * 64,
        "selected": [1],
        "state": "within",
    }
    return work.draws.add({**values, **given})


def test_draws_come_back_as_they_were_kept_the_latest_by_month(council: Council) -> None:
    with council.write() as work:
        assert work.draws.latest() is None
        june, may = a_draw(work, JUNE), a_draw(work, MAY, seed=8)

        latest = work.draws.latest()

        assert latest is not None
        assert (latest.id, latest.population, latest.selected) == (
            june,
            [{"audit": 1, "class": "new"}],
            [1],
        )
        assert (latest.least_percent, latest.most_percent) == (20, 30)
        assert work.draws.months() == ((may, MAY), (june, JUNE))
        assert [row.id for row in work.draws.since(MAY + timedelta(days=1))] == [june]


@pytest.mark.rule("MO-05")
def test_only_what_a_draw_added_counts_as_drawn_by_lot(council: Council, people: Staff) -> None:
    with council.write() as work:
        draw_id = a_draw(work, MAY)
        for number, drawn_by in enumerate((draw_id, draw_id, None)):
            audit = an_accepted_audit(work, people, reference=f"CF-200{number}")
            given: dict[str, Any] = {"due_on": JUNE, "moderator_id": None, "now": NOW}
            work.moderations.select(audit_id=audit.id, reasons=[Reason.TOP_UP], draw_id=drawn_by, **given)

        assert work.moderations.drawn_by_lot() == {people.auditor.id: 2}


def test_audits_are_found_by_the_moment_of_their_submission(council: Council, people: Staff) -> None:
    with council.write() as work:
        given = {"overall": "good", "state": "submitted"}
        second, first, before = (an_accepted_audit(work, people, reference=f"CF-200{n}") for n in range(3))
        for audit, hours in ((second, 2), (first, 0), (before, -1)):
            at = NOW + timedelta(hours=hours)
            work.audits.change(audit, {**given, "submitted_at": at})
        an_accepted_audit(work, people, reference="CF-2009")

        assert [audit.id for audit in work.audits.submitted_since(NOW)] == [first.id, second.id]
