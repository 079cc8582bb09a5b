"""When meetings fall, who belongs in the room, and what a quarter of clinics still lacks."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agenda import MOST_LINES, Noted, cut, parts_of
from domain.days import is_working_day
from domain.framework_reading import read
from domain.governance import CLINIC, QA_GROUP
from domain.meetings import (
    AHEAD_MONTHS,
    Meeting,
    MeetingState,
    agenda_on,
    is_chair,
    is_member,
    is_third_month,
    slots,
    without_representative,
)
from domain.people import Person, Post

TEXT = (Path(__file__).parents[2] / "domain" / "framework.toml").read_text(encoding="utf-8")
FRAMEWORK = read(TEXT)
DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))


def a_clinic(service_id: int, held_on: date, rep_id: int | None) -> Meeting:
    return Meeting(
        1, CLINIC, service_id, "slot", held_on, "10:00", "", MeetingState.HELD, "", rep_id, held_on, "", 1
    )


def person(post: Post, service_id: int | None = None) -> Person:
    return Person(1, "Jo Post", "jo@x.example", frozenset({post}), service_id=service_id)


@pytest.mark.rule("OG-01", "QB-01", "PF-02", "PF-06")
@given(today=DAYS, off=st.frozensets(DAYS, max_size=40), services=st.sets(st.integers(1, 9), max_size=4))
def test_every_slot_is_planned_once_on_a_working_day_that_has_not_passed(
    today: date, off: frozenset[date], services: set[int]
) -> None:
    found = slots(FRAMEWORK.meetings, services, today=today, bank_holidays=off)

    assert all(is_working_day(slot.on, off) and slot.on >= today for slot in found)
    assert max(Counter(slot.name for slot in found).values(), default=0) <= 1
    assert list(found) == sorted(found, key=lambda slot: (slot.on, slot.at, slot.name))
    assert {slot.service_id for slot in found if slot.body == CLINIC} <= services
    assert not {slot.service_id for slot in found if slot.body == QA_GROUP} - {None}


@pytest.mark.rule("OG-01")
@given(today=DAYS)
def test_the_group_meets_every_month_of_the_coming_year(today: date) -> None:
    found = slots(FRAMEWORK.meetings, (), today=today, bank_holidays=frozenset())
    of_group = [one for one in found if one.body == QA_GROUP]

    assert AHEAD_MONTHS - 1 <= len(of_group) <= AHEAD_MONTHS


@pytest.mark.rule("OG-01")
@given(today=DAYS, later=st.integers(0, 40))
def test_planning_again_later_finds_the_same_meetings(today: date, later: int) -> None:
    first = slots(FRAMEWORK.meetings, (1,), today=today, bank_holidays=frozenset())
    again = slots(FRAMEWORK.meetings, (1,), today=today + timedelta(days=later), bank_holidays=frozenset())
    days = {slot.name: slot.on for slot in first}

    assert all(days[slot.name] == slot.on for slot in again if slot.name in days)


@pytest.mark.rule("QB-01")
def test_a_meeting_on_a_day_off_is_planned_for_the_working_day_after() -> None:
    wednesday = date(2026, 5, 20)

    def of_the_group(off: frozenset[date]) -> date:
        found = slots(FRAMEWORK.meetings, (), today=date(2026, 5, 1), bank_holidays=off)
        return next(slot.on for slot in found if slot.body == QA_GROUP)

    assert of_the_group(frozenset()) == wednesday
    assert of_the_group(frozenset({wednesday})) == date(2026, 5, 21)
    assert of_the_group(frozenset({wednesday, date(2026, 5, 21), date(2026, 5, 22)})) == date(2026, 5, 25)


@pytest.mark.rule("OG-01")
def test_members_have_the_agenda_five_working_days_before() -> None:
    meeting = a_clinic(1, date(2026, 5, 29), None)

    assert agenda_on(meeting, frozenset()) == date(2026, 5, 22)
    assert agenda_on(meeting, frozenset({date(2026, 5, 25)})) == date(2026, 5, 21)


@pytest.mark.rule("PF-02", "OG-11")
@pytest.mark.parametrize(
    ("post", "service_id", "member", "chair"),
    [
        (Post.SM, 1, True, True),
        (Post.SM, 2, False, False),
        (Post.TM, 1, True, False),
        (Post.TM, 2, False, False),
        (Post.PERFORMANCE, None, True, False),
        (Post.QAO, None, False, False),
    ],
)
def test_a_clinic_is_its_own_services(post: Post, service_id: int | None, member: bool, chair: bool) -> None:
    line = FRAMEWORK.meeting(CLINIC)
    assert line is not None

    assert is_member(line, person(post, service_id), 1) is member
    assert is_chair(line, person(post, service_id), 1) is chair


@pytest.mark.rule("PF-03")
@pytest.mark.parametrize(
    ("day", "third"),
    [
        (date(2026, 5, 31), False),
        (date(2026, 6, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_the_last_month_of_a_quarter_is_its_third(day: date, third: bool) -> None:
    assert is_third_month(day) is third


@pytest.mark.rule("PF-03")
def test_a_service_lacks_its_visit_until_somebody_came_within_the_quarter() -> None:
    quarter = date(2026, 4, 1)
    clinics = [
        a_clinic(1, date(2026, 4, 14), rep_id=9),
        a_clinic(2, date(2026, 5, 12), rep_id=None),
        a_clinic(3, date(2026, 3, 31), rep_id=9),
    ]

    assert without_representative(clinics, (1, 2, 3, 4), quarter=quarter) == (2, 3, 4)


@pytest.mark.rule("OG-01", "OG-05")
def test_what_people_put_on_an_agenda_stands_under_its_item_or_comes_last() -> None:
    line = FRAMEWORK.meeting(QA_GROUP)
    assert line is not None
    noted = [Noted(item, f"About {item or 'nothing'}", "", "", "") for item in ("core", "", "gone")]

    parts = parts_of(line.items, {"core": ("One.",)}, noted)

    assert [part.key for part in parts] == [*(item.key for item in line.items), "other"]
    core = next(part for part in parts if part.key == "core")
    assert (core.lines, [one.title for one in core.noted]) == (("One.",), ["About core"])
    assert [one.title for one in parts[-1].noted] == ["About nothing", "About gone"]


@given(number=st.integers(0, 30))
def test_an_item_shows_few_lines_and_says_how_many_more_there_are(number: int) -> None:
    shown = cut(tuple(f"Line {n}." for n in range(number)))

    assert len(shown) <= MOST_LINES
    if number > MOST_LINES:
        assert shown[-1] == f"And {number - MOST_LINES + 1} more."
