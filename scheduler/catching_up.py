"""Sees to whatever fell due since the calendar was last read: each occurrence once, in order.

Nothing depends on being awake at the right moment. The mark says how far the calendar was read; what lies
between it and now is seen to, marked late where its time had passed. An occurrence that fails is tried again
at the next look and stops no other. The mark waits for it.

Source: decision 5 of the design.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.cadence import Line, Missed, Occurrence, Skipped, occurrences
from domain.days import local_midnight
from scheduler.leading import Leading, LeadLost
from scheduler.sweeps import SWEEPS, Sweeping
from workflows.allocating import allocate_due
from workflows.council import Council
from workflows.restoring import doubts

log = logging.getLogger("plumbline.calendar")

LATE_AFTER = timedelta(minutes=5)
"""A leader that died is replaced within a minute, which is nobody's delay worth telling."""

OVERTAKEN = "a later one had fallen due by then"


@dataclass(slots=True)
class CaughtUp:
    """What came of a look at the calendar."""

    done: int = 0
    failed: tuple[str, ...] = ()
    """Keys of lines to try again."""
    queued: bool = False
    """Whether notices wait for the courier."""


def catch_up(
    council: Council, leading: Leading, now: datetime, *, stopping: Callable[[], bool] = lambda: False
) -> CaughtUp:
    """See to everything due by now, as the leader. Raises LeadLost when somebody else leads by now."""
    with council.read() as view:
        mark = view.calendar.mark()
        seen = {(one.line, one.on) for one in view.calendar.seen_to(since=mark)} if mark else set()
    if mark is None:
        return _begin(council, leading, now)
    due = _due(council, council.framework.cadence, mark, now)
    if not due:
        return CaughtUp()
    open_ones = [one for one in due if (one.line, one.on) not in seen]
    overtaken = _overtaken(council.framework.cadence, open_ones)
    _skip(council, leading, overtaken, OVERTAKEN, now)
    result = CaughtUp()
    read_to = now
    for one in open_ones:
        if one in overtaken:
            continue
        if stopping():
            read_to = min(read_to, _just_before(one))
            break
        try:
            _see_to(council, leading, one, now, result)
        except LeadLost:
            raise
        except Exception as fault:
            log.error("the calendar's %s of %s failed: %s", one.line, one.on, type(fault).__name__)
            result.failed += (one.line,)
            read_to = min(read_to, _just_before(one))
    with council.write() as work:
        leading.check(work)
        work.calendar.move_mark(read_to)
    return result


def _begin(council: Council, leading: Leading, now: datetime) -> CaughtUp:
    """The first start on a database: nothing older falls due, save a round whose day has come and gone.

    It was approved while nobody kept a calendar, and no later day would give it out (CA-05).
    """
    month_began = local_midnight(council.today(now).replace(day=1))
    lines = [line for line in council.framework.cadence if line.key == "allocate"]
    with council.write() as work:
        leading.check(work)
        if work.calendar.begin(now) and _due(council, lines, month_began, now):
            work.notices.in_doubt = doubts(work, month_began)
            allocate_due(work, council, now)
        queued = work.has_queued
    return CaughtUp(queued=queued)


def _due(council: Council, lines: Iterable[Line], since: datetime, until: datetime) -> tuple[Occurrence, ...]:
    return occurrences(
        lines,
        since,
        until,
        round_months=council.framework.numbers.round_months,
        bank_holidays=council.bank_holidays,
    )


def _see_to(council: Council, leading: Leading, one: Occurrence, now: datetime, result: CaughtUp) -> None:
    late = _is_late(one, now)
    try:
        with council.write() as work:
            epoch = leading.check(work)
            if not work.calendar.keep(one, now=now, late=late, epoch=epoch):
                return
            work.notices.in_doubt = doubts(work, one.at)
            SWEEPS[one.line](work, council, Sweeping(one, now, late))
            queued = work.has_queued
    except Skipped as skipped:
        _skip(council, leading, [one], skipped.reason, now)
        return
    result.done += 1
    result.queued |= queued
    log.info("the calendar's %s of %s was done%s", one.line, one.on, ", late" if late else "")


def _skip(
    council: Council, leading: Leading, ones: Collection[Occurrence], reason: str, now: datetime
) -> None:
    """Keep why these are not done, all in one transaction: after a year's pause they are many."""
    if not ones:
        return
    with council.write() as work:
        epoch = leading.check(work)
        for one in ones:
            late = _is_late(one, now)
            work.calendar.keep(one, now=now, late=late, epoch=epoch, outcome="skipped", reason=reason)
    log.info("%d occurrences of the calendar were skipped: %s", len(ones), reason)


def _overtaken(lines: Iterable[Line], due: Iterable[Occurrence]) -> frozenset[Occurrence]:
    """Those whose line says it all by its newest, which is due as well."""
    newest = {line.key: date.min for line in lines if line.missed is Missed.LATEST}
    of_these = [one for one in due if one.line in newest]
    for one in of_these:
        newest[one.line] = max(newest[one.line], one.on)
    return frozenset(one for one in of_these if one.on < newest[one.line])


def _is_late(one: Occurrence, now: datetime) -> bool:
    return now - one.at > LATE_AFTER


def _just_before(one: Occurrence) -> datetime:
    return one.at - timedelta(microseconds=1)
