"""The answer to `my audits` and `status`: only what this person has to do next, and why.

Source: PR-01, PR-02.
"""

from cards.buttons import press, row
from cards.elements import Card, Element, card, columns, heading, listed, run, says, typed
from cards.payloads import OpenOverview, Payload, ReadShared
from cards.payloads_office import ShowUnreachable
from cards.views import TodoLine, TodoView
from cards.wording import count, day

MOST_LINES = 20
"""As many as a phone can take in; the most urgent come first, so the rest can wait."""
MOST_ALSO = 8
"""What is about no single child is told by kind, so there is seldom more."""
MOST_TO_READ = 5
"""Shared audits are found again here, not filed here."""


def summary_for(view: TodoView) -> str:
    """The preview text of the message, which names no case."""
    if not view.lines and not view.also:
        return "You are up to date."
    return f"You have {count(len(view.lines) + len(view.also), 'thing')} to do."


def todo_card(view: TodoView) -> Card:
    """What to do, most urgent first, each with its button; then what was shared or finished lately."""
    body: list[Element] = [heading("What is yours to do")]
    if not view.lines and not view.also:
        body.append(typed(f"{view.name}, you are up to date. Thank you."))
    if view.lines:
        body.append(says("Each of these is about one child and the help they get.", subtle=True))
    for line in view.lines[:MOST_LINES]:
        body.append(_line(line))
    if (more := len(view.lines) - MOST_LINES) > 0:
        body.append(says(f"{count(more, 'more thing')} will show here as you finish these."))
    if view.also:
        body.append(heading("Also yours", size="default", spacing="large"))
        body += [_line(line) for line in view.also[:MOST_ALSO]]
        if (more := len(view.also) - MOST_ALSO) > 0:
            body.append(says(f"{count(more, 'more thing')} will show here as you finish these."))
    if view.to_read:
        body.append(heading("Shared with you lately", size="default", spacing="large"))
        body += [_line(line) for line in view.to_read[:MOST_TO_READ]]
    if view.done_lately:
        body.append(heading("Finished lately", size="default", spacing="large"))
        body += listed(view.done_lately[:MOST_LINES])
    if view.unreachable:
        title = f"{count(view.unreachable, 'person', 'people')} cannot be reached"
        body.append(row(press(title, ShowUnreachable(0)), spacing="large"))
    return card(body, preview=summary_for(view))


def _line(line: TodoLine) -> Element:
    text: list[Element] = [typed(run(line.title, bold=True))]
    if line.detail:
        text.append(typed(line.detail, spacing="none"))
    if line.due_on:
        late = run(f"Overdue, was due {day(line.due_on)}", bold=True, color="attention")
        due = run(f"Due {day(line.due_on)}", subtle=True)
        text.append(typed(late if line.overdue else due, spacing="none"))
    button = _button(line)
    if button is None:
        return columns(("stretch", text), spacing="medium", separator=True)
    return columns(("stretch", text), ("auto", [row(button)]), spacing="medium", separator=True)


def _button(line: TodoLine) -> Element | None:
    choices: dict[str, tuple[str, Payload]] = {
        "open": ("Open", OpenOverview(line.audit_id)),
        "read": ("Read", ReadShared(line.audit_id, "summary")),
    }
    chosen = line.button or choices.get(line.action)
    if chosen is None:
        return None
    title, payload = chosen
    return press(title, payload, tooltip=f"{title}: {line.title}. {line.detail}")
