"""A person's list of things to do (PR-02). It stays in the chat, so it names no case."""

from datetime import datetime

from cards.todo import todo_card
from cards.views import TodoLine, TodoView
from cards.wording import day
from dialogs.turn import Reply
from domain.days import local_day
from domain.people import Person
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
    lines = [_line(duty) for duty in found.open]
    lines += [
        TodoLine(
            title="A shared audit to read again",
            detail=f"Shared on {day(local_day(audit.submitted_at))}" if audit.submitted_at else "",
            due_on=None,
            overdue=False,
            audit_id=audit.id,
            action="read",
        )
        for audit, _ in found.readable[:5]
    ]
    lately = tuple(
        f"Audit submitted on {day(local_day(audit.submitted_at))}"
        for audit in found.lately
        if audit.submitted_at
    )
    return Reply(todo_card(TodoView(person.name, tuple(lines), lately)), title="My audits")


def _line(duty: Duty) -> TodoLine:
    audit = duty.audit
    since = (
        f"Allocated on {day(audit.allocated_on)}"
        if audit.submitted_at is None
        else f"Shared on {day(local_day(audit.submitted_at))}"
    )
    return TodoLine(
        title=_TITLES[duty.kind],
        detail=since,
        due_on=duty.due_on,
        overdue=duty.overdue,
        audit_id=audit.id,
        action="open" if duty.kind in {"accept", "audit"} else "read",
    )
