"""Who is writing, and where they can be reached.

A person is known by the directory id of the authenticated call. Staff lists often come without it, so the
first contact binds it once, by the e-mail or user name that Teams itself gives for the caller.

Source: section C of the design's "who acts"; SG-05.
"""

from collections.abc import Iterable
from datetime import datetime

from domain.people import Person
from storage.reach import Address
from storage.work import View, Work
from workflows.council import Council
from workflows.telling import tell_qa_office

__all__ = ["Address", "bind_first_contact", "reached", "recognise", "uninstalled"]


def recognise(view: View, council: Council, directory_id: str, now: datetime) -> Person | None:
    """The person bound to this directory id, leavers left out: they lost access the day they left."""
    person = view.people.by_directory_id(directory_id) if directory_id else None
    if person is None or (person.left_on is not None and person.left_on <= council.today(now)):
        return None
    return person


def bind_first_contact(
    work: Work,
    council: Council,
    *,
    directory_id: str,
    tenant_id: str,
    addresses: Iterable[str],
    now: datetime,
) -> Person | None:
    """Bind the caller to the one person without a directory id who has one of these addresses.

    `addresses` come from Teams' member call, never from what was typed. When nobody or several match, the
    caller stays a stranger and the QA office is told, once for each stranger.
    """
    known = work.people.by_directory_id(directory_id)
    if known is not None:
        # Bound a moment ago by another turn, or a leaver; either way there is nothing to bind.
        return recognise(work, council, directory_id, now)
    today = council.today(now)
    matches = [p for p in work.people.unbound_by_email(addresses) if p.left_on is None or p.left_on > today]
    if len(matches) == 1 and work.people.bind(matches[0].id, directory_id):
        person = matches[0]
        work.trail.add(
            now=now,
            actor=person.id,
            verb="bound to a directory id",
            subject=f"person {person.id}",
            fields={"directory_id": directory_id, "tenant_id": tenant_id},
        )
        return work.people.get(person.id)
    number, first = work.reach.stranger(directory_id, tenant_id, now)
    if first:
        work.trail.add(now=now, actor=None, verb="wrote without being known", subject=f"stranger {number}")
        tell_qa_office(work, kind="stranger", subject_id=number, now=now)
    return None


def reached(work: Work, *, person: Person, address: Address, now: datetime) -> None:
    """The person wrote or installed: keep where, and queue again what could not be delivered."""
    if work.reach.keep(person.id, address, now):
        work.notices.revive_unreachable(person.id, now)


def uninstalled(work: Work, *, directory_id: str, now: datetime) -> None:
    """The person removed the app; nothing can be sent until it is back."""
    person = work.people.by_directory_id(directory_id)
    if person is not None:
        work.reach.set_state(person.id, "uninstalled", now)
