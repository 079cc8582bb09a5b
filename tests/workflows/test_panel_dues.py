"""What the Panel's day holds: audits to moderate and nominations to answer, each with its day."""

from datetime import UTC, date, datetime

import pytest

from domain.audits import Audit
from domain.nudges import About
from domain.people import Person, Post
from scheduler.drawing import Drawn, Needless
from storage.work import View
from tests.builders import Staff, a_person, a_submitted_audit
from tests.chat import text
from tests.dialogs.scripts import on_one_engine
from tests.moderations import Panel, a_chosen_audit, a_decided_moderation, the_panel
from tests.workflows.drawn import a_proficient_auditor, submits
from tests.workflows.nudged import at, card_of, drawn, sweeps
from workflows.council import Council
from workflows.panel_dues import dues
from workflows.sharing import review_audit

MID_MAY = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
DUE_ON, DAY_AFTER = date(2026, 6, 1), date(2026, 6, 2)


@pytest.fixture
def panel(council: Council, people: Staff) -> Panel:
    with council.write() as work:
        return the_panel(work)


def due(view: View, council: Council, of: Person | None = None) -> list[tuple[About, int, int, date, date]]:
    found = dues(view, council, MID_MAY, of=of.id if of else None)
    return [(one.about, one.subject_id, one.person_id, one.since_on, one.due_on) for one in found]


@on_one_engine
@pytest.mark.rule("MO-07", "Q7")
def test_an_audit_to_moderate_is_its_moderators_until_it_is_decided(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        waiting = a_chosen_audit(work, council, people, panel, now=MID_MAY)
        a_decided_moderation(work, council, people, panel, now=MID_MAY, reference="CF-1002")

        every = due(work, council)
        theirs = [due(work, council, one) for one in (panel.first, panel.second, panel.psw)]

    line = (About.MODERATE, waiting.id, panel.first.id, date(2026, 5, 18), date(2026, 6, 1))
    assert every == [line]
    assert theirs == [[line], [], []]


@on_one_engine
@pytest.mark.rule("MO-07")
def test_the_chair_hears_of_a_colleagues_moderation_once_its_fortnight_is_over(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        waiting = a_chosen_audit(work, council, people, panel, now=MID_MAY)
        chairs = {day: list(dues(work, council, at(day), of=panel.psw.id)) for day in (DUE_ON, DAY_AFTER)}
        moderators = list(dues(work, council, at(DAY_AFTER), of=panel.first.id))

    assert chairs[DUE_ON] == []
    assert [(one.about, one.subject_id) for one in chairs[DAY_AFTER]] == [(About.LATE_MODERATION, waiting.id)]
    assert [one.about for one in moderators] == [About.MODERATE]
    sweeps(council, DAY_AFTER)
    card = card_of(council, panel.psw, at(DAY_AFTER, 9))
    assert "You chair: ask what would help" in text(card)


@on_one_engine
@pytest.mark.rule("MO-07", "Q9")
def test_an_audit_whose_moderator_left_or_that_has_none_is_the_chairs(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        waiting = a_chosen_audit(work, council, people, panel, now=MID_MAY)
        work.people.mark_left([panel.first.id, panel.second.id], date(2026, 5, 18))
        audit = work.audits.get(waiting.audit_id)
        assert audit is not None
        assert [(one[0], one[2]) for one in due(work, council)] == [(About.MODERATE, panel.psw.id)]

        work.cases.change(audit.case_id, {"chair_id": panel.psw.id})

        assert [one[2] for one in due(work, council)] == [panel.sm_qa.id]
        assert due(work, council, panel.psw) == []


def put_forward(council: Council, people: Staff, nominated_at: datetime) -> Audit:
    with council.write() as work:
        auditor = a_proficient_auditor(work, people, "Proficient Ann")
        audit = submits(work, council, people, auditor, now=MID_MAY)
        given = {"audit_id": audit.id, "nominate": True, "reason": "To learn from.", "now": nominated_at}
        review_audit(work, council, by=people.team_manager, **given)
    return audit


@on_one_engine
@pytest.mark.rule("Q6")
@pytest.mark.parametrize(
    ("nominated_on", "due_on"),
    [(date(2026, 5, 20), date(2026, 5, 27)), (date(2026, 6, 4), date(2026, 6, 5))],
)
def test_a_nomination_is_the_chairs_to_answer_until_it_is_answered(
    council: Council, people: Staff, panel: Panel, nominated_on: date, due_on: date
) -> None:
    at = datetime(nominated_on.year, nominated_on.month, nominated_on.day, 9, 0, tzinfo=UTC)
    audit = put_forward(council, people, at)
    with council.write() as work:
        found = due(work, council)

        work.moderations.answer_nomination(audit.id, accepted=False, reason="No.", by=panel.psw.id, now=at)

        assert found == [(About.NOMINATION, audit.id, panel.psw.id, nominated_on, due_on)]
        assert due(work, council) == []


@on_one_engine
@pytest.mark.rule("Q6")
def test_an_audit_that_is_in_the_queue_anyhow_leaves_no_nomination_to_answer(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people, now=MID_MAY)
        given = {"audit_id": audit.id, "nominate": True, "reason": "To learn from.", "now": MID_MAY}
        review_audit(work, council, by=people.team_manager, **given)

        assert {one[0] for one in due(work, council)} == {About.MODERATE}


@on_one_engine
def test_without_anybody_to_chair_nothing_falls_to_the_wrong_person(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people, now=MID_MAY)
        assert due(work, council) == []
    card = drawn(council, people.qa_officer, MID_MAY, "nobody_chairs", audit.id)
    assert isinstance(card, Drawn)
    assert "nobody can" in text(card.card)

    with council.write() as work:
        sm_qa = a_person(work, "Sasha Quality", Post.SM_QA)

        assert [one[2] for one in due(work, council)] == [sm_qa.id]
    assert isinstance(drawn(council, people.qa_officer, MID_MAY, "nobody_chairs", audit.id), Needless)
