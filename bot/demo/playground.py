"""Microsoft's local Teams client: fetched when wanted, one window's server for each person, ended with us.

The client is Microsoft's, under their evaluation licence. It is fetched from npm into `var/`, never shipped,
and never changed. It knows one current user at a time, so each person gets an instance of their own.
"""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from domain.errors import RuleBroken
from domain.people import Person

PACKAGE = "@microsoft/m365agentsplayground"
VERSION = "0.2.28"
INTEGRITY = "sha512-EevhYW8xtEATwNg5eiFqTgZT0P5gjfCsLBwBWESSrB6+0lr9Yi9R27HJwjNGUlT3JQlxoWMgnvEQunUuyI/+2Q=="
LEAST_NODE = 20
FIRST_PORT = 56150
START_SECONDS = 30
END_SECONDS = 5
TENANT = "6c61726b-7368-4972-a500-000000000000"
BOT = "28:plumbline-demo"
TEAM, CHANNEL = "19:qa-group", "19:qa-group-audits"

_CONFIG = ".m365agentsplayground.yml"
_LOG = Path("devTools", "m365agentsplayground.log")


class NoWindows(RuleBroken):
    """The local Teams client cannot be had here; the message says why and what would help."""


@dataclass(frozen=True, slots=True)
class Window:
    """A running instance."""

    person: Person
    url: str


def whats_to_fetch(folder: Path) -> str:
    """What `install` is about to fetch and under which licence; empty when it is there already."""
    if _installed(folder):
        return ""
    return (
        f"Fetching Microsoft's local Teams client from npm: {PACKAGE} {VERSION}, about 4 MB, into {folder}. "
        "It is pre-release software under Microsoft's own evaluation licence, which you accept by using it "
        f"(see LICENSE in {_package(folder)}). To go without it: PLAYGROUND=no make demo."
    )


def require_node(environ: Mapping[str, str] = os.environ) -> str:
    """The path of a Node that is new enough. Raises NoWindows."""
    if environ.get("PLAYGROUND", "").strip().lower() in {"no", "0", "false", "off"}:
        raise NoWindows("PLAYGROUND=no, so no windows are opened.")
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise NoWindows(
            f"Node.js {LEAST_NODE} or newer with npm is needed to open chat windows, and is not here."
        )
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    major = said.strip().removeprefix("v").split(".")[0]
    if not major.isdigit() or int(major) < LEAST_NODE:
        raise NoWindows(
            f"Node.js {LEAST_NODE} or newer is needed to open chat windows, not {said.strip() or 'this one'}."
        )
    return node


