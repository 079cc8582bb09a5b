"""`plumbline manifest`: the package that installs the bot in Teams."""

from pathlib import Path
from typing import Annotated

import typer

from bot.printing import say

manifest_commands = typer.Typer(help="Make the package that puts Plumbline into Teams.", no_args_is_help=True)


@manifest_commands.command("build")
def build_package(
    app_id: Annotated[
        str,
        typer.Option(help="The application (client) id of the bot's registration, as in PLUMBLINE_APP_ID."),
    ],
    host_name: Annotated[
        str, typer.Option(help="The public name the bot answers under, for example plumbline.example.org.")
    ],
    developer_name: Annotated[
        str, typer.Option(help="Who runs it: the council's name, up to 32 characters.")
    ],
    website_url: Annotated[str, typer.Option(help="A page about it, with https://.")],
    privacy_url: Annotated[str, typer.Option(help="The privacy notice, with https://.")],
    terms_of_use_url: Annotated[str, typer.Option(help="The terms of use, with https://.")],
    version: Annotated[
        str,
        typer.Option(
            help="The package's own version: raise it whenever the package changes, for example to 1.1.0."
        ),
    ] = "1.0.0",
    out: Annotated[Path, typer.Option(help="Where to write the package.")] = Path("build/plumbline.zip"),
) -> None:
    """Write the package to upload in the Teams admin centre."""
    from bot.manifest_package import build

    package = build(
        app_id,
        host_name=host_name,
        developer_name=developer_name,
        website_url=website_url,
        privacy_url=privacy_url,
        terms_of_use_url=terms_of_use_url,
        version=version,
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(package)
    say(f"{out} is ready to upload in the Teams admin centre.")
