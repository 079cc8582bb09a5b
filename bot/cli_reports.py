"""`plumbline report verify`: whether locked performance reports still are what they were."""

import typer

from bot.printing import say

report_commands = typer.Typer(
    help="Prove that locked performance reports are what they were.", no_args_is_help=True
)


@report_commands.callback()
def _reports() -> None:
    """Prove that locked performance reports are what they were."""


@report_commands.command("verify")
def verify_reports() -> None:
    """Work out every locked report's hash again; status 1 when anything in one was changed since."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from domain.days import local_day
    from domain.narratives import TITLES, period_of

    with a_council(load_settings(), clock()) as council, council.read() as view:
        found = view.locked_reports.every()
    if not found:
        say("No report has been locked yet.")
    for one in found:
        title = f"{TITLES[one.report]}, {period_of(one.report, one.period_on)}"
        if one.is_intact:
            say(f"{title}: as it was locked on {local_day(one.locked_at)}, SHA-256 {one.hash}.")
        else:
            say(f"{title}: locked with SHA-256 {one.hash}, and somebody changed it in the database since.")
    if any(not one.is_intact for one in found):
        raise typer.Exit(1)
