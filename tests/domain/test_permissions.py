"""Who may do what, in full: every capacity, verb and state."""

from dataclasses import replace
from datetime import date

import pytest

from domain.audits import Audit, AuditState
from domain.errors import NotAllowed
from domain.governance import NO_SEAT, Seat
from domain.people import Person, Post
from domain.permissions import Capacity, Standing, Verb, capacities, require

TODAY = date(2026, 5, 12)
TEAM, OTHER_TEAM, NEW_TEAM, SERVICE, OTHER_SERVICE = 1, 2, 3, 10, 20
AUDITOR, PRACTITIONER, MANAGER = 100, 101, 102
AUDITORS_MANAGER, COVER, AD_QA = 103, 104, 105
CONSULTANT, PSW, TEAM_MANAGER = 106, 107, 108
STANDING = Standing(
    practitioner_manager_id=MANAGER,
    service_id=SERVICE,
    case_team_id=TEAM,
    auditors_managers=frozenset({AUDITORS_MANAGER, AUDITOR}),
    deciders=frozenset({AD_QA, COVER, AUDITOR}),
    panel=frozenset({CONSULTANT, PSW}),
    chairs=frozenset({PSW}),
    owner_id=PRACTITIONER,
    confirmers=frozenset({TEAM_MANAGER, PRACTITIONER}),
    copy_readers=frozenset({TEAM_MANAGER}),
    supervisors=frozenset({MANAGER}),
    filers=frozenset({15}),
)


def person(person_id: int = 1, *posts: Post, **fields: object) -> Person:
    return Person(person_id, "Somebody", "somebody@council.example", frozenset(posts), **fields)  # type: ignore[arg-type]


PEOPLE = {
    "auditor": person(AUDITOR, Post.TM, team_id=OTHER_TEAM, is_auditor=True),
    "practitioner": person(PRACTITIONER, Post.PRACTITIONER, team_id=TEAM),
    "line manager": person(MANAGER, Post.ATM, team_id=TEAM),
    "team manager": person(TEAM_MANAGER, Post.TM, team_id=TEAM),
    "service manager": person(4, Post.SM, service_id=SERVICE),
    "QA officer": person(5, Post.QAO),
    "SM for quality assurance": person(6, Post.SM_QA, service_id=OTHER_SERVICE),
    "AD for QA": person(AD_QA, Post.AD_QA),
    "AD for QA who asked": person(7, Post.AD_QA),
    "principal social worker": person(PSW, Post.PSW),
    "manager of another team": person(9, Post.TM, team_id=OTHER_TEAM),
    "manager of another service": person(10, Post.SM, service_id=OTHER_SERVICE),
    "colleague of the practitioner": person(11, Post.PRACTITIONER, team_id=TEAM),
    "assistant in the team": person(12, Post.ATM, team_id=TEAM),
    "director": person(13, Post.DCS),
    "the auditor's service manager": person(AUDITORS_MANAGER, Post.SM, service_id=OTHER_SERVICE),
    "practice consultant": person(CONSULTANT, Post.PC),
    "tied practice consultant": person(14, Post.PC, is_auditor=True),
    "project manager": person(15, Post.PMPM),
    "who covers the AD for QA": person(COVER, Post.SM, service_id=OTHER_SERVICE),
    "performance officer": person(16, Post.PERFORMANCE),
    "AD for social care": person(17, Post.AD_CARE),
    "Lead Member": person(18, Post.LEAD_MEMBER),
}
SEATS = {4: Seat(sits=True, chairs=False), 13: Seat(sits=True, chairs=True)}
"""Who sits on the body in question: a service manager, and the director, who chairs it."""
READERS = {
    "auditor",
    "practitioner",
    "line manager",
    "team manager",
    "QA officer",
    "SM for quality assurance",
}
OFFICE = {"QA officer", "SM for quality assurance"}
PANEL = {
    "practice consultant",
    "tied practice consultant",
    "principal social worker",
    "SM for quality assurance",
}
SERVICE_MANAGERS = {
    "service manager",
    "manager of another service",
    "the auditor's service manager",
    "who covers the AD for QA",
}
TEAM_MANAGERS = {"auditor", "team manager", "manager of another team"}
OPEN = (AuditState.ALLOCATED, AuditState.ACCEPTED, AuditState.RETURNED)

