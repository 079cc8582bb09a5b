"""Answers to those who cannot be served here: kind, and with what to do instead."""

from collections.abc import Sequence

from cards.notes import note_card
from cards.views import NoteView
from dialogs.turn import Reply


def stranger_reply() -> Reply:
    """For someone who is not on the staff list."""
    text = (
        "I do not know you yet, because your account is not on the staff list I work from. I have told the "
        "QA office; once they have added you, just write to me again."
    )
    return _note("Hello", text)


def left_reply() -> Reply:
    """For someone whose name has left the staff list; nobody needs to be told."""
    text = (
        "The staff list I work from says that you have left, so I cannot show you any audits. If that is "
        "wrong, please tell the QA office; as soon as you are back on the list, just write to me again."
    )
    return _note("Hello", text)


def guest_reply() -> Reply:
    """For a caller without an account in the council's directory, such as a guest in a meeting."""
    text = (
        "I can only talk with staff who are signed in with the council's own account. If you have one, "
        "please open Teams with it and write to me again."
    )
    return _note("Hello", text)


def unsure_reply() -> Reply:
    """For a caller whom Teams could not name at this moment."""
    text = (
        "This is your first time here, and just now Teams could not tell me who you are. Nothing was saved. "
        "Please write to me again in a minute; if it keeps happening, tell the QA office."
    )
    return _note("One moment", text)


def write_to_me() -> Reply:
    """For a mention in a team or group, where audits are never shown."""
    text = "I only talk about audits in your own chat with me. Please open it and type “help”."
    return _note("Let us talk in private", text)


def unfit_file(why: str, name: str) -> Reply:
    """For an attachment that could not be fetched."""
    return _about("I could not read that file", why, [name])


def about_file(reply: Reply, name: str) -> Reply:
    """What a note says of one of several files, with its name."""
    return _about("One of your files", reply.note, [name])


def no_time_for(names: Sequence[str]) -> Reply:
    """For attachments that took too long to be fetched, and those behind them."""
    these = "this file" if len(names) == 1 else "these files"
    text = (
        f"Getting hold of your files took too long, so nothing of {these} was read or changed. Please attach "
        "what is missing again, one file in each message."
    )
    return _about("I did not get round to everything", text, names)


def too_many_files(count: int, most: int) -> Reply:
    """For a message with more attachments than are read."""
    text = (
        f"You attached {count} files, and I read at most {most} in one message. None of them was read and "
        f"nothing has changed. Please send the lists that you need in messages of {most} or fewer."
    )
    return _about("That was more than I can read at once", text, ())


def _about(title: str, text: str, names: Sequence[str]) -> Reply:
    lines = "\n".join([*(f"•  {name}" for name in names if name), text])
    return Reply(note_card(NoteView(title, lines, tone="warning")), title="Your file")


def _note(title: str, text: str) -> Reply:
    return Reply(note_card(NoteView(title, text)), title=title)
