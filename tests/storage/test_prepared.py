"""What is prepared gives and keeps the same as SQLAlchemy's ordinary way, on both engines."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from storage.bound import which
from storage.database import Busy, Database
from storage.prepared import Prepared
from storage.tables import audits, presses
from tests.builders import NOW, Staff, an_allocated_audit

BY_KEY = sa.select(presses).where(which(presses.c.key))
OUTCOME = {"page": "planning", "words": ["“straße”", None, 1.5]}


def test_a_row_comes_back_with_its_types_by_name_and_in_order(database: Database) -> None:
    keep = Prepared(sa.insert(presses))
    with database.write() as work:
        written = keep.change(work._connection, {"key": "a", "outcome": OUTCOME, "at": NOW})
        row = Prepared(BY_KEY).row(work._connection, {"which_key": "a"})
        ordinary = work._connection.execute(BY_KEY, {"which_key": "a"}).one()

    assert written == 1
    assert row is not None
    assert (row.key, row.outcome, row.at) == ("a", OUTCOME, NOW)
    assert row.at.tzinfo is UTC
    assert tuple(row) == tuple(ordinary)


def test_every_column_of_a_wide_row_is_as_the_ordinary_way_gives_it(
    database: Database, people: Staff
) -> None:
    by_id = sa.select(audits).where(which(audits.c.id))
    with database.write() as work:
        audit = an_allocated_audit(work, people)
        row = Prepared(by_id).row(work._connection, {"which_id": audit.id})
        ordinary = work._connection.execute(by_id, {"which_id": audit.id}).one()

    assert row is not None
    assert row._fields == tuple(ordinary._mapping)
    assert tuple(row) == tuple(ordinary)
    assert isinstance(row.due_on, date)


def test_no_row_is_none(database: Database) -> None:
    with database.read() as view:
        assert Prepared(BY_KEY).row(view._connection, {"which_key": "nobody's"}) is None


def test_all_rows_come_back_with_their_types_and_in_order(database: Database) -> None:
    newest_first = (
        sa.select(presses).where(presses.c.at >= sa.bindparam("since")).order_by(presses.c.key.desc())
    )
    with database.write() as work:
        for key in ("a", "b"):
            work.turns.answered(key, OUTCOME, NOW)
        rows = Prepared(newest_first).rows(work._connection, {"since": NOW})
        none = Prepared(newest_first).rows(work._connection, {"since": NOW + timedelta(days=1)})

    assert [(row.key, row.outcome, row.at) for row in rows] == [("b", OUTCOME, NOW), ("a", OUTCOME, NOW)]
    assert list(none) == []


def test_an_update_says_how_many_rows_it_met(database: Database) -> None:
    move = Prepared(sa.update(presses).where(which(presses.c.key)))
    with database.write() as work:
        work.turns.answered("a", {}, NOW)
        met = [move.change(work._connection, {"which_key": key, "outcome": OUTCOME}) for key in ("a", "b")]
        kept = work.turns.outcome("a")

    assert met == [1, 0]
    assert kept == OUTCOME


def test_the_same_statement_may_set_other_columns_next_time(database: Database) -> None:
    change = Prepared(sa.update(presses).where(which(presses.c.key)))
    later = datetime(2026, 6, 1, tzinfo=UTC)
    with database.write() as work:
        work.turns.answered("a", {}, NOW)
        change.change(work._connection, {"which_key": "a", "at": later})
        change.change(work._connection, {"which_key": "a", "outcome": OUTCOME})
        row = Prepared(BY_KEY).row(work._connection, {"which_key": "a"})

    assert row is not None
    assert (row.outcome, row.at) == (OUTCOME, later)


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    keep = Prepared(sa.insert(presses))
    naive = datetime(2026, 5, 1, 9, 0)  # noqa: DTZ001
    with pytest.raises((ValueError, sa.exc.StatementError), match="time zone"), database.write() as work:
        keep.change(work._connection, {"key": "a", "outcome": {}, "at": naive})


def test_what_is_undone_is_undone_with_it(database: Database) -> None:
    keep = Prepared(sa.insert(presses))
    with suppress(_Undone), database.write() as work:
        keep.change(work._connection, {"key": "a", "outcome": {}, "at": NOW})
        raise _Undone

    with database.read() as view:
        assert Prepared(BY_KEY).row(view._connection, {"which_key": "a"}) is None


def test_a_lock_held_by_another_process_is_told_as_busy(sqlite_url: str) -> None:
    database = Database(sqlite_url, trail_key=b"k" * 32)
    with pytest.raises(Busy):
        _write_beside_a_writer(database)
    database.close()


def _write_beside_a_writer(database: Database) -> None:
    with database.read() as view:
        view._connection.exec_driver_sql("PRAGMA busy_timeout=0")
        with database.write():
            Prepared(sa.insert(presses)).change(view._connection, {"key": "a", "outcome": {}, "at": NOW})


class _Undone(Exception):
    """Ends a transaction without a trace."""
