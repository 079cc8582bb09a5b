"""Meetings: the list of one's own, one with its agenda, and what a body decided.

Source: OG-01, OG-06, OG-12, PF-02 to PF-04, QB-01.
"""

from datetime import date

from cards.buttons import pairs, press, row
from cards.elements import Button, Card, Element, bold, box, card, heading, listed, run, says, typed
from cards.governance_words import MOST_LINES, due_words, full_day, paged, said_above, subtle
from cards.payloads_meetings import (
    AskMeeting,
    AskMinutes,
    ShowDecisions,
    ShowMeeting,
    ShowMeetings,
)
from cards.payloads_packs import ShowPack
from cards.payloads_tracker import ShowTracked
from cards.views_governance import DecisionsView, MeetingsView, MeetingView
from cards.wording import excerpt
from domain.agenda import Agenda, Decided, Noted, Part
from domain.meetings import Came, MeetingState
from domain.tracking import STATE_NAMES, TrackedLine, TrackedState

MOST_NAMES = 14
MOST_DECIDED = 8
MOST_NOTED = 3
SHORT = 200
"""Characters of a note; the Word copy has all of it."""
PREVIEW = "Meetings: open this in Teams."


def meetings_card(view: MeetingsView) -> Card:
    """The coming meetings and the last ones held, each with its button."""
    body: list[Element] = [heading("Meetings" if view.body_name else "Your meetings")]
    if view.body_name:
        body.append(typed(bold(view.body_name), spacing="none"))
    if not view.lines:
        body.append(says("Nothing is planned. The calendar plans meetings by itself, a year ahead."))
    start = view.start if view.start < len(view.lines) else 0
    for meeting, title in view.lines[start : start + MOST_LINES]:
        said = [bold(f"{full_day(meeting.planned_on)} at {meeting.starts_at}")]
        lines = [typed(*said)]
        if not view.body_name or title != view.body_name:
            lines.append(typed(title, spacing="none"))
        if meeting.place:
            lines.append(subtle(meeting.place))
        if meeting.state is MeetingState.CANCELLED:
            lines.append(typed(run(f"Cancelled: {meeting.reason}", subtle=True), spacing="none"))
        elif meeting.state is MeetingState.HELD:
            lines.append(subtle("Held"))
        elif meeting.planned_on < view.today:
            lines.append(typed(run("Not recorded yet", bold=True, color="attention"), spacing="none"))
        lines.append(row(press("Open", ShowMeeting(meeting.id), tooltip=f"Open: {title}, {said[0]['text']}")))
        body.append(box(lines, spacing="medium", separator=True))
    body += pairs(
        paged(
            len(view.lines),
            start,
            ShowMeetings(view.body, start + MOST_LINES),
            ShowMeetings(view.body, max(0, start - MOST_LINES)),
            "more meeting",
        )
    )
    if view.body:
        body += pairs([press("All your meetings", ShowMeetings("", 0))])
    return card(body, preview=PREVIEW)


def meeting_card(view: MeetingView) -> Card:
    """A meeting with its agenda, or with what came of it once it was held."""
    agenda, meeting = view.agenda, view.agenda.meeting
    body: list[Element] = [
        *said_above(view.message),
        heading("Meeting"),
        typed(run(agenda.title, bold=True, size="medium"), spacing="none"),
        typed(
            f"{full_day(meeting.planned_on)} at {meeting.starts_at}, {agenda.minutes} minutes", spacing="none"
        ),
    ]
    if meeting.place:
        body.append(subtle(meeting.place))
    if meeting.reason:
        word = "Cancelled" if meeting.state is MeetingState.CANCELLED else "Moved"
        body.append(typed(bold(f"{word}: "), meeting.reason))
    # On the day the chair writes down what is decided; that press is not to be sought below a long agenda.
    body += pairs(_of_the_day(view))
    if meeting.state is MeetingState.HELD:
        body += _held(agenda)
    if agenda.decided or meeting.state is MeetingState.HELD:
        body += _decided(agenda)
    if meeting.state is not MeetingState.CANCELLED:
        body.append(heading("Agenda", size="default", spacing="large"))
        for number, part in enumerate(agenda.parts, start=1):
            body.append(_part(number, part))
    body += pairs(_ways(view))
    return card(body, preview=PREVIEW)


def decisions_card(view: DecisionsView) -> Card:
    """What a body decided and has not ended, each with its button."""
    body: list[Element] = [
        heading("Decisions"),
        typed(bold(view.title), spacing="none"),
        says("Decided and not ended yet. What is overdue stands out.", subtle=True),
    ]
    if not view.lines:
        body.append(says("Nothing is open."))
    start = view.start if view.start < len(view.lines) else 0
    body += [tracked_line(line, view.today) for line in view.lines[start : start + MOST_LINES]]
    body += pairs(
        paged(
            len(view.lines),
            start,
            ShowDecisions(view.meeting.id, start + MOST_LINES),
            ShowDecisions(view.meeting.id, max(0, start - MOST_LINES)),
        )
    )
    body += pairs([press("The meeting", ShowMeeting(view.meeting.id))])
    return card(body, preview=PREVIEW)


