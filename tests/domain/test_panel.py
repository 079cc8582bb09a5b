"""Who of the Panel may look at an audit, and who chairs (MO-07, Q9)."""

from dataclasses import replace
from datetime import date

import pytest

from domain.panel import Ties, chairs, members
from domain.people import Person, Post

TIES = Ties(people=frozenset({1, 2}), teams=frozenset({7}))


def person(person_id: int, *posts: Post, team_id: int | None = None) -> Person:
    return Person(person_id, "Somebody", "somebody@council.example", frozenset(posts), team_id=team_id)


FREE_PC, FREE_PSW, FREE_SM_QA = person(10, Post.PC), person(11, Post.PSW), person(12, Post.SM_QA)


@pytest.mark.rule("MO-07", "Q9")
def test_consultants_and_the_psw_sit_and_nobody_moderates_their_own_work_casework_or_team() -> None:
    tied = (person(1, Post.PC), person(2, Post.PSW), person(3, Post.PC, team_id=7))
    elsewhere = person(4, Post.PC, team_id=8)

    found = members((*tied, elsewhere, FREE_PC, FREE_PSW, FREE_SM_QA, person(5, Post.TM)), TIES)

    assert found == (elsewhere, FREE_PC, FREE_PSW)


@pytest.mark.rule("MO-07", "Q9")
def test_the_psw_chairs_and_the_sm_for_qa_only_where_every_psw_is_tied() -> None:
    tied_psw = person(1, Post.PSW)

    assert chairs((tied_psw, FREE_PSW, FREE_SM_QA), TIES) == (FREE_PSW,)
    assert chairs((tied_psw, FREE_SM_QA), TIES) == (FREE_SM_QA,)
    assert chairs((FREE_SM_QA,), TIES) == (FREE_SM_QA,)
    assert chairs((tied_psw, person(2, Post.SM_QA)), TIES) == ()


def test_leavers_neither_sit_nor_chair() -> None:
    left = date(2026, 5, 1)
    psw, sm_qa = replace(FREE_PSW, left_on=left), replace(FREE_SM_QA, left_on=left)

    assert members((replace(FREE_PC, left_on=left), psw), TIES) == ()
    assert chairs((psw, sm_qa), TIES) == ()
