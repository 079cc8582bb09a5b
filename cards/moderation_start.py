"""The start of a moderation: the audit in short, every way to read it, and when the file was read.

The child comes first, then what the auditor judged, grade by grade. Source: MO-07, MO-08, PR-01.
"""

from cards.buttons import press, row, toggle
from cards.elements import (
    Button,
    Card,
    Element,
    bold,
    box,
    card,
    columns,
    heading,
    run,
    says,
    typed,
)
from cards.fields import Form
from cards.moderation_frame import alert, head_line, notices, other_version, reading, safe_today, ways_on
from cards.moderation_words import section_title, title_of, why_chosen
from cards.payloads_panel import (
    AskHandOver,
    ShowModeration,
    ShowPanel,
    TakeModeration,
)
from cards.views import ReviewPart
from cards.views_panel import ModerationView
from cards.wording import excerpt
from domain.moderation_parts import DECIDE, START
from domain.pages import JOURNEY, OVERALL

_OPENING = 300
_JUDGEMENT = 220
"""Characters of what stands here in short; each part can be read in full."""


def start_card(view: ModerationView, limit: int) -> Card:
    """The audit in short, with the day the file was read; `limit` shortens another's saved text."""
    found = view.found
    form = Form(view.typed, view.hints)
    body: list[Element] = [
        head_line(view),
        heading(title_of(START)),
        *_opening(view),
        *notices(view),
        *safe_today(view),
        *other_version(view, limit),
        typed(
            f"{found.file.practitioner.name}, {found.file.team.name}. Audited by {found.file.auditor.name}.",
            subtle=True,
        ),
        typed(run(why_chosen(found.moderation), subtle=True), spacing="small"),
        *_auditors_view(view),
        *_ways_to_read(view),
        *_whose(view),
    ]
    if found.can_fill:
        body += [
            *form.date("file_read_on", "The day you read the child's file", found.form.file_read_on),
            says("Facts are right and complete only beside the file itself.", subtle=True, spacing="small"),
            *ways_on(view),
        ]
    else:
        body.append(row(press("The form", ShowModeration(found.moderation.id, DECIDE)), _queue()))
        body.append(row(alert(view), spacing="small"))
    return card(body, preview="An audit to moderate.", wide=True)


def _opening(view: ModerationView) -> list[Element]:
    """The child first: what matters most, before any grade (PR-01)."""
    journey = _part(view, JOURNEY)
    if journey is None or not journey.lines:
        return []
    label, text = journey.lines[-1]
    return [box([typed(bold(label)), typed(excerpt(text, _OPENING)[0], spacing="small")], style="emphasis")]


def _auditors_view(view: ModerationView) -> list[Element]:
    """The auditor's judgement and grades, the whole first."""
    found, framework = view.found, view.framework
    overall = _part(view, OVERALL)
    judged = next((text for label, text in overall.lines if label == "Why"), "") if overall else ""
    grades: list[Element | str] = []
    for key, grade in found.original.sections.items():
        grades += [
            f"{', ' if grades else ''}{section_title(framework, key)}: ",
            bold(framework.grade_label(grade)),
        ]
    return [
        typed("The auditor's grade of the whole: ", bold(framework.grade_label(found.original.overall))),
        *([typed(excerpt(judged, _JUDGEMENT)[0], spacing="none")] if judged else []),
        *([typed(*grades, spacing="small")] if grades else []),
        *([typed(view.reviewed, spacing="small")] if view.reviewed else []),
    ]


def _ways_to_read(view: ModerationView) -> list[Element]:
    if not view.parts:
        return []
    rows = []
    for part in view.parts:
        title = [typed(part.title)]
        read = reading(view, "Read", part.key, tooltip=f"Read {part.title}")
        rows.append(columns(("stretch", title), ("auto", [row(read)]), spacing="small"))
    return [
        row(
            reading(view, "Read from the start", view.parts[0].key),
            toggle(f"All parts ({len(view.parts)})", "parts"),
            spacing="medium",
        ),
        box(rows, id="parts", hidden=True, style="emphasis"),
    ]


def _whose(view: ModerationView) -> list[Element]:
    """Whose it is, and what the reader can do about that."""
    found = view.found
    buttons = []
    if found.can_take:
        buttons.append(press("Take it on", TakeModeration(found.moderation.id, view.nonce)))
    if found.can_hand_over:
        buttons.append(press("Hand over or swap", AskHandOver(found.moderation.id)))
    if found.moderation.decided_at is not None:
        said = typed("Decided by ", bold(found.decider_name), ".", spacing="medium")
    elif found.mine:
        said = says("This one is yours.", spacing="medium")
    elif found.holder_name:
        said = typed("This one is with ", bold(found.holder_name), ".", spacing="medium")
    else:
        said = says("Nobody has this one yet.", spacing="medium")
    return [said, *([row(*buttons, spacing="small")] if buttons else [])]


def _queue() -> Button:
    return press("The queue", ShowPanel(0))


def _part(view: ModerationView, key: str) -> ReviewPart | None:
    return next((part for part in view.parts if part.key == key), None)
