"""Which columns are read, which are passed over, and which keep the whole file out."""

from pathlib import Path

import pytest

from domain.intake import HIDDEN, Sheet
from domain.intake_columns import CASE_FIELDS, STAFF_FIELDS, Field
from domain.intake_headings import column_letters, match_columns
from tests.domain.intake_samples import case_cells, cases, problems, staff, staff_cells, taken_staff


@pytest.mark.parametrize("heading", ["E-mail", "EMAIL", "e mail", "Work email address", "UPN", "Mail"])
def test_headings_match_whatever_their_case_spacing_and_punctuation(heading: str) -> None:
    columns, found = match_columns(
        Sheet(("Name", heading, "Post", "Team", "Service"), (), 2), STAFF_FIELDS, "staff"
    )

    assert found == ()
    assert columns.headings["email"] == heading


@pytest.mark.parametrize("fields", [STAFF_FIELDS, CASE_FIELDS])
def test_no_heading_belongs_to_two_fields(fields: tuple[Field, ...]) -> None:
    kind = "staff" if fields is STAFF_FIELDS else "cases"
    for field in fields:
        for heading in (field.heading, *field.aliases):
            columns, _ = match_columns(Sheet((heading,), (), 2), fields, kind)
            assert list(columns.places) == [field.key]


def test_extra_columns_are_passed_over_and_named() -> None:
    taken = taken_staff(staff_cells() | {"Shoe size": "5", "": "stray"})

    assert taken.ignored == ("Shoe size", "column M (no heading)")


def test_missing_columns_are_told_all_at_once() -> None:
    told = problems(staff({"Name": "Ada Zed", "Shoe size": "5"}))

    assert len(told) == 1
    for heading in ("E-mail", "Posts", "Team", "Service"):
        assert f"“{heading}”" in told[0].fix


@pytest.mark.parametrize(
    ("headings", "needs"),
    [
        (("Name", "E-mail", "Posts", "Team"), "The file needs the column “Service”. "),
        (("Name", "E-mail", "Posts"), "The file needs the columns “Team” and “Service”. "),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(headings: tuple[str, ...], needs: str) -> None:
    _, found = match_columns(Sheet(headings, (), 2), STAFF_FIELDS, "staff")

    assert [problem.fix.startswith(needs) for problem in found] == [True]


def test_two_columns_for_one_field_are_a_problem_that_names_both() -> None:
    told = problems(staff(staff_cells() | {"Job title": "Team manager"}))

    assert told[0].column == "Job title"
    assert "“Posts”" in told[0].fix


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    "heading",
    [
        "Child name",
        "Surname",
        "Mother's name",
        "Child's address",
        "Postcode",
        "NHS number",
        "UPN",
        "School",
        "GP",
    ],
)
def test_a_column_that_says_who_a_child_is_keeps_the_file_out_without_repeating_it(heading: str) -> None:
    told = problems(cases(case_cells() | {heading: "Robin Woodlark"}))

    assert [problem.column for problem in told] == [heading]
    assert told[0].fix
    assert told[0].value == HIDDEN
    assert "Woodlark" not in str(told)


@pytest.mark.rule("SG-01")
def test_such_a_column_is_refused_even_while_other_columns_are_missing() -> None:
    told = problems(cases({"Reference": "CF-1", "NHS number": ""}))

    assert {problem.column for problem in told} >= {"NHS number", ""}


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (199, "GR"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_called_as_the_spreadsheet_calls_them(index: int, letters: str) -> None:
    assert column_letters(index) == letters


@pytest.mark.parametrize(
    "error",
    [
        *("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!"),
        *("#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"),
    ],
)
def test_every_way_a_formula_fails_is_known(error: str) -> None:
    told = problems(staff(staff_cells(Cover=error)))

    assert [problem.fix for problem in told] == [
        "The formula in this cell fails. Correct it, or type the value."
    ]


def test_a_failed_formula_is_told_once_as_what_it_is() -> None:
    told = problems(staff(staff_cells(Team="#N/A", Manager="#REF!")))

    assert [(problem.row, problem.column) for problem in told] == [(2, "Team"), (2, "Manager")]
    assert all("formula" in problem.fix for problem in told)


@pytest.mark.parametrize("fields", [STAFF_FIELDS, CASE_FIELDS])
def test_the_guide_names_every_column_and_every_other_heading(fields: tuple[Field, ...]) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")

    for field in fields:
        star = " *" if field.required else ""
        rows = [line for line in guide.splitlines() if line.startswith(f"| {field.heading}{star} |")]
        assert any(line.endswith(f"| {', '.join(field.aliases)} |") for line in rows), field.heading
