"""What is to be done, by whom and by when.

Source: CA-23, CA-24, Q15, WH-08.
"""

from cards.elements import Element, bold, box, says, typed
from cards.fields import Form
from cards.page_writing import Drawn
from cards.views import PageView
from cards.wording import day, excerpt
from domain.pages import ACTION_LINES, ActionLine, ActionsPage

_LIFT_SHOWN = 300
"""Characters of what would make it better; its own page has the whole."""


def actions_body(view: PageView, body: ActionsPage, form: Form) -> Drawn:
    """Four actions with owner and day; the way to say that none is needed, where that is open."""
    question = [says("What will be different for this child, who sees to it, and by when?", bold=True)]
    if view.suggested_action_day:
        usual = f"A usual one would be {day(view.suggested_action_day)}."
        question.append(says(f"Agree each date with the practitioner. {usual}", subtle=True, spacing="small"))
    fields: list[Element] = []
    if view.overall_below_good:
        fields.append(says("The overall grade is below Good, so please agree at least one action."))
    fields += _would_lift(view)
    for number in range(1, ACTION_LINES + 1):
        saved = body.actions[number - 1] if number <= len(body.actions) else ActionLine()
        fields.append(_action(view, number, saved, form))
    if not view.overall_below_good:
        fields += form.tick(
            "none_needed", "If there is nothing to do", "No action is needed", body.none_needed
        )
    else:
        fields += form.wrong("none_needed")
    return question, fields


def _would_lift(view: PageView) -> list[Element]:
    """What the overall page says would make it better; the first action starts from it (WH-08)."""
    if not view.would_lift:
        return []
    shown, _ = excerpt(view.would_lift, _LIFT_SHOWN)
    lines: list[Element] = [typed(bold("You wrote what would make it better: "), shown)]
    if not view.version:
        lines.append(says("The first action starts from it. Please change it as you like.", subtle=True))
    return lines


def _action(view: PageView, number: int, saved: ActionLine, form: Form) -> Element:
    owners = [(str(owner.person_id), owner.label) for owner in view.owners]
    chosen = str(saved.owner_id) if saved.owner_id is not None else ""
    # Someone who has left since is not offered again; who owns the action now is asked for below the list.
    gone = bool(chosen) and chosen not in dict(owners)
    what = form.text(f"action_what_{number}", f"Action {number}: what will be done?", saved.what)
    return box(
        [
            *what,
            *form.choice(
                f"action_owner_{number}",
                f"Action {number}: who sees to it?",
                owners,
                "" if gone else chosen,
                spacing="small",
            ),
            *([says("The one chosen before has left or moved on; please choose again.")] if gone else []),
            *form.date(f"action_due_{number}", f"Action {number}: by when?", saved.due_on, spacing="small"),
        ],
        separator=number > 1,
        spacing="medium",
    )
