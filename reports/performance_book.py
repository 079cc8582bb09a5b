"""A performance report as a workbook: the dataset, its exceptions and what people wrote.

It is drawn from the same content as the card and the Word copy. A figure stands as people read it and, beside
it, as a number to count with; one that is too small to show has no number.

Source: PF-05, PF-07, PF-09, PF-13.
"""

import re
from collections.abc import Iterable, Sequence

from domain.numbers import ExceptionLine, Look, NumberLine
from domain.performance import ExceptionState
from domain.performance_report import ReportContent, Written
from reports.sheets import Sheet, Value, write_workbook

FIGURES = ("Indicator", "Whose", "Figure", "Number", "Period", "Target", "Standing", "What it says", "Audits")
EXCEPTIONS = (
    *("Indicator", "Whose", "Figure", "Number", "Period", "Target", "Why it is here", "Owner"),
    *("Why it is so", "What is done", "State", "Answer due"),
)
WORDS = ("Whose", "By", "About", "Words")
_STANDING = {Look.NEEDED: "Needs a look", Look.GLAD: "Worth celebrating", Look.STEADY: "Nothing to chase"}
_STATES = {
    ExceptionState.OPEN: "Not answered yet",
    ExceptionState.ANSWERED: "Answered",
    ExceptionState.CLOSED: "Over",
}
_NUMBER = re.compile(r"-?[\d,]+(\.\d+)?")


def write_dataset(content: ReportContent, about: Sequence[tuple[str, str]]) -> bytes:
    """The .xlsx file; `about` holds (label, text) of what it is and how it stands."""
    sheets = [Sheet("About", ("", ""), tuple(about))]
    if content.numbers is not None:
        sheets.append(Sheet("Figures", FIGURES, tuple(_figure(one) for one in content.numbers.lines)))
        sheets.append(Sheet("Exceptions", EXCEPTIONS, tuple(_exception(one) for one in content.exceptions)))
    words = tuple(_words((*content.written, *content.analysis)))
    if words:
        sheets.append(Sheet("Words", WORDS, words))
    return write_workbook(sheets)


def _figure(one: NumberLine) -> tuple[Value, ...]:
    standing = _STANDING[one.look]
    return (
        *(one.name, one.whose or "The council", one.figure, _number(one.figure), one.period, one.target),
        *(standing, one.says, one.audits),
    )


def _exception(one: ExceptionLine) -> tuple[Value, ...]:
    return (
        *(one.name, one.whose, one.figure, _number(one.figure), one.period, one.target, one.says, one.owner),
        *(one.reply, one.action, _STATES[one.state], one.due_on),
    )


def _words(written: Iterable[Written]) -> Iterable[tuple[Value, ...]]:
    for one in written:
        if not one.boxes:
            yield one.whose, one.by, "", "Nothing was written" if one.locked else "Still to come"
        yield from ((one.whose, one.by, label, text) for label, text in one.boxes)


def _number(figure: str) -> float | None:
    found = _NUMBER.match(figure)
    return float(found[0].replace(",", "")) if found else None
