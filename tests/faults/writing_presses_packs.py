"""A press of every verb of packs; see `writing_presses`."""

from collections.abc import Iterator

from cards.payloads_packs import (
    ApprovePack,
    AskPackApproval,
    AskPackCopy,
    DraftPack,
    RedraftPack,
    SavePackPart,
    SendPackBack,
)
from domain.packs import PackKind
from tests.faults.grounds import Ground
from tests.faults.pressing import Press
from tests.packs import a_drafted_pack, an_asked_pack
from workflows.pack_look import mark_of
from workflows.packing import whole_mark


def pack_presses(ground: Ground) -> Iterator[Press]:
    """One press of each verb, each made when those before it are done."""
    council, people, nonce = ground.council, ground.people, "pressed"
    office = people.qa_officer
    with council.write() as work:
        drafted = a_drafted_pack(work, council, people, PackKind.ANNUAL, now=ground.now)
        asked = an_asked_pack(work, council, people, PackKind.BOARD, now=ground.now)
        seen = whole_mark(work, asked)
        returned = an_asked_pack(work, council, people, PackKind.SMT, now=ground.now)
    yield Press(office, DraftPack(PackKind.EVIDENCE.value, nonce), {}, {"drafted a pack": 1})
    yield Press(office, RedraftPack(drafted.id, nonce), {}, {"drafted a pack again": 1})
    words = {"pack_text": "So that help gets better."}
    part = SavePackPart(drafted.id, "why", mark_of(""), nonce)
    yield Press(office, part, words, {"wrote in a pack": 1})
    yield Press(office, AskPackCopy(drafted.id, "word", nonce), {}, {"file_offers": 1})
    yield Press(office, AskPackApproval(drafted.id, nonce), {}, {"asked to approve a pack": 1})
    yield Press(people.ad_qa, ApprovePack(asked.id, seen, nonce), {}, {"approved a pack": 1})
    why = {"pack_reason": "Please say more of what changed."}
    yield Press(people.ad_qa, SendPackBack(returned.id, nonce), why, {"sent a pack back": 1})
