"""Who hears of a moderation, and when: at once, after the talk, or early with a reason (MO-15 to MO-19)."""

from datetime import datetime

from domain.moderation import Moderation
from storage.work import Work
from workflows.council import Council


def settle_decided(work: Work, council: Council, moderation: Moderation, *, by: int, now: datetime) -> None:
    """Release a satisfactory moderation at once; ask for the talk where there is a concern or a new grade."""
