"""The command line: `plumbline`.

What people type here is checked like everything else: a mistake gets a plain sentence and exit status 2,
never a stack trace.
"""

import io
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from bot import __version__
from bot.cli_channel import channel_commands
from bot.cli_draw import draw_commands
from bot.cli_governance import learning_commands, plan_commands, tracker_commands
from bot.cli_manifest import manifest_commands
from bot.cli_operators import add_operator_commands
from bot.cli_packs import pack_commands, trace
from bot.cli_rehearse import rehearse
from bot.cli_reports import report_commands
from bot.cli_rounds import round_commands
from bot.cli_trail import trail_commands
from bot.printing import say
from bot.roles import Role
from domain.errors import RuleBroken

SETTING_UP = "Setting up and running"
LOOKING = "Looking around, changing nothing"
KEEPING = "Pausing and keeping"
ROUNDS = "Rounds and moderation"
YEAR = "Reports and the year"
TRYING = "Trying things out"

app = typer.Typer(
    name="plumbline",
    epilog="Each command explains itself with --help. docs/running.md shows all of them in use.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
lists = typer.Typer(
    help="Bring in the staff list, the case list, and figures of indicators.",
    epilog="docs/importing.md says which columns are read. The forward plan, the tracker and the learning "
    "log come in with “plumbline plan import”, “tracker import” and “learning import”.",
    no_args_is_help=True,
)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Check and compare, but save nothing.")]
Confirm = Annotated[
    bool, typer.Option("--confirm", help="Yes, save what the list was held back for, as it was shown.")
]
ListFile = Annotated[Path, typer.Argument(help="A CSV or XLSX file.", exists=True, dir_okay=False)]


def _say_version(wanted: bool) -> None:
    if wanted:
        say(f"Plumbline {__version__}")
        raise typer.Exit


@app.callback()
def plumbline(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is."),
    ] = False,
) -> None:
    """Runs a council's children's-services audits in Microsoft Teams."""


@app.command(rich_help_panel=SETTING_UP)
def run(
    role: Annotated[
        Role,
        typer.Option(
            help="all does everything; bot answers Teams alone; scheduler delivers and keeps the calendar. "
            "Several processes of each may share a PostgreSQL database."
        ),
    ] = Role.ALL,
) -> None:
    """Serve Teams, deliver what is queued, and keep the calendar, until asked to stop."""
    import asyncio
    import gc

    # All that is loaded now stays; looking through it for rings meanwhile takes a tenth of the start.
    gc.disable()
    from bot.app import run_until_stopped
    from bot.logs import set_up_logs
    from bot.settings import load_settings

    gc.enable()
    settings = load_settings()
    set_up_logs()
    asyncio.run(run_until_stopped(settings, role))


def demo(
    folder: Annotated[Path, typer.Option(help="Where the make-believe council is kept.")] = Path("var/demo"),
    windows: Annotated[bool, typer.Option(help="Open Microsoft's local Teams client.")] = True,
) -> None:
    """Run a make-believe council on this machine, with a chat window for each of six people."""
    from bot.demo import run_demo

    raise typer.Exit(run_demo(folder, windows=windows))


