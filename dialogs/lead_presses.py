"""The Lead Member's summary: opened, and offered as a Word copy (PF-08)."""

from cards.lead_words import TITLE, lead_report
from cards.notes import note_card
from cards.payloads import Payload
from cards.payloads_performance import AskLeadCopy, ShowLeadSummary
from cards.report import report_card
from cards.views import NoteView
from dialogs.numbers_presses import COMING
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from domain.days import month_number
from domain.errors import NotAllowed
from domain.people import Person
from domain.permissions import Verb, require
from workflows.council import Council, Work
from workflows.lead_summary import SENT, latest_summary, require_summary
from workflows.offering import offer_file


def _show(press: Press, _: Outcome) -> Reply:
    payload: ShowLeadSummary = press.payload
    return _summary(press.council, press.work, press.turn, press.person, payload.subject)


def _summary(
    council: Council, work: Work, turn: Turn, person: Person, subject: int, *, message: str = ""
) -> Reply:
    locked = require_summary(work, council, by=person, subject=subject, now=turn.now)
    report = lead_report(locked, brief=True)
    return Reply(report_card(report, AskLeadCopy(subject, turn.nonce), message=message), title=report.title)


def _ask_copy(press: Press) -> Outcome:
    payload: AskLeadCopy = press.payload
    offer_file(
        press.work,
        press.council,
        by=press.person,
        kind=SENT,
        subject_id=payload.subject,
        token=press.turn.nonce,
        now=press.now,
    )
    return {}


def _show_asked(press: Press, _: Outcome) -> Reply:
    payload: AskLeadCopy = press.payload
    return _summary(press.council, press.work, press.turn, press.person, payload.subject, message=COMING)


def _type_summary(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    try:
        require(Verb.SEE_LEAD_SUMMARY, person, today=council.today(turn.now))
    except NotAllowed:
        return None
    locked = latest_summary(work, council, by=person, now=turn.now)
    if locked is None:
        view = NoteView(TITLE, "There is none yet. It comes once the quarterly report is locked.", ())
        return Reply(note_card(view), title=TITLE)
    return _summary(council, work, turn, person, month_number(locked.period_on))


HANDLERS: dict[type[Payload], Handler] = {
    ShowLeadSummary: Handler(_show),
    AskLeadCopy: Handler(_show_asked, act=_ask_copy),
}
"""What the buttons carry. See `cards.payloads`."""

COMMANDS = {
    "summary": Command(("summary", "lead member", "lead member summary", "my summary"), _type_summary),
}
"""What can be typed."""
