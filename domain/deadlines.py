"""What is due when: pure date rules of the core audit.

Every function takes the days it needs; none reads the clock. Working days leave out weekends and the bank
holidays passed in; everything else counts calendar days.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta

from domain.days import LONDON, add_months, add_working_days, local_day, month_end
from domain.framework import Numbers, Step
from domain.grades import Grade

LATEST_ESCALATION = time(23, 45)
"""London time. Every alert reaches the assistant director the same day, with minutes to spare."""

NO_HOLIDAYS: frozenset[date] = frozenset()


def is_round_month(day: date, round_months: Collection[int]) -> bool:
    """Whether a core round belongs to this day's month. Source: CA-01, Q1."""
    return day.month in round_months


def next_round_month(day: date, round_months: Collection[int]) -> date:
    """The first day of the first round month that begins on or after this day.

    `round_months` holds month numbers; ValueError when it is empty. Source: CA-01, Q1.
    """
    month = day if day.day == 1 else add_months(day.replace(day=1), 1)
    found = round_starts(month, round_months, within_months=12)
    if not found:
        raise ValueError("No month of the year is a round month.")
    return found[0]


def round_starts(month_on: date, round_months: Collection[int], *, within_months: int) -> tuple[date, ...]:
    """First days of the rounds among so many months, this day's month the first. Source: CA-01, Q1."""
    months = (add_months(month_on.replace(day=1), ahead) for ahead in range(within_months))
    return tuple(month for month in months if is_round_month(month, round_months))


def year_start(day: date) -> date:
    """The first day of the year this day belongs to, which runs from April to March. Source: Q33."""
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


def due_on(allocated_on: date, round_month: date, allocate_on_day: int = 1) -> date:
    """The day the audit is due: the round's month end, or one calendar month on when allocated late.

    `round_month` is any day of the round's month. Allocated late means after the allocation day, which
    is also how a reallocated audit gets its fresh month. Source: CA-05, CA-06, Q2.
    """
    if allocated_on <= round_month.replace(day=allocate_on_day):
        return month_end(round_month)
    return add_months(allocated_on, 1)


def lookback(allocated_on: date, months: int) -> tuple[date, date]:
    """The first and last day the audit looks at, both included. Source: CA-07, Q19."""
    return add_months(allocated_on, -months), allocated_on


def contact_section_applies(opening_contact_on: date | None, window: tuple[date, date]) -> bool:
    """Whether the contact that opened the episode falls in the look-back window. Source: Q18."""
    return opening_contact_on is not None and window[0] <= opening_contact_on <= window[1]


def aimed_days(
    allocated_on: date, due_on: date, steps: Iterable[Step], bank_holidays: frozenset[date] = NO_HOLIDAYS
) -> tuple[tuple[Step, date], ...]:
    """Each step with the day to aim for, never later than the due date.

    The framework's days are those of one month. An audit that was given longer has its work spread over
    the whole of it in the same proportions; accepting it is not put off. Source: CA-22, workflow 1B.
    """
    return tuple((step, min(_aim(step, allocated_on, due_on, bank_holidays), due_on)) for step in steps)


def _aim(step: Step, allocated_on: date, due_on: date, bank_holidays: frozenset[date]) -> date:
    if step.aim_working_days is not None:
        return add_working_days(allocated_on, step.aim_working_days, bank_holidays)
    if step.aim_days is None:
        return due_on
    month = (add_months(allocated_on, 1) - allocated_on).days
    given = max(month, (due_on - allocated_on).days)
    return allocated_on + timedelta(days=step.aim_days * given // month)


def accept_by(allocated_on: date, numbers: Numbers, bank_holidays: frozenset[date]) -> date:
    """The day by which the auditor accepts or declares a conflict. Source: workflow 1B step 4."""
    return add_working_days(allocated_on, numbers.accept_working_days, bank_holidays)


def comment_by(submitted_on: date, numbers: Numbers, bank_holidays: frozenset[date]) -> date:
    """The last day for the practitioner's comment. Source: CA-17, Q26."""
    return add_working_days(submitted_on, numbers.practitioner_comment_working_days, bank_holidays)


def review_by(submitted_on: date, numbers: Numbers, bank_holidays: frozenset[date]) -> date:
    """The last day for the team manager's review. Source: CA-18."""
    return add_working_days(submitted_on, numbers.manager_review_working_days, bank_holidays)


def moderate_by(submitted_on: date, numbers: Numbers) -> date:
    """The last day for moderating an audit: each one has a clock of its own. Source: MO-07, Q7."""
    return submitted_on + timedelta(days=numbers.moderation_days)


def suggested_action_day(
    overall: Grade | None, agreed_on: date, numbers: Numbers, bank_holidays: frozenset[date]
) -> date:
    """A day to suggest for an action; sooner when the whole is Inadequate. People agree it. Source: Q15."""
    urgent = overall is Grade.INADEQUATE
    working_days = numbers.action_working_days_inadequate if urgent else numbers.action_working_days
    return add_working_days(agreed_on, working_days, bank_holidays)


def safety_escalation_at(raised_at: datetime, hours: int) -> datetime:
    """When an alert goes on to the assistant director, in UTC: always the day it was raised.

    It goes on whether or not somebody has acknowledged it by then. So many hours after it was raised, but
    no later than 23:45 in London, and at once when raised after that. Source: SG-02, Q16.
    """
    same_day = datetime.combine(local_day(raised_at), LATEST_ESCALATION, LONDON).astimezone(UTC)
    # Hours are added in UTC, so that two hours stay two hours when the clocks change.
    raised = raised_at.astimezone(UTC)
    return max(raised, min(raised + timedelta(hours=hours), same_day))


def practitioner_due_on(last_audited_on: date | None, cover_months: int) -> date | None:
    """The day by which the practitioner is to be audited again; None when never audited, so due already.

    Source: CA-03.
    """
    return None if last_audited_on is None else add_months(last_audited_on, cover_months)


def practitioner_is_due(last_audited_on: date | None, cover_months: int, by: date) -> bool:
    """Whether the practitioner's cover has run out by this day. Source: CA-03."""
    due = practitioner_due_on(last_audited_on, cover_months)
    return due is None or due <= by
