"""From the Panel's decision to the release: at once, after a talk, or early with a reason.

A council of tests has three principal parts here: the PSW, who chairs; the auditor; and whoever manages the
team that holds the case.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from domain.audits import Audit
from domain.days import add_working_days, uk_date
from domain.dues import Due
from domain.errors import NotAllowed, RuleBroken, Stale
from domain.feedback import Shown
from domain.grades import Grade
from domain.loop import Found
from domain.moderation import Moderation, ReleaseKind, Verdict
from domain.moderation_form import SectionGrade, from_body
from domain.pages import ActionLine
from domain.people import Leave, Person, Post
from domain.talks import TalkState
from storage.discussions import DiscussionRow
from storage.work import Work
from tests.builders import NOW, Staff, a_person, a_submitted_audit
from tests.dialogs.scripts import on_one_engine
from tests.moderations import Panel, a_chosen_audit, a_decided_moderation, a_held_moderation, the_panel
from tests.talks import an_agreed_talk, an_invited_talk
from workflows.council import Council
from workflows.day import day_of
from workflows.discussing import accept_slot, invite, propose_time, record_held, release_early
from workflows.nudging import nudge_everyone
from workflows.reading_moderation import feedback_of, readable
from workflows.releasing import release, settle_decided
from workflows.replying import write_reply
from workflows.sharing import TextWanted
from workflows.talk_access import talk_of
from workflows.talk_dues import dues, talks_to_lead
from workflows.talk_words import LooksLikeAName

RI = Grade.REQUIRES_IMPROVEMENT
DUE = date(2026, 5, 11)
"""Five working days after Friday 1 May, with the bank holiday of the 4th left out."""
TIMES = ("Wed 6 May at 10:00", "Thu 7 May at 14:30", "8 May 2026 9am")
WORDS = "You listened well. Shall we look at the chronology together?"
LATER = NOW + timedelta(days=5)


AWAY = Leave(date(2026, 4, 30), date(2026, 5, 14))


@dataclass
class Stage:
    """An audit in Conifers by somebody of Brambles, and everyone who may hear of it."""

    council: Council
    work: Work
    people: Staff
    panel: Panel

    def decided(self, **given: Any) -> Moderation:
        """Decided and settled, as the Panel's press does it."""
        found = a_decided_moderation(self.work, self.council, self.people, self.panel, **given)
        settle_decided(self.work, self.council, found, by=self.panel.first.id, now=NOW)
        return self.fresh(found)

    def fresh(self, moderation: Moderation) -> Moderation:
        found = self.work.moderations.get(moderation.id)
        assert found is not None
        return found

    def talk(self, moderation: Moderation) -> DiscussionRow:
        found = self.work.discussions.of_moderation(moderation.id)
        assert found is not None
        return found

    def invites(self, moderation: Moderation, **given: Any) -> None:
        version = self.talk(moderation).version
        asked = {"by": self.panel.psw, "version": version, "slots": TIMES, "message": WORDS, "now": NOW}
        invite(self.work, self.council, moderation_id=moderation.id, **{**asked, **given})

    def talks(self, moderation: Moderation, **given: Any) -> None:
        asked = {
            "by": self.panel.psw,
            "held_on": date(2026, 5, 6),
            "note": "Weigh the chronology before grading.",
            "final": Grade.REQUIRES_IMPROVEMENT.value,
            "final_because": "",
            "now": LATER,
        }
        record_held(self.work, self.council, moderation_id=moderation.id, **{**asked, **given})

    def told(self, kind: str, subject_id: int) -> list[int | None]:
        return [notice.person_id for notice in self.work.notices.of(kind, subject_id)]

    def audit(self, moderation: Moderation) -> Audit:
        found = self.work.audits.get(moderation.audit_id)
        assert found is not None
        return found

    def found(self, moderation: Moderation) -> Found:
        """The audit as every report counts it."""
        (found,) = self.work.loop.of_round(self.audit(moderation).round_id)
        return found

    def rows(self, moderation: Moderation) -> list[tuple[str, int | None]]:
        chain = f"audit:{moderation.audit_id}"
        return [(row.verb, row.actor) for row in self.work.trail.rows(chain)]

    def reads(self, person: Person, moderation: Moderation, now: datetime = LATER) -> Shown | None:
        try:
            asked = {"by": person, "moderation_id": moderation.id, "now": now}
            return feedback_of(self.work, self.council, **asked).shown
        except NotAllowed:
            return None


