"""The pages of audits, as last saved."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.audits import SavedPage
from domain.grades import Grade
from storage.bound import batches, which
from storage.prepared import Prepared
from storage.tables import audit_pages
from storage.upsert import insert_once

_PAGES = sa.select(*(audit_pages.c[field.name] for field in fields(SavedPage)))
_OF_AUDIT = _PAGES.where(which(audit_pages.c.audit_id))
_PAGES_OF = Prepared(_OF_AUDIT)
_PAGE = Prepared(_OF_AUDIT.where(which(audit_pages.c.page)))
_SAVE_PAGE = Prepared(
    sa.update(audit_pages).where(which(audit_pages.c.audit_id, audit_pages.c.page, audit_pages.c.version))
)


class PageReading:
    """Looks pages up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(self, audit_id: int, page: str) -> SavedPage | None:
        """One page as last saved."""
        asked = {"which_audit_id": audit_id, "which_page": page}
        row = _PAGE.row(self._connection, asked)
        return SavedPage(*row) if row else None

    def pages(self, audit_id: int) -> dict[str, SavedPage]:
        """Every saved page of an audit by key."""
        rows = _PAGES_OF.rows(self._connection, {"which_audit_id": audit_id})
        return {row.page: SavedPage(*row) for row in rows}

    def grades(self, audit_ids: Iterable[int]) -> dict[int, dict[str, Grade]]:
        """Audit id to the auditor's own grade on each page that has one, the overall page included."""
        found: dict[int, dict[str, Grade]] = {}
        for some in batches(audit_ids):
            rows = self._connection.execute(
                sa.select(audit_pages.c.audit_id, audit_pages.c.page, audit_pages.c.grade).where(
                    audit_pages.c.audit_id.in_(some), audit_pages.c.grade.is_not(None)
                )
            )
            for audit_id, page, grade in rows:
                found.setdefault(audit_id, {})[page] = Grade(grade)
        return found


class PageWriting(PageReading):
    """Looks pages up and saves them."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        # A page saved here is ours until the transaction is over, so there is no need to ask for it again.
        self._saved: dict[tuple[int, str], SavedPage] = {}

    def page(self, audit_id: int, page: str) -> SavedPage | None:
        """One page as last saved."""
        return self._saved.get((audit_id, page)) or super().page(audit_id, page)

    def save_page(
        self,
        *,
        audit_id: int,
        page: str,
        version: int,
        body: Mapping[str, object],
        grade: str | None,
        by: int,
        now: datetime,
    ) -> bool:
        """Save a page that still has this version (0: never saved); whether it had."""
        saved = SavedPage(audit_id, page, version + 1, dict(body), now, by)
        values = {
            "body": saved.body,
            "grade": grade,
            "saved_at": now,
            "saved_by": by,
            "version": saved.version,
        }
        if version == 0:
            key = {"audit_id": audit_id, "page": page}
            done = insert_once(self._connection, audit_pages, key, values)
        else:
            standing = {"which_audit_id": audit_id, "which_page": page, "which_version": version}
            done = _SAVE_PAGE.change(self._connection, {**standing, **values}) == 1
        if done:
            self._saved[audit_id, page] = saved
        return done
