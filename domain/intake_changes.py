"""What a new list changes in what is known, and whether somebody must confirm it first.

A list is the whole truth on its day: whoever is missing has left, a missing case is closed. A list cut
short by mistake would therefore do harm, so many departures at once are never taken without a second look.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Generic, TypeVar

from domain.intake_lists import CaseRow, ClosedCase, KnownStaff, StaffRow

LEAVING_COUNT = 10
LEAVING_PERCENT = 5

RowT = TypeVar("RowT", StaffRow, CaseRow)


@dataclass(frozen=True, slots=True)
class Change(Generic[RowT]):
    """A person or case that stays, with something different."""

    key: str
    """The e-mail address or reference as it is known now, before the change."""
    row: RowT
    fields: tuple[str, ...]
    """Names of the row's fields that differ, in order. "left_on" means a person is back; "closed_on" that a
    case is open again or closed on another day. A case closed just now stands in `left` instead, and of a
    closed case nothing else changes."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A person who left or a case that closed."""

    key: str
    """The e-mail address or reference as it is known."""
    on: date


@dataclass(frozen=True, slots=True)
class Changes(Generic[RowT]):
    """Everything one list does."""

    added: tuple[RowT, ...] = ()
    changed: tuple[Change[RowT], ...] = ()
    left: tuple[Departure, ...] = ()
    """Missing from the list or, for a case, closed by it."""
    rebound: tuple[str, ...] = ()
    """Known e-mail addresses whose directory id the list replaces: another account would get their access."""
    returned: tuple[str, ...] = ()
    """People told by their address alone who had left: their old record and account would be theirs again."""
    passed_on: tuple[str, ...] = ()
    """Known e-mail addresses of people here that the list gives to another name and directory id: somebody
    else, so that the one here has left."""
    unchanged: int = 0
    active_before: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether saving would change nothing."""
        return not (self.added or self.changed or self.left)

    @property
    def needs_confirmation(self) -> bool:
        """Whether a person must look before anything is saved.

        More than ten departures, or more than 5 % of what was active, or somebody's access that would pass on
        or be given back: each alone is enough.
        """
        return (
            len(self.left) > LEAVING_COUNT
            or len(self.left) * 100 > LEAVING_PERCENT * self.active_before
            or bool(self.rebound or self.returned or self.passed_on)
        )


def staff_changes(known: Sequence[KnownStaff], listed: Sequence[StaffRow], today: date) -> Changes[StaffRow]:
    """What this staff list changes; people are told apart by directory id, then by e-mail address.

    A directory id that the list leaves empty stays as it was bound. `today` is when the missing leave.
    """
    pairs = _pair_staff(known, listed)
    renamed = _renamed(known, listed, pairs)
    added: list[StaffRow] = []
    changed: list[Change[StaffRow]] = []
    rebound, returned = [], []
    for row, pair in zip(listed, pairs, strict=True):
        if pair is None:
            added.append(row)
            continue
        before = _as_now_called(pair.row, renamed)
        after = row if row.directory_id else replace(row, directory_id=before.directory_id)
        names = _different(before, after) + (("left_on",) if pair.left_on is not None else ())
        if names:
            changed.append(Change(pair.row.email, after, names))
        if before.directory_id and after.directory_id != before.directory_id:
            rebound.append(pair.row.email)
        if pair.left_on is not None and not _same_account(pair.row, row):
            returned.append(pair.row.email)
    stays = {id(pair) for pair in pairs}
    active = [person for person in known if person.left_on is None]
    new = {row.email.casefold() for row in added}
    return Changes(
        added=tuple(added),
        changed=tuple(changed),
        left=tuple(Departure(p.row.email, today) for p in active if id(p) not in stays),
        rebound=tuple(rebound),
        returned=tuple(returned),
        passed_on=tuple(p.row.email for p in active if id(p) not in stays and p.row.email.casefold() in new),
        unchanged=len(listed) - len(added) - len(changed),
        active_before=len(active),
    )


def case_changes(
    known: Sequence[CaseRow], listed: Sequence[CaseRow | ClosedCase], today: date
) -> Changes[CaseRow]:
    """What this case list changes; cases are told apart by reference, whatever its case.

    A case that the list itself gives as closed counts among `left` with that day; one never known open is
    not taken at all, since nothing would ever ask about it. `today` is when the missing close.
    """
    before_of = {case.reference.casefold(): case for case in known}
    added = []
    changed: list[Change[CaseRow]] = []
    left = []
    for row in listed:
        before = before_of.pop(row.reference.casefold(), None)
        if isinstance(row, ClosedCase):
            if before is not None and before.closed_on is None:
                left.append(Departure(before.reference, row.closed_on))
            elif before is not None and before.closed_on != row.closed_on:
                corrected = replace(before, closed_on=row.closed_on)
                changed.append(Change(before.reference, corrected, ("closed_on",)))
        elif before is None:
            added.append(row)
        elif names := _different(before, row):
            changed.append(Change(before.reference, row, names))
    left += [Departure(case.reference, today) for case in before_of.values() if case.closed_on is None]
    touched = {change.key for change in changed} | {departure.key for departure in left}
    return Changes(
        added=tuple(added),
        changed=tuple(changed),
        left=tuple(left),
        unchanged=sum(case.reference not in touched for case in known if case.closed_on is None),
        active_before=sum(case.closed_on is None for case in known),
    )


def _pair_staff(known: Iterable[KnownStaff], listed: Sequence[StaffRow]) -> list[KnownStaff | None]:
    """Whom each row of the list speaks of, or None for somebody new."""
    # Whoever is still here comes last and so wins an address that a leaver once had.
    everyone = sorted(known, key=lambda person: person.left_on is None)
    by_id = {p.row.directory_id.casefold(): p for p in everyone if p.row.directory_id}
    by_email = {p.row.email.casefold(): p for p in everyone}
    pairs = [by_id.get(row.directory_id.casefold()) if row.directory_id else None for row in listed]
    # Ids first, for everyone: an address that passed from one person to another must not draw the second
    # onto the first one's record.
    taken = {id(pair) for pair in pairs}
    for place, row in enumerate(listed):
        same_address = by_email.get(row.email.casefold())
        if pairs[place] is not None or same_address is None or id(same_address) in taken:
            continue
        if not _somebody_else(same_address, row):
            pairs[place] = same_address
    return pairs


def _somebody_else(known: KnownStaff, row: StaffRow) -> bool:
    """Whether a row with this person's address speaks of another human being.

    An address is given out again, above all a leaver's, and whoever has it now must not come by the record,
    the account and the audits of who had it before. Here a new name alone is a marriage, though.
    """
    if _plain_name(known.row) == _plain_name(row):
        return False
    return known.left_on is not None or bool(row.directory_id and known.row.directory_id)


def _plain_name(row: StaffRow) -> str:
    return " ".join(row.name.split()).casefold()


def _same_account(known: StaffRow, row: StaffRow) -> bool:
    return (
        bool(row.directory_id) and (known.directory_id or "").casefold() == str(row.directory_id).casefold()
    )


def _renamed(
    known: Sequence[KnownStaff], listed: Sequence[StaffRow], pairs: Sequence[KnownStaff | None]
) -> dict[str, str]:
    """Known address to the one its person has now; to one of nobody's when it is another person's now."""
    passed_on = {row.email.casefold() for row in listed}
    stay = {
        pair.row.email.casefold(): row.email
        for row, pair in zip(listed, pairs, strict=True)
        if pair is not None
    }
    gone = {p.row.email.casefold() for p in known} & passed_on - stay.keys()
    return stay | {email: f"~{email}" for email in gone}


def _as_now_called(row: StaffRow, renamed: Mapping[str, str]) -> StaffRow:
    """The known row with manager and cover under their new addresses, so that only real changes show."""

    def now(email: str | None) -> str | None:
        return renamed.get(email.casefold(), email) if email else None

    return replace(row, manager_email=now(row.manager_email), cover_email=now(row.cover_email))


_WITHOUT_CASE = frozenset(
    {"email", "team", "service", "directory_id", "manager_email", "cover_email"}
    | {"reference", "practitioner_email", "supervisor_email", "chair_email"}
)
"""Fields in which another use of capitals is no change."""


def _different(before: RowT, after: RowT) -> tuple[str, ...]:
    names = []
    for field in fields(before):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if field.name in _WITHOUT_CASE:
            old, new = old and old.casefold(), new and new.casefold()
        if old != new:
            names.append(field.name)
    return tuple(names)
