"""Reports, each for the one reader whose it is."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cards.moderated_words import moderation_report as in_words
from domain.audits import Returned
from domain.errors import NotAllowed, NotFound
from domain.grades import Grade
from domain.headline import Share, Stage
from domain.moderation import ReleaseKind, Verdict
from domain.moderation_form import SectionGrade
from domain.people import Person
from domain.requisite import Numbers
from domain.round_found import TeamSummary
from storage.work import Work
from tests.builders import (
    NOW,
    Staff,
    a_person,
    a_returned_audit,
    a_round,
    a_submitted_audit,
    an_accepted_audit,
)
from tests.dialogs.scripts import on_one_engine
from tests.moderations import Panel, a_held_moderation, a_released_moderation, the_panel
from workflows import reporting
from workflows.council import Council
from workflows.report_access import scope_of

JULY = date(2026, 7, 1)
LATER = NOW + timedelta(days=75)
TALKED: dict[str, Any] = {"kind": ReleaseKind.DISCUSSED, "verdict": Verdict.CONCERN}
HARSH_WORDS = "Grade what is there, not what was promised."


@pytest.fixture
def panel(council: Council) -> Panel:
    with council.write() as work:
        return the_panel(work)


def summary(work: Work, council: Council, people: Staff) -> TeamSummary:
    found = work.rounds.latest()
    assert found is not None
    return reporting.team_summary(work, council, by=people.team_manager, round_id=found.id, now=LATER)


@on_one_engine
@pytest.mark.rule("CA-20", "MO-17", "MO-21")
def test_the_team_is_told_the_panels_grade_once_released_and_nothing_of_one_that_is_held(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        a_submitted_audit(work, council, people)
        before = summary(work, council, people)
        changed = {"sections": {"planning": SectionGrade(Grade.INADEQUATE, "Drift.")}}
        audit = a_submitted_audit(work, council, people, reference="CF-2")
        two = summary(work, council, people)
        a_held_moderation(work, council, people, panel, audit=audit, form=changed)
        held = summary(work, council, people)
        lower: dict[str, Any] = {"overall": Grade.INADEQUATE, "reference": "CF-3"}
        a_released_moderation(work, council, people, panel, form=changed, **lower, **TALKED)
        an_accepted_audit(work, people, reference="CF-4")
        released = summary(work, council, people)

    assert (before.found.audits, two.found.audits) == (1, 2)
    assert held == two
    assert (released.team, released.found.audits, released.waiting) == ("Conifers 1", 3, 1)
    assert (released.found.grades[Grade.GOOD], released.found.grades[Grade.INADEQUATE]) == (2, 1)
    assert released.found.regraded == 1
    assert [(one.key, one.below) for one in released.found.to_work_on] == [("planning", 1)]


@on_one_engine
@pytest.mark.rule("CA-20")
def test_a_team_managers_summary_is_of_their_own_team(council: Council, people: Staff) -> None:
    with council.write() as work:
        round_id = a_submitted_audit(work, council, people).round_id

        theirs = reporting.team_summary(work, council, by=people.auditor, round_id=round_id, now=LATER)
        assert (theirs.team, theirs.found.audits) == ("Brambles 1", 0)
        for other in (people.practitioner, people.service_manager, people.qa_officer, people.bystander):
            with pytest.raises(NotAllowed):
                reporting.team_summary(work, council, by=other, round_id=round_id, now=LATER)
        planned = a_round(work, month=JULY, state="planned")
        with pytest.raises(NotFound):
            reporting.team_summary(work, council, by=people.team_manager, round_id=planned, now=LATER)


@on_one_engine
@pytest.mark.rule("RO-08", "Q23")
def test_the_requisite_number_is_auditors_times_rounds_less_exemptions(
    council: Council, people: Staff
) -> None:
    """Brambles has a team manager, a consultant and its service manager; two rounds so far."""
    second: dict[str, Any] = {"auditor_id": people.second_auditor.id}
    with council.write() as work:
        a_round(work, month=date(2026, 3, 1))
        a_submitted_audit(work, council, people)
        a_returned_audit(work, people, because=Returned.EXEMPT, reference="CF-2", **second)
        july = an_accepted_audit(work, people, month=JULY, reference="CF-3").round_id
        a_returned_audit(work, people, month=JULY, reference="CF-4", **second)

        made = reporting.service_report(work, council, by=people.cover, round_id=july, now=LATER)
        elsewhere = reporting.service_report(
            work, council, by=people.service_manager, round_id=july, now=LATER
        )

    assert (made.service, made.rounds) == ("Brambles", 2)
    assert made.this_round == Numbers(places=3, exempt=0, done=0, under_way=1, without=2)
    assert made.year == Numbers(places=6, exempt=1, done=1, under_way=1, without=3)
    assert (made.year.required, made.year.outstanding) == (5, 4)
    assert elsewhere.year == Numbers(places=2, exempt=0, done=0, under_way=0, without=2)


@on_one_engine
@pytest.mark.rule("Q23")
def test_an_auditor_who_did_theirs_and_left_still_counts_and_one_who_left_without_does_not(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        round_id = a_submitted_audit(work, council, people).round_id
        leaving = [people.auditor.id, people.second_auditor.id]
        work.people.mark_left(leaving, date(2026, 6, 1))

        made = reporting.service_report(work, council, by=people.cover, round_id=round_id, now=LATER)

    assert made.this_round == Numbers(places=2, exempt=0, done=1, under_way=0, without=1)


@on_one_engine
@pytest.mark.rule("MO-20", "SG-03")
def test_a_service_manager_reads_of_their_own_auditors_by_name_and_of_nobody_elses(
    council: Council, people: Staff, panel: Panel
) -> None:
    """Alex did worse than Sam and stands first all the same: the order is the alphabet's."""
    words = {"development": HARSH_WORDS}
    sams: dict[str, Any] = {"auditor_id": people.second_auditor.id}
    lower: dict[str, Any] = {"overall": Grade.REQUIRES_IMPROVEMENT, "form": words, **TALKED}
    with council.write() as work:
        a_released_moderation(work, council, people, panel, reference="CF-2", **sams)
        alex = a_released_moderation(work, council, people, panel, **lower)
        held = {"form": {"development": "Held words."}}
        a_held_moderation(work, council, people, panel, reference="CF-3", **held, **sams)
        audit = work.audits.get(alex.audit_id)
        assert audit is not None
        asked: dict[str, Any] = {"round_id": audit.round_id, "now": LATER}

        _, own = reporting.moderation_report(work, council, by=people.cover, **asked)
        _, other = reporting.moderation_report(work, council, by=people.service_manager, **asked)
        for nobody in (people.auditor, people.team_manager, people.qa_officer, panel.sm_qa, panel.first):
            with pytest.raises(NotAllowed):
                reporting.moderation_report(work, council, by=nobody, **asked)

    assert [one.name for one in own.auditors] == ["Alex Auditor", "Sam Second"]
    assert [one.standing for one in own.auditors] == ["struggling", "new"]
    assert own.auditors[0].would_help == (HARSH_WORDS,)
    assert (own.own.moderated, own.own.concern, own.own.kinder, own.waiting) == (2, 1, 1, 1)
    assert own.others.moderated == 0
    assert "Held words." not in repr(own)
    assert (other.auditors, other.own.moderated, other.waiting) == ((), 0, 0)
    assert not any(
        word in repr(in_words(other, month=JULY, smallest=5)) for word in ("Alex", "Sam", HARSH_WORDS)
    )


