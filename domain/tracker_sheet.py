"""The activity tracker as a sheet: its columns, and a sheet read into what it would change.

A row with a number changes that row, one without is new, unless the tracker has it already; what the sheet
leaves out stays as it is. A row closes only with both answers on impact (OG-06). Everything wrong is found at
once, by row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.intake import Refused, Row, Sheet
from domain.intake_columns import Field
from domain.intake_values import read_day, read_yes_no
from domain.sheet_rows import Known, OwnedReader, SheetRead, differing, with_left_out
from domain.tracking import KIND_NAMES, STANDING, Tracked, TrackedKind, TrackedState

MOST_TEXT = 2_000
MOST_TITLE = 200

TRACKER_FIELDS = (
    Field("number", "Number", ("No", "Id")),
    Field("kind", "Kind", ("Type",), required=True),
    Field("title", "What it is", ("Title", "Activity", "Recommendation", "Action"), required=True),
    Field("theme", "About", ("Theme",)),
    Field("owner", "Owner e-mail", ("Owner", "Owner email")),
    Field("due_on", "Due", ("Due on", "Due date", "By when")),
    Field("state", "State", ("Status",)),
    Field("progress", "Progress to add", ("Progress", "Update")),
    Field("impact", "What changed for children", ("Impact", "What changed")),
    Field("more_needed", "More work needed", ("More needed",)),
)
TRACKER_STATES = {
    TrackedState.OPEN: "Under way",
    TrackedState.DONE: "Done",
    TrackedState.CLOSED: "Closed",
    TrackedState.DROPPED: "Dropped",
}
_KINDS = {name.casefold(): kind for kind, name in KIND_NAMES.items()} | {k.value: k for k in TrackedKind}
_STATES = {name.casefold(): state for state, name in TRACKER_STATES.items()}
_NO_ROW = "The tracker has no row of this number. Leave it empty for a new one."


@dataclass(frozen=True, slots=True)
class TrackerChangeRow:
    """What one row of the sheet would do."""

    row: int
    tracked: Tracked | None
    """The row it changes; None for a new one."""
    values: Mapping[str, Any]
    """Columns that become something else, or all of a new one."""
    progress: str
    """A word on progress to add; the reason of a row that is dropped."""


NEW_ROW = ("kind", "title", "theme", "owner_id", "due_on")
"""The columns that a new row begins with."""


def read_tracker_sheet(sheet: Sheet, known: Known[Tracked]) -> SheetRead[TrackerChangeRow] | Refused:
    """What the sheet would change, or every reason why it is refused."""
    return _Reader(known).read_sheet(sheet, TRACKER_FIELDS)


class _Reader(OwnedReader[Tracked, TrackerChangeRow]):
    """Reads rows one after another, keeping what was wrong."""

    def read(self, row: Row) -> TrackerChangeRow | None:
        """What this row would do; None when nothing, or when it has a fault."""
        before = len(self.problems)
        tracked = self.numbered(row, self._known.rows, _NO_ROW)
        kinds = "Write one of: " + ", ".join(KIND_NAMES.values()) + "."
        values: dict[str, Any] = {
            "kind": self.one_of(row, "kind", _KINDS, kinds),
            "title": self.text(
                row,
                "title",
                MOST_TITLE,
                required="Say what it is.",
                standing=tracked.title if tracked else "",
            ),
            "theme": self.theme(row, tracked.theme if tracked else ""),
            "owner_id": self.owner(row, tracked.owner_id if tracked else None),
            "due_on": self.field(row, "due_on", lambda: read_day(row.cell("due_on")))
            if row.text("due_on")
            else None,
            "state": self._state(row, tracked),
            "impact": self.text(row, "impact", MOST_TEXT, standing=tracked.impact if tracked else ""),
            "more_needed": self._more(row),
        }
        if tracked is not None:
            values = with_left_out(row, values, tracked)
        progress = self.text(row, "progress", MOST_TEXT)
        self._check(row, values, tracked, progress)
        if len(self.problems) > before:
            return None
        if tracked is None:
            stands = self._stands(row, values, progress)
            return None if stands else TrackerChangeRow(row.number, None, values, progress)
        differ = differing(values, tracked)
        if not differ and not progress:
            return None
        if tracked.follows:
            self.wrong(row, "number", "This row follows the learning log, so it is changed there.")
            return None
        if tracked.state not in STANDING:
            self.wrong(row, "state", "This row has ended, so it stands as it is.")
            return None
        return TrackerChangeRow(row.number, tracked, differ, progress)

    def _stands(self, row: Row, values: Mapping[str, Any], progress: str) -> bool:
        begins = {name: values[name] for name in NEW_ROW}
        unended = (one for one in self._known.rows.values() if one.state in STANDING)
        if not self.stands_already(row, begins, unended):
            return False
        if progress:
            self.wrong(row, "number", "The tracker has this row already. Write its number to add to it.")
        return True

    def _check(self, row: Row, values: Mapping[str, Any], tracked: Tracked | None, progress: str) -> None:
        state = values["state"]
        if state in (TrackedState.CLOSED, TrackedState.DONE):
            if not values["impact"]:
                self.wrong(row, "impact", "Say what changed for children: nothing closes without it.")
            if values["more_needed"] is None:
                self.wrong(row, "more_needed", "Write Yes or No: nothing closes without it.")
        if state is TrackedState.DROPPED and not progress and (tracked is None or tracked.state is not state):
            self.wrong(row, "progress", "Say why it is dropped.")
        if tracked is None and state is not TrackedState.OPEN:
            self.wrong(row, "state", "A new row is Under way.")
        if values["kind"] is not TrackedKind.DECISION and state is TrackedState.OPEN and tracked is None:
            if values["owner_id"] is None:
                self.wrong(row, "owner", "Name who sees to it, by e-mail.")
            if values["due_on"] is None:
                self.wrong(row, "due_on", "Give the day by which it is done.")

    def _state(self, row: Row, tracked: Tracked | None) -> TrackedState | None:
        if not row.text("state"):
            return tracked.state if tracked is not None else TrackedState.OPEN
        return self.one_of(row, "state", _STATES, "Write Under way, Done, Closed or Dropped.")

    def _more(self, row: Row) -> bool | None:
        if not row.text("more_needed"):
            return None
        return self.field(row, "more_needed", lambda: read_yes_no(row.text("more_needed")))
