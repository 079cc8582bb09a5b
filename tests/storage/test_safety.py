"""Safety alerts as they are kept: who was told, and who has said that they saw it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain.audits import Audit
from storage.safety import AlertRow, RecipientRow
from storage.work import Work
from tests.builders import NOW, Staff, an_accepted_audit
from workflows.council import Council

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def work(council: Council, people: Staff) -> Iterator[Work]:
    """One transaction over a council whose staff were saved before it began."""
    with council.write() as opened:
        yield opened


@pytest.fixture
def audit(work: Work, people: Staff) -> Audit:
    return an_accepted_audit(work, people)


def test_an_alert_comes_back_as_it_was_raised(work: Work, people: Staff, audit: Audit) -> None:
    alert_id = work.safety.add(audit_id=audit.id, by=people.auditor.id, concern="No food at home.", now=NOW)

    assert work.safety.get(alert_id) == AlertRow(
        alert_id, audit.id, people.auditor.id, NOW, "No food at home."
    )
    assert work.safety.get(alert_id + 1) is None


def test_everyone_told_is_listed_once_and_nobody_has_seen_it_yet(
    work: Work, people: Staff, audit: Audit
) -> None:
    alert_id = work.safety.add(audit_id=audit.id, by=people.auditor.id, concern="", now=NOW)
    first, second, third = sorted((people.team_manager.id, people.service_manager.id, people.ad_qa.id))

    work.safety.tell(alert_id, [second, first, second], escalation=False)
    work.safety.tell(alert_id, [third], escalation=True)
    work.safety.tell(alert_id, [], escalation=True)

    assert work.safety.recipients(alert_id) == (
        RecipientRow(first, False, None),
        RecipientRow(second, False, None),
        RecipientRow(third, True, None),
    )


def test_an_acknowledgement_counts_once_and_for_one_alert_and_person(
    work: Work, people: Staff, audit: Audit
) -> None:
    me, other = sorted((people.team_manager.id, people.service_manager.id))
    alerts = [work.safety.add(audit_id=audit.id, by=people.auditor.id, concern="", now=NOW) for _ in range(2)]
    for alert_id in alerts:
        work.safety.tell(alert_id, [me, other], escalation=False)

    told = [work.safety.acknowledge(alerts[0], me, moment) for moment in (NOW, LATER)]

    assert told == [True, False]
    assert work.safety.recipients(alerts[0]) == (
        RecipientRow(me, False, NOW),
        RecipientRow(other, False, None),
    )
    assert work.safety.recipients(alerts[1]) == (
        RecipientRow(me, False, None),
        RecipientRow(other, False, None),
    )


def test_somebody_who_was_not_told_cannot_acknowledge(work: Work, people: Staff, audit: Audit) -> None:
    alert_id = work.safety.add(audit_id=audit.id, by=people.auditor.id, concern="", now=NOW)

    assert work.safety.acknowledge(alert_id, people.bystander.id, NOW) is False
