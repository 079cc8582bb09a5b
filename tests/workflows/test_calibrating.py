"""A calibration case from its opening to its close: blind until then, and numbers alone after."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cards.payloads_calibration import ShowCalibration
from domain.cadence import Occurrence, Skipped
from domain.calibration import Calibration
from domain.errors import NotAllowed, RuleBroken
from domain.grades import Grade
from domain.people import Person, Post
from scheduler.drawing import Drawn, Needless
from scheduler.sweeps import SWEEPS, Sweeping
from storage.work import View, Work
from tests.builders import NOW, Staff, a_person
from tests.chat import Chat, text
from tests.dialogs.scripts import everything_stored, on_one_engine
from tests.workflows.nudged import at, drawn
from workflows.calibrating import (
    ASKED,
    CLOSED,
    REMINDED,
    cases_for,
    close_due,
    close_early,
    grade_blind,
    how_many,
    look_at,
    may_have_helped,
    open_calibration,
    outcome_of,
    own_grades,
)
from workflows.calibration_asking import LINE, WANTED
from workflows.council import Council
from workflows.sharing import TextWanted

GOOD, RI = Grade.GOOD, Grade.REQUIRES_IMPROVEMENT
PANEL = {"planning": RI, "review": GOOD}
LAST_DAY = date(2026, 5, 15)
"""A fortnight from the day of the builders."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The PSW, who sends the case, and five auditors who grade it."""

    psw: Person
    auditors: tuple[Person, ...]


@pytest.fixture
def pool(council: Council, people: Staff) -> Pool:
    with council.write() as work:
        more = [a_person(work, f"{name} Pool", Post.PC, is_auditor=True) for name in ("Ada", "Bo", "Cleo")]
        left = a_person(work, "Lee Leaver", Post.PC, is_auditor=True)
        work.people.mark_left([left.id], NOW.date() - timedelta(days=1))
        return Pool(
            a_person(work, "Pat Principal", Post.PSW, is_auditor=True),
            (people.auditor, people.second_auditor, *more),
        )


def sent(work: Work, council: Council, pool: Pool, **given: Any) -> int:
    case: dict[str, Any] = {
        "by": pool.psw,
        "title": "A plan that drifts",
        "text": "The child waited a year for a plan, and told the worker so each month.",
        "panel": PANEL,
        "because": "Nobody dated the steps, so that the child went on waiting.",
        "now": NOW,
    }
    return open_calibration(work, council, **{**case, **given})


def graded(work: Work, council: Council, by: Person, case_id: int, **given: Any) -> None:
    grades: dict[str, Any] = {"grades": {"planning": GOOD, "review": GOOD}, "reason": "Steps are there."}
    grade_blind(work, council, by=by, calibration_id=case_id, **{"now": NOW, **grades, **given})


def case_of(view: View, case_id: int) -> Calibration:
    found = view.calibrations.get(case_id)
    assert found is not None
    return found


def told(view: View, kind: str, case_id: int) -> set[int | None]:
    return {notice.person_id for notice in view.notices.of(kind, case_id)}


@pytest.mark.rule("PR-05")
def test_everyone_of_the_pool_who_is_there_is_asked_and_gets_what_came_of_it(
    council: Council, people: Staff, pool: Pool
) -> None:
    with council.write() as work:
        case_id = sent(work, council, pool)
        for person in pool.auditors:
            graded(work, council, person, case_id)

        early = close_due(work, council, now=at(LAST_DAY, 17))
        late = close_due(work, council, now=at(LAST_DAY + timedelta(days=1), 8))
        again = close_due(work, council, now=at(LAST_DAY + timedelta(days=1), 9))

        everyone = {person.id for person in pool.auditors}
        assert (early, late, again) == (0, 1, 0)
        # Whoever knows the Panel's grades is not asked, but hears what came of it.
        assert told(work, ASKED, case_id) == everyone
        assert told(work, CLOSED, case_id) == everyone | {pool.psw.id}
        found = outcome_of(work, council, case_of(work, case_id))
    assert found.graded == 5
    assert found.spread is not None
    assert found.spread["planning"][GOOD] == 5


@on_one_engine
@pytest.mark.rule("PR-05", "SG-03")
def test_whoever_helped_to_set_the_panels_grades_is_not_asked_to_grade_blind_and_cannot(
    council: Council, people: Staff, pool: Pool
) -> None:
    *others, helper = pool.auditors
    with council.write() as work:
        known = {one.id for one in may_have_helped(work)}
        assert known == {one.id for one in pool.auditors} - {people.auditor.id}
        for nobody in (people.auditor.id, pool.psw.id, 0):
            with pytest.raises(TextWanted) as refused:
                sent(work, council, pool, helped=[nobody])
            assert refused.value.field == "helped"
        case_id = sent(work, council, pool, helped=[helper.id])

        assert told(work, ASKED, case_id) == {person.id for person in others}
        assert look_at(work, council, by=helper, calibration_id=case_id, now=NOW)[1] is False
        with pytest.raises(NotAllowed, match="know the Panel's grades"):
            graded(work, council, helper, case_id)
        graded(work, council, others[0], case_id)
        assert how_many(work, council, by=pool.psw, calibration_id=case_id, now=NOW) == (1, 4)
    waits = text(Chat(council, helper).sends(ShowCalibration(case_id).pack()))
    with council.write() as work:
        close_due(work, council, now=at(LAST_DAY + timedelta(days=1), 8))
        assert told(work, CLOSED, case_id) == {*(one.id for one in pool.auditors), pool.psw.id}

    assert "You know the Panel's grades of this case" in waits
    assert "Good" not in waits


