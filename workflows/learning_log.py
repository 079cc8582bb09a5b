"""The learning log: drafted from audits and moderations, written by the QAO, assured by the AD (OG-06).

An entry is a draft of the QA office's until it is published; then every reader of the log sees it, the AD for
QA assures it, and it closes only with an answer on what changed for children and whether more work is needed.

Source: OG-06, RO-04, RO-06, RO-07, Q29, SG-01, SG-05.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from domain.errors import NotFound, RuleBroken
from domain.learning import PUBLISHED, STANDING, UNENDED, DraftedFrom, Entry, EntryState
from domain.learning_evidence import SAID, needs_to_close
from domain.people import Person
from domain.permissions import Verb, require
from domain.themes import theme_titles
from storage.work import Work
from workflows.council import Council
from workflows.learning_drafts import draft_from_audit, draft_from_moderation, draft_from_theme
from workflows.learning_entries import (
    DRAFTED,
    change_entry,
    find_entry,
    keep_trail,
    references_of,
    require_version,
)
from workflows.learning_evidence import pieces_of
from workflows.learning_telling import tell_of_entry, tell_owner_of_action, tell_who_assures
from workflows.learning_texts import TITLE_LIMIT, Reading, owners
from workflows.tracked_following import follow_entry

__all__ = [
    "add_draft",
    "assure_entry",
    "draft_from_audit",
    "draft_from_moderation",
    "draft_from_theme",
    "end_entry",
    "needs_assuring_anew",
    "publish_entry",
    "save_entry",
    "write_entry",
]

_WORDS = ("theme", "title", "learning")
"""What the AD for QA stands by; when any of it changes, they are asked anew."""
_WANTED = {
    "theme": "Please choose what it is about.",
    "learning": "Please say what was learned; it is what everybody reads.",
    "owner": "Please choose who sees to it.",
    "due_on": "Please give the day by which it should have made a difference.",
}
"""What a published entry needs, and how it is asked for."""


def save_entry(
    work: Work,
    council: Council,
    *,
    by: Person,
    entry_id: int,
    version: int,
    typed: Mapping[str, str],
    now: datetime,
) -> int:
    """Save the words, owner and day of an entry, or of a new draft (`entry_id` 0); returns the id.

    Raises TextsWanted with everything that cannot be kept, and Stale (with the entry as it stands) when it
    changed since it was opened. In both cases nothing was saved.
    """
    today = council.today(now)
    require(Verb.KEEP_LOG, by, today=today)
    entry = find_entry(work, entry_id) if entry_id else None
    if entry is not None and entry.state not in UNENDED:
        raise RuleBroken("This entry has ended, so its words stand as they are.")
    wanted = _WANTED if entry is not None and entry.state in STANDING else {}
    reading = Reading(typed, council.framework, references_of(work, entry) if entry else ())
    themes = {*theme_titles(council.framework), *([entry.theme] if entry else ())}
    values: dict[str, Any] = {
        "title": reading.text("entry_title", wanted="Please give it a short title.", limit=TITLE_LIMIT),
        "theme": reading.choice("theme", themes, wanted=wanted.get("theme", "")),
        "learning": reading.text("learning", wanted=wanted.get("learning", "")),
        "owner_id": reading.owner(
            "owner",
            owners(work),
            wanted=wanted.get("owner", ""),
            standing=entry.owner_id if entry else None,
        ),
        "due_on": reading.day(
            "due_on",
            today=today,
            wanted=wanted.get("due_on", ""),
            standing=entry.due_on if entry else None,
        ),
    }
    reading.done()
    if entry is None:
        return add_draft(work, values, by=by, now=now)
    changed = {name: value for name, value in values.items() if getattr(entry, name) != value}
    if not changed:
        # The same words again change nothing, whatever version the card was drawn from.
        return entry.id
    require_version(entry, version)
    write_entry(work, council, entry, changed, by=by, now=now)
    return entry.id


def add_draft(work: Work, values: Mapping[str, Any], *, by: Person | None, now: datetime) -> int:
    """A new draft by hand with its trail; `by` is None for one that a file brought in. Returns its id."""
    new_id = work.learning.add(drafted_from=DraftedFrom.HAND, by=by.id if by else None, now=now, **values)
    keep_trail(work, by, DRAFTED, new_id, now, {**values, "from": DraftedFrom.HAND.value})
    return new_id


def write_entry(
    work: Work, council: Council, entry: Entry, values: Mapping[str, Any], *, by: Person | None, now: datetime
) -> None:
    """Set these words, owner or day of an entry; assured words are to be assured anew, owners are told."""
    by_id = by.id if by else None
    changed = dict(values)
    if needs_assuring_anew(entry, changed):
        changed |= {"state": EntryState.OPEN.value, "assured_by": None, "assured_at": None}
    saved = change_entry(work, entry, changed)
    keep_trail(work, by, "wrote a learning entry", entry.id, now, changed)
    if saved.state is EntryState.OPEN and entry.state is EntryState.ASSURED:
        tell_who_assures(work, council, now=now)
    if {"owner_id", "due_on"} & set(changed):
        tell_of_entry(work, council, saved, now=now, by=by_id)
    follow_entry(work, saved, by=by_id, now=now)


def needs_assuring_anew(entry: Entry, changed: Collection[str]) -> bool:
    """Whether the AD for QA stood by what these columns are about to change (RO-06)."""
    return entry.state is EntryState.ASSURED and any(name in changed for name in _WORDS)


def publish_entry(
    work: Work, council: Council, *, by: Person, entry_id: int, version: int, now: datetime
) -> None:
    """Let everyone who reads the log read a draft; owners are told. Raises TextsWanted for what it lacks."""
    today = council.today(now)
    require(Verb.KEEP_LOG, by, today=today)
    entry = find_entry(work, entry_id)
    if entry.state is not EntryState.DRAFT:
        raise RuleBroken("This entry is published already.")
    require_version(entry, version)
    _require_whole(work, council, entry, now)
    opened = change_entry(work, entry, {"state": EntryState.OPEN.value})
    keep_trail(work, by, "published a learning entry", entry.id, now)
    tell_of_entry(work, council, opened, now=now, by=by.id)
    tell_who_assures(work, council, now=now)
    for action in work.learning.actions([entry.id]).get(entry.id, ()):
        tell_owner_of_action(work, council, action, now=now, by=by.id)
    follow_entry(work, opened, by=by.id, now=now)


def assure_entry(
    work: Work, council: Council, *, by: Person, entry_id: int, version: int, now: datetime
) -> None:
    """The AD for QA stands by a published entry, open or closed (RO-06)."""
    require(Verb.ASSURE_LOG, by, today=council.today(now))
    entry = find_entry(work, entry_id)
    if entry.state not in PUBLISHED:
        raise NotFound("There is no published entry of that number.")
    if not entry.needs_assurance:
        raise RuleBroken("This entry is assured already.")
    # What is assured is what was read; words that changed meanwhile are to be read first.
    require_version(entry, version)
    values: dict[str, object] = {"assured_by": by.id, "assured_at": now}
    if entry.state is EntryState.OPEN:
        values["state"] = EntryState.ASSURED.value
    change_entry(work, entry, values)
    keep_trail(work, by, "assured a learning entry", entry.id, now)


def end_entry(
    work: Work,
    council: Council,
    *,
    by: Person,
    entry_id: int,
    version: int,
    typed: Mapping[str, str],
    now: datetime,
) -> int | None:
    """Close a published entry with what changed for children, or drop a draft with the reason (OG-06).

    It closes once it has an owner, evidence and actions that are done; RuleBroken says what it still needs.

    Where more work is needed a draft of the same theme and evidence goes on from here; its id is returned.
    """
    require(Verb.KEEP_LOG, by, today=council.today(now))
    entry = find_entry(work, entry_id)
    if entry.state not in UNENDED:
        raise RuleBroken("This entry has ended already.")
    reading = Reading(typed, council.framework, references_of(work, entry))
    if entry.state is EntryState.DRAFT:
        reason = reading.text("reason", wanted="Please say in a sentence why; the reason is kept.")
        reading.done()
        require_version(entry, version)
        change_entry(work, entry, {"state": EntryState.DROPPED.value, "impact": reason})
        keep_trail(work, by, "dropped a learning entry", entry.id, now, {"reason": reason})
        return None
    impact = reading.text("impact", wanted="Please say what changed for children, or that nothing has yet.")
    more = reading.choice("more_needed", ("yes", "no"), wanted="Please say whether more work is needed.")
    reading.done()
    require_version(entry, version)
    actions = work.learning.actions([entry.id]).get(entry.id, ())
    done = [action.done_on is not None for action in actions]
    owned, pieces = entry.owner_id is not None, pieces_of(work, entry.id)
    if needs := needs_to_close(owned=owned, pieces=pieces, done=done):
        raise RuleBroken("This entry cannot be closed yet. " + " ".join(SAID[need] for need in needs))
    values = {"impact": impact, "more_needed": more == "yes"}
    closed = change_entry(
        work,
        entry,
        {**values, "state": EntryState.CLOSED.value, "closed_by": by.id, "closed_at": now},
    )
    keep_trail(work, by, "closed a learning entry", entry.id, now, values)
    follow_entry(work, closed, by=by.id, now=now)
    return _follow_up(work, entry, by=by, now=now) if more == "yes" else None


def _require_whole(work: Work, council: Council, entry: Entry, now: datetime) -> None:
    """Read what is saved as if it were typed now: a draft may hold anything that a release wrote into it."""
    today = council.today(now)
    saved = {
        "entry_title": entry.title,
        "learning": entry.learning,
        "theme": entry.theme,
        "owner": str(entry.owner_id or ""),
        "due_on": entry.due_on.isoformat() if entry.due_on else "",
    }
    reading = Reading(saved, council.framework, references_of(work, entry))
    reading.text("entry_title", wanted="Please give it a short title.", limit=TITLE_LIMIT)
    reading.text("learning", wanted=_WANTED["learning"])
    reading.choice("theme", theme_titles(council.framework), wanted=_WANTED["theme"])
    # Somebody who left or changed posts since can no longer see to it.
    reading.owner("owner", owners(work), wanted=_WANTED["owner"])
    reading.day("due_on", today=today, wanted=_WANTED["due_on"])
    reading.done()


def _follow_up(work: Work, entry: Entry, *, by: Person, now: datetime) -> int:
    new_id = work.learning.add(
        theme=entry.theme,
        title=f"More on: {entry.title}"[:TITLE_LIMIT],
        learning=entry.learning,
        drafted_from=entry.drafted_from,
        by=by.id,
        now=now,
        owner_id=entry.owner_id,
    )
    for kind, ids in work.learning.evidence([entry.id]).get(entry.id, {}).items():
        work.learning.link(new_id, kind, ids)
    for one in work.learning.sources([entry.id]).get(entry.id, ()):
        work.learning.add_source(
            new_id, one.kind, what=one.what, dated_on=one.dated_on, round_id=one.round_id
        )
    keep_trail(work, by, DRAFTED, new_id, now, {"follows": entry.id})
    return new_id
