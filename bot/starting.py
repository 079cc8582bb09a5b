"""Builds the council from the settings: the one place where everything real is chosen."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bot.bank_holidays import england
from bot.framework_file import read_framework
from bot.settings import Settings
from domain.days import local_day
from domain.errors import RuleBroken
from storage.addresses import missing_file
from storage.database import Database
from storage.faults import why_not_opened
from storage.migrating import require_current
from storage.server_version import require_new_enough
from workflows.council import Council, House

_LOOK_HERE = (
    "Please check PLUMBLINE_DATABASE_URL, that its server runs, and that its folder may be written to."
)


class DatabaseAway(RuleBroken):
    """The database does not answer."""

    def __init__(self, fault: Exception) -> None:
        known = why_not_opened(fault)
        why = f"{known} It is the one that PLUMBLINE_DATABASE_URL names." if known else _LOOK_HERE
        super().__init__(f"The database could not be opened ({type(fault).__name__}). {why}")


class NoDatabase(RuleBroken):
    """There is no file where the settings name one."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"There is no database at {file}. Please check PLUMBLINE_DATABASE_URL. "
            "Run “plumbline migrate” first if the council is new."
        )


COURIER_AND_CLOCK = 6
"""Connections beside the turns': two of the courier, one each of clock, pace and mail, and one to look."""


def require_file(settings: Settings) -> None:
    """Raise NoDatabase when the file is missing, since opening it would make one of a mistyped name."""
    file = missing_file(settings.database_url)
    if file is not None:
        raise NoDatabase(file)


def open_council(settings: Settings, now: datetime) -> Council:
    """The council these settings describe, its database open."""
    database = Database(
        settings.database_url,
        trail_key=settings.trail_key_bytes,
        pool_size=settings.turn_threads + COURIER_AND_CLOCK,
    )
    house = House(settings.council_name, settings.duty_phone, settings.out_of_hours_phone)
    framework = read_framework(settings.framework_file)
    holidays = england(local_day(now)) | framework.extra_bank_holidays
    any_hour = settings.demo or settings.send_at_any_hour
    return Council(database, framework, house, holidays, at_any_hour=any_hour)


@contextmanager
def a_council(settings: Settings, now: datetime, *, before_migrating: bool = False) -> Iterator[Council]:
    """The council, closed afterwards.

    Raises DatabaseAway or EngineTooOld, and NoDatabase or SchemaBehind unless the caller is about to migrate.
    """
    if not before_migrating:
        require_file(settings)
    council = open_council(settings, now)
    try:
        try:
            council.database.engine.connect().close()
        except Exception as fault:
            # Whatever the engine's driver raises; its text may hold the address with a password.
            raise DatabaseAway(fault) from None
        require_new_enough(council.database)
        if not before_migrating:
            require_current(council.database)
        yield council
    finally:
        council.database.close()
