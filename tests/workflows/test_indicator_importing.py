"""Lists of indicators: taken whole or refused whole, corrected by a later one, never emptied by it."""

from collections.abc import Mapping
from datetime import date, timedelta
from io import BytesIO

import pytest
import xlsxwriter

from domain.errors import NotAllowed
from domain.exceptions import Kind
from domain.indicators import Every, Measured, Polarity
from domain.people import Person, Post
from storage.work import View
from tests.builders import NOW, Staff, a_case, a_person
from tests.dialogs.scripts import everything_stored
from tests.workflows.lists import as_csv
from workflows.council import Council
from workflows.import_outcome import ImportOutcome
from workflows.importing import confirm_list, take_list

Row = Mapping[str, str]

STORED = ("indicators", "indicator_values", "exceptions", "notices")


def row(**cells: str) -> dict[str, str]:
    """A row that says all there is to say, of the council in April."""
    told = {
        "Indicator": "Visits in time",
        "Definition": "Visits within the timescale",
        "Polarity": "Higher",
        "Target": "90%",
        "Tolerance": "2",
        "Theme": "Planning",
        "Period": "2026-04",
        "Service": "",
        "Team": "",
        "Practitioner": "",
        "Case reference": "",
        "Value": "87%",
        "Numerator": "",
        "Denominator": "",
    }
    return told | {name.replace("_", " "): value for name, value in cells.items()}


def take(council: Council, *rows: Row, **given: object) -> ImportOutcome:
    """What becomes of this list, which its columns alone tell from others."""
    values = {"by": None, "now": NOW, "filename": "april.csv", "kind": None, **given}
    return take_list(council, content=as_csv(rows), **values)  # type: ignore[arg-type]


def values(view: View) -> dict[tuple[Every, date, str], float]:
    scopes = ["council", *(f"service:{i}" for i in view.people.services())]
    scopes += [f"team:{i}" for i in view.people.teams()]
    found = [*view.indicators.of_scopes(scopes, since=date(2020, 1, 1))]
    for team_id in view.people.teams():
        found += view.indicators.within_team(team_id, since=date(2020, 1, 1))
    return {(one.every, one.period_on, one.measured.scope): one.value for one in found}


