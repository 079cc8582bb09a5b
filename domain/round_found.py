"""What a round found: grades, strengths, what to work on, actions, whose views were heard.

Grades are those that count, the Panel's once released (MO-21). They are counted and never averaged (Q24).

Source: CA-09 to CA-11, CA-20, CA-21, CA-23, MO-21, RO-08, VF-02.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.grades import Grade
from domain.loop import Found
from domain.pages import VOICES
from domain.requisite import Numbers

CLEARLY = 0.1
"""How far two shares lie apart before one is called more often than the other."""


@dataclass(frozen=True, slots=True)
class SectionFound:
    """How a section was graded over several audits."""

    key: str
    graded: int
    good: int
    """Good or Outstanding."""

    @property
    def below(self) -> int:
        """Below Good."""
        return self.graded - self.good


@dataclass(frozen=True, slots=True)
class ActionsFound:
    """Where actions stand."""

    agreed: int
    open: int
    """Not called done yet, overdue ones among them."""
    overdue: int
    done: int
    """Called done and not confirmed yet."""
    confirmed: int


@dataclass(frozen=True, slots=True)
class RoundFound:
    """What some audits of one round found."""

    audits: int
    grades: Mapping[Grade, int]
    """Every grade, best first."""
    regraded: int
    """Audits in which the Panel's overall grade counts instead of another of the auditor's."""
    sections: tuple[SectionFound, ...]
    """In the order of the framework; a section nobody graded is left out."""
    tags_good: tuple[tuple[str, int], ...]
    """(component of good practice, audits) in sections that are Good or better, the most frequent first."""
    tags_below: tuple[tuple[str, int], ...]
    """The same of sections below Good."""
    actions: ActionsFound
    voices: tuple[tuple[str, int, int], ...]
    """(whose, obtained, audits)."""

    @property
    def strengths(self) -> tuple[SectionFound, ...]:
        """Sections more often Good than not, the clearest first."""
        found = [one for one in self.sections if one.good > one.below]
        return tuple(sorted(found, key=lambda one: -one.good))

    @property
    def to_work_on(self) -> tuple[SectionFound, ...]:
        """Sections that are below Good somewhere, the most frequent first."""
        return tuple(sorted((one for one in self.sections if one.below), key=lambda one: -one.below))


def round_found(audits: Iterable[Found], section_keys: Iterable[str], *, today: date) -> RoundFound:
    """What these audits found."""
    found = tuple(audits)
    return RoundFound(
        audits=len(found),
        grades={grade: sum(one.grade is grade for one in found) for grade in Grade},
        regraded=sum(one.grade is not one.original for one in found),
        sections=tuple(_sections(found, section_keys)),
        tags_good=_tags(found, below=False),
        tags_below=_tags(found, below=True),
        actions=_actions(found, today),
        voices=tuple((key, sum(one.voices.get(key, False) for one in found), len(found)) for key in VOICES),
    )


def _sections(found: tuple[Found, ...], keys: Iterable[str]) -> Iterable[SectionFound]:
    for key in keys:
        grades = [one.sections[key] for one in found if key in one.sections]
        if grades:
            yield SectionFound(key, len(grades), sum(not grade.below_good for grade in grades))


def _tags(found: tuple[Found, ...], *, below: bool) -> tuple[tuple[str, int], ...]:
    counted: Counter[str] = Counter()
    for one in found:
        keys = [key for key, grade in one.sections.items() if grade.below_good is below]
        counted.update({tag for key in keys for tag in one.tags.get(key, ())})
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _actions(found: tuple[Found, ...], today: date) -> ActionsFound:
    actions = [action for one in found for action in one.actions]
    states = Counter(action.state for action in actions)
    overdue = sum(action.state == "open" and action.due_on < today for action in actions)
    return ActionsFound(len(actions), states["open"], overdue, states["done"], states["confirmed"])


@dataclass(frozen=True, slots=True)
class TeamSummary:
    """A round as a team manager is told of it (CA-20)."""

    month: date
    team: str
    found: RoundFound
    waiting: int
    """Audits of the team's cases that are given out and not submitted yet."""


@dataclass(frozen=True, slots=True)
class ServiceReport:
    """A service's numbers and what its teams' audits found (RO-08, Q23)."""

    month: date
    service: str
    year_from: date
    rounds: int
    """Rounds given out so far this year."""
    year: Numbers
    this_round: Numbers
    found: RoundFound
    before: RoundFound | None
    """The round before, for the trend."""
    before_month: date | None


def trend(now: SectionFound, before: SectionFound | None, smallest: int) -> int | None:
    """1 where a section is clearly more often below Good than before, -1 where less often, 0 where neither.

    None where either number is too small to say: a trend would tell what the numbers may not.
    """
    if before is None or any(0 < n < smallest for one in (now, before) for n in (one.good, one.below)):
        return None
    if not now.graded or not before.graded:
        return None
    gap = now.below / now.graded - before.below / before.graded
    return 0 if abs(gap) < CLEARLY else (1 if gap > 0 else -1)
