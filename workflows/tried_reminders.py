"""Which reminders somebody had of a thing, and what became of each: what an escalation says was tried.

Source: CA-06, CA-23, SG-03.
"""

from collections.abc import Collection, Mapping, Sequence

from domain.audits import Audit
from domain.days import local_day
from domain.nudges import About, Tells, key_of_line
from domain.tried import Try
from storage.notices import Notice
from storage.nudges import CardRow, NudgeRow
from storage.work import View
from workflows.council import Council
from workflows.nudging import ALLOCATED

THE_AUDIT_ITSELF = "The card that brought the audit."
NOT_NEEDED = "nothing was left to say when its card was to leave"

_BECAME: Mapping[str, str] = {
    "sent": "sent",
    "queued": "waiting",
    "claimed": "waiting",
    "held": "waiting",
    "dropped": "passed over",
    "skipped": "passed over",
}
"""State of a notice to what became of what it said; anything else could not be delivered."""


def reminders_of_audit(view: View, council: Council, audit: Audit) -> tuple[Try, ...]:
    """What its auditor had, oldest first, beginning with the card that brought the audit."""
    brought = (n for n in view.notices.of(ALLOCATED, audit.id) if n.person_id == audit.auditor_id)
    said = _said(view, council, audit.auditor_id, (About.ACCEPT, About.AUDIT), audit.id)
    return (*map(_brought, brought), *said)


def reminders_of_action(view: View, council: Council, *, owner_id: int, action_id: int) -> tuple[Try, ...]:
    """What the owner of an action had, oldest first."""
    return _said(view, council, owner_id, (About.ACTION,), action_id)


def _brought(notice: Notice) -> Try:
    # A notice that had to wait was due anew each time, so this is the day it left.
    on = local_day(notice.due_at)
    became = _BECAME.get(notice.state, "unreachable")
    if became == "sent" and notice.answered_at is not None:
        became = "seen"
    why = (notice.reason or NOT_NEEDED) if became == "passed over" else ""
    sent_on = on if became in ("sent", "seen") else None
    return Try(on, THE_AUDIT_ITSELF, became, notice.answered_at, why, sent_on)


def _said(
    view: View, council: Council, person_id: int, abouts: Collection[About], subject_id: int
) -> tuple[Try, ...]:
    lines = {line.key: line for line in council.framework.nudges if line.tells is Tells.OWN}
    cards = view.nudges.cards(person_id)
    rows = [
        row
        for about in abouts
        for row in view.nudges.of_person(person_id, about.value)
        if row.subject_id == subject_id and key_of_line(row.line) in lines
    ]
    rows.sort(key=lambda row: row.day)
    return tuple(_try(row, lines[key_of_line(row.line)].says, cards) for row in rows)


def _try(row: NudgeRow, said: str, cards: Sequence[CardRow]) -> Try:
    if row.state == "skipped":
        return Try(row.day, said, "passed over", why=row.reason)
    # A card that could not go out on its day is made up for by the next one that did.
    carried = [card for card in cards if card.day >= row.day]
    card = next((card for card in carried if card.state == "sent"), carried[0] if carried else None)
    if card is None:
        return Try(row.day, said, "waiting")
    became = _BECAME.get(card.state, "unreachable")
    if became != "sent":
        return Try(row.day, said, became, why=NOT_NEEDED if became == "passed over" else "")
    sent_on = local_day(card.settled_at) if card.settled_at else card.day
    seen = card.answered_at is not None
    return Try(row.day, said, "seen" if seen else "sent", card.answered_at, sent_on=sent_on)
