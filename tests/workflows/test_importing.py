from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, NoReturn

import pytest

from domain.audits import AuditState, Returned
from domain.errors import NotAllowed, NotFound
from domain.intake import Cell
from domain.pages import JOURNEY, JourneyPage
from domain.people import Person
from storage.database import Database
from storage.work import View, Work
from tests.builders import (
    NOW,
    Staff,
    a_case,
    a_submitted_audit,
    an_accepted_audit,
    an_allocated_audit,
    save_pages,
)
from tests.dialogs.scripts import everything_stored
from tests.domain.intake_samples import staff_cells
from tests.workflows.lists import Rows, as_csv, cases, staff
from tests.workflows.test_unreachable import undelivered
from workflows import importing
from workflows.council import Council
from workflows.import_outcome import ImportOutcome, ListOutdated
from workflows.importing import TRIES, confirm_list, guess_kind, take_list
from workflows.people import Met, bind_first_contact, recognise
from workflows.sheets import read_tables

PEOPLE = ("people", "person_posts", "teams", "services")
NEXT_DAY = NOW + timedelta(days=1)


def take(council: Council, kind: str, rows: Rows, **given: object) -> ImportOutcome:
    """The outcome of taking this list in."""
    values = {"by": None, "now": NOW, "filename": f"{kind}.csv", "content": as_csv(rows), **given}
    return take_list(council, kind=kind, **values)  # type: ignore[arg-type]


def confirm(council: Council, waiting: ImportOutcome, by: Person | None = None) -> ImportOutcome:
    with council.write() as work:
        return confirm_list(work, council, import_id=waiting.waiting_id, by=by, now=NOW)


def person(view: View, email: str) -> Person:
    found = view.people.by_email(email)
    assert found is not None
    return found


@pytest.mark.rule("CA-02")
def test_a_staff_list_brings_people_with_posts_teams_managers_and_the_pool(council: Council) -> None:
    outcome = take(council, "staff", staff(5))

    assert outcome.saved
    with council.read() as view:
        lead, worker = person(view, "lead@council.gov.uk"), person(view, "worker0@council.gov.uk")
        assert worker.manager_id == lead.id
        assert worker.team_id == lead.team_id
        assert (lead.is_auditor, worker.is_auditor) == (True, False)


@pytest.mark.rule("CA-04")
def test_a_case_list_brings_open_cases(council: Council) -> None:
    take(council, "staff", staff(5))

    assert take(council, "cases", cases(3)).saved

    with council.read() as view:
        found = view.cases.everything()
        assert [case.reference for case in found] == ["CF-00000", "CF-00001", "CF-00002"]
        assert {case.age_band for case in found} == {"5 to 9"}
        assert {case.practitioner_id for case in found} == {person(view, "worker0@council.gov.uk").id}


def test_the_same_file_again_changes_nothing(council: Council) -> None:
    take(council, "staff", staff())
    take(council, "cases", cases())
    before = everything_stored(council, *PEOPLE, "cases", "audits", "notices")

    again = take(council, "staff", staff(), now=NEXT_DAY), take(council, "cases", cases(), now=NEXT_DAY)

    assert all(outcome.saved and not outcome.waiting_id for outcome in again)
    assert everything_stored(council, *PEOPLE, "cases", "audits", "notices") == before


def test_a_trial_changes_nothing(council: Council) -> None:
    before = everything_stored(council)

    outcome = take(council, "staff", staff(), dry_run=True)

    assert not outcome.saved
    assert "nothing was saved" in outcome.summary
    assert everything_stored(council) == before


def test_all_rows_or_none_with_every_problem_in_its_place(council: Council) -> None:
    rows = staff(20)
    rows[4]["E-mail"] = "not an address"
    rows[9]["Posts"] = "Astronaut"
    before = everything_stored(council)

    outcome = take(council, "staff", rows)

    assert outcome.refused
    assert everything_stored(council) == before
    for place in ("Row 6", "“E-mail”", "not an address", "Row 11", "“Posts”", "Astronaut"):
        assert place in outcome.summary


