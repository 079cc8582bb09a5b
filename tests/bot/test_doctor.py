"""`plumbline doctor`: each thing that can be wrong, what it says, and what it says to do."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.asking import clock
from bot.doctor import Finding, Standing
from bot.doctor_network import examine_network, judge_clock
from bot.doctor_records import examine_records
from bot.edge import credentials
from bot.settings import Settings
from domain.framework import Framework
from domain.people import Post
from scheduler.leading import LEASE_NAME
from storage.database import Database
from tests.bot.commands import Terminal
from tests.builders import Staff, a_council, a_person, reachable, staff
from tests.channels import PLACE, a_qa_channel
from tests.databases import TRAIL_KEY
from tests.doubles.entra import Entra
from tests.doubles.service import EntraForMsal
from tests.doubles.settings import demo_settings, signed_in_settings
from workflows.council import Council
from workflows.sealing import seal_day
from workflows.switching import pause, set_pilot

OK, WARN, FAIL = Standing.OK, Standing.WARN, Standing.FAIL
LEASE = timedelta(seconds=30)


class Space(NamedTuple):
    """What the disk has."""

    total: int
    used: int
    free: int


@pytest.fixture
def chosen(settings: Settings, database_url: str) -> Settings:
    """A council on either engine."""
    return settings.model_copy(update={"database_url": database_url, "trail_key": settings.trail_key})


@contextmanager
def opened(chosen: Settings, framework: Framework) -> Iterator[Council]:
    database = Database(chosen.database_url, trail_key=chosen.trail_key_bytes)
    yield a_council(database, framework)
    database.close()


def records(chosen: Settings) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine_records(chosen, clock())}


async def outside(chosen: Settings) -> dict[str, Finding]:
    return {finding.name: finding for finding in await examine_network(chosen, clock())}


def test_a_council_in_order_has_nothing_to_do(chosen: Settings, framework: Framework) -> None:
    with opened(chosen, framework) as council:
        with council.write() as work:
            people = staff(work)
            a_person(work, "Fay Filer", Post.PMPM)
            reachable(work, *work.people.everyone())
            work.leases.take(LEASE_NAME, "host-1:4242:9f", now=clock(), lasts=LEASE)
            work.trail.add(now=clock(), actor=people.auditor.id, verb="read", subject="a list")
        seal_day(council, council.today(clock()), clock(), chosen.trail_export_dir)

    found = records(chosen)

    assert {name: finding.standing for name, finding in found.items() if finding.standing is not OK} == {}
    assert "host-1:4242 leads" in found["lead"].says
    assert "11 of 11 people" in found["people"].says
    assert "Sealed until" in found["trail"].says


def test_a_database_that_cannot_be_opened_is_one_line_and_the_rest_goes_on(chosen: Settings) -> None:
    away = chosen.model_copy(update={"database_url": "postgresql://plumbline:hush@127.0.0.1:9/plumbline"})

    (found,) = records(away).values()

    assert (found.name, found.standing) == ("database", FAIL)
    assert "PLUMBLINE_DATABASE_URL" in found.do
    assert "hush" not in str(found)


def test_a_database_that_was_not_migrated_says_which_command_to_run(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "empty.db").touch()
    empty = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'empty.db'}"})

    found = records(empty)["database"]

    assert found.standing is FAIL
    assert "plumbline migrate" in found.do


def test_an_engine_that_is_too_old_is_told_with_what_to_do(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OLDEST_POSTGRESQL", "OLDEST_SQLITE"):
        monkeypatch.setattr(f"storage.server_version.{name}", (99,))

    found = records(chosen)["database"]

    assert found.standing is FAIL
    assert "but Plumbline needs 99 or newer" in found.says
    assert found.do


def test_a_folder_of_somebody_elses_is_a_finding(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_settings: Settings) -> None:
        raise PermissionError(13, "Permission denied", "council.db")

    monkeypatch.setattr("bot.doctor_records.require_file", forbidden)

    found = records(settings)["database"]

    assert found.standing is FAIL
    assert "as the user that Plumbline runs as" in found.do


def test_a_trail_folder_that_cannot_be_written_to_is_told_before_the_night(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "a file").touch()
    there = settings.model_copy(update={"trail_export_dir": tmp_path / "new" / "trail"})
    not_there = settings.model_copy(update={"trail_export_dir": tmp_path / "a file" / "trail"})

    assert "may not write" not in records(there)["trail"].says
    assert records(not_there)["trail"].standing is WARN
    assert "may not write into" in records(not_there)["trail"].says


def test_a_mistyped_file_is_named_and_not_made(settings: Settings, tmp_path: Path) -> None:
    typo = tmp_path / "plumblime" / "council.db"

    found = records(settings.model_copy(update={"database_url": f"sqlite:///{typo}"}))["database"]

    assert found.standing is FAIL
    assert str(typo) in found.do
    assert "PLUMBLINE_DATABASE_URL" in found.do
    assert not typo.parent.exists()


@pytest.mark.rule("Q22")
def test_that_nobody_sees_to_childrens_files_is_told_and_who_does_instead(
    chosen: Settings, framework: Framework
) -> None:
    with opened(chosen, framework) as council:
        empty = records(chosen)
        with council.write() as work:
            staff(work)
        vacant = records(chosen)["posts"]
        with council.write() as work:
            a_person(work, "Fay Filer", Post.PMPM)

    assert vacant.standing is WARN
    assert "the QA office confirms" in vacant.says
    assert "posts" not in {*empty, *records(chosen)}


@pytest.mark.parametrize("apart", [timedelta(hours=-1), timedelta(hours=1)])
def test_on_postgresql_the_lead_goes_by_the_servers_clock(
    settings: Settings, postgres_url: str, framework: Framework, apart: timedelta
) -> None:
    chosen = settings.model_copy(update={"database_url": postgres_url})
    with opened(chosen, framework) as council, council.write() as work:
        work.leases.take(LEASE_NAME, "host-1:4242:9f", now=clock(), lasts=LEASE)
    held = {finding.name: finding for finding in examine_records(chosen, clock() + apart)}
    with opened(chosen, framework) as council, council.write() as work:
        work.leases.give_back(LEASE_NAME, "host-1:4242:9f", 1, now=clock())
    free = {finding.name: finding for finding in examine_records(chosen, clock() + apart)}

    assert (held["lead"].standing, free["lead"].standing) == (OK, FAIL)
    assert free["lead"].says == "No scheduler is running; the last one let go 0 minutes ago. Nothing is sent."
    assert held["database clock"].standing is FAIL


@pytest.mark.parametrize(
    ("taken_ago", "standing", "says"),
    [
        (None, WARN, "No scheduler has run yet"),
        (timedelta(hours=3), FAIL, "No scheduler is running"),
        (timedelta(0), OK, "leads"),
    ],
)
def test_the_lead_is_named_or_missed(
    settings: Settings, framework: Framework, taken_ago: timedelta | None, standing: Standing, says: str
) -> None:
    if taken_ago is not None:
        with opened(settings, framework) as council, council.write() as work:
            work.leases.take(LEASE_NAME, "host-1:4242:9f", now=clock() - taken_ago, lasts=LEASE)

    found = records(settings)["lead"]

    assert (found.standing, says in found.says) == (standing, True)
    assert bool(found.do) is (standing is not OK)


@pytest.mark.parametrize(
    ("age", "standing"),
    [
        (timedelta(minutes=9), OK),
        (timedelta(minutes=11), WARN),
        (timedelta(minutes=59), WARN),
        (timedelta(minutes=61), FAIL),
    ],
)
def test_the_oldest_unsent_notice_decides(
    chosen: Settings, framework: Framework, age: timedelta, standing: Standing
) -> None:
    with opened(chosen, framework) as council, council.write() as work:
        people = staff(work)
        work.notices.queue(kind="a", subject_id=1, person_id=people.auditor.id, now=clock() - age)

    assert records(chosen)["sending"].standing is standing


def test_a_pause_a_pilot_and_what_was_given_up_are_worth_a_line(
    chosen: Settings, framework: Framework
) -> None:
    with opened(chosen, framework) as council, council.write() as work:
        people = staff(work)
        pause(work, council, by=None, reason="The wrong list.", now=clock())
        set_pilot(work, council, by=None, teams=["Conifers 1"], now=clock())
        work.notices.queue(kind="a", subject_id=1, person_id=people.auditor.id, now=clock())
        (notice,) = work.notices.claim(token="t", now=clock(), until=clock() + LEASE, limit=1)
        work.notices.settle(notice, state="dead", now=clock(), reason="server (500)")

    found = records(chosen)

    assert "The wrong list." in found["sending"].says
    assert "plumbline resume" in found["sending"].do
    assert "plumbline pilot off" in found["pilot"].do
    assert "server (500)" in found["given up"].says


def test_a_channel_that_the_app_was_removed_from_is_told_and_none_chosen_is_no_fault(
    chosen: Settings, framework: Framework
) -> None:
    with opened(chosen, framework) as council, council.write() as work:
        staff(work)
        a_qa_channel(work, council)
    there = records(chosen)
    with opened(chosen, framework) as council, council.write() as work:
        work.reach.team_uninstalled(PLACE.team_ref, clock())
    gone = records(chosen)["channel"]

    assert "channel" not in there
    assert gone.standing is WARN
    assert "plumbline channel use" in gone.do


def test_who_has_not_got_the_app_is_counted_and_named_on_request_alone(
    chosen: Settings, framework: Framework
) -> None:
    with opened(chosen, framework) as council, council.write() as work:
        people: Staff = staff(work)
        reachable(work, people.auditor, people.qa_officer)
        work.reach.set_state(people.qa_officer.id, "blocked", clock())

    found = records(chosen)["people"]

    assert found.says == "1 of 10 people have the app. 1 blocked, 8 never installed."
    assert "Quinn Officer (blocked)" in found.names
    assert not any(name in found.says + found.do for name in ("Quinn", "Alex"))


@pytest.mark.parametrize(("free", "standing"), [(10 * 10**9, OK), (1.9 * 10**9, WARN), (0.19 * 10**9, FAIL)])
def test_a_disk_that_fills_up_is_told_in_time(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, free: float, standing: Standing
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Space(10**12, 0, int(free)))

    assert records(settings)["disk"].standing is standing


@pytest.mark.parametrize(
    ("apart", "standing"), [(0.0, OK), (29.9, OK), (30.0, WARN), (239.9, WARN), (240.0, FAIL), (3600.0, FAIL)]
)
def test_clocks_may_be_half_a_minute_apart(apart: float, standing: Standing) -> None:
    found = judge_clock("clock", apart, "somebody's")

    assert found.standing is standing
    assert bool(found.do) is (standing is not OK)


@pytest.fixture
def signs_in(entra: Entra, monkeypatch: pytest.MonkeyPatch) -> None:
    """MSAL speaks to the stand-in."""
    acquire = credentials.acquire_token
    monkeypatch.setattr(
        credentials,
        "acquire_token",
        lambda settings, http_client=None, **given: acquire(settings, EntraForMsal(entra), **given),
    )


async def test_keys_clock_and_token_are_in_order(settings: Settings, entra: Entra, signs_in: None) -> None:
    found = await outside(settings)

    assert {name: f.standing for name, f in found.items()} == {
        "signing keys": OK,
        "clock": OK,
        "bot token": OK,
        "mail": WARN,
    }
    assert "safety alert" in found["mail"].do


async def test_a_key_endpoint_that_is_down_and_a_refused_secret_say_what_to_do(
    settings: Settings, entra: Entra, signs_in: None
) -> None:
    entra.down = True
    entra.token_answer = {"error": "invalid_client", "error_description": "about the app"}
    entra.token_status = 401

    found = await outside(settings)

    assert found["signing keys"].standing is FAIL
    assert "HTTPS" in found["signing keys"].do
    assert found["bot token"].standing is FAIL
    assert "invalid_client" in found["bot token"].says
    assert "about the app" not in str(found)
    assert "expired" in found["bot token"].do


async def test_a_clock_that_is_wrong_is_told_by_theirs(
    settings: Settings, entra: Entra, signs_in: None
) -> None:
    found = {f.name: f for f in await examine_network(settings, clock() - timedelta(minutes=10))}

    assert found["clock"].standing is FAIL
    assert "NTP" in found["clock"].do


async def test_graph_is_asked_for_a_token_when_mail_leaves_through_it(entra: Entra, signs_in: None) -> None:
    chosen = signed_in_settings(entra, mail="graph", graph_mailbox="audits@exampleshire.example")

    found = await outside(chosen)

    assert found["graph token"].standing is OK
    assert "audits@exampleshire.example" in found["mail"].says
    asked_for = " ".join(request["scope"] for request in entra.token_requests)
    assert "https://graph.microsoft.com/.default" in asked_for


@pytest.mark.parametrize(
    ("mail", "install_app", "names"),
    [
        ("graph", False, ["no mail leaves"]),
        ("folder", True, ["TeamsAppInstallation.ReadWriteSelfForUser.All"]),
        ("graph", True, ["no mail leaves", "TeamsAppInstallation.ReadWriteSelfForUser.All"]),
    ],
)
async def test_without_a_graph_token_it_says_what_does_not_happen(
    entra: Entra, signs_in: None, mail: str, install_app: bool, names: list[str]
) -> None:
    entra.token_answer, entra.token_status = {"error": "invalid_client"}, 401
    chosen = signed_in_settings(
        entra,
        mail=mail,
        graph_mailbox="audits@exampleshire.example",
        install_app=install_app,
        teams_app_id="33333333-aaaa-bbbb-cccc-000000000003",
    )

    found = (await outside(chosen))["graph token"]

    assert found.standing is FAIL
    assert [
        name
        for name in ("no mail leaves", "TeamsAppInstallation.ReadWriteSelfForUser.All")
        if name in found.do
    ] == names


async def test_a_mail_server_that_does_not_answer_is_told(entra: Entra, signs_in: None) -> None:
    chosen = signed_in_settings(entra, mail="smtp", smtp_host="127.0.0.1", smtp_port=9)

    found = (await outside(chosen))["mail"]

    assert found.standing is FAIL
    assert "127.0.0.1, port 9" in found.says


async def test_the_demo_needs_nobody_outside() -> None:
    found = await outside(demo_settings(mail="folder"))

    assert {name: f.standing for name, f in found.items()} == {"mail": OK}


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody outside is asked."""

    async def nothing(*_given: object) -> tuple[Finding, ...]:
        return ()

    monkeypatch.setattr("bot.doctor_network.examine_network", nothing)


