"""What the coming weeks hold, from one line on: the rest of what a digest or a channel's answer begins.

Source: OG-07, PR-06.
"""

from collections.abc import Sequence

from cards.buttons import pairs, press
from cards.digest_lines import coming_lines
from cards.elements import Button, Card, Element, card, heading, says
from cards.payloads_digest import ShowAhead
from cards.wording import count
from domain.digest import Coming

AT_ONCE = 14
"""Lines that still read well on a phone."""


def ahead_card(coming: Sequence[Coming], start: int, days: int) -> Card:
    """A page of it, nearest first, with the way on and back; beyond the last line it begins anew."""
    first = start if start < len(coming) else 0
    shown = coming[first : first + AT_ONCE]
    body: list[Element] = [heading(f"The next {days} days")]
    if not shown:
        body.append(says("Nothing is planned for these days."))
    elif len(coming) > AT_ONCE:
        where = f"{first + 1} to {first + len(shown)} of {len(coming)}, nearest first."
        body.append(says(where, subtle=True))
    body += coming_lines(shown)
    buttons: list[Button] = rest_of(len(coming), first + AT_ONCE)
    if first:
        buttons.append(press("Those before", ShowAhead(max(0, first - AT_ONCE))))
    return card([*body, *pairs(buttons)], preview=f"The next {days} days.")


def rest_of(whole: int, shown: int) -> list[Button]:
    """The button to what comes after so many lines; none where that is all."""
    more = whole - shown
    return [press(f"Show {count(more, 'more line')}", ShowAhead(shown))] if more > 0 else []