@pytest.fixture
def stage(council: Council, people: Staff) -> Iterator[Stage]:
    with council.write() as work:
        yield Stage(council, work, people, the_panel(work))


@pytest.mark.rule("MO-15", "Q13", "SG-05")
def test_a_satisfactory_moderation_goes_to_auditor_and_team_manager_at_once(stage: Stage) -> None:
    moderation = stage.decided()

    two = sorted([stage.people.auditor.id, stage.people.team_manager.id])
    assert moderation.release_kind is ReleaseKind.SATISFACTORY
    assert moderation.final is Grade.GOOD
    assert stage.told("moderation_news", moderation.id) == two
    assert stage.told("moderation_copy", moderation.id) == two
    assert stage.work.discussions.of_moderation(moderation.id) is None
    assert stage.rows(moderation)[-1] == ("released a moderation", stage.panel.first.id)


@pytest.mark.rule("MO-16", "MO-17", "Q14")
@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"verdict": Verdict.CONCERN}, id="a concern"),
        pytest.param({"overall": Grade.OUTSTANDING}, id="another grade, though a kinder one"),
    ],
)
def test_a_concern_or_another_grade_waits_for_a_talk_within_five_working_days(
    stage: Stage, given: dict[str, Any]
) -> None:
    moderation = stage.decided(**given)

    assert moderation.released_at is None
    assert stage.talk(moderation).due_on == DUE
    assert stage.told("talk_wanted", moderation.id) == [stage.panel.psw.id]
    assert stage.told("moderation_news", moderation.id) == stage.told("moderation_copy", moderation.id) == []


@pytest.mark.rule("Q9", "MO-16")
@on_one_engine
def test_where_the_psw_has_a_tie_the_sm_for_qa_invites(stage: Stage) -> None:
    stage.work.people.change(stage.panel.psw.id, {"team_id": stage.people.team.id})

    moderation = stage.decided(verdict=Verdict.CONCERN)

    assert stage.told("talk_wanted", moderation.id) == [stage.panel.sm_qa.id]
    stage.invites(moderation, by=stage.panel.sm_qa)
    with pytest.raises(NotAllowed):
        stage.invites(moderation)


@pytest.mark.rule("MO-16", "MO-18", "MO-19", "MO-21", "SG-05")
def test_after_the_talk_it_is_released_with_the_grade_that_stands_and_every_grade_kept(
    stage: Stage,
) -> None:
    moderation = stage.decided(overall=Grade.INADEQUATE)
    stage.invites(moderation)

    stage.talks(moderation, final_because="They showed what the school said.")

    after = stage.fresh(moderation)
    assert (after.release_kind, after.overall, after.final) == (
        ReleaseKind.DISCUSSED,
        Grade.INADEQUATE,
        Grade.REQUIRES_IMPROVEMENT,
    )
    assert stage.audit(moderation).overall == Grade.GOOD.value
    assert stage.people.team_manager.id in stage.told("moderation_copy", moderation.id)
    assert stage.people.auditor.id in stage.told("moderation_copy", moderation.id)
    assert stage.rows(moderation)[-3:] == [
        ("invited to talk", stage.panel.psw.id),
        ("recorded the talk", stage.panel.psw.id),
        ("released a moderation", stage.panel.psw.id),
    ]


@pytest.mark.rule("MO-21", "SG-05")
@on_one_engine
def test_another_grade_after_the_talk_needs_its_reason(stage: Stage) -> None:
    moderation = stage.decided(overall=Grade.INADEQUATE)
    stage.invites(moderation)

    with pytest.raises(TextWanted) as refused:
        stage.talks(moderation)

    assert refused.value.field == "final_because"
    assert stage.fresh(moderation).released_at is None


