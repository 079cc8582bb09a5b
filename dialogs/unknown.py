"""Answers to those who cannot be served here: kind, and with what to do instead."""

from cards.notes import note_card
from cards.views import NoteView
from dialogs.turn import Reply


def stranger_reply() -> Reply:
    """For someone who is not on the staff list."""
    text = (
        "I do not know you yet, because your account is not on the staff list I work from. I have told the "
        "QA office; once they have added you, just write to me again."
    )
    return Reply(note_card(NoteView("Hello", text)), title="Hello")


def write_to_me() -> Reply:
    """For a mention in a team or group, where audits are never shown."""
    text = "I only talk about audits in your own chat with me. Please open it and type **help**."
    return Reply(note_card(NoteView("Let us talk in private", text)), title="Plumbline")


def unfit_file(why: str) -> Reply:
    """For an attachment that could not be fetched."""
    return Reply(note_card(NoteView("I could not read that file", why, tone="warning")), title="Your file")
