"""A person's list of things to do (PR-02). It stays in the chat, so it names no case."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from cards.due_lines import DUE_LINES
from cards.payloads import Payload
from cards.payloads_actions import ShowAction
from cards.payloads_packs import ShowPack
from cards.payloads_performance import ShowExceptions, WriteNarrative
from cards.payloads_tracker import ShowTracked, ShowTracker
from cards.todo import MOST_TO_READ, todo_card
from cards.views import TodoLine, TodoView
from cards.wording import count, day
from dialogs.turn import Reply
from domain.audits import Audit
from domain.day import ESCALATION, TEAM_ACTION, DayItem
from domain.days import local_day
from domain.people import Person
from domain.permissions import Capacity
from workflows.also_due import Also, AlsoDue, also_due
from workflows.council import Council, View
from workflows.day import beside_audits
from workflows.todo import Duty, duties
from workflows.tracked_look import MINE

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
    beside = beside_audits(view, council, by=person, now=now)
    open_ones = (*(duty.audit for duty in found.open), *(item.audit for item in beside))
    names = _auditors(view, [*open_ones, *(audit for audit, _ in to_read)])
    lines = [*(_duty_line(duty, names) for duty in found.open), *(_item_line(item, names) for item in beside)]
    lines.sort(key=lambda line: (not line.overdue, line.due_on))
    teams = view.people.teams() if to_read else {}
    lately = tuple(
        f"Audit submitted on {day(local_day(audit.submitted_at))}"
        for audit in found.lately
        if audit.submitted_at
    )
    shown = TodoView(
        name=person.name,
        lines=tuple(lines),
        done_lately=lately,
        to_read=tuple(
            _line(_title_to_read(capacity, teams[audit.team_id].name), audit, names)
            for audit, capacity in to_read
        ),
        also=tuple(_also_line(one) for one in also_due(view, council, by=person, now=now)),
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


def _item_line(item: DayItem, auditors: Mapping[int, str]) -> TodoLine:
    if item.about == ESCALATION:
        line = _line(f"{item.owner}'s audit is overdue", item.audit, auditors)
        detail = f"{line.detail}. Type “extension” to see what was tried and to ask for more time."
        return replace(line, detail=detail, due_on=item.due_on, overdue=item.overdue, action="none")
    button: tuple[str, Payload]
    if item.about == TEAM_ACTION:
        title, button = f"An action of {item.owner}", ("See the action", ShowAction(item.subject_id))
    else:
        words = DUE_LINES[item.about]
        title, button = words.title, (words.button, words.opens(item))
    line = _line(title, item.audit, auditors)
    return replace(line, due_on=item.due_on, overdue=item.overdue, button=button)


def _also_line(one: AlsoDue) -> TodoLine:
    title, button = _also(one)
    return TodoLine(title, one.about, one.due_on, one.overdue, audit_id=0, action="none", button=button)


def _also(one: AlsoDue) -> tuple[str, tuple[str, Payload]]:
    """(title, (button, what it opens))"""
    match one.also:
        case Also.EXPLAIN:
            needs = count(one.many, "figure needs", "figures need")
            return f"{needs} a line from you", ("Open", ShowExceptions(0))
        case Also.WRITE:
            return "A few sentences to write", ("Write", WriteNarrative(one.subject_id))
        case Also.APPROVE:
            return "A pack to approve", ("Read", ShowPack(one.subject_id))
        case Also.TRACKED:
            if one.subject_id:
                return "Yours on the tracker", ("Open", ShowTracked(one.subject_id))
            return f"{count(one.many, 'thing')} of yours on the tracker", ("Open", ShowTracker(MINE, 0))


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
