"""Whether a certificate file can sign the bot in, looked at before the bot starts."""

from pathlib import Path


def certificate_fault(file: Path, password: str | None) -> str | None:
    """What is wrong with this PEM file, as the rest of a sentence; None when it will do."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from cryptography.x509 import load_pem_x509_certificate

    try:
        pem = file.read_bytes()
    except OSError as fault:
        return f"cannot be opened: {fault.strerror}"
    if b"PRIVATE KEY-----" not in pem:
        return "holds no private key in PEM"
    try:
        key = load_pem_private_key(pem, password.encode() if password is not None else None)
    except TypeError:
        return "holds a private key that " + ("needs a password" if password is None else "needs no password")
    except (ValueError, UnsupportedAlgorithm):
        return "holds a private key that cannot be opened, or not with this password"
    if not isinstance(key, RSAPrivateKey):
        return "holds a private key that is not RSA, which Entra does not take"
    try:
        theirs = load_pem_x509_certificate(pem).public_key()
    except (ValueError, UnsupportedAlgorithm):
        return "holds no certificate in PEM beside the private key"
    return None if theirs == key.public_key() else "holds a certificate that is not the private key's"
