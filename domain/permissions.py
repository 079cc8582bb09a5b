"""Who may do what: one table, checked in every workflow.

A person's capacities towards an audit follow from the posts they hold and where they stand to the case.
Nothing a card carries counts.

Source: decision 4 of the design; CA-06, CA-16 to CA-19, CA-23, MO-07 to MO-19, RO-01, RO-02, RO-06, RO-07,
SG-02, SG-03, Q9, Q16, Q29, Q30; workflow 1B side states.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.audits import Audit, AuditState
from domain.errors import NotAllowed
from domain.governance import NO_SEAT, Seat
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
    PANEL = "panel"
    """Practice consultants and whoever may chair them: they see the Panel's queue (MO-07)."""
    PANEL_MEMBER = "panel_member"
    """Of the Panel and without a tie to this audit (Q9)."""
    CHAIR = "chair"
    """Chairs the Panel for this audit: the PSW, or the SM for QA where the PSW has a tie to it (Q9)."""
    OWNER = "owner"
    """Owns the action, the entry of the learning log, or whatever else is asked of them."""
    CONFIRMER = "confirmer"
    """Whoever answers for the owner of an action; never the owner (CA-23)."""
    COPY_READER = "copy_reader"
    """Has the team's copy of a moderation: manages the team holding the case, covers who does, or was given
    it by the QA office (MO-15, MO-19, Q13)."""
    SUPERVISOR = "supervisor"
    """Manages the practitioner, or stands in for whoever does (CA-19)."""
    REFLECTOR = "reflector"
    """Records the reflective session: auditor or team manager, or others where both are gone (SU-08)."""
    PMPM = "pmpm"
    FILER = "filer"
    """Puts audits on children's files today: whoever holds the post, and the QA office while none of them
    is there (Q22)."""
    POOL = "pool"
    """An auditor of the pool, whoever's audit it is."""
    A_SERVICE_MANAGER = "a_service_manager"
    A_TEAM_MANAGER = "a_team_manager"
    """Manages a team, whoever's audit it is; TEAM_MANAGER is that of the audit's team."""
    BODY_MEMBER = "body_member"
    """Sits on the body in question, by post or as a guest of the meeting (OG-11, OG-12, QB-03)."""
    BODY_CHAIR = "body_chair"
    PERFORMANCE = "performance"
    """The performance office (PF-01, RO-05)."""
    AD_CARE = "ad_care"
    DCS = "dcs"
    LEAD_MEMBER = "lead_member"
    """The councillor who answers for children's services (PF-08)."""
    APPROVER = "approver"
    """Approves the pack in question: by post, or while who holds it is away (OG-05)."""


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
    SEE_PANEL = "see_panel"
    """See the Panel's queue and the draw, and what looks misgraded; whoever chairs also passes a draw."""
    MODERATE = "moderate"
    """Choose an audit for moderation; take, hand over, fill and decide a moderation."""
    CHAIR_PANEL = "chair_panel"
    """Answer nominations, invite, record a talk, release."""
    READ_MODERATION = "read_moderation"
    """What of it and from when on depends on who reads (MO-15 to MO-19, SG-03)."""
    GIVE_COPY = "give_copy"
    """Give the team's copy of a released moderation to somebody, where nobody manages the team."""
    DISCUSS = "discuss"
    """Answer the invite to a talk and reply to a moderation."""
    ACT = "act"
    """Move one's own action on."""
    CONFIRM_ACTION = "confirm_action"
    TRACK_ACTION = "track_action"
    """See on the board of a team how far an action is, and what comes next (RO-02)."""
    SUPERVISE = "supervise"
    """Plan supervision and record what was talked of in it."""
    FOLLOW_UP = "follow_up"
    """See what an audit still needs before it is closed."""
    REFLECT = "reflect"
    """Record that the reflective session was held (SU-08)."""
    CONFIRM_FILE = "confirm_file"
    CHECK_IMPACT = "check_impact"
    KEEP_LOG = "keep_log"
    """Write the learning log, praise and round reports."""
    READ_PRAISE = "read_praise"
    """Read a praise note again and have it in Word: who was praised, who had the copy, and the office."""
    ASSURE_LOG = "assure_log"
    READ_LOG = "read_log"
    """See the learning log and its themes; an entry's owner, that entry."""
    DO_LEARNING = "do_learning"
    """Say that one's own action of the learning log is done."""
    CALIBRATE = "calibrate"
    """Send a case for everyone to grade."""
    GRADE_BLIND = "grade_blind"
    PROPOSE_EXAMPLE = "propose_example"
    APPROVE_EXAMPLE = "approve_example"
    READ_EXAMPLES = "read_examples"
    SEE_AGREEMENT = "see_agreement"
    """How far auditors and the Panel agree, of the service as a whole."""
    BRING_NUMBERS = "bring_numbers"
    """Bring in a list of indicators."""
    SEE_NUMBERS = "see_numbers"
    """Figures of indicators: whose, and how far down, depends on who reads (PF-01, PF-08)."""
    SEE_LEAD_SUMMARY = "see_lead_summary"
    """The Lead Member's summary of a quarter; nothing else is theirs to open (PF-08)."""
    ANSWER_WEEK = "answer_week"
    """Answer one's own team's weekly report (PF-01)."""
    EXPLAIN = "explain"
    """Say why a figure that one answers for needs a look, and what is done (PF-04, PF-09)."""
    NARRATE = "narrate"
    """Write the words one was asked for beside a report's figures (PF-05, PF-07, PF-10, PF-13)."""
    LOCK_NARRATIVES = "lock_narratives"
    """See who has written, and lock what is written before its day has passed."""
    SEE_CLINIC = "see_clinic"
    """Open the pack of a service's Performance Clinic (PF-02, PF-04)."""
    ASK_REPORT = "ask_report"
    """Trigger a qualitative report for a group one sits on (PF-12)."""
    ANSWER_REPORT = "answer_report"
    """Answer a report one was asked for."""
    EDIT_PACK = "edit_pack"
    """Draft a pack, write in it and ask for its approval."""
    APPROVE_PACK = "approve_pack"
    READ_PACK = "read_pack"
    """Before it is sent only those who write or approve it; then its readers as well."""
    SEE_MEETING = "see_meeting"
    """See a body's meetings, agendas and decisions, and put something on an agenda."""
    RUN_MEETING = "run_meeting"
    """Move or cancel a meeting, ask guests, record who came and what was decided."""
    CELEBRATE = "celebrate"
    """Write a team's line for its service's clinic (PF-04)."""
    SEE_TRACKER = "see_tracker"
    """See the activity tracker; whoever a row belongs to, that row (OG-06)."""
    KEEP_TRACKER = "keep_tracker"
    """Add, change, pass on, close and drop rows of the tracker (OG-06, OG-08)."""
    DO_TRACKED = "do_tracked"
    """Say how one's own row goes, and that it is done."""
    SEE_PLAN = "see_plan"
    """See the forward plan (OG-07)."""
    CHANGE_PLAN = "change_plan"
    """Draft, agree and change the forward plan, always with a reason (OG-07)."""
    WRITE_TERMS = "write_terms"
    """Write the terms of reference of thematic work (TA-03, TA-04)."""
    SIGN_TERMS = "sign_terms"
    """Sign them for the Board (QB-02, Q20)."""
    SEE_DIGEST = "see_digest"
    """The QA Group's figures, in its channel and by press or question from there (OG-03, OG-05)."""


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
    Verb.RAISE_SAFETY: _EVERYONE_WHO_READS | {Capacity.PANEL_MEMBER},
    Verb.PLAN: frozenset({Capacity.QA_OFFICE}),
    Verb.ASK_EXTENSION: frozenset({Capacity.AUDITORS_MANAGER}),
    Verb.DECIDE_EXTENSION: frozenset({Capacity.DECIDER}),
    Verb.SEE_PANEL: frozenset({Capacity.PANEL}),
    Verb.MODERATE: frozenset({Capacity.PANEL_MEMBER}),
    Verb.CHAIR_PANEL: frozenset({Capacity.CHAIR}),
    Verb.READ_MODERATION: frozenset(
        {
            Capacity.AUDITOR,
            Capacity.COPY_READER,
            Capacity.PANEL_MEMBER,
            Capacity.CHAIR,
            Capacity.AUDITORS_MANAGER,
        }
    ),
    Verb.GIVE_COPY: frozenset({Capacity.QA_OFFICE}),
    Verb.DISCUSS: frozenset({Capacity.AUDITOR}),
    Verb.ACT: frozenset({Capacity.OWNER}),
    Verb.CONFIRM_ACTION: frozenset({Capacity.CONFIRMER}),
    Verb.TRACK_ACTION: frozenset({Capacity.CONFIRMER, Capacity.SERVICE_MANAGER}),
    Verb.SUPERVISE: frozenset({Capacity.SUPERVISOR}),
    Verb.FOLLOW_UP: _EVERYONE_WHO_READS | {Capacity.PMPM, Capacity.REFLECTOR},
    Verb.REFLECT: frozenset({Capacity.AUDITOR, Capacity.TEAM_MANAGER, Capacity.REFLECTOR}),
    Verb.CONFIRM_FILE: frozenset({Capacity.FILER}),
    Verb.CHECK_IMPACT: frozenset({Capacity.TEAM_MANAGER, Capacity.QA_OFFICE}),
    Verb.KEEP_LOG: frozenset({Capacity.QA_OFFICE}),
    Verb.READ_PRAISE: frozenset({Capacity.OWNER, Capacity.COPY_READER, Capacity.QA_OFFICE}),
    Verb.ASSURE_LOG: frozenset({Capacity.AD_QA}),
    Verb.READ_LOG: frozenset(
        {
            Capacity.QA_OFFICE,
            Capacity.PSW,
            Capacity.PANEL,
            Capacity.AD_QA,
            Capacity.A_SERVICE_MANAGER,
            Capacity.OWNER,
        }
    ),
    Verb.DO_LEARNING: frozenset({Capacity.OWNER}),
    Verb.CALIBRATE: frozenset({Capacity.PSW}),
    Verb.GRADE_BLIND: frozenset({Capacity.POOL}),
    Verb.PROPOSE_EXAMPLE: frozenset({Capacity.PANEL}),
    Verb.APPROVE_EXAMPLE: frozenset({Capacity.PSW}),
    Verb.READ_EXAMPLES: frozenset({Capacity.POOL, Capacity.PANEL}),
    Verb.SEE_AGREEMENT: frozenset({Capacity.PANEL, Capacity.QA_OFFICE, Capacity.AD_QA}),
    Verb.BRING_NUMBERS: frozenset({Capacity.QA_OFFICE, Capacity.PERFORMANCE}),
    Verb.SEE_NUMBERS: frozenset(
        {
            Capacity.A_TEAM_MANAGER,
            Capacity.A_SERVICE_MANAGER,
            Capacity.QA_OFFICE,
            Capacity.PERFORMANCE,
            Capacity.PSW,
            Capacity.AD_QA,
            Capacity.AD_CARE,
            Capacity.DCS,
            # Answers for the team in question today, which may be in its manager's place.
            Capacity.OWNER,
        }
    ),
    Verb.SEE_LEAD_SUMMARY: frozenset(
        {Capacity.LEAD_MEMBER, Capacity.DCS, Capacity.QA_OFFICE, Capacity.PERFORMANCE}
    ),
    Verb.ANSWER_WEEK: frozenset({Capacity.OWNER}),
    Verb.EXPLAIN: frozenset({Capacity.OWNER}),
    Verb.NARRATE: frozenset({Capacity.OWNER}),
    Verb.LOCK_NARRATIVES: frozenset({Capacity.QA_OFFICE, Capacity.PERFORMANCE}),
    Verb.SEE_CLINIC: frozenset({Capacity.BODY_MEMBER}),
    Verb.ASK_REPORT: frozenset({Capacity.BODY_MEMBER}),
    Verb.ANSWER_REPORT: frozenset({Capacity.OWNER}),
    Verb.EDIT_PACK: frozenset({Capacity.QA_OFFICE}),
    Verb.APPROVE_PACK: frozenset({Capacity.APPROVER}),
    Verb.READ_PACK: frozenset({Capacity.QA_OFFICE, Capacity.APPROVER, Capacity.BODY_MEMBER}),
    Verb.SEE_MEETING: frozenset({Capacity.BODY_MEMBER, Capacity.QA_OFFICE}),
    Verb.RUN_MEETING: frozenset({Capacity.BODY_CHAIR, Capacity.QA_OFFICE}),
    Verb.CELEBRATE: frozenset({Capacity.BODY_MEMBER}),
    Verb.SEE_TRACKER: frozenset({Capacity.BODY_MEMBER, Capacity.QA_OFFICE, Capacity.OWNER}),
    Verb.KEEP_TRACKER: frozenset({Capacity.BODY_CHAIR, Capacity.QA_OFFICE}),
    Verb.DO_TRACKED: frozenset({Capacity.OWNER}),
    Verb.SEE_PLAN: frozenset({Capacity.BODY_MEMBER, Capacity.QA_OFFICE}),
    Verb.CHANGE_PLAN: frozenset({Capacity.BODY_CHAIR, Capacity.QA_OFFICE}),
    Verb.WRITE_TERMS: frozenset({Capacity.PSW, Capacity.QA_OFFICE}),
    Verb.SIGN_TERMS: frozenset({Capacity.BODY_CHAIR}),
    Verb.SEE_DIGEST: frozenset({Capacity.BODY_MEMBER, Capacity.QA_OFFICE}),
}
"""The whole of it. A capacity that is not named here may not."""

