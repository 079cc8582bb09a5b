"""The forward plan: a year of QA activity, its gaps, its clashes, and whether there are hours enough for it.

The year runs from April to March (Q33). Source: OG-07, PR-06, TA-03, TA-04, QB-02, Q20, Q21, appendix 1A.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.days import add_months, is_working_day, month_end
from domain.governance import ActivityKind, ActivityLine
from domain.people import Post

LOOKED_AT = frozenset(
    {
        ActivityKind.CORE,
        ActivityKind.MODERATION,
        ActivityKind.THEMATIC,
        ActivityKind.DIP,
        ActivityKind.PRACTICE_WEEK,
        ActivityKind.SUPERVISION,
    }
)
"""Activities in which somebody looks at practice; reports and surveys are no scrutiny of it."""

TERMS = ("why", "scope", "method", "dates")
"""What terms of reference must say (TA-04): why and why now; scope and lines of enquiry; method; completion
and reporting dates."""

KIND_NAMES: Mapping[ActivityKind, str] = {
    ActivityKind.CORE: "Core audits",
    ActivityKind.MODERATION: "Moderation",
    ActivityKind.THEMATIC: "Thematic audit",
    ActivityKind.DIP: "Dip sample",
    ActivityKind.PRACTICE_WEEK: "Practice Week",
    ActivityKind.SUPERVISION: "Supervision audits",
    ActivityKind.SURVEY: "Survey",
    ActivityKind.REPORT: "Report",
    ActivityKind.REVIEW: "Review",
    ActivityKind.OTHER: "Other",
}


TERMS_LIMIT = 1_200
"""Characters of each part of the terms: whoever signs reads all of them on one card."""


class PlanState(StrEnum):
    """Where an activity of the plan stands."""

    DRAFT = "draft"
    """Of a year that the Group has not agreed yet."""
    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


STANDS = frozenset({PlanState.DRAFT, PlanState.PLANNED})
"""Still to come, or under way."""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One activity of a year."""

    id: int
    year: int
    """The year it begins in: 2026 is April 2026 to March 2027."""
    kind: ActivityKind
    title: str
    starts_on: date
    ends_on: date
    owner_post: Post
    hours: int
    """Of auditors and managers in all, beside audits and moderations, which are counted from the pool."""
    note: str
    """What it looks at: an area or a theme, and anything else the Group wants to remember."""
    state: PlanState
    terms: Mapping[str, str] | None
    signed_by: int | None
    signed_at: datetime | None
    version: int

    @property
    def needs_terms(self) -> bool:
        """Whether it may not start before the Board has signed its terms (TA-03)."""
        return self.kind is ActivityKind.THEMATIC and self.state in STANDS and self.signed_at is None

    @property
    def has_all_terms(self) -> bool:
        """Whether the four things that terms must say are there (TA-04)."""
        return all((self.terms or {}).get(field, "").strip() for field in TERMS)


@dataclass(frozen=True, slots=True)
class Drafted:
    """An activity as a draft puts it."""

    kind: ActivityKind
    title: str
    starts_on: date
    ends_on: date
    owner_post: Post
    hours: int
    note: str = ""


class WarningKind(StrEnum):
    """What is wrong with a plan."""

    GAP = "gap"
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class PlanWarning:
    """One thing the Group should look at, in a sentence."""

    kind: WarningKind
    says: str
    on: date
    item_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthLoad:
    """What a month asks of the auditors and what they can give (PR-06)."""

    month: date
    hours: int
    able: int
    """Hours that all auditors together can give."""

    @property
    def is_over(self) -> bool:
        """Whether more is asked than can be given."""
        return self.hours > self.able


@dataclass(frozen=True, slots=True)
class Fixed:
    """A meeting, as the plan's clashes look at it."""

    title: str
    on: date


def scope_areas(rules: Mapping[str, str]) -> tuple[str, ...]:
    """The areas that dip samples and thematic work range over, from the texts of DS-S1 to DS-S8.

    `rules` holds rule id to text; each of these reads "Scope, area: topics".
    """
    texts = (text for key, text in sorted(rules.items()) if key.startswith("DS-S"))
    return tuple(text.partition(":")[0].partition(", ")[2].strip() for text in texts if ":" in text)


