"""What an allocation is given and what it answers: values only.

Source: CA-01 to CA-04, Q8.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum, auto
from operator import attrgetter

from domain.conflicts import AuditorIn, CaseIn, Conflict

Category = str | int
"""A value of a mix attribute; a team stands under its id."""


class Attribute(StrEnum):
    """What the sample mixes as the whole caseload does (CA-04)."""

    TEAM = "team"
    PLAN_TYPE = "plan_type"
    GENDER = "gender"
    AGE_BAND = "age_band"
    ETHNICITY = "ethnicity"

    def of(self, case: CaseIn) -> Category:
        """The case's category under this attribute."""
        return next(self.each((case,)))

    def each(self, cases: Iterable[CaseIn]) -> Iterator[Category]:
        """The category of each case under this attribute."""
        return map(attrgetter("team_id" if self is Attribute.TEAM else self.value), cases)


@dataclass(frozen=True, slots=True)
class PractitionerIn:
    """A practitioner whose work is audited."""

    person_id: int
    last_audited_on: date | None
    """None when never audited."""
    active: bool = True
    """False for someone who left or is long away; their cases are not drawn."""


@dataclass(frozen=True, slots=True)
class ReauditIn:
    """A case to be audited again, as help was Inadequate, which no audit has taken up."""

    case_id: int
    due_on: date
    auditor_id: int
    """Who audited it; somebody else should look this time."""


@dataclass(frozen=True, slots=True)
class Population:
    """Everything the choice is made from, frozen. The order of the collections carries no meaning."""

    month_on: date
    """First day of the round's month."""
    auditors: tuple[AuditorIn, ...]
    cases: tuple[CaseIn, ...]
    """The whole open caseload, against which the mix is measured."""
    practitioners: tuple[PractitionerIn, ...]
    recent_pairs: frozenset[tuple[int, int]] = frozenset()
    """(auditor, practitioner) pairs too recent to repeat; see `domain.allocation_repeats`."""
    areas: tuple[tuple[str, int | None], ...] = ()
    """Service areas the framework wants spanned: name, and service id where the lists know it."""
    round_months: tuple[int, ...] = (1, 3, 5, 7, 9, 11)
    cover_months: int = 12
    reaudits: tuple[ReauditIn, ...] = ()
    """Whatever their day; those due before the next round come first in this one."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the QA office has settled before the rest is chosen."""

    fixed: frozenset[tuple[int, int]] = frozenset()
    """(auditor, case) pairs to keep."""
    excluded_cases: frozenset[int] = frozenset()
    excluded_auditors: frozenset[int] = frozenset()
    rejected: frozenset[tuple[int, int]] = frozenset()
    """(auditor, case) pairs not to be proposed."""

    def apart(self, auditors: Iterable[AuditorIn]) -> tuple[AuditorIn, ...]:
        """The auditors with the rejected cases kept from them like those they declared a conflict with.

        The choice need not ask why a case is not to be theirs.
        """
        kept_from: dict[int, frozenset[int]] = {}
        for auditor_id, case_id in self.rejected:
            kept_from[auditor_id] = kept_from.get(auditor_id, frozenset()) | {case_id}
        return tuple(
            replace(one, declared=one.declared | kept_from[one.person_id])
            if one.person_id in kept_from
            else one
            for one in auditors
        )


class ReasonKind(StrEnum):
    """Why this auditor has this case. `facts` of the reason are named after each."""

    FIXED = auto()
    REAUDIT = auto()
    """due_on (date)."""
    NEVER_AUDITED = auto()
    WAITED = auto()
    """months, due_on (date), due (whether this round is the last in time)."""
    ADDS_TO_MIX = auto()
    """attribute, category."""
    ONLY_OF_SERVICE = auto()
    """service_id."""
    OTHER_SERVICE = auto()
    OWN_SERVICE = auto()
    REPEAT_PAIR = auto()
    LIGHT_LOAD = auto()
    """audits: how many the auditor has had this year."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with its facts; `allocation_reasons.sentence` says it in plain English."""

    kind: ReasonKind
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """One audit: who audits which case, and why."""

    auditor_id: int
    case_id: int
    practitioner_id: int
    reasons: tuple[Reason, ...]


