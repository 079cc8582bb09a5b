"""What a round found in a team, for its manager: the child and family first, grades last.

Source: CA-20, CA-21, CA-23, MO-21, PR-01, VF-02.
"""

from cards.report_words import EXACT, STRONG, WORK_ON, first_names, heard_lines, section_lines, tag_lines
from cards.wording import count
from domain.framework import Framework
from domain.reporting import Line, Part, Report
from domain.round_found import RoundFound, TeamSummary

CLOSING = "What will be different for the next child because of this?"


def team_report(framework: Framework, view: TeamSummary) -> Report:
    """The team's summary, with every number as it is: its manager reads each of these audits."""
    found = view.found
    parts = [
        Part("Whose views were heard", lines=heard_lines(found, EXACT)),
        Part(
            "What is strong",
            says=STRONG if found.strengths else "No section is Good more often than not yet.",
            lines=(
                *section_lines(framework, found.strengths, EXACT, below=False),
                *tag_lines(framework, found.tags_good, found.audits, EXACT),
            ),
        ),
        Part(
            "What to work on",
            says=WORK_ON if found.to_work_on else "No section is below Good.",
            lines=(
                *section_lines(framework, found.to_work_on, EXACT, below=True),
                *tag_lines(framework, found.tags_below, found.audits, EXACT),
            ),
        ),
        Part("Actions", lines=action_lines(found)),
        Part("Grades", says=_regraded(found), lines=grade_lines(framework, found)),
    ]
    return Report(
        f"What the {view.month:%B %Y} round found",
        f"{view.team}, {count(found.audits, 'audit')} submitted",
        _lead(framework, view),
        tuple(parts) if found.audits else (),
        f"{CLOSING} The audits themselves are under “my audits”.",
    )


def action_lines(found: RoundFound) -> tuple[Line, ...]:
    """Where the actions stand (CA-23)."""
    actions = found.actions
    if not actions.agreed:
        return (Line("Agreed", "none"),)
    return (
        Line(
            "Confirmed, with proof",
            f"{actions.confirmed} of {actions.agreed}",
            (actions.confirmed, actions.agreed),
        ),
        Line("Done, to be confirmed", str(actions.done)),
        Line("Open", f"{actions.open}, {actions.overdue} of them overdue"),
    )


def grade_lines(framework: Framework, found: RoundFound) -> tuple[Line, ...]:
    """How many audits have each grade, best first; they are never averaged (Q24)."""
    return tuple(
        Line(framework.grade_label(grade), str(number), (number, found.audits) if number else None)
        for grade, number in found.grades.items()
    )


def _lead(framework: Framework, view: TeamSummary) -> str:
    found = view.found
    waits = f" {count(view.waiting, 'audit of the round is', 'audits of the round are')} still to come."
    if not found.audits:
        return "No audit of your team's work was submitted in this round." + (waits if view.waiting else "")
    text = f"{count(found.audits, 'audit')} looked closely at what children and families live with."
    if found.strengths:
        text += f" Clearest strengths: {first_names(framework, found.strengths)}."
    if found.to_work_on:
        text += f" Most to work on: {first_names(framework, found.to_work_on)}."
    return text + (waits if view.waiting else "")


def _regraded(found: RoundFound) -> str:
    if not found.regraded:
        return ""
    return f"In {count(found.regraded, 'audit')} the Panel's overall grade counts instead of the auditor's."
