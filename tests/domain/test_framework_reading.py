"""A council edits a copy of the file: every mistake is named with its place, all at once."""

import re
from datetime import date
from pathlib import Path

import pytest

from domain.errors import RuleBroken
from domain.framework_reading import FrameworkInvalid, read

SHIPPED = (Path(__file__).parents[2] / "domain" / "framework.toml").read_text(encoding="utf-8")


def errors_after(*edits: tuple[str, str]) -> tuple[str, ...]:
    text = SHIPPED
    for old, new in edits:
        assert old in text, f"the shipped file no longer holds {old!r}"
        text = text.replace(old, new, 1)
    with pytest.raises(FrameworkInvalid) as caught:
        read(text)
    return caught.value.errors


def errors_in(text: str) -> tuple[str, ...]:
    try:
        read(text)
    except FrameworkInvalid as invalid:
        return invalid.errors
    return ()


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('version = "1.0"', "", "version: is missing."),
        ('version = "1.0"', 'version = " "', "version: is empty."),
        ('version = "1.0"', "version = 1.0", "version: must be text in quotation marks."),
        (
            "dated = 2024-01-01",
            'dated = "2024-01-01"',
            "dated: must be a date written like 2024-01-31, without quotation marks.",
        ),
        (
            "dated = 2024-01-01",
            "dated = 2024-01-01T09:00:00",
            "dated: must be a date written like 2024-01-31, without quotation marks.",
        ),
        (
            "extra_bank_holidays = []",
            'extra_bank_holidays = ["2030-05-07"]',
            "extra_bank_holidays: must be a list of dates written like 2030-05-07, without quotation marks.",
        ),
        (
            "extra_bank_holidays = []",
            "extra_bank_holidays = [2030-05-07T00:00:00]",
            "extra_bank_holidays: must be a list of dates written like 2030-05-07, without quotation marks.",
        ),
        (
            "extra_bank_holidays = []",
            "extra_bank_holidays = 2030-05-07",
            "extra_bank_holidays: must be a list of dates written like 2030-05-07, without quotation marks.",
        ),
        (
            "extra_bank_holidays = []",
            "extra_bank_holidays = [2030-05-07, 2030-05-07]",
            "extra_bank_holidays: holds 2030-05-07 more than once.",
        ),
        (
            "extra_bank_holidays = []",
            "extra_bank_holidays = [2030-05-03, 2030-05-04]",
            "extra_bank_holidays: 2030-05-04 is at a weekend; check the date.",
        ),
        (
            "round_months = [5,",
            "round_months = [13,",
            "numbers.round_months: must be a list of different whole numbers from 1 to 12.",
        ),
        (
            "round_months = [5,",
            "round_months = [0,",
            "numbers.round_months: must be a list of different whole numbers from 1 to 12.",
        ),
        (
            "round_months = [5,",
            "round_months = [7,",
            "numbers.round_months: must be a list of different whole numbers from 1 to 12.",
        ),
        (
            "round_months = [5, 7, 9, 11, 1, 3]",
            "round_months = []",
            "numbers.round_months: must be a list of different whole numbers from 1 to 12.",
        ),
        (
            "round_months = [5, 7, 9, 11, 1, 3]",
            "round_months = 5",
            "numbers.round_months: must be a list of different whole numbers from 1 to 12.",
        ),
        (
            "lookback_months = 6",
            "lookback_months = true",
            "numbers.lookback_months: must be a whole number from 1 to 24.",
        ),
        (
            "lookback_months = 6",
            "lookback_months = 25",
            "numbers.lookback_months: must be a whole number from 1 to 24.",
        ),
        (
            "lookback_months = 6",
            "lookback_monts = 6",
            "numbers.lookback_months: is missing.",
        ),
        (
            "lookback_months = 6",
            "lookback_months = 6\nlookback_monts = 6",
            "numbers.lookback_monts: is not known here; check its spelling.",
        ),
        (
            "allocate_on_day = 1 ",
            "allocate_on_day = 29 ",
            "numbers.allocate_on_day: must be a whole number from 1 to 28.",
        ),
        (
            'grade = "inadequate"',
            'grade = "poor"',
            "grades[4].grade: must be one of outstanding, good, requires_improvement, inadequate.",
        ),
        ('grade = "inadequate"', 'grade = "poor"', 'grades: the grade "inadequate" is missing.'),
        ('grade = "inadequate"', 'grade = "good"', 'grades: "good" stands there more than once.'),
        ('label = "Inadequate"', 'label = "Good"', 'grades: "Good" stands there more than once.'),
        (
            "Practice is dependably good",
            "x" * 141,
            "grades[1].definition: is longer than 140 characters.",
        ),
        (
            'key = "accept"',
            'key = "begin"',
            "steps: must be these seven in this order: "
            "accept, file, voices, conversation, judge, actions, submit.",
        ),
        (
            'aim = "due"',
            'aim = "soon"',
            'steps[7].aim: must be days from 0 to 31, "due" or "accept_working_days".',
        ),
        ("aim = 9", "aim = 32", 'steps[2].aim: must be days from 0 to 31, "due" or "accept_working_days".'),
        ("aim = 9", "", "steps[2].aim: is missing."),
        *(
            (f'key = "{key}"', 'key = "plans"', f'sections: the section "{key}" is missing.')
            for key in ("contact", "recording", "assessment", "planning", "review", "oversight", "impact")
        ),
        ('key = "feedback"\ntitle', 'key = "plans"\ntitle', 'sections: the section "feedback" is missing.'),
        ('key = "planning"', 'key = "Planning 2"', "sections[4].key: must be small letters only."),
        (
            'key = "planning"',
            'key = "overall"',
            'sections[4].key: "overall" is the name of another page; choose another word.',
        ),
        *(
            (
                'key = "planning"',
                f'key = "{word}"',
                f'sections[4].key: "{word}" is the name of another page; choose another word.',
            )
            for word in (
                *("everything", "overview", "here", "summary", "comment", "start", "grades", "writing"),
                *("journey", "file", "voice_child", "voice_parent", "voice_agency"),
                *("conversation", "overall", "actions"),
            )
        ),
        ('key = "planning"', 'key = "review"', 'sections: "review" stands there more than once.'),
        (
            'id = "GL-P7"',
            'id = "GL-R7"',
            'sections[4].items: "GL-R7" must be the prefix "GL-P" and a number.',
        ),
        ('id = "GL-P7"', 'id = "GL-P6"', 'rules: "GL-P6" stands there more than once.'),
        (
            'id = "GL-P7", text',
            'why = 1, id = "GL-P7", text',
            "sections[4].items[7].why: is not known here; check its spelling.",
        ),
        ('id = "GL-P7", text', 'id = "GL-P7", words', "sections[4].items[7].text: is missing."),
        (
            'prefix = "GL-M"',
            'prefix = "GL-M"\nonly_with_recent_contact = true',
            "sections[6].only_with_recent_contact: oversight is judged in every audit (CA-14).",
        ),
        (
            "only_with_recent_contact = true ",
            'only_with_recent_contact = "yes" ',
            "sections[1].only_with_recent_contact: must be true or false.",
        ),
        (
            'CA-06 = { basis = "F"',
            'CA-06 = { basis = "FF"',
            "rules.CA-06.basis: is longer than 1 characters.",
        ),
        (
            'CA-06 = { basis = "F"',
            'CA-06 = { basis = "X"',
            'rules.CA-06.basis: must be "F" (stated), "R" (our reading) or "P" (product default).',
        ),
        (
            'CA-06 = { basis = "F"',
            'Rule6 = { basis = "F"',
            "rules.Rule6: is not shaped like a rule id such as CA-06, GL-P7 or Q18.",
        ),
        (
            'CA-06 = { basis = "F", ',
            'CA-06 = { why = 1, basis = "F", ',
            "rules.CA-06.why: is not known here; check its spelling.",
        ),
        (
            "PR-02 = {",
            'GL-P7 = { basis = "F", text = "Again." }\nPR-02 = {',
            'rules: "GL-P7" stands there more than once.',
        ),
        ("CA-06 = { basis", "CA-06 = 6\nCA-99 = { basis", "rules.CA-06: must be a table."),
        (
            'GP-06 = "Management',
            'GP-07 = "Management',
            "tags.GP-07: is not a component of good practice among the rules (GP-).",
        ),
        (
            'GP-06 = "Management',
            'CA-06 = "Management',
            "tags.CA-06: is not a component of good practice among the rules (GP-).",
        ),
        ('WH-08 = "Say', 'WH-09 = "Say', "writing_hints.WH-09: is not a writing hint among the rules (WH-)."),
        ('"JSMT"]', '"JSMT", "CDLT"]', 'bodies: "cdlt" stands there more than once.'),
        ('"Brambles Team"]', '"conifers"]', 'services: "conifers" stands there more than once.'),
        (
            'aliases = ["EH", "EHP"',
            'aliases = ["CIN", "EHP"',
            'plan_types: "cin" stands there more than once.',
        ),
        ("aliases = []", 'aliases = ["X", "X"]', 'bodies[2].aliases: holds "X" more than once.'),
        ("aliases = []", "aliases = [4]", "bodies[2].aliases: must be a list of texts in quotation marks."),
        ("from_years = 0", "from_years = 2", "age_bands: must begin at 0 and go up."),
        ("from_years = 5", "from_years = 0", "age_bands: must begin at 0 and go up."),
        ('label = "5 to 9"', 'label = "1 to 4"', 'age_bands: "1 to 4" stands there more than once.'),
        *(
            (
                f"\n{words} = [",
                f'\n{words} = ["Big", ',
                f"coach.{words}: must be in small letters, because text is compared that way.",
            )
            for words in ("open_phrases", "reason_words", "effect_words", "child_words")
        ),
        *(
            (f"\n{words} = [", f"\n{words} = []\nother = [", f"coach.{words}: must not be an empty list.")
            for words in ("open_phrases", "reason_words", "effect_words", "child_words")
        ),
        ("[numbers]", "colour = 1\n[numbers]", "colour: is not known here; check its spelling."),
    ],
)
def test_a_mistake_is_named_with_its_place(old: str, new: str, error: str) -> None:
    errors = errors_after((old, new))

    assert error in errors


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [
        ("lookback_months", 1, 24),
        ("cover_months", 1, 60),
        ("repeat_pair_months", 0, 60),
        ("accept_working_days", 1, 20),
        ("practitioner_comment_working_days", 1, 40),
        ("manager_review_working_days", 1, 40),
        ("sources_wanted", 1, 6),
        ("action_working_days", 1, 250),
        ("action_working_days_inadequate", 1, 250),
        ("safety_escalate_hours", 1, 23),
        ("typed_repeat_seconds", 1, 3600),
        ("allocate_on_day", 1, 28),
    ],
)
def test_each_number_has_a_least_and_a_most(key: str, low: int, high: int) -> None:
    def with_number(value: int) -> str:
        text, edits = re.subn(rf"(?m)^{key} = \d+", f"{key} = {value}", SHIPPED)
        assert edits == 1
        return text

    for value in (low, high):
        assert getattr(read(with_number(value)).numbers, key) == value
    for value in (low - 1, high + 1):
        with pytest.raises(FrameworkInvalid, match=f"{key}: must be a whole number from {low} to {high}"):
            read(with_number(value))


