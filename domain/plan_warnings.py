"""What is wrong with a plan: months nobody looks at practice in, areas nobody names, and what clashes.

It is said and never forbidden; the Group may have its reasons. Source: OG-07, TA-03, Q21, decision 0015.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.days import is_working_day, month_end
from domain.forward_plan import STANDS, PlanItem, PlanState, months_of
from domain.governance import ActivityKind

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


def is_christmas(day: date) -> bool:
    """Whether the day lies between Christmas Eve and New Year's Day, when hardly anybody is there."""
    return (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)


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
