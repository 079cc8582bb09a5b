"""Praise as it reaches the person whose work it is, and their team manager: the same words as its Word copy.

Source: CA-21.
"""

from cards.buttons import press, row
from cards.elements import Card, Element, box, card, heading, says, typed
from cards.payloads import ReadShared
from cards.payloads_reports import AskPraiseCopy
from cards.wording import day, excerpt
from domain.praising import TEXT_LIMIT, Praised
from domain.reporting import Part, Report


def praise_report(note: Praised) -> Report:
    """What card and Word copy both say."""
    if note.is_own:
        title, lead = "Praise for your work", f"{note.by_name} writes:"
    else:
        title = "Praise for somebody in your team"
        lead = f"{note.by_name} wrote to {note.to_name} about their work:"
    about = f"praise for {note.to_name}, {day(note.given_on)}"
    return Report(title, about, lead, (Part("", says=note.text),))


def praise_note_card(note: Praised, nonce: str, *, message: str = "") -> Card:
    """The words, with the ways to the audit and to the Word copy."""
    report = praise_report(note)
    body: list[Element] = [
        *([box([says(message)], style="good")] if message else []),
        heading(report.title),
        typed(report.lead),
        typed(excerpt(note.text, TEXT_LIMIT)[0], spacing="small"),
    ]
    if not note.is_own:
        body.append(says("A word from you as well will mean something.", spacing="medium"))
    audit = press("See the audit", ReadShared(note.audit_id, "summary"))
    copy = press("Word copy", AskPraiseCopy(note.audit_id, nonce))
    return card([*body, row(audit, copy, spacing="medium")], preview=report.title)
