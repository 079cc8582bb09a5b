"""The Panel's queue: typed for, taken from, handed over and swapped by pressing.

types "panel"             yours with its clock and why, the rest with whose each is
→ Hand over or swap       to whom, for which of theirs, and why
"""

from datetime import timedelta

import pytest

from domain.moderation import Reason
from tests.builders import NOW, Staff
from tests.chat import Chat, buttons, inputs, text
from tests.dialogs.scripts import on_one_engine, said_under, values
from tests.moderations import Panel, a_chosen_audit, a_held_moderation, the_panel
from tests.talks import an_invited_talk
from workflows.council import Council

pytestmark = on_one_engine


@pytest.fixture
def panel(council: Council, people: Staff) -> Panel:
    """One audit of the first consultant's, one of the second's and one of nobody's."""
    with council.write() as work:
        panel = the_panel(work)
        a_chosen_audit(work, council, people, panel, reasons=(Reason.TOP_UP,))
        theirs = a_chosen_audit(work, council, people, panel, reference="CF-1002")
        nobodys = a_chosen_audit(work, council, people, panel, reference="CF-1003")
        assert work.moderations.change(theirs, {"moderator_id": panel.second.id})
        assert work.moderations.change(nobodys, {"moderator_id": None})
    return panel


@pytest.mark.rule("MO-07", "Q7", "SG-01")
def test_ones_own_come_first_with_clock_and_reason_then_the_rest_with_whose_they_are(
    council: Council, panel: Panel
) -> None:
    queue = text(Chat(council, panel.first, now=NOW + timedelta(days=16)).types("moderation"))

    assert "2 days overdue" in queue
    assert (
        queue.index("Yours (1)") < queue.index("it was drawn at random") < queue.index("Others in the queue")
    )
    assert "its auditor is new to this" in queue
    assert "Sol Second" in queue
    assert "Nobody's yet" in queue
    # The answer to a typed line stays in the chat.
    assert "CF-100" not in queue


@pytest.mark.rule("MO-07")
def test_an_audit_that_is_nobodys_is_taken_and_shown_at_once(council: Council, panel: Panel) -> None:
    chat = Chat(council, panel.second)

    start = chat.presses("Take the audit", chat.types("panel"))
    back = chat.again()
    mine = text(chat.types("panel"))

    assert "This one is yours." in text(start)
    assert "This one is yours." in text(back)
    assert "Yours (2)" in mine
    assert "Nobody's yet" not in mine


@pytest.mark.rule("SG-05", "Q9")
def test_handing_over_asks_to_whom_and_why_and_a_swap_for_which(
    council: Council, people: Staff, panel: Panel
) -> None:
    chat = Chat(council, panel.first)
    form = chat.presses("Hand over or swap", chat.types("panel"))
    offered = {one["id"]: [c["title"] for c in one.get("choices", [])] for one in inputs(form)}

    refused = chat.presses("Hand over", form, hand_to=str(panel.second.id))
    bare = chat.presses("Swap", refused, why="I know the family's worker.")
    (other,) = (one["choices"][0]["value"] for one in inputs(bare) if one["id"] == "swap_with")
    swapped = chat.presses("Swap", bare, swap_with=other)

    assert offered["hand_to"] == ["Pat Principal (0 audits so far)", "Sol Second (1 audit so far)"]
    assert len(offered["swap_with"]) == 1
    assert "say in a few words why" in said_under(refused, "why")
    assert values(refused)["hand_to"] == str(panel.second.id)
    assert "choose one of your colleagues' audits" in said_under(bare, "swap_with")
    assert "this one is yours now" in text(swapped)
    assert "CF-1002" in text(swapped)


def test_the_queue_is_no_command_for_whoever_is_not_of_the_panel(council: Council, people: Staff) -> None:
    for person in (people.auditor, people.team_manager, people.qa_officer):
        card = Chat(council, person).types("panel")

        assert "not sure what you mean" in text(card)
        assert not any("moderation" in str(data) for _, data in buttons(card))


@pytest.mark.rule("MO-16", "Q14", "SG-01")
def test_the_chairs_queue_lists_the_talks_to_hold_until_they_were_held(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        held = a_held_moderation(work, council, people, panel, reference="CF-1004")
        an_invited_talk(work, panel, held)
    psw = Chat(council, panel.psw, now=NOW + timedelta(days=20))

    queue = psw.types("panel")
    talk = psw.presses("Open the talk", queue)
    colleagues = text(Chat(council, panel.second).types("panel"))
    with council.write() as work:
        row = work.discussions.of_moderation(held.id)
        assert row is not None
        work.discussions.change(row, {"state": "held", "held_on": NOW.date(), "held_by": panel.psw.id})

    assert "Talks to hold (1)" in text(queue)
    assert "invited, no time taken yet" in text(queue)
    assert "overdue" in text(queue)
    assert "CF-1004" not in text(queue)
    assert "CF-1004" in text(talk)
    assert "Talks to hold" not in colleagues
    assert "Talks to hold" not in text(psw.types("panel"))
