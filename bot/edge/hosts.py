"""Where we may send, and where we may fetch from.

Our own bearer token goes to whatever address an activity named, and the SDK's own check lets every
address pass. So the list here is asked twice: when an address is stored and again when it is used.
"""

from collections.abc import Iterable

from yarl import URL

from bot.settings_fields import is_loopback

LONGEST_URL = 4096
"""Signed addresses of files carry a whole token."""


class HostList:
    """Hosts that addresses may name: exact ones, or every host below a leading dot."""

    def __init__(self, hosts: Iterable[str]) -> None:
        named = tuple(host.lower() for host in hosts)
        self._exact = frozenset(host for host in named if not host.startswith("."))
        self._below = tuple(host for host in named if host.startswith("."))

    def allows(self, address: object) -> bool:
        """Whether we may talk to this address: https on its usual port, or http to this machine.

        The address is read by the parser that later opens the connection, so that no spelling can mean
        one host here and another there.
        """
        if not isinstance(address, str) or len(address) > LONGEST_URL:
            return False
        try:
            url = URL(address)
            host, port = url.host, url.port
        except ValueError:
            return False
        if not host or url.user is not None or url.password is not None:
            return False
        if host not in self._exact and not host.endswith(self._below or ("/",)):
            return False
        if url.scheme == "https" and port == 443:
            return True
        return url.scheme in {"http", "https"} and is_loopback(host)
