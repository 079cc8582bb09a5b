"""A card as the message that carries it."""

from typing import Any

from botbuilder.schema import Activity, Attachment

from dialogs.turn import Reply

CARD_TYPE = "application/vnd.microsoft.card.adaptive"


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
