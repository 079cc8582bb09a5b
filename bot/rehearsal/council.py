"""The council that is rehearsed: a copy of the real one, or one made of two lists; neither is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bot.bank_holidays import england
from bot.framework_file import read_framework
from bot.rehearsal.conditions import Conditions
from bot.settings import Settings
from bot.starting import require_file
from domain.days import local_midnight
from domain.errors import RuleBroken
from domain.framework import Framework
from storage.copying import copied_to_memory, empty_in_memory, make_ready
from storage.database import Database
from workflows.council import Council, House
from workflows.importing import take_list

_LISTED_BEFORE = timedelta(hours=12)
_NOBODY = House("the council", "the duty team's number", "the out-of-hours number")


class ListRefused(RuleBroken):
    """A list could not be taken in, so there is no council to rehearse."""

    def __init__(self, kind: str, said: str) -> None:
        super().__init__(f"The {kind} list cannot be rehearsed with:\n{said}")


@contextmanager
def a_council_of_lists(
    conditions: Conditions, staff: Path, cases: Path, *, framework_file: Path | None = None
) -> Iterator[Council]:
    """A council that has taken in these two lists and done nothing yet. Raises ListRefused."""
    framework = read_framework(framework_file)
    with empty_in_memory() as database:
        council = _council(database, framework, _NOBODY, conditions)
        for kind, path in (("staff", staff), ("cases", cases)):
            outcome = take_list(
                council,
                kind=kind,
                filename=path.name,
                content=path.read_bytes(),
                by=None,
                now=local_midnight(conditions.from_on) - _LISTED_BEFORE,
            )
            if not outcome.saved:
                raise ListRefused(kind, outcome.summary)
        make_ready(database, at=local_midnight(conditions.from_on))
        yield council


@contextmanager
def a_copy_of_the_council(conditions: Conditions, settings: Settings) -> Iterator[tuple[Council, bool]]:
    """The council of these settings as it stands, and whether its audits so far were kept.

    Raises NoDatabase, SchemaBehind or CopyRefused.
    """
    require_file(settings)
    framework = read_framework(settings.framework_file)
    house = House(settings.council_name, settings.duty_phone, settings.out_of_hours_phone)
    with copied_to_memory(settings.database_url) as database:
        kept = make_ready(database, at=local_midnight(conditions.from_on))
        council = _council(database, framework, house, conditions)
        with council.read() as view:
            if not view.people.everyone():
                raise RuleBroken(
                    "There is nobody on the staff list yet. Please bring in both lists first, or name them "
                    "with --staff and --cases."
                )
        yield council, kept


def _council(database: Database, framework: Framework, house: House, conditions: Conditions) -> Council:
    holidays = england(conditions.from_on) | framework.extra_bank_holidays
    return Council(database, framework, house, holidays)
