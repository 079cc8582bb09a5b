"""The forward plan and the tracker in chat, from a draft to a signature and from the log to its leads.

the QA officer      forward plan → Draft → The Group agrees it → April to June → Open → Change → Save
the PSW             Write the terms → Save
the Board's chair   Terms of reference to sign → Read and sign → Sign the terms
the QA officer      an entry → Pass it on → Pass it on; the lead: my items → Open
"""

import pytest

from cards.payloads_learning import ShowEntry
from cards.payloads_plan import ShowPlanItem
from domain.governance import ActivityKind
from domain.people import Post
from scheduler.drawing import Drawn
from tests.builders import NOW, Staff, a_person
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import on_one_engine, said_under, values
from tests.governance import TERMS, a_row, an_item
from tests.learning import an_entry
from tests.workflows.nudged import drawn
from workflows.council import Council

pytestmark = on_one_engine


@pytest.mark.rule("OG-07", "PR-06")
def test_a_year_from_its_draft_to_a_change_with_its_reason(council: Council, people: Staff) -> None:
    officer = Chat(council, people.qa_officer)

    empty = officer.types("forward plan")
    drafted = officer.presses("Draft 2026/27", empty)
    agreed = officer.presses("The Group agrees it", drafted)
    again = officer.again()
    item = officer.presses("Open", officer.presses("April to June", agreed))
    form = officer.presses("Change", item)
    silent = officer.presses("Save", form, plan_note="Children placed far away.")
    saved = officer.presses("Save", silent, plan_reason="Two complaints about visits.")

    assert "There is no plan for this year yet." in text(empty)
    assert "Drafted: 40 activities." in text(drafted)
    assert "Agreed: 40 activities." in text(agreed)
    assert text(again) == text(agreed)
    assert "say why" in said_under(silent, "plan_reason")
    assert values(silent)["plan_note"] == "Children placed far away."
    assert "Two complaints about visits." in text(saved)
    assert "Note: nothing → Children placed far away." in text(saved)


@pytest.mark.rule("OG-07")
def test_members_see_the_year_and_only_the_office_changes_it(council: Council, people: Staff) -> None:
    with council.write() as work:
        item = an_item(work, title="Visits", kind=ActivityKind.DIP)

    shown = Chat(council, people.ad_qa).types("forward plan")
    theirs = Chat(council, people.ad_qa).sends(ShowPlanItem(item.id).pack())

    assert "Visits: Mon 15 Jun to Fri 10 Jul" in text(shown)
    assert not {"New activity", "The Group agrees it"} & {title for title, _ in buttons(shown)}
    assert not {"Change", "Done or cancelled"} & {title for title, _ in buttons(theirs)}
    assert "I am not sure" in text(Chat(council, people.practitioner).types("forward plan"))


@pytest.mark.rule("TA-03", "TA-04", "QB-02", "Q20")
def test_terms_are_written_in_four_parts_and_signed_on_a_card(council: Council, people: Staff) -> None:
    with council.write() as work:
        psw = a_person(work, "Pat Principal", Post.PSW)
        director = a_person(work, "Drew Director", Post.DCS)
        item = an_item(work)
    writer = Chat(council, psw)

    form = writer.presses("Write the terms", writer.sends(ShowPlanItem(item.id).pack()))
    half = writer.presses("Save", form, terms_why=TERMS["why"])
    form = writer.presses("Write the terms", half)
    writer.presses("Save", form, **{f"terms_{field}": words for field, words in TERMS.items()})
    told = drawn(council, director, NOW, "terms_to_sign", item.id)
    assert isinstance(told, Drawn)
    signer = Chat(council, director)
    read = signer.presses("Read and sign", told.card)
    writer.presses(
        "Save",
        writer.presses("Write the terms", half),
        terms_why="Said anew.",
        terms_scope=TERMS["scope"],
        terms_method=TERMS["method"],
        terms_dates=TERMS["dates"],
    )
    stale = signer.presses("Sign the terms", read)
    signed = signer.presses("Sign the terms", stale)

    assert "Some of it is to come" in text(half)
    assert "to be written" in text(half)
    # What changed meanwhile is read before it is signed.
    assert "Said anew." in text(stale)
    assert "Signed for the QA Board" not in text(stale)
    assert "Signed for the QA Board" in text(signed)


@pytest.mark.rule("OG-08", "OG-06")
def test_learning_is_passed_on_from_the_log_and_found_under_my_items(council: Council, people: Staff) -> None:
    with council.write() as work:
        psw = a_person(work, "Pat Principal", Post.PSW)
        entry = an_entry(work, people.service_manager)
    officer = Chat(council, people.qa_officer)

    form = officer.presses("Pass it on", officer.sends(ShowEntry(entry.id).pack()))
    nobody = officer.presses("Pass it on", form, routed_due_on="2026-06-12")
    passed = officer.presses("Pass it on", nobody, routed_to="principal_social_worker")
    mine = Chat(council, psw).types("my items")
    opened = Chat(council, psw).presses("Open", mine)

    assert "tick who" in said_under(nobody, "routed_to")
    assert "Passed on: 1 item on the tracker." in text(passed)
    assert entry.title in text(mine)
    assert "From: \nThe learning log" in text(opened)
    assert "Passed to: \nPrincipal social worker" in text(opened)


@pytest.mark.rule("OG-06")
def test_the_tracker_is_paged_and_its_parts_are_a_press_away(council: Council, people: Staff) -> None:
    with council.write() as work:
        for number in range(8):
            a_row(work, people.service_manager, title=f"Thing {number}")
    officer = Chat(council, people.qa_officer)

    first = officer.types("tracker")
    second = officer.presses("2 more lines", first)
    kept = officer.presses(
        "Save", officer.presses("New item", first), kind="decision", tracked_title="Mornings"
    )

    assert text(first).count("Due Fri 29 May 2026") == 6
    assert text(second).count("Due Fri 29 May 2026") == 2
    assert "Those before" in {title for title, _ in buttons(second)}
    assert "Mornings" in text(kept)
