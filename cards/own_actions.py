"""A person's own actions, the most overdue first. The list that stays in the chat says of none what it is.

Source: RO-03, PR-01, PR-02.
"""

from cards.answers import line_of
from cards.buttons import press, row
from cards.elements import Card, Element, bold, card, heading, run, says, typed
from cards.payloads import ShowMyAudits
from cards.payloads_actions import NoteProgress, ShowAction, ShowMyActions
from cards.views_actions import OwnActionLine, OwnActionsView
from cards.wording import count, day, days_left_words, excerpt

MOST_LINES = 12
_WHAT = 160


def own_actions_card(view: OwnActionsView) -> Card:
    """Each with its due day and its buttons; what is called done waits below."""
    body: list[Element] = [heading("My actions")]
    if not view.lines:
        body.append(says("Nothing is agreed with you at the moment. Thank you."))
    else:
        body.append(says("Each was agreed so that something changes for a child.", subtle=True))
    body += [_line(line, view) for line in view.lines[:MOST_LINES]]
    if (more := len(view.lines) - MOST_LINES) > 0:
        body.append(says(f"{count(more, 'more action')} will show here as you finish these.", subtle=True))
    ways = [press("My audits", ShowMyAudits())]
    if view.lines and not view.private:
        ways.insert(0, press("Show what was agreed", ShowMyActions()))
    body += [row(way, spacing="small") for way in ways]
    return card(body, preview=f"You have {count(len(view.lines), 'action')}.")


def _line(line: OwnActionLine, view: OwnActionsView) -> Element:
    text: list[Element] = [typed(bold("An action agreed with you"))]
    if line.what:
        text = [typed(excerpt(line.what, _WHAT)[0])]
    text.append(typed(line.detail, subtle=True, spacing="none"))
    if line.state == "open":
        left = days_left_words(line.days_left)
        late = run(left, bold=True, color="attention") if line.days_left < 0 else left
        text.append(typed(f"Due {day(line.due_on)}, ", late, spacing="none"))
    else:
        text.append(typed("Called done, to be confirmed", spacing="none"))
    which = f"due {day(line.due_on)}. {line.detail}"
    buttons = [press("Open", ShowAction(line.action_id), tooltip=f"Open: {which}")]
    # One tap is the whole update, where its owner sees what they say it of.
    if view.private and line.state == "open":
        payload = NoteProgress(line.action_id, f"{view.nonce}:{line.action_id}")
        buttons.insert(0, press("Still on it", payload, tooltip=f"Still on it: {which}"))
    return line_of(text, *buttons)
