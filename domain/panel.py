"""Who of the Panel may look at an audit, and who chairs: nobody moderates own work or casework.

Source: MO-07, Q9.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.people import Person, Post


@dataclass(frozen=True, slots=True)
class Ties:
    """Who and which teams are tied to an audit."""

    people: frozenset[int]
    """Its auditor, the practitioner, and whoever supervises, chairs or reviews the case."""
    teams: frozenset[int]
    """The teams that hold or held the case, and the auditor's own."""

    def of(self, person: Person) -> bool:
        """Whether this person is tied to the audit."""
        return person.id in self.people or (person.team_id is not None and person.team_id in self.teams)


def members(people: Iterable[Person], ties: Ties) -> tuple[Person, ...]:
    """Practice consultants and the PSW without a tie, in the order given."""
    seats = {Post.PC, Post.PSW}
    return tuple(p for p in people if p.posts & seats and not ties.of(p) and p.left_on is None)


def chairs(people: Iterable[Person], ties: Ties) -> tuple[Person, ...]:
    """The PSW; the SM for QA where every PSW is tied to the audit, or there is none (Q9)."""
    there = tuple(p for p in people if p.left_on is None and not ties.of(p))
    return tuple(p for p in there if Post.PSW in p.posts) or tuple(p for p in there if Post.SM_QA in p.posts)
