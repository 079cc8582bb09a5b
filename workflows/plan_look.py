"""What each reader sees of the forward plan: the year by month, what is wrong with it, one activity.

Source: OG-07, PR-06, TA-04, QB-02.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from domain.allocation_pool import pool_of
from domain.days import month_end, parse_uk_date, uk_date
from domain.forward_plan import KIND_NAMES, PlanItem, PlanState, months_of
from domain.governance import ActivityKind
from domain.intake_posts import post_name
from domain.meetings import MeetingState
from domain.people import Person, Post
from domain.permissions import Verb
from domain.plan_hours import capacity
from domain.plan_shown import ItemChange, OpenedItem, PlanMonth, PlanYear
from domain.plan_warnings import Fixed, clashes, gaps, scope_areas
from storage.plan import PlanChange
from storage.work import View
from workflows.bodies import line_of
from workflows.council import Council
from workflows.plan_items import find_item, may_plan, may_sign, require_plan, row_of
from workflows.tracked_rows import may

_COLUMNS = {
    "title": "Name",
    "kind": "Kind",
    "starts_on": "Begins",
    "ends_on": "Ends",
    "owner_post": "Led by",
    "hours": "Hours",
    "note": "Note",
    "state": "State",
}
STATES = {
    PlanState.DRAFT: "Draft",
    PlanState.PLANNED: "Planned",
    PlanState.DONE: "Done",
    PlanState.CANCELLED: "Cancelled",
}


def view_plan(view: View, council: Council, *, by: Person, year: int, now: datetime) -> PlanYear:
    """A year's plan, for whoever sits on the Group or the Board, and the QA office."""
    require_plan(council, Verb.SEE_PLAN, by=by, now=now)
    return year_of(view, council, year, may_change=may_plan(council, Verb.CHANGE_PLAN, by))


def year_of(view: View, council: Council, year: int, *, may_change: bool = False) -> PlanYear:
    """A year's plan with its gaps, clashes and hours, whoever asks."""
    items, framework = view.plan.of_year(year), council.framework
    numbers = framework.numbers
    auditors = auditors_of(view, council, year)
    loads = capacity(
        items,
        year,
        auditors=auditors,
        audit_hours=numbers.audit_hours,
        moderation_hours=numbers.moderation_hours,
        moderated_percent=numbers.moderation_least_percent,
        auditor_month_hours=numbers.auditor_month_hours,
    )
    standing = [item for item in items if item.state is not PlanState.CANCELLED]
    months = [
        PlanMonth(tuple(item for item in standing if _same_month(item, load.month)), load) for load in loads
    ]
    texts = {rule.id: rule.text for rule in framework.rules.values()}
    return PlanYear(
        year=year,
        months=tuple(months),
        gaps=gaps(
            items,
            year,
            areas=scope_areas(texts),
            themes=tuple(section.title for section in framework.sections),
        )
        if items
        else (),
        clashes=clashes(items, _meetings(view, council, year), bank_holidays=council.bank_holidays),
        auditors=auditors,
        version=sum(item.version for item in items),
        may_change=may_change,
        years=view.plan.years(),
    )


def open_item(view: View, council: Council, *, by: Person, item_id: int, now: datetime) -> OpenedItem:
    """One activity with what was changed of it and why."""
    item = find_item(view, council, Verb.SEE_PLAN, by=by, item_id=item_id, now=now)
    found = view.plan.changes(item.id)
    ids = (*(change.by_id for change in found), item.signed_by)
    names = {i: person.name for i, person in view.people.many(i for i in ids if i is not None).items()}
    year = year_of(view, council, item.year)
    row = row_of(view, item)
    thematic = item.kind is ActivityKind.THEMATIC
    return OpenedItem(
        item=item,
        owner=owner_words(view, item.owner_post),
        changes=tuple(_change(change, names) for change in found),
        warnings=tuple(one for one in year.clashes if item.id in one.item_ids),
        signed_by_name=names.get(item.signed_by or 0, ""),
        tracked_id=row.id if row is not None else 0,
        may_change=may_plan(council, Verb.CHANGE_PLAN, by),
        may_write_terms=thematic and may_plan(council, Verb.WRITE_TERMS, by),
        may_sign=item.needs_terms and item.has_all_terms and may_sign(view, council, by=by, now=now),
        may_track=may(view, council, Verb.KEEP_TRACKER, by),
    )


def owner_words(view: View, post: Post) -> str:
    """The post and whoever holds it: "Principal social worker (Pat Principal)"."""
    holders = view.people.holding(post)
    names = ", ".join(person.name for person in holders[:2])
    return f"{_capital(post_name(post))} ({names})" if names else _capital(post_name(post))


def auditors_of(view: View, council: Council, year: int) -> int:
    """How many auditors the year's first round would take, of everybody on the staff list today (CA-02)."""
    months = council.framework.numbers.round_months
    first = next((month for month in months_of(year) if month.month in months), date(year, 4, 1))
    pool = pool_of(view.people.everyone(), month_on=first, opted_in=(), round_months=months)
    return len(pool.auditor_ids)


def _meetings(view: View, council: Council, year: int) -> Iterable[Fixed]:
    months = months_of(year)
    for meeting in view.meetings.between(months[0], month_end(months[-1])):
        line = line_of(council, meeting)
        if line is not None and meeting.state is MeetingState.PLANNED:
            yield Fixed(f"{line.body} on {uk_date(meeting.planned_on)}", meeting.planned_on)


def _same_month(item: PlanItem, month: date) -> bool:
    return (item.starts_on.year, item.starts_on.month) == (month.year, month.month)


def _change(change: PlanChange, names: Mapping[int, str]) -> ItemChange:
    lines = [
        f"{_COLUMNS[name]}: {_said(name, change.before[name])} → {_said(name, change.after[name])}"
        for name in _COLUMNS
        if name in change.before and name in change.after
    ]
    return ItemChange(change.at, names.get(change.by_id or 0, ""), change.reason, tuple(lines))


def _said(name: str, value: Any) -> str:
    match name:
        case "starts_on" | "ends_on":
            return uk_date(parse_uk_date(str(value)))
        case "owner_post":
            return post_name(Post(value))
        case "kind":
            return KIND_NAMES[ActivityKind(value)]
        case "state":
            return STATES[PlanState(value)]
        case _:
            return str(value) or "nothing"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