@pytest.mark.rule("PF-01", "PF-09")
def test_a_list_brings_indicators_and_figures_down_to_practitioner_and_case(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_case(work, people, "CF-1001")
    team, worker = people.team.id, people.practitioner

    outcome = take(
        council,
        row(Service=people.service.name.upper()),
        row(Team=people.team.name, Value="85%"),
        row(Practitioner=worker.email, Value="50%", Period="2026-W17"),
        row(Case_reference="CF-1001", Value="0", Period="2026-W17"),
        row(Value="1,204", Indicator="Open cases", Polarity="neither", Target="", Tolerance="", Theme=""),
    )

    assert outcome.saved, outcome.summary
    assert outcome.kind == "indicators"
    week = date(2026, 4, 20)
    with council.read() as view:
        assert values(view) == {
            (Every.MONTH, date(2026, 4, 1), f"service:{people.service.id}"): 87.0,
            (Every.MONTH, date(2026, 4, 1), f"team:{team}"): 85.0,
            (Every.WEEK, week, f"person:{team}:{worker.id}"): 50.0,
            (Every.WEEK, week, f"case:{team}:CF-1001"): 0.0,
            (Every.MONTH, date(2026, 4, 1), "council"): 1204.0,
        }
        cases, visits = view.indicators.everything().values()
        assert (visits.polarity, visits.unit, visits.target, visits.tolerance, visits.theme) == (
            Polarity.HIGHER, "%", 90.0, 2.0, "planning",
        )  # fmt: skip
        assert (cases.name, cases.unit, cases.target) == ("Open cases", "", None)


def test_the_same_file_again_changes_nothing(council: Council, people: Staff) -> None:
    rows = (row(), row(Team=people.team.name, Value="61%"))
    take(council, *rows)
    before = everything_stored(council, *STORED)

    again = take(council, *rows, now=NOW + timedelta(days=1))

    assert (again.saved, again.waiting_id) == (True, 0)
    assert "Everything is known already" in again.summary
    assert everything_stored(council, *STORED) == before


@pytest.mark.rule("PF-09", "SG-05")
def test_a_corrected_figure_waits_for_a_yes_and_then_takes_the_place_of_the_old_one(council: Council) -> None:
    take(council, row(), row(Period="2026-03", Value="88%"))
    changed = row(Value="91%")

    waiting = take(council, changed)
    with council.read() as view:
        before = values(view)
    saved = take(council, changed, confirmed=True)

    assert waiting.waiting_id
    assert "1 figure that has been reported would be replaced" in waiting.summary
    april = (Every.MONTH, date(2026, 4, 1), "council")
    assert before[april] == 87.0
    with council.read() as view:
        assert values(view)[april] == 91.0
        assert values(view)[Every.MONTH, date(2026, 3, 1), "council"] == 88.0
    assert saved.saved
    assert "corrected figures" in str(everything_stored(council, "trail"))


def test_a_trial_saves_nothing(council: Council) -> None:
    before = everything_stored(council, *STORED, "imports", "trail")

    outcome = take(council, row(), dry_run=True)

    assert "1 new, 0 corrected" in outcome.summary
    assert everything_stored(council, *STORED, "imports", "trail") == before


@pytest.mark.rule("PF-09")
def test_what_holds_no_figure_is_left_out_and_counted(council: Council) -> None:
    outcome = take(council, row(), row(Period="2026-03", Value="-"), row(Period="2026-02", Value="[c]"))

    assert "2 rows hold no figure" in outcome.summary
    with council.read() as view:
        assert len(values(view)) == 1


@pytest.mark.parametrize(
    ("cells", "fix"),
    [
        ({"Value": "about 5"}, "Write a number"),
        ({"Period": "spring"}, "We cannot read this period"),
        ({"Period": "2026-06"}, "has not begun"),
        ({"Team": "Nowhere 9"}, "No team has this name"),
        ({"Service": "Nowhere"}, "No service has this name"),
        ({"Practitioner": "nobody@council.gov.uk"}, "Nobody with this address"),
        ({"Case reference": "Quill Thistledown"}, "Names are not allowed"),
        ({"Case reference": "CF-9"}, "Nobody knows whose team this is"),
        ({"Polarity": "sideways"}, "which way is good"),
        ({"Polarity": ""}, "This indicator is new"),
        ({"Theme": "Weather"}, "no section or component"),
        ({"Tolerance": "-4"}, "how far off the target"),
        ({"Numerator": "8", "Denominator": "10"}, "make 80%"),
    ],
)
@pytest.mark.rule("SG-01", "PF-09")
def test_every_fault_is_named_with_its_row_and_nothing_is_taken(
    council: Council, people: Staff, cells: Row, fix: str
) -> None:
    outcome = take(council, {**row(), **cells})

    assert outcome.refused
    assert fix in outcome.summary
    assert "Row 2" in outcome.summary
    with council.read() as view:
        assert view.indicators.everything() == {}


@pytest.mark.rule("SG-01")
def test_a_column_of_childrens_names_keeps_the_list_out(council: Council) -> None:
    outcome = take(council, {**row(), "Child's name": "Quill Thistledown"})

    assert outcome.refused
    assert "Quill" not in outcome.summary


@pytest.mark.rule("SG-01")
def test_a_reference_that_is_a_name_is_not_repeated(council: Council) -> None:
    outcome = take(council, row(Case_reference="Thistledown"))

    assert outcome.refused
    assert "Thistledown" not in outcome.summary


def test_two_values_of_one_thing_and_time_are_refused(council: Council) -> None:
    outcome = take(council, row(), row(Value="88%"))

    assert "Row 2 gives another value" in outcome.summary


def test_days_mean_weeks_where_the_indicator_is_weekly(council: Council) -> None:
    take(council, row(Period="13/04/2026"), row(Period="20/04/2026"))

    # The 1st of June is a Monday, and alone would be read as the month.
    take(council, row(Period="01/06/2026"), now=NOW + timedelta(days=40))

    with council.read() as view:
        assert (Every.WEEK, date(2026, 6, 1), "council") in values(view)


def test_a_share_is_made_of_its_parts_where_the_value_is_missing(council: Council) -> None:
    outcome = take(council, row(Value="", Numerator="9", Denominator="12"))

    assert outcome.saved, outcome.summary
    with council.read() as view:
        assert list(values(view).values()) == [75.0]


def test_a_workbooks_percentages_are_read_as_they_are_shown(council: Council) -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Figures")
        share = book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, ["Indicator", "Polarity", "Period", "Value"])
        sheet.write_row(1, 0, ["Visits in time", "higher", "2026-04"])
        sheet.write_number(1, 3, 0.874, share)

    outcome = take_list(
        council, kind=None, filename="april.xlsx", content=content.getvalue(), by=None, now=NOW
    )

    assert outcome.saved, outcome.summary
    with council.read() as view:
        assert list(values(view).values()) == [87.4]


@pytest.mark.rule("PF-09")
def test_a_figure_off_its_target_is_asked_about(council: Council, people: Staff) -> None:
    outcome = take(council, row(Team=people.team.name, Value="60%"), row(Value="95%"))

    assert "One figure needs a word" in outcome.summary
    with council.read() as view:
        (raised,) = view.exceptions.open()
    assert (raised.kind, raised.value, raised.owner_id) == (Kind.TARGET, 60.0, people.team_manager.id)
    assert raised.measured == Measured(people.service.id, people.team.id)
    # Five working days on, the bank holiday not counted.
    assert raised.due_on == date(2026, 5, 11)


@pytest.mark.rule("PF-09")
def test_nobody_is_asked_about_history_brought_in_late(council: Council, people: Staff) -> None:
    take(council, row(Team=people.team.name, Value="60%", Period="2025-12"))

    with council.read() as view:
        assert view.exceptions.open() == ()


