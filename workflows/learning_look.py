"""What each reader sees of the learning log: lists, an entry, its analysis by theme, one's own actions.

Source: OG-06, RO-04, RO-06, Q29.
"""

from collections.abc import Iterable
from datetime import date, datetime

from domain.errors import NotAllowed, NotFound
from domain.learning import (
    PUBLISHED,
    STANDING,
    Entry,
    EntryState,
    Evidence,
    Log,
    LogLine,
    MyAction,
    OpenedEntry,
    OwnedAction,
    ThemeLine,
)
from domain.learning_evidence import needs_to_close
from domain.people import Person
from domain.permissions import TABLE, Standing, Verb, capacities, require
from storage.work import View
from workflows.audit_access import require_audit
from workflows.council import Council
from workflows.learning_entries import find_entry

_PARTS = ("standing", "to_assure", "closed", "analysis")
_KEEPERS_PARTS = ("drafts", "dropped")
MINE = "mine"
LOOKED_AT = 24
"""Of how many audits an entry rests on it is asked whether the reader may open them."""


def view_log(view: View, council: Council, *, by: Person, part: str, now: datetime) -> Log:
    """One part of the log; "" is where this reader begins: what they assure, what stands, or what is theirs.

    Raises NotAllowed for somebody who neither reads the log nor owns an action of it.
    """
    today = council.today(now)
    mine = _mine(view, by)
    if not _may(Verb.READ_LOG, by):
        if not mine:
            require(Verb.READ_LOG, by, today=today)
        return Log(MINE, {MINE: len(mine)}, (), (), mine, may_keep=False)
    require(Verb.READ_LOG, by, today=today)
    may_keep, may_assure = _may(Verb.KEEP_LOG, by), _may(Verb.ASSURE_LOG, by)
    entries = {
        "standing": view.learning.in_states(STANDING),
        "closed": view.learning.in_states({EntryState.CLOSED}),
    }
    published = (*entries["standing"], *entries["closed"])
    entries["to_assure"] = tuple(entry for entry in published if entry.needs_assurance)
    if may_keep:
        entries["drafts"] = view.learning.in_states({EntryState.DRAFT})
        entries["dropped"] = view.learning.in_states({EntryState.DROPPED})
    allowed = (*_PARTS, *(_KEEPERS_PARTS if may_keep else ()), MINE)
    if part and part not in allowed:
        raise NotFound("The log has no such part. Type “learning log” to see it.")
    chosen = part or ("to_assure" if may_assure and entries["to_assure"] else "standing")
    analysis = _analysis(view, published, today)
    counts = {name: len(entries[name]) for name in allowed if name in entries}
    return Log(
        part=chosen,
        counts={**counts, "analysis": len(analysis), MINE: len(mine)},
        lines=_lines(view, entries.get(chosen, ())),
        analysis=analysis if chosen == "analysis" else (),
        mine=mine,
        may_keep=may_keep,
    )


def open_entry(view: View, council: Council, *, by: Person, entry_id: int, now: datetime) -> OpenedEntry:
    """An entry for whoever reads the log, and for its owner.

    Raises NotAllowed alike for a draft that is not theirs and for an entry that does not exist; whoever keeps
    the log is told that there is none.
    """
    may_keep = _may(Verb.KEEP_LOG, by)
    entry = find_entry(view, entry_id) if may_keep else view.learning.get(entry_id)
    if entry is None or (entry.state not in PUBLISHED and not may_keep):
        raise NotAllowed("I cannot find that for you. Type “learning log” to see what is yours.")
    standing = Standing(None, 0, 0, owner_id=entry.owner_id)
    require(Verb.READ_LOG, by, today=council.today(now), standing=standing)
    actions = view.learning.actions([entry.id]).get(entry.id, ())
    ids = (entry.owner_id, entry.assured_by, entry.closed_by, *(action.owner_id for action in actions))
    names = {i: person.name for i, person in view.people.many(i for i in ids if i is not None).items()}
    evidence = view.learning.evidence([entry.id]).get(entry.id, {})
    audits = evidence.get(Evidence.AUDIT, ())
    sources = view.learning.sources([entry.id]).get(entry.id, ())
    needs = needs_to_close(
        owned=entry.owner_id is not None,
        pieces=len(audits) + len(sources),
        done=[action.done_on is not None for action in actions],
    )
    return OpenedEntry(
        entry=entry,
        owner_name=names.get(entry.owner_id or 0, ""),
        assured_by_name=names.get(entry.assured_by or 0, ""),
        closed_by_name=names.get(entry.closed_by or 0, ""),
        actions=tuple(OwnedAction(action, names[action.owner_id]) for action in actions),
        audits=len(audits),
        moderations=len(evidence.get(Evidence.MODERATION, ())),
        sources=sources,
        needs=needs if entry.state in {EntryState.DRAFT, *STANDING} else (),
        readable=tuple(i for i in audits[:LOOKED_AT] if _may_read(view, council, by, i, now)),
        may_keep=may_keep,
        may_assure=_may(Verb.ASSURE_LOG, by) and entry.needs_assurance,
        may_read_log=_may(Verb.READ_LOG, by),
    )


