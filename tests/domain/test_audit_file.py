from dataclasses import replace
from datetime import date

import pytest

from domain.audit_file import AuditFile
from domain.audits import Audit, AuditState
from domain.framework import Framework
from domain.grades import Grade
from domain.pages import ACTIONS, JOURNEY, OVERALL, ActionLine, ActionsPage, JourneyPage, OverallPage
from domain.people import Person, Team

DAY = date(2026, 5, 1)
SOMEBODY = Person(2, "Somebody", "s@council.example", frozenset())


def a_file(*, has_contact_section: bool = False) -> AuditFile:
    audit = Audit(
        id=7,
        round_id=1,
        case_id=1,
        case_reference="CF-1001",
        auditor_id=1,
        practitioner_id=2,
        team_id=1,
        state=AuditState.ACCEPTED,
        framework_version="1.0",
        allocated_on=DAY,
        due_on=DAY,
        lookback_from=DAY,
        has_contact_section=has_contact_section,
        version=3,
    )
    return AuditFile(audit, SOMEBODY, SOMEBODY, Team(1, "One", 1), ((2, "Somebody"),), {}, {}, {})


def test_the_revision_grows_with_every_change_of_audit_or_page() -> None:
    file = a_file()
    pages = replace(file, versions={JOURNEY: 4, OVERALL: 1})
    accepted = replace(pages, audit=replace(file.audit, version=4))

    assert [one.revision for one in (file, pages, accepted)] == [3, 8, 9]


@pytest.mark.rule("Q24")
@pytest.mark.parametrize("grade", [None, *Grade])
def test_the_overall_grade_is_the_one_on_its_page(grade: Grade | None) -> None:
    assert replace(a_file(), pages={OVERALL: OverallPage(grade)}).overall is grade
    assert replace(a_file(), pages={OVERALL: JourneyPage()}).overall is None
    assert a_file().overall is None


@pytest.mark.rule("Q18")
@pytest.mark.parametrize("has_contact_section", [True, False])
def test_the_pages_are_those_of_this_audit(framework: Framework, has_contact_section: bool) -> None:
    file = a_file(has_contact_section=has_contact_section)

    assert ("contact" in file.keys(framework)) is has_contact_section
    assert ("contact" in file.missing(framework, today=DAY)) is has_contact_section


@pytest.mark.rule("CA-23")
@pytest.mark.parametrize(
    ("owner", "lacks"), [(2, ()), (9, ("a new owner for action 1, as the one chosen has left or moved on",))]
)
def test_an_action_is_owned_by_someone_who_may(
    framework: Framework, owner: int, lacks: tuple[str, ...]
) -> None:
    page = ActionsPage((ActionLine("Ring the school.", owner, DAY),))

    found = replace(a_file(), pages={ACTIONS: page}).missing(framework, today=DAY)

    assert found.get(ACTIONS, ()) == lacks