@pytest.mark.rule("MO-21", "SG-05")
@pytest.mark.parametrize("early", [True, False])
def test_a_section_has_a_final_grade_with_its_reason_and_the_panels_counts(stage: Stage, early: bool) -> None:
    sections = {"planning": SectionGrade(RI, "Drift."), "review": SectionGrade(Grade.GOOD)}
    held = stage.decided(form={"sections": sections})
    if early:
        asked: dict[str, Any] = {"by": stage.panel.psw, "moderation_id": held.id, "now": NOW}
        release_early(stage.work, stage.council, reason="The child cannot wait.", **asked)
    stage.invites(held)

    stage.talks(
        held,
        final=Grade.GOOD.value,
        # Of what both graded alike there is nothing to say, whatever a card was made to send.
        sections={"planning": ("good", " The school saw a plan. "), "review": ("inadequate", "Why not.")},
    )

    kept = from_body(stage.fresh(held).body).sections
    assert kept["planning"] == SectionGrade(RI, "Drift.", Grade.GOOD, "The school saw a plan.")
    assert kept["review"] == sections["review"]
    assert stage.found(held).sections["planning"] is RI
    assert stage.told("moderation_copy", held.id).count(stage.people.team_manager.id) == (2 if early else 1)
    stage.work.trail.finish()
    fields = json.loads(stage.work.trail.rows(f"audit:{held.audit_id}")[-1].fields)
    assert "final grade of planning" in fields
    assert "final grade of review" not in fields


@pytest.mark.rule("MO-21", "SG-01", "SG-05")
@on_one_engine
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (("good", " "), "final_because_planning"),
        (("good", "W" * 201), "final_because_planning"),
        (("good", "Olivia told us."), "final_because_planning"),
        (("splendid", "They told us."), "final_planning"),
    ],
)
def test_another_final_grade_of_a_section_needs_a_reason_that_names_nobody(
    stage: Stage, typed: tuple[str, str], field: str
) -> None:
    held = stage.decided(form={"sections": {"planning": SectionGrade(RI, "Drift.")}})
    stage.invites(held)

    with pytest.raises(TextWanted) as refused:
        stage.talks(held, final=Grade.GOOD.value, sections={"planning": typed})

    assert refused.value.field == field
    assert stage.fresh(held).released_at is None


@pytest.mark.rule("MO-21")
@on_one_engine
@pytest.mark.parametrize("typed", [{}, {"planning": ("", "")}, {"planning": (RI.value, "As you say.")}])
def test_a_section_that_keeps_the_panels_grade_needs_nothing(
    stage: Stage, typed: dict[str, tuple[str, str]]
) -> None:
    section = SectionGrade(RI, "Drift.")
    held = stage.decided(form={"sections": {"planning": section}})
    stage.invites(held)

    stage.talks(held, final=Grade.GOOD.value, sections=typed)

    assert from_body(stage.fresh(held).body).sections["planning"] == section
    assert stage.fresh(held).release_kind is ReleaseKind.DISCUSSED


@pytest.mark.rule("MO-17", "Q14", "SG-05")
def test_the_chair_releases_early_with_a_reason_and_the_talk_is_still_to_be_held(stage: Stage) -> None:
    moderation = stage.decided(overall=Grade.INADEQUATE)
    asked = {"by": stage.panel.psw, "moderation_id": moderation.id, "now": NOW}
    with pytest.raises(TextWanted):
        release_early(stage.work, stage.council, reason=" ", **asked)

    release_early(stage.work, stage.council, reason="Nobody has seen the child since March.", **asked)

    after = stage.fresh(moderation)
    assert (after.release_kind, after.released_by) == (ReleaseKind.EARLY, stage.panel.psw.id)
    assert after.release_reason == "Nobody has seen the child since March."
    assert stage.people.team_manager.id in stage.told("moderation_copy", moderation.id)
    assert stage.talk(moderation).state == TalkState.DUE
    # The auditor hears it from a person before their own manager reads it.
    assert stage.reads(stage.people.cover, moderation) is None
    assert stage.reads(stage.people.team_manager, moderation) is Shown.TEAM
    with pytest.raises(RuleBroken, match="released already"):
        release_early(stage.work, stage.council, reason="Once more.", **asked)


