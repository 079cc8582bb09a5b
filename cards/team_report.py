"""A team's week: its figures, and what its manager answers; and what a service's teams answered (PF-01)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cards.buttons import press, row, turning
from cards.elements import Card, Element, bold, box, card, heading, says, typed
from cards.fields import Form
from cards.notes import note_card
from cards.payloads_performance import (
    AnswerTeamReport,
    ShowNumbers,
    ShowPerformance,
    ShowTeamReport,
    ShowWeeks,
)
from cards.views import HintView, NoteView
from cards.wording import day, excerpt
from domain.performance import Answer

PAGE = 8
SHOWN = 400
"""Characters of a line somebody wrote; the form has all of it."""
PREVIEW = "What the teams answered: open this in Teams."
ANSWERS: Mapping[Answer, str] = {Answer.SEEN: "Seen", Answer.ACTING: "Acting"}


@dataclass(frozen=True, slots=True)
class TeamReportView:
    """What stands under the figures of a team's week."""

    report_id: int
    team_id: int
    answer: Answer | None
    text: str
    answered_by: str
    may_answer: bool
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekView:
    """One team's week in the list of its service manager."""

    report_id: int
    team: str
    week_on: date
    answer: Answer | None
    text: str


def report_foot(view: TeamReportView) -> list[Element]:
    """The ways down to people and cases, and the answer."""
    foot: list[Element] = [
        row(
            press("By person", ShowNumbers("people", view.team_id, 0)),
            press("By case", ShowNumbers("cases", view.team_id, 0)),
            spacing="medium",
        )
    ]
    if view.answer is not None:
        said = f": {excerpt(view.text, SHOWN)[0]}" if view.text else ""
        by = f" ({view.answered_by})" if view.answered_by else ""
        foot.append(box([typed(bold(ANSWERS[view.answer]), f"{said}{by}")], style="good", spacing="medium"))
    if view.may_answer:
        form = Form(view.typed, view.errors)
        foot += [
            *form.text("week_text", "What are you doing about it?", view.text, spacing="medium"),
            row(
                press("Seen", AnswerTeamReport(view.report_id, False, view.nonce), with_inputs=True),
                press("We are acting", AnswerTeamReport(view.report_id, True, view.nonce), with_inputs=True),
            ),
        ]
    return foot


def weeks_card(weeks: tuple[WeekView, ...], start: int) -> Card:
    """What each team of a service answered, newest first."""
    first = min(start, max(0, (len(weeks) - 1) // PAGE * PAGE))
    shown = weeks[first : first + PAGE]
    if not shown:
        text = "No team of yours has had a weekly report lately."
        return note_card(NoteView("What the teams answered", text, (("Performance", ShowPerformance()),)))
    body: list[Element] = [heading("What the teams answered")]
    for one in shown:
        said = ANSWERS[one.answer] if one.answer is not None else "Not answered yet"
        text = f": {excerpt(one.text, SHOWN)[0]}" if one.text else "."
        body += [
            typed(bold(f"{one.team}, week from {day(one.week_on)}"), f"\n{said}{text}", spacing="medium"),
            row(press("Open", ShowTeamReport(one.report_id), tooltip=one.team), spacing="small"),
        ]
    if turns := turning(len(weeks), first, PAGE, ShowWeeks):
        body.append(row(*turns, spacing="medium"))
    body.append(says("Each team's figures open with its line.", subtle=True, spacing="medium"))
    return card(body, preview=PREVIEW, wide=True)
