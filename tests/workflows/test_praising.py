"""Praise: suggested by the bot, worded and sent by a person, once."""

from datetime import timedelta
from typing import Any

import pytest

from domain.audits import Audit
from domain.errors import NotAllowed, RuleBroken
from domain.grades import Grade
from domain.pages import OVERALL, OverallPage
from domain.praising import TEXT_LIMIT
from storage.work import Work
from tests.builders import NOW, Staff, a_submitted_audit, an_accepted_audit
from tests.dialogs.scripts import on_one_engine
from tests.moderations import (
    Panel,
    a_chosen_audit,
    a_held_moderation,
    a_released_moderation,
    of_proficient_auditors,
    the_panel,
)
from workflows.council import Council
from workflows.praising import open_praise, send_praise, suggestions
from workflows.sharing import TextWanted

LATER = NOW + timedelta(days=55)
WORDS = "Dear Perry, what you did in planning made home calmer. Thank you. Quinn"
RATIONALE = (
    "Visits were regular.",
    "This was because the worker saw the child alone.",
    "The child said they felt heard, so school is calmer.",
    "A plan the child can read.",
)


@pytest.fixture
def council(council: Council) -> Council:
    """Nobody is new, so that the Panel has only what a test gives it."""
    return of_proficient_auditors(council)


@pytest.fixture
def panel(council: Council) -> Panel:
    with council.write() as work:
        return the_panel(work)


def suggested(work: Work, council: Council, people: Staff) -> list[int]:
    return [one.audit_id for one in suggestions(work, council, by=people.qa_officer, now=LATER)]


def sent(work: Work, council: Council, people: Staff, audit: Audit, text: str = WORDS) -> int:
    given: dict[str, Any] = {"audit_id": audit.id, "text": text, "now": LATER}
    return send_praise(work, council, by=people.qa_officer, **given).id


@on_one_engine
@pytest.mark.rule("CA-21", "MO-17", "MO-21", "SG-04")
def test_what_is_suggested_is_good_by_the_grade_that_counts_and_not_before_the_panel_has_done(
    council: Council, people: Staff, panel: Panel
) -> None:
    weak = {OVERALL: OverallPage(Grade.REQUIRES_IMPROVEMENT, *RATIONALE)}
    with council.write() as work:
        good = a_submitted_audit(work, council, people)
        a_submitted_audit(work, council, people, reference="CF-2", pages=weak)
        an_accepted_audit(work, people, reference="CF-3")
        a_held_moderation(work, council, people, panel, reference="CF-4")
        a_chosen_audit(work, council, people, panel, reference="CF-5")
        lower: dict[str, Any] = {"overall": Grade.INADEQUATE}
        a_released_moderation(work, council, people, panel, reference="CF-6", **lower)
        raised: dict[str, Any] = {"overall": Grade.OUTSTANDING}
        best = a_released_moderation(work, council, people, panel, reference="CF-7", **raised)

        assert suggested(work, council, people) == [best.audit_id, good.id]

        sent(work, council, people, good)
        assert suggested(work, council, people) == [best.audit_id]


@on_one_engine
@pytest.mark.rule("CA-21")
def test_it_goes_to_the_practitioner_and_their_team_manager_once(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        note_id = sent(work, council, people, audit)

        with pytest.raises(RuleBroken, match="praised for this work already"):
            sent(work, council, people, audit, "Once more, thank you.")

        (praise,) = work.notices.of("praise", note_id)
        (copy,) = work.notices.of("praise_copy", note_id)
        kept = work.praise.of_audits((audit.id,))
        work.trail.finish()
        verbs = [row.verb for row in work.trail.rows(f"audit:{audit.id}")]
    assert (praise.person_id, copy.person_id) == (people.practitioner.id, people.team_manager.id)
    assert [(note.person_id, note.by_id, note.text) for note in kept] == [
        (people.practitioner.id, people.qa_officer.id, WORDS)
    ]
    assert verbs.count("praised") == 1


@on_one_engine
@pytest.mark.rule("SG-01")
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "in a sentence or two"),
        ("W" * (TEXT_LIMIT + 1), "within 1,000 characters"),
        ("Well done with CF-1001.", "case reference"),
        ("You listened to Olivia when nobody else did.", "“Olivia” may say who somebody is"),
        ("The family at RG1 3AB is doing well.", "may say who somebody is"),
    ],
)
def test_what_could_say_who_a_child_is_is_not_sent(
    council: Council, people: Staff, text: str, why: str
) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)

        with pytest.raises(TextWanted, match=why) as refused:
            sent(work, council, people, audit, text)

        assert refused.value.field == "praise_text"
        assert work.praise.of_audits((audit.id,)) == ()


@on_one_engine
@pytest.mark.rule("CA-21", "SG-04")
def test_the_office_alone_praises_and_only_work_that_is_there_to_read(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        unshared = an_accepted_audit(work, people, reference="CF-2")
        held = a_held_moderation(work, council, people, panel, reference="CF-3")
        given: dict[str, Any] = {"text": WORDS, "now": LATER}

        for other in (people.auditor, people.team_manager, panel.psw, people.bystander):
            with pytest.raises(NotAllowed):
                send_praise(work, council, by=other, audit_id=audit.id, **given)
            with pytest.raises(NotAllowed):
                suggestions(work, council, by=other, now=LATER)
        for audit_id in (unshared.id, 999):
            with pytest.raises(NotAllowed):
                send_praise(work, council, by=people.qa_officer, audit_id=audit_id, **given)
        with pytest.raises(RuleBroken, match="The Panel still looks at this audit"):
            send_praise(work, council, by=people.qa_officer, audit_id=held.audit_id, **given)


@on_one_engine
@pytest.mark.rule("CA-21")
@pytest.mark.parametrize("name", ["Perry Practitioner", "Olivia May-Rose Example"])
def test_the_first_wording_could_be_sent_as_it_is(council: Council, people: Staff, name: str) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        work.people.change(people.practitioner.id, {"name": name})
        given: dict[str, Any] = {"by": people.qa_officer, "audit_id": audit.id, "now": LATER}
        draft = open_praise(work, council, **given)

        note = send_praise(work, council, text=draft.draft, **given)

    assert note.text.startswith(f"Dear {name.split(maxsplit=1)[0]}, ")
    assert draft.managers == ("Toni Manager",)
    assert next(title for title, _ in draft.said) == "Case recording"