_AFTER_SUBMISSION = frozenset(
    {
        Verb.READ_SHARED,
        Verb.COMMENT,
        Verb.REVIEW,
        Verb.MODERATE,
        Verb.CHAIR_PANEL,
        Verb.READ_MODERATION,
        Verb.GIVE_COPY,
        Verb.DISCUSS,
        Verb.ACT,
        Verb.CONFIRM_ACTION,
        Verb.TRACK_ACTION,
        Verb.FOLLOW_UP,
        Verb.REFLECT,
        Verb.CONFIRM_FILE,
        Verb.CHECK_IMPACT,
    }
)


PANEL_POSTS = frozenset({Post.PC, Post.PSW, Post.SM_QA})
"""Practice consultants sit, the PSW chairs, and the SM for QA where the PSW may not (MO-07, Q9)."""

_OF_POSTS = {
    Post.PSW: Capacity.PSW,
    Post.AD_QA: Capacity.AD_QA,
    Post.PMPM: Capacity.PMPM,
    Post.SM: Capacity.A_SERVICE_MANAGER,
    Post.TM: Capacity.A_TEAM_MANAGER,
    Post.PERFORMANCE: Capacity.PERFORMANCE,
    Post.AD_CARE: Capacity.AD_CARE,
    Post.DCS: Capacity.DCS,
    Post.LEAD_MEMBER: Capacity.LEAD_MEMBER,
}


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
    panel: frozenset[int] = frozenset()
    """Those of the Panel without a tie to this audit."""
    chairs: frozenset[int] = frozenset()
    """Who chairs the Panel for this audit."""
    owner_id: int | None = None
    """Of the action or the praise in question."""
    confirmers: frozenset[int] = frozenset()
    """Who answers for the action's owner, and whoever covers them while they are away."""
    copy_readers: frozenset[int] = frozenset()
    """Who has the team's copy of its moderation, or the copy of a praise note."""
    supervisors: frozenset[int] = frozenset()
    """Who manages the practitioner, and whoever covers them while they are away."""
    filers: frozenset[int] = frozenset()
    """Who puts audits on children's files today."""
    reflectors: frozenset[int] = frozenset()
    """Who records the reflective session today."""


