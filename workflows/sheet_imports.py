"""What taking in a sheet of plan, tracker or log shares: read, checked, compared, saved whole or not at all.

What a sheet would change is shown first and saved only with a yes. Everything wrong is named with its row.

Source: OG-06, OG-07, SG-01, SG-05.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from domain.coach import HintKind, hints_for_text
from domain.days import uk_date
from domain.intake import Refused, Sheet, SheetRefused
from domain.intake_columns import Field
from domain.intake_summary import refusal_summary
from domain.learning import Entry
from domain.sheet_rows import Known, SheetRead
from domain.themes import theme_titles
from domain.tracker_sheet import TRACKER_STATES
from domain.tracking import KIND_NAMES, Tracked
from storage.work import View, Work
from workflows.council import Council
from workflows.learning_texts import owners
from workflows.sheets import read_sheet

C = TypeVar("C")
"""What one row would change."""
Owned = TypeVar("Owned", Tracked, Entry)

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


def take_in(
    council: Council,
    what: str,
    fields: Sequence[Field],
    *,
    filename: str,
    content: bytes,
    confirmed: bool,
    read: Callable[[Work, Sheet], SheetRead[C] | Refused],
    line: Callable[[View, C], str],
    save: Callable[[Work, C], None],
) -> SheetOutcome:
    """Read a sheet against what is known, say what it would change, and with a yes save that.

    `read` finds the changes, `line` says one of them and `save` makes it. Nothing is saved unless every row
    is right.
    """
    try:
        sheet = read_sheet(content, filename, fields)
    except SheetRefused as refused:
        return SheetOutcome(str(refused), refused=True)
    with council.write() as work:
        found = read(work, sheet)
        if isinstance(found, Refused):
            return SheetOutcome(refusal_summary(found), refused=True)
        lines = [line(work, one) for one in found.changes]
        if confirmed:
            for one in found.changes:
                save(work, one)
        return _outcome(what, lines, found.same, confirmed=confirmed)


def known_of(view: View, council: Council, rows: Sequence[Owned]) -> Known[Owned]:
    """What a sheet of these is read against."""
    standing = view.people.many(row.owner_id for row in rows if row.owner_id is not None)
    may_own = view.people.many(owners(view))
    return Known(
        rows={row.id: row for row in rows},
        owners={person.email.casefold(): person.id for person in may_own.values()},
        emails={person.id: person.email.casefold() for person in standing.values()},
        themes=theme_titles(council.framework),
        telling=telling_of(council),
    )


def telling_of(council: Council) -> Callable[[str, str], str]:
    """What says that a text tells who a child is, in a sentence; "" of one that does not."""

    def telling(field: str, text: str) -> str:
        found = hints_for_text(field, text, council.framework)
        # The hint itself repeats what it found, which has no place in a terminal's history.
        return _TELLS if any(hint.kind is HintKind.IDENTIFIER for hint in found) else ""

    return telling


def told(view: View, values: Mapping[str, Any]) -> list[str]:
    """Columns of something owned with what becomes of each, in words."""
    return [f"{name.replace('_', ' ')} {_word(view, name, value)}" for name, value in values.items()]


def _word(view: View, name: str, value: Any) -> str:
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
            return " ".join(str(value).split())


def _outcome(what: str, lines: list[str], same: int, *, confirmed: bool) -> SheetOutcome:
    rows = "row says" if same == 1 else "rows say"
    if not lines:
        why = f"{same} {rows} what is known already" if same else "the sheet holds no rows"
        return SheetOutcome(f"Nothing changes in {what}: {why}.")
    word = "Changed" if confirmed else "This would change"
    shown = lines[:MOST_SHOWN]
    if len(lines) > MOST_SHOWN:
        shown.append(f"and {len(lines) - MOST_SHOWN} more.")
    said = [f"{word} {what}:", *(f"- {line}" for line in shown)]
    if same:
        said.append(f"{same} {rows} what is known already.")
    return SheetOutcome("\n".join(said), waits=not confirmed, saved=confirmed)
