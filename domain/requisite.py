"""The requisite number of a service: its auditors times the rounds of the year so far, less exemptions.

Who audits in a round is asked of the same rules that plan it; the year runs from April to March.

Source: RO-08, Q1, Q23, Q33.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from domain.audits import Audit, AuditState, Returned


@dataclass(frozen=True, slots=True)
class Numbers:
    """A service's audits of some rounds."""

    places: int
    """Auditors times rounds."""
    exempt: int
    done: int
    under_way: int
    """Given out and not submitted yet."""
    without: int
    """No audit was found for them: they are new, were left out, or the one they had went back."""

    @property
    def required(self) -> int:
        """How many were to be done (Q23)."""
        return self.places - self.exempt

    @property
    def outstanding(self) -> int:
        """How many are still to be done."""
        return self.required - self.done

    def __add__(self, other: "Numbers") -> "Numbers":
        return Numbers(
            self.places + other.places,
            self.exempt + other.exempt,
            self.done + other.done,
            self.under_way + other.under_way,
            self.without + other.without,
        )


NONE = Numbers(0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class RoundNumbers:
    """A service's audits of one round."""

    month: date
    numbers: Numbers


def numbers_of(pool: Collection[int], audits: Iterable[Audit]) -> Numbers:
    """What these auditors owed in one round and did; `audits` are the round's, returned ones among them.

    An auditor owes one audit, however many were given to them one after another (CA-01).
    """
    by_auditor: dict[int, list[Audit]] = {auditor: [] for auditor in pool}
    for audit in audits:
        if audit.auditor_id in by_auditor:
            by_auditor[audit.auditor_id].append(audit)
    made = NONE
    for theirs in by_auditor.values():
        states = {audit.state for audit in theirs}
        done = AuditState.SUBMITTED in states
        exempt = not done and any(audit.returned_because is Returned.EXEMPT for audit in theirs)
        under_way = not done and not exempt and bool(states & {AuditState.ALLOCATED, AuditState.ACCEPTED})
        made += Numbers(1, exempt, done, under_way, not (done or exempt or under_way))
    return made
