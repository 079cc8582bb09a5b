"""How moderation went for auditors, for the one person who is to help them: their own service manager.

Only what is released is counted: a moderation that waits for its talk shows nowhere (MO-17). There is no
order among auditors but the alphabet, no score and no rate: one or two moderated audits a year are no
measure of anybody (SG-03).

Source: MO-16, MO-20, MO-21, Q5, SG-03.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.framework import Numbers
from domain.grades import Grade
from domain.moderation import Moderation, Verdict, counting_grade
from domain.moderation_form import from_body

NEW, STRUGGLING = "new", "struggling"


@dataclass(frozen=True, slots=True)
class Moderated:
    """How the moderations of some audits went."""

    moderated: int
    satisfactory: int
    concern: int
    kinder: int
    """The auditor's overall grade was better than the one that counts."""
    harsher: int
    """It was worse."""
    sections_only: int
    """The overall grade stayed and a section's did not."""


@dataclass(frozen=True, slots=True)
class AuditorModerated:
    """One auditor's moderations of a round."""

    auditor_id: int
    name: str
    standing: str
    """"new", "struggling" or empty (Q5)."""
    went: Moderated
    would_help: tuple[str, ...]
    """What the Panel wrote that would help them."""


@dataclass(frozen=True, slots=True)
class ModerationReport:
    """A service manager's auditors, and the rest of the council as a whole."""

    auditors: tuple[AuditorModerated, ...]
    """By name; each of them has a moderated audit in the round."""
    own: Moderated
    others: Moderated
    """Of every other auditor together."""
    not_moderated: tuple[tuple[str, str], ...]
    """(name, standing) of new and struggling auditors without a moderated audit in the round."""
    waiting: int
    """Moderations of this manager's auditors that are not over yet."""


Pair = tuple[Grade, Moderation]
"""The auditor's overall grade, and the audit's moderation."""


def how_it_went(pairs: Iterable[Pair]) -> Moderated:
    """The counts of these moderations, released ones alone."""
    released = [(grade, one) for grade, one in pairs if one.released_at is not None]
    gaps = [grade.rank - counting_grade(grade, one).rank for grade, one in released]
    return Moderated(
        moderated=len(released),
        satisfactory=sum(one.verdict is Verdict.SATISFACTORY for _, one in released),
        concern=sum(one.verdict is Verdict.CONCERN for _, one in released),
        kinder=sum(gap > 0 for gap in gaps),
        harsher=sum(gap < 0 for gap in gaps),
        sections_only=sum(
            not gap and bool(one.grade_changed) for gap, (_, one) in zip(gaps, released, strict=True)
        ),
    )


def would_help(moderations: Iterable[Moderation]) -> tuple[str, ...]:
    """What the Panel wrote to help the auditor, of released moderations."""
    texts = (from_body(one.body).development.strip() for one in moderations if one.released_at is not None)
    return tuple(text for text in texts if text)


def standing(history: Sequence[Moderation], numbers: Numbers) -> str:
    """Whether an auditor is new or struggling; `history` holds their moderations, newest first (Q5).

    What is not released yet does not count here, so that nobody reads off what the auditor has not been told.
    """
    released = [one for one in history if one.released_at is not None]
    if any(one.needs_talk for one in released[: numbers.struggling_looks_at]):
        return STRUGGLING
    return NEW if len(released) < numbers.new_auditor_moderated else ""
