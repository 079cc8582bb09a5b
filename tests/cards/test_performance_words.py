"""Figures on a phone: the worst first, the rest in the copies, and the same figures in both."""

import json
import math
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cards.brief_words import EXCEPTIONS, GLAD
from cards.clinic_words import clinic_report
from cards.elements import Card
from cards.lead_words import lead_report
from cards.numbers_words import numbers_report
from cards.payloads_performance import AskPerformanceCopy
from cards.performance_words import performance_report
from cards.report import report_card
from dialogs.numbers_presses import PAGE
from domain.narratives import BOXES, Report
from domain.numbers import ExceptionLine, Look, NumberLine, Numbers
from domain.performance import ExceptionState
from domain.performance_report import LockedReport, ReportContent, Written, from_body, to_body
from domain.reporting import Report as Told

QUARTER = date(2026, 4, 1)
SERVICES = (
    *("Conifers", "Brambles", "Referral and Assessment", "Early Help", "Children with Disabilities"),
    *("Here4U", "Fostering", "Corporate Parenting"),
)
LINE_LETTERS, SCREEN_LINES = 44, 34
"""What a phone of 360 by 740 shows of our cards, measured in the client and rounded to the careful side."""


def a_line(number: int, look: Look) -> NumberLine:
    return NumberLine(
        name=f"Assessments finished within their working days, kind {number}",
        whose=SERVICES[number % len(SERVICES)],
        figure=f"{40 + number}%",
        before="",
        period="June 2026",
        target="90% or more",
        spark="",
        says="Off target. Two months worse than its normal range: find out what changed.",
        look=look,
        audits="Audits of the last year: Planning below Good in 3 of 7.",
        gap=(50 - number) / 100,
    )


def an_exception_line(line: NumberLine, number: int) -> ExceptionLine:
    return ExceptionLine(
        id=number,
        name=line.name,
        whose=line.whose,
        figure=line.figure,
        period=line.period,
        target=line.target,
        says="outside its normal range",
        owner="Sam Servicemanager",
        reply="Three people left in May and agency cover came late. " * 6 if number % 2 else "",
        action="Two posts are filled from July. " * 5 if number % 2 else "",
        state=ExceptionState.ANSWERED if number % 2 else ExceptionState.OPEN,
        due_on=date(2026, 7, 10),
        gap=line.gap,
    )


def the_worst_quarter() -> ReportContent:
    """Twenty-five indicators, all of them off in some service, and everyone wrote at length."""
    needed = [a_line(number, Look.NEEDED) for number in range(25)]
    others = [a_line(number, look) for number in (30, 31, 32) for look in (Look.GLAD, Look.STEADY)]
    boxes = tuple(
        (box.label, "We looked at every figure with the teams. " * 30) for box in BOXES[Report.QUARTERLY]
    )
    return ReportContent(
        numbers=Numbers("The council", (*needed, *others), hidden=True),
        exceptions=tuple(an_exception_line(line, number) for number, line in enumerate(needed[:20])),
        written=tuple(Written(one, "Sam Servicemanager", boxes, locked=True) for one in SERVICES),
        analysis=(Written("Pia Worker", "Pia Worker", boxes, locked=True),),
    )


def locked(content: ReportContent) -> LockedReport:
    at = datetime(2026, 7, 13, 8, 10, tzinfo=UTC)
    return LockedReport(Report.QUARTERLY, QUARTER, to_body(content), "1.0", at, "4f" * 32)


def told(content: ReportContent, *, brief: bool, lock: bool = True) -> Told:
    return performance_report(
        kind=Report.QUARTERLY,
        period_on=QUARTER,
        content=content,
        locked=locked(content) if lock else None,
        brief=brief,
    )


def card_of(report: Told) -> Card:
    return report_card(report, AskPerformanceCopy(1, "n"))


def screens(card: Card) -> float:
    """About how many phone screens the card takes: its lines of text, and the space between its elements."""
    lines = 0.0
    for element in card["body"]:
        said = element.get("text") or "".join(
            run["text"] if isinstance(run, dict) else run for run in element.get("inlines", ())
        )
        lines += sum(math.ceil(len(part) / LINE_LETTERS) for part in said.split("\n")) if said else 2
        lines += {"small": 0.2, "medium": 0.8}.get(element.get("spacing", ""), 0.5)
    return lines / SCREEN_LINES


