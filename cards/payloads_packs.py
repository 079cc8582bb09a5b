"""What buttons of packs carry. See `cards.payloads`. No figure is ever an input."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowPacks(Payload):
    """The packs that the reader may open, from this place of the list on."""

    VERB: ClassVar[str] = "packs"
    start: int


@dataclass(frozen=True, slots=True)
class ShowPack(Payload):
    """One pack: what matters most, and its parts."""

    VERB: ClassVar[str] = "pack"
    pack_id: int


@dataclass(frozen=True, slots=True)
class ShowPackPart(Payload):
    """One part with its words and figures."""

    VERB: ClassVar[str] = "pack_part"
    pack_id: int
    part: str


@dataclass(frozen=True, slots=True)
class AskPackPart(Payload):
    """Open the form for one's own words in a part."""

    VERB: ClassVar[str] = "pack_form"
    pack_id: int
    part: str


@dataclass(frozen=True, slots=True)
class SavePackPart(Payload):
    """Keep one's own words for a part; they are an input. `seen` marks what stood there."""

    VERB: ClassVar[str] = "pack_save"
    WRITES: ClassVar[bool] = True
    pack_id: int
    part: str
    seen: str
    nonce: str


@dataclass(frozen=True, slots=True)
class DraftPack(Payload):
    """Draft the pack of this kind that tells of the latest time."""

    VERB: ClassVar[str] = "pack_draft"
    WRITES: ClassVar[bool] = True
    kind: str
    nonce: str


@dataclass(frozen=True, slots=True)
class RedraftPack(Payload):
    """Count a pack's figures anew."""

    VERB: ClassVar[str] = "pack_again"
    WRITES: ClassVar[bool] = True
    pack_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AskPackApproval(Payload):
    """Give a pack to whoever approves it."""

    VERB: ClassVar[str] = "pack_ask"
    WRITES: ClassVar[bool] = True
    pack_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ApprovePack(Payload):
    """Approve a pack as it was read; `seen` marks how it stood."""

    VERB: ClassVar[str] = "pack_approve"
    WRITES: ClassVar[bool] = True
    pack_id: int
    seen: str
    nonce: str


@dataclass(frozen=True, slots=True)
class AskSendBack(Payload):
    """Open the form that gives a pack back."""

    VERB: ClassVar[str] = "pack_back_form"
    pack_id: int


@dataclass(frozen=True, slots=True)
class SendPackBack(Payload):
    """Give a pack back to the QA office; the reason is an input."""

    VERB: ClassVar[str] = "pack_back"
    WRITES: ClassVar[bool] = True
    pack_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AskPackCopy(Payload):
    """Offer a pack as a file in the reader's own chat: in "word" or "excel"."""

    VERB: ClassVar[str] = "pack_copy"
    WRITES: ClassVar[bool] = True
    pack_id: int
    form: str
    nonce: str
