"""What the QA officer reads about a list."""

import pytest

from domain.intake import HIDDEN, Problem, Refused, Remark
from domain.intake_changes import Changes, Departure, case_changes, staff_changes
from domain.intake_lists import KnownStaff, StaffRow
from domain.intake_summary import changes_summary, refusal_summary
from tests.domain.intake_samples import TODAY, case_cells, staff_cells, taken_cases, taken_staff


def test_a_refusal_begins_with_the_problems_and_where_they_stand() -> None:
    refused = Refused(
        (
            Problem(7, "Posts", "Wizard", "Use a post."),
            Problem(None, "NHS number", HIDDEN, "Take it out."),
            Problem(None, "", "", "Add “Team”."),
        ),
        ignored=("Shoe size", "Notes"),
        remarks=(Remark(3, "Auditor", "Audits anyway."),),
        notes=("The headings were read in row 4.",),
    )

    assert refusal_summary(refused).splitlines() == [
        "Nothing was imported. 3 things to put right in the file:",
        "- Row 7, “Posts” has “Wizard”: Use a post.",
        "- “NHS number”: Take it out.",
        "- Add “Team”.",
        "The headings were read in row 4.",
        "2 columns were not read: “Shoe size” and “Notes”.",
        "Worth knowing:",
        "- Row 3, “Auditor”: Audits anyway.",
        "Correct the file and send it again; it is taken whole or not at all.",
    ]


@pytest.mark.parametrize(
    ("count", "more"), [(1, None), (20, None), (21, "and 1 more."), (90, "and 70 more.")]
)
def test_the_first_twenty_problems_are_shown_and_the_rest_counted(count: int, more: str | None) -> None:
    refused = Refused(tuple(Problem(n, "Team", "", "Name it.") for n in range(count)))

    lines = refusal_summary(refused).splitlines()

    assert sum(line.startswith("- ") for line in lines) == min(count, 20)
    assert [line for line in lines if line.endswith("more.")] == ([more] if more else [])


def test_a_list_that_changes_nothing_says_so() -> None:
    taken = taken_staff(staff_cells(Posts="TM; QA officer"))

    told = changes_summary(taken, staff_changes([KnownStaff(row) for row in taken.rows], taken.rows, TODAY))

    assert told.splitlines() == [
        "1 person read without a fault.",
        "Everything is known already; nothing changes.",
    ]


def test_what_was_passed_over_is_told_with_a_list_that_is_taken() -> None:
    taken = taken_staff(staff_cells(Auditor="yes", Posts="QA officer") | {"Shoe size": "5"})

    lines = changes_summary(taken, staff_changes([], taken.rows, TODAY)).splitlines()

    assert lines[1:] == [
        "1 new, 0 changed, 0 marked as left, 0 as before.",
        "1 column was not read: “Shoe size”.",
        "Worth knowing:",
        "- Row 2, “Auditor”: Audits although the post is not in the audit pool.",
    ]


def test_what_must_be_confirmed_is_told_with_numbers_and_references() -> None:
    known = taken_cases(*[case_cells(n) for n in range(1, 41)]).rows
    taken = taken_cases(*[case_cells(n) for n in range(25, 42)])

    told = changes_summary(taken, case_changes(known, taken.rows, TODAY))

    assert told.splitlines()[:3] == [
        "17 cases read without a fault.",
        "1 new, 0 changed, 24 closed, 16 as before.",
        "Please confirm before anything is saved:",
    ]
    assert "24 of 40 cases (60%) would be closed: CF-00001, CF-00002" in told
    assert told.splitlines()[3].endswith("CF-00020 and 4 more.")


def test_nothing_is_asked_where_nothing_needs_confirming() -> None:
    taken = taken_staff(staff_cells())

    assert "confirm" not in changes_summary(taken, staff_changes([], taken.rows, TODAY))


def test_a_replaced_directory_id_is_told_by_address() -> None:
    changes: Changes[StaffRow] = Changes(
        rebound=("ada@council.gov.uk",), left=(Departure("bo@c.uk", TODAY),), active_before=8
    )

    told = changes_summary(taken_staff(staff_cells()), changes)

    assert "- 1 of 8 people (12%) would be marked as left: bo@c.uk." in told
    assert "- another sign-in account (directory id) would get the access of: ada@council.gov.uk." in told


def test_those_who_are_back_and_addresses_that_pass_on_are_told_by_address() -> None:
    changes: Changes[StaffRow] = Changes(returned=("ada@council.gov.uk",), passed_on=("bo@council.gov.uk",))

    told = changes_summary(taken_staff(staff_cells()), changes).splitlines()

    assert [line for line in told if "ada@council.gov.uk" in line and "back after having left" in line]
    assert [line for line in told if "bo@council.gov.uk" in line and "another person" in line]
    assert "Please confirm before anything is saved:" in told


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, ["1 column was not read: “Column 0”."]),
        (20, ["20 columns were not read: ", " and “Column 19”."]),
        (21, ["21 columns were not read: ", "“Column 19” and 1 more."]),
        (25, ["25 columns were not read: ", "“Column 19” and 5 more."]),
    ],
)
def test_twenty_columns_that_were_not_read_are_named(count: int, told: list[str]) -> None:
    refused = Refused((), ignored=tuple(f"Column {number}" for number in range(count)))

    line = refusal_summary(refused).splitlines()[1]

    assert line.startswith(told[0])
    assert line.endswith(told[-1])


@pytest.mark.parametrize(("count", "more"), [(20, None), (21, "and 1 more."), (25, "and 5 more.")])
def test_twenty_remarks_are_shown_and_the_rest_counted(count: int, more: str | None) -> None:
    refused = Refused((), remarks=tuple(Remark(None, f"Column {number}", "Odd.") for number in range(count)))

    lines = refusal_summary(refused).splitlines()

    assert [line for line in lines if line.startswith("- ")] == [
        f"- “Column {number}”: Odd." for number in range(20)
    ]
    assert [line for line in lines if line.endswith(" more.")] == ([more] if more else [])
