"""The pages of an audit: what each holds, and how typed values become it.

A page may be saved half filled; `domain.completeness` says what submission still needs. Reading never
throws typed text away: a value that makes no sense is reported beside its field and everything else is
kept.

Source: CA-07 to CA-15, CA-24, Q11, Q12, Q24, WH-01, WH-03, WH-05, WH-08.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.framework import Framework
from domain.grades import Grade

JOURNEY = "journey"
FILE = "file"
VOICES = ("voice_child", "voice_parent", "voice_agency")
CONVERSATION = "conversation"
OVERALL = "overall"
ACTIONS = "actions"

ACTION_LINES = 4
"""How many actions fit on the page; an audit that needs more says so in fewer, larger ones."""
SOURCE_LINES = 3
TEXT_LIMIT = 4000
"""Characters in one box. Longer text is refused with its length, not cut."""
LINE_LIMIT = 200
"""Characters in a box of one line: a source, how someone was tried to be reached."""


class Reached(StrEnum):
    """What came of asking for someone's views (CA-09 to CA-11)."""

    OBTAINED = "obtained"
    NOT_OBTAINED = "not_obtained"


class Mark(StrEnum):
    """An optional mark on a what-good-looks-like item (2.13); never required."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "na"


@dataclass(frozen=True, slots=True)
class Source:
    """What a judgement rests on, and the date of the visit, record or supervision (WH-05)."""

    what: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at reaching someone for their views."""

    on: date
    how: str


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action as agreed on the page; it becomes a tracked action at submission (CA-23)."""

    what: str = ""
    owner_id: int | None = None
    due_on: date | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing of the action has been written."""
        return not self.what.strip()


@dataclass(frozen=True, slots=True)
class JourneyPage:
    """The child's journey and what matters most to them now (WH-01, PR-01)."""

    journey: str = ""
    matters_most: str = ""


@dataclass(frozen=True, slots=True)
class FilePage:
    """When the file was read (CA-08)."""

    read_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SectionPage:
    """A graded section: grade, rationale in three boxes, sources, and optional marks and tags."""

    grade: Grade | None = None
    judgement: str = ""
    action: str = ""
    impact: str = ""
    sources: tuple[Source, ...] = (Source(), Source(), Source())
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """Item id to mark; items left out are unmarked."""
    tags: tuple[str, ...] = ()
    """Ids of components of good practice (GP-01 to GP-06)."""


@dataclass(frozen=True, slots=True)
class VoicePage:
    """One voice: whether views were obtained, what was said without identifiers, or why not."""

    reached: Reached | None = None
    summary: str = ""
    reason: str = ""
    """Why not, when views were not obtained."""
    on: date | None = None
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """The reflective conversation with the lead practitioner (CA-12)."""

    held_on: date | None = None
    feedback: str = ""
    reflections: str = ""
    """What the practitioner said."""


@dataclass(frozen=True, slots=True)
class OverallPage:
    """The overall judgement, judged and never averaged (Q24), and what would lift it (WH-08)."""

    grade: Grade | None = None
    judgement: str = ""
    action: str = ""
    impact: str = ""
    better: str = ""


@dataclass(frozen=True, slots=True)
class ActionsPage:
    """What is to be done, by whom and by when."""

    actions: tuple[ActionLine, ...] = ()
    none_needed: bool = False
    """The auditor says that nothing needs doing; not open to an audit below Good (CA-24)."""

    @property
    def written(self) -> tuple[ActionLine, ...]:
        """The actions that say something."""
        return tuple(a for a in self.actions if not a.is_blank)


Page = JourneyPage | FilePage | SectionPage | VoicePage | ConversationPage | OverallPage | ActionsPage


def page_keys(framework: Framework, *, has_contact_section: bool) -> tuple[str, ...]:
    """The pages of one audit in their usual order; any order is allowed."""
    sections = tuple(
        s.key for s in framework.sections if has_contact_section or not s.only_with_recent_contact
    )
    return (JOURNEY, FILE, *sections, *VOICES, CONVERSATION, OVERALL, ACTIONS)


def kind_of(key: str) -> type[Page]:
    """The class that a page of this key is read into; any other key is a section's."""
    fixed: dict[str, type[Page]] = {
        JOURNEY: JourneyPage,
        FILE: FilePage,
        CONVERSATION: ConversationPage,
        OVERALL: OverallPage,
        ACTIONS: ActionsPage,
    }
    if key in VOICES:
        return VoicePage
    return fixed.get(key, SectionPage)
