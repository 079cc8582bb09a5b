"""The library of example audits: proposed by the Panel, approved by the PSW, read by auditors."""

from dataclasses import replace

import pytest

from domain.errors import NotAllowed, RuleBroken, Stale
from domain.examples import ExampleState
from storage.work import Work
from tests.builders import NOW, Staff, a_case
from tests.dialogs.scripts import on_one_engine
from tests.moderations import Panel, a_decided_moderation, the_panel
from workflows.council import Council
from workflows.examples import (
    Draft,
    approve_example,
    drawn_from,
    library,
    open_example,
    propose_example,
    withdraw_example,
)
from workflows.moderation_files import open_moderation
from workflows.sharing import TextWanted

CLEAR = Draft(
    title="A plan the child can read",
    section="planning",
    grade="good",
    text="The plan names each step in the child's own words, and by when.",
    why="Anybody can follow it.",
)


@pytest.fixture
def panel(council: Council, people: Staff) -> Panel:
    with council.write() as work:
        return the_panel(work)


def proposed(work: Work, council: Council, panel: Panel, draft: Draft = CLEAR) -> int:
    return propose_example(work, council, by=panel.first, draft=draft, now=NOW)


def approve(work: Work, council: Council, panel: Panel, example_id: int, version: int = 1) -> None:
    approve_example(work, council, by=panel.psw, example_id=example_id, version=version, now=NOW)


@pytest.mark.rule("MO-18")
def test_auditors_read_an_example_from_its_approval_until_it_is_withdrawn(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        example_id = proposed(work, council, panel)

        def read() -> tuple[int, ...]:
            found = library(work, council, by=people.auditor, section="planning", now=NOW)
            return tuple(one.id for one in (*found.approved, *found.proposed))

        assert read() == ()
        with pytest.raises(NotAllowed):
            open_example(work, council, by=people.auditor, example_id=example_id, now=NOW)
        approve(work, council, panel, example_id)
        assert read() == (example_id,)
        withdraw_example(work, council, by=panel.psw, example_id=example_id, version=2, now=NOW)
        assert read() == ()

        assert [n.person_id for n in work.notices.of("example_proposed", example_id)] == [panel.psw.id]
        assert {n.person_id for n in work.notices.of("example_decided", example_id)} == {panel.first.id}


@pytest.mark.rule("MO-18")
@on_one_engine
def test_only_the_panel_proposes_and_only_the_psw_approves(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        example_id = proposed(work, council, panel)

        for outsider in (people.auditor, people.qa_officer, people.practitioner):
            with pytest.raises(NotAllowed):
                propose_example(work, council, by=outsider, draft=CLEAR, now=NOW)
        for other in (panel.first, panel.sm_qa, people.ad_qa):
            with pytest.raises(NotAllowed):
                approve_example(work, council, by=other, example_id=example_id, version=1, now=NOW)
        with pytest.raises(NotAllowed):
            library(work, council, by=people.practitioner, section="", now=NOW)


@pytest.mark.rule("MO-18", "SG-01", "SG-03")
@pytest.mark.parametrize(
    ("field", "text", "found"),
    [
        ("text", "Chloe said that mornings are calm.", "Chloe"),
        ("why", "The worker wrote it with a child born on 3 May 2016.", "3 May 2016"),
        ("title", "Perry Practitioner at their best", "Perry Practitioner"),
        ("text", "As in CF-1001, each step has a day.", "CF-1001"),
    ],
)
@on_one_engine
def test_an_example_that_says_who_somebody_is_is_not_approved_and_the_refusal_says_what(
    council: Council, people: Staff, panel: Panel, field: str, text: str, found: str
) -> None:
    with council.write() as work:
        a_case(work, people)
        example_id = proposed(work, council, panel, replace(CLEAR, **{field: text}))

        with pytest.raises(RuleBroken, match=found):
            approve(work, council, panel, example_id)
        draft, by = CLEAR, panel.first
        propose_example(work, council, by=by, draft=draft, example_id=example_id, version=1, now=NOW)
        approve(work, council, panel, example_id, version=2)

        row = work.examples.get(example_id)
        assert row is not None
        assert row.example.state is ExampleState.APPROVED


@on_one_engine
def test_what_is_empty_too_long_or_changed_meanwhile_is_not_kept(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        example_id = proposed(work, council, panel)

        for field, text in (
            ("title", "t" * 121),
            ("text", " "),
            ("why", ""),
            ("section", "x"),
            ("grade", ""),
        ):
            with pytest.raises(TextWanted) as refused:
                proposed(work, council, panel, replace(CLEAR, **{field: text}))
            assert refused.value.field == field
        with pytest.raises(Stale):
            approve(work, council, panel, example_id, version=7)
        with pytest.raises(RuleBroken):
            propose_example(
                work, council, by=panel.second, draft=CLEAR, example_id=example_id, version=1, now=NOW
            )


@pytest.mark.rule("MO-18")
@on_one_engine
def test_a_moderated_section_is_where_an_example_may_start(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        decided = a_decided_moderation(work, council, people, panel)
        found = open_moderation(
            work, council, by=panel.first, moderation_id=decided.id, part="decide", now=NOW
        )

        draft = drawn_from(found, "planning")

        assert (draft.section, draft.grade, draft.title) == ("planning", "good", "")
        assert "Visits were regular" in draft.text