def install(folder: Path) -> Path:
    """The client's entry script, fetched first when it is not there. Raises NoWindows."""
    if not _installed(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _write_lock(folder)
        npm = shutil.which("npm") or "npm"
        wanted = [npm, "ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"]
        done = subprocess.run(wanted, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode or not _installed(folder):
            why = (done.stderr.strip().splitlines() or ["npm said nothing"])[0]
            raise NoWindows(f"npm could not fetch the local Teams client: {why}")
    return _package(folder) / "cli.js"


@asynccontextmanager
async def open_windows(
    node: str, script: Path, folder: Path, people: Iterable[Person], bot_url: str
) -> AsyncIterator[list[Window]]:
    """One instance for each of these people, all ended when the block is left. Raises NoWindows.

    The client wants five users besides the current one; `people` are written into each instance's file and
    the rest is filled up with guests nobody speaks as.
    """
    everyone = list(people)
    running: list[asyncio.subprocess.Process] = []
    drains: list[asyncio.Task[None]] = []
    try:
        windows = []
        for number, person in enumerate(everyone):
            place = folder / f"window-{number + 1}"
            place.mkdir(parents=True, exist_ok=True)
            others = [one for one in everyone if one is not person]
            # JSON is YAML too, and needs no further library.
            (place / _CONFIG).write_text(json.dumps(config_for(person, others), indent=2), encoding="utf-8")
            process = await _start(node, script, place, bot_url, FIRST_PORT + number)
            running.append(process)
            port = await _port_of(process, place)
            drains.append(asyncio.create_task(_drain(process)))
            windows.append(Window(person, f"http://localhost:{port}"))
        yield windows
    finally:
        await asyncio.gather(*(_end(process) for process in running))
        for drain in drains:
            drain.cancel()


def config_for(person: Person, others: Iterable[Person]) -> dict[str, object]:
    """The client's settings file for one person's instance."""
    users = [_user(one.id, one.name, one.email, one.directory_id or "") for one in others]
    for spare in range(5 - len(users)):
        guest_id = f"6c61726b-7368-4972-a500-00000000000{spare + 1}"
        users.append(
            _user(900_000 + spare, f"Guest {spare + 1}", f"guest{spare + 1}@larkshire.example", guest_id)
        )
    return {
        "version": "0.1.1",
        "tenantId": TENANT,
        "bot": {"id": BOT, "name": "Plumbline"},
        "currentUser": _user(person.id, person.name, person.email, person.directory_id or ""),
        "users": users[:5],
        "personalChat": {"id": f"a:chat-of-{person.id}"},
        "groupChat": {"id": "19:managers", "name": "Managers"},
        "team": {
            "id": TEAM,
            "name": "QA Group",
            "aadGroupId": "6c61726b-7368-4972-a500-0000000000aa",
            "channels": [{"id": CHANNEL, "name": "Audits"}],
        },
    }


def _user(number: int, name: str, email: str, directory_id: str) -> dict[str, str]:
    given, _, family = name.partition(" ")
    return {
        "id": f"29:person-{number}",
        "name": name,
        "userPrincipleName": email,
        "aadObjectId": directory_id,
        "givenName": given,
        "surname": family,
        "email": email,
    }


async def _start(node: str, script: Path, place: Path, bot_url: str, port: int) -> asyncio.subprocess.Process:
    asked = ("start", "-e", bot_url, "-c", "msteams", "--disable-telemetry", "-p", str(port))
    return await asyncio.create_subprocess_exec(
        node,
        str(script.resolve()),
        *asked,
        cwd=place,
        # The client would open a browser by itself, one for each instance.
        env={**os.environ, "TEAMSAPPTESTER_BROWSER": "none"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        # A group of its own: Ctrl-C reaches us alone, and whatever the client starts is ended with it.
        start_new_session=True,
    )


async def _port_of(process: asyncio.subprocess.Process, place: Path) -> int:
    """The port this instance took, which is another when the one asked for is busy."""
    said = ""
    with suppress(TimeoutError):
        async with asyncio.timeout(START_SECONDS):
            while line := await process.stdout.readline():  # type: ignore[union-attr]
                said = line.decode(errors="replace").strip()
                if said.startswith("Listening on "):
                    return int(said.removeprefix("Listening on "))
    log = place / _LOG
    raise NoWindows(
        f"The local Teams client did not start: {said or 'no word from it'} (see {log}). "
        "PLAYGROUND=no make demo tells the same story as text."
    )


async def _drain(process: asyncio.subprocess.Process) -> None:
    while await process.stdout.read(4096):  # type: ignore[union-attr]
        pass


async def _end(process: asyncio.subprocess.Process) -> None:
    """Ask the group to end, then make it."""
    for word in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, word)
        with suppress(TimeoutError):
            async with asyncio.timeout(END_SECONDS):
                await process.wait()
                return


def _installed(folder: Path) -> bool:
    described = _package(folder) / "package.json"
    return described.is_file() and json.loads(described.read_text(encoding="utf-8"))["version"] == VERSION


def _package(folder: Path) -> Path:
    return folder / "node_modules" / PACKAGE


def _write_lock(folder: Path) -> None:
    """What npm is to fetch, by its hash."""
    wanted = {"name": "playground", "private": True, "dependencies": {PACKAGE: VERSION}}
    locked = {
        "name": "playground",
        "lockfileVersion": 3,
        "requires": True,
        "packages": {
            "": {"name": "playground", "dependencies": {PACKAGE: VERSION}},
            f"node_modules/{PACKAGE}": {"version": VERSION, "integrity": INTEGRITY},
        },
    }
    (folder / "package.json").write_text(json.dumps(wanted), encoding="utf-8")
    (folder / "package-lock.json").write_text(json.dumps(locked), encoding="utf-8")


def has_screen(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether somebody could see a browser that is opened here."""
    return sys.platform in {"darwin", "win32"} or bool(
        environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    )
