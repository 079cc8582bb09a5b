"""The forward plan and the tracker taken in from a sheet: read, checked, compared, saved whole or not at all.

What a sheet would change is shown first and saved only with a yes. Everything wrong is named with its row.

Source: OG-06, OG-07, PR-06, SG-01, SG-05.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.coach import HintKind, hints_for_text
from domain.days import uk_date
from domain.errors import RuleBroken
from domain.forward_plan import KIND_NAMES as PLAN_KINDS
from domain.forward_plan import PlanState, year_name
from domain.intake import Refused, SheetRefused
from domain.intake_posts import post_name
from domain.intake_summary import refusal_summary
from domain.plan_sheet import PLAN_FIELDS, PLAN_STATES, PlanChangeRow, read_plan_sheet
from domain.themes import theme_titles
from domain.tracker_sheet import (
    TRACKER_FIELDS,
    TRACKER_STATES,
    Known,
    TrackerChangeRow,
    read_tracker_sheet,
)
from domain.tracking import KIND_NAMES, Source, TrackedState
from storage.work import View, Work
from workflows.council import Council
from workflows.forward_planning import MOST_ITEMS, add_item
from workflows.learning_texts import owners
from workflows.plan_items import change_item
from workflows.sheets import read_sheet
from workflows.tracked_rows import change_row, keep_trail
from workflows.tracked_telling import tell_of_done, tell_owner
from workflows.tracking import add_row, go_on

MOST_SHOWN = 40
_TELLS = "This text may say who a child is. Leave out names, dates of birth, addresses and references."


@dataclass(frozen=True, slots=True)
class SheetOutcome:
    """What a sheet did, would do, or why it was refused."""

    summary: str
    """Plain lines for the terminal."""
    refused: bool = False
    waits: bool = False
    """Whether it would change something and waits for a yes."""
    saved: bool = False


def import_plan(
    council: Council, *, year: int, filename: str, content: bytes, confirmed: bool, now: datetime
) -> SheetOutcome:
    """Take in a year's plan. Nothing is saved unless every row is right and somebody has said yes."""
    try:
        sheet = read_sheet(content, filename, PLAN_FIELDS)
    except SheetRefused as refused:
        return SheetOutcome(str(refused), refused=True)
    with council.write() as work:
        read = read_plan_sheet(sheet, work.plan.of_year(year), year, telling=_telling(council))
        if isinstance(read, Refused):
            return SheetOutcome(refusal_summary(read), refused=True)
        new = sum(one.item is None for one in read.changes)
        if len(work.plan.of_year(year)) + new > MOST_ITEMS:
            return SheetOutcome(f"A year holds {MOST_ITEMS} activities at most.", refused=True)
        lines = [_plan_line(one) for one in read.changes]
        if lines and confirmed:
            for one in read.changes:
                _save_plan(work, council, one, now)
        return _outcome(f"the forward plan {year_name(year)}", lines, read.same, confirmed=confirmed)


def import_tracker(
    council: Council, *, filename: str, content: bytes, confirmed: bool, now: datetime
) -> SheetOutcome:
    """Take in the tracker. Nothing is saved unless every row is right and somebody has said yes."""
    try:
        sheet = read_sheet(content, filename, TRACKER_FIELDS)
    except SheetRefused as refused:
        return SheetOutcome(str(refused), refused=True)
    with council.write() as work:
        read = read_tracker_sheet(sheet, _known(work, council))
        if isinstance(read, Refused):
            return SheetOutcome(refusal_summary(read), refused=True)
        lines = [_tracker_line(work, one) for one in read.changes]
        if lines and confirmed:
            for one in read.changes:
                _save_tracked(work, council, one, now)
        return _outcome("the activity tracker", lines, read.same, confirmed=confirmed)


def _known(view: View, council: Council) -> Known:
    rows = view.tracking.in_states(set(TrackedState))
    may_own = {*owners(view), *(row.owner_id for row in rows if row.owner_id is not None)}
    return Known(
        rows={row.id: row for row in rows},
        owners={person.email.casefold(): person.id for person in view.people.many(may_own).values()},
        themes=theme_titles(council.framework),
        telling=_telling(council),
    )


def _telling(council: Council) -> Callable[[str, str], str]:
    def telling(field: str, text: str) -> str:
        found = hints_for_text(field, text, council.framework)
        # The hint itself repeats what it found, which has no place in a terminal's history.
        return _TELLS if any(hint.kind is HintKind.IDENTIFIER for hint in found) else ""

    return telling


