"""What each reader sees of packs: the list of those they may open, one of them, and it as a paper.

Source: OG-05, OG-09, PF-14.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.pack_content import Content, from_body
from domain.pack_paper import Paper
from domain.packs import PackKind, PackState
from domain.people import Person
from domain.permissions import TABLE, Verb, capacities
from storage.packs import PackRow
from storage.work import View
from workflows.council import Council
from workflows.pack_access import line_of, may, require_pack
from workflows.packing import mark_of, slot_of, whole_mark


@dataclass(frozen=True, slots=True)
class PackOnList:
    """A pack that its reader may open."""

    id: int
    title: str
    state: PackState
    sent_at: datetime | None
    is_asked: bool
    """Whether it waits for this reader's approval."""


@dataclass(frozen=True, slots=True)
class PackList:
    """The packs of one reader, the latest first."""

    packs: tuple[PackOnList, ...]
    to_draft: tuple[tuple[PackKind, str], ...]
    """(kind, title) of those that this reader may have drafted now, as the latest time has none."""


@dataclass(frozen=True, slots=True)
class OpenedPack:
    """A pack as one reader sees it."""

    row: PackRow
    paper: Paper
    may_edit: bool
    may_approve: bool
    mark: str
    """Of the whole as it stands, to be approved so."""

    @property
    def content(self) -> Content:
        """What was drafted."""
        return self.paper.content

    def mark_of_part(self, part: str) -> str:
        """Of what people wrote in a part, to be saved over."""
        return mark_of(self.paper.texts.get(part, ""))


def list_packs(view: View, council: Council, *, by: Person, now: datetime) -> PackList:
    """Everything the reader may open; nobody is refused, most have bulletins alone."""
    rows = [one for one in view.packs.every() if may(view, council, Verb.READ_PACK, by=by, pack=one, now=now)]
    listed = tuple(
        PackOnList(
            one.id,
            one.content["title"],
            one.state,
            one.sent_at,
            one.state is PackState.ASKED and may(view, council, Verb.APPROVE_PACK, by=by, pack=one, now=now),
        )
        for one in rows
    )
    drafts: tuple[tuple[PackKind, str], ...] = ()
    if capacities(by) & TABLE[Verb.EDIT_PACK]:
        today = council.today(now)
        drafts = tuple(
            (line.kind, line.title)
            for line in council.framework.packs
            if view.packs.in_slot(slot_of(council, line, today)) is None
        )
    return PackList(tuple(sorted(listed, key=lambda one: not one.is_asked)), drafts)


def open_pack(view: View, council: Council, *, by: Person, pack_id: int, now: datetime) -> OpenedPack:
    """The pack, for whoever may read it at this time. Raises NotAllowed, NotFound."""
    pack = require_pack(view, council, Verb.READ_PACK, by=by, pack_id=pack_id, now=now)
    is_open = pack.state is not PackState.SENT
    return OpenedPack(
        row=pack,
        paper=paper_of(view, council, pack),
        may_edit=is_open and may(view, council, Verb.EDIT_PACK, by=by, pack=pack, now=now),
        may_approve=pack.state is PackState.ASKED
        and may(view, council, Verb.APPROVE_PACK, by=by, pack=pack, now=now),
        mark=whole_mark(view, pack) if is_open else "",
    )


def latest_of(view: View, council: Council, *, by: Person, kind: PackKind, now: datetime) -> PackRow | None:
    """The latest pack of this kind that the reader may open."""
    return next(
        (
            one
            for one in view.packs.every()
            if one.kind is kind and may(view, council, Verb.READ_PACK, by=by, pack=one, now=now)
        ),
        None,
    )


def paper_of(view: View, council: Council, pack: PackRow) -> Paper:
    """The pack as it is read; whoever asks was allowed to before."""
    line_of(council, pack)
    return Paper(
        id=pack.id,
        council=council.house.name,
        content=from_body(pack.content),
        texts={part: one.text for part, one in view.packs.texts(pack.id).items()},
        framework_version=pack.framework_version,
        drafted_at=pack.drafted_at,
        sent_at=pack.sent_at,
        hash=pack.hash,
    )
