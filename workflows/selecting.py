"""Which audits are moderated: compulsory ones as they are submitted, the rest by lot (MO-02 to MO-06)."""

from datetime import datetime

from domain.audits import Audit
from storage.work import Work
from workflows.council import Council


def select_submitted(work: Work, council: Council, audit: Audit, *, now: datetime) -> None:
    """Choose a submitted audit where a rule makes it compulsory (Q3, Q4)."""


def draw_due(work: Work, council: Council, *, now: datetime) -> int:
    """Draw for each month whose day has come; returns for how many."""
    return 0
