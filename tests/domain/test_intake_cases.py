"""A case list is taken without anything that says who a child is, or not at all."""

from dataclasses import fields, is_dataclass
from datetime import date, timedelta

import pytest

from domain.intake import HIDDEN, Cell
from domain.intake_cases import read_cases
from domain.intake_lists import CaseList, CaseRow, ClosedCase
from tests.domain.intake_samples import (
    KNOWN_STAFF,
    TODAY,
    case_cells,
    cases,
    framework,
    places,
    problems,
    sheet,
    taken_cases,
)


def test_a_full_row_becomes_a_case() -> None:
    taken = taken_cases(
        case_cells(
            Team="CONIFERS 1",
            Lead_practitioner="Dell, Lena",
            Chair_or_reviewing_officer="Ira Vale",
            Plan_type="LAC",
            Gender="M",
            Ethnicity="white – british",
        )
    )

    assert taken.rows == (
        CaseRow(
            reference="CF-00001",
            team="Conifers 1",
            practitioner_email="lead@council.gov.uk",
            plan_type="Child in Care",
            gender="Male",
            age_band="5 to 9",
            ethnicity="White - British",
            opened_on=date(2026, 2, 1),
            supervisor_email="manager@council.gov.uk",
            chair_email="chair@council.gov.uk",
            opening_contact_on=date(2026, 1, 30),
        ),
    )


@pytest.mark.rule("CA-04")
def test_of_a_closed_case_only_reference_and_closing_day_count() -> None:
    gone = {
        "Team": "No team of ours",
        "Lead practitioner": "gone@council.gov.uk",
        "Supervising manager": "Nobody Known",
        "Chair or reviewing officer": "Nobody Either",
        "Plan type": "",
        "Gender": "seven",
        "Age": "",
        "Ethnicity": "44",
        "Opened on": "some day",
        "Opening contact on": "02/02/2027",
    }

    taken = taken_cases(case_cells(1), case_cells(2, Closed_on="30/04/2026") | gone)

    assert taken.rows[1:] == (ClosedCase("CF-00002", date(2026, 4, 30)),)
    assert taken.remarks == ()


@pytest.mark.rule("SG-01")
def test_a_closed_case_has_a_reference_of_the_case_system_all_the_same() -> None:
    told = cases(case_cells(1), case_cells(2, Reference="Robin Woodlark", Closed_on="30/04/2026"))

    assert places(told) == [(3, "Reference")]
    assert "Woodlark" not in str(told)


@pytest.mark.parametrize("opened_on", ["01/02/2026", "", "some day"])
@pytest.mark.parametrize(("closed_on", "taken"), [("01/02/2026", True), ("31/01/2026", False)])
def test_a_closing_day_lies_on_or_after_an_opening_that_can_be_read(
    opened_on: str, closed_on: str, taken: bool
) -> None:
    told = cases(case_cells(Opened_on=opened_on, Closed_on=closed_on))

    assert isinstance(told, CaseList) is (taken or opened_on != "01/02/2026")


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize("cell", ["03/05/2019", date(2019, 5, 3), "3 May 2019"])
def test_a_date_of_birth_becomes_an_age_band_and_is_kept_nowhere(cell: str | date) -> None:
    taken = taken_cases(case_cells(Date_of_birth=cell, Age=""))

    assert taken.rows[0].age_band == "5 to 9"
    held = list(_everything(taken))
    assert date(2019, 5, 3) not in held
    assert not any("2019" in text for text in held if isinstance(text, str))


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    "cell", ["03/13/2019", "3rd of Maytember 2019", "03/05/1961", date(2031, 5, 3), "43588"]
)
def test_a_faulty_date_of_birth_is_never_repeated(cell: str | date) -> None:
    told = cases(case_cells(Date_of_birth=cell, Age=""))

    assert places(told) == [(2, "Date of birth")]
    assert problems(told)[0].value == HIDDEN
    assert not any(part in str(told) for part in ("2019", "1961", "2031", "43588", "Maytember"))


@pytest.mark.parametrize(
    ("born_on", "band"),
    [
        (TODAY, "Under 1"),
        (date(2025, 5, 2), "Under 1"),
        (date(2025, 5, 1), "1 to 4"),
        (date(2021, 5, 2), "1 to 4"),
        (date(2021, 5, 1), "5 to 9"),
        (date(2008, 5, 2), "16 to 17"),
        (date(2008, 5, 1), "18 and over"),
        (date(2000, 5, 2), "18 and over"),
        (TODAY + timedelta(days=294), "Under 1"),
    ],
)
def test_the_band_changes_on_the_birthday_and_an_unborn_child_is_the_youngest(
    born_on: date, band: str
) -> None:
    assert taken_cases(case_cells(Date_of_birth=born_on, Age="")).rows[0].age_band == band


