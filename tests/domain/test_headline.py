"""What became of what was found, and what may be shown of it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import product

import pytest

from domain.closing import Impact
from domain.grades import Grade
from domain.headline import Loop, Share, Stage, groups, loop_of, themed
from domain.loop import Found, FoundAction
from domain.suppression import share_in_words

DAY = date(2026, 5, 29)


def found(number: int = 1, **given: object) -> Found:
    grades = {"original": Grade.GOOD, "grade": Grade.GOOD}
    who = {"team_id": 1, "service_id": 1, "auditor_id": 1, "practitioner_id": 1}
    return Found(audit_id=number, round_id=1, submitted_on=DAY, **{**grades, **who, **given})  # type: ignore[arg-type]


def loop(audits: int, discussed: int) -> Loop:
    return Loop(audits, 0, dict.fromkeys(Stage, Share(discussed, audits)))


@pytest.mark.rule("CA-19", "CA-23")
def test_it_counts_what_was_talked_through_done_confirmed_closed_and_lasted() -> None:
    actions = tuple(FoundAction(state, DAY) for state in ("open", "done", "confirmed"))
    audits = (
        found(1, actions=actions, discussed=True, closed=True, impact=Impact.LASTED),
        found(2, actions=actions[:1], discussed=True, closed=True, impact=Impact.PARTLY),
        found(3),
    )

    made = loop_of(audits)

    assert (made.audits, made.actions) == (3, 4)
    assert made.shares == {
        Stage.DISCUSSED: Share(2, 3),
        Stage.DONE: Share(2, 4),
        Stage.CONFIRMED: Share(1, 4),
        Stage.CLOSED: Share(2, 3),
        Stage.LASTED: Share(1, 2),
    }


def test_a_group_with_few_audits_takes_another_with_it_and_is_not_named() -> None:
    seen = groups({"A": loop(4, 2), "B": loop(9, 0), "C": loop(20, 10)}, 5)

    assert [group.name for group in seen] == ["C"]


@pytest.mark.parametrize(("smallest", "teams", "most"), [(3, 2, 8), (3, 3, 6), (4, 2, 9)])
def test_whoever_sees_the_whole_and_the_groups_shown_cannot_tell_what_is_hidden(
    smallest: int, teams: int, most: int
) -> None:
    """Every way to fill a small table, by what is seen of it: what is hidden may be several numbers."""
    cells = [(audits, discussed) for audits in range(1, most) for discussed in range(audits + 1)]
    behind = defaultdict(list)
    for table in product(cells, repeat=teams):
        audits, discussed = map(sum, zip(*table, strict=True))
        if audits < most and 0 < discussed < audits and audits > max(teams, smallest - 1):
            behind[audits, share_in_words(discussed, audits, smallest), pictured(table, smallest)].append(
                table
            )

    for (*whole, seen), possible in behind.items():
        for place in range(teams):
            share = dict(seen).get(str(place))
            if share is None:
                kinds = {
                    table[place] if str(place) not in dict(seen) else table[place][1] for table in possible
                }
                assert len(kinds) > 1, (whole, seen, possible)


def pictured(table: Iterable[tuple[int, int]], smallest: int) -> tuple[tuple[str, Share | None], ...]:
    loops = {str(place): loop(*cell) for place, cell in enumerate(table)}
    return tuple((group.name, group.shares[Stage.DISCUSSED]) for group in groups(loops, smallest))


def test_a_theme_is_a_section_below_good_or_a_tag_given_in_one() -> None:
    weak = found(
        sections={"planning": Grade.REQUIRES_IMPROVEMENT, "recording": Grade.GOOD},
        tags={"planning": ("GP-03",), "recording": ("GP-05",)},
    )

    assert weak.themes == {"planning", "GP-03"}


def test_themes_come_by_how_many_audits_have_them_and_small_ones_not_at_all() -> None:
    planning = {"sections": {"planning": Grade.REQUIRES_IMPROVEMENT}}
    both = {"sections": dict.fromkeys(("planning", "voice"), Grade.INADEQUATE)}
    audits = [
        *(found(n, discussed=True, **planning) for n in range(6)),
        *(found(n, **both) for n in range(6)),
        *(found(n) for n in range(6)),
        found(99, sections={"recording": Grade.INADEQUATE}),
    ]

    seen = themed(audits, 5)

    assert [(group.name, group.audits) for group in seen] == [("planning", 12), ("voice", 6)]
    assert seen[0].shares[Stage.DISCUSSED] == Share(6, 12)
