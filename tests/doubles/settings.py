"""Settings for tests: the real checks, values that belong to nobody, and no file read."""

from typing import Any

from bot.settings import Settings, load_settings
from tests.doubles.entra import APP_ID, ISSUER, TENANT, Entra

BASE: dict[str, Any] = {
    "duty_phone": "01632 960001",
    "out_of_hours_phone": "01632 960002",
    "trail_key": "a key for tests alone, never for people",
    "mail_from": "plumbline@exampleshire.example",
    # Tests press faster than people do; those of the pace set their own.
    "turn_burst": 10_000,
    # Tests are run at any hour; those of the working hours set their own.
    "send_at_any_hour": True,
    # Any free port: several tests may run at once.
    "admin_port": 0,
}


def demo_settings(**changes: Any) -> Settings:
    """The demo on loopback, without sign-in."""
    return load_settings(env_file=None, **{**BASE, "demo": True, **changes})


def signed_in_settings(entra: Entra, **changes: Any) -> Settings:
    """Sign-in against the stand-in; service URLs and downloads on this machine are allowed."""
    given = {
        "app_id": APP_ID,
        "tenant_ids": (TENANT,),
        "credential": "secret",
        "client_secret": "a secret for tests",
        "openid_metadata_url": entra.metadata_url,
        "token_issuer": ISSUER,
        "service_url_hosts": ("127.0.0.1",),
        "download_hosts": ("127.0.0.1",),
        "mail": "folder",
    }
    return load_settings(env_file=None, **{**BASE, **given, **changes})
