"""The card of a person's day: one for each working day, with everything still to do.

It opens with the child. The stored message names no case; its owner's client refreshes it, so what is done
vanishes by itself. Source: CA-06, CA-22, PR-01, PR-02.
"""

from collections.abc import Sequence

from cards.buttons import pairs, press, row, toggle
from cards.elements import Button, Card, Element, box, card, heading, run, says, typed
from cards.fields import Form, other_errors
from cards.payloads import ShowMyAudits
from cards.payloads_actions import ShowTeamActions
from cards.payloads_day import AskHolds, AskPutOff, PutOff, ShowDay, ShowTeamWeek
from cards.payloads_tracker import ShowTracker
from cards.views_day import DayLine, DayView, PutOffView, TrackerWeekView, WeekView
from cards.wording import count, day, days_left_words
from domain.day import MOST_WEEK_LINES

MOST_LINES = 6
"""As many as a phone holds; the worst come first, and the rest is a press away on the same card."""
MOST_ON_CARD = 20
"""How many a card holds at all, as the list of `My audits` does."""
MOST_TRACKED = 4
"""Overdue rows of the tracker; the rest is a press away."""
WEEK_PAGE = 15
"""How many of them the list shows at a time."""

REST = "rest_of_the_day"

WHY = "Behind each of these is a child. What you do here shapes the help they get."


def summary_for(view: DayView) -> str:
    """The preview text of the message, which names no case."""
    number = len(view.lines) + (len(view.tracker.overdue) if view.tracker else 0)
    if number:
        return f"Your day: {count(number, 'thing')} to do."
    if view.tracker:
        return "The tracker: something to see to."
    return "Your team's week is here." if view.weeks else "Nothing is left to do."


def day_card(view: DayView) -> Card:
    """Everything still to do, the most overdue first, each with its button."""
    body: list[Element] = [heading("Your day")]
    if view.message:
        body.append(typed(run(view.message, bold=True)))
    if view.lines or view.weeks or view.tracker:
        body.append(says(WHY, subtle=True))
    else:
        body.append(says("Nothing is left to do. Thank you: that is time for children."))
    if any(line.late for line in view.lines):
        body.append(says("Some of this should have reached you before. Sorry for that.", subtle=True))
    body += [_line(line) for line in view.lines[:MOST_LINES]]
    body += _rest(view.lines[MOST_LINES:])
    for week in view.weeks:
        body += _week(week)
    if view.tracker:
        body += _tracker(view.tracker)
    if view.put_off:
        body.append(says(f"{count(view.put_off, 'thing')} you put off will come back.", subtle=True))
    body += pairs(_buttons(view))
    refresh = (ShowDay(view.day.isoformat()), view.owner_mri) if view.owner_mri else None
    return card(body, preview=summary_for(view), refresh=refresh)


def week_card(view: WeekView, *, back: str) -> Card:
    """A team's open work in full, page by page; `back` is the day whose card it was opened from."""
    lines = [*view.actions, *view.reviews]
    shown = lines[view.start : view.start + WEEK_PAGE]
    body: list[Element] = [
        heading("Your team's week"),
        typed(run(view.team_name, bold=True)),
        says(_week_words(view)),
        *[_line(line) for line in shown],
    ]
    buttons: list[Button] = []
    if view.start > 0:
        buttons.append(press("Earlier", ShowTeamWeek(view.team_id, max(0, view.start - WEEK_PAGE))))
    if view.start + WEEK_PAGE < len(lines):
        buttons.append(press("More", ShowTeamWeek(view.team_id, view.start + WEEK_PAGE)))
    body += pairs([*buttons, press("Your day", ShowDay(back))])
    return card(body, preview="Your team's week.")


def put_off_form(view: PutOffView) -> Card:
    """Asks what to put off and until when; never past the day it is due."""
    form = Form(view.typed, view.errors)
    chosen = ",".join(value for value, _ in view.choices)
    body = [
        heading("Put off"),
        says("Choose a day, and I will say no more of it until then. What is overdue cannot wait."),
        *other_errors(view.errors),
        *form.choice("put_off_what", "What can wait?", view.choices, chosen, several=True),
        *form.date("put_off_until", f"Until when? The last day is {day(view.latest_on)}."),
        row(
            press("Put off", PutOff(view.day.isoformat(), view.nonce), with_inputs=True),
            press("Go back", ShowDay(view.day.isoformat())),
        ),
    ]
    return card(body, preview="Put something off: open this in Teams.")


