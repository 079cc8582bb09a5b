"""What every page of a moderation has: the case and the clock above, what came of a press, ways on below.

Nothing typed is lost on any of these ways: each saves first. Source: MO-07, SG-01, SG-02, Q16, GR-04.
"""

from cards.buttons import press, row
from cards.elements import (
    Button,
    Element,
    bold,
    box,
    labelled,
    says,
    typed,
)
from cards.fields import other_errors
from cards.moderation_lines import part_lines
from cards.moderation_words import clock
from cards.payloads import Payload
from cards.payloads_panel import (
    AskPanelAlert,
    ReadModerated,
    SaveModeration,
    ShowModeration,
)
from cards.views_panel import ModerationView
from cards.wording import excerpt, moment
from domain.moderation_parts import DECIDE, START, parts_of
from domain.pages import JOURNEY

PANEL = "panel"
READ = "read:"
"""Begins where a save goes on to when it is a part of the audit."""


def head_line(view: ModerationView) -> Element:
    """The case's reference and the clock, in one quiet line."""
    found = view.found
    order = parts_of(found.original)
    parts: list[str | Element] = ["Case ", bold(found.file.audit.case_reference), "  ·  "]
    if found.moderation.decided_at is not None:
        return typed(*parts, f"decided {moment(found.moderation.decided_at)}", subtle=True)
    return typed(
        *parts,
        *clock(found.moderation.due_on, view.today),
        f"  ·  page {order.index(view.part) + 1} of {len(order)}",
        subtle=True,
    )


def safe_today(view: ModerationView) -> list[Element]:
    """Whom to call, where anybody found the child at risk (Q16, SG-02, GR-04)."""
    found = view.found
    if not any(
        grade and grade.value == "inadequate" for grade in (found.original.overall, found.form.overall)
    ):
        return []
    return [
        box(
            [
                says("Is this child safe today?", bold=True),
                typed(
                    "If you are not sure, do not wait for this form: call the duty team on ",
                    bold(view.duty_phone),
                    ", out of hours on ",
                    bold(view.out_of_hours_phone),
                    ".",
                    spacing="small",
                ),
            ],
            style="attention",
        )
    ]


def alert(view: ModerationView) -> Button:
    """The safety alert, from every page of a moderation; what is typed there is saved on the way (SG-02)."""
    moderation = view.found.moderation
    payload = AskPanelAlert(moderation.id, view.part, moderation.version)
    return press("Raise a safety alert", payload, with_inputs=view.found.can_fill)


def other_version(view: ModerationView, limit: int) -> list[Element]:
    """What was saved meanwhile, beside what was typed and still stands in the boxes (decision 4)."""
    if view.other is None:
        return []
    lines = part_lines(view.part, view.other, view.found, view.framework)
    items: list[Element] = [
        says("This moderation was saved from another place while you were writing.", bold=True),
        says(
            "Below is what stands on this page now. Your own text is still in the boxes; when you save, it "
            "takes the place of the other.",
            spacing="small",
        ),
    ]
    if lines:
        items.append(labelled((label, excerpt(text, limit)[0]) for label, text in lines))
    return [box(items, style="warning")]


def notices(view: ModerationView) -> list[Element]:
    """What came of the last press, what must change, and what may say who somebody is."""
    made: list[Element] = [box([says(view.message)], style="good")] if view.message else []
    wrong = [hint for hint in view.hints if hint.blocking]
    if wrong:
        lead = says("Not saved yet: something here needs changing. What you typed is still here.", bold=True)
        made.append(box([lead, *other_errors(view.hints)], style="attention"))
    if advice := view.found.hints.get(view.part, ()):
        lines = [typed("•  " + message, spacing="small") for message in advice]
        made.append(box([says("This may say who somebody is:"), *lines], style="warning"))
    return made


def save_to(view: ModerationView, then: str) -> SaveModeration:
    """Saves the page and goes on."""
    moderation = view.found.moderation
    return SaveModeration(moderation.id, view.part, moderation.version, then, view.nonce)


def reading(view: ModerationView, title: str, key: str, *, tooltip: str = "") -> Button:
    """Leads to a part of the audit; whoever fills the page has what they typed saved on the way."""
    if view.found.can_fill:
        return press(title, save_to(view, READ + key), with_inputs=True, tooltip=tooltip)
    return press(title, ReadModerated(view.found.moderation.id, key, view.part), tooltip=tooltip)


def ways_on(view: ModerationView) -> list[Element]:
    """Save and go on, or to everything, the audit or the queue."""
    order = parts_of(view.found.original)
    following = order[order.index(view.part) + 1]
    saved_at = view.found.moderation.saved_at
    second = [press("Save and leave", save_to(view, PANEL), with_inputs=True)]
    if view.part != START:
        second.insert(
            0, reading(view, "Save and read the audit", view.parts[0].key if view.parts else JOURNEY)
        )
    if view.typed is not None:
        back: Payload = ShowModeration(view.found.moderation.id, view.part)
        second.append(press("Leave without saving", back))
    return [
        row(
            press("Save and continue", save_to(view, following), with_inputs=True),
            press("Save and see everything", save_to(view, DECIDE), with_inputs=True),
            spacing="large",
        ),
        row(*second, spacing="small"),
        row(alert(view), spacing="small"),
        *([says(f"Last saved {moment(saved_at)}.", subtle=True, size="small")] if saved_at else []),
    ]