@pytest.mark.rule("MO-19", "MO-21")
@on_one_engine
def test_a_grade_that_the_talk_changed_after_an_early_release_is_told_anew(stage: Stage) -> None:
    moderation = stage.decided(overall=Grade.INADEQUATE)
    asked = {"by": stage.panel.psw, "moderation_id": moderation.id, "now": NOW}
    release_early(stage.work, stage.council, reason="The child cannot wait.", **asked)
    stage.invites(moderation)

    stage.talks(moderation, final_because="They showed what the school said.")

    assert stage.fresh(moderation).final is Grade.REQUIRES_IMPROVEMENT
    assert stage.fresh(moderation).release_kind is ReleaseKind.EARLY
    assert stage.told("moderation_copy", moderation.id).count(stage.people.team_manager.id) == 2
    assert stage.rows(moderation)[-1] == ("changed the final grade", stage.panel.psw.id)


@pytest.mark.rule("MO-09", "MO-17")
def test_missing_actions_join_the_audits_and_their_owners_hear_with_the_release_only(stage: Stage) -> None:
    line = ActionLine("Ring the school.", stage.people.practitioner.id, date(2026, 5, 8))
    given: dict[str, Any] = {"form": {"missing": (line,), "nothing_missing": False}}
    held = stage.decided(verdict=Verdict.CONCERN, **given)
    before = [action.what for action in stage.work.actions.of_audit(held.audit_id)]
    stage.invites(held)

    stage.talks(held, final=Grade.GOOD.value)

    after = stage.work.actions.of_audit(held.audit_id)
    assert [action.what for action in after] == [*before, "Ring the school."]
    assert "Ring the school." not in before
    assert (after[-1].moderation_id, after[-1].agreed_on) == (held.id, date(2026, 5, 6))
    assert stage.told("action_missing", after[-1].id) == [stage.people.practitioner.id]


@pytest.mark.rule("MO-17")
@on_one_engine
def test_nothing_is_released_twice_or_before_it_is_decided(stage: Stage) -> None:
    out = stage.decided()
    waiting = a_chosen_audit(stage.work, stage.council, stage.people, stage.panel, reference="CF-2")

    for moderation, words in ((out, "released already"), (waiting, "not decided")):
        with pytest.raises(RuleBroken, match=words):
            release(stage.work, stage.council, moderation, kind=ReleaseKind.SATISFACTORY, by=1, now=NOW)


@pytest.mark.rule("MO-19", "Q13")
def test_after_a_transfer_the_manager_who_holds_the_case_now_has_it_and_no_other(stage: Stage) -> None:
    new_team = stage.work.people.team_named("Acorns 1", stage.people.other_service.id)
    manager = a_person(stage.work, "Nell New", Post.TM, team_id=new_team.id)
    audit = a_submitted_audit(stage.work, stage.council, stage.people)
    stage.work.cases.change(audit.case_id, {"team_id": new_team.id})
    chosen = a_chosen_audit(stage.work, stage.council, stage.people, stage.panel, audit=audit)

    moderation = stage.decided(chosen=chosen)

    assert set(stage.told("moderation_copy", moderation.id)) == {stage.people.auditor.id, manager.id}
    assert stage.reads(manager, moderation) is Shown.TEAM
    assert stage.reads(stage.people.team_manager, moderation) is None


@pytest.mark.rule("MO-16", "SG-03")
def test_the_auditor_reads_from_the_invite_on_and_not_before(stage: Stage) -> None:
    moderation = stage.decided(verdict=Verdict.CONCERN)
    assert stage.reads(stage.people.auditor, moderation) is None
    with pytest.raises(NotAllowed):
        talk_of(stage.work, stage.council, by=stage.people.auditor, moderation_id=moderation.id, now=LATER)

    stage.invites(moderation)

    assert stage.reads(stage.people.auditor, moderation) is Shown.WHOLE
    assert stage.reads(stage.people.team_manager, moderation) is None
    assert stage.reads(stage.people.cover, moderation) is None
    assert [one.id for one, _ in readable(stage.work, stage.council, by=stage.people.auditor, now=LATER)] == [
        moderation.id
    ]


@pytest.mark.rule("SG-03")
def test_once_released_the_auditors_own_service_manager_reads_all_and_the_cases_nothing(stage: Stage) -> None:
    moderation = stage.decided()

    assert stage.reads(stage.people.cover, moderation) is Shown.WHOLE
    assert stage.reads(stage.people.team_manager, moderation) is Shown.TEAM
    for nobody in ("service_manager", "practitioner", "line_manager", "qa_officer", "ad_qa", "bystander"):
        assert stage.reads(getattr(stage.people, nobody), moderation) is None, nobody


