"""The digest's figures, its chart and the one sentence of what changed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.agreement import Reading
from domain.digest import Digest, channel_figures, grade_chart, voice_chart
from domain.digest_words import sentence
from domain.figures import FigureSet, Period, disclosed
from domain.framework_reading import read
from domain.grades import Grade
from domain.loop import Found, FoundAction
from domain.measures import Given, counted
from domain.mentions import without_mentions

FRAMEWORK = read((Path(__file__).parents[2] / "domain" / "framework.toml").read_text(encoding="utf-8"))
MAY = Period(date(2026, 5, 1), date(2026, 5, 31), "May 2026")
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31), "March 2026")
TODAY = date(2026, 6, 3)
NOBODY = Reading(0, is_enough=False)


def audits(number: int, *, child: int = 0, parent: int = 0, good: int = -1, actions: int = 0) -> list[Found]:
    """So many audits, of which some heard the child or the parent, and some are Good; the others are not."""
    good = number if good < 0 else good
    grades = [Grade.GOOD if n < good else Grade.REQUIRES_IMPROVEMENT for n in range(number)]
    return [
        Found(
            audit_id=n,
            round_id=1,
            team_id=1,
            service_id=1,
            auditor_id=1,
            practitioner_id=2,
            submitted_on=MAY.last,
            original=grade,
            grade=grade,
            voices={"voice_child": n < child, "voice_parent": n < parent},
            actions=(FoundAction("open", date(2026, 6, 1 + n), n),) if n < actions else (),
        )
        for n, grade in enumerate(grades)
    ]


def a_digest(
    now: list[Found],
    before: list[Found] | None = None,
    *,
    waiting: int = 0,
    due_on: date | None = None,
    smallest: int = 5,
) -> Digest:
    def a_set(period: Period, found: list[Found], open_ones: int) -> FigureSet:
        given = [Given(one.audit_id, 1, period.last, period.last) for one in found]
        given += [Given(1000 + n, 1, date(2026, 6, 1 + n), None) for n in range(open_ones)]
        figures = counted(FRAMEWORK, given, found, {}, today=TODAY)
        return FigureSet(period, channel_figures(figures, given, found, today=TODAY))

    sets = [a_set(MAY, now, waiting), *([a_set(MARCH, before, 0)] if before is not None else [])]
    return Digest(
        now=MAY,
        before=MARCH if before is not None else None,
        shown=disclosed(sets, smallest),
        due_on=due_on,
        agreement=NOBODY,
        agreement_before=NOBODY,
        rising=(),
        unreachable=0,
        coming=(),
    )


@pytest.mark.rule("CA-21")
def test_the_largest_change_beyond_chance_is_named_with_both_its_numbers() -> None:
    digest = a_digest(audits(40, child=34, parent=26), audits(36, child=12, parent=10))

    assert sentence(FRAMEWORK, digest) == "More children were heard: 34 of 40, against 12 of 36 in March."


def test_a_fall_is_named_like_a_rise() -> None:
    digest = a_digest(audits(40, child=10), audits(36, child=30))

    assert sentence(FRAMEWORK, digest) == "Fewer children were heard: 10 of 40, against 30 of 36 in March."


def test_good_and_better_grades_count_together() -> None:
    digest = a_digest(audits(40, good=34), audits(36, good=12))

    assert sentence(FRAMEWORK, digest).startswith("More audits were graded Good or better: 34 of 40")


def test_what_chance_would_bring_about_is_no_change() -> None:
    digest = a_digest(audits(40, child=24), audits(36, child=18))

    said = sentence(FRAMEWORK, digest)

    assert said == "Nothing has changed since March by more than chance would bring about."


@pytest.mark.rule("SG-03")
def test_nothing_is_claimed_from_a_number_that_is_not_shown() -> None:
    """Two of forty heard before is the largest change by far, and two is too few to tell."""
    digest = a_digest(audits(40, child=34), audits(40, child=2))

    before = digest.figure_before("voice_child")
    assert before is not None
    assert before.is_hidden
    assert "children" not in sentence(FRAMEWORK, digest)


@pytest.mark.rule("SG-03")
@pytest.mark.parametrize("number", [1, 4])
def test_of_very_few_audits_nothing_is_said(number: int) -> None:
    digest = a_digest(audits(number, child=number), audits(40, child=10))

    assert sentence(FRAMEWORK, digest) == "Too few audits have come in to say what changed."
    assert grade_chart(FRAMEWORK, a_digest(audits(number))) is None


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ([], [], "No audit has come in from this round yet."),
        (audits(20), None, "This is the first round, so there is nothing to set beside it yet."),
    ],
)
def test_without_anything_to_compare_it_says_so(
    now: list[Found], before: list[Found] | None, said: str
) -> None:
    assert sentence(FRAMEWORK, a_digest(now, before)) == said


@pytest.mark.parametrize(
    ("waiting", "said"),
    [
        (8, "20 of 28 audits of the May round are in; they are due on Sun 31 May."),
        (0, "All 20 audits of the May round are in. Thank you."),
        # Three are waited for, and few people know that they are meant.
        (3, "The May round is under way. Its audits are due on Sun 31 May."),
    ],
)
def test_while_a_round_is_under_way_it_says_how_far_it_is(waiting: int, said: str) -> None:
    digest = a_digest(audits(20), audits(20), waiting=waiting, due_on=MAY.last)

    assert sentence(FRAMEWORK, digest) == said


@pytest.mark.rule("SG-03")
def test_what_is_due_gives_nothing_small_away_beside_what_is_done() -> None:
    """Of twenty open audits two are overdue: the rest must not tell it by taking away."""
    digest = a_digest(audits(20), waiting=20)
    shown = {key: digest.figure(key) for key in ("done", "waiting", "waiting.overdue", "waiting.soon")}
    later = digest.figure("waiting.later")

    assert shown["waiting.overdue"].is_hidden
    # Twenty less both others would be the two.
    assert shown["waiting"].is_hidden or shown["waiting.soon"].is_hidden or later.is_hidden
    assert digest.figure("submitted").says == "20"


def test_the_chart_holds_shares_and_leaves_out_what_is_hidden() -> None:
    digest = a_digest(audits(20, good=12, child=18, parent=10), audits(20, good=12, child=8, parent=10))

    grades, voices = grade_chart(FRAMEWORK, digest), voice_chart(digest)

    assert grades is not None
    assert voices is not None
    assert [one.name for one in grades.series] == ["May", "March"]
    assert grades.series[0].values == (0.0, 60.0, 40.0, 0.0)
    # Eighteen of twenty heard would say that two were not.
    assert voices.series[0].values[:2] == (None, 50.0)
    assert voices.series[1].values[:2] == (40.0, 50.0)


def test_how_actions_fall_due_is_told_in_parts_of_those_open() -> None:
    digest = a_digest(audits(28, actions=28))

    soon, overdue = digest.figure("actions.soon"), digest.figure("actions.overdue")

    # Of 28 open actions, due from 1 June on: two overdue, fifteen soon, eleven later.
    assert overdue.is_hidden
    assert soon.figure.count == 15
    assert digest.figure("actions.later").figure.count == 11


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<at>Plumbline</at> status", "status"),
        ('<p><at id="0">Plumbline</at>&nbsp;what&#39;s due</p>', "what's due"),
        ("status", "status"),
        ("<at>Plumbline</at>", ""),
        ("<at>Plumbline</at> <at>Somebody\nElse</at> learning log<br/>", "learning log"),
    ],
)
def test_a_mention_is_no_part_of_the_line(written: str, said: str) -> None:
    assert " ".join(without_mentions(written).split()) == said


def test_a_figure_that_is_not_counted_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        replace(a_digest(audits(3))).figure("no such figure")
