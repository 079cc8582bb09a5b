"""Figures in words: what needs a look first, and a plain sentence on each.

Card and Word copy are drawn from the same report. Source: PF-01, PF-04, PF-05, PF-08, PF-09.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from cards.wording import count, day
from domain.narratives import TITLES, period_of
from domain.narratives import Report as Kind
from domain.numbers import ExceptionLine, Look, NumberLine, Numbers
from domain.performance import ExceptionState
from domain.reporting import Line, Part, Report

SUPPRESSED = "Small numbers are not shown: they would say too much about a few people."
NOTHING = "No figures have come in yet. The performance office brings them in as a list."
FOR_ALL_READERS = "No person and no case stands in it, so it can be passed on, to the Lead Member as well."
_GROUPS = {Look.NEEDED: "Needs a look", Look.GLAD: "Worth celebrating", Look.STEADY: "Nothing to chase"}


def numbers_report(
    view: Numbers, *, title: str, about: str, lines: Sequence[NumberLine] | None = None, note: str = ""
) -> Report:
    """The figures of one place; `lines` are those of them that this page shows."""
    shown = view.lines if lines is None else lines
    return Report(
        title=title,
        about=about,
        lead=lead(view),
        parts=tuple(_parts(shown)),
        note=" ".join(text for text in (SUPPRESSED if view.hidden else "", note) if text),
    )


def lead(view: Numbers) -> str:
    """How many figures need a look, in a sentence."""
    if not view.lines:
        return NOTHING
    needed, glad = (sum(one.look is look for one in view.lines) for look in (Look.NEEDED, Look.GLAD))
    if not needed:
        said = "Nothing needs chasing."
    else:
        said = f"{count(needed, 'figure needs', 'figures need')} a look."
    return f"{said} {count(glad, 'figure has', 'figures have')} got better." if glad else said


def clinic_report(
    *,
    service: str,
    clinic_on: date,
    numbers: Numbers,
    exceptions: Iterable[ExceptionLine],
    said: Iterable[tuple[str, tuple[tuple[str, str], ...]]],
    waiting: Sequence[str],
) -> Report:
    """What a Performance Clinic looks at: exceptions with their lines, celebrations, then the figures."""
    celebrated = [
        Part("What teams say" if place == 0 else "", who=who, lines=_boxes(boxes))
        for place, (who, boxes) in enumerate(said)
    ]
    if waiting:
        title = "" if celebrated else "What teams say"
        celebrated.append(Part(title, says=f"Still to come from: {', '.join(waiting)}."))
    return Report(
        title="Performance Clinic",
        about=f"{service}, {day(clinic_on)}",
        lead=lead(numbers),
        parts=(*exception_parts(exceptions), *celebrated, *_parts(numbers.lines)),
        note=SUPPRESSED if numbers.hidden else "",
    )


def performance_report(
    *,
    kind: Kind,
    period_on: date,
    numbers: Numbers | None,
    exceptions: Iterable[ExceptionLine],
    written: Sequence[tuple[str, str, tuple[tuple[str, str], ...]]],
    analysis: Sequence[tuple[str, str, tuple[tuple[str, str], ...]]],
    locked: bool,
) -> Report:
    """The report of a month, quarter or year; (whose, by, boxes) of each who writes in it."""
    parts: list[Part] = []
    if numbers is not None:
        parts += exception_parts(exceptions, with_owner=True)
    parts += _written("What service managers say" if kind is not Kind.SELF_CHECK else "", written)
    parts += _written("What the principal social worker says", analysis)
    if numbers is not None:
        parts += _parts(numbers.lines)
    waiting = sum(not boxes for _, _, boxes in (*written, *analysis))
    standing = "It is complete, and its words stay as they are."
    if numbers is not None:
        standing = (
            "It is complete, and its words stay as they are. Figures and exceptions are as of now, so that "
            "corrections show."
        )
    if not locked:
        standing = f"{count(waiting, 'part is', 'parts are')} still to come." if waiting else ""
        standing = f"This is how it stands so far. {standing}".strip()
    small = SUPPRESSED if numbers is not None and numbers.hidden else ""
    passed_on = FOR_ALL_READERS if kind is Kind.QUARTERLY and locked else ""
    return Report(
        title=TITLES[kind],
        about=period_of(kind, period_on),
        lead=" ".join(text for text in (lead(numbers) if numbers is not None else "", standing) if text),
        parts=tuple(parts),
        note=" ".join(text for text in (small, passed_on) if text),
    )


def exception_parts(exceptions: Iterable[ExceptionLine], *, with_owner: bool = False) -> tuple[Part, ...]:
    """Each exception with what its owner says; none makes no part."""
    lines = tuple(Line(_name(one.name, one.whose), _explained(one, with_owner)) for one in exceptions)
    return (Part("Exceptions", lines=lines),) if lines else ()


def figure_in_words(one: NumberLine) -> str:
    """The figure with what is to be known of it; short where there is nothing to do.

    Its period is always there: what is not measured any more must not read as if it were of today.
    """
    before = f" ({one.before} before)" if one.before and one.look is not Look.STEADY else ""
    said = f"{one.figure} in {one.period}{before} {one.spark}".rstrip()
    if one.look is Look.STEADY:
        return said
    target = f"Target: {one.target}." if one.target else ""
    return " ".join(text for text in (f"{said}.", target, one.says, one.audits) if text)


def _parts(lines: Iterable[NumberLine]) -> Iterable[Part]:
    by_look: dict[Look, list[Line]] = {look: [] for look in Look}
    for one in lines:
        by_look[one.look].append(Line(_name(one.name, one.whose), figure_in_words(one)))
    for look, found in by_look.items():
        if found:
            yield Part(_GROUPS[look], lines=tuple(found))


def _name(name: str, whose: str) -> str:
    return f"{name}, {whose}" if whose else name


def _explained(one: ExceptionLine, with_owner: bool) -> str:
    said = f"{one.figure} in {one.period}, {one.says}."
    if one.state is ExceptionState.ANSWERED or one.reply:
        action = f" Doing: {one.action.rstrip('.')}." if one.action else ""
        said = f"{said} Why: {one.reply.rstrip('.')}.{action}"
    else:
        said = f"{said} Not answered yet."
    return f"{said} ({one.owner})" if with_owner and one.owner else said


def _written(title: str, written: Sequence[tuple[str, str, tuple[tuple[str, str], ...]]]) -> Iterable[Part]:
    for place, (whose, by, boxes) in enumerate(written):
        who = f"{whose} ({by})" if by and by != whose else whose
        heading = title if place == 0 else ""
        if boxes:
            yield Part(heading, who=who, lines=_boxes(boxes))
        else:
            yield Part(heading, who=who, says="Still to come.")


def _boxes(boxes: Iterable[tuple[str, str]]) -> tuple[Line, ...]:
    return tuple(Line(label, text) for label, text in boxes)