@on_one_engine
@pytest.mark.rule("MO-16", "MO-17", "MO-20")
def test_what_went_out_early_is_in_no_managers_report_before_the_talk_was_held(
    council: Council, people: Staff, panel: Panel
) -> None:
    lower: dict[str, Any] = {"overall": Grade.REQUIRES_IMPROVEMENT, "form": {"development": HARSH_WORDS}}
    with council.write() as work:
        early = a_released_moderation(work, council, people, panel, **lower, kind=ReleaseKind.EARLY)
        work.discussions.need(early.id, due_on=NOW.date())
        audit = work.audits.get(early.audit_id)
        assert audit is not None
        asked: dict[str, Any] = {"by": people.cover, "round_id": audit.round_id, "now": LATER}

        _, before = reporting.moderation_report(work, council, **asked)
        talk = work.discussions.of_moderation(early.id)
        assert talk is not None
        held = {"state": "held", "held_on": NOW.date(), "held_by": panel.psw.id}
        assert work.discussions.change(talk, held)
        _, after = reporting.moderation_report(work, council, **asked)

    assert (before.auditors, before.own.moderated, before.waiting) == ((), 0, 1)
    assert HARSH_WORDS not in repr(before)
    assert "struggling" not in repr(before)
    assert [one.would_help for one in after.auditors] == [(HARSH_WORDS,)]
    assert (after.own.moderated, after.waiting) == (1, 0)


@on_one_engine
@pytest.mark.rule("MO-20", "SG-03")
def test_nobody_reads_a_report_about_themselves_as_their_own_manager(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        beside = a_person(work, "Bo Beside", *people.cover.posts, service_id=people.other_service.id)
        given: dict[str, Any] = {"auditor_id": people.cover.id, "overall": Grade.INADEQUATE, **TALKED}
        moderation = a_released_moderation(work, council, people, panel, **given)
        audit = work.audits.get(moderation.audit_id)
        assert audit is not None

        def names(by: Person) -> list[str]:
            _, report = reporting.moderation_report(work, council, by=by, round_id=audit.round_id, now=LATER)
            assert report.others.moderated == 0
            return [one.name for one in report.auditors]

        assert names(people.cover) == []
        assert names(beside) == ["Cory Cover"]


@on_one_engine
@pytest.mark.rule("CA-19", "CA-23")
def test_the_headline_is_the_councils_for_some_and_ones_own_for_others(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        for number in range(6):
            a_submitted_audit(work, council, people, reference=f"CF-{number}")

        def asked(by: Person, now: datetime = LATER) -> tuple[str, int, tuple[str, ...], int]:
            made = reporting.headline(work, council, by=by, now=now)
            assert made.loop.shares[Stage.DISCUSSED] == Share(0, made.loop.audits)
            return made.of, made.loop.audits, tuple(team.name for team in made.teams), made.smallest

        for whole in (people.qa_officer, people.ad_qa, panel.psw, panel.first):
            assert asked(whole) == ("", 6, ("Conifers 1",), 5)
        assert asked(people.service_manager) == ("Conifers", 6, ("Conifers 1",), 5)
        assert asked(people.cover) == ("Brambles", 0, (), 5)
        assert asked(people.team_manager) == ("Conifers 1", 6, (), 1)
        for nobody in (people.practitioner, people.line_manager, panel.pmpm):
            with pytest.raises(NotAllowed):
                scope_of(work, council, nobody, LATER)
        later = reporting.headline(work, council, by=people.ad_qa, now=NOW + timedelta(days=400))
        assert (later.loop.audits, later.before.audits) == (0, 6)
