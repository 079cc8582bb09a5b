"""How moderation went, and who is new or struggling, from released moderations alone."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.framework import Framework
from domain.grades import Grade
from domain.moderated import NEW, STRUGGLING, Moderated, how_it_went, standing, would_help
from domain.moderation import Moderation, ReleaseKind, Verdict
from domain.moderation_form import ModerationForm, to_body

AT = datetime(2026, 6, 3, 9, 0, tzinfo=UTC)
KINDER = {"overall": Grade.REQUIRES_IMPROVEMENT, "grade_changed": True}


def moderation(*, released: bool = True, **given: Any) -> Moderation:
    values: dict[str, Any] = dict.fromkeys(Moderation.__dataclass_fields__)
    values |= {"id": 1, "audit_id": 1, "reasons": (), "due_on": date(2026, 6, 5), "version": 1}
    values |= {"body": to_body(ModerationForm(development="Weigh the chronology.")), "decided_at": AT}
    values |= {"verdict": Verdict.SATISFACTORY, "overall": Grade.GOOD, "grade_changed": False, **given}
    if released:
        values |= {"released_at": AT, "release_kind": ReleaseKind.DISCUSSED}
    return Moderation(**values)


@pytest.mark.rule("MO-20", "MO-21")
def test_it_counts_verdicts_and_which_way_grades_went() -> None:
    pairs = [
        (Grade.GOOD, moderation()),
        (Grade.GOOD, moderation(**KINDER)),
        (Grade.GOOD, moderation(verdict=Verdict.CONCERN, overall=Grade.OUTSTANDING, grade_changed=True)),
        (Grade.GOOD, moderation(grade_changed=True)),
        (Grade.GOOD, moderation(overall=Grade.INADEQUATE, final=Grade.GOOD, grade_changed=True)),
    ]

    assert how_it_went(pairs) == Moderated(
        moderated=5, satisfactory=4, concern=1, kinder=2, harsher=1, sections_only=1
    )


@pytest.mark.rule("MO-17", "MO-20")
def test_what_is_held_is_neither_counted_nor_quoted_nor_held_against_anybody(framework: Framework) -> None:
    held = moderation(released=False, verdict=Verdict.CONCERN, **KINDER)

    assert how_it_went([(Grade.GOOD, held)]) == Moderated(0, 0, 0, 0, 0, 0)
    assert would_help([held]) == ()
    assert standing([held, *[moderation()] * 3], framework.numbers) == ""


@pytest.mark.rule("Q5")
@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ((), NEW),
        ((moderation(),) * 2, NEW),
        ((moderation(),) * 3, ""),
        ((moderation(), moderation(**KINDER), moderation()), STRUGGLING),
        ((moderation(verdict=Verdict.CONCERN),), STRUGGLING),
        ((moderation(), moderation(), moderation(**KINDER)), ""),
    ],
)
def test_new_is_before_the_third_and_struggling_is_of_the_last_two(
    framework: Framework, history: tuple[Moderation, ...], expected: str
) -> None:
    assert standing(history, framework.numbers) == expected
