"""Tokens that prove nothing, each wrong in one way, and headers that hold no token at all."""

import base64
import hmac
import json
import time
from collections.abc import Callable

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.doubles.entra import APP_ID, TENANT, Entra, new_key

Forge = Callable[[Entra, str], str]
"""The Authorization header for a service URL."""

EMULATOR = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
ENTRA_V2 = f"https://login.microsoftonline.com/{TENANT}/v2.0"
HUGE = 60 * 1024
"""Characters. The HTTP server itself answers 400 to headers of more than 64 KiB."""


def now() -> int:
    """The moment in whole seconds, read when a token is made."""
    return int(time.time())


def _part(values: object) -> str:
    return _text(json.dumps(values).encode())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _claims(entra: Entra, url: str) -> dict[str, object]:
    return dict(jwt.decode(entra.token(url), options={"verify_signature": False}))


def _unsigned(name: str, signature: str = "") -> Forge:
    def forge(entra: Entra, url: str) -> str:
        header = _part({"alg": name, "typ": "JWT", "kid": "key-1"})
        return f"Bearer {header}.{_part(_claims(entra, url))}.{signature}"

    return forge


def _shared_secret(algorithm: str, form: Encoding | None, digest: str) -> Forge:
    """The classic confusion: what everyone may read used as a shared secret."""

    def forge(entra: Entra, url: str) -> str:
        public = entra.keys[0].private.public_key()
        secret = (
            json.dumps(entra.keys[0].as_jwk()).encode()
            if form is None
            else public.public_bytes(form, PublicFormat.SubjectPublicKeyInfo)
        )
        header = _part({"alg": algorithm, "typ": "JWT", "kid": "key-1"})
        signed = f"{header}.{_part(_claims(entra, url))}"
        return f"Bearer {signed}.{_text(hmac.digest(secret, signed.encode(), digest))}"

    return forge


def _forged(**options: object) -> Forge:
    """Signed with a key nobody published, under a header that points to a friendly one."""

    def forge(entra: Entra, url: str) -> str:
        stranger = new_key("forger")
        headers = {"kid": "key-1", "jwk": stranger.as_jwk(), **options}
        return f"Bearer {entra.token(url, key=stranger, headers=headers)}"

    return forge


def _elliptic(entra: Entra, url: str) -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return "Bearer " + jwt.encode(_claims(entra, url), key, algorithm="ES256", headers={"kid": "key-1"})


def _signature(change: Callable[[bytes], bytes]) -> Forge:
    def forge(entra: Entra, url: str) -> str:
        head, body, signature = entra.token(url).split(".")
        raw = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
        return f"Bearer {head}.{body}.{_text(change(raw))}"

    return forge


def _rewritten(entra: Entra, url: str) -> str:
    """A genuine signature under claims it was not made for."""
    head, _, signature = entra.token(url).split(".")
    return f"Bearer {head}.{_part({**_claims(entra, url), 'serviceurl': url, 'extra': 1})}.{signature}"


def _borrowed_signature(entra: Entra, url: str) -> str:
    signature = entra.token(url + "other/").rpartition(".")[2]
    return f"Bearer {entra.token(url).rpartition('.')[0]}.{signature}"


def _encrypted(entra: Entra, url: str) -> str:
    header = _part({"alg": "RSA-OAEP", "enc": "A256GCM", "kid": "key-1"})
    return f"Bearer {header}.AAAA.BBBB.CCCC.DDDD"


def _with(**claims: object) -> Forge:
    return lambda e, u: f"Bearer {e.token(u, **claims)}"  # type: ignore[arg-type]


def _claiming(**claims: object) -> Forge:
    """Claims that no library would write down."""

    def forge(entra: Entra, url: str) -> str:
        body = json.dumps({**_claims(entra, url), **claims}).encode()
        key = entra.keys[0]
        return f"Bearer {jwt.PyJWS().encode(body, key.private, algorithm='RS256', headers={'kid': key.id})}"

    return forge


def _without(*names: str) -> Forge:
    return lambda e, u: f"Bearer {e.token(u, without=names)}"


def _header(**headers: object) -> Forge:
    return lambda e, u: f"Bearer {e.token(u, headers=headers)}"


def _algorithm(name: str) -> Forge:
    return lambda e, u: f"Bearer {e.token(u, algorithm=name)}"


def _written(header: str) -> Forge:
    return lambda e, u: header.replace("GENUINE", e.token(u))


