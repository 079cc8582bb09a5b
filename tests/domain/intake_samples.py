"""Make-believe staff and case lists, of which a test changes only what it is about."""

from datetime import date
from functools import cache
from pathlib import Path

from domain.framework import Framework
from domain.framework_reading import read
from domain.intake import Cell, Problem, Refused, Sheet
from domain.intake_cases import read_cases
from domain.intake_lists import CaseList, KnownStaff, StaffList, StaffRow
from domain.intake_staff import read_staff
from domain.people import Post

TODAY = date(2026, 5, 1)


@cache
def framework() -> Framework:
    return read((Path(__file__).parents[2] / "domain" / "framework.toml").read_text(encoding="utf-8"))


def staff_cells(number: int = 1, **cells: Cell) -> dict[str, Cell]:
    """A faultless row of a staff list."""
    row: dict[str, Cell] = {
        "Name": f"Worker {'abcdefghijklmnopqrstuvwxyz'[number % 26]}{number // 26 * 'q'}",
        "E-mail": f"worker{number}@council.gov.uk",
        "Directory id": "",
        "Posts": "Social worker",
        "Team": "Conifers 1",
        "Service": "Conifers",
        "Manager": "",
        "Auditor": "",
        "Working days": "",
        "Leave dates": "",
        "Cover": "",
    }
    return row | {key.replace("_", " "): value for key, value in cells.items()}


def case_cells(number: int = 1, **cells: Cell) -> dict[str, Cell]:
    """A faultless row of a case list."""
    row: dict[str, Cell] = {
        "Reference": f"CF-{number:05}",
        "Team": "Conifers 1",
        "Lead practitioner": "lead@council.gov.uk",
        "Supervising manager": "manager@council.gov.uk",
        "Chair or reviewing officer": "",
        "Plan type": "Child in Need",
        "Gender": "Female",
        "Date of birth": "",
        "Age": "7",
        "Ethnicity": "White British",
        "Opened on": "01/02/2026",
        "Opening contact on": "30/01/2026",
        "Closed on": "",
    }
    return row | {key.replace("_", " "): value for key, value in cells.items()}


KNOWN_STAFF = (
    KnownStaff(
        StaffRow(
            "Lena Dell",
            "lead@council.gov.uk",
            frozenset({Post.PRACTITIONER}),
            team="Conifers 1",
            service="Conifers",
        )
    ),
    KnownStaff(
        StaffRow(
            "Mona Hale", "manager@council.gov.uk", frozenset({Post.TM}), team="Conifers 1", service="Conifers"
        )
    ),
    KnownStaff(StaffRow("Ira Vale", "chair@council.gov.uk", frozenset({Post.IRO}))),
    KnownStaff(
        StaffRow("Gil Away", "gone@council.gov.uk", frozenset({Post.PRACTITIONER}), team="Conifers 1"),
        left_on=date(2026, 4, 1),
    ),
)


def sheet(*rows: dict[str, Cell]) -> Sheet:
    """A table of these rows, whose first stands in row 2 of the spreadsheet."""
    headings = tuple(rows[0])
    return Sheet(headings, tuple(tuple(row.get(h, "") for h in headings) for row in rows), 2)


def staff(*rows: dict[str, Cell]) -> StaffList | Refused:
    return read_staff(sheet(*rows), framework())


def cases(*rows: dict[str, Cell]) -> CaseList | Refused:
    return read_cases(sheet(*rows), framework(), KNOWN_STAFF, TODAY)


def taken_staff(*rows: dict[str, Cell]) -> StaffList:
    result = staff(*rows)
    assert isinstance(result, StaffList), result
    return result


def taken_cases(*rows: dict[str, Cell]) -> CaseList:
    result = cases(*rows)
    assert isinstance(result, CaseList), result
    return result


def problems(result: StaffList | CaseList | Refused) -> tuple[Problem, ...]:
    assert isinstance(result, Refused), result
    return result.problems


def places(result: StaffList | CaseList | Refused) -> list[tuple[int | None, str]]:
    """Row and column of every problem."""
    return [(problem.row, problem.column) for problem in problems(result)]
