"""A council edits a copy of the file: every mistake is named with its place, all at once."""

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
        ('key = "planning"', 'key = "plans"', 'sections: the section "planning" is missing.'),
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
            for word in ("everything", "overview", "here", "summary", "comment", "grades")
        ),
        ('key = "planning"', 'key = "review"', 'sections: "review" stands there more than once.'),
        (
            'id = "GL-P7"',
            'id = "GL-R7"',
            'sections[4].items: "GL-R7" must be the prefix "GL-P" and a number.',
        ),
        ('id = "GL-P7"', 'id = "GL-P6"', 'rules: "GL-P6" stands there more than once.'),
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
        (
            '"it seems", ',
            '"It seems", ',
            "coach.open_phrases: must be in small letters, because text is compared that way.",
        ),
        ("[numbers]", "colour = 1\n[numbers]", "colour: is not known here; check its spelling."),
    ],
)
def test_a_mistake_is_named_with_its_place(old: str, new: str, error: str) -> None:
    errors = errors_after((old, new))

    assert error in errors


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
