"""What arrives from Teams, translated into turns, and their replies into what Teams expects.

This is the one place that knows both sides: the Bot Framework's activities and the product's turns.
"""

from collections.abc import Callable
from typing import Any

from botbuilder.core import TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import Activity, ChannelAccount

from bot.addresses import KnownAddresses, address_of, is_personal
from bot.asking import Asking, clock, fresh_nonce
from bot.binding import Binder
from bot.edge.activities import fields_of, to_json
from bot.edge.answers import answer_invoke
from bot.edge.connector import Connector
from bot.edge.files import FileFetcher, is_attached_file
from bot.edge.outcomes import Sent
from bot.edge.references import ConversationRef
from bot.posting import as_message, as_update
from cards.views import Mode
from dialogs.turn import Asked, Reply, Turn
from dialogs.unknown import stranger_reply, unfit_file, write_to_me
from domain.errors import RuleBroken
from workflows.people import uninstalled
from workflows.places import channel_gone, channel_kept, copy_kept

DIALOG_HEIGHT = "large"
DIALOG_WIDTH = "large"
CARD_TYPE = "application/vnd.microsoft.card.adaptive"


class PlumblineBot(TeamsActivityHandler):  # type: ignore[misc]  # the SDK is untyped
    """One council's bot."""

    def __init__(
        self, asking: Asking, connector: Connector, files: FileFetcher, *, nudge: Callable[[], None]
    ) -> None:
        super().__init__()
        self._asking = asking
        self._connector = connector
        self._files = files
        self._nudge = nudge
        self._known = KnownAddresses()
        self._binder = Binder(asking, connector)

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """A typed line, a file, or a button that came as Action.Submit."""
        activity: Activity = turn_context.activity
        if activity.value is not None and not activity.text:
            await self._submitted(turn_context)
            return
        if not is_personal(activity):
            await turn_context.send_activity(as_message(write_to_me()))
            return
        attached = [fields_of(a) for a in activity.attachments or [] if is_attached_file(fields_of(a))]
        if attached:
            await self._attached(turn_context, attached[0])
            return
        reply, _ = await self._ask(turn_context, _nothing, asked=Asked.TYPED, text=activity.text or "")
        await self._post(turn_context, reply)

    async def on_invoke_activity(self, turn_context: TurnContext) -> None:
        """A press as Action.Execute, or a page opened or sent as a dialog."""
        activity: Activity = turn_context.activity
        value = activity.value if isinstance(activity.value, dict) else {}
        if activity.name == "adaptiveCard/action":
            action = value.get("action", {})
            _, body = await self._ask(turn_context, _as_card, asked=Asked.PRESSED, data=action.get("data"))
            answer_invoke(turn_context, body)
        elif activity.name in {"task/fetch", "task/submit"}:
            _, body = await self._ask(
                turn_context, _as_dialog, asked=Asked.PRESSED, data=value.get("data"), mode=Mode.DIALOG
            )
            answer_invoke(turn_context, body)
        else:
            answer_invoke(turn_context, {"error": "not_supported"}, status=400)

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        """The app arrived in a chat or a team."""
        activity: Activity = turn_context.activity
        if is_personal(activity):
            reply, _ = await self._ask(turn_context, _nothing, asked=Asked.ARRIVED)
            await self._post(turn_context, reply)
        else:
            await self._keep_channel(activity)

    async def on_installation_update_remove(self, turn_context: TurnContext) -> None:
        """The app was removed."""
        await self._gone(turn_context.activity)

    async def on_members_added_activity(
        self, members_added: list[ChannelAccount], turn_context: TurnContext
    ) -> None:
        """The bot itself joined a team; people joining change nothing, since rights follow posts."""
        activity: Activity = turn_context.activity
        if any(member.id == activity.recipient.id for member in members_added) and not is_personal(activity):
            await self._keep_channel(activity)

    async def on_members_removed_activity(
        self, members_removed: list[ChannelAccount], turn_context: TurnContext
    ) -> None:
        """The bot itself left."""
        activity: Activity = turn_context.activity
        if any(member.id == activity.recipient.id for member in members_removed):
            await self._gone(activity)

    async def _ask(
        self, turn_context: TurnContext, shape: Callable[[Reply], bytes], **given: Any
    ) -> tuple[Reply, bytes]:
        """The reply to a turn; a caller nobody knows yet is looked up, bound and answered again."""
        activity: Activity = turn_context.activity
        address = address_of(activity)
        directory_id = activity.from_property.aad_object_id or ""
        news = address if address is not None and self._known.is_news(directory_id, address) else None
        turn = Turn(
            directory_id=directory_id,
            now=clock(),
            nonce=fresh_nonce(),
            mri=activity.from_property.id,
            address=news,
            **given,
        )
        reply, shaped = await self._asking.answer(turn, shape)
        if reply.unknown:
            if await self._binder.bind(activity, turn.now):
                reply, shaped = await self._asking.answer(turn, shape)
            if reply.unknown:
                self._known.forget(directory_id)
                reply = stranger_reply()
                shaped = shape(reply)
        if reply.queued:
            self._nudge()
        return reply, shaped

    async def _submitted(self, turn_context: TurnContext) -> None:
        """The Action.Submit fallback: its answer takes the place of the card that was pressed."""
        activity: Activity = turn_context.activity
        reply, _ = await self._ask(turn_context, _nothing, asked=Asked.PRESSED, data=activity.value)
        if activity.reply_to_id:
            ref = ConversationRef(activity.service_url, activity.conversation.id)
            outcome = await self._connector.update(ref, activity.reply_to_id, as_update(reply))
            if isinstance(outcome, Sent):
                return
        await self._post(turn_context, reply)

    async def _attached(self, turn_context: TurnContext, attachment: dict[str, Any]) -> None:
        try:
            file = await self._files.fetch(attachment)
        except RuleBroken as refused:
            await turn_context.send_activity(as_message(unfit_file(str(refused))))
            return
        reply, _ = await self._ask(
            turn_context, _nothing, asked=Asked.ATTACHED, filename=file.name, content=file.content
        )
        await self._post(turn_context, reply)

    async def _post(self, turn_context: TurnContext, reply: Reply) -> None:
        """A message of its own; where it stands is kept when it may have to be edited later."""
        posted = await turn_context.send_activity(as_message(reply))
        if reply.copy_of is not None and posted is not None and posted.id:
            activity: Activity = turn_context.activity
            kind, subject = reply.copy_of
            directory_id = activity.from_property.aad_object_id or ""
            conversation, activity_id = activity.conversation.id, posted.id
            await self._asking.run(
                lambda: copy_kept(
                    self._asking.council,
                    directory_id=directory_id,
                    conversation_id=conversation,
                    activity_id=activity_id,
                    kind=kind,
                    subject_id=subject,
                    now=clock(),
                )
            )

    async def _keep_channel(self, activity: Activity) -> None:
        await self._asking.run(lambda: channel_kept(self._asking.council, fields_of(activity), now=clock()))

    async def _gone(self, activity: Activity) -> None:
        council = self._asking.council
        directory_id = activity.from_property.aad_object_id or ""
        if is_personal(activity):
            self._known.forget(directory_id)

            def remove() -> None:
                with council.write() as work:
                    uninstalled(work, directory_id=directory_id, now=clock())

            await self._asking.run(remove)
        else:
            await self._asking.run(lambda: channel_gone(council, fields_of(activity), now=clock()))


def _nothing(_reply: Reply) -> bytes:
    return b""


def _as_card(reply: Reply) -> bytes:
    return to_json({"statusCode": 200, "type": CARD_TYPE, "value": reply.card})


def _as_dialog(reply: Reply) -> bytes:
    card = {"contentType": CARD_TYPE, "content": reply.card}
    value = {"title": reply.title, "height": DIALOG_HEIGHT, "width": DIALOG_WIDTH, "card": card}
    return to_json({"task": {"type": "continue", "value": value}})
