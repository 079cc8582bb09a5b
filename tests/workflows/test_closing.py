"""From what an audit still needs to closing it, and what is asked three months later."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest

from cards.round import round_card
from dialogs.round_pictures import round_view
from domain.audits import Audit, Returned
from domain.closing import Impact, Lack
from domain.days import uk_date
from domain.errors import NotAllowed, RuleBroken
from domain.grades import Grade
from domain.moderation import ReleaseKind
from domain.nudges import About
from domain.pages import ACTIONS, ActionsPage
from domain.people import Leave, Person, Post
from tests.builders import Staff, a_person, a_round, a_submitted_audit, an_allocated_audit
from tests.chat import text
from tests.dialogs.scripts import on_one_engine, trail
from tests.moderations import (
    Panel,
    a_chosen_audit,
    a_held_moderation,
    a_released_moderation,
    of_proficient_auditors,
    the_panel,
)
from tests.workflows.followed import at, confirms, does, files, reflects, talks
from workflows.auditing import return_audit
from workflows.closing import close_complete, close_if_complete, progress_of, reopen
from workflows.council import Council, View, Work
from workflows.dues import dues
from workflows.following import (
    confirm_file,
    files_to_confirm,
    open_followup,
    record_impact,
    record_reflection,
)
from workflows.selecting import choose_audit
from workflows.sharing import TextWanted, review_audit

DRAWN = date(2026, 6, 3)
"""From the day after the draw of May may have been on, the 2nd of June, nothing submitted in May is drawn."""
NOW = at(DRAWN)
NO_ACTION = {ACTIONS: ActionsPage(none_needed=True)}

Step = Callable[[Work, Council, Staff, Person, int], None]


def _acted(work: Work, council: Council, people: Staff, _pmpm: Person, audit_id: int) -> None:
    does(work, council, people, audit_id, NOW)
    confirms(work, council, people.team_manager, audit_id, NOW)


STEPS: dict[str, Step] = {
    "actions": _acted,
    "learning": lambda w, c, p, _, a: talks(w, c, p, a, NOW),
    "reflection": lambda w, c, p, _, a: reflects(w, c, p, a, NOW),
    "file": lambda w, c, _p, pmpm, a: files(w, c, pmpm, a, NOW),
}


@pytest.fixture
def council(council: Council) -> Council:
    """Nobody is new, so that the Panel has only what a test gives it."""
    return of_proficient_auditors(council)


@pytest.fixture
def pmpm(council: Council) -> Person:
    with council.write() as work:
        return a_person(work, "Fay Filer", Post.PMPM)


@pytest.fixture
def audit(council: Council, people: Staff) -> Audit:
    with council.write() as work:
        return a_submitted_audit(work, council, people)


def due(
    view: View, council: Council, about: About, now: Any = NOW, *, of: int | None = None
) -> list[tuple[int, int, date]]:
    """(person, audit, due) of everything of a kind, or only of what is this person's."""
    found = dues(view, council, now, of=of)
    return [(d.person_id, d.subject_id, d.due_on) for d in found if d.about is about]


@on_one_engine
@pytest.mark.rule("CA-19", "CA-23", "RO-01", "SU-08", "Q32")
@pytest.mark.parametrize("order", [o for o in permutations(STEPS) if o.index("actions") < o.index("file")])
def test_whatever_comes_last_closes_the_audit_and_nothing_before_it_does(
    council: Council, people: Staff, pmpm: Person, audit: Audit, order: tuple[str, ...]
) -> None:
    with council.write() as work:
        closed = []
        for name in order:
            STEPS[name](work, council, people, pmpm, audit.id)
            closed.append(work.followups.get(audit.id).closed_at)

    assert closed == [None, None, None, NOW]
    assert trail(council, audit.id)[-1][0] == "closed"


@pytest.mark.rule("RO-01", "SU-08")
def test_a_closed_audit_asks_for_its_impact_and_inadequate_practice_is_audited_again(
    council: Council, people: Staff, pmpm: Person
) -> None:
    with council.write() as work:
        panel = the_panel(work)
        # In this order: of an auditor whose grade was changed the Panel looks at the next audit too (Q5).
        good = a_submitted_audit(work, council, people, reference="CF-2002")
        moderation = a_released_moderation(work, council, people, panel, overall=Grade.INADEQUATE)
        for audit_id in (moderation.audit_id, good.id):
            for name in ("actions", "learning", "reflection", "file"):
                STEPS[name](work, council, people, pmpm, audit_id)
        numbers = council.framework.numbers

    with council.read() as view:
        closed, other = view.followups.get(moderation.audit_id), view.followups.get(good.id)
        assert closed.impact_due_on == DRAWN + timedelta(days=numbers.impact_check_days)
        # The Panel's grade counts, whatever the auditor's was.
        assert closed.reaudit_on == DRAWN + timedelta(days=numbers.reaudit_days)
        assert other.reaudit_on is None
        assert other.impact_due_on == closed.impact_due_on


