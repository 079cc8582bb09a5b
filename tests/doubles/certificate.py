"""Certificates and keys as a council would put them into a file."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID


def certificate_pem(key: RSAPrivateKey) -> bytes:
    """A certificate of this key's own."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "plumbline")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=3650))
        .sign(key, SHA256())
    )
    return certificate.public_bytes(Encoding.PEM)


def key_pem(key: RSAPrivateKey, password: str | None = None) -> bytes:
    """The private key, locked with the password where there is one."""
    protection = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)