@pytest.mark.rule("MO-16")
@on_one_engine
@pytest.mark.parametrize(
    ("slots", "field"),
    [
        ((TIMES[0], TIMES[1], ""), "slot_3"),
        ((TIMES[0], "6 May 2026 at 10:00", TIMES[1]), "slot_3"),
        ((TIMES[0], "next week", TIMES[2]), "slot_2"),
        (("30 April 2026 at 10:00", *TIMES[1:]), "slot_1"),
        ((*TIMES[:2], "6 May 2027 at 10:00"), "slot_3"),
    ],
    ids=["two", "the same twice", "no time", "past", "another year"],
)
def test_an_invite_offers_three_times_to_come(stage: Stage, slots: tuple[str, ...], field: str) -> None:
    moderation = stage.decided(verdict=Verdict.CONCERN)

    with pytest.raises(TextWanted) as refused:
        stage.invites(moderation, slots=slots)

    assert refused.value.field == field
    assert stage.talk(moderation).state == TalkState.DUE


@pytest.mark.rule("MO-16")
def test_the_auditor_takes_a_time_or_asks_for_another_and_one_more_is_enough_then(stage: Stage) -> None:
    moderation = stage.decided(verdict=Verdict.CONCERN)
    stage.invites(moderation)
    asked: dict[str, Any] = {"by": stage.people.auditor, "moderation_id": moderation.id, "now": NOW}
    propose_time(
        stage.work, stage.council, version=stage.talk(moderation).version, words="Any morning.", **asked
    )
    proposed = stage.talk(moderation)
    stage.invites(moderation, slots=("Fri 15 May at 10:00",))

    accept_slot(stage.work, stage.council, version=stage.talk(moderation).version, slot=0, **asked)

    assert (proposed.state, proposed.proposed) == (TalkState.PROPOSED, "Any morning.")
    talk = stage.talk(moderation)
    assert talk.state == TalkState.AGREED
    assert talk.agreed_at is not None
    assert uk_date(talk.agreed_at.date()) == "15 May 2026"
    assert stage.told("talk_answered", moderation.id) == [stage.panel.psw.id] * 2
    assert stage.told("moderation_news", moderation.id) == [stage.people.auditor.id] * 2


@pytest.mark.rule("MO-16")
@on_one_engine
def test_a_time_of_an_older_invite_is_not_taken(stage: Stage) -> None:
    moderation = stage.decided(verdict=Verdict.CONCERN)
    stage.invites(moderation)
    before = stage.talk(moderation).version
    stage.invites(moderation, slots=("Fri 15 May at 10:00",))

    with pytest.raises(Stale):
        accept_slot(
            stage.work,
            stage.council,
            by=stage.people.auditor,
            moderation_id=moderation.id,
            version=before,
            slot=0,
            now=NOW,
        )

    assert stage.talk(moderation).state == TalkState.INVITED


@pytest.mark.rule("MO-16")
@on_one_engine
@pytest.mark.parametrize(
    ("held_on", "works"),
    [
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), True),
        (date(2026, 5, 6), True),
        (date(2026, 5, 7), False),
        (None, False),
    ],
)
def test_a_talk_was_held_between_its_invite_and_today(
    stage: Stage, held_on: date | None, works: bool
) -> None:
    moderation = stage.decided(verdict=Verdict.CONCERN)
    stage.invites(moderation)

    if works:
        stage.talks(moderation, held_on=held_on, final=Grade.GOOD.value)
    else:
        with pytest.raises(TextWanted):
            stage.talks(moderation, held_on=held_on, final=Grade.GOOD.value)

    assert (stage.talk(moderation).state == TalkState.HELD) is works


@pytest.mark.rule("MO-16")
@on_one_engine
def test_no_talk_is_recorded_of_which_the_auditor_was_not_told(stage: Stage) -> None:
    moderation = stage.decided(verdict=Verdict.CONCERN)

    with pytest.raises(RuleBroken, match="invite"):
        stage.talks(moderation)


