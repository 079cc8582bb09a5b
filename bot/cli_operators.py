"""What whoever runs Plumbline types: pause, pilot, look ahead, look around, back up."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bot.cli_looking import doctor, preview, status
from bot.printing import say

pilot_commands = typer.Typer(help="Let only some teams receive anything.", no_args_is_help=True)


def add_operator_commands(app: typer.Typer, *, looking: str, keeping: str, setting_up: str) -> None:
    """Give the command line these commands, each under its heading."""
    placed: dict[str, tuple[Callable[..., None], ...]] = {
        looking: (doctor, status, preview),
        keeping: (pause, resume, backup, restore),
    }
    for heading, commands in placed.items():
        for command in commands:
            app.command(rich_help_panel=heading)(command)
    app.add_typer(pilot_commands, name="pilot", rich_help_panel=setting_up)


def pause(
    reason: Annotated[str, typer.Option(help="Why, for whoever looks at it next.")] = "",
) -> None:
    """Let nothing leave but safety alerts, until resumed. People can still work in Teams."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows import switching

    with a_council(load_settings(), clock()) as council, council.write() as work:
        switching.pause(work, council, by=None, reason=reason, now=clock())
    say("Paused: nothing leaves but safety alerts, until “plumbline resume”.")


def resume() -> None:
    """Let everything leave again; what no longer makes sense is dropped on the way."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows import switching

    now = clock()
    with a_council(load_settings(), now) as council, council.write() as work:
        was_paused = switching.resume(work, council, by=None, now=now)
        waiting = work.outbox.overdue(now).count
    said = f"{_counted(waiting, 'notice')} due by now will leave, as far as they still apply."
    say(f"Resumed. {said}" if was_paused else "It was not paused.")


@pilot_commands.command("show")
def show_pilot() -> None:
    """Which teams receive, and what is held for everybody else."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council

    with a_council(load_settings(), clock()) as council, council.read() as view:
        pilot, held = view.switches.pilot(), view.outbox.held()
    if pilot is None:
        say("There is no pilot: everybody receives.")
    else:
        say(f"Only these teams receive, and the QA office: {', '.join(pilot.teams)}.")
    if held:
        _print_held([(one.team or "no team", one.name, one.kind, one.count) for one in held])


@pilot_commands.command("set")
def set_pilot(
    teams: Annotated[
        list[str],
        typer.Argument(help='Teams as the staff list has them, each in quotes: "Conifers 1" "Brambles 2".'),
    ],
) -> None:
    """Let only people of these teams receive, and the QA office. Safety alerts reach everybody."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows import switching

    with a_council(load_settings(), clock()) as council, council.write() as work:
        names, freed = switching.set_pilot(work, council, by=None, teams=teams, now=clock())
    say(f"Only these teams receive from now on, and the QA office: {', '.join(names)}.")
    if freed:
        say(f"{_counted(freed, 'notice')} held for them will leave now, as far as they still apply.")


@pilot_commands.command("off")
def end_pilot() -> None:
    """Let everybody receive; what was held leaves, as far as it still applies."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows import switching

    with a_council(load_settings(), clock()) as council, council.write() as work:
        freed = switching.end_pilot(work, council, by=None, now=clock())
    if freed is None:
        say("There was no pilot: everybody receives.")
    else:
        told = _counted(freed, "held notice")
        say(f"Everybody receives. {told} will leave now, as far as they still apply.")


def backup(
    file: Annotated[
        Path,
        typer.Argument(
            help="The file to write, for example /backups/plumbline-2026-05-04.db; must not exist yet."
        ),
    ],
) -> None:
    """Copy a SQLite database while it is used. The trail's key and exported files are not in it."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from storage.backing_up import back_up, require_sqlite
    from workflows.switching import OPERATOR

    with a_council(load_settings(), clock()) as council:
        require_sqlite(council.database)
        with council.write() as work:
            # Noted before it exists: a copy that left without a row could never be accounted for.
            work.trail.add(
                now=clock(), actor=None, verb="backed up", subject="database", fields={"by": OPERATOR}
            )
        size = back_up(council.database, file)
    say(
        f"{file} holds the database as it is now, {size / 1e6:.1f} MB. Keep it safe: it holds people's words."
    )


def restore(
    file: Annotated[
        Path | None,
        typer.Argument(help="A backup that “plumbline backup” made.", exists=True, dir_okay=False),
    ] = None,
    anyway: Annotated[
        bool,
        typer.Option("--anyway", help="Restore it although its trail does not prove; the trail will say so."),
    ] = False,
    after_pg_restore: Annotated[
        bool,
        typer.Option(
            "--after-pg-restore", help="On PostgreSQL, in place of a file: pg_restore has been run."
        ),
    ] = False,
) -> None:
    """Put a backup in the place of the database; everything must be stopped."""
    from bot import restoring
    from bot.asking import clock
    from bot.settings import load_settings

    settings, now = load_settings(), clock()
    if after_pg_restore and file is not None:
        raise typer.BadParameter("Please give a file or --after-pg-restore, not both.")
    if after_pg_restore:
        done = restoring.after_pg_restore(settings, now, anyway=anyway)
    elif file is None:
        raise typer.BadParameter(
            "Please name the backup's file or, on PostgreSQL after pg_restore, give --after-pg-restore."
        )
    else:
        done = restoring.restore(settings, file, now, anyway=anyway)
    say("Restored. Plumbline may be started again.")
    if done.kept:
        say(f"What stood there before is kept as {done.kept}.")
    if done.set_aside:
        say(f"Files of the trail from after the backup are now in {done.set_aside[0].parent}.")
    doubted = _counted(done.doubted, "unsent notice")
    say(
        f"{doubted} may have been sent after the backup was made, and will be sent with a flag that says so. "
        "Safety alerts raised since are in the mailboxes only: please look there."
    )


def _print_held(rows: list[tuple[str, str, str, int]]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from bot.printing import console

    table = Table(title="Held back")
    for heading in ("Team", "Who", "What", "How many"):
        table.add_column(heading)
    for team, name, kind, count in rows:
        table.add_row(escape(team), escape(name), kind.replace("_", " "), str(count))
    console().print(table)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
