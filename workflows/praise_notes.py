"""A praise note read again, on its card or for its Word copy (CA-21)."""

from datetime import datetime

from domain.days import local_day
from domain.errors import NotAllowed
from domain.people import Person
from domain.permissions import Standing, Verb, require
from domain.praising import Praised
from storage.praise import PraiseNote
from storage.work import View
from workflows.council import Council

COPY = "praise_copy"
"""The kind of notice that brings a copy to a team manager; its subject is the note."""


def praise_of(view: View, council: Council, *, by: Person, audit_id: int, now: datetime) -> Praised:
    """The praise of an audit's work, for who was praised, who had the copy, and the QA office.

    Raises NotAllowed alike for anyone else's and where nobody was praised.
    """
    found = view.praise.of_audits((audit_id,))
    note = next((one for one in found if one.person_id == by.id), found[0] if found else None)
    require(Verb.READ_PRAISE, by, today=council.today(now), standing=_standing(view, note))
    if note is None:
        raise NotAllowed("I cannot find that note for you. Type “my audits” to see what is yours.")
    names = view.people.many((note.person_id, note.by_id))
    return Praised(
        audit_id=audit_id,
        is_own=note.person_id == by.id,
        to_name=names[note.person_id].name,
        by_name=names[note.by_id].name,
        given_on=local_day(note.at),
        text=note.text,
    )


def _standing(view: View, note: PraiseNote | None) -> Standing:
    if note is None:
        return Standing(None, 0, 0)
    copies = frozenset(one.person_id for one in view.notices.of(COPY, note.id) if one.person_id is not None)
    return Standing(None, 0, 0, owner_id=note.person_id, copy_readers=copies)
