"""What an audit still needs before it is closed, and what is kept of it afterwards.

An audit is closed once its actions are confirmed, its learning was talked of in supervision, the reflective
session was held, audit and actions are on the child's file, and the Panel has nothing more to say of it.
What comes later is asked for anew: the Panel's learning after a release, the file after another action.

Source: CA-19, CA-23, RO-01, RO-02, SU-08, Q22, Q32; workflow 1B steps 15 to 18.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Impact(StrEnum):
    """Whether the change lasted, asked some time after the audit was closed."""

    LASTED = "lasted"
    PARTLY = "partly"
    LOST = "lost"


class Lack(StrEnum):
    """One thing that an audit still needs, in the order people come to it."""

    PANEL = "panel"
    """It may still be chosen, or its moderation is not released. One word for all of it: nobody is to tell
    a held moderation from one that nobody has begun (MO-17)."""
    LEARNING = "learning"
    REFLECTION = "reflection"
    ACTIONS = "actions"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is kept of an audit after it was shared."""

    audit_id: int
    discussed_on: date | None = None
    discussed_by: int | None = None
    discussed_where: str = ""
    """Where it is noted, never the note itself (SG-01)."""
    reflected_on: date | None = None
    reflected_by: int | None = None
    filed_on: date | None = None
    filed_by: int | None = None
    closed_at: datetime | None = None
    impact_due_on: date | None = None
    impact: Impact | None = None
    impact_text: str = ""
    impact_on: date | None = None
    impact_by: int | None = None
    reaudit_on: date | None = None
    """By when Inadequate practice is audited again."""
    version: int = 0
    """0 when nothing was kept yet."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an audit is on its way to being closed."""

    followup: FollowUp
    actions: int
    done: int
    """Called done by their owners and not confirmed yet."""
    confirmed: int
    last_confirmed_on: date | None
    panel_may_speak: bool
    """Whether the Panel may still choose it, or has chosen it and not released what it found."""
    released_on: date | None

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """What it still needs; nothing once it was closed."""
        kept = self.followup
        if kept.closed_at is not None:
            return ()
        needs = {
            Lack.PANEL: self.panel_may_speak,
            Lack.LEARNING: not is_discussed(kept.discussed_on, self.released_on),
            Lack.REFLECTION: kept.reflected_on is None,
            Lack.ACTIONS: self.confirmed < self.actions,
            Lack.FILE: not is_filed(kept.filed_on, self.last_confirmed_on),
        }
        return tuple(lack for lack, needed in needs.items() if needed)

    def in_words(self, lack: Lack) -> str:
        """What is missing, as a sentence."""
        if lack is Lack.ACTIONS:
            waiting = self.actions - self.confirmed - self.done
            parts = [_actions(waiting, "still to do")] if waiting else []
            parts += [_actions(self.done, "called done and to be confirmed")] if self.done else []
            return f"{', '.join(parts).capitalize()}."
        return _WORDS[lack]


_WORDS = {
    Lack.PANEL: "The moderation panel may still have something to say.",
    Lack.LEARNING: "The learning has not been talked through in supervision yet.",
    Lack.REFLECTION: "The reflective session with practitioner and manager is yet to be held.",
    Lack.FILE: "Audit and actions are yet to be put on the child's file.",
}


def is_discussed(discussed_on: date | None, released_on: date | None) -> bool:
    """Whether supervision has talked of everything there is to learn, the Panel's part included."""
    return discussed_on is not None and (released_on is None or discussed_on >= released_on)


def is_filed(filed_on: date | None, last_confirmed_on: date | None) -> bool:
    """Whether the child's file was completed after the last action was confirmed."""
    return filed_on is not None and (last_confirmed_on is None or filed_on >= last_confirmed_on)


def _actions(number: int, what: str) -> str:
    return f"{number} action{'s are' if number != 1 else ' is'} {what}"
