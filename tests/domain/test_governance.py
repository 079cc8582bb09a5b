"""Who sits on which body, when it meets, and how quarters run."""

from datetime import date, time
from pathlib import Path

import pytest

from domain.cadence import Every, Line, falls_on
from domain.framework_reading import FrameworkInvalid, read
from domain.governance import CLINIC, QA_BOARD, QA_GROUP, Seat, meets_on, quarter_name, quarter_start, seat_of
from domain.people import Person, Post

TEXT = (Path(__file__).parents[2] / "domain" / "framework.toml").read_text(encoding="utf-8")
FRAMEWORK = read(TEXT)


def person(*posts: Post, service_id: int | None = None) -> Person:
    return Person(id=1, name="Jo Post", email="jo@x.example", posts=frozenset(posts), service_id=service_id)


@pytest.mark.rule("OG-11")
@pytest.mark.parametrize(
    ("post", "seat"),
    [
        (Post.SM_QA, Seat(sits=True, chairs=True)),
        (Post.AD_QA, Seat(sits=True, chairs=False)),
        (Post.SM_IMPACT, Seat(sits=True, chairs=False)),
        (Post.SM, Seat(sits=True, chairs=False)),
        (Post.PSW, Seat(sits=True, chairs=False)),
        (Post.COMPLAINTS, Seat(sits=True, chairs=False)),
        (Post.PMPM, Seat(sits=True, chairs=False)),
        (Post.LEARNING, Seat(sits=True, chairs=False)),
        (Post.QAO, Seat(sits=True, chairs=False)),
        (Post.POLICY, Seat(sits=True, chairs=False)),
        (Post.TM, Seat(sits=False, chairs=False)),
        (Post.DCS, Seat(sits=False, chairs=False)),
    ],
)
def test_the_group_is_made_up_of_posts(post: Post, seat: Seat) -> None:
    line = FRAMEWORK.meeting(QA_GROUP)
    assert line is not None
    assert seat_of(person(post), line) == seat


@pytest.mark.rule("QB-03")
def test_the_board_is_chaired_by_the_director_and_made_up_of_posts() -> None:
    line = FRAMEWORK.meeting(QA_BOARD)
    assert line is not None
    assert seat_of(person(Post.DCS), line) == Seat(sits=True, chairs=True)
    sitting = {post for post in Post if seat_of(person(post), line).sits}
    assert sitting == {
        Post.DCS,
        Post.AD_CARE,
        Post.AD_QA,
        Post.SM_QA,
        Post.SM_IMPACT,
        Post.SM,
        Post.PSW,
        Post.PMPM,
        Post.QAO,
    }


@pytest.mark.rule("PF-02", "PF-03")
def test_a_clinic_is_its_own_services_and_open_to_the_qa_office() -> None:
    line = FRAMEWORK.meeting(CLINIC)
    assert line is not None
    assert seat_of(person(Post.SM, service_id=1), line, service_id=1) == Seat(sits=True, chairs=True)
    assert seat_of(person(Post.SM, service_id=2), line, service_id=1) == Seat(sits=False, chairs=False)
    assert seat_of(person(Post.ATM, service_id=1), line, service_id=1) == Seat(sits=True, chairs=False)
    assert seat_of(person(Post.TM, service_id=2), line, service_id=1).sits is False
    assert seat_of(person(Post.QAO), line, service_id=1) == Seat(sits=True, chairs=False)
    assert seat_of(person(Post.QAO, service_id=1), line, service_id=1) == Seat(sits=True, chairs=False)
    assert seat_of(person(Post.PERFORMANCE), line, service_id=1) == Seat(sits=True, chairs=False)
    assert seat_of(person(Post.PC), line, service_id=1).sits is False
    assert seat_of(person(Post.PC, service_id=2), line, service_id=1, guest=True).sits is True


