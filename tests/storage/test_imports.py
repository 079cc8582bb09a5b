"""Lists taken in: rows are kept while a list waits for a yes and dropped as soon as it does not."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from storage.tables import imports
from storage.work import Work
from tests.builders import NOW, Staff
from workflows.council import Council

LATER = NOW + timedelta(hours=1)
ROWS = [{"reference": "CF-1", "closed_on": None}]


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


def test_a_list_that_needs_a_yes_waits_with_its_rows(work: Work) -> None:
    import_id = _add(work, rows=ROWS, by=3)

    waiting = work.imports.waiting(import_id)

    assert waiting is not None
    assert (waiting.kind, waiting.filename, waiting.digest, waiting.rows, waiting.by_id, waiting.at) == (
        "cases",
        "cases.xlsx",
        "abc",
        ROWS,
        3,
        NOW,
    )


def test_a_list_applied_at_once_keeps_no_rows_and_waits_for_nobody(work: Work) -> None:
    import_id = _add(work, rows=None)

    assert work.imports.waiting(import_id) is None
    assert _kept(work, import_id) == ("applied", None, NOW)


def test_a_confirmed_list_drops_its_rows(work: Work) -> None:
    import_id = _add(work, rows=ROWS)

    work.imports.applied(import_id, LATER)

    assert work.imports.waiting(import_id) is None
    assert _kept(work, import_id) == ("applied", None, LATER)


@pytest.mark.parametrize("rows", [ROWS, None])
def test_a_newer_list_of_its_kind_overtakes_one_that_waits(
    work: Work, rows: list[dict[str, Any]] | None
) -> None:
    older, staff = _add(work, rows=ROWS), _add(work, rows=ROWS, kind="staff")

    _add(work, rows=rows)

    assert work.imports.waiting(older) is None
    assert _kept(work, older) == ("overtaken", None, None)
    assert work.imports.waiting(staff) is not None


def test_an_applied_list_is_not_overtaken(work: Work) -> None:
    older = _add(work, rows=None)

    _add(work, rows=ROWS)

    assert _kept(work, older) == ("applied", None, NOW)


def test_nobody_else_changes_staff_while_lists_are_held(council: Council, people: Staff) -> None:
    database = council.database
    patience = {"timeout": 0.1} if database.is_sqlite else {"options": "-c lock_timeout=100"}
    elsewhere = sa.create_engine(database.engine.url, connect_args=patience, poolclass=sa.NullPool)

    with council.write() as work:
        work.imports.hold_lists()
        with pytest.raises(OperationalError), elsewhere.begin() as connection:
            connection.exec_driver_sql("UPDATE people SET version = version + 1")

    with elsewhere.begin() as connection:
        assert connection.exec_driver_sql("UPDATE people SET version = version + 1").rowcount > 0


def _add(work: Work, *, rows: list[dict[str, Any]] | None, kind: str = "cases", by: int | None = None) -> int:
    return work.imports.add(kind=kind, filename=f"{kind}.xlsx", digest="abc", rows=rows, by=by, now=NOW)


def _kept(work: Work, import_id: int) -> tuple[Any, ...]:
    # JSON's null and SQL's are both read as None, and only the second one takes no room.
    chosen = sa.select(imports.c.state, imports.c.rows, imports.c.applied_at).where(
        imports.c.id == import_id, imports.c.rows.is_(sa.null())
    )
    return tuple(work.people._connection.execute(chosen).one())
