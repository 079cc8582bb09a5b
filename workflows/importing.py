"""Takes in a staff list or a case list: read, checked, compared, and saved whole or not at all.

The same path serves the command line and a file attached in chat. A list whose departures are more than
usual waits for a yes; what waits are the checked rows, never the file, which may hold dates of birth.

Source: section C of the design's input; SG-01, SG-05.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from domain.audits import Returned
from domain.errors import NotFound
from domain.intake import Refused, SheetRefused
from domain.intake_cases import read_cases
from domain.intake_changes import Changes, case_changes, staff_changes
from domain.intake_columns import CASE_FIELDS, STAFF_FIELDS
from domain.intake_lists import CaseList, CaseRow, ClosedCase, StaffList, StaffRow
from domain.intake_staff import read_staff
from domain.intake_summary import changes_summary, refusal_summary
from domain.people import Person
from domain.permissions import Verb, require
from storage.work import View, Work
from workflows.auditing import return_audit
from workflows.council import Council
from workflows.import_saving import save_cases, save_staff
from workflows.known_lists import known_cases, known_staff
from workflows.list_rows import from_json, to_json
from workflows.sheets import read_sheet

FIELDS = {"staff": STAFF_FIELDS, "cases": CASE_FIELDS}


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What a list did, would do, or why it was refused."""

    kind: str
    filename: str
    summary: str
    """Plain lines for terminal and card."""
    refused: bool = False
    saved: bool = False
    waiting_id: int = 0
    """The list that waits for a yes, or 0."""


def take_list(
    work: Work,
    council: Council,
    *,
    kind: str,
    filename: str,
    content: bytes,
    by: Person | None,
    now: datetime,
    dry_run: bool = False,
    confirmed: bool = False,
) -> ImportOutcome:
    """Read a list and save it, unless it is refused, needs a yes, or this is a dry run.

    `by` is None for an operator at the command line, whose right is the machine's.
    """
    if by is not None:
        require(Verb.PLAN, by, today=council.today(now))
    try:
        taken = _read(work, council, kind, filename, content, now)
    except SheetRefused as refused:
        return ImportOutcome(kind, filename, f"Nothing was imported. {refused}", refused=True)
    if isinstance(taken, Refused):
        return ImportOutcome(kind, filename, refusal_summary(taken), refused=True)
    changes = _compare(work, council, taken, now)
    summary = changes_summary(taken, changes)
    if dry_run:
        return ImportOutcome(kind, filename, f"{summary}\nThis was a trial; nothing was saved.")
    digest = hashlib.sha256(content).hexdigest()
    actor = by.id if by else None
    if changes.needs_confirmation and not confirmed:
        waiting = work.imports.add(
            kind=kind, filename=filename, digest=digest, rows=to_json(taken.rows), by=actor, now=now
        )
        return ImportOutcome(kind, filename, summary, waiting_id=waiting)
    import_id = work.imports.add(kind=kind, filename=filename, digest=digest, rows=None, by=actor, now=now)
    _save(work, council, kind, changes, import_id=import_id, digest=digest, by=actor, now=now)
    return ImportOutcome(kind, filename, summary, saved=True)


def confirm_list(
    work: Work, council: Council, *, import_id: int, by: Person | None, now: datetime
) -> ImportOutcome:
    """Save the waiting list, compared again with what is known by now."""
    if by is not None:
        require(Verb.PLAN, by, today=council.today(now))
    waiting = work.imports.waiting(import_id)
    if waiting is None:
        raise NotFound("That list is no longer waiting: a newer one came, or it was taken on already.")
    rows = from_json(waiting.kind, waiting.rows)
    taken: StaffList | CaseList = (
        StaffList(tuple(r for r in rows if isinstance(r, StaffRow)))
        if waiting.kind == "staff"
        else CaseList(tuple(r for r in rows if isinstance(r, CaseRow | ClosedCase)))
    )
    changes = _compare(work, council, taken, now)
    work.imports.applied(import_id, now)
    actor = by.id if by else None
    _save(work, council, waiting.kind, changes, import_id=import_id, digest=waiting.digest, by=actor, now=now)
    done = (
        f"Saved: {len(changes.added)} new, {len(changes.changed)} changed, "
        f"{len(changes.left)} {'marked as left' if waiting.kind == 'staff' else 'closed'}."
    )
    return ImportOutcome(waiting.kind, waiting.filename, done, saved=True)


def guess_kind(filename: str, headings: tuple[str, ...]) -> str:
    """Which list a file attached without a word is: cases have a reference and a plan, staff have neither."""
    words = " ".join((filename, *headings)).lower()
    return "cases" if any(word in words for word in ("reference", "plan type", "case")) else "staff"


def _read(
    view: View, council: Council, kind: str, filename: str, content: bytes, now: datetime
) -> StaffList | CaseList | Refused:
    sheet = read_sheet(content, filename, FIELDS[kind])
    if kind == "staff":
        return read_staff(sheet, council.framework)
    return read_cases(sheet, council.framework, known_staff(view), council.today(now))


def _compare(
    view: View, council: Council, taken: StaffList | CaseList, now: datetime
) -> Changes[StaffRow] | Changes[CaseRow]:
    today = council.today(now)
    if isinstance(taken, StaffList):
        return staff_changes(known_staff(view), taken.rows, today)
    return case_changes(known_cases(view), taken.rows, today)


def _save(
    work: Work,
    council: Council,
    kind: str,
    changes: Changes[StaffRow] | Changes[CaseRow],
    *,
    import_id: int,
    digest: str,
    by: int | None,
    now: datetime,
) -> None:
    today = council.today(now)
    if kind == "staff":
        left = save_staff(work, changes, today)  # type: ignore[arg-type]
        for person_id in left:
            for audit in work.audits.of_auditor(person_id):
                return_audit(work, audit, because=Returned.AUDITOR_LEFT, note="", by=by, now=now)
    else:
        closed = save_cases(work, changes)  # type: ignore[arg-type]
        for audit in work.audits.open_on_cases(closed):
            return_audit(work, audit, because=Returned.CASE_CLOSED, note="", by=by, now=now)
    fields = {
        "file": digest,
        "added": len(changes.added),
        "changed": {change.key: change.fields for change in changes.changed},
        "left": [departure.key for departure in changes.left],
    }
    work.trail.add(now=now, actor=by, verb=f"imported {kind}", subject=f"import {import_id}", fields=fields)
