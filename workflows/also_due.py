"""What is somebody's to do beside audits: figures to explain, words to write, the tracker, packs to approve.

Each kind is told in a line or two, as the pages behind it say the rest. Source: PR-02, OG-06, PF-04, PF-05.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.narratives import NarrativeState
from domain.packs import PackState
from domain.people import Person
from domain.permissions import Verb
from storage.work import View
from workflows.council import Council
from workflows.explaining import mine_to_explain
from workflows.narrating import mine_to_write
from workflows.pack_access import may

TRACKED_AHEAD = timedelta(days=31)
"""A year's plan gives its owners rows for months to come; what is further off than this can wait."""


class Also(StrEnum):
    """What is to be done."""

    EXPLAIN = "explain"
    WRITE = "write"
    TRACKED = "tracked"
    APPROVE = "approve"


@dataclass(frozen=True, slots=True)
class AlsoDue:
    """One thing, or several of a kind that stand on one page."""

    also: Also
    about: str
    """What it is called, where it is a single thing."""
    subject_id: int
    """The thing; 0 for several."""
    many: int
    due_on: date | None
    """The first day of several."""
    overdue: bool


def also_due(view: View, council: Council, *, by: Person, now: datetime) -> tuple[AlsoDue, ...]:
    """What this person, or somebody they cover, is to do; what is due first comes first."""
    today = council.today(now)
    found = [
        *_figures(view, council, by, now),
        *(
            _one(Also.WRITE, one.title, one.id, one.due_on, today)
            for one in mine_to_write(view, council, by=by, now=now)
            if one.state is NarrativeState.ASKED
        ),
        *_tracked(view, by, today),
        *(
            _one(Also.APPROVE, pack.content["title"], pack.id, None, today)
            for pack in view.packs.unsent()
            if pack.state is PackState.ASKED
            and may(view, council, Verb.APPROVE_PACK, by=by, pack=pack, now=now)
        ),
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on or date.max, list(Also).index(one.also))))


def _figures(view: View, council: Council, by: Person, now: datetime) -> list[AlsoDue]:
    lines = mine_to_explain(view, council, by=by, now=now)
    if not lines:
        return []
    due_on = min((line.due_on for line in lines if line.due_on), default=None)
    return [_several(Also.EXPLAIN, "", 0, len(lines), due_on, council.today(now))]


def _tracked(view: View, by: Person, today: date) -> list[AlsoDue]:
    rows = [
        row
        for row in view.tracking.of_owner(by.id)
        if row.due_on is None or row.due_on <= today + TRACKED_AHEAD
    ]
    if not rows:
        return []
    if len(rows) == 1:
        return [_one(Also.TRACKED, rows[0].title, rows[0].id, rows[0].due_on, today)]
    return [_several(Also.TRACKED, "", 0, len(rows), rows[0].due_on, today)]


def _one(also: Also, about: str, subject_id: int, due_on: date | None, today: date) -> AlsoDue:
    return _several(also, about, subject_id, 1, due_on, today)


def _several(also: Also, about: str, subject_id: int, many: int, due_on: date | None, today: date) -> AlsoDue:
    return AlsoDue(also, about, subject_id, many, due_on, due_on is not None and due_on < today)
