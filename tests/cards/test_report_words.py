"""Reports in words: what is small is never said to whoever may not open the audits."""

import re
from dataclasses import replace
from datetime import date

import pytest

from cards.headline_words import headline_report
from cards.payloads_reports import AskReportCopy
from cards.report import report_card
from cards.service_words import COLUMNS, PLAN, service_report
from cards.team_words import team_report
from domain.framework import Framework
from domain.grades import Grade
from domain.headline import Headline, Loop, Share, Stage
from domain.pages import VOICES
from domain.reporting import Report, bar
from domain.requisite import NONE, Numbers
from domain.round_found import ActionsFound, RoundFound, SectionFound, ServiceReport, TeamSummary
from tests.chat import text

MAY, MARCH = date(2026, 5, 1), date(2026, 3, 1)
SECTIONS = (
    SectionFound("planning", 24, 10),
    SectionFound("recording", 24, 22),
    SectionFound("assessment", 3, 1),
)
FOUND = RoundFound(
    audits=24,
    grades=dict.fromkeys(Grade, 6),
    regraded=2,
    sections=SECTIONS,
    tags_good=(),
    tags_below=(("GP-03", 3), ("GP-05", 9)),
    actions=ActionsFound(8, 3, 1, 2, 3),
    voices=tuple((key, 21, 24) for key in VOICES),
)
NUMBERS = Numbers(places=18, exempt=1, done=14, under_way=2, without=1)


def numbers_report() -> ServiceReport:
    before = replace(FOUND, sections=(SectionFound("planning", 24, 18), SectionFound("recording", 24, 4)))
    return ServiceReport(MAY, "Conifers", date(2026, 4, 1), 1, NUMBERS, NUMBERS, FOUND, before, MARCH)


def lines(report: Report) -> dict[str, str]:
    return {line.name: line.figure for part in report.parts for line in part.lines}


@pytest.mark.rule("RO-08", "Q23")
def test_a_services_own_numbers_are_told_and_what_is_small_of_its_findings_is_not(
    framework: Framework,
) -> None:
    report = service_report(framework, numbers_report())

    said = lines(report)
    assert said["Done"] == "14 of 17 required"
    assert said["Outstanding"] == "3 (2 under way; 1 without an audit: new, left out, or theirs went back)"
    assert said["Planning"] == "14 of 24 audits"
    assert said["Case recording"] == "fewer than 5 of 24 audits"
    assert "Assessment" not in said
    assert said["The child"] == "nearly all of 24"
    assert said["SMART plan"] == "fewer than 5 of 24 audits"
    assert said["Good records"] == "9 of 24 audits"


@pytest.mark.rule("RO-08")
def test_the_action_plan_begins_with_what_was_found_and_its_trend(framework: Framework) -> None:
    (plan,) = (part for part in service_report(framework, numbers_report()).parts if part.title == PLAN)

    assert plan.columns == COLUMNS
    assert [row[:2] for row in plan.rows] == [
        ("Planning: below Good in 14 of 24 audits", "More often than in March 2026"),
        ("Case recording: below Good in fewer than 5 of 24 audits", "Too few to say"),
        ("", ""),
        ("", ""),
    ]
    assert all(row[2:] == ("", "", "") for row in plan.rows)


@pytest.mark.rule("RO-08")
def test_the_chat_shows_what_the_action_plan_begins_with(framework: Framework) -> None:
    card = text(
        report_card(service_report(framework, numbers_report()), AskReportCopy("service", 1, "nonce"))
    )

    assert "Quarterly action plan, begun" in card
    assert "Planning: below Good in 14 of 24 audits. More often than in March 2026" in card
    assert "Talked through with teams and individuals, begun" not in card


@pytest.mark.rule("CA-20", "CA-23", "PR-01")
def test_a_teams_summary_begins_with_whom_it_heard_and_ends_with_grades(framework: Framework) -> None:
    report = team_report(framework, TeamSummary(MAY, "Conifers 1", FOUND, waiting=1))

    first, *_, last = report.parts
    assert (first.title, last.title) == ("Whose views were heard", "Grades")
    said = lines(report)
    assert said["Confirmed, with proof"] == "3 of 8"
    assert said["Open"] == "3, 1 of them overdue"
    assert said["SMART plan"] == "3 of 24 audits"
    assert "1 audit of the round is still to come." in report.lead
    assert "In 2 audits the Panel's overall grade counts" in repr(report.parts)


@pytest.mark.rule("CA-19", "CA-23")
@pytest.mark.parametrize("smallest", [5, 1])
def test_the_headline_says_first_in_plain_sentences_what_came_of_it(
    framework: Framework, smallest: int
) -> None:
    shares = dict.fromkeys(Stage, Share(3, 20)) | {Stage.LASTED: Share(0, 0)}
    loop = Loop(20, 20, shares)
    view = Headline("Conifers", MARCH, MAY, loop, loop, smallest, (), ())

    report = headline_report(framework, view)

    some = "fewer than 5" if smallest == 5 else "3"
    assert report.lead == (
        "Each of these 20 audits looked closely at a child's life. What was learned was talked through in "
        f"supervision for {some} of 20. Of the actions agreed, {some} of 20 are done. Nobody has looked "
        "again after 90 days yet, so what lasted is not known."
    )
    (first, *_) = report.parts[0].lines
    assert (first.figure, first.before) == (f"{some} of 20 audits", f"{some} of 20 audits")
    assert bool(first.bar) is (smallest == 1)
    if smallest == 5:
        assert not re.search(r"\b[1-4] of", repr(report.parts))


def test_a_headline_of_few_audits_tells_nothing_of_them(framework: Framework) -> None:
    loop = Loop(4, 9, dict.fromkeys(Stage, Share(2, 4)))

    report = headline_report(framework, Headline("", MARCH, MAY, loop, loop, 5, (), ()))

    assert report.lead.startswith("Fewer than 5 audits were submitted")
    assert report.parts == ()


def test_a_service_nobody_of_which_audits_owes_nothing(framework: Framework) -> None:
    report = service_report(framework, replace(numbers_report(), year=NONE, this_round=NONE))

    assert report.lead == "No audit is required of your service so far this year."


@pytest.mark.parametrize(
    ("share", "squares"),
    [((0, 9), 0), ((1, 99), 1), ((5, 10), 5), ((98, 99), 9), ((9, 9), 10)],
)
def test_a_bar_looks_full_or_empty_only_where_it_is(share: tuple[int, int], squares: int) -> None:
    assert bar(*share) == "■" * squares + "□" * (10 - squares)