ALLOWED: dict[tuple[Verb, AuditState], set[str]] = {
    **{(Verb.FILL, state): {"auditor"} for state in AuditState},
    **{(verb, state): set() for verb in (Verb.READ_SHARED, Verb.COMMENT, Verb.REVIEW) for state in OPEN},
    (Verb.READ_SHARED, AuditState.SUBMITTED): READERS,
    (Verb.COMMENT, AuditState.SUBMITTED): {"practitioner"},
    (Verb.REVIEW, AuditState.SUBMITTED): {"team manager"},
    **{(Verb.RAISE_SAFETY, state): {"auditor"} for state in OPEN},
    (Verb.RAISE_SAFETY, AuditState.SUBMITTED): READERS | {"practice consultant", "principal social worker"},
    **{(Verb.PLAN, state): OFFICE for state in AuditState},
    **{(Verb.ASK_EXTENSION, state): {"the auditor's service manager"} for state in AuditState},
    **{(Verb.DECIDE_EXTENSION, state): {"AD for QA", "who covers the AD for QA"} for state in AuditState},
}
AFTER_SUBMISSION: dict[Verb, set[str]] = {
    Verb.MODERATE: {"practice consultant", "principal social worker"},
    Verb.CHAIR_PANEL: {"principal social worker"},
    Verb.READ_MODERATION: {
        "auditor",
        "team manager",
        "practice consultant",
        "principal social worker",
        "the auditor's service manager",
    },
    Verb.GIVE_COPY: OFFICE,
    Verb.DISCUSS: {"auditor"},
    Verb.ACT: {"practitioner"},
    Verb.CONFIRM_ACTION: {"team manager"},
    Verb.TRACK_ACTION: {"team manager", "service manager"},
    Verb.FOLLOW_UP: READERS | {"project manager"},
    Verb.REFLECT: {"auditor", "team manager"},
    Verb.CONFIRM_FILE: {"project manager"},
    Verb.CHECK_IMPACT: {"team manager"} | OFFICE,
}
WHATEVER_THE_AUDIT: dict[Verb, set[str]] = {
    Verb.SEE_PANEL: PANEL,
    Verb.SUPERVISE: {"line manager"},
    Verb.KEEP_LOG: OFFICE,
    Verb.READ_PRAISE: OFFICE | {"practitioner", "team manager"},
    Verb.ASSURE_LOG: {"AD for QA", "AD for QA who asked"},
    Verb.READ_LOG: PANEL | OFFICE | SERVICE_MANAGERS | {"AD for QA", "AD for QA who asked", "practitioner"},
    Verb.DO_LEARNING: {"practitioner"},
    Verb.CALIBRATE: {"principal social worker"},
    Verb.GRADE_BLIND: {"auditor", "tied practice consultant"},
    Verb.PROPOSE_EXAMPLE: PANEL,
    Verb.APPROVE_EXAMPLE: {"principal social worker"},
    Verb.READ_EXAMPLES: PANEL | {"auditor"},
    Verb.SEE_AGREEMENT: PANEL | OFFICE | {"AD for QA", "AD for QA who asked"},
    Verb.BRING_NUMBERS: OFFICE | {"performance officer"},
    Verb.SEE_NUMBERS: OFFICE
    | SERVICE_MANAGERS
    | TEAM_MANAGERS
    | {"AD for QA", "AD for QA who asked", "AD for social care", "director"}
    | {"principal social worker", "performance officer"}
    # Whoever the standing names as answering for the team.
    | {"practitioner"},
    Verb.SEE_LEAD_SUMMARY: OFFICE | {"director", "Lead Member", "performance officer"},
    Verb.LOCK_NARRATIVES: OFFICE | {"performance officer"},
    **{key: {"practitioner"} for key in (Verb.ANSWER_WEEK, Verb.EXPLAIN, Verb.NARRATE, Verb.ANSWER_REPORT)},
    **{key: {"service manager", "director"} for key in (Verb.SEE_CLINIC, Verb.ASK_REPORT)},
    # Who approves and reads a pack depends on the pack; see `workflows.pack_access`.
    Verb.EDIT_PACK: OFFICE,
    Verb.APPROVE_PACK: set(),
    Verb.READ_PACK: OFFICE | {"service manager", "director"},
    Verb.SEE_MEETING: OFFICE | {"service manager", "director"},
    Verb.RUN_MEETING: OFFICE | {"director"},
    Verb.CELEBRATE: {"service manager", "director"},
    Verb.SEE_TRACKER: OFFICE | {"service manager", "director", "practitioner"},
    Verb.KEEP_TRACKER: OFFICE | {"director"},
    Verb.DO_TRACKED: {"practitioner"},
    Verb.SEE_PLAN: OFFICE | {"service manager", "director"},
    Verb.CHANGE_PLAN: OFFICE | {"director"},
    Verb.WRITE_TERMS: OFFICE | {"principal social worker"},
    Verb.SIGN_TERMS: {"director"},
    # Beside the office whoever has a seat on the QA Group.
    Verb.SEE_DIGEST: OFFICE | {"service manager", "director"},
}
ALLOWED |= {(verb, state): names for verb, names in WHATEVER_THE_AUDIT.items() for state in AuditState}
ALLOWED |= {(verb, state): set() for verb in AFTER_SUBMISSION for state in OPEN}
ALLOWED |= {(verb, AuditState.SUBMITTED): names for verb, names in AFTER_SUBMISSION.items()}


