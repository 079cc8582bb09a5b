"""A database that keeps its answers must never give one that is no longer true."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest

from domain.tracking import Source, TrackedKind, TrackedState
from storage.copying import empty_in_memory
from storage.database import Database
from storage.remembering import Memory, RememberingDatabase
from storage.watching import Changes
from storage.work import View

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def database() -> Iterator[Database]:
    with empty_in_memory() as opened:
        assert isinstance(opened, RememberingDatabase)
        yield opened


def _track(database: Database, title: str) -> int:
    with database.write() as work:
        return work.tracking.add(
            kind=TrackedKind.ACTION,
            title=title,
            source=Source.PLAN,
            by=None,
            now=NOW,
            due_on=date(2026, 6, 1),
        )


def _titles(database: Database) -> list[str]:
    with database.read() as view:
        return [row.title for row in view.tracking.in_states({TrackedState.OPEN})]


def test_what_is_written_is_read_at_once(database: Database) -> None:
    assert _titles(database) == []
    _track(database, "one")
    assert _titles(database) == ["one"]
    with database.write() as work:
        before = work.tracking.in_states({TrackedState.OPEN})
        assert work.tracking.change(before[0], {"title": "another"})
        assert [row.title for row in work.tracking.in_states({TrackedState.OPEN})] == ["another"]


def test_what_is_undone_is_forgotten(database: Database) -> None:
    _track(database, "kept")
    with suppress(ZeroDivisionError), database.write() as work:
        row = work.tracking.in_states({TrackedState.OPEN})[0]
        work.tracking.change(row, {"title": "undone"})
        assert [one.title for one in work.tracking.in_states({TrackedState.OPEN})] == ["undone"]
        raise ZeroDivisionError
    assert _titles(database) == ["kept"]


def test_what_a_part_undoes_is_forgotten_within_the_work(database: Database) -> None:
    tracked_id = _track(database, "kept")
    with database.write() as work:
        with suppress(ZeroDivisionError), work.part():
            row = work.tracking.get(tracked_id)
            assert row is not None
            work.tracking.change(row, {"title": "undone"})
            assert work.tracking.get(tracked_id) != row
            raise ZeroDivisionError
        with work.rehearsal() as trial:
            again = trial.tracking.get(tracked_id)
            assert again is not None
            assert again.title == "kept"
            trial.tracking.change(again, {"title": "tried"})
            assert [one.title for one in work.tracking.in_states({TrackedState.OPEN})] == ["tried"]
        assert [one.title for one in work.tracking.in_states({TrackedState.OPEN})] == ["kept"]


def test_a_second_look_asks_nothing_of_the_database(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _track(database, "one")
    assert _titles(database) == ["one"]
    seen: list[str] = []
    monkeypatch.setattr(Changes, "saw", lambda _, text: seen.append(text))

    assert _titles(database) == ["one"]

    assert [text for text in seen if "tracked" in text] == []


def test_what_the_caller_changes_is_not_what_is_kept(database: Database) -> None:
    with database.write() as work:
        service = work.people.service_named("Conifers")
    with database.read() as view:
        for _ in range(3):
            found = view.people.services()
            assert found == {service.id: service}
            found.clear()


def test_whoever_takes_the_engine_may_change_anything(database: Database) -> None:
    _track(database, "one")
    assert _titles(database) == ["one"]
    with database.engine.begin() as connection:
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("UPDATE tracked SET title = 'two'")
    assert _titles(database) == ["two"]


def test_only_so_much_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.remembering._MOST", 10)
    memory = Memory()
    asked: list[int] = []

    def rows(_: object, number: int) -> tuple[int, ...]:
        asked.append(number)
        memory.changes.saw("SELECT title FROM tracked")
        return (number,) * 4

    for number in (1, 2, 1, 3, 1, 2):
        assert memory.asked(rows, None, (number,), {}) == (number,) * 4

    # Two of five fit; the one not asked for longest went.
    assert asked == [1, 2, 3, 2]


def test_a_prepared_change_is_seen(database: Database) -> None:
    with database.write() as work:
        assert work.meetings.in_slots(("qa_group:1",)) == {}
        # Put together beforehand, and given to the driver past SQLAlchemy.
        assert work.meetings.plan(
            slot="qa_group:1", body="qa_group", service_id=None, on=date(2026, 6, 1), starts_at="10:00"
        )
        assert list(work.meetings.in_slots(("qa_group:1",))) == ["qa_group:1"]


def test_an_answer_made_of_a_remembered_one_falls_with_it() -> None:
    memory = Memory()
    held = ["one"]

    def inner(_: object) -> str:
        memory.changes.saw("SELECT title FROM tracked")
        return held[0]

    def outer(_: object) -> str:
        memory.changes.saw("SELECT name FROM people")
        return f"{memory.asked(inner, None, (), {})} and more"

    def told() -> str:
        return str(memory.asked(outer, None, (), {}))

    assert memory.asked(inner, None, (), {}) == "one"
    assert told() == "one and more"
    held[0] = "two"
    memory.changes.saw("UPDATE tracked SET title = ?")

    assert told() == "two and more"


def test_what_writes_is_done_each_time_it_is_asked(database: Database) -> None:
    _track(database, "one")
    _track(database, "one")

    assert _titles(database) == ["one", "one"]


def test_what_is_made_of_a_view_is_made_anew_once_a_table_it_rests_on_changes(database: Database) -> None:
    made: list[str] = []

    def titles(view: View, state: TrackedState) -> tuple[str, ...]:
        made.append(state.value)
        return tuple(row.title for row in view.tracking.in_states({state}))

    found = []
    for title in ("", "", "one", "two"):
        if title:
            _track(database, title)
        with database.read() as view:
            found.append((view.once(titles, TrackedState.OPEN), view.once(titles, TrackedState.CLOSED)))
    with database.write() as work:
        within = work.once(titles, TrackedState.OPEN)

    assert [len(open_ones) for open_ones, _ in found] == [0, 0, 1, 2]
    assert within == ("one", "two")
    assert made == ["open", "closed"] * 3, "the second time and within the work nothing is made again"