@pytest.mark.rule("CA-03", "RO-01")
def test_the_office_sees_which_inadequate_case_is_to_be_audited_again_until_one_takes_it_up(
    council: Council, people: Staff, audit: Audit
) -> None:
    july = date(2026, 7, 1)
    by = DRAWN + timedelta(days=council.framework.numbers.reaudit_days)
    with council.write() as work:
        work.followups.change(work.followups.get(audit.id), {"reaudit_on": by})
        shown = round_view(
            council,
            work,
            a_round(work, month=july),
            part="due",
            start=0,
            nonce="a nonce",
            today=DRAWN,
        )
        returned = an_allocated_audit(work, people, case=work.cases.get(audit.case_id), month=july)
        (taken_up,) = work.followups.reaudits()
        return_audit(
            work, returned, because=Returned.CONFLICT, note="A tie.", by=returned.auditor_id, now=NOW
        )

        again = work.followups.reaudits()

    assert shown.reaudits == (f"{audit.case_reference}, by {uk_date(by)}: not in this round",)
    assert uk_date(by) in text(round_card(shown))
    # It stays on the list until somebody has audited it again.
    assert taken_up.under_way
    assert [(one.case_id, one.by, one.under_way) for one in again] == [(audit.case_id, by, False)]


PANEL: dict[str, Callable[[Work, Council, Staff, Panel, Audit], object]] = {
    "chosen": lambda w, c, p, panel, a: a_chosen_audit(w, c, p, panel, audit=a),
    "held": lambda w, c, p, panel, a: a_held_moderation(
        w, c, p, panel, chosen=a_chosen_audit(w, c, p, panel, audit=a)
    ),
    "nominated": lambda w, c, p, _, a: review_audit(
        w, c, by=p.team_manager, audit_id=a.id, nominate=True, reason="Learn from it.", now=NOW
    ),
}


@on_one_engine
@pytest.mark.rule("MO-17", "Q6")
@pytest.mark.parametrize("how", list(PANEL))
def test_an_audit_of_which_the_panel_may_speak_stays_open_and_nobody_can_tell_why(
    council: Council, people: Staff, pmpm: Person, audit: Audit, how: str
) -> None:
    with council.write() as work:
        panel = the_panel(work)
        for name in ("actions", "learning", "reflection"):
            STEPS[name](work, council, people, pmpm, audit.id)
        PANEL[how](work, council, people, panel, audit)
        files(work, council, pmpm, audit.id, NOW)
        progress = progress_of(work, council, audit, NOW)

        assert progress.lacks == (Lack.PANEL,)
        assert progress.in_words(Lack.PANEL) == "The moderation panel may still have something to say."
        assert close_complete(work, council, now=NOW) == 0


@pytest.mark.rule("Q3", "RO-01")
def test_the_sweep_closes_what_only_waited_for_the_draw_and_once(
    council: Council, people: Staff, pmpm: Person
) -> None:
    before = at(date(2026, 6, 2))
    with council.write() as work:
        audit = a_submitted_audit(work, council, people, pages=NO_ACTION)
        talks(work, council, people, audit.id, before)
        reflects(work, council, people, audit.id, before)
        files(work, council, pmpm, audit.id, before)

        swept = [close_complete(work, council, now=now) for now in (before, NOW, NOW)]

        assert swept == [0, 1, 0]
        assert not close_if_complete(work, council, audit, by=None, now=NOW)


