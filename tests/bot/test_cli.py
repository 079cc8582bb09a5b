"""`plumbline` at the command line: mistakes get a plain sentence and status 2, never a stack trace."""

import io
import json
import sqlite3
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from domain.framework_reading import read
from storage.database import Database
from tests.bot.commands import Terminal
from tests.databases import TRAIL_KEY

DATA = Path(__file__).parents[1] / "data"
STAFF = DATA / "staff_windows_1252.csv"
CASES = DATA / "cases_utf8_bom.csv"
ANSWERS = (
    *("--app-id", "11111111-aaaa-4bbb-8ccc-000000000001"),
    *("--host-name", "plumbline.council.example"),
    *("--developer-name", "Example Council"),
    *("--website-url", "https://council.example/plumbline"),
    *("--privacy-url", "https://council.example/privacy"),
    *("--terms-of-use-url", "https://council.example/terms"),
)


def names(url: str) -> set[str]:
    database = Database(url, trail_key=TRAIL_KEY)
    with database.read() as view:
        found = {person.name for person in view.people.everyone()}
    database.close()
    return found


def test_without_settings_everything_that_is_missing_is_listed(bare_terminal: Terminal) -> None:
    ran = bare_terminal.runs("run")

    assert ran.status == 2
    for name in ("TRAIL_KEY", "DUTY_PHONE", "OUT_OF_HOURS_PHONE", "APP_ID"):
        assert f"PLUMBLINE_{name}" in ran.err
    assert "Traceback" not in ran.err


def test_without_an_app_id_it_serves_nobody(terminal: Terminal) -> None:
    terminal.set(APP_ID="", TENANT_IDS="", CREDENTIAL="", CLIENT_SECRET="")

    ran = terminal.runs("run")

    assert ran.status == 2
    assert "anyone could speak as anyone" in ran.err


def test_everything_wrong_with_settings_and_framework_is_listed_at_once(terminal: Terminal) -> None:
    own = terminal.folder / "framework.toml"
    own.write_text('version = "x"\n', encoding="utf-8")
    pem = terminal.folder / "bot.pem"
    pem.write_text("not a certificate")
    terminal.set(
        DATABASE_URL="sqlite:nonsense",
        FRAMEWORK_FILE=str(own),
        CREDENTIAL="certificate",
        CERTIFICATE_FILE=str(pem),
        TENANT_IDS="council.onmicrosoft.com",
    )
    (terminal.folder / ".env").write_bytes("PLUMBLINE_COUNCIL_NAME=Côte\n".encode("cp1252"))

    ran = terminal.runs("run")

    assert ran.status == 2
    for name in ("DATABASE_URL", "FRAMEWORK_FILE", "CERTIFICATE_FILE", "TENANT_IDS"):
        assert f"- PLUMBLINE_{name}" in ran.err
    assert ".env is not saved as UTF-8" in ran.err
    assert "broke on our side" not in ran.err


@pytest.mark.rule("SG-02")
def test_it_does_not_start_before_someone_said_how_mail_leaves(terminal: Terminal) -> None:
    terminal.set(MAIL="")

    ran = terminal.runs("run")

    assert ran.status == 2
    assert "PLUMBLINE_MAIL must say how mail leaves" in ran.err
    assert "smtp" in ran.err


def test_the_demo_is_refused_an_address_that_others_reach(terminal: Terminal) -> None:
    terminal.set(APP_ID="", TENANT_IDS="", CREDENTIAL="", CLIENT_SECRET="", DEMO="true", HOST="0.0.0.0")

    ran = terminal.runs("run")

    assert ran.status == 2
    assert "PLUMBLINE_HOST must be 127.0.0.1" in ran.err


@pytest.mark.parametrize(
    "command",
    [("run",), ("import", "staff", STAFF), ("round", "plan", "--month", "2026-05"), ("trail", "verify")],
    ids=lambda words: " ".join(map(str, words[:2])),
)
def test_a_database_that_is_behind_is_named_with_what_to_do(
    terminal: Terminal, command: tuple[object, ...]
) -> None:
    (terminal.folder / "new.db").touch()
    terminal.set(DATABASE_URL="sqlite:///new.db")

    ran = terminal.runs(*command)

    assert ran.status == 2
    assert "Run “plumbline migrate” first" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "command",
    [("status",), ("migrate",), ("migrate", "--back-to", "0003")],
    ids=" ".join,
)
def test_a_database_of_a_newer_version_is_left_to_that_one(
    terminal: Terminal, sqlite_url: str, command: tuple[str, ...]
) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9998'")

    ran = terminal.runs(*command)

    assert ran.status == 2
    assert "A newer version of Plumbline made it" in ran.err
    assert "plumbline migrate” first" not in ran.err


def test_migrate_brings_a_new_database_up_and_says_when_there_is_nothing_to_do(terminal: Terminal) -> None:
    terminal.set(DATABASE_URL="sqlite:///new.db")

    first, again = terminal.runs("migrate"), terminal.runs("migrate")

    assert "Migrated from nothing to" in first.out
    assert "Up to date already." in again.out
    assert terminal.runs("trail", "verify").status == 0


