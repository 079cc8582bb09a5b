"""Calibration cases and what people gave, on both engines."""

from datetime import date, timedelta

from domain.grades import Grade
from storage.work import Work
from tests.builders import NOW, Staff
from workflows.council import Council

GOOD, RI = Grade.GOOD, Grade.REQUIRES_IMPROVEMENT
LAST_DAY = date(2026, 5, 15)


def a_case(work: Work, people: Staff, closes_on: date = LAST_DAY) -> int:
    panel = {"planning": GOOD, "review": RI}
    return work.calibrations.open(
        title="Drift",
        text="The child waited.",
        panel=panel,
        because="No dates.",
        by=people.qa_officer.id,
        closes_on=closes_on,
        now=NOW,
    )


def test_a_case_comes_back_as_it_was_kept(council: Council, people: Staff) -> None:
    with council.write() as work:
        case_id = a_case(work, people)

        found = work.calibrations.get(case_id)

    assert found is not None
    assert (found.sections, found.panel) == (("planning", "review"), {"planning": GOOD, "review": RI})
    assert (found.because, found.closes_on, found.opened_at, found.is_open) == (
        "No dates.",
        LAST_DAY,
        NOW,
        True,
    )


def test_each_persons_last_grades_stand(council: Council, people: Staff) -> None:
    with council.write() as work:
        case_id, other = a_case(work, people), a_case(work, people)
        for grade in (GOOD, RI):
            work.calibrations.grade(
                case_id, people.auditor.id, grades={"planning": grade}, reason=f"{grade}", now=NOW
            )
        work.calibrations.grade(
            case_id, people.second_auditor.id, grades={"planning": GOOD}, reason="x", now=NOW
        )

        (first, second) = work.calibrations.all_grades(case_id)
        own = work.calibrations.grades_of(case_id, people.auditor.id)
        counts = (work.calibrations.how_many(case_id), work.calibrations.how_many(other))

    assert own == first
    assert (first.grades, first.reason, first.at) == ({"planning": RI}, RI.value, NOW)
    assert second.person_id == people.second_auditor.id
    assert counts == (2, 0)


def test_a_case_closes_once_and_is_over_the_day_after_its_last(council: Council, people: Staff) -> None:
    with council.write() as work:
        later, case_id = a_case(work, people, LAST_DAY + timedelta(days=1)), a_case(work, people)
        opened = [one.id for one in work.calibrations.open_ones()]
        over = [
            [one.id for one in work.calibrations.over(LAST_DAY + timedelta(days=days))] for days in (0, 1)
        ]
        held = work.calibrations.hold_open(case_id)
        closed = (work.calibrations.close(case_id, NOW), work.calibrations.close(case_id, NOW))

        assert opened == [case_id, later]
        assert over == [[], [case_id]]
        assert (held, closed, work.calibrations.hold_open(case_id)) == (True, (True, False), False)
        assert [one.id for one in work.calibrations.closed_ones(3)] == [case_id]
        assert work.calibrations.over(LAST_DAY + timedelta(days=1)) == ()
