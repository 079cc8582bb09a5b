"""A list beside what is known: read row by row, and what it would change. Nothing here touches the database.

Source: section C of the design's input; SG-01.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.framework import Framework
from domain.intake import Refused, Sheet
from domain.intake_cases import read_cases
from domain.intake_changes import Changes, case_changes, staff_changes
from domain.intake_columns import CASE_FIELDS, STAFF_FIELDS, Field
from domain.intake_indicators import INDICATOR_FIELDS
from domain.intake_lists import CaseList, CaseRow, StaffList, StaffRow
from domain.intake_staff import read_staff
from workflows.known_lists import KnownLists
from workflows.sheets_tables import Tables, best_match

FIELDS: dict[str, Sequence[Field]] = {
    "staff": STAFF_FIELDS,
    "cases": CASE_FIELDS,
    "indicators": INDICATOR_FIELDS,
}
"""The columns of each kind of list."""


@dataclass(frozen=True, slots=True)
class ComparedStaff:
    """A staff list without a fault, and what it would change."""

    taken: StaffList
    changes: Changes[StaffRow]
    known: KnownLists


@dataclass(frozen=True, slots=True)
class ComparedCases:
    """A case list without a fault, and what it would change."""

    taken: CaseList
    changes: Changes[CaseRow]
    known: KnownLists


Compared = ComparedStaff | ComparedCases


def guess_kind(filename: str, tables: Tables) -> str:
    """Which list a file attached without a word is: the one that has more of its columns there.

    Where none has all that it must have, the sender may say so in the file's name.
    """
    found = {kind: best_match(tables, fields).required for kind, fields in FIELDS.items()}
    whole = [kind for kind, fields in FIELDS.items() if found[kind] == sum(f.required for f in fields)]
    if len(whole) == 1:
        return whole[0]
    words = re.findall("[a-z]+", filename.casefold())
    named = [kind for kind in FIELDS if kind in words]
    if len(named) == 1:
        return named[0]
    most = max(found.values())
    if found["staff"] == found["cases"] == most:
        return "cases" if "case" in filename.casefold() else "staff"
    return max(found, key=found.__getitem__)


def checked(
    sheet: Sheet, kind: str, framework: Framework, known: KnownLists, today: date
) -> Compared | Refused:
    """The list compared with what is known, or why it is refused."""
    taken = (
        read_staff(sheet, framework) if kind == "staff" else read_cases(sheet, framework, known.staff, today)
    )
    return taken if isinstance(taken, Refused) else compared(taken, known, today)


def compared(taken: StaffList | CaseList, known: KnownLists, today: date) -> Compared:
    """What this list would change of what is known."""
    if isinstance(taken, StaffList):
        return ComparedStaff(taken, staff_changes(known.staff, taken.rows, today), known)
    return ComparedCases(taken, case_changes(known.cases, taken.rows, today), known)
