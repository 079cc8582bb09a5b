"""Everything a council sets before the bot starts: complete, or refused with every error listed.

Read once, from the environment and an `.env` file. The framework's own numbers are not here; they are
data (`domain/framework.toml`).
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

from pydantic import (
    Field,
    ModelWrapValidatorHandler,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.guids import is_guid
from bot.settings_conflicts import conflicts
from bot.settings_fields import (
    LOOPBACK_HOSTS,
    PREFIX,
    Address,
    GraphAddress,
    Guid,
    MailAddress,
    Names,
    Phone,
    named,
)
from bot.turn_pace import FEWEST_THREADS
from domain.errors import RuleBroken
from domain.pacing import TENANT_PER_SECOND, Limits, limits
from storage.addresses import address_fault

TRAIL_KEY_BYTES = 32
_NAMES = re.compile(rf"^[\s\xef\xbb\xbf]*(?:export\s+)?({PREFIX}\w+)\s*=", re.MULTILINE | re.IGNORECASE)
"""What is set in an `.env` file, line by line."""
NO_FILE = "There is no .env in this folder, so the environment alone was read."
RIGHT_FOLDER = "If there should be one, run the command in the folder that holds it."


class SettingsInvalid(RuleBroken):
    """The bot cannot start; `problems` holds one plain sentence for each thing to mend."""

    def __init__(self, problems: Iterable[str], *, no_file: bool = False) -> None:
        """`no_file`: there was no `.env` to read, so that this may be another folder than the bot's."""
        self.problems = tuple(problems)
        self.no_file = no_file
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        where = f"\n{NO_FILE} {RIGHT_FOLDER}" if no_file else ""
        super().__init__(f"Plumbline cannot start until these settings are right:\n{lines}{where}")


