"""A year's forward plan as a sheet: its columns, and a sheet read into what it would change.

A row with a number changes that activity, one without is new; what the sheet leaves out stays as it is. A row
that changes something says why. Everything wrong is found at once, by row. Source: OG-07, PR-06.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.forward_plan import KIND_NAMES, STANDS, PlanItem, PlanState, plan_year, year_name
from domain.governance import ActivityKind
from domain.intake import Refused, Row, Sheet
from domain.intake_columns import Field
from domain.intake_posts import post_name, read_posts
from domain.intake_values import read_day
from domain.people import Post
from domain.plan_drafting import Drafted
from domain.sheet_rows import RowReader, SheetRead, differing, with_left_out

MOST_TEXT = 600
MOST_TITLE = 200
MOST_HOURS = 10_000

PLAN_FIELDS = (
    Field("number", "Number", ("No", "Id")),
    Field("kind", "Kind", ("Type",), required=True),
    Field("title", "Activity", ("Title", "Name", "What"), required=True),
    Field("starts_on", "First day", ("Starts", "Start", "Begins", "From"), required=True),
    Field("ends_on", "Last day", ("Ends", "End", "To"), required=True),
    Field("owner", "Led by", ("Owner", "Lead", "Post"), required=True),
    Field("hours", "Hours"),
    Field("note", "Note", ("Notes", "Looks at")),
    Field("state", "State", ("Status",)),
    Field("reason", "Why it changed", ("Reason", "Why")),
)
PLAN_STATES = {
    PlanState.DRAFT: "Draft",
    PlanState.PLANNED: "Planned",
    PlanState.DONE: "Done",
    PlanState.CANCELLED: "Cancelled",
}
_KINDS = {name.casefold(): kind for kind, name in KIND_NAMES.items()} | {k.value: k for k in ActivityKind}
_STATES = {name.casefold(): state for state, name in PLAN_STATES.items()}
_BEGINS = ("kind", "title", "starts_on", "ends_on", "owner_post")
"""What tells two activities of a year apart."""
_NEW_REASON = "Brought in from a sheet."


@dataclass(frozen=True, slots=True)
class PlanChangeRow:
    """What one row of the sheet would do."""

    row: int
    item: PlanItem | None
    """The activity it changes; None for a new one."""
    values: Mapping[str, Any]
    """Columns that become something else, or all of a new one."""
    reason: str

    @property
    def drafted(self) -> Drafted:
        """The new activity."""
        return Drafted(**{name: value for name, value in self.values.items() if name != "state"})


def read_plan_sheet(
    sheet: Sheet, items: Sequence[PlanItem], year: int, *, telling: Callable[[str, str], str]
) -> SheetRead[PlanChangeRow] | Refused:
    """What the sheet would change of this year, or every reason why it is refused.

    `telling` takes a field and its text, and says in a sentence that it tells who a child is, else "".
    Source: SG-01.
    """
    return _Reader({item.id: item for item in items}, year, telling).read_sheet(sheet, PLAN_FIELDS)


class _Reader(RowReader[PlanChangeRow]):
    """Reads rows one after another, keeping what was wrong."""

    def __init__(self, items: Mapping[int, PlanItem], year: int, telling: Callable[[str, str], str]) -> None:
        super().__init__(telling)
        self._items = items
        self._year = year

    def read(self, row: Row) -> PlanChangeRow | None:
        """What this row would do; None when nothing, or when it has a fault."""
        before = len(self.problems)
        missing = f"{year_name(self._year)} has no activity of this number. Leave it empty for a new one."
        item = self.numbered(row, self._items, missing)
        values: dict[str, Any] = {
            "kind": self.one_of(row, "kind", _KINDS, "Write one of: " + ", ".join(KIND_NAMES.values()) + "."),
            "title": self.text(
                row,
                "title",
                MOST_TITLE,
                required="Give the activity a name.",
                standing=item.title if item else "",
            ),
            "starts_on": self.field(row, "starts_on", lambda: read_day(row.cell("starts_on"))),
            "ends_on": self.field(row, "ends_on", lambda: read_day(row.cell("ends_on"))),
            "owner_post": self._owner(row),
            "hours": self._hours(row),
            "note": self.text(row, "note", MOST_TEXT, standing=item.note if item else ""),
            "state": self._state(row, item),
        }
        if item is not None:
            values = with_left_out(row, values, item)
        reason = self.text(row, "reason", MOST_TEXT)
        self._check_days(row, values["starts_on"], values["ends_on"])
        if len(self.problems) > before:
            return None
        if item is None:
            begins = {name: values[name] for name in _BEGINS}
            unended = (one for one in self._items.values() if one.state in STANDS)
            stands = self.stands_already(row, begins, unended)
            return None if stands else PlanChangeRow(row.number, None, values, reason or _NEW_REASON)
        differ = differing(values, item)
        if not differ:
            return None
        if item.state not in STANDS:
            self.wrong(row, "state", "This activity has ended, so it stands as it is.")
        if not reason:
            self.wrong(row, "reason", "This row changes something: say why.")
        if values["state"] is PlanState.DONE and item.state is PlanState.DRAFT:
            self.wrong(row, "state", "It is a draft until the Group agrees the year.")
        elif values["state"] is PlanState.DONE and item.needs_terms:
            self.wrong(row, "state", "The Board has not signed its terms, so it cannot be done.")
        return PlanChangeRow(row.number, item, differ, reason) if len(self.problems) == before else None

    def _state(self, row: Row, item: PlanItem | None) -> PlanState:
        standing = item.state if item is not None else PlanState.PLANNED
        if not row.text("state"):
            return standing
        state = self.one_of(row, "state", _STATES, "Write Planned, Done or Cancelled.")
        allowed = {standing, PlanState.DONE, PlanState.CANCELLED} if item is not None else {PlanState.PLANNED}
        if state is not None and state not in allowed:
            said = (
                "A new activity is Planned."
                if item is None
                else "Leave it as it is, or write Done or Cancelled."
            )
            self.wrong(row, "state", said)
        return state or standing

    def _check_days(self, row: Row, starts_on: date | None, ends_on: date | None) -> None:
        if starts_on is not None and plan_year(starts_on) != self._year:
            self.wrong(
                row, "starts_on", f"This day is not in {year_name(self._year)}, which begins in April."
            )
        if starts_on is not None and ends_on is not None and ends_on < starts_on:
            self.wrong(row, "ends_on", "It ends before it begins.")
        elif ends_on is not None and not self._year <= ends_on.year <= self._year + 2:
            self.wrong(row, "ends_on", "This day is too far off.")

    def _owner(self, row: Row) -> Post | None:
        posts = self.field(row, "owner", lambda: read_posts(row.text("owner")))
        if posts is not None and len(posts) != 1:
            self.wrong(row, "owner", f"Name one post, such as {post_name(Post.PSW)}.")
        return next(iter(posts)) if posts else None

    def _hours(self, row: Row) -> int:
        written = row.text("hours") or "0"
        whole = written.removesuffix(".0")
        if not (whole.isdecimal() and whole.isascii()) or int(whole) > MOST_HOURS:
            self.wrong(row, "hours", f"Write whole hours, from 0 to {MOST_HOURS:,}.")
            return 0
        return int(whole)
