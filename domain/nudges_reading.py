"""From the `[[nudges]]` tables of the framework file to the lines of the nudges, every mistake noted."""

import re
from collections import Counter
from collections.abc import Collection
from enum import StrEnum
from typing import TypeVar

from domain.framework_fields import Fields
from domain.nudges import About, CountedFrom, NudgeLine, Tells

MOST_WORKING_DAYS = 60

_Choice = TypeVar("_Choice", bound=StrEnum)


def read_nudges(top: Fields, *, rule_ids: Collection[str]) -> tuple[NudgeLine, ...]:
    """The lines of the nudges as they stand in the file."""
    lines = tuple(_line(fields, rule_ids) for fields in top.each("nudges"))
    for key, times in Counter(line.key for line in lines).items():
        if key and times > 1:
            top.wrong("nudges", f'"{key}" stands there more than once')
    tells_on = any(line.tells is Tells.SERVICE_MANAGER and line.about is About.AUDIT for line in lines)
    if top.has("nudges") and not tells_on:
        top.wrong("nudges", "no line tells the service manager of an overdue audit (CA-06)")
    return lines


def _line(fields: Fields, rule_ids: Collection[str]) -> NudgeLine:
    line = NudgeLine(
        key=fields.text("key", longest=30),
        about=_choice(fields, "about", About, About.AUDIT),
        counted_from=_choice(fields, "from", CountedFrom, CountedFrom.DUE),
        working_days=fields.whole("working_days", -MOST_WORKING_DAYS, MOST_WORKING_DAYS),
        says=fields.text("says", longest=120),
        rules=_rules(fields, rule_ids),
        tells=_choice(fields, "tells", Tells, Tells.OWN) if fields.has("tells") else Tells.OWN,
        every=fields.whole("every_working_days", 1, MOST_WORKING_DAYS)
        if fields.has("every_working_days")
        else 0,
    )
    if line.key and not re.fullmatch(r"[a-z][a-z0-9_]*", line.key):
        fields.wrong("key", "must be small letters and digits, with _ between words")
    if line.counted_from is CountedFrom.START and line.working_days < 0:
        fields.wrong("working_days", "must not be before the start")
    if line.about is About.COMMENT and line.chases:
        fields.wrong("working_days", "comments are invited, never chased once their days are over (Q26)")
    if line.tells is not Tells.OWN and not line.chases:
        fields.wrong("tells", "managers are told of what is overdue, so the line must come after the due day")
    if line.every and (not line.chases or line.tells is not Tells.OWN):
        fields.wrong("every_working_days", "only what chases the person themselves is said again and again")
    fields.done()
    return line


def _rules(fields: Fields, rule_ids: Collection[str]) -> tuple[str, ...]:
    rules = fields.texts("rules")
    for rule in rules:
        if rule and rule not in rule_ids:
            fields.wrong("rules", f'"{rule}" is not among the rules of this file')
    return rules


def _choice(fields: Fields, key: str, choices: type[_Choice], empty: _Choice) -> _Choice:
    word = fields.text(key, longest=40)
    if word in set(choices):
        return choices(word)
    if word:
        fields.wrong(key, f"must be one of {', '.join(choices)}")
    return empty
