"""A case that goes to another team while its audit is under way.

QA officer    attaches cases.csv, in which the case stands with Larches 1 now
Auditor       [Raise a safety alert]
Plumbline     I am telling Robin Larch, Lou Larchhead, Casey Larchcover, Toni Manager, … now.
Auditor       submits
Robin Larch   my audits: An audit in your team to read [Read], [Nominate for moderation]
"""

import pytest

from cards.payloads import OpenOverview, ReadShared
from domain.audits import Audit
from domain.people import Person, Post
from tests.builders import Staff, a_filled_audit, a_person, a_submitted_audit, an_accepted_audit
from tests.chat import Chat, text
from tests.dialogs.scripts import Card
from tests.domain.intake_samples import case_cells
from tests.workflows.lists import as_csv
from workflows.council import Council

CONCERN = "Not seen for six weeks and an injury is unexplained."


def to_another_team(council: Council, people: Staff, *, managed: bool = True) -> tuple[Person, ...]:
    """The office takes in a list by which the one case is with Larches 1; returns its managers and cover."""
    with council.write() as work:
        service = work.people.service_named("Larches")
        team = work.people.team_named("Larches 1", service.id)
        here = {"service_id": service.id}
        a_person(work, "Wren Worker", Post.PRACTITIONER, team_id=team.id, **here)
        found: tuple[Person, ...] = ()
        if managed:
            cover = a_person(work, "Casey Larchcover", Post.SM)
            found = (
                a_person(work, "Robin Larch", Post.TM, team_id=team.id, **here),
                a_person(work, "Lou Larchhead", Post.SM, cover_id=cover.id, **here),
                cover,
            )
    row = case_cells(
        Reference="CF-1001",
        Team="Larches 1",
        Lead_practitioner=people.practitioner.email,
        Supervising_manager=people.line_manager.email,
    )
    Chat(council, people.qa_officer).attaches("cases.csv", as_csv([row]))
    with council.read() as view:
        (case,) = view.cases.everything()
    assert case.team_id == team.id
    return found


def alert_raised(council: Council, people: Staff, audit: Audit) -> Card:
    """What the auditor is told after raising an alert from the overview."""
    chat = Chat(council, people.auditor)
    form = chat.presses("Raise a safety alert", chat.sends(OpenOverview(audit.id).pack()))
    return chat.presses("Send the alert", form, concern=CONCERN)


def told_at_once(council: Council) -> set[int | None]:
    """Who is told by card, which are those told by mail too."""
    with council.read() as view:
        notices = view.notices.of("safety_alert", 1)
    by_medium = [{n.person_id for n in notices if n.medium == medium} for medium in ("teams", "email")]
    assert by_medium[0] == by_medium[1]
    return by_medium[0]


@pytest.mark.rule("SG-02", "Q16", "Q13")
def test_an_alert_goes_to_the_managers_of_the_team_now_holding_the_case_and_of_the_earlier_one(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    present = to_another_team(council, people)

    raised = alert_raised(council, people, audit)

    earlier = (people.team_manager, people.service_manager, people.cover)
    assert told_at_once(council) == {person.id for person in (*present, *earlier)}
    for person in (*present, *earlier):
        assert person.name in text(raised)


@pytest.mark.rule("SG-02", "Q16")
def test_where_nobody_manages_the_team_now_holding_the_case_the_office_is_told_beside_the_earlier_managers(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    to_another_team(council, people, managed=False)

    alert_raised(council, people, audit)

    earlier = {people.team_manager.id, people.service_manager.id, people.cover.id}
    assert told_at_once(council) == {people.qa_officer.id, *earlier}


@pytest.mark.rule("CA-16", "CA-18", "Q13", "Q30")
def test_the_manager_now_holding_the_case_gets_the_audit_reads_it_and_answers(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = a_filled_audit(work, council.framework, people)
    robin, *_ = to_another_team(council, people)
    auditor = Chat(council, people.auditor)
    check = auditor.presses("Check everything", auditor.sends(OpenOverview(audit.id).pack()))
    auditor.presses("Submit and share", check)

    manager = Chat(council, robin)
    read = manager.presses("Read", manager.types("my audits"))
    reviewed = manager.presses("Nominate", read, review_reason="The grade seems high to me.")

    assert "Staying at one school." in text(read)
    assert "Robin Larch has read this audit and put it forward" in text(reviewed)
    with council.read() as view:
        shares = {share.person_id: share.capacity for share in view.audits.shares(audit.id)}
        told = [notice.person_id for notice in view.notices.of("audit_shared", audit.id)]
    assert (shares[robin.id], shares[people.team_manager.id]) == ("team_manager", "team_manager")
    assert told.count(robin.id) == 1


@pytest.mark.rule("Q13", "SG-02")
def test_after_sharing_too_the_manager_who_takes_the_case_over_may_read_it(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
    robin, lou, _ = to_another_team(council, people)
    manager, other = Chat(council, robin), Chat(council, lou)

    read = manager.sends(ReadShared(audit.id, "summary").pack())
    refused = other.sends(ReadShared(audit.id, "summary").pack())

    assert "shared for learning" in text(read)
    assert "not yours" in text(refused)
