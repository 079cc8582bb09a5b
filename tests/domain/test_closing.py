"""What an audit still needs before it is closed, and which later day an action may have."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.actions import LONGEST, wrong_with_day
from domain.closing import FollowUp, Lack, Progress

DAY = date(2026, 6, 3)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
COMPLETE = Progress(
    followup=FollowUp(
        7, discussed_on=DAY, discussed_by=1, reflected_on=DAY, reflected_by=1, filed_on=DAY, filed_by=2
    ),
    actions=2,
    done=0,
    confirmed=2,
    last_confirmed_on=DAY,
    panel_may_speak=False,
    released_on=None,
)


def kept(**fields: object) -> Progress:
    return replace(COMPLETE, followup=replace(COMPLETE.followup, **fields))  # type: ignore[arg-type]


@pytest.mark.rule("CA-19", "CA-23", "RO-01", "SU-08", "Q32")
@pytest.mark.parametrize(
    ("progress", "lacks"),
    [
        (COMPLETE, ()),
        (replace(COMPLETE, actions=0, confirmed=0, last_confirmed_on=None), ()),
        (replace(COMPLETE, confirmed=1), (Lack.ACTIONS,)),
        (replace(COMPLETE, confirmed=1, done=1), (Lack.ACTIONS,)),
        (kept(discussed_on=None), (Lack.LEARNING,)),
        (kept(reflected_on=None), (Lack.REFLECTION,)),
        (kept(filed_on=None), (Lack.FILE,)),
        (replace(COMPLETE, panel_may_speak=True), (Lack.PANEL,)),
        # What came later is asked for anew.
        (replace(COMPLETE, released_on=AFTER), (Lack.LEARNING,)),
        (replace(COMPLETE, released_on=DAY), ()),
        (replace(COMPLETE, last_confirmed_on=AFTER), (Lack.FILE,)),
        (replace(COMPLETE, last_confirmed_on=BEFORE), ()),
        (replace(COMPLETE, followup=FollowUp(7)), (Lack.LEARNING, Lack.REFLECTION, Lack.FILE)),
        (replace(kept(closed_at=datetime(2026, 6, 4, tzinfo=UTC)), confirmed=0), ()),
    ],
)
def test_an_audit_lacks_whatever_nobody_has_seen_to(progress: Progress, lacks: tuple[Lack, ...]) -> None:
    assert progress.lacks == lacks


@pytest.mark.rule("CA-23")
@pytest.mark.parametrize(
    ("confirmed", "done", "words"),
    [
        (0, 0, "3 actions are still to do."),
        (1, 1, "1 action is still to do, 1 action is called done and to be confirmed."),
        (1, 2, "2 actions are called done and to be confirmed."),
    ],
)
def test_what_is_missing_is_said_in_words(confirmed: int, done: int, words: str) -> None:
    progress = replace(COMPLETE, actions=3, confirmed=confirmed, done=done)

    assert progress.in_words(Lack.ACTIONS) == words


@pytest.mark.rule("Q15")
@pytest.mark.parametrize(
    ("until", "due", "later", "fits"),
    [
        (None, DAY, True, False),
        (DAY, DAY, True, False),
        (AFTER, DAY, True, True),
        (AFTER, AFTER, True, False),
        # Overdue: a day after today, which is the 3rd.
        (DAY, BEFORE, True, False),
        (DAY + LONGEST, BEFORE, True, True),
        (DAY + LONGEST + timedelta(days=1), BEFORE, True, False),
        (AFTER + LONGEST, AFTER, True, True),
        (AFTER + LONGEST + timedelta(days=1), AFTER, True, False),
        # Whoever is handed an action may keep its day.
        (DAY, DAY, False, True),
        (BEFORE, BEFORE, False, False),
    ],
)
def test_an_action_gets_no_day_that_is_not_later_or_is_too_far_off(
    until: date | None, due: date, later: bool, fits: bool
) -> None:
    assert (wrong_with_day(until, due_on=due, today=DAY, later=later) is None) is fits
