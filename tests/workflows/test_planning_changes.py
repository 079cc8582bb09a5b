"""What the officer changed stays changed in every later proposal of the round, and can be undone."""

from datetime import date
from typing import Any

import pytest

from domain.errors import NotAllowed, RuleBroken, Stale
from storage.rounds import RoundRow
from storage.work import Work
from tests.builders import Staff, a_case, a_returned_audit
from tests.workflows.caseloads import BEFORE, a_caseload, pairs, place_of, proposed
from workflows.council import Council
from workflows.planning import approve_round, bring_back, exclude, replan, require_round, swap_case
from workflows.proposal import replays

MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


@pytest.fixture
def planned(council: Council, people: Staff) -> RoundRow:
    """A proposal for May with eight cases for four auditors."""
    with council.write() as work:
        a_caseload(work, people)
        return proposed(work, council)


class Officer:
    """The QA officer at work on the round as it stands."""

    def __init__(self, work: Work, council: Council, people: Staff, planned: RoundRow) -> None:
        self._work, self._council, self._people, self._id = work, council, people, planned.id

    def swaps(self) -> int:
        """The auditor's next case."""
        place = place_of(self._work, self._id, self._people.auditor)
        swap_case(self._work, self._council, place_id=place.id, **self._seen)
        return pairs(self._work, self._id)[self._people.auditor.id]

    def leaves_out(self, what: str) -> int:
        """What was left out: the auditor, or the case they had."""
        place = place_of(self._work, self._id, self._people.auditor)
        exclude(self._work, self._council, place_id=place.id, what=what, reason="In court.", **self._seen)
        return place.case_id if what == "case" else place.auditor_id

    def brings_back(self, what: str, subject_id: int) -> None:
        bring_back(self._work, self._council, what=what, subject_id=subject_id, **self._seen)

    def plans_again(self, keep: str) -> None:
        replan(self._work, self._council, keep=keep, **self._seen)

    @property
    def _seen(self) -> dict[str, Any]:
        version = require_round(self._work, self._id).version
        return {"by": self._people.qa_officer, "round_id": self._id, "version": version, "now": BEFORE}


