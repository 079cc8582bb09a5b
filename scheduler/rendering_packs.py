"""Packs: the cards that lead to them, the bulletin itself, and the mail that brings one.

Source: OG-05, OG-09, OG-10, PF-07, PF-11.
"""

from collections.abc import Mapping

from cards.mails import pack_mail
from cards.packs import SUMMARY, bulletin_card, pack_card
from cards.payloads_packs import ShowPack
from cards.views_packs import PackView
from domain.errors import RuleBroken
from domain.packs import PackKind, PackState
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, Written, note
from scheduler.ports import Attachment
from scheduler.rendering_office import for_office
from storage.packs import PackRow
from workflows.offer_kinds import KINDS, PACKS
from workflows.pack_look import OpenedPack, open_pack
from workflows.pack_telling import DRAFTED, SENT, SENT_BACK, TO_APPROVE

_GONE = Needless("the pack stands otherwise by now")


def drafted(drawing: Drawing) -> Drawn | Needless:
    """Tells the QA office that a draft is there."""
    pack = drawing.view.packs.get(drawing.notice.subject_id)
    if pack is None or pack.state is not PackState.DRAFT:
        return _GONE
    text = (
        f"{pack.content['title']} is drafted. Read it part by part and put in your own words; then one press "
        "asks for its approval."
    )
    return note("A pack is drafted", text, ("Open it", ShowPack(pack.id)))


def to_approve(drawing: Drawing) -> Drawn | Needless:
    """The pack itself, for whoever approves it."""
    opened = _opened(drawing)
    if opened is None or not opened.may_approve:
        return _GONE
    message = (
        "Please read and approve it, or send it back. Once approved it is sent and can no longer be changed."
    )
    return Drawn(pack_card(_view(drawing, opened, message)), "A pack to approve: open this in Teams.")


def sent_back(drawing: Drawing) -> Drawn | Needless:
    """Tells the QA office what is to be changed."""
    pack = drawing.view.packs.get(drawing.notice.subject_id)
    if pack is None or pack.state is not PackState.DRAFT or not pack.reason:
        return _GONE
    text = f"{pack.content['title']} came back:\n{pack.reason}"
    return note("A pack was sent back", text, ("Open it", ShowPack(pack.id)))


def sent(drawing: Drawing) -> Drawn | Needless:
    """The pack for its reader; the bulletin whole."""
    opened = _opened(drawing)
    if opened is None or opened.row.state is not PackState.SENT:
        return _GONE
    view = _view(drawing, opened)
    if opened.row.kind is PackKind.BULLETIN:
        return Drawn(bulletin_card(view), "The staff bulletin: open this in Teams.")
    return Drawn(pack_card(view), SUMMARY)


def sent_mail(drawing: Drawing) -> Written | Needless:
    """The approved pack in Word and Excel."""
    opened = _opened(drawing)
    if opened is None or opened.row.state is not PackState.SENT:
        return _GONE
    pack = opened.row
    subject, body = pack_mail(council_name=drawing.council.house.name, title=pack.content["title"])
    return Written(subject, body, tuple(_attached(drawing, pack, kind) for kind in PACKS.values()))


CARDS: Mapping[str, Draw] = {
    DRAFTED: for_office(drafted),
    TO_APPROVE: to_approve,
    SENT_BACK: for_office(sent_back),
    SENT: sent,
}
"""Kind to the card posted in the person's chat."""

MAILS: Mapping[str, Write] = {SENT: sent_mail}
"""Kind to the mail sent to the person."""


def _opened(drawing: Drawing) -> OpenedPack | None:
    """The pack, while it is this person's to open."""
    try:
        return open_pack(
            drawing.view,
            drawing.council,
            by=drawing.person,
            pack_id=drawing.notice.subject_id,
            now=drawing.now,
        )
    except RuleBroken:
        return None


def _view(drawing: Drawing, opened: OpenedPack, message: str = "") -> PackView:
    return PackView(
        paper=opened.paper,
        state=opened.row.state,
        reason=opened.row.reason,
        may_edit=opened.may_edit,
        may_approve=opened.may_approve,
        mark=opened.mark,
        nonce=drawing.nonce,
        message=message,
    )


def _attached(drawing: Drawing, pack: PackRow, kind: str) -> Attachment:
    known = KINDS[kind]
    content = drawing.makers[kind](drawing.view, drawing.council, drawing.person, pack.id, drawing.now)
    return Attachment(known.name(drawing.view, pack.id), known.content_type, content)
