"""The QA office plans a round.

QA officer status, [Open the round]
Plumbline  Audit round May 2026: who is due, the mix beside the caseload, what gave way. [Approve this round]
QA officer [Pairs], [Change]
Plumbline  Change a pair. [Give this auditor another case] [Leave this case out] [Leave this auditor out]
QA officer writes why, [Leave this case out]
Plumbline  The case is left out of this round; your reason is kept with it.
QA officer [Approve this round]
Plumbline  Approved. The auditors will get their cards on 1 May 2026.
"""

import pytest

from cards.payloads_round import ApproveRound, ShowRound
from domain.audits import AuditState, Returned
from storage.rounds import RoundRow
from tests.builders import MONTH, NOW, Staff, a_returned_audit, an_allocated_audit
from tests.chat import Chat, buttons, nodes, text
from tests.dialogs.scripts import Card, on_one_engine, text_of, values
from tests.workflows.caseloads import BEFORE, a_caseload, pairs, place_of, proposed
from tests.workflows.meanwhile import while_solving
from workflows.council import Council


@pytest.fixture
def planned(council: Council, people: Staff) -> RoundRow:
    with council.write() as work:
        a_caseload(work, people)
        return proposed(work, council)


@pytest.fixture
def office(council: Council, people: Staff) -> Chat:
    return Chat(council, people.qa_officer, now=BEFORE)


def overview(office: Chat) -> Card:
    return office.presses("Open the round", office.types("status"))


def changing(office: Chat, people: Staff) -> Card:
    """The form for the pair of the auditor."""
    return office.presses(
        f"Change the case of {people.auditor.name}", office.presses("Pairs", opened(office))
    )


def opened(office: Chat) -> Card:
    card = overview(office)
    return office.presses("Overview", card) if "Overview" in [t for t, _ in buttons(card)] else card


@on_one_engine
@pytest.mark.rule("CA-01", "CA-03", "CA-04", "PR-06")
def test_the_proposal_shows_mix_due_conflicts_and_reasons(office: Chat, planned: RoundRow) -> None:
    card = opened(office)
    mix = office.presses("Mix", card)
    due = office.presses("Who is due", card)
    shown = office.presses("Pairs", card)

    assert "Approve this round" in [title for title, _ in buttons(card)]
    assert "Conflicts avoided" in text(card)
    assert planned.population_hash[:12] in text(card)
    assert any(str(node.get("type", "")).startswith("Chart") for node in nodes(mix))
    assert "Covered by this round: \n4" in text(due)
    with office.council.read() as view:
        for place in view.rounds.places(planned.id):
            assert all(reason in text(shown) for reason in place.reasons)


@pytest.mark.rule("CA-05")
def test_swap_exclude_with_a_reason_and_approve(
    council: Council, people: Staff, office: Chat, planned: RoundRow
) -> None:
    with council.read() as view:
        before = pairs(view, planned.id)

    card = office.presses("Give this auditor another case", changing(office, people))
    assert "Another case is proposed for this auditor" in text(card)
    card = office.presses("Leave this case out", changing(office, people), exclude_reason="In court.")
    assert "your reason is kept with it" in text(card)
    card = office.presses("Approve this round", opened(office))

    assert "The auditors will get their cards on" in text(card)
    assert "is left out: In court. (Quinn Officer)" in text(card)
    with council.read() as view:
        after = pairs(view, planned.id)
        assert after[people.auditor.id] != before[people.auditor.id]
        assert {a: c for a, c in after.items() if a != people.auditor.id} == {
            a: c for a, c in before.items() if a != people.auditor.id
        }
        assert view.audits.of_round(planned.id) == ()


@pytest.mark.parametrize(
    ("press", "back", "said"),
    [
        ("Leave this case out", "Bring back {case}", "The case may be drawn again."),
        ("Leave this auditor out", "Bring back {auditor}", "The auditor is in the round again."),
        (
            "Give this auditor another case",
            "Bring back {case} for {auditor}",
            "The case may go to this auditor again.",
        ),
    ],
)
def test_what_was_left_out_or_swapped_away_can_be_brought_back(
    council: Council, people: Staff, office: Chat, planned: RoundRow, press: str, back: str, said: str
) -> None:
    with council.read() as view:
        case = view.cases.get(place_of(view, planned.id, people.auditor).case_id)
    inputs = {} if press.startswith("Give") else {"exclude_reason": "In court."}
    office.presses(press, changing(office, people), **inputs)
    title = back.format(case=case.reference, auditor=people.auditor.name)

    left_out = opened(office)
    brought_back = office.presses(title, left_out)
    again = office.presses(title, left_out)

    assert said in text(brought_back)
    assert "Left out, and why" not in text(brought_back)
    assert said in text(again)
    with council.read() as view:
        assert people.auditor.id in pairs(view, planned.id)
        assert (view.rounds.exclusions(planned.id), view.rounds.swaps(planned.id)) == ((), ())


@on_one_engine
def test_when_there_is_no_other_case_the_officer_is_told_and_sees_the_pairs_as_they_were(
    council: Council, people: Staff, office: Chat
) -> None:
    with council.write() as work:
        a_caseload(work, people, practitioners=4)
        before = pairs(work, proposed(work, council).id)

    card = office.presses("Give this auditor another case", changing(office, people))

    assert "I found no other case for this auditor, so nothing was changed" in text(card)
    assert "Pairs 1 to 4 of 4" in text(card)
    with council.read() as view:
        chosen = view.rounds.latest()
        assert chosen is not None
        assert pairs(view, chosen.id) == before


