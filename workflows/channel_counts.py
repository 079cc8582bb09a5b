"""Counts of learning log and tracker for the QA Group's channel. Drafts are the QA office's, not among them.

Source: OG-06, Q29, MO-17.
"""

from datetime import datetime

from domain.days import local_day
from domain.learning import STANDING, EntryState, LogCounts
from domain.tracking import TrackedState, TrackerCounts, counts_of
from storage.work import View
from workflows.council import Council


def log_counts(view: View, council: Council, *, now: datetime) -> LogCounts:
    """How the published log stands. Whoever calls checked the right."""
    today = council.today(now)
    standing = view.learning.in_states(STANDING)
    closed = view.learning.in_states({EntryState.CLOSED})
    actions = view.learning.actions([entry.id for entry in standing])
    return LogCounts(
        standing=len(standing),
        overdue=sum(entry.is_overdue(today) for entry in standing),
        to_assure=sum(entry.needs_assurance for entry in (*standing, *closed)),
        closed=len(closed),
        more_needed=sum(bool(entry.more_needed) for entry in closed),
        actions_open=sum(one.done_on is None for each in actions.values() for one in each),
        oldest_on=min((local_day(entry.created_at) for entry in standing), default=None),
    )


def tracker_counts(view: View, council: Council, *, now: datetime) -> TrackerCounts:
    """How the tracker stands (OG-06). Whoever calls checked the right."""
    return counts_of(view.tracking.in_states(frozenset(TrackedState)), council.today(now))
