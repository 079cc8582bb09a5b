"""What does not fit together among settings that are each right by themselves."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.certificate import certificate_fault
from bot.framework_file import read_framework
from bot.settings_fields import is_loopback, is_mail_address, named
from domain.framework_reading import FrameworkInvalid

if TYPE_CHECKING:
    from bot.settings import Settings


def conflicts(settings: "Settings") -> Iterable[tuple[tuple[str, ...], str]]:
    """What does not fit together: (fields concerned, plain sentence)."""
    if settings.app_id is None:
        yield from _without_app_id(settings)
    else:
        yield from _credential_problems(settings)
        if not settings.tenant_ids:
            yield ("tenant_ids",), f"{named('tenant_ids')} must name the directory tenant of the council."
        if not settings.service_url_hosts:
            yield ("service_url_hosts",), f"{named('service_url_hosts')} must name at least one host."
        if settings.mail is None:
            yield (
                ("mail",),
                f"{named('mail')} must say how mail leaves, since every safety alert goes by mail too: graph "
                "and smtp send it, folder only writes it to files on this machine, for trying out.",
            )
    if settings.admin_port and settings.admin_port == settings.port:
        yield (
            ("admin_port", "port"),
            f"{named('admin_port')} must not be the port that Teams calls: its figures are not for everyone.",
        )
    if settings.framework_file is not None:
        try:
            read_framework(settings.framework_file)
        except FrameworkInvalid as invalid:
            for error in invalid.errors:
                yield ("framework_file",), f"{named('framework_file')}: {error}"
    if settings.mail == "smtp" and settings.smtp_host is None:
        yield ("mail", "smtp_host"), f"{named('smtp_host')} is not set, but mail is to go by smtp."
    if settings.mail == "smtp" and not is_mail_address(settings.mail_from):
        yield (
            ("mail", "mail_from"),
            f"{named('mail_from')} must be an address of the council, since mail is to go by smtp: servers "
            "turn away mail from a machine's own name, and answers and bounces would reach nobody.",
        )
    if settings.mail == "graph" and settings.graph_mailbox is None:
        name = named("graph_mailbox")
        yield ("mail", "graph_mailbox"), f"{name} is not set, but mail is to leave through Microsoft Graph."
    if settings.mail == "graph" and settings.open_access:
        yield (
            ("mail", "app_id"),
            f"{named('mail')} is graph, which needs {named('app_id')} to sign in with.",
        )
    if settings.install_app and settings.teams_app_id is None:
        name = named("teams_app_id")
        yield (
            ("install_app", "teams_app_id"),
            f"{name} is not set, but the app is to be installed for people.",
        )
    if settings.install_app and settings.open_access:
        name = named("install_app")
        yield ("install_app", "app_id"), f"{name} is true, which needs {named('app_id')} to sign in with."
    if (settings.smtp_user is None) != (settings.smtp_password is None):
        names = f"{named('smtp_user')} and {named('smtp_password')}"
        yield ("smtp_user", "smtp_password"), f"{names} must be set together or both be empty."


def _without_app_id(settings: "Settings") -> Iterable[tuple[tuple[str, ...], str]]:
    if not settings.demo:
        yield (
            ("app_id", "demo"),
            f"{named('app_id')} is not set. Without it anyone could speak as anyone, so only the demo runs "
            f"that way ({named('demo')}=true on 127.0.0.1).",
        )
    elif not is_loopback(settings.host):
        yield (
            ("app_id", "host"),
            f"{named('host')} must be 127.0.0.1 while {named('app_id')} is not set: the demo has no sign-in.",
        )


def _credential_problems(settings: "Settings") -> Iterable[tuple[tuple[str, ...], str]]:
    match settings.credential:
        case None:
            kinds = "secret, certificate or managed_identity"
            yield ("credential",), f"{named('credential')} must say how the bot signs in: {kinds}."
        case "secret" if settings.client_secret is None:
            yield (
                ("client_secret",),
                f"{named('client_secret')} is not set, but the credential is a secret.",
            )
        case "certificate" if settings.certificate_file is None:
            yield (
                ("certificate_file",),
                f"{named('certificate_file')} is not set, but the credential is a certificate.",
            )
        case "certificate" if settings.certificate_file is not None:
            password = settings.certificate_password
            opened_with = password.get_secret_value() if password is not None else None
            if fault := certificate_fault(settings.certificate_file, opened_with):
                yield ("certificate_file", "certificate_password"), f"{named('certificate_file')} {fault}."