@pytest.mark.rule("PF-09")
def test_a_figure_put_right_closes_what_was_asked_and_corrected_back_opens_it_again(
    council: Council, people: Staff
) -> None:
    off, right = (row(Team=people.team.name, Value=value) for value in ("60%", "95%"))
    take(council, off)

    take(council, right, confirmed=True)
    with council.read() as view:
        closed = view.exceptions.open()
    take(council, off, confirmed=True)

    assert closed == ()
    with council.read() as view:
        assert [one.value for one in view.exceptions.open()] == [60.0]


@pytest.mark.rule("PF-09")
def test_a_corrected_figure_that_is_still_off_is_read_as_corrected(council: Council, people: Staff) -> None:
    take(council, row(Team=people.team.name, Value="60%"))

    take(council, row(Team=people.team.name, Value="65%"), confirmed=True)

    with council.read() as view:
        (raised,) = view.exceptions.open()
    assert raised.value == 65.0


@pytest.mark.rule("PF-09")
def test_a_newer_period_overtakes_what_nobody_answered(council: Council, people: Staff) -> None:
    take(council, row(Team=people.team.name, Value="60%", Period="2026-03"))
    take(council, row(Team=people.team.name, Value="61%"))

    with council.read() as view:
        assert [one.period_on for one in view.exceptions.open()] == [date(2026, 4, 1)]


@pytest.mark.rule("PF-01")
def test_a_weeks_figures_are_answered_with_the_team_report_and_not_one_by_one(
    council: Council, people: Staff
) -> None:
    take(council, row(Team=people.team.name, Value="60%", Period="2026-W17"))

    with council.read() as view:
        assert view.exceptions.open() == ()


@pytest.fixture
def analyst(council: Council) -> Person:
    with council.write() as work:
        return a_person(work, "Per Former", Post.PERFORMANCE)


def test_in_chat_every_list_waits_for_a_yes(council: Council, analyst: Person) -> None:
    waiting = take(council, row(), by=analyst)
    with council.read() as view:
        before = view.indicators.everything()
    with council.write() as work:
        done = confirm_list(work, council, import_id=waiting.waiting_id, by=analyst, now=NOW)

    assert (before, done.saved) == ({}, True)
    with council.read() as view:
        assert list(values(view).values()) == [87.0]


def test_only_the_qa_and_the_performance_office_bring_in_indicators(
    council: Council, people: Staff, analyst: Person
) -> None:
    assert take(council, row(), by=people.qa_officer).waiting_id
    with pytest.raises(NotAllowed):
        take(council, row(), by=people.team_manager)
    with pytest.raises(NotAllowed):
        take_list(
            council, kind="staff", filename="staff.csv", content=as_csv([{"Name": "x", "E-mail": "y"}]),
            by=analyst, now=NOW,
        )  # fmt: skip


@pytest.mark.rule("PF-09")
def test_a_list_names_who_answers_for_the_councils_figure_by_post_or_by_e_mail(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        expert = a_person(work, "Ira Expert", Post.SM_IMPACT)
        second = a_person(work, "Pip Expert", Post.LEARNING)

    saved = take(
        council,
        row(Owner="Learning and development lead", Value="50%"),
        row(Indicator="Reviews in time", Owner=people.qa_officer.email.upper(), Value="50%"),
        row(Indicator="Plans in time", Value="50%"),
        row(Indicator="Plans in time", Service=people.service.name, Value="50%", Owner="Learning lead"),
    )
    refused = take(council, row(Owner="Somebody else"), filename="other.csv")

    assert not refused.saved
    assert "one post" in refused.summary
    assert not saved.saved, "“Learning lead” is no post"
    taken = take(
        council,
        row(Owner="Learning and development lead", Value="50%"),
        row(Indicator="Reviews in time", Owner=people.qa_officer.email.upper(), Value="50%"),
        row(Indicator="Plans in time", Value="50%"),
    )
    assert taken.saved, taken.summary
    with council.read() as view:
        asked = {view.indicators.get(one.indicator_id): one.owner_id for one in view.exceptions.open()}
    assert {one.name: owner for one, owner in asked.items() if one} == {
        "Visits in time": second.id,
        "Reviews in time": people.qa_officer.id,
        "Plans in time": expert.id,
    }


@pytest.mark.rule("PF-09")
def test_another_owner_is_a_change_and_none_leaves_the_one_there_is(council: Council, people: Staff) -> None:
    named = row(Owner="Performance officer")
    take(council, named)

    same = take(council, named | {"Owner": ""}, filename="again.csv", now=NOW + timedelta(days=1))
    other = take(council, named | {"Owner": people.ad_qa.email})
    confirmed = take(council, named | {"Owner": people.ad_qa.email}, confirmed=True)

    assert "nothing changes" in same.summary
    assert other.waiting_id
    assert confirmed.saved
    with council.read() as view:
        (found,) = view.indicators.everything().values()
    assert (found.owner_id, found.owner_post) == (people.ad_qa.id, None)
