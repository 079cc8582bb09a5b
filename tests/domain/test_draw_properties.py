"""A thousand rounds: whatever the audits, the auditors and the Panel, the draw keeps what the framework asks.

Each round makes up auditors of every class, their audits and grades, what the chair chose beside the rules,
and a Panel some of whom are tied to some audits.
"""

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.draw import OVER, AuditorClass, Drawn, Entry, draw, frozen, thawed
from domain.grades import Grade
from domain.moderation import Reason
from domain.panel import Ties, whose_turn
from domain.panel_load import Load, loads
from domain.people import Person, Post
from tests.domain import intake_samples
from tests.domain.draw_builders import Chosen, a_member, turns_of

NUMBERS = intake_samples.framework().numbers
OF_CLASS = {AuditorClass.NEW: (Reason.NEW_AUDITOR,), AuditorClass.STRUGGLING: (Reason.STRUGGLING_AUDITOR,)}
OF_GRADE = {Grade.OUTSTANDING: (Reason.OUTSTANDING,), Grade.INADEQUATE: (Reason.INADEQUATE,)}


@dataclass(frozen=True)
class Round:
    """What a month brought."""

    entries: tuple[Entry, ...]
    seed: int
    panel: tuple[Person, ...]
    ties: dict[int, Ties]
    """By audit."""


@st.composite
def rounds(pick: st.DrawFn) -> Round:
    """A month's audits and a Panel. Sizes and shares are hypothesis's to make small; the rest is chance."""
    audits = pick(st.integers(0, 40))
    auditors, consultants = pick(st.integers(1, 25)), pick(st.integers(0, 6))
    proficient, plain, tied = (pick(st.sampled_from((0.0, 0.3, 0.7, 0.95, 1.0))) for _ in range(3))
    chance = random.Random(pick(st.integers(0, 2**32)))
    classes = [
        AuditorClass.PROFICIENT
        if chance.random() < proficient
        else chance.choice((AuditorClass.NEW, AuditorClass.STRUGGLING))
        for _ in range(auditors)
    ]
    sampled = [chance.choice((0, 0, 1, 2)) for _ in range(auditors)]
    entries = []
    for audit_id in chance.sample(range(1, 500), audits):
        who = chance.randrange(auditors)
        grade = (
            chance.choice((Grade.GOOD, Grade.REQUIRES_IMPROVEMENT))
            if chance.random() < plain
            else chance.choice(tuple(Grade))
        )
        picked = (Reason.CHOSEN,) if chance.random() < 0.03 else ()
        reasons = (*OF_GRADE.get(grade, ()), *OF_CLASS.get(classes[who], ()), *picked)
        entries.append(Entry(audit_id, who, classes[who], grade, reasons, sampled[who]))
    psw, sm_qa = a_member(1000, Post.PSW), a_member(1001, Post.SM_QA)
    panel = (*(a_member(n) for n in range(2000, 2000 + consultants)), psw, sm_qa)
    ties = {
        one.audit_id: Ties(
            frozenset(p.id for p in panel if chance.random() < tied * 0.7) | {one.auditor_id}, frozenset()
        )
        for one in entries
    }
    return Round(tuple(entries), chance.randrange(2**31), panel, ties)