def may_open_entry(entry: Entry, by: Person) -> bool:
    """Whether the person may open this entry: published to whoever reads the log and to its owner."""
    if entry.state not in PUBLISHED:
        return _may(Verb.KEEP_LOG, by)
    standing = Standing(None, 0, 0, owner_id=entry.owner_id)
    return bool(capacities(by, standing=standing) & TABLE[Verb.READ_LOG])


def states_for(by: Person | None) -> frozenset[EntryState]:
    """The states of the entries that a reader of the log sees; None is whoever runs the command line.

    Drafts are the QA office's alone, and who runs Plumbline need not be of it.
    """
    return frozenset(EntryState) if by is not None and _may(Verb.KEEP_LOG, by) else PUBLISHED


def open_form(view: View, council: Council, *, by: Person, entry_id: int, now: datetime) -> Entry | None:
    """An entry for whoever keeps the log; None for a new one (`entry_id` 0)."""
    require(Verb.KEEP_LOG, by, today=council.today(now))
    return find_entry(view, entry_id) if entry_id else None


def _may(verb: Verb, by: Person) -> bool:
    """Whether the person may do this by their posts alone."""
    return bool(capacities(by) & TABLE[verb])


def _may_read(view: View, council: Council, by: Person, audit_id: int, now: datetime) -> bool:
    try:
        require_audit(view, council, Verb.READ_SHARED, by=by, audit_id=audit_id, now=now)
    except NotAllowed:
        return False
    return True


def _lines(view: View, entries: tuple[Entry, ...]) -> tuple[LogLine, ...]:
    names = view.people.many(entry.owner_id for entry in entries if entry.owner_id is not None)
    actions = view.learning.actions(entry.id for entry in entries)
    lines = []
    for entry in entries:
        done = [action.done_on is not None for action in actions.get(entry.id, ())]
        owner = names.get(entry.owner_id) if entry.owner_id is not None else None
        lines.append(LogLine(entry, owner.name if owner else "", done.count(False), done.count(True)))
    return tuple(lines)


def _mine(view: View, by: Person) -> tuple[MyAction, ...]:
    found = []
    for action in view.learning.open_actions_of(by.id):
        entry = view.learning.get(action.entry_id)
        if entry is not None:
            found.append(MyAction(action, entry.title))
    return tuple(found)


def _analysis(view: View, entries: Iterable[Entry], today: date) -> tuple[ThemeLine, ...]:
    """What the log holds on each theme: most standing first."""
    by_theme: dict[str, list[Entry]] = {}
    for entry in entries:
        by_theme.setdefault(entry.theme, []).append(entry)
    evidence = view.learning.evidence(entry.id for found in by_theme.values() for entry in found)
    lines = [
        ThemeLine(
            theme=theme,
            standing=sum(entry.state in STANDING for entry in found),
            overdue=sum(entry.is_overdue(today) for entry in found),
            closed=sum(entry.state is EntryState.CLOSED for entry in found),
            more_needed=sum(bool(entry.more_needed) for entry in found),
            evidence=len({i for entry in found for i in evidence.get(entry.id, {}).get(Evidence.AUDIT, ())}),
        )
        for theme, found in by_theme.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.standing, -line.overdue, line.theme)))
