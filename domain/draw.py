"""Which audits the Panel looks at: the compulsory ones, and by lot as many more as the least share needs.

Everything the lot depends on is frozen first and kept with its hash and seed, so that anybody can draw again,
even without this code: an audit's ticket is the SHA-256 of seed, population hash and audit id, and the lowest
tickets are drawn.

Source: MO-02, MO-04 to MO-06, Q3 to Q5.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.framework import Numbers
from domain.grades import Grade
from domain.moderation import Moderation, Reason

RULE_VERSION = "1"
"""Of the rules below. Whoever changes what `draw` answers changes it, so that no replay is in doubt."""

WITHIN, OVER, PASSED = "within", "over", "passed"
"""States of a draw: up to the most per cent, above it, above it and passed by the chair with a reason."""

_ALWAYS = {Grade.OUTSTANDING: Reason.OUTSTANDING, Grade.INADEQUATE: Reason.INADEQUATE}


class AuditorClass(StrEnum):
    """How an auditor's audits are looked at (Q5). For the Panel's eyes alone (SG-03)."""

    NEW = "new"
    STRUGGLING = "struggling"
    PROFICIENT = "proficient"


@dataclass(frozen=True, slots=True)
class Entry:
    """One audit of the population: numbers and classes, no text."""

    audit_id: int
    auditor_id: int
    auditor_class: AuditorClass
    grade: Grade
    """The auditor's own overall grade."""
    reasons: tuple[Reason, ...]
    """Why it was chosen before the lot was drawn; empty when it was not."""
    sampled: int
    """How often an audit of this auditor's was drawn by lot before (MO-05)."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw answers."""

    population_hash: str
    total: int
    chosen: tuple[int, ...]
    """Audits chosen before the lot was drawn, in order of id; never dropped."""
    top_ups: tuple[int, ...]
    """Audits added by lot, in the order drawn."""
    state: str
    """WITHIN or OVER."""

    @property
    def moderated(self) -> int:
        """How many audits the Panel looks at."""
        return len(self.chosen) + len(self.top_ups)


def auditor_reasons(history: Sequence[Moderation], numbers: Numbers) -> tuple[Reason, ...]:
    """What in the auditor's own moderations, decided and newest first, makes this audit compulsory.

    New is whoever has fewer than the number of them, struggling whose latest ones show a concern or a changed
    grade; somebody may be both. Source: MO-04, Q5.
    """
    found = []
    if len(history) < numbers.new_auditor_moderated:
        found.append(Reason.NEW_AUDITOR)
    if any(one.needs_talk for one in history[: numbers.struggling_looks_at]):
        found.append(Reason.STRUGGLING_AUDITOR)
    return tuple(found)


def auditor_class(history: Sequence[Moderation], numbers: Numbers) -> AuditorClass:
    """New, struggling or proficient; whoever is new and struggles counts as new (Q5)."""
    found = auditor_reasons(history, numbers)
    if Reason.NEW_AUDITOR in found:
        return AuditorClass.NEW
    return AuditorClass.STRUGGLING if found else AuditorClass.PROFICIENT


def compulsory_reasons(
    overall: Grade, history: Sequence[Moderation], numbers: Numbers, *, nominated: bool = False
) -> tuple[Reason, ...]:
    """Every rule that makes a submitted audit compulsory; empty when none does.

    `nominated` says that the Panel has accepted a nomination. Source: MO-04, MO-06, Q3, Q4, Q6.
    """
    graded = (_ALWAYS[overall],) if overall in _ALWAYS else ()
    accepted = (Reason.NOMINATED,) if nominated else ()
    return (*graded, *auditor_reasons(history, numbers), *accepted)


def draw(population: Iterable[Entry], seed: int, numbers: Numbers) -> Drawn:
    """As many audits by lot, beside those chosen already, as the least per cent of the population needs.

    They come from proficient auditors' other audits: first from auditors never drawn by lot before, then
    from those not drawn just now. Beyond that chance alone decides, as whoever was drawn lately must not feel
    safe. Being over is a warning about workload, so it is not given for the few that the least share asks for
    in a small month. The order of the population carries no meaning. Source: MO-02, MO-05, Q3, Q4.
    """
    entries = tuple(population)
    hashed = population_hash(frozen(entries))
    chosen = tuple(sorted(one.audit_id for one in entries if one.reasons))
    least = -(-len(entries) * numbers.moderation_least_percent // 100)
    waiting = [one for one in entries if not one.reasons and one.auditor_class is AuditorClass.PROFICIENT]
    waiting.sort(key=lambda one: ticket(seed, hashed, one.audit_id))
    top_ups: list[int] = []
    drawn_now: set[int] = set()
    while waiting and len(chosen) + len(top_ups) < least:
        # Of equals, the first: the list stands in the order of the tickets.
        found = min(waiting, key=lambda one: (one.auditor_id in drawn_now, one.sampled > 0))
        waiting.remove(found)
        top_ups.append(found.audit_id)
        drawn_now.add(found.auditor_id)
    moderated = len(chosen) + len(top_ups)
    above = moderated * 100 > len(entries) * numbers.moderation_most_percent
    return Drawn(
        hashed, len(entries), chosen, tuple(top_ups), OVER if above and moderated > least else WITHIN
    )


def ticket(seed: int, hashed: str, audit_id: int) -> str:
    """An audit's ticket; nobody can tell it before the population is closed."""
    return hashlib.sha256(f"{seed} {hashed} {audit_id}".encode()).hexdigest()


def frozen(population: Iterable[Entry]) -> list[dict[str, Any]]:
    """The population as plain JSON values, in order of audit id, as it is kept."""
    return [
        {
            "audit": one.audit_id,
            "auditor": one.auditor_id,
            "class": one.auditor_class.value,
            "grade": one.grade.value,
            "reasons": sorted(reason.value for reason in one.reasons),
            "sampled": one.sampled,
        }
        for one in sorted(population, key=lambda one: one.audit_id)
    ]


def thawed(kept: Iterable[Mapping[str, Any]]) -> tuple[Entry, ...]:
    """The population as it was kept; ValueError, KeyError or TypeError when it is not of its shape."""
    return tuple(
        Entry(
            audit_id=one["audit"],
            auditor_id=one["auditor"],
            auditor_class=AuditorClass(one["class"]),
            grade=Grade(one["grade"]),
            reasons=tuple(Reason(word) for word in one["reasons"]),
            sampled=one["sampled"],
        )
        for one in kept
    )


def population_hash(kept: Sequence[Mapping[str, Any]]) -> str:
    """The SHA-256 of a frozen population: of its JSON with sorted keys and no blanks."""
    text = json.dumps(list(kept), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