@on_one_engine
@pytest.mark.rule("Q1")
def test_half_the_auditors_are_chosen_and_all_of_them_again(office: Chat, planned: RoundRow) -> None:
    half = office.presses("Plan for half the auditors", opened(office))
    shown = opened(office)
    whole = office.presses("Plan for all auditors", shown)

    assert "is planned on its own" in text(half)
    assert "the others have theirs in June 2026" in text(shown)
    assert "is planned on its own" not in text(whole)
    assert "the others have theirs" not in text(opened(office))


@on_one_engine
@pytest.mark.rule("Q2")
def test_a_later_approval_says_that_cards_go_out_now(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    office = Chat(council, people.qa_officer, now=NOW)

    card = office.presses("Approve this round", opened(office))

    assert "The auditors are getting their cards now." in text(card)
    with council.read() as view:
        assert len(view.audits.of_round(planned.id)) == 4


@on_one_engine
def test_an_exclusion_without_a_reason_keeps_the_form(office: Chat, people: Staff, planned: RoundRow) -> None:
    card = office.presses("Leave this auditor out", changing(office, people), exclude_reason="")

    assert "Please say why" in text(card)
    assert "exclude_reason" in values(card)


def test_a_stale_press_brings_todays_proposal(
    council: Council, people: Staff, office: Chat, planned: RoundRow
) -> None:
    old_form, old_card = changing(office, people), opened(office)
    office.presses("Plan every pair again", old_card)

    swapped = office.presses("Give this auditor another case", old_form)
    approved = office.presses("Approve this round", old_card)

    for card in (swapped, approved):
        assert "The proposal changed since you opened it." in text(card)
        assert "Pairs 1 to 4 of 4" in text(card)
    with council.read() as view:
        chosen = view.rounds.get(planned.id)
        assert chosen is not None
        assert chosen.state == "planned"


@on_one_engine
@pytest.mark.parametrize("title", ["Plan again, keep my changes", "Plan every pair again"])
def test_planning_again_from_the_card(office: Chat, planned: RoundRow, title: str) -> None:
    card = office.presses(title, opened(office))

    assert "Here is a fresh proposal." in text(card)


def test_approval_delivered_twice_is_one(council: Council, office: Chat, planned: RoundRow) -> None:
    office.now = NOW
    card = opened(office)

    office.presses("Approve this round", card)
    again = office.again()

    assert "The auditors are getting their cards now." in text(again)
    with council.read() as view:
        assert len(view.audits.of_round(planned.id)) == 4


def test_a_list_that_broke_a_pair_stops_the_approval_with_the_way_on(
    council: Council, people: Staff, office: Chat, planned: RoundRow
) -> None:
    card = opened(office)
    with council.write() as work:
        work.cases.close([place_of(work, planned.id, people.auditor).case_id], BEFORE.date())

    stopped = office.presses("Approve this round", card)

    assert "1 of the pairs no longer hold" in text(stopped)
    assert "Please plan again" in text(stopped)


@pytest.mark.rule("Q2", "Q8", "SG-05")
def test_a_declared_conflict_comes_back_and_is_reallocated_with_a_fresh_month(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_caseload(work, people, practitioners=3)
        audit = an_allocated_audit(work, people)
    auditor, office = Chat(council, people.auditor), Chat(council, people.qa_officer)

    form = auditor.presses("Declare a conflict", auditor.presses("See the audit", auditor.types("continue")))
    asked = auditor.presses("Declare the conflict", form, reason=" ")
    thanked = auditor.presses("Declare the conflict", asked, reason="I know the family.")
    returned = office.sends(ShowRound(audit.round_id, "returned", 0).pack())
    again = office.presses("Find a new pair", returned)

    assert "Please say in a few words what the conflict is" in text(asked)
    assert "Thank you for saying so" in text(thanked)
    assert "conflict declared: I know the family." in text(returned)
    assert "The new audit is due on 1 June 2026." in text(again)
    assert "No audit has come back." in text(again)
    assert "A new audit to accept" in text(auditor.types("my audits"))
    with council.read() as view:
        back = view.audits.get(audit.id)
        assert back is not None
        assert back.returned_because is Returned.CONFLICT


@on_one_engine
def test_nothing_to_reallocate_to_is_said_kindly(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_returned_audit(work, people)
    office = Chat(council, people.qa_officer)

    card = office.presses("Find a new pair", office.sends(ShowRound(audit.round_id, "returned", 0).pack()))

    assert "found no pair without a conflict" in text(card)


def test_a_round_is_for_the_office_only(council: Council, people: Staff, planned: RoundRow) -> None:
    for who in (people.auditor, people.team_manager, people.ad_qa):
        for payload in (ShowRound(planned.id, "pairs", 0), ApproveRound(planned.id, 1, "n")):
            card = Chat(council, who).sends(payload.pack())
            assert "not yours" in text(card)
            assert "CL-0" not in text_of(card)


def test_others_press_while_a_plan_is_worked_out_for_the_office(
    council: Council, people: Staff, office: Chat, planned: RoundRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = changing(office, people)
    with council.write() as work:
        an_allocated_audit(work, people, month=MONTH.replace(month=3))

    def accept() -> str:
        chat = Chat(council, people.auditor, now=BEFORE)
        return text(chat.presses("Accept", chat.presses("Open", chat.types("my audits"))))

    solver = while_solving(monkeypatch, accept)
    card = office.presses("Give this auditor another case", form)

    assert "Another case is proposed for this auditor" in text(card)
    assert "I am busy" not in solver.answers[0]
    with council.read() as view:
        assert [a.state for a in view.audits.of_auditor(people.auditor.id)] == [AuditState.ACCEPTED]
