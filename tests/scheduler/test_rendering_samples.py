"""What the QA office reads about the sample of the coming round, as it stands when the card leaves."""

from datetime import date

import pytest

from cards.payloads import unpack
from cards.payloads_round import PlanRound, ShowRound
from scheduler.preparing import Decided, Message, Parcel, prepare
from storage.work import Work
from tests.builders import Staff, reachable
from tests.chat import button
from tests.doubles.post import shown_text
from tests.workflows.caseloads import BEFORE, a_caseload, proposed
from workflows.council import Council
from workflows.planning import approve_round

MAY = 202605


def parcel(work: Work, council: Council, people: Staff, kind: str) -> Parcel:
    """What the courier would hand over."""
    reachable(work, people.qa_officer)
    work.notices.queue(kind=kind, subject_id=MAY, person_id=people.qa_officer.id, now=BEFORE)
    (notice,) = work.notices.of(kind, MAY)
    return prepare(work, council, notice, now=BEFORE, nonce="a nonce")


def card(found: Parcel) -> dict[str, object]:
    assert isinstance(found, Message)
    content: dict[str, object] = found.activity["attachments"][0]["content"]
    return content


@pytest.mark.rule("CA-04", "PR-06")
@pytest.mark.parametrize("kind", ["sample_wanted", "sample_check"])
def test_without_a_sample_the_office_gets_the_button_that_draws_it(
    council: Council, people: Staff, kind: str
) -> None:
    with council.write() as work:
        shown = card(parcel(work, council, people, kind))

    payload, _ = unpack(button(shown, "Draw the sample"))
    assert payload == PlanRound(MAY, "a nonce")
    assert "The May 2026 round begins on 1 May 2026" in shown_text(shown["body"])


def test_a_sample_that_was_drawn_meanwhile_is_not_asked_for(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_caseload(work, people)
        proposed(work, council)

        found = parcel(work, council, people, "sample_wanted")

    assert isinstance(found, Decided)


@pytest.mark.rule("CA-04", "Q8")
def test_a_proposal_is_looked_over_for_its_mix_and_for_pairs_that_fell_out(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        cases = a_caseload(work, people)
        planned = proposed(work, council)
        places = work.rounds.places(planned.id)
        whole = shown_text(card(parcel(work, council, people, "sample_check"))["body"])
        work.cases.close([case.id for case in cases], date(2026, 4, 20))
        shown = card(parcel(work, council, people, "sample_check"))

    payload, _ = unpack(button(shown, "Look at the mix"))
    assert payload == ShowRound(planned.id, "mix", 0)
    assert "no longer" not in whole
    assert f"{len(places)} pairs no longer hold since the latest lists" in shown_text(shown["body"])


@pytest.mark.rule("Q8")
def test_an_approved_round_is_spoken_of_only_when_a_pair_fell_out(council: Council, people: Staff) -> None:
    with council.write() as work:
        cases = a_caseload(work, people)
        planned = proposed(work, council)
        approve_round(
            work, council, by=people.qa_officer, round_id=planned.id, version=planned.version, now=BEFORE
        )
        place = work.rounds.places(planned.id)[0]
        before = parcel(work, council, people, "sample_check")
        work.cases.close([case.id for case in cases if case.id == place.case_id], date(2026, 4, 20))
        shown = card(parcel(work, council, people, "sample_check"))

    assert isinstance(before, Decided)
    assert "1 approved pair no longer holds in the May 2026 round" in shown_text(shown["body"])
