"""Presses of packs: the list, one pack, a part, the forms, approval, copies."""

from collections.abc import Callable, Mapping

from cards.notes import note_card
from cards.packs import REASON, TEXT, form_card, pack_card, packs_card, part_card, send_back_form
from cards.payloads import Payload, PayloadInvalid
from cards.payloads_packs import (
    ApprovePack,
    AskPackApproval,
    AskPackCopy,
    AskPackPart,
    AskSendBack,
    DraftPack,
    RedraftPack,
    SavePackPart,
    SendPackBack,
    ShowPack,
    ShowPackPart,
    ShowPacks,
)
from cards.views import NoteView
from cards.views_packs import (
    PackFormView,
    PackLineView,
    PackPartView,
    PacksView,
    PackView,
    SendBackView,
)
from dialogs.learning_shown import asked_again, hints
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from domain.errors import NotFound, RuleBroken, Stale
from domain.pack_content import Part
from domain.packs import PackKind
from domain.people import Person, Post
from domain.permissions import Verb
from workflows import packing
from workflows.council import Council, Work
from workflows.offering import PACKS, offer_file
from workflows.pack_access import require_pack
from workflows.pack_look import OpenedPack, latest_of, list_packs, open_pack

_LEADERS = frozenset({Post.AD_QA, Post.AD_CARE, Post.DCS, Post.SM, Post.PSW, Post.PMPM})
_SAID = {
    "drafted": "It is drafted. Read it part by part, put in your own words, then ask for its approval.",
    "again": "Everything is counted anew; what people wrote stays.",
    "asked": "Whoever approves it has been asked. You hear when it is sent, or comes back.",
    "approved": "It is approved and on its way to its readers. From now on it stands as it is.",
    "back": "The QA office has it back with your words.",
    "kept": "Kept. Your words stand in the card and in the copies.",
    "copy": "The copy comes in a message of its own in a moment. Press Allow there, and it goes into your "
    "OneDrive.",
}


def _show_packs(press: Press, _: Outcome) -> Reply:
    payload: ShowPacks = press.payload
    return _list(press.council, press.work, press.turn, press.person, payload.start)


def _list(council: Council, work: Work, turn: Turn, person: Person, start: int = 0) -> Reply:
    found = list_packs(work, council, by=person, now=turn.now)
    lines = tuple(
        PackLineView(one.id, one.title, one.state, one.sent_at, one.is_asked) for one in found.packs
    )
    drafts = tuple((kind.value, title) for kind, title in found.to_draft)
    begin = start if start < len(lines) else 0
    return Reply(packs_card(PacksView(lines, drafts, begin, turn.nonce)), title="Packs")


def _show_pack(press: Press, _: Outcome) -> Reply:
    return _pack(press, press.payload.pack_id)


def _pack(press: Press, pack_id: int, said: str = "") -> Reply:
    opened = open_pack(press.work, press.council, by=press.person, pack_id=pack_id, now=press.now)
    return _pack_reply(opened, press.turn, said)


def _pack_reply(opened: OpenedPack, turn: Turn, said: str = "") -> Reply:
    view = PackView(
        paper=opened.paper,
        state=opened.row.state,
        reason=opened.row.reason,
        may_edit=opened.may_edit,
        may_approve=opened.may_approve,
        mark=opened.mark,
        nonce=turn.nonce,
        message=_SAID.get(said, ""),
    )
    return Reply(pack_card(view), title="A pack")


def _show_part(press: Press, _: Outcome) -> Reply:
    payload: ShowPackPart = press.payload
    return _part(press, payload.pack_id, payload.part)


def _part(press: Press, pack_id: int, key: str, said: str = "") -> Reply:
    opened, part = _opened(press, pack_id, key)
    view = PackPartView(opened.paper, part, opened.may_edit, _SAID.get(said, ""))
    return Reply(part_card(view), title="A pack")


def _opened(press: Press, pack_id: int, key: str) -> tuple[OpenedPack, Part]:
    opened = open_pack(press.work, press.council, by=press.person, pack_id=pack_id, now=press.now)
    part = opened.content.part(key)
    if part is None:
        raise NotFound("This pack has no such part.")
    return opened, part


def _show_form(press: Press, _: Outcome) -> Reply:
    payload: AskPackPart = press.payload
    return _form(press, payload.pack_id, payload.part)


def _form(
    press: Press,
    pack_id: int,
    key: str,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    changed: bool = False,
) -> Reply:
    require_pack(press.work, press.council, Verb.EDIT_PACK, by=press.person, pack_id=pack_id, now=press.now)
    opened, part = _opened(press, pack_id, key)
    if not opened.may_edit:
        return _part(press, pack_id, key)
    view = PackFormView(
        opened.paper, part, opened.mark_of_part(key), press.turn.nonce, typed, hints(errors), changed
    )
    return Reply(form_card(view), title="A pack")