def plan_year(day: date) -> int:
    """The year this day belongs to, by the year its April falls in (Q33)."""
    return day.year if day.month >= 4 else day.year - 1


def year_name(year: int) -> str:
    """As people write it: "2026/27"."""
    return f"{year}/{(year + 1) % 100:02}"


def months_of(year: int) -> tuple[date, ...]:
    """The first days of its months, April first."""
    return tuple(add_months(date(year, 4, 1), number) for number in range(12))


def draft(lines: Iterable[ActivityLine], year: int, *, bank_holidays: frozenset[date]) -> tuple[Drafted, ...]:
    """A year from the framework's pattern, earliest first.

    Core audits fill their month. Anything else begins on the month's first Monday that is a working day, or
    on the working day after; thematic work begins after the panel fortnight of its month, as the same people
    do both (appendix 1A).
    """
    chosen = tuple(lines)
    panel_weeks = {
        month: line.weeks for line in chosen if line.kind is ActivityKind.MODERATION for month in line.months
    }
    found: list[Drafted] = []
    for line in chosen:
        for month in months_of(year):
            if month.month not in line.months:
                continue
            if line.kind is ActivityKind.CORE:
                starts_on, ends_on = month, month_end(month)
            else:
                later = panel_weeks.get(month.month, 0) if line.kind is ActivityKind.THEMATIC else 0
                starts_on = working(first_monday(month) + timedelta(weeks=later), bank_holidays)
                ends_on = friday(starts_on, line.weeks)
            number = sum(one.kind is line.kind and one.title.startswith(line.title) for one in found) + 1
            title = f"{line.title} {number}" if len(line.months) > 1 else line.title
            found.append(Drafted(line.kind, title, starts_on, ends_on, line.owner, line.hours))
    return tuple(sorted(found, key=lambda one: (one.starts_on, one.title)))


def next_year(
    items: Iterable[PlanItem], year: int, *, bank_holidays: frozenset[date]
) -> tuple[tuple[Drafted, ...], tuple[tuple[str, str], ...]]:
    """(the year's activities put a year on, what was left out with why).

    Dates move to the same week of the next year: the same weekday, 52 weeks on. What was cancelled, and what
    is done and came once, stays behind; the framework's own activities come every year.
    """
    kept, left = [], []
    for item in items:
        if item.state is PlanState.CANCELLED:
            left.append((item.title, "it was cancelled"))
        elif item.state is PlanState.DONE and item.kind is ActivityKind.OTHER:
            left.append((item.title, "it is done, and came once"))
        else:
            starts_on, ends_on = _year_on(item, bank_holidays)
            if plan_year(starts_on) != year + 1:
                starts_on += timedelta(weeks=1)
                ends_on += timedelta(weeks=1)
            kept.append(Drafted(item.kind, item.title, starts_on, ends_on, item.owner_post, item.hours))
    return tuple(sorted(kept, key=lambda one: (one.starts_on, one.title))), tuple(left)


def gaps(
    items: Iterable[PlanItem],
    year: int,
    *,
    areas: Sequence[str] = (),
    themes: Sequence[str] = (),
) -> tuple[PlanWarning, ...]:
    """Months without scrutiny, then areas and themes that nothing looks at by name (OG-07).

    An activity looks at an area or a theme when its title, note or terms name it: core audits touch them all,
    and none of them on purpose.
    """
    standing = [item for item in items if item.state is not PlanState.CANCELLED]
    found = []
    for month in months_of(year):
        looking = (one for one in standing if one.kind in LOOKED_AT)
        if not any(one.starts_on <= month_end(month) and one.ends_on >= month for one in looking):
            found.append(PlanWarning(WarningKind.GAP, f"Nobody looks at practice in {month:%B %Y}.", month))
    said = " ".join(_words_of(item) for item in standing).casefold()
    first = date(year, 4, 1)
    for what, names in (("areas", areas), ("themes", themes)):
        unseen = [name for name in names if name.casefold() not in said]
        if unseen:
            listed = "; ".join(unseen)
            found.append(PlanWarning(WarningKind.GAP, f"No activity names these {what}: {listed}.", first))
    return tuple(found)


