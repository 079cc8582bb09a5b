"""Presses of whoever approves a pack: approve it as it was read, or send it back with a reason."""

from collections.abc import Mapping

from cards.notes import note_card
from cards.packs import REASON, send_back_form
from cards.payloads import Payload
from cards.payloads_packs import ApprovePack, AskSendBack, SendPackBack, ShowPacks
from cards.views import NoteView
from cards.views_packs import SendBackView
from dialogs.learning_shown import asked_again, hints
from dialogs.pack_shown import SAID, pack_reply, show_pack
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Reply
from domain.errors import RuleBroken, Stale
from domain.permissions import Verb
from workflows import packing
from workflows.pack_access import require_pack
from workflows.pack_look import open_pack


def _approve(press: Press) -> Outcome:
    payload: ApprovePack = press.payload
    packing.approve(
        press.work,
        press.council,
        by=press.person,
        pack_id=payload.pack_id,
        seen=payload.seen,
        now=press.now,
    )
    return {}


def as_it_stands(press: Press, broken: RuleBroken) -> Reply | None:
    """Somebody changed it meanwhile: whoever approves reads it again first."""
    return show_pack(press, press.payload.pack_id) if isinstance(broken, Stale) else None


def _show_back_form(press: Press, _: Outcome) -> Reply:
    return _back_form(press)


def _back_form(
    press: Press, typed: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
) -> Reply:
    pack_id = press.payload.pack_id
    require_pack(
        press.work, press.council, Verb.APPROVE_PACK, by=press.person, pack_id=pack_id, now=press.now
    )
    opened = open_pack(press.work, press.council, by=press.person, pack_id=pack_id, now=press.now)
    if not opened.may_approve:
        return pack_reply(opened, press.turn)
    view = SendBackView(opened.paper, press.turn.nonce, typed, hints(errors))
    return Reply(send_back_form(view), title="A pack")


def _send_back(press: Press) -> Outcome:
    packing.send_back(
        press.work,
        press.council,
        by=press.person,
        pack_id=press.payload.pack_id,
        typed={REASON: press.typed(REASON)},
        now=press.now,
    )
    return {}


def _show_sent_back(_press: Press, _: Outcome) -> Reply:
    # A draft is the QA office's again, so whoever approves has nothing more to see of it here.
    view = NoteView("Sent back", SAID["back"], (("Packs", ShowPacks(0)),), tone="good")
    return Reply(note_card(view), title="A pack")


def _refuse_back(press: Press, broken: RuleBroken) -> Reply | None:
    errors = asked_again(broken)
    return _back_form(press, press.typed_texts, errors) if errors else None


def _show_approved(press: Press, _: Outcome) -> Reply:
    return show_pack(press, press.payload.pack_id, "approved")


HANDLERS: dict[type[Payload], Handler] = {
    ApprovePack: Handler(_show_approved, act=_approve, refuse=as_it_stands),
    AskSendBack: Handler(_show_back_form),
    SendPackBack: Handler(_show_sent_back, act=_send_back, refuse=_refuse_back),
}
"""What the approver's buttons carry."""
