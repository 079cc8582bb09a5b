"""Chooses sample and pairs among what is open: known links first, then the best sample that can be given out.

Source: CA-01, CA-03, CA-04, Q8; decision 0003.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from domain.allocation_due import Waiting
from domain.allocation_matching import Linking
from domain.allocation_pairing import pair_up
from domain.allocation_sample import Chooser, Cut, Question
from domain.allocation_values import Attribute, Category
from domain.conflicts import AuditorIn, Barred, CaseIn

DRAWS_AT_MOST = 60
"""Each draw rules a blocking group out; past this many the known sample stands and the plan says so."""


@dataclass(frozen=True)
class Open:
    """What is left to choose once the QA office's decisions are taken out."""

    auditors: tuple[AuditorIn, ...]
    """Those to place, by id."""
    drawable: Mapping[int, Sequence[CaseIn]]
    """By practitioner: the cases that may be drawn, by id."""
    waiting: Waiting
    kept: tuple[CaseIn, ...]
    """The fixed cases."""
    shares: Mapping[Attribute, Mapping[Category, float]]
    """Of the whole caseload."""
    recent_pairs: frozenset[tuple[int, int]]
    reaudits: frozenset[int] = frozenset()
    """Ids of the cases that may be drawn and whose re-audit is due; compulsory wherever one can be given."""

    @cached_property
    def already(self) -> Counter[int]:
        """How often a fixed case audits each practitioner."""
        return Counter(case.practitioner_id for case in self.kept)

    @cached_property
    def bands(self) -> tuple[tuple[int, ...], ...]:
        """Practitioners no fixed case audits, those to cover first in front; each stands in one band."""
        first = frozenset(self.waiting.reaudits)
        later = (*self.waiting.due_bands, self.waiting.not_due)
        bands = (self.waiting.reaudits, *(tuple(p for p in band if p not in first) for band in later))
        return tuple(tuple(person for person in band if not self.already[person]) for band in bands)

    @property
    def is_short_of_practitioners(self) -> bool:
        """Whether practitioners are fewer than auditors, so that some must be audited twice."""
        practitioners = self.already.keys() | self.drawable.keys()
        return len(practitioners) < len(self.auditors) + len(self.kept)

    def limits(self, times: int) -> dict[int, int]:
        """How often each practitioner may still be drawn when allowed so many audits in all."""
        return {
            person: min(times - self.already[person], len(cases))
            for person, cases in self.drawable.items()
            if times > self.already[person]
        }


@dataclass(frozen=True, slots=True)
class Known:
    """Conflict-free links that place the most auditors and cover those who wait longest."""

    case_of: Mapping[int, int]
    covered: tuple[int, ...]
    """Practitioners, one entry for each audit."""
    limits: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen."""

    case_of: Mapping[int, int]
    """Auditor to case."""
    due_possible: int
    searched: bool
    """False when the search for the best mix was cut short."""


def choose(left: Open, seed: int) -> Choice:
    """The best allocation of what is open; the same seed gives the same answer."""
    known = known_links(left, seed)
    due_possible = len(set(known.covered) & left.waiting.due - left.already.keys())
    if not known.covered:
        return Choice({}, due_possible, searched=True)
    barred = Barred(left.auditors)
    case_with = {case.case_id: case for person in known.limits for case in left.drawable[person]}
    links, searched = _best_links(left, known, case_with, barred, seed)
    drawn = tuple(case_with[case_id] for case_id in sorted(links.values()))
    return Choice(pair_up(left.auditors, drawn, links, left.recent_pairs, seed), due_possible, searched)


def known_links(left: Open, seed: int) -> Known:
    """Links covering the most, longest wait first: exact, whatever the conflicts. Source: CA-01, CA-03, Q8.

    A practitioner is drawn once, unless there are fewer practitioners than auditors.
    """
    random = Random(seed)  # noqa: S311 - a tie-break that must be repeatable, not a secret
    once = [person for band in left.bands for person in random.sample(band, len(band))]
    turn = random.sample([one.person_id for one in left.auditors], len(left.auditors))
    fixed_most = max(left.already.values(), default=0)
    times = 1
    known = _cover(left, once, turn, times)
    while left.is_short_of_practitioners and len(known.covered) < len(turn):
        times += 1
        more = _cover(left, once, turn, times)
        if len(more.covered) == len(known.covered) and times > fixed_most:
            break
        known = more
    return known


def _cover(left: Open, once: Sequence[int], turn: Sequence[int], times: int) -> Known:
    """Everybody in order once, then again up to the limits."""
    barred = Barred(left.auditors)
    case_with = {case.case_id: case for cases in left.drawable.values() for case in cases}
    limits = left.limits(times)
    order = list(once)
    for time in range(2, times + 1):
        order += [
            person
            for person in limits
            if left.already[person] < time <= left.already[person] + limits[person]
        ]
    linking = Linking(
        turn,
        {person: _in_turn(left, person) for person in limits},
        lambda case_id: barred.from_case(case_with[case_id]),
    )
    covered = tuple(person for person in order if linking.add(person) is None)
    return Known(linking.case_of, covered, limits)


def _in_turn(left: Open, person: int) -> list[int]:
    """The cases of a practitioner, those to be audited again first."""
    ids = [case.case_id for case in left.drawable[person]]
    return sorted(ids, key=lambda case_id: case_id not in left.reaudits)


def _best_links(
    left: Open, known: Known, case_with: Mapping[int, CaseIn], barred: Barred, seed: int
) -> tuple[Mapping[int, int], bool]:
    """Links over the best sample that auditors can be found for, and whether the search ran to its end."""
    cases = tuple(case_with[case_id] for case_id in sorted(case_with))
    kept_services = {case.service_id for case in left.kept}
    chooser = Chooser(
        Question(
            cases=cases,
            fixed=left.kept,
            shares=left.shares,
            places=len(known.covered),
            per_practitioner=known.limits,
            covered_at_least=_groups(left, known),
            recency=left.waiting.recency,
            services=frozenset(case.service_id for case in cases) - kept_services,
            known=frozenset(known.case_of.values()),
            compulsory=left.reaudits & case_with.keys(),
        ),
        seed,
    )
    everyone = frozenset(one.person_id for one in left.auditors)
    for _ in range(DRAWS_AT_MOST):
        sample = chooser.draw()
        trial = Linking(
            sorted(everyone),
            {case_id: (case_id,) for case_id in sample.case_ids},
            lambda case_id: barred.from_case(case_with[case_id]),
        )
        asked = [trial.add(case_id) for case_id in sample.case_ids]
        blocking = {one for one in asked if one is not None}
        if not blocking:
            return trial.case_of, sample.searched
        for auditors in sorted(blocking, key=sorted):
            others = everyone - auditors
            closed = frozenset(case.case_id for case in cases if others <= barred.from_case(case))
            chooser.learn(Cut(closed, len(auditors)))
    return known.case_of, False


def _groups(left: Open, known: Known) -> tuple[tuple[frozenset[int], int], ...]:
    """How many of those waiting longest must be covered, band on band."""
    reached = frozenset(known.covered) - left.already.keys()
    groups: list[tuple[frozenset[int], int]] = []
    so_far: frozenset[int] = frozenset()
    for band in left.bands:
        so_far |= frozenset(band) & known.limits.keys()
        groups.append((so_far, len(reached & so_far)))
    return tuple(groups)
