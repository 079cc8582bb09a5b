"""The council that a process serves: its database, its framework and the few facts every verb needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from domain.days import local_day
from domain.framework import Framework
from storage.database import Busy, Database
from storage.work import View, Work

__all__ = ["Busy", "Council", "House", "View", "Work"]


@dataclass(frozen=True, slots=True)
class House:
    """What the council says of itself in its settings."""

    name: str
    duty_phone: str
    """The duty team's number in office hours; shown with every safety alert (Q16)."""
    out_of_hours_phone: str


@dataclass(frozen=True, slots=True, eq=False)
class Council:
    """Everything a workflow is given beside the person, the moment and the request."""

    database: Database
    framework: Framework
    house: House
    bank_holidays: frozenset[date]
    at_any_hour: bool = False
    """Whether nothing waits for anybody's working hours: so that whoever tries out a make-believe council in
    the evening sees its cards. Nobody real is to be told at night."""

    @contextmanager
    def read(self) -> Iterator[View]:
        """A transaction that changes nothing."""
        with self.database.read() as view:
            yield view

    @contextmanager
    def write(self) -> Iterator[Work]:
        """A transaction kept as a whole or not at all."""
        with self.database.write() as work:
            yield work

    def today(self, now: datetime) -> date:
        """The day it is at this moment in England."""
        return local_day(now)
