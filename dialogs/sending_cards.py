"""The QA office asks what is held back by a pilot, and what will leave tomorrow."""

from cards.notes import note_card
from cards.notice_words import kind_words
from cards.views import NoteView
from dialogs.turn import Reply, Turn
from domain.people import Person
from workflows.council import Council, View, Work
from workflows.switching import Held, Pilot, ask_for_preview, look_at_held

SHOWN = 25
"""People listed before the rest is only counted, so that the card stays well within its size."""


def held_reply(council: Council, view: View, turn: Turn, person: Person) -> Reply:
    """What other teams would have received. Raises NotAllowed for anybody outside the QA office."""
    pilot, held = look_at_held(view, council, by=person, now=turn.now)
    if pilot is None:
        text = "There is no pilot at the moment: everybody receives what is meant for them."
    elif not held:
        text = (
            f"Only these teams receive at the moment: {', '.join(pilot.teams)}. Nothing is held for others."
        )
    else:
        told = [f"Only these teams receive at the moment: {', '.join(pilot.teams)}. Held for others:"]
        told += [_line(one) for one in held[:SHOWN]]
        if rest := held[SHOWN:]:
            told.append(f"and {sum(one.count for one in rest)} more.")
        told.append("They leave when the pilot takes their team in, as far as they still apply by then.")
        text = "\n".join(told)
    return Reply(note_card(NoteView("Held back by the pilot", text)), title="Held back")


def preview_reply(council: Council, work: Work, turn: Turn, person: Person) -> Reply:
    """Promises tomorrow's preview, which comes as a card. Raises NotAllowed outside the QA office."""
    paused = ask_for_preview(work, council, by=person, nonce=turn.nonce, now=turn.now)
    if paused:
        text = "Sending is paused, so nothing will leave but safety alerts, and no preview either."
    else:
        text = "I am walking through tomorrow's calendar. What would leave comes as a card in a moment."
    return Reply(note_card(NoteView("Tomorrow's cards", text)), title="Tomorrow")


def _only(pilot: Pilot) -> str:
    return f"Only these teams receive at the moment: {', '.join(pilot.teams)}."


def _line(one: Held) -> str:
    times = f", {one.count} times" if one.count > 1 else ""
    return f"{one.name}{f', {one.team}' if one.team else ''}: {kind_words(one.kind)}{times}"
