"""Which audits come into the Panel's queue: by rule at submission, by lot at month's end, by the Panel."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.audits import Audit
from domain.errors import NotAllowed, RuleBroken
from domain.grades import Grade
from domain.moderation import Moderation, Reason, Verdict
from domain.people import Person, Post
from scheduler.drawing import Drawn
from storage.work import Work
from tests.builders import NOW, Staff, a_person, a_submitted_audit
from tests.chat import text
from tests.dialogs.scripts import on_one_engine
from tests.moderations import Panel, the_panel
from tests.workflows.drawn import (
    DRAW_DAY,
    MAY,
    a_proficient_auditor,
    a_submission,
    chosen,
    draws,
    is_moderated,
    submits,
)
from tests.workflows.nudged import drawn
from workflows.council import Council
from workflows.selecting import answer_nomination, choose_audit, select_submitted
from workflows.sharing import TextWanted, review_audit

MID_MAY = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)


@pytest.fixture
def panel(council: Council, people: Staff) -> Panel:
    with council.write() as work:
        return the_panel(work)


def in_queue(work: Work, audit: Audit) -> Moderation:
    found = chosen(work, audit)
    assert found is not None
    return found


def told(work: Work, kind: str, subject_id: int) -> list[int | None]:
    return [notice.person_id for notice in work.notices.of(kind, subject_id)]


def proficient(work: Work, people: Staff, number: int) -> list[Person]:
    return [a_proficient_auditor(work, people, f"Proficient {chr(65 + n)}") for n in range(number)]


@pytest.mark.rule("MO-04", "MO-07", "Q4", "Q7", "SG-05")
def test_a_new_auditors_audit_is_chosen_as_it_is_submitted_and_whoever_has_it_is_told(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people, now=MID_MAY)

        found = in_queue(work, audit)

        assert found.reasons == (Reason.NEW_AUDITOR,)
        assert (found.due_on, found.selected_by) == (date(2026, 6, 1), None)
        assert found.moderator_id == panel.first.id
        assert told(work, "moderation_chosen", found.id) == [panel.first.id]
    with council.read() as view:
        row = next(r for r in view.trail.rows(f"audit:{audit.id}") if r.verb == "chose for moderation")
    assert row.actor is None


@on_one_engine
@pytest.mark.rule("MO-06", "Q4")
@pytest.mark.parametrize(
    ("overall", "reasons"),
    [
        (Grade.OUTSTANDING, (Reason.OUTSTANDING,)),
        (Grade.INADEQUATE, (Reason.INADEQUATE,)),
        (Grade.GOOD, None),
    ],
)
def test_of_a_proficient_auditor_only_the_extremes_are_compulsory(
    council: Council, people: Staff, overall: Grade, reasons: tuple[Reason, ...] | None
) -> None:
    with council.write() as work:
        (auditor,) = proficient(work, people, 1)

        audit = submits(work, council, people, auditor, now=MID_MAY, overall=overall)

        found = chosen(work, audit)
        assert (found.reasons if found else None) == reasons


@on_one_engine
@pytest.mark.rule("MO-04", "MO-06", "Q5")
def test_an_audit_chosen_for_several_reasons_keeps_them_all_and_is_chosen_once(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        is_moderated(work, people, people.auditor, verdict=Verdict.CONCERN)
        audit = submits(work, council, people, people.auditor, now=MID_MAY, overall=Grade.INADEQUATE)

        select_submitted(work, council, audit, now=MID_MAY + timedelta(days=1))

        found = in_queue(work, audit)
        assert found.reasons == (Reason.INADEQUATE, Reason.NEW_AUDITOR, Reason.STRUGGLING_AUDITOR)
        assert found.due_on == date(2026, 6, 1)
        assert len(told(work, "moderation_chosen", found.id)) == 1


@on_one_engine
@pytest.mark.rule("MO-07", "Q9")
def test_the_load_is_shared_and_nobody_has_an_audit_they_are_tied_to(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        # Of the auditor's own team.
        assert people.second_auditor.posts == {Post.PC}

        audits = [submits(work, council, people, people.auditor, now=NOW) for _ in range(6)]

        has = Counter(in_queue(work, audit).moderator_id for audit in audits)
        assert has == {panel.first.id: 3, panel.second.id: 3}


@on_one_engine
@pytest.mark.rule("MO-07")
def test_somebody_new_on_the_panel_has_their_share_and_not_all_that_comes(
    council: Council, people: Staff, panel: Panel
) -> None:
    """Each is decided before the next one comes, so that nobody has anything open."""

    def comes(work: Work) -> int | None:
        inadequate = Grade.INADEQUATE
        audit = submits(work, council, people, people.auditor, now=NOW, overall=inadequate)
        found = in_queue(work, audit)
        decided = {"decided_at": NOW, "decided_by": panel.psw.id, "verdict": "satisfactory"}
        assert work.moderations.change(found, {**decided, "overall": "inadequate", "grade_changed": False})
        return found.moderator_id

    with council.write() as work:
        earlier = [comes(work) for _ in range(6)]
        newcomer = a_person(work, "Nell New", Post.PC)
        has = Counter(comes(work) for _ in range(6))

    assert newcomer.id not in earlier
    assert has == {panel.first.id: 2, panel.second.id: 2, newcomer.id: 2}


@on_one_engine
@pytest.mark.rule("Q9")
def test_an_audit_that_nobody_can_moderate_is_the_chairs_to_give(council: Council, people: Staff) -> None:
    with council.write() as work:
        psw = a_person(work, "Pat Principal", Post.PSW, team_id=people.team.id)
        sm_qa = a_person(work, "Sasha Quality", Post.SM_QA)

        audit = submits(work, council, people, people.auditor, now=NOW)

        found = in_queue(work, audit)
        # The PSW is of the team that holds the case, so the SM for QA chairs.
        assert psw.id not in (found.moderator_id, *told(work, "moderation_chosen", found.id))
        assert told(work, "moderation_chosen", found.id) == [sm_qa.id]


@pytest.mark.rule("MO-02", "MO-05", "Q3", "Q7")
def test_two_working_days_after_the_month_the_lot_tops_up_to_a_fifth(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        auditors = proficient(work, people, 6)
        audits = [submits(work, council, people, one, now=MID_MAY) for one in auditors]
        assert [chosen(work, audit) for audit in audits] == [None] * 6

    early = draws(council, DRAW_DAY - timedelta(days=1))
    made = draws(council)
    again = draws(council, DRAW_DAY + timedelta(hours=1))

    assert (early, made, again) == (0, 1, 0)
    with council.read() as view:
        (row,) = view.draws.everything()
        found = [view.moderations.of_audit(audit_id) for audit_id in row.selected]
        sampled = view.moderations.drawn_by_lot()
        assert {one["audit"] for one in row.population} == {audit.id for audit in audits}
    assert (row.month, row.seed, row.state, row.framework_version) == (MAY, 202605, "within", "1.0")
    assert len(row.selected) == 2
    assert [(one.reasons, one.draw_id, one.due_on) for one in found if one] == [
        ((Reason.TOP_UP,), row.id, date(2026, 6, 16))
    ] * 2
    assert sum(sampled.values()) == 2


@on_one_engine
@pytest.mark.rule("MO-02", "Q7")
def test_a_late_audit_comes_into_the_next_draw_and_a_month_with_nothing_has_none(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        (auditor,) = proficient(work, people, 1)
        in_may = submits(work, council, people, auditor, now=MID_MAY)
        late = submits(work, council, people, auditor, now=datetime(2026, 6, 1, 9, 0, tzinfo=UTC))
    draws(council)
    with council.write() as work:
        (row,) = work.draws.everything()
        assert [one["audit"] for one in row.population] == [in_may.id]

    assert draws(council, datetime(2026, 7, 2, 7, 0, tzinfo=UTC)) == 1
    assert draws(council, datetime(2026, 9, 2, 7, 0, tzinfo=UTC)) == 0

    with council.read() as view:
        _, june = view.draws.everything()
    assert (june.month, [one["audit"] for one in june.population]) == (date(2026, 6, 1), [late.id])


@on_one_engine
@pytest.mark.rule("MO-02")
def test_draws_that_were_missed_are_made_up_for_month_by_month(council: Council, people: Staff) -> None:
    with council.write() as work:
        (auditor,) = proficient(work, people, 1)
        submits(work, council, people, auditor, now=MID_MAY)
        submits(work, council, people, auditor, now=datetime(2026, 6, 30, 9, 0, tzinfo=UTC))

    assert draws(council, datetime(2026, 7, 10, 7, 0, tzinfo=UTC)) == 2

    with council.read() as view:
        assert [row.month for row in view.draws.everything()] == [MAY, date(2026, 6, 1)]


@on_one_engine
@pytest.mark.rule("MO-04", "Q4")
def test_an_audit_whose_auditor_came_to_struggle_meanwhile_is_chosen_at_the_draw(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        (auditor,) = proficient(work, people, 1)
        before = a_submission(work, people, auditor, now=NOW)
        audit = submits(work, council, people, auditor, now=MID_MAY)
        is_moderated(work, people, auditor, changed=True, audit=before, now=MID_MAY)

    draws(council)

    with council.read() as view:
        found = view.moderations.of_audit(audit.id)
        (row,) = view.draws.everything()
    assert found is not None
    assert (found.reasons, found.draw_id) == ((Reason.STRUGGLING_AUDITOR,), None)
    assert row.selected == []
    assert {one["class"] for one in row.population} == {"struggling"}


@on_one_engine
@pytest.mark.rule("Q3")
@pytest.mark.parametrize("there_is_a_psw", [True, False])
def test_above_three_in_ten_the_chair_is_warned_and_everything_compulsory_stays(
    council: Council, people: Staff, there_is_a_psw: bool
) -> None:
    with council.write() as work:
        panel = the_panel(work)
        if not there_is_a_psw:
            work.people.mark_left([panel.psw.id], MAY)
        audits = [submits(work, council, people, people.auditor, now=MID_MAY) for _ in range(4)]

    draws(council)

    with council.write() as work:
        (row,) = work.draws.everything()
        assert (row.state, row.selected) == ("over", [])
        assert all(chosen(work, audit) for audit in audits)
        chair = panel.psw if there_is_a_psw else panel.sm_qa
        assert told(work, "draw_over", row.id) == [chair.id]


@on_one_engine
@pytest.mark.rule("MO-03", "Q9")
def test_somebody_of_the_panel_without_a_tie_chooses_an_audit_and_says_why(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        (auditor,) = proficient(work, people, 1)
        audit = submits(work, council, people, auditor, now=MID_MAY)
        tied = a_person(work, "Tio Tied", Post.PC, team_id=auditor.team_id)
        given = {"audit_id": audit.id, "now": MID_MAY + timedelta(days=30)}
        for nobody in (tied, people.team_manager, people.qa_officer, auditor):
            with pytest.raises(NotAllowed):
                choose_audit(work, council, by=nobody, reason="It looks kind.", **given)
        with pytest.raises(TextWanted, match="in a sentence why"):
            choose_audit(work, council, by=panel.second, reason=" ", **given)

        choose_audit(work, council, by=panel.second, reason="It looks kind.", **given)

        found = in_queue(work, audit)
        assert (found.reasons, found.selected_by) == ((Reason.CHOSEN,), panel.second.id)
        # Its own fortnight was over, so it has one from now on.
        assert (found.selected_note, found.due_on) == ("It looks kind.", date(2026, 7, 1))
        with pytest.raises(RuleBroken, match="queue already"):
            choose_audit(work, council, by=panel.psw, reason="Again.", **given)


def nominated(work: Work, council: Council, people: Staff) -> Audit:
    """A proficient auditor's audit that the team manager has put forward."""
    (auditor,) = proficient(work, people, 1)
    audit = submits(work, council, people, auditor, now=MID_MAY)
    given = {"nominate": True, "reason": "Others can learn from it.", "now": MID_MAY}
    review_audit(work, council, by=people.team_manager, audit_id=audit.id, **given)
    return audit


