"""A staff list is taken whole or refused whole, with everything that is wrong in it."""

from datetime import date

import pytest

from domain.intake import SHOWN_VALUE, Cell, Refused
from domain.people import Leave, Post
from tests.domain.intake_samples import places, problems, staff, staff_cells, taken_staff

ID = "8f3c1a2b-0000-4000-8000-00000000000a"


def test_a_full_row_becomes_a_person() -> None:
    taken = taken_staff(
        staff_cells(1, Posts="TM; IRO", Name="Ada  Zed", Team="Conifers 1", Service="Conifers Service"),
        staff_cells(
            2,
            Directory_id=ID.upper(),
            Manager="Ada Zed",
            Working_days="Mon-Thu",
            Leave_dates="24/12/2026",
            Cover="WORKER1@council.gov.uk",
            Auditor="yes",
        ),
    )

    first, second = taken.rows
    assert (first.name, first.service) == ("Ada Zed", "Conifers")
    assert first.posts == {Post.TM, Post.IRO}
    assert second.directory_id == ID
    assert (second.manager_email, second.cover_email) == ("worker1@council.gov.uk", "worker1@council.gov.uk")
    assert second.working_days == {0, 1, 2, 3}
    assert second.leave == (Leave(date(2026, 12, 24), date(2026, 12, 24)),)
    assert second.is_auditor


@pytest.mark.rule("CA-02")
@pytest.mark.parametrize(
    ("post", "audits"),
    [
        ("SM", True),
        ("TM", True),
        ("ATM", True),
        ("PSW", True),
        ("PC", True),
        ("CP chair", True),
        ("IRO", True),
        ("Social worker; PC", True),
        ("Social worker", False),
        ("AD Quality Assurance", False),
        ("AD Social Care and Early Help", False),
        ("DCS", False),
        ("QAO", False),
    ],
)
def test_without_a_word_about_it_the_post_says_who_audits(post: str, audits: bool) -> None:
    assert taken_staff(staff_cells(Posts=post)).rows[0].is_auditor is audits


@pytest.mark.rule("CA-02")
def test_the_list_can_take_somebody_out_of_the_pool_and_let_an_assistant_director_in() -> None:
    taken = taken_staff(
        staff_cells(1, Posts="TM", Auditor="no"),
        staff_cells(2, Posts="AD QA", Auditor="yes"),
        staff_cells(3, Posts="AD Social Care", Auditor="yes"),
    )

    assert [row.is_auditor for row in taken.rows] == [False, True, True]
    assert [remark for remark in taken.remarks if remark.row] == []


def test_an_auditor_outside_the_pool_is_taken_with_a_remark() -> None:
    taken = taken_staff(staff_cells(1, Auditor="yes"), staff_cells(2, Posts="QA officer"))

    assert taken.rows[0].is_auditor
    assert [(remark.row, remark.column) for remark in taken.remarks] == [(2, "Auditor")]


@pytest.mark.rule("Q10")
@pytest.mark.parametrize(("auditor", "told"), [("no", [(2, "Auditor")]), ("yes", []), ("", [])])
def test_a_service_manager_told_not_to_audit_is_told_to_audit_nevertheless(
    auditor: str, told: list[tuple[int, str]]
) -> None:
    taken = taken_staff(
        staff_cells(1, Posts="SM", Auditor=auditor), staff_cells(2, Posts="QA officer", Auditor="no")
    )

    assert [(remark.row, remark.column) for remark in taken.remarks] == told
    assert all("no effect" in remark.text for remark in taken.remarks)


@pytest.mark.rule("CA-02")
@pytest.mark.parametrize(
    ("posts", "auditor", "missing"),
    [
        (("Social worker", "QA officer"), "", ["Nobody in this list audits"]),
        (("TM", "QA officer"), "no", ["Nobody in this list audits"]),
        (("SM", "QA officer"), "no", []),
        (("TM", "Social worker"), "", ["Nobody in this list works in the QA office"]),
        (("TM", "SM Quality Assurance"), "", []),
        (("TM", "SM Impact and Intelligence"), "", []),
        (
            ("Social worker",),
            "",
            ["Nobody in this list audits", "Nobody in this list works in the QA office"],
        ),
    ],
)
def test_a_list_without_an_auditor_or_a_qa_office_is_taken_with_a_remark(
    posts: tuple[str, ...], auditor: str, missing: list[str]
) -> None:
    rows = [staff_cells(n, Posts=post, Auditor=auditor if n == 0 else "") for n, post in enumerate(posts)]

    remarks = [remark for remark in taken_staff(*rows).remarks if remark.row is None]

    assert len(remarks) == len(missing)
    assert all(remark.text.startswith(text) for remark, text in zip(remarks, missing, strict=True))


