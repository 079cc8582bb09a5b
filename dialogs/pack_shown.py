"""A pack's card after a press, with a word on what was done."""

from cards.packs import pack_card
from cards.views_packs import PackView
from dialogs.press import Press
from dialogs.turn import Reply, Turn
from workflows.pack_look import OpenedPack, open_pack

SAID = {
    "drafted": "It is drafted. Read it part by part, put in your own words, then ask for its approval.",
    "again": "Everything is counted anew; what people wrote stays.",
    "asked": "Whoever approves it has been asked. You hear when it is sent, or comes back.",
    "approved": "It is approved and on its way to its readers. From now on it stands as it is.",
    "back": "The QA office has it back with your words.",
    "kept": "Kept. Your words stand in the card and in the copies.",
    "copy": "The copy comes in a message of its own in a moment. Press Allow there, and it goes into your "
    "OneDrive.",
}


def show_pack(press: Press, pack_id: int, said: str = "") -> Reply:
    """One pack as its reader may see it, with what was just done."""
    opened = open_pack(press.work, press.council, by=press.person, pack_id=pack_id, now=press.now)
    return pack_reply(opened, press.turn, said)


def pack_reply(opened: OpenedPack, turn: Turn, said: str = "") -> Reply:
    """The card of a pack that was opened."""
    view = PackView(
        paper=opened.paper,
        state=opened.row.state,
        reason=opened.row.reason,
        may_edit=opened.may_edit,
        may_approve=opened.may_approve,
        mark=opened.mark,
        nonce=turn.nonce,
        message=SAID.get(said, ""),
    )
    return Reply(pack_card(view), title="A pack")
