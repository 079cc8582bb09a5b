"""After a restore people do again what was lost; whoever hears of it again is counted as such."""

from datetime import datetime, timedelta

import pytest

from cards.payloads import OpenPage
from storage.notices import REDONE_WITHIN
from tests.builders import NOW, Staff, a_filled_audit, an_accepted_audit
from tests.chat import Chat
from workflows.council import Council
from workflows.restoring import came_back
from workflows.safety import raise_alert

MOMENT = timedelta(seconds=1)


def flags(council: Council, kind: str, subject_id: int) -> list[bool]:
    with council.read() as view:
        return [notice.possibly_repeated for notice in view.notices.of(kind, subject_id)]


@pytest.mark.parametrize(
    ("restored_at", "flagged"),
    [
        (None, False),
        (NOW - MOMENT, True),
        (NOW - REDONE_WITHIN + MOMENT, True),
        (NOW - REDONE_WITHIN, False),
    ],
)
def test_what_is_submitted_again_is_flagged_for_its_readers(
    council: Council, people: Staff, restored_at: datetime | None, flagged: bool
) -> None:
    with council.write() as work:
        audit = a_filled_audit(work, council.framework, people)
    if restored_at is not None:
        came_back(council, now=restored_at)
    chat = Chat(council, people.auditor)

    chat.presses("Submit and share", chat.sends(OpenPage(audit.id, "everything").pack()))

    assert flags(council, "audit_shared", audit.id) == [flagged] * 3
    assert flags(council, "copies_outdated", audit.id) == [flagged]


@pytest.mark.rule("SG-02")
def test_an_alert_raised_again_is_flagged_though_its_number_is_new(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    came_back(council, now=NOW - timedelta(days=1))

    with council.write() as work:
        alert_id, _ = raise_alert(
            work, council, by=people.auditor, audit_id=audit.id, concern="Not seen.", now=NOW
        )

    assert set(flags(council, "safety_alert", alert_id)) == {True}


def test_what_follows_from_a_notice_without_doubt_is_not_doubted_either(
    council: Council, people: Staff
) -> None:
    came_back(council, now=NOW - timedelta(days=1))

    with council.write() as work:
        work.notices.in_doubt = False
        work.notices.queue(kind="audit_shared", subject_id=1, person_id=people.practitioner.id, now=NOW)

    assert flags(council, "audit_shared", 1) == [False]
