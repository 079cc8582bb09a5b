"""Runs `plumbline` as a person would, in a folder and with settings of the test's own."""

import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.databases import TRAIL_KEY


@dataclass(frozen=True)
class Ran:
    """What became of a command."""

    status: int
    out: str
    err: str


@dataclass
class Terminal:
    """A shell with the council's settings in its environment."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def set(self, **settings: str) -> None:
        """Set PLUMBLINE_ variables."""
        for name, value in settings.items():
            self.monkeypatch.setenv(f"PLUMBLINE_{name}", value)

    def runs(self, *words: object) -> Ran:
        """Type a command."""
        from bot.cli import main

        self.monkeypatch.setattr(sys, "argv", ["plumbline", *map(str, words)])
        status = 0
        root = logging.getLogger()
        handlers, level = root.handlers, root.level
        try:
            main()
        except SystemExit as ended:
            status = int(ended.code or 0)
        finally:
            # A command that serves sets up its own, onto a terminal that ends with the test.
            root.handlers, root.level = handlers, level
        caught = self.capsys.readouterr()
        return Ran(status, caught.out, caught.err)


@pytest.fixture
def bare_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    """An empty folder and no settings at all."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in list(os.environ):
        if name.startswith("PLUMBLINE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "200")
    return Terminal(folder, monkeypatch, capsys)


@pytest.fixture
def terminal(bare_terminal: Terminal, sqlite_url: str) -> Terminal:
    """A council whose database is migrated and empty."""
    bare_terminal.set(
        DATABASE_URL=sqlite_url,
        TRAIL_KEY=TRAIL_KEY.decode(),
        DUTY_PHONE="01632 960001",
        OUT_OF_HOURS_PHONE="01632 960002",
        APP_ID="11111111-aaaa-bbbb-cccc-000000000001",
        TENANT_IDS="22222222-aaaa-bbbb-cccc-000000000002",
        CREDENTIAL="secret",
        CLIENT_SECRET="a secret for tests",
        MAIL="folder",
    )
    return bare_terminal
