"""Cards of actions: what an owner or a manager did, told to the other.

They stay in the chat, so they name no case and say nothing of what was agreed. Source: CA-23, RO-02, SG-01.
"""

from collections.abc import Mapping

from cards.payloads import Payload
from cards.payloads_actions import ShowAction
from cards.wording import day
from domain.actions import Step, StepKind
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, note
from storage.actions import ActionRow

_OVERTAKEN = Needless("the action has moved on")


def step(drawing: Drawing) -> Drawn | Needless:
    """What was done about the action; needless once something else was."""
    view = drawing.view
    found = view.actions.step(drawing.notice.subject_id)
    action = view.actions.get(found.action_id) if found else None
    if found is None or action is None:
        raise LookupError(f"no step {drawing.notice.subject_id}")
    if not _still_stands(found, action):
        return _OVERTAKEN
    by, owner = (view.people.get(i).name for i in (found.by_id, action.owner_id))
    title, text = _words(found, action, by, owner)
    button: tuple[str, Payload] = ("See the action", ShowAction(action.id))
    return note(title, text, button)


def _still_stands(found: Step, action: ActionRow) -> bool:
    match found.kind:
        case StepKind.DONE:
            return action.state == "done"
        case StepKind.MORE_TIME_ASKED:
            return action.asked_until_on == found.until_on
        case StepKind.SENT_BACK | StepKind.MORE_TIME_DECLINED:
            return action.state == "open"
        case StepKind.MORE_TIME_GIVEN:
            return action.state == "open" and action.due_on == found.until_on
        case StepKind.HANDED_ON:
            return action.state == "open"
        case _:
            return True


def _words(found: Step, action: ActionRow, by: str, owner: str) -> tuple[str, str]:
    """(title, text); a title is also the preview and names nobody."""
    match found.kind:
        case StepKind.DONE:
            return (
                "An action to confirm",
                f"{owner} says that something agreed for a child is done. Please look at what changed, then "
                "confirm it or send it back.",
            )
        case StepKind.MORE_TIME_ASKED:
            until = day(found.until_on) if found.until_on else "later"
            return (
                "More time asked for an action",
                f"{owner} asks for time until {until}. The action shows the reason.",
            )
        case StepKind.SENT_BACK:
            return (
                "An action came back to you",
                f"{by} looked at it and something is still missing. The action says what.",
            )
        case StepKind.MORE_TIME_GIVEN:
            return "You have more time", f"{by} agrees: your action is due on {day(action.due_on)} now."
        case StepKind.MORE_TIME_DECLINED:
            return (
                "No more time for an action",
                f"{by} could not agree, and says why on the action. It is due on {day(action.due_on)}.",
            )
        case StepKind.HANDED_ON:
            return (
                "An action was handed on to you",
                f"{by} asks you to take on something agreed for a child, due on {day(action.due_on)}.",
            )
        case _:
            return (
                "Your action is confirmed",
                f"{by} looked at what changed and confirmed it. Thank you: that is help a child can feel.",
            )


CARDS: Mapping[str, Draw] = {"action_step": step}
"""Kind to the card posted in the person's chat."""

MAILS: Mapping[str, Write] = {}
"""Kind to the mail sent to the person."""