@pytest.mark.parametrize(
    "url",
    ["postgresql://plumbline:hush@127.0.0.1:1/plumbline", "sqlite:////proc/no/such/place.db"],
    ids=["no server", "no folder"],
)
def test_a_database_that_does_not_answer_is_said_without_its_password(terminal: Terminal, url: str) -> None:
    terminal.set(DATABASE_URL=url)

    ran = terminal.runs("migrate")

    assert ran.status == 2
    assert "hush" not in ran.out + ran.err
    assert "Traceback" not in ran.err


def test_a_framework_of_the_councils_own_is_checked_whole(terminal: Terminal, tmp_path: Path) -> None:
    own = tmp_path / "framework.toml"
    own.write_text('version = "x"\n', encoding="utf-8")
    terminal.set(FRAMEWORK_FILE=str(own))

    ran = terminal.runs("trail", "verify")

    assert ran.status == 2
    assert ran.err.count("- PLUMBLINE_FRAMEWORK_FILE: ") > 3


def test_a_trial_import_says_what_would_change_and_saves_nothing(terminal: Terminal, sqlite_url: str) -> None:
    ran = terminal.runs("import", "staff", STAFF, "--dry-run")

    assert ran.status == 0
    assert "6 new" in ran.out
    assert "nothing was saved" in ran.out
    assert names(sqlite_url) == set()


def test_staff_and_then_cases_are_brought_in(terminal: Terminal, sqlite_url: str) -> None:
    staff, cases = terminal.runs("import", "staff", STAFF), terminal.runs("import", "cases", CASES)

    assert (staff.status, cases.status) == (0, 0)
    assert "“Desk”" in staff.out
    assert "3 new" in cases.out
    assert "Renée Fennimore" in names(sqlite_url)