def test_a_case_swapped_away_does_not_come_back_to_the_auditor(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    with council.write() as work:
        officer = Officer(work, council, people, planned)
        had = [pairs(work, planned.id)[people.auditor.id]]
        others = {c for a, c in pairs(work, planned.id).items() if a != people.auditor.id}

        had += [officer.swaps() for _ in range(4)]

        assert len(set(had)) == 5
        assert not others & set(had)
        for keep in ("kept", "none", "none", "none"):
            officer.plans_again(keep)
            assert pairs(work, planned.id)[people.auditor.id] not in had[:-1]
        for seed in range(6):
            proposed(work, council, seed=seed)
            assert pairs(work, planned.id)[people.auditor.id] not in had[:-1]


def test_when_there_is_no_other_case_the_auditor_keeps_theirs_and_is_not_left_without(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_caseload(work, people, practitioners=4)
        planned = proposed(work, council)
    with council.read() as view:
        before = view.rounds.places(planned.id)

    with pytest.raises(RuleBroken, match="no other case for this auditor"), council.write() as work:
        Officer(work, council, people, planned).swaps()

    with council.read() as view:
        assert view.rounds.places(planned.id) == before
        assert view.rounds.swaps(planned.id) == ()
        assert require_round(view, planned.id) == planned


@pytest.mark.rule("Q8")
def test_a_case_somebody_declared_a_conflict_with_is_never_proposed_to_them_again(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        case = a_case(work, people)
        for someone in (people.auditor, people.second_auditor, people.service_manager):
            a_returned_audit(work, people, case=case, auditor_id=someone.id, month=MARCH)

        for seed in range(4):
            assert pairs(work, proposed(work, council, seed=seed).id) == {people.cover.id: case.id}


@pytest.mark.rule("Q8", "CA-05")
def test_a_conflict_declared_since_the_proposal_stops_its_approval(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    with council.write() as work:
        case = work.cases.get(place_of(work, planned.id, people.auditor).case_id)
        a_returned_audit(work, people, case=case, month=MARCH)

        with pytest.raises(RuleBroken, match="1 of the pairs no longer hold"):
            approve_round(work, council, by=None, round_id=planned.id, version=planned.version, now=BEFORE)


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize("what", ["case", "auditor", "swap"])
def test_what_was_left_out_stays_out_until_it_is_brought_back(
    council: Council, people: Staff, planned: RoundRow, what: str
) -> None:
    with council.write() as work:
        officer = Officer(work, council, people, planned)
        case_id = pairs(work, planned.id)[people.auditor.id]
        if what == "swap":
            officer.swaps()
            subject = work.rounds.swaps(planned.id)[0].id
        else:
            subject = officer.leaves_out(what)
        for keep in ("kept", "none"):
            officer.plans_again(keep)
            assert pairs(work, planned.id).get(people.auditor.id) != case_id

        before = pairs(work, planned.id)
        officer.brings_back(what, subject)

        assert work.rounds.exclusions(planned.id) == ()
        assert work.rounds.swaps(planned.id) == ()
        assert before.items() <= pairs(work, planned.id).items()
        assert people.auditor.id in pairs(work, planned.id)
        decisions = require_round(work, planned.id).summary["decisions"]
        assert [decisions[name] for name in ("excluded_cases", "excluded_auditors", "rejected")] == [[]] * 3
        last = [r for r in work.trail.rows("day:2026-04-20") if r.subject == f"round {planned.id}"][-1]
        assert (last.verb, last.actor) == (f"brought back a {what} in the round", people.qa_officer.id)


def test_what_was_brought_back_already_is_stale(council: Council, people: Staff, planned: RoundRow) -> None:
    with council.write() as work:
        officer = Officer(work, council, people, planned)
        subject = officer.leaves_out("case")
        officer.brings_back("case", subject)

    for what in ("case", "auditor", "swap"):
        with pytest.raises(Stale), council.write() as work:
            Officer(work, council, people, planned).brings_back(what, subject)


@pytest.mark.rule("SG-05")
def test_only_the_office_brings_back_and_only_while_it_is_a_proposal(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    with council.write() as work:
        subject = Officer(work, council, people, planned).leaves_out("case")
        version = require_round(work, planned.id).version
        asked: dict[str, Any] = {"round_id": planned.id, "what": "case", "subject_id": subject, "now": BEFORE}

        with pytest.raises(NotAllowed):
            bring_back(work, council, by=people.auditor, version=version, **asked)
        approve_round(work, council, by=None, round_id=planned.id, version=version, now=BEFORE)
        with pytest.raises(RuleBroken, match="approved already"):
            bring_back(work, council, by=people.qa_officer, version=version + 1, **asked)


def test_seed_population_and_changes_give_the_same_pairs_again(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    with council.write() as work:
        officer = Officer(work, council, people, planned)
        assert replays(work, council, planned)
        case_id = officer.leaves_out("case")
        changes = (
            officer.swaps,
            officer.swaps,
            lambda: officer.plans_again("kept"),
            officer.swaps,
            lambda: officer.brings_back("case", case_id),
            lambda: officer.leaves_out("auditor"),
            lambda: officer.plans_again("none"),
        )

        for change in changes:
            change()
            assert replays(work, council, require_round(work, planned.id))


def test_without_the_changes_the_pairs_are_not_the_same(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    with council.write() as work:
        Officer(work, council, people, planned).swaps()
        chosen = require_round(work, planned.id)
        without = {name: said for name, said in chosen.summary.items() if name != "decisions"}
        work.rounds.change(chosen.id, chosen.version, {"summary": without})

        assert not replays(work, council, require_round(work, planned.id))


def test_from_other_lists_nothing_can_be_worked_out_again(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    with council.write() as work:
        work.cases.change(work.cases.everything()[0].id, {"gender": "male"})

        with pytest.raises(RuleBroken, match="have changed since this proposal was made"):
            replays(work, council, planned)


@pytest.mark.rule("CA-04")
def test_the_areas_of_the_framework_without_a_single_case_are_named(
    council: Council, planned: RoundRow
) -> None:
    said = [line for line in planned.summary["gave_way"] if line.startswith("The case list holds no case")]

    assert said == [
        f"The case list holds no case of {area}."
        for area in (
            "Brambles",
            "Children with Disabilities",
            "Early Help",
            "Here4U",
            "Referral and Assessment",
        )
    ]


@pytest.mark.rule("Q1", "CA-01")
def test_half_the_pool_audits_in_the_rounds_month_and_the_other_half_in_the_month_after(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_caseload(work, people)
        pool = {people.auditor.id, people.second_auditor.id, people.service_manager.id, people.cover.id}

        may = proposed(work, council, half_pool=True)
        june = proposed(work, council, month=JUNE, half_pool=True)

        first, second = set(pairs(work, may.id)), set(pairs(work, june.id))
        assert first | second == pool
        assert not first & second
        assert (
            f"The other half of the pool, {len(second)} in all, has its turn in the other month."
            in (may.summary["unplaced"])
        )
        with pytest.raises(RuleBroken, match="no round in the council's calendar"):
            proposed(work, council, month=JUNE)


@pytest.mark.rule("Q1")
def test_whether_half_the_pool_audits_can_be_chosen_and_stays_as_chosen(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    with council.write() as work:
        officer = Officer(work, council, people, planned)
        half = set(pairs(work, proposed(work, council, half_pool=True).id))
        proposed(work, council)
        seen = []
        for keep in ("half", "kept", "none", "whole", "none"):
            officer.plans_again(keep)
            seen.append(set(pairs(work, planned.id)))

        assert 0 < len(half) < 4
        assert [len(found) for found in seen] == [len(half)] * 3 + [4, 4]
        assert seen[:3] == [half] * 3