class Settings(BaseSettings):
    """What the environment says, frozen. Raises SettingsInvalid with every problem at once."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        # Windows editors may put a byte order mark in front.
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    council_name: str = Field("the council", min_length=2)
    duty_phone: Phone
    """The council's safeguarding duty number, shown on every safety alert."""
    out_of_hours_phone: Phone
    trail_key: SecretStr
    """Keys the trail's digests; at least 32 bytes. Losing it means the trail can no longer be proved."""
    trail_export_dir: Path = Path("var/trail")
    database_url: str = Field("sqlite:///var/plumbline.db", repr=False)
    turn_threads: int = Field(8, ge=FEWEST_THREADS, le=64)
    """Worker threads for turns, at least so many that nobody holds them all. The pool holds a connection for
    each, and six for everything else."""
    turn_burst: int = Field(30, ge=5, le=10_000)
    """Turns one person may take at once, in each process, before being asked to wait a few seconds."""
    turns_per_second: int = Field(5, ge=1, le=1000)
    """Turns a second that one person may go on with after that."""
    tenant_requests_per_second: int = Field(TENANT_PER_SECOND, ge=1, le=TENANT_PER_SECOND)
    """Requests that all processes together make of Teams in a second; Microsoft's figure or less."""
    conversation_percent: int = Field(100, ge=10, le=100)
    """How much of Microsoft's figures for one conversation is made use of."""
    lease_seconds: float = Field(30, ge=1, le=45)
    """How long the process that leads the calendar may be silent before another takes over, which it then
    does within a third as much again; the same for every process."""
    framework_file: Path | None = None
    """The council's copy of framework.toml; empty means the one that comes with the product."""
    demo: bool = False
    send_at_any_hour: bool = False
    """Whether cards leave at night and on leave too: for trying the product out, never with real people."""

    host: str = "127.0.0.1"
    port: int = Field(3978, ge=0, le=65535)
    admin_host: str = "127.0.0.1"
    """Where health and figures are served, for those who run the bot; never where Teams calls."""
    admin_port: int = Field(3979, ge=0, le=65535)
    app_id: Guid | None = None
    tenant_ids: Names = ()
    """Directory tenants whose people may use the bot; the first also issues our own token."""
    credential: Literal["secret", "certificate", "managed_identity"] | None = None
    client_secret: SecretStr | None = None
    certificate_file: Path | None = None
    """PEM with the private key and the certificate."""
    certificate_password: SecretStr | None = None
    managed_identity_client_id: Guid | None = None
    """Empty means the app id, which is what a bot registered with a managed identity has."""

    service_url_hosts: Names = (
        "smba.trafficmanager.net",
        "smba.infra.gcc.teams.microsoft.com",
        "smba.infra.gov.teams.microsoft.us",
        "smba.infra.dod.teams.microsoft.us",
    )
    download_hosts: Names = (".sharepoint.com", ".sharepoint.us", ".sharepoint-mil.us")
    """Where attached files may be fetched from; a leading dot takes in every host below it."""
    upload_hosts: Names = ()
    """Where files that people accept may be put; empty means the hosts of downloads."""
    openid_metadata_url: Address = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    token_issuer: str = "https://api.botframework.com"  # noqa: S105 - a public address, not a secret
    token_scope: str = "https://api.botframework.com/.default"  # noqa: S105 - likewise
    login_authority: Address = "https://login.microsoftonline.com"

    mail: Literal["folder", "smtp", "graph"] | None = None
    """How mail leaves; has to be said, as a safety alert that ends in a folder reaches nobody."""
    mail_folder: Path = Path("var/mail")
    mail_from: str = "plumbline@localhost"
    smtp_host: str | None = None
    smtp_port: int = Field(587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    graph_url: GraphAddress = "https://graph.microsoft.com"
    """Microsoft Graph; another one only in a national cloud."""
    graph_mailbox: MailAddress | None = None
    """The shared mailbox that mail leaves from, and the only one the app may send as (docs/mail.md)."""
    graph_mails_per_minute: int = Field(30, ge=6, le=30)
    """Exchange takes 30 a minute from one mailbox; a council may stay below that."""
    graph_mails_per_day: int = Field(10_000, ge=100, le=10_000)

    install_app: bool = False
    """Whether the app is put into the Teams of people for whom something waits (docs/mail.md)."""
    teams_app_id: Guid | None = None
    """The app's id in the council's Teams catalogue, which is another one than the app id."""

    # Harmless values that let the remaining checks speak when a required setting is itself wrong.
    _STAND_INS: ClassVar[dict[str, str]] = {
        "duty_phone": "000",
        "out_of_hours_phone": "000",
        "trail_key": "0" * TRAIL_KEY_BYTES,
        "app_id": "00000000-0000-0000-0000-000000000001",
    }

    @field_validator("trail_key")
    @classmethod
    def _long_enough(cls, key: SecretStr) -> SecretStr:
        if len(key.get_secret_value().encode()) < TRAIL_KEY_BYTES:
            raise ValueError(f"must be at least {TRAIL_KEY_BYTES} bytes long")
        return key

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if fault := address_fault(url):
            raise ValueError(fault)
        return url

    @field_validator("tenant_ids")
    @classmethod
    def _directory_ids(cls, tenants: tuple[str, ...]) -> tuple[str, ...]:
        if not all(is_guid(tenant) for tenant in tenants):
            # Teams names the tenant by its id alone, so that a name would shut everybody out.
            raise ValueError("must hold directory (tenant) ids from Entra, not names such as example.org")
        return tenants

    @field_validator("framework_file", "certificate_file")
    @classmethod
    def _readable_file(cls, path: Path | None) -> Path | None:
        if path is not None and not path.is_file():
            raise ValueError("names a file that is not there")
        return path

    @model_validator(mode="wrap")
    @classmethod
    def _every_problem(cls, values: Any, whole: ModelWrapValidatorHandler[Self]) -> Self:
        """The settings, or SettingsInvalid; one error never hides another."""
        if not isinstance(values, dict):
            return whole(values)
        problems: list[str] = []
        wrong: set[str] = set()
        try:
            settings = whole(values)
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=True, include_input=False)
            problems = [_in_plain_words(detail) for detail in details]
            wrong = {str(detail["loc"][0]) for detail in details if detail["loc"]}
            sound = {key: value for key, value in values.items() if key not in wrong}
            stand_ins = {key: value for key, value in cls._STAND_INS.items() if key in wrong}
            settings = whole({**sound, **stand_ins})
        problems += [text for names, text in conflicts(settings) if not wrong.intersection(names)]
        if problems:
            raise SettingsInvalid(problems)
        return settings

    @property
    def open_access(self) -> bool:
        """Whether requests are taken without a token: the demo on loopback, and nothing else."""
        return self.app_id is None

    @property
    def sending_hosts(self) -> tuple[str, ...]:
        """Hosts a service URL may name. Without sign-in that is this machine alone."""
        return LOOPBACK_HOSTS if self.open_access else self.service_url_hosts

    @property
    def limits(self) -> Limits:
        """How fast may be sent."""
        return limits(
            tenant_per_second=self.tenant_requests_per_second, conversation_percent=self.conversation_percent
        )

    @property
    def trail_key_bytes(self) -> bytes:
        """The trail key as the trail wants it."""
        return self.trail_key.get_secret_value().encode()


