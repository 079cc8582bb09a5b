"""`plumbline plan`, `tracker` and `learning`: plan, activity tracker and learning log at the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.printing import say
from domain.forward_plan import year_name

if TYPE_CHECKING:
    from workflows.sheet_imports import SheetOutcome

plan_commands = typer.Typer(help="Draft the forward plan, write it out, take it in.", no_args_is_help=True)
tracker_commands = typer.Typer(help="Write the activity tracker out, take it in.", no_args_is_help=True)
learning_commands = typer.Typer(help="Write the learning log out, take it in.", no_args_is_help=True)

Year = Annotated[str, typer.Argument(help="The year its April falls in, for example 2026.")]
OfYear = Annotated[str, typer.Option("--year", help="The year its April falls in, for example 2026.")]
Sheet = Annotated[Path, typer.Argument(help="An .xlsx or CSV file.", exists=True, dir_okay=False)]
File = Annotated[Path, typer.Argument(help="The .xlsx file to write.", dir_okay=False)]
Confirm = Annotated[bool, typer.Option("--confirm", help="Yes, save what the file would change.")]


@plan_commands.command("draft")
def draft(year: Year) -> None:
    """Draft a year from the one before, failing that from the framework. The Group agrees it afterwards."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows.forward_planning import draft_year
    from workflows.governance_imports import require_year

    chosen = require_year(year)
    with a_council(load_settings(), clock()) as council, council.write() as work:
        made, left = draft_year(work, council, by=None, year=chosen, now=clock())
    say(f"Drafted {year_name(chosen)}: {made} activities. The QA Group agrees it in Teams: “forward plan”.")
    for title, why in left:
        say(f"- Left out: {title}, because {why}.")


@plan_commands.command("export")
def export_plan(file: File, year: OfYear) -> None:
    """Write a year's plan as a workbook, with what to look at and the hours of each month."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from reports.governance_books import write_plan
    from workflows.governance_books import plan_book
    from workflows.governance_imports import require_year

    chosen = require_year(year)
    with a_council(load_settings(), clock()) as council, council.write() as work:
        plan, items = plan_book(work, council, chosen)
        # Noted before it exists: a file that left without a row could never be accounted for.
        work.trail.add(now=clock(), actor=None, verb="exported", subject=f"plan_book {chosen}")
        file.write_bytes(write_plan(plan, items))
    say(f"{len(items)} activities of {year_name(chosen)} written to {file}.")


@plan_commands.command("import")
def import_plan(file: Sheet, year: OfYear, confirm: Confirm = False) -> None:
    """Show what a sheet would change in a year's plan; with --confirm, save it."""
    from workflows import governance_imports

    chosen = governance_imports.require_year(year)
    _take_in(governance_imports.import_plan, file, confirm=confirm, year=chosen)


@tracker_commands.command("export")
def export_tracker(file: File) -> None:
    """Write the tracker as a workbook."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from reports.governance_books import write_tracker
    from workflows.governance_books import tracker_book

    with a_council(load_settings(), clock()) as council, council.write() as work:
        rows, themes = tracker_book(work, council)
        # Noted before it exists: a file that left without a row could never be accounted for.
        work.trail.add(now=clock(), actor=None, verb="exported", subject="tracker_book 0")
        file.write_bytes(write_tracker(rows, themes, council.today(clock())))
    say(f"{len(rows)} rows written to {file}.")


@tracker_commands.command("import")
def import_tracker(file: Sheet, confirm: Confirm = False) -> None:
    """Show what a sheet would change in the tracker; with --confirm, save it."""
    from workflows import governance_imports

    _take_in(governance_imports.import_tracker, file, confirm=confirm)


@learning_commands.command("export")
def export_learning(file: File) -> None:
    """Write the published entries of the learning log as a workbook. Drafts are the QA office's, in Teams."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from reports.governance_books import write_learning
    from workflows.governance_books import learning_book

    with a_council(load_settings(), clock()) as council, council.write() as work:
        entries, themes = learning_book(work, council, None)
        # Noted before it exists: a file that left without a row could never be accounted for.
        work.trail.add(now=clock(), actor=None, verb="exported", subject="learning_book 0")
        file.write_bytes(write_learning(entries, themes, council.today(clock())))
    say(f"{len(entries)} published entries written to {file}.")


@learning_commands.command("import")
def import_learning(file: Sheet, confirm: Confirm = False) -> None:
    """Show what a sheet would change in the learning log; with --confirm, save it. New entries are drafts."""
    from workflows import governance_imports

    _take_in(governance_imports.import_learning, file, confirm=confirm)


def _take_in(importing: Callable[..., "SheetOutcome"], file: Path, *, confirm: bool, **of: Any) -> None:
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council

    content = file.read_bytes()
    with a_council(load_settings(), clock()) as council:
        outcome = importing(
            council, filename=file.name, content=content, confirmed=confirm, now=clock(), **of
        )
    say(outcome.summary)
    if outcome.waits:
        say("Nothing is saved yet. If that is right, run the same command with --confirm.")
    if outcome.refused or outcome.waits:
        raise typer.Exit(2)
