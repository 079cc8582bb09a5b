"""What the buttons of the learning log carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowLog(Payload):
    """A part of the log, from this line on; "" where its reader begins. See `domain.learning.Log`."""

    VERB: ClassVar[str] = "learning_log"
    part: str
    start: int


@dataclass(frozen=True, slots=True)
class ShowEntry(Payload):
    """One entry with its evidence and actions."""

    VERB: ClassVar[str] = "learning_entry"
    entry_id: int


@dataclass(frozen=True, slots=True)
class AskEntry(Payload):
    """Open a form of an entry: its "words", its "evidence", its "end", or an "action"."""

    VERB: ClassVar[str] = "learning_form"
    entry_id: int
    """0 for a new one."""
    form: str
    action_id: int
    """The action to change; 0 for a new one, and for the other forms."""


@dataclass(frozen=True, slots=True)
class SaveEntry(Payload):
    """Save the words, owner and day of an entry; all of them are inputs."""

    VERB: ClassVar[str] = "learning_save"
    WRITES: ClassVar[bool] = True
    entry_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class PublishEntry(Payload):
    """Let everyone who reads the log read a draft."""

    VERB: ClassVar[str] = "learning_publish"
    WRITES: ClassVar[bool] = True
    entry_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AssureEntry(Payload):
    """The AD for QA stands by a published entry."""

    VERB: ClassVar[str] = "learning_assure"
    WRITES: ClassVar[bool] = True
    entry_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class EndEntry(Payload):
    """Close a published entry with its impact, or drop a draft with the reason; both are inputs."""

    VERB: ClassVar[str] = "learning_end"
    WRITES: ClassVar[bool] = True
    entry_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class SaveLearningAction(Payload):
    """Save an action of an entry (0 for a new one), or take it out; what, who and when are inputs."""

    VERB: ClassVar[str] = "learning_action_save"
    WRITES: ClassVar[bool] = True
    entry_id: int
    action_id: int
    version: int
    """The entry's."""
    take_out: bool
    nonce: str


@dataclass(frozen=True, slots=True)
class LinkEvidence(Payload):
    """Link evidence to an entry, or take some out; what and which are inputs."""

    VERB: ClassVar[str] = "learning_evidence"
    WRITES: ClassVar[bool] = True
    entry_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowLearningAction(Payload):
    """An action of the reader's own."""

    VERB: ClassVar[str] = "learning_action"
    action_id: int


@dataclass(frozen=True, slots=True)
class FinishLearningAction(Payload):
    """Say that one's own action is done; what was done is an input."""

    VERB: ClassVar[str] = "learning_action_done"
    WRITES: ClassVar[bool] = True
    action_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowThemes(Payload):
    """The themes of the last months; `theme` opens one by cohort ("team", "plan_type" or "age_band")."""

    VERB: ClassVar[str] = "themes"
    theme: str
    months: int
    cohort: str


@dataclass(frozen=True, slots=True)
class DraftFromTheme(Payload):
    """Draft an entry from a theme of the last months."""

    VERB: ClassVar[str] = "learning_from_theme"
    WRITES: ClassVar[bool] = True
    theme: str
    months: int
    nonce: str


@dataclass(frozen=True, slots=True)
class DraftFromAudit(Payload):
    """Draft an entry from a submitted audit."""

    VERB: ClassVar[str] = "learning_from_audit"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AskLearningBook(Payload):
    """Have the log as a workbook."""

    VERB: ClassVar[str] = "learning_book"
    WRITES: ClassVar[bool] = True
    nonce: str