def test_a_birth_date_too_far_ahead_or_too_long_ago_is_asked_about() -> None:
    assert places(cases(case_cells(Date_of_birth=TODAY + timedelta(days=295)))) == [(2, "Date of birth")]
    assert places(cases(case_cells(Date_of_birth=date(2000, 5, 1)))) == [(2, "Date of birth")]


@pytest.mark.parametrize(
    ("age", "band"),
    [("0", "Under 1"), ("1", "1 to 4"), ("9", "5 to 9"), ("10", "10 to 15"), ("25", "18 and over"),
     ("7.9", "5 to 9"), ("8 months", "Under 1"), ("14 months", "1 to 4"), ("Unborn", "Under 1"),
     ("7 yrs", "5 to 9")],
)  # fmt: skip
def test_an_age_gives_the_band_as_well(age: str, band: str) -> None:
    assert taken_cases(case_cells(Age=age)).rows[0].age_band == band


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize("age", ["26", "-1", "seven"])
def test_an_age_that_cannot_be_right_is_asked_about_under_its_own_heading(age: str) -> None:
    told = problems(cases(case_cells(Age=age)))

    assert [(problem.row, problem.column, problem.value) for problem in told] == [(2, "Age", HIDDEN)]


def test_neither_age_nor_date_of_birth_is_told_with_what_would_be_right() -> None:
    cells = case_cells(Age="")
    alone = case_cells(Age="7")
    del alone["Age"]

    assert [(one.column, one.value) for one in problems(cases(cells))] == [("Age", "")]
    assert [(one.column, one.value) for one in problems(cases(alone))] == [("Date of birth", "")]
    assert "only an age band is kept" in problems(cases(cells))[0].fix


def test_the_file_needs_a_date_of_birth_or_an_age() -> None:
    cells = case_cells()
    del cells["Age"], cells["Date of birth"]

    assert "age band" in problems(cases(cells))[0].fix


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    "reference",
    ["Robin Woodlark", "Woodlark", "Woodlark2019", "WOODLARKS-1", "robin.woodlark7", "9434765919", "12 34"],
)
def test_a_reference_that_is_a_name_or_a_health_number_is_refused_unrepeated(reference: str) -> None:
    told = cases(case_cells(Reference=reference))

    assert places(told) == [(2, "Reference")]
    assert reference not in str(told)


@pytest.mark.parametrize(
    "reference", ["CF-10234", "123456", "2024/00123", "EHM0012", "CASE-00012", "Child-17", "a.12_3"]
)
def test_references_of_case_systems_are_taken(reference: str) -> None:
    assert taken_cases(case_cells(Reference=reference)).rows[0].reference == reference


@pytest.mark.rule("SG-01")
def test_references_that_begin_with_many_different_words_are_names() -> None:
    words = [
        "OAKES",
        "BROWN",
        "PIKES",
        "LARKS",
        "FINCH",
        "HERON",
        "SWIFT",
        "CRANE",
        "EAGLE",
        "GEESE",
        "STORK",
    ]
    words += ["QUAIL", "SNIPE"]
    named = [case_cells(n, Reference=f"{word}-{n}") for n, word in enumerate(words)]

    told = cases(*named)

    assert places(told) == [(None, "Reference")]
    assert "OAKES" not in str(told)
    assert len(taken_cases(*named[:12]).rows) == 12


NHS_LIKE = ("9434765919", "9434765080", "4010232137", "9876543210")
OTHERS = ("9434765918", "9434765081", "4010232138", "9876543211", "2345678901")


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    ("alike", "others", "refused"),
    [(1, 0, True), (2, 0, True), (1, 1, False), (2, 1, False), (2, 2, False), (3, 3, True), (3, 4, False)],
)
def test_a_column_of_nhs_numbers_is_refused_and_a_chance_look_alike_is_not(
    alike: int, others: int, refused: bool
) -> None:
    references = [*NHS_LIKE[:alike], *OTHERS[:others]]
    told = cases(*(case_cells(n, Reference=reference) for n, reference in enumerate(references)))

    assert isinstance(told, CaseList) is not refused
    if refused:
        assert places(told) == [(n + 2, "Reference") for n in range(alike)]
        assert not any(reference in str(told) for reference in references)


@pytest.mark.rule("SG-01")
def test_the_chance_look_alikes_are_told_by_row_and_not_repeated() -> None:
    one = taken_cases(*(case_cells(n, Reference=r) for n, r in enumerate((*OTHERS, NHS_LIKE[0]))))
    many = taken_cases(
        *(case_cells(n, Reference=r) for n, r in enumerate(NHS_LIKE)),
        *(case_cells(n) for n in range(10, 20)),
    )

    assert [(remark.column, remark.text.split(" could")[0]) for remark in one.remarks] == [
        ("Reference", "What stands in row 7")
    ]
    assert [remark.text.split(" could")[0] for remark in many.remarks] == [
        "What stands in rows 2, 3, 4 and 5"
    ]
    assert not any(reference in str((one.remarks, many.remarks)) for reference in NHS_LIKE)


