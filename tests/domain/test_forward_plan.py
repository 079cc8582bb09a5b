"""A year of quality assurance: drafted, its gaps, clashes and hours, and the next year from this one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.days import is_working_day, month_end
from domain.forward_plan import TERMS, PlanItem, PlanState, months_of, plan_year, year_name
from domain.framework_reading import read
from domain.governance import ActivityKind
from domain.people import Post
from domain.plan_drafting import Drafted, draft, next_year
from domain.plan_hours import capacity
from domain.plan_warnings import LOOKED_AT, Fixed, WarningKind, clashes, gaps, scope_areas

TEXT = (Path(__file__).parents[2] / "domain" / "framework.toml").read_text(encoding="utf-8")
FRAMEWORK = read(TEXT)
YEARS = st.integers(2024, 2040)
HOLIDAYS = frozenset({date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25), date(2026, 12, 25)})
NONE: frozenset[date] = frozenset()


def item(
    number: int = 1,
    kind: ActivityKind = ActivityKind.DIP,
    starts_on: date = date(2026, 6, 1),
    ends_on: date = date(2026, 6, 12),
    owner: Post = Post.QAO,
    **fields: object,
) -> PlanItem:
    made = PlanItem(
        id=number,
        year=plan_year(starts_on),
        kind=kind,
        title=f"Activity {number}",
        starts_on=starts_on,
        ends_on=ends_on,
        owner_post=owner,
        hours=0,
        note="",
        state=PlanState.PLANNED,
        terms=None,
        signed_by=None,
        signed_at=None,
        version=1,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def kept(drafted: tuple[Drafted, ...], year: int) -> list[PlanItem]:
    return [
        item(
            number,
            one.kind,
            one.starts_on,
            one.ends_on,
            one.owner_post,
            title=one.title,
            hours=one.hours,
            year=year,
        )
        for number, one in enumerate(drafted, start=1)
    ]


@pytest.mark.rule("Q33")
@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2027, 3, 31), 2026)]
)
def test_a_year_begins_in_april(day: date, year: int) -> None:
    assert plan_year(day) == year
    assert year_name(2026) == "2026/27"
    assert year_name(2099) == "2099/00"


@pytest.mark.rule("OG-07", "PR-06")
@given(year=YEARS, off=st.frozensets(st.dates(date(2024, 1, 1), date(2041, 12, 31)), max_size=60))
def test_a_draft_holds_every_activity_in_its_month_and_begins_on_working_days(
    year: int, off: frozenset[date]
) -> None:
    drafted = draft(FRAMEWORK.plan, year, bank_holidays=off)

    assert len(drafted) == sum(len(line.months) for line in FRAMEWORK.plan)
    assert all(one.ends_on >= one.starts_on for one in drafted if one.kind is not ActivityKind.CORE)
    for one in drafted:
        if one.kind is ActivityKind.CORE:
            assert (one.starts_on.day, one.ends_on) == (1, month_end(one.starts_on))
        else:
            assert is_working_day(one.starts_on, off)
    assert len({one.title for one in drafted}) == len(drafted)


@pytest.mark.rule("OG-07", "TA-01")
@given(year=YEARS)
def test_a_drafts_thematic_work_begins_after_the_panel_fortnight(year: int) -> None:
    found = clashes(kept(draft(FRAMEWORK.plan, year, bank_holidays=NONE), year), bank_holidays=NONE)

    assert not [one for one in found if "the same people do both" in one.says]


@pytest.mark.rule("OG-07")
@given(year=YEARS)
def test_a_draft_leaves_no_month_without_scrutiny(year: int) -> None:
    found = gaps(kept(draft(FRAMEWORK.plan, year, bank_holidays=NONE), year), year)

    assert found == ()


@pytest.mark.rule("OG-07")
@given(
    year=st.just(2026),
    spans=st.lists(
        st.tuples(st.integers(0, 330), st.integers(0, 60), st.sampled_from(list(ActivityKind))), max_size=8
    ),
)
def test_a_month_is_a_gap_exactly_when_nothing_looks_at_practice_in_it(
    year: int, spans: list[tuple[int, int, ActivityKind]]
) -> None:
    first = date(year, 4, 1)
    items = [
        item(n, kind, first + timedelta(days=start), first + timedelta(days=start + days))
        for n, (start, days, kind) in enumerate(spans, start=1)
    ]
    days = {
        one.starts_on + timedelta(days=n)
        for one in items
        if one.kind in LOOKED_AT
        for n in range((one.ends_on - one.starts_on).days + 1)
    }
    empty = {month for month in months_of(year) if not any(day.replace(day=1) == month for day in days)}

    assert {one.on for one in gaps(items, year)} == empty


@pytest.mark.rule("OG-07")
def test_an_area_is_a_gap_until_an_activity_names_it() -> None:
    areas = scope_areas({rule.id: rule.text for rule in FRAMEWORK.rules.values()})
    named = [item(n, note=f"Looks at {area.upper()}") for n, area in enumerate(areas[1:], start=1)]

    (found,) = [one for one in gaps(named, 2026, areas=areas) if "areas" in one.says]

    assert areas[0] == "front door"
    assert found.says == "No activity names these areas: front door."
    cancelled = [replace(one, state=PlanState.CANCELLED) for one in named]
    assert any(areas[-1] in one.says for one in gaps(cancelled, 2026, areas=areas))


PANEL = item(1, ActivityKind.MODERATION, owner=Post.PSW)


@pytest.mark.rule("OG-07", "TA-01")
@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        (item(2, ActivityKind.THEMATIC, date(2026, 6, 12), date(2026, 7, 3)), "the same people do both"),
        (item(2, ActivityKind.THEMATIC, date(2026, 6, 15), date(2026, 7, 3)), ""),
        (item(2, owner=Post.PSW, starts_on=date(2026, 6, 12), ends_on=date(2026, 6, 19)), "the same person"),
        (item(2, owner=Post.PSW, starts_on=date(2026, 6, 15), ends_on=date(2026, 6, 19)), ""),
        (item(2, owner=Post.QAO), ""),
        (item(2, ActivityKind.CORE, date(2026, 6, 1), date(2026, 6, 30), Post.PSW), ""),
        (item(2, owner=Post.PSW, state=PlanState.CANCELLED), ""),
        (item(2, starts_on=date(2026, 5, 25), ends_on=date(2026, 5, 26)), "begins on a day off"),
        (item(2, starts_on=date(2026, 5, 21), ends_on=date(2026, 5, 25)), "ends on a day off"),
        (item(2, starts_on=date(2026, 12, 21), ends_on=date(2026, 12, 24)), "in the days of Christmas"),
    ],
)
def test_what_cannot_go_well_together_is_told(other: PlanItem, wanted: str) -> None:
    found = clashes([PANEL, other], bank_holidays=HOLIDAYS)

    assert [one for one in found if wanted and wanted in one.says] or not wanted
    assert wanted or found == ()
    assert all(one.kind is WarningKind.CLASH for one in found)


@pytest.mark.rule("OG-07")
@given(
    starts=st.lists(st.tuples(st.integers(0, 300), st.integers(0, 30)), min_size=2, max_size=6),
)
def test_clashes_do_not_depend_on_the_order_of_the_plan(starts: list[tuple[int, int]]) -> None:
    first = date(2026, 4, 1)
    items = [
        item(n, starts_on=first + timedelta(days=a), ends_on=first + timedelta(days=a + b))
        for n, (a, b) in enumerate(starts, start=1)
    ]

    assert clashes(items, bank_holidays=HOLIDAYS) == clashes(items[::-1], bank_holidays=HOLIDAYS)


@pytest.mark.rule("OG-07")
def test_a_meeting_on_a_day_off_or_at_christmas_is_told() -> None:
    meetings = [
        Fixed("QA Group", date(2026, 5, 25)),
        Fixed("QA Board", date(2026, 12, 31)),
        Fixed("SMT", date(2026, 6, 3)),
    ]

    found = clashes([], meetings, bank_holidays=HOLIDAYS)

    assert [one.says for one in found] == [
        "QA Group is on a day off.",
        "QA Board is in the days of Christmas.",
    ]


@pytest.mark.rule("PR-06", "OG-07")
def test_hours_are_counted_from_the_pool_and_spread_over_the_days_of_an_activity() -> None:
    numbers = {
        "auditors": 10,
        "audit_hours": 6,
        "moderation_hours": 2,
        "moderated_percent": 25,
        "auditor_month_hours": 7,
    }
    items = [
        item(1, ActivityKind.CORE, date(2026, 5, 1), date(2026, 5, 31)),
        item(2, ActivityKind.MODERATION, date(2026, 6, 1), date(2026, 6, 12)),
        item(3, ActivityKind.THEMATIC, date(2026, 6, 21), date(2026, 7, 10), hours=100),
        item(4, ActivityKind.DIP, date(2026, 9, 1), date(2026, 9, 2), hours=99, state=PlanState.CANCELLED),
    ]

    loads = {load.month.month: load for load in capacity(items, 2026, **numbers)}

    assert loads[5].hours == 60
    # Three of ten are moderated, two hours each; half of the thematic audit's twenty days lie in June.
    assert loads[6].hours == 6 + 50
    assert loads[7].hours == 50
    assert (loads[9].hours, loads[9].able, loads[9].is_over) == (0, 70, False)
    assert replace(loads[9], hours=71).is_over


@pytest.mark.rule("OG-07")
@given(year=YEARS)
def test_next_year_keeps_every_activity_in_the_same_week_and_the_next_plan_year(year: int) -> None:
    this_year = kept(draft(FRAMEWORK.plan, year, bank_holidays=NONE), year)

    drafted, left = next_year(this_year, year, bank_holidays=NONE)

    assert left == ()
    assert len(drafted) == len(this_year)
    by_title = {one.title: one for one in drafted}
    for one in this_year:
        moved = by_title[one.title]
        assert plan_year(moved.starts_on) == year + 1
        if one.kind is not ActivityKind.CORE:
            assert (moved.starts_on - one.starts_on).days in (364, 371)
            assert moved.starts_on.weekday() == one.starts_on.weekday()


@pytest.mark.rule("OG-07")
def test_what_was_cancelled_or_came_once_stays_behind_with_the_reason() -> None:
    items = [
        item(1, state=PlanState.CANCELLED),
        item(2, ActivityKind.OTHER, state=PlanState.DONE),
        item(3, ActivityKind.DIP, state=PlanState.DONE),
    ]

    drafted, left = next_year(items, 2026, bank_holidays=NONE)

    assert [one.title for one in drafted] == ["Activity 3"]
    assert dict(left) == {"Activity 1": "it was cancelled", "Activity 2": "it is done, and came once"}


@pytest.mark.rule("OG-07")
def test_the_next_years_draft_keeps_the_groups_note() -> None:
    looked_at = replace(item(1, ActivityKind.THEMATIC), note="Neglect in Early Help, with the IROs.")

    (drafted,), _ = next_year([looked_at, item(2, state=PlanState.CANCELLED)], 2026, bank_holidays=NONE)

    assert drafted.note == "Neglect in Early Help, with the IROs."


@pytest.mark.rule("TA-03", "TA-04")
def test_terms_are_whole_with_all_four_parts_and_wanted_until_signed() -> None:
    thematic = item(1, ActivityKind.THEMATIC)
    whole = dict.fromkeys(TERMS, "Said.")

    assert thematic.needs_terms
    assert not thematic.has_all_terms
    for field in TERMS:
        assert not replace(thematic, terms={**whole, field: "  "}).has_all_terms
    assert replace(thematic, terms=whole).has_all_terms
    signed = replace(thematic, terms=whole, signed_by=1, signed_at=datetime(2026, 5, 1, tzinfo=UTC))
    assert not signed.needs_terms
    assert not item(2).needs_terms
