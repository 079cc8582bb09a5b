"""Two versions of one page in one, for the moment when neither may be lost and nobody can be asked.

Source: Q16, SG-02: a safety alert waits for nothing, and what was being written stays.
"""

from collections.abc import Callable
from dataclasses import replace

from domain.pages import (
    ACTION_LINES,
    ActionLine,
    ActionsPage,
    ConversationPage,
    FilePage,
    JourneyPage,
    OverallPage,
    Page,
    SectionPage,
    VoicePage,
)


def both(saved: Page, typed: Page) -> Page:
    """The typed page with the saved one's words above its own wherever the two differ.

    A choice or a day typed last counts; where none was typed the saved one stays.
    """
    words = _words(saved)
    match typed:
        case JourneyPage():
            return replace(
                typed,
                journey=words("journey", typed.journey),
                matters_most=words("matters_most", typed.matters_most),
            )
        case FilePage() if isinstance(saved, FilePage):
            return replace(typed, read_on=typed.read_on or saved.read_on, note=words("note", typed.note))
        case SectionPage() if isinstance(saved, SectionPage):
            named = any(source.what or source.on for source in typed.sources)
            return replace(
                typed,
                grade=typed.grade or saved.grade,
                judgement=words("judgement", typed.judgement),
                action=words("action", typed.action),
                impact=words("impact", typed.impact),
                sources=typed.sources if named else saved.sources,
                tags=typed.tags or saved.tags,
            )
        case VoicePage() if isinstance(saved, VoicePage):
            new = (attempt for attempt in typed.attempts if attempt not in saved.attempts)
            return replace(
                typed,
                reached=typed.reached or saved.reached,
                summary=words("summary", typed.summary),
                reason=words("reason", typed.reason),
                on=typed.on or saved.on,
                attempts=(*saved.attempts, *new),
            )
        case ConversationPage() if isinstance(saved, ConversationPage):
            return replace(
                typed,
                held_on=typed.held_on or saved.held_on,
                feedback=words("feedback", typed.feedback),
                reflections=words("reflections", typed.reflections),
            )
        case OverallPage() if isinstance(saved, OverallPage):
            return replace(
                typed,
                grade=typed.grade or saved.grade,
                judgement=words("judgement", typed.judgement),
                action=words("action", typed.action),
                impact=words("impact", typed.impact),
                better=words("better", typed.better),
            )
        case ActionsPage() if isinstance(saved, ActionsPage):
            return replace(typed, actions=_actions(saved.actions, typed.actions))
        case _:
            return typed


def _words(saved: Page) -> Callable[[str, str], str]:
    def joined(field: str, typed: str) -> str:
        standing = str(getattr(saved, field, ""))
        if not standing or standing in typed:
            return typed
        return standing if typed in standing else f"{standing}\n{typed}"

    return joined


def _actions(saved: tuple[ActionLine, ...], typed: tuple[ActionLine, ...]) -> tuple[ActionLine, ...]:
    """The typed actions and those saved meanwhile; what finds no line of its own goes into the last."""
    said = {action.what for action in typed}
    every = (*typed, *(action for action in saved if action.what not in said))
    lines, rest = every[:ACTION_LINES], every[ACTION_LINES:]
    if not rest:
        return lines
    last = replace(lines[-1], what="\n".join(action.what for action in (lines[-1], *rest)))
    return (*lines[:-1], last)
