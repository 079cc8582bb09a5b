"""Rounds as they are kept: one for each month, its proposal and what was left out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from domain.audits import Returned
from storage.rounds import ExclusionRow, SwapRow
from storage.work import Work
from tests.builders import MONTH, NOW, Staff, a_case, a_returned_audit, a_round, an_allocated_audit
from workflows.council import Council

JUNE = date(2026, 6, 1)


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


def test_a_planned_round_comes_back_as_it_was_added(work: Work) -> None:
    summary = {"places": 40, "mix": [["team", 0.5]], "gave_way": None}
    values = {
        "month": MONTH,
        "seed": 7,
        "population_hash": "ab" * 32,
        "framework_version": "1",
        "summary": summary,
        "planned_at": NOW,
    }

    round_id = work.rounds.add(values)

    found = work.rounds.get(round_id)
    assert found == work.rounds.of_month(MONTH)
    assert found is not None
    assert (found.month, found.state, found.seed, found.population_hash, found.version) == (
        MONTH,
        "planned",
        7,
        "ab" * 32,
        1,
    )
    assert (found.summary, found.planned_at) == (summary, NOW)
    assert (found.approved_by, found.approved_at, found.allocated_at) == (None, None, None)


def test_a_month_has_one_round(work: Work) -> None:
    first = work.rounds.get(a_round(work, state="planned"))

    second = work.rounds.add(_a_round(seed=99))

    assert first is not None
    assert second is None
    assert work.rounds.of_month(MONTH) == first


def test_two_who_propose_a_month_in_the_same_instant_make_one_round(council: Council, people: Staff) -> None:
    def other() -> int | None:
        with council.write() as work:
            return work.rounds.add(_a_round(seed=2))

    with ThreadPoolExecutor(1) as pool:
        with council.write() as work:
            first = work.rounds.add(_a_round(seed=1))
            # Not committed yet, so the other cannot see it.
            second = pool.submit(other)
        assert second.result() is None

    with council.read() as view:
        found = view.rounds.of_month(MONTH)
    assert found is not None
    assert (found.id, found.seed) == (first, 1)


def test_without_rounds_there_is_nothing_to_find(work: Work) -> None:
    assert (work.rounds.get(1), work.rounds.of_month(MONTH), work.rounds.latest()) == (None, None, None)
    assert work.rounds.in_state("planned") == ()
    assert work.rounds.place(1) is None


def test_rounds_of_a_state_come_with_the_earliest_month_first(work: Work) -> None:
    june, may = a_round(work, month=JUNE, state="planned"), a_round(work, state="planned")
    july = a_round(work, month=date(2026, 7, 1), state="approved")

    latest = work.rounds.latest()

    assert [found.id for found in work.rounds.in_state("planned")] == [may, june]
    assert latest is not None
    assert (latest.id, latest.state) == (july, "approved")


def test_a_round_changes_from_the_version_it_was_seen_at_alone(work: Work, people: Staff) -> None:
    round_id = a_round(work, state="planned")
    approved = {"state": "approved", "approved_by": people.qa_officer.id, "approved_at": NOW}

    first = work.rounds.change(round_id, 1, approved)
    second = work.rounds.change(round_id, 1, {"seed": 99})

    found = work.rounds.get(round_id)
    assert (first, second) == (True, False)
    assert found is not None
    assert (found.state, found.approved_by, found.approved_at, found.seed, found.version) == (
        "approved",
        people.qa_officer.id,
        NOW,
        1,
        2,
    )


def test_an_approval_has_both_a_person_and_a_moment(work: Work) -> None:
    round_id = a_round(work, state="planned")

    with pytest.raises(IntegrityError, match="approved_paired"):
        work.rounds.change(round_id, 1, {"approved_at": NOW})


def test_a_new_proposal_takes_the_place_of_the_old_one(work: Work, people: Staff) -> None:
    round_id, other = a_round(work, state="planned"), a_round(work, month=JUNE, state="planned")
    cases = [a_case(work, people, f"CF-{number}").id for number in (1, 2)]
    me, second = people.auditor.id, people.second_auditor.id
    work.rounds.replace_places(round_id, [_place(people, me, cases[0])])
    work.rounds.replace_places(other, [_place(people, me, cases[1])])

    work.rounds.replace_places(
        round_id, [_place(people, second, cases[1], kept=True), _place(people, me, cases[0])]
    )

    places = work.rounds.places(round_id)
    assert [(p.auditor_id, p.case_id, p.practitioner_id, p.reasons, p.kept) for p in places] == [
        (second, cases[1], people.practitioner.id, ("due", "other service"), True),
        (me, cases[0], people.practitioner.id, ("due", "other service"), False),
    ]
    assert work.rounds.place(places[0].id) == places[0]
    assert work.rounds.case_ids_in_use(round_id) == set(cases)
    assert work.rounds.case_ids_in_use(other) == {cases[1]}


def test_a_proposal_can_be_emptied(work: Work, people: Staff) -> None:
    round_id = a_round(work, state="planned")
    work.rounds.replace_places(round_id, [_place(people, people.auditor.id, a_case(work, people).id)])

    work.rounds.replace_places(round_id, [])

    assert work.rounds.places(round_id) == ()


@pytest.mark.parametrize("twice", ["auditor", "case"])
def test_nobody_and_no_case_stands_twice_in_a_proposal(work: Work, people: Staff, twice: str) -> None:
    round_id = a_round(work, state="planned")
    first, second = (a_case(work, people, f"CF-{number}").id for number in (1, 2))
    pair = _place(people, people.auditor.id, first)
    again = (
        _place(people, people.auditor.id, second)
        if twice == "auditor"
        else _place(people, people.second_auditor.id, first)
    )

    with pytest.raises(IntegrityError):
        work.rounds.replace_places(round_id, [pair, again])


def test_what_was_left_out_keeps_its_reason_and_stays_with_its_round(work: Work, people: Staff) -> None:
    round_id, other = a_round(work, state="planned"), a_round(work, month=JUNE, state="planned")
    by, later = people.qa_officer.id, NOW + timedelta(minutes=5)

    work.rounds.exclude(round_id, what="case", subject_id=5, reason="In court.", by=by, now=NOW)
    work.rounds.exclude(round_id, what="auditor", subject_id=5, reason="On a course.", by=by, now=later)
    work.rounds.exclude(other, what="case", subject_id=6, reason="Closing.", by=by, now=NOW)

    assert work.rounds.exclusions(round_id) == (
        ExclusionRow("case", 5, "In court.", by, NOW),
        ExclusionRow("auditor", 5, "On a course.", by, later),
    )


def test_two_who_leave_the_same_out_in_the_same_instant_have_one_effect(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        round_id = a_round(work, state="planned")
    mine, theirs = people.qa_officer.id, people.ad_qa.id

    def other() -> bool:
        with council.write() as work:
            return work.rounds.exclude(
                round_id, what="case", subject_id=5, reason="Closing.", by=theirs, now=NOW
            )

    with ThreadPoolExecutor(1) as pool:
        with council.write() as work:
            first = work.rounds.exclude(
                round_id, what="case", subject_id=5, reason="In court.", by=mine, now=NOW
            )
            second = pool.submit(other)
        assert (first, second.result()) == (True, False)

    with council.read() as view:
        assert view.rounds.exclusions(round_id) == (ExclusionRow("case", 5, "In court.", mine, NOW),)


def test_a_swap_is_remembered_once_and_stays_with_its_round(work: Work, people: Staff) -> None:
    round_id, other = a_round(work, state="planned"), a_round(work, month=JUNE, state="planned")
    first, second = (a_case(work, people, f"CF-{number}").id for number in (1, 2))
    me, by = people.auditor.id, people.qa_officer.id

    done = [
        work.rounds.swap_out(where, auditor_id=me, case_id=case_id, by=by, now=NOW)
        for where, case_id in ((round_id, first), (round_id, first), (round_id, second), (other, first))
    ]

    assert done == [True, False, True, True]
    found = work.rounds.swaps(round_id)
    assert found == (SwapRow(found[0].id, me, first, by, NOW), SwapRow(found[1].id, me, second, by, NOW))


@pytest.mark.parametrize("what", ["case", "auditor", "swap"])
def test_what_is_brought_back_is_gone_and_nothing_else_is(work: Work, people: Staff, what: str) -> None:
    round_id, other = a_round(work, state="planned"), a_round(work, month=JUNE, state="planned")
    by, case_id = people.qa_officer.id, a_case(work, people).id
    for where in (round_id, other):
        for left_out in ("case", "auditor"):
            work.rounds.exclude(where, what=left_out, subject_id=case_id, reason="Why.", by=by, now=NOW)
        work.rounds.swap_out(where, auditor_id=people.auditor.id, case_id=case_id, by=by, now=NOW)
    subject = work.rounds.swaps(round_id)[0].id if what == "swap" else case_id

    done = [work.rounds.bring_back(round_id, what=what, subject_id=subject) for _ in range(2)]

    assert done == [True, False]
    assert [row.what for row in work.rounds.exclusions(round_id)] == [
        left for left in ("case", "auditor") if left != what
    ]
    assert len(work.rounds.swaps(round_id)) == (what != "swap")
    assert (len(work.rounds.exclusions(other)), len(work.rounds.swaps(other))) == (2, 1)


@pytest.mark.rule("Q8")
def test_declared_conflicts_are_found_in_every_round_while_the_case_is_open(
    work: Work, people: Staff
) -> None:
    declared = a_returned_audit(work, people, reference="CF-1")
    earlier = a_returned_audit(work, people, reference="CF-2", month=date(2026, 3, 1))
    closed = a_returned_audit(work, people, reference="CF-3")
    a_returned_audit(work, people, reference="CF-4", because=Returned.AUDITOR_LEFT)
    an_allocated_audit(work, people, reference="CF-5")
    work.cases.close([closed.case_id], NOW.date())

    found = work.rounds.declared_conflicts()

    assert found == {(people.auditor.id, declared.case_id), (people.auditor.id, earlier.case_id)}


def _a_round(seed: int) -> dict[str, Any]:
    return {
        "month": MONTH,
        "seed": seed,
        "population_hash": "",
        "framework_version": "1",
        "summary": {},
        "planned_at": NOW,
    }


def _place(people: Staff, auditor_id: int, case_id: int, *, kept: bool = False) -> dict[str, Any]:
    return {
        "auditor_id": auditor_id,
        "case_id": case_id,
        "practitioner_id": people.practitioner.id,
        "reasons": ["due", "other service"],
        "kept": kept,
    }
