"""A moderation beside its audit: the start, the pages to fill, a part of the audit read in full.

Every page opens with the child. Nothing typed is ever shortened; the audit's own texts are, where a card
would grow too large, and each part can be read in full. Source: MO-07 to MO-14, MO-18, Q24, PR-01.
"""

from cards.buttons import press, row
from cards.elements import (
    Card,
    box,
    card,
    heading,
    says,
)
from cards.fields import Form
from cards.moderation_frame import head_line, notices, other_version, safe_today, ways_on
from cards.moderation_pages import grades_body, missing_body, outputs_body, tests_body
from cards.moderation_start import start_card
from cards.moderation_words import title_of
from cards.payloads_panel import (
    AskPanelAlert,
    ReadModerated,
    ShowModeration,
)
from cards.shared_parts import part_text
from cards.size import LIMIT_BYTES, size_bytes
from cards.views_panel import ModerationView
from domain.moderation_parts import GRADES, MISSING, OUTPUTS, START, TESTS

_SHORTER = (4000, 1500, 500, 150, 40)
"""Characters shown of each text that is not typed here, tried in turn until the card fits."""


def moderation_card(view: ModerationView) -> Card:
    """The start, or a page to fill; what stands there to read, for somebody who has no part in it."""
    for limit in _SHORTER:
        drawn = start_card(view, limit) if view.part == START else _page(view, limit)
        if size_bytes(drawn) < LIMIT_BYTES:
            break
    return drawn


def part_card(view: ModerationView, part: str) -> Card:
    """A part of the audit in full, as the Panel reads it; `view.part` is where the way back leads."""
    place = next((n for n, one in enumerate(view.parts) if one.key == part), 0)
    moderation_id = view.found.moderation.id
    ways = []
    if place + 1 < len(view.parts):
        following = view.parts[place + 1]
        ways.append(press(f"Next: {following.title}", ReadModerated(moderation_id, following.key, view.part)))
    if place:
        before = view.parts[place - 1].key
        ways.append(press("Previous part", ReadModerated(moderation_id, before, view.part)))
    back = press("Back to the form", ShowModeration(moderation_id, view.part))
    body = [
        head_line(view),
        *part_text(view.parts[place]),
        row(*ways, spacing="large"),
        row(back, press("Raise a safety alert", AskPanelAlert(moderation_id, view.part, 0)), spacing="small"),
    ]
    return card(body, preview="An audit to moderate.", wide=True)


def _page(view: ModerationView, limit: int) -> Card:
    form = Form(view.typed, view.hints)
    if view.part == TESTS:
        question, fields = tests_body(view, form)
    elif view.part == OUTPUTS:
        question, fields = outputs_body(view, form)
    elif view.part == MISSING:
        question, fields = missing_body(view, form)
    else:
        question, fields = grades_body(view, form, limit)
    body = [
        head_line(view),
        heading(title_of(view.part)),
        box([says(question, bold=True)], style="emphasis"),
        *notices(view),
        *(safe_today(view) if view.part.startswith(GRADES) else []),
        *other_version(view, limit),
        *fields,
        *ways_on(view),
    ]
    return card(body, preview=f"{title_of(view.part)}: open this in Teams to fill it in.", wide=True)
