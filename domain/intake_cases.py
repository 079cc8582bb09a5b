"""A case list read row by row into open cases that name no child.

Source: CA-04, Q18, SG-01.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from domain.framework import Framework
from domain.identifiers import NHS_NUMBER_AS_REFERENCE, like_nhs_number
from domain.intake import HIDDEN, Cell, Problem, Refused, Remark, Row, Sheet, listed
from domain.intake_child import (
    age_band_at_birth_date,
    age_band_of_age,
    are_nhs_numbers,
    prefixes_look_like_names,
    read_ethnicity,
    read_gender,
    read_reference,
    too_many_categories,
)
from domain.intake_columns import CASE_FIELDS
from domain.intake_headings import match_columns, rows_of, without_formula_errors
from domain.intake_lists import CaseList, CaseRow, ClosedCase, KnownStaff
from domain.intake_names import StaffIndex
from domain.intake_values import read_day

T = TypeVar("T")

SHOWN_ROWS = 10

_EMPTY_MEANS = (
    ("supervisor", "Without a supervising manager, nobody is kept from auditing what they supervise."),
    ("contact_on", "Without the opening contact, the contact section is not shown for these cases (Q18)."),
)


def read_cases(
    sheet: Sheet, framework: Framework, staff: Iterable[KnownStaff], today: date
) -> CaseList | Refused:
    """Every case of the list, or every reason why it is refused.

    `staff` is everyone known, including those who left; `today` is the day of import in London.

    Source: CA-04, Q18, SG-01.
    """
    columns, problems = match_columns(sheet, CASE_FIELDS, "cases")
    if not {"birth_date", "age"} & set(columns.places):
        fix = "The file needs a column “Date of birth” or “Age”; only an age band is made of it and kept."
        problems = (*problems, Problem(None, "", "", fix))
    if problems:
        return Refused(problems, columns.ignored, notes=sheet.where)
    reader = _Reader(framework, list(staff), today)
    rows = list(rows_of(sheet, columns))
    cases = [reader.read(row) for row in rows]
    numbers, more_remarks = _nhs_numbers(rows)
    whole = _whole_list(columns.headings, cases, len(rows))
    found = without_formula_errors(rows, [*whole, *numbers, *reader.problems])
    remarks = (*more_remarks, *reader.remarks())
    if found:
        return Refused(tuple(found), columns.ignored, remarks, sheet.where)
    return CaseList(tuple(case for case in cases if case is not None), columns.ignored, remarks, sheet.notes)


class _Reader:
    """Reads rows one after another, keeping what was wrong."""

    def __init__(self, framework: Framework, staff: list[KnownStaff], today: date) -> None:
        here = [known.row for known in staff if known.left_on is None]
        self._framework = framework
        self._today = today
        self._staff = StaffIndex.of(here)
        self._left = StaffIndex.of(known.row for known in staff if known.left_on is not None)
        self._teams = {row.team.casefold(): row.team for row in here if row.team}
        self._plan_types: dict[str, str | None] = {}
        self._people: dict[str, str | ValueError] = {}
        self._rows_of: dict[str, int] = {}
        self._empty: Counter[str] = Counter()
        self.problems: list[Problem] = []

    def read(self, row: Row) -> CaseRow | ClosedCase | None:
        """The case of this row, or None when something was wrong and a problem is kept."""
        before = len(self.problems)
        reference = self._needed(row, "reference", self._unused(row.number), hidden=True)
        if row.cell("closed_on") != "":
            return self._closed(row, reference)
        team = self._needed(row, "team", self._team)
        practitioner = self._needed(row, "practitioner", self._person)
        plan_type = self._needed(row, "plan_type", self._plan_type)
        gender = self._optional(row, "gender", read_gender) or read_gender("")
        ethnicity = self._optional(row, "ethnicity", read_ethnicity) or read_ethnicity("")
        supervisor = self._optional(row, "supervisor", self._person)
        chair = self._optional(row, "chair", self._person)
        age_band = self._age_band(row)
        opened_on, contact_on = self._opening(row)
        self._empty.update(key for key in ("supervisor", "contact_on") if row.cell(key) == "")
        if len(self.problems) > before or not (reference and team and practitioner and plan_type):
            return None
        if age_band is None or opened_on is None:
            return None
        return CaseRow(
            reference=reference,
            team=team,
            practitioner_email=practitioner,
            plan_type=plan_type,
            gender=gender,
            age_band=age_band,
            ethnicity=ethnicity,
            opened_on=opened_on,
            supervisor_email=supervisor,
            chair_email=chair,
            opening_contact_on=contact_on,
        )

    def remarks(self) -> Iterable[Remark]:
        """What to know about the whole list, counted."""
        headings = {field.key: field.heading for field in CASE_FIELDS}
        for key, meaning in _EMPTY_MEANS:
            if self._empty[key]:
                noun = "row" if self._empty[key] == 1 else "rows"
                yield Remark(None, headings[key], f"Empty on {self._empty[key]} {noun}. {meaning}")

    def _needed(self, row: Row, key: str, read: Callable[[str], T], *, hidden: bool = False) -> T | None:
        if row.cell(key) == "":
            self.problems.append(row.problem(key, "This may not be empty. Fill it in, or take the row out."))
            return None
        return self._optional(row, key, read, hidden=hidden)

    def _optional(self, row: Row, key: str, read: Callable[[str], T], *, hidden: bool = False) -> T | None:
        text = row.text(key)
        try:
            return read(text) if text else None
        except ValueError as wrong:
            self.problems.append(row.problem(key, str(wrong), hidden=hidden))
            return None

    def _unused(self, number: int) -> Callable[[str], str]:
        def read(text: str) -> str:
            reference = read_reference(text)
            first = self._rows_of.setdefault(reference.casefold(), number)
            if first != number:
                raise ValueError(f"Row {first} has the same reference. Keep one row for each case.")
            return reference

        return read

    def _team(self, text: str) -> str:
        team = self._teams.get(text.casefold())
        if team is None:
            raise ValueError("No member of staff is in this team. Correct it, or import the staff first.")
        return team

    def _person(self, text: str) -> str:
        # A caseload names the same few hundred people again and again.
        if text not in self._people:
            self._people[text] = self._look_up(text)
        found = self._people[text]
        if isinstance(found, ValueError):
            raise found
        return found

    def _look_up(self, text: str) -> str | ValueError:
        try:
            return self._staff.find(text, "among the staff")
        except ValueError as wrong:
            if self._left.knows(text):
                return ValueError("This person has left. Name who has taken over.")
            return wrong

    def _plan_type(self, text: str) -> str:
        if text not in self._plan_types:
            self._plan_types[text] = self._framework.plan_type_named(text)
        plan_type = self._plan_types[text]
        if plan_type is None:
            known = ", ".join(self._framework.plan_types)
            raise ValueError(f"Use one of: {known}; or add this name to the framework file as an alias.")
        return plan_type

    def _age_band(self, row: Row) -> str | None:
        key = "birth_date" if row.cell("birth_date") != "" else "age"
        try:
            if key == "birth_date":
                return age_band_at_birth_date(row.cell(key), self._framework, self._today)
            if row.text("age"):
                return age_band_of_age(row.text("age"), self._framework)
            raise ValueError("Give the date of birth or the age; only an age band is kept.")
        except ValueError as wrong:
            shown_under = key if key in row.headings else "birth_date"
            self.problems.append(row.problem(shown_under, str(wrong), hidden=True))
            return None

    def _closed(self, row: Row, reference: str | None) -> ClosedCase | None:
        """The case of a row with a closing day, in which nothing else matters.

        Its worker may have left and its team be gone: that must not keep the open cases out.
        """
        closed_on = self._past(row, "closed_on")
        if closed_on is None or reference is None:
            return None
        opened_on = _day_if_readable(row.cell("opened_on"))
        if opened_on is not None and closed_on < opened_on:
            fix = f"The case cannot close before it was opened on {opened_on:%d/%m/%Y}."
            self.problems.append(row.problem("closed_on", fix))
            return None
        return ClosedCase(reference, closed_on)

    def _opening(self, row: Row) -> tuple[date | None, date | None]:
        opened_on, contact_on = self._past(row, "opened_on"), self._past(row, "contact_on")
        if row.cell("opened_on") == "":
            self.problems.append(row.problem("opened_on", "Give the day on which the case was opened."))
        if opened_on and contact_on and contact_on > opened_on:
            fix = f"The contact that opened the case cannot come after its opening on {opened_on:%d/%m/%Y}."
            self.problems.append(row.problem("contact_on", fix))
        return opened_on, contact_on

    def _past(self, row: Row, key: str) -> date | None:
        if row.cell(key) == "":
            return None
        try:
            day = read_day(row.cell(key))
            if day > self._today:
                raise ValueError("This day lies in the future. Correct the date.")
        except ValueError as wrong:
            self.problems.append(row.problem(key, str(wrong)))
            return None
        return day


def _day_if_readable(cell: Cell) -> date | None:
    try:
        return read_day(cell)
    except ValueError:
        return None


def _nhs_numbers(rows: Sequence[Row]) -> tuple[list[Problem], list[Remark]]:
    """A problem for each look-alike when the column holds NHS numbers, else one remark about the few."""
    alike = [row for row in rows if like_nhs_number(row.text("reference"))]
    if are_nhs_numbers(len(alike), len(rows)):
        return [row.problem("reference", NHS_NUMBER_AS_REFERENCE, hidden=True) for row in alike], []
    if not alike:
        return [], []
    numbers = [str(row.number) for row in alike[:SHOWN_ROWS]]
    more = [f"{len(alike) - SHOWN_ROWS} more"] if len(alike) > SHOWN_ROWS else []
    noun = "row" if len(alike) == 1 else "rows"
    text = (
        f"What stands in {noun} {listed([*numbers, *more])} could be an NHS number, which may be chance. "
        "Please see that it is the case system's own."
    )
    return [], [Remark(None, alike[0].headings["reference"], text)]


def _whole_list(
    headings: Mapping[str, str], cases: Sequence[CaseRow | ClosedCase | None], rows: int
) -> list[Problem]:
    """What no single row shows: an empty list, or columns that hold names instead of what they should."""
    if not rows:
        return [Problem(None, "", "", "The list holds no cases, so nothing was taken and no case is closed.")]
    read = [case for case in cases if case is not None]
    problems = []
    if prefixes_look_like_names(case.reference for case in read):
        fix = "These references hold many different words, as names would. Use the case system's number."
        problems.append(Problem(None, headings["reference"], HIDDEN, fix))
    if too_many_categories({case.ethnicity for case in read if isinstance(case, CaseRow)}, rows):
        fix = "This column holds too many different texts for categories. Use the case system's categories."
        problems.append(Problem(None, headings["ethnicity"], HIDDEN, fix))
    return problems
