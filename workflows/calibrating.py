"""Calibration: one anonymised case that every auditor grades blind.

The PSW sends a case with the Panel's own grades, which nobody sees until it closes. Whoever has sat with
them as PSW, or helped to set them, does not grade. What comes back to all are numbers and the Panel's
reason, nobody's name.

Source: SG-01, SG-03, SG-04, PR-05; the framework file's `calibration_days` and `smallest_count`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.calibration import (
    LEAST_SECTIONS,
    MOST_SECTIONS,
    BlindGrades,
    Calibration,
    Outcome,
    outcome,
)
from domain.days import uk_date
from domain.errors import NotAllowed, RuleBroken
from domain.grades import Grade
from domain.nudges import last_working_day, opening_of
from domain.pages import LINE_LIMIT, TEXT_LIMIT
from domain.people import Person, Post
from domain.permissions import PANEL_POSTS, Capacity, Verb, capacities, require
from storage.work import View, Work
from workflows.anonymous import require_anonymous
from workflows.council import Council
from workflows.sharing import TextWanted

ASKED, REMINDED, CLOSED = "calibration_asked", "calibration_reminder", "calibration_closed"
"""Kinds of the notices."""

REMIND_BEFORE = timedelta(days=3)
"""One reminder, so long before the last day; a case for learning is nothing to be chased for."""

REASON_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases there are for somebody."""

    open_ones: tuple[Calibration, ...] = ()
    closed: tuple[Calibration, ...] = ()
    """The latest first."""
    graded: frozenset[int] = frozenset()
    """Ids of the open ones that they have graded."""
    knowing: frozenset[int] = frozenset()
    """Ids of the open ones whose grades by the Panel they know."""


def cases_for(view: View, *, by: Person, closed: int) -> Cases:
    """What is open and the last `closed` that are over; nothing for somebody who has no part in it."""
    if not capacities(by) & {Capacity.PSW, Capacity.POOL}:
        return Cases()
    open_ones = view.calibrations.open_ones()
    graded = (one.id for one in open_ones if own_grades(view, by=by, calibration_id=one.id) is not None)
    knowing = frozenset(one.id for one in open_ones if by.id in one.knowing)
    return Cases(open_ones, view.calibrations.closed_ones(closed), frozenset(graded), knowing)


def open_calibration(
    work: Work,
    council: Council,
    *,
    by: Person,
    title: str,
    text: str,
    panel: Mapping[str, Grade],
    because: str,
    helped: Collection[int] = (),
    now: datetime,
) -> int:
    """The new case's id. Every auditor of the pool gets a card, and one reminder if they need it.

    Those of the Panel who `helped` to set its grades have seen them and are not asked.
    `panel` holds the Panel's grade for each section that everyone is to grade. Raises TextWanted for the
    field that cannot be used, such as one that says who somebody is.
    """
    today = council.today(now)
    require(Verb.CALIBRATE, by, today=today)
    heading = _wanted(
        council, "case_title", title, LINE_LIMIT, "Please give the case a title, such as its theme."
    )
    case = _wanted(
        council, "case_text", text, TEXT_LIMIT, "Please write the case: what was found, in a page or so."
    )
    chosen = {key: panel[key] for key in council.framework.section_keys if key in panel}
    if not LEAST_SECTIONS <= len(chosen) <= MOST_SECTIONS:
        raise TextWanted(
            "sections",
            f"Please give the Panel's grade for {LEAST_SECTIONS} to {MOST_SECTIONS} sections; those are the "
            "ones that everyone grades.",
        )
    why = _wanted(
        council,
        "because",
        because,
        TEXT_LIMIT,
        "Please say why the Panel grades so; it is what people learn from.",
    )
    known = {person.id for person in may_have_helped(work)}
    if not known.issuperset(helped):
        raise TextWanted("helped", "Please choose from the list.")
    closes_on = today + timedelta(days=council.framework.numbers.calibration_days)
    calibration_id = work.calibrations.open(
        title=heading,
        text=case,
        panel=chosen,
        because=why,
        by=by.id,
        closes_on=closes_on,
        now=now,
        helped=helped,
    )
    work.trail.add(
        now=now,
        actor=by.id,
        verb="opened a calibration case",
        subject=f"calibration {calibration_id}",
        fields={"sections": list(chosen), "closes": closes_on.isoformat()},
    )
    remind_on = last_working_day(closes_on - REMIND_BEFORE, council.bank_holidays)
    for person in work.people.everyone():
        if grades_blind(person) and person.id not in helped:
            work.notices.queue(kind=ASKED, subject_id=calibration_id, person_id=person.id, now=now)
            if remind_on > today:
                work.notices.queue(
                    kind=REMINDED,
                    subject_id=calibration_id,
                    person_id=person.id,
                    now=now,
                    due_at=opening_of(remind_on),
                )
    return calibration_id


