"""A council edits the lines of the nudges: every mistake is named with its place, all at once."""

from pathlib import Path

import pytest

from domain.framework_reading import FrameworkInvalid, read
from domain.nudges import Tells

SHIPPED = (Path(__file__).parents[2] / "domain" / "framework.toml").read_text(encoding="utf-8")
PLAIN = {
    "key": '"extra"',
    "about": '"audit"',
    "from": '"due"',
    "working_days": "2",
    "says": '"Something."',
    "rules": '["CA-06"]',
}
ANCHOR = "# --- What good looks like."


def errors_of(**changes: str) -> tuple[str, ...]:
    written = "\n".join(f"{key} = {value}" for key, value in {**PLAIN, **changes}.items() if value)
    try:
        read(SHIPPED.replace(ANCHOR, f"[[nudges]]\n{written}\n\n{ANCHOR}", 1))
    except FrameworkInvalid as invalid:
        return tuple(error.partition("]")[2] for error in invalid.errors)
    return ()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({}, ""),
        ({"tells": '"team manager"'}, ""),
        (
            {"about": '"tea"'},
            ".about: must be one of accept, audit, comment, review, action, moderate, late_moderation, "
            "nomination, talk, confirm, supervise, reflect, file, impact.",
        ),
        ({"from": '"end"'}, ".from: must be one of start, half way, due."),
        ({"working_days": "61"}, ".working_days: must be a whole number from -60 to 60."),
        ({"from": '"start"', "working_days": "-1"}, ".working_days: must not be before the start."),
        (
            {"about": '"comment"', "working_days": "1"},
            ".working_days: comments are invited, never chased once their days are over (Q26).",
        ),
        (
            {"working_days": "0", "tells": '"service manager"'},
            ".tells: managers are told of what is overdue, so the line must come after the due day.",
        ),
        ({"every_working_days": "2"}, ""),
        (
            {"working_days": "-1", "every_working_days": "2"},
            ".every_working_days: only what chases the person themselves is said again and again.",
        ),
        (
            {"tells": '"team manager"', "every_working_days": "2"},
            ".every_working_days: only what chases the person themselves is said again and again.",
        ),
        ({"every_working_days": "0"}, ".every_working_days: must be a whole number from 1 to 60."),
        ({"rules": '["CA-99"]'}, '.rules: "CA-99" is not among the rules of this file.'),
        ({"key": '"Extra"'}, ".key: must be small letters and digits, with _ between words."),
        ({"says": ""}, ".says: is missing."),
        ({"colour": '"red"'}, ".colour: is not known here; check its spelling."),
    ],
)
def test_a_line_is_read_or_its_mistake_named(changes: dict[str, str], error: str) -> None:
    assert errors_of(**changes) == ((error,) if error else ())


def test_a_key_stands_once() -> None:
    text = SHIPPED.replace('key = "half_way"', 'key = "allocated"', 1)

    with pytest.raises(FrameworkInvalid, match='"allocated" stands there more than once'):
        read(text)


@pytest.mark.rule("CA-06")
def test_the_service_manager_is_told_whatever_a_council_edits() -> None:
    text = SHIPPED.replace('tells = "service manager"\n', "", 1)

    with pytest.raises(FrameworkInvalid, match="no line tells the service manager"):
        read(text)


@pytest.mark.rule("CA-06", "CA-23")
def test_the_shipped_lines_tell_managers_of_audits_and_actions() -> None:
    told = {line.key: line.tells for line in read(SHIPPED).nudges if line.tells is not Tells.OWN}

    assert told == {"overdue_told": Tells.SERVICE_MANAGER, "action_overdue": Tells.TEAM_MANAGER}
