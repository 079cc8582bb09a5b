"""What an audit still needs before it is closed, each line with who sees to it; later, whether it lasted.

Source: CA-19, CA-23, RO-01, RO-02, SU-08, Q22, Q32, PR-01; workflow 1B steps 15 to 18.
"""

from cards.answers import form_of, line_of, said, second_look, top_errors
from cards.buttons import press, row
from cards.elements import Card, Element, bold, box, card, heading, run, says, typed
from cards.payloads import ReadShared, ShowMyAudits
from cards.payloads_actions import ShowAction
from cards.payloads_following import ConfirmFile, RecordImpact, RecordReflection
from cards.views_actions import FollowUpLine, FollowUpView
from cards.wording import count, day, excerpt
from domain.closing import Impact

IMPACTS = {
    Impact.LASTED: "Yes, it lasted",
    Impact.PARTLY: "In part",
    Impact.LOST: "No, it was lost again",
}
MOST_ACTIONS = 12
_WHAT, _TEXT = 120, 800
_NEW_ACTION = (
    "What was lost is worth a new start: please agree with the practitioner in supervision what happens now."
)


def follow_up_card(view: FollowUpView) -> Card:
    """What is done and what is missing, or what came of it."""
    body: list[Element] = [
        *said(view.message),
        typed("Case ", bold(view.reference), subtle=True),
        heading("What this audit still needs" if view.closed_on is None else "What came of this audit"),
        says("An audit helps a child only when what it found is talked through and acted on.", subtle=True),
        typed("Work of ", bold(view.practitioner_name)),
    ]
    body += _closed(view) if view.closed_on else []
    body += top_errors(view.answers)
    body += _check(view) if view.may_check else []
    body += [_line(line) for line in view.lines]
    body += _presses(view)
    body += _actions(view)
    ways = []
    if view.readable:
        back = ReadShared(view.audit_id, "summary")
        ways.append(press("Read the audit", back, carried=view.carried))
    return card(
        [*body, row(*ways, press("My audits", ShowMyAudits()), spacing="large")],
        preview="What an audit still needs.",
    )


def _line(line: FollowUpLine) -> Element:
    mark = run("✓ " if line.done else "○ ", bold=True, color="good" if line.done else "default")
    text: list[Element] = [typed(mark, line.text)]
    if line.who:
        text.append(typed(line.who, subtle=True, spacing="none"))
    button = press(*line.button) if line.button else None
    return line_of(text, button)


def _presses(view: FollowUpView) -> list[Element]:
    made: list[Element] = []
    if view.may_reflect:
        held = press("The session was held", RecordReflection(view.audit_id, view.nonce), with_inputs=True)
        made += [
            *form_of(view.answers).date(
                "reflected_on", "When was the reflective session held?", view.today, spacing="medium"
            ),
            row(held),
        ]
    if view.may_file:
        filed = press("Audit and actions are on file", ConfirmFile(view.audit_id, view.nonce))
        made.append(row(filed, spacing="medium"))
    return made


def _actions(view: FollowUpView) -> list[Element]:
    if not view.actions:
        return []
    made: list[Element] = [heading("What was agreed", size="default", spacing="medium")]
    for action_id, what, standing, mine in view.actions[:MOST_ACTIONS]:
        text = [typed(excerpt(what, _WHAT)[0]), typed(standing, subtle=True, spacing="none")]
        shows = ShowAction(action_id)
        button = press("Open", shows, tooltip=f"Open the action of {standing}") if mine else None
        made.append(line_of(text, button))
    if (more := len(view.actions) - MOST_ACTIONS) > 0:
        made.append(says(f"{count(more, 'more action')} in the audit.", subtle=True))
    return made


def _closed(view: FollowUpView) -> list[Element]:
    if view.closed_on is None:
        return []
    made: list[Element] = [typed("Closed on ", bold(day(view.closed_on)), ".")]
    if view.reaudit_on:
        made.append(typed("To be audited again by ", bold(day(view.reaudit_on)), "."))
    if view.impact is not None:
        made += [
            typed(bold("Did it last? "), f"{IMPACTS[view.impact]}, says {view.impact_by}."),
            typed(f"“{excerpt(view.impact_text, _TEXT)[0]}”", spacing="none"),
        ]
        if view.impact is Impact.LOST:
            made.append(box([says(_NEW_ACTION)], style="warning"))
    elif view.impact_due_on and not view.may_check:
        made.append(typed("I will ask on ", bold(day(view.impact_due_on)), " whether it lasted."))
    return made


def _check(view: FollowUpView) -> list[Element]:
    form = form_of(view.answers)
    choices = [(impact.value, title) for impact, title in IMPACTS.items()]
    return [
        heading("Did it last for the child?", size="default", spacing="medium"),
        *form.choice("impact", "Did what was agreed last?", choices, expanded=True),
        *form.text("impact_text", "What is different for the child now? No names of children or families."),
        *second_look(view.answers),
        row(press("Keep this", RecordImpact(view.audit_id, view.nonce), with_inputs=True)),
    ]
