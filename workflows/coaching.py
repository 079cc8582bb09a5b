"""The rationale coach, asked about a page. People judge; it only asks (SG-04, WH-02 to WH-07)."""

from domain.coach import Hint, hints, hints_for_text, is_bare
from domain.pages import (
    ActionsPage,
    ConversationPage,
    FilePage,
    JourneyPage,
    OverallPage,
    Page,
    SectionPage,
    VoicePage,
)
from workflows.council import Council


def coach(council: Council, page: Page) -> tuple[Hint, ...]:
    """The coach's hints on a page, in the order of its fields."""
    framework = council.framework
    match page:
        case SectionPage():
            sources = [(s.what, s.on) for s in page.sources]
            return hints(page.judgement, page.action, page.impact, page.grade, sources, framework)
        case OverallPage():
            found = hints(page.judgement, page.action, page.impact, page.grade, None, framework)
            return found + hints_for_text("better", page.better, framework)
        case JourneyPage():
            texts = {"journey": page.journey, "matters_most": page.matters_most}
        case FilePage():
            texts = {"note": page.note}
        case VoicePage():
            texts = {"summary": page.summary, "reason": page.reason}
        case ConversationPage():
            texts = {"feedback": page.feedback, "reflections": page.reflections}
        case ActionsPage():
            texts = {f"action_what_{n}": line.what for n, line in enumerate(page.actions, start=1)}
    return tuple(hint for field, text in texts.items() for hint in hints_for_text(field, text, framework))


def blocks(page: Page) -> bool:
    """Whether the framework asks for something before going on: a grade without rationale (CA-15)."""
    return isinstance(page, SectionPage | OverallPage) and is_bare(
        page.judgement, page.action, page.impact, page.grade
    )