def capacities(
    person: Person,
    *,
    audit: Audit | None = None,
    standing: Standing | None = None,
    seat: Seat = NO_SEAT,
) -> frozenset[Capacity]:
    """How this person stands towards the audit (or, without one, towards the council)."""
    found: set[Capacity] = set()
    if person.in_qa_office:
        found.add(Capacity.QA_OFFICE)
    found |= {capacity for post, capacity in _OF_POSTS.items() if post in person.posts}
    if person.posts & PANEL_POSTS:
        found.add(Capacity.PANEL)
    if person.is_auditor:
        found.add(Capacity.POOL)
    if seat.sits:
        found.add(Capacity.BODY_MEMBER)
    if seat.chairs:
        found.add(Capacity.BODY_CHAIR)
    if seat.approves:
        found.add(Capacity.APPROVER)
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
        found |= {capacity for capacity, people in _of_standing(standing) if person.id in people}
        if person.id == standing.owner_id:
            found.add(Capacity.OWNER)
        elif person.id in standing.confirmers:
            found.add(Capacity.CONFIRMER)
        # Nobody asks for more time for themselves, nor grants it.
        if audit is not None and person.id == audit.auditor_id:
            found -= {Capacity.AUDITORS_MANAGER, Capacity.DECIDER}
    return frozenset(found)


