"""What a newer list changes, and when a person must look first."""

from dataclasses import replace
from datetime import date

import pytest

from domain.intake_changes import Change, Changes, Departure, case_changes, staff_changes
from domain.intake_lists import CaseRow, ClosedCase, KnownStaff, StaffRow
from domain.people import Post
from tests.domain.intake_samples import TODAY, case_cells, staff_cells, taken_cases, taken_staff

ID = "8f3c1a2b-0000-4000-8000-00000000000a"
OTHER_ID = "8f3c1a2b-0000-4000-8000-00000000000b"


def person(number: int = 1, **changed: object) -> StaffRow:
    row = StaffRow(
        f"Worker {number}",
        f"worker{number}@council.gov.uk",
        frozenset({Post.PRACTITIONER}),
        team="Conifers 1",
    )
    return replace(row, **changed)  # type: ignore[arg-type]


def case(number: int = 1, **changed: object) -> CaseRow:
    row = CaseRow(
        reference=f"CF-{number}",
        team="Conifers 1",
        practitioner_email="lead@council.gov.uk",
        plan_type="Child in Need",
        gender="Female",
        age_band="5 to 9",
        ethnicity="White British",
        opened_on=date(2026, 2, 1),
    )
    return replace(row, **changed)  # type: ignore[arg-type]


def staff(known: list[StaffRow], *listed: StaffRow) -> Changes[StaffRow]:
    return staff_changes([KnownStaff(row) for row in known], listed, TODAY)


def test_importing_the_same_staff_file_again_changes_nothing() -> None:
    cells = [
        staff_cells(
            1, Posts="TM; IRO", Leave_dates="24/12/2026; 03/08/2026-14/08/2026", Working_days="Mon-Thu"
        ),
        staff_cells(2, Manager="worker1@council.gov.uk", Cover="worker1@council.gov.uk", Directory_id=ID),
    ]
    known = [KnownStaff(row) for row in taken_staff(*cells).rows]

    changes = staff_changes(known, taken_staff(*cells).rows, TODAY)

    assert changes.is_empty
    assert changes == Changes(unchanged=2, active_before=2)


def test_importing_the_same_case_file_again_changes_nothing() -> None:
    cells = [case_cells(n) for n in range(1, 4)] + [case_cells(4, Closed_on="30/04/2026")]
    first = case_changes([], taken_cases(*cells).rows, TODAY)

    again = case_changes(first.added, taken_cases(*cells).rows, TODAY)

    assert [row.reference for row in first.added] == ["CF-00001", "CF-00002", "CF-00003"]
    assert again.is_empty
    assert (again.unchanged, again.active_before, again.rebound) == (3, 3, ())


def test_a_list_that_says_nothing_changes_nothing() -> None:
    nothing: Changes[StaffRow] = Changes()

    assert nothing.is_empty
    assert not nothing.needs_confirmation
    assert (nothing.unchanged, nothing.active_before) == (0, 0)


def test_people_are_added_changed_left_and_counted() -> None:
    changes = staff([person(1), person(2), person(3)], person(1), person(2, team="Conifers 2"), person(4))

    assert changes.added == (person(4),)
    assert changes.changed == (Change("worker2@council.gov.uk", person(2, team="Conifers 2"), ("team",)),)
    assert changes.left == (Departure("worker3@council.gov.uk", TODAY),)
    assert (changes.unchanged, changes.active_before) == (1, 3)


def test_a_directory_id_keeps_a_person_who_changes_name_and_address() -> None:
    renamed = person(1, email="new.name@council.gov.uk", name="New Name", directory_id=ID)

    changes = staff([person(1, directory_id=ID)], renamed)

    assert changes.changed == (Change("worker1@council.gov.uk", renamed, ("name", "email")),)
    assert not changes.left


def test_an_address_is_the_same_whatever_its_capitals() -> None:
    assert staff([person(1, email="Worker1@Council.gov.uk")], person(1)).is_empty


@pytest.mark.parametrize(
    "field", ["email", "team", "service", "directory_id", "manager_email", "cover_email"]
)
def test_capitals_alone_are_no_change_of_a_person(field: str) -> None:
    known, listed = person(1, **{field: "One@A.uk"}), person(1, **{field: "one@a.UK"})

    assert staff([known], listed).is_empty


@pytest.mark.parametrize(
    "field", ["reference", "team", "practitioner_email", "supervisor_email", "chair_email"]
)
def test_capitals_alone_are_no_change_of_a_case(field: str) -> None:
    known, listed = case(1, **{field: "One@A.uk"}), case(1, **{field: "one@a.UK"})

    assert case_changes([known], [listed], TODAY).is_empty


