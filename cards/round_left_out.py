"""What the QA office left out of a round or swapped away in it, each with the way back.

Source: CA-01, CA-04; decision 4 of the design.
"""

from cards.buttons import press, row
from cards.elements import Element, heading, listed, says, typed
from cards.payloads_round import BringBack
from cards.views import RoundView


def left_out(view: RoundView, most: int) -> list[Element]:
    """The list with its reasons; nothing when everything is in."""
    if not view.excluded:
        return []
    made: list[Element] = [heading("Left out, and why", size="default", spacing="medium")]
    shown = view.excluded[:most]
    if view.state == "planned":
        for entry in shown:
            # Several buttons of one card: each is an effect of its own.
            nonce = f"{view.nonce}:{entry.what}:{entry.subject_id}"
            back = BringBack(view.round_id, view.version, entry.what, entry.subject_id, nonce)
            made += [
                typed(entry.sentence, spacing="small"),
                row(press("Bring back", back, tooltip=f"Bring back {entry.name}"), spacing="small"),
            ]
    else:
        made += listed([entry.sentence for entry in shown])
    if (more := len(view.excluded) - most) > 0:
        made.append(says(f"and {more:,} more.", subtle=True))
    return made
