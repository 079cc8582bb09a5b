"""Learning and actions taken to supervision (CA-19, RO-02)."""

from datetime import datetime

from storage.work import Work
from workflows.council import Council


def tell_of_supervisions(work: Work, council: Council, *, now: datetime) -> int:
    """Queue the card before each supervision; returns how many."""
    return 0
