"""What tests of the draw are made of: entries of a population, decided moderations, people of the Panel."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from domain.draw import AuditorClass, Entry
from domain.grades import Grade
from domain.moderation import Moderation, Reason, Verdict
from domain.panel_load import Counted, Turns
from domain.people import Person, Post

AT = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)


def an_entry(audit_id: int, **given: Any) -> Entry:
    """A proficient auditor's audit, graded Good, that nothing has chosen; each has an auditor of its own."""
    plain = Entry(audit_id, 100 + audit_id, AuditorClass.PROFICIENT, Grade.GOOD, (), 0)
    return replace(plain, **given)


def chosen_entry(audit_id: int, **given: Any) -> Entry:
    """An audit chosen at its submission."""
    return an_entry(audit_id, **{"grade": Grade.INADEQUATE, "reasons": (Reason.INADEQUATE,), **given})


def decided(**given: Any) -> Moderation:
    """A satisfactory moderation that left every grade as it was."""
    plain: dict[str, Any] = dict.fromkeys(Moderation.__dataclass_fields__)
    plain |= {
        "id": 1,
        "audit_id": 1,
        "reasons": (Reason.NEW_AUDITOR,),
        "selected_at": AT,
        "due_on": date(2026, 6, 3),
        "body": {},
        "verdict": Verdict.SATISFACTORY,
        "overall": Grade.GOOD,
        "grade_changed": False,
        "decided_at": AT,
        "decided_by": 1,
        "version": 1,
    }
    return Moderation(**{**plain, **given})


def a_member(person_id: int, *posts: Post, **given: Any) -> Person:
    """Somebody of the Panel; a practice consultant unless other posts are given."""
    return Person(person_id, f"Member {person_id}", "", frozenset(posts or {Post.PC}), **given)


class Chosen(NamedTuple):
    """One moderation: whose it is, when it was chosen, and whether it is not decided yet."""

    person_id: int
    at: datetime
    is_open: bool = False


def turns_of(
    chosen: Iterable[Chosen], members: Collection[int], *, lately: datetime, earlier: datetime
) -> Turns:
    """These moderations as they are counted, each looked at by itself."""
    known = sorted(chosen, key=lambda one: one.at)
    settled = {one.person_id for one in known if earlier <= one.at < lately}
    recent = [one.person_id for one in known if one.at >= lately]
    firsts = [recent.index(i) for i in members if i in recent and i not in settled]
    people = {one.person_id for one in known if one.at >= earlier or one.is_open}
    counted = tuple(
        Counted(i, sum(one.person_id == i and one.is_open for one in known), recent.count(i), i in settled)
        for i in sorted(people)
    )
    return Turns(counted, tuple(recent[: max(firsts) + 1] if firsts else ()))
