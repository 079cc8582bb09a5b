"""The rows of a staff or case list, and what is already known in the same shape.

Everything goes by the names people use (e-mail address, team name, case reference), so that a list can be
compared with what is stored before anything has a number.
"""

from dataclasses import dataclass
from datetime import date

from domain.intake import Remark
from domain.intake_values import FULL_WEEK
from domain.people import Leave, Post


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A person as the list gives them, told apart by e-mail address. Other people are addresses too."""

    name: str
    email: str
    """In lower case."""
    posts: frozenset[Post]
    directory_id: str | None = None
    team: str | None = None
    service: str | None = None
    manager_email: str | None = None
    is_auditor: bool = False
    working_days: frozenset[int] = FULL_WEEK
    """Days of the week worked, Monday 0."""
    leave: tuple[Leave, ...] = ()
    cover_email: str | None = None


@dataclass(frozen=True, slots=True)
class StaffList:
    """A staff list without a fault."""

    rows: tuple[StaffRow, ...]
    ignored: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as the list gives it, told apart by reference. People are e-mail addresses in lower case.

    There is no place for a date of birth: it became an age band when the row was read (SG-01).
    """

    reference: str
    team: str
    practitioner_email: str
    plan_type: str
    gender: str
    age_band: str
    ethnicity: str
    opened_on: date
    supervisor_email: str | None = None
    chair_email: str | None = None
    """The conference chair or independent reviewing officer."""
    opening_contact_on: date | None = None
    closed_on: date | None = None
    """Of a case that is known. One that a list gives as closed is a `ClosedCase`."""


@dataclass(frozen=True, slots=True)
class ClosedCase:
    """A case that the list gives as closed. Who held it then and where no longer matters."""

    reference: str
    closed_on: date


@dataclass(frozen=True, slots=True)
class CaseList:
    """A case list without a fault."""

    rows: tuple[CaseRow | ClosedCase, ...]
    ignored: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownStaff:
    """A person as stored."""

    row: StaffRow
    left_on: date | None = None
