"""The forward plan's verbs: a year drafted, agreed and changed with reasons; terms written and signed.

Source: OG-07, PR-06, TA-03, TA-04, QB-02, Q20, Q33, SG-05; decision 0015.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from domain.days import add_months, parse_uk_date
from domain.errors import RuleBroken
from domain.forward_plan import STANDS, TERMS, TERMS_LIMIT, PlanItem, PlanState, plan_year, year_name
from domain.governance import QA_BOARD, QA_GROUP, ActivityKind
from domain.meetings import LONGEST_REASON
from domain.pages import LINE_LIMIT
from domain.people import Person, Post
from domain.permissions import Verb
from domain.plan_drafting import Drafted, draft, next_year
from domain.recommended import every_line
from storage.work import Work
from workflows.bodies import chairs, members
from workflows.council import Council
from workflows.covering import acting_for
from workflows.learning_texts import Reading
from workflows.plan_items import change_item, find_item, keep_tracked, require_plan
from workflows.recommending import MOST_RECOMMENDED, join_from_plan

MOST_HOURS = 10_000
MOST_ITEMS = 120
"""Activities of one year."""
FIRST_YEAR, LAST_YEAR = 2020, 2100
WHY = "Please say why, in a sentence; it is kept with the plan."
_ENDED = "This activity has ended, so it stands as it is."


def draft_year(
    work: Work, council: Council, *, by: Person | None, year: int, now: datetime
) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Draft a year that has no plan: from the year before when that has one, else from the framework.

    `by` is None at the command line. Returns (how many activities, what was left out of the year before with
    why).
    """
    if by is not None:
        require_plan(council, Verb.CHANGE_PLAN, by=by, now=now)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleBroken(f"Please choose a year from {FIRST_YEAR} to {LAST_YEAR}.")
    if work.plan.of_year(year):
        raise RuleBroken(f"{year_name(year)} has a plan already. Type “forward plan” to see it.")
    before = work.plan.of_year(year - 1)
    left: tuple[tuple[str, str], ...] = ()
    if before:
        drafted, left = next_year(before, year - 1, bank_holidays=council.bank_holidays)
    else:
        drafted = draft(council.framework.plan, year, bank_holidays=council.bank_holidays)
    for one in drafted:
        work.plan.add(one, year=year, state=PlanState.DRAFT)
    work.trail.add(
        now=now,
        actor=by.id if by else None,
        verb="drafted a forward plan",
        subject=f"forward plan {year}",
        fields={"activities": len(drafted), "left out": [title for title, _ in left]},
    )
    return len(drafted), left


def agree_year(work: Work, council: Council, *, by: Person | None, year: int, now: datetime) -> int:
    """The Group agrees a year's drafts: each joins the plan and the tracker. Returns how many."""
    if by is not None:
        require_plan(council, Verb.CHANGE_PLAN, by=by, now=now)
    drafts = [item for item in work.plan.of_year(year) if item.state is PlanState.DRAFT]
    if not drafts:
        raise RuleBroken("Nothing in that year's plan waits to be agreed.")
    for item in drafts:
        work.plan.change(item, {"state": PlanState.PLANNED.value})
        agreed = work.plan.get(item.id)
        if agreed is not None:
            keep_tracked(work, council, agreed, by=by.id if by else None, now=now)
    work.trail.add(
        now=now,
        actor=by.id if by else None,
        verb="agreed a forward plan",
        subject=f"forward plan {year}",
        fields={"activities": len(drafts)},
    )
    line = council.framework.meeting(QA_GROUP)
    for person in members(work, line, None) if line is not None else ():
        if by is None or person.id != by.id:
            work.notices.queue(
                kind="plan_agreed", subject_id=year, person_id=person.id, now=now, again=f"{now:%Y-%m-%d}"
            )
    return len(drafts)


