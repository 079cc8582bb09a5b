"""What stands at the top of everything about one audit, and the offer of a safety alert."""

from collections.abc import Callable

from cards.buttons import press, row
from cards.elements import Element, bold, box, run, says, typed
from cards.payloads import AskSafety, OpenPage, SavePage
from cards.views import AuditHead, LeftPage, Mode
from cards.wording import day, days_left_words, spelled


def audit_line(head: AuditHead, more: str = "") -> Element:
    """The case's reference and the due date, in one quiet line."""
    parts: list[str | Element] = ["Case ", bold(head.reference)]
    if not head.submitted:
        words = days_left_words(head.days_left)
        parts.append(f"  ·  due {day(head.due_on)}, ")
        parts.append(run(words, bold=True, color="attention") if head.days_left < 0 else words)
    if more:
        parts.append("  ·  " + more)
    return typed(*parts, subtle=True)


def due_line(head: AuditHead) -> Element:
    """The due date without the case."""
    words = days_left_words(head.days_left)
    return typed(
        f"Due {day(head.due_on)}, ",
        run(words, bold=True, color="attention") if head.days_left < 0 else bold(words),
    )


def stronger(hints: int) -> str:
    """How many hints the coach has, as a sentence."""
    things = "One thing" if hints == 1 else f"{spelled(hints).capitalize()} things"
    return f"{things} would make this stronger:"


def left_behind(
    left: LeftPage | None, audit_id: int, mode: Mode, save: Callable[[str], SavePage] | None = None
) -> list[Element]:
    """What the coach says of the page just left, with the way back; nobody is kept on it.

    `save` makes the payload that saves what has been typed here meanwhile and then goes to a page.
    Source: WH-02 to WH-07, SG-04.
    """
    if left is None:
        return []
    way = save(left.key) if save else OpenPage(audit_id, left.key)
    back = press(f"Back to {left.title}", way, mode, with_inputs=save is not None)
    lines = [
        typed("Saved: ", bold(left.title), ". " + stronger(len(left.hints))),
        *[typed("•  " + hint, spacing="small") for hint in left.hints],
        row(back, spacing="small"),
    ]
    return [box(lines, style="warning")]


def safety_offer(payload: AskSafety, mode: Mode, *, with_inputs: bool = False) -> Element:
    """Offers the alert where Inadequate was chosen. Source: GR-04, Q16, SG-02."""
    return box(
        [
            says("Is this child safe today?", bold=True),
            says(
                "Inadequate means a child may be at risk now. If so, please do not wait for this audit: "
                "call the duty team, and let the managers know at once.",
                spacing="small",
            ),
            row(press("Raise a safety alert now", payload, mode, with_inputs=with_inputs)),
        ],
        style="attention",
    )
