"""The forward plan, the activity tracker and the learning log as workbooks that can be brought in again.

Source: OG-06, OG-07, PR-06.
"""

from collections.abc import Sequence
from datetime import date

from domain.days import local_day
from domain.forward_plan import KIND_NAMES as PLAN_KINDS
from domain.forward_plan import PlanItem
from domain.intake_posts import post_name
from domain.learning import EntryState, LogCells
from domain.learning_sheet import LEARNING_FIELDS, stands
from domain.people import Post
from domain.plan_sheet import PLAN_FIELDS, PLAN_STATES
from domain.plan_shown import PlanYear
from domain.tracker_sheet import TRACKER_FIELDS, TRACKER_STATES
from domain.tracking import KIND_NAMES, TrackedCells
from reports.sheets import Sheet, Value, write_workbook


def write_plan(plan: PlanYear, items: Sequence[PlanItem]) -> bytes:
    """A year's plan: its activities, what to look at, and the hours of each month.

    The first sheet is the one that is read when the file is brought in again.
    """
    rows = tuple(
        (
            item.id,
            PLAN_KINDS[item.kind],
            item.title,
            item.starts_on,
            item.ends_on,
            post_name(Post(item.owner_post)),
            item.hours,
            item.note,
            PLAN_STATES[item.state],
            "",
        )
        for item in items
    )
    headings = tuple(field.heading for field in PLAN_FIELDS)
    look: list[tuple[Value, ...]] = [("Clash", one.on, one.says) for one in plan.clashes]
    look += [("Gap", one.on, one.says) for one in plan.gaps]
    hours = tuple(
        (
            f"{month.load.month:%B %Y}",
            month.load.hours,
            month.load.able,
            "Too many" if month.load.is_over else "",
        )
        for month in plan.months
    )
    return write_workbook(
        (
            Sheet("Forward plan", headings, rows),
            Sheet("What to look at", ("Kind", "Day", "What"), tuple(look)),
            Sheet("Hours", ("Month", "Hours asked", "Hours to give", ""), hours),
        )
    )


def write_tracker(rows: Sequence[TrackedCells], themes: dict[str, str], today: date) -> bytes:
    """The tracker: a row for each, with what was last said and what changed."""
    headings = (*(field.heading for field in TRACKER_FIELDS), "Came from", "Last said", "Overdue")
    cells = tuple(
        (
            one.row.id,
            KIND_NAMES[one.row.kind],
            one.row.title,
            themes.get(one.row.theme, one.row.theme),
            one.owner_email,
            one.row.due_on,
            TRACKER_STATES[one.row.state],
            "",
            one.row.impact,
            {True: "Yes", False: "No", None: ""}[one.row.more_needed],
            one.came_from,
            one.said,
            "Yes" if one.row.is_overdue(today) else "",
        )
        for one in rows
    )
    return write_workbook((Sheet("Activity tracker", headings, cells),))


def write_learning(rows: Sequence[LogCells], themes: dict[str, str], today: date) -> bytes:
    """The learning log: an entry for each row, how far its actions are, and who stands by it."""
    only_read = ("Why it was dropped", "Actions open", "Actions done", "Assured by", "Assured on", "Overdue")
    headings = (*(field.heading for field in LEARNING_FIELDS), *only_read)
    cells = tuple(
        (
            one.entry.id,
            themes.get(one.entry.theme, one.entry.theme),
            one.entry.title,
            one.entry.learning,
            one.owner_email,
            one.entry.due_on,
            *stands(one.entry).values(),
            one.entry.impact if one.entry.state is EntryState.DROPPED else "",
            one.open_actions,
            one.done_actions,
            one.assured_by_name,
            local_day(one.entry.assured_at) if one.entry.assured_at else None,
            "Yes" if one.entry.is_overdue(today) else "",
        )
        for one in rows
    )
    return write_workbook((Sheet("Learning log", headings, cells),))
