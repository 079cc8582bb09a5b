"""What tests of the draw are made of: entries of a population, decided moderations, people of the Panel."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from domain.draw import AuditorClass, Entry
from domain.grades import Grade
from domain.moderation import Moderation, Reason, Verdict
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
