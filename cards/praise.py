"""Praise for named good work: whom one could praise, and the note that a person words.

Source: CA-21, SG-04.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.buttons import press, row
from cards.elements import Card, Element, bold, card, heading, labelled, says, typed
from cards.fields import Form, other_errors
from cards.notes import note_card
from cards.payloads import ShowMyAudits
from cards.payloads_reports import SendPraise, ShowPraise, WritePraise
from cards.views import HintView, NoteView
from cards.wording import excerpt

PAGE = 6
"""How many suggestions a card shows."""
PREVIEW = "Good work to praise: open this in Teams."
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class PraiseLine:
    """One whose work stands out."""

    audit_id: int
    practitioner: str
    team: str
    why: str
    """What stands out: "Good as a whole. Outstanding in: planning."."""


@dataclass(frozen=True, slots=True)
class PraiseListView:
    """Whom one could praise."""

    lines: tuple[PraiseLine, ...]
    start: int


@dataclass(frozen=True, slots=True)
class PraiseFormView:
    """The note before it is sent."""

    audit_id: int
    practitioner: str
    managers: tuple[str, ...]
    draft: str
    said: tuple[tuple[str, str], ...]
    """(section, what the auditor wrote of its effect)."""
    sent: str
    """What was sent already, or empty."""
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


def praise_list(view: PraiseListView) -> Card:
    """The suggestions from `start` on, each with the way to its note."""
    start = min(view.start, max(0, (len(view.lines) - 1) // PAGE * PAGE))
    shown = view.lines[start : start + PAGE]
    if not shown:
        text = (
            "Nothing new stands out, or everyone has had their word already. Kindness needs no list, though."
        )
        return note_card(NoteView("Good work", text, (("My audits", ShowMyAudits()),)))
    body: list[Element] = [
        heading("Good work to praise"),
        says(
            "A word on what helped a child is remembered. I only suggest; you choose and word it.",
            subtle=True,
        ),
    ]
    for number, line in enumerate(shown, start=start + 1):
        body += [
            typed(bold(f"{number}. {line.practitioner}"), f", {line.team}", spacing="medium"),
            typed(line.why, spacing="small"),
            row(press(f"Write to number {number}", WritePraise(line.audit_id)), spacing="small"),
        ]
    if (more := len(view.lines) - start - len(shown)) > 0:
        body.append(row(press(f"Next ({more:,} more)", ShowPraise(start + PAGE)), spacing="medium"))
    return card(body, preview=PREVIEW, wide=True)


def praise_form(view: PraiseFormView) -> Card:
    """The draft to be worded, with what the auditor saw beside it."""
    form = Form(view.typed, view.errors)
    copied = f", with a copy to {' and '.join(view.managers)}" if view.managers else ""
    body: list[Element] = [
        heading("Praise for good work"),
        typed(
            "To ", bold(view.practitioner), f"{copied}. It stays in their chat, so leave the case out of it."
        ),
    ]
    if view.said:
        shown = [(title, excerpt(text, _LONGEST)[0]) for title, text in view.said]
        body += [says("What the auditor saw come of it:", spacing="medium"), labelled(shown)]
    if view.sent:
        body += [
            typed(bold("Sent already: "), view.sent, spacing="medium"),
            row(press("Go back", ShowPraise(0))),
        ]
        return card(body, preview=PREVIEW, wide=True)
    body += [
        *other_errors(view.errors),
        *form.text("praise_text", "Your words", view.draft, spacing="medium"),
        row(
            press("Send it", SendPraise(view.audit_id, view.nonce), with_inputs=True),
            press("Go back", ShowPraise(0)),
        ),
    ]
    return card(body, preview=PREVIEW, wide=True)