@on_one_engine
@pytest.mark.rule("SG-03")
def test_until_it_closes_nobody_learns_what_others_gave_or_the_panel_thinks(
    council: Council, people: Staff, pool: Pool
) -> None:
    first, second, *_ = pool.auditors
    with council.write() as work:
        case_id = sent(work, council, pool)
        graded(work, council, first, case_id, reason="My very own reason.")
        case, grading = look_at(work, council, by=second, calibration_id=case_id, now=NOW)

        assert grading
        assert own_grades(work, by=second, calibration_id=case_id) is None
        with pytest.raises(RuleBroken, match="open until"):
            outcome_of(work, council, case)
        # The PSW learns how many, and has no way to whose.
        assert how_many(work, council, by=pool.psw, calibration_id=case_id, now=NOW) == (1, 5)
        assert own_grades(work, by=pool.psw, calibration_id=case_id) is None
        with pytest.raises(NotAllowed):
            how_many(work, council, by=second, calibration_id=case_id, now=NOW)
    kept = everything_stored(council, "trail", "notices")
    assert "My very own reason." not in kept
    assert GOOD.value not in kept


@on_one_engine
@pytest.mark.rule("SG-03")
def test_whoever_knows_the_panels_grades_does_not_grade(council: Council, people: Staff, pool: Pool) -> None:
    with council.write() as work:
        case_id = sent(work, council, pool)

        with pytest.raises(NotAllowed):
            graded(work, council, pool.psw, case_id)
        # In another post since, they still know the grades.
        work.people.change(pool.psw.id, {"is_auditor": True}, [Post.PC])
        since = work.people.get(pool.psw.id)
        _, may_grade = look_at(work, council, by=since, calibration_id=case_id, now=NOW)
        listed = cases_for(work, by=since, closed=3)
        with pytest.raises(NotAllowed):
            graded(work, council, since, case_id)

    assert not may_grade
    assert listed.knowing == {case_id}


def test_an_auditor_may_change_their_mind_until_it_closes(
    council: Council, people: Staff, pool: Pool
) -> None:
    auditor = pool.auditors[0]
    with council.write() as work:
        case_id = sent(work, council, pool)
        graded(work, council, auditor, case_id)
        graded(work, council, auditor, case_id, grades={"planning": RI, "review": GOOD})
        close_early(work, council, by=pool.psw, calibration_id=case_id, now=NOW)

        with pytest.raises(RuleBroken, match="has closed"):
            graded(work, council, auditor, case_id)
        with pytest.raises(RuleBroken, match="closed already"):
            close_early(work, council, by=pool.psw, calibration_id=case_id, now=NOW)

        kept = own_grades(work, by=auditor, calibration_id=case_id)
    assert kept is not None
    assert kept.grades["planning"] is RI


@on_one_engine
def test_after_the_last_day_nobody_grades_though_nothing_has_closed_it_yet(
    council: Council, people: Staff, pool: Pool
) -> None:
    with council.write() as work:
        case_id = sent(work, council, pool)
        graded(work, council, pool.auditors[0], case_id, now=at(LAST_DAY, 17))

        with pytest.raises(RuleBroken, match="has closed"):
            graded(work, council, pool.auditors[1], case_id, now=at(LAST_DAY + timedelta(days=1), 7))


@on_one_engine
@pytest.mark.rule("SG-03")
def test_few_graders_get_the_panels_grades_back_and_nobodys_else(
    council: Council, people: Staff, pool: Pool
) -> None:
    with council.write() as work:
        case_id = sent(work, council, pool)
        for person in pool.auditors[:4]:
            graded(work, council, person, case_id)
        close_early(work, council, by=pool.psw, calibration_id=case_id, now=NOW)

        found = outcome_of(work, council, case_of(work, case_id))

    assert (found.graded, found.spread, found.agreement) == (4, None, None)


@on_one_engine
@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    ("field", "words", "found"),
    [
        ("title", "Kelly waits", "Kelly"),
        ("text", "The school nurse rang 07700 900123.", "07700 900123"),
        ("because", "Born on 3 May 2014, she waited.", "3 May 2014"),
    ],
)
def test_a_case_that_says_who_it_is_about_is_not_sent(
    council: Council, people: Staff, pool: Pool, field: str, words: str, found: str
) -> None:
    with council.write() as work:
        with pytest.raises(TextWanted) as refused:
            sent(work, council, pool, **{field: words})

        assert refused.value.field in (field, f"case_{field}")
        assert found in str(refused.value)
        assert work.calibrations.open_ones() == ()


