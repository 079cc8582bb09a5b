"""Which addresses our token may go to."""

import pytest

from bot.edge.hosts import HostList

TEAMS = HostList(("smba.trafficmanager.net", ".sharepoint.com"))
MACHINE = HostList(("localhost", "127.0.0.1", "::1"))


@pytest.mark.parametrize(
    "address",
    [
        "https://smba.trafficmanager.net/emea/",
        "https://SMBA.TrafficManager.net/emea/",
        "https://smba.trafficmanager.net:443/teams",
        "https://council.sharepoint.com/x?tempauth=1",
        "https://council-my.sharepoint.com/x",
    ],
)
def test_named_hosts_are_allowed_over_https(address: str) -> None:
    assert TEAMS.allows(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://smba.trafficmanager.net/emea/",
        "http://smba.trafficmanager.net:443/emea/",
        "https://smba.trafficmanager.net:8443/emea/",
        "https://smba.trafficmanager.net./emea/",
        "https://x.smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net.attacker.example/",
        "https://smba.trafficmanager.net@attacker.example/",
        "https://user:pass@smba.trafficmanager.net/",
        "https://attacker.example/#https://smba.trafficmanager.net/",
        "https://attacker.example\\@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net\\@attacker.example/",
        "https://sharepoint.com/x",
        "https://notsharepoint.com/x",
        "https://127.0.0.1/",
        "http://localhost/",
        "ftp://smba.trafficmanager.net/",
        "//smba.trafficmanager.net/",
        "smba.trafficmanager.net",
        "https://",
        "https://smba.trafficmanager.net:99999/",
        "https://smba.trafficmanager.net/" + "x" * 5000,
        "",
        None,
        b"https://smba.trafficmanager.net/",
    ],
)
def test_everything_else_is_not(address: object) -> None:
    assert not TEAMS.allows(address)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("http://localhost:56150/_connector", True),
        ("http://127.0.0.1:56150/_connector", True),
        ("http://[::1]:56150/_connector", True),
        ("http://127.0.0.2:56150/_connector", False),
        ("http://0.0.0.0:56150/_connector", False),
        ("http://192.0.2.1:56150/_connector", False),
        ("file://localhost/etc/passwd", False),
    ],
)
def test_this_machine_may_be_spoken_to_in_plain_http(address: str, allowed: bool) -> None:
    assert MACHINE.allows(address) is allowed


def test_an_empty_list_allows_nothing() -> None:
    assert not HostList(()).allows("https://smba.trafficmanager.net/")
