"""Presses of meetings and what is typed about them: agendas, decisions, and who came."""

from collections.abc import Callable, Mapping

from cards.meetings import decisions_card
from cards.notes import note_card
from cards.payloads import Payload, PayloadInvalid
from cards.payloads_meetings import (
    AskGuest,
    AskMeeting,
    AskMinutes,
    CancelMeeting,
    Celebrate,
    Decide,
    HoldMeeting,
    MoveMeeting,
    PutOnAgenda,
    ShowDecisions,
    ShowMeeting,
    ShowMeetings,
)
from cards.views import NoteView
from cards.views_governance import DecisionsView
from cards.wording import count
from dialogs.governance_shown import COMING
from dialogs.learning_shown import asked_again, typed_words
from dialogs.meeting_shown import TITLE, list_reply, meeting_reply, show_form
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from dialogs.typed_for import for_whom_it_is
from domain.errors import RuleBroken
from domain.people import Person
from domain.permissions import Verb
from workflows import meetings, tracking
from workflows.agenda import next_meeting
from workflows.bodies import body_called, require_meeting, title_of
from workflows.council import Council, Work
from workflows.offer_kinds import MEETING_MINUTES
from workflows.offering import offer_file
from workflows.tracked_look import decisions_of

_NONE_AHEAD = "No meeting of yours is planned. The calendar plans them by itself, a year ahead."
_PREFIXES = (
    "next meeting of the ",
    "next meeting of ",
    "next meeting ",
    "next ",
    "agenda of the ",
    "agenda for the ",
    "agenda of ",
    "agenda for ",
    "agenda ",
    "decisions of the ",
    "decisions of ",
    "decisions ",
    "meetings of the ",
    "meetings of ",
    "meetings ",
    "the ",
)
LONGEST_NAME = 80
"""A line longer than this is no body's name."""


def _show_list(press: Press, _: Outcome) -> Reply:
    payload: ShowMeetings = press.payload
    if payload.body and press.framework.meeting(payload.body) is None:
        raise PayloadInvalid
    return list_reply(press.council, press.work, press.turn, press.person, payload.body, payload.start)


def _show_meeting(press: Press, outcome: Outcome) -> Reply:
    message = outcome.get("said", "")
    return meeting_reply(
        press.council, press.work, press.turn, press.person, press.payload.meeting_id, message
    )


def _ask(press: Press, _: Outcome) -> Reply:
    payload: AskMeeting = press.payload
    return show_form(press, payload.meeting_id, payload.form)


def _saves(verb: Callable[..., object], said: str, *, of_version: bool = False) -> Callable[[Press], Outcome]:
    """Saves what a form holds with this verb; `of_version` where nobody may change the meeting meanwhile."""

    def act(press: Press) -> Outcome:
        given = {"version": press.payload.version} if of_version else {}
        verb(
            press.work,
            press.council,
            by=press.person,
            meeting_id=press.payload.meeting_id,
            typed=typed_words(press),
            now=press.now,
            **given,
        )
        return {"said": said}

    return act


def _cancel(press: Press) -> Outcome:
    payload: CancelMeeting = press.payload
    moved, asked = meetings.cancel_meeting(
        press.work,
        press.council,
        by=press.person,
        meeting_id=payload.meeting_id,
        version=payload.version,
        reason=press.typed("meeting_reason"),
        now=press.now,
    )
    things = f" {count(moved, 'thing')} on its agenda moved to the next one." if moved else ""
    guests = f" {count(asked, 'guest')} of it {'is' if asked == 1 else 'are'} asked to the next one."
    return {"said": f"Cancelled. Members are told why.{things}{guests if asked else ''}"}


def _saves_line(verb: Callable[..., object], name: str, field: str, said: str) -> Callable[[Press], Outcome]:
    """Saves the one line that a form asks for, under the name by which the verb takes it."""

    def act(press: Press) -> Outcome:
        line = {name: press.typed(field)}
        meeting_id = press.payload.meeting_id
        verb(press.work, press.council, by=press.person, meeting_id=meeting_id, now=press.now, **line)
        return {"said": said}

    return act


_move = _saves(meetings.move_meeting, "Saved. Members hear of another day or time.", of_version=True)
_put = _saves(meetings.put_on_agenda, "It is on the agenda.")
_hold = _saves(meetings.hold_meeting, "Recorded.", of_version=True)
_decide = _saves(tracking.decide, "Recorded. Whoever sees to it is told.")
_guest = _saves_line(meetings.ask_guest, "email", "guest_email", "Asked. They see this one meeting.")
_celebrate = _saves_line(meetings.celebrate, "text", "celebration", "Thank you. It is on the agenda.")


def _ask_minutes(press: Press) -> Outcome:
    payload: AskMinutes = press.payload
    offer_file(
        press.work,
        press.council,
        by=press.person,
        kind=MEETING_MINUTES,
        subject_id=payload.meeting_id,
        token=press.turn.nonce,
        now=press.now,
    )
    return {"said": COMING}