def an_audit(state: AuditState = AuditState.ACCEPTED) -> Audit:
    return Audit(
        id=1,
        round_id=1,
        case_id=1,
        case_reference="CF-1001",
        auditor_id=AUDITOR,
        practitioner_id=PRACTITIONER,
        team_id=TEAM,
        state=state,
        framework_version="1.0",
        allocated_on=date(2026, 5, 1),
        due_on=date(2026, 5, 31),
        lookback_from=date(2025, 11, 1),
        has_contact_section=False,
    )


def may(somebody: Person, verb: Verb, state: AuditState, today: date = TODAY) -> bool:
    try:
        seat = SEATS.get(somebody.id, NO_SEAT)
        require(verb, somebody, today=today, audit=an_audit(state), standing=STANDING, seat=seat)
    except NotAllowed:
        return False
    return True


@pytest.mark.rule(
    "CA-16", "CA-17", "CA-18", "CA-23", "MO-07", "PF-08", "RO-01", "RO-06", "RO-07", "SG-02", "Q22", "Q29"
)
@pytest.mark.parametrize("state", list(AuditState))
@pytest.mark.parametrize("verb", list(Verb))
def test_exactly_those_whom_the_table_names_may(verb: Verb, state: AuditState) -> None:
    allowed = {name for name, somebody in PEOPLE.items() if may(somebody, verb, state)}

    assert allowed == ALLOWED[verb, state]


@pytest.mark.parametrize("verb", [verb for verb in Verb if ALLOWED[verb, AuditState.SUBMITTED]])
@pytest.mark.parametrize(
    ("left_on", "still"), [(date(2026, 5, 13), True), (TODAY, False), (date(2026, 5, 1), False)]
)
def test_whoever_left_may_nothing_from_that_day_on(verb: Verb, left_on: date, still: bool) -> None:
    name = next(iter(sorted(ALLOWED[verb, AuditState.SUBMITTED])))
    was = PEOPLE[name]
    leaver = replace(was, left_on=left_on)

    assert may(leaver, verb, AuditState.SUBMITTED) is still


@pytest.mark.rule("OG-05", "OG-11")
def test_a_pack_is_approved_by_whom_it_falls_to_and_read_by_its_body_while_they_are_there() -> None:
    approves, sits = Seat(sits=False, chairs=False, approves=True), Seat(sits=True, chairs=False)
    somebody = PEOPLE["practitioner"]
    left = replace(somebody, left_on=TODAY)

    assert require(Verb.APPROVE_PACK, somebody, today=TODAY, seat=approves) == {Capacity.APPROVER}
    assert require(Verb.READ_PACK, somebody, today=TODAY, seat=sits) == {Capacity.BODY_MEMBER}
    for verb, person, seat in (
        (Verb.APPROVE_PACK, somebody, sits),
        (Verb.EDIT_PACK, somebody, approves),
        (Verb.APPROVE_PACK, left, approves),
        (Verb.READ_PACK, left, sits),
    ):
        with pytest.raises(NotAllowed):
            require(verb, person, today=TODAY, seat=seat)


