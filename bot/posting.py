"""A card as Teams wants it: in a message, as the answer to a press, or as a dialog's page."""

from collections.abc import Mapping
from typing import Any

from botbuilder.schema import Activity, Attachment

from bot.edge.activities import to_json
from dialogs.turn import Reply

DIALOG_SIZE = "large"
CARD_TYPE = "application/vnd.microsoft.card.adaptive"
MESSAGE_TYPE = "application/vnd.microsoft.activity.message"


def as_message(reply: Reply) -> Activity:
    """A new message. Its summary, which push previews show, names no case."""
    attachment = Attachment(content_type=CARD_TYPE, content=reply.card)
    return Activity(type="message", attachments=[attachment], summary=reply.title)


def as_update(reply: Reply) -> dict[str, Any]:
    """The body that replaces a posted message."""
    return message_with(reply.card or {}, reply.title)


def message_with(card: dict[str, Any], summary: str) -> dict[str, Any]:
    """A message's JSON around a card."""
    attachment = {"contentType": CARD_TYPE, "content": card}
    return {"type": "message", "summary": summary, "attachments": [attachment]}


def as_card(reply: Reply) -> bytes:
    """The answer to an Action.Execute; a note beside the card is shown by the client and changes nothing."""
    if reply.beside:
        return to_json({"statusCode": 200, "type": MESSAGE_TYPE, "value": reply.note})
    return to_json({"statusCode": 200, "type": CARD_TYPE, "value": reply.card})


def as_dialog(reply: Reply, data: object = None) -> bytes:
    """The answer to `task/fetch` or `task/submit` that shows the card as the dialog's next page.

    A dialog can show no note beside its page. So the note gets a button that sends the page's data again,
    with everything that was typed.
    """
    page = _submitting(reply.card)
    if reply.beside:
        again = {"type": "Action.Submit", "title": "Try again", "data": data, "associatedInputs": "none"}
        page["body"] = [*page["body"], {"type": "ActionSet", "actions": [again]}]
    card = {"contentType": CARD_TYPE, "content": page}
    value = {"title": reply.title, "height": DIALOG_SIZE, "width": DIALOG_SIZE, "card": card}
    return to_json({"task": {"type": "continue", "value": value}})


def _submitting(part: Any) -> Any:
    """The card with each Action.Execute replaced by its fallback: a dialog knows Action.Submit alone."""
    if isinstance(part, Mapping):
        if part.get("type") == "Action.Execute":
            return part["fallback"]
        return {key: _submitting(value) for key, value in part.items() if key != "refresh"}
    if isinstance(part, list):
        return [_submitting(value) for value in part]
    return part