@pytest.mark.parametrize("field", ["name", "plan_type", "ethnicity"])
def test_capitals_of_what_people_read_are_a_change(field: str) -> None:
    before, after = {field: "one"}, {field: "One"}

    if field == "name":
        assert staff([person(1, **before)], person(1, **after)).changed[0].fields == ("name",)
    else:
        assert case_changes([case(1, **before)], [case(1, **after)], TODAY).changed[0].fields == (field,)


def test_a_directory_id_bound_at_first_contact_survives_a_list_without_it() -> None:
    changes = staff([person(1, directory_id=ID)], person(1, name="Other"))

    assert changes.changed[0].row.directory_id == ID
    assert changes.changed[0].fields == ("name",)
    assert staff([person(1, directory_id=ID)], person(1)).is_empty


def test_an_address_that_passed_to_somebody_else_makes_a_new_person() -> None:
    moved = person(1, email="moved@council.gov.uk", directory_id=ID)
    newcomer = person(1, name="New Comer")

    for listed in ([moved, newcomer], [newcomer, moved]):
        changes = staff([person(1, directory_id=ID)], *listed)

        assert changes.added == (newcomer,)
        assert [change.fields for change in changes.changed] == [("email",)]


def test_another_directory_id_for_a_known_address_needs_a_second_look() -> None:
    changes = staff([person(1, directory_id=ID)], person(1, directory_id=OTHER_ID))

    assert changes.rebound == ("worker1@council.gov.uk",)
    assert changes.needs_confirmation


def test_the_first_directory_id_of_a_known_person_does_not() -> None:
    changes = staff([person(1)], person(1, directory_id=ID))

    assert changes.changed[0].fields == ("directory_id",)
    assert not changes.needs_confirmation


def test_a_manager_whose_address_changed_is_no_change_for_those_they_manage() -> None:
    boss = person(1, directory_id=ID)
    known = [boss, person(2, manager_email=boss.email, cover_email=boss.email)]
    renamed = replace(boss, email="new@council.gov.uk")

    changes = staff(
        known, renamed, person(2, manager_email="new@council.gov.uk", cover_email="new@council.gov.uk")
    )

    assert [change.key for change in changes.changed] == ["worker1@council.gov.uk"]


GONE_ON = date(2026, 1, 1)


@pytest.mark.parametrize("account", [None, ID])
@pytest.mark.parametrize("listed_account", [None, OTHER_ID])
def test_another_name_at_a_leavers_address_is_a_new_person(
    account: str | None, listed_account: str | None
) -> None:
    leaver = KnownStaff(person(1, directory_id=account), left_on=GONE_ON)
    newcomer = person(1, name="Brand New", directory_id=listed_account)

    changes = staff_changes([leaver, KnownStaff(person(2))], [newcomer, person(2)], TODAY)

    assert changes.added == (newcomer,)
    assert not changes.changed
    assert not changes.left
    assert not changes.needs_confirmation


@pytest.mark.parametrize(
    ("account", "listed_account"), [(None, None), (ID, None), (None, ID), (ID, OTHER_ID)], ids=str
)
@pytest.mark.parametrize("name", ["Worker 1", " worker  1"])
def test_the_same_name_at_a_leavers_address_is_back_after_a_second_look(
    account: str | None, listed_account: str | None, name: str
) -> None:
    leaver = KnownStaff(person(1, directory_id=account), left_on=GONE_ON)

    changes = staff_changes([leaver], [person(1, name=name, directory_id=listed_account)], TODAY)

    assert [change.key for change in changes.changed] == ["worker1@council.gov.uk"]
    assert changes.returned == ("worker1@council.gov.uk",)
    assert changes.needs_confirmation


def test_a_leaver_who_is_back_with_their_own_account_needs_no_second_look() -> None:
    leaver = KnownStaff(person(1, directory_id=ID), left_on=GONE_ON)

    changes = staff_changes([leaver], [person(1, name="New Name", directory_id=ID)], TODAY)

    assert changes.changed[0].fields == ("name", "left_on")
    assert not changes.needs_confirmation


def test_another_account_and_another_name_at_an_address_are_another_person_after_a_second_look() -> None:
    newcomer = person(1, name="Brand New", directory_id=OTHER_ID)

    changes = staff([person(1, directory_id=ID)], newcomer)

    assert changes.added == (newcomer,)
    assert changes.left == (Departure("worker1@council.gov.uk", TODAY),)
    assert (changes.rebound, changes.passed_on) == ((), ("worker1@council.gov.uk",))
    assert changes.needs_confirmation