@on_one_engine
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "case_title"),
        ({"text": ""}, "case_text"),
        ({"text": "a" * 4001}, "case_text"),
        ({"because": ""}, "because"),
        ({"panel": {"planning": RI}}, "sections"),
        ({"panel": {"planning": RI, "no_such": RI}}, "sections"),
    ],
)
def test_a_case_that_lacks_something_is_not_sent(
    council: Council, people: Staff, pool: Pool, given: dict[str, Any], field: str
) -> None:
    with council.write() as work, pytest.raises(TextWanted) as refused:
        sent(work, council, pool, **given)

    assert refused.value.field == field


@on_one_engine
@pytest.mark.rule("SG-04")
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"grades": {"planning": GOOD}}, "grade_review"),
        ({"reason": ""}, "reason"),
        ({"reason": "Kelly waited."}, "reason"),
    ],
)
def test_every_section_needs_a_persons_own_grade_and_the_whole_a_reason(
    council: Council, people: Staff, pool: Pool, given: dict[str, Any], field: str
) -> None:
    with council.write() as work:
        case_id = sent(work, council, pool)

        with pytest.raises(TextWanted) as refused:
            graded(work, council, pool.auditors[0], case_id, **given)

        assert refused.value.field == field
        assert work.calibrations.how_many(case_id) == 0


@on_one_engine
@pytest.mark.rule("SG-03")
@pytest.mark.parametrize("name", ["practitioner", "team_manager", "qa_officer", "ad_qa", "cover"])
def test_nobody_else_sends_looks_or_grades(council: Council, people: Staff, pool: Pool, name: str) -> None:
    outsider = getattr(people, name)
    with council.write() as work:
        case_id = sent(work, council, pool)

        with pytest.raises(NotAllowed):
            sent(work, council, pool, by=outsider)
        with pytest.raises(NotAllowed):
            look_at(work, council, by=outsider, calibration_id=case_id, now=NOW)
        with pytest.raises(NotAllowed):
            graded(work, council, outsider, case_id)
        with pytest.raises(NotAllowed):
            close_early(work, council, by=outsider, calibration_id=case_id, now=NOW)


@on_one_engine
def test_one_reminder_three_days_before_reaches_those_who_have_not_graded(
    council: Council, people: Staff, pool: Pool
) -> None:
    first, second, *_ = pool.auditors
    with council.write() as work:
        case_id = sent(work, council, pool)
        graded(work, council, first, case_id)
        due = {notice.due_at for notice in work.notices.of(REMINDED, case_id)}

    # Tuesday the 12th, at half past eight in London.
    assert due == {datetime(2026, 5, 12, 7, 30, tzinfo=UTC)}
    tuesday = at(date(2026, 5, 12), 9)
    reminded = drawn(council, second, tuesday, REMINDED, case_id)
    assert isinstance(reminded, Drawn)
    assert "15 May 2026" in text(reminded.card)
    assert drawn(council, first, tuesday, REMINDED, case_id) == Needless("they have graded it")
    assert drawn(council, first, tuesday, ASKED, case_id) == Needless("they have graded it")
    assert drawn(council, second, at(LAST_DAY + timedelta(days=1)), REMINDED, case_id) == Needless(
        "the case has closed"
    )


@on_one_engine
def test_a_case_open_for_less_than_three_days_reminds_nobody(
    council: Council, people: Staff, pool: Pool
) -> None:
    numbers = replace(council.framework.numbers, calibration_days=3)
    short = replace(council, framework=replace(council.framework, numbers=numbers))
    with council.write() as work:
        case_id = sent(work, short, pool)

        assert work.notices.of(REMINDED, case_id) == ()


ASK_ON = date(2026, 4, 10)
"""Three weeks before the builders' round, and the day of the calendar's line."""


def sweeps(work: Work, council: Council, on: date) -> str:
    """The calendar's line falls due; why nobody was asked, or nothing."""
    try:
        SWEEPS[LINE](work, council, Sweeping(Occurrence(LINE, on, at(on)), at(on), late=False))
    except Skipped as skipped:
        return skipped.reason
    return ""


@on_one_engine
@pytest.mark.rule("PR-05")
def test_three_weeks_before_a_round_the_psw_is_offered_to_send_a_case(
    council: Council, people: Staff, pool: Pool
) -> None:
    with council.write() as work:
        reasons = [sweeps(work, council, day) for day in (ASK_ON, date(2026, 5, 11))]
        assert told(work, WANTED, 202605) == {pool.psw.id}
    offered = drawn(council, pool.psw, at(ASK_ON), WANTED, 202605)
    with council.write() as work:
        sent(work, council, pool, now=at(ASK_ON))
        again = sweeps(work, council, ASK_ON)

    assert reasons == ["", "no round begins that month"]
    assert isinstance(offered, Drawn)
    assert "Write a case" in text(offered.card)
    assert isinstance(drawn(council, pool.psw, at(ASK_ON, 10), WANTED, 202605), Needless)
    assert again == "a case has gone out for that round"
