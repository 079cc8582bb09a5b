"""A page's content as labelled lines to read: for the review, the shared audit and a stale save."""

from collections.abc import Mapping

from cards.wording import day
from domain.framework import Framework
from domain.grades import Grade
from domain.pages import (
    ActionsPage,
    ConversationPage,
    FilePage,
    JourneyPage,
    Mark,
    OverallPage,
    Page,
    Reached,
    SectionPage,
    VoicePage,
)
from domain.rationale import joined

Lines = tuple[tuple[str, str], ...]
"""(label, text), only those that say something."""

_MARKED = {
    Mark.MET: "Met",
    Mark.PARTLY: "Partly met",
    Mark.NOT_MET: "Not met",
    Mark.NOT_APPLICABLE: "Does not apply",
}
_REACHED = {Reached.OBTAINED: "Yes", Reached.NOT_OBTAINED: "No"}


def page_lines(page: Page, framework: Framework, people: Mapping[int, str]) -> Lines:
    """What the page says, in reading order; `people` maps a person's id to their name."""
    match page:
        case JourneyPage():
            lines = [("The child's journey", page.journey), ("What matters most now", page.matters_most)]
        case FilePage():
            lines = [("File read on", day(page.read_on) if page.read_on else ""), ("Note", page.note)]
        case SectionPage():
            lines = _section(page, framework)
        case VoicePage():
            lines = _voice(page)
        case ConversationPage():
            lines = [
                ("Talked on", day(page.held_on) if page.held_on else ""),
                ("Shared and suggested", page.feedback),
                ("The practitioner's reflections", page.reflections),
            ]
        case OverallPage():
            lines = [*_rationale(page), ("What would make it better", page.better)]
            lines += _grade(page.grade, framework)
        case ActionsPage():
            lines = _actions(page, people)
    return tuple((label, text) for label, text in lines if text.strip())


def _rationale(page: SectionPage | OverallPage) -> list[tuple[str, str]]:
    """The three boxes as the one sentence they were written to become (WH-03)."""
    return [("Why", joined(page.judgement, page.action, page.impact))]


def _grade(grade: Grade | None, framework: Framework) -> list[tuple[str, str]]:
    return [("Grade", framework.grade_label(grade))] if grade else []


def _section(page: SectionPage, framework: Framework) -> list[tuple[str, str]]:
    sources = [f"{s.what} ({day(s.on)})" if s.on else s.what for s in page.sources if s.what or s.on]
    items = {item.id: item.text for section in framework.sections for item in section.items}
    marks = [f"{_MARKED[mark]}: {items.get(key, key)}" for key, mark in page.marks.items()]
    tags = [tag.text for tag in framework.tags if tag.id in page.tags]
    return [
        *_rationale(page),
        ("Sources", "\n".join(sources)),
        *_grade(page.grade, framework),
        ("Good practice seen", ", ".join(tags)),
        ("Points marked", "\n".join(marks)),
    ]


def _voice(page: VoicePage) -> list[tuple[str, str]]:
    attempts = [f"{day(attempt.on)}: {attempt.how}" for attempt in page.attempts]
    return [
        ("Views heard", _REACHED[page.reached] if page.reached else ""),
        ("On", day(page.on) if page.on else ""),
        ("What was said", page.summary),
        # What was typed before views were heard after all is no longer true of them.
        ("Why not", "" if page.reached is Reached.OBTAINED else page.reason),
        ("Tries", "\n".join(attempts)),
    ]


def _actions(page: ActionsPage, people: Mapping[int, str]) -> list[tuple[str, str]]:
    lines = []
    for number, action in enumerate(page.written, start=1):
        owner = people.get(action.owner_id, "") if action.owner_id is not None else ""
        by = [owner or "nobody yet", f"by {day(action.due_on)}" if action.due_on else "no day yet"]
        lines.append((f"Action {number} ({', '.join(by)})", action.what))
    if page.none_needed:
        lines.append(("Actions", "No action is needed."))
    return lines
