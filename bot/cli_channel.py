"""`plumbline channel`: which channel of Teams is the QA Group's, and how often its digest comes."""

from typing import Annotated

import typer

from bot.printing import console, say
from bot.typed import LARGEST_ID

channel_commands = typer.Typer(
    help="Choose the channel that gets the QA Group's digest.", no_args_is_help=True
)


@channel_commands.command("list")
def list_channels() -> None:
    """The channels Plumbline knows, with their numbers, and which one was chosen."""
    from rich.markup import escape
    from rich.table import Table

    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council

    with a_council(load_settings(), clock()) as council, council.read() as view:
        known, chosen = view.reach.channels(), view.switches.qa_channel()
    if not known:
        say(
            "Plumbline is in no team yet. Add it to the QA Group's team in Teams, and mention it in the "
            "channel with “use this channel”."
        )
        return
    table = Table(title="Channels")
    for heading in ("Number", "Channel", "Digest"):
        table.add_column(heading)
    for channel in known:
        is_chosen = chosen is not None and chosen.channel_id == channel["id"]
        often = "monthly and weekly" if chosen is not None and chosen.weekly else "monthly"
        name = escape(channel["name"] or "without a name")
        table.add_row(str(channel["id"]), name, often if is_chosen else "")
    console().print(table)


@channel_commands.command("use")
def use_channel(
    number: Annotated[
        int, typer.Argument(help="As “plumbline channel list” has it, for example 1.", min=1, max=LARGEST_ID)
    ],
    weekly: Annotated[
        bool | None,
        typer.Option("--weekly/--monthly", help="Also every week while a round is under way, or not."),
    ] = None,
) -> None:
    """Post the QA Group's digest in this channel from now on."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows import qa_channel

    with a_council(load_settings(), clock()) as council, council.write() as work:
        chosen = qa_channel.choose(work, council, by=None, channel_id=number, weekly=weekly, now=clock())
    also = ", and every week while a round is under way" if chosen.weekly else ""
    say(f"The QA Group's digest comes there from now on: once a month{also}.")


@channel_commands.command("off")
def no_channel() -> None:
    """Post no digest any more."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows import qa_channel

    with a_council(load_settings(), clock()) as council, council.write() as work:
        had_one = qa_channel.stop(work, now=clock())
    say("No digest is posted any more." if had_one else "No channel was chosen.")
