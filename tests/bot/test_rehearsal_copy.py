"""The copy that a rehearsal works on: everything of the council's, and nothing of it changes."""

import hashlib
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from bot.rehearsal.conditions import Conditions
from bot.rehearsal.council import a_copy_of_the_council
from bot.rehearsal.whole import FROM_COPY, rehearse
from bot.settings import Settings, load_settings
from domain.audits import AuditState
from storage.copying import CopyRefused, copied_to_memory
from storage.migrating import SchemaBehind
from tests.bot.commands import Terminal
from tests.bot.rehearsals import write_lists
from tests.builders import NOW, Staff, an_accepted_audit, reachable
from tests.dialogs.scripts import everything_stored, on_one_engine
from workflows.council import Council

AFTER = date(2026, 5, 11)
"""A day on which the council of the builders is at work already."""


def settings_of(url: str) -> Settings:
    """Settings that name this database."""
    return load_settings(
        env_file=None, database_url=url, demo=True, trail_key="k" * 40, duty_phone="01632 960101",
        out_of_hours_phone="01632 960102", mail="folder",
    )  # fmt: skip


def test_the_copy_holds_what_the_council_holds_on_either_engine(
    council: Council, people: Staff, database_url: str
) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)
        reachable(work, people.auditor)

    with copied_to_memory(database_url) as copy:
        with copy.read() as view:
            copied = view.people.everyone(), view.cases.everything(), view.audits.get(1)
        with council.read() as view:
            original = view.people.everyone(), view.cases.everything(), view.audits.get(1)

    assert copied == original


def test_what_is_done_to_the_copy_leaves_the_council_alone(
    council: Council, people: Staff, database_url: str
) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)
    before = everything_stored(council)

    conditions, settings = Conditions(AFTER, 1), settings_of(database_url)
    with a_copy_of_the_council(conditions, settings) as (copy, _), copy.write() as work:
        work.people.mark_left([people.auditor.id], AFTER)
        work.notices.queue(kind="stranger", subject_id=1, person_id=people.auditor.id, now=NOW)

    assert everything_stored(council) == before


@on_one_engine
def test_a_rehearsal_does_not_touch_the_councils_own_file(
    council: Council, people: Staff, database_url: str, tmp_path: Path
) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)
        reachable(work, people.auditor, people.qa_officer)
    with council.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    council.database.close()
    file = Path(database_url.removeprefix("sqlite:///"))
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    conditions = Conditions(AFTER, 1)

    with a_copy_of_the_council(conditions, settings_of(database_url)) as (copy, kept):
        rehearse(copy, conditions, tmp_path / "out", began=FROM_COPY)
        with copy.read() as view:
            state = view.audits.get(1)

    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
    assert kept
    assert state is not None
    assert state.state is AuditState.SUBMITTED


@on_one_engine
def test_nobodys_real_chat_is_in_the_copy(council: Council, people: Staff, database_url: str) -> None:
    with council.write() as work:
        reachable(work, people.auditor)
        work.switches.pause("an upgrade", set_by="operator", now=NOW)

    conditions, settings = Conditions(AFTER, 1), settings_of(database_url)
    with a_copy_of_the_council(conditions, settings) as (copy, _), copy.read() as view:
        assert view.reach.of(people.auditor.id) is None
        assert view.switches.paused() is None


@on_one_engine
def test_a_year_that_lies_before_the_councils_own_work_begins_with_its_lists(
    council: Council, people: Staff, database_url: str
) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)

    conditions, settings = Conditions(date(2026, 4, 1), 1), settings_of(database_url)
    with a_copy_of_the_council(conditions, settings) as (copy, kept), copy.read() as view:
        assert not kept
        assert view.audits.get(1) is None
        assert view.people.get(people.auditor.id).name == people.auditor.name


def test_a_database_of_another_version_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.db"
    file.touch()

    with pytest.raises(SchemaBehind), copied_to_memory(f"sqlite:///{file}"):
        pass


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("not a database " * 100, encoding="utf-8")

    with pytest.raises(CopyRefused), copied_to_memory(f"sqlite:///{file}"):
        pass


@on_one_engine
def test_staff_are_read_anew_after_each_change_and_after_one_that_was_undone(
    council: Council, people: Staff, database_url: str
) -> None:
    with copied_to_memory(database_url) as copy:
        with suppress(ZeroDivisionError), copy.write() as work:
            work.people.change(people.auditor.id, {"name": "Somebody Else"})
            assert work.people.get(people.auditor.id).name == "Somebody Else"
            raise ZeroDivisionError
        with copy.read() as view:
            undone = view.people.get(people.auditor.id).name
        with copy.write() as work:
            work.people.mark_left([people.auditor.id], AFTER)
        with copy.read() as view:
            holding = view.people.holding(*people.auditor.posts)

    assert undone == people.auditor.name
    assert people.auditor.id not in {person.id for person in holding}


@on_one_engine
def test_remembered_staff_answer_as_the_database_does(
    council: Council, people: Staff, database_url: str
) -> None:
    ids = [people.auditor.id, people.cover.id, 999]
    with copied_to_memory(database_url) as copy, copy.read() as remembered, council.read() as view:
        for post in people.auditor.posts | people.cover.posts:
            assert remembered.people.holding(post) == view.people.holding(post)
            given = {"service_id": people.other_service.id}
            assert remembered.people.holding(post, **given) == view.people.holding(post, **given)
        assert remembered.people.many(ids) == view.people.many(ids)
        assert remembered.people.everyone() == view.people.everyone()
        assert remembered.people.teams() == view.people.teams()
        assert remembered.people.services() == view.people.services()
        known = people.auditor.directory_id or ""
        assert remembered.people.by_directory_id(known) == view.people.by_directory_id(known)
        with pytest.raises(LookupError):
            remembered.people.get(999)


def test_the_command_rehearses_with_two_lists_and_no_settings_at_all(bare_terminal: Terminal) -> None:
    staff_list, case_list = write_lists(bare_terminal.folder)

    ran = bare_terminal.runs(
        "rehearse", "--from", "1 April 2026", "--months", 1, "--staff", staff_list, "--cases", case_list,
        "--out", bare_terminal.folder / "year",
    )  # fmt: skip

    assert ran.status == 0, ran.err
    assert "Rehearsing 1 month from 1 April 2026; nothing is sent." in ran.out
    assert "\nApril 2026\n" in ran.out
    assert (bare_terminal.folder / "year/rehearsal.html").is_file()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--from", "April"), "2026-04-01"),
        (("--from", "2026-04-01", "--months", "0"), "between 1 and"),
        (("--from", "2026-04-01", "--late", "15"), "between 0 and 1"),
    ],
)
def test_the_command_says_what_is_wrong(bare_terminal: Terminal, words: tuple[str, ...], says: str) -> None:
    ran = bare_terminal.runs("rehearse", *words)

    assert ran.status == 2
    assert says in ran.err


def test_the_command_wants_both_lists_and_an_empty_folder(bare_terminal: Terminal) -> None:
    staff_list, case_list = write_lists(bare_terminal.folder)
    given = ("rehearse", "--from", "2026-04-01", "--staff", staff_list)

    one = bare_terminal.runs(*given)
    full = bare_terminal.runs(*given, "--cases", case_list, "--out", bare_terminal.folder)

    assert (one.status, full.status) == (2, 2)
    assert "both lists" in one.err
    assert "not empty" in full.err
