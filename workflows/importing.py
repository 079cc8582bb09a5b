"""Takes in a staff list or a case list: read, checked, compared, and saved whole or not at all.

A list of indicators goes on to `indicator_importing`, once it is known to be one.

The same path serves the command line and a file attached in chat. A list whose departures are more than
usual waits for a yes; what waits are the checked rows, never the file, which may hold dates of birth.

A large list takes seconds to read and check, during which nobody else could save an audit. So the file is
read before any transaction and compared with what a reading one sees; the writing one only looks whether
that still holds, and saves.

Source: section C of the design's input; SG-01, SG-05.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.audits import Returned
from domain.errors import NotFound
from domain.intake import Refused, SheetRefused
from domain.intake_lists import CaseList, CaseRow, ClosedCase, StaffList, StaffRow
from domain.intake_summary import changes_summary, refusal_summary
from domain.people import Person
from domain.permissions import Verb, require
from storage.work import Work
from workflows.auditing import return_audit
from workflows.council import Council
from workflows.import_comparing import (
    FIELDS,
    Compared,
    ComparedCases,
    ComparedStaff,
    checked,
    compared,
    guess_kind,
)
from workflows.import_outcome import ImportOutcome, ListOutdated
from workflows.import_saving import CaseWrites, case_writes, save_cases, save_staff
from workflows.indicator_importing import KIND as INDICATORS
from workflows.indicator_importing import confirm_indicators, take_indicators
from workflows.known_lists import KnownLists, lists_known
from workflows.list_rows import from_json, to_json
from workflows.sheets import read_tables
from workflows.sheets_tables import sheet_of

TRIES = 3
"""How often a list is compared anew because staff or cases changed meanwhile, before others must wait."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """What one write transaction has to do, made ready before it."""

    compared: Compared
    rows: list[dict[str, Any]] | None
    """Those that wait for a yes; None when the list is to be saved at once."""
    writes: CaseWrites | None


def take_list(
    council: Council,
    *,
    kind: str | None,
    filename: str,
    content: bytes,
    by: Person | None,
    now: datetime,
    dry_run: bool = False,
    confirmed: bool = False,
) -> ImportOutcome:
    """Read a list and save it, unless it is refused, needs a yes, or this is a dry run.

    `kind` is "staff", "cases", "indicators" or None, when the columns decide. `by` is None for an operator
    at the command line, whose right is the machine's. It opens transactions of its own, in a dry run only to
    read.
    """
    today = council.today(now)
    if by is not None:
        require(Verb.BRING_NUMBERS, by, today=today)
    try:
        tables = read_tables(content, filename)
        read_as = kind or guess_kind(filename, tables)
        sheet = sheet_of(tables, FIELDS[read_as])
    except SheetRefused as refused:
        return ImportOutcome(kind or "staff", filename, f"Nothing was imported. {refused}", refused=True)
    outcome = ImportOutcome(read_as, filename, "", guessed=kind is None)
    digest = hashlib.sha256(content).hexdigest()
    if read_as == INDICATORS:
        return take_indicators(
            council,
            outcome=outcome,
            sheet=sheet,
            digest=digest,
            by=by,
            now=now,
            dry_run=dry_run,
            confirmed=confirmed,
        )
    if by is not None:
        require(Verb.PLAN, by, today=today)

    def ready(known: KnownLists) -> _Ready | ImportOutcome:
        """What is to be saved, or the answer when nothing is."""
        found = checked(sheet, read_as, council.framework, known, today)
        if isinstance(found, Refused):
            return replace(outcome, summary=refusal_summary(found), refused=True)
        if dry_run:
            summary = f"{changes_summary(found.taken, found.changes)}\nThis was a trial; nothing was saved."
            return replace(outcome, summary=summary)
        if found.changes.needs_confirmation and not confirmed:
            return _Ready(found, to_json(found.taken.rows), None)
        return _Ready(found, None, _writes(found))

    for _ in range(TRIES):
        with council.read() as view:
            known = lists_known(view, with_cases=read_as == "cases")
        offer = ready(known)
        if isinstance(offer, ImportOutcome):
            return offer
        with council.write() as work:
            work.imports.hold_lists()
            if work.people.lists_mark() == known.mark:
                return _finish(work, council, outcome, offer, digest=digest, by=by, now=now)
    with council.write() as work:
        work.imports.hold_lists()
        offer = ready(lists_known(work, with_cases=read_as == "cases"))
        if isinstance(offer, ImportOutcome):
            return offer
        return _finish(work, council, outcome, offer, digest=digest, by=by, now=now)


def confirm_list(
    work: Work, council: Council, *, import_id: int, by: Person | None, now: datetime
) -> ImportOutcome:
    """Save the waiting list, compared again with what is known by now."""
    today = council.today(now)
    if by is not None:
        require(Verb.BRING_NUMBERS, by, today=today)
    work.imports.hold_lists()
    waiting = work.imports.waiting(import_id)
    if by is not None and (waiting is None or waiting.kind != INDICATORS):
        require(Verb.PLAN, by, today=today)
    if waiting is None:
        raise NotFound("That list is no longer waiting: a newer one came, or it was taken on already.")
    if waiting.kind == INDICATORS:
        return confirm_indicators(work, council, import_id=import_id, waiting=waiting, by=by, now=now)
    rows = from_json(waiting.kind, waiting.rows)
    taken: StaffList | CaseList = (
        StaffList(tuple(r for r in rows if isinstance(r, StaffRow)))
        if waiting.kind == "staff"
        else CaseList(tuple(r for r in rows if isinstance(r, CaseRow | ClosedCase)))
    )
    found = compared(taken, lists_known(work, with_cases=waiting.kind == "cases"), today)
    if isinstance(found, ComparedCases) and not _names_known(found):
        raise ListOutdated
    work.imports.applied(import_id, now)
    _save(work, council, found, _writes(found), import_id=import_id, digest=waiting.digest, by=by, now=now)
    changes = found.changes
    done = (
        f"Saved: {len(changes.added)} new, {len(changes.changed)} changed, "
        f"{len(changes.left)} {'marked as left' if waiting.kind == 'staff' else 'closed'}."
    )
    return ImportOutcome(waiting.kind, waiting.filename, done, saved=True)


def _names_known(found: ComparedCases) -> bool:
    """Whether everyone and every team that the open cases name is still there."""
    here = {person.row.email.casefold() for person in found.known.staff if person.left_on is None}
    return all(
        row.team.casefold() in found.known.team_ids
        and all(
            email.casefold() in here
            for email in (row.practitioner_email, row.supervisor_email, row.chair_email)
            if email
        )
        for row in found.taken.rows
        if isinstance(row, CaseRow)
    )


def _writes(found: Compared) -> CaseWrites | None:
    return case_writes(found.changes, found.known) if isinstance(found, ComparedCases) else None


def _finish(
    work: Work,
    council: Council,
    outcome: ImportOutcome,
    offer: _Ready,
    *,
    digest: str,
    by: Person | None,
    now: datetime,
) -> ImportOutcome:
    """Save what is ready, or let it wait for a yes."""
    if by is not None:
        # The file took its time, and so may the list have: whoever left meanwhile brings in nothing.
        require(Verb.PLAN, work.people.get(by.id), today=council.today(now))
    found = offer.compared
    import_id = work.imports.add(
        kind=outcome.kind,
        filename=outcome.filename,
        digest=digest,
        rows=offer.rows,
        by=by.id if by else None,
        now=now,
    )
    summary = changes_summary(found.taken, found.changes)
    if offer.rows is not None:
        return replace(outcome, summary=summary, waiting_id=import_id)
    _save(work, council, found, offer.writes, import_id=import_id, digest=digest, by=by, now=now)
    return replace(outcome, summary=summary, saved=True, queued=work.has_queued)


def _save(
    work: Work,
    council: Council,
    found: Compared,
    writes: CaseWrites | None,
    *,
    import_id: int,
    digest: str,
    by: Person | None,
    now: datetime,
) -> None:
    actor = by.id if by else None
    if isinstance(found, ComparedStaff):
        left = save_staff(work, found.changes, found.known, council.today(now))
        readdressed = (change.key for change in found.changes.changed if "email" in change.fields)
        work.notices.revive_mail((found.known.person_ids[key.casefold()] for key in readdressed), now)
        gone = [audit for person_id in left for audit in work.audits.of_auditor(person_id)]
        because = Returned.AUDITOR_LEFT
    else:
        assert writes is not None
        gone = list(work.audits.open_on_cases(save_cases(work, writes)))
        because = Returned.CASE_CLOSED
    for audit in gone:
        return_audit(work, audit, because=because, note="", by=actor, now=now)
    changes = found.changes
    fields = {
        "file": digest,
        "added": len(changes.added),
        "changed": {change.key: change.fields for change in changes.changed},
        "left": [departure.key for departure in changes.left],
    }
    kind = "staff" if isinstance(found, ComparedStaff) else "cases"
    work.trail.add(
        now=now, actor=actor, verb=f"imported {kind}", subject=f"import {import_id}", fields=fields
    )
