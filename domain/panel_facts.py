"""What the Panel sees before it chooses an audit: one that looks misgraded, or one put forward.

Source: MO-03, Q6, SG-03, SG-04.
"""

from dataclasses import dataclass
from datetime import date, datetime

from domain.draw import AuditorClass


@dataclass(frozen=True, slots=True)
class Suspect:
    """A submitted audit that looks misgraded, on the list; it names no case."""

    audit_id: int
    auditor_name: str
    team_name: str
    submitted_on: date
    says: tuple[str, ...]
    """Why, a plain sentence each."""


@dataclass(frozen=True, slots=True)
class AuditInShort:
    """A submitted audit in short, for whoever is about to choose it."""

    audit_id: int
    reference: str
    auditor_name: str
    team_name: str
    submitted_on: date
    matters_most: str
    """What matters most to the child now, in the auditor's words."""
    grade_label: str
    rationale: str
    section_grades: tuple[tuple[str, str], ...]
    """(section title, grade label)."""
    says: tuple[str, ...]
    """What makes it look misgraded; may be empty."""


@dataclass(frozen=True, slots=True)
class Nomination:
    """What a team manager put forward, with what the Panel knows of the auditor."""

    audit: AuditInShort
    nominated_by: str
    nominated_at: datetime
    reason: str
    auditor_class: AuditorClass
    moderated: int
    """How many of the auditor's audits have been moderated."""
    answer_by: date
    state: str
    """"waiting", "accepted", "declined", or "chosen" where it is in the queue for another reason."""
    answer: str
    """What the chair wrote."""
