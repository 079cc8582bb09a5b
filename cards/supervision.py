"""What a practitioner's supervision is to talk of: what matters to each child, the learning, the actions.

Source: CA-19, RO-02, PR-01, SG-01; workflow 1B step 15.
"""

from cards.answers import form_of, line_of, said, second_look, top_errors
from cards.buttons import press, row, toggle
from cards.elements import Card, Element, bold, box, card, heading, run, says, typed
from cards.payloads import ReadShared, ShowMyAudits
from cards.payloads_actions import ShowAction
from cards.payloads_following import PlanSupervision, RecordDiscussed
from cards.views_actions import LearningLine, SupervisedAction, SupervisionView
from cards.wording import count, day, days_left_words, excerpt

MOST_ACTIONS = 5
OPEN_ACTIONS = 2
"""Those that stand open; the rest is folded away, as a phone shows three screens at the most."""
_TEXT, _WHAT = 220, 160
_STANDING = {"done": "called done, to be confirmed", "confirmed": "confirmed"}


def supervision_card(view: SupervisionView) -> Card:
    """The learning and the actions, one press that it was talked of, and the next day."""
    body: list[Element] = [*said(view.message), heading("To take to supervision")]
    body.append(typed("With ", bold(view.practitioner_name)))
    if view.has_left:
        body.append(says("They have left. Please take the learning to whoever helps this child now."))
    body += _learning(view)
    body += _actions(view)
    body += top_errors(view.answers)
    body += _record(view) if view.audits or view.actions else []
    body += _next(view)
    body.append(row(press("My audits", ShowMyAudits()), spacing="large"))
    return card(body, preview="Learning to take to supervision.")


def _learning(view: SupervisionView) -> list[Element]:
    if not view.audits:
        return [says("No audit's learning is open with them.")]
    made: list[Element] = []
    for one in view.audits:
        made += _audit(one)
    if view.more:
        made.append(says(f"{count(view.more, 'more audit')} will show here once you have recorded these."))
    return made


def _audit(one: LearningLine) -> list[Element]:
    lines = (
        ("What matters most to this child", one.matters_most),
        ("What would make the help better", one.better),
        ("The Panel on the practice", one.panel),
    )
    told: list[Element] = [
        typed(bold(label + ": "), excerpt(text, _TEXT)[0], spacing="small") for label, text in lines if text
    ]
    head = typed("Case ", bold(one.reference), f", audit shared on {day(one.submitted_on)}")
    items = [head, *told]
    if one.readable:
        read = press(
            "Read the audit",
            ReadShared(one.audit_id, "summary"),
            tooltip=f"Read the audit of {one.reference}",
        )
        items.append(row(read, spacing="small"))
    return [box(items, style="emphasis", spacing="medium")]


def _actions(view: SupervisionView) -> list[Element]:
    if not view.actions:
        return []
    made: list[Element] = [heading("Their actions", size="default", spacing="medium")]
    made += [_action(one) for one in view.actions[:OPEN_ACTIONS]]
    folded = [_action(one) for one in view.actions[OPEN_ACTIONS:MOST_ACTIONS]]
    if (more := len(view.actions) - MOST_ACTIONS) > 0:
        folded.append(says(f"{count(more, 'more action')} after these.", subtle=True))
    if folded:
        title = count(len(view.actions) - OPEN_ACTIONS, "more action")
        made += [row(toggle(title, "more_actions")), box(folded, id="more_actions", hidden=True)]
    return made


def _action(one: SupervisedAction) -> Element:
    left = days_left_words(one.days_left)
    standing = _STANDING.get(one.state, left)
    late = one.state == "open" and one.days_left < 0
    text: list[Element] = [
        typed(excerpt(one.what, _WHAT)[0]),
        typed(
            f"Due {day(one.due_on)}, ",
            run(standing, bold=True, color="attention") if late else standing,
            spacing="none",
        ),
    ]
    shows = ShowAction(one.action_id)
    button = press("Open", shows, tooltip=f"Open the action due {day(one.due_on)}") if one.openable else None
    return line_of(text, button)


def _record(view: SupervisionView) -> list[Element]:
    form = form_of(view.answers)
    ids = ",".join(str(one.audit_id) for one in view.audits)
    made = [
        heading("Once you have talked", size="default", spacing="large"),
        *form.date("held_on", "On which day?", view.today),
        *form.line("where", "Where is it noted? A place, such as “supervision note of 3 June”"),
    ]
    if view.actions:
        made += form.text("oversight", "Oversight of their actions, if you want to leave any; no names.")
    payload = RecordDiscussed(view.practitioner_id, ids, view.nonce)
    return [*made, *second_look(view.answers), row(press("We have talked", payload, with_inputs=True))]


def _next(view: SupervisionView) -> list[Element]:
    if view.has_left:
        return []
    planned = (
        [typed("Planned for ", bold(day(view.planned_on)), ". A card comes the working day before.")]
        if view.planned_on
        else [says("No day is set. With one, a card comes the working day before.")]
    )
    payload = PlanSupervision(view.practitioner_id, view.nonce)
    return [
        heading("Next supervision", size="default", spacing="large"),
        *planned,
        *form_of(view.answers).date("next_on", "Day", view.planned_on),
        row(press("Set the day", payload, with_inputs=True)),
    ]