def load_settings(*, env_file: Path | None = Path(".env"), **given: Any) -> Settings:
    """The settings from the environment and the file, `given` ones first. Raises SettingsInvalid."""
    garbled = _garbled(env_file)
    if garbled is None:
        try:
            return Settings(**{"_env_file": env_file, **given})
        except SettingsInvalid as invalid:
            no_file = env_file is not None and not env_file.is_file()
            raise SettingsInvalid(invalid.problems, no_file=no_file) from None
    try:
        # This encoding takes every byte, so that the other errors are found as well.
        Settings(**{"_env_file": env_file, "_env_file_encoding": "latin-1", **given})
    except SettingsInvalid as others:
        raise SettingsInvalid((garbled, *others.problems)) from None
    raise SettingsInvalid((garbled,))


def unread_names(env_file: Path = Path(".env")) -> tuple[str, ...]:
    """Names in the environment and the file that look like settings and are none: most are misspelt."""
    # This encoding takes every byte; what it makes of a byte order mark stands before the first name.
    in_file = _NAMES.findall(env_file.read_text(encoding="latin-1")) if env_file.is_file() else ()
    known = {named(field) for field in Settings.model_fields}
    given = {name.upper() for name in (*os.environ, *in_file)}
    return tuple(sorted(name for name in given if name.startswith(PREFIX) and name not in known))


def _garbled(env_file: Path | None) -> str | None:
    """What to do about a file that is not UTF-8, such as one saved in Windows-1252."""
    if env_file is None or not env_file.is_file():
        return None
    content = env_file.read_bytes()
    try:
        content.decode()
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        return f"{env_file} is not saved as UTF-8 (see line {line}); please save it again in that."
    return None


def _in_plain_words(detail: ErrorDetails) -> str:
    """One sentence for one wrong field; the value itself is never repeated, since it may be a secret."""
    name = named(str(detail["loc"][0])) if detail["loc"] else "The settings"
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            wrong = "is not set"
        case "value_error":
            wrong = str(context["error"])
        case "literal_error":
            wrong = f"must be one of {context['expected']}"
        case "bool_parsing" | "bool_type":
            wrong = "must be true or false"
        case "int_parsing" | "int_type" | "int_from_float":
            wrong = "must be a whole number"
        case "greater_than_equal":
            wrong = f"must be {context['ge']} or more"
        case "less_than_equal":
            wrong = f"must be {context['le']} or less"
        case _:
            wrong = "cannot be read"
    return f"{name} {wrong}."
