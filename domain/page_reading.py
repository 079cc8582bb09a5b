"""Reads what was typed into a page, and puts a page into JSON and back.

Typed values arrive as text under the input names of the cards. A value that makes no sense is reported
beside its field; the page is then not saved, and the card shows everything as it was typed.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from domain.days import parse_uk_date
from domain.framework import Framework
from domain.grades import Grade
from domain.pages import (
    ACTION_LINES,
    ACTIONS,
    CONVERSATION,
    FILE,
    JOURNEY,
    LINE_LIMIT,
    OVERALL,
    SOURCE_LINES,
    TEXT_LIMIT,
    VOICES,
    ActionLine,
    ActionsPage,
    Attempt,
    ConversationPage,
    FilePage,
    JourneyPage,
    Mark,
    OverallPage,
    Page,
    Reached,
    SectionPage,
    Source,
    VoicePage,
)
from domain.written import readable

T = TypeVar("T")


@dataclass(slots=True)
class Typed:
    """Raw inputs and the errors found while reading them."""

    inputs: Mapping[str, object]
    today: date
    errors: dict[str, str] = field(default_factory=dict)
    """Input name to what would be right."""

    def text(self, name: str, limit: int = TEXT_LIMIT) -> str:
        """The text of an input, made readable; longer than the limit it is an error and comes back cut."""
        raw = self.inputs.get(name)
        if raw is None:
            return ""
        if not isinstance(raw, str):
            raw = str(raw) if isinstance(raw, int | float) else ""
        text = readable(raw)
        if len(text) > limit:
            self.errors[name] = f"This is {len(text):,} characters long; please keep it within {limit:,}."
        return text[:limit]

    def line(self, name: str) -> str:
        """The text of an input of one line."""
        return self.text(name, LINE_LIMIT)

    def day(
        self, name: str, *, past: bool = False, future: bool = False, kept: Collection[date | None] = ()
    ) -> date | None:
        """The day of an input, day first; None when empty. `kept` are days that may be past all the same."""
        raw = self.text(name)
        if not raw:
            return None
        try:
            day = parse_uk_date(raw)
        except ValueError:
            self.errors[name] = "Please give the date as day, month and year, for example 3 May 2026."
            return None
        if past and day > self.today:
            self.errors[name] = "This day is still to come; please give the day it happened."
        if future and day < self.today and day not in kept:
            self.errors[name] = "This day has passed; please choose today or later."
        return day

    def choice(self, name: str, kind: Callable[[str], T]) -> T | None:
        """The chosen value; None when nothing is chosen."""
        raw = self.text(name)
        if not raw:
            return None
        try:
            return kind(raw)
        except ValueError:
            self.errors[name] = "Please choose one of the answers shown."
            return None


def read_page(
    key: str, inputs: Mapping[str, object], *, framework: Framework, today: date, before: Page | None
) -> tuple[Page, dict[str, str]]:
    """The page as typed, and what is wrong by input name.

    `before` is the page as saved: attempts are added to it one at a time, and optional marks that the card
    did not show stay as they were.
    """
    typed = Typed(inputs, today)
    page: Page
    if key == JOURNEY:
        page = JourneyPage(typed.text("journey"), typed.text("matters_most"))
    elif key == FILE:
        page = FilePage(typed.day("read_on", past=True), typed.text("note"))
    elif key in VOICES:
        page = _voice(typed, before)
    elif key == CONVERSATION:
        page = ConversationPage(
            typed.day("held_on", past=True), typed.text("feedback"), typed.text("reflections")
        )
    elif key == OVERALL:
        page = OverallPage(typed.choice("grade", Grade), *_rationale(typed), typed.text("better"))
    elif key == ACTIONS:
        page = _actions(typed, before)
    else:
        page = _section(key, typed, framework, before)
    return page, typed.errors


def _rationale(typed: Typed) -> tuple[str, str, str]:
    return typed.text("judgement"), typed.text("action"), typed.text("impact")


def _section(key: str, typed: Typed, framework: Framework, before: Page | None) -> SectionPage:
    marks = dict(before.marks) if isinstance(before, SectionPage) else {}
    for item in framework.section(key).items:
        name = f"mark_{item.id}"
        if name not in typed.inputs:
            continue
        chosen = typed.text(name)
        if chosen in {"", "none"}:
            marks.pop(item.id, None)
        elif (mark := typed.choice(name, Mark)) is not None:
            marks[item.id] = mark
    known = {tag.id for tag in framework.tags}
    tags = tuple(tag for tag in typed.text("tags").split(",") if tag in known)
    sources = tuple(
        Source(typed.line(f"source_{n}"), typed.day(f"source_on_{n}", past=True))
        for n in range(1, SOURCE_LINES + 1)
    )
    return SectionPage(typed.choice("grade", Grade), *_rationale(typed), sources, marks, tags)


def _voice(typed: Typed, before: Page | None) -> VoicePage:
    attempts = before.attempts if isinstance(before, VoicePage) else ()
    on, how = typed.day("attempt_on", past=True), typed.line("attempt_how")
    if on and how:
        attempts = (*attempts, Attempt(on, how))
    elif on or how:
        typed.errors["attempt_how" if on else "attempt_on"] = (
            "An attempt needs both its day and how you tried."
        )
    return VoicePage(
        typed.choice("reached", Reached),
        typed.text("summary"),
        typed.text("reason"),
        typed.day("on", past=True),
        attempts,
    )


def _actions(typed: Typed, before: Page | None) -> ActionsPage:
    # A day agreed weeks ago may have passed since; it is asked for again at submission, and until then it
    # holds up no other change.
    agreed = {line.due_on for line in before.actions} if isinstance(before, ActionsPage) else set()
    lines = []
    for n in range(1, ACTION_LINES + 1):
        owner = typed.choice(f"action_owner_{n}", int)
        due = typed.day(f"action_due_{n}", future=True, kept=agreed)
        line = ActionLine(typed.text(f"action_what_{n}"), owner, due)
        if line.is_blank:
            # A date that was only suggested is no action; words are what makes one.
            continue
        lines.append(line)
    return ActionsPage(tuple(lines), typed.text("none_needed").lower() == "true")


def to_body(page: Page) -> dict[str, object]:
    """The page as plain JSON values, for storage."""
    match page:
        case JourneyPage():
            return {"journey": page.journey, "matters_most": page.matters_most}
        case FilePage():
            return {"read_on": _iso(page.read_on), "note": page.note}
        case SectionPage():
            return {
                "grade": page.grade,
                "judgement": page.judgement,
                "action": page.action,
                "impact": page.impact,
                "sources": [[s.what, _iso(s.on)] for s in page.sources],
                "marks": {item: mark.value for item, mark in page.marks.items()},
                "tags": list(page.tags),
            }
        case VoicePage():
            return {
                "reached": page.reached,
                "summary": page.summary,
                "reason": page.reason,
                "on": _iso(page.on),
                "attempts": [[_iso(a.on), a.how] for a in page.attempts],
            }
        case ConversationPage():
            return {
                "held_on": _iso(page.held_on),
                "feedback": page.feedback,
                "reflections": page.reflections,
            }
        case OverallPage():
            return {
                "grade": page.grade,
                "judgement": page.judgement,
                "action": page.action,
                "impact": page.impact,
                "better": page.better,
            }
        case ActionsPage():
            return {
                "actions": [[a.what, a.owner_id, _iso(a.due_on)] for a in page.actions],
                "none_needed": page.none_needed,
            }


def from_body(key: str, body: Mapping[str, object] | None) -> Page:
    """The page that `to_body` stored; an empty page for None."""
    get: Callable[[str], str] = lambda name: str((body or {}).get(name) or "")  # noqa: E731
    rows: Callable[[str], list[list[str | None]]] = lambda name: list((body or {}).get(name) or [])  # type: ignore[call-overload]  # noqa: E731
    grade = Grade(get("grade")) if get("grade") else None
    if key == JOURNEY:
        return JourneyPage(get("journey"), get("matters_most"))
    if key == FILE:
        return FilePage(_day(get("read_on")), get("note"))
    if key in VOICES:
        attempts = tuple(Attempt(date.fromisoformat(str(on)), str(how)) for on, how in rows("attempts"))
        reached = Reached(get("reached")) if get("reached") else None
        return VoicePage(reached, get("summary"), get("reason"), _day(get("on")), attempts)
    if key == CONVERSATION:
        return ConversationPage(_day(get("held_on")), get("feedback"), get("reflections"))
    if key == OVERALL:
        return OverallPage(grade, get("judgement"), get("action"), get("impact"), get("better"))
    if key == ACTIONS:
        actions = tuple(
            ActionLine(str(what), int(owner) if owner else None, _day(due))
            for what, owner, due in rows("actions")
        )
        return ActionsPage(actions, bool((body or {}).get("none_needed")))
    sources = tuple(Source(str(what or ""), _day(on)) for what, on in rows("sources"))
    marks = (body or {}).get("marks")
    tags = (body or {}).get("tags")
    return SectionPage(
        grade,
        get("judgement"),
        get("action"),
        get("impact"),
        sources or (Source(),) * SOURCE_LINES,
        {str(i): Mark(str(m)) for i, m in marks.items()} if isinstance(marks, Mapping) else {},
        tuple(str(t) for t in tags) if isinstance(tags, list) else (),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
