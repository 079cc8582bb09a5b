"""`plumbline doctor`: is everything in place, and if not, what to do. Each finding is one line.

Nothing is changed by looking. The lines name hosts, counts and codes; people are named only when asked for.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.settings import NO_FILE, RIGHT_FOLDER, Settings, SettingsInvalid, load_settings, unread_names


class Standing(StrEnum):
    """How a finding stands."""

    OK = "ok"
    WARN = "warn"
    """Works, but somebody should know."""
    FAIL = "fail"
    """Does not work until something is done."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    standing: Standing
    says: str
    do: str = ""
    """What to do about it; empty when it is in order."""
    names: tuple[str, ...] = ()
    """People it is about, shown on request alone."""


def ok(name: str, says: str, *, names: tuple[str, ...] = ()) -> Finding:
    """In order."""
    return Finding(name, Standing.OK, says, names=names)


def warn(name: str, says: str, do: str, *, names: tuple[str, ...] = ()) -> Finding:
    """Works, but somebody should know."""
    return Finding(name, Standing.WARN, says, do, names)


def fail(name: str, says: str, do: str) -> Finding:
    """Does not work."""
    return Finding(name, Standing.FAIL, says, do)


def examine(now: datetime) -> tuple[Finding, ...]:
    """Everything, in the order in which it is worth mending."""
    try:
        settings = load_settings()
    except SettingsInvalid as invalid:
        do = "Please mend this in .env or the environment; .env.example explains each setting."
        wrong = (fail("settings", problem, do) for problem in invalid.problems)
        nowhere = (warn("settings", NO_FILE, RIGHT_FOLDER),) if invalid.no_file else ()
        return (*nowhere, *wrong, *_unread())
    return examine_with(settings, now)


def examine_with(settings: Settings, now: datetime) -> tuple[Finding, ...]:
    """Everything but the settings themselves, which are in order."""
    from bot.doctor_network import examine_network
    from bot.doctor_records import examine_records

    outside = asyncio.run(examine_network(settings, now))
    return (_settings(settings), *_unread(), *examine_records(settings, now), *outside)


def as_json(findings: Iterable[Finding], *, with_names: bool) -> dict[str, Any]:
    """Findings for other programs."""
    told = []
    for finding in findings:
        row = asdict(finding)
        if not with_names:
            del row["names"]
        told.append(row)
    return {"ok": all(row["standing"] is not Standing.FAIL for row in told), "findings": told}


def _unread() -> tuple[Finding, ...]:
    """A misspelt setting is passed over without a word when the bot starts, and its default holds."""
    names = unread_names()
    if not names:
        return ()
    says = f"No setting is called {' or '.join(names)}, so that is not read."
    return (warn("settings", says, "Please see whether it is misspelt; .env.example has every name."),)


def _settings(settings: Settings) -> Finding:
    place = ".env and the environment" if Path(".env").is_file() else "the environment"
    if settings.demo:
        return warn(
            "settings", f"Complete, from {place}: the demo, without sign-in.", "Never for real people."
        )
    return ok("settings", f"Complete, from {place}.")
