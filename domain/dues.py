"""Something due that belongs to a submitted audit: moderating it, talking it through, confirming, closing.

Source: MO-07, MO-16, Q6, CA-19, CA-23, RO-01; workflow 1B steps 11 to 18.
"""

from dataclasses import dataclass
from datetime import date

from domain.audits import Audit
from domain.nudges import About


@dataclass(frozen=True, slots=True)
class Due:
    """One person's thing to do about one submitted audit."""

    about: About
    subject_id: int
    """What its button opens: a moderation, an action for CONFIRM, else the audit."""
    audit: Audit
    person_id: int
    since_on: date
    due_on: date
