"""A year's plan, the tracker and the learning log, gathered for their workbooks and for minutes.

Source: OG-06, OG-07.
"""

from domain.forward_plan import PlanItem
from domain.learning import UNENDED, LogCells
from domain.people import Person
from domain.plan_shown import PlanYear
from domain.themes import theme_titles
from domain.tracking import TrackedCells, TrackedState
from storage.work import View
from workflows.council import Council
from workflows.learning_look import states_for
from workflows.plan_look import year_of
from workflows.tracked_look import came_from


def plan_book(view: View, council: Council, year: int) -> tuple[PlanYear, tuple[PlanItem, ...]]:
    """A year's plan, and every activity of it, cancelled ones among them."""
    return year_of(view, council, year), view.plan.of_year(year)


def tracker_book(view: View, council: Council) -> tuple[tuple[TrackedCells, ...], dict[str, str]]:
    """Every row of the tracker, ended ones last, and the titles of themes."""
    rows = sorted(
        view.tracking.in_states(set(TrackedState)), key=lambda row: (row.closed_at is not None, row.id)
    )
    owners = view.people.many(row.owner_id for row in rows if row.owner_id is not None)
    steps = view.tracking.steps(row.id for row in rows)
    cells = tuple(
        TrackedCells(
            row,
            owners[row.owner_id].email if row.owner_id in owners else "",
            came_from(view, council, row),
            said[-1].text if (said := steps.get(row.id, ())) else "",
        )
        for row in rows
    )
    return cells, theme_titles(council.framework)


def learning_book(
    view: View, council: Council, by: Person | None
) -> tuple[tuple[LogCells, ...], dict[str, str]]:
    """The entries that this reader of the log sees, ended ones last, and the titles of themes.

    `by` is None at the command line.
    """
    entries = sorted(
        view.learning.in_states(states_for(by)), key=lambda entry: (entry.state not in UNENDED, entry.id)
    )
    ids = (person_id for entry in entries for person_id in (entry.owner_id, entry.assured_by))
    people = view.people.many(person_id for person_id in ids if person_id is not None)
    actions = view.learning.actions(entry.id for entry in entries)
    cells = []
    for entry in entries:
        done = [action.done_on is not None for action in actions.get(entry.id, ())]
        cells.append(
            LogCells(
                entry,
                people[entry.owner_id].email if entry.owner_id in people else "",
                done.count(False),
                done.count(True),
                people[entry.assured_by].name if entry.assured_by in people else "",
            )
        )
    return tuple(cells), theme_titles(council.framework)
