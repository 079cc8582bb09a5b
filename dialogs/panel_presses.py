"""Presses of the Panel's queue: look at it, take an audit, hand it over, swap two."""

from collections.abc import Mapping

from cards.panel import handing_card
from cards.payloads import Payload
from cards.payloads_panel import AskHandOver, HandOver, ShowPanel, SwapModeration, TakeModeration
from cards.views import HintView
from cards.views_panel import HandingView
from dialogs import moderation_alert_presses, moderation_presses
from dialogs.moderation_presses import show_moderation
from dialogs.panel_list import panel_reply, queue_lines
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from domain.errors import RuleBroken
from domain.moderation_parts import START
from domain.people import Person
from domain.permissions import Capacity, capacities
from workflows import panel_queue
from workflows.council import Council, Work
from workflows.sharing import TextWanted


def _typed_for(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    """The queue, for practice consultants and whoever may chair them."""
    if Capacity.PANEL not in capacities(person):
        return None
    return panel_reply(council, work, turn, person)


def _show(press: Press, _: Outcome) -> Reply:
    payload: ShowPanel = press.payload
    return panel_reply(press.council, press.work, press.turn, press.person, start=payload.start)


def _take(press: Press) -> Outcome:
    payload: TakeModeration = press.payload
    panel_queue.take(
        press.work, press.council, by=press.person, moderation_id=payload.moderation_id, now=press.now
    )
    return {}


def _show_taken(press: Press, _: Outcome) -> Reply:
    payload: TakeModeration = press.payload
    return show_moderation(press, payload.moderation_id, START, message="Thank you for taking this one on.")


def _ask(press: Press, _: Outcome) -> Reply:
    payload: AskHandOver = press.payload
    return _form(press, payload.moderation_id, None, {})


def _form(
    press: Press, moderation_id: int, typed: Mapping[str, str] | None, errors: Mapping[str, str]
) -> Reply:
    found = panel_queue.handing(
        press.work, press.council, by=press.person, moderation_id=moderation_id, now=press.now
    )
    view = HandingView(
        moderation=found.moderation,
        reference=found.audit.case_reference,
        auditor_name=found.auditor_name,
        holder_name=found.holder_name,
        people=tuple((person.id, person.name, load) for person, load in found.people),
        swaps=queue_lines(found.swaps),
        today=press.today,
        nonce=press.turn.nonce,
        typed=typed,
        errors=tuple(HintView(f, m, blocking=True) for f, m in errors.items()),
    )
    return Reply(handing_card(view), title="Hand over or swap")


def _hand_over(press: Press) -> Outcome:
    payload: HandOver = press.payload
    name = panel_queue.hand_over(
        press.work,
        press.council,
        by=press.person,
        moderation_id=payload.moderation_id,
        to=_number(press.typed("hand_to")),
        why=press.typed("why"),
        now=press.now,
    )
    return {"to": name}


def _show_handed(press: Press, outcome: Outcome) -> Reply:
    message = f"{outcome['to']} has it now, and gets a card."
    return panel_reply(press.council, press.work, press.turn, press.person, message=message)


def _swap(press: Press) -> Outcome:
    payload: SwapModeration = press.payload
    other_id = panel_queue.swap(
        press.work,
        press.council,
        by=press.person,
        moderation_id=payload.moderation_id,
        other_id=_number(press.typed("swap_with")),
        why=press.typed("why"),
        now=press.now,
    )
    return {"moderation_id": other_id}


def _show_swapped(press: Press, outcome: Outcome) -> Reply:
    return show_moderation(press, outcome["moderation_id"], START, message="Swapped: this one is yours now.")


def _refuse(press: Press, broken: RuleBroken) -> Reply | None:
    if isinstance(broken, TextWanted):
        return _form(press, press.payload.moderation_id, press.typed_texts, {broken.field: str(broken)})
    return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


HANDLERS: dict[type[Payload], Handler] = {
    **moderation_presses.HANDLERS,
    **moderation_alert_presses.HANDLERS,
    ShowPanel: Handler(_show),
    TakeModeration: Handler(_show_taken, act=_take),
    AskHandOver: Handler(_ask),
    HandOver: Handler(_show_handed, act=_hand_over, refuse=_refuse),
    SwapModeration: Handler(_show_swapped, act=_swap, refuse=_refuse),
}

COMMANDS: Mapping[str, Command] = {
    "panel": Command(("panel", "the panel", "moderation"), _typed_for),
}
