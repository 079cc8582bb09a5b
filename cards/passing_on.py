"""The form that passes learning on to the leads it belongs to (OG-08)."""

from cards.buttons import press, row
from cards.elements import Card, bold, card, heading, says, typed
from cards.fields import Form as Fields
from cards.fields import other_errors
from cards.payloads_learning import ShowEntry
from cards.payloads_tracker import PassOn
from cards.views_governance import PassOnView
from domain.tracking import ROUTES


def pass_on_form(view: PassOnView) -> Card:
    """To whom, and by when; each of them has a row of the tracker."""
    fields = Fields(view.form.typed, view.form.errors)
    body = [
        heading("Pass it on"),
        typed(bold(view.entry.title)),
        says(
            "Whoever you choose gets it as an item on the tracker, with a day. Every service manager gets "
            "one of their own.",
            subtle=True,
        ),
        *other_errors(view.form.errors),
        *fields.choice(
            "routed_to",
            "Who should have it?",
            [(post.value, name) for post, name in ROUTES.items()],
            several=True,
        ),
        *fields.date("routed_due_on", "By when?"),
        row(
            press("Pass it on", PassOn(view.entry.id, view.form.nonce), with_inputs=True),
            press("Go back", ShowEntry(view.entry.id)),
        ),
    ]
    return card(body, preview="The learning log: open this in Teams.")