@on_one_engine
@pytest.mark.rule("Q6", "CA-18")
def test_an_accepted_nomination_is_moderated_on_the_audits_own_clock_and_the_manager_is_told(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        audit = nominated(work, council, people)
        given = {"audit_id": audit.id, "accept": True, "reason": "", "now": MID_MAY + timedelta(days=3)}

        answer_nomination(work, council, by=panel.psw, **given)

        found = in_queue(work, audit)
        assert (found.reasons, found.due_on) == ((Reason.NOMINATED,), date(2026, 6, 1))
        assert told(work, "nomination_answered", audit.id) == [people.team_manager.id]
        assert work.moderations.unanswered_nominations() == ()
        with pytest.raises(RuleBroken, match="queue already"):
            answer_nomination(work, council, by=panel.psw, **given)


@on_one_engine
@pytest.mark.rule("Q6", "CA-18", "SG-03")
def test_a_manager_who_puts_forward_what_is_chosen_anyhow_is_answered_without_the_reasons(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        chosen_first = submits(work, council, people, people.auditor, now=MID_MAY)
        given = {"nominate": True, "reason": "Others can learn from it.", "now": MID_MAY}
        review_audit(work, council, by=people.team_manager, audit_id=chosen_first.id, **given)
        nominated_first = nominated(work, council, people)
        choose_audit(
            work, council, by=panel.psw, audit_id=nominated_first.id, reason="It looks kind.", now=MID_MAY
        )

        for audit in (chosen_first, nominated_first):
            assert told(work, "nomination_answered", audit.id) == [people.team_manager.id]

    card = drawn(council, people.team_manager, MID_MAY, "nomination_answered", chosen_first.id)
    assert isinstance(card, Drawn)
    assert "The Panel looks at the audit" in text(card.card)
    assert "new" not in text(card.card).lower()


@on_one_engine
@pytest.mark.rule("Q6", "SG-05")
def test_a_declined_nomination_needs_a_reason_which_the_manager_hears_and_the_trail_keeps(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        audit = nominated(work, council, people)
        given = {"audit_id": audit.id, "accept": False, "now": MID_MAY}
        with pytest.raises(TextWanted, match="why not"):
            answer_nomination(work, council, by=panel.psw, reason="", **given)

        answer_nomination(work, council, by=panel.psw, reason="Much like the one in April.", **given)

        assert chosen(work, audit) is None
        assert told(work, "nomination_answered", audit.id) == [people.team_manager.id]
        with pytest.raises(RuleBroken, match="answered already"):
            answer_nomination(work, council, by=panel.psw, reason="Again.", **given)
    with council.read() as view:
        row = view.trail.rows(f"audit:{audit.id}")[-1]
    assert (row.verb, row.actor) == ("declined a nomination", panel.psw.id)


@on_one_engine
@pytest.mark.rule("Q6", "Q9")
def test_only_whoever_chairs_for_the_audit_answers_and_a_tied_psw_does_not(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        audit = nominated(work, council, people)
        given = {"audit_id": audit.id, "accept": True, "reason": "", "now": MID_MAY}
        for nobody in (panel.first, panel.sm_qa, people.team_manager):
            with pytest.raises(NotAllowed):
                answer_nomination(work, council, by=nobody, **given)
        work.cases.change(audit.case_id, {"chair_id": panel.psw.id})
        with pytest.raises(NotAllowed):
            answer_nomination(work, council, by=panel.psw, **given)

        answer_nomination(work, council, by=panel.sm_qa, **given)

        assert in_queue(work, audit).reasons == (Reason.NOMINATED,)
