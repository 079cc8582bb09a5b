"""Settings are complete or refused, with every error listed and no secret shown."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings, SettingsInvalid, load_settings
from tests.doubles.entra import APP_ID, TENANT
from tests.doubles.settings import BASE

SIGNED_IN = {
    **BASE,
    "app_id": APP_ID,
    "tenant_ids": (TENANT,),
    "credential": "secret",
    "client_secret": "hush hush",
    "mail": "folder",
}


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper().startswith("PLUMBLINE_"):
            monkeypatch.delenv(name)


def _problems(**given: Any) -> tuple[str, ...]:
    with pytest.raises(SettingsInvalid) as refused:
        load_settings(env_file=None, **given)
    return refused.value.problems


def test_an_empty_environment_names_everything_that_is_missing() -> None:
    problems = _problems()

    named = {problem.split()[0] for problem in problems}
    assert named == {
        "PLUMBLINE_DUTY_PHONE",
        "PLUMBLINE_OUT_OF_HOURS_PHONE",
        "PLUMBLINE_TRAIL_KEY",
        "PLUMBLINE_APP_ID",
    }


def test_one_error_never_hides_another() -> None:
    problems = _problems(
        duty_phone="call me",
        trail_key="short",
        port="many",
        turn_threads="2",
        demo="perhaps",
        mail="pigeon",
        database_url="mysql://x",
        framework_file="/nowhere/framework.toml",
        app_id="app",
        managed_identity_client_id="me",
        openid_metadata_url="http://keys.example",
    )

    named = [problem.split()[0].removeprefix("PLUMBLINE_").lower() for problem in problems]
    assert sorted(named) == sorted(
        [
            "duty_phone",
            "out_of_hours_phone",
            "trail_key",
            "port",
            "turn_threads",
            "demo",
            "mail",
            "database_url",
            "framework_file",
            "app_id",
            "managed_identity_client_id",
            "openid_metadata_url",
            "credential",
            "tenant_ids",
        ]
    )
    assert all(problem.endswith(".") for problem in problems)


def test_the_message_lists_every_problem() -> None:
    with pytest.raises(SettingsInvalid) as refused:
        load_settings(env_file=None)

    assert str(refused.value).count("\n  - ") == len(refused.value.problems) == 4


@pytest.mark.parametrize(
    ("demo", "host", "starts"),
    [
        (True, "127.0.0.1", True),
        (True, "localhost", True),
        (True, "::1", True),
        (True, "0.0.0.0", False),
        (True, "192.0.2.1", False),
        (True, "plumbline.example", False),
        (False, "127.0.0.1", False),
    ],
)
def test_without_an_app_id_only_the_demo_on_loopback_starts(demo: bool, host: str, starts: bool) -> None:
    given = {**BASE, "demo": demo, "host": host}

    if starts:
        assert load_settings(env_file=None, **given).open_access
    else:
        assert len(_problems(**given)) == 1


def test_with_an_app_id_sign_in_is_on_even_in_the_demo() -> None:
    settings = load_settings(env_file=None, **{**SIGNED_IN, "demo": True, "host": "0.0.0.0"})

    assert not settings.open_access
    assert "localhost" not in settings.sending_hosts
    assert "smba.trafficmanager.net" in settings.sending_hosts


def test_the_demo_sends_to_this_machine_alone() -> None:
    assert set(load_settings(env_file=None, **BASE, demo=True).sending_hosts) == {
        "localhost",
        "127.0.0.1",
        "::1",
    }


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"credential": None}, "PLUMBLINE_CREDENTIAL"),
        ({"client_secret": None}, "PLUMBLINE_CLIENT_SECRET"),
        ({"credential": "certificate"}, "PLUMBLINE_CERTIFICATE_FILE"),
        ({"tenant_ids": ""}, "PLUMBLINE_TENANT_IDS"),
        ({"service_url_hosts": " "}, "PLUMBLINE_SERVICE_URL_HOSTS"),
        ({"mail": None}, "PLUMBLINE_MAIL"),
        ({"mail": "smtp"}, "PLUMBLINE_SMTP_HOST"),
        ({"smtp_user": "bot"}, "PLUMBLINE_SMTP_USER"),
        ({"port": 4001, "admin_port": 4001}, "PLUMBLINE_ADMIN_PORT must not be the port that Teams calls"),
    ],
)
def test_what_belongs_together_is_asked_for(changes: dict[str, Any], named: str) -> None:
    (problem,) = _problems(**{**SIGNED_IN, **changes})

    assert problem.startswith(named)


@pytest.mark.rule("SG-02")
@pytest.mark.parametrize("sender", [None, "plumbline@localhost", "plumbline"])
def test_a_mail_server_is_given_a_sender_that_can_be_answered(sender: str | None) -> None:
    by_server = {**SIGNED_IN, "mail": "smtp", "smtp_host": "mail.council.example"}
    given = {name: value for name, value in by_server.items() if name != "mail_from"}

    (problem,) = _problems(**given, **({"mail_from": sender} if sender else {}))

    assert problem.startswith("PLUMBLINE_MAIL_FROM must be an address of the council")
    assert load_settings(env_file=None, **by_server).mail_from == "plumbline@exampleshire.example"


@pytest.mark.rule("SG-02")
def test_mail_that_reaches_nobody_is_chosen_and_never_assumed(monkeypatch: pytest.MonkeyPatch) -> None:
    unsaid = {name: value for name, value in SIGNED_IN.items() if name != "mail"}
    monkeypatch.setenv("PLUMBLINE_MAIL", "")

    (problem,) = _problems(**unsaid)

    assert "smtp" in problem
    assert "folder" in problem
    monkeypatch.setenv("PLUMBLINE_MAIL", "folder")
    assert load_settings(env_file=None, **unsaid).mail == "folder"


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("mysql://x/y", "must start with sqlite: or postgresql:"),
        ("sqlite:nonsense", "cannot be read"),
        ("postgresql:", "cannot be read"),
        ("postgresql://plumbline:hush@db:many/plumbline", "a port that is no number"),
        ("postgresql://plumbline:hush@db:0/plumbline", "a port outside 1 to 65535"),
        ("postgresql://plumbline:hush@db:65536/plumbline", "a port outside 1 to 65535"),
        ("sqlite+aiosqlite:///var/plumbline.db", "must start with sqlite:"),
        ("sqlite://plumbline.db", "after three slashes"),
        ("sqlite://", "must name a file"),
        ("sqlite:///:memory:", "must name a file"),
    ],
)
def test_a_database_address_that_cannot_work_is_said_without_its_password(url: str, wrong: str) -> None:
    (problem,) = _problems(**{**SIGNED_IN, "database_url": url})

    assert problem.startswith("PLUMBLINE_DATABASE_URL ")
    assert wrong in problem
    assert "hush" not in problem


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///var/plumbline.db",
        "sqlite:////srv/plumbline.db",
        "postgresql://plumbline:hush@db/plumbline",
        "postgresql+psycopg://plumbline:hush@db:1/plumbline",
        "postgresql://db:65535/plumbline?sslmode=require",
    ],
)
def test_addresses_of_both_databases_are_taken(url: str) -> None:
    assert load_settings(env_file=None, **{**SIGNED_IN, "database_url": url}).database_url == url


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("app_id", "plumbline"),
        ("app_id", APP_ID.replace("-", "")),
        ("app_id", f"{{{APP_ID}}}"),
        ("app_id", "00000000-0000-0000-0000-000000000000"),
        ("tenant_ids", "council.onmicrosoft.com"),
        ("tenant_ids", f"{TENANT}, common"),
        ("managed_identity_client_id", "plumbline-identity"),
    ],
)
def test_an_id_that_entra_never_gave_is_refused(field: str, given: str) -> None:
    (problem,) = _problems(**{**SIGNED_IN, field: given})

    assert problem.startswith(f"PLUMBLINE_{field.upper()} ")
    assert "Entra" in problem


def test_ids_are_known_in_capitals_as_well() -> None:
    given = {**SIGNED_IN, "app_id": f" {APP_ID.upper()} ", "tenant_ids": TENANT.upper()}

    settings = load_settings(env_file=None, **given)

    assert (settings.app_id, settings.tenant_ids) == (APP_ID, (TENANT,))


def test_a_framework_file_is_read_with_the_settings_and_its_mistakes_stand_beside_theirs(
    tmp_path: Path,
) -> None:
    own = tmp_path / "framework.toml"
    own.write_text('version = "x"\n', encoding="utf-8")

    problems = _problems(**{**SIGNED_IN, "framework_file": own, "duty_phone": "call me"})

    named = [problem.split()[0].rstrip(":") for problem in problems]
    assert named.count("PLUMBLINE_DUTY_PHONE") == 1
    assert named.count("PLUMBLINE_FRAMEWORK_FILE") == len(problems) - 1 > 3


@pytest.mark.parametrize(
    ("content", "wrong"), [(b"[numbers", "not valid TOML"), ("version = “1”".encode("cp1252"), "UTF-8")]
)
def test_a_framework_file_that_is_none_is_one_problem(tmp_path: Path, content: bytes, wrong: str) -> None:
    own = tmp_path / "framework.toml"
    own.write_bytes(content)

    (problem,) = _problems(**{**SIGNED_IN, "framework_file": own})

    assert problem.startswith("PLUMBLINE_FRAMEWORK_FILE: ")
    assert wrong in problem


def test_a_file_in_windows_1252_is_named_with_its_line_and_hides_no_other_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_bytes("# The council\nPLUMBLINE_COUNCIL_NAME=Côte\nPLUMBLINE_PORT=many\n".encode("cp1252"))

    with pytest.raises(SettingsInvalid) as refused:
        load_settings(env_file=file, **SIGNED_IN)

    garbled, port = refused.value.problems
    assert "is not saved as UTF-8 (see line 2)" in garbled
    assert port == "PLUMBLINE_PORT must be a whole number."

    monkeypatch.setenv("PLUMBLINE_PORT", "4001")
    with pytest.raises(SettingsInvalid) as refused:
        load_settings(env_file=file, **SIGNED_IN)

    assert refused.value.problems == (garbled,)


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PLUMBLINE_COUNCIL_NAME=Côte\n", encoding="utf-8-sig")

    assert load_settings(env_file=file, **SIGNED_IN).council_name == "Côte"


def test_a_managed_identity_needs_nothing_more() -> None:
    given = {**SIGNED_IN, "credential": "managed_identity", "client_secret": None}

    assert load_settings(env_file=None, **given).credential == "managed_identity"


@pytest.mark.parametrize(("length", "starts"), [(31, False), (32, True)])
def test_the_trail_key_has_at_least_32_bytes(length: int, starts: bool) -> None:
    given = {**BASE, "demo": True, "trail_key": "k" * length}

    if starts:
        assert load_settings(env_file=None, **given).trail_key_bytes == b"k" * 32
    else:
        assert _problems(**given) == ("PLUMBLINE_TRAIL_KEY must be at least 32 bytes long.",)


def test_the_environment_and_the_file_are_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "PLUMBLINE_DUTY_PHONE=01632 960001\n"
        "PLUMBLINE_OUT_OF_HOURS_PHONE=01632 960002\n"
        f"PLUMBLINE_TRAIL_KEY={'k' * 40}\n"
        "PLUMBLINE_DEMO=true\n"
        "PLUMBLINE_PORT=4000\n"
        "PLUMBLINE_APP_ID=\n"
        "PLUMBLINE_DOWNLOAD_HOSTS=Council.sharepoint.com, council-my.sharepoint.com\n"
    )
    monkeypatch.setenv("PLUMBLINE_PORT", "4001")

    settings = load_settings(env_file=file)

    assert settings.port == 4001
    assert settings.app_id is None
    assert settings.download_hosts == ("council.sharepoint.com", "council-my.sharepoint.com")


def test_no_secret_is_ever_shown() -> None:
    secrets = {
        "trail_key": "trail-key-that-nobody-should-ever-read",
        "client_secret": "client-secret-value",
        "smtp_user": "mailer",
        "smtp_password": "smtp-password-value",
        "database_url": "postgresql://plumbline:database-password@db/plumbline",
    }
    settings = load_settings(env_file=None, **{**SIGNED_IN, **secrets})

    shown = f"{settings!r} {settings}"
    refused = str(_refusal(**{**SIGNED_IN, **secrets, "trail_key": "too-short-secret", "port": "x"}))

    for secret in ("nobody-should", "client-secret-value", "smtp-password", "database-password"):
        assert secret not in shown
        assert secret not in refused
    assert "too-short-secret" not in refused


def _refusal(**given: Any) -> SettingsInvalid:
    with pytest.raises(SettingsInvalid) as refused:
        load_settings(env_file=None, **given)
    return refused.value


def test_settings_cannot_be_changed_afterwards() -> None:
    settings = load_settings(env_file=None, **SIGNED_IN)

    with pytest.raises(ValueError, match="frozen"):
        settings.app_id = None


def _example() -> list[str]:
    return (Path(__file__).parents[2] / ".env.example").read_text().splitlines()


def test_the_example_file_names_every_setting_and_no_other() -> None:
    lines = [line.removeprefix("#") for line in _example()]

    named = {line.partition("=")[0] for line in lines if line.startswith("PLUMBLINE_")}

    assert named == {f"PLUMBLINE_{field.upper()}" for field in Settings.model_fields}


def test_the_guide_names_every_setting_and_no_other() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "running.md").read_text(encoding="utf-8")
    table = guide.split("\n## Settings\n")[1].split("\n## ")[0]

    named = set(re.findall(r"`([A-Z_]+)`", "\n".join(line for line in table.splitlines() if "|" in line)))

    assert named == {field.upper() for field in Settings.model_fields}


def test_what_the_example_file_leaves_out_is_what_holds(tmp_path: Path) -> None:
    defaults = [line.removeprefix("#") for line in _example() if line.startswith("#PLUMBLINE_")]
    file = tmp_path / ".env"
    file.write_text("\n".join(defaults))

    assert load_settings(env_file=file, **SIGNED_IN) == load_settings(env_file=None, **SIGNED_IN)
