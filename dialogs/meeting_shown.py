"""A meeting and its forms, as several presses show them."""

from collections.abc import Callable, Mapping

from cards.elements import Card
from cards.meeting_forms import (
    celebrate_form,
    change_form,
    decide_form,
    guest_form,
    hold_form,
    item_form,
)
from cards.meetings import meeting_card, meetings_card
from cards.payloads import PayloadInvalid
from cards.views_governance import MeetingFormView, MeetingsView, MeetingView
from dialogs.governance_shown import form_of, owner_choices
from dialogs.press import Press
from dialogs.turn import Reply, Turn
from domain.errors import RuleBroken
from domain.governance import CLINIC
from domain.people import Person
from domain.permissions import Verb
from workflows import meetings
from workflows.agenda import meetings_for, open_meeting
from workflows.bodies import representatives, require_meeting
from workflows.council import Council, Work

TITLE = "Meetings"
FORMS: Mapping[str, Callable[[MeetingFormView], Card]] = {
    "change": change_form,
    "guest": guest_form,
    "item": item_form,
    "hold": hold_form,
    "decide": decide_form,
    "celebrate": celebrate_form,
}
_VERBS = {"item": Verb.SEE_MEETING, "celebrate": Verb.CELEBRATE}
"""What a form asks of its reader; the rest are for whoever runs the meeting."""


def list_reply(
    council: Council, work: Work, turn: Turn, person: Person, body: str = "", start: int = 0
) -> Reply:
    """The reader's meetings."""
    found = meetings_for(work, council, by=person, body=body, now=turn.now)
    line = council.framework.meeting(body)
    lines = tuple((one.meeting, one.title) for one in found)
    view = MeetingsView(lines, body, line.body if line else "", start, council.today(turn.now))
    return Reply(meetings_card(view), title=TITLE)


def meeting_reply(
    council: Council, work: Work, turn: Turn, person: Person, meeting_id: int, message: str = ""
) -> Reply:
    """One meeting with its agenda."""
    agenda = open_meeting(work, council, by=person, meeting_id=meeting_id, now=turn.now)
    view = MeetingView(
        agenda,
        council.today(turn.now),
        turn.nonce,
        may_celebrate=_may_celebrate(council, work, turn, person, meeting_id),
        message=message,
    )
    return Reply(meeting_card(view), title=TITLE)


def show_form(
    press: Press,
    meeting_id: int,
    form: str,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
) -> Reply:
    """A form of a meeting, for whoever may send it."""
    if form not in FORMS:
        raise PayloadInvalid
    verb = _VERBS.get(form, Verb.RUN_MEETING)
    meeting, _ = require_meeting(
        press.work, press.council, verb, by=press.person, meeting_id=meeting_id, now=press.now
    )
    own_line = ""
    if form == "celebrate":
        meetings.require_celebrating(
            press.work, press.council, by=press.person, meeting_id=meeting_id, now=press.now
        )
        mine = meetings.celebration_of(press.work, meeting, press.person)
        own_line = mine[1] if mine else ""
    agenda = open_meeting(press.work, press.council, by=press.person, meeting_id=meeting_id, now=press.now)
    may_represent = representatives(press.work) if meeting.body == CLINIC else ()
    view = MeetingFormView(
        agenda,
        press.today,
        form_of(press, typed, errors),
        owners=owner_choices(press) if form == "decide" else (),
        representatives=tuple((str(one.id), one.name) for one in may_represent),
        own_line=own_line,
    )
    return Reply(FORMS[form](view), title=TITLE)


def _may_celebrate(council: Council, work: Work, turn: Turn, person: Person, meeting_id: int) -> bool:
    try:
        meetings.require_celebrating(work, council, by=person, meeting_id=meeting_id, now=turn.now)
    except RuleBroken:
        return False
    return True
