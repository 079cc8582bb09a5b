"""Whose turn it is on the Panel, counted by the database as it is counted one by one (MO-07)."""

from datetime import timedelta

import pytest

from domain.moderation import Reason
from tests.builders import NOW, Staff, a_person, an_accepted_audit
from tests.domain.draw_builders import Chosen, turns_of
from workflows.council import Council

LATELY = NOW - timedelta(days=90)
EARLIER = NOW - timedelta(days=180)
DECIDED = {
    "verdict": "satisfactory",
    "overall": "good",
    "decided_at": NOW,
    "grade_changed": False,
}


@pytest.mark.rule("MO-07")
def test_turns_are_counted_as_they_were_chosen(council: Council, people: Staff) -> None:
    """Before, on and after both edges; open and decided; of those there all along, joined, and gone quiet."""
    with council.write() as work:
        there, joined, quiet, idle = (a_person(work, f"Member {n}").id for n in range(4))
        chosen = [
            Chosen(there, EARLIER - timedelta(seconds=1), is_open=True),
            Chosen(quiet, EARLIER - timedelta(days=9)),
            Chosen(idle, EARLIER - timedelta(days=5), is_open=True),
            Chosen(there, EARLIER),
            Chosen(quiet, LATELY - timedelta(seconds=1)),
            Chosen(there, LATELY),
            Chosen(there, LATELY + timedelta(days=2), is_open=True),
            Chosen(joined, LATELY + timedelta(days=3)),
            Chosen(joined, LATELY + timedelta(days=4), is_open=True),
            Chosen(there, NOW),
        ]
        for number, one in enumerate(chosen):
            audit = an_accepted_audit(work, people, reference=f"CF-3{number:03}")
            work.moderations.select(
                audit_id=audit.id,
                reasons=[Reason.TOP_UP],
                due_on=NOW.date(),
                moderator_id=one.person_id,
                now=one.at,
            )
            moderation = work.moderations.of_audit(audit.id)
            if moderation is not None and not one.is_open:
                work.moderations.change(moderation, {**DECIDED, "decided_by": one.person_id})
        nobodys = an_accepted_audit(work, people, reference="CF-3999")
        work.moderations.select(
            audit_id=nobodys.id, reasons=[Reason.TOP_UP], due_on=NOW.date(), moderator_id=None, now=NOW
        )

        for members in ({there, joined, quiet}, {there, quiet}, {joined, idle}, set[int]()):
            found = work.moderations.turns(frozenset(members), lately=LATELY, earlier=EARLIER)

            assert found == turns_of(chosen, members, lately=LATELY, earlier=EARLIER)
