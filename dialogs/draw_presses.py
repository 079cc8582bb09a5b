"""Presses about what the Panel chooses: the draw, audits that look misgraded, nominations."""

from collections.abc import Callable, Mapping
from typing import Any

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

Typed = Mapping[str, str] | None
Errors = Mapping[str, str]
Form = Callable[[Press, Typed, Errors], Reply]
"""A card with boxes, drawn for a press with what was typed and what is wrong with it, box by box."""

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


def _pass(press: Press) -> Outcome:
    payload: PassDraw = press.payload
    draws.pass_draw(press.work, press.council, draw_id=payload.draw_id, **_with_reason(press))
    return {}


def _draw(press: Press, typed: Typed, errors: Errors) -> Reply:
    payload: ShowDraw | PassDraw = press.payload
    work, council, by = press.work, press.council, press.person
    found = draws.look_at_draw(work, council, by=by, draw_id=payload.draw_id, now=press.now)
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


def _choose(press: Press) -> Outcome:
    payload: ChooseAudit = press.payload
    chosen = selecting.choose_audit(
        press.work, press.council, audit_id=payload.audit_id, **_with_reason(press)
    )
    return {"due": day(chosen.due_on)}


def _show_chosen(_press: Press, outcome: Outcome) -> Reply:
    text = f"It is in the Panel's queue, to be moderated by {outcome['due']}. Whoever has it has been told."
    buttons = ((_SUSPECTS, ShowSuspects(0)), ("My audits", ShowMyAudits()))
    return Reply(note_card(NoteView("Chosen for moderation", text, buttons, "good")), title=_SUSPECTS)


def _refuse_choice(press: Press, broken: RuleBroken) -> Reply | None:
    return _refused(_choice)(press, broken) if isinstance(broken, TextWanted) else None


def _choice(press: Press, typed: Typed, errors: Errors) -> Reply:
    payload: AskChoose | ChooseAudit = press.payload
    found = weighing.open_choice(
        press.work, press.council, by=press.person, audit_id=payload.audit_id, now=press.now
    )
    view = ChoiceView(found, press.turn.nonce, typed, _hints(errors))
    return Reply(choice_card(view), title=_SUSPECTS)


def _answer(press: Press) -> Outcome:
    payload: AnswerNomination = press.payload
    given = {"audit_id": payload.audit_id, "accept": payload.accept, **_with_reason(press)}
    selecting.answer_nomination(press.work, press.council, **given)
    return {}


def _nomination(press: Press, typed: Typed, errors: Errors) -> Reply:
    payload: ShowNomination | AnswerNomination = press.payload
    found = weighing.open_nomination(
        press.work, press.council, by=press.person, audit_id=payload.audit_id, now=press.now
    )
    view = NominationView(found, press.turn.nonce, typed, _hints(errors))
    return Reply(nomination_card(view), title=_NOMINATION)


def _with_reason(press: Press) -> dict[str, Any]:
    """Who decides, when, and the reason they typed."""
    return {"by": press.person, "reason": press.typed("reason"), "now": press.now}


def _opened(form: Form) -> Callable[[Press, Outcome], Reply]:
    """The form as it stands; with what was being written, where a safety alert came between."""
    return lambda press, _: form(press, press.typed_texts or None, {})


def _done(form: Form) -> Callable[[Press, Outcome], Reply]:
    """The same card once the press has done its work, with empty boxes."""
    return lambda press, _: form(press, None, {})


def _refused(form: Form) -> Callable[[Press, RuleBroken], Reply]:
    """The form again, with everything typed and what is wrong with it."""
    return lambda press, broken: form(press, press.typed_texts, _errors(broken))


def _errors(broken: RuleBroken) -> Errors:
    return {broken.field if isinstance(broken, TextWanted) else "": str(broken)}


def _hints(errors: Errors) -> tuple[HintView, ...]:
    return tuple(HintView(field, message, blocking=True) for field, message in errors.items())


HANDLERS: dict[type[Payload], Handler] = {
    ShowDraw: Handler(_opened(_draw)),
    PassDraw: Handler(_done(_draw), act=_pass, refuse=_refused(_draw)),
    ShowSuspects: Handler(_show_suspects),
    AskChoose: Handler(_opened(_choice)),
    ChooseAudit: Handler(_show_chosen, act=_choose, refuse=_refuse_choice),
    ShowNomination: Handler(_opened(_nomination)),
    AnswerNomination: Handler(_done(_nomination), act=_answer, refuse=_refused(_nomination)),
}

COMMANDS: Mapping[str, Command] = {
    "draw": Command(("draw", "the draw", "last draw", "moderation draw"), draw_reply),
    "looks misgraded": Command(("looks misgraded", "look misgraded", "misgraded"), suspects_reply),
}
