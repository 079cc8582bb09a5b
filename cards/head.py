"""What stands at the top of everything about one audit, and the offer of a safety alert."""

from cards.buttons import press, row
from cards.elements import Element, bold, box, run, says, typed
from cards.payloads import AskSafety
from cards.views import AuditHead, Mode
from cards.wording import day, days_left_words


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