def test_a_list_with_problems_is_refused_with_each_of_them(terminal: Terminal, tmp_path: Path) -> None:
    terminal.runs("import", "staff", STAFF)
    broken = tmp_path / "cases.csv"
    broken.write_bytes(CASES.read_bytes().replace(b"03/05/2019", b"31/02/2019").replace(b",CIN,", b",??,"))

    ran = terminal.runs("import", "cases", broken)

    assert ran.status == 2
    assert "31/02/2019" not in ran.out  # A date of birth is never repeated.
    assert "Row 2" in ran.out
    assert "Row 3" in ran.out


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 not a workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old or locked"],
    ids=repr,
)
def test_a_damaged_or_locked_file_gets_a_clear_sentence(
    terminal: Terminal, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "staff.xlsx"
    file.write_bytes(content)

    ran = terminal.runs("import", "staff", file)

    assert ran.status == 2
    assert "Nothing was imported." in ran.out
    assert "Traceback" not in ran.out + ran.err


def test_many_leavers_need_to_be_confirmed(terminal: Terminal, tmp_path: Path, sqlite_url: str) -> None:
    terminal.runs("import", "staff", STAFF)
    shorter = tmp_path / "staff.csv"
    lines = STAFF.read_bytes().split(b"\n")
    shorter.write_bytes(b"\n".join(line for line in lines if not line.startswith((b"Bram", b"Ren"))))

    asked = terminal.runs("import", "staff", shorter)
    before = names(sqlite_url)
    done = terminal.runs("import", "staff", shorter, "--confirm")

    assert asked.status == 2
    assert "--confirm" in asked.out
    assert "Bram Thistledown" in before
    assert done.status == 0
    assert "Bram Thistledown" not in names(sqlite_url)


def test_a_file_that_is_not_there_is_said_so(terminal: Terminal) -> None:
    ran = terminal.runs("import", "staff", "nowhere.csv")

    assert ran.status == 2
    assert "nowhere.csv" in ran.err


@pytest.mark.parametrize(
    "command",
    [
        ("preview", "--day", "9999-12-31"),
        ("preview", "--day", "2099-12-31"),
        ("preview", "--day", "4 May"),
        ("round", "plan", "--month", "9999-12"),
        ("round", "approve", "--month", "May"),
        ("round", "plan", "--month", "2026-05", "--seed", 10**12),
        ("round", "plan", "--month", "2026-05", "--opt-in", "nobody@council.example"),
        ("rehearse", "--from", "0226-04-01"),
        ("plan", "export", "plan.xlsx", "--year", "9999"),
        ("rehearse", "--from", "2026-04-01", "--months", 99),
        ("rehearse", "--from", "2026-04-01", "--staff", STAFF),
        ("draw", "replay", 10**20),
        ("draw", "replay", 7),
        ("pack", "show", 10**20),
        ("pack", "verify", 7),
        ("pack", "write", 7, "packs"),
        ("trace", "P12-07"),
        ("trace", "twelve"),
        ("channel", "use", 10**20),
        ("channel", "use", 7),
        ("pilot", "set", "Nowhere"),
        ("migrate", "--back-to", "9999"),
        ("restore",),
        ("restore", "nowhere.db"),
        ("restore", STAFF),
        ("restore", STAFF, "--after-pg-restore"),
        ("restore", "--after-pg-restore"),
        ("run", "--role", "king"),
        ("gallery", "cards", "--framework-file", STAFF),
        ("plan", "draft", "next"),
        ("nonsense",),
    ],
    ids=lambda words: " ".join(map(str, words[:4])).replace(str(DATA), "data"),
)
def test_a_slip_is_answered_in_plain_words(terminal: Terminal, command: tuple[object, ...]) -> None:
    ran = terminal.runs(*command)

    assert ran.status == 2
    assert ran.err.strip()
    assert "broke on our side" not in ran.err
    assert "Traceback" not in ran.out + ran.err


def test_what_stands_in_the_way_of_a_file_is_said_with_its_name(terminal: Terminal) -> None:
    (terminal.folder / "taken").write_text("")

    under_a_file = terminal.runs("gallery", "taken/cards")
    in_place_of_a_folder = terminal.runs("backup", "taken")

    assert (under_a_file.status, in_place_of_a_folder.status) == (2, 2)
    assert "taken" in under_a_file.err
    assert "taken is there already" in in_place_of_a_folder.err
    assert "broke on our side" not in under_a_file.err + in_place_of_a_folder.err


def test_a_full_disk_is_said_as_such(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL

    def fail(*_given: object, **_named: object) -> None:
        raise full

    monkeypatch.setattr("workflows.switching.pause", fail)

    ran = terminal.runs("pause")

    assert ran.status == 2
    assert ran.err.startswith("The disk is full")


def test_a_terminal_without_curly_quotes_loses_them_and_nothing_else(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="latin-1", write_through=True))

    ran = terminal.runs("pause")

    assert (ran.status, ran.err) == (0, "")
    assert written.getvalue() == b"Paused: nothing leaves but safety alerts, until ?plumbline resume?.\n"


def test_an_engine_that_is_too_old_is_refused_before_anything_is_made(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.server_version.OLDEST_SQLITE", (99, 1))
    terminal.set(DATABASE_URL="sqlite:///new.db")

    ran = terminal.runs("migrate")

    assert ran.status == 2
    assert "but Plumbline needs 99.1 or newer" in ran.err


def test_without_an_env_file_it_asks_whether_this_is_the_right_folder(bare_terminal: Terminal) -> None:
    without = bare_terminal.runs("status")
    (bare_terminal.folder / ".env").write_text("PLUMBLINE_COUNCIL_NAME=Exampleshire\n")
    beside = bare_terminal.runs("status")

    assert "There is no .env in this folder" in without.err
    assert "There is no .env in this folder" not in beside.err


def test_a_fault_of_ours_is_reported_without_what_it_quotes(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise ValueError("Marigold Canary")

    monkeypatch.setattr("workflows.importing.take_list", fail)

    ran = terminal.runs("import", "staff", STAFF)

    assert ran.status == 1
    assert "ValueError" in ran.err
    assert "Marigold" not in ran.out + ran.err


def test_the_gallery_needs_no_settings(bare_terminal: Terminal) -> None:
    ran = bare_terminal.runs("gallery", "cards")

    written = sorted((bare_terminal.folder / "cards").rglob("*.json"))
    assert ran.status == 0
    assert f"{len(written)} cards" in ran.out
    assert len(written) > 50
    assert all(json.loads(path.read_text(encoding="utf-8"))["type"] == "AdaptiveCard" for path in written)


def test_the_gallery_can_be_drawn_from_a_councils_own_framework(
    bare_terminal: Terminal, tmp_path: Path
) -> None:
    text = Path(__file__).parents[2].joinpath("domain/framework.toml").read_text(encoding="utf-8")
    title = read(text).sections[0].title
    own = tmp_path / "framework.toml"
    own.write_text(text.replace(f'"{title}"', '"Our own words"'), encoding="utf-8")

    ran = bare_terminal.runs("gallery", "cards", "--framework-file", own)

    assert ran.status == 0
    pages = [p.read_text(encoding="utf-8") for p in (bare_terminal.folder / "cards").rglob("*.json")]
    assert any("Our own words" in page for page in pages)


def test_manifest_build_writes_a_package(bare_terminal: Terminal) -> None:
    ran = bare_terminal.runs("manifest", "build", *ANSWERS, "--out", "made/bot.zip")

    assert ran.status == 0
    with zipfile.ZipFile(bare_terminal.folder / "made" / "bot.zip") as package:
        assert sorted(package.namelist()) == ["color.png", "manifest.json", "outline.png"]


def test_manifest_build_lists_what_is_wrong(bare_terminal: Terminal) -> None:
    ran = bare_terminal.runs(
        "manifest", "build", *ANSWERS, "--app-id", "not an id", "--website-url", "ftp://x"
    )

    assert ran.status == 2
    assert "Traceback" not in ran.err
    assert not (bare_terminal.folder / "build").exists()
