"""Files: asked for with a button, then taken or not with the buttons of Teams' own card."""

from cards.files import read_consent
from cards.notes import note_card
from cards.payloads import Payload, ShowMyAudits
from cards.payloads_day import AskHolds
from cards.payloads_files import AskCopy
from cards.payloads_office import SendProposal
from cards.views import NoteView
from dialogs.offers import offers
from dialogs.press import Handler, Outcome, Press
from dialogs.round_presses import show_round
from dialogs.shared_presses import SUMMARY, show_shared
from dialogs.turn import GivenFile, Reply, Turn
from domain.people import Person
from workflows.council import Council, Work
from workflows.offer_kinds import AUDIT_COPY, CALENDAR_HOLDS, ROUND_PROPOSAL
from workflows.offering import decline_file, take_file


def answer_consent(council: Council, work: Work, turn: Turn, person: Person) -> Reply:
    """What to put where after a yes; a note after a no; nothing after a second yes.

    Raises PayloadInvalid for what Teams would not send, NotAllowed for somebody else's file.
    """
    consent = read_consent(turn.data)
    if consent.place is None:
        name = decline_file(work, by=person, token=consent.token, now=turn.now)
        return file_note("Not sent", f"“{name}” was not sent. You can ask for it again where you found it.")
    taken = take_file(work, council, by=person, token=consent.token, now=turn.now)
    if taken is None:
        # The same yes again, or one on a card that was answered before: nothing leaves a second time.
        return Reply()
    offer = taken.offer
    return Reply(given=GivenFile(offer.id, offer.kind, offer.subject_id, consent.place), title=taken.name)


def file_note(title: str, text: str) -> Reply:
    """What became of a file, in plain words."""
    view = NoteView(title, text, (("My audits", ShowMyAudits()),))
    return Reply(note_card(view), title=title)


def _show_round(press: Press, _: Outcome) -> Reply:
    message = (
        "The workbook comes in a message of its own in a moment. Press Allow there, and it goes into your "
        "OneDrive."
    )
    return show_round(press, press.payload.round_id, "progress", message=message)


def _show_audit(press: Press, _: Outcome) -> Reply:
    payload: AskCopy = press.payload
    message = (
        "The Word copy comes in a message of its own in a moment. Press Allow there, and it goes into your "
        "OneDrive."
    )
    typed = press.typed_texts if press.inputs else None
    return show_shared(press, payload.audit_id, SUMMARY, typed=typed, message=message)


def _show_holds(_press: Press, _: Outcome) -> Reply:
    text = (
        "The file comes in a message of its own in a moment. Press Allow there, open it, and your calendar "
        "offers to take a time for each step; move them to wherever they suit you.\n"
        "They say what to do and nothing of the case."
    )
    view = NoteView(
        "Times for your calendar are on their way", text, (("My audits", ShowMyAudits()),), tone="good"
    )
    return Reply(note_card(view), title="Times for your calendar")


HANDLERS: dict[type[Payload], Handler] = {
    SendProposal: Handler(_show_round, act=offers(ROUND_PROPOSAL, lambda asked: asked.round_id)),
    AskHolds: Handler(_show_holds, act=offers(CALENDAR_HOLDS, lambda asked: asked.audit_id)),
    AskCopy: Handler(_show_audit, act=offers(AUDIT_COPY, lambda asked: asked.audit_id)),
}
