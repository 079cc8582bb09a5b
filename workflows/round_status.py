"""Where the rounds stand, for whoever runs Plumbline: counts alone, and nothing of a case."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.audits import Audit, AuditState, Returned
from storage.rounds import RoundRow
from storage.work import View
from workflows.council import Council

LATELY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RoundStatus:
    """One round."""

    id: int
    month: date
    state: str
    """"planned", "approved" or "allocated"."""
    audits: dict[str, int]
    """State to how many; empty before the round is allocated."""
    overdue: int
    """Its open audits past their due date."""
    due_this_week: int
    waiting: dict[str, int]
    """What somebody has to do next, to how many times."""


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What leaves."""

    by_state: dict[str, int]
    """State to how many notices written in the last day."""
    late: int
    """Due and not sent."""
    oldest_due_at: datetime | None
    people_unreachable: int
    held: int
    paused: bool
    pilot: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundsStatus:
    """Where the rounds stand."""

    round: RoundStatus | None
    """The latest that was allocated, failing that the next to be; None when none was ever planned."""
    coming: tuple[RoundStatus, ...]
    """Those planned or approved for later months, the next one first."""
    overdue: int
    """Open audits past their due date, of all rounds: those of earlier ones wait as well."""


def rounds_status(view: View, council: Council, now: datetime) -> RoundsStatus:
    """Where the latest round stands, what comes after it, and what is overdue from whichever round."""
    allocated = view.rounds.in_state("allocated")[-1:]
    waiting = (*view.rounds.in_state("planned"), *view.rounds.in_state("approved"))
    later = sorted(
        (one for one in waiting if not allocated or one.month > allocated[0].month), key=lambda one: one.month
    )
    standing = [_status(view, council, one, now) for one in (*allocated, *later)]
    today = council.today(now)
    return RoundsStatus(
        round=standing[0] if standing else None,
        coming=tuple(standing[1:]),
        overdue=sum(audit.due_on < today for audit in view.duties.open_audits()),
    )


def _status(view: View, council: Council, chosen: RoundRow, now: datetime) -> RoundStatus:
    today = council.today(now)
    audits = view.audits.of_round(chosen.id)
    open_ones = [a for a in audits if a.state in (AuditState.ALLOCATED, AuditState.ACCEPTED)]
    return RoundStatus(
        id=chosen.id,
        month=chosen.month,
        state=chosen.state,
        audits=dict(Counter(audit.state.value for audit in audits)),
        overdue=sum(audit.due_on < today for audit in open_ones),
        due_this_week=sum(today <= audit.due_on <= today + timedelta(days=7) for audit in open_ones),
        waiting=_waiting(view, chosen.state, audits),
    )


def deliveries(view: View, now: datetime) -> Deliveries:
    """What left in the last day, and what did not."""
    overdue = view.outbox.overdue(now)
    counts: Counter[str] = Counter()
    for (state, _), number in view.outbox.counts(since=now - LATELY).items():
        counts[state] += number
    pilot = view.switches.pilot()
    return Deliveries(
        by_state=dict(counts),
        late=overdue.count,
        oldest_due_at=overdue.oldest_due_at,
        people_unreachable=len({person_id for person_id, _, _ in view.notices.unreachable()}),
        held=sum(one.count for one in view.outbox.held()),
        paused=view.switches.paused() is not None,
        pilot=pilot.teams if pilot else (),
    )


def _waiting(view: View, state: str, audits: tuple[Audit, ...]) -> dict[str, int]:
    # An exempt auditor's case goes to nobody else.
    returned = [a for a in audits if a.returned_because not in (None, Returned.EXEMPT)]
    found = {
        "the QA office to approve the round": int(state == "planned"),
        "the 1st of the month": int(state == "approved"),
        "auditors to accept": sum(a.state is AuditState.ALLOCATED for a in audits),
        "auditors to submit": sum(a.state is AuditState.ACCEPTED for a in audits),
        "the QA office to reallocate": sum(not view.audits.replaced(a.id) for a in returned),
        "team managers to review": sum(
            a.state is AuditState.SUBMITTED and view.audits.review(a.id) is None for a in audits
        ),
    }
    return {what: number for what, number in found.items() if number}
