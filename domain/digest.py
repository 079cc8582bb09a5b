"""What the QA Group's channel is told of a round: figures with the ones before, and what they mean.

Everything the channel shows, the digest as well as answers to who asks there, is taken from one set of
figures and one look at what of it may be shown, so that no two of its posts give away together what each of
them hides.

Source: OG-03, OG-05, Q31, SG-03, MO-17.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from domain.agreement import Reading
from domain.charts import Chart, Series
from domain.figures import Disclosed, Figure, Period, Shown, grade_key
from domain.framework import Framework
from domain.grades import Grade
from domain.loop import Found, FoundAction
from domain.measures import VOICE_NAMES, Given, record_of, theme_key

SOON_DAYS = 14
"""What falls due within these many days is due soon."""


class Topic(StrEnum):
    """What somebody looks into."""

    EVERYTHING = "everything"
    """The digest itself."""
    GRADES = "grades"
    ACTIONS = "actions"
    VOICES = "voices"
    THEMES = "themes"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that the next weeks hold."""

    day: date
    title: str
    kind: str
    """"round", "moderation", "report", "meeting" or "activity"."""


@dataclass(frozen=True, slots=True)
class Digest:
    """One round as the QA Group sees it."""

    now: Period
    """The month the round was given out in."""
    before: Period | None
    """The month of the round before; None for the first."""
    shown: Disclosed
    due_on: date | None
    """When its audits are due; None once that day is over."""
    agreement: Reading
    """Auditors against the Panel over the last twelve months (MO-21)."""
    agreement_before: Reading
    rising: tuple[str, ...]
    """Titles of the themes that rise beyond chance."""
    unreachable: int
    """How many people cannot be reached; shown only as `domain.suppression` says."""
    coming: tuple[Coming, ...]

    def figure(self, key: str) -> Shown:
        """The figure of the round; KeyError where there is none of this key."""
        return _known(self.shown.of(self.now, key), key)

    def figure_before(self, key: str) -> Shown | None:
        """The same of the round before; None for the first round."""
        return self.shown.of(self.before, key) if self.before else None


def channel_figures(
    figures: Sequence[Figure], given: Iterable[Given], found: Iterable[Found], *, today: date
) -> tuple[Figure, ...]:
    """These figures with what is still to come in, by when it is due.

    What is open is what is left of the whole, so the parts belong together: shown beside each other, they
    must not give a small one away.
    """
    open_ones = [one for one in given if one.submitted_on is None]
    actions = [action for one in found for action in one.actions if action.state == "open"]
    all_given = tuple(record_of(one.audit_id) for one in given)
    parted = [_parted(figure) for figure in figures]
    waiting = Figure("waiting", "Still to come in", _audits(open_ones), all_given, part_of="given")
    still_open = next(figure for figure in parted if figure.key == "actions.open")
    soon = today + timedelta(days=SOON_DAYS)
    made = [
        waiting,
        Figure(
            "waiting.overdue",
            "Audits overdue",
            _audits(one for one in open_ones if one.due_on < today),
            waiting.counted,
            part_of="waiting",
        ),
        Figure(
            "waiting.soon",
            f"Audits due within {SOON_DAYS} days",
            _audits(one for one in open_ones if today <= one.due_on <= soon),
            waiting.counted,
            part_of="waiting",
        ),
        Figure(
            "waiting.later",
            "Audits due later",
            _audits(one for one in open_ones if one.due_on > soon),
            waiting.counted,
            part_of="waiting",
        ),
        Figure(
            "actions.soon",
            f"Actions due within {SOON_DAYS} days",
            _actions(one for one in actions if today <= one.due_on <= soon),
            still_open.counted,
            part_of="actions.open",
        ),
        Figure(
            "actions.later",
            "Actions due later",
            _actions(one for one in actions if one.due_on > soon),
            still_open.counted,
            part_of="actions.open",
        ),
    ]
    return (*parted, *made)


def grade_chart(framework: Framework, digest: Digest) -> Chart | None:
    """The grades that count as shares of what came in, the round before beside them; None without any."""
    keys = [(framework.grade_label(grade), grade_key(grade)) for grade in Grade]
    return _chart("Overall grades that count, in per cent", keys, digest)


def voice_chart(digest: Digest) -> Chart | None:
    """Whose views were heard, as shares; None where nothing may be shown."""
    keys = [(name, key) for key, name in VOICE_NAMES.items()]
    return _chart("Whose views were heard, in per cent", keys, digest)


def theme_keys(framework: Framework) -> tuple[tuple[str, str], ...]:
    """Each section's title and the key of its figure, in the order of the framework."""
    return tuple((section.title, theme_key(section.key)) for section in framework.sections)


def _chart(title: str, keys: Sequence[tuple[str, str]], digest: Digest) -> Chart | None:
    periods = [digest.now, *([digest.before] if digest.before else [])]
    series = tuple(
        Series(
            f"{period.first:%B}",
            tuple(_share(_known(digest.shown.of(period, key), key)) for _, key in keys),
        )
        for period in periods
    )
    chart = Chart(title, tuple(name for name, _ in keys), series, "%")
    # Bars of nothing beside words that say so would only take room.
    return chart if any(series[0].values) else None


def _share(shown: Shown) -> float | None:
    percent = shown.percent
    return None if percent is None else float(percent)


def _parted(figure: Figure) -> Figure:
    """The figure as a part of the whole that the others here make up with it."""
    of = {"done": "given", "actions.overdue": "actions.open"}.get(figure.key)
    return replace(figure, part_of=of) if of else figure


def _audits(audits: Iterable[Given]) -> tuple[str, ...]:
    return tuple(record_of(one.audit_id) for one in audits)


def _actions(actions: Iterable[FoundAction]) -> tuple[str, ...]:
    return tuple(f"action {action.id}" for action in actions)


def _known(shown: Shown | None, key: str) -> Shown:
    if shown is None:
        raise KeyError(key)
    return shown
