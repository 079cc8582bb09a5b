"""Packs: which days they tell of, when they are drafted, what is said and what is left unsaid."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from domain.figures import Figure, Period, Shown
from domain.framework import Framework
from domain.framework_reading import FrameworkInvalid, read
from domain.pack_content import FigureRow, hash_of
from domain.pack_words import NO_CHANGE, NOTHING_BEFORE, changes, heard, most_often_weak
from domain.packs import (
    CHANGED,
    CHILDREN,
    PARTS,
    PackKind,
    Span,
    drafting_days,
    label_of,
    meeting_day,
    period_before,
    period_told,
    ref_of,
)

ROUNDS = (5, 7, 9, 11, 1, 3)
HOLIDAYS = frozenset({date(2026, 5, 4), date(2026, 5, 25)})
TOML = Path("domain/framework.toml").read_text(encoding="utf-8")


def days(period: Period) -> tuple[date, date]:
    return period.first, period.last


@pytest.mark.rule("PR-01", "PR-05", "OG-05")
def test_every_report_opens_with_children_keeps_its_headings_and_ends_with_what_changed() -> None:
    reports = [PARTS[kind] for kind in PackKind if kind not in (PackKind.BULLETIN, PackKind.EVIDENCE)]

    assert set(reports) == {("children", "why", "method", "findings", "actions", "changed")}
    assert {PARTS[kind][-1] for kind in PackKind} == {CHANGED}
    assert PARTS[PackKind.EVIDENCE][0] == CHILDREN


@pytest.mark.rule("Q31")
def test_the_groups_pack_tells_of_the_last_round_first_of_its_month_then_of_the_one_after() -> None:
    june = period_told(Span.ROUND, date(2026, 6, 5), ROUNDS)
    july = period_told(Span.ROUND, date(2026, 7, 3), ROUNDS)

    assert days(june) == (date(2026, 5, 1), date(2026, 5, 31))
    assert days(july) == (date(2026, 5, 1), date(2026, 6, 30))
    assert days(period_before(Span.ROUND, june, ROUNDS)) == (date(2026, 3, 1), date(2026, 3, 31))
    assert days(period_before(Span.ROUND, july, ROUNDS)) == (date(2026, 3, 1), date(2026, 4, 30))


def test_with_a_round_in_every_month_no_day_counts_in_both_times() -> None:
    every = range(1, 13)
    june = period_told(Span.ROUND, date(2026, 6, 5), every)

    assert days(june) == (date(2026, 5, 1), date(2026, 5, 31))
    assert days(period_before(Span.ROUND, june, every)) == (date(2026, 4, 1), date(2026, 4, 30))


@pytest.mark.rule("Q33", "OG-09", "PF-11")
@pytest.mark.parametrize(
    ("span", "on", "first", "last", "label"),
    [
        (Span.QUARTER, date(2026, 7, 1), date(2026, 4, 1), date(2026, 6, 30), "Q1 2026/27"),
        (Span.QUARTER, date(2026, 6, 30), date(2026, 1, 1), date(2026, 3, 31), "Q4 2025/26"),
        (Span.YEAR, date(2026, 5, 11), date(2025, 4, 1), date(2026, 3, 31), "2025/26"),
        (Span.YEAR, date(2026, 3, 31), date(2024, 4, 1), date(2025, 3, 31), "2024/25"),
        (Span.THREE_MONTHS, date(2026, 6, 5), date(2026, 3, 1), date(2026, 5, 31), "March to May 2026"),
        (
            *(Span.THREE_MONTHS, date(2027, 3, 5), date(2026, 12, 1), date(2027, 2, 28)),
            "December 2026 to February 2027",
        ),
    ],
)
def test_a_pack_tells_of_the_last_time_that_is_over(
    span: Span, on: date, first: date, last: date, label: str
) -> None:
    told = period_told(span, on, ROUNDS)

    assert (days(told), told.label) == ((first, last), label)


@pytest.mark.rule("OG-10", "QB-01")
def test_the_boards_report_is_drafted_ten_working_days_before_it_meets(framework: Framework) -> None:
    line = framework.pack(PackKind.BOARD)
    assert line is not None
    meeting = framework.meeting(line.meeting)

    assert meeting is not None
    july = date(2026, 7, 1)
    # The fourth Thursday of July is the 23rd.
    on = meeting_day(meeting, july, HOLIDAYS)
    assert on == date(2026, 7, 23)

    found = list(drafting_days(line, {july: on}, july, HOLIDAYS))

    assert found == [(date(2026, 7, 9), date(2026, 7, 23))]


@pytest.mark.rule("OG-10", "QB-01")
@pytest.mark.parametrize(
    ("on", "first"),
    [
        (date(2026, 7, 3), date(2026, 7, 1)),
        (date(2026, 8, 6), date(2026, 7, 23)),
        # Moved before the end of its months it gets what was over by then.
        (date(2026, 6, 25), date(2026, 6, 11)),
    ],
)
def test_a_moved_meeting_has_its_pack_ten_working_days_before_the_day_it_was_moved_to(
    framework: Framework, on: date, first: date
) -> None:
    line = framework.pack(PackKind.BOARD)
    assert line is not None

    assert list(drafting_days(line, {date(2026, 7, 1): on}, first, HOLIDAYS)) == [(first, on)]


@pytest.mark.rule("OG-09")
def test_the_bulletin_is_drafted_on_the_fifth_working_day_of_its_months(framework: Framework) -> None:
    line = framework.pack(PackKind.BULLETIN)
    assert line is not None

    assert list(drafting_days(line, None, date(2026, 6, 1), HOLIDAYS)) == [
        (date(2026, 6, 5), date(2026, 6, 30))
    ]
    assert list(drafting_days(line, None, date(2026, 7, 1), HOLIDAYS)) == []


@pytest.mark.rule("OG-01")
def test_nothing_is_drafted_before_its_months_are_over(framework: Framework) -> None:
    line = framework.pack(PackKind.QA_GROUP)
    assert line is not None
    meeting = framework.meeting(line.meeting)

    assert meeting is not None

    for month in range(1, 13):
        today = date(2026, month, 1)
        meets = {today: on} if (on := meeting_day(meeting, today, HOLIDAYS)) is not None else {}
        for first, last in drafting_days(line, meets, today, HOLIDAYS):
            assert period_told(line.span, first, ROUNDS).last < first <= last


def told(count: int, of: int, key: str = "voice_child", *, hidden: bool = False) -> Shown:
    records = tuple(f"audit {n}" for n in range(of))
    figure = Figure(key, "Child heard", records[:count], records)
    return Shown(figure, None, None) if hidden else Shown(figure, count, of)


@pytest.mark.rule("PR-05", "SG-04")
@pytest.mark.parametrize(
    ("now", "before", "says"),
    [
        (told(38, 40), told(20, 40), "Better. Child heard: 38 of 40 (95%), before that 20 of 40 (50%)."),
        (told(20, 40), told(38, 40), "Worse. Child heard: 20 of 40 (50%), before that 38 of 40 (95%)."),
        # Fewer overdue is better.
        (
            told(20, 40, "actions.overdue"),
            told(38, 40, "actions.overdue"),
            "Better. Child heard: 20 of 40 (50%), before that 38 of 40 (95%).",
        ),
        # What chance alone would bring is no change, and a few audits are no comparison.
        (told(21, 40), told(20, 40), NO_CHANGE),
        (told(4, 4), told(1, 4), NOTHING_BEFORE),
        (told(38, 40, hidden=True), told(20, 40), NOTHING_BEFORE),
        (told(38, 40), told(20, 40, hidden=True), NOTHING_BEFORE),
    ],
)
def test_a_change_is_named_only_where_it_is_more_than_chance_and_may_be_shown(
    now: Shown, before: Shown, says: str
) -> None:
    assert changes([("Child heard", now, before)]) == says


@pytest.mark.rule("SG-03")
def test_a_hidden_number_is_in_no_sentence() -> None:
    said = most_often_weak([("Planning", told(3, 40, hidden=True)), ("Review", told(12, 40))])

    assert said == "Most often below Good: Review (12 of 40 (30%))."


@pytest.mark.rule("PR-01", "SG-03")
def test_it_opens_with_whether_children_were_heard_and_says_what_is_hidden() -> None:
    assert heard(told(38, 40), None, None).startswith("Children's own views were heard in 38 of 40 audits")
    assert "is not shown" in heard(told(38, 40, hidden=True), told(20, 40), None)
    assert "20 of 40 audits (50%)" in heard(told(38, 40, hidden=True), told(20, 40), None)
    assert heard(told(0, 0), None, None).startswith("No audit came in")


def test_a_reference_names_the_pack_the_figure_and_the_time_before() -> None:
    assert (ref_of(12, 7), ref_of(12, 7, before=True)) == ("P12-07", "P12-07B")


ROW = FigureRow("P1-01", "done", "Done", "council", "2026-04-01", "2026-06-30", "1", ("audit 1",), None)


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize(
    ("facts", "texts", "rows"),
    [
        ({"title": "B"}, {"why": "So."}, (ROW,)),
        ({"title": "A"}, {"why": "So!"}, (ROW,)),
        ({"title": "A"}, {}, (ROW,)),
        ({"title": "A"}, {"why": "So."}, ()),
    ],
)
def test_whatever_is_changed_changes_the_hash(
    facts: dict[str, str], texts: dict[str, str], rows: Sequence[FigureRow]
) -> None:
    kept = hash_of({"title": "A"}, {"why": "So."}, (ROW,))

    assert hash_of(facts, texts, rows) != kept
    assert hash_of({"title": "A"}, {"why": "So."}, [ROW]) == kept


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (
            'span = "quarter"\nmeeting = "qa_board"',
            'span = "week"\nmeeting = "qa_board"',
            "must be one of round",
        ),
        ('meeting = "qa_board"\nworking', 'meeting = "the pub"\nworking', "is no body that meets"),
        ('meeting = "qa_board"\nworking', 'meeting = "clinic"\nworking', "meets in each service"),
        ("to_staff = true\n", "", "needs one of meeting, readers and to_staff"),
        ('approver = "sm_quality_assurance"', 'approver = "the_boss"', "is no post"),
        ('key = "smt"\ntitle = "SMT p', 'key = "board"\ntitle = "SMT p', "stands there more than once"),
        ('meeting = "cdlt"\nmonths = [5]', 'meeting = "cdlt"\nmonths = [6]', "does not meet"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place(before: str, after: str, says: str) -> None:
    assert before in TOML

    with pytest.raises(FrameworkInvalid, match="packs") as refused:
        read(TOML.replace(before, after))

    assert any(says in error for error in refused.value.errors)


def test_months_have_the_names_people_use() -> None:
    assert label_of(date(2026, 6, 1), date(2026, 6, 30)) == "June 2026"
    assert label_of(date(2026, 5, 1), date(2026, 6, 30)) == "May to June 2026"
