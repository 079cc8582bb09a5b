"""The end of the story as text: what the QA Group reads of it all in its channel."""

from bot.demo.playground import BOT, CHANNEL, TEAM, TENANT
from bot.demo.staging import Telling
from bot.demo.story import Cast
from dialogs.answering import answer
from dialogs.turn import Asked, Turn
from scheduler.preparing import Message, prepare
from workflows.digest_posts import KINDS
from workflows.places import ChannelPlace

_PLACE = ChannelPlace(CHANNEL, TEAM, "Audits", "http://localhost", TENANT, BOT)


def tell_the_channel(stage: Telling, cast: Cast) -> None:
    """Print how the officer brings the digest into the channel, and what everybody reads there."""
    stage.enter("QA Group's channel", cast.qa_officer, "has the digest posted there, and asks")
    _ask(stage, cast, "use this channel")
    with stage.council.read() as view:
        posts = [one for one in view.outbox.due_by(stage.now) if one.kind in KINDS]
        for notice in posts:
            parcel = prepare(view, stage.council, notice, now=stage.now, nonce="demo")
            if isinstance(parcel, Message):
                stage.show("everybody in the channel reads", parcel.activity["attachments"][0]["content"])
    _ask(stage, cast, "status")


def _ask(stage: Telling, cast: Cast, said: str) -> None:
    turn = Turn(cast.qa_officer.directory_id or "", stage.now, "demo", Asked.TYPED, text=said, place=_PLACE)
    stage.show(f"mentions the bot with “{said}”", answer(stage.council, turn).card or {})
