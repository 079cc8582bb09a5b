"""What the audits of a period say together: theme by theme, against the period before, and by cohort.

A theme is a section, counted by how many audits grade it below Good, or a component of good practice (GP-01
to GP-06), counted by how many audits tag it as seen. The grade that counts is the Panel's once it is
released, and a held moderation counts nowhere (MO-21).

Rising and falling. Two shares are compared by the ordinary test of two proportions, and a difference is named
only where chance alone would bring it about less than once in a hundred times: a view holds some fifteen
themes, so at the usual one in twenty it would name one for nothing nearly every time. Where a period would be
expected to hold fewer than five audits on either side, the test does not hold and nothing is said.

Source: CA-21, RO-04, GP-01 to GP-06, SG-04 (it counts, people judge), SG-03 (no audits are told apart by who
wrote them).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from domain.framework import Framework
from domain.grades import Grade
from domain.suppression import shown, shown_parts

LEAST_EXPECTED = 5
"""Audits that each side of each period should hold for the test to be sound; the textbook's number."""
BEYOND_CHANCE = 2.576
"""How many standard errors apart two shares are by chance once in a hundred times."""
COMPONENT = "GP-"
"""How the id of a component of good practice begins; any other theme is a section's key."""


class Cohort(StrEnum):
    """What audits are told apart by."""

    TEAM = "team"
    PLAN_TYPE = "plan_type"
    AGE_BAND = "age_band"


class Trend(StrEnum):
    """How a theme stands against the period before."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"
    """No difference that chance would not make."""
    UNKNOWN = "unknown"
    """Too few audits to say."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One submitted audit as themes count it."""

    audit_id: int
    cohorts: Mapping[Cohort, str]
    """What it is told apart by, in the words of the lists."""
    grades: Mapping[str, Grade]
    """Section to the grade that counts."""
    tags: Mapping[str, tuple[str, ...]]
    """Section to the components of good practice seen there."""

    def shows(self, theme: str) -> bool | None:
        """Whether it counts for the theme; None where the audit has nothing to say of it."""
        if theme.startswith(COMPONENT):
            return any(theme in tags for tags in self.tags.values())
        grade = self.grades.get(theme)
        return None if grade is None else grade.below_good

    def tagged(self, theme: str) -> bool:
        """Whether good practice was tagged there."""
        if theme.startswith(COMPONENT):
            return any(theme in tags for tags in self.tags.values())
        return bool(self.tags.get(theme))

    def below(self, theme: str) -> bool:
        """Whether it was graded below Good there; for a component, in a section that is tagged with it."""
        if theme.startswith(COMPONENT):
            return any(theme in tags and self._below(key) for key, tags in self.tags.items())
        return self._below(theme)

    def _below(self, key: str) -> bool:
        grade = self.grades.get(key)
        return grade is not None and grade.below_good


@dataclass(frozen=True, slots=True)
class Theme:
    """What a period says of one theme."""

    key: str
    audits: int
    """How many audits have something to say of it."""
    below: int
    tagged: int
    trend: Trend
    """Of `below` for a section, of `tagged` for a component."""
    audit_ids: tuple[int, ...] = ()
    """The audits it counts: its evidence."""

    @property
    def is_component(self) -> bool:
        """Whether it is a component of good practice."""
        return self.key.startswith(COMPONENT)

    @property
    def count(self) -> int:
        """The number that the theme is about."""
        return self.tagged if self.is_component else self.below


@dataclass(frozen=True, slots=True)
class CohortLine:
    """One cohort's part of a theme."""

    name: str
    audits: int | None
    count: int | None
    """None where it is too small to show, or would give away one that is."""


def theme_titles(framework: Framework) -> dict[str, str]:
    """Every theme there is to its title: the sections, then the components of good practice."""
    sections = {section.key: section.title for section in framework.sections}
    return sections | {tag.id: tag.text for tag in framework.tags}


def themes(
    keys: Iterable[str], now: Sequence[Counted], before: Sequence[Counted], smallest: int
) -> tuple[Theme, ...]:
    """Sections with the largest share below Good first, then components, those most often seen first.

    A theme that no audit speaks of is left out. Source: CA-21, RO-04.
    """
    found = [_theme(key, now, before, smallest) for key in keys]
    return tuple(
        sorted(
            (theme for theme in found if theme.audits),
            key=lambda theme: (theme.is_component, -theme.count / theme.audits, theme.key),
        )
    )


def trend(now: tuple[int, int], before: tuple[int, int]) -> Trend:
    """How a share (count, whole) stands against the one before. Source: CA-21."""
    (count, whole), (count_before, whole_before) = now, before
    if not whole or not whole_before:
        return Trend.UNKNOWN
    pooled = (count + count_before) / (whole + whole_before)
    if min(pooled, 1 - pooled) * min(whole, whole_before) < LEAST_EXPECTED:
        return Trend.UNKNOWN
    difference = count / whole - count_before / whole_before
    if abs(difference) <= BEYOND_CHANCE * sqrt(pooled * (1 - pooled) * (1 / whole + 1 / whole_before)):
        return Trend.STEADY
    return Trend.RISING if difference > 0 else Trend.FALLING


def by_cohort(theme: str, audits: Iterable[Counted], cohort: Cohort, smallest: int) -> tuple[CohortLine, ...]:
    """The theme's count in each cohort: the largest shown share first, then those too small to show, by name.

    Neither a small number of audits nor a small count is shown, nor what would give one away.
    """
    wholes: dict[str, int] = {}
    counts: dict[str, int] = {}
    for audit in audits:
        says = audit.shows(theme)
        if says is not None:
            name = audit.cohorts[cohort]
            wholes[name] = wholes.get(name, 0) + 1
            counts[name] = counts.get(name, 0) + says
    names = sorted(wholes)
    shown_wholes = shown_parts([wholes[name] for name in names], smallest)
    shown_counts = shown_parts([counts[name] for name in names], smallest)
    lines = [
        CohortLine(name, whole, count if whole is not None else None)
        for name, whole, count in zip(names, shown_wholes, shown_counts, strict=True)
    ]
    return tuple(sorted(lines, key=_largest_first))


def _theme(key: str, now: Sequence[Counted], before: Sequence[Counted], smallest: int) -> Theme:
    speaking = [audit for audit in now if audit.shows(key) is not None]
    evidence = tuple(audit.audit_id for audit in speaking if audit.shows(key))
    earlier = [says for audit in before if (says := audit.shows(key)) is not None]
    found = trend((len(evidence), len(speaking)), (sum(earlier), len(earlier)))
    # What is too small to show is too small to speak of, and so is what came before it.
    if any(shown(count, smallest) is None for count in (len(evidence), sum(earlier))):
        found = Trend.UNKNOWN
    return Theme(
        key=key,
        audits=len(speaking),
        below=sum(audit.below(key) for audit in speaking),
        tagged=sum(audit.tagged(key) for audit in speaking),
        trend=found,
        audit_ids=evidence,
    )


def _largest_first(line: CohortLine) -> tuple[bool, float, str]:
    if line.count is None or not line.audits:
        return True, 0.0, line.name
    return False, -line.count / line.audits, line.name
