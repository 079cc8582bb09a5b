"""What a Performance Clinic looks at in words; whole for Word, and what matters for a card (PF-02, PF-04)."""

from collections.abc import Iterable, Sequence
from datetime import date

from cards.brief_words import brief_parts, short
from cards.numbers_words import SUPPRESSED, exception_parts, figure_parts, lead
from cards.wording import day
from domain.numbers import ExceptionLine, Numbers
from domain.reporting import Line, Part, Report

TEAMS, CELEBRATION = 8, 120
"""So many teams, and characters of what each has to celebrate, on a card."""
_TEAMS = "What teams say"

Said = tuple[str, tuple[tuple[str, str], ...]]
"""Whose words, and (label, text) of each box."""


def clinic_report(
    *,
    service: str,
    clinic_on: date,
    numbers: Numbers,
    exceptions: Sequence[ExceptionLine],
    said: Sequence[Said],
    waiting: Sequence[str],
    brief: bool = False,
) -> Report:
    """Exceptions with their lines, celebrations, then the figures; `brief` for a card."""
    if brief:
        figures = tuple(brief_parts(exceptions, numbers.lines, steady_in="the Word copy"))
        parts = (*figures, *_in_short(said, waiting))
    else:
        parts = (*exception_parts(exceptions), *_whole(said, waiting), *figure_parts(numbers.lines))
    return Report(
        title="Performance Clinic",
        about=f"{service}, {day(clinic_on)}",
        lead=lead(numbers),
        parts=parts,
        note=SUPPRESSED if numbers.hidden else "",
    )


def _whole(said: Sequence[Said], waiting: Sequence[str]) -> Iterable[Part]:
    for place, (who, boxes) in enumerate(said):
        lines = tuple(Line(label, text) for label, text in boxes)
        yield Part(_TEAMS if place == 0 else "", who=who, lines=lines)
    yield from _still_to_come(waiting, begun=bool(said))


def _in_short(said: Sequence[Said], waiting: Sequence[str]) -> Iterable[Part]:
    """The beginning of what each team has to celebrate, which is the first box."""
    if said:
        lines = tuple(
            Line(short(who), short(boxes[0][1], CELEBRATION)) for who, boxes in said[:TEAMS] if boxes
        )
        yield Part("Something to celebrate", lines=lines, more=len(said) - len(lines))
    yield from _still_to_come(waiting, begun=bool(said))


def _still_to_come(waiting: Sequence[str], *, begun: bool) -> Iterable[Part]:
    if waiting:
        yield Part("" if begun else _TEAMS, says=f"Still to come from: {', '.join(waiting)}.")
