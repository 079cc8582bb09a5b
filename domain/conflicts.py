"""Who may not audit what: the one rule of an allocation that nothing outweighs.

Source: Q8, CA-01, CA-02.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, auto


class Conflict(StrEnum):
    """Why this person may not audit this case."""

    HOLDS = auto()
    SUPERVISES = auto()
    CHAIRS = auto()
    """Chairs the conference or reviews the child's care."""
    OWN_TEAM = auto()
    DECLARED = auto()
    """Declared a conflict with this very case before; what people know of a family is in no list."""


@dataclass(frozen=True, slots=True)
class AuditorIn:
    """An auditor of this round, as the allocation sees one."""

    person_id: int
    team_id: int | None
    service_id: int | None
    audits_this_year: int = 0
    """Audits since 1 April, for a fair load over the year."""
    declared: frozenset[int] = frozenset()
    """Cases this auditor declared a conflict with."""


@dataclass(frozen=True, slots=True)
class CaseIn:
    """An open case, as the allocation sees one: who stands where, and what the mix needs."""

    case_id: int
    practitioner_id: int
    team_id: int
    service_id: int
    plan_type: str
    gender: str
    age_band: str
    ethnicity: str
    supervisor_id: int | None = None
    chair_id: int | None = None


def conflicts_between(auditor: AuditorIn, case: CaseIn) -> tuple[Conflict, ...]:
    """Every reason why this auditor may not audit this case; empty when the auditor may. Source: Q8."""
    found = (
        (Conflict.HOLDS, case.practitioner_id == auditor.person_id),
        (Conflict.SUPERVISES, case.supervisor_id == auditor.person_id),
        (Conflict.CHAIRS, case.chair_id == auditor.person_id),
        (Conflict.OWN_TEAM, auditor.team_id is not None and case.team_id == auditor.team_id),
        (Conflict.DECLARED, case.case_id in auditor.declared),
    )
    return tuple(conflict for conflict, holds in found if holds)


class Barred:
    """Answers, for a case, which of these auditors may not audit it.

    The answer is the short list (a team and three people at most), because nearly everybody may audit
    nearly everything: at 2,000 auditors and 100,000 cases the allowed pairs would fill the memory.
    """

    def __init__(self, auditors: Iterable[AuditorIn]) -> None:
        teams: dict[int, set[int]] = {}
        declared: dict[int, set[int]] = {}
        self._people: set[int] = set()
        for auditor in auditors:
            self._people.add(auditor.person_id)
            if auditor.team_id is not None:
                teams.setdefault(auditor.team_id, set()).add(auditor.person_id)
            for case_id in auditor.declared:
                declared.setdefault(case_id, set()).add(auditor.person_id)
        self._teams = {team_id: frozenset(people) for team_id, people in teams.items()}
        self._declared = {case_id: frozenset(people) for case_id, people in declared.items()}
        self._known: dict[tuple[int, int, int | None, int | None], frozenset[int]] = {}

    def from_case(self, case: CaseIn) -> frozenset[int]:
        """The ids of the auditors who may not audit this case."""
        key = (case.team_id, case.practitioner_id, case.supervisor_id, case.chair_id)
        if key not in self._known:
            people = {
                person_id
                for person_id in (case.practitioner_id, case.supervisor_id, case.chair_id)
                if person_id is not None and person_id in self._people
            }
            self._known[key] = self._teams.get(case.team_id, frozenset()) | people
        declared = self._declared.get(case.case_id)
        return self._known[key] | declared if declared else self._known[key]
