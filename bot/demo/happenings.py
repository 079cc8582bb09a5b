"""What happened in the round so far: who accepted, wrote, submitted and answered, and when."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.demo.doing import Doing
from bot.demo.writing import MIXED, STEADY, STRONG, Written
from domain.audits import Audit
from domain.days import LONDON
from workflows.council import Council

SUBMITTED, UNANSWERED, CONFLICT = 99, -1, -2
HALF = 8
"""Pages written of the auditor's own audit."""

_PROGRESS = (
    SUBMITTED, 8, 3, SUBMITTED, 0, 12, 5, SUBMITTED, 8, UNANSWERED, 15, 3, SUBMITTED, 8, 1, 14, CONFLICT, 5,
    10, 3, UNANSWERED, 12, 2, 6,
)  # fmt: skip
"""How far the other audits are: pages written, or how they stand."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Something done at one time."""

    share: float
    """When: 0 at the beginning of the round, 1 now."""
    act: Callable[[Doing], None] = field(compare=False)
    audit: Audit = field(compare=False)


def play(council: Council, sittings: Iterable[Sitting], began_at: datetime, now: datetime) -> None:
    """Let everything happen in its order between these moments."""
    at = began_at
    for sitting in sorted(sittings, key=lambda one: one.share):
        # Moments are moved into office hours, which must never turn what came first into what came after.
        at = max(at + timedelta(milliseconds=50), _in_office_hours(began_at, now, sitting.share))
        sitting.act(Doing(council, sitting.audit, at))


def so_far(audits: Iterable[Audit], *, own: Audit, own_begun: bool, shared: Audit) -> Iterator[Sitting]:
    """Everything done with these audits, in no order; `own` is half done, or waits to be accepted."""
    if own_begun:
        yield from _written(own, HALF, STEADY, last=0.93)
    yield from _written(shared, SUBMITTED, MIXED, last=0.9)
    submitted = 0
    others = [audit for audit in audits if audit.id not in (own.id, shared.id)]
    for place, audit in enumerate(others):
        progress = _PROGRESS[place % len(_PROGRESS)]
        last = 0.45 + 0.4 * place / len(others)
        if progress == CONFLICT:
            yield Sitting(0.1, Doing.declare_conflict, audit)
        elif progress != UNANSWERED:
            written = STRONG if place % 9 == 7 else STEADY if place % 2 else MIXED
            yield from _written(audit, progress, written, last=last)
        if progress == SUBMITTED:
            submitted += 1
            yield from _answered(audit, submitted, last)


def _written(audit: Audit, pages: int, written: Written, *, last: float) -> Iterator[Sitting]:
    """Accepted early, written in two sittings, perhaps submitted."""
    yield Sitting(0.02 + (audit.id % 5) * 0.02, Doing.accept, audit)
    yield Sitting(0.3, lambda do: do.fill(do.page_keys[: min(pages, 5)], written), audit)
    yield Sitting(last, lambda do: do.fill(do.page_keys[5:pages], written), audit)
    if pages == SUBMITTED:
        yield Sitting(last + 0.001, Doing.submit, audit)


def _answered(audit: Audit, number: int, submitted: float) -> Iterator[Sitting]:
    """Most practitioners comment; team managers reviewed two, and put one of them forward."""
    if number != 3:
        yield Sitting(submitted + 0.002, Doing.comment, audit)
    if number <= 2:
        yield Sitting(submitted + 0.003, lambda do: do.review(nominate=number == 2), audit)


def _in_office_hours(began_at: datetime, now: datetime, share: float) -> datetime:
    """The moment that far on its way, on a weekday between nine and four where there is room."""
    at = began_at + (now - began_at) * share
    local = at.astimezone(LONDON)
    tidy = local.replace(hour=9 + int(share * 100) % 7, minute=int(share * 1000) % 60)
    tidy -= timedelta(days=max(0, tidy.weekday() - 4))
    return tidy.astimezone(UTC) if began_at < tidy < now - timedelta(hours=2) else at
