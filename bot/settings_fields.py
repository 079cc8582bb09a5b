"""What kinds of values settings hold: lists, addresses, telephone numbers, ids."""

import re
from ipaddress import ip_address
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import NoDecode
from yarl import URL

from bot.guids import is_guid

PREFIX = "PLUMBLINE_"
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")
GRAPH_HOSTS = (
    "graph.microsoft.com",
    "graph.microsoft.us",
    "dod-graph.microsoft.us",
    "microsoftgraph.chinacloudapi.cn",
)
_MAIL_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def named(field: str) -> str:
    """What a setting is called in the environment."""
    return PREFIX + field.upper()


def is_loopback(host: str) -> bool:
    """Whether this host name or address is the machine itself."""
    if host.lower() in LOOPBACK_HOSTS:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _split(value: object) -> object:
    """A list written with commas or spaces, as people write it in an `.env` file."""
    return tuple(value.replace(",", " ").lower().split()) if isinstance(value, str) else value


def _web_address(value: str) -> str:
    url = URL(value)
    if not url.host or not (url.scheme == "https" or (url.scheme == "http" and is_loopback(url.host))):
        raise ValueError("must be an address that starts with https://")
    return value.rstrip("/")


def _phone(value: str) -> str:
    if not 3 <= sum(c.isdigit() for c in value) <= 15 or not all(c.isdigit() or c in "+() -" for c in value):
        raise ValueError("must be a telephone number people can dial")
    return value.strip()


def _guid(value: str) -> str:
    if not is_guid(value.strip()):
        raise ValueError("must be an id from Entra, such as 1b4e28ba-2fa1-41d2-883f-0016d3cca427")
    return value.strip().lower()


def _graph(value: str) -> str:
    # Our token for Graph goes to this address, so no other host may stand here.
    url = URL(value)
    if url.host not in GRAPH_HOSTS and not is_loopback(url.host or ""):
        raise ValueError(f"must be Microsoft Graph itself, one of: {', '.join(GRAPH_HOSTS)}")
    return str(url.origin())


def is_mail_address(value: str) -> bool:
    """Whether mail servers elsewhere can answer this address: one with a whole domain name."""
    return _MAIL_ADDRESS.fullmatch(value.strip()) is not None


def _mail_address(value: str) -> str:
    if not is_mail_address(value):
        raise ValueError("must be one mail address, such as audits@example.org")
    return value.strip()


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
Address = Annotated[str, AfterValidator(_web_address)]
Phone = Annotated[str, AfterValidator(_phone)]
Guid = Annotated[str, AfterValidator(_guid)]
GraphAddress = Annotated[str, AfterValidator(_web_address), AfterValidator(_graph)]
MailAddress = Annotated[str, AfterValidator(_mail_address)]
