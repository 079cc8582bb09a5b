"""Who may do what: one table, checked in every workflow.

A person's capacities towards an audit follow from the posts they hold and where they stand to the case.
Nothing a card carries counts.

Source: decision 4 of the design; CA-06, CA-16 to CA-18, SG-02, SG-03, Q16, Q30; workflow 1B side states.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.audits import Audit, AuditState
from domain.errors import NotAllowed
from domain.people import Person, Post


class Capacity(StrEnum):
    """How someone stands towards an audit or the council."""

    AUDITOR = "auditor"
    PRACTITIONER = "practitioner"
    LINE_MANAGER = "line_manager"
    TEAM_MANAGER = "team_manager"
    SERVICE_MANAGER = "service_manager"
    QA_OFFICE = "qa_office"
    PSW = "psw"
    AD_QA = "ad_qa"
    AUDITORS_MANAGER = "auditors_manager"
    """Whoever answers for the auditor: their own service manager, or who stands in for that (CA-06)."""
    DECIDER = "decider"
    """Whoever decides on more time: the AD for QA, or who does so where that is the auditor or who asked."""


class Verb(StrEnum):
    """Each thing a person may ask of the product."""

    FILL = "fill"
    """Open, save and submit the audit's pages."""
    READ_SHARED = "read_shared"
    COMMENT = "comment"
    REVIEW = "review"
    RAISE_SAFETY = "raise_safety"
    PLAN = "plan"
    """Import lists, plan, change, approve and reallocate rounds, and see their progress."""
    ASK_EXTENSION = "ask_extension"
    """See what was tried with an audit that is overdue, and ask for more time or to be let off."""
    DECIDE_EXTENSION = "decide_extension"


_EVERYONE_WHO_READS = frozenset(
    {
        Capacity.AUDITOR,
        Capacity.PRACTITIONER,
        Capacity.LINE_MANAGER,
        Capacity.TEAM_MANAGER,
        Capacity.QA_OFFICE,
    }
)

TABLE: dict[Verb, frozenset[Capacity]] = {
    Verb.FILL: frozenset({Capacity.AUDITOR}),
    Verb.READ_SHARED: _EVERYONE_WHO_READS,
    Verb.COMMENT: frozenset({Capacity.PRACTITIONER}),
    Verb.REVIEW: frozenset({Capacity.TEAM_MANAGER}),
    Verb.RAISE_SAFETY: _EVERYONE_WHO_READS,
    Verb.PLAN: frozenset({Capacity.QA_OFFICE}),
    Verb.ASK_EXTENSION: frozenset({Capacity.AUDITORS_MANAGER}),
    Verb.DECIDE_EXTENSION: frozenset({Capacity.DECIDER}),
}
"""The whole of it. A capacity that is not named here may not."""

_AFTER_SUBMISSION = frozenset({Verb.READ_SHARED, Verb.COMMENT, Verb.REVIEW})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an audit's people, apart from the audit itself."""

    practitioner_manager_id: int | None
    service_id: int
    """The service of the team that held the case when the audit was allocated."""
    case_team_id: int
    """The team holding the case now; another one than the audit's after a transfer (Q13)."""
    auditors_managers: frozenset[int] = frozenset()
    """Who answers for the auditor, and whoever covers them while they are away."""
    deciders: frozenset[int] = frozenset()
    """Who decides on the request for more time, and whoever covers them while they are away."""


def capacities(
    person: Person, *, audit: Audit | None = None, standing: Standing | None = None
) -> frozenset[Capacity]:
    """How this person stands towards the audit (or, without one, towards the council)."""
    found: set[Capacity] = set()
    if person.in_qa_office:
        found.add(Capacity.QA_OFFICE)
    if Post.PSW in person.posts:
        found.add(Capacity.PSW)
    if Post.AD_QA in person.posts:
        found.add(Capacity.AD_QA)
    if audit is not None:
        if person.id == audit.auditor_id:
            found.add(Capacity.AUDITOR)
        if person.id == audit.practitioner_id:
            found.add(Capacity.PRACTITIONER)
        if Post.TM in person.posts and person.team_id == audit.team_id:
            found.add(Capacity.TEAM_MANAGER)
    if standing is not None:
        if Post.TM in person.posts and person.team_id == standing.case_team_id:
            found.add(Capacity.TEAM_MANAGER)
        if person.id == standing.practitioner_manager_id:
            found.add(Capacity.LINE_MANAGER)
        if Post.SM in person.posts and person.service_id == standing.service_id:
            found.add(Capacity.SERVICE_MANAGER)
        if person.id in standing.auditors_managers:
            found.add(Capacity.AUDITORS_MANAGER)
        if person.id in standing.deciders:
            found.add(Capacity.DECIDER)
        # Nobody asks for more time for themselves, nor grants it.
        if audit is not None and person.id == audit.auditor_id:
            found -= {Capacity.AUDITORS_MANAGER, Capacity.DECIDER}
    return frozenset(found)


def require(
    verb: Verb,
    person: Person,
    *,
    today: date,
    audit: Audit | None = None,
    standing: Standing | None = None,
) -> frozenset[Capacity]:
    """The capacities in which the person may do this.

    Raises NotAllowed for leavers, for anyone the table does not name, and for reading an audit that has not
    been shared yet by anyone but its auditor.
    """
    if person.left_on is not None and person.left_on <= today:
        raise NotAllowed("You are no longer on the staff list. If that is wrong, please tell the QA office.")
    granted = capacities(person, audit=audit, standing=standing) & TABLE[verb]
    if verb in _AFTER_SUBMISSION and (audit is None or audit.state is not AuditState.SUBMITTED):
        granted = frozenset()
    if verb is Verb.RAISE_SAFETY and audit is not None and audit.state is not AuditState.SUBMITTED:
        granted &= {Capacity.AUDITOR}
    if not granted:
        raise NotAllowed(
            "That is not yours to open or change. If you think it should be, please ask the QA office."
        )
    return granted