def _line(line: DayLine) -> Element:
    text: list[Element] = [typed(run(line.title, bold=True))]
    if line.detail:
        text.append(typed(line.detail, spacing="none"))
    if line.due_on is not None:
        left = days_left_words(line.days_left)
        if line.days_left < 0:
            due = run(f"Was due {day(line.due_on)}, {left}", bold=True, color="attention")
        else:
            due = run(f"Due {day(line.due_on)}, {left}" if line.days_left else "Due today", subtle=True)
        text.append(typed(due, spacing="none"))
    if line.says:
        text.append(typed(line.says, spacing="none"))
    if line.button is not None:
        title, payload = line.button
        # Beside the text, the longer titles leave it a third of a phone's width.
        text.append(row(press(title, payload, tooltip=f"{title}: {line.title}. {line.detail}")))
    return box(text, spacing="medium", separator=True)


def _rest(lines: Sequence[DayLine]) -> list[Element]:
    """What a phone has no room for at once, opened in place with one press."""
    if not lines:
        return []
    shown = lines[: MOST_ON_CARD - MOST_LINES]
    body = [
        row(toggle(f"Show {len(shown):,} more", REST), spacing="medium"),
        box([_line(line) for line in shown], id=REST, hidden=True),
    ]
    if (later := len(lines) - len(shown)) > 0:
        body.append(says(f"And {later:,} more will show here as you finish these.", spacing="small"))
    return body


def _week(view: WeekView) -> list[Element]:
    lines: Sequence[DayLine] = [*view.actions, *view.reviews]
    body: list[Element] = [
        heading("Your team's week", size="default"),
        typed(run(view.team_name, bold=True), spacing="none"),
        says(_week_words(view), spacing="none"),
        *[_line(line) for line in lines[:MOST_WEEK_LINES]],
    ]
    if (more := len(lines) - MOST_WEEK_LINES) > 0:
        see = press("See all", ShowTeamWeek(view.team_id, 0), tooltip=f"See all of {view.team_name}")
        body += [says(f"And {more:,} more.", spacing="small"), row(see)]
    return [box(body, style="emphasis", spacing="large")]


def _tracker(week: TrackerWeekView) -> list[Element]:
    """What is overdue on the tracker, and for the QA office what nobody else will see."""
    body: list[Element] = [heading("On the activity tracker", size="default")]
    if week.overdue:
        body.append(says("Done? Say what changed. Something in the way? Say so there.", spacing="none"))
    body += [_line(line) for line in week.overdue[:MOST_TRACKED]]
    if (more := len(week.overdue) - MOST_TRACKED) > 0:
        body.append(says(f"And {more:,} more that are overdue.", spacing="small"))
    if week.overdue:
        body.append(row(press("Your items", ShowTracker("mine", 0)), spacing="small"))
    if week.lacking:
        lacking = f"{count(week.lacking, 'item has', 'items have')} no owner or no day."
        body.append(says(lacking, spacing="small"))
        body.append(row(press("Set owner and day", ShowTracker("open", 0)), spacing="small"))
    if week.to_close:
        to_close = f"{count(week.to_close, 'item is', 'items are')} done and waiting to be closed."
        body.append(says(to_close, spacing="small"))
        body.append(row(press("See what to close", ShowTracker("done", 0)), spacing="small"))
    return [box(body, style="emphasis", spacing="large")]


def _week_words(view: WeekView) -> str:
    return (
        f"{count(view.open_actions, 'open action')}, {view.overdue_actions:,} of them overdue; "
        f"{count(len(view.reviews), 'audit')} for you to read."
    )


def _buttons(view: DayView) -> list[Button]:
    made: list[Button] = []
    if view.can_put_off:
        made.append(press("Put off…", AskPutOff(view.day.isoformat())))
    if view.holds_audit_id is not None:
        holds = AskHolds(view.holds_audit_id, view.nonce)
        made.append(
            press(
                "For my calendar",
                holds,
                tooltip="Send me a file with times for the steps of this audit",
            )
        )
    if view.leads:
        made.append(press("Team actions", ShowTeamActions(0)))
    made.append(press("My audits", ShowMyAudits()))
    return made