def test_who_is_missing_is_not_said_of_a_list_that_could_not_be_read() -> None:
    told = staff(staff_cells(Posts="Wizard"))

    assert isinstance(told, Refused)
    assert told.remarks == ()


def test_every_problem_is_told_with_row_column_value_and_what_would_be_right() -> None:
    told = problems(
        staff(
            staff_cells(1, Name="", Posts="Wizard"),
            staff_cells(2, **{"E-mail": "nobody"}, Working_days="sometimes", Leave_dates="August"),
            staff_cells(3, Directory_id="77", Auditor="perhaps", Team=""),
        )
    )

    assert [(problem.row, problem.column, problem.value) for problem in told] == [
        (2, "Posts", "Wizard"),
        (2, "Name", ""),
        (3, "E-mail", "nobody"),
        (3, "Working days", "sometimes"),
        (3, "Leave dates", "August"),
        (4, "Team", ""),
        (4, "Directory id", "77"),
        (4, "Auditor", "perhaps"),
    ]
    assert all(problem.fix.endswith(".") for problem in told)


def test_problems_and_remarks_stand_in_the_order_of_the_rows() -> None:
    told = staff(
        staff_cells(1, Auditor="yes", Manager="Nobody Known"),
        staff_cells(2, Posts="Wizard", Team="Fir 1", Service="Fostering"),
        staff_cells(3, Auditor="yes", Name=""),
    )

    assert [row for row, _ in places(told)] == [2, 3, 4]
    assert isinstance(told, Refused)
    assert [(remark.row, remark.column) for remark in told.remarks] == [
        (2, "Auditor"),
        (4, "Auditor"),
        (3, "Service"),
    ]


@pytest.mark.parametrize("name", ["A" * 120, "Ó Néill", "李 雷", "Anne-Marie O’Dell"])
def test_names_of_every_kind_are_taken(name: str) -> None:
    assert taken_staff(staff_cells(Name=name)).rows[0].name == name


@pytest.mark.parametrize("name", ["A" * 121, "--", "Ada 7", *(f"Ada {mark} Zed" for mark in "@=<>|{}[]")])
def test_what_is_no_name_is_refused(name: str) -> None:
    assert places(staff(staff_cells(Name=name))) == [(2, "Name")]


def test_a_faulty_value_is_cut_short() -> None:
    told = problems(staff(staff_cells(Working_days="x" * 5000)))

    assert len(told[0].value) == SHOWN_VALUE


def test_nobody_stands_in_the_list_twice() -> None:
    told = staff(
        staff_cells(1, Directory_id=ID),
        staff_cells(2, **{"E-mail": "Worker1@COUNCIL.gov.uk"}),
        staff_cells(3, Directory_id=ID),
    )

    assert places(told) == [(3, "E-mail"), (4, "Directory id")]


def test_a_team_belongs_to_one_service() -> None:
    told = staff(staff_cells(1), staff_cells(2, Service="Brambles"))

    assert places(told) == [(3, "Service")]
    assert "“Conifers”" in problems(told)[0].fix


def test_a_team_takes_its_service_from_any_of_its_rows_and_one_spelling() -> None:
    taken = taken_staff(staff_cells(1, Service=""), staff_cells(2, Team="CONIFERS  1"))

    assert {(row.team, row.service) for row in taken.rows} == {("Conifers 1", "Conifers")}


def test_a_team_without_a_service_anywhere_is_asked_about_once() -> None:
    assert places(staff(staff_cells(1, Service=""), staff_cells(2, Service=""))) == [(2, "Service")]


@pytest.mark.parametrize("post", ["Social worker", "TM", "ATM"])
def test_those_who_work_in_teams_need_one(post: str) -> None:
    assert places(staff(staff_cells(Posts=post, Team=""))) == [(2, "Team")]


