"""Presses of the learning log's actions: the QA office's form, and what an owner says is done."""

from collections.abc import Mapping

from cards.learning_entry import own_action_card
from cards.learning_forms import action_form
from cards.payloads import Payload, PayloadInvalid
from cards.payloads_learning import FinishLearningAction, SaveLearningAction, ShowLearningAction
from cards.views_learning import ActionFormView, OwnActionView
from dialogs.learning_shown import asked_again, hints, show_entry, typed_words
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Reply
from domain.errors import RuleBroken
from domain.learning import LearningAction
from domain.themes import theme_titles
from workflows import learning_actions
from workflows.learning_look import open_form
from workflows.learning_texts import owners


def _save_action(press: Press) -> Outcome:
    payload: SaveLearningAction = press.payload
    if payload.take_out:
        learning_actions.take_out_action(
            press.work,
            press.council,
            by=press.person,
            entry_id=payload.entry_id,
            action_id=payload.action_id,
            version=payload.version,
            now=press.now,
        )
        return {"said": "taken_out"}
    learning_actions.save_action(
        press.work,
        press.council,
        by=press.person,
        entry_id=payload.entry_id,
        action_id=payload.action_id,
        version=payload.version,
        typed=typed_words(press),
        now=press.now,
    )
    return {"said": "kept"}


def _refuse_action(press: Press, broken: RuleBroken) -> Reply | None:
    payload: SaveLearningAction = press.payload
    errors = asked_again(broken)
    if errors is None:
        return None
    return show_action_form(press, payload.entry_id, payload.action_id, press.typed_texts or None, errors)


def show_action_form(
    press: Press,
    entry_id: int,
    action_id: int,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Reply:
    """The form of one action of an entry; 0 for a new one."""
    entry = open_form(press.work, press.council, by=press.person, entry_id=entry_id, now=press.now)
    if entry is None:
        raise PayloadInvalid
    action = learning_actions.find_action(press.work, entry, action_id) if action_id else None
    view = ActionFormView(
        entry=entry,
        action=action,
        owners=_owner_choices(press, action),
        nonce=press.turn.nonce,
        typed=typed,
        errors=hints(errors),
    )
    return Reply(action_form(view), title="The learning log")


def _owner_choices(press: Press, action: LearningAction | None) -> tuple[tuple[str, str], ...]:
    may_own = owners(press.work)
    if action is not None:
        may_own.setdefault(action.owner_id, press.work.people.get(action.owner_id).name)
    return tuple((str(i), name) for i, name in may_own.items())


def _show_said(press: Press, outcome: Outcome) -> Reply:
    return show_entry(press, press.payload.entry_id, outcome["said"])


def _finish(press: Press) -> Outcome:
    payload: FinishLearningAction = press.payload
    learning_actions.finish_action(
        press.work,
        press.council,
        by=press.person,
        action_id=payload.action_id,
        text=press.typed("done_text"),
        now=press.now,
    )
    return {}


def _show_own(press: Press, _: Outcome) -> Reply:
    return _own_action(press, press.payload.action_id)


def _refuse_finish(press: Press, broken: RuleBroken) -> Reply | None:
    errors = asked_again(broken)
    return _own_action(press, press.payload.action_id, press.typed_texts, errors) if errors else None


def _own_action(
    press: Press,
    action_id: int,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Reply:
    action, entry = learning_actions.require_own_action(
        press.work, press.council, by=press.person, action_id=action_id, now=press.now
    )
    view = OwnActionView(
        action=action,
        entry=entry,
        theme=theme_titles(press.framework).get(entry.theme, ""),
        today=press.today,
        nonce=press.turn.nonce,
        typed=typed,
        errors=hints(errors),
    )
    return Reply(own_action_card(view), title="A learning action")


HANDLERS: dict[type[Payload], Handler] = {
    SaveLearningAction: Handler(_show_said, act=_save_action, refuse=_refuse_action),
    ShowLearningAction: Handler(_show_own),
    FinishLearningAction: Handler(_show_own, act=_finish, refuse=_refuse_finish),
}
