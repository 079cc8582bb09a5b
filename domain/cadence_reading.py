"""From the `[[cadence]]` tables of the framework file to the lines of the calendar, every mistake noted."""

import re
from collections import Counter
from collections.abc import Collection
from datetime import time
from enum import StrEnum
from typing import TypeVar

from domain.cadence import DayOff, Every, Line, Missed
from domain.framework_fields import Fields

LINES_COUNTED_ON = ("allocate", "seal")
"""What the product cannot do without: audits go out (CA-05) and the trail is sealed (SG-05)."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_Choice = TypeVar("_Choice", bound=StrEnum)


def read_cadence(top: Fields, *, allocate_on_day: int, rule_ids: Collection[str]) -> tuple[Line, ...]:
    """The calendar's lines as they stand in the file."""
    lines = tuple(_line(fields, allocate_on_day, rule_ids) for fields in top.each("cadence"))
    for key, times in Counter(line.key for line in lines).items():
        if key and times > 1:
            top.wrong("cadence", f'"{key}" stands there more than once')
    for key in LINES_COUNTED_ON:
        if top.has("cadence") and key not in {line.key for line in lines}:
            top.wrong("cadence", f'the line "{key}" is missing')
    return lines


def _line(fields: Fields, allocate_on_day: int, rule_ids: Collection[str]) -> Line:
    key = fields.text("key", longest=30)
    title = fields.text("title", longest=80)
    every = _choice(fields, "every", Every, Every.DAY, required=True)
    line = Line(
        key=key,
        title=title,
        rules=read_rules(fields, rule_ids),
        every=every,
        at=read_time(fields),
        weekday=read_weekday(fields) if every is Every.WEEK else 0,
        day=_day(fields, allocate_on_day) if every is Every.MONTH else 1,
        offset_days=fields.whole("offset_days", -60, 60) if every in (Every.ROUND, Every.QUARTER) else 0,
        day_off=_choice(fields, "day_off", DayOff, DayOff.STAYS),
        missed=_choice(fields, "missed", Missed, Missed.EACH),
    )
    if key and not re.fullmatch(r"[a-z][a-z_]*", key):
        fields.wrong("key", "must be small letters, with _ between words")
    if every in (Every.DAY, Every.WORKING_DAY) and line.day_off is not DayOff.STAYS:
        fields.wrong("day_off", f'has no meaning for every "{every}"')
    fields.done()
    return line


def read_rules(fields: Fields, rule_ids: Collection[str]) -> tuple[str, ...]:
    """The rule ids under "rules", those the file does not know noted."""
    rules = fields.texts("rules")
    for rule in rules:
        if rule and rule not in rule_ids:
            fields.wrong("rules", f'"{rule}" is not among the rules of this file')
    return rules


def read_time(fields: Fields) -> time:
    """The London time of day under "at", midnight when it is wrong."""
    written = fields.raw("at")
    if isinstance(written, str) and (found := _TIME.fullmatch(written)):
        return time(int(found[1]), int(found[2]))
    if written is not None:
        fields.wrong("at", 'must be a time of day such as "08:30"')
    return time(0)


def read_weekday(fields: Fields) -> int:
    """The day of the week under "weekday", Monday 0."""
    name = fields.text("weekday", longest=20).lower()
    if name in WEEKDAYS:
        return WEEKDAYS.index(name)
    if name:
        fields.wrong("weekday", f"must be one of {', '.join(WEEKDAYS)}")
    return 0


def _day(fields: Fields, allocate_on_day: int) -> int:
    written = fields.raw("day")
    if isinstance(written, int) and not isinstance(written, bool) and 1 <= written <= 31:
        return written
    if written == "allocate_on_day":
        return allocate_on_day
    if written is not None:
        fields.wrong("day", 'must be a day of the month from 1 to 31, or "allocate_on_day"')
    return 1


def _choice(
    fields: Fields, key: str, choices: type[_Choice], default: _Choice, *, required: bool = False
) -> _Choice:
    """One of the words of this list, the default when it is left out."""
    if not required and not fields.has(key):
        return default
    word = fields.text(key, longest=40)
    if word in set(choices):
        return choices(word)
    if word:
        fields.wrong(key, f"must be one of {', '.join(choices)}")
    return default
