"""The browser tests run when they are asked for (`make e2e`), since they need Node and a browser."""

from pathlib import Path

import pytest

ARTEFACTS = Path("artefacts/e2e")
MEASURED: list[str] = []
"""Lines to print at the end of the run."""


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    # Not collected at all otherwise: the browser's library is not to be imported in every run.
    return None if config.option.markexpr == "e2e" else True


@pytest.fixture
def artefacts() -> Path:
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    return ARTEFACTS


@pytest.fixture
def measured() -> list[str]:
    """Lines that the run prints at its end."""
    return MEASURED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in MEASURED:
        terminalreporter.write_line(line)
