"""Steps of the draw's tests: auditors who have proved themselves, and audits submitted on a day."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from domain.audits import Audit
from domain.draw import RULE_VERSION, AuditorClass, Entry, draw, frozen
from domain.grades import Grade
from domain.moderation import Moderation, Reason, Verdict
from domain.people import Person, Post
from storage.work import Work
from tests.builders import Staff, a_person, an_accepted_audit
from workflows.council import Council
from workflows.selecting import draw_due, select_submitted

LONG_AGO = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)
"""Before the year and before any draw of these tests."""
MAY = date(2026, 5, 1)
DRAW_DAY = datetime(2026, 6, 2, 7, 0, tzinfo=UTC)
"""Two working days after the end of May."""

_references = count(2001)


def a_submission(
    work: Work, people: Staff, auditor: Person, *, now: datetime, overall: Grade = Grade.GOOD, **given: Any
) -> Audit:
    """A submitted audit without its pages, at which no rule has been asked yet."""
    reference = f"CF-{next(_references)}"
    audit = an_accepted_audit(work, people, reference=reference, auditor_id=auditor.id, now=now, **given)
    work.audits.change(audit, {"state": "submitted", "submitted_at": now, "overall": overall.value})
    found = work.audits.get(audit.id)
    assert found is not None
    return found


def submits(work: Work, council: Council, people: Staff, auditor: Person, **given: Any) -> Audit:
    """A submission, and the rules are asked."""
    audit = a_submission(work, people, auditor, **given)
    select_submitted(work, council, audit, now=given["now"])
    return audit


def is_moderated(
    work: Work,
    people: Staff,
    auditor: Person,
    *,
    verdict: Verdict = Verdict.SATISFACTORY,
    changed: bool = False,
    now: datetime = LONG_AGO,
    audit: Audit | None = None,
) -> None:
    """One of the auditor's audits has been moderated; satisfactory unless told otherwise."""
    audit = audit or a_submission(work, people, auditor, now=now)
    given: dict[str, Any] = {"reasons": (Reason.NEW_AUDITOR,), "due_on": now.date(), "moderator_id": None}
    work.moderations.select(audit_id=audit.id, now=now, **given)
    moderation = chosen(work, audit)
    assert moderation is not None
    values = {
        "verdict": verdict.value,
        "overall": Grade.GOOD.value,
        "grade_changed": changed,
        "decided_at": now,
        "decided_by": people.qa_officer.id,
    }
    assert work.moderations.change(moderation, values)


def a_proficient_auditor(work: Work, people: Staff, name: str) -> Person:
    """An auditor of a team of their own with three satisfactory moderations."""
    team = work.people.team_named(f"Team of {name}", people.other_service.id)
    auditor = a_person(
        work, name, Post.TM, is_auditor=True, team_id=team.id, service_id=people.other_service.id
    )
    for _ in range(3):
        is_moderated(work, people, auditor)
    return auditor


def chosen(work: Work, audit: Audit) -> Moderation | None:
    """The audit's moderation as it stands."""
    return work.moderations.of_audit(audit.id)


def draws(council: Council, now: datetime = DRAW_DAY) -> int:
    """The morning's sweep; for how many months it drew."""
    with council.write() as work:
        return draw_due(work, council, now=now)


def a_draw_above_the_most(work: Work, council: Council, *, month: date, now: datetime) -> int:
    """A draw kept as it would be from two audits that a rule chose, there or not; returns its id."""
    numbers = council.framework.numbers
    entries = [Entry(n, n, AuditorClass.NEW, Grade.GOOD, (Reason.NEW_AUDITOR,), sampled=0) for n in (1, 2)]
    drawn = draw(entries, 1, numbers)
    values = {
        "month": month.replace(day=1),
        "drawn_at": now,
        "seed": 1,
        "rule_version": RULE_VERSION,
        "framework_version": council.framework.version,
        "least_percent": numbers.moderation_least_percent,
        "most_percent": numbers.moderation_most_percent,
        "population": frozen(entries),
        "population_hash": drawn.population_hash,
        "selected": list(drawn.top_ups),
        "state": drawn.state,
    }
    return work.draws.add(values)
