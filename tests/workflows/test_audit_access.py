"""Who may own what an audit asks for."""

from datetime import date

import pytest

from domain.people import Post
from storage.work import Work
from tests.builders import Staff, a_case, a_person, an_accepted_audit
from workflows.audit_access import action_owners
from workflows.council import Council


def offered(work: Work, people: Staff, **case: int) -> list[str]:
    """What an audit of the practitioner's case offers, in order."""
    audit = an_accepted_audit(work, people, case=a_case(work, people, "CF-9", **case))
    return [label for _, label in action_owners(work, audit)]


@pytest.mark.rule("Q15", "CA-23")
def test_practitioner_and_everyone_who_manages_them_may_own_an_action(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        supervisor = a_person(work, "Sol Supervisor", Post.ATM, team_id=people.other_team.id)

        assert offered(work, people, supervisor_id=supervisor.id) == [
            "Perry Practitioner (practitioner)",
            "Toni Manager (team manager)",
            "Ari Assistant (line manager)",
            "Sol Supervisor (supervisor)",
            "Shay Service (service manager)",
        ]


@pytest.mark.rule("Q15")
def test_somebody_with_several_parts_is_offered_once(council: Council, people: Staff) -> None:
    with council.write() as work:
        work.people.change(people.practitioner.id, {"manager_id": people.service_manager.id})

        assert offered(work, people, supervisor_id=people.team_manager.id) == [
            "Perry Practitioner (practitioner)",
            "Toni Manager (team manager)",
            "Shay Service (line manager)",
        ]


@pytest.mark.rule("Q15")
@pytest.mark.parametrize("name", ["practitioner", "team_manager", "line_manager", "service_manager"])
def test_nobody_who_has_left_is_offered(council: Council, people: Staff, name: str) -> None:
    leaver = getattr(people, name)
    with council.write() as work:
        work.people.mark_left([leaver.id], date(2026, 4, 1))

        found = offered(work, people)

        assert len(found) == 3
        assert not any(leaver.name in label for label in found)


@pytest.mark.rule("Q15")
def test_managers_of_another_team_or_service_are_not_offered(council: Council, people: Staff) -> None:
    with council.write() as work:
        found = offered(work, people)

        assert not any(one.name in label for one in (people.auditor, people.cover) for label in found)
