"""Presses of packs: the list, one pack, a part, the forms, approval, copies."""

from collections.abc import Callable, Mapping

from cards.packs import TEXT, form_card, packs_card, part_card
from cards.payloads import Payload, PayloadInvalid
from cards.payloads_packs import (
    AskPackApproval,
    AskPackCopy,
    AskPackPart,
    DraftPack,
    RedraftPack,
    SavePackPart,
    ShowPack,
    ShowPackPart,
    ShowPacks,
)
from cards.views_packs import (
    PackFormView,
    PackLineView,
    PackPartView,
    PacksView,
)
from dialogs import pack_approval_presses
from dialogs.learning_shown import asked_again, hints
from dialogs.pack_approval_presses import as_it_stands
from dialogs.pack_shown import SAID, pack_reply, show_pack
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from domain.errors import NotFound, RuleBroken, Stale
from domain.pack_content import Part
from domain.packs import PackKind
from domain.people import Person, Post
from domain.permissions import Verb
from workflows import packing
from workflows.council import Council, Work
from workflows.offer_kinds import PACKS
from workflows.offering import offer_file
from workflows.pack_access import require_pack
from workflows.pack_look import OpenedPack, latest_of, list_packs, open_pack

_LEADERS = frozenset({Post.AD_QA, Post.AD_CARE, Post.DCS, Post.SM, Post.PSW, Post.PMPM})


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
    return show_pack(press, press.payload.pack_id)


def _show_part(press: Press, _: Outcome) -> Reply:
    payload: ShowPackPart = press.payload
    return _part(press, payload.pack_id, payload.part)


def _part(press: Press, pack_id: int, key: str, said: str = "") -> Reply:
    opened, part = _opened(press, pack_id, key)
    view = PackPartView(opened.paper, part, opened.may_edit, SAID.get(said, ""))
    return Reply(part_card(view), title="A pack")


def _opened(press: Press, pack_id: int, key: str) -> tuple[OpenedPack, Part]:
    opened = open_pack(press.work, press.council, by=press.person, pack_id=pack_id, now=press.now)
    part = opened.content.part(key)
    if part is None:
        raise NotFound("This pack has no such part. Type “packs” to open it again.")
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
    return show_pack(press, outcome["pack"], "drafted")


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


def _said(said: str) -> Callable[[Press, Outcome], Reply]:
    return lambda press, _: show_pack(press, press.payload.pack_id, said)


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
                return pack_reply(opened, turn)
        return _list(council, work, turn, person) if reads_packs(person) else None

    return answer


HANDLERS: dict[type[Payload], Handler] = {
    ShowPacks: Handler(_show_packs),
    ShowPack: Handler(_show_pack),
    ShowPackPart: Handler(_show_part),
    AskPackPart: Handler(_show_form),
    SavePackPart: Handler(_show_saved, act=_save, refuse=_refuse_save),
    DraftPack: Handler(_show_drafted, act=_draft),
    RedraftPack: Handler(_said("again"), act=_again, refuse=as_it_stands),
    AskPackApproval: Handler(_said("asked"), act=_ask, refuse=as_it_stands),
    **pack_approval_presses.HANDLERS,
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
