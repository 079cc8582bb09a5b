"""A certificate file that cannot sign the bot in is told before the bot starts."""

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bot.certificate import certificate_fault
from bot.settings import SettingsInvalid, load_settings
from tests.doubles.certificate import certificate_pem, key_pem
from tests.doubles.entra import APP_ID, TENANT, new_key
from tests.doubles.settings import BASE

KEY = new_key("certificate").private
OTHER_KEY = new_key("k1").private
OPEN = key_pem(KEY) + certificate_pem(KEY)
LOCKED = key_pem(KEY, "open sesame") + certificate_pem(KEY)
CURVE = ec.generate_private_key(ec.SECP256R1()).private_bytes(
    Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
)


@pytest.mark.parametrize(
    ("content", "password"),
    [(OPEN, None), (certificate_pem(KEY) + key_pem(KEY), None), (LOCKED, "open sesame")],
    ids=["key first", "certificate first", "with a password"],
)
def test_a_key_with_its_certificate_will_do(tmp_path: Path, content: bytes, password: str | None) -> None:
    assert certificate_fault(written(tmp_path, content), password) is None


@pytest.mark.parametrize(
    ("content", "password", "wrong"),
    [
        (b"", None, "no private key"),
        (b"\x30\x82\x0a\xff", None, "no private key"),
        (certificate_pem(KEY), None, "no private key"),
        (key_pem(KEY), None, "no certificate"),
        (LOCKED, None, "needs a password"),
        (OPEN, "open sesame", "needs no password"),
        (LOCKED, "open barley", "not with this password"),
        (OPEN.replace(b"\nMII", b"\nXXX", 1), None, "cannot be opened"),
        (key_pem(KEY) + certificate_pem(OTHER_KEY), None, "not the private key's"),
        (CURVE + certificate_pem(KEY), None, "not RSA"),
    ],
    ids=[
        "empty",
        "not PEM",
        "certificate alone",
        "key alone",
        "password missing",
        "password too many",
        "wrong password",
        "damaged",
        "of another key",
        "not RSA",
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, content: bytes, password: str | None, wrong: str) -> None:
    fault = certificate_fault(written(tmp_path, content), password)

    assert fault is not None
    assert wrong in fault
    assert "sesame" not in fault


@pytest.mark.parametrize(("content", "problems"), [(OPEN, 0), (b"not a certificate", 1), (LOCKED, 1)])
def test_the_settings_ask_for_one_that_opens(tmp_path: Path, content: bytes, problems: int) -> None:
    given = {"app_id": APP_ID, "tenant_ids": TENANT, "credential": "certificate", "mail": "folder"}
    given["certificate_file"] = str(written(tmp_path, content))

    found = listed({**BASE, **given})

    assert len(found) == problems
    assert all(problem.startswith("PLUMBLINE_CERTIFICATE_FILE ") for problem in found)


def listed(given: dict[str, Any]) -> tuple[str, ...]:
    try:
        load_settings(env_file=None, **given)
    except SettingsInvalid as refused:
        return refused.problems
    return ()


def written(folder: Path, content: bytes) -> Path:
    file = folder / "bot.pem"
    file.write_bytes(content)
    return file
