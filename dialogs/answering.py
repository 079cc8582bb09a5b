"""Answers one turn: one transaction, one workflow call, one reply.

Source: decisions 1, 3 and 4 of the design.
"""

from dataclasses import replace

from cards.notes import note_card
from cards.payloads import Payload, PayloadInvalid, ShowMyAudits, unpack
from cards.size import LIMIT_BYTES, size_bytes
from cards.views import NoteView
from dialogs import (
    action_presses,
    audit_presses,
    board_presses,
    calibration_presses,
    channel_asked,
    copy_presses,
    day_presses,
    digest_presses,
    draw_presses,
    examples_presses,
    explaining_presses,
    extension_presses,
    file_presses,
    following_presses,
    import_presses,
    lead_presses,
    learning_presses,
    meeting_presses,
    numbers_presses,
    pack_presses,
    panel_presses,
    plan_presses,
    report_presses,
    request_presses,
    round_presses,
    safety_presses,
    shared_presses,
    talk_presses,
    tracker_presses,
    typed,
    unreachable_presses,
)
from dialogs.press import Handler, Press, press_key
from dialogs.turn import Asked, Reply, Turn
from domain.errors import NotAllowed, RuleBroken
from domain.people import Person
from workflows.council import Busy, Council, Work
from workflows.people import reached, recognise
from workflows.solving import write_with_plans
from workflows.trailing import record_refusal

HANDLERS: dict[type[Payload], Handler] = {
    **audit_presses.HANDLERS,
    **shared_presses.HANDLERS,
    **safety_presses.HANDLERS,
    **round_presses.HANDLERS,
    **import_presses.HANDLERS,
    **day_presses.HANDLERS,
    **extension_presses.HANDLERS,
    **unreachable_presses.HANDLERS,
    **file_presses.HANDLERS,
    **draw_presses.HANDLERS,
    **panel_presses.HANDLERS,
    **examples_presses.HANDLERS,
    **talk_presses.HANDLERS,
    **copy_presses.HANDLERS,
    **action_presses.HANDLERS,
    **board_presses.HANDLERS,
    **following_presses.HANDLERS,
    **learning_presses.HANDLERS,
    **calibration_presses.HANDLERS,
    **report_presses.HANDLERS,
    **numbers_presses.HANDLERS,
    **explaining_presses.HANDLERS,
    **lead_presses.HANDLERS,
    **request_presses.HANDLERS,
    **pack_presses.HANDLERS,
    **meeting_presses.HANDLERS,
    **tracker_presses.HANDLERS,
    **plan_presses.HANDLERS,
    **digest_presses.HANDLERS,
}

_TOO_MUCH = (
    "That is more text than a card can hold, so nothing was saved. Please shorten what you typed, box by "
    "box, and press again."
)


class _AnsweredElsewhere(Exception):
    """Another replica answered the same press first; undo and show its outcome."""


def answer(council: Council, turn: Turn) -> Reply:
    """The reply to a turn. Never raises for what a person did; faults of ours do raise."""
    try:
        return _beside(_settled(council, turn), turn)
    except Busy:
        return _beside(busy(), turn)


def busy() -> Reply:
    """The answer when too much is going on: nothing was saved."""
    return plain("One moment", str(Busy()), tone="warning")


def plain(title: str, text: str, *, tone: str = "plain") -> Reply:
    """A short message with a way back to one's own list."""
    view = NoteView(title=title, text=text, buttons=(("My audits", ShowMyAudits()),), tone=tone)
    return Reply(note_card(view), title=title, note=text)


def _beside(reply: Reply, turn: Turn) -> Reply:
    """A mere note never takes the place of a card that holds what somebody typed, nor of a channel's post."""
    if turn.place is not None:
        return channel_asked.for_everybody(reply, turn)
    return replace(reply, beside=bool(reply.note and _typed_inputs(turn)))


def _settled(council: Council, turn: Turn) -> Reply:
    try:
        try:
            return _in_transaction(council, turn)
        except _AnsweredElsewhere:
            return _in_transaction(council, turn)
    except NotAllowed as refused:
        record_refusal(council, directory_id=turn.directory_id, asked=_verb(turn), now=turn.now)
        return plain("Not yours to open", str(refused), tone="warning")
    except PayloadInvalid as odd:
        # An older card, or one changed by hand; the trail cannot tell them apart, but it keeps both.
        record_refusal(council, directory_id=turn.directory_id, asked=_verb(turn), now=turn.now)
        return plain("That did not work", str(odd), tone="warning")
    except Busy:
        raise
    except RuleBroken as broken:
        return _refused(council, turn, broken)


