from datetime import date, timedelta

import pytest

from domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from domain.people import Post
from storage.rounds import RoundRow
from tests.builders import MONTH, NOW, Staff, a_person, a_submitted_audit, an_allocated_audit
from tests.workflows.caseloads import BEFORE, a_caseload, pairs, place_of, proposed
from workflows.council import Council, View
from workflows.planning import approve_round, exclude, propose_round, replan, require_round, swap_case
from workflows.population import freeze
from workflows.proposal import replays
from workflows.sharing import TextWanted


@pytest.fixture
def planned(council: Council, people: Staff) -> RoundRow:
    """A proposal for May with eight cases for four auditors."""
    with council.write() as work:
        a_caseload(work, people)
        return proposed(work, council)


def current(view: View, chosen: RoundRow) -> RoundRow:
    return require_round(view, chosen.id)


@pytest.mark.rule("CA-01", "CA-02", "Q1", "Q10")
def test_each_auditor_of_the_pool_gets_one_case_and_nobody_else_does(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    pool = {people.auditor.id, people.second_auditor.id, people.service_manager.id, people.cover.id}

    with council.read() as view:
        places = view.rounds.places(planned.id)

    assert {place.auditor_id for place in places} == pool
    assert len(places) == len(pool)
    assert len({place.practitioner_id for place in places}) == len(pool)


@pytest.mark.rule("Q10")
def test_a_director_audits_only_after_opting_in(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_caseload(work, people)
        dcs = a_person(work, "Dana Chief", Post.DCS, is_auditor=True)

        without = pairs(work, proposed(work, council).id)
        opted_in = proposed(work, council, opted_in=[people.ad_qa.id])

        assert people.ad_qa.id not in without
        assert people.ad_qa.id in pairs(work, opted_in.id)
        assert dcs.id not in pairs(work, opted_in.id)


@pytest.mark.rule("Q8", "CA-02")
def test_nobody_is_proposed_for_what_their_own_team_holds(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_caseload(work, people, team_id=people.other_team.id)

        chosen = proposed(work, council)

        assert set(pairs(work, chosen.id)) == {people.service_manager.id, people.cover.id}
        assert chosen.summary["unplaced"]


@pytest.mark.rule("CA-04", "CA-03", "PR-06")
def test_the_proposal_says_its_mix_who_is_due_and_why_each_pair(council: Council, planned: RoundRow) -> None:
    summary = planned.summary

    assert set(summary["mix"]) == {"team", "plan_type", "gender", "age_band", "ethnicity"}
    assert sum(row[3] for row in summary["mix"]["plan_type"]) == 4
    assert (summary["due"], summary["due_covered"], summary["auditors"]) == (8, 4, 4)
    assert summary["forecast_shortfall"] >= 0
    with council.read() as view:
        assert all(place.reasons for place in view.rounds.places(planned.id))


def test_the_same_seed_and_lists_give_the_same_proposal(council: Council, planned: RoundRow) -> None:
    with council.write() as work:
        before = pairs(work, planned.id)

        again = proposed(work, council)

        assert pairs(work, again.id) == before
        assert again.population_hash == planned.population_hash
        assert again.seed == planned.seed


def test_another_list_has_another_hash(council: Council, people: Staff, planned: RoundRow) -> None:
    with council.write() as work:
        case = work.cases.everything()[0]
        work.cases.change(case.id, {"gender": "male"})

        assert proposed(work, council).population_hash != planned.population_hash


@pytest.mark.rule("CA-01", "Q1")
@pytest.mark.parametrize(
    ("month", "has_round"), [(4, False), (5, True), (6, False), (7, True), (12, False), (1, True)]
)
def test_a_round_belongs_to_a_round_month(
    council: Council, people: Staff, month: int, has_round: bool
) -> None:
    with council.write() as work:
        a_caseload(work, people)
        if has_round:
            assert proposed(work, council, month=date(2026, month, 1)).state == "planned"
            return

        with pytest.raises(RuleBroken, match="no round in the council's calendar"):
            proposed(work, council, month=date(2026, month, 1))

        meant = proposed(work, council, month=date(2026, month, 1), outside_the_calendar=True)
        assert meant.state == "planned"


@pytest.mark.rule("CA-05")
def test_nothing_is_sent_before_approval(council: Council, people: Staff, planned: RoundRow) -> None:
    officer = people.qa_officer
    with council.write() as work:
        place = place_of(work, planned.id, people.auditor)
        swap_case(
            work,
            council,
            by=officer,
            round_id=planned.id,
            version=planned.version,
            place_id=place.id,
            now=BEFORE,
        )
        replan(
            work,
            council,
            by=officer,
            round_id=planned.id,
            version=current(work, planned).version,
            keep="none",
            now=BEFORE,
        )

        assert work.audits.of_round(planned.id) == ()
        assert work.notices.counts() == {"queued": 1}
        assert [n.person_id for n in work.notices.of("round_proposed", planned.id)] == [officer.id]


def test_who_proposes_is_not_told_of_it(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_caseload(work, people)
        other = a_person(work, "Quincy Officer", Post.QAO)

        chosen = proposed(work, council, by=people.qa_officer)

        assert [n.person_id for n in work.notices.of("round_proposed", chosen.id)] == [other.id]


def test_a_swap_gives_this_auditor_another_case_and_leaves_the_rest(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    with council.write() as work:
        before = pairs(work, planned.id)
        place = place_of(work, planned.id, people.auditor)

        swap_case(
            work,
            council,
            by=people.qa_officer,
            round_id=planned.id,
            version=planned.version,
            place_id=place.id,
            now=BEFORE,
        )

        after = pairs(work, planned.id)
        assert after[people.auditor.id] != before[people.auditor.id]
        assert {a: c for a, c in after.items() if a != people.auditor.id} == {
            a: c for a, c in before.items() if a != people.auditor.id
        }
        assert [p.auditor_id for p in work.rounds.places(planned.id) if p.kept] == [people.auditor.id]


@pytest.mark.parametrize("what", ["case", "auditor"])
def test_what_is_excluded_stays_out_with_its_reason(
    council: Council, people: Staff, planned: RoundRow, what: str
) -> None:
    with council.write() as work:
        before = pairs(work, planned.id)
        place = place_of(work, planned.id, people.auditor)
        exclude(
            work,
            council,
            by=people.qa_officer,
            round_id=planned.id,
            version=planned.version,
            place_id=place.id,
            what=what,
            reason="  In court this month. ",
            now=BEFORE,
        )
        after = pairs(work, planned.id)
        replan(
            work,
            council,
            by=people.qa_officer,
            round_id=planned.id,
            version=current(work, planned).version,
            keep="none",
            now=BEFORE,
        )
        proposed(work, council)
        later = pairs(work, planned.id)

        (kept,) = work.rounds.exclusions(planned.id)

    assert (kept.what, kept.reason, kept.by_id) == (what, "In court this month.", people.qa_officer.id)
    for found in (after, later):
        if what == "case":
            assert place.case_id not in found.values()
            assert people.auditor.id in found
        else:
            assert people.auditor.id not in found
    assert {a: c for a, c in after.items() if a != people.auditor.id} == {
        a: c for a, c in before.items() if a != people.auditor.id
    }


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize(
    ("what", "reason", "error"),
    [
        ("case", " ", "Please say why"),
        ("auditor", "x" * 501, "within 500 characters"),
        ("team", "Why not.", "a case or an auditor"),
    ],
)
def test_an_exclusion_needs_its_reason(
    council: Council, people: Staff, planned: RoundRow, what: str, reason: str, error: str
) -> None:
    with council.read() as view:
        place = place_of(view, planned.id, people.auditor)

    with pytest.raises(RuleBroken, match=error), council.write() as work:
        exclude(
            work,
            council,
            by=people.qa_officer,
            round_id=planned.id,
            version=planned.version,
            place_id=place.id,
            what=what,
            reason=reason,
            now=BEFORE,
        )

    with council.read() as view:
        assert view.rounds.exclusions(planned.id) == ()
        assert current(view, planned).version == planned.version


def test_the_reason_is_asked_for_beside_its_field() -> None:
    assert issubclass(TextWanted, RuleBroken)
    assert TextWanted("exclude_reason", "why").field == "exclude_reason"


def test_planning_again_keeps_what_the_officer_changed_unless_told_not_to(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    with council.write() as work:
        place = place_of(work, planned.id, people.auditor)
        swap_case(
            work,
            council,
            by=people.qa_officer,
            round_id=planned.id,
            version=planned.version,
            place_id=place.id,
            now=BEFORE,
        )
        chosen_case = pairs(work, planned.id)[people.auditor.id]
        for keep in ("kept", "kept", "kept"):
            replan(
                work,
                council,
                by=people.qa_officer,
                round_id=planned.id,
                version=current(work, planned).version,
                keep=keep,
                now=BEFORE,
            )
            assert pairs(work, planned.id)[people.auditor.id] == chosen_case
        replan(
            work,
            council,
            by=people.qa_officer,
            round_id=planned.id,
            version=current(work, planned).version,
            keep="none",
            now=BEFORE,
        )

        assert not any(p.kept for p in work.rounds.places(planned.id))
        assert current(work, planned).seed == planned.seed + 4


def test_a_pair_that_no_longer_holds_gives_way_when_planning_again(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    with council.write() as work:
        gone = place_of(work, planned.id, people.auditor)
        work.cases.close([gone.case_id], BEFORE.date())
        other = place_of(work, planned.id, people.cover)

        swap_case(
            work,
            council,
            by=people.qa_officer,
            round_id=planned.id,
            version=planned.version,
            place_id=other.id,
            now=BEFORE,
        )

        assert gone.case_id not in pairs(work, planned.id).values()
        assert people.auditor.id in pairs(work, planned.id)


def test_a_change_to_an_older_proposal_is_stale(council: Council, people: Staff, planned: RoundRow) -> None:
    with council.write() as work:
        place = place_of(work, planned.id, people.auditor)
        again = proposed(work, council)
    officer, old = people.qa_officer, planned.version
    assert again.version > old

    with council.write() as work:
        by_officer = {"by": officer, "round_id": planned.id, "now": BEFORE}
        with pytest.raises(Stale):
            swap_case(work, council, version=old, place_id=place.id, **by_officer)
        with pytest.raises(Stale):
            replan(work, council, version=old, keep="kept", **by_officer)
        with pytest.raises(Stale):
            approve_round(work, council, version=old, **by_officer)
        with pytest.raises(Stale):
            # The pair is gone, though the version is today's.
            swap_case(work, council, version=again.version, place_id=place.id + 1000, **by_officer)


@pytest.mark.rule("CA-02", "SG-05")
def test_only_the_office_plans(council: Council, people: Staff, planned: RoundRow) -> None:
    with council.write() as work:
        place = place_of(work, planned.id, people.auditor)
        given = {"round_id": planned.id, "now": BEFORE, "version": planned.version}
        for person in (people.auditor, people.ad_qa, people.service_manager, people.bystander):
            with pytest.raises(NotAllowed):
                propose_round(work, council, by=person, month=MONTH, seed=1, now=BEFORE)
            with pytest.raises(NotAllowed):
                swap_case(work, council, by=person, place_id=place.id, **given)
            with pytest.raises(NotAllowed):
                exclude(work, council, by=person, place_id=place.id, what="case", reason="x", **given)
            with pytest.raises(NotAllowed):
                replan(work, council, by=person, keep="none", **given)
            with pytest.raises(NotAllowed):
                approve_round(work, council, by=person, **given)


def test_an_approved_round_can_no_longer_be_changed(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    with council.write() as work:
        place = place_of(work, planned.id, people.auditor)
        officer = people.qa_officer
        done = approve_round(
            work, council, by=officer, round_id=planned.id, version=planned.version, now=BEFORE
        )

        with pytest.raises(RuleBroken, match="approved already"):
            proposed(work, council)
        with pytest.raises(RuleBroken, match="approved already"):
            swap_case(
                work,
                council,
                by=officer,
                round_id=done.id,
                version=done.version,
                place_id=place.id,
                now=BEFORE,
            )
        with pytest.raises(RuleBroken, match="approved already"):
            approve_round(work, council, by=officer, round_id=done.id, version=done.version, now=BEFORE)


@pytest.mark.rule("Q8")
@pytest.mark.parametrize(
    "what", ["closed", "handed over", "auditor left", "now supervised", "now in the team"]
)
def test_a_proposal_overtaken_by_a_list_cannot_be_approved(
    council: Council, people: Staff, planned: RoundRow, what: str
) -> None:
    with council.write() as work:
        place = place_of(work, planned.id, people.auditor)
        {
            "closed": lambda: work.cases.close([place.case_id], BEFORE.date()),
            "handed over": lambda: work.cases.change(
                place.case_id, {"practitioner_id": people.practitioner.id}
            ),
            "auditor left": lambda: work.people.mark_left([people.auditor.id], BEFORE.date()),
            "now supervised": lambda: work.cases.change(place.case_id, {"supervisor_id": people.auditor.id}),
            "now in the team": lambda: work.cases.change(place.case_id, {"team_id": people.other_team.id}),
        }[what]()

        with pytest.raises(RuleBroken, match="1 of the pairs no longer hold"):
            approve_round(
                work,
                council,
                by=people.qa_officer,
                round_id=planned.id,
                version=planned.version,
                now=BEFORE,
            )


def test_an_empty_proposal_cannot_be_approved(council: Council, people: Staff) -> None:
    with council.write() as work:
        chosen = proposed(work, council)

        with pytest.raises(RuleBroken, match="nothing to approve"):
            approve_round(
                work, council, by=people.qa_officer, round_id=chosen.id, version=chosen.version, now=BEFORE
            )


def test_a_round_that_is_not_there_is_said_so(council: Council, people: Staff) -> None:
    with council.read() as view, pytest.raises(NotFound):
        require_round(view, 999)


@pytest.mark.rule("SG-05")
def test_every_step_of_planning_leaves_a_row(council: Council, people: Staff, planned: RoundRow) -> None:
    officer = people.qa_officer
    with council.write() as work:
        place = place_of(work, planned.id, people.auditor)
        by_officer = {"by": officer, "round_id": planned.id, "now": BEFORE}
        swap_case(work, council, version=planned.version, place_id=place.id, **by_officer)
        other = place_of(work, planned.id, people.cover)
        exclude(
            work,
            council,
            version=current(work, planned).version,
            place_id=other.id,
            what="case",
            reason="In court.",
            **by_officer,
        )
        replan(work, council, version=current(work, planned).version, keep="kept", **by_officer)
        approve_round(work, council, version=current(work, planned).version, **by_officer)

    with council.read() as view:
        rows = [(r.verb, r.actor) for r in view.trail.rows("day:2026-04-20") if r.subject == "round 1"]
    assert rows == [
        ("planned the round", None),
        ("swapped a case in the round", officer.id),
        ("excluded a case from the round", officer.id),
        ("planned again the round", officer.id),
        ("approved the round", officer.id),
    ]


JULY, AFTER = date(2026, 7, 1), NOW + timedelta(days=50)
"""The round after the audit, and when it is planned."""


@pytest.mark.rule("CA-03", "Q8", "GR-04")
def test_a_reaudit_that_is_due_is_in_the_sample_with_its_reason_and_another_auditor(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_caseload(work, people)
        # Its practitioner was audited a moment ago, so that nothing else speaks for this case.
        first = a_submitted_audit(work, council, people)
        work.followups.change(work.followups.get(first.id), {"reaudit_on": date(2026, 8, 1)})

        chosen = proposed(work, council, month=JULY, now=AFTER)

        (place,) = [one for one in work.rounds.places(chosen.id) if one.case_id == first.case_id]
        assert place.reasons[0] == "Re-audit due by 1 August 2026."
        assert place.auditor_id != first.auditor_id
        assert replays(work, council, chosen)


@pytest.mark.rule("CA-03")
def test_a_case_that_is_being_audited_again_is_not_drawn_for_it_once_more(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_caseload(work, people)
        first = a_submitted_audit(work, council, people)
        work.followups.change(work.followups.get(first.id), {"reaudit_on": date(2026, 8, 1)})
        before = freeze(work, council, month=JULY, opted_in=()).population.reaudits
        an_allocated_audit(work, people, case=work.cases.get(first.case_id), month=JULY)

        assert [one.case_id for one in before] == [first.case_id]
        assert freeze(work, council, month=JULY, opted_in=()).population.reaudits == ()
