"""A caseload large enough to draw a round from."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from domain.cases import Case
from domain.people import Person, Post
from storage.rounds import PlaceRow, RoundRow
from storage.work import View, Work
from tests.builders import MONTH, NOW, Staff, a_case, a_person
from workflows.council import Council
from workflows.planning import propose_round

BEFORE = datetime(2026, 4, 20, 9, 0, tzinfo=NOW.tzinfo)
"""Eleven days before the round of May."""


def a_caseload(work: Work, people: Staff, *, practitioners: int = 8, **columns: Any) -> list[Case]:
    """One open case for each of these practitioners of the case team; none of them is an auditor."""
    cases = []
    for number in range(practitioners):
        worker = a_person(
            work,
            f"Worker {'abcdefghijklmnop'[number]}",
            Post.PRACTITIONER,
            team_id=people.team.id,
            service_id=people.service.id,
            manager_id=people.line_manager.id,
        )
        kind = ("Child in need", "Child Protection", "Child in Care")[number % 3]
        given = {"practitioner_id": worker.id, "plan_type": kind, **columns}
        cases.append(a_case(work, people, f"CL-{number:03}", **given))
    return cases


def proposed(
    work: Work,
    council: Council,
    *,
    by: Person | None = None,
    month: date = MONTH,
    now: datetime = BEFORE,
    **given: Any,
) -> RoundRow:
    """The proposal of a round, made well before its month."""
    return propose_round(work, council, by=by, month=month, seed=given.pop("seed", 7), now=now, **given)


def pairs(view: View, round_id: int) -> Mapping[int, int]:
    """Auditor to case of a proposal."""
    return {place.auditor_id: place.case_id for place in view.rounds.places(round_id)}


def place_of(view: View, round_id: int, auditor: Person) -> PlaceRow:
    """The pair of this auditor."""
    return next(place for place in view.rounds.places(round_id) if place.auditor_id == auditor.id)
