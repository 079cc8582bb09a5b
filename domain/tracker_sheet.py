"""The activity tracker as a sheet: its columns, and a sheet read into what it would change.

A row with a number changes that row, one without is new; what the sheet leaves out stays as it is. A row
closes only with both answers on impact (OG-06). Everything wrong is found at once, by row.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.intake import Problem, Refused, Row, Sheet
from domain.intake_columns import Field
from domain.intake_headings import match_columns, rows_of, without_formula_errors
from domain.intake_values import read_day, read_yes_no
from domain.sheet_rows import RowReader
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
_COLUMNS = ("kind", "title", "theme", "owner_id", "due_on", "state", "impact", "more_needed")
_NO_ROW = "The tracker has no row of this number. Leave it empty for a new one."
_FIELD_OF = {"owner_id": "owner"}
"""Column to its field, where they differ."""


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


@dataclass(frozen=True, slots=True)
class TrackerRead:
    """A sheet without a fault."""

    changes: tuple[TrackerChangeRow, ...]
    same: int
    """Rows that say what is known already."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a sheet is read against."""

    rows: Mapping[int, Tracked]
    owners: Mapping[str, int]
    """E-mail in small letters to id."""
    themes: Mapping[str, str]
    """Key of a theme to its title."""
    telling: Callable[[str, str], str]
    """(field, text) to what in it says who a child is, in a sentence; empty when nothing does (SG-01)."""


def read_tracker_sheet(sheet: Sheet, known: Known) -> TrackerRead | Refused:
    """What the sheet would change, or every reason why it is refused."""
    columns, problems = match_columns(sheet, TRACKER_FIELDS, "staff")
    if problems:
        return Refused(problems, columns.ignored, notes=sheet.where)
    reader = _Reader(known)
    rows = list(rows_of(sheet, columns))
    changes = [change for row in rows if (change := reader.read(row)) is not None]
    found = without_formula_errors(rows, reader.problems)
    if not rows:
        found = [Problem(None, "", "", "The sheet holds no rows.")]
    if found:
        return Refused(tuple(found), columns.ignored, notes=sheet.where)
    return TrackerRead(tuple(changes), len(rows) - len(changes))


class _Reader(RowReader):
    """Reads rows one after another, keeping what was wrong."""

    def __init__(self, known: Known) -> None:
        super().__init__(known.telling)
        self._known = known
        titles = {title.casefold(): key for key, title in known.themes.items()}
        self._themes = {key.casefold(): key for key in known.themes} | titles

    def read(self, row: Row) -> TrackerChangeRow | None:
        """What this row would do; None when nothing, or when it has a fault."""
        before = len(self.problems)
        tracked = self.numbered(row, self._known.rows, _NO_ROW)
        kinds = "Write one of: " + ", ".join(KIND_NAMES.values()) + "."
        values: dict[str, Any] = {
            "kind": self.one_of(row, "kind", _KINDS, kinds),
            "title": self.text(row, "title", MOST_TITLE, required="Say what it is."),
            "theme": self._theme(row, tracked),
            "owner_id": self._owner(row),
            "due_on": self.field(row, "due_on", lambda: read_day(row.cell("due_on")))
            if row.text("due_on")
            else None,
            "state": self._state(row, tracked),
            "impact": self.text(row, "impact", MOST_TEXT),
            "more_needed": self._more(row),
        }
        if tracked is not None:
            # A column that the sheet does not have is left out; an empty cell of one it has is emptied.
            left_out = (name for name in _COLUMNS if _FIELD_OF.get(name, name) not in row.headings)
            values |= {name: getattr(tracked, name) for name in left_out}
        progress = self.text(row, "progress", MOST_TEXT)
        self._check(row, values, tracked, progress)
        if len(self.problems) > before:
            return None
        if tracked is None:
            return TrackerChangeRow(row.number, None, values, progress)
        differ = {name: values[name] for name in _COLUMNS if values[name] != getattr(tracked, name)}
        if not differ and not progress:
            return None
        if tracked.follows:
            self.wrong(row, "number", "This row follows the learning log, so it is changed there.")
            return None
        if tracked.state not in STANDING:
            self.wrong(row, "state", "This row has ended, so it stands as it is.")
            return None
        return TrackerChangeRow(row.number, tracked, differ, progress)

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

    def _theme(self, row: Row, tracked: Tracked | None) -> str:
        written = row.text("theme")
        if not written or (tracked is not None and written == tracked.theme):
            return written
        found = self._themes.get(written.casefold())
        if found is None:
            self.wrong(row, "theme", "Write one of: " + ", ".join(self._known.themes.values()) + ".")
        return found or ""

    def _owner(self, row: Row) -> int | None:
        written = row.text("owner").casefold()
        if not written:
            return None
        found = self._known.owners.get(written)
        if found is None:
            self.wrong(row, "owner", "Nobody on the staff list who may own this has this e-mail address.")
        return found

    def _state(self, row: Row, tracked: Tracked | None) -> TrackedState | None:
        if not row.text("state"):
            return tracked.state if tracked is not None else TrackedState.OPEN
        return self.one_of(row, "state", _STATES, "Write Under way, Done, Closed or Dropped.")

    def _more(self, row: Row) -> bool | None:
        if not row.text("more_needed"):
            return None
        return self.field(row, "more_needed", lambda: read_yes_no(row.text("more_needed")))
