"""Safety alerts: from any page, at once, never merged, delayed or held.

Source: Q16, SG-02, GR-04.
"""

from datetime import datetime

from domain.alerts import Alert
from domain.audits import Audit
from domain.deadlines import safety_escalation_at
from domain.errors import NotAllowed
from domain.people import Person
from domain.permissions import Verb
from storage.safety import AlertRow
from storage.work import View, Work
from workflows.audit_access import require_audit
from workflows.council import Council
from workflows.sharing import TextWanted
from workflows.telling import (
    directors,
    holding_teams,
    qa_office,
    service_managers,
    team_managers,
    with_cover,
)

CONCERN_LIMIT = 2000


def raise_alert(
    work: Work, council: Council, *, by: Person, audit_id: int, concern: str, now: datetime
) -> tuple[int, tuple[Person, ...]]:
    """Tell the team manager, the service manager and whoever covers them; returns the alert and who is told.

    After a transfer the managers of the team now holding the case are told as well as those of the audit's
    team. When nobody manages the team now holding it or its service, the QA office is told instead, so that
    an alert never goes nowhere. The AD for QA is told two hours later and in any case the same day.
    """
    audit, _ = require_audit(work, council, Verb.RAISE_SAFETY, by=by, audit_id=audit_id, now=now)
    words = concern.strip()
    if not words:
        raise TextWanted("concern", "Please say in a sentence what worries you, without names.")
    if len(words) > CONCERN_LIMIT:
        raise TextWanted("concern", f"Please keep it within {CONCERN_LIMIT:,} characters; calling is faster.")
    alert_id = work.safety.add(audit_id=audit_id, by=by.id, concern=words, now=now)
    told = _told_at_once(work, audit)
    _tell(work, alert_id, told, "safety_alert", now, escalation=False)
    at_once = {person.id for person in told}
    later = tuple(p for p in with_cover(work, directors(work)) if p.id not in at_once)
    due_at = safety_escalation_at(now, council.framework.numbers.safety_escalate_hours)
    _tell(work, alert_id, later, "safety_escalation", now, escalation=True, due_at=due_at)
    work.trail.add(
        now=now,
        actor=by.id,
        verb="raised a safety alert",
        subject=f"audit {audit_id}",
        audit_id=audit_id,
        fields={"concern": words, "told": [p.id for p in told]},
    )
    return alert_id, told


def _told_at_once(view: View, audit: Audit) -> tuple[Person, ...]:
    """The managers of the case with their cover; the QA office where the team holding it has none."""
    now_holding, *before = (
        (*team_managers(view, team_id), *service_managers(view, team_id))
        for team_id in holding_teams(view, audit)
    )
    earlier = (person for managers in before for person in managers)
    return with_cover(view, (*(now_holding or qa_office(view)), *earlier))


def acknowledge(work: Work, *, by: Person, alert_id: int, now: datetime) -> AlertRow:
    """The person has seen the alert and acts on it. Saying so twice changes nothing.

    Every copy of the alert is then to show who acts, and whoever raised it hears of it.
    """
    alert = work.safety.get(alert_id)
    if alert is None or by.id not in {r.person_id for r in work.safety.recipients(alert_id)}:
        raise NotAllowed(
            "That alert was not sent to you. If you think a child may be unsafe, please call the duty team."
        )
    if work.safety.acknowledge(alert_id, by.id, now):
        _show_who_acts(work, alert, by=by, now=now)
        work.trail.add(
            now=now,
            actor=by.id,
            verb="acknowledged a safety alert",
            subject=f"audit {alert.audit_id}",
            audit_id=alert.audit_id,
        )
    return alert


def alert_facts(view: View, alert_id: int) -> Alert:
    """The alert with everyone told of it; LookupError when there is none."""
    alert = view.safety.get(alert_id)
    audit = view.audits.get(alert.audit_id) if alert else None
    if alert is None or audit is None:
        raise LookupError(f"no alert {alert_id}")
    recipients = view.safety.recipients(alert_id)
    people = view.people.many({alert.raised_by, *(r.person_id for r in recipients)})
    seen = [
        (r.person_id, people[r.person_id].name, r.acknowledged_at) for r in recipients if r.acknowledged_at
    ]
    return Alert(
        id=alert.id,
        audit_id=audit.id,
        reference=audit.case_reference,
        team_name=view.people.team(view.cases.get(audit.case_id).team_id).name,
        raised_by_name=people[alert.raised_by].name,
        raised_at=alert.raised_at,
        concern=alert.concern,
        told=frozenset(r.person_id for r in recipients),
        escalated_to=frozenset(r.person_id for r in recipients if r.escalation),
        acknowledged=tuple(sorted(seen, key=lambda row: row[2])),
    )


def _show_who_acts(work: Work, alert: AlertRow, *, by: Person, now: datetime) -> None:
    again = f"seen by {by.id}"
    outdated = {recipient.person_id for recipient in work.safety.recipients(alert.id)}
    if alert.raised_by not in outdated and not work.notices.queue(
        kind="safety_seen", subject_id=alert.id, person_id=alert.raised_by, now=now
    ):
        # They were told when the first one answered; the card they have gets the next name.
        outdated.add(alert.raised_by)
    for person_id in sorted(outdated):
        work.notices.queue(
            kind="alert_outdated",
            subject_id=alert.id,
            person_id=person_id,
            now=now,
            medium="update",
            again=again,
        )


def _tell(
    work: Work,
    alert_id: int,
    people: tuple[Person, ...],
    kind: str,
    now: datetime,
    *,
    escalation: bool,
    due_at: datetime | None = None,
) -> None:
    work.safety.tell(alert_id, [p.id for p in people], escalation=escalation)
    for person in people:
        for medium in ("teams", "email"):
            work.notices.queue(
                kind=kind, subject_id=alert_id, person_id=person.id, now=now, medium=medium, due_at=due_at
            )
