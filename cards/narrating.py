"""The boxes that managers are asked to fill beside the figures (PF-04, PF-05, PF-07, PF-10, PF-13)."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.buttons import press, row
from cards.elements import Card, Element, bold, box, card, heading, labelled, says, typed
from cards.fields import Form, other_errors
from cards.payloads_performance import SaveNarrative, ShowPerformance
from cards.views import HintView
from cards.wording import day, excerpt
from domain.narratives import BOXES, Narrative, NarrativeState

PREVIEW = "A few sentences beside the figures: open this in Teams."
NOBODY = "It goes to many, so please name no child, family or case."
_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class NarrativeView:
    """What was asked, with the figures it is about."""

    narrative: Narrative
    service: str
    figures: tuple[tuple[str, str], ...]
    """(name, figure in words) of what needs a look or got better; few of them."""
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()
    saved: bool = False


def narrative_card(view: NarrativeView) -> Card:
    """The figures that stand out, then the boxes; once it is locked the words as they went out."""
    asked, form = view.narrative, Form(view.typed, view.errors)
    boxes = BOXES[asked.report]
    body: list[Element] = [heading(asked.title.partition(",")[0]), typed(asked.title.partition(", ")[2])]
    if view.service:
        body[-1] = typed(f"{view.service}, {asked.title.partition(', ')[2]}")
    if view.saved:
        body.append(box([says("Saved. You can change it until it is locked.")], style="good"))
    if view.figures:
        body.append(says("What stands out:", spacing="medium"))
        body += [typed(bold(f"{name}: "), text, spacing="small") for name, text in view.figures]
    if asked.state is NarrativeState.LOCKED:
        told = [(one.label, excerpt(asked.texts.get(one.key, ""), _LONGEST)[0] or "–") for one in boxes]
        body += [
            says("This has been locked and stays as it is.", spacing="medium"),
            labelled(told),
            row(press("Performance", ShowPerformance())),
        ]
        return card(body, preview=PREVIEW, wide=True)
    body += [
        says(f"Until {day(asked.due_on)}. {NOBODY}", subtle=True, spacing="medium"),
        *other_errors(view.errors),
    ]
    for one in boxes:
        label = one.label if one.required else f"{one.label} (may be empty)"
        body += form.text(one.key, label, asked.texts.get(one.key, ""))
    body.append(
        row(
            press("Save", SaveNarrative(asked.id, asked.version, view.nonce), with_inputs=True),
            press("Performance", ShowPerformance()),
        )
    )
    return card(body, preview=PREVIEW, wide=True)