def _in_transaction(council: Council, turn: Turn) -> Reply:
    if turn.asked is Asked.ATTACHED:
        return _attached(council, turn)

    def act(work: Work) -> Reply:
        reply = _answered(council, work, turn)
        return replace(reply, queued=True) if work.has_queued else reply

    return write_with_plans(council, act)


def _attached(council: Council, turn: Turn) -> Reply:
    """A list may take seconds to read, so it is answered in transactions of its own."""
    with council.write() as work:
        person = _met(council, work, turn)
    if person is None:
        return Reply(unknown=True)
    return import_presses.answer_attached(council, turn, person)


def _met(council: Council, work: Work, turn: Turn) -> Person | None:
    """Who acts, and where they can be reached from now on; None for somebody unknown."""
    person = recognise(work, council, turn.directory_id, turn.now)
    if person is not None and turn.address is not None:
        reached(work, person=person, address=turn.address, now=turn.now)
    return person


def _answered(council: Council, work: Work, turn: Turn) -> Reply:
    person = _met(council, work, turn)
    if person is None:
        return Reply(unknown=True)
    if turn.place is not None:
        return channel_asked.answer_there(council, work, turn, person, turn.place)
    match turn.asked:
        case Asked.TYPED:
            return typed.answer_typed(council, work, turn, person)
        case Asked.ARRIVED:
            return typed.greet(council, work, turn, person)
        case Asked.CONSENTED:
            reply = file_presses.answer_consent(council, work, turn, person)
            _note_answered(work, turn, person)
            return reply
        case _:
            return _pressed(council, work, turn, person)


def _note_answered(work: Work, turn: Turn, person: Person) -> None:
    """What counts as seen: somebody pressed something on the card."""
    if turn.pressed_on is not None and not turn.unasked:
        conversation_id, activity_id = turn.pressed_on
        work.notices.answered(person.id, conversation_id, activity_id, turn.now)


def _pressed(council: Council, work: Work, turn: Turn, person: Person) -> Reply:
    payload, inputs = unpack(turn.data)
    handler = HANDLERS[type(payload)]
    _note_answered(work, turn, person)
    press = Press(council, work, turn, person, payload, inputs)
    if handler.act is None:
        return _fitting(handler.show(press, {}), inputs)
    key = press_key(person, payload, inputs)
    outcome = work.turns.outcome(key)
    if outcome is None:
        outcome = handler.act(press)
        if not work.turns.answered(key, outcome, turn.now):
            raise _AnsweredElsewhere
    return handler.show(press, outcome)


def _refused(council: Council, turn: Turn, broken: RuleBroken) -> Reply:
    """Nothing was saved; show the form again with what was typed, or say why in plain words."""
    if turn.asked is Asked.PRESSED and turn.place is None:
        try:
            again = _shown_again(council, turn, broken)
        except Busy:
            raise
        except RuleBroken:
            # What the press speaks of cannot be shown at all; the first reason is the one to hear.
            again = None
        if again is not None:
            return again
    return plain("That did not work", str(broken), tone="warning")


def _shown_again(council: Council, turn: Turn, broken: RuleBroken) -> Reply | None:
    payload, inputs = unpack(turn.data)
    handler = HANDLERS[type(payload)]
    with council.write() as work:
        person = recognise(work, council, turn.directory_id, turn.now)
        if person is None:
            return None
        press = Press(council, work, turn, person, payload, inputs)
        outcome = work.turns.outcome(press_key(person, payload, inputs))
        if outcome is not None:
            # The same press, answered by another replica while this one waited for its row.
            return handler.show(press, outcome)
        again = handler.refuse(press, broken) if handler.refuse is not None else None
        return _fitting(again, inputs) if again is not None else None


def _fitting(reply: Reply, inputs: dict[str, object]) -> Reply:
    """The reply, unless typed text that no box would have let through made its card too large to send."""
    if inputs and reply.card is not None and size_bytes(reply.card) >= LIMIT_BYTES:
        return plain("Too long to show", _TOO_MUCH, tone="warning")
    return reply


def _typed_inputs(turn: Turn) -> bool:
    try:
        _, inputs = unpack(turn.data)
    except PayloadInvalid:
        return False
    return any(isinstance(value, str) and value.strip() for value in inputs.values())


def _verb(turn: Turn) -> str:
    try:
        payload, _ = unpack(turn.data)
    except PayloadInvalid:
        return turn.asked.value
    return payload.VERB