def test_settings_that_are_wrong_are_the_first_thing_said(bare_terminal: Terminal) -> None:
    ran = bare_terminal.runs("doctor")

    assert ran.status == 1
    assert "PLUMBLINE_DUTY_PHONE is not set" in ran.out
    assert ".env.example" in ran.out
    assert "There is no .env in this folder" in ran.out
    assert "Traceback" not in ran.err


def test_a_misspelt_setting_is_named_and_a_missing_file_as_well(terminal: Terminal, alone: None) -> None:
    terminal.set(SMTP_HSOT="mail.council.example")
    without = terminal.runs("doctor")
    (terminal.folder / ".env").write_text("#PLUMBLINE_NOT_READ=1\nPLUMBLINE_DUTY_FONE=01632 960001\n")
    terminal.set(DUTY_PHONE="")
    wrong = terminal.runs("doctor")

    assert without.status == 0
    assert "No setting is called PLUMBLINE_SMTP_HSOT" in without.out
    assert "mail.council.example" not in without.out
    assert "PLUMBLINE_DUTY_PHONE is not set" in wrong.out
    assert "No setting is called PLUMBLINE_DUTY_FONE or PLUMBLINE_SMTP_HSOT" in wrong.out


def test_the_status_is_1_only_when_something_fails(terminal: Terminal, alone: None, sqlite_url: str) -> None:
    warned = terminal.runs("doctor")
    database = Database(sqlite_url, trail_key=TRAIL_KEY)
    with database.write() as work:
        work.leases.take(LEASE_NAME, "gone", now=clock() - timedelta(hours=80), lasts=LEASE)
    database.close()
    failed = terminal.runs("doctor")

    assert warned.status == 0
    assert "warn lead:" in warned.out
    assert failed.status == 1
    assert "let go 3 days ago" in failed.out
    assert "Please start “plumbline run”" in failed.out


def test_other_programs_get_json_and_names_only_when_they_ask(
    terminal: Terminal, alone: None, sqlite_url: str
) -> None:
    database = Database(sqlite_url, trail_key=TRAIL_KEY)
    with database.write() as work:
        staff(work)
    database.close()

    told = json.loads(terminal.runs("doctor", "--json").out)
    named = terminal.runs("doctor", "--json", "--names").out
    listed = terminal.runs("doctor", "--names").out

    assert told["ok"] is True
    assert {"name", "standing", "says", "do"} == set(told["findings"][0])
    assert "Quinn Officer" not in json.dumps(told)
    assert "Quinn Officer (never installed)" in named
    assert "- Quinn Officer (never installed)" in listed
