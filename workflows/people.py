"""Who is writing, and where they can be reached.

A person is known by the directory id of the authenticated call. Staff lists often come without it, so the
first contact binds it once, by the e-mail or user name that Teams itself gives for the caller.

Source: section C of the design's "who acts"; SG-05.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum

from domain.errors import NotAllowed
from domain.people import Person
from domain.permissions import Verb, require
from storage.reach import Address
from storage.work import View, Work
from workflows.council import Council
from workflows.telling import tell_qa_office

__all__ = ["Address", "Met", "bind_first_contact", "may_bring_lists", "reached", "recognise", "uninstalled"]


class Met(Enum):
    """Who a caller without access turns out to be."""

    KNOWN = "known"
    """Someone on the staff list, bound by now at the latest."""
    LEFT = "left"
    STRANGER = "stranger"
    """The QA office has been told."""


def recognise(view: View, council: Council, directory_id: str, now: datetime) -> Person | None:
    """The person bound to this directory id, leavers left out: they lost access the day they left."""
    person = view.people.by_directory_id(directory_id) if directory_id else None
    if person is None or (person.left_on is not None and person.left_on <= council.today(now)):
        return None
    return person


def may_bring_lists(view: View, council: Council, directory_id: str, now: datetime) -> bool | None:
    """Whether this caller may bring in lists of any kind; None for someone who is not bound yet."""
    person = view.people.by_directory_id(directory_id) if directory_id else None
    if person is None:
        return None
    try:
        require(Verb.BRING_NUMBERS, person, today=council.today(now))
    except NotAllowed:
        return False
    return True


def bind_first_contact(
    work: Work,
    council: Council,
    *,
    directory_id: str,
    tenant_id: str,
    addresses: Iterable[str],
    now: datetime,
) -> Met:
    """Bind the caller to the one person without a directory id who has one of these addresses.

    `addresses` come from Teams' member call, never from what was typed. When nobody or several match, the
    caller stays a stranger and the QA office is told, once for each stranger. So it is with a leaver's
    address, which may be somebody else's by now; a leaver's account stays locked out.
    """
    today = council.today(now)
    known = work.people.by_directory_id(directory_id)
    if known is not None:
        # Either bound a moment ago by another turn, or a leaver.
        return Met.KNOWN if recognise(work, council, directory_id, now) else _left(work, known, now)
    found = work.people.unbound_by_email(addresses)
    matches = [p for p in found if p.left_on is None or p.left_on > today]
    if len(matches) == 1 and work.people.bind(matches[0].id, directory_id):
        person = matches[0]
        work.trail.add(
            now=now,
            actor=person.id,
            verb="bound to a directory id",
            subject=f"person {person.id}",
            fields={"directory_id": directory_id, "tenant_id": tenant_id},
        )
        return Met.KNOWN
    number, first = work.reach.stranger(directory_id, tenant_id, now)
    if first:
        work.trail.add(now=now, actor=None, verb="wrote without being known", subject=f"stranger {number}")
        tell_qa_office(work, kind="stranger", subject_id=number, now=now)
    return Met.STRANGER


def _left(work: Work, person: Person, now: datetime) -> Met:
    work.trail.add(now=now, actor=person.id, verb="wrote after leaving", subject=f"person {person.id}")
    return Met.LEFT


def reached(work: Work, *, person: Person, address: Address, now: datetime) -> None:
    """The person wrote or installed: keep where, and queue again what could not be delivered."""
    if work.reach.keep(person.id, address, now):
        work.notices.revive_unreachable(person.id, now)


def uninstalled(work: Work, *, directory_id: str, now: datetime) -> None:
    """The person removed the app; nothing can be sent until it is back."""
    person = work.people.by_directory_id(directory_id)
    if person is not None:
        work.reach.set_state(person.id, "uninstalled", now)
