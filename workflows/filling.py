"""What an auditor does with a page of an audit: open it, save it.

Source: CA-07 to CA-15, CA-23, CA-24, Q15, Q24; workflow 1B steps 5 to 7.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.audits import Audit, SavedPage
from domain.coach import Hint
from domain.deadlines import suggested_action_day
from domain.errors import NotFound, RuleBroken, Stale
from domain.grades import Grade
from domain.page_joining import both
from domain.page_reading import from_body, read_page, to_body
from domain.pages import (
    ACTIONS,
    OVERALL,
    ActionLine,
    ActionsPage,
    OverallPage,
    Page,
    SectionPage,
    page_keys,
)
from domain.people import Person
from domain.permissions import Verb
from storage.work import View, Work
from workflows.audit_access import action_owners, record_read, require_audit, require_open
from workflows.coaching import blocks, coach
from workflows.council import Council


class PageRefused(RuleBroken):
    """Something on the page cannot be understood; nothing was saved. Carries input name to message."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("Something on this page needs another look; nothing you typed is lost.")
        self.errors = dict(errors)


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
    would_lift: str = ""
    """What the overall page says would make it better: what the actions are for (WH-08)."""

    @property
    def blocked(self) -> bool:
        """Whether the framework asks for something on this page before going on (CA-15)."""
        return any(hint.blocking for hint in self.hints)


@dataclass(frozen=True, slots=True)
class SaveOutcome:
    """What became of a page that was to be saved."""

    free_to_go: bool
    """Whether the framework lets the auditor go on; not from a bare grade (CA-15)."""
    written: bool
    """Whether the page now stands as typed; False for one that was never written on and still is not."""


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
) -> SaveOutcome:
    """Save what was typed, unless the page was never written on and still is not.

    Raises PageRefused when a value cannot be understood, and Stale (with the page as it stands) when the
    page changed since it was opened. In both cases nothing was saved. `lenient` keeps what can be
    understood beside what was saved meanwhile: a safety alert must not wait for a mistyped date.
    """
    work.audits.hold(audit_id)
    audit, _ = require_audit(work, council, Verb.FILL, by=by, audit_id=audit_id, now=now)
    require_open(audit)
    _require_page(council, audit, page)
    saved = work.audits.page(audit_id, page)
    before = from_body(page, saved.body) if saved else None
    typed, errors = read_page(
        page, inputs, framework=council.framework, today=council.today(now), before=before
    )
    if isinstance(typed, ActionsPage):
        wrong_owners = _owner_errors(work, audit, typed)
        errors |= wrong_owners
        typed = _without_owners(typed, wrong_owners)
        if typed.none_needed:
            typed = _without_suggestion(typed, _would_lift(_overall(work, audit_id)))
    if errors and not lenient:
        raise PageRefused(errors)
    standing = saved.version if saved else 0
    if lenient and before is not None and version != standing:
        typed, version = both(before, typed), standing
    if saved is None and typed == _starting(work, audit_id, page):
        # Looking is not starting: a page somebody only went past stays to do, suggestion and all.
        return SaveOutcome(free_to_go=True, written=False)
    outcome = SaveOutcome(free_to_go=not blocks(typed), written=True)
    body = to_body(typed)
    if saved is not None and body == saved.body:
        # The same text again changes nothing, whatever version the card was drawn from.
        return outcome
    if version != standing:
        raise Stale(
            "This page was saved from somewhere else since you opened it.", current=before, version=standing
        )
    write_page(work, audit, page=page, version=standing, before=saved, body=body, by=by, now=now)
    return outcome


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


def _opened(
    view: View, council: Council, audit: Audit, key: str, saved: SavedPage | None, now: datetime
) -> OpenedPage:
    page = from_body(key, saved.body) if saved else _starting(view, audit.id, key)
    extra: dict[str, object] = {}
    if key == ACTIONS:
        overall = _overall(view, audit.id)
        extra = {
            "owners": action_owners(view, audit),
            "overall": overall.grade,
            "suggested_action_day": suggested_action_day(
                overall.grade, council.today(now), council.framework.numbers, council.bank_holidays
            ),
            "would_lift": _would_lift(overall),
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


def _starting(view: View, audit_id: int, key: str) -> Page:
    """What a page shows before it was ever saved: nothing, or the first action as suggested (WH-08)."""
    if key == ACTIONS and (lift := _would_lift(_overall(view, audit_id))):
        return ActionsPage((ActionLine(lift),))
    return from_body(key, None)


def _overall(view: View, audit_id: int) -> OverallPage:
    saved = view.audits.page(audit_id, OVERALL)
    page = from_body(OVERALL, saved.body if saved else None)
    return page if isinstance(page, OverallPage) else OverallPage()


def _would_lift(overall: OverallPage) -> str:
    """What the actions start from; nothing where the whole is outstanding already. Source: WH-08."""
    return "" if overall.grade is Grade.OUTSTANDING else overall.better


def _without_suggestion(page: ActionsPage, lift: str) -> ActionsPage:
    """The page without the action only suggested: whoever ticks that none is needed said no to it."""
    return replace(page, actions=tuple(line for line in page.actions if line != ActionLine(lift)))


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


def _without_owners(page: ActionsPage, wrong: Mapping[str, str]) -> ActionsPage:
    """The page without the owners found wrong, so that a lenient save keeps no stranger as one."""
    lines = (
        replace(line, owner_id=None) if f"action_owner_{number}" in wrong else line
        for number, line in enumerate(page.actions, start=1)
    )
    return replace(page, actions=tuple(lines))


def _require_page(council: Council, audit: Audit, page: str) -> None:
    if page not in page_keys(council.framework, has_contact_section=audit.has_contact_section):
        raise NotFound("This audit has no such page. Here is its overview.")