FORGED: dict[str, Forge] = {
    # No token, or not one.
    "an empty header": _written(""),
    "the scheme alone": _written("Bearer"),
    "a password instead": _written("Basic cGVyc29uOnBhc3N3b3Jk"),
    "a genuine token under another scheme": _written("Token GENUINE"),
    "a genuine token without its scheme": _written("GENUINE"),
    "two tokens in one header": _written("Bearer GENUINE, Bearer GENUINE"),
    "a token and a word": _written("Bearer GENUINE x"),
    "a fourth part": _written("Bearer GENUINE.AAAA"),
    "not a token": _written("Bearer not.a.token"),
    "one word": _written("Bearer letmein"),
    "three dots": _written("Bearer ..."),
    "null": _written("Bearer null"),
    "a token that is not ASCII": _written("Bearer töken"),
    "a header part that is a list": lambda e, u: f"Bearer {_part(['RS256'])}.{_part({})}.AAAA",
    "a header part nested beyond reason": lambda e, u: f"Bearer {_text(b'[' * 4000)}.e30.AAAA",
    "claims that are no object": lambda e, u: f"Bearer {e.token(u).split('.')[0]}.{_part([1])}.AAAA",
    "encrypted instead of signed": _encrypted,
    "a little too long": _written("Bearer " + "a" * 6 * 1024 + ".b.c"),
    "huge": _written("Bearer " + "a" * HUGE + ".b.c"),
    "huge, and genuine at its end": _written("Bearer " + "a" * HUGE + "GENUINE"),
    # Not signed, or not by the right key in the right way.
    "alg none": _unsigned("none"),
    "alg None": _unsigned("None"),
    "alg nOnE": _unsigned("nOnE"),
    "alg empty": _unsigned(""),
    "alg none with a signature": _unsigned("none", "AAAA"),
    "alg RS256 without a signature": _unsigned("RS256"),
    "HS256 with the public key": _shared_secret("HS256", Encoding.PEM, "sha256"),
    "HS256 with the public key in binary": _shared_secret("HS256", Encoding.DER, "sha256"),
    "HS256 with the key document": _shared_secret("HS256", None, "sha256"),
    "HS512 with the public key": _shared_secret("HS512", Encoding.PEM, "sha512"),
    "a shared secret that calls itself RS256": _shared_secret("RS256", Encoding.PEM, "sha256"),
    "RS384": _algorithm("RS384"),
    "RS512": _algorithm("RS512"),
    "PS256": _algorithm("PS256"),
    "an elliptic curve": _elliptic,
    "an unknown key": lambda e, u: f"Bearer {e.token(u, key=new_key('forger'))}",
    "another key under a known id": _forged(),
    "a key of its own in the header": _forged(jwk={"kty": "RSA"}),
    "a key document of its own": _forged(jku="https://attacker.example/keys"),
    "a certificate of its own": _forged(x5u="https://attacker.example/cert", x5c=["AAAA"]),
    "no key id": _header(kid=""),
    "a path as key id": _header(kid="../../../etc/passwd"),
    "an address as key id": _header(kid="https://attacker.example/key-1"),
    "a question to a database as key id": _header(kid="' OR 1=1 --"),
    "a key id beyond reason": _header(kid="k" * 3000),
    "a critical header": _header(crit=["b64"], b64=True),
    "a signature cut short": _signature(lambda raw: raw[:-1]),
    "a signature with more after it": _signature(lambda raw: raw + b"\0"),
    "a signature with one bit changed": _signature(lambda raw: bytes([raw[0] ^ 1]) + raw[1:]),
    "a signature of zeros": _signature(lambda raw: b"\0" * len(raw)),
    "the signature of another token": _borrowed_signature,
    "claims changed after signing": _rewritten,
    # Signed, but not for us, not by them or not now.
    "issued by the emulator": _with(iss=EMULATOR),
    "issued by the directory, as a person's": _with(iss=ENTRA_V2, ver="2.0", tid=TENANT),
    "issued by another directory": _with(iss="https://sts.windows.net/99999999-aaaa-bbbb-cccc-000000000009/"),
    "issued for the government cloud": _with(iss="https://api.botframework.us"),
    "issued by a look-alike": _with(iss="https://api.botframework.com.attacker.example"),
    "issued by a slash more": _with(iss="https://api.botframework.com/"),
    "no issuer": _without("iss"),
    "an issuer that is a list": _claiming(iss=["https://api.botframework.com"]),
    "meant for another bot": _with(aud="99999999-aaaa-bbbb-cccc-000000000001"),
    "meant for us in capitals": _with(aud=APP_ID.upper()),
    "meant for several bots": _with(aud=["another-app", APP_ID]),
    "meant for nobody": _with(aud=""),
    "no audience": _without("aud"),
    "expired": _with(nbf=now() - 7200, exp=now() - 3600),
    "expired just beyond the clock skew": lambda e, u: f"Bearer {e.token(u, exp=now() - 310)}",
    "expired at the beginning of time": _with(exp=0),
    "no expiry": _without("exp"),
    "an expiry in words": _with(exp="tomorrow"),
    "an endless expiry": _with(exp=float("inf")),
    "an expiry that is a list": _with(exp=[now() + 3600]),
    "not valid yet": lambda e, u: f"Bearer {e.token(u, nbf=now() + 3600)}",
    "issued in the future": lambda e, u: f"Bearer {e.token(u, iat=now() + 3600)}",
    "no service URL": _without("serviceurl"),
    "an empty service URL": _with(serviceurl=""),
    "a service URL that is a list": lambda e, u: f"Bearer {e.token(u, serviceurl=[u])}",
    "no claims at all": _without("iss", "aud", "exp", "nbf", "serviceurl"),
}
"""Each is to be answered 401."""