class UnplacedWhy(StrEnum):
    """Why an auditor has no case this round."""

    EXCLUDED = auto()
    ALL_BARRED = auto()
    """Every case that could be drawn is in conflict with them, or was rejected for them."""
    TOO_FEW_CASES = auto()
    NEEDED_ELSEWHERE = auto()
    """The few cases open to them are the only ones open to others too."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An auditor without a case."""

    auditor_id: int
    why: UnplacedWhy


@dataclass(frozen=True, slots=True)
class MixLine:
    """One category beside the whole caseload. Shares run from 0 to 1."""

    category: Category
    caseload_share: float
    sample_share: float
    sample_count: int

    @property
    def deviation_pp(self) -> float:
        """How far the sample is from the caseload, in percentage points; negative when short."""
        return 100 * (self.sample_share - self.caseload_share)


@dataclass(frozen=True, slots=True)
class RoundAhead:
    """One round of the forecast."""

    month_on: date
    waiting: int
    """Practitioners whose audit falls due before the following round."""
    places: int
    late: int
    """Practitioners reached in this round although their day had passed before it began."""
    left: int
    """Of those waiting, how many this round cannot reach."""


@dataclass(frozen=True, slots=True)
class Due:
    """Who is due an audit under the rule of CA-03, and how far this plan and pace carry."""

    practitioners: int
    """Active practitioners who are due before the next round begins, the never audited included."""
    possible: int
    """The most of them that any conflict-free allocation could cover this round."""
    covered: int
    due_within_window: int
    """Active practitioners due at any time in the coming cover window."""
    ahead: tuple[RoundAhead, ...]
    """This round first, then those of the coming window."""
    shortfall: int
    """Practitioners whom no round of the window reaches at this pace."""
    without_open_case: int
    """Due practitioners with no case that could be drawn."""


class GaveWayKind(StrEnum):
    """What could not be satisfied. Facts are named after each."""

    AUDITORS_UNPLACED = auto()
    """auditor_ids."""
    PRACTITIONER_TWICE = auto()
    """practitioner_ids, fixed (whether the QA office chose it)."""
    REAUDIT_WAITS = auto()
    """case_ids."""
    DUE_WAIT = auto()
    """waiting, places_short (whether places, not conflicts, are the limit)."""
    SERVICE_MISSED = auto()
    """service_id, why (few_places, none_drawable or due_first)."""
    AREA_WITHOUT_CASE = auto()
    """area (its name): the whole caseload has no case of it, so no sample can."""
    MIX_OFF = auto()
    """attribute, category, places (how many too many, negative for too few)."""
    OWN_SERVICE = auto()
    """auditor_ids."""
    REPEAT_PAIR = auto()
    """auditor_ids."""
    NOT_BEST = auto()
    """The search for the best mix was cut short; a sound but plainer sample stands."""


@dataclass(frozen=True, slots=True)
class GaveWay:
    """One thing that gave way; `allocation_reasons.gave_way_sentence` says it in plain English."""

    kind: GaveWayKind
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """A proposed round."""

    seed: int
    places: tuple[Place, ...]
    """By auditor id."""
    unplaced: tuple[Unplaced, ...]
    mix: Mapping[Attribute, tuple[MixLine, ...]]
    """Largest share of the caseload first."""
    due: Due
    conflicts_avoided: Mapping[Conflict, int]
    """Pairs of an auditor and a sampled case that the hard rules ruled out, by reason."""
    gave_way: tuple[GaveWay, ...]

    @property
    def conflicts_avoided_count(self) -> int:
        """How many pairings were ruled out; one with two reasons counts under each."""
        return sum(self.conflicts_avoided.values())