def _save(press: Press) -> Outcome:
    payload: SavePackPart = press.payload
    packing.write_part(
        press.work,
        press.council,
        by=press.person,
        pack_id=payload.pack_id,
        part=payload.part,
        seen=payload.seen,
        typed={TEXT: press.typed(TEXT)},
        now=press.now,
    )
    return {}


def _show_saved(press: Press, _: Outcome) -> Reply:
    payload: SavePackPart = press.payload
    return _part(press, payload.pack_id, payload.part, "kept")


def _refuse_save(press: Press, broken: RuleBroken) -> Reply | None:
    payload: SavePackPart = press.payload
    if isinstance(broken, Stale):
        return _form(press, payload.pack_id, payload.part, press.typed_texts, changed=True)
    errors = asked_again(broken)
    return _form(press, payload.pack_id, payload.part, press.typed_texts, errors) if errors else None


def _draft(press: Press) -> Outcome:
    payload: DraftPack = press.payload
    pack_id = packing.draft_now(press.work, press.council, by=press.person, kind=payload.kind, now=press.now)
    return {"pack": pack_id}


def _show_drafted(press: Press, outcome: Outcome) -> Reply:
    return _pack(press, outcome["pack"], "drafted")


def _again(press: Press) -> Outcome:
    packing.draft_again(
        press.work, press.council, by=press.person, pack_id=press.payload.pack_id, now=press.now
    )
    return {}


def _ask(press: Press) -> Outcome:
    packing.ask_approval(
        press.work, press.council, by=press.person, pack_id=press.payload.pack_id, now=press.now
    )
    return {}


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


def _said(said: str) -> Callable[[Press, Outcome], Reply]:
    return lambda press, _: _pack(press, press.payload.pack_id, said)


def _as_it_stands(press: Press, broken: RuleBroken) -> Reply | None:
    """Somebody changed it meanwhile: whoever approves reads it again first."""
    return _pack(press, press.payload.pack_id) if isinstance(broken, Stale) else None


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
        return _pack_reply(opened, press.turn)
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
    view = NoteView("Sent back", _SAID["back"], (("Packs", ShowPacks(0)),), tone="good")
    return Reply(note_card(view), title="A pack")


def _refuse_back(press: Press, broken: RuleBroken) -> Reply | None:
    errors = asked_again(broken)
    return _back_form(press, press.typed_texts, errors) if errors else None


def _copy(press: Press) -> Outcome:
    payload: AskPackCopy = press.payload
    if payload.form not in PACKS:
        raise PayloadInvalid
    offer_file(
        press.work,
        press.council,
        by=press.person,
        kind=PACKS[payload.form],
        subject_id=payload.pack_id,
        token=press.turn.nonce,
        now=press.now,
    )
    return {}


def _type_packs(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """The list, for leaders and for whoever has anything on it; a line of somebody's page for anyone else."""
    has_any = bool(list_packs(work, council, by=person, now=turn.now).packs)
    return _list(council, work, turn, person) if has_any or reads_packs(person) else None


def reads_packs(person: Person) -> bool:
    """Whether packs are part of the person's work, by their posts."""
    return person.in_qa_office or bool(person.posts & _LEADERS)


def _type_latest(*kinds: PackKind) -> Callable[[Council, Work, Turn, Person], Reply | None]:
    """The latest of these kinds that is the person's; the list for leaders where there is none."""

    def answer(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
        for kind in kinds:
            found = latest_of(work, council, by=person, kind=kind, now=turn.now)
            if found is not None:
                opened = open_pack(work, council, by=person, pack_id=found.id, now=turn.now)
                return _pack_reply(opened, turn)
        return _list(council, work, turn, person) if reads_packs(person) else None

    return answer


HANDLERS: dict[type[Payload], Handler] = {
    ShowPacks: Handler(_show_packs),
    ShowPack: Handler(_show_pack),
    ShowPackPart: Handler(_show_part),
    AskPackPart: Handler(_show_form),
    SavePackPart: Handler(_show_saved, act=_save, refuse=_refuse_save),
    DraftPack: Handler(_show_drafted, act=_draft),
    RedraftPack: Handler(_said("again"), act=_again, refuse=_as_it_stands),
    AskPackApproval: Handler(_said("asked"), act=_ask, refuse=_as_it_stands),
    ApprovePack: Handler(_said("approved"), act=_approve, refuse=_as_it_stands),
    AskSendBack: Handler(_show_back_form),
    SendPackBack: Handler(_show_sent_back, act=_send_back, refuse=_refuse_back),
    AskPackCopy: Handler(_said("copy"), act=_copy),
}
"""What the buttons of packs carry. See `cards.payloads`."""

COMMANDS: Mapping[str, Command] = {
    "packs": Command(("packs", "my packs"), _type_packs),
    "board_report": Command(("board report", "board pack", "the board report"), _type_latest(PackKind.BOARD)),
    "bulletin": Command(("bulletin", "staff bulletin", "the bulletin"), _type_latest(PackKind.BULLETIN)),
    "annual_report": Command(("annual report", "annual audit report"), _type_latest(PackKind.ANNUAL)),
}
"""What can be typed."""
