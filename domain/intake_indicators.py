"""A list of indicators read row by row: what is measured, of whom, for which time, and the figure.

A row names a service, a team, a practitioner or a case reference, or nothing, which is the council as a
whole. A case is known by its reference alone.

Source: PF-01, PF-08, PF-09, SG-01.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.framework import Framework
from domain.identifiers import NHS_NUMBER_AS_REFERENCE, like_nhs_number
from domain.indicator_definitions import Defined, Definitions
from domain.indicator_places import Places
from domain.indicator_reading import bare_day, read_number, read_period
from domain.indicators import PERCENT, Every, indicator_key, says
from domain.intake import Cell, Problem, Refused, Remark, Row, Sheet
from domain.intake_child import are_nhs_numbers, prefixes_look_like_names
from domain.intake_columns import Field
from domain.intake_headings import match_columns, rows_of, without_formula_errors

INDICATOR_FIELDS = (
    Field(
        "indicator",
        "Indicator",
        ("Indicator name", "Measure", "Measure name", "KPI", "KPI name", "Performance indicator", "Metric"),
        required=True,
    ),
    Field("definition", "Definition", ("Description", "What it measures", "Indicator definition")),
    Field(
        "polarity",
        "Polarity",
        ("Good is", "Good to be", "Better when", "Direction", "Direction of good", "Desired direction"),
    ),
    Field("target", "Target", ("Target value", "Goal", "Standard")),
    Field("tolerance", "Tolerance", ("Tolerance +/-", "Margin", "Threshold")),
    Field("unit", "Unit", ("Units", "Unit of measure", "Measured in", "Format")),
    Field("theme", "Theme", ("Audit theme", "Audit section", "Section")),
    Field("owner", "Owner", ("Indicator owner", "Owned by", "Lead", "Lead officer", "Responsible officer")),
    Field(
        "period",
        "Period",
        ("Reporting period", "Month", "Week", "Quarter", "Date", "Week commencing", "Week beginning",
         "Period start", "W/C"),
        required=True,
    ),
    Field("service", "Service", ("Service area", "Service name", "Area")),
    Field("team", "Team", ("Team name", "Allocated team", "Work team")),
    Field("area", "Service or team", ("Service/team", "Team/service", "Team or service", "Breakdown")),
    Field(
        "practitioner",
        "Practitioner",
        ("Practitioner e-mail", "Worker", "Worker e-mail", "Social worker", "Lead practitioner",
         "Allocated worker", "Allocated social worker", "Practitioner name", "Worker name", "Key worker"),
    ),
    Field(
        "reference",
        "Case reference",
        ("Reference", "Case ref", "Ref", "Case id", "Case number", "Case no", "System id", "Record number",
         "Child reference", "Case system reference"),
    ),
    Field("value", "Value", ("Figure", "Result", "Actual", "Performance", "Outturn", "Score"), required=True),
    Field("numerator", "Numerator", ("Num", "Count of", "Top")),
    Field("denominator", "Denominator", ("Denom", "Den", "Out of", "Cohort", "Base")),
)  # fmt: skip
"""The columns of a list of indicators."""

_DIFFERS = 1.0
"""How many percentage points a share may differ from its own parts: figures are rounded."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One row that holds a figure, in the names people use."""

    indicator: str
    """The key of its name."""
    every: str
    period_on: date
    service: str
    team: str
    email: str
    """The practitioner's; empty where it is of no single person."""
    reference: str
    value: float
    numerator: float | None
    denominator: float | None


@dataclass(frozen=True, slots=True)
class IndicatorList:
    """A list without a fault."""

    defined: tuple[Defined, ...]
    """What the list says of each of its indicators, in order of first mention."""
    figures: tuple[Figure, ...]
    empty: int
    """Rows without a figure: blank, a dash, "n/a", or suppressed where they came from."""
    ignored: tuple[str, ...]
    remarks: tuple[Remark, ...]
    notes: tuple[str, ...]


def read_indicators(
    sheet: Sheet,
    framework: Framework,
    places: Places,
    known: Mapping[str, Defined],
    weekly: frozenset[str],
    today: date,
) -> IndicatorList | Refused:
    """Every figure of the list, or every reason why it is refused.

    `known` are the indicators there are, by key; those of `weekly` have figures of weeks and of nothing else.

    Source: PF-01, PF-09, SG-01.
    """
    # What may not be in a case list may not be here either.
    columns, problems = match_columns(sheet, INDICATOR_FIELDS, "cases")
    if problems:
        return Refused(problems, columns.ignored, notes=sheet.where)
    rows = list(rows_of(sheet, columns))
    reader = _Reader(framework, places, known, weekly, today, rows)
    figures = [reader.read(row) for row in rows]
    definitions = reader.definitions
    told = [*definitions.problems, *definitions.without_polarity()]
    found = [*_whole_list(rows), *reader.problems, *told]
    found = without_formula_errors(rows, found)
    if found:
        return Refused(tuple(found), columns.ignored, notes=sheet.where)
    kept = tuple(dict.fromkeys(figure for figure in figures if figure is not None))
    return IndicatorList(
        reader.definitions.all, kept, reader.empty, columns.ignored, reader.remarks(), sheet.notes
    )


