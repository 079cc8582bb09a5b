"""The report of a month, quarter or year in words; whole for Word and Excel, and what matters for a card.

Both are made from the same content, so a figure on the card is the figure in the copies. A card has what is
furthest off its target and who answers for it; what is steady, and the whole of what people wrote, is in the
copies. Source: PF-05, PF-07, PF-08, PF-09, PF-10, PF-13.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from cards.numbers_words import SUPPRESSED, exception_parts, figure_parts, lead, name_of
from cards.wording import count, day, excerpt
from domain.days import local_day
from domain.narratives import TITLES, period_of
from domain.narratives import Report as Kind
from domain.numbers import ExceptionLine, Look, NumberLine
from domain.performance import ExceptionState
from domain.performance_report import LockedReport, ReportContent, Written
from domain.reporting import Line, Part, Report

EXCEPTIONS, NEEDED, GLAD, WRITERS = 5, 2, 2, 8
"""So many lines of each on a card."""
WORDS, REPLY = 85, 85
"""Characters of what somebody wrote on a card."""
NAME = 70
"""Characters of a name from a list on a card; the copies have it whole."""
SHORT_HASH = 16
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
    mark = ""
    if locked is not None:
        mark = f"Fingerprint {locked.hash[:SHORT_HASH] if brief else locked.hash} (SHA-256)."
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
    lines = {(one.name, one.whose): one for one in content.numbers.lines}
    if content.exceptions:
        shown = content.exceptions[:EXCEPTIONS]
        title = "Exceptions" if len(content.exceptions) == 1 else "Exceptions, the furthest off first"
        explained = tuple(
            Line(_short_name(one), _explained(one, lines.get((one.name, one.whose)))) for one in shown
        )
        yield Part(title, lines=explained, more=len(content.exceptions) - len(shown))
    told = {(one.name, one.whose) for one in content.exceptions}
    lines_of = {look: [one for one in lines.values() if one.look is look] for look in Look}
    needed = [one for one in lines_of[Look.NEEDED] if (one.name, one.whose) not in told]
    yield from _figures("Needs a look as well" if told else "Needs a look", needed, NEEDED)
    yield from _figures("Worth celebrating", lines_of[Look.GLAD], GLAD)
    if steady := len(lines_of[Look.STEADY]):
        figures = count(steady, "figure is", "figures are")
        yield Part("Nothing to chase", says=f"{figures} in the Word copy and in Excel.")
    yield from _in_short("What service managers say", content.written)
    yield from _in_short("What the principal social worker says", content.analysis)


def _figures(title: str, lines: Sequence[NumberLine], most: int) -> Iterable[Part]:
    if lines:
        shown = tuple(
            Line(_short_name(one), " ".join(filter(None, (f"{one.figure} in {one.period}.", one.says))))
            for one in lines[:most]
        )
        yield Part(title, lines=shown, more=len(lines) - len(shown))


def _short_name(one: NumberLine | ExceptionLine) -> str:
    return name_of(excerpt(one.name, NAME)[0], excerpt(one.whose, NAME)[0])


def _explained(one: ExceptionLine, figure: NumberLine | None) -> str:
    """The exception, what audits of the same theme found beside it, and what its owner says."""
    target = f" (target {one.target})" if one.target else ""
    said = f"{one.figure} in {one.period}{target}, {one.says}."
    if figure is not None and figure.audits:
        said = f"{said} {figure.audits}"
    owner = f"{excerpt(one.owner, NAME)[0]}: " if one.owner else ""
    if one.reply:
        return f"{said} {owner}{excerpt(one.reply, REPLY)[0]}"
    nothing = "closed without an answer" if one.state is ExceptionState.CLOSED else "not answered yet"
    return f"{said} {owner}{nothing}." if owner else f"{said} {nothing.capitalize()}."


def _in_short(title: str, written: Sequence[Written]) -> Iterable[Part]:
    """The beginning of what each says first, which answers the first box; the rest is in the copy."""
    if not written:
        return
    lines = tuple(
        Line(
            excerpt(one.whose, NAME)[0],
            excerpt(one.boxes[0][1], WORDS)[0] if one.boxes else "still to come",
        )
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
            yield Part(heading, who=who, says="Still to come.")
