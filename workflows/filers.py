"""Who puts audits and actions on children's files (RO-01, Q22)."""

from datetime import date

from domain.nudges import is_on_leave
from domain.people import QA_OFFICE, Person, Post
from storage.work import View
from workflows.telling import qa_office


def filers(view: View, on: date) -> tuple[Person, ...]:
    """Whose duty it is on this day: whoever holds the post.

    The QA office has it as well while all of them are on leave, and alone while the post is vacant: without
    somebody to confirm the file no audit would ever be closed.
    """
    return _with(view, on, qa_office(view))


def may_file(view: View, on: date) -> frozenset[int]:
    """Ids of those who may confirm on this day; anyone of the QA office where the duty is the office's."""
    return frozenset(person.id for person in _with(view, on, view.people.holding(*QA_OFFICE)))


def _with(view: View, on: date, office: tuple[Person, ...]) -> tuple[Person, ...]:
    holders = view.people.holding(Post.PMPM)
    # Where nobody holds it, nobody is there either.
    there = any(not is_on_leave(person, on) for person in holders)
    found = holders if there else (*holders, *office)
    return tuple({person.id: person for person in found}.values())
