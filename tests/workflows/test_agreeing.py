"""How far auditors and the Panel agree, and where they differ over one auditor's work: who may see what."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.agreement import Pair
from domain.errors import NotAllowed
from domain.grades import Grade
from domain.moderation import Moderation, Reason, ReleaseKind
from domain.moderation_form import SectionGrade
from domain.people import Person, Post
from storage.work import Work
from tests.builders import NOW, Staff, a_person
from tests.dialogs.scripts import everything_stored, on_one_engine
from tests.moderations import Panel, a_held_moderation, a_released_moderation, the_panel
from workflows.agreeing import service_agreement
from workflows.council import Council
from workflows.differing import auditors_to_see, count_own, open_differences

RI = Grade.REQUIRES_IMPROVEMENT
LATER = NOW + timedelta(days=1)


@pytest.fixture
def council(council: Council) -> Council:
    """Two audits are enough to tell, so that a test needs few."""
    numbers = replace(council.framework.numbers, alpha_least_audits=2, smallest_count=2)
    return replace(council, framework=replace(council.framework, numbers=numbers))


@pytest.fixture
def panel(council: Council, people: Staff) -> Panel:
    with council.write() as work:
        return the_panel(work)


def released(
    council: Council, people: Staff, panel: Panel, number: int, *, days_ago: int = 0, **given: Any
) -> Moderation:
    with council.write() as work:
        now = NOW - timedelta(days=days_ago)
        month = now.date().replace(day=1)
        return a_released_moderation(
            work, council, people, panel, reference=f"CF-2{number:03}", month=month, now=now, **given
        )


@pytest.mark.rule("MO-21")
def test_only_what_was_released_within_the_year_counts_and_the_random_part_stands_apart(
    council: Council, people: Staff, panel: Panel
) -> None:
    released(council, people, panel, 1, days_ago=3, overall=RI)
    released(council, people, panel, 2, days_ago=2, reasons=(Reason.TOP_UP,))
    # Chosen by a rule as well, so not by chance alone.
    released(council, people, panel, 3, days_ago=1, reasons=(Reason.TOP_UP, Reason.NOMINATED))
    released(council, people, panel, 4, days_ago=400)
    with council.write() as work:
        a_held_moderation(work, council, people, panel, reference="CF-2005", now=NOW - timedelta(days=1))

    with council.read() as view:
        found = service_agreement(view, council, by=panel.psw, now=LATER)

    assert (found.every.counted, found.random.counted, found.chosen.counted) == (3, 1, 2)
    assert found.before.counted == 1
    assert not found.random.is_enough
    assert found.sections["planning"].counted == 3
    assert found.direction is not None
    # One was kinder, which is too few to show; those alike go with it, as the total would tell the one.
    assert (found.direction.kinder, found.direction.alike, found.direction.harsher) == (None, None, 0)


@on_one_engine
@pytest.mark.rule("MO-21")
def test_agreement_compares_with_the_panels_grade_and_the_final_one_stands_beside(
    council: Council, people: Staff, panel: Panel
) -> None:
    for number in (1, 2):
        released(council, people, panel, number, overall=RI, final=Grade.GOOD)

    with council.write() as work:
        found = service_agreement(work, council, by=panel.psw, now=LATER)
        seen = open_differences(
            work, council, by=people.auditor, auditor_id=people.auditor.id, start=0, now=LATER
        )

    assert found.direction is not None
    assert (found.direction.kinder, found.direction.alike, found.direction.harsher) == (2, 0, 0)
    assert [(one.overall, one.final) for one in seen.audits] == [(Pair(Grade.GOOD, RI), Grade.GOOD)] * 2


@on_one_engine
@pytest.mark.rule("SG-03")
def test_agreement_is_for_panel_office_and_director_and_tells_of_nobody(
    council: Council, people: Staff, panel: Panel
) -> None:
    released(council, people, panel, 1, overall=RI)
    released(council, people, panel, 2)

    with council.read() as view:
        told = [
            service_agreement(view, council, by=reader, now=LATER)
            for reader in (panel.first, panel.sm_qa, people.qa_officer, people.ad_qa)
        ]
        for reader in (people.auditor, people.team_manager, people.cover, people.practitioner):
            with pytest.raises(NotAllowed):
                service_agreement(view, council, by=reader, now=LATER)

    assert len(set(map(repr, told))) == 1
    assert "auditor" not in repr(told[0]).lower()
    assert people.auditor.name not in repr(told[0])


@on_one_engine
@pytest.mark.rule("SG-04", "MO-21")
def test_looking_at_agreement_changes_no_grade(council: Council, people: Staff, panel: Panel) -> None:
    released(council, people, panel, 1, overall=RI)
    released(council, people, panel, 2)
    before = everything_stored(council)

    with council.read() as view:
        service_agreement(view, council, by=panel.psw, now=LATER)

    assert everything_stored(council) == before


@pytest.mark.rule("SG-03", "PR-05")
def test_the_auditor_their_manager_and_the_chair_see_both_grades_with_the_reason(
    council: Council, people: Staff, panel: Panel
) -> None:
    form = {
        "sections": {
            "planning": SectionGrade(RI, "The plan has no dates."),
            "review": SectionGrade(Grade.GOOD),
        }
    }
    one = released(council, people, panel, 1, overall=RI, form=form)

    with council.write() as work:
        seen = [
            open_differences(work, council, by=by, auditor_id=people.auditor.id, start=0, now=LATER)
            for by in (people.auditor, people.cover, panel.psw)
        ]
        reads = [row.actor for row in work.trail.rows(f"audit:{one.audit_id}") if row.verb == "read"]

    (audit,) = seen[0].audits
    assert seen[0].is_own
    assert audit.overall == Pair(Grade.GOOD, RI)
    assert [(d.key, d.grades, d.because) for d in audit.different] == [
        ("planning", Pair(Grade.GOOD, RI), "The plan has no dates.")
    ]
    assert audit.alike == 1
    assert all(other.audits == seen[0].audits for other in seen)
    assert reads == [people.auditor.id, people.cover.id, panel.psw.id]


@on_one_engine
@pytest.mark.rule("SG-03")
@pytest.mark.parametrize(
    "name", ["second_auditor", "practitioner", "team_manager", "service_manager", "qa_officer", "ad_qa"]
)
def test_nobody_else_sees_one_auditors_work_or_is_offered_it(
    council: Council, people: Staff, panel: Panel, name: str
) -> None:
    released(council, people, panel, 1, overall=RI)
    reader: Person = getattr(people, name)

    with council.write() as work:
        with pytest.raises(NotAllowed):
            open_differences(work, council, by=reader, auditor_id=people.auditor.id, start=0, now=LATER)

        assert auditors_to_see(work, council, by=reader, now=LATER) == ()


@on_one_engine
@pytest.mark.rule("SG-03")
def test_a_panel_member_sees_it_only_as_the_chair(council: Council, people: Staff, panel: Panel) -> None:
    released(council, people, panel, 1, overall=RI)
    given = {"auditor_id": people.auditor.id, "start": 0, "now": LATER}

    with council.write() as work:
        for member in (panel.first, panel.sm_qa):
            with pytest.raises(NotAllowed):
                open_differences(work, council, by=member, **given)
        # The PSW is of the auditor's own team now, so the SM for QA chairs (Q9).
        work.people.change(panel.psw.id, {"team_id": people.other_team.id})
        chaired = open_differences(work, council, by=panel.sm_qa, **given)
        with pytest.raises(NotAllowed):
            open_differences(work, council, by=work.people.get(panel.psw.id), **given)

    assert chaired.total == 1


@on_one_engine
@pytest.mark.rule("SG-03")
def test_whom_one_may_look_at_stand_by_name_alone(council: Council, people: Staff, panel: Panel) -> None:
    with council.write() as work:
        given: dict[str, Any] = {"is_auditor": True, "team_id": people.other_team.id}
        worst = a_person(work, "Zoe Zeal", Post.PC, **given)
    for number in range(3):
        released(council, people, panel, number, auditor_id=worst.id, overall=Grade.INADEQUATE)
    released(council, people, panel, 9)

    with council.read() as view:
        found = auditors_to_see(view, council, by=panel.psw, now=LATER)

    assert [one.name for one in found] == ["Alex Auditor", "Zoe Zeal"]


@on_one_engine
@pytest.mark.rule("SG-03", "MO-17")
def test_what_is_held_or_went_early_before_the_talk_is_not_in_the_list(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        a_held_moderation(work, council, people, panel, reference="CF-2001")
    early = released(council, people, panel, 2, overall=RI, kind=ReleaseKind.EARLY)
    with council.write() as work:
        work.discussions.need(early.id, due_on=NOW.date())
        before = count_own(work, council, by=people.auditor, now=LATER)
        _hold_talk(work, early, panel)
        after = count_own(work, council, by=people.auditor, now=LATER)

    assert (before, after) == (0, 1)


@on_one_engine
def test_an_auditor_without_moderations_is_told_so_and_not_refused(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        found = open_differences(
            work, council, by=people.auditor, auditor_id=people.auditor.id, start=0, now=LATER
        )

    assert (found.total, found.audits) == (0, ())


def _hold_talk(work: Work, moderation: Moderation, panel: Panel) -> None:
    talk = work.discussions.of_moderation(moderation.id)
    assert talk is not None
    work.discussions.change(talk, {"state": "held", "held_on": NOW.date(), "held_by": panel.psw.id})
