"""The forward plan: the activities of a year, which runs from April to March (Q33).

Source: OG-07, PR-06, TA-03, TA-04, QB-02, Q20, Q21, appendix 1A.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.days import add_months
from domain.governance import ActivityKind
from domain.people import Post

TERMS = ("why", "scope", "method", "dates")
"""What terms of reference must say (TA-04): why and why now; scope and lines of enquiry; method; completion
and reporting dates."""


KIND_NAMES: Mapping[ActivityKind, str] = {
    ActivityKind.CORE: "Core audits",
    ActivityKind.MODERATION: "Moderation",
    ActivityKind.THEMATIC: "Thematic audit",
    ActivityKind.DIP: "Dip sample",
    ActivityKind.PRACTICE_WEEK: "Practice Week",
    ActivityKind.SUPERVISION: "Supervision audits",
    ActivityKind.SURVEY: "Survey",
    ActivityKind.REPORT: "Report",
    ActivityKind.REVIEW: "Review",
    ActivityKind.OTHER: "Other",
}


TERMS_LIMIT = 1_200
"""Characters of each part of the terms: whoever signs reads all of them on one card."""


class PlanState(StrEnum):
    """Where an activity of the plan stands."""

    DRAFT = "draft"
    """Of a year that the Group has not agreed yet."""
    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


STANDS = frozenset({PlanState.DRAFT, PlanState.PLANNED})
"""Still to come, or under way."""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One activity of a year."""

    id: int
    year: int
    """The year it begins in: 2026 is April 2026 to March 2027."""
    kind: ActivityKind
    title: str
    starts_on: date
    ends_on: date
    owner_post: Post
    hours: int
    """Of auditors and managers in all, beside audits and moderations, which are counted from the pool."""
    note: str
    """What it looks at: an area or a theme, and anything else the Group wants to remember."""
    state: PlanState
    terms: Mapping[str, str] | None
    signed_by: int | None
    signed_at: datetime | None
    version: int

    @property
    def needs_terms(self) -> bool:
        """Whether it may not start before the Board has signed its terms (TA-03)."""
        return self.kind is ActivityKind.THEMATIC and self.state in STANDS and self.signed_at is None

    @property
    def has_all_terms(self) -> bool:
        """Whether the four things that terms must say are there (TA-04)."""
        return all((self.terms or {}).get(field, "").strip() for field in TERMS)


def plan_year(day: date) -> int:
    """The year this day belongs to, by the year its April falls in (Q33)."""
    return day.year if day.month >= 4 else day.year - 1


def year_name(year: int) -> str:
    """As people write it: "2026/27"."""
    return f"{year}/{(year + 1) % 100:02}"


def months_of(year: int) -> tuple[date, ...]:
    """The first days of its months, April first."""
    return tuple(add_months(date(year, 4, 1), number) for number in range(12))
