"""The activity tracker: rows added by hand or decided in a meeting, moved on by owners, closed with answers.

A row closes only with what changed for children and whether more work is needed (OG-06). Where more is
needed, a new row goes on from it.

Source: OG-06, OG-08, TA-08, SG-01, SG-05.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.errors import RuleBroken
from domain.pages import LINE_LIMIT
from domain.people import Person
from domain.permissions import Verb, require
from domain.themes import theme_titles
from domain.tracking import STANDING, Source, Tracked, TrackedKind, TrackedState
from storage.work import Work
from workflows.bodies import require_meeting
from workflows.council import Council
from workflows.learning_texts import Reading, owners
from workflows.meetings import require_day
from workflows.tracked_rows import change_row, keep_trail, may, require_row, seat_for
from workflows.tracked_telling import tell_of_done, tell_owner

ENDED = "This has ended, so it stands as it is."
FOLLOWS = (
    "This follows the learning log: what is done about it, and what changed, is written there. The tracker "
    "takes it over by itself."
)
MOST_DECIDED = 30
"""Decisions and actions of one meeting; no card could show more."""


def save_row(
    work: Work,
    council: Council,
    *,
    by: Person,
    tracked_id: int,
    version: int,
    typed: Mapping[str, str],
    now: datetime,
    plan_item_id: int = 0,
) -> int:
    """Add a row by hand (`tracked_id` 0) or change one that stands; its owner is told. Returns its id.

    `plan_item_id` names the activity of the plan that a new row came from, 0 for none. Raises TextsWanted for
    what cannot be kept, Stale when the row changed.
    """
    if tracked_id:
        row = require_row(work, council, Verb.KEEP_TRACKER, by=by, tracked_id=tracked_id, now=now)
        require_standing(row)
    else:
        row = None
        seat = seat_for(work, council, by, None)
        require(Verb.KEEP_TRACKER, by, today=council.today(now), seat=seat)
    kinds = [kind.value for kind in TrackedKind]
    reading = Reading(typed, council.framework)
    kind = reading.choice("kind", kinds, wanted="Please say what it is.")
    values = _read(work, council, reading, row, now, decision=kind == TrackedKind.DECISION)
    theme = reading.choice("theme", theme_titles(council.framework))
    reading.done()
    if row is not None:
        changed = change_row(work, row, version, {**values, "kind": kind, "theme": theme})
        keep_trail(work, by.id, "changed the tracker", row.id, now, {**values, "kind": kind, "theme": theme})
        tell_owner(work, council, changed, now=now, by=by.id)
        return row.id
    from_plan = work.plan.get(plan_item_id) if plan_item_id else None
    return add_row(
        work,
        council,
        by=by.id,
        kind=TrackedKind(kind),
        source=Source.PLAN if from_plan else Source.HAND,
        source_id=from_plan.id if from_plan else None,
        now=now,
        theme=theme,
        **values,
    )


def decide(
    work: Work, council: Council, *, by: Person, meeting_id: int, typed: Mapping[str, str], now: datetime
) -> int:
    """Record what a meeting decided or gave somebody to do; whoever it is for is told. Returns the row."""
    meeting, _ = require_meeting(work, council, Verb.RUN_MEETING, by=by, meeting_id=meeting_id, now=now)
    require_day(meeting, council, now)
    if len(work.tracking.of_meeting(meeting.id)) >= MOST_DECIDED:
        raise RuleBroken(
            f"A meeting has {MOST_DECIDED} decisions and actions at most. Please ask the QA office to put "
            "what is left on the tracker."
        )
    reading = Reading(typed, council.framework)
    kinds = (TrackedKind.DECISION.value, TrackedKind.ACTION.value)
    kind = reading.choice("kind", kinds, wanted="Is it a decision, or something to be done?")
    values = _read(work, council, reading, None, now, decision=kind == TrackedKind.DECISION)
    reading.done()
    return add_row(
        work,
        council,
        by=by.id,
        kind=TrackedKind(kind),
        source=Source.MEETING,
        source_id=meeting.id,
        meeting_id=meeting.id,
        now=now,
        **values,
    )


def add_row(
    work: Work, council: Council, *, by: int | None, kind: TrackedKind, now: datetime, **values: Any
) -> int:
    """A new row with its trail; its owner is told. Returns its id."""
    tracked_id = work.tracking.add(kind=kind, by=by, now=now, **values)
    fields = {name: str(value) for name, value in values.items() if value not in (None, "")}
    keep_trail(work, by, "added to the tracker", tracked_id, now, {"kind": kind.value, **fields})
    row = work.tracking.get(tracked_id)
    if row is not None:
        tell_owner(work, council, row, now=now, by=by)
    return tracked_id


def say_progress(
    work: Work, council: Council, *, by: Person, tracked_id: int, text: str, now: datetime
) -> None:
    """The owner says how it goes; the words are added to what was said before."""
    row = require_row(work, council, Verb.DO_TRACKED, by=by, tracked_id=tracked_id, now=now)
    require_standing(row)
    reading = Reading({"step": text}, council.framework)
    words = reading.text("step", wanted="Please say in a sentence how it goes.")
    reading.done()
    work.tracking.add_step(row.id, by=by.id, at=now, text=words)
    keep_trail(work, by.id, "said how it goes", row.id, now, {"text": words})


def finish(
    work: Work,
    council: Council,
    *,
    by: Person,
    tracked_id: int,
    version: int,
    typed: Mapping[str, str],
    now: datetime,
) -> int:
    """Say that it is done, with what changed and whether more is needed (OG-06).

    An owner's word lets the QA office close it; whoever keeps the tracker closes it at once. Returns the row
    that goes on from it, 0 when none does. Raises TextsWanted, Stale.
    """
    row = require_row(work, council, Verb.SEE_TRACKER, by=by, tracked_id=tracked_id, now=now)
    keeps = may(work, council, Verb.KEEP_TRACKER, by, row)
    if not keeps:
        require_row(work, council, Verb.DO_TRACKED, by=by, tracked_id=tracked_id, now=now)
    require_standing(row)
    reading = Reading(typed, council.framework)
    impact = reading.text("impact", wanted="Please say what changed for children, and how you know.")
    more = reading.choice("more_needed", ("yes", "no"), wanted="Please choose yes or no.")
    reading.done()
    values: dict[str, Any] = {"impact": impact, "more_needed": more == "yes"}
    if not keeps:
        changed = change_row(work, row, version, {**values, "state": TrackedState.DONE.value})
        keep_trail(work, by.id, "called a tracked row done", row.id, now, values)
        tell_of_done(work, changed, now=now, by=by.id)
        return 0
    ended = {"state": TrackedState.CLOSED.value, "closed_at": now, "closed_by": by.id}
    change_row(work, row, version, {**values, **ended})
    keep_trail(work, by.id, "closed a tracked row", row.id, now, values)
    return go_on(work, council, row, by=by.id, now=now) if more == "yes" else 0


def drop(
    work: Work, council: Council, *, by: Person, tracked_id: int, version: int, reason: str, now: datetime
) -> None:
    """It comes to nothing; the reason is kept as its last step."""
    row = require_row(work, council, Verb.KEEP_TRACKER, by=by, tracked_id=tracked_id, now=now)
    require_standing(row)
    reading = Reading({"reason": reason}, council.framework)
    words = reading.text("reason", wanted="Please say why, in a sentence.")
    reading.done()
    end_dropped(work, row, by=by.id, version=version, reason=words, now=now)


def end_dropped(
    work: Work, row: Tracked, *, by: int | None, version: int, reason: str, now: datetime
) -> None:
    """Drop a row that stands, with the reason as its last step."""
    ended = {"state": TrackedState.DROPPED.value, "closed_at": now, "closed_by": by}
    change_row(work, row, version, ended)
    work.tracking.add_step(row.id, by=by, at=now, text=reason)
    keep_trail(work, by, "dropped a tracked row", row.id, now, {"reason": reason})


def require_standing(row: Tracked) -> None:
    """Raise RuleBroken for a row that has ended, and for one that is kept elsewhere."""
    if row.follows:
        raise RuleBroken(FOLLOWS)
    if row.state not in STANDING:
        raise RuleBroken(ENDED)


def go_on(work: Work, council: Council, row: Tracked, *, by: int | None, now: datetime) -> int:
    """The row that says what is still needed; without owner or day until somebody gives it both."""
    return add_row(
        work,
        council,
        by=by,
        kind=row.kind if row.kind is not TrackedKind.DECISION else TrackedKind.ACTION,
        source=Source.TRACKED,
        source_id=row.id,
        meeting_id=row.meeting_id,
        title=row.title,
        theme=row.theme,
        now=now,
    )


def _read(
    work: Work, council: Council, reading: Reading, row: Tracked | None, now: datetime, *, decision: bool
) -> dict[str, Any]:
    """Title, owner and day; a decision stands without anybody to do it, everything else needs both."""
    title = reading.text("tracked_title", wanted="Please say what it is.", limit=LINE_LIMIT)
    owner_id = reading.owner(
        "tracked_owner",
        owners(work),
        wanted="" if decision else "Please choose who sees to it.",
        standing=row.owner_id if row else None,
    )
    due_on = reading.day(
        "tracked_due_on",
        today=council.today(now),
        wanted="" if decision and owner_id is None else "Please give the day by which it is done.",
        standing=row.due_on if row else None,
    )
    return {"title": title, "owner_id": owner_id, "due_on": due_on}
