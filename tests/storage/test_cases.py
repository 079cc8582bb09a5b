"""Cases as they are kept: by reference, open or closed."""

from collections.abc import Iterator
from datetime import date

import pytest

from storage.work import Work
from tests.builders import Staff, a_case
from workflows.council import Council


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


def test_a_case_comes_back_as_it_was_added(work: Work, people: Staff) -> None:
    added = a_case(work, people, "CF-7", chair_id=people.cover.id)

    found = work.cases.get(added.id)
    assert found == added
    assert (found.reference, found.team_id, found.practitioner_id) == (
        "CF-7",
        people.team.id,
        people.practitioner.id,
    )
    assert (found.supervisor_id, found.chair_id) == (people.line_manager.id, people.cover.id)
    assert (found.plan_type, found.gender, found.age_band, found.ethnicity) == (
        "Child in need",
        "female",
        "5 to 9",
        "White British",
    )
    assert (found.opened_on, found.opening_contact_on, found.closed_on, found.version) == (
        date(2025, 9, 1),
        date(2025, 8, 20),
        None,
        1,
    )


def test_a_case_may_lack_supervisor_chair_and_opening_contact(work: Work, people: Staff) -> None:
    case = a_case(work, people, supervisor_id=None, opening_contact_on=None)

    assert (case.supervisor_id, case.chair_id, case.opening_contact_on) == (None, None, None)


def test_an_unknown_case_is_no_case(work: Work) -> None:
    with pytest.raises(LookupError, match="99"):
        work.cases.get(99)


def test_many_gives_the_known_ones_by_id(work: Work, people: Staff) -> None:
    case = a_case(work, people)

    assert work.cases.many([case.id, 999]) == {case.id: case}
    assert work.cases.many([]) == {}


def test_a_closed_case_is_kept_but_no_longer_open(work: Work, people: Staff) -> None:
    first, second = a_case(work, people, "CF-1"), a_case(work, people, "CF-2")

    work.cases.close([first.id], date(2026, 5, 1))
    work.cases.close([], date(2026, 5, 1))

    assert work.cases.open_cases() == (second,)
    assert [case.reference for case in work.cases.everything()] == ["CF-1", "CF-2"]
    assert (work.cases.get(first.id).closed_on, work.cases.get(first.id).version) == (date(2026, 5, 1), 2)


def test_the_day_a_case_closed_is_not_moved_by_a_later_list(work: Work, people: Staff) -> None:
    case = a_case(work, people, closed_on=date(2026, 4, 1))

    work.cases.close([case.id], date(2026, 5, 1))

    assert work.cases.get(case.id).closed_on == date(2026, 4, 1)


def test_more_cases_than_an_engine_binds_at_once_can_be_closed_and_asked_for(
    work: Work, people: Staff
) -> None:
    case = a_case(work, people)
    ids = range(70_000)

    found = work.cases.many(ids)
    work.cases.close(ids, date(2026, 5, 1))

    assert found == {case.id: case}
    assert work.cases.open_cases() == ()


def test_a_change_sets_what_is_given_and_leaves_the_rest(work: Work, people: Staff) -> None:
    case = a_case(work, people)

    work.cases.change(case.id, {"plan_type": "Child protection"})

    found = work.cases.get(case.id)
    assert (found.plan_type, found.gender, found.version) == ("Child protection", case.gender, 2)
