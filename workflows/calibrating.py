"""Calibration: one anonymised case that every auditor grades blind."""

from datetime import datetime

from storage.work import Work
from workflows.council import Council


def close_due(work: Work, council: Council, *, now: datetime) -> int:
    """Close what is over and tell everyone; returns how many."""
    return 0
