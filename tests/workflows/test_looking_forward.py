"""What the coming weeks hold, as one list."""

from datetime import date

import pytest

from domain.forward_plan import PlanState
from domain.governance import ActivityKind
from domain.people import Post
from domain.plan_drafting import Drafted
from storage.work import Work
from tests.builders import Staff
from workflows.council import Council
from workflows.looking_forward import Coming, ComingKind, coming

FIRST, LAST = date(2026, 5, 1), date(2026, 6, 30)


def planned(work: Work, title: str, on: date, *, kind: ActivityKind = ActivityKind.DIP) -> int:
    one = Drafted(kind, title, on, on, Post.QAO, 10)
    return work.plan.add(one, year=2026, state=PlanState.PLANNED)


@pytest.mark.rule("OG-07")
def test_activities_meetings_and_rounds_stand_in_one_list_by_day(council: Council, people: Staff) -> None:
    with council.write() as work:
        planned(work, "Visits to children placed far away", date(2026, 6, 30))
        planned(work, "Too late to show", date(2026, 7, 1))
        cancelled = planned(work, "Not to be", date(2026, 6, 1))
        item = work.plan.get(cancelled)
        assert item is not None
        assert work.plan.change(item, {"state": PlanState.CANCELLED.value})
        for number, service in enumerate((people.service, people.other_service)):
            work.meetings.plan(
                slot=f"clinic:{number}",
                body="clinic",
                service_id=service.id,
                on=date(2026, 5, 12),
                starts_at="13:30",
            )
        work.meetings.plan(
            slot="g", body="qa_group", service_id=None, on=date(2026, 5, 20), starts_at="10:00"
        )

        found = coming(work, council, FIRST, LAST)

    assert found == (
        Coming(date(2026, 5, 12), "Performance Clinics", ComingKind.MEETING),
        Coming(date(2026, 5, 20), "QA Group", ComingKind.MEETING),
        Coming(date(2026, 6, 30), "Visits to children placed far away", ComingKind.ACTIVITY),
    )
