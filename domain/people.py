"""People, where they work and the posts they hold."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Post(StrEnum):
    """A post of the framework. One person may hold several; rights follow the post (domain.permissions)."""

    PRACTITIONER = "practitioner"
    ATM = "assistant_team_manager"
    TM = "team_manager"
    SM = "service_manager"
    PSW = "principal_social_worker"
    PC = "practice_consultant"
    CP_CHAIR = "child_protection_chair"
    IRO = "independent_reviewing_officer"
    AD_QA = "ad_quality_assurance"
    AD_CARE = "ad_social_care_early_help"
    DCS = "director_of_childrens_services"
    QAO = "quality_assurance_officer"
    SM_QA = "sm_quality_assurance"
    SM_IMPACT = "sm_impact_intelligence"
    PMPM = "practice_model_project_manager"
    PERFORMANCE = "performance_officer"
    COMPLAINTS = "complaints_officer"
    LEARNING = "learning_development_lead"
    POLICY = "policy_officer"
    LEAD_MEMBER = "lead_member"
    """The councillor who answers for children's services: elected, no member of staff (PF-08)."""


QA_OFFICE = frozenset({Post.QAO, Post.SM_IMPACT, Post.SM_QA})
"""The posts that act as the QA office (alias table of the framework)."""

AUDITOR_POSTS = frozenset({Post.SM, Post.TM, Post.ATM, Post.PSW, Post.PC, Post.CP_CHAIR, Post.IRO})
"""The posts of the audit pool; assistant directors join by opting in (CA-02, Q10)."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Days away, both ends included."""

    first_on: date
    last_on: date

    def covers(self, day: date) -> bool:
        """Whether the person is away on this day."""
        return self.first_on <= day <= self.last_on


@dataclass(frozen=True, slots=True)
class Service:
    """A service: the group of teams one service manager answers for."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Team:
    """A team within a service."""

    id: int
    name: str
    service_id: int


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who works for the council. Never a child or a family member (SG-01)."""

    id: int
    name: str
    email: str
    posts: frozenset[Post]
    directory_id: str | None = None
    """The Entra object id; empty until first contact binds it."""
    team_id: int | None = None
    service_id: int | None = None
    manager_id: int | None = None
    """The line manager."""
    is_auditor: bool = False
    working_days: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    """Days of the week worked, Monday 0."""
    leave: tuple[Leave, ...] = ()
    cover_id: int | None = None
    """Who stands in while this person is away."""
    left_on: date | None = None
    version: int = 1

    @property
    def is_staff(self) -> bool:
        """Whether the person works for the council; the Lead Member is elected and does not."""
        return Post.LEAD_MEMBER not in self.posts

    @property
    def in_qa_office(self) -> bool:
        """Whether the person acts as the QA office."""
        return bool(self.posts & QA_OFFICE)

    def works_on(self, day: date) -> bool:
        """Whether the person is at work on this day, bank holidays aside."""
        return day.weekday() in self.working_days and not any(leave.covers(day) for leave in self.leave)
