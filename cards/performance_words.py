"""The report of a month, quarter or year in words; whole for Word and Excel, and what matters for a card.

Both are made from the same content, so a figure on the card is the figure in the copies. A card has what is
furthest off its target and who answers for it; what is steady, and the whole of what people wrote, is in the
copies. Source: PF-05, PF-07, PF-08, PF-09, PF-10, PF-13.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from cards.brief_words import brief_parts, short
from cards.numbers_words import SUPPRESSED, exception_parts, figure_parts, lead
from cards.wording import count, day
from domain.days import local_day
from domain.narratives import TITLES, period_of
from domain.narratives import Report as Kind
from domain.performance_report import LockedReport, ReportContent, Written
from domain.reporting import Line, Part, Report

WRITERS, WORDS = 8, 85
"""So many who wrote, and characters of each, on a card."""
_NAMES_PEOPLE = "It names managers, so it is for its readers. The Lead Member has a summary of their own."


def performance_report(
    *,
    kind: Kind,
    period_on: date,
    content: ReportContent,
    locked: LockedReport | None,
    brief: bool = False,
) -> Report:
    """The report as its readers have it; `brief` for a card."""
    parts = _brief(kind, content) if brief else _whole(kind, content)
    numbers = content.numbers
    small = SUPPRESSED if numbers is not None and numbers.hidden else ""
    named = _NAMES_PEOPLE if kind is Kind.QUARTERLY and locked is not None else ""
    # On paper the mark shows that nothing was changed; on a phone nobody compares it.
    mark = (
        f"Check number of what was locked: {locked.hash} (SHA-256)."
        if locked is not None and not brief
        else ""
    )
    said = lead(numbers) if numbers is not None else ""
    return Report(
        title=TITLES[kind],
        about=period_of(kind, period_on),
        lead=" ".join(text for text in (said, standing(content, locked)) if text),
        parts=tuple(parts),
        note=" ".join(text for text in (small, named, mark) if text),
    )


def standing(content: ReportContent, locked: LockedReport | None) -> str:
    """Since when the report stays as it is, or what is still to come."""
    if locked is not None:
        what = "its words stay" if content.numbers is None else "its figures and words stay"
        return f"Locked on {day(local_day(locked.locked_at))}: {what} as they were then."
    waiting = sum(not one.boxes for one in (*content.written, *content.analysis))
    to_come = f" {count(waiting, 'part is', 'parts are')} still to come." if waiting else ""
    return f"This is how it stands so far.{to_come}"


def nothing(one: Written) -> str:
    """What is said of somebody who has written nothing: once it is locked, nothing comes any more."""
    return "nothing was written" if one.locked else "still to come"


def _whole(kind: Kind, content: ReportContent) -> Iterable[Part]:
    numbers = content.numbers
    if numbers is not None:
        yield from exception_parts(content.exceptions, with_owner=True)
    yield from _written("" if kind is Kind.SELF_CHECK else "What service managers say", content.written)
    yield from _written("What the principal social worker says", content.analysis)
    if numbers is not None:
        yield from figure_parts(numbers.lines)


def _brief(kind: Kind, content: ReportContent) -> Iterable[Part]:
    if content.numbers is None:
        yield from _whole(kind, content)
        return
    yield from brief_parts(content.exceptions, content.numbers.lines, steady_in="the Word copy and in Excel")
    yield from _in_short("What service managers say", content.written)
    yield from _in_short("What the principal social worker says", content.analysis)


def _in_short(title: str, written: Sequence[Written]) -> Iterable[Part]:
    """The beginning of what each says first, which answers the first box; the rest is in the copy."""
    if not written:
        return
    lines = tuple(
        Line(short(one.whose), short(one.boxes[0][1], WORDS) if one.boxes else nothing(one))
        for one in written[:WRITERS]
    )
    yield Part(title, lines=lines, more=len(written) - len(lines))


def _written(title: str, written: Sequence[Written]) -> Iterable[Part]:
    for place, one in enumerate(written):
        who = f"{one.whose} ({one.by})" if one.by and one.by != one.whose else one.whose
        heading = title if place == 0 else ""
        if one.boxes:
            yield Part(heading, who=who, lines=tuple(Line(label, text) for label, text in one.boxes))
        else:
            yield Part(heading, who=who, says=f"{nothing(one).capitalize()}.")
