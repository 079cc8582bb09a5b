"""`make demo`: a make-believe council on this machine, seen through six people's chats."""

import asyncio
import fcntl
import logging
import secrets
import shutil
import signal
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.asking import clock
from bot.demo.playground import (
    TENANT,
    NoWindows,
    Window,
    has_screen,
    install,
    open_windows,
    require_node,
    whats_to_fetch,
)
from bot.demo.story import Cast, make_story
from bot.demo.telling import tell
from bot.logs import set_up_logs
from bot.settings import Settings, load_settings
from bot.starting import open_council
from domain.errors import RuleBroken
from storage.migrating import migrate
from workflows.council import Council

PLAYGROUND_FOLDER = Path("var/playground")

_FIRST = {
    "Auditor": "“continue”, then a page; write, save, and go on to “Check everything”",
    "Practitioner": "press “Read the audit” and add a comment",
    "Team manager": "read the shared audit and say whether to nominate it",
    "QA officer": "“status”, then the round; find a new pair for the audit that came back. In the channel "
    "“Audits” of the QA Group's team: “@Plumbline use this channel”, press on the digest, ask “status”",
    "Practice consultant": "“panel”, then take an audit and moderate it",
    "Principal social worker": "“panel” and “draw”; invite the auditor once a moderation changes a grade",
}


def run_demo(folder: Path, *, windows: bool) -> int:
    """Make the council anew in `folder` and open its windows, or print its story; returns an exit status."""
    console = Console(highlight=False)
    folder = folder.resolve()
    script = node = None
    try:
        if not windows:
            raise NoWindows("No windows were asked for.")
        node = require_node()
        if note := whats_to_fetch(PLAYGROUND_FOLDER):
            console.print(note, markup=False)
        script = install(PLAYGROUND_FOLDER)
    except NoWindows as reason:
        console.print(f"{reason} Here is the same story as text.", markup=False)
    with _alone_in(folder):
        console.print(
            f"Making a make-believe council in {folder}; whatever was there is replaced.", markup=False
        )
        settings = demo_settings(fresh(folder))
        council, cast = make_council(settings, folder)
        try:
            if script is None or node is None:
                tell(council, cast, clock(), console)
                return 0
        finally:
            council.database.close()
        set_up_logs(logging.WARNING)
        asyncio.run(_serve(settings, cast, node, script, folder, console))
    return 0


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keeps a second demo from emptying the folder of one that runs. Raises RuleBroken."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RuleBroken(
                f"A demo is running in {folder} already. End it with Ctrl-C, or name another folder."
            ) from None
        yield


def fresh(folder: Path) -> Path:
    """The demo's folder, empty. Raises RuleBroken rather than empty one that is not the demo's own."""
    mark = folder / ".plumbline-demo"
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise RuleBroken(f"{folder} holds something else, so the demo leaves it alone. Name another folder.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    mark.touch()
    return folder


def demo_settings(folder: Path) -> Settings:
    """Settings of a council that exists on this machine alone, whatever the environment says."""
    return load_settings(
        env_file=None,
        demo=True,
        council_name="Larkshire (make-believe)",
        duty_phone="01632 960101",
        out_of_hours_phone="01632 960102",
        trail_key=secrets.token_urlsafe(48),
        trail_export_dir=folder / "trail",
        database_url=f"sqlite:///{folder / 'plumbline.db'}",
        framework_file=None,
        host="127.0.0.1",
        port=0,
        app_id=None,
        tenant_ids=(TENANT,),
        mail="folder",
        mail_folder=folder / "mail",
        smtp_user=None,
        smtp_password=None,
    )


def make_council(settings: Settings, folder: Path, *, auditor_has_begun: bool = True) -> tuple[Council, Cast]:
    """The council in the middle of a round, still open, and who to watch."""
    now = clock()
    council = open_council(settings, now)
    migrate(council.database)
    return council, make_story(council, folder / "lists", now, auditor_has_begun=auditor_has_begun)


async def _serve(
    settings: Settings, cast: Cast, node: str, script: Path, folder: Path, console: Console
) -> None:
    """Bot, courier and the windows until Ctrl-C; everything that was started here is ended here."""
    from bot.app import serving

    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(name, stopped.set)
    people = [person for _, person in cast.people]
    async with serving(settings) as running:
        bot_url = f"http://127.0.0.1:{running.port}/api/messages"
        async with open_windows(node, script, folder / "windows", people, bot_url) as opened:
            _print_table(cast, opened, console)
            _open_browser(opened)
            await stopped.wait()
            console.print("\nEnding the windows and the bot.")


def _print_table(cast: Cast, opened: list[Window], console: Console) -> None:
    table = Table(title="Open each in a browser tab of its own", title_justify="left")
    for heading in ("Who", "Window", "What to try first"):
        table.add_column(heading, overflow="fold")
    for (part, person), window in zip(cast.people, opened, strict=True):
        table.add_row(f"{part}\n{person.name}", window.url, _FIRST[part])
    console.print(table)
    console.print(
        "The auditor's audit is of the practitioner's work, in the team manager's team: what is submitted in "
        "one window reaches the others within seconds. The windows listen on every network interface of this "
        "machine; the bot itself on this machine alone. Ctrl-C ends everything.",
        markup=False,
    )


def _open_browser(opened: list[Window]) -> None:
    """The auditor's window, where a screen is; nobody is looking at a server's."""
    if has_screen():
        webbrowser.open(opened[0].url)
