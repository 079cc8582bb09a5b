"""A figure traced to its records, for whoever runs the machine: what it says, and whether it still does.

Records are named by their number, and audits by the reference of their case as well: never by a child's, a
family's or a worker's name (SG-01). What was hidden in the pack is traced too, so each look is in the trail.

Source: OG-05, SG-01, SG-05; decision 0016.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.errors import NotFound
from domain.figures import COUNCIL, Figure
from domain.pack_content import FigureRow
from domain.packs import label_of
from storage.packs import PackRow
from storage.work import View, Work
from workflows.council import Council
from workflows.pack_gathering import set_between
from workflows.switching import OPERATOR


@dataclass(frozen=True, slots=True)
class Record:
    """A record behind a figure."""

    name: str
    """"audit 12", "action 7"."""
    case: str
    """The reference of its case; empty where it has none, or the record is gone."""


@dataclass(frozen=True, slots=True)
class Traced:
    """What is behind a figure."""

    row: FigureRow
    pack: PackRow
    period: str
    scope: str
    """"the council", or a service's name."""
    counted: tuple[Record, ...]
    others: tuple[Record, ...]
    """The rest of those that it is out of."""
    joined: tuple[Record, ...]
    """Counted today and not then."""
    left: tuple[Record, ...]
    """Counted then and not today."""
    whole_joined: tuple[Record, ...]
    whole_left: tuple[Record, ...]

    @property
    def same(self) -> bool:
        """Whether counting again today gives the same, record for record."""
        return not (self.joined or self.left or self.whole_joined or self.whole_left)


def trace(work: Work, council: Council, ref: str, *, now: datetime) -> Traced:
    """Everything behind this reference, in capitals or not. Raises NotFound for one that no pack holds."""
    wanted = ref.strip().upper()
    found = work.packs.figure(wanted)
    if found is None:
        raise NotFound(
            "No pack holds that reference. It stands beside the figure, as in P12-07, or P12-07B for the "
            "time before."
        )
    row, pack_id = found
    pack = work.packs.get(pack_id)
    if pack is None:
        raise LookupError(f"no pack {pack_id}")
    first, last = date.fromisoformat(row.first_on), date.fromisoformat(row.last_on)
    again = set_between(work, council, first, last, today=council.today(now)).get(row.key, row.scope)
    work.trail.add(now=now, actor=None, verb="traced", subject=f"figure {row.ref}", fields={"by": OPERATOR})
    return _traced(work, row, pack, again, period=label_of(first, last))


def _traced(view: View, row: FigureRow, pack: PackRow, again: Figure | None, *, period: str) -> Traced:
    counted, whole = again.counted if again else (), (again.whole if again else None) or ()
    then = row.whole or ()
    return Traced(
        row=row,
        pack=pack,
        period=period,
        scope=_scope(view, row.scope),
        counted=_records(view, row.counted),
        others=_records(view, _without(then, row.counted)),
        joined=_records(view, _without(counted, row.counted)),
        left=_records(view, _without(row.counted, counted)),
        whole_joined=_records(view, _without(whole, then)),
        whole_left=_records(view, _without(then, whole)),
    )


def _scope(view: View, scope: str) -> str:
    if scope == COUNCIL:
        return "the council"
    service = view.people.services().get(int(scope.rpartition(" ")[2]))
    return service.name if service else scope


def _without(some: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    left = frozenset(others)
    return tuple(one for one in some if one not in left)


def _records(view: View, names: Iterable[str]) -> tuple[Record, ...]:
    return tuple(Record(name, _case_of(view, name)) for name in names)


def _case_of(view: View, name: str) -> str:
    kind, _, number = name.rpartition(" ")
    audit_id = int(number)
    if kind == "action":
        action = view.actions.get(audit_id)
        audit_id = action.audit_id if action else 0
    elif kind == "moderation":
        moderation = view.moderations.get(audit_id)
        audit_id = moderation.audit_id if moderation else 0
    elif kind == "praise":
        note = view.praise.get(audit_id)
        audit_id = note.audit_id if note else 0
    elif kind != "audit":
        return ""
    audit = view.audits.get(audit_id)
    return audit.case_reference if audit else ""
