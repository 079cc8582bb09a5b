"""A council edits the calendar's lines: every mistake is named with its place, all at once."""

from datetime import time
from pathlib import Path

import pytest

from domain.cadence import DayOff, Every, Line, Missed
from domain.framework_reading import FrameworkInvalid, read

SHIPPED = (Path(__file__).parents[2] / "domain" / "framework.toml").read_text(encoding="utf-8")
PLAIN = '[[cadence]]\nkey = "extra"\ntitle = "An extra line"\nrules = ["CA-05"]\nat = "07:05"\n'
ANCHOR = "# --- What good looks like."


def reading(line: str) -> Line | tuple[str, ...]:
    """The extra line as it was read, or the errors without their place."""
    text = SHIPPED.replace(ANCHOR, f"{line}\n\n{ANCHOR}", 1)
    try:
        return next(found for found in read(text).cadence if found.key == "extra")
    except FrameworkInvalid as invalid:
        return tuple(error.partition("]")[2] for error in invalid.errors)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('every = "day"', {}),
        ('every = "day"\nday_off = "stays"\nmissed = "each"', {}),
        ('every = "working day"', {"every": Every.WORKING_DAY}),
        (
            'every = "week"\nweekday = "Wednesday"\nday_off = "working day after"',
            {"every": Every.WEEK, "weekday": 2, "day_off": DayOff.AFTER},
        ),
        ('every = "month"\nday = 1', {"every": Every.MONTH}),
        ('every = "month"\nday = 31', {"every": Every.MONTH, "day": 31}),
        ('every = "month"\nday = "allocate_on_day"', {"every": Every.MONTH, "day": 1}),
        (
            'every = "round"\noffset_days = -14\nmissed = "latest"',
            {"every": Every.ROUND, "offset_days": -14, "missed": Missed.LATEST},
        ),
    ],
)
def test_a_line_is_read(more: str, expected: dict[str, object]) -> None:
    given = {
        "key": "extra",
        "title": "An extra line",
        "rules": ("CA-05",),
        "every": Every.DAY,
        "at": time(7, 5),
    }

    found = reading(PLAIN + more)

    assert found == Line(**{**given, **expected})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "errors"),
    [
        (PLAIN, (".every: is missing.",)),
        (
            PLAIN + 'every = "year"',
            (".every: must be one of day, working day, week, month, quarter, round.",),
        ),
        (PLAIN + 'every = "week"', (".weekday: is missing.",)),
        (
            PLAIN + 'every = "week"\nweekday = "Mon"',
            (".weekday: must be one of monday, tuesday, wednesday, thursday, friday, saturday, sunday.",),
        ),
        (PLAIN + 'every = "month"', (".day: is missing.",)),
        *(
            (
                PLAIN + f'every = "month"\nday = {day}',
                ('.day: must be a day of the month from 1 to 31, or "allocate_on_day".',),
            )
            for day in ("0", "32", "true", '"last"')
        ),
        (PLAIN + 'every = "round"', (".offset_days: is missing.",)),
        (
            PLAIN + 'every = "round"\noffset_days = -61',
            (".offset_days: must be a whole number from -60 to 60.",),
        ),
        (PLAIN + 'every = "day"\nday = 1', (".day: is not known here; check its spelling.",)),
        (
            PLAIN + 'every = "working day"\nday_off = "working day after"',
            ('.day_off: has no meaning for every "working day".',),
        ),
        (
            PLAIN + 'every = "day"\nmissed = "all"',
            (".missed: must be one of each, latest.",),
        ),
        *(
            (
                PLAIN.replace("07:05", written) + 'every = "day"',
                ('.at: must be a time of day such as "08:30".',),
            )
            for written in ("24:00", "7:05", "07:60", "07:05:00", "07.05")
        ),
        (
            PLAIN.replace('"07:05"', "07:05:00") + 'every = "day"',
            ('.at: must be a time of day such as "08:30".',),
        ),
        (
            PLAIN.replace("An extra line", "x" * 81) + 'every = "day"',
            (".title: is longer than 80 characters.",),
        ),
        (
            PLAIN.replace('"extra"', f'"{"x" * 31}"') + 'every = "day"',
            (".key: is longer than 30 characters.",),
        ),
        (
            PLAIN.replace("CA-05", "CA-99") + 'every = "day"',
            ('.rules: "CA-99" is not among the rules of this file.',),
        ),
        (
            PLAIN.replace('"extra"', '"Extra line"') + 'every = "day"',
            (".key: must be small letters, with _ between words.",),
        ),
        (
            PLAIN.replace('at = "07:05"', "") + 'every = "weekly"',
            (".every: must be one of day, working day, week, month, quarter, round.", ".at: is missing."),
        ),
    ],
)
def test_every_mistake_in_a_line_is_named(line: str, errors: tuple[str, ...]) -> None:
    assert reading(line) == errors


def test_two_lines_of_one_key_are_refused() -> None:
    text = SHIPPED.replace('key = "tidy"', 'key = "seal"', 1)

    with pytest.raises(FrameworkInvalid, match='cadence: "seal" stands there more than once'):
        read(text)


@pytest.mark.rule("CA-05", "SG-05")
@pytest.mark.parametrize("key", ["allocate", "seal"])
def test_a_line_the_product_counts_on_may_not_be_left_out(key: str) -> None:
    text = SHIPPED.replace(f'key = "{key}"', 'key = "another"', 1)

    with pytest.raises(FrameworkInvalid, match=f'cadence: the line "{key}" is missing'):
        read(text)


def test_a_file_without_a_calendar_is_refused() -> None:
    head, _, rest = SHIPPED.partition("[[cadence]]")
    text = head + rest[rest.index(ANCHOR) :]

    with pytest.raises(FrameworkInvalid, match="cadence: is missing"):
        read(text)