def test_a_reference_stands_once_whatever_its_capitals() -> None:
    assert places(cases(case_cells(1), case_cells(2, Reference="cf-00001"))) == [(3, "Reference")]


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("Team", "Fir 9", "import the staff"),
        ("Lead practitioner", "", "not be empty"),
        ("Lead practitioner", "stranger@council.gov.uk", "among the staff"),
        ("Lead practitioner", "gone@council.gov.uk", "has left"),
        ("Lead practitioner", "Gil Away", "has left"),
        ("Supervising manager", "Unknown Person", "among the staff"),
        ("Chair or reviewing officer", "Unknown Person", "among the staff"),
        ("Plan type", "Plan nine", "Child Protection"),
        ("Gender", "seven", "female"),
        ("Ethnicity", "ring 01234 567890", "category"),
        ("Opened on", "", "opened"),
        ("Opened on", "02/05/2026", "future"),
        ("Opening contact on", "02/02/2026", "01/02/2026"),
        ("Closed on", "31/01/2026", "01/02/2026"),
        ("Closed on", "02/05/2026", "future"),
    ],
)
def test_each_fault_is_told_where_it_stands(column: str, value: str, told: str) -> None:
    result = cases(case_cells(1), case_cells(2) | {column: value})

    assert places(result) == [(3, column)]
    assert told in problems(result)[0].fix


@pytest.mark.parametrize("contact", ["01/02/2026", "31/01/2026", ""])
def test_the_opening_contact_comes_on_or_before_the_opening_or_is_not_known(contact: str) -> None:
    taken = taken_cases(case_cells(Opening_contact_on=contact))

    expected = {"01/02/2026": date(2026, 2, 1), "31/01/2026": date(2026, 1, 31), "": None}[contact]
    assert taken.rows[0].opening_contact_on == expected


@pytest.mark.parametrize("day", ["01/05/2026", "01/02/2026"])
def test_a_case_may_open_or_close_today_and_close_on_the_day_it_opened(day: str) -> None:
    assert taken_cases(case_cells(Opened_on=day, Opening_contact_on="", Closed_on=day))


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("", "Not recorded"),
        ("not known", "Not recorded"),
        ("WHITE BRITISH", "White British"),
        ("white  and black caribbean", "White and Black Caribbean"),
        ("Mixed: any other", "Mixed - Any Other"),
        ("wbri", "White British"),
        ("MOTH", "Any Other Mixed Background"),
    ],
)
def test_ethnicity_has_one_spelling_for_each_category(text: str, category: str) -> None:
    assert taken_cases(case_cells(Ethnicity=text)).rows[0].ethnicity == category


@pytest.mark.rule("SG-01")
def test_a_category_column_with_a_different_text_on_every_row_is_refused() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    rows = [case_cells(n, Ethnicity=f"Group {letters[n % 26]}{letters[n // 26]}") for n in range(41)]

    assert places(cases(*rows)) == [(None, "Ethnicity")]
    assert len(taken_cases(*rows[:40]).rows) == 40


def test_what_is_left_empty_is_counted_in_a_remark() -> None:
    taken = taken_cases(case_cells(1, Supervising_manager="", Opening_contact_on=""), case_cells(2))

    assert [remark.column for remark in taken.remarks] == ["Supervising manager", "Opening contact on"]
    assert taken.remarks[0].text.startswith("Empty on 1 row. Without a supervising manager")


def test_several_empty_cells_are_counted_and_filled_ones_are_not() -> None:
    taken = taken_cases(case_cells(1), *(case_cells(n, Opening_contact_on="") for n in (2, 3)))

    assert [remark.text.split(".")[0] for remark in taken.remarks] == ["Empty on 2 rows"]
    assert taken_cases(case_cells(1)).remarks == ()


def test_a_fault_that_says_nothing_of_a_child_shows_the_value() -> None:
    told = problems(cases(case_cells(Plan_type="Plan nine", Gender="seven")))

    assert [(problem.column, problem.value) for problem in told] == [
        ("Plan type", "Plan nine"),
        ("Gender", "seven"),
    ]


def test_a_list_without_cases_is_refused_so_that_none_is_closed() -> None:
    blank: dict[str, Cell] = dict.fromkeys(case_cells(), "")

    assert "no case is closed" in problems(cases(blank))[0].fix


def test_one_faulty_row_keeps_the_whole_list_out() -> None:
    result = read_cases(sheet(case_cells(1), case_cells(2, Team="")), framework(), KNOWN_STAFF, TODAY)

    assert not isinstance(result, CaseList)
    assert places(result) == [(3, "Team")]


def _everything(value: object) -> list[object]:
    """Every value held anywhere inside."""
    if is_dataclass(value):
        return [held for field in fields(value) for held in _everything(getattr(value, field.name))]
    if isinstance(value, tuple | list | frozenset):
        return [held for item in value for held in _everything(item)]
    return [value]
