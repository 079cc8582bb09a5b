"""What the cards of packs show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cards.views import HintView
from domain.pack_content import Part
from domain.pack_paper import Paper
from domain.packs import PackState


@dataclass(frozen=True, slots=True)
class PackLineView:
    """A pack on the list."""

    pack_id: int
    title: str
    state: PackState
    sent_at: datetime | None
    is_asked: bool
    """Whether it waits for the reader's approval."""


@dataclass(frozen=True, slots=True)
class PacksView:
    """The list."""

    lines: tuple[PackLineView, ...]
    to_draft: tuple[tuple[str, str], ...]
    """(kind, title) of those that the reader may have drafted now."""
    start: int
    nonce: str


@dataclass(frozen=True, slots=True)
class PackView:
    """One pack."""

    paper: Paper
    state: PackState
    reason: str
    """Why it was sent back; empty when it was not."""
    may_edit: bool
    may_approve: bool
    mark: str
    nonce: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class PackPartView:
    """One part of a pack."""

    paper: Paper
    part: Part
    may_edit: bool
    message: str = ""


@dataclass(frozen=True, slots=True)
class PackFormView:
    """The form for one's own words in a part."""

    paper: Paper
    part: Part
    mark: str
    """Of what stood there when the form was opened."""
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()
    changed: bool = False
    """Whether somebody else wrote in it meanwhile."""


@dataclass(frozen=True, slots=True)
class SendBackView:
    """The form that gives a pack back."""

    paper: Paper
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()