def clashes(
    items: Iterable[PlanItem], meetings: Iterable[Fixed] = (), *, bank_holidays: frozenset[date]
) -> tuple[PlanWarning, ...]:
    """What cannot go well together, earliest first (OG-07).

    Thematic fieldwork within a panel fortnight, as the same people do both; two activities of one owner that
    share a week, core audits aside, in which everyone takes part; a day off at either end; Christmas.
    """
    standing = sorted((one for one in items if one.state in STANDS), key=lambda one: (one.starts_on, one.id))
    found = []
    for place, one in enumerate(standing):
        for other in standing[place + 1 :]:
            said = _clash(one, other)
            if said:
                found.append(
                    PlanWarning(
                        WarningKind.CLASH,
                        said,
                        max(one.starts_on, other.starts_on),
                        (one.id, other.id),
                    )
                )
        if one.kind is not ActivityKind.CORE:
            found += _days_off(one, bank_holidays)
    for meeting in meetings:
        if not is_working_day(meeting.on, bank_holidays):
            said = f"{meeting.title} is on a day off."
            found.append(PlanWarning(WarningKind.CLASH, said, meeting.on))
        elif is_christmas(meeting.on):
            said = f"{meeting.title} is in the days of Christmas."
            found.append(PlanWarning(WarningKind.CLASH, said, meeting.on))
    return tuple(sorted(found, key=lambda warning: (warning.on, warning.says)))


def capacity(
    items: Iterable[PlanItem],
    year: int,
    *,
    auditors: int,
    audit_hours: int,
    moderation_hours: int,
    moderated_percent: int,
    auditor_month_hours: int,
) -> tuple[MonthLoad, ...]:
    """Each month's hours beside what the auditors can give (PR-06, OG-07).

    A core activity asks one audit of every auditor; a panel fortnight asks that share of them to be moderated
    (MO-02), rounded up. The hours of an activity are spread over its days.
    """
    standing = [item for item in items if item.state is not PlanState.CANCELLED]
    loads = []
    for month in months_of(year):
        hours = 0.0
        for item in standing:
            hours += _share(item, month) * _hours(
                item,
                auditors=auditors,
                audit_hours=audit_hours,
                moderation_hours=moderation_hours,
                moderated_percent=moderated_percent,
            )
        loads.append(MonthLoad(month, round(hours), auditors * auditor_month_hours))
    return tuple(loads)


def is_christmas(day: date) -> bool:
    """Whether the day lies between Christmas Eve and New Year's Day, when hardly anybody is there."""
    return (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)


def first_monday(month: date) -> date:
    """The first Monday of the month this day belongs to."""
    first = month.replace(day=1)
    return first + timedelta(days=-first.weekday() % 7)


def working(day: date, bank_holidays: frozenset[date]) -> date:
    """The day, or the working day after when it is a day off."""
    while not is_working_day(day, bank_holidays):
        day += timedelta(days=1)
    return day


def friday(starts_on: date, weeks: int) -> date:
    """The Friday of the last of so many weeks, the first being the one it starts in."""
    return starts_on - timedelta(days=starts_on.weekday()) + timedelta(weeks=weeks - 1, days=4)


def _year_on(item: PlanItem, bank_holidays: frozenset[date]) -> tuple[date, date]:
    if item.kind is ActivityKind.CORE:
        first = add_months(item.starts_on.replace(day=1), 12)
        return first, month_end(first)
    starts_on = working(item.starts_on + timedelta(weeks=52), bank_holidays)
    return starts_on, max(starts_on, item.ends_on + timedelta(weeks=52))


def _words_of(item: PlanItem) -> str:
    return " ".join((item.title, item.note, *(item.terms or {}).values()))


