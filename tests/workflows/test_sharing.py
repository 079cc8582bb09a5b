"""Who receives a submitted audit, and what of an audit the trail keeps."""

from collections.abc import Callable

import pytest

from domain.days import local_day
from domain.people import Post
from tests.builders import NOW, Staff, a_person, a_submitted_audit
from tests.dialogs.scripts import everything_stored
from workflows.council import Council, Work
from workflows.handed_in import HANDED_IN
from workflows.safety import raise_alert
from workflows.sharing import add_comment, review_audit


def received(council: Council, audit_id: int) -> dict[int, str]:
    """Person to the capacity in which the audit was shared with them."""
    with council.read() as view:
        shares = {share.person_id: share.capacity for share in view.audits.shares(audit_id)}
        told = [n.person_id for n in view.notices.of("audit_shared", audit_id)]
        told += [n.person_id for n in view.notices.of(HANDED_IN, local_day(NOW).toordinal())]
    assert sorted(shares) == sorted(i for i in told if i is not None)
    return shares


@pytest.mark.rule("CA-16", "Q30")
def test_practitioner_line_manager_team_manager_and_office_each_get_it_once(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)

    assert received(council, audit.id) == {
        people.practitioner.id: "practitioner",
        people.line_manager.id: "line_manager",
        people.team_manager.id: "team_manager",
        people.qa_officer.id: "qa_office",
    }


Change = Callable[[Work, Staff], object]
ONE_PERSON_IN_TWO_PARTS: dict[str, tuple[Change, str]] = {
    "the team manager is the line manager": (
        lambda work, people: work.people.change(
            people.practitioner.id, {"manager_id": people.team_manager.id}
        ),
        "team_manager",
    ),
    "the team manager is a QA officer too": (
        lambda work, people: work.people.change(people.team_manager.id, {}, [Post.TM, Post.QAO]),
        "team_manager",
    ),
    "the practitioner is a QA officer too": (
        lambda work, people: work.people.change(people.practitioner.id, {}, [Post.PRACTITIONER, Post.QAO]),
        "practitioner",
    ),
}


@pytest.mark.rule("Q30", "CA-16")
@pytest.mark.parametrize("which", list(ONE_PERSON_IN_TWO_PARTS))
def test_one_person_in_two_parts_gets_it_once(council: Council, people: Staff, which: str) -> None:
    change, capacity = ONE_PERSON_IN_TWO_PARTS[which]
    person = people.practitioner if capacity == "practitioner" else people.team_manager
    with council.write() as work:
        change(work, people)
        audit = a_submitted_audit(work, council, people)

    shares = received(council, audit.id)

    assert shares[person.id] == capacity
    assert list(shares.values()).count(capacity) == 1


@pytest.mark.rule("CA-16")
def test_the_auditor_and_whoever_left_receive_nothing(council: Council, people: Staff) -> None:
    with council.write() as work:
        work.people.change(people.auditor.id, {}, [Post.TM, Post.QAO])
        work.people.mark_left([people.line_manager.id], NOW.date())
        audit = a_submitted_audit(work, council, people)

    assert set(received(council, audit.id)) == {
        people.practitioner.id,
        people.team_manager.id,
        people.qa_officer.id,
    }


@pytest.mark.rule("CA-16")
def test_the_card_in_the_auditors_chat_is_to_shrink(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)

        (update,) = work.notices.of("copies_outdated", audit.id)

    assert (update.medium, update.person_id) == ("update", people.auditor.id)


@pytest.mark.rule("SG-05", "CA-16")
def test_the_release_names_every_recipient_so_that_the_trail_can_prove_it(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_person(work, "Quincy Officer", Post.QAO)
        audit = a_submitted_audit(work, council, people)
        (row,) = [r for r in work.trail.rows(f"audit:{audit.id}") if r.verb == "released"]

    for capacity in ("practitioner", "line_manager", "team_manager", "qa_office"):
        assert f'"to {capacity}"' in row.fields
    assert row.actor == people.auditor.id


@pytest.mark.rule("SG-05", "SG-01")
def test_no_text_that_anyone_wrote_stands_in_the_trail(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        add_comment(
            work, council, by=people.practitioner, audit_id=audit.id, text="Comment of theirs", now=NOW
        )
        review_audit(
            work,
            council,
            by=people.team_manager,
            audit_id=audit.id,
            nominate=True,
            reason="Reason of hers",
            now=NOW,
        )
        raise_alert(work, council, by=people.auditor, audit_id=audit.id, concern="Worry of mine", now=NOW)

    kept = everything_stored(council)
    trail = everything_stored(council, "trail", "trail_heads", "trail_seals")

    for text in (
        "Comment of theirs",
        "Reason of hers",
        "Worry of mine",
        "Visits were regular",
        "worried call from school",
        "They feel heard.",
        "Rewrite the plan with the child.",
        people.practitioner.name,
        people.auditor.name,
        "CF-1001",
    ):
        assert text in kept
        assert text not in trail


@pytest.mark.rule("SG-05")
def test_the_trail_of_everything_done_proves(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_submitted_audit(work, council, people)

    with council.read() as view:
        assert view.trail.verify() == ()
