"""What each line of the calendar does when it falls due.

A sweep is one function from its line's key. It runs inside the transaction that keeps its occurrence, so
both are saved or neither, and it never happens twice. One that has nothing to do raises `Skipped` with the
reason, and what it wrote is undone. Its verb lives in `workflows`; here it only gets its place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.cadence import Occurrence, Skipped
from domain.errors import RuleBroken
from domain.framework import Framework
from storage.turns import REPEAT_MEMORY
from workflows.allocating import allocate_due
from workflows.asking_reports import chase_requests
from workflows.calibrating import close_due
from workflows.calibration_asking import ask_for_case
from workflows.clinic_packs import prepare_clinics
from workflows.closing import close_complete
from workflows.council import Council, Work
from workflows.digest_posts import digest_due
from workflows.explaining import chase_exceptions
from workflows.left_behind import pass_on_left_behind
from workflows.meeting_telling import tell_of_meetings
from workflows.meetings import keep_planned
from workflows.narrating import ask_due, remind_and_lock
from workflows.nudging import nudge_everyone, team_weeks
from workflows.packing import draft_due
from workflows.plan_items import keep_begun
from workflows.round_reports import report_due
from workflows.sampling import ask_for_sample, ask_to_check_sample
from workflows.selecting import draw_due
from workflows.supervising import tell_of_supervisions
from workflows.supervision_days import ask_for_days
from workflows.team_reporting import chase_team_reports, post_team_reports
from workflows.tracker_chasing import chase_tracker
from workflows.unreachable import tell_office_of_unreachable

LINE_MEMORY = timedelta(days=7)
"""How long a typed line waits for its yes before its text is emptied."""
PACE_MEMORY = timedelta(days=1)
"""How long it is kept when a conversation last had something; the longest window is an hour."""


@dataclass(frozen=True, slots=True)
class Sweeping:
    """An occurrence as it is seen to."""

    occurrence: Occurrence
    now: datetime
    late: bool
    """Whether it should have happened before: nothing ran at its time."""


Sweep = Callable[[Work, Council, Sweeping], None]


class UnknownLine(RuleBroken):
    """The framework file has lines that nothing answers to."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        known = ", ".join(SWEEPS)
        super().__init__(
            f"The calendar of the framework file has lines that Plumbline does not know: {', '.join(keys)}. "
            f"Please correct or remove them. It knows {known}."
        )
        self.keys = keys


def require_known(framework: Framework) -> None:
    """Raise UnknownLine unless every line of the calendar has its sweep."""
    unknown = tuple(line.key for line in framework.cadence if line.key not in SWEEPS)
    if unknown:
        raise UnknownLine(unknown)


def _seal(work: Work, _council: Council, sweeping: Sweeping) -> None:
    work.trail.seal(sweeping.occurrence.on - timedelta(days=1))


def _tidy(work: Work, _council: Council, sweeping: Sweeping) -> None:
    work.turns.forget_presses(sweeping.now - REPEAT_MEMORY)
    work.turns.empty_lines(sweeping.now - LINE_MEMORY)
    work.paces.forget(sweeping.now - PACE_MEMORY)


def _allocate(work: Work, council: Council, sweeping: Sweeping) -> None:
    if not allocate_due(work, council, sweeping.now):
        raise Skipped("no approved round was waiting")


def _draw_sample(work: Work, council: Council, sweeping: Sweeping) -> None:
    ask_for_sample(work, council, on=sweeping.occurrence.on, now=sweeping.now)


def _check_sample(work: Work, council: Council, sweeping: Sweeping) -> None:
    ask_to_check_sample(work, council, on=sweeping.occurrence.on, now=sweeping.now)


def _ask_calibration(work: Work, council: Council, sweeping: Sweeping) -> None:
    ask_for_case(work, council, on=sweeping.occurrence.on, now=sweeping.now)


def _tell_of_unreachable(work: Work, council: Council, sweeping: Sweeping) -> None:
    if not tell_office_of_unreachable(work, council, now=sweeping.now):
        raise Skipped("everybody can be reached")


def _team_week(work: Work, council: Council, sweeping: Sweeping) -> None:
    if not team_weeks(work, council, on=sweeping.occurrence.on, now=sweeping.now):
        raise Skipped("no team has open work")


def _tracker_week(work: Work, council: Council, sweeping: Sweeping) -> None:
    if not chase_tracker(work, council, on=sweeping.occurrence.on, now=sweeping.now):
        raise Skipped("nothing on the tracker is overdue, without owner or to be closed")


def _nudges(work: Work, council: Council, sweeping: Sweeping) -> None:
    nudge_everyone(work, council, now=sweeping.now)


def _supervisions(work: Work, council: Council, *, now: datetime) -> int:
    return tell_of_supervisions(work, council, now=now) + ask_for_days(work, council, now=now)


def _digest(work: Work, council: Council, sweeping: Sweeping) -> None:
    if not digest_due(work, council, on=sweeping.occurrence.on, now=sweeping.now):
        raise Skipped("no digest is due")


def _each_due(see_to: Callable[..., int], nothing: str) -> Sweep:
    """The sweep of a verb that finds for itself what is due and says for how many it was."""

    def sweep(work: Work, council: Council, sweeping: Sweeping) -> None:
        if not see_to(work, council, now=sweeping.now):
            raise Skipped(nothing)

    return sweep


def _narratives(work: Work, council: Council, sweeping: Sweeping) -> None:
    seen_to = remind_and_lock(work, council, now=sweeping.now) + ask_due(work, council, now=sweeping.now)
    if not seen_to:
        raise Skipped("no report waits for words")


def _performance_chase(work: Work, council: Council, sweeping: Sweeping) -> None:
    chased = sum(
        chase(work, council, now=sweeping.now)
        for chase in (chase_team_reports, chase_exceptions, chase_requests)
    )
    if not chased:
        raise Skipped("everything asked about figures is answered, or not due yet")


def _plan_ahead(work: Work, council: Council, *, now: datetime) -> int:
    return keep_planned(work, council, now=now) + keep_begun(work, council, now=now)


SWEEPS: Mapping[str, Sweep] = {
    "seal": _seal,
    "tidy": _tidy,
    "allocate": _allocate,
    "draw_sample": _draw_sample,
    "check_sample": _check_sample,
    "ask_calibration": _ask_calibration,
    "unreachable": _tell_of_unreachable,
    "team_week": _team_week,
    "tracker_week": _tracker_week,
    "nudges": _nudges,
    "draw_moderation": _each_due(draw_due, "no month waits for its draw"),
    "supervision": _each_due(_supervisions, "nobody has supervision tomorrow, and every day is set"),
    "close_audits": _each_due(close_complete, "nothing is complete"),
    "close_calibration": _each_due(close_due, "no calibration case is over"),
    "round_reports": _each_due(report_due, "no round's report is due"),
    "team_reports": _each_due(post_team_reports, "no team's figures of the week have come"),
    "clinic_packs": _each_due(prepare_clinics, "no clinic comes up that has no pack yet"),
    "narratives": _narratives,
    "performance_chase": _performance_chase,
    "draft_packs": _each_due(draft_due, "no pack is due"),
    "plan_meetings": _each_due(_plan_ahead, "the coming year's meetings and what has begun are kept"),
    "meetings": _each_due(tell_of_meetings, "no meeting needs anything"),
    "digest": _digest,
    "left_behind": _each_due(pass_on_left_behind, "nobody who left has anything still to do"),
}
"""Key of the line to what it does."""
