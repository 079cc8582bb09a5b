"""Example audits in chat, from the Panel's proposal to the auditor's guidance.

the consultant            types "examples" → Propose an example → texts
the PSW's card            An example audit to approve → Read it → Approve
the auditor               types "guidance planning" → Example audits (1) → Read
"""

from typing import Any

import pytest

from cards.payloads import ShowGuidance
from cards.payloads_panel import ShowModeration
from cards.payloads_talk import ReadModeration
from scheduler.drawing import Drawn
from storage.work import Work
from tests.builders import NOW, Staff, an_accepted_audit
from tests.chat import Chat, button_nodes, text
from tests.dialogs.scripts import on_one_engine, said_under, values
from tests.moderations import Panel, a_decided_moderation, the_panel
from tests.workflows.nudged import drawn
from workflows.council import Council
from workflows.examples import Draft, approve_example, propose_example
from workflows.releasing import settle_decided

pytestmark = on_one_engine

TEXTS = {
    "example_title": "A plan the child can read",
    "example_section": "planning",
    "example_grade": "good",
    "example_text": "Chloe has a plan that names each step.",
    "example_why": "Anybody can follow it.",
}


@pytest.fixture
def panel(council: Council, people: Staff) -> Panel:
    with council.write() as work:
        return the_panel(work)


def an_approved_example(work: Work, council: Council, panel: Panel) -> int:
    """One that auditors read."""
    draft = Draft("A plan the child can read", "planning", "good", "Each step is named.", "It is plain.")
    given: dict[str, Any] = {"draft": draft, "example_id": 0, "version": 0, "now": NOW}
    made = propose_example(work, council, by=panel.first, **given)
    found = work.examples.get(made)
    assert found is not None
    approved: dict[str, Any] = {"example_id": made, "version": found.example.version, "now": NOW}
    approve_example(work, council, by=panel.psw, **approved)
    return made


@pytest.mark.rule("MO-18", "SG-01", "SG-03")
def test_from_the_proposal_to_the_guidance(council: Council, people: Staff, panel: Panel) -> None:
    consultant, psw = Chat(council, panel.first), Chat(council, panel.psw)
    form = consultant.presses("Propose an example", consultant.types("examples"))
    empty = consultant.presses("Propose it", form, **{**TEXTS, "example_title": ""})
    waits = consultant.presses("Propose it", empty, example_title=TEXTS["example_title"])
    posted = drawn(council, panel.psw, NOW, "example_proposed", 1)
    assert isinstance(posted, Drawn)

    refused = psw.presses("Approve", psw.presses("Read it", posted.card))
    reworded = psw.presses("Change the text", refused)
    ready = psw.presses("Save", reworded, example_text="The child has a plan that names each step.")
    psw.presses("Approve", ready)
    auditor = Chat(council, people.auditor)
    guidance = auditor.types("guidance planning")
    read = auditor.presses("Read", auditor.presses("Example audits (1)", guidance))

    assert "give it a title" in said_under(empty, "example_title")
    assert values(empty)["example_text"] == TEXTS["example_text"]
    assert "is to be reworded before it is approved" in text(waits)
    assert "“Chloe”" in text(refused)
    assert "The child has a plan that names each step." in text(read)
    for name in ("Fran First", "Pat Principal", "CF-1001"):
        assert name not in text(read)
    assert isinstance(drawn(council, panel.first, NOW, "example_decided", 1), Drawn)


@pytest.mark.rule("MO-18")
def test_guidance_offers_examples_only_where_there_are_some_and_only_to_whom_they_are_open(
    council: Council, people: Staff, panel: Panel
) -> None:
    consultant, psw = Chat(council, panel.first), Chat(council, panel.psw)
    form = consultant.presses("Propose an example", consultant.types("examples"))
    consultant.presses("Propose it", form, **{**TEXTS, "example_text": "A plan that names each step."})
    shown = psw.presses("Read", psw.types("examples"))
    before = titles(Chat(council, people.auditor).types("guidance planning"))
    psw.presses("Approve", shown)

    assert not any("Example" in title for title in before)
    assert "Example audits (1)" in titles(Chat(council, people.auditor).types("guidance planning"))
    for person, topic in ((people.auditor, "review"), (people.practitioner, "planning")):
        assert not any("Example" in one for one in titles(Chat(council, person).types(f"guidance {topic}")))
    assert "not sure what you mean" in text(Chat(council, people.practitioner).types("examples"))


@pytest.mark.rule("MO-18")
def test_a_moderated_section_fills_the_form_and_says_that_it_is_still_somebodys(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        a_decided_moderation(work, council, people, panel)
    chat = Chat(council, panel.first)

    form = chat.presses("Planning", chat.sends(ShowModeration(1, "decide").pack()))

    assert (values(form)["example_section"], values(form)["example_grade"]) == ("planning", "good")
    assert "Visits were regular" in values(form)["example_text"]
    assert "take out whatever could say whose story it is" in text(form)


def titles(card: dict[str, object]) -> list[str]:
    return [str(node.get("title")) for node in button_nodes(card)]


@pytest.mark.rule("MO-18", "PR-02")
def test_the_way_back_from_an_example_leads_to_the_feedback_that_offered_it(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        example_id = an_approved_example(work, council, panel)
        form = {"example_ids": (example_id,)}
        decided = a_decided_moderation(work, council, people, panel, form=form)
        settle_decided(work, council, decided, by=panel.first.id, now=NOW)
    chat = Chat(council, people.auditor)
    feedback = chat.sends(ReadModeration(decided.id).pack())

    read = chat.presses("Read", feedback)
    every = chat.presses("All examples", read)
    again = chat.presses("Read", every)

    assert "Back to the audit" not in text(read)
    for card in (read, every, again):
        assert text(chat.presses("Back to the feedback", card)) == text(feedback)


@pytest.mark.rule("MO-18")
def test_the_way_back_from_an_example_of_the_guidance_leads_to_the_audit(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        an_approved_example(work, council, panel)
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    guidance = chat.sends(ShowGuidance(audit.id, "planning").pack())

    read = chat.presses("Read", chat.presses("Example audits (1)", guidance))

    assert audit.case_reference in text(chat.presses("Back to the audit", read))
