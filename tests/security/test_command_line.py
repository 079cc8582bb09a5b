"""The command line acts for whoever runs the machine, and for nobody else.

Its right is the machine's: whoever may run it may read the database too. So no command takes the name of a
person to act as, and what it does is in the trail without one.
"""

from typing import Any

import pytest
import typer

from bot.cli import app

PERSONAL = {
    "by",
    "as",
    "actor",
    "user",
    "person",
    "on_behalf_of",
    "directory_id",
    "token",
    "secret",
    "password",
}


def commands(group: Any, path: str) -> list[tuple[str, set[str]]]:
    """(whole name, what it takes) of every command below this group."""
    found: list[tuple[str, set[str]]] = []
    for name, command in group.commands.items():
        where = f"{path} {name}"
        if hasattr(command, "commands"):
            found += commands(command, where)
        else:
            found.append((where, {str(taken.name).lower() for taken in command.params}))
    return found


EVERY = dict(commands(typer.main.get_command(app), "plumbline"))


def test_every_command_is_looked_at() -> None:
    assert {"plumbline run", "plumbline round approve", "plumbline trail verify"} <= set(EVERY)


@pytest.mark.parametrize("name", EVERY)
def test_no_command_acts_in_somebodys_name_or_takes_a_secret_where_others_see_it(name: str) -> None:
    """What stands on a command line is shown to everybody on the machine, and kept in its history."""
    assert EVERY[name] & PERSONAL == set()
