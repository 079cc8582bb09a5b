"""`plumbline trail`: prove and seal the record of who did what."""

import typer

from bot.printing import say

trail_commands = typer.Typer(help="Prove or seal the record of who did what.", no_args_is_help=True)

SHOWN_FAULTS = 50


@trail_commands.command("verify")
def verify() -> None:
    """Recompute every chain and compare it with every sealed head; status 1 when something does not fit.

    Heads are sealed each night, in the database and in the exported files.
    """
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows.sealing import verify_trail

    settings = load_settings()
    with a_council(settings, clock()) as council:
        faults = verify_trail(council, settings.trail_export_dir)
    if not faults:
        say("The trail proves: every row is there, unchanged and in its place.")
        return
    for fault in faults[:SHOWN_FAULTS]:
        say(f"- {fault.what}")
    if len(faults) > SHOWN_FAULTS:
        say(f"and {len(faults) - SHOWN_FAULTS} more.")
    raise typer.Exit(1)


@trail_commands.command("seal")
def seal() -> None:
    """Seal and export today's heads now; the running bot does this by itself each day."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from domain.days import local_day
    from workflows.sealing import seal_day

    settings = load_settings()
    with a_council(settings, clock()) as council:
        path = seal_day(council, local_day(clock()), clock(), settings.trail_export_dir)
    say(f"Sealed; the heads are in {path}.")