def test_others_need_no_team_but_a_service_manager_needs_a_service() -> None:
    assert taken_staff(staff_cells(Posts="IRO", Team="", Service="")).rows[0].team is None
    assert places(staff(staff_cells(Posts="SM", Team="", Service=""))) == [(2, "Service")]


def test_a_near_miss_of_a_service_is_a_slip_and_another_name_a_remark() -> None:
    slip = staff(staff_cells(Service="Conifer"))
    other = taken_staff(
        staff_cells(1, Team="Fostering 1", Service="Fostering"), staff_cells(2, Posts="TM; QA officer")
    )

    assert places(slip) == [(2, "Service")]
    assert "“Conifers”" in problems(slip)[0].fix
    assert other.rows[0].service == "Fostering"
    assert [remark.column for remark in other.remarks] == ["Service"]


def test_managers_and_cover_are_found_by_address_or_by_a_name_only_one_person_has() -> None:
    told = staff(
        staff_cells(1, Name="Ada Zed"),
        staff_cells(2, Name="Sam Twin"),
        staff_cells(3, Name="Sam Twin", Manager="Zed, Ada"),
        staff_cells(4, Manager="Sam Twin"),
        staff_cells(5, Manager="Nobody Known"),
        staff_cells(6, Cover="mailto:left@council.gov.uk", Manager="mailto:Worker1@council.gov.uk"),
        staff_cells(7, Name="Own Boss", Manager="Own Boss"),
    )

    assert places(told) == [(5, "Manager"), (6, "Manager"), (7, "Cover"), (8, "Manager")]
    assert "2 people" in problems(told)[0].fix


def test_nobody_covers_for_themselves() -> None:
    told = staff(staff_cells(1, Cover="worker1@council.gov.uk"))

    assert places(told) == [(2, "Cover")]


def test_people_who_manage_one_another_in_a_circle_are_told_once() -> None:
    told = staff(
        staff_cells(1, Manager="worker3@council.gov.uk"),
        staff_cells(2, Manager="worker1@council.gov.uk"),
        staff_cells(3, Manager="worker2@council.gov.uk"),
        staff_cells(4, Manager="worker3@council.gov.uk"),
    )

    assert places(told) == [(2, "Manager")]
    assert "2, 3 and 4" in problems(told)[0].fix


def test_a_list_without_people_is_refused_so_that_nobody_is_marked_as_left() -> None:
    blank: dict[str, Cell] = dict.fromkeys(staff_cells(), "")

    assert "nobody is marked as left" in problems(staff(blank))[0].fix


def test_empty_rows_between_people_are_passed_over() -> None:
    blank: dict[str, Cell] = dict.fromkeys(staff_cells(), "")

    told = staff(staff_cells(1), blank, staff_cells(2, Posts="Wizard"))

    assert places(told) == [(4, "Posts")]


@pytest.mark.rule("PF-08")
def test_a_lead_member_is_taken_with_that_post_alone() -> None:
    taken = taken_staff(staff_cells(1, Posts="Cabinet Member for Children", Team="", Service=""))

    assert taken.rows[0].posts == {Post.LEAD_MEMBER}
    assert not taken.rows[0].is_auditor


@pytest.mark.rule("PF-08")
@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"Posts": "Lead Member; IRO"}, "holds no post of the staff"),
        ({"Posts": "Lead Member", "Team": "Conifers 1", "Service": "Conifers"}, "belongs to no team"),
        ({"Posts": "Lead Member", "Auditor": "yes"}, "does not audit"),
    ],
)
def test_a_lead_member_with_a_part_in_the_staffs_work_is_refused(cells: dict[str, str], says: str) -> None:
    assert says in str(problems(staff(staff_cells(1, **cells))))


@pytest.mark.rule("PF-08")
@pytest.mark.parametrize("part", ["Manager", "Cover"])
def test_a_lead_member_neither_manages_nor_covers_anybody(part: str) -> None:
    councillor = staff_cells(1, Posts="Lead Member", Team="", Service="")
    worker = staff_cells(2, **{part: "worker1@council.gov.uk"})

    assert "neither manages nor covers" in str(problems(staff(councillor, worker)))
