"""Files asked for in the chat: times for the calendar and a Word copy, from the audit's own card.

Auditor    continue, [Accept]
Plumbline  Your audit … [Times for my calendar]
Auditor    [Times for my calendar]
Plumbline  Times for your calendar are on their way.
Reader     Read, begins a comment, [Word copy]
Plumbline  The Word copy comes in a message of its own … with the comment still in its box.
"""

import pytest

from cards.payloads import OpenOverview, ReadShared
from cards.payloads_files import AskCopy
from domain.audits import Audit
from storage.offers import FileOffer
from tests.builders import Staff, a_submitted_audit, an_allocated_audit
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import Card, on_one_engine, values
from workflows.council import Council
from workflows.offer_kinds import AUDIT_COPY, CALENDAR_HOLDS

TIMES = "Times for my calendar"
COPY = "Word copy"
READERS = ("auditor", "practitioner", "line_manager", "team_manager", "qa_officer")


def reading(chat: Chat, audit: Audit) -> Card:
    return chat.sends(ReadShared(audit.id, "summary").pack())


def offers(council: Council) -> list[FileOffer]:
    """Every file offered so far."""
    with council.read() as view:
        found = (view.offers.get(number) for number in range(1, 20))
        return [offer for offer in found if offer is not None]


@pytest.mark.rule("CA-22")
def test_whoever_accepts_an_audit_can_have_its_days_in_their_calendar_at_once(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = an_allocated_audit(work, people)
    chat = Chat(council, people.auditor)
    before = chat.sends(OpenOverview(audit.id).pack())

    accepted = chat.presses("Accept", before)
    sent = chat.presses(TIMES, accepted)
    again = chat.again()

    assert TIMES not in [title for title, _ in buttons(before)]
    assert "on their way" in text(sent)
    assert "on their way" in text(again)
    (offer,) = offers(council)
    assert (offer.person_id, offer.kind, offer.subject_id) == (people.auditor.id, CALENDAR_HOLDS, audit.id)


@on_one_engine
def test_a_submitted_audit_offers_no_times(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)

    card = Chat(council, people.auditor).sends(OpenOverview(audit.id).pack())

    assert TIMES not in [title for title, _ in buttons(card)]


@pytest.mark.rule("CA-16")
@pytest.mark.parametrize("who", READERS)
def test_whoever_reads_a_shared_audit_can_have_it_in_word(council: Council, people: Staff, who: str) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
    chat = Chat(council, getattr(people, who))

    first = chat.presses(COPY, reading(chat, audit))
    again = chat.again()

    for shown in (first, again):
        assert "The Word copy comes in a message of its own" in text(shown)
        assert "An audit, shared for learning" in text(shown)
    (offer,) = offers(council)
    assert (offer.person_id, offer.kind, offer.subject_id) == (chat.person.id, AUDIT_COPY, audit.id)


@on_one_engine
@pytest.mark.parametrize(("who", "field"), [("practitioner", "comment"), ("team_manager", "review_reason")])
def test_what_is_being_typed_is_still_there_after_asking_for_a_copy(
    council: Council, people: Staff, who: str, field: str
) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
    chat = Chat(council, getattr(people, who))

    shown = chat.presses(COPY, reading(chat, audit), **{field: "Half a thought."})

    assert values(shown)[field] == "Half a thought."
    with council.read() as view:
        assert view.audits.comments(audit.id) == ()
        assert view.audits.review(audit.id) is None


@on_one_engine
@pytest.mark.rule("CA-16")
def test_nobody_else_and_nothing_unshared_is_offered(council: Council, people: Staff) -> None:
    with council.write() as work:
        shared = a_submitted_audit(work, council, people)
        under_way = an_allocated_audit(work, people, reference="CF-1002")

    refused = [
        Chat(council, who).sends(AskCopy(audit_id, "n").pack())
        for who, audit_id in (
            (people.bystander, shared.id),
            (people.service_manager, shared.id),
            (people.auditor, under_way.id),
            (people.qa_officer, 999),
        )
    ]

    assert all("Not yours to open" in text(card) for card in refused)
    assert offers(council) == []