@pytest.mark.rule("MO-16", "SG-05")
def test_the_auditors_reply_is_kept_as_written_and_once(stage: Stage) -> None:
    moderation = stage.decided(verdict=Verdict.CONCERN)
    asked: dict[str, Any] = {"by": stage.people.auditor, "moderation_id": moderation.id, "now": NOW}
    with pytest.raises(NotAllowed):
        write_reply(stage.work, stage.council, words="I disagree.", **asked)
    stage.invites(moderation)

    write_reply(stage.work, stage.council, words="I see the plan differently.", **asked)

    with pytest.raises(RuleBroken, match="in already"):
        write_reply(stage.work, stage.council, words="On second thoughts.", **asked)
    stage.talks(moderation, final=Grade.GOOD.value)
    assert stage.fresh(moderation).reply == "I see the plan differently."
    assert stage.told("talk_reply", moderation.id) == [stage.panel.psw.id]


@pytest.mark.rule("SG-01")
@on_one_engine
def test_a_text_that_may_name_a_child_is_asked_about_once_and_the_two_may_call_each_other_by_name(
    stage: Stage,
) -> None:
    moderation = stage.decided(verdict=Verdict.CONCERN)
    with pytest.raises(LooksLikeAName, match="Oliver"):
        stage.invites(moderation, message="Dear Alex, how is Oliver Twistleton doing? Yours, Pat")

    stage.invites(moderation, message="Dear Alex, you listened well. Yours, Pat")
    stage.invites(moderation, message="How is Oliver Twistleton doing?", sure=True)

    assert "Oliver" in stage.talk(moderation).message


@pytest.mark.rule("SG-01", "Q9")
@on_one_engine
def test_whoever_stands_in_for_the_chair_may_be_called_by_name_too(stage: Stage) -> None:
    stand_in, away = stage.panel.sm_qa, Leave(NOW.date(), NOW.date() + timedelta(days=3))
    stage.work.people.change(stand_in.id, {"name": "Oliver Standin"})
    moderation = stage.decided(verdict=Verdict.CONCERN)
    words = "Dear Alex, you listened well. Yours, Oliver Standin"
    with pytest.raises(LooksLikeAName):
        stage.invites(moderation, message=words)

    stage.work.people.change(stage.panel.psw.id, {"leave": (away,)})
    stage.invites(moderation, by=stand_in, message=words)
    # The principal social worker is back, and the invite was still theirs.
    asked: dict[str, Any] = {"by": stage.people.auditor, "moderation_id": moderation.id, "now": LATER}
    write_reply(stage.work, stage.council, words="Dear Oliver Standin, I see it too.", **asked)

    assert stage.fresh(moderation).reply == "Dear Oliver Standin, I see it too."


@pytest.mark.rule("MO-17", "Q14")
@on_one_engine
def test_the_chair_alone_is_shown_what_speaks_for_an_early_release(stage: Stage) -> None:
    line = ActionLine("Ring the school.", stage.people.practitioner.id, DUE - timedelta(days=1))
    moderation = stage.decided(overall=Grade.INADEQUATE, form={"missing": (line,)})
    stage.invites(moderation)

    def shown(person: Person) -> int:
        asked = {"by": person, "moderation_id": moderation.id, "now": NOW}
        return len(talk_of(stage.work, stage.council, **asked).early_because)

    assert shown(stage.panel.psw) == 2
    assert shown(stage.people.auditor) == 0


@pytest.mark.rule("MO-16", "Q14")
def test_a_talk_is_due_to_the_chair_from_the_decision_and_to_the_auditor_from_the_invite(
    stage: Stage,
) -> None:
    def due() -> dict[int, Due]:
        return {one.person_id: one for one in dues(stage.work, stage.council, NOW)}

    given: dict[str, Any] = {"now": NOW}
    held = a_held_moderation(stage.work, stage.council, stage.people, stage.panel, **given)
    at_first = due()
    an_invited_talk(stage.work, stage.panel, held, now=NOW + timedelta(days=2))
    invited = due()
    stage.talks(held)

    assert set(at_first) == {stage.panel.psw.id}
    assert set(invited) == {stage.panel.psw.id, stage.people.auditor.id}
    assert invited[stage.people.auditor.id].since_on == date(2026, 5, 3)
    assert {one.due_on for one in invited.values()} == {DUE}
    assert list(dues(stage.work, stage.council, NOW, of=stage.people.team_manager.id)) == []
    assert due() == {}