def _outcome(what: str, lines: list[str], same: int, *, confirmed: bool) -> SheetOutcome:
    rows = "row says" if same == 1 else "rows say"
    if not lines:
        return SheetOutcome(f"Nothing changes in {what}: {same} {rows} what is known already.")
    word = "Changed" if confirmed else "This would change"
    shown = lines[:MOST_SHOWN]
    if len(lines) > MOST_SHOWN:
        shown.append(f"and {len(lines) - MOST_SHOWN} more.")
    said = [f"{word} {what}:", *(f"- {line}" for line in shown)]
    if same:
        said.append(f"{same} {rows} what is known already.")
    return SheetOutcome("\n".join(said), waits=not confirmed, saved=confirmed)


def _save_plan(work: Work, council: Council, one: PlanChangeRow, now: datetime) -> None:
    if one.item is None:
        add_item(work, council, one.drafted, by=None, reason=one.reason, now=now)
        return
    values = {name: getattr(value, "value", value) for name, value in one.values.items()}
    change_item(work, council, one.item, one.item.version, values, by=None, reason=one.reason, now=now)


def _save_tracked(work: Work, council: Council, one: TrackerChangeRow, now: datetime) -> None:
    if one.tracked is None:
        values = {name: one.values[name] for name in ("kind", "title", "theme", "owner_id", "due_on")}
        tracked_id = add_row(work, council, by=None, source=Source.FILE, now=now, **values)
        if one.progress:
            work.tracking.add_step(tracked_id, by=None, at=now, text=one.progress)
        return
    tracked_id = one.tracked.id
    if one.progress:
        work.tracking.add_step(tracked_id, by=None, at=now, text=one.progress)
    if one.values:
        set_to: dict[str, Any] = {name: getattr(value, "value", value) for name, value in one.values.items()}
        if one.values.get("state") in (TrackedState.CLOSED, TrackedState.DROPPED):
            set_to["closed_at"] = now
        changed = change_row(work, one.tracked, one.tracked.version, set_to)
        tell_owner(work, council, changed, now=now, by=None)
        if changed.state is TrackedState.DONE and one.tracked.state is not TrackedState.DONE:
            tell_of_done(work, changed, now=now, by=None)
        if changed.state is TrackedState.CLOSED and changed.more_needed:
            go_on(work, council, changed, by=None, now=now)
    fields = {name: str(value) for name, value in one.values.items()}
    keep_trail(work, None, "brought in a tracked row", tracked_id, now, {**fields, "text": one.progress})


def _plan_line(one: PlanChangeRow) -> str:
    if one.item is None:
        drafted = one.drafted
        return f"new: {drafted.title}, {uk_date(drafted.starts_on)} to {uk_date(drafted.ends_on)}"
    told = ", ".join(f"{name.replace('_', ' ')} {_plan_word(name, v)}" for name, v in one.values.items())
    return f"{one.item.title}: {told} ({one.reason})"


def _plan_word(name: str, value: Any) -> str:
    match name:
        case "starts_on" | "ends_on":
            return uk_date(value)
        case "kind":
            return PLAN_KINDS[value]
        case "owner_post":
            return post_name(value)
        case "state":
            return PLAN_STATES[PlanState(value)]
        case _:
            return str(value) or "emptied"


def _tracker_line(view: View, one: TrackerChangeRow) -> str:
    if one.tracked is None:
        return f"new: {one.values['title']}"
    told = [f"{name.replace('_', ' ')} {_tracker_word(view, name, v)}" for name, v in one.values.items()]
    if one.progress:
        told.append("a word on progress")
    return f"{one.tracked.title}: {', '.join(told)}"


def _tracker_word(view: View, name: str, value: Any) -> str:
    if value in (None, ""):
        return "emptied"
    match name:
        case "due_on":
            return uk_date(value)
        case "kind":
            return KIND_NAMES[value]
        case "state":
            return TRACKER_STATES[value]
        case "owner_id":
            return view.people.get(value).name
        case "more_needed":
            return "yes" if value else "no"
        case _:
            return str(value)


def require_year(text: str) -> int:
    """The year of "2026" or "2026/27", by the year its April falls in."""
    head = text.strip().partition("/")[0]
    if not (head.isdecimal() and head.isascii() and len(head) == 4):
        raise RuleBroken("Please write the year its April falls in, for example 2026.")
    return int(head)
