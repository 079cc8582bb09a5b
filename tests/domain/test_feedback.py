"""Who sees how much of a moderation from when on, and which grade counts meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.feedback import Shown, for_reader, shown_to
from domain.grades import Grade
from domain.moderation import AuditTest, Met, Moderation, ReleaseKind, Verdict, counting_grade
from domain.moderation_form import ModerationForm
from domain.permissions import TABLE, Capacity, Verb

AT = datetime(2026, 5, 1, 9, tzinfo=UTC)
DECIDED = {
    "decided_at": AT,
    "decided_by": 3,
    "verdict": Verdict.CONCERN,
    "overall": Grade.INADEQUATE,
    "grade_changed": True,
}
RELEASED = {"released_at": AT, "release_kind": ReleaseKind.DISCUSSED, "final": Grade.REQUIRES_IMPROVEMENT}
OTHERS = frozenset(Capacity) - TABLE[Verb.READ_MODERATION]


def a_moderation(**given: object) -> Moderation:
    blank = dict.fromkeys(Moderation.__dataclass_fields__)
    texts = {"selected_note": "", "final_because": "", "reply": "", "release_reason": ""}
    return Moderation(**{**blank, "id": 1, "audit_id": 1, "body": {}, **texts, "version": 1, **given})  # type: ignore[arg-type]


WAITING = a_moderation()
HELD = a_moderation(**DECIDED)
OUT = a_moderation(**DECIDED, **RELEASED)


@pytest.mark.rule("MO-15", "MO-16", "MO-17", "MO-19", "SG-03", "Q13")
@pytest.mark.parametrize(
    ("capacity", "waiting", "held", "invited", "released"),
    [
        (Capacity.CHAIR, None, Shown.WHOLE, Shown.WHOLE, Shown.WHOLE),
        (Capacity.PANEL_MEMBER, None, Shown.WHOLE, Shown.WHOLE, Shown.WHOLE),
        (Capacity.AUDITOR, None, None, Shown.WHOLE, Shown.WHOLE),
        (Capacity.AUDITORS_MANAGER, None, None, None, Shown.WHOLE),
        (Capacity.COPY_READER, None, None, None, Shown.TEAM),
        *((capacity, None, None, None, None) for capacity in sorted(OTHERS)),
    ],
)
def test_each_reader_sees_their_version_from_their_moment_on(
    capacity: Capacity,
    waiting: Shown | None,
    held: Shown | None,
    invited: Shown | None,
    released: Shown | None,
) -> None:
    def seen(moderation: Moderation, *, invited: bool) -> Shown | None:
        return shown_to(frozenset({capacity}), moderation, invited=invited, heard=True)

    assert seen(WAITING, invited=False) is waiting
    assert seen(HELD, invited=False) is held
    assert seen(HELD, invited=True) is invited
    assert seen(OUT, invited=False) is released


@pytest.mark.rule("Q13")
def test_a_team_manager_who_no_longer_holds_the_case_sees_nothing() -> None:
    granted = frozenset({Capacity.TEAM_MANAGER})

    assert shown_to(granted, OUT, invited=True, heard=True) is None


@pytest.mark.rule("MO-16", "SG-03")
def test_before_the_auditor_was_heard_their_own_manager_reads_no_more_than_anybody_with_a_copy() -> None:
    managing, both = (
        frozenset({Capacity.AUDITORS_MANAGER}),
        frozenset({Capacity.AUDITORS_MANAGER, Capacity.COPY_READER}),
    )

    assert shown_to(managing, OUT, invited=False, heard=False) is None
    assert shown_to(both, OUT, invited=False, heard=False) is Shown.TEAM
    assert shown_to(both, OUT, invited=False, heard=True) is Shown.WHOLE


@pytest.mark.rule("SG-03")
def test_what_is_said_of_the_auditor_is_left_out_for_the_team() -> None:
    form = ModerationForm(
        tests={AuditTest.COVERED: Met.NOT},
        verdict=Verdict.CONCERN,
        strengths="Listens well.",
        development="Weigh the chronology.",
        practice="Visits were regular.",
        organisation="Chronologies are late.",
        example_ids=(4,),
    )

    team = for_reader(form, Shown.TEAM)

    assert team == ModerationForm(practice="Visits were regular.", organisation="Chronologies are late.")
    assert for_reader(form, Shown.WHOLE) == form


@pytest.mark.rule("MO-21")
def test_the_auditors_grade_counts_until_the_release_and_the_panels_from_then_on() -> None:
    no_talk = replace(OUT, final=None)

    assert counting_grade(Grade.GOOD, None) is Grade.GOOD
    assert counting_grade(Grade.GOOD, WAITING) is Grade.GOOD
    assert counting_grade(Grade.GOOD, HELD) is Grade.GOOD
    assert counting_grade(Grade.GOOD, no_talk) is Grade.INADEQUATE
    assert OUT.final is Grade.REQUIRES_IMPROVEMENT
    assert counting_grade(Grade.GOOD, OUT) is Grade.INADEQUATE


@pytest.mark.rule("MO-21")
def test_a_final_grade_is_told_only_where_it_is_another_than_the_panels() -> None:
    alike = replace(OUT, final=Grade.INADEQUATE)

    assert (HELD.other_final, alike.other_final) == (None, None)
    assert OUT.other_final is Grade.REQUIRES_IMPROVEMENT