@app.command(rich_help_panel=SETTING_UP)
def migrate(
    back_to: Annotated[
        str | None,
        typer.Option(
            help="An earlier version's revision, for example 0003, before that version is installed again. "
            "What later tables hold is lost."
        ),
    ] = None,
) -> None:
    """Bring the database to this version's tables. Stop everything first, and make a backup."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from storage.migrating import go_back
    from storage.migrating import migrate as bring_up

    with a_council(load_settings(), clock(), before_migrating=True) as council:
        database = council.database
        before, after = bring_up(database) if back_to is None else (go_back(database, back_to), back_to)
    say("Up to date already." if before == after else f"Migrated from {before or 'nothing'} to {after}.")


@lists.command("staff")
def import_staff(file: ListFile, dry_run: DryRun = False, confirm: Confirm = False) -> None:
    """Bring in everyone who works for the service; whoever is missing is marked as left.

    To look first: plumbline import staff staff.xlsx --dry-run
    """
    _import("staff", file, dry_run=dry_run, confirm=confirm)


@lists.command("cases")
def import_cases(file: ListFile, dry_run: DryRun = False, confirm: Confirm = False) -> None:
    """Bring in the open cases; a missing case counts as closed. The staff list comes first.

    To look first: plumbline import cases cases.csv --dry-run
    """
    _import("cases", file, dry_run=dry_run, confirm=confirm)


@lists.command("indicators")
def import_indicators(file: ListFile, dry_run: DryRun = False, confirm: Confirm = False) -> None:
    """Bring in figures of indicators; corrected ones take the place of earlier ones, none is taken away.

    To look first: plumbline import indicators may.xlsx --dry-run
    """
    _import("indicators", file, dry_run=dry_run, confirm=confirm)


def gallery(
    folder: Annotated[Path, typer.Argument(help="Where to write the cards, one JSON file each.")],
    framework_file: Annotated[
        Path | None, typer.Option(help="A council's own framework.toml.", exists=True, dir_okay=False)
    ] = None,
) -> None:
    """Write every card and dialog page, with ordinary and worst-case content."""
    import json

    from bot.framework_file import read_framework
    from cards.gallery import gallery as every_card

    folder.mkdir(parents=True, exist_ok=True)
    cards = every_card(read_framework(framework_file))
    for name, card in cards.items():
        path = folder / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    say(f"{len(cards)} cards written to {folder}.")


def _import(kind: str, file: Path, *, dry_run: bool, confirm: bool) -> None:
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows.importing import take_list

    content = file.read_bytes()
    with a_council(load_settings(), clock()) as council:
        outcome = take_list(
            council,
            kind=kind,
            filename=file.name,
            content=content,
            by=None,
            now=clock(),
            dry_run=dry_run,
            confirmed=confirm,
        )
    say(outcome.summary)
    if outcome.waiting_id:
        say("Nothing is saved yet. If that is right, run the same command with --confirm.")
    if outcome.refused or outcome.waiting_id:
        raise typer.Exit(2)


# Last, so that --help lists what is above in its own order, and panels as they first appear.
add_operator_commands(app, looking=LOOKING, keeping=KEEPING, setting_up=SETTING_UP)
app.command(rich_help_panel=LOOKING)(rehearse)
app.command(rich_help_panel=YEAR)(trace)
for _command in (demo, gallery):
    app.command(rich_help_panel=TRYING)(_command)
for _name, _group, _panel in (
    ("import", lists, SETTING_UP),
    ("manifest", manifest_commands, SETTING_UP),
    ("channel", channel_commands, SETTING_UP),
    ("trail", trail_commands, KEEPING),
    ("round", round_commands, ROUNDS),
    ("draw", draw_commands, ROUNDS),
    ("pack", pack_commands, YEAR),
    ("report", report_commands, YEAR),
    ("plan", plan_commands, YEAR),
    ("tracker", tracker_commands, YEAR),
    ("learning", learning_commands, YEAR),
):
    app.add_typer(_group, name=_name, rich_help_panel=_panel)


def main() -> None:
    """Entry point of the `plumbline` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that has no curly quotes shows a question mark instead, and the command goes on.
            stream.reconfigure(errors="replace")
    try:
        app(prog_name="plumbline")
    except RuleBroken as broken:
        print(broken, file=sys.stderr)
        sys.exit(2)
    except Exception as fault:
        said = _of_the_machine(fault)
        if said:
            print(said, file=sys.stderr)
            sys.exit(2)
        # Neither its text nor a stack trace: a database error, for one, quotes the names it was given.
        frame = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        print(f"Something broke on our side: {type(fault).__name__} at {where}.", file=sys.stderr)
        sys.exit(1)


def _of_the_machine(fault: Exception) -> str:
    """What the machine or the database's server refuses, in plain words; empty when the fault is ours."""
    # Whoever writes workbooks wraps what the machine said in an exception of its own.
    refused = next((one for one in (fault, *fault.args) if isinstance(one, OSError)), None)
    if refused is not None:
        # The text of these is a file's name or an address, and what the machine says about it.
        return f"{refused.strerror or type(refused).__name__}: {refused.filename or ''}".rstrip(": ")
    from storage.faults import in_plain_words

    return in_plain_words(fault)


if __name__ == "__main__":
    main()