def test_those_whose_manager_passed_an_address_on_have_another_manager() -> None:
    old, new = person(1, directory_id=ID), person(1, name="Brand New", directory_id=OTHER_ID)
    worker = person(2, manager_email=old.email)

    changes = staff([old, worker], new, worker)

    assert changes.changed == (Change(worker.email, worker, ("manager_email",)),)


def test_somebody_who_is_back_is_a_change_and_one_still_away_is_not_counted_as_leaving() -> None:
    known = [KnownStaff(person(1), left_on=GONE_ON), KnownStaff(person(2), left_on=GONE_ON)]

    changes = staff_changes(known, [person(1)], TODAY)

    assert changes.changed == (Change("worker1@council.gov.uk", person(1), ("left_on",)),)
    assert changes.left == ()
    assert changes.active_before == 0


def test_an_address_both_of_a_leaver_and_of_somebody_here_means_the_one_here() -> None:
    here = KnownStaff(person(1, name="Here"))
    gone = KnownStaff(person(1, name="Gone"), left_on=date(2026, 1, 1))

    for known in ([here, gone], [gone, here]):
        assert staff_changes(known, [person(1, name="Here")], TODAY).is_empty


def test_cases_are_added_changed_closed_and_counted() -> None:
    moved = case(2, team="Conifers 2")
    ended = ClosedCase("cf-4", date(2026, 4, 28))

    changes = case_changes([case(1), case(2), case(3), case(4)], [case(1), moved, ended, case(5)], TODAY)

    assert changes.added == (case(5),)
    assert changes.changed == (Change("CF-2", moved, ("team",)),)
    assert changes.left == (Departure("CF-4", date(2026, 4, 28)), Departure("CF-3", TODAY))
    assert (changes.unchanged, changes.active_before) == (1, 4)


def test_a_case_closed_before_takes_another_closing_day_and_nothing_else() -> None:
    known = case(1, closed_on=date(2026, 4, 1))

    again = case_changes([known], [ClosedCase("CF-1", date(2026, 4, 1))], TODAY)
    later = case_changes([known], [ClosedCase("CF-1", date(2026, 4, 2))], TODAY)

    assert again.is_empty
    assert later.changed == (Change("CF-1", case(1, closed_on=date(2026, 4, 2)), ("closed_on",)),)
    assert later.left == ()


def test_a_closed_case_never_known_is_passed_over() -> None:
    assert case_changes([], [ClosedCase("CF-1", TODAY)], TODAY).is_empty


def test_a_closed_case_that_is_listed_open_is_open_again() -> None:
    changes = case_changes([case(1, closed_on=TODAY)], [case(1)], TODAY)

    assert changes.changed == (Change("CF-1", case(1), ("closed_on",)),)


def test_a_closed_case_missing_from_the_list_stays_closed_and_a_reference_has_no_capitals() -> None:
    changes = case_changes([case(1, closed_on=TODAY), case(2)], [case(2, reference="cf-2")], TODAY)

    assert changes.is_empty


@pytest.mark.parametrize(
    ("known", "gone", "asks"),
    [
        # More than 5 %: 19 people are few enough that one is too many, of 20 one is exactly 5 %.
        (19, 1, True),
        (20, 1, False),
        (20, 2, True),
        (100, 5, False),
        (100, 6, True),
        # More than ten, however small a share.
        (199, 10, True),
        (200, 10, False),
        (1000, 10, False),
        (1000, 11, True),
        (1000, 0, False),
        (0, 0, False),
    ],
)
def test_more_than_five_per_cent_or_more_than_ten_departures_need_confirming(
    known: int, gone: int, asks: bool
) -> None:
    people = [person(n) for n in range(known)]
    caseload = [case(n) for n in range(known)]

    assert staff(people, *people[gone:]).needs_confirmation is asks
    assert case_changes(caseload, caseload[gone:], TODAY).needs_confirmation is asks


def test_those_who_left_before_do_not_water_down_the_share() -> None:
    here = [KnownStaff(person(n)) for n in range(19)]
    gone = [KnownStaff(person(n), left_on=date(2025, 1, 1)) for n in range(100, 200)]

    assert staff_changes(here + gone, [known.row for known in here[1:]], TODAY).needs_confirmation


def test_closings_the_list_gives_itself_count_as_well() -> None:
    caseload = [case(n) for n in range(1000)]
    ended = [ClosedCase(row.reference, date(2026, 4, 1)) for row in caseload[:11]]

    assert case_changes(caseload, [*ended, *caseload[11:]], TODAY).needs_confirmation
