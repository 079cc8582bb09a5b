"""Whom somebody supervises and has something to talk of with (CA-19, RO-02)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from domain.people import Person
from storage.supervisions import SupervisionRow
from storage.work import View
from workflows.audit_access import supervisors_of
from workflows.council import Council
from workflows.supervising import answering, open_learning, supervisors


@dataclass(frozen=True, slots=True)
class ToSupervise:
    """Somebody with whom there is something to talk of in supervision."""

    practitioner: Person
    audits: int
    """Whose learning is open."""
    actions: int
    """Not confirmed yet."""
    planned: SupervisionRow | None


def people_to_supervise(
    view: View, council: Council, *, by: Person, now: datetime
) -> tuple[ToSupervise, ...]:
    """Each whom this person supervises and who has learning or actions open; the most learning first."""
    audits: dict[int, int] = {}
    for one, audit in open_learning(view, supervises=by.id):
        if by.id in answering(view, council, supervisors_of(view, audit), one.practitioner_id, now):
            audits[one.practitioner_id] = audits.get(one.practitioner_id, 0) + 1
    owned = Counter(action.owner_id for action in view.actions.unconfirmed(answers=by.id))
    owners = view.people.many(owned)
    mine = {
        i
        for i, owner in owners.items()
        if i in audits or by.id in answering(view, council, supervisors(view, owner), i, now)
    }
    people = view.people.many({*audits, *mine})
    found = [
        ToSupervise(person, audits.get(i, 0), owned[i], view.supervisions.planned(i))
        for i, person in people.items()
    ]
    return tuple(
        sorted(found, key=lambda one: (-one.audits, -one.actions, one.practitioner.name, one.practitioner.id))
    )