@pytest.mark.rule("SG-01")
def test_a_list_that_would_name_a_child_is_refused_and_nothing_of_it_kept(council: Council) -> None:
    take(council, "staff", staff(5))

    outcome = take(council, "cases", [row | {"Child's name": "Oliver Thistledown"} for row in cases(2)])

    assert outcome.refused
    assert "Child's name" in outcome.summary
    assert "Thistledown" not in outcome.summary + everything_stored(council)


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize("closing", [0, 30])
def test_no_date_of_birth_is_stored_anywhere_even_while_a_list_waits(council: Council, closing: int) -> None:
    take(council, "staff", staff(5))
    rows = cases(40, Age="", Date_of_birth="17/03/2014")
    take(council, "cases", rows)

    waiting = take(council, "cases", rows[closing:], now=NEXT_DAY)
    stored_meanwhile = everything_stored(council)
    if waiting.waiting_id:
        confirm(council, waiting)

    assert bool(waiting.waiting_id) is bool(closing)
    for text in (stored_meanwhile, everything_stored(council)):
        assert "10 to 15" in text
        for written in ("17/03/2014", "2014-03-17", "17 March 2014", "2014, 3, 17", "1703"):
            assert written not in text


@pytest.mark.parametrize("way", ["from another file", "by hand"])
def test_files_that_are_no_table_are_refused_in_plain_words(council: Council, way: str) -> None:
    content = b"PK\x03\x04 damaged" if way == "by hand" else b"%PDF-1.7"

    outcome = take(council, "staff", staff(3), content=content, filename="list.xlsx")

    assert outcome.refused
    assert outcome.summary.startswith("Nothing was imported.")


# --- Leaving and closing -----------------------------------------------------------------------------------


def test_someone_missing_from_a_newer_list_has_left_and_loses_access_at_once(council: Council) -> None:
    rows = staff(40)
    rows[5]["Directory id"] = "7d8e5d0c-0000-4000-8000-00000000000a"
    take(council, "staff", rows)
    gone = rows.pop(5)

    take(council, "staff", rows, now=NEXT_DAY)

    with council.read() as view:
        left = person(view, str(gone["E-mail"]))
        assert left.left_on == council.today(NEXT_DAY)
        assert recognise(view, council, left.directory_id or "", NEXT_DAY) is None


def test_someone_back_on_the_list_is_back(council: Council) -> None:
    rows = staff(40)
    take(council, "staff", rows)
    take(council, "staff", rows[:-1])

    waiting = take(council, "staff", rows, now=NEXT_DAY)

    assert str(rows[-1]["E-mail"]) in waiting.summary
    confirm(council, waiting)
    with council.read() as view:
        assert person(view, str(rows[-1]["E-mail"])).left_on is None


@pytest.mark.rule("SG-05")
def test_a_new_person_at_a_leavers_address_gets_neither_their_record_nor_their_account(
    council: Council,
) -> None:
    rows = staff(40)
    take(council, "staff", rows)
    address = str(rows[5]["E-mail"])
    with council.write() as work:
        leaver = person(work, address)
        work.people.bind(leaver.id, "an-old-account")
    take(council, "staff", [*rows[:5], *rows[6:]])
    rows[5] |= {"Name": "Brand New"}

    assert take(council, "staff", rows, now=NEXT_DAY).saved

    with council.write() as work:
        newcomer = person(work, address)
        assert (newcomer.name, newcomer.directory_id) == ("Brand New", None)
        assert work.people.get(leaver.id).left_on is not None
        assert recognise(work, council, "an-old-account", NEXT_DAY) is None
        bound = bind_first_contact(
            work, council, directory_id="a-new-account", tenant_id="t", addresses=[address], now=NEXT_DAY
        )
        assert bound is Met.KNOWN
        met = recognise(work, council, "a-new-account", NEXT_DAY)
        assert met is not None
        assert met.id == newcomer.id


def test_another_name_and_account_at_an_address_are_two_people_after_the_yes(council: Council) -> None:
    rows = staff(40)
    rows[5]["Directory id"] = "7d8e5d0c-0000-4000-8000-00000000000a"
    take(council, "staff", rows)
    address = str(rows[5]["E-mail"])
    with council.read() as view:
        before = person(view, address)
    rows[5] |= {"Name": "Brand New", "Directory id": "7d8e5d0c-0000-4000-8000-00000000000b"}

    waiting = take(council, "staff", rows)
    confirm(council, waiting)

    assert address in waiting.summary
    with council.read() as view:
        newcomer, gone = person(view, address), view.people.get(before.id)
        assert newcomer.id != before.id
        assert newcomer.directory_id == rows[5]["Directory id"]
        assert gone.left_on is not None
        assert gone.directory_id == before.directory_id


