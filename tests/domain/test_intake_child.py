"""What a case list says about a child becomes a category, a band and a reference, or is asked about."""

import pytest

from domain.intake_child import (
    age_band_of_age,
    prefixes_look_like_names,
    read_ethnicity,
    read_gender,
    read_reference,
    too_many_categories,
)
from tests.domain.intake_samples import framework


@pytest.mark.rule("CA-04")
@pytest.mark.parametrize(
    ("gender", "written"),
    [
        ("Female", "F female girl woman 2"),
        ("Male", "M male boy man 1"),
        ("Another gender", "X other non-binary nonbinary another anothergender O NB gender-fluid agender"),
        (
            "Not recorded",
            "U unknown not-known not-recorded not-stated unborn indeterminate N not-specified "
            "prefer-not-to-say undetermined 0 9",
        ),
    ],
)
def test_each_way_of_writing_a_gender_has_its_category(gender: str, written: str) -> None:
    for word in written.split():
        assert read_gender(word) == gender, word
        assert read_gender(word.replace("-", " ")) == gender, word


def test_an_empty_gender_is_not_recorded_and_an_unknown_word_is_asked_about() -> None:
    assert read_gender("") == "Not recorded"
    with pytest.raises(ValueError, match="not recorded"):
        read_gender("3")


@pytest.mark.rule("CA-04")
@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("WBRI", "White British"),
        ("WIRI", "White Irish"),
        ("WIRT", "Traveller of Irish Heritage"),
        ("WOTH", "Any Other White Background"),
        ("WROM", "Gypsy or Roma"),
        ("MWBC", "White and Black Caribbean"),
        ("MWBA", "White and Black African"),
        ("MWAS", "White and Asian"),
        ("MOTH", "Any Other Mixed Background"),
        ("AIND", "Indian"),
        ("APKN", "Pakistani"),
        ("ABAN", "Bangladeshi"),
        ("AOTH", "Any Other Asian Background"),
        ("BCRB", "Black Caribbean"),
        ("BAFR", "Black African"),
        ("BOTH", "Any Other Black Background"),
        ("CHNE", "Chinese"),
        ("OOTH", "Any Other Ethnic Group"),
        ("REFU", "Refused"),
        ("NOBT", "Not Obtained"),
    ],
)
def test_a_census_code_means_its_words_and_the_words_mean_the_same(code: str, category: str) -> None:
    assert read_ethnicity(code) == read_ethnicity(code.lower()) == category
    assert read_ethnicity(category.upper()) == category


@pytest.mark.parametrize("text", ["", "Unknown", "not known", "NOT RECORDED", "Not-stated"])
def test_an_ethnicity_nobody_recorded_is_one_category(text: str) -> None:
    assert read_ethnicity(text) == "Not recorded"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("the other", "The Other"),
        ("gypsy OR roma", "Gypsy or Roma"),
        ("traveller of irish heritage", "Traveller of Irish Heritage"),
        ("refused to say", "Refused to Say"),
        ("in the  area", "In the Area"),
        ("white—other", "White - Other"),
        ("a" * 60, "A" + "a" * 59),
    ],
)
def test_categories_have_one_use_of_capitals_and_dashes(text: str, category: str) -> None:
    assert read_ethnicity(text) == category


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize("text", ["a" * 61, "White 2", "me@home"])
def test_what_is_no_category_is_not_taken_for_one(text: str) -> None:
    with pytest.raises(ValueError, match="category"):
        read_ethnicity(text)


@pytest.mark.parametrize(
    ("age", "band"),
    [
        ("unborn", "Under 1"),
        ("pre birth", "Under 1"),
        ("Pre-birth", "Under 1"),
        ("Under 1", "Under 1"),
        ("<1", "Under 1"),
        ("11m", "Under 1"),
        ("12 m", "1 to 4"),
        ("59 mths", "1 to 4"),
        ("60 months", "5 to 9"),
        ("51w", "Under 1"),
        ("52 weeks", "1 to 4"),
        ("1 wk", "Under 1"),
        ("4y", "1 to 4"),
        ("5 years old", "5 to 9"),
        ("15.9", "10 to 15"),
        ("25 yr", "18 and over"),
        ("300 months", "18 and over"),
    ],
)
def test_an_age_is_whole_years_months_or_weeks(age: str, band: str) -> None:
    assert age_band_of_age(age, framework()) == band


@pytest.mark.parametrize("age", ["26", "312 months", "7 days", "7-8", "²"])
def test_an_age_that_cannot_be_read_or_right_is_asked_about(age: str) -> None:
    with pytest.raises(ValueError, match=r"age|older than 25"):
        age_band_of_age(age, framework())


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize("word", ["Case", "Child", "Client", "Person", "Ref", "Family", "Youth"])
def test_words_of_case_systems_may_stand_in_a_reference(word: str) -> None:
    assert read_reference(f"{word}-10234") == f"{word}-10234"


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    ("reference", "taken"),
    [
        ("ABCDEFG-1", True),
        ("ABCDEFGH-1", False),
        ("abcdefg1", True),
        ("abcdefgh1", False),
        ("Ab-1", True),
        ("Abc-1", False),
        ("A" + "1" * 39, True),
        ("A" + "1" * 40, False),
        ("ABC", False),
        ("-12", False),
        ("é-12", False),
    ],
)
def test_a_reference_is_short_has_a_digit_and_no_word_as_long_as_a_name(reference: str, taken: bool) -> None:
    if taken:
        assert read_reference(reference) == reference
    else:
        with pytest.raises(ValueError, match=r"[Rr]eference"):
            read_reference(reference)


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(("different", "names"), [(12, False), (13, True)])
def test_more_than_twelve_different_words_among_references_are_names(different: int, names: bool) -> None:
    words = [f"{letter * 4}-{number}" for number, letter in enumerate("abcdefghijklm"[:different])]

    assert prefixes_look_like_names([*words, "AAAA-99", "abc-1", "xyz-2"]) is names


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    ("different", "rows", "too_many"), [(40, 40, False), (41, 41, True), (41, 163, True), (41, 164, False)]
)
def test_many_categories_on_few_rows_are_no_categories(different: int, rows: int, too_many: bool) -> None:
    assert too_many_categories({str(number) for number in range(different)}, rows) is too_many