def look_at(
    view: View, council: Council, *, by: Person, calibration_id: int, now: datetime
) -> tuple[Calibration, bool]:
    """The case, and whether this person grades it; else they sent it, as PSW, or helped to grade it.

    Raises NotAllowed alike for somebody outside the pool and for a case that is not there.
    """
    found = view.calibrations.get(calibration_id)
    may = capacities(by) & {Capacity.PSW, Capacity.POOL}
    if found is None or not may:
        raise NotAllowed("I cannot find that for you. Type “calibration” to see what is open.")
    verb = Verb.CALIBRATE if Capacity.PSW in may else Verb.GRADE_BLIND
    require(verb, by, today=council.today(now))
    return found, verb is Verb.GRADE_BLIND and by.id not in found.knowing


def own_grades(view: View, *, by: Person, calibration_id: int) -> BlindGrades | None:
    """What this person gave; there is no asking for another's."""
    return view.calibrations.grades_of(calibration_id, by.id)


def grade_blind(
    work: Work,
    council: Council,
    *,
    by: Person,
    calibration_id: int,
    grades: Mapping[str, Grade],
    reason: str,
    now: datetime,
) -> None:
    """Keep this auditor's grades, in place of earlier ones, until the case closes."""
    found, grading = look_at(work, council, by=by, calibration_id=calibration_id, now=now)
    if not grading:
        raise NotAllowed("You know the Panel's grades, so yours would not be blind.")
    if council.today(now) > found.closes_on or not work.calibrations.hold_open(calibration_id):
        raise RuleBroken("This case has closed, so your grades stay as they were.")
    for key in found.sections:
        if key not in grades:
            raise TextWanted(
                f"grade_{key}", "Please choose one of the four grades; your best judgement will do."
            )
    why = _wanted(council, "reason", reason, REASON_LIMIT, "Please say in a sentence or two why.")
    again = work.calibrations.grades_of(calibration_id, by.id) is not None
    given = {key: grades[key] for key in found.sections}
    work.calibrations.grade(calibration_id, by.id, grades=given, reason=why, now=now)
    work.trail.add(
        now=now,
        actor=by.id,
        verb="changed their calibration grades" if again else "graded a calibration case",
        subject=f"calibration {calibration_id}",
        # Not which grades: whoever reads the trail could tell whose they are.
        fields={"sections": len(given)},
    )


def close_early(work: Work, council: Council, *, by: Person, calibration_id: int, now: datetime) -> None:
    """The PSW closes the case before its last day; everyone gets what came of it."""
    require(Verb.CALIBRATE, by, today=council.today(now))
    found = work.calibrations.get(calibration_id)
    if found is None:
        raise NotAllowed("I cannot find that for you. Type “calibration” to see what is open.")
    if not _close(work, found, by=by.id, now=now):
        raise RuleBroken("This case is closed already.")


def close_due(work: Work, council: Council, *, now: datetime) -> int:
    """Close what is over and tell everyone; returns how many."""
    return sum(_close(work, one, by=None, now=now) for one in work.calibrations.over(council.today(now)))


def how_many(
    view: View, council: Council, *, by: Person, calibration_id: int, now: datetime
) -> tuple[int, int]:
    """(how many have graded, how many were asked), for the PSW, who never sees whose grades are which."""
    require(Verb.CALIBRATE, by, today=council.today(now))
    return view.calibrations.how_many(calibration_id), len(view.notices.of(ASKED, calibration_id))


def outcome_of(view: View, council: Council, found: Calibration) -> Outcome:
    """What came of a case that has closed; RuleBroken while it is open."""
    if found.is_open:
        raise RuleBroken(f"This case is open until {uk_date(found.closes_on)}; then you will see.")
    given = view.calibrations.all_grades(found.id)
    return outcome(found.sections, given, smallest=council.framework.numbers.smallest_count)


def _close(work: Work, found: Calibration, *, by: int | None, now: datetime) -> bool:
    if not work.calibrations.close(found.id, now):
        return False
    told = {notice.person_id for notice in work.notices.of(ASKED, found.id)}
    told |= {given.person_id for given in work.calibrations.all_grades(found.id)}
    told |= {found.opened_by, *found.helped}
    work.trail.add(
        now=now,
        actor=by,
        verb="closed a calibration case",
        subject=f"calibration {found.id}",
        fields={"graded": work.calibrations.how_many(found.id)},
    )
    for person_id in sorted(i for i in told if i is not None):
        work.notices.queue(kind=CLOSED, subject_id=found.id, person_id=person_id, now=now)
    return True


def may_have_helped(view: View) -> tuple[Person, ...]:
    """Those of the Panel who would be asked to grade blind, had they not helped to set its grades."""
    return tuple(person for person in view.people.holding(*PANEL_POSTS) if grades_blind(person))


def grades_blind(person: Person) -> bool:
    """Whether this person grades: of the pool, and not one who knows the Panel's grades as PSW."""
    return person.is_auditor and Post.PSW not in person.posts


def _wanted(council: Council, field: str, text: str, limit: int, wanted: str) -> str:
    words = text.strip()
    if not words:
        raise TextWanted(field, wanted)
    if len(words) > limit:
        raise TextWanted(field, f"Please keep it within {limit:,} characters.")
    require_anonymous(council, field, words)
    return words