def _of_standing(standing: Standing) -> tuple[tuple[Capacity, frozenset[int]], ...]:
    return (
        (Capacity.AUDITORS_MANAGER, standing.auditors_managers),
        (Capacity.DECIDER, standing.deciders),
        (Capacity.PANEL_MEMBER, standing.panel),
        (Capacity.CHAIR, standing.chairs),
        (Capacity.COPY_READER, standing.copy_readers),
        (Capacity.SUPERVISOR, standing.supervisors),
        (Capacity.FILER, standing.filers),
        (Capacity.REFLECTOR, standing.reflectors),
    )


def require(
    verb: Verb,
    person: Person,
    *,
    today: date,
    audit: Audit | None = None,
    standing: Standing | None = None,
    seat: Seat = NO_SEAT,
) -> frozenset[Capacity]:
    """The capacities in which the person may do this.

    Raises NotAllowed for leavers, for anyone the table does not name, and for reading an audit that has not
    been shared yet by anyone but its auditor.
    """
    if person.left_on is not None and person.left_on <= today:
        raise NotAllowed("You are no longer on the staff list. If that is wrong, please tell the QA office.")
    granted = capacities(person, audit=audit, standing=standing, seat=seat) & TABLE[verb]
    if verb in _AFTER_SUBMISSION and (audit is None or audit.state is not AuditState.SUBMITTED):
        granted = frozenset()
    if verb is Verb.RAISE_SAFETY and audit is not None and audit.state is not AuditState.SUBMITTED:
        granted &= {Capacity.AUDITOR}
    if not granted:
        raise NotAllowed(
            "That is not yours to open or change. If you think it should be, please ask the QA office."
        )
    return granted
