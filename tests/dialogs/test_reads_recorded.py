"""What somebody was shown of an audit, or typed for it, leaves one row in the audit's trail."""

from typing import Any

import pytest

from cards.payloads import AcceptAudit, OpenOverview, OpenPage
from cards.views import OVERVIEW
from dialogs.turn import Asked
from domain.audits import Audit
from domain.pages import JOURNEY
from tests.builders import Staff, a_returned_audit, a_submitted_audit, an_accepted_audit, an_allocated_audit
from tests.chat import Chat, text
from tests.dialogs.scripts import at_page, on_one_engine, trail
from workflows.council import Council

LINE = "The plan was written with the child."


@pytest.fixture
def audit(council: Council, people: Staff) -> Audit:
    with council.write() as work:
        return an_accepted_audit(work, people)


@pytest.fixture
def chat(council: Council, people: Staff) -> Chat:
    return Chat(council, people.auditor)


def new_verbs(council: Council, audit: Audit, before: list[tuple[str, int | None]]) -> list[str]:
    rows = trail(council, audit.id)
    assert rows[: len(before)] == before
    return [verb for verb, _ in rows[len(before) :]]


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize("payload", [OpenOverview, lambda audit_id: OpenPage(audit_id, OVERVIEW)])
def test_opening_the_overview_leaves_a_row(council: Council, audit: Audit, chat: Chat, payload: Any) -> None:
    before = trail(council, audit.id)

    card = chat.sends(payload(audit.id).pack())

    assert "CF-1001" in text(card)
    assert new_verbs(council, audit, before) == ["read"]
    assert trail(council, audit.id)[-1] == ("read", chat.person.id)


@on_one_engine
@pytest.mark.rule("SG-05")
def test_a_card_that_brings_itself_up_to_date_leaves_none(council: Council, audit: Audit, chat: Chat) -> None:
    before = trail(council, audit.id)

    reply = chat.turn(asked=Asked.PRESSED, data=OpenOverview(audit.id).pack(), unasked=True)

    assert reply.title == "Your audit"
    assert new_verbs(council, audit, before) == []


@on_one_engine
@pytest.mark.rule("SG-05")
def test_the_overview_after_a_save_leaves_no_second_row(council: Council, audit: Audit, chat: Chat) -> None:
    page = at_page(chat, audit, JOURNEY)
    before = trail(council, audit.id)

    chat.presses("Save and see overview", page, journey="They moved twice.")

    assert new_verbs(council, audit, before) == ["saved"]


@on_one_engine
@pytest.mark.rule("SG-05")
def test_the_overview_after_an_untouched_page_leaves_the_one_row(
    council: Council, audit: Audit, chat: Chat
) -> None:
    page = at_page(chat, audit, JOURNEY)
    before = trail(council, audit.id)

    chat.presses("Save and see overview", page)

    assert new_verbs(council, audit, before) == ["read"]


@on_one_engine
@pytest.mark.rule("SG-05")
def test_accepting_leaves_its_own_row_and_a_second_card_only_looks(
    council: Council, people: Staff, chat: Chat
) -> None:
    with council.write() as work:
        fresh = an_allocated_audit(work, people)
    before = trail(council, fresh.id)

    for nonce in ("one", "one", "other"):
        chat.sends(AcceptAudit(fresh.id, nonce).pack())

    assert new_verbs(council, fresh, before) == ["accepted", "read"]


@on_one_engine
@pytest.mark.rule("SG-05")
def test_an_audit_that_is_over_is_read_and_one_that_went_back_shows_nothing(
    council: Council, people: Staff, chat: Chat
) -> None:
    with council.write() as work:
        over = a_submitted_audit(work, council, people, reference="CF-1")
        gone = a_returned_audit(work, people, reference="CF-2")
    before, before_gone = trail(council, over.id), trail(council, gone.id)

    chat.sends(OpenOverview(over.id).pack())
    card = chat.sends(OpenOverview(gone.id).pack())

    assert new_verbs(council, over, before) == ["read"]
    assert new_verbs(council, gone, before_gone) == []
    assert "CF-2" not in text(card)


@on_one_engine
@pytest.mark.rule("SG-05", "SG-01")
def test_the_card_that_names_no_case_is_no_read(council: Council, audit: Audit, chat: Chat) -> None:
    before = trail(council, audit.id)

    card = chat.types("continue")

    assert "CF-1001" not in str(card)
    assert new_verbs(council, audit, before) == []


@pytest.mark.rule("SG-05")
def test_a_typed_line_leaves_a_row_with_its_digest_and_not_its_text(
    council: Council, audit: Audit, chat: Chat
) -> None:
    at_page(chat, audit, JOURNEY)
    before = trail(council, audit.id)

    chat.types(LINE)
    chat.types("Another line.")

    assert new_verbs(council, audit, before) == ["typed a line", "typed a line"]
    with council.read() as view:
        first, second = view.trail.rows(f"audit:{audit.id}")[-2:]
        assert view.trail.verify() == ()
    assert '"page"' in first.fields
    assert '"text"' in first.fields
    assert first.fields != second.fields
    assert "plan was written" not in first.fields


@on_one_engine
@pytest.mark.rule("SG-05")
def test_a_line_that_finds_no_page_leaves_no_row(council: Council, audit: Audit, chat: Chat) -> None:
    before = trail(council, audit.id)

    chat.types(LINE)

    assert new_verbs(council, audit, before) == []