def tracked_line(line: TrackedLine, today: date) -> Element:
    """A row of the tracker on a list: what, whose, until when, and what was last said of it."""
    tracked = line.row
    lines: list[Element] = [
        typed(bold(tracked.title)),
        typed(line.owner_name or "Nobody yet", spacing="none"),
    ]
    if tracked.due_on and tracked.state is TrackedState.OPEN:
        overdue = tracked.is_overdue(today)
        lines.append(typed(due_words(tracked.due_on, overdue=overdue), spacing="none"))
    elif tracked.state is not TrackedState.OPEN:
        lines.append(subtle(STATE_NAMES[tracked.state]))
    if line.said:
        lines.append(subtle(f"“{excerpt(line.said, 120)[0]}”"))
    lines.append(row(press("Open", ShowTracked(tracked.id), tooltip=f"Open: {tracked.title}")))
    return box(lines, spacing="medium", separator=True)


def _part(number: int, part: Part) -> Element:
    lines: list[Element] = [typed(bold(f"{number}. {part.title}")), *listed(part.lines, subtle=True)]
    for noted in part.noted[:MOST_NOTED]:
        lines += _noted(noted)
    if len(part.noted) > MOST_NOTED:
        lines.append(subtle(f"And {len(part.noted) - MOST_NOTED} more in the Word copy.", "small"))
    return box(lines, spacing="medium")


def _noted(noted: Noted) -> list[Element]:
    by = f" ({noted.by_name})" if noted.by_name else ""
    lines = [typed("•  ", bold(noted.title), run(by, subtle=True), spacing="small")]
    if noted.note:
        lines.append(typed(excerpt(noted.note, SHORT)[0], spacing="none"))
    if noted.paper:
        lines.append(subtle(f"Paper: {noted.paper}"))
    if noted.pack_id:
        lines.append(row(press("Open the pack", ShowPack(noted.pack_id), tooltip=f"Open: {noted.title}")))
    return lines


def _held(agenda: Agenda) -> list[Element]:
    came = [one.name for one in agenda.people if one.came is Came.CAME]
    said = ", ".join(came[:MOST_NAMES])
    if len(came) > MOST_NAMES:
        said += f" and {len(came) - MOST_NAMES} more"
    lines: list[Element] = [typed(bold("Came: "), said or "nobody is recorded")]
    if agenda.rep_name:
        lines.append(typed(bold("For quality assurance: "), agenda.rep_name, spacing="small"))
    if agenda.meeting.minutes_where:
        lines.append(typed(bold("Minutes: "), agenda.meeting.minutes_where, spacing="small"))
    return lines


def _decided(agenda: Agenda) -> list[Element]:
    lines: list[Element] = [heading("Decided", size="default", spacing="large")]
    if not agenda.decided:
        lines.append(says("Nothing is recorded."))
    for one in agenda.decided[:MOST_DECIDED]:
        lines.append(_decision(one))
    if len(agenda.decided) > MOST_DECIDED:
        lines.append(says(f"And {len(agenda.decided) - MOST_DECIDED} more in the Word copy.", subtle=True))
    return lines


def _decision(one: Decided) -> Element:
    about = [one.owner_name] if one.owner_name else []
    if one.due:
        about.append(f"by {one.due}")
    if one.state:
        about.append(one.state.lower())
    said = [typed(bold("To do: " if one.is_action else "Decision: "), one.title)]
    if about:
        said.append(subtle(", ".join(about)))
    return box(said, spacing="small")


def _of_the_day(view: MeetingView) -> list[Button]:
    """What whoever runs the meeting records, from its day on."""
    meeting = view.agenda.meeting
    come = meeting.planned_on <= view.today and meeting.state is not MeetingState.CANCELLED
    if not view.agenda.may_run or not come:
        return []
    return [
        press("Record a decision", AskMeeting(meeting.id, "decide")),
        press(
            "Record the meeting" if meeting.is_planned else "Change who came", AskMeeting(meeting.id, "hold")
        ),
    ]


def _ways(view: MeetingView) -> list[Button]:
    """What anybody may do with it, the most usual first."""
    agenda, meeting = view.agenda, view.agenda.meeting
    cancelled = meeting.state is MeetingState.CANCELLED
    buttons: list[Button] = []
    if view.may_celebrate:
        buttons.append(press("One thing to celebrate", AskMeeting(meeting.id, "celebrate")))
    if meeting.is_planned:
        buttons.append(press("Add to the agenda", AskMeeting(meeting.id, "item")))
    if not cancelled:
        buttons.append(press("Word copy", AskMinutes(meeting.id, view.nonce)))
    buttons.append(press("Open decisions", ShowDecisions(meeting.id, 0)))
    if agenda.may_run and meeting.is_planned:
        buttons.append(press("Ask a guest", AskMeeting(meeting.id, "guest")))
        buttons.append(press("Move or cancel", AskMeeting(meeting.id, "change")))
    buttons.append(press("Your meetings", ShowMeetings("", 0)))
    return buttons
