"""Whole files, as a QA officer would send them, from their bytes to the rows and back again."""

from datetime import date
from pathlib import Path

import pytest

from domain.framework_reading import read
from domain.intake_cases import read_cases
from domain.intake_changes import case_changes, staff_changes
from domain.intake_lists import CaseList, CaseRow, ClosedCase, KnownStaff, StaffList
from domain.intake_staff import read_staff
from workflows.sheets import read_sheet

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 5, 1)
FRAMEWORK = read((ROOT / "domain" / "framework.toml").read_text(encoding="utf-8"))


def staff_file() -> StaffList:
    path = ROOT / "tests" / "data" / "staff_windows_1252.csv"
    taken = read_staff(read_sheet(path.read_bytes(), path.name), FRAMEWORK)
    assert isinstance(taken, StaffList), taken
    return taken


def case_file(name: str) -> CaseList:
    path = ROOT / "tests" / "data" / name
    staff = [KnownStaff(row) for row in staff_file().rows]
    taken = read_cases(read_sheet(path.read_bytes(), path.name), FRAMEWORK, staff, TODAY)
    assert isinstance(taken, CaseList), taken
    return taken


def test_a_staff_file_in_windows_1252_with_semicolons_is_taken() -> None:
    taken = staff_file()

    by_name = {row.name: row for row in taken.rows}
    assert by_name["Bram Thistledown"].manager_email == by_name["Zoë Larkspur"].email
    assert by_name["Renée Fennimore"].service == "Conifers"
    assert [row.name for row in taken.rows if row.is_auditor] == [
        "Orla Quillfeather",
        "Zoë Larkspur",
        "Ivo Marchbanks",
    ]
    assert taken.ignored == ("Desk",)


@pytest.mark.parametrize("name", ["cases_utf8_bom.csv", "cases.xlsx"])
def test_a_case_file_gives_the_same_cases_as_csv_and_as_workbook(name: str) -> None:
    taken = case_file(name)

    *open_cases, closed = taken.rows
    assert closed == ClosedCase("CF-10240", date(2026, 4, 20))
    assert [
        (row.plan_type, row.gender, row.age_band, row.ethnicity)
        for row in open_cases
        if isinstance(row, CaseRow)
    ] == [
        ("Child Protection", "Female", "5 to 9", "White British"),
        ("Child in Need", "Male", "10 to 15", "Black African"),
        ("Child in Care", "Male", "Under 1", "White and Asian"),
    ]
    assert taken.rows == case_file("cases.xlsx").rows
    assert taken.ignored == ("Office",)


def test_either_file_sent_twice_changes_nothing_the_second_time() -> None:
    people = [KnownStaff(row) for row in staff_changes([], staff_file().rows, TODAY).added]
    known = case_changes([], case_file("cases.xlsx").rows, TODAY).added

    assert len(people) == 6
    assert staff_changes(people, staff_file().rows, TODAY).is_empty
    assert len(known) == 3
    assert case_changes(known, case_file("cases_utf8_bom.csv").rows, TODAY).is_empty
