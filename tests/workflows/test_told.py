"""What managers are told of on the card of their day: truly, in few words, and only while it is theirs."""

from datetime import date

import pytest

from domain.people import Post
from tests.builders import Staff, a_person, an_accepted_audit
from tests.chat import text
from tests.workflows.nudged import (
    at,
    card_of,
    sweeps,
)
from workflows.council import Council
from workflows.extending import EXTENSION, ask_extension

OVERDUE_3 = date(2026, 6, 3)


@pytest.mark.rule("CA-06", "SG-05")
def test_whoever_asked_for_more_time_is_named_to_everyone_else(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        other = a_person(work, "Robin Other", Post.SM, service_id=people.other_service.id)
    sweeps(council, OVERDUE_3)
    with council.write() as work:
        ask_extension(
            work,
            council,
            by=people.cover,
            audit_id=audit.id,
            kind=EXTENSION,
            until_on=date(2026, 6, 14),
            reason="Two weeks of sick leave.",
            now=at(OVERDUE_3, 8, 20),
        )

    asked = text(card_of(council, people.cover, at(OVERDUE_3, 8, 30)))
    told = text(card_of(council, other, at(OVERDUE_3, 8, 30)))

    assert "You asked for more time; the AD for QA has yet to decide." in asked
    assert "Cory Cover asked for more time; the AD for QA has yet to decide." in told
    assert "You asked" not in told
