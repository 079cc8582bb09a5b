"""Open cases, known by reference alone (SG-01)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Case:
    """A child's case as the case list gives it: a reference and what the mix needs, no names.

    Source: CA-04, SG-01.
    """

    id: int
    reference: str
    team_id: int
    practitioner_id: int
    """The lead practitioner, who is the one being audited."""
    plan_type: str
    gender: str
    age_band: str
    """For example "5 to 9"; the date of birth it came from is not kept."""
    ethnicity: str
    opened_on: date
    supervisor_id: int | None = None
    chair_id: int | None = None
    """The conference chair or independent reviewing officer."""
    opening_contact_on: date | None = None
    """When the contact that opened this episode came in (Q18)."""
    closed_on: date | None = None
    version: int = 1
