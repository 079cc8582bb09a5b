"""The learning log: drafted from audits and moderations, written by the QAO, assured by the AD (OG-06)."""

from datetime import datetime

from domain.moderation import Moderation
from storage.work import Work
from workflows.council import Council


def draft_from_moderation(work: Work, council: Council, moderation: Moderation, *, now: datetime) -> None:
    """Draft an entry from what the Panel says the organisation can learn. Once, when it is released."""
