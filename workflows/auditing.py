"""What an auditor does with an audit: accept it, give it back, fill its pages, submit it.

Source: CA-06 to CA-16, CA-23, CA-24, Q15, Q24, Q26, Q30; workflow 1B steps 4 to 8.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.audit_file import AuditFile
from domain.audits import Audit, AuditState, Returned, SavedPage
from domain.coach import Hint
from domain.deadlines import suggested_action_day
from domain.errors import NotFound, RuleBroken, Stale
from domain.grades import Grade
from domain.page_reading import from_body, read_page, to_body
from domain.pages import (
    ACTIONS,
    OVERALL,
    ActionsPage,
    OverallPage,
    Page,
    SectionPage,
    page_keys,
)
from domain.people import Person
from domain.permissions import Verb
from storage.work import View, Work
from workflows.audit_access import action_owners, load_file, record_read, require_audit, require_open
from workflows.coaching import blocks, coach
from workflows.council import Council
from workflows.sharing import share_submitted
from workflows.telling import tell_qa_office


class PageRefused(RuleBroken):
    """Something on the page cannot be understood; nothing was saved. Carries input name to message."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("Something on this page needs another look; nothing you typed is lost.")
        self.errors = dict(errors)


class NotComplete(RuleBroken):
    """The audit still lacks something. Carries page key to what it lacks."""

    def __init__(self, missing: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__("The audit is not complete yet.")
        self.missing = dict(missing)


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """A page ready to be shown."""

    audit: Audit
    key: str
    page: Page
    version: int
    """0 when never saved."""
    saved_at: datetime | None
    hints: tuple[Hint, ...] = ()
    owners: tuple[tuple[int, str], ...] = ()
    suggested_action_day: date | None = None
    overall: Grade | None = None
    section_grades: tuple[tuple[str, Grade], ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether the framework asks for something on this page before going on (CA-15)."""
        return any(hint.blocking for hint in self.hints)


def accept_audit(work: Work, council: Council, *, by: Person, audit_id: int, now: datetime) -> Audit:
    """The audit, taken on. Accepting twice changes nothing."""
    audit, _ = require_audit(work, council, Verb.FILL, by=by, audit_id=audit_id, now=now)
    if audit.state is AuditState.ACCEPTED:
        return audit
    if audit.state is not AuditState.ALLOCATED:
        require_open(audit)
    _change(work, audit, {"state": AuditState.ACCEPTED.value, "accepted_at": now})
    work.trail.add(now=now, actor=by.id, verb="accepted", subject=f"audit {audit_id}", audit_id=audit_id)
    return _again(work, audit_id)


def declare_conflict(
    work: Work, council: Council, *, by: Person, audit_id: int, reason: str, now: datetime
) -> None:
    """Give the audit back to the QA office, which reallocates it with a fresh month (1B step 4)."""
    audit, _ = require_audit(work, council, Verb.FILL, by=by, audit_id=audit_id, now=now)
    if audit.state is not AuditState.ALLOCATED:
        require_open(audit)
    if not reason.strip():
        raise PageRefused({"reason": "Please say in a few words what the conflict is; no names are needed."})
    return_audit(work, audit, because=Returned.CONFLICT, note=reason.strip(), by=by.id, now=now)


def return_audit(
    work: Work, audit: Audit, *, because: Returned, note: str, by: int | None, now: datetime
) -> None:
    """The audit goes back to the QA office, for whatever reason; the office is told."""
    values = {"state": AuditState.RETURNED.value, "returned_because": because.value, "returned_note": note}
    _change(work, audit, values)
    fields = {"because": because.value, "note": note}
    work.trail.add(
        now=now, actor=by, verb="returned", subject=f"audit {audit.id}", audit_id=audit.id, fields=fields
    )
    tell_qa_office(work, kind="audit_returned", subject_id=audit.id, now=now, leave_out=by)
    if because is not Returned.CONFLICT:
        work.notices.queue(kind="audit_withdrawn", subject_id=audit.id, person_id=audit.auditor_id, now=now)
    work.notices.queue(
        kind="copies_outdated",
        subject_id=audit.id,
        person_id=audit.auditor_id,
        now=now,
        medium="update",
        again="returned",
    )


def view_overview(view: View, council: Council, *, by: Person, audit_id: int, now: datetime) -> AuditFile:
    """The auditor's own audit for its overview; leaves no row in the trail, as the overview holds no text."""
    audit, _ = require_audit(view, council, Verb.FILL, by=by, audit_id=audit_id, now=now)
    return load_file(view, audit)


def open_page(
    work: Work, council: Council, *, by: Person, audit_id: int, page: str, now: datetime, record: bool = True
) -> OpenedPage:
    """A page as it stands, with the coach's hints; the person is on it from now on."""
    audit, _ = require_audit(work, council, Verb.FILL, by=by, audit_id=audit_id, now=now)
    require_open(audit)
    _require_page(council, audit, page)
    saved = work.audits.page(audit_id, page)
    opened = _opened(work, council, audit, page, saved, now)
    work.turns.move(by.id, audit_id, page, now)
    if record:
        record_read(work, by, audit_id, page, now)
    return opened


def save_page(
    work: Work,
    council: Council,
    *,
    by: Person,
    audit_id: int,
    page: str,
    version: int,
    inputs: Mapping[str, object],
    now: datetime,
    lenient: bool = False,
) -> bool:
    """Save what was typed; whether the framework lets the auditor go on (False for a bare grade, CA-15).

    Raises PageRefused when a value cannot be understood, and Stale (with the page as it stands) when the
    page changed since it was opened. In both cases nothing was saved. `lenient` keeps what can be
    understood and leaves the rest out: a safety alert must not wait for a mistyped date.
    """
    audit, _ = require_audit(work, council, Verb.FILL, by=by, audit_id=audit_id, now=now)
    require_open(audit)
    _require_page(council, audit, page)
    saved = work.audits.page(audit_id, page)
    before = from_body(page, saved.body) if saved else None
    typed, errors = read_page(
        page, inputs, framework=council.framework, today=council.today(now), before=before
    )
    if isinstance(typed, ActionsPage):
        errors |= _owner_errors(work, audit, typed)
    if errors and not lenient:
        raise PageRefused(errors)
    standing = saved.version if saved else 0
    body = to_body(typed)
    if saved is not None and body == saved.body:
        # The same text again changes nothing, whatever version the card was drawn from.
        return not blocks(council, typed)
    if version != standing:
        raise Stale(
            "This page was saved from somewhere else since you opened it.", current=before, version=standing
        )
    write_page(work, audit, page=page, version=standing, before=saved, body=body, by=by, now=now)
    return not blocks(council, typed)


def write_page(
    work: Work,
    audit: Audit,
    *,
    page: str,
    version: int,
    before: SavedPage | None,
    body: Mapping[str, object],
    by: Person,
    now: datetime,
) -> None:
    """Store a page's new body and say in the trail which fields changed."""
    grade = body.get("grade")
    stored = work.audits.save_page(
        audit_id=audit.id,
        page=page,
        version=version,
        body=body,
        grade=str(grade) if grade else None,
        by=by.id,
        now=now,
    )
    if not stored:
        current = work.audits.page(audit.id, page)
        raise Stale(
            "This page was saved from somewhere else since you opened it.",
            current=from_body(page, current.body) if current else None,
            version=current.version if current else 0,
        )
    old = before.body if before else {}
    changed = {f"{page}.{name}": value for name, value in body.items() if old.get(name) != value}
    work.trail.add(
        now=now, actor=by.id, verb="saved", subject=f"audit {audit.id}", audit_id=audit.id, fields=changed
    )


def open_review(work: Work, council: Council, *, by: Person, audit_id: int, now: datetime) -> AuditFile:
    """The whole audit for the last look before submission."""
    audit, _ = require_audit(work, council, Verb.FILL, by=by, audit_id=audit_id, now=now)
    require_open(audit)
    work.turns.move(by.id, audit_id, None, now)
    record_read(work, by, audit_id, "review", now)
    return load_file(work, audit)


def submit_audit(
    work: Work, council: Council, *, by: Person, audit_id: int, revision: int, now: datetime
) -> AuditFile:
    """Lock the audit and share it (CA-16).

    Raises NotComplete with everything that is missing, and Stale when a page changed since the review was
    shown.
    """
    audit, _ = require_audit(work, council, Verb.FILL, by=by, audit_id=audit_id, now=now)
    require_open(audit)
    file = load_file(work, audit)
    if gaps := file.missing(council.framework):
        raise NotComplete(gaps)
    if file.revision != revision:
        raise Stale(
            "A page changed since this review was shown. Here it is again.",
            current=None,
            version=file.revision,
        )
    overall = file.overall
    if overall is None:
        raise NotComplete({OVERALL: ("a grade",)})
    values = {"state": AuditState.SUBMITTED.value, "submitted_at": now, "overall": overall.value}
    _change(work, audit, values)
    _agree_actions(work, file, council.today(now))
    work.trail.add(
        now=now,
        actor=by.id,
        verb="submitted",
        subject=f"audit {audit_id}",
        audit_id=audit_id,
        fields={"overall": overall.value, "revision": revision},
    )
    work.turns.move(by.id, None, None, now)
    submitted = _again(work, audit_id)
    share_submitted(work, submitted, now=now)
    return load_file(work, submitted)


def _agree_actions(work: Work, file: AuditFile, today: date) -> None:
    page = file.pages.get(ACTIONS)
    if isinstance(page, ActionsPage):
        rows = [
            {"what": line.what, "owner_id": line.owner_id, "due_on": line.due_on, "agreed_on": today}
            for line in page.written
        ]
        work.audits.add_actions(file.audit.id, rows)


def _opened(
    view: View, council: Council, audit: Audit, key: str, saved: SavedPage | None, now: datetime
) -> OpenedPage:
    page = from_body(key, saved.body if saved else None)
    extra: dict[str, object] = {}
    if key == ACTIONS:
        overall = _overall(view, audit.id)
        extra = {
            "owners": action_owners(view, audit),
            "overall": overall,
            "suggested_action_day": suggested_action_day(
                overall, council.today(now), council.framework.numbers, council.bank_holidays
            ),
        }
    if key == OVERALL:
        extra = {"section_grades": _section_grades(view, council, audit)}
    return OpenedPage(
        audit=audit,
        key=key,
        page=page,
        version=saved.version if saved else 0,
        saved_at=saved.saved_at if saved else None,
        hints=coach(council, page) if saved else (),
        **extra,  # type: ignore[arg-type]
    )


def _overall(view: View, audit_id: int) -> Grade | None:
    saved = view.audits.page(audit_id, OVERALL)
    page = from_body(OVERALL, saved.body if saved else None)
    return page.grade if isinstance(page, OverallPage) else None


def _section_grades(view: View, council: Council, audit: Audit) -> tuple[tuple[str, Grade], ...]:
    saved = view.audits.pages(audit.id)
    found = []
    for section in council.framework.sections:
        if section.key in saved:
            page = from_body(section.key, saved[section.key].body)
            if isinstance(page, SectionPage) and page.grade:
                found.append((section.title, page.grade))
    return tuple(found)


def _owner_errors(view: View, audit: Audit, page: ActionsPage) -> dict[str, str]:
    allowed = {person_id for person_id, _ in action_owners(view, audit)}
    return {
        f"action_owner_{number}": "Please choose one of the people shown."
        for number, line in enumerate(page.actions, start=1)
        if line.owner_id is not None and line.owner_id not in allowed
    }


def _require_page(council: Council, audit: Audit, page: str) -> None:
    if page not in page_keys(council.framework, has_contact_section=audit.has_contact_section):
        raise NotFound("This audit has no such page. Here is its overview.")


def _change(work: Work, audit: Audit, values: Mapping[str, object]) -> None:
    if not work.audits.change(audit, values):
        raise Stale(
            "The audit changed a moment ago. Please try once more.", current=None, version=audit.version
        )


def _again(view: View, audit_id: int) -> Audit:
    audit = view.audits.get(audit_id)
    if audit is None:
        raise LookupError(f"no audit {audit_id}")
    return audit
