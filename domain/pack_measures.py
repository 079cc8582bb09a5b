"""What packs count beside the figures of a period: learning, thanks, practitioners' own words, themes.

Source: CA-17, CA-21, GP-01 to GP-06, MO-21, OG-06, OG-09, PF-15.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.figures import Figure
from domain.framework import Framework
from domain.loop import Found
from domain.measures import record_of
from domain.themes import COMPONENT

COMMENTED, PRAISED, COMPARED = "commented", "praised", "compared"
LEARNING_OPEN, LEARNING_CLOSED = "learning.open", "learning.closed"
SEEN, THANKED, RESTS_ON = "seen.", "thanked.", "rests_on."
"""How the keys begin of a component seen in audits, of thanks by theme, and of what an entry rests on."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the repositories hold of a period beside its audits."""

    commented: frozenset[int]
    """Audits on which the practitioner wrote something (CA-17)."""
    thanked: Mapping[int, int]
    """Praise note to the audit it is about (CA-21)."""
    compared: tuple[int, ...]
    """Moderations released in the twelve months up to the period's end."""
    learning_open: tuple[int, ...]
    """Published entries of the log that stood open at the period's end."""
    learning_closed: tuple[int, ...]
    """Entries closed in the period, with their answer on impact (OG-06)."""
    evidence: Mapping[int, tuple[int, ...]]
    """Entry of these to the audits it rests on."""


def beside(framework: Framework, found: Sequence[Found], known: Beside) -> tuple[Figure, ...]:
    """The figures of these, of the council as a whole."""
    audits = tuple(record_of(one.audit_id) for one in found)
    return (
        Figure(
            COMMENTED,
            "Practitioners added their own words",
            tuple(record_of(one.audit_id) for one in found if one.audit_id in known.commented),
            audits,
        ),
        Figure(PRAISED, "Notes of thanks for good work", _notes(known.thanked)),
        Figure(
            COMPARED,
            "Moderations released in twelve months",
            tuple(f"moderation {i}" for i in known.compared),
        ),
        Figure(LEARNING_OPEN, "Learning in hand", _entries(known.learning_open), guarded=False),
        Figure(
            LEARNING_CLOSED, "Learning closed with its impact", _entries(known.learning_closed), guarded=False
        ),
        *_themes(framework, found, known, audits),
        *(
            Figure(
                f"{RESTS_ON}{entry}",
                "Audits it rests on",
                tuple(record_of(i) for i in known.evidence.get(entry, ())),
            )
            for entry in (*known.learning_open, *known.learning_closed)
        ),
    )


def good_in(theme: str, one: Found) -> bool:
    """Whether this audit shows good work there: graded Good or better, or the component was seen."""
    if theme.startswith(COMPONENT):
        return any(theme in tags for tags in one.tags.values())
    grade = one.sections.get(theme)
    return grade is not None and not grade.below_good


def _themes(
    framework: Framework, found: Sequence[Found], known: Beside, audits: tuple[str, ...]
) -> Iterable[Figure]:
    for tag in framework.tags:
        seen = tuple(record_of(one.audit_id) for one in found if good_in(tag.id, one))
        yield Figure(f"{SEEN}{tag.id}", f"{tag.text}: seen", seen, audits)
    for theme in (*framework.section_keys, *(tag.id for tag in framework.tags)):
        good = {one.audit_id for one in found if good_in(theme, one)}
        notes = {note: audit for note, audit in known.thanked.items() if audit in good}
        yield Figure(f"{THANKED}{theme}", "Notes of thanks for work that was good here", _notes(notes))


def _notes(thanked: Mapping[int, int]) -> tuple[str, ...]:
    return tuple(f"praise {note}" for note in sorted(thanked))


def _entries(ids: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"learning entry {i}" for i in ids)
