"""What a round found, told to those who can act on it (CA-20, CA-21, MO-20, RO-08)."""

from datetime import datetime

from storage.work import Work
from workflows.council import Council


def report_due(work: Work, council: Council, *, now: datetime) -> int:
    """Queue the reports of each round whose day has come; returns for how many."""
    return 0
