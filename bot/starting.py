"""Builds the council from the settings: the one place where everything real is chosen."""

from datetime import datetime
from pathlib import Path

from bot.bank_holidays import england
from bot.settings import Settings
from domain.days import local_day
from domain.framework import Framework
from domain.framework_reading import read
from storage.database import Database
from workflows.council import Council, House

BUNDLED_FRAMEWORK = Path(__file__).resolve().parent.parent / "domain" / "framework.toml"

COURIER_AND_CLOCK = 3
"""Connections beside the turns': two threads of the courier and one of the clock."""


def read_framework(settings: Settings) -> Framework:
    """The council's framework file, or the one that comes with the product. Raises FrameworkInvalid."""
    return read((settings.framework_file or BUNDLED_FRAMEWORK).read_text(encoding="utf-8"))


def open_council(settings: Settings, now: datetime) -> Council:
    """The council these settings describe, its database open."""
    database = Database(
        settings.database_url,
        trail_key=settings.trail_key_bytes,
        pool_size=settings.turn_threads + COURIER_AND_CLOCK,
    )
    house = House(settings.council_name, settings.duty_phone, settings.out_of_hours_phone)
    return Council(database, read_framework(settings), house, england(local_day(now)))
