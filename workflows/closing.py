"""When an audit is closed, and what is asked afterwards (RO-01, SU-08; workflow 1B steps 15 to 18)."""

from datetime import datetime

from storage.work import Work
from workflows.council import Council


def close_complete(work: Work, council: Council, *, now: datetime) -> int:
    """Close what lacks nothing any more; returns how many."""
    return 0
