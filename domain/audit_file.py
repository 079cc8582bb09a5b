"""An audit with everything needed to show it: who, where, and its pages as saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.audits import Audit
from domain.completeness import missing
from domain.framework import Framework
from domain.grades import Grade
from domain.pages import OVERALL, OverallPage, Page, page_keys
from domain.people import Person, Team


@dataclass(frozen=True, slots=True)
class AgreedAction:
    """An action of a submitted audit."""

    what: str
    owner_name: str
    due_on: date
    confirmed: bool = False
    """Whether whoever answers for the owner has confirmed that it is done."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What the practitioner said of the audit (CA-17)."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """The team manager's review (CA-18)."""

    by_name: str
    at: datetime
    nominated: bool
    reason: str


@dataclass(frozen=True, slots=True)
class SectionModerated:
    """A section that the Panel graded otherwise than the auditor."""

    grade: Grade
    """The Panel's, which counts."""
    final: Grade | None
    """What the chair recorded after the talk, where that is another."""


@dataclass(frozen=True, slots=True)
class Moderated:
    """What whoever reads the audit may know of its moderation, once that is released (MO-21)."""

    grade: Grade
    """The Panel's, which counts."""
    final: Grade | None
    """What the chair recorded after the talk, where that is another; it is kept and not counted."""
    practice: str
    """What the Panel says of the practice with this child."""
    sections: Mapping[str, SectionModerated] = field(default_factory=dict)
    """Those it graded otherwise, by key."""


@dataclass(frozen=True, slots=True)
class AuditFile:
    """One audit, read as a whole."""

    audit: Audit
    auditor: Person
    practitioner: Person
    team: Team
    owners: tuple[tuple[int, str], ...]
    """(person id, label) of those who may own an action."""
    pages: Mapping[str, Page]
    """Saved pages by key; a page never saved is left out."""
    versions: Mapping[str, int]
    saved_at: Mapping[str, datetime]
    actions: tuple[AgreedAction, ...] = ()
    comments: tuple[Comment, ...] = ()
    review: Review | None = None
    moderated: Moderated | None = None
    """None before the release, whatever the Panel has found (MO-17)."""

    @property
    def revision(self) -> int:
        """Grows with every change, so that Submit can say which state of the audit it speaks of."""
        return self.audit.version + sum(self.versions.values())

    @property
    def overall(self) -> Grade | None:
        """The overall grade as it stands."""
        page = self.pages.get(OVERALL)
        return page.grade if isinstance(page, OverallPage) else None

    def keys(self, framework: Framework) -> tuple[str, ...]:
        """The pages of this audit in order."""
        return page_keys(framework, has_contact_section=self.audit.has_contact_section)

    def missing(self, framework: Framework, *, today: date) -> dict[str, tuple[str, ...]]:
        """Page key to what it lacks as of today."""
        return missing(
            self.pages,
            framework=framework,
            has_contact_section=self.audit.has_contact_section,
            owners=dict(self.owners),
            today=today,
        )
