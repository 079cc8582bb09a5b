"""A list of indicators in a rehearsal: which figures come when, and what is asked of whom about them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.rehearsal.conditions import Conditions
from bot.rehearsal.council import ListRefused, a_council_of_lists
from bot.rehearsal.indicators import Indicators
from bot.rehearsal.whole import rehearse
from cards.payloads_performance import AnswerTeamReport, Explain
from domain.indicators import Every
from tests.bot.commands import Terminal
from tests.bot.rehearsals import FROM, write_lists

Rows = Sequence[tuple[str, str, str]]
"""(period, team, value) of each figure."""
HEADINGS = "Indicator,Good is,Target,Tolerance,Period,Team,Value"


def write_figures(folder: Path, rows: Rows) -> Path:
    """A list of these figures."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"Visits in time,higher,90%,3,{period},{team},{value}" for period, team, value in rows]
    path = folder / "indicators.csv"
    path.write_text("\n".join([HEADINGS, *lines, ""]), encoding="utf-8")
    return path


def coming_of(
    folder: Path, rows: Sequence[tuple[str, str, str]], months: int
) -> list[tuple[date, str, date]]:
    """(day it comes in, length, first day of the period) of each figure, in order."""
    staff, cases = write_lists(folder)
    conditions = Conditions(FROM, months)
    path = write_figures(folder / "figures", rows)
    with a_council_of_lists(conditions, staff, cases) as council:
        indicators = Indicators(council, conditions, path)
    return [(one.at.date(), f.every, f.period_on) for one in indicators.coming for f in one.figures]


@pytest.mark.rule("PF-01")
def test_the_past_comes_first_and_then_again_period_for_period(tmp_path: Path) -> None:
    """Two months and one week before April, rehearsed until the end of May; 4 May is a bank holiday."""
    past = [("2026-02", "Conifers 1", "91%"), ("2026-03", "Conifers 1", "85%"), ("2026-W13", "", "80%")]

    came = coming_of(tmp_path, past, 2)

    first = [one for one in came if one[0] == FROM]
    months = [one for one in came if one[0] > FROM and one[1] == Every.MONTH]
    weeks = [one for one in came if one[0] > FROM and one[1] == Every.WEEK]
    assert {on for _, _, on in first} == {date(2026, 2, 1), date(2026, 3, 23)}
    # March is counted in April; what is counted of May comes in June, which is not rehearsed.
    assert months == [
        (date(2026, 4, 9), Every.MONTH, date(2026, 3, 1)),
        (date(2026, 5, 8), Every.MONTH, date(2026, 4, 1)),
    ]
    assert weeks[0] == (date(2026, 4, 6), Every.WEEK, date(2026, 3, 30))
    assert weeks[-1] == (date(2026, 5, 25), Every.WEEK, date(2026, 5, 18))
    assert len(weeks) == 8


@pytest.mark.rule("PF-01")
def test_figures_of_the_rehearsed_time_come_once_when_their_period_is_over(tmp_path: Path) -> None:
    rows = [("2026-03", "", "91%"), ("2026-04", "", "85%"), ("2026-05", "", "85%")]

    came = coming_of(tmp_path, rows, 2)

    assert came == [
        (date(2026, 4, 9), Every.MONTH, date(2026, 3, 1)),
        (date(2026, 5, 8), Every.MONTH, date(2026, 4, 1)),
    ]


@pytest.mark.rule("PF-01", "PF-09")
def test_teams_look_at_their_week_and_what_is_off_its_target_is_explained(tmp_path: Path) -> None:
    staff, cases = write_lists(tmp_path / "lists")
    conditions = Conditions(FROM, 2)
    rows = [
        ("2026-W12", "Conifers 1", "91%"), ("2026-W12", "Brambles 1", "88%"),
        ("2026-02", "Conifers 1", "92%"), ("2026-02", "Brambles 1", "71%"),
    ]  # fmt: skip
    path = write_figures(tmp_path / "figures", rows)

    with a_council_of_lists(conditions, staff, cases) as council:
        kept, _ = rehearse(council, conditions, tmp_path / "out", indicators=path)

    page = (tmp_path / "out/rehearsal.html").read_text(encoding="utf-8")
    assert kept.presses[AnswerTeamReport.VERB] >= 8
    assert kept.presses[Explain.VERB] >= 1
    assert "The list of indicators holds figures of the time before." in page
    assert not kept.nowhere


def test_a_list_of_indicators_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    staff, cases = write_lists(tmp_path)
    conditions = Conditions(FROM, 1)
    faulty = write_figures(tmp_path / "figures", [("Spring", "Conifers 1", "91%"), ("2026-02", "", "many")])
    other = tmp_path / "notes.csv"
    other.write_text("Dear all\nPlease see below\n", encoding="utf-8")

    with a_council_of_lists(conditions, staff, cases) as council:
        with pytest.raises(ListRefused, match=r"(?s)indicators list.*We cannot read this period.*a number"):
            Indicators(council, conditions, faulty)
        with pytest.raises(ListRefused, match="indicators list"):
            Indicators(council, conditions, other)


def test_the_command_says_what_is_wrong_with_a_list_of_indicators(bare_terminal: Terminal) -> None:
    staff_list, case_list = write_lists(bare_terminal.folder)
    faulty = write_figures(bare_terminal.folder / "figures", [("Spring", "Conifers 1", "91%")])

    ran = bare_terminal.runs(
        "rehearse", "--from", "2026-04-01", "--months", 1, "--staff", staff_list, "--cases", case_list,
        "--indicators", faulty, "--out", bare_terminal.folder / "year",
    )  # fmt: skip

    assert ran.status == 2
    assert "The indicators list cannot be rehearsed with" in ran.err
    assert "We cannot read this period" in ran.err
    assert not (bare_terminal.folder / "year").exists()
