"""`plumbline draw`: the draws for moderation, and drawing one again from what was kept of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bot.printing import console, say
from bot.typed import LARGEST_ID

if TYPE_CHECKING:
    from workflows.draws import Replay

draw_commands = typer.Typer(help="List the draws for moderation, and draw one again.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")]
_STATES = {"within": "within the limits", "over": "above the most", "passed": "above, and passed"}


@draw_commands.command("list")
def list_draws(as_json: Json = False) -> None:
    """Every draw: its month, from how many audits it was drawn, and how it stands."""
    from rich.table import Table

    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council

    with a_council(load_settings(), clock()) as council, council.read() as view:
        found = view.draws.everything()
    rows = [
        {
            "id": row.id,
            "month": f"{row.month:%Y-%m}",
            "audits": len(row.population),
            "drawn": len(row.selected),
            "state": row.state,
            "seed": row.seed,
            "population": row.population_hash,
        }
        for row in found
    ]
    if as_json:
        _print_json(rows)
        return
    if not rows:
        say("Nothing has been drawn yet.")
        return
    table = Table(title="Draws for moderation")
    for heading in ("Id", "Month", "Audits", "Drawn by lot", "State", "Seed", "Population"):
        table.add_column(heading)
    for one, row in zip(rows, found, strict=True):
        told = (one["id"], one["month"], one["audits"], one["drawn"], _STATES[row.state], one["seed"])
        table.add_row(*map(str, told), row.population_hash[:12])
    console().print(table)


@draw_commands.command("replay")
def replay_draw(
    draw_id: Annotated[
        int,
        typer.Argument(
            metavar="ID", help="As “plumbline draw list” shows it, for example 3.", min=1, max=LARGEST_ID
        ),
    ],
    as_json: Json = False,
) -> None:
    """Draw again from the kept population, seed and limits; status 1 when it comes out otherwise."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows.draws import replay

    with a_council(load_settings(), clock()) as council, council.read() as view:
        found = replay(view, council, draw_id)
    if as_json:
        _print_json(
            {
                "id": found.kept.id,
                "month": f"{found.kept.month:%Y-%m}",
                "population": found.kept.population_hash,
                "population_again": found.again.population_hash,
                "seed": found.kept.seed,
                "rule_version": found.kept.rule_version,
                "framework_version": found.kept.framework_version,
                "limits": [found.kept.least_percent, found.kept.most_percent],
                "chosen": found.again.chosen,
                "drawn": list(found.kept.selected),
                "drawn_again": found.again.top_ups,
                "state": found.kept.state,
                "same": found.same,
            }
        )
    else:
        _print_replay(found)
    if not found.same:
        raise typer.Exit(1)


def _print_replay(found: "Replay") -> None:
    kept, again = found.kept, found.again
    say(f"Draw {kept.id} closes {kept.month:%B %Y}: {again.total} audits, {_STATES[kept.state]}.")
    say(f"Population {kept.population_hash}")
    limits = f"limits {kept.least_percent} to {kept.most_percent} per cent"
    say(f"Seed {kept.seed}, rules {kept.rule_version}, framework {kept.framework_version}, {limits}")
    say(f"Chosen before the lot: {_listed(again.chosen)}")
    say(f"Drawn by lot: {_listed(kept.selected)}")
    if found.same:
        say("Drawn again, it comes out the same.")
        return
    say(f"Drawn again: {_listed(again.top_ups)} from population {again.population_hash}.")
    say("That is not the same. Somebody may have changed it in the database, or its rules were others.")


def _listed(audit_ids: Sequence[int]) -> str:
    return ", ".join(map(str, audit_ids)) or "none"


def _print_json(told: object) -> None:
    import json

    # Past rich, which would fold long lines.
    typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