def save_item(
    work: Work,
    council: Council,
    *,
    by: Person,
    item_id: int,
    version: int,
    year: int,
    typed: Mapping[str, str],
    now: datetime,
) -> int:
    """Add an activity (`item_id` 0) to a year or change one that stands, with the Group's reason.

    Raises TextsWanted for what cannot be kept, Stale when it changed. Returns its id.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleBroken(f"Please choose a year from {FIRST_YEAR} to {LAST_YEAR}.")
    item = None
    if item_id:
        item = find_item(work, council, Verb.CHANGE_PLAN, by=by, item_id=item_id, now=now)
        require_stands(item)
    else:
        require_plan(council, Verb.CHANGE_PLAN, by=by, now=now)
    reading = Reading(typed, council.framework)
    year = item.year if item is not None else year
    values = read_item(reading, year)
    reason = reading.text("plan_reason", wanted=WHY, limit=LONGEST_REASON)
    reading.done()
    if item is not None:
        change_item(work, council, item, version, values, by=by.id, reason=reason, now=now)
        return item.id
    one = Drafted(
        **{**values, "kind": ActivityKind(values["kind"]), "owner_post": Post(values["owner_post"])}
    )
    return add_item(work, council, one, by=by.id, reason=reason, now=now)


def add_item(
    work: Work, council: Council, one: Drafted, *, by: int | None, reason: str, now: datetime
) -> int:
    """A new activity of the year it begins in, planned at once unless that year is still a draft."""
    year = plan_year(one.starts_on)
    others = work.plan.of_year(year)
    if len(others) >= MOST_ITEMS:
        raise RuleBroken(f"A year holds {MOST_ITEMS} activities at most.")
    drafted = bool(others) and all(item.state is PlanState.DRAFT for item in others)
    state = PlanState.DRAFT if drafted else PlanState.PLANNED
    item_id = work.plan.add(one, year=year, state=state)
    work.plan.add_change(item_id, by=by, at=now, reason=reason, before={}, after={"title": one.title})
    work.trail.add(
        now=now,
        actor=by,
        verb="added to the forward plan",
        subject=f"plan item {item_id}",
        fields={"title": one.title, "reason": reason},
    )
    item = work.plan.get(item_id)
    if item is not None:
        keep_tracked(work, council, item, by=by, now=now)
    return item_id


def end_item(
    work: Work,
    council: Council,
    *,
    by: Person,
    item_id: int,
    version: int,
    state: PlanState,
    typed: Mapping[str, str],
    now: datetime,
) -> int:
    """Say that an activity is done, or cancel it; both with a reason or a word on how it went.

    What it recommends joins the tracker, a row for each line; returns how many those are (OG-06, TA-08).

    Thematic work whose terms the Board has not signed was never started, so it cannot be done (TA-03).
    """
    item = find_item(work, council, Verb.CHANGE_PLAN, by=by, item_id=item_id, now=now)
    require_stands(item)
    if state not in {PlanState.DONE, PlanState.CANCELLED}:
        raise RuleBroken("An activity ends as done or as cancelled.")
    if state is PlanState.DONE and item.state is PlanState.DRAFT:
        raise RuleBroken("It is a draft until the Group agrees the year, so it cannot be done.")
    if state is PlanState.DONE and item.needs_terms:
        raise RuleBroken("The Board has not signed its terms of reference, so it cannot have been done.")
    if state is PlanState.DONE and item.starts_on > council.today(now):
        raise RuleBroken("It has not begun yet. Give it another day first, or cancel it.")
    reading = Reading(typed, council.framework)
    words = reading.text("plan_reason", wanted=WHY, limit=LONGEST_REASON)
    lines = every_line(reading.text("plan_recommends"))
    if len(lines) > MOST_RECOMMENDED:
        reading.errors["plan_recommends"] = (
            f"Please keep this to {MOST_RECOMMENDED} recommendations, one in each line."
        )
    elif lines and state is PlanState.CANCELLED:
        reading.errors["plan_recommends"] = (
            "Only what was done can recommend anything. Please empty this box, or choose that it is done."
        )
    reading.done()
    change_item(work, council, item, version, {"state": state.value}, by=by.id, reason=words, now=now)
    leads = next(iter(work.people.holding(item.owner_post)), None)
    return join_from_plan(
        work,
        council,
        item_id=item.id,
        lines=lines,
        owner_id=leads.id if leads else None,
        by=by.id,
        now=now,
    )


def save_terms(
    work: Work,
    council: Council,
    *,
    by: Person,
    item_id: int,
    version: int,
    typed: Mapping[str, str],
    now: datetime,
) -> bool:
    """Write the four parts of terms of reference (TA-04); the Board's chair is asked to sign whole ones.

    Changed terms are signed anew. Returns whether they are whole.
    """
    item = find_item(work, council, Verb.WRITE_TERMS, by=by, item_id=item_id, now=now)
    require_stands(item)
    if item.kind is not ActivityKind.THEMATIC:
        raise RuleBroken("Only thematic work has terms of reference.")
    reading = Reading(typed, council.framework)
    terms = {field: reading.text(f"terms_{field}", limit=TERMS_LIMIT) for field in TERMS}
    reading.done()
    values: dict[str, Any] = {"terms": terms, "signed_by": None, "signed_at": None}
    changed = change_item(
        work, council, item, version, values, by=by.id, reason="Terms of reference written.", now=now
    )
    if changed.has_all_terms:
        line = council.framework.meeting(QA_BOARD)
        board = chairs(work, line, None) if line is not None else ()
        # Who is away finds them on their return; nobody else than a chair or their cover signs.
        for person_id in sorted(acting_for(work, council, board, council.today(now))):
            work.notices.queue(
                kind="terms_to_sign",
                subject_id=item.id,
                person_id=person_id,
                now=now,
                again=str(changed.version),
            )
    return changed.has_all_terms


def sign_terms(
    work: Work, council: Council, *, by: Person, item_id: int, version: int, now: datetime
) -> None:
    """The Board's chair signs terms of reference, in a meeting or between meetings (QB-02, Q20)."""
    item = find_item(work, council, Verb.SIGN_TERMS, by=by, item_id=item_id, now=now)
    require_stands(item)
    if item.kind is not ActivityKind.THEMATIC or not item.has_all_terms:
        raise RuleBroken("Its terms of reference are not complete yet: please write all four parts first.")
    if item.signed_at is not None:
        raise RuleBroken("They are signed already. Thank you.")
    values = {"signed_by": by.id, "signed_at": now}
    change_item(work, council, item, version, values, by=by.id, reason="Signed for the QA Board.", now=now)
    for person in work.people.holding(item.owner_post, Post.SM_QA):
        if person.id != by.id:
            work.notices.queue(kind="terms_signed", subject_id=item.id, person_id=person.id, now=now)


