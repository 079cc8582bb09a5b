from collections.abc import Sequence
from datetime import timedelta

import pytest

from domain.audits import AuditState, Returned
from domain.errors import NotAllowed, NotFound
from domain.intake import Cell
from domain.pages import JOURNEY, JourneyPage
from domain.people import Person
from storage.work import View
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
from workflows.council import Council
from workflows.importing import ImportOutcome, confirm_list, guess_kind, take_list
from workflows.people import recognise

PEOPLE = ("people", "person_posts", "teams", "services")
NEXT_DAY = NOW + timedelta(days=1)


def take(council: Council, kind: str, rows: Rows, **given: object) -> ImportOutcome:
    """The outcome of taking this list in, in a transaction of its own."""
    values = {"by": None, "now": NOW, "filename": f"{kind}.csv", "content": as_csv(rows), **given}
    with council.write() as work:
        return take_list(work, council, kind=kind, **values)  # type: ignore[arg-type]


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

    take(council, "staff", rows, now=NEXT_DAY)

    with council.read() as view:
        assert person(view, str(rows[-1]["E-mail"])).left_on is None


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


@pytest.mark.parametrize(
    ("filename", "headings", "kind"),
    [
        ("april.csv", ("Name", "E-mail", "Posts"), "staff"),
        ("april.csv", ("Reference", "Team"), "cases"),
        ("open cases.xlsx", ("Ref", "Team"), "cases"),
        ("list.csv", ("Number", "Plan type"), "cases"),
    ],
)
def test_which_list_it_is_shows_in_its_headings(filename: str, headings: tuple[str, ...], kind: str) -> None:
    assert guess_kind(filename, headings) == kind
