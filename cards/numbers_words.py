"""Figures in words: what needs a look first, and a plain sentence on each.

Card and Word copy are drawn from the same report. Source: PF-01, PF-04, PF-05, PF-08, PF-09.
"""

from collections.abc import Iterable, Sequence

from cards.wording import count
from domain.numbers import ExceptionLine, Look, NumberLine, Numbers
from domain.performance import ExceptionState
from domain.reporting import Line, Part, Report

SUPPRESSED = "Small numbers are not shown: they would say too much about a few people."
NOTHING = "No figures have come in yet. The performance office brings them in as a list."
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
        parts=tuple(figure_parts(shown)),
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


def exception_parts(exceptions: Iterable[ExceptionLine], *, with_owner: bool = False) -> tuple[Part, ...]:
    """Each exception with what its owner says; none makes no part."""
    lines = tuple(Line(name_of(one.name, one.whose), _explained(one, with_owner)) for one in exceptions)
    return (Part("Exceptions", lines=lines),) if lines else ()


def figure_in_words(one: NumberLine) -> str:
    """The figure with what is to be known of it; short where there is nothing to do.

    Its period is always there: what is not measured any more must not read as if it were of today.
    """
    before = f" ({one.before} before)" if one.before and one.look is not Look.STEADY else ""
    said = f"{one.figure} in {one.period}{before} {one.spark}".rstrip()
    if one.look is Look.STEADY:
        # A figure may be well while audits of the same theme are not; that is what they stand together for.
        return f"{said}. {one.audits}" if one.audits else said
    target = f"Target: {one.target}." if one.target else ""
    return " ".join(text for text in (f"{said}.", target, one.says, one.audits) if text)


def figure_parts(lines: Iterable[NumberLine]) -> Iterable[Part]:
    """The figures by what to do with them: what needs a look first."""
    by_look: dict[Look, list[Line]] = {look: [] for look in Look}
    for one in lines:
        by_look[one.look].append(Line(name_of(one.name, one.whose), figure_in_words(one)))
    for look, found in by_look.items():
        if found:
            yield Part(_GROUPS[look], lines=tuple(found))


def name_of(name: str, whose: str) -> str:
    """The indicator, with whose figure it is where that is not said above."""
    return f"{name}, {whose}" if whose else name


def _explained(one: ExceptionLine, with_owner: bool) -> str:
    said = f"{one.figure} in {one.period}, {one.says}."
    if one.state is ExceptionState.ANSWERED or one.reply:
        action = f" Doing: {one.action.rstrip('.')}." if one.action else ""
        said = f"{said} Why: {one.reply.rstrip('.')}.{action}"
    else:
        said = f"{said} Not answered yet."
    return f"{said} ({one.owner})" if with_owner and one.owner else said