@on_one_engine
@pytest.mark.rule("SU-08", "Q13", "Q32")
def test_the_reflective_session_is_due_for_the_auditor_and_then_for_whoever_is_left_to_hold_it(
    council: Council, people: Staff, audit: Audit
) -> None:
    due_on = date(2026, 5, 1) + timedelta(days=council.framework.numbers.supervision_days)
    other = people.second_auditor
    with council.write() as work:
        early = [due(work, council, About.REFLECT, at(due_on - timedelta(days=ago))) for ago in (8, 7)]
        asked = [due(work, council, About.REFLECT)]
        work.people.change(people.auditor.id, {"left_on": DRAWN})
        asked.append(due(work, council, About.REFLECT))
        work.people.change(people.team_manager.id, {"left_on": DRAWN})
        asked.append(due(work, council, About.REFLECT))
        manager = people.service_manager
        own = [d.subject_id for d in dues(work, council, NOW, of=manager.id) if d.about is About.REFLECT]
        nobodys = [d for d in dues(work, council, NOW, of=other.id) if d.about is About.REFLECT]
        record_reflection(work, council, by=manager, audit_id=audit.id, on=DRAWN, now=NOW)
        asked.append(due(work, council, About.REFLECT))

    def of(*persons: Person) -> list[tuple[int, int, date]]:
        return [(person.id, audit.id, due_on) for person in persons]

    assert early == [[], of(people.auditor)]
    assert asked == [
        of(people.auditor),
        of(people.team_manager),
        of(people.line_manager, people.service_manager),
        [],
    ]
    assert own == [audit.id]
    assert nobodys == []


@pytest.mark.rule("RO-01", "Q22")
def test_the_file_is_due_once_the_last_action_is_confirmed_and_for_whoever_holds_the_post(
    council: Council, people: Staff, pmpm: Person, audit: Audit
) -> None:
    with council.write() as work:
        none = a_submitted_audit(work, council, people, reference="CF-2002", pages=NO_ACTION)
        early = due(work, council, About.FILE)
        with pytest.raises(RuleBroken, match="Not all of its actions"):
            confirm_file(work, council, by=pmpm, audit_id=audit.id, now=NOW)
        _acted(work, council, people, pmpm, audit.id)
        ready = due(work, council, About.FILE)
        own = [d.subject_id for d in dues(work, council, NOW, of=pmpm.id)]
        listed = [one.audit_id for one in files_to_confirm(work, council, by=pmpm, now=NOW)]
        files(work, council, pmpm, audit.id, NOW)
        with pytest.raises(RuleBroken, match="already"):
            confirm_file(work, council, by=pmpm, audit_id=audit.id, now=NOW)
        left = due(work, council, About.FILE)
        work.people.change(pmpm.id, {}, [Post.POLICY])
        successor = a_person(work, "Next Keeper", Post.PMPM)
        moved = due(work, council, About.FILE)
        with pytest.raises(NotAllowed):
            files_to_confirm(work, council, by=work.people.get(pmpm.id), now=NOW)

    # Without an action five working days from submission, else from the last confirmation.
    assert early == [(pmpm.id, none.id, date(2026, 5, 11))]
    assert ready == [(pmpm.id, audit.id, date(2026, 6, 10)), (pmpm.id, none.id, date(2026, 5, 11))]
    assert own == [audit.id, none.id]
    assert listed == [none.id, audit.id]
    assert left == [(pmpm.id, none.id, date(2026, 5, 11))]
    assert moved == [(successor.id, none.id, date(2026, 5, 11))]


@on_one_engine
@pytest.mark.rule("RO-01", "Q22")
def test_while_nobody_who_holds_the_post_is_there_the_qa_office_confirms_the_file(
    council: Council, people: Staff
) -> None:
    """Vacant it is the office's alone; in a holder's leave the office's as well, and after it no longer."""
    office = people.qa_officer
    leave = (Leave(DRAWN, DRAWN + timedelta(days=1)),)
    back = at(DRAWN + timedelta(days=2))
    with council.write() as work:
        sm_qa = a_person(work, "Sasha Quality", Post.SM_QA)
        first, second = (
            a_submitted_audit(work, council, people, reference=reference, pages=NO_ACTION)
            for reference in ("CF-2003", "CF-2004")
        )
        vacant = due(work, council, About.FILE)
        named = open_followup(work, council, by=office, audit_id=first.id, now=NOW)
        listed = [one.audit_id for one in files_to_confirm(work, council, by=sm_qa, now=NOW)]
        confirm_file(work, council, by=office, audit_id=first.id, now=NOW)
        with pytest.raises(NotAllowed):
            confirm_file(work, council, by=people.team_manager, audit_id=second.id, now=NOW)

        holder = a_person(work, "Fay Filer", Post.PMPM, leave=leave)
        away = due(work, council, About.FILE)
        there = due(work, council, About.FILE, back)
        for press in (confirm_file, open_followup):
            press(work, council, by=holder, audit_id=second.id, now=NOW)
        with pytest.raises(NotAllowed):
            files_to_confirm(work, council, by=office, now=back)
        with pytest.raises(NotAllowed):
            confirm_file(work, council, by=office, audit_id=second.id, now=back)

    day = date(2026, 5, 11)
    assert vacant == [(office.id, one.id, day) for one in (first, second)]
    assert (named.filers, named.may_file) == ((office.name,), True)
    assert listed == [first.id, second.id]
    assert away == [(person.id, second.id, day) for person in (holder, office)]
    assert there == [(holder.id, second.id, day)]


