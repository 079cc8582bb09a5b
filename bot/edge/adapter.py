"""One activity in, one turn of the bot, one answer out.

A thin layer over the SDK's CloudAdapterBase: its turn context, middleware and Teams handler stay, its
sign-in and its connector client are replaced by ours (see docs/decisions/0004-own-edge.md).
"""

import logging
from asyncio import sleep
from collections.abc import Awaitable, Callable
from typing import Any

from botbuilder.core import CloudAdapterBase, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, ResourceResponse
from botframework.connector.auth import BotFrameworkAuthentication, ClaimsIdentity
from botframework.connector.auth.authenticate_request_result import AuthenticateRequestResult

from bot.edge.activities import NotAnActivity, fields_of, from_wire, to_json
from bot.edge.answers import (
    Answer,
    answer_invoke,
    apology,
    http_answer,
    invoke_apology,
    malformed,
    new_reference,
)
from bot.edge.connector import Connector
from bot.edge.gate import Admitted, Refused
from bot.edge.outcomes import Outcome, Refusal, Sent, Throttled
from bot.edge.references import ConversationRef
from bot.edge.unheard import Unheard
from bot.logs import where

log = logging.getLogger(__name__)

Logic = Callable[[TurnContext], Awaitable[Any]]


class NotDelivered(Exception):
    """Teams did not take what a turn sent; `outcome` says why."""

    def __init__(self, outcome: Refusal) -> None:
        super().__init__(type(outcome).__name__)
        self.outcome = outcome


class EdgeAdapter(CloudAdapterBase):  # type: ignore[misc]  # the SDK is untyped
    """Runs turns for activities the gate has admitted."""

    def __init__(self, connector: Connector) -> None:
        super().__init__(_CheckedAtTheGate(connector))
        self.connector = connector
        self.unheard = Unheard(connector)
        self.on_turn_error = self._apologise

    async def process(self, admitted: Admitted, logic: Logic) -> Answer:
        """The answer for this activity after running `logic` (a bot's `on_turn`). Raises Refused (400)."""
        try:
            activity = from_wire(admitted.activity)
        except NotAnActivity as error:
            raise Refused(400, "not_an_activity") from error
        if activity.type == ActivityTypes.invoke:
            complaint = malformed(activity.name, activity.value)
            if complaint is not None:
                return Answer(400, to_json(complaint))
        activity.conversation.tenant_id = admitted.tenant_id
        sender = AuthenticateRequestResult()
        sender.claims_identity = ClaimsIdentity(dict(admitted.claims), True)
        sender.connector_factory = _OneConnector(self.connector)
        try:
            return http_answer(await self.process_activity(sender, activity, logic))
        except Exception as error:
            # Only the apology itself or an answer without JSON form can end here.
            reference = _record(activity, error)
            if activity.type == ActivityTypes.invoke:
                return Answer(200, to_json(invoke_apology(activity.name, reference)))
            return Answer(200)

    async def send_activities(
        self, context: TurnContext, activities: list[Activity]
    ) -> list[ResourceResponse]:
        """Sends through our connector, in order. Raises NotDelivered for the first that is not taken."""
        return [await self._send_one(context, activity) for activity in activities]

    async def update_activity(self, _context: TurnContext, activity: Activity) -> ResourceResponse:
        """Replaces a posted activity. Raises NotDelivered."""
        ref = ConversationRef.of_turn(activity)
        return _taken(await self.connector.update(ref, activity.id, fields_of(activity)))

    async def delete_activity(self, _context: TurnContext, reference: ConversationReference) -> None:
        """Takes a posted activity away. Raises NotDelivered."""
        ref = ConversationRef.of_turn(reference)
        _taken(await self.connector.delete(ref, reference.activity_id))

    async def create_conversation(self, *_args: Any, **_kwargs: Any) -> None:
        """Not offered: `Connector.create_conversation` says what became of it, a callback cannot."""
        raise PermissionError("Conversations are opened with Connector.create_conversation.")

    async def _send_one(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        if activity.type == "delay":
            await sleep((activity.value or 1000) / 1000)
        elif activity.type == ActivityTypes.invoke_response:
            context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
        elif activity.type != ActivityTypes.trace:
            ref = ConversationRef.of_turn(activity)
            fields = fields_of(activity)
            return _taken(await self.connector.send(ref, fields, reply_to=activity.reply_to_id))
        return ResourceResponse(id="")

    async def _apologise(self, context: TurnContext, error: Exception) -> None:
        """A fault of ours: the person gets a number to quote, the log what broke and where."""
        activity = context.activity
        if _held_back(error) and activity.type != ActivityTypes.invoke:
            # Nothing broke: somebody wrote faster than Teams takes answers, and what they did is saved.
            log.info("an answer was held back: %s", activity.type)
            return
        reference = _record(activity, error)
        if activity.type == ActivityTypes.invoke:
            answer_invoke(context, invoke_apology(activity.name, reference))
        elif activity.type == ActivityTypes.message:
            if isinstance(error, NotDelivered):
                self.unheard.tell(activity, error.outcome)
            else:
                await context.send_activity(apology(reference))


class _OneConnector:
    """The SDK asks a factory for a client each turn; it gets the one we have."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def create(self, _service_url: str, _audience: str | None) -> Connector:
        return self._connector


class _CheckedAtTheGate(BotFrameworkAuthentication):  # type: ignore[misc]  # the SDK is untyped
    """Stands where the SDK looks for its sign-in, so that proactive turns get our connector as well."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def authenticate_request(self, _activity: Activity, _header: str) -> AuthenticateRequestResult:
        raise PermissionError("Requests are checked by bot.edge.gate before the adapter sees them.")

    async def authenticate_streaming_request(self, _header: str, _channel: str) -> AuthenticateRequestResult:
        raise PermissionError("Streaming is not offered.")

    def create_connector_factory(self, _claims: ClaimsIdentity) -> _OneConnector:
        return _OneConnector(self._connector)

    async def create_user_token_client(self, _claims: ClaimsIdentity) -> None:
        return None


def _taken(outcome: Outcome) -> ResourceResponse:
    if not isinstance(outcome, Sent):
        raise NotDelivered(outcome)
    return ResourceResponse(id=outcome.id)


def _held_back(error: Exception) -> bool:
    """Whether our own pace left no room for an answer, so that Teams was not even asked."""
    return isinstance(error, NotDelivered) and isinstance(error.outcome, Throttled) and error.outcome.ours


def _record(activity: Activity, error: Exception) -> str:
    """Logs a fault and returns its number. Neither the error's text nor the activity's goes to the log:
    a database error, for one, quotes the values it was given.
    """
    reference = new_reference()
    place = where(error.__traceback__)
    log.error("turn failed: %s %s %s at %s", reference, activity.type, type(error).__name__, place)
    return reference