@pytest.mark.parametrize(
    ("before", "named", "longest"),
    [
        ("version = ", "version", 20),
        ('key = "contact"\ntitle = ', "sections[1].title", 60),
        ("question = ", "sections[1].question", 160),
        ('id = "GL-C1", text = ', "sections[1].items[1].text", 160),
        ('key = "accept"\ntitle = ', "steps[1].title", 80),
        ('PR-01 = { basis = "F", text = ', "rules.PR-01.text", 400),
        ('grade = "outstanding"\nlabel = ', "grades[1].label", 30),
        ("definition = ", "grades[1].definition", 140),
        ('GP-01 = "', "tags.GP-01", 60),
        ('WH-01 = "', "writing_hints.WH-01", 200),
    ],
)
def test_each_text_has_a_longest(before: str, named: str, longest: int) -> None:
    def with_text(length: int) -> str:
        pattern = rf'(?m)^(.*{re.escape(before.removesuffix(chr(34)))})"[^"\n]*"'
        text, edits = re.subn(pattern, rf'\g<1>"{"x" * length}"', SHIPPED, count=1)
        assert edits == 1
        return text

    read(with_text(longest))
    with pytest.raises(FrameworkInvalid) as caught:
        read(with_text(longest + 1))

    assert caught.value.errors == (f"{named}: is longer than {longest} characters.",)


