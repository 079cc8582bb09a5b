"""A person's list of things to do (PR-02). It stays in the chat, so it names no case."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from cards.todo import MOST_TO_READ, todo_card
from cards.views import TodoLine, TodoView
from cards.wording import day
from dialogs.turn import Reply
from domain.audits import Audit
from domain.days import local_day
from domain.people import Person
from domain.permissions import Capacity
from workflows.council import Council, View
from workflows.todo import Duty, duties

_TITLES = {
    "accept": "A new audit to accept",
    "audit": "Your audit",
    "comment": "Your comments on an audit of your work",
    "review": "An audit in your team to read",
}


def todo_reply(council: Council, view: View, person: Person, now: datetime) -> Reply:
    """The list as a card."""
    found = duties(view, council, by=person, now=now)
    to_read = found.readable[:MOST_TO_READ]
    names = _auditors(view, [*(duty.audit for duty in found.open), *(audit for audit, _ in to_read)])
    teams = view.people.teams() if to_read else {}
    lately = tuple(
        f"Audit submitted on {day(local_day(audit.submitted_at))}"
        for audit in found.lately
        if audit.submitted_at
    )
    shown = TodoView(
        name=person.name,
        lines=tuple(_duty_line(duty, names) for duty in found.open),
        done_lately=lately,
        to_read=tuple(
            _line(_title_to_read(capacity, teams[audit.team_id].name), audit, names)
            for audit, capacity in to_read
        ),
        unreachable=view.waiting.people_waited_for() if person.in_qa_office else 0,
    )
    return Reply(todo_card(shown), title="My audits")


def _auditors(view: View, audits: Iterable[Audit]) -> dict[int, str]:
    """Audit id to who audited, for those already shared."""
    shared = {audit.id: audit.auditor_id for audit in audits if audit.submitted_at}
    people = view.people.many(shared.values()) if shared else {}
    return {audit_id: people[auditor_id].name for audit_id, auditor_id in shared.items()}


def _duty_line(duty: Duty, auditors: Mapping[int, str]) -> TodoLine:
    line = _line(_TITLES[duty.kind], duty.audit, auditors)
    action = "open" if duty.kind in {"accept", "audit"} else "read"
    return replace(line, due_on=duty.due_on, overdue=duty.overdue, action=action)


def _line(title: str, audit: Audit, auditors: Mapping[int, str]) -> TodoLine:
    """Who audited and when, which the card that announced it said too: enough to tell two rows apart."""
    detail = (
        f"Audited by {auditors[audit.id]}, shared on {day(local_day(audit.submitted_at))}"
        if audit.submitted_at
        else f"Allocated on {day(audit.allocated_on)}"
    )
    return TodoLine(title, detail, due_on=None, overdue=False, audit_id=audit.id, action="read")


def _title_to_read(capacity: str, team: str) -> str:
    return "An audit of your work" if capacity == Capacity.PRACTITIONER else f"An audit in {team}"
