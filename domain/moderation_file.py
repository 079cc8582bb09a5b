"""A moderation with everything needed to show it beside its audit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.audit_file import AuditFile
from domain.moderation import Moderation
from domain.moderation_form import ModerationForm
from domain.moderation_parts import Original


@dataclass(frozen=True, slots=True)
class Offered:
    """An example audit that may be offered to the auditor (MO-18)."""

    example_id: int
    title: str
    section: str
    """A section's key, or "overall"."""


@dataclass(frozen=True, slots=True)
class ModerationFile:
    """One moderation, read by somebody of the Panel."""

    moderation: Moderation
    file: AuditFile
    form: ModerationForm
    original: Original
    holder_name: str
    """Whose it is; empty while it is nobody's."""
    decider_name: str
    mine: bool
    """Whether the reader has it."""
    can_fill: bool
    """Whether the reader may write: whoever has it, and the chair; nobody once it is decided."""
    can_take: bool
    can_hand_over: bool
    missing: Mapping[str, tuple[str, ...]]
    """Page to what it lacks."""
    suggested_day: date
    """For a missing action (Q15)."""
    examples: tuple[Offered, ...] = ()
    hints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Page to what in its texts looks as if it said who somebody is (SG-01)."""
