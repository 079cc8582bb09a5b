"""The round, its pairs and mix, imports, and short messages."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cards.imported import import_card
from cards.line import line_card
from cards.notes import note_card
from cards.payloads import ShowMyAudits
from cards.round import round_card
from cards.round_pairs import place_form
from cards.todo import MOST_ALSO, MOST_LINES, todo_card
from cards.views import (
    ImportView,
    LeftOutRow,
    LineView,
    MixRow,
    NoteView,
    PairRow,
    PlaceFormView,
    RoundView,
    TodoLine,
    TodoView,
)
from tests.cards.card_reading import buttons, inputs, nodes, payload, words

PAIR = PairRow(
    11, "Asha Imagined", "EX-20417", "Brambles North", "Bryn Sample", ("Longest without an audit",), False
)
ROUND = RoundView(
    round_id=3,
    version=2,
    month=date(2026, 5, 1),
    part="progress",
    state="planned",
    auditors=60,
    mix={
        "Team": (
            MixRow("Brambles", 0.30, 0.26, 16),
            MixRow("Conifers", 0.60, 0.63, 38),
            MixRow("Here4U", 0.10, 0.11, 6),
        ),
        "Gender": (MixRow("Girl", 0.5, 0.5, 30), MixRow("Boy", 0.5, 0.5, 30)),
    },
    pairs=(PAIR,),
    start=6,
    pairs_total=60,
    due=44,
    due_covered=41,
    due_within_year=180,
    forecast_shortfall=3,
    conflicts_avoided=1284,
    gave_way=("One auditor has a case of their own service.",),
    unplaced=(),
    excluded=(
        LeftOutRow("case", 5, "EX-1", "EX-1 is left out: on a family holiday."),
        LeftOutRow("swap", 5, "EX-2 for Asha", "EX-2 was swapped away from Asha."),
    ),
    seed=7,
    population_hash="abc" * 20,
    allocate_on=date(2026, 5, 1),
    sent_out=58,
    progress=(("Accepted", 48),),
    returned=((21, "A conflict was declared."), (22, "The case closed.")),
    nonce="n1",
)


@pytest.mark.rule("CA-03", "CA-04")
def test_the_proposal_says_who_is_covered_what_gave_way_and_where_the_mix_differs() -> None:
    said = words(round_card(ROUND))

    assert "41 of 44" in said
    assert "One auditor has a case of their own service." in said
    assert "EX-1 is left out: on a family holiday." in said
    assert "Team: Brambles differs most, 26% of the sample, 30% of the caseload." in said
    assert "Gender: the sample mirrors the caseload." in said


@pytest.mark.rule("CA-05")
def test_a_proposal_is_approved_as_it_stands_and_says_when_it_goes_out() -> None:
    shown = round_card(ROUND)

    assert payload(buttons(shown)["Approve this round"])["version"] == 2
    assert payload(buttons(shown)["Plan again, keep my changes"])["keep"] == "kept"
    assert payload(buttons(shown)["Plan every pair again"])["keep"] == "none"
    assert "go out on \n1 May 2026" in words(shown)


def test_each_thing_left_out_has_its_own_way_back_while_it_is_a_proposal() -> None:
    def ways_back(view: RoundView) -> list[tuple[str, dict[str, Any]]]:
        found = [n for n in nodes(round_card(view)) if n.get("title") == "Bring back"]
        return [(n["tooltip"], payload(n)) for n in found if n["type"] == "Action.Execute"]

    sent = ways_back(ROUND)

    assert [(tip, p["what"], p["subject_id"], p["version"]) for tip, p in sent] == [
        ("Bring back EX-1", "case", 5, 2),
        ("Bring back EX-2 for Asha", "swap", 5, 2),
    ]
    assert len({p["nonce"] for _, p in sent}) == 2
    assert "What you left out or swapped away stays so." in words(round_card(ROUND))
    assert "stays so" not in words(round_card(replace(ROUND, excluded=())))
    for state in ("approved", "allocated"):
        assert ways_back(replace(ROUND, state=state)) == []
        assert "EX-2 was swapped away from Asha." in words(round_card(replace(ROUND, state=state)))


@pytest.mark.rule("Q1")
def test_half_the_pool_can_be_chosen_where_the_round_has_its_month() -> None:
    whole = replace(ROUND, may_stagger=True)
    half = replace(whole, other_half_on=date(2026, 6, 1))
    second = replace(half, may_stagger=False, other_half_on=date(2026, 5, 1))

    assert payload(buttons(round_card(whole))["Plan for half the auditors"])["keep"] == "half"
    assert payload(buttons(round_card(half))["Plan for all auditors"])["keep"] == "whole"
    assert "the others have theirs in June 2026" in words(round_card(half))
    assert "the others have theirs in May 2026" in words(round_card(second))
    assert not {"Plan for half the auditors", "Plan for all auditors"} & buttons(round_card(second)).keys()
    assert "Half of the auditors" not in words(round_card(whole))


def test_what_gives_the_same_proposal_again_names_the_changes() -> None:
    said = words(round_card(ROUND))

    assert "From these and your changes the same proposal can be worked out again." in said


@pytest.mark.parametrize("state", ["approved", "allocated"])
def test_once_approved_nothing_can_be_approved_or_changed_again(state: str) -> None:
    shown = round_card(replace(ROUND, state=state))
    pairs = round_card(replace(ROUND, state=state, part="pairs"))

    assert "Approve this round" not in buttons(shown)
    assert "Change" not in buttons(pairs)
    assert "48" in words(shown)


def test_a_round_under_way_tells_what_was_planned_from_what_went_out() -> None:
    said = words(round_card(replace(ROUND, state="allocated")))

    assert "58 audits\n sent out on 1 May 2026. Planned: 60 cases for 60 auditors." in said


@pytest.mark.rule("CA-04")
def test_the_mix_stands_in_figures_with_a_chart_that_falls_back_to_words() -> None:
    shown = round_card(replace(ROUND, part="mix"))
    chart = next(node for node in nodes(shown) if node["type"] == "Chart.HorizontalBar")

    bars = [(bar["x"], bar["y"]) for bar in chart["data"]]
    assert bars[:2] == [("Brambles, caseload", 30), ("Brambles, sample", 26)]
    assert len(bars) == 6
    assert "Brambles differs most" in words(chart["fallback"])
    assert "26% (16)" in words(shown)
    assert payload(buttons(shown)["Gender"]) == {
        "verb": "round",
        "v": 1,
        "round_id": 3,
        "part": "mix",
        "start": 1,
    }


@pytest.mark.rule("CA-04")
def test_every_bar_has_a_name_that_fits_a_phone_and_the_table_has_all_groups() -> None:
    names = [f"Children with Disabilities and Short Breaks, area {n}" for n in range(9)]
    rows = tuple(MixRow(name, 0.11, 0.11, 5) for name in names)

    shown = round_card(replace(ROUND, part="mix", mix={"Team": rows}))

    chart = next(node for node in nodes(shown) if node["type"] == "Chart.HorizontalBar")
    assert len(chart["data"]) == 12
    assert len({bar["x"] for bar in chart["data"]}) == 12
    assert max(len(bar["x"]) for bar in chart["data"]) <= 50
    assert "the six largest groups" in words(shown)
    assert all(name in words(shown) for name in names)


def test_each_pair_says_why_and_can_be_changed() -> None:
    shown = round_card(replace(ROUND, part="pairs"))

    assert "Pairs 7 to 7 of 60" in words(shown)
    assert "Longest without an audit" in words(shown)
    assert payload(buttons(shown)["Change"])["place_id"] == 11
    assert payload(buttons(shown)["Next pairs"])["start"] == 7
    assert payload(buttons(shown)["Previous pairs"])["start"] == 0


def test_leaving_out_asks_for_a_reason_and_swapping_does_not() -> None:
    shown = place_form(PlaceFormView(3, 2, date(2026, 5, 1), PAIR, "n1"))
    pressed = buttons(shown)

    assert inputs(shown)["exclude_reason"]["isRequired"] is True
    assert pressed["Give this auditor another case"]["associatedInputs"] == "none"
    assert payload(pressed["Leave this case out"])["what"] == "case"
    assert payload(pressed["Leave this auditor out"])["what"] == "auditor"
    assert "associatedInputs" not in pressed["Leave this case out"]


def test_each_returned_audit_is_an_effect_of_its_own() -> None:
    shown = round_card(replace(ROUND, state="allocated", part="returned"))
    sent = [
        payload(n)
        for n in nodes(shown)
        if n.get("title") == "Find a new pair" and n["type"] == "Action.Execute"
    ]

    assert [p["audit_id"] for p in sent] == [21, 22]
    assert len({p["nonce"] for p in sent}) == 2


IMPORT = ImportView("cases", "cases.xlsx", "812 cases read.", (), (), 0, False, 5, "n1")


def test_an_import_with_problems_lists_each_and_offers_nothing_to_confirm() -> None:
    shown = import_card(
        replace(IMPORT, problems=("Row 2, Opened on: not a day.",), more_problems=4, needs_confirmation=True)
    )

    assert "Row 2, Opened on: not a day." in words(shown)
    assert "4 more problems" in words(shown)
    assert buttons(shown) == {}


def test_a_list_that_leaves_out_many_is_confirmed_by_a_press() -> None:
    assert "import_confirm" in str(import_card(replace(IMPORT, needs_confirmation=True)))
    assert buttons(import_card(IMPORT)) == {}


BOXES = (("judgement", "Judgement"), ("impact", "Impact"))
LINE = LineView(7, "planning", "Planning", 3, "The plan has no date.", BOXES, False, False, "n1")


def test_a_typed_line_can_go_into_each_box_or_be_left_out() -> None:
    pressed = buttons(shown := line_card(LINE))

    assert payload(pressed["Add to: Impact"])["box"] == "impact"
    assert payload(pressed["Leave it out"])["verb"] == "drop_line"
    assert "The plan has no date." in words(shown)
    assert "The plan" not in shown["fallbackText"]


def test_a_line_typed_twice_is_asked_about_and_the_safer_place_is_named_once() -> None:
    twice = words(line_card(replace(LINE, repeated=True)))
    first = words(line_card(replace(LINE, first_time=True)))
    later = words(line_card(LINE))

    assert "same line a moment ago" in twice
    assert "Teams' own history" in first
    assert "same line" not in later
    assert "history" not in later


@pytest.mark.rule("PR-02")
def test_the_list_shows_what_is_next_with_why_and_a_button() -> None:
    lines = (
        TodoLine("Carry on", "Six pages to go", date(2026, 5, 31), True, 7, "open"),
        TodoLine("Read", "Your work was audited", None, False, 8, "read"),
        TodoLine("Waiting", "Goes out on the 1st", None, False, 0, "none"),
    )

    shown = todo_card(TodoView("Asha Imagined", lines, ()))

    assert [payload(n)["verb"] for n in nodes(shown) if n["type"] == "Action.Execute"] == [
        "overview",
        "shared",
    ]
    assert "Overdue, was due 31 May 2026" in words(shown)


@pytest.mark.rule("PR-01")
def test_the_list_says_first_that_each_duty_is_about_a_child() -> None:
    lines = (TodoLine("Carry on", "Six pages to go", date(2026, 5, 31), True, 7, "open"),)

    assert "one child" in words(todo_card(TodoView("Asha Imagined", lines, ()))["body"][1])
    assert "one child" not in words(todo_card(TodoView("Asha Imagined", (), ())))


def test_a_long_list_says_how_much_more_there_is() -> None:
    lines = tuple(TodoLine(f"Thing {n}", "", None, False, n, "none") for n in range(MOST_LINES + 3))

    assert "3 more things" in words(todo_card(TodoView("Asha Imagined", lines, ())))


@pytest.mark.rule("PR-02")
def test_what_is_about_no_single_child_stands_below_and_counts_as_to_do() -> None:
    also = tuple(
        TodoLine("A pack to approve", f"Pack {n}", None, False, 0, "none", ("Read", ShowMyAudits()))
        for n in range(MOST_ALSO + 2)
    )

    shown = todo_card(TodoView("Asha Imagined", (), (), also=also))

    assert "up to date" not in words(shown)
    assert "one child" not in words(shown)
    assert "Also yours\nA pack to approve\nPack 0" in words(shown)
    assert f"Pack {MOST_ALSO}" not in words(shown)
    assert "2 more things" in words(shown)
    assert f"You have {MOST_ALSO + 2} things to do." in json.dumps(shown)


def test_a_note_keeps_its_paragraphs_and_buttons() -> None:
    shown = note_card(NoteView("Hello", "One.\n\nTwo.", (("My audits", ShowMyAudits()),), "good"))

    assert words(shown["body"][0]) == "Hello\nOne.\nTwo."
    assert shown["body"][0]["style"] == "good"
    assert list(buttons(shown)) == ["My audits"]
