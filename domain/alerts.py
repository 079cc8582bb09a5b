"""A safety alert with everything needed to show it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Alert:
    """What was raised, who was told and who has said they act (Q16)."""

    id: int
    audit_id: int
    reference: str
    team_name: str
    """The team holding the case now."""
    raised_by_name: str
    raised_at: datetime
    concern: str
    told: frozenset[int]
    """Ids of everyone told, the escalation included."""
    escalated_to: frozenset[int]
    acknowledged: tuple[tuple[int, str, datetime], ...]
    """(person id, name, when), earliest first."""