@on_one_engine
@pytest.mark.rule("SU-08", "Q32")
@pytest.mark.parametrize("on", [None, date(2026, 4, 30), DRAWN + timedelta(days=1)])
def test_the_reflective_session_is_recorded_with_a_day_it_could_have_been_held_on(
    council: Council, people: Staff, audit: Audit, on: date | None
) -> None:
    with council.write() as work:
        with pytest.raises(TextWanted):
            record_reflection(work, council, by=people.auditor, audit_id=audit.id, on=on, now=NOW)
        record_reflection(work, council, by=people.auditor, audit_id=audit.id, on=DRAWN, now=NOW)
        with pytest.raises(RuleBroken, match="already"):
            record_reflection(work, council, by=people.team_manager, audit_id=audit.id, on=DRAWN, now=NOW)

        assert work.followups.get(audit.id).reflected_by == people.auditor.id


@on_one_engine
@pytest.mark.rule("SU-08")
def test_where_auditor_and_team_manager_are_gone_line_or_service_manager_records_the_session(
    council: Council, people: Staff, audit: Audit
) -> None:
    instead = (people.line_manager, people.service_manager)

    def may(work: Work) -> set[int]:
        found = set()
        for by in (*instead, people.cover, people.practitioner, people.qa_officer, people.bystander):
            with suppress(NotAllowed):
                known = work.people.get(by.id)
                if open_followup(work, council, by=known, audit_id=audit.id, now=NOW).may_reflect:
                    found.add(by.id)
        return found

    with council.write() as work:
        there = may(work)
        work.people.change(people.auditor.id, {"left_on": DRAWN})
        without_auditor = may(work)
        # A practitioner who has come to manage the team holds no session with themselves.
        posts = people.practitioner.posts
        work.people.change(people.practitioner.id, {}, [*posts, Post.TM])
        of_themselves = may(work)
        work.people.change(people.practitioner.id, {}, posts)
        work.people.change(people.team_manager.id, {"left_on": DRAWN})
        without_either = may(work)
        named = open_followup(work, council, by=people.service_manager, audit_id=audit.id, now=NOW)
        record_reflection(work, council, by=people.service_manager, audit_id=audit.id, on=DRAWN, now=NOW)

        assert (there, without_auditor, of_themselves) == (set(), set(), set())
        assert without_either == {person.id for person in instead}
        assert named.reflectors == tuple(person.name for person in instead)
        assert work.followups.get(audit.id).reflected_by == people.service_manager.id


def closed_audit(work: Work, council: Council, people: Staff, pmpm: Person) -> tuple[Audit, date]:
    """A closed audit, and the day on which its impact is due."""
    audit = a_submitted_audit(work, council, people, reference="CF-2002", pages=NO_ACTION)
    for name in ("learning", "reflection", "file"):
        STEPS[name](work, council, people, pmpm, audit.id)
    due_on = work.followups.get(audit.id).impact_due_on
    assert due_on is not None
    return audit, due_on


@on_one_engine
@pytest.mark.rule("RO-02")
@pytest.mark.parametrize("impact", list(Impact))
def test_three_months_on_the_team_manager_says_whether_it_lasted(
    council: Council, people: Staff, pmpm: Person, impact: Impact
) -> None:
    given: dict[str, Any] = {"by": people.team_manager, "text": "Home is calm."}
    with council.write() as work:
        audit, due_on = closed_audit(work, council, people, pmpm)
        given |= {"audit_id": audit.id}
        early, then = at(due_on - timedelta(days=8)), at(due_on - timedelta(days=7))
        with pytest.raises(RuleBroken, match="too early"):
            record_impact(work, council, impact=impact, now=early, **given)
        asked = [due(work, council, About.IMPACT, now) for now in (early, then)]
        for wrong in ({"impact": None}, {"impact": impact, "text": ""}):
            with pytest.raises(TextWanted):
                record_impact(work, council, now=then, **{**given, **wrong})

        record_impact(work, council, impact=impact, now=then, **given)

        kept = work.followups.get(audit.id)
        assert (kept.impact, kept.impact_text, kept.impact_by) == (
            impact,
            "Home is calm.",
            people.team_manager.id,
        )
        assert asked == [[], [(people.team_manager.id, audit.id, due_on)]]
        assert due(work, council, About.IMPACT, then) == []
        told = [notice.person_id for notice in work.notices.of("impact_lost", audit.id)]
        assert told == ([people.qa_officer.id] if impact is Impact.LOST else [])
        with pytest.raises(RuleBroken, match="already"):
            record_impact(work, council, impact=impact, now=then, **given)


