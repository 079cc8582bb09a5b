"""What audits found beside a figure: whole for managers, and for everyone else nothing small, on any page."""

from datetime import date

import pytest

from domain.grades import Grade
from domain.indicators import Measured
from domain.loop import Found
from tests.builders import NOW, Staff
from tests.dialogs.scripts import on_one_engine
from workflows.audits_beside import AuditsBeside
from workflows.council import Council

pytestmark = on_one_engine
SAID = "Audits of the last year: Planning below Good in "


def found(service_id: int, team_id: int, *, below: int, of: int) -> list[Found]:
    return [
        Found(
            audit_id=number,
            round_id=1,
            team_id=team_id,
            service_id=service_id,
            auditor_id=1,
            practitioner_id=2,
            submitted_on=date(2026, 4, 30),
            original=Grade.GOOD,
            grade=Grade.GOOD,
            sections={"planning": Grade.REQUIRES_IMPROVEMENT if number < below else Grade.GOOD},
            voices={},
            actions=(),
            discussed=False,
            closed=False,
        )
        for number in range(of)
    ]


def told(council: Council, people: Staff, here: int, there: int, *, in_full: bool = False) -> list[str]:
    """What is said of the council and its two services, so many of twenty audits of each below Good."""
    with council.read() as view:
        beside = AuditsBeside(view, council, now=NOW, in_full=in_full)
        services = (people.service.id, people.other_service.id)
        vars(beside)["_found"] = tuple(
            one
            for service_id, below in zip(services, (here, there), strict=True)
            for one in found(service_id, people.team.id, below=below, of=20)
        )
        places = (Measured(), *(Measured(service_id) for service_id in services))
        return [beside.of("planning", place) for place in places]


@pytest.mark.rule("PF-06", "PF-08", "SG-03")
def test_nothing_small_is_what_the_council_and_its_other_services_leave_over(
    council: Council, people: Staff
) -> None:
    whole, here, there = told(council, people, 9, 3)

    assert there == ""
    assert "" in (whole, here)


@pytest.mark.rule("PF-06", "SG-03")
def test_what_is_large_enough_is_said_of_everyone(council: Council, people: Staff) -> None:
    assert told(council, people, 9, 7) == [f"{SAID}{n}." for n in ("16 of 40", "9 of 20", "7 of 20")]


@pytest.mark.rule("PF-04")
def test_whoever_may_open_each_audit_reads_small_numbers_too(council: Council, people: Staff) -> None:
    assert told(council, people, 9, 3, in_full=True)[2] == f"{SAID}3 of 20."