@pytest.mark.parametrize("value", ["[]", "3", '"contact"', "[1]", "[{}, 1]", "{}"])
def test_a_list_of_tables_holds_tables_and_at_least_one(value: str) -> None:
    with pytest.raises(FrameworkInvalid) as caught:
        read(f"sections = {value}")

    assert "sections: must be a list of tables with at least one in it." in caught.value.errors


@pytest.mark.parametrize(("years", "errors"), [(25, 0), (26, 1)])
def test_the_oldest_band_begins_at_twenty_five_at_most(years: int, errors: int) -> None:
    text, edits = re.subn(r"(?m)from_years = 18\b", f"from_years = {years}", SHIPPED)
    assert edits == 1

    found = errors_in(text)

    assert found[:1] == ("age_bands[6].from_years: must be a whole number from 0 to 25.",)[:errors]


@pytest.mark.parametrize("days", [0, 31])
def test_a_step_may_aim_at_any_day_of_a_month(days: int) -> None:
    assert read(SHIPPED.replace("aim = 9", f"aim = {days}", 1)).steps[1].aim_days == days


def test_all_mistakes_come_at_once() -> None:
    errors = errors_after(
        ('version = "1.0"', ""),
        ("round_months = [5,", "round_months = [13,"),
        ('grade = "inadequate"', 'grade = "poor"'),
        ('id = "GL-P7"', 'id = "GL-R70"'),
    )

    assert {error.split(":")[0] for error in errors} >= {
        "version",
        "numbers.round_months",
        "grades[4].grade",
        "grades",
        "sections[4].items",
    }


