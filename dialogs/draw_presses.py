"""Presses about what the Panel chooses: the draw, audits that look misgraded, nominations."""

from collections.abc import Mapping

from cards.draw import DrawView, draw_card
from cards.notes import note_card
from cards.payloads import Payload, ShowMyAudits
from cards.payloads_draw import (
    AnswerNomination,
    AskChoose,
    ChooseAudit,
    PassDraw,
    ShowDraw,
    ShowSuspects,
)
from cards.payloads_panel import ShowNomination
from cards.views import HintView, NoteView
from cards.weighing import (
    ChoiceView,
    NominationView,
    SuspectsView,
    choice_card,
    nomination_card,
    suspects_card,
)
from cards.wording import count, day
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from domain.errors import RuleBroken
from domain.people import Person
from domain.permissions import PANEL_POSTS
from workflows import draws, selecting, weighing
from workflows.council import Council, Work
from workflows.sharing import TextWanted

_DRAW, _SUSPECTS, _NOMINATION = "The draw", "Looks misgraded", "A nomination"


def draw_reply(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """The latest draw, for the Panel; it names nobody, so it may stay in the chat."""
    if not person.posts & PANEL_POSTS:
        return None
    found = draws.look_at_draw(work, council, by=person, draw_id=0, now=turn.now)
    running = draws.running(work, council, by=person, now=turn.now)
    return Reply(draw_card(DrawView(council.framework, found, running, turn.nonce)), title=_DRAW)


def suspects_reply(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """How many audits look misgraded, for the Panel; which they are is shown in answer to a press."""
    if not person.posts & PANEL_POSTS:
        return None
    found = weighing.count_suspects(work, council, by=person, now=turn.now)
    looks = "looks as if its grade" if found == 1 else "look as if their grade"
    text = (
        f"{count(found, 'audit')} {looks} may not fit." if found else "No audit that waits looks misgraded."
    )
    buttons: list[tuple[str, Payload]] = [("See why", ShowSuspects(0))] if found else []
    view = NoteView(_SUSPECTS, text, (*buttons, ("The draw", ShowDraw(0))))
    return Reply(note_card(view), title=_SUSPECTS)


def _show_draw(press: Press, _: Outcome) -> Reply:
    payload: ShowDraw = press.payload
    return _draw(press, payload.draw_id, None, {})


def _pass(press: Press) -> Outcome:
    payload: PassDraw = press.payload
    draws.pass_draw(
        press.work,
        press.council,
        by=press.person,
        draw_id=payload.draw_id,
        reason=press.typed("reason"),
        now=press.now,
    )
    return {}


def _show_passed(press: Press, _: Outcome) -> Reply:
    payload: PassDraw = press.payload
    return _draw(press, payload.draw_id, None, {})


def _refuse_pass(press: Press, broken: RuleBroken) -> Reply:
    payload: PassDraw = press.payload
    return _draw(press, payload.draw_id, press.typed_texts, _errors(broken))


def _draw(press: Press, draw_id: int, typed: Mapping[str, str] | None, errors: Mapping[str, str]) -> Reply:
    work, council, by = press.work, press.council, press.person
    found = draws.look_at_draw(work, council, by=by, draw_id=draw_id, now=press.now)
    is_latest = found is None or found.later_id is None
    running = draws.running(work, council, by=by, now=press.now) if is_latest else None
    view = DrawView(press.framework, found, running, press.turn.nonce, typed, _hints(errors))
    return Reply(draw_card(view), title=_DRAW)


def _show_suspects(press: Press, _: Outcome) -> Reply:
    payload: ShowSuspects = press.payload
    found = weighing.open_suspects(
        press.work, press.council, by=press.person, start=payload.start, now=press.now
    )
    view = SuspectsView(found.shown, found.start, found.total, weighing.SUSPECTS_ON_A_CARD)
    return Reply(suspects_card(view), title=_SUSPECTS)


def _ask_choose(press: Press, _: Outcome) -> Reply:
    payload: AskChoose = press.payload
    return _choice(press, payload.audit_id, press.typed_texts or None, {})


def _choose(press: Press) -> Outcome:
    payload: ChooseAudit = press.payload
    chosen = selecting.choose_audit(
        press.work,
        press.council,
        by=press.person,
        audit_id=payload.audit_id,
        reason=press.typed("reason"),
        now=press.now,
    )
    return {"due": day(chosen.due_on)}


def _show_chosen(_press: Press, outcome: Outcome) -> Reply:
    text = f"It is in the panel's queue, to be moderated by {outcome['due']}. Whoever has it has been told."
    buttons = ((_SUSPECTS, ShowSuspects(0)), ("My audits", ShowMyAudits()))
    return Reply(note_card(NoteView("Chosen for moderation", text, buttons, "good")), title=_SUSPECTS)


def _refuse_choice(press: Press, broken: RuleBroken) -> Reply | None:
    payload: ChooseAudit = press.payload
    if isinstance(broken, TextWanted):
        return _choice(press, payload.audit_id, press.typed_texts, _errors(broken))
    return None


def _choice(press: Press, audit_id: int, typed: Mapping[str, str] | None, errors: Mapping[str, str]) -> Reply:
    found = weighing.open_choice(press.work, press.council, by=press.person, audit_id=audit_id, now=press.now)
    view = ChoiceView(found, press.turn.nonce, typed, _hints(errors))
    return Reply(choice_card(view), title=_SUSPECTS)


def _show_nomination(press: Press, _: Outcome) -> Reply:
    payload: ShowNomination = press.payload
    # What was being written before a safety alert came between.
    return _nomination(press, payload.audit_id, press.typed_texts or None, {})


def _answer(press: Press) -> Outcome:
    payload: AnswerNomination = press.payload
    selecting.answer_nomination(
        press.work,
        press.council,
        by=press.person,
        audit_id=payload.audit_id,
        accept=payload.accept,
        reason=press.typed("reason"),
        now=press.now,
    )
    return {}


def _show_answered(press: Press, _: Outcome) -> Reply:
    payload: AnswerNomination = press.payload
    return _nomination(press, payload.audit_id, None, {})


def _refuse_answer(press: Press, broken: RuleBroken) -> Reply:
    payload: AnswerNomination = press.payload
    return _nomination(press, payload.audit_id, press.typed_texts, _errors(broken))


def _nomination(
    press: Press, audit_id: int, typed: Mapping[str, str] | None, errors: Mapping[str, str]
) -> Reply:
    found = weighing.open_nomination(
        press.work, press.council, by=press.person, audit_id=audit_id, now=press.now
    )
    view = NominationView(found, press.turn.nonce, typed, _hints(errors))
    return Reply(nomination_card(view), title=_NOMINATION)


def _errors(broken: RuleBroken) -> Mapping[str, str]:
    return {broken.field if isinstance(broken, TextWanted) else "": str(broken)}


def _hints(errors: Mapping[str, str]) -> tuple[HintView, ...]:
    return tuple(HintView(field, message, blocking=True) for field, message in errors.items())


HANDLERS: dict[type[Payload], Handler] = {
    ShowDraw: Handler(_show_draw),
    PassDraw: Handler(_show_passed, act=_pass, refuse=_refuse_pass),
    ShowSuspects: Handler(_show_suspects),
    AskChoose: Handler(_ask_choose),
    ChooseAudit: Handler(_show_chosen, act=_choose, refuse=_refuse_choice),
    ShowNomination: Handler(_show_nomination),
    AnswerNomination: Handler(_show_answered, act=_answer, refuse=_refuse_answer),
}

COMMANDS: Mapping[str, Command] = {
    "draw": Command(("draw", "the draw", "last draw", "moderation draw"), draw_reply),
    "looks misgraded": Command(("looks misgraded", "look misgraded", "misgraded"), suspects_reply),
}