@on_one_engine
@pytest.mark.rule("RO-02")
def test_where_nobody_manages_the_team_the_qa_office_says_whether_it_lasted(
    council: Council, people: Staff, pmpm: Person
) -> None:
    with council.write() as work:
        audit, due_on = closed_audit(work, council, people, pmpm)
        work.people.mark_left([people.team_manager.id], DRAWN)

        asked = due(work, council, About.IMPACT, at(due_on))
        own = due(work, council, About.IMPACT, at(due_on), of=people.qa_officer.id)

        assert asked == own == [(people.qa_officer.id, audit.id, due_on)]


@pytest.mark.rule("RO-02", "Q13")
def test_whether_it_lasted_is_asked_of_the_team_that_holds_the_case_now(
    council: Council, people: Staff, pmpm: Person
) -> None:
    with council.write() as work:
        audit, due_on = closed_audit(work, council, people, pmpm)
        then, before = at(due_on), people.team_manager.id
        at_allocation = due(work, council, About.IMPACT, then, of=before)
        other = work.people.team_named("Another Team", people.service.id)
        next_manager = a_person(work, "Nadia Next", Post.TM, team_id=other.id)
        work.cases.change(audit.case_id, {"team_id": other.id})

        moved = [due(work, council, About.IMPACT, then, of=i) for i in (next_manager.id, before, None)]

        whose = [(next_manager.id, audit.id, due_on)]
        assert at_allocation == [(before, audit.id, due_on)]
        assert moved == [whose, [], whose]


@pytest.mark.rule("MO-03", "RO-01", "CA-19")
def test_an_audit_that_is_chosen_after_it_was_closed_is_open_again_until_the_panels_part_is_seen_to(
    council: Council, people: Staff, pmpm: Person
) -> None:
    late, later = at(date(2026, 6, 20)), at(date(2026, 6, 25))
    with council.write() as work:
        panel = the_panel(work)
        audit, impact_on = closed_audit(work, council, people, pmpm)
        closed = work.followups.get(audit.id)

        chosen = choose_audit(
            work, council, by=panel.psw, audit_id=audit.id, reason="The grade looks high.", now=late
        )
        waiting = progress_of(work, council, audit, late)
        asked = due(work, council, About.IMPACT, at(impact_on))
        swept = close_complete(work, council, now=late)
        a_released_moderation(work, council, people, panel, chosen=chosen, now=late, kind=ReleaseKind.EARLY)
        released = progress_of(work, council, audit, late)
        again = close_complete(work, council, now=later)
        talks(work, council, people, audit.id, later)
        anew = work.followups.get(audit.id)

    assert closed.closed_at is not None
    assert (waiting.lacks, asked, swept) == ((Lack.PANEL,), [], 0)
    assert (released.lacks, again) == ((Lack.LEARNING,), 0)
    assert (anew.closed_at, anew.filed_on) == (later, closed.filed_on)
    assert [row[0] for row in trail(council, audit.id) if row[0] in ("closed", "reopened")] == [
        "closed",
        "reopened",
        "closed",
    ]


@on_one_engine
@pytest.mark.rule("CA-03")
def test_closing_an_audit_again_puts_its_reaudit_off_no_further(
    council: Council, people: Staff, pmpm: Person
) -> None:
    later = at(DRAWN + timedelta(days=30))
    with council.write() as work:
        moderation = a_released_moderation(work, council, people, the_panel(work), overall=Grade.INADEQUATE)
        audit = work.audits.get(moderation.audit_id)
        assert audit is not None
        for name in ("actions", "learning", "reflection", "file"):
            STEPS[name](work, council, people, pmpm, audit.id)
        first = work.followups.get(audit.id).reaudit_on

        opened = reopen(work, audit, by=None, now=later)
        listed = [one.by for one in work.followups.reaudits()]
        closed = close_if_complete(work, council, audit, by=None, now=later)

        assert (opened, closed, listed) == (True, True, [first])
        assert work.followups.get(audit.id).reaudit_on == first