@pytest.mark.rule("OG-12")
def test_a_guest_sits_and_does_not_chair() -> None:
    line = FRAMEWORK.meeting(QA_GROUP)
    assert line is not None
    assert seat_of(person(Post.PC), line) == Seat(sits=False, chairs=False)
    assert seat_of(person(Post.PC), line, guest=True) == Seat(sits=True, chairs=False)


@pytest.mark.rule("OG-01", "QB-01", "PF-02")
def test_bodies_meet_in_their_months() -> None:
    group, board, clinic = (FRAMEWORK.meeting(key) for key in (QA_GROUP, QA_BOARD, CLINIC))
    assert group is not None
    assert board is not None
    assert clinic is not None
    year = [
        date(2026, 4, 1),
        *(date(2026, m, 1) for m in range(5, 13)),
        *(date(2027, m, 1) for m in (1, 2, 3)),
    ]
    assert [meets_on(group, month) is not None for month in year] == [True] * 12
    assert [meets_on(clinic, month) is not None for month in year] == [True] * 12
    assert [month.month for month in year if meets_on(board, month)] == [4, 7, 10, 1]
    assert meets_on(group, date(2026, 4, 9)) == date(2026, 4, 15)
    assert (group.at, board.minutes) == (time(10), 120)


def test_the_last_weekday_of_a_month_is_the_fifth() -> None:
    last = read(TEXT.replace('week = 3\nweekday = "Wednesday"', 'week = 5\nweekday = "Wednesday"', 1))
    line = last.meeting(QA_GROUP)
    assert line is not None
    assert meets_on(line, date(2026, 4, 1)) == date(2026, 4, 29)
    assert meets_on(line, date(2026, 5, 1)) == date(2026, 5, 27)


@pytest.mark.rule("Q33")
def test_quarters_follow_the_year_from_april() -> None:
    assert quarter_start(date(2026, 6, 30)) == date(2026, 4, 1)
    assert quarter_start(date(2027, 1, 1)) == date(2027, 1, 1)
    assert [quarter_name(date(2026, m, 1)) for m in (4, 7, 10)] == ["Q1 2026/27", "Q2 2026/27", "Q3 2026/27"]
    assert quarter_name(date(2027, 2, 3)) == "Q4 2026/27"
    assert quarter_name(date(2099, 12, 3)) == "Q3 2099/00"


@pytest.mark.rule("Q33")
def test_a_line_of_the_quarter_is_counted_from_its_first_day() -> None:
    line = Line("k", "A title", (), Every.QUARTER, time(9), offset_days=9)
    days = [date(2026, m, d) for m in range(1, 13) for d in (9, 10, 11)]
    found = [day for day in days if falls_on(line, day, round_months=(), bank_holidays=frozenset())]
    assert found == [date(2026, m, 10) for m in (1, 4, 7, 10)]


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (
            'body = "QA Group"',
            'body = "QA Grup"',
            'meetings[1].body: "QA Grup" is not among the bodies of this file.',
        ),
        ("week = 3", "week = 6", "meetings[1].week: must be a whole number from 1 to 5."),
        (
            'chairs = ["sm_quality_assurance"]',
            'chairs = ["sm_quality"]',
            'meetings[1].chairs: "sm_quality" is no post; the posts are ' + ", ".join(Post) + ".",
        ),
        ('key = "qa_board"', 'key = "qa_group"', 'meetings: "qa_group" stands there more than once.'),
        (
            'kind = "core"',
            'kind = "cores"',
            "plan[1].kind: must be one of core, moderation, thematic, dip, practice_week, supervision, "
            "survey, report, review, other.",
        ),
        (
            "months = [6, 8, 12, 2]",
            "months = [6, 8, 13, 2]",
            "plan[3].months: must be a list of different whole numbers from 1 to 12.",
        ),
        ('key = "panel"', 'key = "core"', 'plan: "core" stands there more than once.'),
    ],
)
def test_mistakes_in_bodies_and_plan_are_named(old: str, new: str, error: str) -> None:
    assert old in TEXT
    with pytest.raises(FrameworkInvalid) as caught:
        read(TEXT.replace(old, new, 1))
    assert error in caught.value.errors
