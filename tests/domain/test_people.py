"""Who is at work when, and which posts act as the QA office or stand in the audit pool."""

from datetime import date

import pytest

from domain.people import AUDITOR_POSTS, QA_OFFICE, Leave, Person, Post


def person(*posts: Post, **more: object) -> Person:
    return Person(1, "Person 1", "p1@example.org", frozenset(posts), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "away"),
    [
        (date(2026, 5, 10), False),
        (date(2026, 5, 11), True),
        (date(2026, 5, 15), True),
        (date(2026, 5, 16), False),
    ],
)
def test_leave_covers_both_its_ends(day: date, away: bool) -> None:
    leave = Leave(date(2026, 5, 11), date(2026, 5, 15))

    assert leave.covers(day) is away


def test_leave_of_one_day_covers_that_day() -> None:
    day = date(2026, 5, 11)

    assert Leave(day, day).covers(day)


@pytest.mark.parametrize(
    ("day", "at_work"),
    [
        (date(2026, 5, 4), True),  # a bank holiday, which is no matter of the person's own days
        (date(2026, 5, 5), True),
        (date(2026, 5, 6), True),
        (date(2026, 5, 7), True),
        (date(2026, 5, 8), False),  # the first leave
        (date(2026, 5, 14), False),  # the second
        (date(2026, 5, 15), True),
        (date(2026, 5, 16), False),  # a Saturday
        (date(2026, 5, 17), False),
    ],
)
def test_someone_works_monday_to_friday_unless_away(day: date, at_work: bool) -> None:
    away = (Leave(date(2026, 5, 8), date(2026, 5, 8)), Leave(date(2026, 5, 12), date(2026, 5, 14)))

    assert person(Post.TM, leave=away).works_on(day) is at_work


@pytest.mark.parametrize(
    ("day", "at_work"), [(date(2026, 5, 11), False), (date(2026, 5, 12), True), (date(2026, 5, 16), True)]
)
def test_someone_may_work_other_days(day: date, at_work: bool) -> None:
    assert person(Post.TM, working_days=frozenset({1, 5})).works_on(day) is at_work


@pytest.mark.rule("Q28", "CA-16")
@pytest.mark.parametrize("post", Post)
def test_three_posts_act_as_the_qa_office(post: Post) -> None:
    acts = post in {Post.QAO, Post.SM_IMPACT, Post.SM_QA}

    assert person(post).in_qa_office is acts
    assert person(Post.PRACTITIONER, post).in_qa_office is acts
    assert (post in QA_OFFICE) is acts


@pytest.mark.rule("CA-02", "Q10")
def test_the_pool_is_made_of_seven_posts_and_no_director() -> None:
    assert {
        "service_manager",
        "team_manager",
        "assistant_team_manager",
        "principal_social_worker",
        "practice_consultant",
        "child_protection_chair",
        "independent_reviewing_officer",
    } == AUDITOR_POSTS
