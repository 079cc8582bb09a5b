"""Who may press what of packs; see `cells`."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cards.payloads import Payload
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
from domain.packs import PackKind
from domain.people import Person
from storage.work import Work
from tests.builders import Staff
from tests.packs import a_drafted_pack, a_sent_pack, an_asked_pack
from workflows.council import Council
from workflows.packing import mark_of

Typed = dict[str, str]

OFFICE = {"a quality assurance officer", "the SM for quality assurance"}
GROUP = OFFICE | {
    "the AD for QA",
    "the service manager",
    "the auditor's own service manager, who covers the other",
    "the principal social worker",
    "the project manager",
}
"""OG-11: who of the scene sits in the QA Group, and the office, which writes its pack."""

DRAFT, ASKED, ALSO_ASKED, SENT = (
    "a drafted pack",
    "a pack to approve",
    "another pack to approve",
    "a sent pack",
)
NO_PACK = "no pack"
_PACKS = (DRAFT, ASKED, ALSO_ASKED, SENT, NO_PACK)

MAY: dict[str, dict[str, set[str]]] = {
    # OG-05: the QA office writes; figures are nobody's to type.
    "write a pack": dict.fromkeys(_PACKS, OFFICE),
    "have a pack drafted": {NO_PACK: OFFICE},
    # The Group's pack is its chair's to approve, the Board's and SMT's the AD's (a default).
    "approve a pack": {ASKED: {"the AD for QA"}, SENT: {"the SM for quality assurance"}, NO_PACK: set()},
    "send a pack back": {
        ALSO_ASKED: {"the AD for QA"},
        SENT: {"the SM for quality assurance"},
        NO_PACK: set(),
    },
    # Before it is sent only those who write or approve it read it; then its body does.
    "read a pack": {
        DRAFT: OFFICE | {"the AD for QA"},
        ASKED: OFFICE | {"the AD for QA"},
        SENT: GROUP,
        NO_PACK: OFFICE,
    },
}
CHANGES: dict[type[Payload], tuple[str, set[str]]] = {
    SavePackPart: ("pack_texts", {DRAFT, ASKED, ALSO_ASKED}),
    RedraftPack: ("packs", {DRAFT, ASKED, ALSO_ASKED}),
    AskPackApproval: ("packs", {DRAFT}),
    DraftPack: ("packs", {NO_PACK}),
    ApprovePack: ("packs", {ASKED}),
    SendPackBack: ("packs", {ALSO_ASKED}),
    AskPackCopy: ("file_offers", {DRAFT, ASKED, SENT}),
}


def objects(
    work: Work, council: Council, some: Staff, people: dict[str, Person], given: dict[str, Any]
) -> dict[str, int]:
    """A pack in each state."""
    now: datetime = given["now"]
    chair = people["the SM for quality assurance"]
    earlier = now.replace(year=now.year - 1)
    return {
        DRAFT: a_drafted_pack(work, council, some, PackKind.ANNUAL, now=now).id,
        ASKED: an_asked_pack(work, council, some, PackKind.BOARD, now=now).id,
        ALSO_ASKED: an_asked_pack(work, council, some, PackKind.SMT, now=now).id,
        SENT: a_sent_pack(work, council, some, PackKind.QA_GROUP, by=chair, now=earlier).id,
        NO_PACK: 999_999,
    }


def asked(activity: str, object_id: int, nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """Every press of this activity, with what is typed beside it."""
    match activity:
        case "write a pack":
            yield AskPackPart(object_id, "why"), {}
            seen = mark_of("")
            yield (
                SavePackPart(object_id, "why", seen, nonce),
                {"pack_text": f"So that help gets better ({nonce})."},
            )
            yield RedraftPack(object_id, nonce), {}
            yield AskPackApproval(object_id, nonce), {}
        case "have a pack drafted":
            yield DraftPack("evidence", nonce), {}
        case "approve a pack":
            yield ApprovePack(object_id, "0" * 16, nonce), {}
        case "send a pack back":
            yield AskSendBack(object_id), {}
            yield SendPackBack(object_id, nonce), {"pack_reason": "Please say more of what changed."}
        case "read a pack":
            yield ShowPack(object_id), {}
            yield ShowPackPart(object_id, "why"), {}
            yield AskPackCopy(object_id, "word", nonce), {}
            yield AskPackCopy(object_id, "excel", f"{nonce}:excel"), {}


def everyones(objects: dict[str, int], nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """What everyone may press, and each is shown their own."""
    yield ShowPacks(0), {}
