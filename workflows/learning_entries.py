"""What every verb of the learning log shares: an entry found, its version asked for, its change kept.

Source: OG-06, SG-01, SG-05.
"""

from collections.abc import Mapping
from datetime import datetime

from domain.errors import NotFound, Stale
from domain.learning import Entry, Evidence
from domain.people import Person
from storage.work import View, Work

DRAFTED = "drafted a learning entry"
_CHANGED = "This entry was changed from somewhere else since you opened it."


def find_entry(view: View, entry_id: int) -> Entry:
    """The entry of this id, for somebody who may know whether there is one."""
    entry = view.learning.get(entry_id)
    if entry is None:
        raise NotFound("There is no entry of that number. Type “learning log” to see the log.")
    return entry


def require_version(entry: Entry, version: int) -> None:
    """Raise Stale, with the entry as it stands, when this was another version of it."""
    if version != entry.version:
        raise Stale(_CHANGED, current=entry, version=entry.version)


def references_of(view: View, entry: Entry) -> tuple[str, ...]:
    """The references of the cases that an entry rests on, which have no place in its words (SG-01)."""
    links = view.learning.evidence([entry.id]).get(entry.id, {})
    found = (view.audits.get(audit_id) for audit_id in links.get(Evidence.AUDIT, ()))
    return tuple(audit.case_reference for audit in found if audit is not None)


def change_entry(work: Work, entry: Entry, values: Mapping[str, object]) -> Entry:
    """The entry with these columns set; Stale when somebody else changed it a moment ago."""
    if not work.learning.change(entry, values):
        current = find_entry(work, entry.id)
        raise Stale(_CHANGED, current=current, version=current.version)
    return find_entry(work, entry.id)


def keep_trail(
    work: Work,
    by: Person | None,
    verb: str,
    entry_id: int,
    now: datetime,
    fields: Mapping[str, object] | None = None,
) -> None:
    """The trail's row for what was done with an entry."""
    work.trail.add(
        now=now,
        actor=by.id if by else None,
        verb=verb,
        subject=f"learning entry {entry_id}",
        fields=fields or {},
    )
