"""The forward plan, the tracker and the learning log taken in from a sheet.

Source: OG-06, OG-07, PR-06, SG-01, SG-05.
"""

import re
from datetime import datetime
from typing import Any

from domain.days import uk_date
from domain.errors import RuleBroken
from domain.forward_plan import KIND_NAMES as PLAN_KINDS
from domain.forward_plan import PlanState, year_name
from domain.intake import Problem, Refused, Sheet
from domain.intake_posts import post_name
from domain.learning import EntryState
from domain.learning_sheet import LEARNING_FIELDS, EntryChangeRow, read_learning_sheet
from domain.plan_sheet import PLAN_FIELDS, PLAN_STATES, PlanChangeRow, read_plan_sheet
from domain.sheet_rows import SheetRead
from domain.tracker_sheet import NEW_ROW, TRACKER_FIELDS, TrackerChangeRow, read_tracker_sheet
from domain.tracking import Source, TrackedState
from storage.work import View, Work
from workflows.council import Council
from workflows.forward_planning import MOST_ITEMS, add_item
from workflows.learning_entries import references_of
from workflows.learning_log import add_draft, needs_assuring_anew, write_entry
from workflows.learning_telling import tell_of_drafts
from workflows.plan_items import change_item
from workflows.sheet_imports import SheetOutcome, known_of, take_in, telling_of, told
from workflows.tracked_rows import change_row, keep_trail
from workflows.tracked_telling import tell_of_done, tell_owner
from workflows.tracking import add_row, go_on


def import_plan(
    council: Council, *, year: int, filename: str, content: bytes, confirmed: bool, now: datetime
) -> SheetOutcome:
    """Take in a year's plan. Nothing is saved unless every row is right and somebody has said yes."""

    def read(work: Work, sheet: Sheet) -> SheetRead[PlanChangeRow] | Refused:
        items = work.plan.of_year(year)
        found = read_plan_sheet(sheet, items, year, telling=telling_of(council))
        if isinstance(found, Refused):
            return found
        if len(items) + sum(one.item is None for one in found.changes) > MOST_ITEMS:
            return Refused((Problem(None, "", "", f"A year holds {MOST_ITEMS} activities at most."),))
        return found

    return take_in(
        council,
        f"the forward plan {year_name(year)}",
        PLAN_FIELDS,
        filename=filename,
        content=content,
        confirmed=confirmed,
        read=read,
        line=lambda _work, one: _plan_line(one),
        save=lambda work, one: _save_plan(work, council, one, now),
    )


def import_tracker(
    council: Council, *, filename: str, content: bytes, confirmed: bool, now: datetime
) -> SheetOutcome:
    """Take in the tracker. Nothing is saved unless every row is right and somebody has said yes."""

    def read(work: Work, sheet: Sheet) -> SheetRead[TrackerChangeRow] | Refused:
        return read_tracker_sheet(sheet, known_of(work, council, work.tracking.in_states(set(TrackedState))))

    return take_in(
        council,
        "the activity tracker",
        TRACKER_FIELDS,
        filename=filename,
        content=content,
        confirmed=confirmed,
        read=read,
        line=_tracker_line,
        save=lambda work, one: _save_tracked(work, council, one, now),
    )


def import_learning(
    council: Council, *, filename: str, content: bytes, confirmed: bool, now: datetime
) -> SheetOutcome:
    """Take in the learning log. New rows are drafts: publishing, assuring and closing are people's to do.

    Nothing is saved unless every row is right and somebody has said yes.
    """

    def read(work: Work, sheet: Sheet) -> SheetRead[EntryChangeRow] | Refused:
        return read_learning_sheet(
            sheet,
            known_of(work, council, work.learning.in_states(set(EntryState))),
            references=lambda entry: references_of(work, entry),
            today=council.today(now),
        )

    return take_in(
        council,
        "the learning log",
        LEARNING_FIELDS,
        filename=filename,
        content=content,
        confirmed=confirmed,
        read=read,
        line=_entry_line,
        save=lambda work, one: _save_entry(work, council, one, now),
    )


def _save_plan(work: Work, council: Council, one: PlanChangeRow, now: datetime) -> None:
    if one.item is None:
        add_item(work, council, one.drafted, by=None, reason=one.reason, now=now)
        return
    values = {name: getattr(value, "value", value) for name, value in one.values.items()}
    change_item(work, council, one.item, one.item.version, values, by=None, reason=one.reason, now=now)


def _save_tracked(work: Work, council: Council, one: TrackerChangeRow, now: datetime) -> None:
    if one.tracked is None:
        values = {name: one.values[name] for name in NEW_ROW}
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


def _save_entry(work: Work, council: Council, one: EntryChangeRow, now: datetime) -> None:
    if one.entry is None:
        add_draft(work, one.values, by=None, now=now)
        tell_of_drafts(work, council, now=now)
    else:
        write_entry(work, council, one.entry, one.values, by=None, now=now)


def _plan_line(one: PlanChangeRow) -> str:
    if one.item is None:
        drafted = one.drafted
        return f"new: {drafted.title}, {uk_date(drafted.starts_on)} to {uk_date(drafted.ends_on)}"
    words = ", ".join(f"{name.replace('_', ' ')} {_plan_word(name, v)}" for name, v in one.values.items())
    return f"{one.item.title}: {words} ({one.reason})"


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
    words = told(view, one.values)
    if one.progress:
        words.append("a word on progress")
    return f"{one.tracked.title}: {', '.join(words)}"


def _entry_line(view: View, one: EntryChangeRow) -> str:
    if one.entry is None:
        return f"new draft: {one.title}"
    words = told(view, one.values)
    if needs_assuring_anew(one.entry, one.values):
        words.append("to be assured anew")
    # By the title in the sheet: what a draft is called is the QA office's to know.
    return f"entry {one.entry.id}, {one.title}: {', '.join(words)}"


def require_year(text: str) -> int:
    """The year of "2026" or "2026/27", by the year its April falls in."""
    head = text.strip().partition("/")[0]
    # Of no other century: 0226 is a slip, and 9999 has no spring after it.
    if not re.fullmatch("20[0-9]{2}", head):
        raise RuleBroken("Please write the year its April falls in, for example 2026.")
    return int(head)
