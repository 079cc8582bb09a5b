"""What arrives from Teams, translated into turns, and their replies into what Teams expects.

This is the one place that knows both sides: the Bot Framework's activities and the product's turns.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.schema import Activity, ChannelAccount

from bot.addresses import KnownAddresses, address_of, channel_of, is_personal
from bot.asking import Asking, clock, fresh_nonce
from bot.attaching import ListBringer
from bot.binding import Binder, caller_of
from bot.edge.activities import fields_of
from bot.edge.answers import answer_invoke
from bot.edge.connector import Connector
from bot.edge.files import FileFetcher, is_attached_file
from bot.edge.outcomes import Sent
from bot.edge.references import ConversationRef
from bot.edge.uploads import FileUploader
from bot.giving import FileGiver
from bot.posting import as_card, as_dialog, as_message, as_update
from cards.payloads import PayloadInvalid, unpack
from cards.views import Mode
from dialogs.turn import Asked, Reply, Turn
from dialogs.unknown import left_reply, write_to_me
from workflows.council import Busy
from workflows.people import uninstalled
from workflows.places import channel_gone, channel_kept, copy_kept

log = logging.getLogger(__name__)


class PlumblineBot(TeamsActivityHandler):  # type: ignore[misc]  # the SDK is untyped
    """One council's bot."""

    def __init__(
        self,
        asking: Asking,
        connector: Connector,
        files: FileFetcher,
        uploads: FileUploader,
        *,
        nudge: Callable[[], None],
    ) -> None:
        super().__init__()
        self._asking = asking
        self._connector = connector
        self._nudge = nudge
        self._known = KnownAddresses()
        self._binder = Binder(asking, connector)
        self._lists = ListBringer(asking, self._binder, files)
        self._giver = FileGiver(asking, connector, uploads)

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """A typed line, a file, or a button that came as Action.Submit."""
        activity: Activity = turn_context.activity
        if not is_personal(activity):
            await self._among_others(turn_context)
            return
        if activity.value is not None and not activity.text:
            await self._submitted(turn_context)
            return
        attached = [fields_of(a) for a in activity.attachments or [] if is_attached_file(fields_of(a))]
        if attached:
            await self._attached(turn_context, attached)
            return
        reply, _ = await self._ask(turn_context, _nothing, asked=Asked.TYPED, text=activity.text or "")
        await self._post(turn_context, reply)

    async def on_invoke_activity(self, turn_context: TurnContext) -> None:
        """A press as Action.Execute, or a page opened or sent as a dialog."""
        activity: Activity = turn_context.activity
        value = activity.value if isinstance(activity.value, dict) else {}
        if activity.name == "adaptiveCard/action":
            data = value.get("action", {}).get("data")
            unasked = value.get("trigger") == "automatic"
            body = await self._pressed(turn_context, as_card, Mode.CHAT, data, unasked=unasked)
            answer_invoke(turn_context, body)
        elif activity.name == "fileConsent/invoke" and is_personal(activity):
            await self._consented(turn_context)
            answer_invoke(turn_context)
        elif activity.name in {"task/fetch", "task/submit"}:
            data = value.get("data")
            shape = partial(as_dialog, data=data)
            answer_invoke(turn_context, await self._pressed(turn_context, shape, Mode.DIALOG, data))
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

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """Members joined or left; who they are does not matter, so nobody is looked up.

        The Teams handler would ask the SDK's own connector for each member, and there is none here.
        """
        await ActivityHandler.on_conversation_update_activity(self, turn_context)

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

    async def _pressed(
        self,
        turn_context: TurnContext,
        shape: Callable[[Reply], bytes],
        mode: Mode,
        data: Any,
        *,
        unasked: bool = False,
    ) -> bytes | None:
        """The body that answers a press; none for one too many where others look on."""
        activity: Activity = turn_context.activity
        if not is_personal(activity):
            if not self._asking.admits(caller_of(activity)):
                return None
            # A dialog has no place for what a channel answers, which is a word beside the post.
            if channel_of(activity) is None or mode is Mode.DIALOG:
                return shape(write_to_me())
        _, body = await self._ask(
            turn_context, shape, asked=Asked.PRESSED, data=data, mode=mode, unasked=unasked
        )
        return body

    async def _ask(
        self, turn_context: TurnContext, shape: Callable[[Reply], bytes], **given: Any
    ) -> tuple[Reply, bytes]:
        """The reply to a turn; a caller nobody knows yet is looked up, bound and answered again."""
        activity: Activity = turn_context.activity
        directory_id = activity.from_property.aad_object_id or ""
        address = address_of(activity)
        if address is not None and given["asked"] is Asked.PRESSED:
            # Presses come in crowds; whoever writes or installs may have been gone and is always looked up.
            address = address if self._known.is_news(directory_id, address) else None
        turn = Turn(
            directory_id=directory_id,
            now=clock(),
            nonce=fresh_nonce(),
            mri=activity.from_property.id,
            address=address,
            place=channel_of(activity),
            pressed_on=(activity.conversation.id, activity.reply_to_id) if activity.reply_to_id else None,
            **given,
        )
        reply, shaped = await self._asking.answer(turn, shape)
        if reply.unknown:
            refused = await self._binder.meet(activity, turn.now)
            self._nudge()
            if refused is None:
                reply, shaped = await self._asking.answer(turn, shape)
            if reply.unknown:
                reply = refused or left_reply()
                return reply, shape(reply)
        if address is not None:
            self._known.stored(directory_id, address)
        if reply.queued:
            self._nudge()
        return reply, shaped

    async def _among_others(self, turn_context: TurnContext) -> None:
        """A mention, or a press as Action.Submit, where everybody reads the answer."""
        activity: Activity = turn_context.activity
        if not self._asking.admits(caller_of(activity)):
            return
        if channel_of(activity) is None:
            await turn_context.send_activity(as_message(write_to_me()))
            return
        if activity.value is not None and not activity.text:
            given: dict[str, Any] = {"asked": Asked.PRESSED, "data": activity.value}
        else:
            given = {"asked": Asked.TYPED, "text": activity.text or ""}
        reply, _ = await self._ask(turn_context, _nothing, **given)
        await turn_context.send_activity(as_message(reply))

    async def _submitted(self, turn_context: TurnContext) -> None:
        """The Action.Submit fallback: its answer takes the place of the card that was pressed."""
        activity: Activity = turn_context.activity
        reply, _ = await self._ask(turn_context, _nothing, asked=Asked.PRESSED, data=activity.value)
        if activity.reply_to_id and not reply.beside:
            ref = ConversationRef.of_turn(activity)
            outcome = await self._connector.update(ref, activity.reply_to_id, as_update(reply))
            if isinstance(outcome, Sent):
                await self._keep_copy(activity, activity.reply_to_id, _audit_shown(activity.value))
                return
        await self._post(turn_context, reply)

    async def _consented(self, turn_context: TurnContext) -> None:
        """A yes or no to a file."""
        activity: Activity = turn_context.activity
        reply, _ = await self._ask(turn_context, _nothing, asked=Asked.CONSENTED, data=activity.value)
        ref = ConversationRef.of_turn(activity)
        if reply.given is not None:
            await self._giver.give(
                reply.given,
                directory_id=activity.from_property.aad_object_id or "",
                ref=ref,
                question=activity.reply_to_id,
            )
        elif reply.card is not None:
            await self._giver.say(reply, ref=ref, question=None if reply.note else activity.reply_to_id)

    async def _attached(self, turn_context: TurnContext, attachments: list[dict[str, Any]]) -> None:
        """Lists for the QA office."""

        async def ask(name: str, content: bytes) -> Reply:
            reply, _ = await self._ask(
                turn_context, _nothing, asked=Asked.ATTACHED, filename=name, content=content
            )
            return reply

        async for reply in self._lists.answers(turn_context.activity, attachments, ask):
            await self._post(turn_context, reply)

    async def _post(self, turn_context: TurnContext, reply: Reply) -> None:
        """A message of its own."""
        activity: Activity = turn_context.activity
        posted = await turn_context.send_activity(as_message(reply))
        if posted is not None and posted.id:
            shown = reply.copy_of or _audit_shown(activity.value)
            await self._keep_copy(activity, posted.id, shown)

    async def _keep_copy(self, activity: Activity, activity_id: str, shown: tuple[str, int] | None) -> None:
        """Remember a message that shows something of an audit, so that it can be edited later."""
        if shown is None:
            return
        kind, subject = shown
        directory_id, conversation = activity.from_property.aad_object_id or "", activity.conversation.id

        def keep() -> None:
            copy_kept(
                self._asking.council,
                directory_id=directory_id,
                conversation_id=conversation,
                activity_id=activity_id,
                kind=kind,
                subject_id=subject,
                now=clock(),
            )

        try:
            await self._asking.run(keep)
        except Busy:
            log.warning("a posted card could not be noted: busy")

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


def _audit_shown(data: Any) -> tuple[str, int] | None:
    """What a message shows after a press by Action.Submit, which unlike Action.Execute leaves it there."""
    try:
        payload, _ = unpack(data)
    except PayloadInvalid:
        return None
    audit_id = getattr(payload, "audit_id", 0)
    return ("page", audit_id) if audit_id else None
