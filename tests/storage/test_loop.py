"""Submitted audits as reports count them, read on either engine."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from domain.closing import Impact
from domain.days import local_day
from domain.grades import Grade
from domain.loop import Found
from domain.moderation_form import SectionGrade
from domain.pages import ActionLine, Attempt, Reached, SectionPage, Source, VoicePage
from storage.tables_following import followups
from storage.work import Work
from tests.builders import NOW, Staff, a_submitted_audit, an_accepted_audit
from tests.moderations import Panel, a_held_moderation, a_released_moderation, the_panel
from workflows.council import Council

LOWER = {"overall": Grade.REQUIRES_IMPROVEMENT}
REASONS = (
    "The plan had no dates.",
    "This was because nobody was asked to set them.",
    "So the child waited, and said so.",
)
DAY = local_day(NOW)
SOURCES = tuple(Source(what, DAY) for what in ("Plan", "Home visit", "Supervision record"))
PLANNING = SectionPage(Grade.REQUIRES_IMPROVEMENT, *REASONS, SOURCES, tags=("GP-03",))
UNHEARD = VoicePage(Reached.NOT_OBTAINED, "", "They were away.", DAY, (Attempt(DAY, "Phone call"),))


@pytest.fixture
def panel(council: Council) -> Panel:
    with council.write() as work:
        return the_panel(work)


def only(work: Work) -> Found:
    (found,) = work.loop.submitted_between(NOW - timedelta(days=1), NOW + timedelta(days=1))
    return found


def missing_action(work: Work, audit_id: int, moderation_id: int, people: Staff) -> None:
    line = ActionLine("Bring the chronology up to date.", people.practitioner.id, DAY)
    work.actions.add_missing(audit_id, moderation_id, (line,), agreed_on=DAY)


def test_grades_tags_voices_and_actions_come_from_the_audit(council: Council, people: Staff) -> None:
    with council.write() as work:
        pages = {"planning": PLANNING, "voice_parent": UNHEARD}
        audit = a_submitted_audit(work, council, people, pages=pages)
        an_accepted_audit(work, people, reference="CF-2")
        found = only(work)

    assert (found.audit_id, found.team_id, found.service_id) == (audit.id, people.team.id, people.service.id)
    assert (found.original, found.grade) == (Grade.GOOD, Grade.GOOD)
    assert found.sections["planning"] is Grade.REQUIRES_IMPROVEMENT
    assert "overall" not in found.sections
    assert found.themes == {"planning", "GP-03"}
    assert found.voices == {"voice_child": True, "voice_parent": False, "voice_agency": True}
    assert [action.state for action in found.actions] == ["open"]
    assert (found.discussed, found.closed, found.impact) == (False, False, None)


@pytest.mark.rule("MO-17", "MO-21")
def test_a_held_moderation_leaves_grades_and_actions_as_the_auditor_gave_them(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        form = {"sections": {"planning": SectionGrade(Grade.INADEQUATE, "Drift.")}}
        held = a_held_moderation(work, council, people, panel, form=form)
        missing_action(work, held.audit_id, held.id, people)
        found = only(work)

    assert (found.original, found.grade) == (Grade.GOOD, Grade.GOOD)
    assert set(found.sections.values()) == {Grade.GOOD}
    assert len(found.actions) == 1


@pytest.mark.rule("MO-21")
def test_the_panels_grades_count_once_they_are_released(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        form = {"sections": {"planning": SectionGrade(Grade.INADEQUATE, "Drift.")}}
        released = a_released_moderation(work, council, people, panel, form=form, **LOWER)
        missing_action(work, released.audit_id, released.id, people)
        found = only(work)

    assert (found.original, found.grade) == (Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)
    assert found.sections["planning"] is Grade.INADEQUATE
    assert found.sections["recording"] is Grade.GOOD
    assert len(found.actions) == 2


def test_what_followed_comes_with_it(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        work._connection.execute(
            sa.insert(followups).values(
                audit_id=audit.id,
                discussed_on=DAY,
                discussed_by=people.line_manager.id,
                discussed_where="Supervision record",
                closed_at=NOW,
                impact_due_on=DAY,
                impact="lasted",
                impact_text="Visits are still weekly.",
                impact_on=DAY,
                impact_by=people.team_manager.id,
                version=1,
            )
        )
        found = only(work)

    assert (found.discussed, found.closed, found.impact) == (True, True, Impact.LASTED)


@pytest.mark.rule("CA-19")
@pytest.mark.parametrize(("days_later", "counts"), [(-1, False), (0, True)])
def test_learning_talked_of_before_the_panels_part_came_is_yet_to_be_talked_of(
    council: Council, people: Staff, panel: Panel, days_later: int, counts: bool
) -> None:
    with council.write() as work:
        released = a_released_moderation(work, council, people, panel, **LOWER)
        assert released.released_at is not None
        day = local_day(released.released_at) + timedelta(days=days_later)
        values = {"discussed_on": day, "discussed_by": people.line_manager.id}
        work.followups.change(work.followups.get(released.audit_id), values)
        found = only(work)

    assert found.discussed is counts


def test_a_round_a_team_and_a_service_have_their_own(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        round_id = audit.round_id
        asked = {
            "the round": work.loop.of_round(round_id),
            "another round": work.loop.of_round(round_id + 1),
            "its team": work.loop.of_round(round_id, team_id=people.team.id),
            "another team": work.loop.of_round(round_id, team_id=people.other_team.id),
            "its service": work.loop.of_round(round_id, service_id=people.service.id),
            "another service": work.loop.of_round(round_id, service_id=people.other_service.id),
            "before": work.loop.submitted_between(NOW - timedelta(days=1), NOW),
        }

    assert [name for name, found in asked.items() if found] == ["the round", "its team", "its service"]


@pytest.mark.rule("CA-21")
def test_praise_is_kept_once_for_an_audit_and_person(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        given = {"audit_id": audit.id, "by": people.qa_officer.id, "now": NOW}
        first = work.praise.add(person_id=people.practitioner.id, text="Thank you.", **given)
        again = work.praise.add(person_id=people.practitioner.id, text="Thanks again.", **given)
        kept = work.praise.of_audits((audit.id,))

        assert first is not None
        assert again is None
        assert kept == (first,)
        assert work.praise.get(first.id) == first
        assert work.praise.get(first.id + 1) is None
        assert first.text == "Thank you."