@pytest.mark.rule("MO-02", "MO-04", "MO-05", "MO-06", "Q3", "Q4", "Q9", "MO-07")
@settings(max_examples=1000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(month=rounds())
def test_in_every_round_the_draw_and_the_panel_keep_what_the_framework_asks(month: Round) -> None:
    drawn = draw(month.entries, month.seed, NUMBERS)

    every_compulsory_audit_is_in(month, drawn)
    it_reaches_a_fifth_and_adds_no_more_than_that_takes(month, drawn)
    whoever_was_never_drawn_comes_first(month, drawn)
    it_is_the_same_from_any_order_and_from_what_was_kept(month, drawn)
    nobody_with_a_tie_has_it_and_equals_have_equal_loads(month, drawn)


def every_compulsory_audit_is_in(month: Round, drawn: Drawn) -> None:
    assert set(drawn.chosen) == {one.audit_id for one in month.entries if one.reasons}
    proficient = {
        one.audit_id
        for one in month.entries
        if one.auditor_class is AuditorClass.PROFICIENT and not one.reasons
    }
    assert set(drawn.top_ups) <= proficient
    assert len(set(drawn.top_ups)) == len(drawn.top_ups)


def it_reaches_a_fifth_and_adds_no_more_than_that_takes(month: Round, drawn: Drawn) -> None:
    candidates = sum(not one.reasons for one in month.entries)
    fifth = len(month.entries) * 0.20
    if drawn.top_ups:
        assert drawn.moderated - 1 < fifth
    assert drawn.moderated >= fifth or len(drawn.top_ups) == candidates
    if drawn.state == OVER:
        assert drawn.moderated > len(month.entries) * 0.30
        assert not drawn.top_ups
    else:
        assert drawn.moderated <= max(len(month.entries) * 0.30, fifth + 1)


def whoever_was_never_drawn_comes_first(month: Round, drawn: Drawn) -> None:
    by_id = {one.audit_id: one for one in month.entries}
    waiting = {
        one.auditor_id
        for one in month.entries
        if not one.reasons and one.sampled == 0 and one.auditor_class is AuditorClass.PROFICIENT
    }
    picked = [by_id[audit_id] for audit_id in drawn.top_ups]
    if any(one.sampled for one in picked):
        assert waiting <= {one.auditor_id for one in picked}


def it_is_the_same_from_any_order_and_from_what_was_kept(month: Round, drawn: Drawn) -> None:
    assert draw(reversed(month.entries), month.seed, NUMBERS) == drawn
    assert draw(thawed(frozen(month.entries)), month.seed, NUMBERS) == drawn


def nobody_with_a_tie_has_it_and_equals_have_equal_loads(month: Round, drawn: Drawn) -> None:
    day, due_on = date(2026, 6, 2), date(2026, 6, 16)
    load: dict[int, Load] = defaultdict(Load)
    selected = (*drawn.chosen, *drawn.top_ups)
    for audit_id in selected:
        ties = month.ties[audit_id]
        chosen = whose_turn(month.panel, ties, load, chosen_on=day, due_on=due_on)
        free = [p for p in month.panel if not ties.of(p)]
        if chosen is None:
            assert not free
            continue
        load[chosen.id] = Load(load[chosen.id].open + 1, load[chosen.id].lately + 1)
        assert not ties.of(chosen)
        if any(Post.PC in p.posts for p in free):
            assert Post.PC in chosen.posts
        elif any(Post.PSW in p.posts for p in free):
            assert Post.PSW in chosen.posts
    equals = defaultdict(list)
    for person in month.panel:
        if Post.PC in person.posts:
            may = frozenset(i for i in selected if not month.ties[i].of(person))
            equals[may].append(load[person.id].open)
    assert all(max(loads) - min(loads) <= 1 for loads in equals.values())


@pytest.mark.rule("MO-07")
@settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    consultants=st.integers(1, 5),
    newcomers=st.integers(1, 2),
    had=st.integers(0, 12),
    coming=st.integers(1, 40),
    open_for=st.integers(0, 20),
    joined_first=st.booleans(),
)
def test_whoever_joins_the_panel_has_their_share_of_what_comes_and_no_more(
    consultants: int, newcomers: int, had: int, coming: int, open_for: int, joined_first: bool
) -> None:
    """Each was given `had` before; then audits come one by one, each decided `open_for` audits later."""
    there = [a_member(100 + n) for n in range(consultants)]
    new = [a_member((0 if joined_first else 200) + n) for n in range(newcomers)]
    panel, lately = (*there, *new), datetime(2026, 4, 1, tzinfo=UTC)
    earlier = lately - timedelta(days=90)
    given_to = [one.id for _ in range(had) for one in there]
    began = len(given_to)
    # Settled: each had one before what counts.
    settled = [Chosen(one.id, lately - timedelta(days=1), False) for one in there]
    for step in range(coming):
        turns = [
            Chosen(i, lately + timedelta(hours=n), n >= began and n >= began + step - open_for)
            for n, i in enumerate(given_to)
        ]
        members = {one.id for one in panel}
        load = loads(turns_of((*settled, *turns), members, lately=lately, earlier=earlier), members)
        chosen = whose_turn(
            panel,
            Ties(frozenset(), frozenset()),
            load,
            chosen_on=date(2026, 6, 2),
            due_on=date(2026, 6, 16),
        )
        assert chosen is not None
        given_to.append(chosen.id)
    share, shares = coming / len(panel), [given_to[began:].count(one.id) for one in panel]
    assert all(share - 2 < mine < share + 2 for mine in shares), shares
