"""What an auditor types for a page: the inputs of its card, as a client sends them."""

from datetime import date

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


def typed_inputs(page: Page) -> dict[str, str]:
    """Input name to text; clients leave empty inputs out."""
    match page:
        case JourneyPage():
            typed = {"journey": page.journey, "matters_most": page.matters_most}
        case FilePage():
            typed = {"read_on": _day(page.read_on), "note": page.note}
        case SectionPage():
            typed = {**_judged(page), "tags": ",".join(page.tags)}
            for number, source in enumerate(page.sources, start=1):
                typed |= {f"source_{number}": source.what, f"source_on_{number}": _day(source.on)}
            typed |= {f"mark_{item}": mark.value for item, mark in page.marks.items()}
        case VoicePage():
            typed = {"reached": page.reached.value if page.reached else "", "on": _day(page.on)}
            typed |= {"summary": page.summary, "reason": page.reason}
            for attempt in page.attempts:
                typed |= {"attempt_on": _day(attempt.on), "attempt_how": attempt.how}
        case ConversationPage():
            typed = {"held_on": _day(page.held_on), "feedback": page.feedback}
            typed |= {"reflections": page.reflections}
        case OverallPage():
            typed = {**_judged(page), "better": page.better}
        case ActionsPage():
            typed = {"none_needed": "true" if page.none_needed else "false"}
            for number, line in enumerate(page.actions, start=1):
                owner = "" if line.owner_id is None else str(line.owner_id)
                typed |= {f"action_what_{number}": line.what, f"action_owner_{number}": owner}
                typed |= {f"action_due_{number}": _day(line.due_on)}
    return {name: text for name, text in typed.items() if text}


def _judged(page: SectionPage | OverallPage) -> dict[str, str]:
    texts = {"judgement": page.judgement, "action": page.action, "impact": page.impact}
    return {**texts, "grade": page.grade.value if page.grade else ""}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
