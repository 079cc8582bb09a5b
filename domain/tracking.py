"""The activity tracker: every QA activity and recommendation, how far it has got and what changed (OG-06).

Source: OG-06, OG-08, TA-08, SG-01; decision 0015.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.people import Post


class TrackedKind(StrEnum):
    """What is tracked."""

    ACTIVITY = "activity"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"
    ACTION = "action"
    LEARNING_NEED = "learning_need"


class TrackedState(StrEnum):
    """Where it stands."""

    OPEN = "open"
    DONE = "done"
    """Its owner says so, and what changed; whoever keeps the tracker closes it."""
    CLOSED = "closed"
    DROPPED = "dropped"
    """It came to nothing; its last step says why."""


class Source(StrEnum):
    """Where it came from."""

    MEETING = "meeting"
    LOG = "log"
    """An entry of the learning log that was passed on."""
    LEARNING = "learning"
    """An action of a published entry of the log; the number is the action's, and the row follows it."""
    PLAN = "plan"
    PACK = "pack"
    """What a pack recommends; the number is the pack's."""
    AUDIT = "audit"
    """A recommendation of an audit or another review; the number is the audit's."""
    TRACKED = "tracked"
    """Another row, which closed with more work needed."""
    HAND = "hand"
    FILE = "file"


STANDING = frozenset({TrackedState.OPEN, TrackedState.DONE})
"""Not ended."""
FOLLOWING = frozenset({Source.LEARNING})
"""Sources that are kept elsewhere from beginning to end: their rows say what stands there, and are changed
there. Nobody enters anything twice."""

ROUTES: Mapping[Post, str] = {
    Post.SM: "Service managers",
    Post.PSW: "Principal social worker",
    Post.LEARNING: "Learning and Development",
    Post.PMPM: "Practice model project",
    Post.PERFORMANCE: "Performance office",
}
"""Whom learning needs are passed to (OG-08): the post to its name."""

KIND_NAMES: Mapping[TrackedKind, str] = {
    TrackedKind.ACTIVITY: "Activity",
    TrackedKind.RECOMMENDATION: "Recommendation",
    TrackedKind.DECISION: "Decision",
    TrackedKind.ACTION: "Action",
    TrackedKind.LEARNING_NEED: "Learning need",
}
STATE_NAMES: Mapping[TrackedState, str] = {
    TrackedState.OPEN: "Under way",
    TrackedState.DONE: "Done, to be closed",
    TrackedState.CLOSED: "Closed",
    TrackedState.DROPPED: "Dropped",
}


@dataclass(frozen=True, slots=True)
class Tracked:
    """One row of the tracker."""

    id: int
    kind: TrackedKind
    title: str
    source: Source
    source_id: int | None
    meeting_id: int | None
    """The meeting it was decided in."""
    theme: str
    owner_id: int | None
    due_on: date | None
    state: TrackedState
    routed_to: str
    """The post a learning need was passed to, or empty."""
    impact: str
    """What changed for children, in the owner's words."""
    more_needed: bool | None
    created_at: datetime
    created_by: int | None
    closed_at: datetime | None
    closed_by: int | None
    version: int

    @property
    def follows(self) -> bool:
        """Whether it is changed and closed where it came from."""
        return self.source in FOLLOWING

    @property
    def needs_doing(self) -> bool:
        """Whether its owner is to do something in the tracker: a decision without an owner only stands, and
        what follows another list is done there."""
        return self.state is TrackedState.OPEN and self.owner_id is not None and not self.follows

    def is_overdue(self, today: date) -> bool:
        """Whether it is open past its day."""
        return self.state is TrackedState.OPEN and self.due_on is not None and self.due_on < today

    @property
    def may_close(self) -> bool:
        """Whether both answers on impact are there (OG-06)."""
        return bool(self.impact.strip()) and self.more_needed is not None


@dataclass(frozen=True, slots=True)
class TrackerCounts:
    """The tracker in numbers."""

    under_way: int
    overdue: int
    """Of those under way."""
    unowned: int
    """Of those under way that are no decision: nobody sees to them."""
    done: int
    """Called done, waiting to be closed."""
    closed: int
    """With an answer on what changed, as every closed row has."""
    more_needed: int
    """Of those closed."""


def counts_of(rows: Iterable[Tracked], today: date) -> TrackerCounts:
    """These rows in numbers; dropped ones are nobody's any more."""
    found = tuple(rows)
    under_way = [one for one in found if one.state is TrackedState.OPEN]
    closed = [one for one in found if one.state is TrackedState.CLOSED]
    return TrackerCounts(
        under_way=len(under_way),
        overdue=sum(one.is_overdue(today) for one in under_way),
        unowned=sum(one.owner_id is None and one.kind is not TrackedKind.DECISION for one in under_way),
        done=sum(one.state is TrackedState.DONE for one in found),
        closed=len(closed),
        more_needed=sum(bool(one.more_needed) for one in closed),
    )


@dataclass(frozen=True, slots=True)
class TrackedStep:
    """What was said of its progress."""

    id: int
    tracked_id: int
    by_id: int | None
    """None where a file was brought in."""
    at: datetime
    text: str


# --- What is shown of the tracker. ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TrackedLine:
    """A row on a list."""

    row: Tracked
    owner_name: str
    said: str
    """What was last said of its progress, or empty."""


@dataclass(frozen=True, slots=True)
class Tracker:
    """The tracker as one reader sees it."""

    part: str
    """"open", "overdue", "done", "needs", "mine", "closed" or "dropped"."""
    counts: Mapping[str, int]
    """Every part that this reader may see, to how many rows it holds."""
    lines: tuple[TrackedLine, ...]
    may_keep: bool


@dataclass(frozen=True, slots=True)
class OpenedTracked:
    """One row as one reader sees it."""

    row: Tracked
    owner_name: str
    came_from: str
    """Where it came from, in words."""
    steps: tuple[tuple[str, datetime, str], ...]
    """(who, when, what they said), oldest first."""
    closed_by_name: str
    may_keep: bool
    is_own: bool
    may_see_tracker: bool
    meeting_id: int | None
    """The meeting it was decided in, where this reader may open it."""
    entry_id: int = 0
    """The entry of the learning log it came from, where this reader may open it; else 0."""
    pack_id: int = 0
    """The pack that recommended it, where this reader may open it; else 0."""


@dataclass(frozen=True, slots=True)
class TrackedCells:
    """A row of the tracker with what its workbook says in words."""

    row: Tracked
    owner_email: str
    came_from: str
    said: str
