"""The Lead Member's summary of a quarter in words: the council and its services, nobody's name, no case.

It is made from the locked quarterly report, so its figures are those that SMT, CDLT and the director have.
Source: PF-08.
"""

from collections.abc import Iterable, Sequence

from cards.numbers_words import SUPPRESSED, name_of
from cards.wording import count, day
from domain.days import local_day
from domain.governance import quarter_name
from domain.numbers import ExceptionLine, Look, NumberLine
from domain.performance_report import LockedReport, ReportContent, for_lead_member
from domain.reporting import Line, Part, Report

TITLE = "Summary for the Lead Member"
NEEDED, GLAD = 6, 3
"""So many lines of each on a card."""
_NOTE = "It names no person, no team and no case."


def lead_report(locked: LockedReport, *, brief: bool = False) -> Report:
    """The summary; `brief` for a card, which leaves what is steady to the Word copy."""
    content = for_lead_member(locked.content)
    numbers = content.numbers
    # On paper the mark shows that nothing was changed; on a phone nobody compares it.
    mark = "" if brief else f", check number {locked.hash} (SHA-256)"
    notes = (
        SUPPRESSED if numbers is not None and numbers.hidden else "",
        f"{_NOTE} The figures are those of the quarterly report{mark}.",
    )
    return Report(
        title=TITLE,
        about=quarter_name(locked.period_on),
        lead=_lead(content, locked),
        parts=tuple(_parts(content, brief=brief)),
        note=" ".join(text for text in notes if text),
    )


def _lead(content: ReportContent, locked: LockedReport) -> str:
    lines = content.numbers.lines if content.numbers is not None else ()
    needed, glad = (sum(one.look is look for one in lines) for look in (Look.NEEDED, Look.GLAD))
    needs = count(needed, "figure needs", "figures need")
    said = [f"{needs} a look." if needed else "No figure needs a look."]
    if glad:
        said.append(f"{count(glad, 'figure has', 'figures have')} got better.")
    asked = content.exceptions
    if asked:
        told = sum(bool(one.reply) for one in asked)
        said.append(f"Managers have explained {told:,} of {count(len(asked), 'exception')}.")
    said.append(f"As it was locked on {day(local_day(locked.locked_at))}.")
    return " ".join(said)


def _parts(content: ReportContent, *, brief: bool) -> Iterable[Part]:
    lines = content.numbers.lines if content.numbers is not None else ()
    by_look = {look: [one for one in lines if one.look is look] for look in Look}
    asked = {(one.name, one.whose): one for one in content.exceptions}
    needed = [
        Line(name_of(one.name, one.whose), _needed(one, asked.get((one.name, one.whose))))
        for one in by_look[Look.NEEDED]
    ]
    yield from _part("Needs challenge or support", needed, NEEDED if brief else None)
    glad = [Line(name_of(one.name, one.whose), f"{_figure(one)} {one.says}") for one in by_look[Look.GLAD]]
    yield from _part("Got better", glad, GLAD if brief else None)
    steady = [Line(name_of(one.name, one.whose), _figure(one)) for one in by_look[Look.STEADY]]
    if brief and steady:
        figures = count(len(steady), "figure is", "figures are")
        yield Part("Steady", says=f"{figures} in the Word copy.")
    elif steady:
        yield from _part("Steady", steady, None)


def _part(title: str, lines: Sequence[Line], most: int | None) -> Iterable[Part]:
    if lines:
        shown = tuple(lines[:most])
        yield Part(title, lines=shown, more=len(lines) - len(shown))


def _needed(one: NumberLine, asked: ExceptionLine | None) -> str:
    """The figure, what audits found beside it, and whether its manager has said why and what is done."""
    standing = ""
    if asked is not None:
        standing = "Not explained yet."
        if asked.reply:
            standing = "Explained, with action." if asked.action else "Explained."
    return " ".join(text for text in (_figure(one), one.says, one.audits, standing) if text)


def _figure(one: NumberLine) -> str:
    target = f" (target {one.target})" if one.target else ""
    return f"{one.figure} in {one.period}{target}."