@pytest.mark.parametrize(
    ("name", "standing_as"),
    [
        ("auditor", {Capacity.AUDITOR, Capacity.POOL, Capacity.A_TEAM_MANAGER}),
        ("practitioner", {Capacity.PRACTITIONER, Capacity.OWNER}),
        ("line manager", {Capacity.LINE_MANAGER, Capacity.SUPERVISOR}),
        (
            "team manager",
            {Capacity.TEAM_MANAGER, Capacity.CONFIRMER, Capacity.COPY_READER, Capacity.A_TEAM_MANAGER},
        ),
        ("service manager", {Capacity.SERVICE_MANAGER, Capacity.A_SERVICE_MANAGER}),
        ("QA officer", {Capacity.QA_OFFICE}),
        ("SM for quality assurance", {Capacity.QA_OFFICE, Capacity.PANEL}),
        ("AD for QA", {Capacity.AD_QA, Capacity.DECIDER}),
        ("AD for QA who asked", {Capacity.AD_QA}),
        ("who covers the AD for QA", {Capacity.DECIDER, Capacity.A_SERVICE_MANAGER}),
        (
            "principal social worker",
            {Capacity.PSW, Capacity.PANEL, Capacity.PANEL_MEMBER, Capacity.CHAIR},
        ),
        ("practice consultant", {Capacity.PANEL, Capacity.PANEL_MEMBER}),
        ("tied practice consultant", {Capacity.PANEL, Capacity.POOL}),
        ("project manager", {Capacity.PMPM, Capacity.FILER}),
        ("manager of another team", {Capacity.A_TEAM_MANAGER}),
        ("manager of another service", {Capacity.A_SERVICE_MANAGER}),
        ("colleague of the practitioner", set()),
    ],
)
def test_how_someone_stands_follows_from_post_and_place(name: str, standing_as: set[Capacity]) -> None:
    assert capacities(PEOPLE[name], audit=an_audit(), standing=STANDING) == standing_as


@pytest.mark.rule("CA-16", "CA-18", "Q13")
@pytest.mark.parametrize("verb", [Verb.READ_SHARED, Verb.REVIEW, Verb.RAISE_SAFETY])
def test_after_a_transfer_the_manager_now_holding_the_case_may_what_the_earlier_one_may(verb: Verb) -> None:
    moved = Standing(practitioner_manager_id=MANAGER, service_id=SERVICE, case_team_id=NEW_TEAM)
    audit = an_audit(AuditState.SUBMITTED)

    for team_id in (TEAM, NEW_TEAM):
        manager = person(9, Post.TM, team_id=team_id)
        granted = require(verb, manager, today=TODAY, audit=audit, standing=moved)
        assert granted == {Capacity.TEAM_MANAGER}
    for outsider in (person(9, Post.TM, team_id=OTHER_TEAM), person(9, Post.ATM, team_id=NEW_TEAM)):
        with pytest.raises(NotAllowed):
            require(verb, outsider, today=TODAY, audit=audit, standing=moved)


@pytest.mark.rule("Q30")
def test_someone_with_two_parts_is_granted_both() -> None:
    both = person(MANAGER, Post.TM, team_id=TEAM)

    granted = require(
        Verb.READ_SHARED, both, today=TODAY, audit=an_audit(AuditState.SUBMITTED), standing=STANDING
    )

    assert granted == {Capacity.LINE_MANAGER, Capacity.TEAM_MANAGER}


def test_a_refusal_names_no_case_and_says_whom_to_ask() -> None:
    with pytest.raises(NotAllowed) as refused:
        require(Verb.FILL, PEOPLE["team manager"], today=TODAY, audit=an_audit())

    assert "CF-1001" not in str(refused.value)
    assert "QA office" in str(refused.value)
