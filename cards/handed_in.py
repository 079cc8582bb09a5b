"""The audits that were submitted on a day, for the QA office. It names no case, as it stays in the chat.

Source: CA-16, PR-01, Q30, SG-01.
"""

from dataclasses import dataclass
from datetime import date, datetime

from cards.buttons import press, row, toggle
from cards.elements import Card, Element, bold, box, card, heading, says, typed
from cards.payloads import ReadShared, ShowMyAudits
from cards.shared import SUMMARY
from cards.wording import count, day, moment

MOST_LINES = 6
"""As many as a phone holds; the rest is a press away on the same card."""
MOST_ON_CARD = 24
"""What comes in beyond these is under `My audits`."""
_REST = "rest_of_handed_in"


@dataclass(frozen=True, slots=True)
class HandedInLine:
    """One audit."""

    audit_id: int
    auditor_name: str
    team_name: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class HandedInView:
    """A day's audits, the first one first."""

    day: date
    lines: tuple[HandedInLine, ...]


def summary_for(view: HandedInView) -> str:
    """The preview text of the message, which names nobody."""
    return f"{count(len(view.lines), 'audit')} submitted."


def handed_in_card(view: HandedInView) -> Card:
    """Each audit with its button; they have gone to everyone who should have them."""
    number = len(view.lines)
    shown = [_line(one) for one in view.lines[:MOST_ON_CARD]]
    tells = "It tells how one child experiences" if number == 1 else "Each tells how one child experiences"
    gone = "It has" if number == 1 else "They have"
    body: list[Element] = [
        heading(f"{count(number, 'audit')} submitted"),
        says(f"{tells} our help. {gone} gone to everyone who should have {'it' if number == 1 else 'them'}."),
        says(f"On {day(view.day)}.", subtle=True, spacing="none"),
        *shown[:MOST_LINES],
    ]
    if rest := shown[MOST_LINES:]:
        body += [
            row(toggle(f"Show {len(rest):,} more", _REST), spacing="medium"),
            box(rest, id=_REST, hidden=True),
        ]
    if (more := number - len(shown)) > 0:
        body += [says(f"And {more:,} more.", spacing="small"), row(press("My audits", ShowMyAudits()))]
    return card(body, preview=summary_for(view))


def _line(one: HandedInLine) -> Element:
    who = f"{one.auditor_name}, {one.team_name}"
    read = press("Read", ReadShared(one.audit_id, SUMMARY), tooltip=f"Read the audit by {who}")
    return box(
        [
            typed("By ", bold(one.auditor_name), f", {one.team_name}"),
            says(moment(one.submitted_at), subtle=True, spacing="none"),
            row(read),
        ],
        spacing="medium",
        separator=True,
    )
