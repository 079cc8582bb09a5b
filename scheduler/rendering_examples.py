"""Cards about the library of example audits: one waits for the PSW, one was approved or withdrawn (MO-18)."""

from collections.abc import Mapping

from cards.payloads_examples import ShowExample, ShowExamples
from domain.examples import ExampleState
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, note
from storage.examples import ExampleRow


def proposed(drawing: Drawing) -> Drawn | Needless:
    """Asks the PSW to read an example."""
    row = _row(drawing)
    if row.example.state is not ExampleState.PROPOSED:
        return Needless("it is decided already")
    text = (
        "A colleague on the Panel put an example audit forward for other auditors to read. Nobody reads it "
        "until you approve it."
    )
    return note("An example audit to approve", text, ("Read it", ShowExample(row.example.id, 0, 0)))


def decided(drawing: Drawing) -> Drawn | Needless:
    """Tells whoever proposed it."""
    state = _row(drawing).example.state
    if state is ExampleState.PROPOSED:
        return Needless("nothing is decided")
    text = (
        "Auditors read it beside the guidance from now on. Thank you."
        if state is ExampleState.APPROVED
        else "It is no longer in the library. The principal social worker can tell you why."
    )
    title = f"An example you proposed was {state.value}"
    return note(title, text, ("Example audits", ShowExamples("", 0, 0, 0)))


CARDS: Mapping[str, Draw] = {"example_proposed": proposed, "example_decided": decided}
"""Kind to the card posted in the person's chat."""

MAILS: Mapping[str, Write] = {}
"""Kind to the mail sent to the person."""


def _row(drawing: Drawing) -> ExampleRow:
    found = drawing.view.examples.get(drawing.notice.subject_id)
    if found is None:
        raise LookupError(f"no example {drawing.notice.subject_id}")
    return found
