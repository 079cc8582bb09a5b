"""`plumbline round`: plan and approve a round at the command line."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.printing import console, say
from bot.typed import LARGEST_SEED, require_our_time
from domain.days import uk_date
from domain.errors import RuleBroken

if TYPE_CHECKING:
    from workflows.council import View

round_commands = typer.Typer(help="Plan and approve the rounds of core audits.", no_args_is_help=True)

Month = Annotated[str, typer.Option("--month", help="The round's month, for example 2026-05.")]


@round_commands.command("plan")
def plan(
    month: Month,
    seed: Annotated[
        int | None, typer.Option(help="The same seed and lists give the same plan.", min=0, max=LARGEST_SEED)
    ] = None,
    opt_in: Annotated[
        list[str] | None,
        typer.Option(help="E-mail of an assistant director who audits this round; give it once for each."),
    ] = None,
    any_month: Annotated[
        bool, typer.Option("--any-month", help="Plan a round outside the council's calendar.")
    ] = False,
    half_pool: Annotated[
        bool,
        typer.Option(
            "--half-pool",
            help="Half of the auditors have their turn; the other half has its own round the month after.",
        ),
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Also write the proposal as an Excel file, for example proposal.xlsx.")
    ] = None,
) -> None:
    """Propose who audits which case. Nothing is sent before the proposal is approved."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows.planning import propose_round
    from workflows.round_facts import pairs_of
    from workflows.solving import write_with_plans

    first = read_month(month)
    with a_council(load_settings(), clock()) as council:
        chosen = write_with_plans(
            council,
            lambda work: propose_round(
                work,
                council,
                by=None,
                month=first,
                seed=seed,
                now=clock(),
                opted_in=_ids(work, opt_in or []),
                outside_the_calendar=any_month,
                half_pool=half_pool,
            ),
        )
        with council.read() as view:
            pairs = pairs_of(view, chosen.id)
        _print_plan(chosen.summary, pairs, chosen.seed, chosen.population_hash)
        if out is not None:
            from reports.proposal import write_proposal

            with council.write() as work:
                # Noted before it exists: a list that left without a row could never be accounted for.
                work.trail.add(now=clock(), actor=None, verb="exported", subject=f"round {chosen.id}")
                write_proposal(out, month=chosen.month, summary=chosen.summary, pairs=pairs)
            say(f"Written to {out}.")
        say(f"To approve it: plumbline round approve --month {month}, or the card in Teams.")


@round_commands.command("approve")
def approve(month: Month) -> None:
    """Approve the proposal: before the 1st it waits for that day, later it goes out at once."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows.planning import approve_round
    from workflows.round_facts import round_of_month

    first = read_month(month)
    with a_council(load_settings(), clock()) as council, council.write() as work:
        chosen = round_of_month(work, first)
        done = approve_round(work, council, by=None, round_id=chosen.id, version=chosen.version, now=clock())
    if done.state == "allocated":
        say("Approved and allocated; the cards leave as soon as the bot runs.")
    else:
        say(f"Approved; auditors get their cards on {uk_date(done.month)}.")


@round_commands.command("check")
def check(month: Month) -> None:
    """Work the proposal out again from seed, lists and changes; status 1 when the pairs differ."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows.proposal import replays
    from workflows.round_facts import round_of_month

    first = read_month(month)
    with a_council(load_settings(), clock()) as council, council.read() as view:
        chosen = round_of_month(view, first)
        same = replays(view, council, chosen)
    record = (
        f"seed {chosen.seed}, population {chosen.population_hash[:12]} and the changes kept with the round"
    )
    if not same:
        say(f"The pairs are not those that {record} give. Somebody may have changed them in the database.")
        raise typer.Exit(1)
    say(f"The same pairs again, from {record}.")


def read_month(text: str) -> date:
    """The first day of a month written as 2026-05."""
    try:
        return require_our_time(date.fromisoformat(f"{text.strip()}-01"))
    except ValueError:
        raise RuleBroken("Please write the month as year and month, for example 2026-05.") from None


def _ids(view: "View", emails: list[str]) -> list[int]:
    found = []
    for email in emails:
        person = view.people.by_email(email)
        if person is None or person.left_on is not None:
            raise RuleBroken(f"{email} is not on the staff list.")
        found.append(person.id)
    return found


def _print_plan(summary: dict[str, Any], pairs: list[dict[str, str]], seed: int, population: str) -> None:
    from rich.table import Table

    table = Table(title="Proposed pairs", show_lines=False)
    for heading in ("Auditor", "Case", "Team", "Practitioner", "Why"):
        table.add_column(heading, overflow="fold")
    for pair in pairs:
        table.add_row(pair["auditor"], pair["reference"], pair["team"], pair["practitioner"], pair["why"])
    console().print(table)
    mix = Table(title="The sample beside the whole caseload")
    for heading in ("", "", "Caseload", "Sample"):
        mix.add_column(heading)
    for dimension, rows in summary["mix"].items():
        for category, caseload, sample, _ in rows:
            mix.add_row(dimension.replace("_", " "), str(category), f"{caseload:.1%}", f"{sample:.1%}")
    console().print(mix)
    say(
        f"{len(pairs)} pairs for {summary['auditors']} auditors. Practitioners due now: "
        f"{summary['due_now']}, of whom {summary['due_covered']} are covered; "
        f"{summary['forecast_shortfall']} would be missed over the coming year at this pace. "
        f"{summary['conflicts_avoided']} conflicts avoided."
    )
    for line in (*summary["gave_way"], *summary["unplaced"]):
        say(f"- {line}")
    say(f"Seed {seed}, population {population[:12]}.")