@pytest.mark.rule("MO-16", "MO-17")
@on_one_engine
def test_with_an_auditor_who_left_the_talk_is_due_until_the_chair_releases_without_it(stage: Stage) -> None:
    held = stage.decided(overall=Grade.REQUIRES_IMPROVEMENT)
    asked: dict[str, Any] = {"by": stage.panel.psw, "moderation_id": held.id, "now": LATER}

    def seen() -> tuple[set[int], tuple[str, ...]]:
        due = {one.person_id for one in dues(stage.work, stage.council, LATER)}
        return due, talk_of(stage.work, stage.council, **asked).early_because

    there = seen()
    stage.work.people.mark_left([stage.people.auditor.id], NOW.date())
    left = seen()
    release_early(stage.work, stage.council, reason="They have left.", **asked)

    assert there == ({stage.panel.psw.id}, ())
    assert left == ({stage.panel.psw.id}, ("The auditor has left, so there is nobody to talk with.",))
    assert seen() == (set(), ())


@pytest.mark.rule("MO-16")
@on_one_engine
def test_an_agreed_talk_can_be_moved_by_the_auditor(stage: Stage) -> None:
    held = a_held_moderation(stage.work, stage.council, stage.people, stage.panel)
    an_agreed_talk(stage.work, stage.panel, held)

    propose_time(
        stage.work,
        stage.council,
        by=stage.people.auditor,
        moderation_id=held.id,
        version=stage.talk(held).version,
        words="I am in court that day.",
        now=NOW,
    )

    assert (stage.talk(held).state, stage.talk(held).agreed_at) == (TalkState.PROPOSED, None)


@on_one_engine
@pytest.mark.rule("MO-17", "Q9", "Q14")
def test_while_the_psw_is_on_leave_the_sm_for_qa_leads_too_unless_tied_so_that_no_child_waits(
    stage: Stage,
) -> None:
    deputy, psw = stage.panel.sm_qa, stage.panel.psw
    held = stage.decided(overall=Grade.INADEQUATE)
    early = {"moderation_id": held.id, "reason": "The child cannot wait."}
    with pytest.raises(NotAllowed):
        release_early(stage.work, stage.council, by=deputy, now=NOW, **early)
    stage.work.people.change(psw.id, {"leave": (AWAY,)})

    waiting = {due.person_id for due in dues(stage.work, stage.council, NOW)}
    again = stage.decided(overall=Grade.INADEQUATE, reference="CF-1002")
    release_early(stage.work, stage.council, by=deputy, now=NOW, **early)

    assert waiting == {psw.id, deputy.id}
    told = stage.work.notices.of("talk_wanted", again.id)
    assert {notice.person_id for notice in told} == {psw.id, deputy.id}
    assert stage.fresh(held).released_by == deputy.id
    audit = stage.work.audits.get(again.audit_id)
    assert audit is not None
    stage.work.cases.change(audit.case_id, {"supervisor_id": deputy.id})
    with pytest.raises(NotAllowed):
        release_early(
            stage.work, stage.council, by=deputy, moderation_id=again.id, reason="The same.", now=NOW
        )


@pytest.mark.rule("MO-16", "Q14")
@on_one_engine
def test_a_later_time_that_both_agreed_on_sets_the_day_anew(stage: Stage) -> None:
    held = a_held_moderation(stage.work, stage.council, stage.people, stage.panel)
    first = stage.talk(held).due_on
    an_invited_talk(stage.work, stage.panel, held)

    def due() -> set[date]:
        return {one.due_on for one in dues(stage.work, stage.council, NOW)}

    days = [due()]
    for at in (NOW + timedelta(days=2), NOW + timedelta(days=30)):
        stage.work.discussions.change(stage.talk(held), {"state": "agreed", "agreed_at": at})
        days.append(due())

    assert days == [{first}, {first}, {date(2026, 5, 31)}]


