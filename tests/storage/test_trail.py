"""The trail proves itself: whatever is done to its tables with plain SQL shows, and is named."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from domain.trail import Fault, Head
from storage.database import Database
from storage.tables import trail, trail_heads, trail_seals

NOW = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
TODAY = "day:2026-05-01"


def test_a_trail_that_nobody_touched_proves(database: Database) -> None:
    _write(database)
    _seal(database)
    _write(database, now=NOW + timedelta(days=1))

    assert _verify(database) == ()


def test_an_empty_trail_proves(database: Database) -> None:
    assert _verify(database) == ()


@pytest.mark.rule("SG-05")
def test_a_row_keeps_who_did_what_and_when_and_a_digest_in_place_of_the_text(database: Database) -> None:
    secret = "The child said she is frightened at night."
    with database.write() as work:
        work.trail.add(
            now=NOW, actor=7, verb="saved", subject="audit 1", audit_id=1, fields={"impact": secret}
        )

    with database.read() as view:
        (row,) = view.trail.rows("audit:1")
    assert (row.at, row.actor, row.verb, row.subject) == (NOW, 7, "saved", "audit 1")
    assert '"impact"' in row.fields
    assert "frightened" not in row.fields


def test_the_same_text_has_another_digest_in_another_audit(database: Database) -> None:
    with database.write() as work:
        for audit_id in (1, 2):
            fields = {"grade": "good"}
            work.trail.add(now=NOW, actor=7, verb="saved", subject="x", audit_id=audit_id, fields=fields)

    with database.read() as view:
        (first,), (second,) = view.trail.rows("audit:1"), view.trail.rows("audit:2")
    assert first.fields != second.fields


def _edit(column: str, value: object) -> Callable[[sa.Connection], None]:
    def tamper(connection: sa.Connection) -> None:
        connection.execute(_row(3).values({column: value}))

    return tamper


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize(
    "tamper",
    [
        _edit("actor", 99),
        _edit("actor", None),
        _edit("verb", "read"),
        _edit("subject", "audit 2"),
        _edit("fields", "{}"),
        _edit("at", NOW + timedelta(seconds=1)),
        _edit("mac", "f" * 32),
    ],
)
def test_an_edited_row_is_named(database: Database, tamper: Callable[[sa.Connection], None]) -> None:
    _write(database)

    _tamper(database, tamper)

    assert "row 3 of audit:1 was changed or moved" in _said(_verify(database))


def test_a_row_made_to_follow_another_is_named(database: Database) -> None:
    _write(database)

    _tamper(database, _edit("previous", "f" * 32))

    assert "row 3 of audit:1 does not follow the one before it" in _said(_verify(database))


def test_a_row_removed_from_the_middle_is_named(database: Database) -> None:
    _write(database)

    _tamper(database, lambda c: c.execute(_gone(2)))

    assert _said(_verify(database)) == ["row 2 of audit:1 is missing"]


def test_rows_removed_from_the_middle_are_named_as_a_span(database: Database) -> None:
    _write(database)

    _tamper(database, lambda c: c.execute(_gone(2, 3)))

    assert _said(_verify(database)) == ["rows 2 to 3 of audit:1 are missing"]


def test_a_row_removed_and_the_rest_moved_up_is_named(database: Database) -> None:
    _write(database)

    def tamper(connection: sa.Connection) -> None:
        connection.execute(_gone(2))
        for position in (3, 4, 5):
            connection.execute(_row(position).values(position=position - 1))

    _tamper(database, tamper)

    assert "row 2 of audit:1 was changed or moved" in _said(_verify(database))


def test_rows_that_changed_places_are_named(database: Database) -> None:
    _write(database)

    def tamper(connection: sa.Connection) -> None:
        for position, moved_to in ((2, 99), (3, 2), (99, 3)):
            connection.execute(_row(position).values(position=moved_to))

    _tamper(database, tamper)

    said = _said(_verify(database))
    assert "row 2 of audit:1 was changed or moved" in said
    assert "row 3 of audit:1 was changed or moved" in said


def test_a_row_slipped_in_is_named(database: Database) -> None:
    _write(database)

    def tamper(connection: sa.Connection) -> None:
        last = connection.execute(sa.select(trail).where(trail.c.position == 5)).mappings().one()
        connection.execute(sa.insert(trail).values({**last, "position": 6, "previous": last["mac"]}))

    _tamper(database, tamper)

    said = _said(_verify(database))
    assert "row 6 of audit:1 was changed or moved" in said
    assert "audit:1 has rows beyond its recorded end" in said


def test_a_row_copied_from_another_audit_is_named(database: Database) -> None:
    _write(database)
    _write(database, audit_id=2)

    def tamper(connection: sa.Connection) -> None:
        connection.execute(sa.delete(trail).where(trail.c.chain == "audit:2", trail.c.position == 1))
        connection.execute(_row(1).values(chain="audit:2"))

    _tamper(database, tamper)

    said = _said(_verify(database))
    assert "row 1 of audit:2 was changed or moved" in said
    assert "row 1 of audit:1 is missing" in said


def test_a_cut_tail_is_named(database: Database) -> None:
    _write(database)

    _tamper(database, lambda c: c.execute(_gone(4, 5)))

    assert _said(_verify(database)) == ["the end of audit:1 was cut: rows 4 to 5 are missing"]


def test_a_cut_tail_shows_before_any_sealing_even_when_the_recorded_end_moves_with_it(
    database: Database,
) -> None:
    _write(database)

    _tamper(database, _cut_with_end)

    assert _said(_verify(database)) == ["the recorded end of audit:1 was changed"]


def test_a_cut_tail_still_shows_after_people_went_on_working(database: Database) -> None:
    _write(database)
    _tamper(database, _cut_with_end)

    _write(database, rows=2)

    assert _said(_verify(database)) == ["row 5 of audit:1 is missing"]


def test_a_cut_tail_still_shows_when_its_end_was_moved_further_back_than_the_rows(database: Database) -> None:
    _write(database)

    def tamper(connection: sa.Connection) -> None:
        connection.execute(_gone(5))
        connection.execute(_end().values(position=1, mac="0" * 32))

    _tamper(database, tamper)
    _write(database, rows=1)

    assert "row 5 of audit:1 is missing" in _said(_verify(database))


def test_a_cut_tail_shows_against_a_seal_in_the_database(database: Database) -> None:
    _write(database)
    _seal(database)

    _tamper(database, _cut_with_end)

    assert "the end of audit:1 was cut: row 5 is missing" in _said(_verify(database))


def test_a_tail_cut_with_every_record_of_it_shows_against_exported_heads(database: Database) -> None:
    before = _without_last_row(database)
    heads = _seal(database)

    def tamper(connection: sa.Connection) -> None:
        # The strongest forger: the earlier state of the recorded end, proof and all, from an old backup.
        connection.execute(_gone(5))
        connection.execute(_end().values(before))
        connection.execute(sa.delete(trail_seals).where(trail_seals.c.chain == "audit:1"))

    _tamper(database, tamper)

    exported = {head.chain: (head,) for head in heads}
    assert _said(_verify(database)) == []
    assert _said(_verify(database, exported)) == ["the end of audit:1 was cut: row 5 is missing"]


def test_a_row_replaced_after_sealing_shows_against_exported_heads(database: Database) -> None:
    _write(database)

    exported = {"audit:1": (Head("audit:1", 5, "e" * 32),)}

    assert _said(_verify(database, exported)) == ["row 5 of audit:1 is not the one that was sealed"]


def test_a_recorded_end_that_was_removed_is_named(database: Database) -> None:
    _write(database)

    _tamper(database, lambda c: c.execute(sa.delete(trail_heads).where(trail_heads.c.chain == "audit:1")))

    assert _said(_verify(database)) == ["audit:1 has rows beyond its recorded end"]


def test_people_go_on_working_when_a_recorded_end_was_removed_and_it_still_shows(database: Database) -> None:
    _write(database)
    with database.write() as work:
        work._connection.execute(sa.delete(trail_heads).where(trail_heads.c.chain == "audit:1"))

    _write(database)

    assert any("audit:1" in said for said in _said(_verify(database)))


def test_a_seal_and_a_look_take_in_what_the_same_transaction_added(database: Database) -> None:
    with database.write() as work:
        work.trail.add(now=NOW, actor=7, verb="saved", subject="audit 1", audit_id=1)
        work.trail.add(now=NOW, actor=7, verb="read", subject="audit 1", audit_id=1)
        rows = work.trail.rows("audit:1")
        sealed = {head.chain: head.position for head in work.trail.seal(date(2026, 5, 1))}
        work.trail.add(now=NOW, actor=7, verb="read", subject="audit 1", audit_id=1)

    assert [row.verb for row in rows] == ["saved", "read"]
    assert sealed["audit:1"] == 2
    assert _verify(database) == ()


@pytest.mark.parametrize("chain", ["audit:1", TODAY])
def test_a_whole_chain_that_vanished_with_its_recorded_end_is_named(database: Database, chain: str) -> None:
    _write(database)

    _tamper(database, lambda c: _erase(c, chain))

    assert f"the whole of {chain} is missing" in _said(_verify(database))


def test_a_whole_chain_that_vanished_and_began_anew_is_named(database: Database) -> None:
    _write(database)
    _tamper(database, lambda c: _erase(c, "audit:1"))

    _write(database, rows=2)

    assert _said(_verify(database)) == ["audit:1 was opened 2 times: earlier rows were taken away"]


def test_the_register_of_days_that_vanished_is_named(database: Database) -> None:
    _write(database)

    _tamper(database, lambda c: _erase(c, "days"))

    assert _said(_verify(database)) == [f"the row that opened {TODAY} is missing"]


def test_a_seal_that_was_changed_is_named(database: Database) -> None:
    _write(database)
    _seal(database)

    _tamper(
        database, lambda c: c.execute(sa.update(trail_seals).where(_SEALED).values(position=2, head="e" * 32))
    )

    assert "the seal of 2026-05-01 on audit:1 was changed" in _said(_verify(database))


def test_a_seal_that_was_removed_is_named(database: Database) -> None:
    _write(database)
    _seal(database)

    _tamper(database, lambda c: c.execute(sa.delete(trail_seals).where(_SEALED)))

    assert _said(_verify(database)) == ["the seal on row 5 of audit:1 is missing"]


def test_nothing_shows_with_the_wrong_key_but_broken_rows(database: Database) -> None:
    _write(database)
    stranger = Database(database.url, trail_key=b"another key of thirty-two bytes!")

    faults = _verify(stranger)
    stranger.close()

    assert "row 1 of audit:1 was changed or moved" in _said(faults)


def test_sealing_gives_each_grown_chain_once(database: Database) -> None:
    _write(database)
    first = _seal(database)
    _write(database, rows=1)

    second = _seal(database, date(2026, 5, 2))

    assert [(h.chain, h.position) for h in first] == [("audit:1", 5), (TODAY, 1), ("days", 1)]
    assert [(h.chain, h.position) for h in second] == [("audit:1", 6)]


def test_the_day_is_counted_in_london(database: Database) -> None:
    late = datetime(2026, 5, 1, 23, 30, tzinfo=UTC)

    with database.write() as work:
        work.trail.add(now=late, actor=None, verb="imported", subject="import 1")

    with database.read() as view:
        assert len(view.trail.rows("day:2026-05-02")) == 1


def _write(database: Database, *, rows: int = 5, audit_id: int = 1, now: datetime = NOW) -> None:
    with database.write() as work:
        for number in range(rows):
            work.trail.add(
                now=now + timedelta(minutes=number),
                actor=7,
                verb="saved",
                subject=f"audit {audit_id}",
                audit_id=audit_id,
                fields={"planning.impact": f"text {number}"},
            )


def _without_last_row(database: Database) -> dict[str, object]:
    """The recorded end as it stood when four rows were written, before the fifth."""
    _write(database, rows=4)
    with database.engine.connect() as connection:
        found = connection.execute(sa.select(trail_heads).where(trail_heads.c.chain == "audit:1"))
        before = dict(found.mappings().one())
    _write(database, rows=1)
    return before


def _seal(database: Database, day: date = date(2026, 5, 1)) -> tuple[Head, ...]:
    with database.write() as work:
        return work.trail.seal(day)


def _verify(database: Database, exported: Mapping[str, tuple[Head, ...]] | None = None) -> tuple[Fault, ...]:
    with database.read() as view:
        return view.trail.verify(exported)


def _said(faults: tuple[Fault, ...]) -> list[str]:
    return [fault.what for fault in faults]


def _tamper(database: Database, tamper: Callable[[sa.Connection], object]) -> None:
    with database.engine.begin() as connection:
        tamper(connection)


_SEALED = trail_seals.c.chain == "audit:1"


def _row(position: int) -> sa.Update:
    return sa.update(trail).where(trail.c.chain == "audit:1", trail.c.position == position)


def _end() -> sa.Update:
    return sa.update(trail_heads).where(trail_heads.c.chain == "audit:1")


def _gone(*positions: int) -> sa.Delete:
    return sa.delete(trail).where(trail.c.chain == "audit:1", trail.c.position.in_(positions))


def _erase(connection: sa.Connection, chain: str) -> None:
    connection.execute(sa.delete(trail).where(trail.c.chain == chain))
    connection.execute(sa.delete(trail_heads).where(trail_heads.c.chain == chain))


def _cut_with_end(connection: sa.Connection) -> None:
    connection.execute(_gone(5))
    fourth = sa.select(trail.c.mac).where(trail.c.chain == "audit:1", trail.c.position == 4).scalar_subquery()
    connection.execute(_end().values(position=4, mac=fourth))