class _Reader:
    """Reads rows one after another, keeping what was wrong."""

    def __init__(
        self,
        framework: Framework,
        places: Places,
        known: Mapping[str, Defined],
        weekly: frozenset[str],
        today: date,
        rows: Sequence[Row],
    ) -> None:
        self._places = places
        self._weekly = weekly
        self._today = today
        self._days_are = _days_are(rows)
        self._seen: dict[tuple[object, ...], tuple[int, float]] = {}
        self._unknown_cases: Counter[str] = Counter()
        self.definitions = Definitions(framework, known, places.person)
        self.problems: list[Problem] = []
        self.empty = 0
        for row in rows:
            self.definitions.take(row)

    def read(self, row: Row) -> Figure | None:
        """The figure of this row; None where it holds none, or where a problem is kept."""
        before = len(self.problems)
        name = row.text("indicator")
        if not name:
            self.problems.append(row.problem("indicator", "This may not be empty. Name the indicator."))
            return None
        key = indicator_key(name)
        period = self._period(row, key)
        measured = self._measured(row)
        numbers = [self._number(row, field) for field in ("value", "numerator", "denominator")]
        if len(self.problems) > before or period is None or measured is None:
            return None
        value, numerator, denominator = numbers
        is_share = self.definitions.unit(key) == PERCENT
        if value is None and is_share and numerator is not None and denominator:
            value = numerator / denominator * 100
        if value is None:
            self.empty += 1
            return None
        if is_share and numerator is not None and denominator:
            value = self._share(row, value, numerator / denominator * 100)
        every, on = period
        figure = Figure(key, every.value, on, *measured, value, numerator, denominator)
        return figure if self._once(row, figure) else None

    def remarks(self) -> tuple[Remark, ...]:
        """What to know about the whole list, counted."""
        if not self._unknown_cases:
            return ()
        many = len(self._unknown_cases)
        what = "case is" if many == 1 else "cases are"
        text = f"{many} {what} not on the case list, which is right for those that have closed."
        return (Remark(None, "Case reference", text),)

    def _period(self, row: Row, key: str) -> tuple[Every, date] | None:
        cell = row.cell("period")
        if cell == "":
            self.problems.append(row.problem("period", "This may not be empty. Give the month or week."))
            return None
        days_are = Every.WEEK if key in self._weekly else self._days_are
        try:
            every, on = read_period(cell, days_are=days_are)
            if on > self._today:
                raise ValueError("This period has not begun yet. Correct it, or take the row out.")
        except ValueError as wrong:
            self.problems.append(row.problem("period", str(wrong)))
            return None
        return every, on

    def _measured(self, row: Row) -> tuple[str, str, str, str] | None:
        """(service, team, practitioner's e-mail, reference), in the names of the lists."""
        field = "team"
        try:
            reference = row.text("reference")
            if reference:
                field = "reference"
                reference = self._places.reference(reference)
            field = "practitioner"
            email = self._places.person(row.text("practitioner")) if row.text("practitioner") else ""
            field = next((name for name in ("team", "area", "service") if row.text(name)), "team")
            service, team = self._places.place(row.text("service"), row.text("team"), row.text("area"))
            if (email or reference) and not team:
                field = "reference" if reference else "practitioner"
                service, team = self._places.team_of(email, reference)
        except ValueError as wrong:
            hidden = field in {"reference", "practitioner"}
            self.problems.append(row.problem(field, str(wrong), hidden=hidden))
            return None
        if reference and not self._places.knows_case(reference):
            self._unknown_cases[reference] += 1
        return service, team, email, reference

    def _number(self, row: Row, field: str) -> float | None:
        try:
            found = read_number(row.text(field))
        except ValueError as wrong:
            self.problems.append(row.problem(field, str(wrong)))
            return None
        return found[0] if found else None

    def _share(self, row: Row, value: float, told: float) -> float:
        """The percentage; a share of one, as a spreadsheet holds it, becomes one by its own parts."""
        if abs(value * 100 - told) <= _DIFFERS and abs(value - told) > _DIFFERS:
            return value * 100
        if abs(value - told) > _DIFFERS:
            fix = f"Numerator and denominator make {says(told, PERCENT)}. Correct whichever is wrong."
            self.problems.append(row.problem("value", fix))
        return value

    def _once(self, row: Row, figure: Figure) -> bool:
        """Whether nothing else was said of the same thing and time."""
        same = (
            figure.indicator, figure.every, figure.period_on, figure.service, figure.team, figure.email,
            figure.reference,
        )  # fmt: skip
        first, value = self._seen.setdefault(same, (row.number, figure.value))
        if first != row.number and value != figure.value:
            fix = f"Row {first} gives another value for the same thing and time. Keep the right one."
            self.problems.append(row.problem("value", fix))
        return value == figure.value


def _days_are(rows: Sequence[Row]) -> Every:
    """What a bare day of this list stands for: a month where every one is the first of its month."""
    days = [day for row in rows if (day := bare_day(_period_cell(row))) is not None]
    return Every.MONTH if days and all(day.day == 1 for day in days) else Every.WEEK


def _period_cell(row: Row) -> Cell:
    return row.cell("period")


def _whole_list(rows: Sequence[Row]) -> list[Problem]:
    """What no single row shows: an empty list, or references that say who a child is (SG-01)."""
    if not rows:
        return [Problem(None, "", "", "The list holds no figures, so nothing was taken.")]
    told = [row for row in rows if row.text("reference")]
    alike = [row for row in told if like_nhs_number(row.text("reference"))]
    references = {row.text("reference") for row in told}
    if are_nhs_numbers(len({row.text("reference") for row in alike}), len(references)):
        return [row.problem("reference", NHS_NUMBER_AS_REFERENCE, hidden=True) for row in alike]
    if prefixes_look_like_names(references):
        fix = "These references hold many different words, as names would. Use the case system's number."
        return [Problem(None, told[0].headings["reference"], "(not shown)", fix)]
    return []