@pytest.mark.rule("MO-16")
@on_one_engine
def test_the_chairs_list_holds_every_talk_until_it_was_held_and_nobody_elses_does(stage: Stage) -> None:
    moderation = stage.decided(verdict=Verdict.CONCERN)
    late = NOW + timedelta(days=40)

    def listed(person: Person) -> list[tuple[int, TalkState]]:
        found = talks_to_lead(stage.work, stage.council, by=person, now=late)
        return [(one.moderation_id, one.state) for one in found]

    before = listed(stage.panel.psw)
    stage.invites(moderation)
    invited = [listed(who) for who in (stage.panel.psw, stage.people.auditor, stage.panel.first)]
    stage.talks(moderation, final=Grade.GOOD.value)

    assert before == [(moderation.id, TalkState.DUE)]
    assert invited == [[(moderation.id, TalkState.INVITED)], [], []]
    assert listed(stage.panel.psw) == []


@pytest.mark.rule("MO-16", "Q14")
@on_one_engine
def test_the_card_of_the_day_chases_a_talk_again_every_second_working_day(stage: Stage) -> None:
    moderation = stage.decided(verdict=Verdict.CONCERN)
    psw, chases = stage.panel.psw, "What comes of it for the child may be waiting for it."
    due_on, holidays = stage.talk(moderation).due_on, stage.council.bank_holidays

    said = []
    for number in range(1, 22):
        day = add_working_days(due_on, number, holidays)
        now = datetime.combine(day, time(9), UTC)
        nudge_everyone(stage.work, stage.council, now=now)
        said.append(len(stage.work.nudges.of_days(psw.id, day - timedelta(days=1), day)))
    # The first of them lies too far back by now to be on this card.
    (item,) = day_of(stage.work, stage.council, by=psw, day=day, now=now).items

    assert said == [1, 0] * 10 + [1]
    assert item.says == chases


@on_one_engine
@pytest.mark.rule("MO-21", "CA-03")
def test_inadequate_practice_has_its_day_to_be_audited_again_from_the_release_on(stage: Stage) -> None:
    held = stage.decided(overall=Grade.INADEQUATE)
    before = stage.work.followups.get(held.audit_id).reaudit_on
    stage.invites(held)
    stage.talks(held, final=Grade.INADEQUATE.value)
    after = stage.work.followups.get(held.audit_id)

    days = stage.council.framework.numbers.reaudit_days
    assert before is None
    assert after.reaudit_on == stage.council.today(LATER) + timedelta(days=days)
    assert after.closed_at is None


@on_one_engine
@pytest.mark.rule("MO-17", "MO-21")
@pytest.mark.parametrize(
    ("panels", "final"),
    [(Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE), (Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT)],
)
@pytest.mark.parametrize("early", [True, False])
def test_the_panels_grade_settles_whether_the_case_is_audited_again_whatever_the_talk_led_to(
    stage: Stage, panels: Grade, final: Grade, early: bool
) -> None:
    held = stage.decided(overall=panels)
    if early:
        asked: dict[str, Any] = {"by": stage.panel.psw, "moderation_id": held.id, "now": NOW}
        release_early(stage.work, stage.council, reason="The child cannot wait.", **asked)
    stage.invites(held)
    stage.talks(held, final=final.value, final_because="They showed what the school said.")

    settled = stage.work.followups.get(held.audit_id).reaudit_on
    assert stage.fresh(held).final is final
    assert (settled is not None) is (panels is Grade.INADEQUATE)


@on_one_engine
@pytest.mark.rule("MO-21")
@pytest.mark.parametrize("early", [True, False])
def test_whatever_the_talk_led_to_every_figure_counts_the_panels_grade(stage: Stage, early: bool) -> None:
    held = stage.decided(overall=Grade.INADEQUATE)
    if early:
        asked: dict[str, Any] = {"by": stage.panel.psw, "moderation_id": held.id, "now": NOW}
        release_early(stage.work, stage.council, reason="The child cannot wait.", **asked)
    stage.invites(held)
    before = stage.found(held)
    stage.talks(held, final=Grade.GOOD.value, final_because="They showed what the school said.")

    after = stage.found(held)
    assert before.grade is (Grade.INADEQUATE if early else Grade.GOOD)
    assert (after.original, after.grade) == (Grade.GOOD, Grade.INADEQUATE)
    assert (stage.fresh(held).overall, stage.fresh(held).final) == (Grade.INADEQUATE, Grade.GOOD)
