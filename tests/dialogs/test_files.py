"""Files asked for in the chat: times for the calendar, from the audit's own card.

Auditor    continue, [Accept]
Plumbline  Your audit … [Times for my calendar]
Auditor    [Times for my calendar]
Plumbline  Calendar holds are on their way.
"""

import pytest

from cards.payloads import OpenOverview
from tests.builders import Staff, a_submitted_audit, an_allocated_audit
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import on_one_engine
from workflows.council import Council
from workflows.offering import CALENDAR_HOLDS

TIMES = "Times for my calendar"


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
    with council.read() as view:
        offer = view.offers.get(1)
        assert view.offers.get(2) is None
    assert offer is not None
    assert (offer.person_id, offer.kind, offer.subject_id) == (people.auditor.id, CALENDAR_HOLDS, audit.id)


@on_one_engine
def test_a_submitted_audit_offers_no_times(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)

    card = Chat(council, people.auditor).sends(OpenOverview(audit.id).pack())

    assert TIMES not in [title for title, _ in buttons(card)]
