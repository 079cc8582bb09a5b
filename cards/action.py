"""An action: what was agreed for the child, the steps so far, and what its reader can do next.

The child comes first: the proof asked for is what changed for them.
Source: CA-23, RO-02, RO-03, PR-01, SG-01.
"""

from cards.answers import form_of, said, second_look, top_errors
from cards.buttons import press, row
from cards.elements import Button, Card, Element, bold, box, card, heading, run, says, typed
from cards.payloads import ReadShared
from cards.payloads_actions import (
    AnswerActionTime,
    AskActionForm,
    AskActionTime,
    ConfirmAction,
    FinishAction,
    HandOnAction,
    NoteOversight,
    NoteProgress,
    SendBackAction,
    ShowAction,
    ShowMyActions,
    ShowTeamActions,
)
from cards.views_actions import ActionFormView, ActionView, StepLine
from cards.wording import count, day, days_left_words, excerpt, moment

DONE, TIME, CONFIRM, BACK, OVERSIGHT, HAND_ON = "done", "time", "confirm", "back", "oversight", "hand_on"
FORMS = frozenset({DONE, TIME, CONFIRM, BACK, OVERSIGHT, HAND_ON})
"""The forms there are about an action."""

MOST_STEPS = 8
_WHAT, _STEP = 1500, 500
"""Characters shown; what was agreed stands in full in the audit."""
_NO_NAMES = "no names of children or families"
_PREVIEW = "An action agreed for a child."


def action_card(view: ActionView) -> Card:
    """The action with its steps, and the next thing its reader can do."""
    next_steps = _for_owner(view) if view.is_owner else _for_manager(view)
    ways = [press("Read the audit", ReadShared(view.audit_id, "summary"))] if view.readable else []
    board, mine = press("Team actions", ShowTeamActions(0)), press("My actions", ShowMyActions())
    ways.append(mine if view.is_owner else board)
    body = [
        *said(view.message),
        *_top(view),
        *_steps(view),
        *top_errors(view.answers),
        *next_steps,
        *[row(way, spacing="small" if place else "large") for place, way in enumerate(ways)],
    ]
    return card(body, preview=_PREVIEW)


def action_form(view: ActionFormView) -> Card:
    """One of the forms about an action."""
    draw = {
        DONE: _done,
        TIME: _time,
        CONFIRM: _confirm,
        BACK: _back,
        OVERSIGHT: _oversight,
        HAND_ON: _hand_on,
    }[view.form]
    action = view.action
    body = [*_short(action), *top_errors(action.answers), *draw(view)]
    return card(body, preview=_PREVIEW)


def _top(view: ActionView) -> list[Element]:
    left = days_left_words(view.days_left)
    due: list[str | Element] = [bold("Due: "), day(view.due_on)]
    if view.state == "open":
        due += [", ", run(left, bold=True, color="attention") if view.days_left < 0 else left]
    standing = {
        "open": "to be done",
        "done": "called done, and to be confirmed",
        "confirmed": "done and confirmed",
    }
    gone = [says("They no longer have a part in this. Please hand it on.")] if view.owner_gone else []
    return [
        typed("Case ", bold(view.reference), subtle=True),
        heading("Agreed, so that something changes for a child"),
        box([typed(excerpt(view.what, _WHAT)[0])], style="emphasis"),
        typed(bold("Agreed with: "), view.owner_name, spacing="small"),
        *gone,
        typed(*due, spacing="small"),
        typed(bold("Now: "), standing[view.state], spacing="small"),
    ]


def _steps(view: ActionView) -> list[Element]:
    if not view.steps:
        return []
    made: list[Element] = [heading("So far", size="default", spacing="medium")]
    if (more := len(view.steps) - MOST_STEPS) > 0:
        made.append(says(f"{count(more, 'earlier step')} left out here.", subtle=True))
    for step in view.steps[-MOST_STEPS:]:
        made += _step(step)
    return made


def _step(step: StepLine) -> list[Element]:
    made = [typed(bold(step.by_name), f" {step.says}, {moment(step.at)}", spacing="small")]
    if step.text:
        made.append(typed(f"“{excerpt(step.text, _STEP)[0]}”", spacing="none"))
    if step.recorded:
        made.append(typed(run(f"Recorded: {step.recorded}", subtle=True), spacing="none"))
    return made


def _for_owner(view: ActionView) -> list[Element]:
    who = " or ".join(view.answering) or "the QA office"
    if view.state == "done":
        return [typed("Thank you. ", bold(who), " looks at what changed, and confirms it.")]
    if view.state == "confirmed":
        return [says("It is confirmed. Thank you: that is help a child can feel.")]
    buttons: list[Button] = [press("It is done…", AskActionForm(view.action_id, DONE))]
    asked: list[Element] = []
    if view.asked_until_on is None:
        buttons.append(press("I need more time…", AskActionForm(view.action_id, TIME)))
    else:
        asked.append(typed("You asked for time until ", bold(day(view.asked_until_on)), f"; {who} answers."))
    return [
        *asked,
        *form_of(view.answers).text("progress", "How is it going? If you want to say; " + _NO_NAMES + "."),
        *second_look(view.answers),
        row(press("Still on it", NoteProgress(view.action_id, view.nonce), with_inputs=True)),
        *[row(button, spacing="small") for button in buttons],
    ]


