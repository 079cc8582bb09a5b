"""The one sentence of a digest: what changed since the round before, if anything did.

Nothing is made of a hidden number or of noise: a change is named only where the test of `domain.themes` finds
it beyond chance, and only of what is finished when the digest is posted. What comes of an audit later (its
actions, its supervision, its moderation) had more time in the round before, so the two are no comparison.

Source: CA-21, SG-03, SG-04.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.days import short_day
from domain.digest import Digest
from domain.figures import Shown, grade_key
from domain.framework import Framework
from domain.grades import Grade
from domain.measures import theme_key
from domain.themes import Trend, trend

Count = tuple[int, int]
"""How many of how many."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of two rounds, both of which may be shown."""

    more: str
    fewer: str
    now: Count
    before: Count

    @property
    def is_meant(self) -> bool:
        """Whether chance alone would hardly bring it about."""
        return trend(self.now, self.before) in {Trend.RISING, Trend.FALLING}

    @property
    def size(self) -> float:
        """How far apart the two shares are, 0 to 1."""
        return abs(self._difference)

    def says(self, month: str) -> str:
        """ "More children were heard: 28 of 32, against 15 of 30 in May."""
        stem = self.more if self._difference > 0 else self.fewer
        (count, whole), (count_before, whole_before) = self.now, self.before
        return f"{stem}: {count} of {whole}, against {count_before} of {whole_before} in {month}."

    @property
    def _difference(self) -> float:
        return self.now[0] / self.now[1] - self.before[0] / self.before[1]


_STEMS = (
    ("on_time", "More audits came in on time", "Fewer audits came in on time"),
    ("voice_child", "More children were heard", "Fewer children were heard"),
    ("voice_parent", "More parents and carers were heard", "Fewer parents and carers were heard"),
    ("voice_agency", "Other agencies were heard more often", "Other agencies were heard less often"),
)


_TOO_FEW = "Too few audits have come in to say what changed."


def sentence(framework: Framework, digest: Digest) -> str:
    """What the digest says first."""
    if digest.due_on is not None:
        return _under_way(digest)
    if digest.figure("submitted").count == 0:
        return "No audit has come in from this round yet."
    if digest.figure("submitted").is_hidden:
        return _TOO_FEW
    if digest.before is None:
        return "This is the first round, so there is nothing to set beside it yet."
    month = f"{digest.before.first:%B}"
    comparable = list(_changes(framework, digest))
    changes = [change for change in comparable if change.is_meant]
    if not comparable:
        return _TOO_FEW
    if not changes:
        return f"Nothing has changed since {month} by more than chance would bring about."
    return max(changes, key=lambda change: change.size).says(month)


def _under_way(digest: Digest) -> str:
    done, due_on = digest.figure("done"), digest.due_on
    assert due_on is not None
    day, name = short_day(due_on), f"the {digest.now.first:%B} round"
    if done.count is None or not done.of:
        return f"{name[0].upper()}{name[1:]} is under way. Its audits are due on {day}."
    if done.count == done.of:
        return f"All {done.of} audits of {name} are in. Thank you."
    return f"{done.count} of {done.of} audits of {name} are in; they are due on {day}."


def _changes(framework: Framework, digest: Digest) -> Iterator[Change]:
    for key, more, fewer in _STEMS:
        yield from _change(more, fewer, [digest.figure(key)], [digest.figure_before(key)])
    good = [grade_key(grade) for grade in Grade if not grade.below_good]
    yield from _change(
        "More audits were graded Good or better",
        "Fewer audits were graded Good or better",
        [digest.figure(key) for key in good],
        [digest.figure_before(key) for key in good],
    )
    for section in framework.sections:
        key = theme_key(section.key)
        yield from _change(
            f"{section.title} was below Good more often",
            f"{section.title} was below Good less often",
            [digest.figure(key)],
            [digest.figure_before(key)],
        )


def _change(more: str, fewer: str, now: Sequence[Shown], before: Sequence[Shown | None]) -> Iterator[Change]:
    """The change of these figures together, where every one of them may be shown."""
    counts, counts_before = _together(now), _together(before)
    if counts is not None and counts_before is not None:
        yield Change(more, fewer, counts, counts_before)


def _together(figures: Sequence[Shown | None]) -> Count | None:
    total = whole = 0
    for shown in figures:
        if shown is None or shown.count is None or not shown.of:
            return None
        total, whole = total + shown.count, shown.of
    return total, whole
