"""What a moderation and the talk about it show to one reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cards.views import HintView
from domain.talks import Talk

AFTER_TALK = "Final grade, after the talk"


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """A moderation as one of its readers sees it; what is not theirs is empty."""

    moderation_id: int
    audit_id: int
    reference: str
    auditor_name: str
    practitioner_name: str
    team_name: str
    decided_at: datetime
    released_at: datetime | None
    practice: str
    """What the Panel says of the practice with this child."""
    grades: tuple[tuple[str, str], ...]
    """(label, text): the auditor's overall grade, the Panel's, the final one where it is another, and why."""
    sections: tuple[tuple[str, str, str, str, str], ...]
    """(title, the auditor's grade, the Panel's, why, what was recorded after the talk)."""
    own: tuple[tuple[str, str], ...]
    """(label, text) of what is the auditor's alone: strengths, development, what was agreed (SG-03)."""
    actions: tuple[tuple[str, str, date], ...]
    """(what, owner, due) of the missing ones."""
    organisation: str
    tests: tuple[tuple[str, str], ...]
    """(test, how far it is met)."""
    heard: tuple[tuple[str, str], ...]
    """(label, text) of the auditor's reply."""
    to_auditor: bool
    """Whether the reader is the auditor, who is spoken to."""
    can_reply: bool
    has_talk: bool
    examples: tuple[tuple[int, str], ...]
    """(id, title) of the example audits offered (MO-18)."""
    nonce: str
    message: str = ""

    @property
    def counts(self) -> str:
        """Which of the grades reports count, in a sentence (MO-21)."""
        since = "" if self.released_at else " once this is released"
        return f"Every grade is kept. Reports count the Panel's{since}."


@dataclass(frozen=True, slots=True)
class TalkView:
    """The talk for one of the two who hold it."""

    talk: Talk
    grades: tuple[str, str]
    """Labels of the auditor's overall grade and of the Panel's."""
    final_label: str
    """Of the final grade, once it is known."""
    now: datetime
    """A time offered that has passed by then is no longer to choose."""
    nonce: str
    message: str = ""
    warning: bool = False
    """Whether the message asks for another look."""


@dataclass(frozen=True, slots=True)
class TalkFormView:
    """One of the talk's forms."""

    talk: Talk
    choices: tuple[tuple[str, str], ...]
    """(value, label) of the grades."""
    titles: Mapping[str, str]
    """Section key to its title, of those that the Panel graded otherwise."""
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()
    sure: bool = False
    """Whether the next press means that the text is right as it stands."""


@dataclass(frozen=True, slots=True)
class ReplyFormView:
    """The auditor's form for a reply."""

    moderation_id: int
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()
    sure: bool = False
