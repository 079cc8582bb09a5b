"""Who audits in a round."""

from datetime import date

import pytest

from domain.allocation_pool import FreshStart, LeftOut, Pool, months_with_a_round, pool_of
from domain.people import Leave, Person, Post

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
ROUNDS = (5, 7, 9, 11, 1, 3)


def person(id: int, *posts: Post, is_auditor: bool = False, **more: object) -> Person:
    return Person(id, f"Person {id}", f"p{id}@example.org", frozenset(posts), is_auditor=is_auditor, **more)  # type: ignore[arg-type]


def pool(
    *people: Person,
    opted_in: frozenset[int] = frozenset(),
    month_on: date = MAY,
    half_of: date | None = None,
    fresh: FreshStart | None = None,
) -> Pool:
    return pool_of(
        people, month_on=month_on, opted_in=opted_in, round_months=ROUNDS, half_of=half_of, fresh=fresh
    )


@pytest.mark.rule("CA-02", "Q10")
@pytest.mark.parametrize(
    ("someone", "opted_in", "audits"),
    [
        (person(1, Post.TM, is_auditor=True), False, True),
        (person(1, Post.TM), False, False),
        (person(1, Post.SM), False, True),
        (person(1, Post.AD_QA, is_auditor=True), False, False),
        (person(1, Post.AD_QA), True, True),
        (person(1, Post.AD_CARE), True, True),
        (person(1, Post.DCS, is_auditor=True), False, False),
        (person(1, Post.DCS), True, True),
        (person(1, Post.PRACTITIONER), True, False),
    ],
)
def test_service_managers_always_directors_only_when_they_opt_in(
    someone: Person, opted_in: bool, audits: bool
) -> None:
    found = pool(someone, opted_in=frozenset({1} if opted_in else ()))

    assert found.auditor_ids == ((1,) if audits else ())


@pytest.mark.rule("Q10")
def test_a_director_who_did_not_opt_in_is_named() -> None:
    assert pool(person(4, Post.AD_QA)).left_out == ((4, LeftOut.NOT_OPTED_IN),)


@pytest.mark.rule("CA-02")
@pytest.mark.parametrize(
    ("first_on", "last_on", "away"),
    [
        (date(2026, 5, 1), date(2026, 5, 31), True),
        (date(2026, 5, 1), date(2026, 5, 28), False),
        (date(2026, 5, 5), date(2026, 6, 30), False),
    ],
)
def test_whoever_is_away_all_month_is_left_out(first_on: date, last_on: date, away: bool) -> None:
    someone = person(1, Post.IRO, is_auditor=True, leave=(Leave(first_on, last_on),))

    found = pool(someone)

    assert found == (Pool((), ((1, LeftOut.AWAY),)) if away else Pool((1,), ()))


WEDNESDAYS, THURSDAYS = frozenset({2}), frozenset({3})
JUNE_5 = date(2026, 6, 5)
SPRING_BANK_HOLIDAY = date(2026, 5, 25)


@pytest.mark.rule("CA-02", "CA-06")
@pytest.mark.parametrize(
    ("on", "due_on", "leave", "working_days", "away"),
    [
        # Due on Saturday 6 June, so the last working day is Friday the 5th.
        (date(2026, 5, 6), date(2026, 6, 6), (date(2026, 5, 7), date(2026, 7, 31)), None, True),
        (date(2026, 5, 6), date(2026, 6, 6), (JUNE_5, JUNE_5), None, True),
        (date(2026, 5, 6), date(2026, 6, 6), (date(2026, 5, 7), date(2026, 6, 4)), None, False),
        (date(2026, 5, 6), date(2026, 6, 6), (date(2026, 6, 6), date(2026, 7, 31)), None, False),
        # Due on a bank holiday Monday, so the last working day is the Friday before.
        (date(2026, 4, 25), SPRING_BANK_HOLIDAY, (date(2026, 5, 22), date(2026, 5, 22)), None, True),
        (date(2026, 4, 25), SPRING_BANK_HOLIDAY, (SPRING_BANK_HOLIDAY, JUNE_5), None, False),
        # All of May away, and there for all of June's share of it.
        (date(2026, 5, 29), date(2026, 6, 29), (date(2026, 5, 1), date(2026, 5, 31)), None, False),
        # Leave takes every day of the week they work, though not the last of the council's.
        (date(2026, 5, 6), date(2026, 6, 5), (date(2026, 5, 6), date(2026, 6, 3)), WEDNESDAYS, True),
        (date(2026, 5, 6), date(2026, 6, 5), (date(2026, 5, 6), date(2026, 6, 3)), THURSDAYS, False),
    ],
)
def test_a_fresh_start_goes_to_nobody_who_is_away_at_its_end(
    on: date, due_on: date, leave: tuple[date, date], working_days: frozenset[int] | None, away: bool
) -> None:
    someone = person(
        1,
        Post.IRO,
        is_auditor=True,
        leave=(Leave(*leave),),
        working_days=working_days or frozenset(range(5)),
    )

    found = pool(someone, fresh=FreshStart(on, due_on, frozenset({SPRING_BANK_HOLIDAY})))

    assert found == (Pool((), ((1, LeftOut.AWAY),)) if away else Pool((1,), ()))


@pytest.mark.rule("CA-02")
@pytest.mark.parametrize(("left_on", "audits"), [(MAY, False), (date(2026, 5, 2), True), (None, True)])
def test_someone_who_has_left_is_not_in_the_pool(left_on: date | None, audits: bool) -> None:
    found = pool(person(1, Post.TM, is_auditor=True, left_on=left_on))

    assert found.auditor_ids == ((1,) if audits else ())


@pytest.mark.rule("Q1", "CA-01")
def test_a_staggered_pool_audits_half_each_month_so_once_in_two_months() -> None:
    people = [person(number, Post.TM, is_auditor=True) for number in (4, 1, 2, 3)]

    first, second = pool(*people, half_of=MAY), pool(*people, half_of=JUNE, month_on=JUNE)

    assert first.auditor_ids == (2, 4)
    assert second.auditor_ids == (1, 3)
    assert first.left_out == ((1, LeftOut.OTHER_HALF), (3, LeftOut.OTHER_HALF))
    assert pool(*people).auditor_ids == (1, 2, 3, 4)


@pytest.mark.rule("Q1")
def test_someone_found_later_for_a_staggered_round_is_of_the_half_whose_round_it_was() -> None:
    people = [person(number, Post.TM, is_auditor=True) for number in (1, 2)]

    assert pool(*people, half_of=MAY, month_on=JUNE).auditor_ids == (2,)


@pytest.mark.rule("Q1", "CA-01")
@pytest.mark.parametrize(("half_pool", "months"), [(False, (1, 3, 5, 7, 9, 11)), (True, tuple(range(1, 13)))])
def test_a_staggered_pool_has_a_round_in_the_months_between_too(
    half_pool: bool, months: tuple[int, ...]
) -> None:
    assert months_with_a_round(ROUNDS, half_pool=half_pool) == months


@pytest.mark.rule("Q1")
def test_the_month_after_december_is_january() -> None:
    assert months_with_a_round((12, 6), half_pool=True) == (1, 6, 7, 12)
