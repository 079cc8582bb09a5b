"""The actions of the learning log in the tracker: each has its row there from the day its entry is published.

The log is where they are written, done and closed; the row follows, so nobody enters anything twice and the
Group sees every recommendation in one list. What a draft holds is the QA office's alone and joins nothing.
What a moderation taught joins when the entry drafted at its release is published, never before.

Source: OG-06, MO-09, MO-17, RO-07.
"""

from datetime import datetime
from typing import Any

from domain.learning import PUBLISHED, Entry, EntryState, LearningAction
from domain.recommended import in_one_line
from domain.tracking import STANDING, Source, Tracked, TrackedKind, TrackedState
from storage.work import View, Work
from workflows.tracked_rows import change_row, keep_trail

TAKEN_OUT = "Taken out of the learning log: it is no longer needed."


def follow_entry(work: Work, entry: Entry, *, by: int | None, now: datetime) -> None:
    """Let the tracker hold what a published entry asks for, as the log has it now; nothing of a draft.

    Whoever calls has just changed the entry's version, so that no two can do this at once.
    """
    if entry.state not in PUBLISHED:
        return
    for action in work.learning.actions([entry.id]).get(entry.id, ()):
        _follow(work, entry, action, by=by, now=now)


def follow_action(work: Work, entry: Entry, action_id: int, *, by: int | None, now: datetime) -> None:
    """Let the tracker hold one action of a published entry, whoever changes the others meanwhile."""
    action = work.learning.action(action_id)
    if action is not None and entry.state in PUBLISHED:
        _follow(work, entry, action, by=by, now=now)


def drop_following(work: Work, action_id: int, *, by: int | None, now: datetime) -> None:
    """The row of an action that was taken out of its entry comes to nothing."""
    row = row_of(work, action_id)
    if row is None or row.state not in STANDING:
        return
    ended = {"state": TrackedState.DROPPED.value, "closed_at": now, "closed_by": by}
    change_row(work, row, row.version, ended)
    work.tracking.add_step(row.id, by=by, at=now, text=TAKEN_OUT)
    keep_trail(work, by, "dropped a tracked row", row.id, now, {"reason": TAKEN_OUT})


def row_of(view: View, action_id: int) -> Tracked | None:
    """The tracker's row of an action of the log; there is one at most."""
    return next(iter(view.tracking.of_source(Source.LEARNING, action_id)), None)


def _follow(work: Work, entry: Entry, action: LearningAction, *, by: int | None, now: datetime) -> None:
    row = row_of(work, action.id)
    if row is None:
        tracked_id = work.tracking.add(
            kind=TrackedKind.RECOMMENDATION,
            title=in_one_line(action.what),
            source=Source.LEARNING,
            source_id=action.id,
            theme=entry.theme,
            owner_id=action.owner_id,
            due_on=action.due_on,
            by=by,
            now=now,
        )
        fields = {"source": Source.LEARNING.value, "action": action.id, "title": in_one_line(action.what)}
        keep_trail(work, by, "added to the tracker", tracked_id, now, fields)
        row = work.tracking.get(tracked_id)
        if row is None:
            raise AssertionError("a row is never taken away")
    wanted = _as_the_log_has_it(entry, action)
    differ = {name: value for name, value in wanted.items() if value != getattr(row, name)}
    if not differ or row.state not in STANDING:
        return
    change_row(work, row, row.version, differ)
    if row.state is TrackedState.OPEN and action.done_on is not None:
        work.tracking.add_step(row.id, by=action.done_by, at=now, text=action.done_text)
    keep_trail(work, by, "took over from the learning log", row.id, now, differ)


def _as_the_log_has_it(entry: Entry, action: LearningAction) -> dict[str, Any]:
    state = TrackedState.OPEN if action.done_on is None else TrackedState.DONE
    values: dict[str, Any] = {
        "title": in_one_line(action.what),
        "theme": entry.theme,
        "owner_id": action.owner_id,
        "due_on": action.due_on,
        "state": state.value,
    }
    if entry.state is EntryState.CLOSED:
        # The entry closes with one answer on impact for all that was done about it (OG-06).
        values |= {
            "state": TrackedState.CLOSED.value,
            "impact": entry.impact,
            "more_needed": entry.more_needed,
            "closed_at": entry.closed_at,
            "closed_by": entry.closed_by,
        }
    return values
