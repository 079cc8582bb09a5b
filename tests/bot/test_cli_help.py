"""What a newcomer meets first: the version, the help of every command, and the docs that name them."""

from pathlib import Path

import pytest

from bot import __version__
from tests.bot.commands import Terminal
from tests.security.test_command_line import EVERY

ROOT = Path(__file__).parents[2]
GROUPS = sorted({words.split()[1] for words in EVERY})


def doc(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_version_is_told(bare_terminal: Terminal) -> None:
    ran = bare_terminal.runs("--version")

    assert (ran.status, ran.out) == (0, f"Plumbline {__version__}\n")


def test_the_help_lists_every_command_under_a_heading_and_says_where_to_read_on(
    bare_terminal: Terminal,
) -> None:
    told = bare_terminal.runs("--help").out

    assert [name for name in GROUPS if f"│ {name} " not in told] == []
    assert "─ Commands ─" not in told
    assert "docs/running.md" in told
    assert "Usage: plumbline " in told


@pytest.mark.parametrize("name", EVERY)
def test_every_command_and_all_that_it_takes_is_explained(bare_terminal: Terminal, name: str) -> None:
    ran = bare_terminal.runs(*name.split()[1:], "--help")

    rows = [line.strip("│ ") for line in ran.out.splitlines() if line.startswith("│")]
    bare = [row for row in rows if row.startswith(("-", "*")) and not row.endswith((".", "]", "│"))]
    assert ran.status == 0
    assert "." in ran.out.partition("╭")[0]
    assert bare == []


@pytest.mark.parametrize("name", EVERY)
def test_the_docs_show_every_command(name: str) -> None:
    assert any(name in doc(file) for file in ("README.md", "docs/running.md", "docs/importing.md"))


def test_the_readme_names_every_command_and_the_help() -> None:
    table = doc("README.md").split("\n## The commands\n")[1].split("\n## ")[0]

    assert [name for name in GROUPS if f"`{name}`" not in table] == []
    assert "`plumbline --help`" in table


def test_the_help_of_import_names_every_list(bare_terminal: Terminal) -> None:
    first = bare_terminal.runs("import", "--help").out.partition("╭")[0]

    assert [words for words in ("staff list", "case list", "indicators") if words not in first] == []
