"""The learning log as a sheet: its columns, and a sheet read into what it would change.

A row with a number changes that entry, one without is a new draft, unless the log says just this already;
what the sheet leaves out stays as it is.
Theme, title, words, owner and day can be changed. State and impact are there to be read: an entry is
published, assured and closed by people who look at it (RO-06, OG-06). Everything wrong is found at once, by
row.

Source: OG-06, RO-06, RO-07, SG-01.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.days import uk_date
from domain.intake import Refused, Row, Sheet
from domain.intake_columns import Field
from domain.intake_values import read_day
from domain.learning import LONGEST, STANDING, UNENDED, Entry, EntryState
from domain.pages import LINE_LIMIT, TEXT_LIMIT
from domain.sheet_rows import Known, OwnedReader, SheetRead, as_cell, differing, with_left_out

LEARNING_FIELDS = (
    Field("number", "Number", ("No", "Id")),
    Field("theme", "Theme", ("About",)),
    Field("title", "Title", ("Entry",), required=True),
    Field("learning", "What was learned", ("Learning",), required=True),
    Field("owner", "Owner e-mail", ("Owner", "Owner email")),
    Field("due_on", "Due", ("Due on", "Due date", "By when")),
    Field("state", "State", ("Status",)),
    Field("impact", "What changed for children", ("Impact", "What changed")),
    Field("more_needed", "More work needed", ("More needed",)),
)
LEARNING_STATES = {
    EntryState.DRAFT: "Draft",
    EntryState.OPEN: "Published",
    EntryState.ASSURED: "Assured",
    EntryState.CLOSED: "Closed",
    EntryState.DROPPED: "Dropped",
}
_WANTED = {
    "theme": "Say what it is about.",
    "learning": "Say what was learned; it is what everybody reads.",
    "owner": "Name who sees to it, by e-mail.",
    "due_on": "Give the day by which it should have made a difference.",
}
"""What a published entry needs, and what to say where its cell is empty."""
_NEW = {"state": LEARNING_STATES[EntryState.DRAFT], "impact": "", "more_needed": ""}
_NO_ENTRY = "The log has no entry of this number. Leave it empty for a new one."
_REFERENCE = "This text holds the reference of a case. The log is read widely, so leave it out."


@dataclass(frozen=True, slots=True)
class EntryChangeRow:
    """What one row of the sheet would do."""

    row: int
    title: str
    """As the sheet has it."""
    entry: Entry | None
    """The entry it changes; None for a new one."""
    values: Mapping[str, Any]
    """Columns that become something else, or all of a new one."""


def stands(entry: Entry) -> dict[str, str]:
    """What the cells say that a sheet cannot change."""
    closed = entry.state is EntryState.CLOSED
    return {
        "state": LEARNING_STATES[entry.state],
        # A dropped draft keeps there why it was dropped, which changed nothing for children.
        "impact": entry.impact if closed else "",
        "more_needed": {True: "Yes", False: "No", None: ""}[entry.more_needed],
    }


def read_learning_sheet(
    sheet: Sheet, known: Known[Entry], *, references: Callable[[Entry], Sequence[str]], today: date
) -> SheetRead[EntryChangeRow] | Refused:
    """What the sheet would change, or every reason why it is refused.

    `references` gives those of the cases that an entry rests on, which have no place in its words (SG-01).
    """
    return _Reader(known, references, today).read_sheet(sheet, LEARNING_FIELDS)


class _Reader(OwnedReader[Entry, EntryChangeRow]):
    """Reads rows one after another, keeping what was wrong."""

    def __init__(
        self, known: Known[Entry], references: Callable[[Entry], Sequence[str]], today: date
    ) -> None:
        super().__init__(known)
        self._references = references
        self._today = today
        self._entry: Entry | None = None
        """The entry of the row that is being read."""

    def read(self, row: Row) -> EntryChangeRow | None:
        """What this row would do; None when nothing, or when it has a fault."""
        before = len(self.problems)
        entry = self._entry = self.numbered(row, self._known.rows, _NO_ENTRY)
        values: dict[str, Any] = {
            "theme": self.theme(row, entry.theme if entry else ""),
            "title": self.text(
                row,
                "title",
                LINE_LIMIT,
                required="Give it a short title.",
                standing=entry.title if entry else "",
            ),
            "learning": self.text(
                row, "learning", TEXT_LIMIT, standing=entry.learning if entry else "", lined=True
            ),
            "owner_id": self.owner(row, entry.owner_id if entry else None),
            "due_on": self._day(row, entry.due_on if entry else None),
        }
        if entry is not None or not row.text("number"):
            self._check(row, entry)
        if len(self.problems) > before:
            return None
        if entry is None:
            unended = (one for one in self._known.rows.values() if one.state in UNENDED)
            stands = self.stands_already(row, values, unended)
            return None if stands else EntryChangeRow(row.number, values["title"], None, values)
        differ = differing(with_left_out(row, values, entry), entry)
        if not differ:
            return None
        if entry.state not in UNENDED:
            self.wrong(row, "state", "This entry has ended, so it stands as it is.")
            return None
        return EntryChangeRow(row.number, values["title"], entry, differ)

    def _check(self, row: Row, entry: Entry | None) -> None:
        """What is there to be read stands as it was, and a published entry keeps what it needs."""
        for key, standing in (stands(entry) if entry is not None else _NEW).items():
            written = row.text(key)
            if key not in row.headings or (key == "state" and not written):
                continue
            if written.casefold() != as_cell(standing).casefold():
                # What was typed about impact may say who a child is, and nothing looked at it yet.
                self.problems.append(row.problem(key, _in_teams(entry, key), hidden=key == "impact"))
        if entry is not None and entry.state in STANDING:
            for key, wanted in _WANTED.items():
                if key in row.headings and not row.text(key):
                    self.wrong(row, key, wanted)

    def _day(self, row: Row, standing: date | None) -> date | None:
        if not row.text("due_on"):
            return None
        day = self.field(row, "due_on", lambda: read_day(row.cell("due_on")))
        last = self._today + LONGEST
        if day is not None and day != standing and not self._today < day <= last:
            self.wrong(row, "due_on", f"Choose a day after today and up to {uk_date(last)}.")
        return day

    def _tells(self, key: str, text: str) -> str:
        named = self._references(self._entry) if self._entry is not None else ()
        if any(one.strip() and one.casefold() in text.casefold() for one in named):
            return _REFERENCE
        return super()._tells(key, text)


def _in_teams(entry: Entry | None, key: str) -> str:
    if key != "state":
        return "Leave it as it is: an entry closes in Teams, with its answers on impact."
    if entry is None:
        return "A new entry is a Draft until the QA office publishes it in Teams."
    return f"Leave it {LEARNING_STATES[entry.state]}: it is published, assured and closed in Teams."
