"""Builders of talks about held moderations, written through the repositories as in `tests.moderations`."""

from datetime import datetime, timedelta

from domain.moderation import Moderation
from storage.work import Work
from tests.builders import NOW
from tests.moderations import Panel

AFTER = (timedelta(days=3), timedelta(days=3, hours=2), timedelta(days=4))
"""When the times offered are, from the invite on."""


def an_invited_talk(work: Work, panel: Panel, held: Moderation, *, now: datetime = NOW) -> Moderation:
    """The PSW has invited the auditor, three times offered."""
    _change(
        work,
        held,
        state="invited",
        invited_by=panel.psw.id,
        invited_at=now,
        slots=[(now + after).isoformat() for after in AFTER],
        message="You listened well to this child. Shall we look at the chronology together?",
    )
    return held


def an_agreed_talk(work: Work, panel: Panel, held: Moderation, *, now: datetime = NOW) -> Moderation:
    """The auditor has taken the first time."""
    an_invited_talk(work, panel, held, now=now)
    _change(work, held, state="agreed", agreed_at=now + AFTER[0])
    return held


def _change(work: Work, held: Moderation, **values: object) -> None:
    talk = work.discussions.of_moderation(held.id)
    assert talk is not None
    assert work.discussions.change(talk, values)
