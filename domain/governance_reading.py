"""From the `[[meetings]]` and `[[plan]]` tables of the framework file to their lines, every mistake noted."""

import re
from collections import Counter
from collections.abc import Collection

from domain.cadence_reading import read_rules, read_time, read_weekday
from domain.framework_fields import Fields
from domain.governance import ActivityKind, ActivityLine, AgendaItem, MeetingLine
from domain.people import Post


def read_meetings(
    top: Fields, *, bodies: Collection[str], rule_ids: Collection[str]
) -> tuple[MeetingLine, ...]:
    """The bodies that meet, as they stand in the file."""
    lines = tuple(_meeting(fields, bodies, rule_ids) for fields in top.each("meetings"))
    _once(top, "meetings", [line.key for line in lines])
    return lines


def read_plan(top: Fields, *, rule_ids: Collection[str]) -> tuple[ActivityLine, ...]:
    """The activities of every year, as they stand in the file."""
    lines = tuple(_activity(fields, rule_ids) for fields in top.each("plan"))
    _once(top, "plan", [line.key for line in lines])
    return lines


def _meeting(fields: Fields, bodies: Collection[str], rule_ids: Collection[str]) -> MeetingLine:
    chairs = _posts(fields, "chairs")
    line = MeetingLine(
        key=_key(fields),
        body=fields.text("body", longest=60),
        of_each_service=fields.flag("of_each_service", default=False),
        months=fields.wholes("months", 1, 12),
        week=fields.whole("week", 1, 5),
        weekday=read_weekday(fields),
        at=read_time(fields),
        minutes=fields.whole("minutes", 15, 600),
        chairs=chairs,
        members=tuple(dict.fromkeys((*chairs, *_posts(fields, "members")))),
        items=tuple(_item(inner, rule_ids) for inner in fields.each("items")),
    )
    if line.body and line.body not in bodies:
        fields.wrong("body", f'"{line.body}" is not among the bodies of this file')
    _once(fields, "items", [item.key for item in line.items])
    fields.done()
    return line


def _item(fields: Fields, rule_ids: Collection[str]) -> AgendaItem:
    item = AgendaItem(_key(fields), fields.text("title", longest=100), read_rules(fields, rule_ids))
    fields.done()
    return item


def _activity(fields: Fields, rule_ids: Collection[str]) -> ActivityLine:
    key = _key(fields)
    title = fields.text("title", longest=100)
    kind = fields.text("kind", longest=20)
    if kind and kind not in set(ActivityKind):
        fields.wrong("kind", f"must be one of {', '.join(ActivityKind)}")
    line = ActivityLine(
        key=key,
        title=title,
        kind=ActivityKind(kind) if kind in set(ActivityKind) else ActivityKind.OTHER,
        months=fields.wholes("months", 1, 12),
        weeks=fields.whole("weeks", 1, 52),
        owner=next(iter(_named_posts(fields, "owner", (fields.text("owner", longest=60),))), Post.QAO),
        hours=fields.whole("hours", 0, 10_000),
        rules=read_rules(fields, rule_ids),
    )
    fields.done()
    return line


def _key(fields: Fields) -> str:
    key = fields.text("key", longest=30)
    if key and not re.fullmatch(r"[a-z][a-z_]*", key):
        fields.wrong("key", "must be small letters, with _ between words")
    return key


def _posts(fields: Fields, key: str) -> tuple[Post, ...]:
    return _named_posts(fields, key, fields.texts(key))


def _named_posts(fields: Fields, key: str, names: Collection[str]) -> tuple[Post, ...]:
    for name in names:
        if name and name not in set(Post):
            fields.wrong(key, f'"{name}" is no post; the posts are {", ".join(Post)}')
    return tuple(Post(name) for name in names if name in set(Post))


def _once(fields: Fields, key: str, names: Collection[str]) -> None:
    for name, times in Counter(names).items():
        if name and times > 1:
            fields.wrong(key, f'"{name}" stands there more than once')