def _refuse(form: str) -> Callable[[Press, RuleBroken], Reply | None]:
    """The form again, with what was typed still in it."""

    def refuse(press: Press, broken: RuleBroken) -> Reply | None:
        errors = asked_again(broken)
        if not errors:
            return None
        return show_form(press, press.payload.meeting_id, form, press.typed_texts, errors)

    return refuse


def _show_decisions(press: Press, _: Outcome) -> Reply:
    payload: ShowDecisions = press.payload
    return _decisions(press.council, press.work, press.turn, press.person, payload.meeting_id, payload.start)


def _decisions(
    council: Council, work: Work, turn: Turn, person: Person, meeting_id: int, start: int = 0
) -> Reply:
    meeting, line = require_meeting(
        work, council, Verb.SEE_MEETING, by=person, meeting_id=meeting_id, now=turn.now
    )
    lines = decisions_of(work, council, by=person, meeting_id=meeting_id, now=turn.now)
    title = title_of(work, line, meeting.service_id)
    view = DecisionsView(meeting, title, lines, start, council.today(turn.now))
    return Reply(decisions_card(view), title=TITLE)


def _type_meetings(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    return for_whom_it_is(lambda: list_reply(council, work, turn, person))


def _type_next(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    return for_whom_it_is(lambda: _next(council, work, turn, person, ""))


def _type_decisions(council: Council, work: Work, turn: Turn, person: Person) -> Reply | None:
    return for_whom_it_is(lambda: _next_decisions(council, work, turn, person, ""))


def named_reply(council: Council, work: Work, turn: Turn, person: Person, said: str) -> Reply | None:
    """What a line is answered with that names a body by any of its names (Q28); None for any other line.

    "qa operational group" lists its meetings, "agenda qa group" opens the next one, "decisions qa board"
    what it decided. For somebody who does not sit on it the line is read on as any other.
    """
    words = " ".join(said.lower().split()).strip(" .!?")
    if not words or len(words) > LONGEST_NAME:
        return None
    prefix = next((one for one in _PREFIXES if words.startswith(one)), "")
    line = body_called(council, words) or body_called(council, words.removeprefix(prefix))
    if line is None:
        return None
    if prefix.startswith("decisions"):
        return for_whom_it_is(lambda: _next_decisions(council, work, turn, person, line.key))
    if prefix.startswith(("agenda", "next")):
        return for_whom_it_is(lambda: _next(council, work, turn, person, line.key))
    return for_whom_it_is(lambda: list_reply(council, work, turn, person, line.key))


def _next(council: Council, work: Work, turn: Turn, person: Person, body: str) -> Reply:
    meeting = next_meeting(work, council, by=person, body=body, now=turn.now)
    if meeting is None:
        return _nothing()
    return meeting_reply(council, work, turn, person, meeting.id)


def _next_decisions(council: Council, work: Work, turn: Turn, person: Person, body: str) -> Reply:
    meeting = next_meeting(work, council, by=person, body=body, now=turn.now)
    return _decisions(council, work, turn, person, meeting.id) if meeting is not None else _nothing()


def _nothing() -> Reply:
    view = NoteView("Meetings", _NONE_AHEAD, (("Your meetings", ShowMeetings("", 0)),))
    return Reply(note_card(view), title=TITLE)


HANDLERS: dict[type[Payload], Handler] = {
    ShowMeetings: Handler(_show_list),
    ShowMeeting: Handler(_show_meeting),
    AskMeeting: Handler(_ask),
    MoveMeeting: Handler(_show_meeting, act=_move, refuse=_refuse("change")),
    CancelMeeting: Handler(_show_meeting, act=_cancel, refuse=_refuse("change")),
    AskGuest: Handler(_show_meeting, act=_guest, refuse=_refuse("guest")),
    PutOnAgenda: Handler(_show_meeting, act=_put, refuse=_refuse("item")),
    Celebrate: Handler(_show_meeting, act=_celebrate, refuse=_refuse("celebrate")),
    HoldMeeting: Handler(_show_meeting, act=_hold, refuse=_refuse("hold")),
    Decide: Handler(_show_meeting, act=_decide, refuse=_refuse("decide")),
    ShowDecisions: Handler(_show_decisions),
    AskMinutes: Handler(_show_meeting, act=_ask_minutes),
}

COMMANDS: Mapping[str, Command] = {
    "meetings": Command(("meetings", "my meetings", "our meetings"), _type_meetings),
    "next_meeting": Command(
        ("next meeting", "agenda", "the agenda", "my next meeting", "when do we meet"), _type_next
    ),
    "decisions": Command(("decisions", "our decisions", "what did we decide"), _type_decisions),
}
"""What can be typed; a body's own names are read by `named_reply`."""
