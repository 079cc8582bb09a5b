"""The learning log: entries, what each needs before it moves on, and what is shown of them.

Source: OG-06, RO-04, RO-06, RO-07, Q29, SG-01.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.grades import Grade
from domain.learning_evidence import Need, Source


class EntryState(StrEnum):
    """Where an entry stands."""

    DRAFT = "draft"
    """The QA office's own until it is published."""
    OPEN = "open"
    ASSURED = "assured"
    """The AD for QA stands by it (RO-06)."""
    CLOSED = "closed"
    """With an answer on impact (OG-06)."""
    DROPPED = "dropped"
    """A draft that came to nothing, kept with why."""


class DraftedFrom(StrEnum):
    """Where an entry comes from."""

    AUDIT = "audit"
    MODERATION = "moderation"
    THEME = "theme"
    HAND = "hand"


class Evidence(StrEnum):
    """What an entry rests on."""

    AUDIT = "audit"
    MODERATION = "moderation"


STANDING = frozenset({EntryState.OPEN, EntryState.ASSURED})
"""Published and not closed yet."""
PUBLISHED = STANDING | {EntryState.CLOSED}
"""What readers of the log see; drafts are the QA office's."""
UNENDED = STANDING | {EntryState.DRAFT}
"""What may still be written."""

LONGEST = timedelta(days=2 * 366)
"""How far off a day may lie; what needs longer is another entry's work."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the learning log."""

    id: int
    theme: str
    """A section's key or the id of a component of good practice."""
    title: str
    learning: str
    state: EntryState
    drafted_from: DraftedFrom
    owner_id: int | None
    due_on: date | None
    created_at: datetime
    created_by: int | None
    """None where a release drafted it or a file brought it in."""
    assured_by: int | None
    assured_at: datetime | None
    impact: str
    """What changed for children; empty until it is closed. Of a dropped draft, why it was dropped."""
    more_needed: bool | None
    """Whether more work is needed; answered when it is closed (OG-06)."""
    closed_by: int | None
    closed_at: datetime | None
    version: int

    @property
    def needs_assurance(self) -> bool:
        """Whether the AD for QA has yet to stand by it."""
        return self.state in PUBLISHED and self.assured_at is None

    def is_overdue(self, today: date) -> bool:
        """Whether it stands open past its day."""
        return self.state in STANDING and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class LearningAction:
    """Something to be done about an entry."""

    id: int
    entry_id: int
    what: str
    owner_id: int
    due_on: date
    done_on: date | None
    done_by: int | None
    done_text: str
    """What was done, in the owner's words."""


def likely_theme(grades: Mapping[str, tuple[Grade, Grade]]) -> str:
    """The section that an entry is most likely about: graded worst, then changed most, then first.

    `grades` holds section to (the auditor's grade, the one that counts), in the framework's order. A guess,
    which whoever edits the draft puts right; empty when nothing is graded.
    """
    ranked = [
        (counts.rank, -abs(counts.rank - own.rank), place, key)
        for place, (key, (own, counts)) in enumerate(grades.items())
    ]
    return min(ranked)[3] if ranked else ""


# --- What is shown of the log. ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OwnedAction:
    """An action with its owner's name."""

    action: LearningAction
    owner_name: str


@dataclass(frozen=True, slots=True)
class OpenedEntry:
    """An entry as one reader sees it."""

    entry: Entry
    owner_name: str
    assured_by_name: str
    closed_by_name: str
    actions: tuple[OwnedAction, ...]
    audits: int
    """How many audits it rests on, moderated ones included."""
    moderations: int
    sources: tuple[Source, ...]
    """What else it rests on."""
    needs: tuple[Need, ...]
    """What it still needs before it may be closed; nothing of one that has ended."""
    readable: tuple[int, ...]
    """Those of the audits that this reader may open; of the others only the number is theirs."""
    may_keep: bool
    may_assure: bool
    may_read_log: bool

    @property
    def open_actions(self) -> int:
        """How many actions are still to be done."""
        return sum(one.action.done_on is None for one in self.actions)


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry on a list."""

    entry: Entry
    owner_name: str
    open_actions: int
    done_actions: int


@dataclass(frozen=True, slots=True)
class LogCells:
    """An entry in the log's workbook."""

    entry: Entry
    owner_email: str
    open_actions: int
    done_actions: int
    assured_by_name: str


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """What the log holds on one theme: its analysis (Q29)."""

    theme: str
    standing: int
    overdue: int
    closed: int
    more_needed: int
    """Of the closed ones, how many said that more work is needed."""
    evidence: int
    """How many audits its entries rest on together."""


@dataclass(frozen=True, slots=True)
class MyAction:
    """An action of the reader's own."""

    action: LearningAction
    title: str
    """Of the entry."""


@dataclass(frozen=True, slots=True)
class Log:
    """The log as one reader sees it."""

    part: str
    """"standing", "to_assure", "drafts", "closed", "dropped", "analysis" or "mine"."""
    counts: Mapping[str, int]
    """Every part that this reader may see, to how many entries it holds."""
    lines: tuple[LogLine, ...]
    analysis: tuple[ThemeLine, ...]
    mine: tuple[MyAction, ...]
    """The reader's own open actions, earliest due first."""
    may_keep: bool


@dataclass(frozen=True, slots=True)
class LogCounts:
    """The learning log in numbers, without drafts."""

    standing: int
    overdue: int
    to_assure: int
    closed: int
    """With an answer on what changed for children, as every closed entry has."""
    more_needed: int
    """Of those closed."""
    actions_open: int
    oldest_on: date | None
    """Since when the oldest one stands open."""
