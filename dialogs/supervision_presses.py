"""Presses about supervision: whose learning is open, what to talk of, that it was, and the next day."""

from cards.notes import note_card
from cards.payloads import Payload, PayloadInvalid, ShowMyAudits
from cards.payloads_following import (
    PlanSupervision,
    RecordDiscussed,
    ShowSupervision,
    ShowSupervisionDays,
)
from cards.supervision import supervision_card
from cards.views import NoteView
from cards.views_actions import NOTHING_TYPED, Answers
from cards.wording import count, day
from dialogs import supervision_day_presses
from dialogs.answering_forms import names_nobody, refused, typed_day
from dialogs.following_views import supervision_view
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from domain.errors import RuleBroken
from domain.people import Person, Post
from workflows import supervising
from workflows.council import Council, Work
from workflows.following import concerns
from workflows.learning_of import learning_of
from workflows.supervisees import people_to_supervise
from workflows.supervision_days import without_day

MOST_LISTED = 10
MOST_IDS = 20
_MANAGERS = frozenset({Post.TM, Post.ATM, Post.SM})
_TITLE = "Supervision"


def _supervision(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """Whose learning waits for the person's supervision; not for whoever supervises nobody."""
    found = people_to_supervise(work, council, by=person, now=turn.now)
    if not found and not person.posts & _MANAGERS:
        return None
    if not found:
        text = "No learning or action is open with the people you supervise. Thank you."
        view = NoteView("Supervision", text, (("My audits", ShowMyAudits()),))
        return Reply(note_card(view), title=_TITLE)
    lines: list[str] = []
    buttons: list[tuple[str, Payload]] = []
    # Names stand in the text, to the letter: a button's title is no place for what a list brought.
    for number, one in enumerate(found[:MOST_LISTED], start=1):
        on = f"supervision on {day(one.planned.planned_on)}" if one.planned else "no day set"
        open_ones = f"{count(one.audits, 'audit')} to talk through, {count(one.actions, 'action')}"
        lines.append(f"{number}. {one.practitioner.name}: {open_ones}, {on}")
        buttons.append((f"Open number {number}", ShowSupervision(one.practitioner.id)))
    if (more := len(found) - MOST_LISTED) > 0:
        lines.append(f"{count(more, 'more person', 'more people')} will show here once these are recorded.")
    text = "Whose learning and actions wait for supervision, the most first:\n" + "\n".join(lines)
    if without_day(work, council, by=person, now=turn.now):
        buttons.append(("Set days", ShowSupervisionDays()))
    return Reply(note_card(NoteView("Supervision", text, tuple(buttons))), title=_TITLE)


def _show(press: Press, outcome: Outcome) -> Reply:
    return _card(press, message=outcome.get("message", ""))


def _card(press: Press, answers: Answers = NOTHING_TYPED, message: str = "") -> Reply:
    work, council, now = press.work, press.council, press.now
    file = supervising.open_supervision(
        work, council, by=press.person, practitioner_id=press.payload.practitioner_id, now=now
    )
    learning = {a.id: learning_of(work, council, a, by=press.person, now=now) for a in file.audits}
    view = supervision_view(
        file,
        learning,
        openable=frozenset(a.id for a in file.actions if concerns(work, council, a, press.person, now)),
        today=press.today,
        nonce=press.turn.nonce,
        answers=answers,
        message=message,
    )
    return Reply(supervision_card(view), title=_TITLE)


def _plan(press: Press) -> Outcome:
    payload: PlanSupervision = press.payload
    on = typed_day(press, "next_on")
    supervising.plan_supervision(
        press.work,
        press.council,
        by=press.person,
        practitioner_id=payload.practitioner_id,
        on=on,
        now=press.now,
    )
    return {"message": f"Set for {day(on)}." if on else ""}


def _record(press: Press) -> Outcome:
    payload: RecordDiscussed = press.payload
    number = supervising.record_discussed(
        press.work,
        press.council,
        by=press.person,
        practitioner_id=payload.practitioner_id,
        audit_ids=_ids(payload.audits),
        on=typed_day(press, "held_on"),
        where=press.typed("where"),
        oversight=press.typed("oversight"),
        names_nobody=names_nobody(press),
        now=press.now,
    )
    recorded = f"Recorded for {count(number, 'audit')}." if number else "Recorded with their actions."
    return {"message": f"{recorded} When is the next supervision?"}


def _refuse(press: Press, broken: RuleBroken) -> Reply | None:
    return _card(press, refused(press, broken))


def _ids(text: str) -> frozenset[int]:
    """The audits that stood on the card; only a button changed by hand names anything else."""
    if not text:
        return frozenset()
    parts = text.split(",")
    if len(parts) > MOST_IDS or not all(p.isascii() and p.isdigit() and len(p) < 10 for p in parts):
        raise PayloadInvalid
    return frozenset(map(int, parts))


HANDLERS: dict[type[Payload], Handler] = {
    ShowSupervision: Handler(_show),
    PlanSupervision: Handler(_show, act=_plan, refuse=_refuse),
    RecordDiscussed: Handler(_show, act=_record, refuse=_refuse),
    **supervision_day_presses.HANDLERS,
}

COMMANDS: dict[str, Command] = {
    "supervision": Command(("supervision", "supervisions", "my supervisions"), _supervision),
}
