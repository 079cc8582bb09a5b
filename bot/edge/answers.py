"""What goes back over HTTP for an invoke: made once, in the shape the client can show."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from botbuilder.core import BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import Activity

from bot.edge.activities import to_json

ERROR_TYPE = "application/vnd.microsoft.error"
_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""No vowels and no look-alikes: the number is read out over the telephone."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer, its body already JSON."""

    status: int
    body: bytes | None = None


def answer_invoke(context: TurnContext, body: object = None, *, status: int = 200) -> None:
    """Sets the answer to the invoke of this turn.

    For handlers: it replaces returning an InvokeResponse, which the SDK copies deeply with its card.
    `body` is plain JSON values, or JSON bytes a worker thread has already made.
    """
    response = InvokeResponse(status=status, body=body)
    context.turn_state[BotAdapter._INVOKE_RESPONSE_KEY] = Activity(type="invokeResponse", value=response)


def http_answer(response: InvokeResponse | None) -> Answer:
    """The HTTP answer for what a turn left behind. Raises TypeError or ValueError without a JSON form."""
    if response is None:
        return Answer(200)
    status = int(response.status)
    if status == HTTPStatus.NOT_IMPLEMENTED:
        # An invoke nobody here handles is the sender's mistake, not ours.
        return Answer(400, to_json({"error": "not_supported"}))
    body = response.body
    if body is None or isinstance(body, bytes):
        return Answer(status, body)
    return Answer(status, to_json(body))


def new_reference() -> str:
    """A number a person can quote, such as "K7TQ-4MXD"."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def apology(reference: str) -> str:
    """What a person reads when something broke on our side."""
    return (
        "Sorry, something went wrong on our side and this could not be finished. Everything you saved "
        f"before is safe. Please try again; if it keeps happening, quote {reference} to the QA office."
    )


def invoke_apology(name: str | None, reference: str) -> dict[str, Any]:
    """The apology as the body of an answer to this kind of invoke."""
    if name in {"task/fetch", "task/submit"}:
        return {"task": {"type": "message", "value": apology(reference)}}
    return _error(500, "InternalError", apology(reference))


def malformed(name: str | None, value: object) -> dict[str, Any] | None:
    """The error body for an invoke whose value is not what its name promises; None when it is sound."""
    if name == "adaptiveCard/action":
        action = value.get("action") if isinstance(value, dict) else None
        if not isinstance(action, dict):
            return _error(400, "BadRequest", "The value must hold an action.")
        if action.get("type") != "Action.Execute":
            return _error(400, "NotSupported", "Only Action.Execute is supported.")
        if not isinstance(action.get("verb", ""), str) or not isinstance(action.get("data", {}), dict):
            return _error(400, "BadRequest", "The action's verb or data cannot be read.")
    if name == "fileConsent/invoke" and not isinstance(value, dict):
        return _error(400, "BadRequest", "The value must say what was answered.")
    if name in {"task/fetch", "task/submit"} and not (
        isinstance(value, dict) and isinstance(value.get("data", {}), dict)
    ):
        return _error(400, "BadRequest", "The value must hold data.")
    return None


def _error(status: int, code: str, message: str) -> dict[str, Any]:
    detail: Mapping[str, str] = {"code": code, "message": message}
    return {"statusCode": status, "type": ERROR_TYPE, "value": detail}
