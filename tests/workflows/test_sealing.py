"""The files that leave the database each day, and what they prove together with it."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.tables import trail, trail_heads, trail_seals
from tests.builders import NOW
from workflows.council import Council
from workflows.sealing import export_path, is_sealed, read_exports, seal_day, verify_trail

DAY = date(2026, 5, 1)
MIDNIGHT = datetime(2026, 5, 1, 23, 0, tzinfo=UTC)
"""When that day ends in London."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "exports"


@pytest.mark.rule("SG-05")
def test_sealed_days_prove(council: Council, folder: Path) -> None:
    _seal_three_days(council, folder)

    assert verify_trail(council, folder) == ()


def test_a_council_that_never_sealed_proves(council: Council, folder: Path) -> None:
    _write(council)

    assert verify_trail(council, folder) == ()


def test_a_file_holds_the_heads_of_what_grew(council: Council, folder: Path) -> None:
    _write(council)

    path = seal_day(council, DAY, MIDNIGHT, folder)

    body = json.loads(path.read_text(encoding="utf-8"))
    assert path == export_path(folder, DAY)
    assert [(chain, position) for chain, position, _ in body["heads"]] == [
        ("audit:1", 3),
        ("day:2026-05-01", 2),
        ("days", 1),
    ]
    assert read_exports(folder)["audit:1"][0].position == 3
    assert list(folder.glob("*.part")) == []


def test_a_quiet_day_leaves_a_file_too_so_that_the_files_have_no_gap(council: Council, folder: Path) -> None:
    seal_day(council, DAY, MIDNIGHT, folder)

    assert export_path(folder, DAY).exists()
    assert verify_trail(council, folder) == ()


def test_sealing_a_day_again_takes_in_what_came_since(council: Council, folder: Path) -> None:
    _write(council)
    seal_day(council, DAY, NOW, folder)
    _write(council)

    seal_day(council, DAY, MIDNIGHT, folder)

    assert read_exports(folder)["audit:1"][-1].position == 6
    assert verify_trail(council, folder) == ()


@pytest.mark.parametrize(
    ("sealed_at", "closed"), [(MIDNIGHT - timedelta(seconds=1), False), (MIDNIGHT, True)]
)
def test_a_day_is_sealed_for_good_when_it_was_over(
    council: Council, folder: Path, sealed_at: datetime, closed: bool
) -> None:
    before = is_sealed(folder, DAY)
    seal_day(council, DAY, sealed_at, folder)

    assert not before
    assert is_sealed(folder, DAY) is closed
    assert is_sealed(folder, DAY - timedelta(days=1))


def test_a_day_before_the_latest_file_is_left_alone(council: Council, folder: Path) -> None:
    _seal_three_days(council, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    seal_day(council, DAY, MIDNIGHT, folder)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_crash_between_sealing_and_exporting_is_mended_by_the_next_sealing(
    council: Council, folder: Path
) -> None:
    _write(council)
    with council.write() as work:
        work.trail.seal(DAY)

    seal_day(council, DAY + timedelta(days=1), MIDNIGHT + timedelta(days=1), folder)

    assert export_path(folder, DAY).exists()
    assert verify_trail(council, folder) == ()


def test_an_edited_file_is_named(council: Council, folder: Path) -> None:
    _seal_three_days(council, folder)
    path = export_path(folder, DAY)
    path.write_text(path.read_text(encoding="utf-8").replace('"audit:1"', '"audit:9"'), encoding="utf-8")

    assert "the exported file of 2026-05-01 was changed" in _said(council, folder)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"format": 2}', "\x00"])
def test_a_damaged_file_is_named(council: Council, folder: Path, content: str) -> None:
    _seal_three_days(council, folder)
    export_path(folder, DAY).write_text(content, encoding="utf-8")

    assert "the exported file trail-2026-05-01.json cannot be read" in _said(council, folder)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (DAY, "the exported file of 2026-05-01 is missing"),
        (DAY, "an exported file before 2026-05-02 is missing or was put there later"),
        (DAY + timedelta(days=2), "the exported file of 2026-05-03 is missing"),
    ],
)
def test_a_removed_file_is_named(council: Council, folder: Path, day: date, said: str) -> None:
    _seal_three_days(council, folder)

    export_path(folder, day).unlink()

    assert said in _said(council, folder)


@pytest.mark.rule("SG-05")
def test_a_tail_cut_with_all_its_records_in_the_database_is_named(council: Council, folder: Path) -> None:
    earlier = _write_keeping_the_end(council)
    seal_day(council, DAY, MIDNIGHT, folder)

    def tamper(connection: sa.Connection) -> None:
        connection.execute(sa.delete(trail).where(trail.c.chain == "audit:1", trail.c.position > 3))
        connection.execute(sa.update(trail_heads).where(trail_heads.c.chain == "audit:1").values(earlier))
        connection.execute(sa.delete(trail_seals).where(trail_seals.c.chain == "audit:1"))

    _tamper(council, tamper)

    assert _said(council, folder) == [
        "the seal of 2026-05-01 on audit:1 is missing, though it was exported",
        "the end of audit:1 was cut: rows 4 to 6 are missing",
    ]


def test_a_trail_that_vanished_altogether_is_named(council: Council, folder: Path) -> None:
    _seal_three_days(council, folder)

    def tamper(connection: sa.Connection) -> None:
        for table in (trail, trail_heads, trail_seals):
            connection.execute(sa.delete(table))

    _tamper(council, tamper)

    said = _said(council, folder)
    assert "the end of audit:1 was cut: rows 1 to 9 are missing" in said
    assert "the end of days was cut: rows 1 to 3 are missing" in said


def _seal_three_days(council: Council, folder: Path) -> None:
    for days in range(3):
        _write(council, NOW + timedelta(days=days))
        seal_day(council, DAY + timedelta(days=days), MIDNIGHT + timedelta(days=days), folder)


def _write(council: Council, now: datetime = NOW) -> None:
    with council.write() as work:
        for audit_id in (1, 1, 1, None):
            work.trail.add(now=now, actor=7, verb="saved", subject="x", audit_id=audit_id)


def _write_keeping_the_end(council: Council) -> dict[str, object]:
    """Write twice; returns the recorded end of audit 1 as it stood in between, proof and all."""
    _write(council)
    with council.database.engine.connect() as connection:
        found = connection.execute(sa.select(trail_heads).where(trail_heads.c.chain == "audit:1"))
        earlier = dict(found.mappings().one())
    _write(council)
    return earlier


def _tamper(council: Council, tamper: Callable[[sa.Connection], None]) -> None:
    with council.database.engine.begin() as connection:
        tamper(connection)


def _said(council: Council, folder: Path) -> list[str]:
    return [fault.what for fault in verify_trail(council, folder)]
