"""Figures of a period, and what of them may stand together in one pack."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.closing import Impact
from domain.figures import (
    COUNCIL,
    Disclosed,
    Figure,
    FigureSet,
    Period,
    disclosed,
    grade_key,
    with_scope,
)
from domain.framework_reading import read
from domain.grades import Grade
from domain.loop import Found, FoundAction
from domain.measures import Given, Looked, counted, theme_key

FRAMEWORK = read((Path(__file__).parents[2] / "domain" / "framework.toml").read_text(encoding="utf-8"))
JULY = Period(date(2026, 7, 1), date(2026, 7, 31), "July 2026")
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30), "June 2026")
TODAY = date(2026, 8, 10)
SMALLEST = 5


def found(audit_id: int, service_id: int = 1, grade: Grade = Grade.GOOD, **more: object) -> Found:
    values: dict[str, object] = {
        "audit_id": audit_id,
        "round_id": 1,
        "team_id": service_id,
        "service_id": service_id,
        "auditor_id": 1,
        "practitioner_id": 2,
        "submitted_on": date(2026, 7, 20),
        "original": grade,
        "grade": grade,
    }
    return Found(**{**values, **more})  # type: ignore[arg-type]


def of(figures: Iterable[Figure], key: str) -> tuple[int, int | None]:
    one = next(figure for figure in figures if figure.key == key)
    return one.count, one.of


@pytest.mark.rule("OG-03", "PF-11", "MO-21", "VF-02")
def test_what_is_counted_of_a_period() -> None:
    audits = [
        found(
            1,
            grade=Grade.INADEQUATE,
            original=Grade.GOOD,
            voices={"voice_child": True},
            sections={"planning": Grade.INADEQUATE, "impact": Grade.GOOD},
            actions=(FoundAction("open", date(2026, 8, 1), 7), FoundAction("confirmed", date(2026, 8, 1), 8)),
            discussed=True,
        ),
        found(2, actions=(FoundAction("done", date(2026, 8, 1), 9),), closed=True, impact=Impact.LASTED),
        found(3, sections={"planning": Grade.GOOD}, impact=Impact.LOST),
    ]
    given_out = [
        Given(1, 1, date(2026, 7, 31), date(2026, 7, 31)),
        Given(2, 1, date(2026, 7, 31), date(2026, 8, 1)),
        Given(4, 1, date(2026, 7, 31), None),
    ]
    looked = {1: Looked(1, changed=True, in_time=False), 2: Looked(2, changed=False, in_time=True)}
    figures = counted(FRAMEWORK, given_out, audits, looked, today=TODAY)

    assert of(figures, "given") == (3, None)
    assert of(figures, "done") == (2, 3)
    assert of(figures, "on_time") == (1, 3)
    assert of(figures, "submitted") == (3, None)
    assert of(figures, grade_key(Grade.INADEQUATE)) == (1, 3)
    assert of(figures, grade_key(Grade.GOOD)) == (2, 3)
    assert of(figures, "moderated") == (2, 3)
    assert of(figures, "moderated_in_time") == (1, 2)
    assert of(figures, "changed") == (1, 2)
    assert of(figures, "voice_child") == (1, 3)
    assert of(figures, "actions") == (3, None)
    assert of(figures, "actions.open") == (1, 3)
    assert of(figures, "actions.overdue") == (1, 1)
    assert of(figures, "actions.done") == (1, 3)
    assert of(figures, "actions.confirmed") == (1, 3)
    assert of(figures, "discussed") == (1, 3)
    assert of(figures, "closed") == (1, 3)
    assert of(figures, "lasted") == (1, 2)
    assert of(figures, theme_key("planning")) == (1, 2)
    assert of(figures, theme_key("impact")) == (0, 1)
    assert next(f for f in figures if f.key == "actions.overdue").counted == ("action 7",)


def a_set(audits: list[Found], period: Period = JULY, services: tuple[int, ...] = (1, 2, 3)) -> FigureSet:
    figures = list(counted(FRAMEWORK, (), audits, {}, today=TODAY))
    for service in services:
        own = counted(FRAMEWORK, (), [one for one in audits if one.service_id == service], {}, today=TODAY)
        figures += with_scope(own, f"service {service}")
    return FigureSet(period, tuple(figures))


@pytest.mark.rule("SG-03")
def test_a_service_of_few_is_not_told_by_the_others() -> None:
    audits = [found(n, service) for n, service in enumerate([1] * 12 + [2] * 9 + [3] * 2)]
    shown = disclosed([a_set(audits)], SMALLEST)
    told = {s: shown.of(JULY, "submitted", f"service {s}") for s in (1, 2, 3)}
    hidden = {service for service, one in told.items() if one is not None and one.is_hidden}
    assert 3 in hidden
    assert len(hidden) >= 2
    whole = shown.of(JULY, "submitted")
    assert whole is not None
    assert whole.says == "23"
    assert shown.hides_any


def test_a_share_is_said_with_its_whole_and_its_per_cent() -> None:
    audits = [found(n, grade=Grade.GOOD if n < 12 else Grade.OUTSTANDING) for n in range(20)]
    shown = disclosed([FigureSet(JULY, counted(FRAMEWORK, (), audits, {}, today=TODAY))], SMALLEST)
    good = shown.of(JULY, grade_key(Grade.GOOD))
    assert good is not None
    assert good.says == "12 of 20 (60%)"
    assert shown.of(JULY, "given") is not None
    assert shown.of(JUNE, "given") is None


def test_what_says_nothing_of_people_is_never_hidden() -> None:
    log = Figure("log.opened", "Entries opened", ("entry 1", "entry 2"), guarded=False)
    shown = disclosed([FigureSet(JULY, (log,))], SMALLEST)
    one = shown.of(JULY, "log.opened")
    assert one is not None
    assert one.says == "2"


@pytest.mark.rule("SG-03")
def test_a_longer_period_gives_no_shorter_one_away() -> None:
    early, late = [found(n) for n in range(3)], [found(n) for n in range(10, 22)]
    both = Period(JUNE.first, JULY.last, "June and July 2026")
    sets = [a_set(early, JUNE, ()), a_set(late, JULY, ()), a_set(early + late, both, ())]
    sets[2] = FigureSet(Period(date(2026, 5, 31), JULY.last, both.label), sets[2].figures)
    shown = disclosed(sets, SMALLEST, spans=[(sets[2].period, (JUNE, JULY))])
    parts = [shown.of(period, "submitted") for period in (JUNE, JULY, sets[2].period)]
    assert [one.is_hidden for one in parts if one is not None].count(True) >= 2


LOOKED_AT = {"submitted", "voice_child", "discussed", *map(grade_key, Grade)}
COUNTS = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(list(Grade)), st.booleans(), st.booleans()),
    min_size=1,
    max_size=40,
)


def solved(shown: Disclosed, sets: list[FigureSet]) -> set[tuple[str, str, date]]:
    """The figures whose number follows from what is shown, by rank over what every reader knows."""
    cells: dict[tuple[str, str, date], int] = {}
    rows: list[dict[tuple[str, str, date], int]] = []

    def cell(*name: object) -> tuple[str, str, date]:
        key = name[0], name[1], name[2]
        cells.setdefault(key, len(cells))  # type: ignore[arg-type]
        return key  # type: ignore[return-value]

    for one in sets:
        first = one.period.first
        scopes = {figure.scope for figure in one.figures} - {COUNCIL}
        for figure in one.figures:
            me = cell(figure.key, figure.scope, first)
            seen = shown.of(one.period, figure.key, figure.scope)
            if seen is not None and not seen.is_hidden:
                rows.append({me: 1})
                if figure.whole is not None and figure.whole == one.get("submitted", figure.scope).counted:  # type: ignore[union-attr]
                    rows.append({cell("submitted", figure.scope, first): 1})
            if figure.scope == COUNCIL and scopes:
                rows.append({me: 1, **{cell(figure.key, scope, first): -1 for scope in scopes}})
        for scope in (COUNCIL, *scopes):
            rows.append(
                {
                    cell("submitted", scope, first): 1,
                    **{cell(grade_key(grade), scope, first): -1 for grade in Grade},
                }
            )
    matrix = np.zeros((len(rows), len(cells)))
    for n, row in enumerate(rows):
        for key, times in row.items():
            matrix[n, cells[key]] = times
    _, _, right = np.linalg.svd(matrix)
    rank = np.linalg.matrix_rank(matrix)
    free = right[rank:]
    return {key for key, n in cells.items() if not free.size or np.abs(free[:, n]).max() < 1e-9}


@pytest.mark.rule("SG-03")
@settings(max_examples=40, deadline=None)
@given(COUNTS, COUNTS)
def test_nothing_small_follows_from_a_pack_with_the_period_before_beside_it(
    now: list[tuple[int, Grade, bool, bool]], before: list[tuple[int, Grade, bool, bool]]
) -> None:
    sets = []
    for period, drawn in ((JULY, now), (JUNE, before)):
        audits = [
            found(n, service, grade, voices={"voice_child": heard}, discussed=talked)
            for n, (service, grade, heard, talked) in enumerate(drawn)
        ]
        whole = a_set(audits, period)
        sets.append(FigureSet(period, tuple(one for one in whole.figures if one.key in LOOKED_AT)))
    shown = disclosed(sets, SMALLEST)
    told = solved(shown, sets)
    for one in sets:
        for figure in one.figures:
            if 0 < figure.count < SMALLEST:
                assert (figure.key, figure.scope, one.period.first) not in told


@pytest.mark.rule("SG-03")
def test_a_few_late_audits_hide_how_many_were_given_out_and_not_all_that_came_in() -> None:
    audits = [found(n) for n in range(28)]
    given_out = [Given(n, 1, date(2026, 7, 31), date(2026, 7, 30) if n < 28 else None) for n in range(31)]
    shown = disclosed([FigureSet(JULY, counted(FRAMEWORK, given_out, audits, {}, today=TODAY))], SMALLEST)
    said = {key: one.says for key in ("done", "given", "submitted") if (one := shown.of(JULY, key))}
    assert said == {"done": "not shown", "given": "not shown", "submitted": "28"}
    good = shown.of(JULY, grade_key(Grade.GOOD))
    assert good is not None
    assert good.says == "28 of 28 (100%)"


@pytest.mark.rule("SG-03")
@pytest.mark.parametrize(
    ("heard", "audits", "says"),
    [
        (72, 72, "72 of 72 (100%)"),
        (70, 72, "nearly all of 72"),
        (67, 72, "67 of 72 (93%)"),
        (5, 72, "5 of 72 (7%)"),
        (3, 72, "fewer than 5 of 72"),
        (0, 72, "0 of 72 (0%)"),
        (1, 4, "not shown"),
    ],
)
def test_a_share_that_stands_alone_is_told_by_its_end_where_its_number_may_not_be(
    heard: int, audits: int, says: str
) -> None:
    records = tuple(f"audit {n}" for n in range(audits))
    share = Figure("voice_child", "Child heard", records[:heard], records)
    shown = disclosed([FigureSet(JULY, (share,))], SMALLEST).of(JULY, "voice_child")
    assert shown is not None
    assert shown.says == says
    assert (shown.count is None) == shown.is_hidden


@pytest.mark.rule("SG-03")
def test_nothing_vague_is_said_of_parts_services_or_periods_that_add_up() -> None:
    records = tuple(f"audit {n}" for n in range(30))
    total = Figure("submitted", "Audits that came in", records)
    part = Figure(grade_key(Grade.GOOD), "Good", records[:28], records, part_of="submitted")
    rest = Figure(grade_key(Grade.INADEQUATE), "Inadequate", records[28:], records, part_of="submitted")
    share = Figure("voice_child", "Child heard", records[:28], records)
    of_service = with_scope([share], "service 1")
    one = FigureSet(JULY, (total, part, rest, *of_service))
    shown = disclosed([one], SMALLEST)
    for key, scope in ((part.key, COUNCIL), (rest.key, COUNCIL), (share.key, "service 1")):
        found = shown.of(JULY, key, scope)
        assert found is not None
        assert found.says == "not shown"

    alone = FigureSet(JULY, (share,))
    spanned = disclosed([alone], SMALLEST, spans=[(JULY, (JUNE,))]).of(JULY, "voice_child")
    assert spanned is not None
    assert spanned.says == "not shown"


def spoken(figures: Iterable[Figure], *keys: str) -> dict[str, str]:
    """What is said of these figures where they alone stand together."""
    chosen = tuple(one for one in figures if one.key in keys)
    shown = disclosed([FigureSet(JULY, chosen)], SMALLEST)
    return {one.figure.key: one.says for one in shown.every}


@pytest.mark.rule("SG-03")
def test_how_few_came_in_late_does_not_follow_from_what_came_in_and_what_was_on_time() -> None:
    """Of forty audits thirty came in, twenty-seven of them by their day: three were late."""
    day, later = date(2026, 7, 31), date(2026, 8, 2)
    handed_in = [day] * 27 + [later] * 3 + [None] * 10
    given_out = [Given(n, 1, day, on) for n, on in enumerate(handed_in)]

    said = spoken(counted(FRAMEWORK, given_out, (), {}, today=TODAY), "done", "on_time")

    assert sorted(said.values()) == ["30 of 40 (75%)", "not shown"]


@pytest.mark.rule("SG-03")
def test_how_few_were_talked_through_and_not_closed_does_not_follow() -> None:
    audits = [found(n, discussed=n < 20, closed=n < 18) for n in range(40)]

    said = spoken(counted(FRAMEWORK, (), audits, {}, today=TODAY), "discussed", "closed")

    assert sorted(said.values()) == ["20 of 40 (50%)", "not shown"]


@pytest.mark.rule("SG-03")
def test_how_few_of_the_closed_were_not_looked_at_again_does_not_follow() -> None:
    """Of eighteen closed audits sixteen were looked at again."""
    looked_at = [Impact.LASTED] * 8 + [Impact.LOST] * 8 + [None] * 2
    audits = [found(n, discussed=True, closed=True, impact=one) for n, one in enumerate(looked_at)]
    audits += [found(100 + n) for n in range(20)]

    said = spoken(counted(FRAMEWORK, (), audits, {}, today=TODAY), "closed", "lasted")

    assert said == {"closed": "not shown", "lasted": "8 of 16 (50%)"}


@pytest.mark.rule("SG-03", "Q18")
def test_in_how_few_audits_a_section_was_not_graded_does_not_follow() -> None:
    """Thirty audits came in, and twenty-eight of them looked at the first contact."""
    contact = [{"contact": Grade.GOOD if n % 2 else Grade.INADEQUATE} for n in range(28)]
    audits = [found(n, sections=sections) for n, sections in enumerate([*contact, {}, {}])]

    keys = ("submitted", "voice_child", "voice_parent", theme_key("contact"))
    said = spoken(counted(FRAMEWORK, (), audits, {}, today=TODAY), *keys)

    # Without "30" more would be lost: whatever else is out of all that came in.
    assert said["submitted"] == "30"
    assert said[theme_key("contact")] == "not shown"


@pytest.mark.rule("SG-03")
def test_the_same_audits_in_another_order_are_the_same_number() -> None:
    """All that came in was given out and handed in: "thirty came in" is how many of the thirty-two did."""
    audits = [found(n) for n in range(30)]
    given_out = [Given(n, 1, date(2026, 7, 31), date(2026, 7, 30) if n < 30 else None) for n in range(32)]

    figures = counted(FRAMEWORK, given_out[::-1], audits, {}, today=TODAY)
    said = spoken(figures, "done", "submitted", "voice_child", "discussed")

    # Nothing else is out of those given out, and much is out of those that came in.
    assert said["done"] == "not shown"
    assert said["submitted"] == "30"
