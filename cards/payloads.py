"""What a button carries: ids and a version, never authority.

Each button has a declared class. `pack` gives the JSON that travels in the card, `unpack` reads what came
back and refuses anything malformed, oversized or of a version this code no longer speaks. A payload never
says who presses; that comes from the authenticated call.

Source: decision 4 of the design.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar, get_type_hints

from domain.errors import RuleBroken

PAYLOAD_KEY = "plumbline"
VERSION = 1
MAX_TEXT = 200


class PayloadInvalid(RuleBroken):
    """The button's data is not of a shape this version understands."""

    def __init__(self) -> None:
        super().__init__(
            "That button belongs to an older card. Type “my audits” and I will show you today's."
        )


_REGISTRY: dict[str, type["Payload"]] = {}


@dataclass(frozen=True, slots=True)
class Payload:
    """Base of every button's data."""

    VERB: ClassVar[str] = ""
    WRITES: ClassVar[bool] = False
    """Whether pressing changes something; such a press is answered once however often it arrives."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super(Payload, cls).__init_subclass__(**kwargs)
        if cls.VERB:
            # A dataclass with slots is made twice, under one name.
            if _REGISTRY.get(cls.VERB, cls).__qualname__ != cls.__qualname__:
                raise TypeError(f"two kinds of button are called {cls.VERB!r}")
            _REGISTRY[cls.VERB] = cls

    def pack(self) -> dict[str, Any]:
        """The JSON object for the card's `data`."""
        body = {f.name: getattr(self, f.name) for f in fields(self)}
        return {PAYLOAD_KEY: {"verb": self.VERB, "v": VERSION, **body}}


def unpack(data: object) -> tuple[Payload, dict[str, Any]]:
    """The payload in a press's data, and the typed inputs beside it.

    Raises PayloadInvalid for anything but a known verb of this version with exactly its fields. Inputs are
    texts, numbers and yes or no; what else stands there was made by hand and is left out.
    """
    if not isinstance(data, Mapping) or not isinstance(packed := data.get(PAYLOAD_KEY), Mapping):
        raise PayloadInvalid
    kind = _REGISTRY.get(str(packed.get("verb")))
    version = packed.get("v")
    if kind is None or type(version) is not int or version != VERSION:
        raise PayloadInvalid
    given = {k: v for k, v in packed.items() if k not in ("verb", "v")}
    hints = _field_types(kind.VERB)
    if set(given) != set(hints) or not all(_fits(given[k], t) for k, t in hints.items()):
        raise PayloadInvalid
    inputs = {
        str(k): v
        for k, v in data.items()
        if k not in (PAYLOAD_KEY, "msteams") and isinstance(v, str | int | float)
    }
    return kind(**given), inputs


@cache
def _field_types(verb: str) -> dict[str, object]:
    """Field name to type; worked out once for each verb, as it is read at every press."""
    kind = _REGISTRY[verb]
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind)}


def _fits(value: object, wanted: object) -> bool:
    """Whether the value is exactly of the wanted type: JSON's true is no number here."""
    if wanted is int:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
    if wanted is bool:
        return isinstance(value, bool)
    return isinstance(value, str) and len(value) <= MAX_TEXT and value.isprintable()


@dataclass(frozen=True, slots=True)
class OpenOverview(Payload):
    """Show the audit's overview; also what a refresh asks for, so it changes nothing."""

    VERB: ClassVar[str] = "overview"
    audit_id: int


@dataclass(frozen=True, slots=True)
class OpenPage(Payload):
    """Show a page (its key, or "everything"); inputs typed at `version` come along to be shown in it."""

    VERB: ClassVar[str] = "page"
    audit_id: int
    page: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class SavePage(Payload):
    """Save a page and go on to `then`: a page key, "everything", "overview" or "here"."""

    VERB: ClassVar[str] = "save"
    WRITES: ClassVar[bool] = True
    audit_id: int
    page: str
    version: int
    then: str
    nonce: str


@dataclass(frozen=True, slots=True)
class AcceptAudit(Payload):
    """Take the audit on."""

    VERB: ClassVar[str] = "accept"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AskConflict(Payload):
    """Open the form that declares a conflict."""

    VERB: ClassVar[str] = "conflict_form"
    audit_id: int


@dataclass(frozen=True, slots=True)
class DeclareConflict(Payload):
    """Give the audit back because of a conflict; the reason is an input."""

    VERB: ClassVar[str] = "conflict"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowGuidance(Payload):
    """Show guidance on a topic: a section key, "grades", "writing" or "start"."""

    VERB: ClassVar[str] = "guidance"
    audit_id: int
    """0 when asked for outside an audit."""
    topic: str


@dataclass(frozen=True, slots=True)
class SubmitAudit(Payload):
    """Submit the audit as it stands at these versions."""

    VERB: ClassVar[str] = "submit"
    WRITES: ClassVar[bool] = True
    audit_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AskSafety(Payload):
    """Open the safety alert form.

    Pressed on a page, it says which and at which version, and the page's inputs come with the press, to be
    saved before the form takes its place; the way back leads there. On a shared audit it names the part."""

    VERB: ClassVar[str] = "safety_form"
    audit_id: int
    page: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class RaiseSafety(Payload):
    """Raise a safety alert (Q16). `page` is where the form was opened, and where the way back leads."""

    VERB: ClassVar[str] = "safety"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nonce: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class AcknowledgeSafety(Payload):
    """Say that the alert has been seen and is being acted on."""

    VERB: ClassVar[str] = "safety_ack"
    WRITES: ClassVar[bool] = True
    alert_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class KeepLine(Payload):
    """Put the line typed in chat into the page it was meant for."""

    VERB: ClassVar[str] = "keep_line"
    WRITES: ClassVar[bool] = True
    audit_id: int
    page: str
    line: int
    """Id of the waiting line."""
    box: str
    nonce: str


@dataclass(frozen=True, slots=True)
class DropLine(Payload):
    """Forget the line typed in chat."""

    VERB: ClassVar[str] = "drop_line"
    WRITES: ClassVar[bool] = True
    line: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ReadShared(Payload):
    """Read a shared audit. `part` is "summary", a page key, "actions" or "comment"."""

    VERB: ClassVar[str] = "shared"
    audit_id: int
    part: str


@dataclass(frozen=True, slots=True)
class AddComment(Payload):
    """The practitioner's comment on the audit of their work."""

    VERB: ClassVar[str] = "comment"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ReviewAudit(Payload):
    """The team manager's review; `nominate` says whether for moderation."""

    VERB: ClassVar[str] = "review"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nominate: bool
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowMyAudits(Payload):
    """The person's list of things to do."""

    VERB: ClassVar[str] = "my_audits"


@dataclass(frozen=True, slots=True)
class ConfirmImport(Payload):
    """Take on a list whose leavers or closings are more than usual."""

    VERB: ClassVar[str] = "import_confirm"
    WRITES: ClassVar[bool] = True
    import_id: int
    nonce: str