def test_an_empty_file_lists_everything_it_lacks() -> None:
    with pytest.raises(FrameworkInvalid) as caught:
        read("")

    missing = {error.split(":")[0] for error in caught.value.errors if error.endswith("is missing.")}
    assert missing >= {"version", "dated", "numbers", "sections", "grades", "steps", "rules", "coach"}


def test_grades_out_of_order_are_refused() -> None:
    errors = errors_after(
        ('grade = "outstanding"', 'grade = "swap"'),
        ('grade = "good"', 'grade = "outstanding"'),
        ('grade = "swap"', 'grade = "good"'),
    )

    assert errors == ("grades: must stand in order, the best first.",)


def test_text_that_is_not_toml_is_said_to_be_so() -> None:
    with pytest.raises(FrameworkInvalid) as caught:
        read("version = ")

    assert caught.value.errors[0].startswith("The file is not valid TOML: ")


def test_the_message_lists_every_mistake_and_is_meant_for_people() -> None:
    invalid = FrameworkInvalid(("a: is missing.", "b: is empty."))

    assert isinstance(invalid, RuleBroken)
    assert str(invalid).endswith("- a: is missing.\n- b: is empty.")


def test_a_file_saved_by_a_windows_editor_is_read() -> None:
    framework = read("\ufeff" + SHIPPED.replace("\n", "\r\n"))

    assert framework.version == "1.0"


def test_a_council_may_change_a_number() -> None:
    framework = read(SHIPPED.replace("accept_working_days = 3 ", "accept_working_days = 4 ", 1))

    assert framework.numbers.accept_working_days == 4
    assert framework.steps[0].aim_working_days == 4


def test_a_council_may_add_days_on_which_nobody_works() -> None:
    added = SHIPPED.replace("extra_bank_holidays = []", "extra_bank_holidays = [2030-05-07, 2030-06-14]")
    without = SHIPPED.replace("extra_bank_holidays = []", "")

    assert read(added).extra_bank_holidays == {date(2030, 5, 7), date(2030, 6, 14)}
    assert read(SHIPPED).extra_bank_holidays == read(without).extra_bank_holidays == frozenset()


def test_a_council_may_add_a_section() -> None:
    added = (
        '[[sections]]\nkey = "transition"\ntitle = "Transition"\nprefix = "GL-T"\n'
        'question = "Is this child ready?"\nitems = [{ id = "GL-T1", text = "Ready." }]\n\n[tags]'
    )

    framework = read(SHIPPED.replace("[tags]", added, 1))

    assert framework.section("transition").items[0].id == "GL-T1"
    assert framework.rules["GL-T1"].text == "Ready."


def test_rules_cannot_be_changed_once_read() -> None:
    framework = read(SHIPPED)

    with pytest.raises(TypeError):
        framework.rules["CA-06"] = framework.rules["CA-05"]  # type: ignore[index]
