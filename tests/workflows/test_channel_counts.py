"""What the QA Group's channel is told of tracker and plan: counts and dates alone."""

from datetime import date, timedelta

import pytest

from domain.tracking import Source, Tracked, TrackedKind, TrackedState, TrackerCounts, counts_of
from tests.builders import NOW

TODAY = date(2026, 5, 20)


def a_row(state: TrackedState = TrackedState.OPEN, **more: object) -> Tracked:
    values: dict[str, object] = {
        **{"id": 1, "kind": TrackedKind.ACTION, "title": "Ring round", "source": Source.HAND},
        **{"source_id": None, "meeting_id": None, "theme": "", "owner_id": 7, "due_on": None},
        **{"state": state, "routed_to": "", "impact": "", "more_needed": None, "created_at": NOW},
        **{"created_by": None, "closed_at": None, "closed_by": None, "version": 1},
    }
    return Tracked(**{**values, **more})  # type: ignore[arg-type]


@pytest.mark.rule("OG-06")
def test_the_tracker_is_told_in_counts() -> None:
    rows = [
        a_row(due_on=TODAY - timedelta(days=1)),
        a_row(due_on=TODAY),
        a_row(owner_id=None),
        a_row(owner_id=None, kind=TrackedKind.DECISION),
        a_row(TrackedState.DONE),
        a_row(TrackedState.CLOSED, more_needed=True),
        a_row(TrackedState.CLOSED, more_needed=False),
        a_row(TrackedState.DROPPED),
    ]
    assert counts_of(rows, TODAY) == TrackerCounts(4, 1, 1, 1, 2, 1)