def read_item(reading: Reading, year: int) -> dict[str, Any]:
    """The columns of an activity from a form; mistakes are noted in the reading."""
    first, last = date(year, 4, 1), add_months(date(year, 4, 1), 12) - timedelta(days=1)
    starts_on, ends_on = _day(reading, "starts_on"), _day(reading, "ends_on")
    if starts_on is not None and not first <= starts_on <= last:
        reading.errors["starts_on"] = f"Please choose a day of {year_name(year)}: it begins in April."
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        reading.errors["ends_on"] = "It cannot end before it begins."
    if ends_on is not None and ends_on > add_months(last, 6):
        reading.errors["ends_on"] = "Please choose a day within half a year of the year's end."
    return {
        "title": reading.text("plan_title", wanted="Please give it a name.", limit=LINE_LIMIT),
        "kind": reading.choice("plan_kind", list(ActivityKind), wanted="Please choose what it is."),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "owner_post": reading.choice("plan_owner", list(Post), wanted="Please choose who leads it."),
        "hours": _hours(reading),
        "note": reading.text("plan_note", limit=LONGEST_REASON * 2),
    }


def require_stands(item: PlanItem) -> None:
    """Raise RuleBroken for an activity that has ended."""
    if item.state not in STANDS:
        raise RuleBroken(_ENDED)


def _day(reading: Reading, field: str) -> date | None:
    try:
        return parse_uk_date(reading.raw(field))
    except ValueError:
        reading.errors[field] = "Please give a day, such as 31 May 2026."
        return None


def _hours(reading: Reading) -> int:
    words = reading.raw("plan_hours").strip() or "0"
    if not words.isdecimal() or not words.isascii() or int(words) > MOST_HOURS:
        reading.errors["plan_hours"] = f"Please give whole hours, from 0 to {MOST_HOURS:,}."
        return 0
    return int(words)
