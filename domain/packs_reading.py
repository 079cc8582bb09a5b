"""From the `[[packs]]` tables of the framework file to their lines, every mistake noted."""

from collections import Counter
from collections.abc import Collection

from domain.cadence_reading import read_rules
from domain.framework_fields import Fields
from domain.governance import MeetingLine, line_named
from domain.packs import PackKind, PackLine, Span
from domain.people import Post


def read_packs(
    top: Fields, *, meetings: Collection[MeetingLine], rule_ids: Collection[str]
) -> tuple[PackLine, ...]:
    """The packs as they stand in the file."""
    lines = tuple(_pack(fields, meetings, rule_ids) for fields in top.each("packs"))
    for kind, times in Counter(line.kind for line in lines).items():
        if times > 1:
            top.wrong("packs", f'"{kind}" stands there more than once')
    return lines


def _pack(fields: Fields, meetings: Collection[MeetingLine], rule_ids: Collection[str]) -> PackLine:
    kind, span = fields.text("key", longest=30), fields.text("span", longest=20)
    if kind and kind not in set(PackKind):
        fields.wrong("key", f"must be one of {', '.join(PackKind)}")
    if span and span not in set(Span):
        fields.wrong("span", f"must be one of {', '.join(Span)}")
    meeting = fields.text("meeting", longest=30) if fields.has("meeting") else ""
    readers = fields.texts("readers") if fields.has("readers") else ()
    to_staff = fields.flag("to_staff", default=False)
    body = line_named(meetings, meeting)
    if meeting and body is None:
        fields.wrong("meeting", f'"{meeting}" is no body that meets in this file')
    elif body is not None and body.of_each_service:
        fields.wrong("meeting", f'"{meeting}" meets in each service, and a pack is the council\'s')
    if sum((bool(meeting), bool(readers), to_staff)) != 1:
        fields.wrong("", "needs one of meeting, readers and to_staff, to say who reads it")
    own_months = body is None or fields.has("months")
    line = PackLine(
        kind=PackKind(kind) if kind in set(PackKind) else PackKind.QA_GROUP,
        title=fields.text("title", longest=60),
        span=Span(span) if span in set(Span) else Span.QUARTER,
        months=fields.wholes("months", 1, 12) if own_months or body is None else body.months,
        working_days=fields.whole("working_days", 1, 20),
        approver=next(iter(_posts(fields, "approver", (fields.text("approver", longest=60),))), Post.AD_QA),
        rules=read_rules(fields, rule_ids),
        meeting=meeting,
        readers=_posts(fields, "readers", readers),
        to_staff=to_staff,
    )
    if body is not None and not set(line.months) <= set(body.months):
        fields.wrong("months", f'holds a month in which "{meeting}" does not meet')
    fields.done()
    return line


def _posts(fields: Fields, key: str, names: Collection[str]) -> tuple[Post, ...]:
    for name in names:
        if name and name not in set(Post):
            fields.wrong(key, f'"{name}" is no post; the posts are {", ".join(Post)}')
    return tuple(Post(name) for name in names if name in set(Post))