def texts(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.rule("PF-08", "PF-09")
def test_the_worst_quarter_fits_three_phone_screens() -> None:
    card = card_of(told(the_worst_quarter(), brief=True))

    assert screens(card_of(told(the_worst_quarter(), brief=False))) > 3
    assert screens(card) < 3


@pytest.mark.rule("PF-02", "PF-04")
def test_the_pack_of_a_clinic_with_everything_off_fits_three_phone_screens() -> None:
    quarter = the_worst_quarter()
    assert quarter.numbers is not None
    boxes = (
        ("Something to celebrate", "The team kept every review on time. " * 20),
        ("Learned", "A lot. " * 90),
    )

    def pack(*, brief: bool) -> Told:
        return clinic_report(
            service="Conifers",
            clinic_on=date(2026, 7, 14),
            numbers=quarter.numbers or Numbers("", ()),
            exceptions=quarter.exceptions,
            said=tuple((name, boxes) for name in SERVICES),
            waiting=("Tam Teammanager",),
            brief=brief,
        )

    assert screens(card_of(pack(brief=False))) > 3
    assert screens(card_of(pack(brief=True))) < 3
    assert "Still to come from: Tam Teammanager." in texts(card_of(pack(brief=True)))


@pytest.mark.rule("PF-08")
def test_the_lead_members_summary_fits_three_phone_screens() -> None:
    assert screens(card_of(lead_report(locked(the_worst_quarter()), brief=True))) < 3


@pytest.mark.rule("PF-01")
def test_a_page_of_figures_that_all_need_a_look_fits_three_phone_screens() -> None:
    quarter = the_worst_quarter()
    assert quarter.numbers is not None
    report = numbers_report(
        quarter.numbers, title="Figures of a service", about="Conifers", lines=quarter.numbers.lines[:PAGE]
    )

    assert screens(card_of(report)) < 3


@pytest.mark.rule("PF-09")
def test_a_card_has_the_figures_furthest_off_and_says_how_many_more_there_are() -> None:
    card = texts(card_of(told(the_worst_quarter(), brief=True)))

    assert all(f"{40 + number}%" in card for number in range(EXCEPTIONS))
    assert f"{40 + EXCEPTIONS}%" not in card
    assert "15 more lines in the Word copy." in card
    assert "Sam Servicemanager: not answered yet." in card
    assert "3 figures are in the Word copy and in Excel." in card


@pytest.mark.rule("PF-08")
def test_every_figure_of_the_card_is_in_the_whole_report() -> None:
    content = the_worst_quarter()
    brief, whole = told(content, brief=True), told(content, brief=False)

    def figures(report: Told) -> set[tuple[str, str]]:
        """(name, the figure and its period at the beginning of each line)."""
        return {
            (line.name, " ".join(line.figure.split()[:4]).rstrip(",."))
            for part in report.parts
            for line in part.lines
            if "%" in line.figure[:4]
        }

    assert len(figures(brief)) >= EXCEPTIONS + GLAD
    assert figures(brief) <= figures(whole)
    assert brief.lead == whole.lead


@pytest.mark.rule("PF-05", "PF-07")
def test_a_locked_report_says_since_when_and_an_open_one_what_is_missing() -> None:
    content = the_worst_quarter()
    waiting = replace(content, written=(*content.written[1:], Written("Here4U", "", (), locked=False)))

    assert (
        "Locked on 13 July 2026: its figures and words stay as they were then."
        in told(content, brief=True).lead
    )
    assert "SHA-256" not in told(content, brief=True).note
    assert "4f" * 32 in told(content, brief=False).note
    assert (
        "This is how it stands so far. 1 part is still to come." in told(waiting, brief=True, lock=False).lead
    )


@pytest.mark.rule("PF-07", "SG-05")
def test_what_is_kept_of_a_report_is_what_stood_in_it() -> None:
    content = the_worst_quarter()

    assert from_body(to_body(content)) == content
    words_alone = replace(content, numbers=None, exceptions=())
    assert from_body(to_body(words_alone)) == words_alone