def _for_manager(view: ActionView) -> list[Element]:
    made: list[Element] = []
    buttons: list[Button] = []
    if view.state == "done":
        made.append(says("Does the proof show that something changed for the child?", spacing="medium"))
        buttons += [
            press("Confirm…", AskActionForm(view.action_id, CONFIRM)),
            press("Send it back…", AskActionForm(view.action_id, BACK)),
        ]
    elif view.asked_until_on is not None:
        made += _asked_time(view)
    if view.owner_gone:
        buttons.append(press("Hand it on…", AskActionForm(view.action_id, HAND_ON)))
    buttons.append(press("Leave an oversight note…", AskActionForm(view.action_id, OVERSIGHT)))
    return [*made, *[row(button, spacing="small") for button in buttons]]


def _asked_time(view: ActionView) -> list[Element]:
    if view.asked_until_on is None:
        return []
    give, decline = (AnswerActionTime(view.action_id, view.version, yes, view.nonce) for yes in (True, False))
    return [
        typed("Asked for: time until ", bold(day(view.asked_until_on)), spacing="medium"),
        says("Weigh what waiting means for the child against what the work needs.", subtle=True),
        *form_of(view.answers).text("reason", "A word on your answer; needed when you decline."),
        *second_look(view.answers),
        row(press("Give the time", give, with_inputs=True), press("Decline", decline, with_inputs=True)),
    ]


def _short(view: ActionView) -> list[Element]:
    """What the form is about, in short."""
    return [
        typed("Case ", bold(view.reference), subtle=True),
        box([typed(excerpt(view.what, _STEP)[0])], style="emphasis"),
    ]


def _proof(view: ActionView) -> list[Element]:
    last = next((step for step in reversed(view.steps) if step.is_proof), None)
    return [box(_step(last))] if last else []


def _sent(view: ActionView, button: Button) -> list[Element]:
    return [*second_look(view.answers), row(button, press("Go back", ShowAction(view.action_id)))]


def _done(view: ActionFormView) -> list[Element]:
    action = view.action
    form = form_of(action.answers)
    return [
        heading("It is done"),
        *form.text("changed", f"What changed for the child? Roles, {_NO_NAMES}."),
        *form.line("recorded", "Where is it recorded? A place, such as “case note of 3 June”"),
        *_sent(action, press("Call it done", FinishAction(action.action_id, action.nonce), with_inputs=True)),
    ]


def _time(view: ActionFormView) -> list[Element]:
    action = view.action
    form = form_of(action.answers)
    who = " or ".join(action.answering) or "The QA office"
    return [
        heading("Ask for more time"),
        typed(bold(who), f" answers. Until then it stays due on {day(action.due_on)}."),
        *form.date("until_on", "New day"),
        *form.text("reason", f"Why does it need longer? {_NO_NAMES.capitalize()}."),
        *_sent(action, press("Ask", AskActionTime(action.action_id, action.nonce), with_inputs=True)),
    ]


def _confirm(view: ActionFormView) -> list[Element]:
    action = view.action
    form = form_of(action.answers)
    payload = ConfirmAction(action.action_id, action.version, action.nonce)
    return [
        heading("Confirm it"),
        *_proof(action),
        *form.text("note", f"What did you see in the proof? A sentence, {_NO_NAMES}."),
        *form.line("noted", "Where did you note it? Such as “supervision note of 3 June”"),
        *_sent(action, press("Confirm", payload, with_inputs=True)),
    ]


def _back(view: ActionFormView) -> list[Element]:
    action = view.action
    payload = SendBackAction(action.action_id, action.version, action.nonce)
    return [
        heading("Send it back"),
        *_proof(action),
        *form_of(action.answers).text("reason", f"What is still missing? {_NO_NAMES.capitalize()}."),
        *_sent(action, press("Send it back", payload, with_inputs=True)),
    ]


def _oversight(view: ActionFormView) -> list[Element]:
    action = view.action
    form = form_of(action.answers)
    payload = NoteOversight(action.action_id, action.nonce)
    return [
        heading("Leave an oversight note"),
        *form.text("note", f"What did you see? A sentence, {_NO_NAMES}."),
        *form.line("noted", "Where did you leave it on record? Such as “supervision note of 3 June”"),
        *_sent(action, press("Keep the note", payload, with_inputs=True)),
    ]


def _hand_on(view: ActionFormView) -> list[Element]:
    action = view.action
    form = form_of(action.answers)
    takers = [(str(person_id), label) for person_id, label in view.takers]
    payload = HandOnAction(action.action_id, action.version, action.nonce)
    return [
        heading("Hand it on"),
        typed(bold(action.owner_name), " can no longer see to it. Who takes it on, and by when?"),
        *form.choice("owner_id", "Who takes it on?", takers),
        *form.date("due_on", "Due", action.due_on),
        *_sent(action, press("Hand it on", payload, with_inputs=True)),
    ]
