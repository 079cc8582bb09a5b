"""Packs: which there are, what each of their parts is called, which days they tell of, whose they are.

Each opens with what children experience (PR-01), keeps to fixed headings (OG-05) and ends with what changed
(PR-05). Source: OG-05, OG-09, OG-10, PF-06, PF-07, PF-11, PF-15, QB-01, Q31, Q33; decision 0016.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.days import add_months, add_working_days, is_working_day, month_end
from domain.figures import Period
from domain.governance import MeetingLine, meets_on, quarter_name, quarter_start
from domain.people import Post

CHILDREN, WHY, METHOD = "children", "why", "method"
FINDINGS, ACTIONS, CHANGED = "findings", "actions", "changed"
FOUND, DOING, TOLD = "found", "doing", "told"
TO_DO_PARTS = (ACTIONS, DOING)
"""Parts that say what is to be done."""
THEME = "theme:"
"""How the key of a part about one theme begins."""

_REPORT = (CHILDREN, WHY, METHOD, FINDINGS, ACTIONS, CHANGED)
TITLES: Mapping[str, str] = {
    CHILDREN: "What children experience",
    WHY: "Why this report",
    METHOD: "How we looked",
    FINDINGS: "What we found",
    ACTIONS: "What we do about it",
    CHANGED: "What changed",
    FOUND: "What we found",
    DOING: "What we do",
    TOLD: "What you told us",
}
"""Part to its heading; a theme's is its own name."""


class PackKind(StrEnum):
    """The packs there are."""

    QA_GROUP = "qa_group"
    BOARD = "board"
    SMT = "smt"
    BULLETIN = "bulletin"
    ANNUAL = "annual"
    EVIDENCE = "evidence"


PARTS: Mapping[PackKind, tuple[str, ...]] = {
    PackKind.QA_GROUP: _REPORT,
    PackKind.BOARD: _REPORT,
    PackKind.SMT: _REPORT,
    PackKind.ANNUAL: _REPORT,
    PackKind.BULLETIN: (FOUND, DOING, TOLD, CHANGED),
    PackKind.EVIDENCE: (CHILDREN, CHANGED),
}
"""Kind to its parts in order; evidence has one for each theme between the two."""


class Span(StrEnum):
    """How long a time a pack tells of; always whole months that are over."""

    ROUND = "round"
    """From the month of the last round on: completion and grades first, then moderation and actions (Q31)."""
    THREE_MONTHS = "three months"
    QUARTER = "quarter"
    YEAR = "year"


class PackState(StrEnum):
    """Where a pack stands."""

    DRAFT = "draft"
    ASKED = "asked"
    """Waits for whoever approves it."""
    SENT = "sent"
    """Approved, sent and frozen."""


@dataclass(frozen=True, slots=True)
class PackLine:
    """A kind of pack as the framework file has it."""

    kind: PackKind
    title: str
    span: Span
    months: tuple[int, ...]
    """Months of its meeting, or those it is drafted in where it is for none."""
    working_days: int
    """It is drafted so many working days before its meeting, or on this working day of the month."""
    approver: Post
    rules: tuple[str, ...]
    meeting: str = ""
    """Key of the body it is for, whose members read it; empty for none."""
    readers: tuple[Post, ...] = ()
    """Who reads it by post, where it is for no meeting."""
    to_staff: bool = False
    """Whether everybody reads it."""


def label_of(first: date, last: date) -> str:
    """What people call these whole months: "June 2026", "Q1 2026/27", "2025/26", "March to May 2026"."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months == 1:
        return f"{first:%B %Y}"
    if months == 3 and quarter_start(first) == first:
        return quarter_name(first)
    if months == 12 and first.month == 4:
        return f"{first.year}/{last.year % 100:02}"
    begin = f"{first:%B}" if first.year == last.year else f"{first:%B %Y}"
    return f"{begin} to {last:%B %Y}"


def period_between(first: date, last: date) -> Period:
    """These days under their name."""
    return Period(first, last, label_of(first, last))


def period_told(span: Span, on: date, round_months: Collection[int]) -> Period:
    """The last such time that is over on this day."""
    this_month = on.replace(day=1)
    match span:
        case Span.QUARTER:
            first = add_months(quarter_start(on), -3)
            return period_between(first, month_end(add_months(first, 2)))
        case Span.YEAR:
            year = on.year if on.month >= 4 else on.year - 1
            return period_between(date(year - 1, 4, 1), date(year, 3, 31))
        case Span.THREE_MONTHS:
            return period_between(add_months(this_month, -3), month_end(add_months(this_month, -1)))
        case Span.ROUND:
            last = add_months(this_month, -1)
            return period_between(_round_month(last, round_months), month_end(last))


def period_before(span: Span, period: Period, round_months: Collection[int]) -> Period:
    """The same length of time before it, for the figures that stand beside."""
    months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    if span is Span.ROUND:
        first = _round_month(add_months(period.first, -1), round_months)
        # No day counts in both, however close together rounds are.
        last = min(add_months(first, months - 1), add_months(period.first, -1))
        return period_between(first, month_end(last))
    first = add_months(period.first, -months)
    return period_between(first, month_end(add_months(first, months - 1)))


def _round_month(month: date, round_months: Collection[int]) -> date:
    """The first of this month, or of the nearest one before it in which a round began."""
    months = (add_months(month, -back) for back in range(12))
    return next((one for one in months if one.month in round_months), month).replace(day=1)


def meeting_day(line: MeetingLine, month: date, bank_holidays: frozenset[date]) -> date | None:
    """The day the body meets in this month, or the working day after one off; None where it does not."""
    day = meets_on(line, month)
    if day is None or is_working_day(day, bank_holidays):
        return day
    return add_working_days(day, 1, bank_holidays)


def drafting_days(
    line: PackLine, meets: Mapping[date, date] | None, today: date, bank_holidays: frozenset[date]
) -> Iterator[tuple[date, date]]:
    """(from, to) of the days on which the pack is drafted.

    `meets` leads from the first of a month to the day of that month's meeting, wherever it was moved; for a
    pack without a meeting it is None, and this month counts. A pack is for its meeting, so later than that it
    is not drafted any more; it is never drafted before the months it tells of are over.
    """
    if meets is None:
        month = today.replace(day=1)
        if month.month in line.months:
            before_it = month - timedelta(days=1)
            yield add_working_days(before_it, line.working_days, bank_holidays), month_end(month)
        return
    for month, day in sorted(meets.items()):
        if month.month in line.months:
            begins = add_working_days(day, -line.working_days, bank_holidays)
            yield max(min(month, day.replace(day=1)), begins), day


def ref_of(pack_id: int, number: int, *, before: bool = False) -> str:
    """The reference printed beside a figure: "P12-07", and "P12-07B" for the same of the time before."""
    return f"P{pack_id}-{number:02}{'B' if before else ''}"