def _clash(one: PlanItem, other: PlanItem) -> str:
    if one.starts_on > other.ends_on or other.starts_on > one.ends_on:
        return ""
    if {one.kind, other.kind} == {ActivityKind.THEMATIC, ActivityKind.MODERATION}:
        thematic, panel = (one, other) if one.kind is ActivityKind.THEMATIC else (other, one)
        return f"{thematic.title} falls in {_within(panel.title)}: the same people do both."
    weeks = _weeks(one) & _weeks(other)
    if ActivityKind.CORE in (one.kind, other.kind) or one.owner_post is not other.owner_post or not weeks:
        return ""
    return f"{one.title} and {other.title} ask the same person in the same weeks."


def _within(title: str) -> str:
    return title if title[:1].isdigit() else title[:1].lower() + title[1:]


def _weeks(item: PlanItem) -> set[date]:
    first = item.starts_on - timedelta(days=item.starts_on.weekday())
    return {first + timedelta(weeks=number) for number in range((item.ends_on - first).days // 7 + 1)}


def _days_off(item: PlanItem, bank_holidays: frozenset[date]) -> list[PlanWarning]:
    found = []
    if not is_working_day(item.starts_on, bank_holidays):
        said = f"{item.title} begins on a day off."
        found.append(PlanWarning(WarningKind.CLASH, said, item.starts_on, (item.id,)))
    if not is_working_day(item.ends_on, bank_holidays):
        said = f"{item.title} ends on a day off."
        found.append(PlanWarning(WarningKind.CLASH, said, item.ends_on, (item.id,)))
    if any(is_christmas(day) for day in (item.starts_on, item.ends_on)):
        said = f"{item.title} begins or ends in the days of Christmas."
        found.append(PlanWarning(WarningKind.CLASH, said, item.starts_on, (item.id,)))
    return found


def _share(item: PlanItem, month: date) -> float:
    """How much of the activity lies in the month, by its days."""
    first, last = max(item.starts_on, month), min(item.ends_on, month_end(month))
    days = (item.ends_on - item.starts_on).days + 1
    return max(0, (last - first).days + 1) / days


def _hours(
    item: PlanItem, *, auditors: int, audit_hours: int, moderation_hours: int, moderated_percent: int
) -> int:
    match item.kind:
        case ActivityKind.CORE:
            return item.hours + auditors * audit_hours
        case ActivityKind.MODERATION:
            moderated = -(-auditors * moderated_percent // 100)
            return item.hours + moderated * moderation_hours
        case _:
            return item.hours


# --- What is shown of the plan. ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlanMonth:
    """A month of the year view."""

    items: tuple[PlanItem, ...]
    """What begins in it, cancelled activities left out."""
    load: MonthLoad


@dataclass(frozen=True, slots=True)
class PlanYear:
    """A year's plan as one reader sees it."""

    year: int
    months: tuple[PlanMonth, ...]
    gaps: tuple[PlanWarning, ...]
    clashes: tuple[PlanWarning, ...]
    auditors: int
    version: int
    """Of the plan as a whole: how often its activities were changed; a press says which it saw."""
    may_change: bool
    years: tuple[int, ...]
    """The years that have a plan."""

    @property
    def drafts(self) -> int:
        """Activities that the Group has not agreed yet."""
        return sum(item.state is PlanState.DRAFT for month in self.months for item in month.items)

    @property
    def over(self) -> int:
        """Months that ask for more hours than there are."""
        return sum(month.load.is_over for month in self.months)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is planned."""
        return not any(month.items for month in self.months)


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One change of an activity, in words."""

    at: datetime
    by_name: str
    reason: str
    lines: tuple[str, ...]
    """What became what."""


@dataclass(frozen=True, slots=True)
class OpenedItem:
    """An activity as one reader sees it."""

    item: PlanItem
    owner: str
    """The post, with the names of whoever holds it."""
    changes: tuple[ItemChange, ...]
    warnings: tuple[PlanWarning, ...]
    signed_by_name: str
    tracked_id: int
    """Its row of the tracker; 0 when it has none."""
    may_change: bool
    may_write_terms: bool
    may_sign: bool
    may_track: bool