def as_rows(council: Council, people: Sequence[Person]) -> Rows:
    """These people as a staff list gives them."""
    names: dict[str, str] = {
        "practitioner": "Social worker",
        "assistant_team_manager": "Assistant team manager",
        "team_manager": "Team manager",
        "service_manager": "Service manager",
        "practice_consultant": "Practice consultant",
        "quality_assurance_officer": "Quality assurance officer",
        "ad_quality_assurance": "AD Quality Assurance",
    }
    with council.read() as view:
        teams, services = view.people.teams(), view.people.services()
    rows: Rows = []
    for one in people:
        row: dict[str, Cell] = staff_cells(1)
        row |= {
            "Name": one.name,
            "E-mail": one.email,
            "Posts": "; ".join(names[post.value] for post in one.posts),
            "Team": teams[one.team_id].name if one.team_id else "",
            "Service": services[one.service_id].name if one.service_id else "",
            "Auditor": "yes" if one.is_auditor else "no",
        }
        rows.append(row)
    return rows


@pytest.mark.rule("SG-05", "CA-02")
def test_a_leavers_open_audit_goes_back_to_the_office_and_a_shared_one_stays(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        shared = a_submitted_audit(work, council, people, reference="CF-1")
        started = an_accepted_audit(work, people, reference="CF-2")
        fresh = an_allocated_audit(work, people, reference="CF-3")
        everyone = work.people.everyone()
    rows = as_rows(council, [one for one in everyone if one.id != people.auditor.id])

    waiting = take(council, "staff", rows)
    with council.read() as view:
        assert view.people.get(people.auditor.id).left_on is None
    confirm(council, waiting)

    with council.read() as view:
        states = [view.audits.get(audit.id) for audit in (shared, started, fresh)]
        assert [a.state for a in states if a] == [
            AuditState.SUBMITTED,
            AuditState.RETURNED,
            AuditState.RETURNED,
        ]
        assert {a.returned_because for a in states[1:] if a} == {Returned.AUDITOR_LEFT}
        for audit in (started, fresh):
            assert [n.person_id for n in view.notices.of("audit_returned", audit.id)] == [
                people.qa_officer.id
            ]
            assert view.trail.rows(f"audit:{audit.id}")[-1].verb == "returned"
            assert view.notices.of("copies_outdated", audit.id)


@pytest.mark.rule("SG-05")
def test_a_missing_case_closes_and_its_audit_goes_back_with_a_word_to_the_auditor(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people, reference="CF-9001")
        for number in range(30):
            a_case(work, people, f"CF-{number:05}", plan_type="Child in Need")
    listed = [
        row
        | {
            "Lead practitioner": people.practitioner.email,
            "Supervising manager": people.line_manager.email,
            "Opened on": "01/09/2025",
            "Opening contact on": "20/08/2025",
        }
        for row in cases(30)
    ]

    outcome = take(council, "cases", listed, now=NEXT_DAY)

    assert outcome.saved
    with council.read() as view:
        after = view.audits.get(audit.id)
        assert after is not None
        assert (after.state, after.returned_because) == (AuditState.RETURNED, Returned.CASE_CLOSED)
        assert view.cases.get(audit.case_id).closed_on == council.today(NEXT_DAY)
        assert [n.person_id for n in view.notices.of("audit_withdrawn", audit.id)] == [people.auditor.id]
        assert [n.person_id for n in view.notices.of("audit_returned", audit.id)] == [people.qa_officer.id]


def test_what_was_written_in_a_returned_audit_is_kept(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        save_pages(work, audit, {JOURNEY: JourneyPage("Came in May.", "")})
    waiting = take(
        council,
        "cases",
        [
            row | {"Lead practitioner": people.practitioner.email, "Supervising manager": ""}
            for row in cases(1)
        ],
    )
    confirm(council, waiting)

    with council.read() as view:
        page = view.audits.page(audit.id, JOURNEY)
        assert page is not None
        assert page.body["journey"] == "Came in May."


# --- More than usual ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["staff", "cases"])
@pytest.mark.parametrize(
    ("before", "missing", "waits"), [(40, 2, False), (40, 3, True), (300, 10, False), (300, 11, True)]
)
def test_more_than_five_per_cent_or_ten_departures_wait_for_a_yes(
    council: Council, kind: str, before: int, missing: int, waits: bool
) -> None:
    if kind == "cases":
        take(council, "staff", staff(5))
    rows = (staff if kind == "staff" else cases)(before)
    take(council, kind, rows)
    known = everything_stored(council, *PEOPLE, "cases")

    outcome = take(council, kind, rows[:-missing], now=NEXT_DAY)

    assert bool(outcome.waiting_id) is waits
    assert (everything_stored(council, *PEOPLE, "cases") == known) is waits
    if waits:
        done = confirm(council, outcome)
        assert done.saved
        assert f"{missing} {'marked as left' if kind == 'staff' else 'closed'}" in done.summary
        assert everything_stored(council, *PEOPLE, "cases") != known


def test_said_beforehand_to_be_meant_it_does_not_wait(council: Council) -> None:
    rows = staff(40)
    take(council, "staff", rows)

    outcome = take(council, "staff", rows[:20], confirmed=True)

    assert outcome.saved
    with council.read() as view:
        assert len(view.people.everyone()) == 20


def test_a_list_that_waits_is_overtaken_by_a_newer_one_of_its_kind(council: Council) -> None:
    rows = staff(40)
    take(council, "staff", rows)
    first = take(council, "staff", rows[:20])
    take(council, "staff", rows)

    with pytest.raises(NotFound, match="no longer waiting"):
        confirm(council, first)

    with council.read() as view:
        assert len(view.people.everyone()) == 40


def test_a_list_is_confirmed_once_and_its_rows_are_dropped_then(council: Council) -> None:
    rows = staff(40)
    take(council, "staff", rows)
    waiting = take(council, "staff", rows[:20])
    assert "worker0" in everything_stored(council, "imports")

    confirm(council, waiting)

    assert "worker0" not in everything_stored(council, "imports")
    with pytest.raises(NotFound):
        confirm(council, waiting)


def test_another_account_for_a_known_address_waits_for_a_yes(council: Council) -> None:
    rows = staff(40)
    rows[7]["Directory id"] = "7d8e5d0c-0000-4000-8000-00000000000a"
    take(council, "staff", rows)
    rows[7]["Directory id"] = "7d8e5d0c-0000-4000-8000-00000000000b"

    assert take(council, "staff", rows).waiting_id


# --- Who may, and what the trail keeps ---------------------------------------------------------------------


def test_only_the_office_brings_lists(council: Council, people: Staff) -> None:
    for somebody in (people.auditor, people.team_manager, people.ad_qa, people.service_manager):
        with pytest.raises(NotAllowed):
            take(council, "staff", staff(3), by=somebody)
        with pytest.raises(NotAllowed):
            confirm(council, ImportOutcome("staff", "", "", waiting_id=1), by=somebody)


@pytest.mark.rule("SG-05", "SG-01")
def test_every_list_leaves_a_row_without_a_name_in_it(council: Council, people: Staff) -> None:
    take(council, "staff", as_rows(council, [people.qa_officer]), by=people.qa_officer, confirmed=True)

    with council.read() as view:
        row = view.trail.rows("day:2026-05-01")[-1]
    assert (row.verb, row.subject, row.actor) == ("imported staff", "import 1", people.qa_officer.id)
    assert people.qa_officer.name not in str(row)
    assert people.bystander.email not in str(row)


def test_two_people_may_swap_their_addresses(council: Council) -> None:
    rows = staff(40)
    first, second = rows[10], rows[11]
    first["Directory id"] = "7d8e5d0c-0000-4000-8000-00000000000a"
    second["Directory id"] = "7d8e5d0c-0000-4000-8000-00000000000b"
    take(council, "staff", rows)
    first["E-mail"], second["E-mail"] = second["E-mail"], first["E-mail"]

    take(council, "staff", rows, confirmed=True)

    with council.read() as view:
        assert person(view, str(first["E-mail"])).directory_id == first["Directory id"]
        assert person(view, str(first["E-mail"])).name == first["Name"]


def test_a_bound_account_stays_bound_when_the_list_leaves_it_empty(council: Council) -> None:
    take(council, "staff", staff(40))
    with council.write() as work:
        work.people.bind(person(work, "worker3@council.gov.uk").id, "an-account")

    take(council, "staff", staff(40))

    with council.read() as view:
        assert person(view, "worker3@council.gov.uk").directory_id == "an-account"


STAFF_HEADINGS = ("Name", "E-mail", "Posts", "Team", "Service")
CASE_HEADINGS = ("Case ref", "Team", "Social worker", "Plan type", "Gender", "Ethnicity", "Opened")


@pytest.mark.parametrize(
    ("filename", "headings", "kind"),
    [
        # All columns of one kind: whatever else stands there, and whatever the file is called.
        ("april.csv", STAFF_HEADINGS, "staff"),
        ("april.csv", CASE_HEADINGS, "cases"),
        ("cases.csv", (*STAFF_HEADINGS, "Caseload", "Reference"), "staff"),
        ("staff.csv", (*CASE_HEADINGS, "Name", "Service"), "cases"),
        # Some of them: the sender's word, or else the kind with more.
        ("april.csv", STAFF_HEADINGS[:4], "staff"),
        ("caseworkers.csv", STAFF_HEADINGS[:4], "staff"),
        ("cases.csv", STAFF_HEADINGS[:4], "cases"),
        ("Open CASES 2026.csv", STAFF_HEADINGS[:4], "cases"),
        ("staff.csv", CASE_HEADINGS[:6], "staff"),
        ("staff and cases.csv", CASE_HEADINGS[:6], "cases"),
        # As many of either: the file's name.
        ("caseload.csv", ("Team", "Number"), "cases"),
        ("april.csv", ("Team", "Number"), "staff"),
    ],
)
def test_which_list_it_is_shows_in_its_columns(filename: str, headings: tuple[str, ...], kind: str) -> None:
    assert guess_kind(filename, read_tables(",".join(headings).encode(), filename)) == kind


# --- Addresses and accounts that pass on -------------------------------------------------------------------

ADA, BO = "worker10@council.gov.uk", "worker11@council.gov.uk"
ACCOUNT = "7d8e5d0c-0000-4000-8000-00000000000a"


@pytest.mark.parametrize("left_before", [False, True])
def test_somebody_may_take_over_the_address_of_a_leaver(council: Council, left_before: bool) -> None:
    rows = staff(40)
    ada, bo = rows[12], rows[13]
    bo["Directory id"] = ACCOUNT
    take(council, "staff", rows)
    with council.read() as view:
        ada_id, bo_id = person(view, ADA).id, person(view, BO).id
    rows.remove(ada)
    if left_before:
        take(council, "staff", rows)
    bo["E-mail"] = ADA

    outcome = take(council, "staff", rows, now=NEXT_DAY)

    assert outcome.saved
    with council.read() as view:
        assert person(view, ADA).id == bo_id
        assert view.people.get(ada_id).left_on is not None
        assert "@" not in view.people.get(ada_id).email


def test_a_leaver_whose_address_passed_on_is_nobody_on_the_next_list(council: Council) -> None:
    rows = staff(40)
    ada, bo = rows[12], rows[13]
    bo["Directory id"] = ACCOUNT
    take(council, "staff", rows)
    rows.remove(ada)
    bo["E-mail"] = ADA
    take(council, "staff", rows)
    before = everything_stored(council, *PEOPLE)

    take(council, "staff", rows, now=NEXT_DAY)

    assert everything_stored(council, *PEOPLE) == before


# --- Capitals ----------------------------------------------------------------------------------------------


@pytest.mark.rule("Q8")
def test_a_team_in_other_capitals_stays_one_team(council: Council) -> None:
    rows = staff(40)
    take(council, "staff", rows)
    shouted = [row | {"Team": str(row["Team"]).upper(), "Service": "CONIFERS"} for row in rows]
    shouted[7]["Name"] = "Somebody Renamed"

    take(council, "staff", shouted)

    with council.read() as view:
        assert [team.name for team in view.people.teams().values()] == ["Conifers 1"]
        assert [service.name for service in view.people.services().values()] == ["Conifers"]
        assert {p.team_id for p in view.people.everyone() if p.team_id} == set(view.people.teams())


# --- Closed cases ------------------------------------------------------------------------------------------


@pytest.mark.rule("CA-04")
def test_a_closed_case_closes_though_its_worker_has_left(council: Council) -> None:
    take(council, "staff", staff(40))
    rows = cases(40)
    take(council, "cases", rows)
    rows[3] |= {
        "Lead practitioner": "long.gone@council.gov.uk",
        "Team": "Dissolved",
        "Closed on": "30/04/2026",
    }
    rows[4] |= {"Closed on": "29/04/2026"}

    outcome = take(council, "cases", rows)

    assert outcome.saved
    with council.read() as view:
        closed = {case.reference: case for case in view.cases.everything() if case.closed_on}
        assert {case.reference: case.closed_on for case in closed.values()} == {
            "CF-00003": date(2026, 4, 30),
            "CF-00004": date(2026, 4, 29),
        }
        assert closed["CF-00003"].practitioner_id == person(view, "worker0@council.gov.uk").id


def test_closed_cases_that_wait_for_a_yes_close_on_their_own_days(council: Council) -> None:
    take(council, "staff", staff(5))
    rows = cases(20)
    take(council, "cases", rows)
    for row in rows[:15]:
        row["Closed on"] = "28/04/2026"

    waiting = take(council, "cases", rows)
    confirm(council, waiting)

    with council.read() as view:
        assert [case.closed_on for case in view.cases.everything()] == [date(2026, 4, 28)] * 15 + [None] * 5


# --- What others do meanwhile ------------------------------------------------------------------------------


def test_a_refusal_says_where_the_headings_were_read(council: Council) -> None:
    rows = [row | {"Posts": "Wizard"} for row in staff(3)]

    outcome = take(council, "staff", rows, content=b"Report run on,01/05/2026\n" + as_csv(rows))

    assert outcome.refused
    assert "The headings were read in row 2." in outcome.summary


@pytest.mark.parametrize("kind", ["staff", "cases"])
def test_a_file_is_read_and_compared_while_others_may_write(
    council: Council, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    take(council, "staff", staff(5))
    during = watch_writes(council, monkeypatch, "read_tables", "checked", "changes_summary", "case_writes")

    assert take(council, kind, (staff if kind == "staff" else cases)(10)).saved

    assert ("read_tables", False) in during
    assert ("checked", False) in during
    assert not [name for name, within in during if within and name != "changes_summary"]


@pytest.mark.parametrize("kind", ["staff", "cases"])
def test_a_trial_opens_no_transaction_that_writes(
    council: Council, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    take(council, "staff", staff(5))

    def no_writing(_database: Database) -> NoReturn:
        raise AssertionError("a trial wants to write")

    monkeypatch.setattr(Database, "write", no_writing)

    outcome = take(council, kind, (staff if kind == "staff" else cases)(10), dry_run=True)

    assert "nothing was saved" in outcome.summary


def test_a_case_list_is_compared_again_when_staff_change_meanwhile(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(council, "staff", staff(40))
    gone = [row for row in staff(40) if row["E-mail"] != "worker0@council.gov.uk"]
    meanwhile(monkeypatch, lambda: take(council, "staff", gone))

    outcome = take(council, "cases", cases(3))

    assert outcome.refused
    assert "has left" in outcome.summary
    with council.read() as view:
        assert view.cases.everything() == ()


def test_a_directory_id_bound_meanwhile_stays_bound(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(council, "staff", staff(40))
    rows = staff(40)
    rows[5]["Name"] = "Somebody Renamed"

    def bind() -> None:
        with council.write() as work:
            work.people.bind(person(work, str(rows[5]["E-mail"])).id, "an-account")

    meanwhile(monkeypatch, bind)

    assert take(council, "staff", rows).saved

    with council.read() as view:
        found = person(view, str(rows[5]["E-mail"]))
        assert (found.name, found.directory_id) == ("Somebody Renamed", "an-account")


def test_a_list_is_taken_though_staff_change_at_every_try(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(council, "staff", staff(40))

    def touch() -> None:
        with council.write() as work:
            work.people.change(1, {"is_auditor": True})

    tries = meanwhile(monkeypatch, touch, times=TRIES)

    assert take(council, "cases", cases(3)).saved
    assert len(tries) == TRIES
    with council.read() as view:
        assert len(view.cases.open_cases()) == 3


def test_an_officer_who_left_while_the_file_was_read_brings_in_nothing(
    council: Council, people: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything_stored(council, "cases", "imports")

    def leave() -> None:
        with council.write() as work:
            work.people.mark_left([people.qa_officer.id], council.today(NOW))

    meanwhile(monkeypatch, leave)
    rows = [
        row | {"Lead practitioner": people.practitioner.email, "Supervising manager": ""} for row in cases(1)
    ]

    with pytest.raises(NotAllowed):
        take(council, "cases", rows, by=people.qa_officer)

    assert everything_stored(council, "cases", "imports") == before


def test_a_waiting_case_list_whose_people_have_gone_is_asked_for_again(council: Council) -> None:
    take(council, "staff", staff(40))
    take(council, "cases", cases(40))
    waiting = take(council, "cases", cases(20))
    take(council, "staff", [row for row in staff(40) if row["E-mail"] != "worker0@council.gov.uk"])

    with pytest.raises(ListOutdated, match="send it again"):
        confirm(council, waiting)

    with council.read() as view:
        assert len(view.cases.open_cases()) == 40


def watch_writes(council: Council, monkeypatch: pytest.MonkeyPatch, *names: str) -> list[tuple[str, bool]]:
    """(step, whether a writing transaction was open) of each of these steps of an import, as they happen."""
    open_now: list[int] = []
    seen: list[tuple[str, bool]] = []
    really = Database.write

    @contextmanager
    def write(database: Database) -> Iterator[Work]:
        with really(database) as work:
            open_now.append(1)
            try:
                yield work
            finally:
                open_now.pop()

    monkeypatch.setattr(Database, "write", write)
    for name in names:
        monkeypatch.setattr(importing, name, _noted(getattr(importing, name), name, open_now, seen))
    return seen


def _noted(step: Any, name: str, open_now: list[int], seen: list[tuple[str, bool]]) -> Any:
    def noted(*given: Any, **named: Any) -> Any:
        seen.append((name, bool(open_now)))
        return step(*given, **named)

    return noted


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object], times: int = 1) -> list[int]:
    """Do this right after the list has been compared, the first so many times; those times, counted."""
    done: list[int] = []
    really = importing.checked

    def checked(*given: Any) -> Any:
        found = really(*given)
        if len(done) < times:
            done.append(1)
            act()
        return found

    monkeypatch.setattr(importing, "checked", checked)
    return done


@pytest.mark.rule("SG-02")
def test_mail_that_a_wrong_address_did_not_take_goes_to_the_corrected_one(council: Council) -> None:
    rows = staff()
    rows[1]["Directory id"] = ACCOUNT
    rows[1]["E-mail"] = "laed@council.gov.uk"
    for row in rows[2:]:
        row["Manager"] = "laed@council.gov.uk"
    take(council, "staff", rows)
    with council.write() as work:
        lead, worker = (person(work, email) for email in ("laed@council.gov.uk", "worker0@council.gov.uk"))
        for told in (lead, worker):
            undelivered(work, told, "no longer there", kind="safety_alert", medium="email")
            undelivered(work, told, kind="audit_shared")

    outcome = take(council, "staff", [corrected(row) for row in rows], now=NEXT_DAY)

    with council.read() as view:
        mails = {notice.person_id: notice.state for notice in view.notices.of("safety_alert", 1)}
        cards = {notice.person_id: notice.state for notice in view.notices.of("audit_shared", 1)}
    assert mails == {lead.id: "queued", worker.id: "unreachable"}
    assert set(cards.values()) == {"unreachable"}
    assert outcome.queued


def corrected(row: Mapping[str, Cell]) -> dict[str, Cell]:
    return {
        key: "lead@council.gov.uk" if text == "laed@council.gov.uk" else text for key, text in row.items()
    }
